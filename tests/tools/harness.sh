#!/usr/bin/env bash
# Tests without what they need are skipped and say why; in CI they fail. The closing line.
set -u
source=$(cd "${srcdir:?}" && pwd)
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
failures=0
fail() {
    printf 'harness: %s\n' "$*" >&2
    failures=$((failures + 1))
}

# ends STATUS WORDS COMMAND...: so it ends, and says so
ends() {
    local status
    "${@:3}" > "$scratch/said" 2>&1
    status=$?
    [ "$status" -eq "$1" ] || fail "${*:3}: exit status $status, should be $1"
    grep -qF -- "$2" "$scratch/said" || fail "${*:3}: does not say '$2': $(cat "$scratch/said")"
}

# without and with: the machine's programs but for these; and these stand-ins in front of them.
mkdir "$scratch/without" "$scratch/with"
IFS=: read -r -a places <<< "$PATH"
for place in "${places[@]}"; do
    ln -s "$place"/* "$scratch/without/" 2> /dev/null
done
rm -f "$scratch/without/"{soffice,chromium}
without=(env "PATH=$scratch/without")

# stand_in NAME BODY
stand_in() {
    printf '#!/bin/sh\n%s\n' "$2" > "$scratch/with/$1"
    chmod +x "$scratch/with/$1"
}
stand_in node 'exit 0'
stand_in chromium 'exit 0'
with=(env "PATH=$scratch/with:$PATH")

# ---- programs that are missing ----
figures=(bash "$source/tests/report/figures.sh")
ends 77 'skipped: soffice is missing' "${without[@]}" CI= "${figures[@]}"
ends 1 'skipped: soffice is missing' "${without[@]}" CI=true "${figures[@]}"
ends 77 'skipped: chromium is missing' "${without[@]}" CI= "$source/tests/browser/run" "$scratch"
ends 1 'skipped: chromium is missing' "${without[@]}" CI=true "$source/tests/browser/run" "$scratch"
part=(bash -c ". '$source/tests/support/needs.sh'; wants soffice; echo the other part")
ends 0 'the other part' "${without[@]}" CI= "${part[@]}"
grep -qx 'skipped: soffice is missing' "$scratch/said" || fail 'a part that is left out is not told'
ends 1 'In CI everything must run' "${without[@]}" CI=true "${part[@]}"
modules=(bash -c ". '$source/tests/support/needs.sh'; needs_python json no_such_module")
ends 77 'skipped: Python 3.11 or later is missing, or its modules: json no_such_module' env CI= "${modules[@]}"

# ---- the registry: away, and so slow that it might as well be ----
browser=("$source/tests/browser/run" "$scratch")
for answer in 'exit 1' 'exec sleep 1000'; do
    stand_in npm "$answer"
    ends 77 "skipped: npm's registry does not give axe-core playwright-core" \
        "${with[@]}" CI= CA_REGISTRY_SECONDS=1 "${browser[@]}"
    ends 1 "skipped: npm's registry" "${with[@]}" CI=true CA_REGISTRY_SECONDS=1 "${browser[@]}"
done

# ---- the closing line ----
# closing STEPS...: what run-tests says at the end of these
closing() {
    bash -c 'logs=$1; . "$2/tests/support/needs.sh"; . "$2/tests/support/steps.sh"; eval "$3"; finish' \
        - "$scratch" "$source" "$1"
}
tests='printf "# PASS:  3\n# SKIP:  2\n# FAIL:  0\n# ERROR: 0\n"'
ends 0 '1 passed, 0 failed' closing 'step one true'
[ "$(tail -n 1 "$scratch/said")" = '1 passed, 0 failed' ] || fail 'what is skipped is told though nothing is'
ends 1 '1 passed, 1 failed' closing 'step one true; step two false'
ends 1 '3 passed, 1 failed, 2 skipped' closing "step tests eval '$tests; exit 1'"
ends 0 '4 passed, 0 failed, 2 skipped' closing "step tests eval '$tests'; step one true"
export CI=
ends 1 '0 passed, 0 failed, 1 skipped' closing 'step one lacks a browser'
grep -qx 'skipped: a browser' "$scratch/said" || fail 'the reason of a step is not told'
export CI=true
ends 1 '0 passed, 1 failed' closing 'step one lacks a browser'
ends 1 '4 passed, 1 failed, 2 skipped' closing "aside step tests eval '$tests; exit 1'; step one true; rejoin"
two="aside step tests eval '$tests'; aside step two false; step one true; rejoin"
ends 1 '4 passed, 1 failed, 2 skipped' closing "$two"
ends 1 '1 passed, 1 failed' closing 'aside exit; step one true; rejoin'
ends 2 './run-tests --deep' "$source/run-tests" --no-such-tier

[ "$failures" -eq 0 ]
