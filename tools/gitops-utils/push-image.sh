#!/usr/bin/env bash
# Pushes the image gitops-utils with whatever holds images on this machine. IMAGE names it.
set -euo pipefail

image=${IMAGE:-quay.io/luban-ci/gitops-utils:0.1.0}

if docker info > /dev/null 2>&1; then
  exec docker push "$image"
fi
for builder in podman buildah; do
  if command -v "$builder" > /dev/null; then
    exec "$builder" push "$image"
  fi
done
echo "No docker (with a running daemon), podman or buildah is on this machine: install one of them to push $image." >&2
exit 1
