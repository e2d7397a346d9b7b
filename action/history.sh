#!/usr/bin/env bash
# Fetches as much history as the comparison needs, and says the commit in $GITHUB_OUTPUT as `against`.
# Takes AGAINST, BASELINE, DEFAULT_BRANCH, and GITHUB_BASE_REF in a pull request; a clone of depth 1 will do.
set -euo pipefail

# What ties git to another repository; settings stay, by which a container may have declared this folder safe.
# shellcheck disable=SC2046
unset $(git rev-parse --local-env-vars | grep -v '^GIT_CONFIG')

fail() {
  printf '::error title=outpace::%s\n' "$*"
  exit 1
}
shallow() { [[ $(git rev-parse --is-shallow-repository) == true ]]; }
commit_of() { git rev-parse --verify --quiet --end-of-options "$1^{commit}"; }
answer() {
  printf 'against=%s\n' "$1" >>"$GITHUB_OUTPUT"
  exit 0
}
fetch() { git fetch --quiet --no-tags "$@"; }

# The ref that was asked for: its commit alone is enough.
fetch_ref() {
  local name=${1#origin/}
  commit_of "$1" && return
  [[ $name != *:* && $name != *[[:cntrl:]]* && $name != -* ]] || return 1
  if shallow; then
    if fetch --depth=1 -- origin "$name"; then
      commit_of FETCH_HEAD
      return
    fi
    # Such as HEAD~3, which no server knows.
    fetch --unshallow -- origin || return 1
    commit_of "$1"
  elif fetch -- origin "$name"; then
    commit_of FETCH_HEAD
  else
    return 1
  fi
}

# Where HEAD and the base part: deeper and deeper, and all of it in the end.
merge_base() {
  local base=$1 ref="refs/remotes/origin/$1" depth=50 head
  head=$(git rev-parse HEAD)
  if shallow; then
    fetch --depth=1 -- origin "+refs/heads/$base:$ref" || return 1
    while shallow && ! git merge-base "$head" "$ref" >/dev/null; do
      fetch --deepen="$depth" -- origin "+refs/heads/$base:$ref" "$head" || fetch --unshallow -- origin || return 1
      depth=$((depth * 4))
    done
  elif ! commit_of "$ref" >/dev/null; then
    fetch -- origin "+refs/heads/$base:$ref" || return 1
  fi
  git merge-base "$head" "$ref"
}

git rev-parse --is-inside-work-tree >/dev/null 2>&1 ||
  fail 'the working directory is in no git repository: check it out first (actions/checkout)'

if [[ -n $AGAINST ]]; then
  commit=$(fetch_ref "$AGAINST") || fail "there is no commit ${AGAINST//[^[:alnum:]._\/~^@-]/?} here or at origin"
  answer "$commit"
fi
[[ -z $BASELINE ]] || answer ''

base=${GITHUB_BASE_REF:-$DEFAULT_BRANCH}
[[ -n $base ]] || fail 'it is not known which branch to compare with: say so with the input against'
commit=$(merge_base "$base") || fail "HEAD and ${base//[^[:alnum:]._\/-]/?} have no commit in common: name another ref with the input against"
if [[ $commit == $(git rev-parse HEAD) ]]; then
  # On the base itself, what there is to compare with is the commit before.
  ! shallow || fetch --deepen=1 -- origin "$commit" || true
  commit=$(commit_of 'HEAD~1') || fail 'the first commit has none before it to compare with'
fi
answer "$commit"
