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
[ "${CA_FEW:-}" != yes ] || count=7
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
printf 'case,team,worker,name,born\nS1,SHOWN-1,KEPT-1,HIDDEN-1,HIDDEN-2\nS2,SHOWN-2,KEPT-2,HIDDEN-3,\n' >"$folder/secret.csv"
secret=(--template foster-home-review --id case --population "$folder/secret.csv" --seed s --size 1
    --stratify team --keep worker)
for format in text json csv; do
    run 0 sample draw "secret-$format" "${secret[@]}" --format "$format"
    ! grep -q 'HIDDEN' "$folder/out" || fail "a column that was not asked for is in the $format"
done
run 0 store export "$folder/export"
run 0 store backup "$folder/backup.db"
for word in SHOWN-1 KEPT-; do
    grep -aq "$word" "$folder"/store.* || fail "what was asked for is not in the store: $word"
done
[ "$(find "$folder" -name 'store.*' | wc -l)" -ge 2 ] || fail "the files of the store are not all there"
! grep -arq 'HIDDEN\|Ficta' "$folder"/store.* "$folder/backup.db" "$folder/export" ||
    fail "something of the list is in the store, or in a copy of it"

# ---- columns that are kept ----
printf 'case,area,Children placed in the year,note\nC1,Coast,2,a\nC2,hill,two,\nC3,,,\n' >"$folder/kept.csv"
keep=(sample draw kept "${kept[@]}" --population "$folder/kept.csv" --seed s --size 1)
run 1 "${keep[@]}" --keep AREA --keep 'children placed in the year'
says "kept.csv:3:2: error: row 3, column 2 'area': 'hill' is no value of the attribute 'area': it is one of coast, valley"
says "row 3, column 3 'Children placed in the year': 'two' is no value of the attribute 'children-placed': it is a whole number"
run 0 "${keep[@]}" --keep note
run 1 "${keep[@]}" --keep nothing
says "there is no column 'nothing'"

# ---- a period has the list as its population ----
audit=$srcdir/samples/returns/foster-home-reviews-2023-24
run 0 record "$audit"
population() { # WANTED WHAT
    run 0 population list
    grep -qE "foster-home-review +2023-24 .* $1\$" "$folder/out" || { fail "$2: not a population of $1"; cat "$folder/out" >&2; }
    run 0 summary --template foster-home-review --period 2023-24 --format json
    grep -q "\"population\":$1,\"coverage\":1" "$folder/out" || fail "$2: the summary has another population than $1"
}
{ echo case; seq -f 'L%g' 150; } >"$folder/year.csv"
{ echo case; seq -f 'L%g' 140; } >"$folder/less.csv"
year=(--template foster-home-review --id case --seed s --size 5 --period 2023-24)
run 0 sample draw year "${year[@]}" --population "$folder/year.csv"
grep -q 'The 150 cases of the list are the population of 2023-24' "$folder/out" || fail "the period is not told"
population 150 "a draw"
run 0 sample draw dry "${year[@]}" --population "$folder/less.csv" --dry-run
population 150 "a dry run"
run 0 sample draw again "${year[@]}" --population "$folder/less.csv"
population 140 "a later draw"
run 1 population set --template foster-home-review --period 2023-24 145
run 0 population set --template foster-home-review --period 2023-24 145 --replace
population 145 "population set"
cp "$folder/out" "$folder/set"
head -146 "$folder/year.csv" >"$folder/as-many.csv"
run 0 sample draw as-many "${year[@]}" --population "$folder/as-many.csv"
run 0 summary --template foster-home-review --period 2023-24 --format json
cmp -s "$folder/out" "$folder/set" || fail "the intervals of a draw's population are others than those of one that is set"
run 1 sample draw small "${year[@]}" --population "$folder/list.csv"
says "the list has 2 cases, and cannot be the population of 2023-24"
run 1 sample show small

