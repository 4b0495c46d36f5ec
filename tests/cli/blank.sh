#!/usr/bin/env bash
# template blank: for every sample template a return whose every fault is something that is
# still to be written; filled in, it scores like the one it became.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0

fail() { echo "FAILED: $*" >&2; failures=$((failures + 1)); }

caseaudit() { "$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" "$@"; }

for template in "$srcdir"/samples/templates/*.xml "$srcdir/tests/browser/every-kind.xml"; do
    blank=$folder/$(basename "$template")
    caseaudit template blank "$template" -o "$blank" || fail "no blank return of $template"
    # What the schema finds wrong are values, never an element or attribute out of place.
    xmllint --noout --schema "$SCHEMA_DIR/return-1.xsd" "$blank" 2>"$folder/faults" &&
        fail "an empty return of $template is valid"
    grep 'error' "$folder/faults" | grep -vE '\[facet|is not a valid value|fails to validate' &&
        fail "the blank return of $template is put together wrongly"
    caseaudit score --template "$template" "$blank" >"$folder/out" 2>"$folder/err"
    [ $? -eq 1 ] || fail "an empty return of $template is not refused"
    # No standard, section, agency or attribute in it is unknown.
    grep -E 'did you mean|is not a|does not apply|no such|unknown' "$folder/err" &&
        fail "the blank return of $template names what the template does not"
done

# Filled in as its comments say, and nothing else done to it.
sed -e 's/ id="" template/ id="DIP-9" template/' -e 's/ref=""/ref="C9"/' \
    -e 's/<audit date="" auditor="" selection=""/<audit date="2023-11-14" auditor="A9" selection="random"/' \
    -e 's/"source">/"source">school/' -e '/decision.told/d' \
    -e 's/\(decision\.[a-z]*" answer="\)"/\1yes"/' \
    -e 's|<start></start> <end></end>|<start>2023-11-10</start> <end>2023-11-13</end>|' \
    -e 's/grade="" by="" date=""/grade="right" by="A9" date="2023-11-14"/' \
    "$folder/threshold-dip-sample.xml" >"$folder/filled.xml"
xmllint --noout --schema "$SCHEMA_DIR/return-1.xsd" "$folder/filled.xml" 2>"$folder/faults" ||
    fail "what was filled in is not valid: $(cat "$folder/faults")"
caseaudit score --template "$srcdir/samples/templates/threshold-dip-sample.xml" \
    "$folder/filled.xml" >"$folder/out" 2>&1 || fail "what was filled in is not scored"
grep -q '^DIP-9: Right decision' "$folder/out" || fail "it scores otherwise: $(cat "$folder/out")"

# What the comments say of a standard.
says() { grep -qF -- "$1" "$folder/every-kind.xml" || fail "every-kind: does not say: $1"; }
says 'Evidence is required below a score of 2. An action is required below a score of 0.5.'
says 'Within 20 working days; end only if it has happened.'
says 'Every 1 month; one occurred for each date; end only if the duty has ceased. Optional'
says "Only if either 'List' is answered 'Poor', or 'Team' is not 'South': otherwise remove it."

# With a look-back, each response that scores asks when the practice was.
blank=$folder/maap-transitions.xml
grep -qF 'what is older at the audit than 12 months is out of scope' "$blank" ||
    fail "the blank return does not tell of the look-back"
grep -F ' answer=""' "$blank" | grep -vF ' date=""' | head -n 3 | grep . && fail "a response has no date"
grep -F '<response ' "$folder/child-in-need-file.xml" | grep -F 'date=""' | head -n 3 | grep . &&
    fail "a response has a date without a look-back"

# Of choices that look the same a form shows the ids, too.
sed 's/label="Mostly"/label="FULLY "/' "$srcdir/samples/templates/child-in-need-file.xml" >"$folder/same.xml"
caseaudit template form "$folder/same.xml" -o "$folder/same.html" 2>"$folder/err"
grep -qF "have the same label, 'FULLY'" "$folder/err" || fail "equal labels are not told"
for label in 'Fully (fully)' 'FULLY (mostly)' 'Somewhat'; do
    grep -qF "\"label\":\"$label\"" "$folder/same.html" || fail "the form does not show '$label'"
done

# Whole or not at all, and from a good template only.
caseaudit template blank "$srcdir/samples/bad/template-with-faults.xml" -o "$folder/none.xml" 2>/dev/null
[ $? -eq 1 ] && [ ! -e "$folder/none.xml" ] || fail "a faulty template gave a return"

exit $((failures > 0))
