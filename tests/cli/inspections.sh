#!/usr/bin/env bash
# Real gradings that nobody here made: published inspections, recorded as judged audits of
# organisations by their end date, must come out of the summary quarter by quarter. The
# figures are beside the source where they may be had; without them there is no test.
set -u

figures=${srcdir:?}/../shared/data/published-inspections-144.csv
[ -r "$figures" ] || { echo 'skipped: the published figures are not there'; exit 77; }
. "$srcdir/tests/support/needs.sh"
needs_python
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
failures=0

caseaudit() {
    "$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" --store "sqlite:$scratch/store.db" "$@"
}

# expect WHAT FOUND WANTED
expect() {
    [ "$2" = "$3" ] && return
    printf 'inspections: %s: found "%s", should be "%s"\n' "$1" "$2" "$3" >&2
    failures=$((failures + 1))
}

# graded PERIOD: outstanding/good/requires improvement/inadequate
graded() {
    caseaudit summary --period "$1" --format json | python3 -c '
import json, sys
period = json.load(sys.stdin)["periods"][0]
print("/".join(str(grade["count"]) for grade in period["grades"]))'
}

expect "dated inspections" \
    "$(python3 "$srcdir/tests/cli/inspections.py" "$figures" "$scratch/in")" 142
caseaudit store init > /dev/null
caseaudit record --template "$scratch/in/template.xml" "$scratch/in/returns" \
    > "$scratch/recorded"
expect "recorded" "$(grep -c '^recorded' "$scratch/recorded")" 142
expect "2023-24 Q3" "$(graded '2023-24 Q3')" 2/6/1/3
expect "2024-25 Q1" "$(graded '2024-25Q1')" 6/8/2/1
expect "2025-26 Q4" "$(graded '2025-26 Q4')" 6/6/1/0
caseaudit summary --period '2024-25 Q1' > "$scratch/text"
expect "what was audited" "$(grep -c '17 organisations audited in 2024-25 Q1' "$scratch/text")" 1

[ "$failures" -eq 0 ]
