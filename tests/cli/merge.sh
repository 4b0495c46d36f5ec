#!/usr/bin/env bash
# merge: parts that fit become the whole they were cut from; parts that clash are refused,
# each difference with its place, and nothing is written.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0

fail() { echo "FAILED: $*" >&2; failures=$((failures + 1)); }

# run STATUS ARGUMENT...: output in $folder/out and $folder/err
run() {
    local expected=$1 status
    shift
    "$CASEAUDIT" "$@" >"$folder/out" 2>"$folder/err"
    status=$?
    [ "$status" -eq "$expected" ] || {
        fail "exit status $status instead of $expected: $*"
        cat "$folder/err" >&2
    }
}

says() { grep -qF -- "$1" "$folder/err" || { fail "did not say: $1"; cat "$folder/err" >&2; }; }

score() {
    "$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" score --format ndjson \
        --template "$srcdir/samples/templates/maap-transitions.xml" - <"$1"
}

# ---- a whole return, cut into one part for each agency and one for the panel ----
whole=$srcdir/samples/returns/maap-transitions/MAAP-2023-001.xml
cut() { # AGENCY (or none) FILE
    awk -v agency="$1" '
        /<responses / { inside = 1; mine = index($0, "agency=\"" agency "\"") > 0 }
        /<(judgement|moderation|findings|actions)/ { behind = 1 }
        inside { if (mine) print }
        !inside && (!behind || agency == "" || /<\/return>/) { print }
        /<\/responses>/ { inside = 0 }' "$whole" >"$2"
}
agencies=$(sed -n 's/.*<responses agency="\([a-z-]*\)".*/\1/p' "$whole")
parts=()
for agency in $agencies ""; do
    cut "$agency" "$folder/part-$agency.xml"
    parts+=("$folder/part-$agency.xml")
    xmllint --noout --schema "$SCHEMA_DIR/return-1.xsd" "$folder/part-$agency.xml" 2>/dev/null ||
        fail "part '$agency' is not valid: the test is at fault"
