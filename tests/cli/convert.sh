#!/usr/bin/env bash
# convert: rows as spreadsheets and Microsoft Forms export them become returns that score;
# whatever cannot be used is told with its row and column, and then nothing is written.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0
templates=$srcdir/samples/templates
inspections=$srcdir/samples/inspections

fail() { echo "FAILED: $*" >&2; failures=$((failures + 1)); }

caseaudit() { "$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" "$@"; }

# run STATUS ARGUMENT...
run() {
    local expected=$1 status
    shift
    caseaudit convert "$@" >"$folder/out" 2>"$folder/err"
    status=$?
    [ "$status" -eq "$expected" ] || {
        fail "exit status $status instead of $expected: $*"
        cat "$folder/err" >&2
    }
}

says() { grep -qF -- "$1" "$folder/err" || { fail "did not say: $1"; cat "$folder/err" >&2; }; }

nothing_in() { [ ! -e "$1" ] || fail "$1 was written in spite of errors"; }

valid() {
    xmllint --noout --schema "$SCHEMA_DIR/return-1.xsd" "$1" 2>"$folder/xmllint" || {
        fail "$1 is not valid"
        cat "$folder/xmllint" >&2
    }
}

same() { diff "$1" - >&2 || fail "$2"; }

# ---- headings alone: ids, labels, questions; a byte order mark, semicolons, line breaks ----
printf '\xef\xbb\xbf' >"$folder/forms.csv"
cat >>"$folder/forms.csv" <<'END'
id;Case reference;Date of audit;Auditor;Who made contact;Threshold;decision.threshold evidence;Was earlier contact with the family read and weighed?;Consent;Consent reason;decision.days start;decision.days END;Family told;Overall grade;judgement rationale
1;C1;14/11/2023 10:22:31;A17;POLICE;yes;;Not evidenced;N/A;"Asked for
help ""themselves""; twice";10.11.2023;2023-11-13;;right decision;
2;C2;3 Dec 2023;A17;Family or public;No;"Two calls, unread";no;YES;;2023-12-01;;Yes;WRONG;Too slow
END
sed -i '1s/Consent reason/decision.consent reason/' "$folder/forms.csv"
run 0 --template "$templates/threshold-dip-sample.xml" "$folder/forms.csv" -o "$folder/forms"
[ "$(cat "$folder/out")" = "2 returns in $folder/forms, 0 rows passed over" ] || fail "the count"
same "$folder/forms/1.xml" "the first row" <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<return xmlns="urn:caseaudit:return:1" id="1" template="threshold-dip-sample" template-version="1">
  <case ref="C1"/>
  <audit date="2023-11-14" auditor="A17"/>
  <attributes>
    <attribute id="source">police</attribute>
  </attributes>
  <responses>
    <response standard="decision.threshold" answer="yes"/>
    <response standard="decision.history" status="not-evidenced"/>
    <response standard="decision.consent" status="not-applicable">
      <reason>Asked for
help "themselves"; twice</reason>
    </response>
    <response standard="decision.days">
      <start>2023-11-10</start>
      <end>2023-11-13</end>
    </response>
  </responses>
  <judgement grade="right" by="A17" date="2023-11-14"/>
</return>
END
same "$folder/forms/2.xml" "the second row" <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<return xmlns="urn:caseaudit:return:1" id="2" template="threshold-dip-sample" template-version="1">
  <case ref="C2"/>
  <audit date="2023-12-03" auditor="A17"/>
  <attributes>
    <attribute id="source">family</attribute>
  </attributes>
  <responses>
    <response standard="decision.threshold" answer="no">
      <evidence>Two calls, unread</evidence>
    </response>
    <response standard="decision.history" answer="no"/>
    <response standard="decision.consent" answer="yes"/>
    <response standard="decision.days">
      <start>2023-12-01</start>
    </response>
    <response standard="decision.told" answer="yes"/>
  </responses>
  <judgement grade="wrong" by="A17" date="2023-12-03">
    <rationale>Too slow</rationale>
  </judgement>
