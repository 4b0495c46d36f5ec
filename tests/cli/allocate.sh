#!/usr/bin/env bash
# allocate: who audits which case is what a second program finds, field by field; what cannot be
# done names cases that are too many; blank returns and forms are handed out, and nothing that
# somebody has filled in is lost; all of it goes from one store to another.
set -u
. "${srcdir:?}/tests/support/needs.sh"
needs_python
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
export CASEAUDIT_STORE="$folder/store.db"
samples="$srcdir/samples"
failures=0

fail() { echo "FAILED: $*" >&2; failures=$((failures + 1)); }

# program ARGUMENT...: its exit status; output in $folder/out and $folder/err
program() {
    "$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" --today 2024-06-30 "$@" >"$folder/out" 2>"$folder/err"
}

run() {
    local expected=$1 status
    shift
    program "$@"
    status=$?
    [ "$status" -eq "$expected" ] || {
        fail "exit status $status instead of $expected: $*"
        cat "$folder/err" >&2
    }
}

says() { grep -qF -- "$1" "$folder/err" || { fail "did not say: $1"; cat "$folder/err" >&2; }; }
prints() { grep -qF -- "$1" "$folder/out" || { fail "did not print: $1"; tail -n 40 "$folder/out" >&2; }; }

run 0 store init
run 0 template load "$samples/templates/threshold-dip-sample.xml"

# ---- against a second program ----
all="$folder/all"
mkdir "$all"
count=24
[ "${CA_FEW:-}" != yes ] || count=8
[ "${CA_DEEP:-}" != yes ] || count=400
python3 -B "$srcdir/tests/cli/allocate.py" "$count" \
    "$samples/returns/threshold-dip-sample/DIP-2023-11-01.xml" "$all" || exit 99