done
[ ${#parts[@]} -gt 3 ] || fail "there are too few parts to test anything"
run 0 merge "${parts[@]}" -o "$folder/joined.xml"
xmllint --noout --schema "$SCHEMA_DIR/return-1.xsd" "$folder/joined.xml" 2>/dev/null ||
    fail "the joined return is not valid"
[ "$(score "$folder/joined.xml" | sed 's/"line":[0-9]*/"line":0/g')" = \
    "$(score "$whole" | sed 's/"line":[0-9]*/"line":0/g')" ] ||
    fail "the joined return does not score as the whole does"
score "$folder/joined.xml" | grep -q '"status":"scored"' || fail "the joined return is not scored"

# The same part twice is one part; the order of the parts does not change the result.
run 0 merge "${parts[0]}" "${parts[@]}" -o "$folder/twice.xml"
cmp -s "$folder/joined.xml" "$folder/twice.xml" || fail "a part given twice changed the return"

# ---- parts that clash ----
part() { # FILE ID CASE DATE AUDITOR TEAM AGENCY ANSWER ACTION
    cat >"$folder/$1" <<END
<return xmlns="urn:caseaudit:return:1" id="$2" template="t" template-version="1">
  <case ref="$3"/>
  <audit date="$4" auditor="$5"/>
  <attributes>
    <attribute id="team">$6</attribute>
  </attributes>
  <responses agency="$7">
    <response standard="a" answer="$8"/>
  </responses>
  <findings><strength theme="v">Same &amp; same</strength></findings>
  <actions>
    <action id="1" owner="TM">$9</action>
  </actions>
</return>
END
}
part a.xml M1 C1 2024-01-08 A1 north police good Call
part b.xml M1 C1 2024-01-08 A1 north police poor Call
part c.xml M1 C2 2024-01-09 A2 south health good Write
part d.xml M1 C1 2024-01-08 A1 north health good Call
part e.xml M1 C1 2024-01-09 A2 south health good Call

printf untouched >"$folder/kept.xml"
run 1 merge "$folder/a.xml" "$folder/b.xml" -o "$folder/kept.xml"
says "b.xml:8:5: error: agency 'police' stands in $folder/a.xml too, and differs in standard 'a'"
[ "$(cat "$folder/kept.xml")" = untouched ] || fail "something was written in spite of a clash"

run 1 merge "$folder/a.xml" "$folder/c.xml"
says "c.xml:2:3: error: the case differs: ref=\"C2\" here, and \"C1\" in $folder/a.xml"
says "c.xml:3:3: error: the audit differs: date=\"2024-01-09\" here, and \"2024-01-08\" in"
says "c.xml:3:3: error: the audit differs: auditor=\"A2\" here, and \"A1\" in"
says "c.xml:5:5: error: attribute 'team' differs: 'south' here, and 'north' in $folder/a.xml"
says "c.xml:12:5: error: action '1' is another one in $folder/a.xml"
[ ! -s "$folder/out" ] || fail "a clash left something on standard output"

run 0 merge "$folder/a.xml" "$folder/d.xml"
cat >"$folder/expected" <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<return xmlns="urn:caseaudit:return:1" id="M1" template="t" template-version="1">
  <case ref="C1"/>
  <audit date="2024-01-08" auditor="A1"/>
  <attributes>
    <attribute id="team">north</attribute>
  </attributes>
  <responses agency="police">
    <response standard="a" answer="good"/>
  </responses>
  <responses agency="health">
    <response standard="a" answer="good"/>
  </responses>
  <findings>
    <strength theme="v">Same &amp; same</strength>
  </findings>
  <actions>
    <action id="1" owner="TM">Call</action>
  </actions>
</return>
END
diff "$folder/expected" "$folder/out" >&2 || fail "two parts did not become the expected return"

run 1 merge "$folder/a.xml" "$folder/e.xml"
run 0 merge --keep-first "$folder/a.xml" "$folder/e.xml"
says "warning: the audit differs: date=\"2024-01-09\" here"
grep -q 'date="2024-01-08" auditor="A1"' "$folder/out" || fail "the first audit was not kept"

sed 's/id="M1"/id="M2"/' "$folder/d.xml" >"$folder/f.xml"
run 1 merge --keep-first "$folder/a.xml" "$folder/f.xml"
says "f.xml:1:1: error: the return differs: id=\"M2\" here, and \"M1\" in"

# ---- every other way to clash ----
# clashes WITH SED-EXPRESSION MESSAGE: part d, edited, against part WITH
clashes() {
    sed "$2" "$folder/d.xml" >"$folder/edited.xml"
    run 1 merge "$folder/$1" "$folder/edited.xml" -o "$folder/kept.xml"
    says "edited.xml:$3"
    [ "$(cat "$folder/kept.xml")" = untouched ] || fail "something was written in spite of: $3"
}
clashes a.xml 's/template="t"/template="u"/' '1:1: error: the return differs: template="u" here'
clashes a.xml 's/template-version="1"/template-version="2"/' \
    '1:1: error: the return differs: template-version="2" here, and "1" in'
sed 's/auditor=/selection="random" auditor=/' "$folder/a.xml" >"$folder/selected.xml"
clashes selected.xml 's/auditor=/selection="targeted" auditor=/' \
    '3:3: error: the audit differs: selection="targeted" here, and "random" in'
for verdict in judgement moderation; do
    sed "s|</responses>|&<$verdict grade=\"good\" by=\"P1\" date=\"2024-01-08\"/>|" \
        "$folder/a.xml" >"$folder/with-$verdict.xml"
    clashes "with-$verdict.xml" \
        "s|</responses>|&<$verdict grade=\"poor\" by=\"P2\" date=\"2024-01-09\"/>|" \
        "9:15: error: there is another $verdict in $folder/with-$verdict.xml: its 'by' is 'P1' there, and 'P2' here"
    run 0 merge "$folder/with-$verdict.xml" "$folder/d.xml"
    grep -q "<$verdict grade=\"good\" by=\"P1\"" "$folder/out" || fail "the $verdict was lost"
done
clashes a.xml 's/agency="health"/agency="police"/; s/standard="a"/standard="b"/' \
    "8:5: error: agency 'police' stands in $folder/a.xml too, and differs in standard 'b'"
sed 's|<response .*|&<response standard="b" answer="good"/>|' "$folder/a.xml" >"$folder/more.xml"
clashes more.xml 's/agency="health"/agency="police"/' \
    "7:3: error: agency 'police' stands in $folder/more.xml too, and with more than here"

# An agency that only said it has returned gives way to what it sent in later.
sed 's/agency="health"/agency="police"/; /<response /d' "$folder/d.xml" >"$folder/edited.xml"
run 0 merge "$folder/edited.xml" "$folder/a.xml"
grep -q '<response standard="a" answer="good"/>' "$folder/out" || fail "the answers were lost"

# ---- parts that are none ----
echo '<return' >"$folder/g.xml"
run 1 merge "$folder/a.xml" "$folder/g.xml" "$folder/missing.xml"
says "g.xml:"
says "missing.xml:1:1: error:"
run 1 merge "$folder/a.xml" "$srcdir/samples/templates/maap-transitions.xml"
says "error: this is a template, and a return is needed here"
run 2 merge "$folder/a.xml"

exit $((failures > 0))
