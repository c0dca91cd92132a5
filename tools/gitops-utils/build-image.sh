#!/usr/bin/env bash
# Builds the image gitops-utils with whatever builds images on this machine. IMAGE names it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

image=${IMAGE:-quay.io/luban-ci/gitops-utils:0.1.0}
arguments=(--file tools/gitops-utils/Dockerfile --tag "$image" --build-arg "REVISION=$(git rev-parse HEAD)" .)

if docker info > /dev/null 2>&1; then
  exec docker build "${arguments[@]}"
fi
for builder in podman buildah; do
  if command -v "$builder" > /dev/null; then
    exec "$builder" build "${arguments[@]}"
  fi
done
echo "No docker (with a running daemon), podman or buildah is on this machine: install one of them to build $image." >&2
exit 1