</return>
END
for file in "$folder"/forms/*.xml; do valid "$file"; done
caseaudit score --format ndjson -t "$templates/threshold-dip-sample.xml" "$folder/forms" \
    >"$folder/scored" 2>/dev/null || fail "what was converted is not scored"

# The same with tabs and commas.
tail -c +4 "$folder/forms.csv" | sed 's/; twice/, twice/; s/,/\x01/g; s/;/\t/g; s/\x01/,/g' >"$folder/tabs.csv"
run 0 --template "$templates/threshold-dip-sample.xml" "$folder/tabs.csv" -o "$folder/tabs"
diff -r "$folder/forms" "$folder/tabs" >"$folder/diff"
[ "$(grep -c '^[<>]' "$folder/diff")" -eq 2 ] || fail "tabs make another return"

# ---- as Microsoft Forms exports: columns about the answering, choices with a semicolon at
# their end, line ends of Windows, empty rows behind ----
cat >"$folder/ms.csv" <<'END'
ID,Start time,Completion time,Email,Name,Case reference,Date of audit,Auditor,Who made contact,Threshold,decision.history,Consent,decision.days start,decision.days end,Overall grade
1,11/14/23 10:00:01,11/14/23 10:20:44,anonymous,,C1,14/11/2023,A17,Police;,Yes;,Yes,"N/A;",10/11/2023,13/11/2023,Right decision;
,,,,,,,,,,,,,,

END
sed -i 's/$/\r/' "$folder/ms.csv"
run 1 --template "$templates/threshold-dip-sample.xml" "$folder/ms.csv" -o "$folder/ms"
says "ms.csv:1:2: error: row 1, column 2 'Start time': nothing in template"
says "ms.csv:1:5: error: row 1, column 5 'Name': nothing in template"
nothing_in "$folder/ms"
cat >"$folder/ms.map" <<'END'
<mapping xmlns="urn:caseaudit:mapping:1" dates="month-first">
  <column name="Start time" to="ignore"/>
  <column name="Completion time" to="ignore"/>
  <column name="Email" to="ignore"/>
  <column name="Name" to="ignore"/>
  <set to="standard decision.consent reason" value="As the form says"/>
</mapping>
END
run 1 --template "$templates/threshold-dip-sample.xml" -m "$folder/ms.map" "$folder/ms.csv" -o "$folder/ms"
says "ms.csv:2:7: error: row 2, column 7 'Date of audit': '14/11/2023' is not a date such as 2023-11-14 or 11/14/2023; dates=\"day-first\" in the mapping file reads it"
sed -i 's/ dates="month-first"//' "$folder/ms.map"
run 0 --template "$templates/threshold-dip-sample.xml" -m "$folder/ms.map" "$folder/ms.csv" -o "$folder/ms"
[ "$(cat "$folder/out")" = "1 return in $folder/ms, 0 rows passed over" ] || fail "rows of Forms"
made=$(echo "$folder"/ms/threshold-dip-sample-*-1.xml)
says "the returns' ids are made from template, export and row, such as '$(basename "$made" .xml)'"
valid "$made"
grep -q '<attribute id="source">police<' "$made" || fail "a choice of Forms"
grep -q '<judgement grade="right" by="A17" date="2023-11-14"/>' "$made" || fail "a grade of Forms"
sed 's/10\/11\/2023/11\/10\/2023/; s/14\/11\/2023/11\/14\/2023/' "$folder/ms.csv" >"$folder/us.csv"
run 1 --template "$templates/threshold-dip-sample.xml" -m "$folder/ms.map" "$folder/us.csv" -o "$folder/us"
says "'11/14/2023' is not a date such as 2023-11-14 or 14/11/2023; dates=\"month-first\" in a mapping file reads it"

# ---- files in other characters: UTF-16 as spreadsheets save "Unicode text", others told once ----
iconv -f UTF-8 -t UTF-16 "$folder/ms.csv" >"$folder/utf16.csv"
run 0 --template "$templates/threshold-dip-sample.xml" -m "$folder/ms.map" "$folder/utf16.csv" -o "$folder/utf16"
diff -r "$folder/ms" "$folder/utf16" >&2 || fail "UTF-16 makes another return"
printf 'id,case\n1,caf\xe9\n2,na\xefve\n' >"$folder/ansi.csv"
run 1 --template "$templates/threshold-dip-sample.xml" "$folder/ansi.csv" -o "$folder/ansi"
says 'ansi.csv:1:1: error: the file is not UTF-8 (line 2: byte 0xE9, in Windows-1252 é); save it as an Excel workbook (.xlsx) or as "CSV UTF-8"'
[ "$(wc -l <"$folder/err")" -eq 1 ] || fail "Windows-1252 is told of more than once"

# ---- dates as in American exports, several in one cell, numbers, points, events ----
cat >"$folder/many.csv" <<'END'
id,case,audit-date,auditor,kind,area,children-placed,allegation,When,Visits
END
cat >"$folder/wrong.map" <<'END'
<mapping xmlns="urn:caseaudit:mapping:1" template="other" dates="backwards">
  <column name="Wen" to="audit-date"/>
  <column name="When" to="standard nothing"/>
  <column name="Visits" to="event unanounced-visit" colour="red"/>
  <colum name="Visits"/>
  <set to="auditor"/>
</mapping>
END
run 1 --template "$templates/foster-home-review.xml" --map "$folder/wrong.map" \
    "$folder/many.csv" -o "$folder/many"
says "wrong.map:4:3: error: <column> has no attribute 'colour'"
says "wrong.map:5:3: error: a mapping file has no <colum> here"
says "wrong.map:6:3: error: <set> needs the attribute 'value'"
sed -i 's/ colour="red"//; s/<colum .*//; s/to="auditor"/& value="A1"/' "$folder/wrong.map"
run 1 --template "$templates/foster-home-review.xml" --map "$folder/wrong.map" \
    "$folder/many.csv" -o "$folder/many"
