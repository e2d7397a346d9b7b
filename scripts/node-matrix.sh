#!/usr/bin/env bash
# The end-to-end tests with children on Node 22, 24 and 26, each from the npm package of that name in a folder of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
for version in 22.23.3 24.21.0 26.10.0; do
  folder=.cache/node-$version
  mkdir -p "$folder"
  echo '{"private":true,"allowScripts":{"node":true}}' > "$folder/package.json"
  npm install --prefix "$folder" --no-audit --no-fund --silent "node@$version"
  echo "Node $version"
  OUTPACE_TEST_NODE="$PWD/$folder/node_modules/node/bin/node" npx vitest run tests/e2e
done
