#!/usr/bin/env bash
# A gate for any CI system: gate.sh [ref] [option of outpace check…]
# Compares this tree with a ref, by default where it left the default branch; files for the CI system go to $OUT.
# Ends with 0: passed, or nothing could be shown; 2: shown to be slower; 3: another output; 1: it could not be measured.
set -euo pipefail

out=${OUT:-outpace}
against=()
if [[ $# -gt 0 && $1 != -* ]]; then
  against=(--against "$1")
  shift
fi

# A shallow clone may not have the commit to compare with.
if [[ $(git rev-parse --is-shallow-repository) == true ]]; then
  git fetch --quiet --unshallow
fi

code=0
npx outpace check ${against[@]+"${against[@]}"} --junit "$out/junit.xml" --markdown "$out/summary.md" "$@" || code=$?
case $code in
  0) echo "gate: passed" ;;
  2) echo "gate: shown to be slower, or to cost more; see $out/summary.md" >&2 ;;
  3) echo "gate: the outputs differ; see $out/summary.md" >&2 ;;
  4) echo "gate: nothing could be shown, and --require-conclusive was said" >&2 ;;
  *) echo "gate: it could not be measured" >&2 ;;
esac
exit "$code"
