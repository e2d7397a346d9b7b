#!/usr/bin/env bash
# The way in that the original project had: one argument, the name of the implementation.
set -euo pipefail
if [ "$#" -ne 1 ]; then
  echo "Usage: $0 <implementation>" >&2
  exit 1
fi
cd "$(dirname "$0")/.."
exec npm run --silent profile -- "$1"
