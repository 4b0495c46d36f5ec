#!/usr/bin/env bash
# sample draw: the same cases as a second program draws, field by field; what is wrong with a list
# is told with row and column; nothing of a list is printed or stored that was not asked for.
set -u
. "${srcdir:?}/tests/support/needs.sh"
needs_python
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
export CASEAUDIT_STORE="$folder/store.db"
failures=0

fail() { echo "FAILED: $*" >&2; failures=$((failures + 1)); }

# run STATUS ARGUMENT...: output in $folder/out and $folder/err
run() {
    local expected=$1 status
    shift
    "$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" "$@" >"$folder/out" 2>"$folder/err"
    status=$?
    [ "$status" -eq "$expected" ] || {
        fail "exit status $status instead of $expected: $*"
        cat "$folder/err" >&2
    }
}

says() { grep -qF -- "$1" "$folder/err" || { fail "did not say: $1"; cat "$folder/err" >&2; }; }

run 0 store init
run 0 template load "$srcdir/samples/templates/foster-home-review.xml"
kept=(--template foster-home-review --id case --on 2024-04-02)
common=("${kept[@]}" --dry-run)

# ---- against a second program ----
mkdir "$folder/draws"
count=20
[ "${CA_DEEP:-}" != yes ] || count=300
python3 -B "$srcdir/tests/cli/sample.py" "$count" "$folder/draws" || exit 99
for options in "$folder"/draws/*.options; do
    place=${options%.options}
    mapfile -d '' -t words <"$options"
    run 0 sample draw "${words[@]}" "${common[@]}" --population "$place.csv" --format json
    cp "$folder/out" "$place.json"
    run 0 sample draw "${words[@]}" "${common[@]}" --population "$place.csv" --format csv
    cp "$folder/out" "$place.cases"
    run 0 sample draw "${words[@]}" "${kept[@]}" --population "$place.csv"
    run 0 sample show "${words[0]}" --format json
    cmp -s "$folder/out" "$place.json" || fail "what is kept of ${words[0]} is not what was drawn"
done
python3 -B "$srcdir/tests/cli/sample.py" --compare "$folder/draws" || fail "the draws differ"

# ---- what people read ----
printf 'case,team,name\nC1,north,Ficta\nC2,=1+1,Ficta\n' >"$folder/list.csv"
draw=(sample draw q1 "${common[@]}" --population "$folder/list.csv" --seed s)
run 0 "${draw[@]}" --size 3 --stratify TEAM
says "list.csv:1:1: warning: 3 asked for, and the list has 2: all are drawn"
grep -q '^Sample q1: 2 of 2 cases for foster-home-review' "$folder/out" || fail "no first line"
grep -q '^C1 *north' "$folder/out" || fail "case C1 is not listed"
run 0 "${draw[@]}" --size 1 --stratify team --each-stratum
says "2 strata, and only 1 drawn"
run 0 "${draw[@]}" --size 2 --stratify team --format csv
grep -qF "\"'=1+1\"" "$folder/out" || fail "a formula is handed to the spreadsheet"

# ---- what was not asked for stays where it is ----
for format in text json csv; do
    run 0 "${draw[@]}" --size 2 --format "$format"
    ! grep -q 'Ficta\|north' "$folder/out" || fail "a column that was not asked for is in the $format"
done
! grep -aq 'Ficta' "$folder"/store.* || fail "something of the list is in the store"

# ---- cases audited lately ----
audit=$srcdir/samples/returns/foster-home-reviews-2023-24
run 0 record "$audit"
date=$("$CASEAUDIT" audit list --case FICTION-H001 --format csv | sed -n '2s/.*"\(20..-..-..\)".*/\1/p')
later=$(date -d "$date + 3 months" +%F)
printf 'case\nfiction-h001\nC2\nC3\n' >"$folder/audited.csv"
lately=(sample draw q1 --template foster-home-review --id case --population "$folder/audited.csv"
    --seed s --size 2 --dry-run --format json)
left_out() { # HOW MANY ARGUMENT...
    local wanted=$1
    shift
    run 0 "${lately[@]}" "$@"
    grep -q "\"population\":3,\"excluded_recent\":$wanted,\"frame\":$((3 - wanted))," "$folder/out" ||
        fail "not $wanted left out: $*"
}
left_out 0 --on "$date"
left_out 1 --on "$date" --exclude-recent 1
left_out 0 --on "$(date -d "$date - 1 day" +%F)" --exclude-recent 1
left_out 0 --on "$later" --exclude-recent 3
left_out 1 --on "$(date -d "$later - 1 day" +%F)" --exclude-recent 3
left_out 1 --on "$later" --exclude-recent 4
sed -i '3,4d' "$folder/audited.csv"
run 1 "${lately[@]}" --on "$later" --exclude-recent 4
says "all cases of the list (1) were audited lately"

# ---- what is wrong ----
printf 'case,team\nC1,a\n\n,b\nC 2,c\nC1,d\n' >"$folder/bad.csv"
run 1 sample draw q1 "${common[@]}" --population "$folder/bad.csv" --seed s --size 1
says "bad.csv:4:1: error: row 4, column 1 'case': the case's id is missing"
says "row 5, column 1 'case': 'C 2' is no id of a case"
says "row 6, column 1 'case': case 'C1' is in row 2 already"
[ ! -s "$folder/out" ] || fail "cases are drawn from a list with faults"
run 1 "${draw[@]}" --size 1 --stratify teem
says "there is no column 'teem'; did you mean 'team'?"
run 1 sample draw q1 "${common[@]}" --population "$folder/none.csv" --seed s --size 1
run 2 "${draw[@]}"
says "say either --size or --percent"
run 2 "${draw[@]}" --size 1 --percent 10
run 2 "${draw[@]}" --size 0
run 2 "${draw[@]}" --percent 101
run 2 "${draw[@]}" --size 1 --on 2024-02-30
run 2 sample draw .q "${common[@]}" --population "$folder/list.csv" --seed s --size 1
says "'.q' is no name of a sample"
run 0 sample draw once "${kept[@]}" --population "$folder/list.csv" --seed s --size 1
run 1 sample draw once "${kept[@]}" --population "$folder/list.csv" --seed t --size 1
says "there is a sample 'once' already"
run 1 sample show twice
says "there is no sample 'twice'"
run 0 store check
run 1 "${draw[@]}" --size 1 --template none
[ "$failures" -eq 0 ]