# ---- verified ----
verdict() { # STATUS WANTED FILE
    run "$1" sample verify year --population "$3" --format json
    grep -qF "\"verdict\":$2" "$folder/out" || { fail "verdict of $3 is not $2"; cat "$folder/out" >&2; }
}
{ echo 'name;CASE'; seq -f 'Ficta;L%g' 150 | sort -R --random-source=<(yes); } | iconv -t UTF-16 >"$folder/other.csv"
{ echo case; seq -f 'L%g' 2 150; echo NEW; } >"$folder/differs.csv"
verdict 0 '"same","gone":[],"new":[]' "$folder/year.csv"
verdict 0 '"same-frame","gone":[],"new":[]' "$folder/other.csv"
verdict 1 '"differs","gone":["L1"],"new":["NEW"],"moved":[]' "$folder/differs.csv"
run 1 sample verify year --population "$folder/differs.csv"
grep -q '^no longer in the list: L1$' "$folder/out" || fail "what is gone is not told"
run 1 sample verify year --population "$folder/bad.csv"
printf 'case,team\nC1,a\nC2,b\nC3,b\n' >"$folder/before.csv"
printf 'case,team\nC1,a\nC2,a\nC3,b\n' >"$folder/moved.csv"
run 0 sample draw moved "${kept[@]}" --population "$folder/before.csv" --seed s --size 3 --stratify TEAM
run 1 sample verify moved --population "$folder/moved.csv" --format csv
printf 'difference,case\n"moved","C2"\n' | cmp -s - "$folder/out" || fail "a case in another stratum is not told"

# ---- replaced ----
printf 'case,team\nR1,a\nR2,a\nR3,a\nR4,b\n' >"$folder/replace.csv"
run 0 sample draw swap "${kept[@]}" --population "$folder/replace.csv" --seed s --size 2 --stratify team --each-stratum --reserve 1
mapfile -t stand < <("$CASEAUDIT" sample show swap --format csv | awk -F'"' '$6 == "a" { print $2 }')
[ "${#stand[@]}" -eq 2 ] || fail "not two cases of team a"
run 2 sample replace swap "${stand[0]}"
says "say why, with --why"
run 1 sample replace swap NONE --why gone
says "case 'NONE' does not stand in sample 'swap'"
run 1 sample replace swap "${stand[1]}" --why gone
says "is in reserve"
run 1 sample replace swap R4 --why gone
says "no case of its stratum stands by for 'R4'"
run 0 sample replace swap "${stand[0],,}" --why 'The home "closed"'
run 1 sample replace swap "${stand[0]}" --why again
run 1 sample replace swap "${stand[1]}" --why again
says "no case of its stratum stands by"
run 0 sample show swap --format json
grep -qF "{\"case\":\"${stand[1]}\",\"key\":\"$(printf 's\n%s' "${stand[1]}" | sha256sum | cut -c1-64)\",\"stratum\":{\"team\":\"a\"},\"reserve\":false,\"replaces\":\"${stand[0]}\",\"why\":\"The home \\\"closed\\\"\"}" "$folder/out" ||
    { fail "the replacement is not shown"; cat "$folder/out" >&2; }
equal_count=$(grep -o "\"${stand[0]}\"" "$folder/out" | wc -l)
[ "$equal_count" -eq 1 ] || fail "the replaced case stands elsewhere, too"
run 0 sample verify swap --population "$folder/replace.csv"
case=$("$CASEAUDIT" audit list --template foster-home-review --format csv | awk -F'"' 'NR == 2 { print $14 }')
printf 'case\n%s\nOTHER\n' "$case" >"$folder/returned.csv"
run 0 sample draw returned --template foster-home-review --id case --population "$folder/returned.csv" --seed 2 --size 2 --on 2023-04-01
run 1 sample replace returned "$case" --why late
says "no case of its stratum stands by"

# A case that is returned stays, although others stand by: unless its audit was before the draw, or
# counts no more.
mapfile -t audited < <("$CASEAUDIT" audit list --template foster-home-review --format csv | awk -F'"' 'NR > 1 { print $2, $14 }')
printf 'case\n%s\n%s\n' "${audited[0]#* }" "${audited[1]#* }" >"$folder/audited.csv"
stays=(--template foster-home-review --id case --population "$folder/audited.csv" --seed 2 --size 1 --reserve 1)
run 0 sample draw stays "${stays[@]}" --on 2023-04-01
run 0 sample draw before "${stays[@]}" --on 2025-04-01
stand=$("$CASEAUDIT" sample show stays --format csv | awk -F'"' 'NR == 2 { print $2 }')
run 1 sample replace stays "$stand" --why 'It went badly'
says "the case is returned: an audit of it is in the store, and so it stays in the sample"
run 1 sample replace stays "${stand,,}" --why 'It went badly'
run 0 sample replace before "$stand" --why 'The home has closed'
return=$(printf '%s\n' "${audited[@]}" | sed -n "s/ $stand\$//p")
run 0 audit withdraw "$return" --why 'the wrong file'
run 0 sample replace stays "$stand" --why 'The home has closed'
run 0 audit restore "$return"
run 0 store check

# ---- how far it has come ----
run 0 sample status returned --format json --as-of 2024-03-31
grep -qF '"cases":2,"allocated":0,"returned":1,"moderated":0,"outstanding":1,"late":0,"rows":[' "$folder/out" ||
    { fail "one of two is returned"; cat "$folder/out" >&2; }