python3 -B "$srcdir/tests/cli/allocate.py" --large "$all" || exit 99
run 0 record --quiet "$all"/*.returns/*.xml
for draw in "$all"/*.draw; do
    place=${draw%.draw}
    mapfile -d '' -t words <"$draw"
    run 0 sample draw "${words[@]}" --template threshold-dip-sample --id case --on 2024-03-31 \
        --population "$place.csv"
    run 0 sample show "${words[0]}" --format json
    cp "$folder/out" "$place.sample"
    mapfile -d '' -t words <"$place.options"
    program allocate "${words[@]}" --auditors "$place.auditors" --format json
    echo $? >"$place.status"
    cp "$folder/out" "$place.json"
    cp "$folder/err" "$place.err"
    program allocate "${words[@]}" --auditors "$place.auditors" --format csv --dry-run
    cp "$folder/out" "$place.cases"
done
mkdir "$folder/large"
mv "$all"/large.* "$folder/large/"
python3 -B "$srcdir/tests/cli/allocate.py" --compare "$all" || fail "they are shared out otherwise"
python3 -B "$srcdir/tests/cli/allocate.py" --compare-large "$folder/large" || fail "large ones are not the fairest"
run 0 store check

# ---- what people read, and what is kept ----
printf 'case,team,source,house\nF/1,north,family,14 Ficta Road\nF-2,north,,\nF-3,south,school,\nF-4,,,"2 < 3 & ""4"""\n' \
    >"$folder/list.csv"
printf 'Auditor;Team;Most;Name\nA/1;north;;Ann Inventa\nA2;south;2;Bob Inventa\n' >"$folder/auditors.csv"
run 0 sample draw q1 --template threshold-dip-sample --id case --on 2024-04-02 --size 4 --seed s \
    --population "$folder/list.csv" --stratify team --keep source --keep house
share=(allocate q1 --auditors "$folder/auditors.csv" --team team)
run 0 ledger
before=$(wc -l <"$folder/out")
run 0 "${share[@]}" --dry-run -o "$folder/none"
prints "Sample q1: 4 cases among 2 auditors"
grep -Eq '^A/1 +north +2$' "$folder/out" || fail "the auditors are not listed"
grep -Eq '^F-3 +A/1' "$folder/out" || fail "a case of the south is not with the north"
run 0 ledger
[ "$(wc -l <"$folder/out")" -eq "$before" ] || fail "a dry run is in the ledger"
[ ! -e "$folder/none" ] || fail "a dry run has written a folder"
run 0 allocate q1 --auditors "$folder/auditors.csv" --dry-run
says "auditors.csv:1:1: warning: teams are named, and play no part: say by --team"
run 2 allocate q1
says "by --auditors"
run 2 "${share[@]}" --forms
says "say which by -o"
run 2 "${share[@]}" --due tomorrow
run 2 "${share[@]}" --months-apart -1
run 1 allocate q2 --auditors "$folder/auditors.csv"
says "there is no sample 'q2'"
run 1 allocate q1 --auditors "$folder/auditors.csv" --team teams
says "has no column 'teams'; did you mean 'team'?"
printf 'auditor,most\nA1,some\nA 2,\nA1,\n' >"$folder/bad.csv"
run 1 allocate q1 --auditors "$folder/bad.csv"
says "row 2, column 2 'most': 'some' is no number of cases"
says "row 3, column 1 'auditor': 'A 2' is no role code"
says "row 4, column 1 'auditor': auditor 'A1' is in row 2 already"
printf 'auditor,team,most\nA2,south,1\n' >"$folder/few.csv"
run 1 allocate q1 --auditors "$folder/few.csv" --team team -o "$folder/none"
says "sample 'q1' cannot be shared out: F-3 is of team south; outside it nobody may take it"
[ ! -e "$folder/none" ] || fail "what cannot be done has written a folder"

# ---- more than can be shared out ----
{ echo case; seq -f 'L%.0f' 5001; } >"$folder/long.csv"
run 0 sample draw long --template threshold-dip-sample --id case --on 2024-04-02 --percent 100 --seed s \
    --population "$folder/long.csv"
crowd() { { echo auditor; seq -f 'A%.0f' "$1"; } >"$folder/crowd.csv"; }
crowd 4001
run 1 allocate q1 --auditors "$folder/crowd.csv"
says "crowd.csv:1:1: error: row 1: there are 4001 auditors; cases can be shared out among 4000 at most"
crowd 4000
run 0 allocate q1 --auditors "$folder/crowd.csv" --dry-run
run 1 allocate long --auditors "$folder/crowd.csv"
says "cannot be shared out: 5001 cases among 4000 auditors are more than 20000000 pairs of a case and an auditor. Draw several samples."

# ---- what is handed out ----
run 0 "${share[@]}" --due 2024-05-17 -o "$folder/given" --forms
one="$folder/given/A+1/q1-F-3.xml"
[ "$(find "$folder/given" -type f | wc -l)" -eq 6 ] || fail "not a return for each case and a form for each auditor"
[ "$(stat -c %a "$one")" = 600 ] || fail "others may read a return"
grep -q '<return [^>]*id="q1-F-3" template="threshold-dip-sample" template-version="1"' "$one" || fail "the return's head"
grep -q '<case ref="F-3"/>' "$one" || fail "the case"
grep -q '<audit auditor="A/1" selection="stratified"/>' "$one" || fail "the audit"
grep -q '<attribute id="source">school</attribute>' "$one" || fail "the attribute that was kept"
other=$(find "$folder/given" -name 'q1-F+1.xml')
grep -q '<!-- house: 14 Ficta Road -->' "$other" || fail "a column that is no attribute"
other=$(find "$folder/given" -name 'q1-F-4.xml')
grep -q '<!-- house: 2 < 3 & "4" -->' "$other" || fail "a comment"
grep -q '<attribute id="source"></attribute>' "$other" || fail "a blank cell"
grep -q '"case":"F-3"' "$folder/given/A+1/form.html" || fail "the form does not know the case"
! grep -q '"case":"F-3"' "$folder/given/A2/form.html" || fail "the form knows another's case"
! grep -aq Inventa "$folder"/store.* || fail "names of auditors are in the store"

# What is filled in stays; a form is made anew; what goes wrong leaves nothing half done.
sed -i 's/<audit /<audit date="2024-05-02" /' "$one"
cp "$one" "$folder/filled.xml"
echo changed >"$folder/given/A2/form.html"
run 0 "${share[@]}" --due 2024-05-17 -o "$folder/given" --forms
cmp -s "$one" "$folder/filled.xml" || fail "a return that was filled in is replaced"
says "A+1/q1-F-3.xml is filled in already, and stays as it is"
[ "$(wc -l <"$folder/err")" -eq 1 ] || fail "more was said"
grep -q '"cases":' "$folder/given/A2/form.html" || fail "the form is not made anew"
run 0 ledger
before=$(wc -l <"$folder/out")
: >"$folder/file"
run 3 "${share[@]}" -o "$folder/file"
run 0 ledger
[ "$(wc -l <"$folder/out")" -eq "$before" ] || fail "what was not handed out is in the ledger"

# ---- an auditor leaves ----
sed 's/id="DIP-2023-11-01"/id="q1-F-3"/; s/FICTION-F001/f-3/; s/date="2023-11-1[03]"/date="2024-05-02"/; s/"AUD10"/"a\/1"/g' \
    "$samples/returns/threshold-dip-sample/DIP-2023-11-01.xml" >"$folder/r.xml"
run 0 record --quiet "$folder/r.xml"
printf 'auditor,team,most\nA2,south,2\nA3,east,\n' >"$folder/auditors.csv"
run 0 "${share[@]}" --due 2024-06-14 -o "$folder/given" --format json
prints '{"case":"F-3","auditor":"a/1","returned":true}'
says "A+1/q1-F"
says "is of before: the case is"
run 0 sample status q1 --as-of 2024-07-01 --format json
prints '"allocated":4,"returned":1,"moderated":0,"outstanding":3,"late":3'
cp "$folder/out" "$folder/status.json"
run 0 ledger
prints "q1: 4 cases were shared out"

# ---- a case is erased, and with it whose it was to audit ----
sql() { python3 -c 'import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone())' "$folder/store.db" "$1"; }
gone="SELECT count(*) FROM allocation_case WHERE salt IS NULL AND auditor IS NULL"
[ "$(sql "$gone")" -eq 0 ] || fail "something is erased"
run 0 audit erase --case F-2 --why request
[ "$(sql "$gone")" -eq 3 ] || fail "whose the erased case was to audit is kept"
run 0 store check
run 0 "${share[@]}" --due 2024-06-14 --format csv
[ "$(wc -l <"$folder/out")" -eq 4 ] || fail "an erased case is shared out"
run 0 sample status q1 --as-of 2024-07-01 --format json
cp "$folder/out" "$folder/status.json"

# ---- all of it in another store ----
run 0 store export "$folder/export"
CASEAUDIT_STORE="$folder/two.db"
run 0 store init
run 0 store import "$folder/export"
run 0 store check
run 0 sample status q1 --as-of 2024-07-01 --format json
cmp -s "$folder/out" "$folder/status.json" || fail "another store has another allocation"

exit $((failures > 0))
