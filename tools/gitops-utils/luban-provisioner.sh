#!/bin/sh
# The original's command line, in the image.
exec luban provisioner "$@"