grep -qF "{\"case\":\"$case\",\"auditor\":null,\"due\":null,\"return\":\"" "$folder/out" || fail "the return is not told"
run 0 sample status returned --as-of 2023-04-01
grep -q '^Sample returned: 0 of 2 cases are returned as of 2023-04-01$' "$folder/out" || fail "a return counts before its day"
run 0 sample status returned --as-of 2024-03-31
grep -q '^Sample returned: 1 of 2 cases is returned' "$folder/out" || fail "the progress is not told"
# Of a case that was audited before the draw and after it, the later audit counts.
sed 's/id="FHR-2023-24-001"/id="AGAIN"/; s/audit date="2023-04-12"/audit date="2024-03-05"/; s/"2023-0\([45]\)-/"2024-0\1-/g' \
    "$audit/FHR-2023-24-001.xml" >"$folder/again.xml"
run 0 record --today 2024-06-30 "$folder/again.xml"
printf 'case\nFICTION-H001\n' >"$folder/twice.csv"
run 0 sample draw two-audits --template foster-home-review --id case --population "$folder/twice.csv" --seed s --size 1 --on 2024-01-02
run 0 sample list --format csv
grep -qF '"two-audits","foster-home-review","2024-01-02","","1","1"' "$folder/out" || { fail "an audit after the draw is not counted"; cat "$folder/out" >&2; }
run 0 sample status two-audits --format json --as-of 2024-03-31
grep -qF '"return":"AGAIN","date":"2024-03-05"' "$folder/out" || { fail "the later audit is not told"; cat "$folder/out" >&2; }
run 0 audit withdraw AGAIN --why 'the wrong file'

# Text goes into a file as other formats do, and nobody else reads it.
run 0 sample status returned --as-of 2024-03-31 -o "$folder/status.txt"
[ ! -s "$folder/out" ] || fail "text is printed besides being written to a file"
run 0 sample status returned --as-of 2024-03-31
cmp -s "$folder/out" "$folder/status.txt" || fail "the text in the file is another than that printed"
[ "$(stat -c %a "$folder/status.txt")" = 600 ] || fail "others may read how far a sample has come"
run 0 sample list --format json
grep -qF '{"sample":"returned","template":"foster-home-review","on":"2023-04-01","period":null,"size":2,"returned":1}' "$folder/out" ||
    { fail "the list has not how far it has come"; cat "$folder/out" >&2; }
run 0 sample list --format csv
grep -qF '"returned","foster-home-review","2023-04-01","","2","1"' "$folder/out" || fail "the list as CSV"
run 0 store check

# ---- cases audited lately ----
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
printf 'case,team\nC1,a\n\n,b\nC 2,c\nC1,d\nc1,e\n' >"$folder/bad.csv"
run 1 sample draw q1 "${common[@]}" --population "$folder/bad.csv" --seed s --size 1
says "bad.csv:4:1: error: row 4, column 1 'case': the case's id is missing"
says "row 5, column 1 'case': 'C 2' is no id of a case"
says "row 6, column 1 'case': case 'C1' is in row 2 already"
says "row 7, column 1 'case': case 'c1' is in row 2 already"
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

# ---- what looks like one is said, and what is not there is told with what is ----
printf '%s\n' case,team C1,North C2,north C3,b >"$folder/twins.csv"
twins=(sample draw Twins --template foster-home-review --population "$folder/twins.csv" --size 1 --seed s)
run 0 "${twins[@]}" --id case --stratify team
says "twins.csv:1:2: warning: row 1, column 2 'team': 'North' and 'north' are two strata, and look like one"
run 1 sample draw twins "${twins[@]:3}" --id case
says "there is a sample 'Twins' already, and names that differ in capitals alone are one to a person"
run 1 sample draw other "${twins[@]:3}" --id ref
says "there is no column 'ref'; there are 'case', 'team'"
run 1 sample show twin
says "there is no sample 'twin' in the store; there are "
run 1 sample replace Twins C9 --why x
says "case 'C9' does not stand in sample 'Twins', which has 'C"
run 2 sample draw late "${twins[@]:3}" --id case --on 2100-01-01
says "--on 2100-01-01 is after today"
run 0 sample draw old "${twins[@]:3}" --id case --on 1999-01-01
says "warning: no version of 'foster-home-review' is in force on 1999-01-01"
printf '%s\n' auditor A1 >"$folder/one.csv"
run 2 allocate Twins --auditors "$folder/one.csv" --due 1999-01-01
says "the returns cannot be due on 1999-01-01: sample 'Twins' was drawn on "
[ "$failures" -eq 0 ]
