#!/usr/bin/env bash
# Records the profiles in tests/fixtures anew, with the Nodes that scripts/node-matrix.sh has fetched; then their totals,
# by a program that shares no code with outpace's own.
set -euo pipefail
cd "$(dirname "$0")/.."
fixtures=$PWD/tests/fixtures
for node in .cache/node-*/node_modules/node/bin/node; do
  node=$PWD/$node
  major=$("$node" -p 'process.versions.node.split(".")[0]')
  scratch=$(mktemp -d)
  "$node" --cpu-prof --cpu-prof-interval 2000 --cpu-prof-dir "$scratch/cpu-prof" scripts/fixture-job.mjs
  mkdir -p "$scratch/project/impl-old"
  cp scripts/fixture-job.mjs "$scratch/project/impl-old/index.mjs"
  (cd "$scratch/project" && "$node" "$OLDPWD/bin/outpace.js" profile old --runs 1 --interval 2000 --quiet)
  rm -f "$fixtures"/node-"$major"-*
  python3 scripts/neutral-profile.py "$(ls -S "$scratch"/cpu-prof/*.cpuprofile | head -1)" "$fixtures/node-$major-cpu-prof.cpuprofile"
  python3 scripts/neutral-profile.py "$(ls "$scratch"/project/profiles/*_profile.cpuprofile)" "$fixtures/node-$major-outpace.cpuprofile"
  python3 scripts/neutral-profile.py "$(ls "$scratch"/project/profiles/*.worker-1.cpuprofile)" "$fixtures/node-$major-outpace-worker.cpuprofile"
  rm -rf "$scratch"
done
python3 scripts/naive-totals.py "$fixtures"/*.cpuprofile