says "wrong.map:1:1: error: this mapping is for template 'other', and the template is 'foster-home-review'"
says 'dates="backwards" should be day-first or month-first'
says "wrong.map:2:3: error: there is no column 'Wen'; did you mean 'When'?"
says "wrong.map:3:3: error: to=\"standard nothing\": 'nothing' is not a standard of template"
says "wrong.map:4:3: error: to=\"event unanounced-visit\": 'unanounced-visit' is not an event"
nothing_in "$folder/many"

# ---- cells that cannot be used: each with its row and column ----
cat >"$folder/bad.csv" <<'END'
id,case,audit-date,auditor,source,decision.threshold,decision.history,decision.consent,decision.days start,judgement
B1,C1,31/02/2023,A17,polise,maybe,yes,yes,2023-11-10,right
B2,C 2,2023-11-14,,police,yes,no evidence,n/a,10-11-2023,excellent
B3,C3,2023-11-14,A17,police,no,yes,yes,2023-11-20,right
B3,C4,2023-11-14,A17,police,no,yes,yes,2023-11-14,right
END
run 1 --template "$templates/threshold-dip-sample.xml" "$folder/bad.csv" -o "$folder/bad"
says "bad.csv:2:3: error: row 2, column 3 'audit-date': '31/02/2023' is not a date such as"
says "bad.csv:2:5: error: row 2, column 5 'source': 'polise' is not one of its choices; it is one of school, police, health, family; did you mean 'police'?"
says "bad.csv:2:6: error: row 2, column 6 'decision.threshold': 'maybe' is not an answer of 'decision.threshold'; it is one of yes, no"
says "bad.csv:3:2: error: row 3, column 2 'case': 'C 2' is not a reference"
says "bad.csv:3:4: error: row 3, column 4 'auditor': the cell is empty, and a return needs it"
says "bad.csv:3:10: error: row 3, column 10 'judgement': 'excellent' is not a grade"
says "bad.csv:4:1: error: row 4: start 2023-11-20 is after the audit date 2023-11-14"
says "bad.csv:5:1: error: row 5: standard 'decision.threshold' scores 0.00, and below 100 it needs evidence"
says "bad.csv:5:1: error: row 5: 'B3' is the id of row 4 already; each audit has an id of its own"
nothing_in "$folder/bad"

# What the columns hold and a return has no place for is not dropped in silence.
cat >"$folder/lost.csv" <<'END'
id,case,audit-date,auditor,source,decision.threshold,decision.history,decision.consent,decision.consent reason,decision.days start,judgement,judgement rationale
L1,C1,2023-11-14,A17,police,yes,yes,yes,because,2023-11-14,,why
END
run 1 --template "$templates/threshold-dip-sample.xml" "$folder/lost.csv" -o "$folder/lost"
says "lost.csv:2:1: error: row 2: standard decision.consent has a reason, which goes with 'not applicable' only"
says "lost.csv:2:1: error: row 2: something is said of a judgement, and its grade is missing"

