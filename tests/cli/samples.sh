#!/usr/bin/env bash
# The samples are what a newcomer runs first: every template is good, every return scores,
# the published figures come out, and the broken documents are refused for their own fault.
set -u

samples=${srcdir:?}/samples
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
failures=0
templates=()
for template in "$samples"/templates/*.xml; do
    templates+=(--template "$template")
done

fail() {
    printf 'samples: %s\n' "$*" >&2
    failures=$((failures + 1))
}

caseaudit() {
    "$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" "$@"
}

# expect WHAT FOUND WANTED
expect() {
    [ "$2" = "$3" ] || fail "$1: found '$2', should be '$3'"
}

# score FOLDER: its results into $scratch/FOLDER.ndjson
score() {
    caseaudit score "${templates[@]}" --format ndjson "$samples/returns/$1" \
        > "$scratch/$1.ndjson" 2> "$scratch/$1.errors"
    expect "$1, exit status" $? 0
    expect "$1, rejected" "$(grep -c '"status":"rejected"' "$scratch/$1.ndjson")" 0
}

# graded FOLDER GRADE: how many returns ended with this grade
graded() {
    grep -c "\"grade\":\"$2\",\"sections\"" "$scratch/$1.ndjson"
}

# measured FOLDER MEASURE: numerator and denominator, added up
measured() {
    grep -o "{\"id\":\"$2\",\"kind\":\"proportion\",\"numerator\":[0-9]*,\"denominator\":[0-9]*" \
        "$scratch/$1.ndjson" | awk -F '[:,]' '{ n += $6; d += $8 } END { print n " of " d }'
}

caseaudit template check "$samples"/templates/*.xml > /dev/null 2> "$scratch/check"
expect "template check, exit status" $? 0
expect "template check, messages" "$(cat "$scratch/check")" ""

for folder in "$samples"/returns/*/; do
    score "$(basename "$folder")"
done

# permanency: inadequate 10% to 3%, good 54% to 52%, plan by the second review 90%
while read -r quarter files inadequate good outstanding plan; do
    folder=permanency-2023-24-$quarter
    expect "$quarter, files" "$(wc -l < "$scratch/$folder.ndjson" | tr -d ' ')" "$files"
    expect "$quarter, inadequate" "$(graded "$folder" inadequate)" "$inadequate"
    expect "$quarter, good" "$(graded "$folder" good)" "$good"
    expect "$quarter, outstanding" "$(graded "$folder" outstanding)" "$outstanding"
    expect "$quarter, plan by second review" \
        "$(measured "$folder" plan-by-second-review)" "${plan/-/ of }"
done << 'END'
q1 41 4 22 2 36-40
q2 30 2 16 3 27-30
q3 33 1 17 5 28-31
END

# foster home reviews: 24 audits are 16% of the population's 150
homes=foster-home-reviews-2023-24
expect "foster homes, audits in the year" \
    "$(grep -c '"quarter":"2023-24 Q[1-4]"' "$scratch/$homes.ndjson")" 24
expect "foster homes, population" "$(grep -c '^FICTION-' "$samples/population.csv")" 150

# multi-agency: an agency that did not return, and practice beyond the look-back
expect "maap, returns of agencies" "$(measured maap-transitions agencies-returned)" "37 of 40"
grep -q '"status":"out-of-scope"' "$scratch/macfa-domestic-abuse.ndjson" ||
    fail "macfa: nothing is out of scope"

# broken documents: each message names what is wrong in its file
caseaudit score "${templates[@]}" "$samples/bad" > /dev/null 2> "$scratch/bad"
expect "bad, exit status" $? 1
while read -r file words; do
    grep "/bad/$file.xml:[0-9]*:[0-9]*: " "$scratch/bad" | grep -qF "$words" ||
        fail "bad/$file.xml: no message with '$words'"
done << 'END'
dates-out-of-order end 2023-05-01 is before start 2023-05-25
doctype DOCTYPE
empty empty
incomplete decision.history
incomplete decision.consent
not-utf-8 not UTF-8
not-xml this is no XML
personal-data NHS number
personal-data telephone number
template-with-faults this is a template
truncated cut off
unknown-element <opinion>
unknown-standard did you mean 'decision.history'
unknown-template did you mean 'threshold-dip-sample'
wrong-answer did you mean 'good'
END
caseaudit template check "$samples/bad/template-with-faults.xml" > /dev/null 2> "$scratch/faults"
expect "template with faults, exit status" $? 1
expect "template with faults, errors" "$(grep -c ': error: ' "$scratch/faults")" 5

# the returns are what their script makes
if command -v python3 > /dev/null; then
    cp -R "$samples" "$scratch/again" && chmod -R u+w "$scratch/again"
    python3 "$scratch/again/make-returns.py" || fail "make-returns.py did not run"
    diff -r "$samples/returns" "$scratch/again/returns" > "$scratch/diff" ||
        fail "make-returns.py makes other returns: $(head -n 1 "$scratch/diff")"
    cmp -s "$samples/population.csv" "$scratch/again/population.csv" ||
        fail "make-returns.py makes another population.csv"
fi

[ "$failures" -eq 0 ]
