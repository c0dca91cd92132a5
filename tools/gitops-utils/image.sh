#!/usr/bin/env bash
# The image gitops-utils, with whatever holds images on this machine: `image.sh build` or `image.sh push`. IMAGE names it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

verb=${1:?build or push}
image=${IMAGE:-quay.io/luban-ci/gitops-utils:0.1.0}
arguments=("$image")
if [ "$verb" = build ]; then
  arguments=(--file tools/gitops-utils/Dockerfile --tag "$image" --build-arg "REVISION=$(git rev-parse HEAD)" .)
fi

if docker info > /dev/null 2>&1; then
  exec docker "$verb" "${arguments[@]}"
fi
for program in podman buildah; do
  if command -v "$program" > /dev/null; then
    exec "$program" "$verb" "${arguments[@]}"
  fi
done
echo "No docker (with a running daemon), podman or buildah is on this machine: install one of them to $verb $image." >&2
exit 1