# ---- headings that name a part of what a label or question is about ----
cat >"$folder/labelled.csv" <<'END'
Case number,Date audited,Auditor code,source,Threshold,Threshold: evidence,History,Consent,Consent reason,Time to decide - start,Time to decide end,Judgement
C1,2023-11-14,A17,police,yes,Seen,yes,n/a,Told by phone,2023-11-13,2023-11-14,right
C2,2023-11-14,A17,police,yes,Seen,,yes,,,,right
END
run 1 --template "$templates/threshold-dip-sample.xml" "$folder/labelled.csv" -o "$folder/labelled"
says "labelled.csv:3:1: error: row 3: standard 'decision.history' is required and has no response: fill in its cell, or write n/a there"
sed -i 3d "$folder/labelled.csv"
run 0 --template "$templates/threshold-dip-sample.xml" "$folder/labelled.csv" -o "$folder/labelled"
grep -q '<start>2023-11-13</start>' "$folder"/labelled/*.xml || fail "the start was not found by its label"
grep -q '<end>2023-11-14</end>' "$folder"/labelled/*.xml || fail "the end was not found by its label"
grep -q '<reason>Told by phone</reason>' "$folder"/labelled/*.xml || fail "the reason was not found"
grep -q '<evidence>Seen</evidence>' "$folder"/labelled/*.xml || fail "the evidence was not found"
printf '%s\n' 'case,History occurred soon,Start,Source start' 'C1,x,y,z' >"$folder/no-parts.csv"
run 1 --template "$templates/threshold-dip-sample.xml" "$folder/no-parts.csv" -o "$folder/no-parts"
for heading in 'History occurred soon' Start 'Source start'; do
    says "'$heading': nothing in template 'threshold-dip-sample' is called so"
done

# ---- what is missing is told by the sheet's columns ----
cat >"$folder/needs.xml" <<'END'
<template xmlns="urn:caseaudit:template:1" id="needs" version="1" framework="graded-standards" effective-from="2020-04-01">
  <title>Needs</title>
  <scale><grade id="good" label="Good" score="100" from="50"/><grade id="weak" label="Weak" score="0" from="0"/></scale>
  <answers id="yn"><answer id="yes" label="Yes" score="100"/><answer id="no" label="No" score="0"/></answers>
  <section id="s" title="S"><standard id="s.alone" answers="yn" label="Alone" evidence="required" action-below="50"><question>Seen alone?</question></standard>
  <standard id="s.when" label="When"><question>When?</question><timescale within="5" unit="working-days"/></standard></section>
</template>
END
printf '%s\n' 'case,audit date,auditor,Alone,When,When reason' 'C1,2023-11-14,A17,no,n/a,ill' 'C2,2023-11-14,A17,yes,n/a,' \
    'C3,2023-11-14,A17,n/a,2023-11-01,' 'C4,2023-11-14,A17,,,' >"$folder/needs.csv"
run 1 --template "$folder/needs.xml" "$folder/needs.csv" -o "$folder/needs"
says "row 2: standard 's.alone' needs evidence: say in column 's.alone evidence' what was seen"
says "it needs an action: say what is to be done in column 'action 1', and which standard it is about in 'action 1 standard'"
says "row 3: standard 's.when' can be not applicable only with a 'reason', which is missing: say in column 's.when reason' why it does not apply"
says "its dates have columns of their own, such as 's.when start'"
says "row 5: standard 's.when' is required and has no response: say in column 's.when start' when it began, or n/a in 's.when'"

# ---- columns that are nothing, stand twice, or are missing ----
cat >"$folder/columns.csv" <<'END'
id,Email,case,auditor,Threshold,decision.threshold
1,a,C1,A17,yes,no
END
run 1 --template "$templates/threshold-dip-sample.xml" "$folder/columns.csv" -o "$folder/columns"
says "columns.csv:1:2: error: row 1, column 2 'Email': nothing in template 'threshold-dip-sample' is called so"
says "columns.csv:1:6: error: row 1, column 6 'decision.threshold': 'decision.threshold' and 'Threshold' are about the same"
says "columns.csv:1:1: error: row 1: no column gives 'audit-date'"
printf 'id,case\n1,2,3\n' >"$folder/length.csv"
run 1 --template "$templates/threshold-dip-sample.xml" "$folder/length.csv" -o "$folder/length"
says "length.csv:2:3: error:"
run 1 --template "$templates/threshold-dip-sample.xml" "$folder/none.csv" -o "$folder/none"
run 2 "$folder/bad.csv" -o "$folder/bad"
run 2 --template "$templates/threshold-dip-sample.xml" "$folder/bad.csv"

# ---- missing answers: refused, unless they are forgiven ----
cat >"$folder/gaps.csv" <<'END'
id,case,audit-date,auditor,source,judgement
G1,C1,2023-11-14,A17,police,right
END
run 1 --template "$templates/threshold-dip-sample.xml" "$folder/gaps.csv" -o "$folder/gaps"
says "gaps.csv:2:1: error: row 2:"
run 0 --allow-incomplete --template "$templates/threshold-dip-sample.xml" "$folder/gaps.csv" \
    -o "$folder/gaps"

# ---- several agencies in one row; an agency of which nothing is said has not returned ----
cat >"$folder/agencies.csv" <<'END'
id,case,audit-date,auditor,theme,age-years,lives,health:welfare.safe,health:agency grade,health:welfare.safe date,education:welfare.safe,voluntary:welfare.safe,strength voice,housing:welfare.safe
M1,C1,2023-02-14,A17,Moving into adulthood,17,in-care,Good,G,01/02/2023,outstanding,,Heard,good
END
cat >"$folder/agencies.map" <<'END'
<mapping xmlns="urn:caseaudit:mapping:1"><set to="judgement" value="good"/></mapping>
END
run 1 --template "$templates/maap-transitions.xml" --map "$folder/agencies.map" \
    "$folder/agencies.csv" -o "$folder/agencies"
says "column 14 'housing:welfare.safe': nothing in template"
sed -i 's/,housing:welfare.safe//; s/,good$//' "$folder/agencies.csv"
run 0 --allow-incomplete --template "$templates/maap-transitions.xml" \
    --map "$folder/agencies.map" "$folder/agencies.csv" -o "$folder/agencies"
sed -n '/<responses/,$p' "$folder/agencies/M1.xml" >"$folder/parts"
same "$folder/parts" "the parts of several agencies" <<'END'
  <responses agency="health" grade="good" by="A17">
    <response standard="welfare.safe" answer="good" date="2023-02-01"/>
  </responses>
  <responses agency="education">
    <response standard="welfare.safe" answer="outstanding"/>
  </responses>
  <judgement grade="good" by="A17" date="2023-02-14"/>
  <findings>
    <strength theme="voice">Heard</strength>
  </findings>
</return>
END
# ---- the sample mapping, on rows of the same kind ----
cp "$inspections/invented-outcomes.csv" "$folder/outcomes.csv"
run 0 -t "$inspections/published-inspection.xml" -m "$inspections/mapping.xml" "$folder/outcomes.csv" \
    -o "$folder/outcomes"
[ "$(ls "$folder/outcomes" | paste -sd ' ')" = \
    "eastmere-fenby-holt.xml middlewick.xml northshire-vale.xml southby-on-sea.xml" ] || fail "the names"
grep -q 'date="2016-01-01"' "$folder/outcomes/middlewick.xml" || fail "the date in default"
sed 's/if-empty="2016-01-01"/empty="skip-row"/' "$inspections/mapping.xml" >"$folder/skip.map"
run 0 -t "$inspections/published-inspection.xml" -m "$folder/skip.map" "$folder/outcomes.csv" -o "$folder/skip"
says "outcomes.csv:4:2: warning: row 4, column 2 'inspection_end_date': the cell is empty, so the row is passed over"
[ "$(cat "$folder/out")" = "3 returns in $folder/skip, 1 row passed over" ] || fail "the count of skipped"

# ---- the published outcomes, where they are at hand ----
published=$srcdir/../shared/data/published-inspections-144.csv
if [ -e "$published" ]; then
    run 0 -t "$inspections/published-inspection.xml" -m "$inspections/mapping.xml" "$published" -o "$folder/144"
    caseaudit score --format ndjson -t "$inspections/published-inspection.xml" "$folder/144" >"$folder/scored" ||
        fail "the published outcomes are not scored"
    [ "$(grep -c '"status":"scored"' "$folder/scored")" -eq 144 ] || fail "not all 144 are scored"
    agree=$(sed -n 's/.*"computed":"\([a-z-]*\)","recomputed":null,"judged":"\([a-z-]*\)".*/\1 \2/p' \
        "$folder/scored" | awk '$1 == $2' | wc -l)
    [ "$agree" -eq 139 ] || fail "$agree computed as published, not 139"
    kept=$(sed -n 's/.*"judged":"\([a-z-]*\)".*"grade":"\([a-z-]*\)","sections".*/\1 \2/p' \
        "$folder/scored" | awk '$1 == $2' | wc -l)
    [ "$kept" -eq 144 ] || fail "$kept judged as published, not 144"
fi

exit $((failures > 0))
