#!/usr/bin/env bash
# Spreadsheets as forms and spreadsheet programs really save them: blanks that nobody sees, titles,
# empty columns, dates and numbers in every dress, workbooks; nothing mistaken in silence.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export CASEAUDIT_STORE=sqlite:$folder/store.db
failures=0
template=$folder/template.xml

fail() { echo "FAILED: $*" >&2; failures=$((failures + 1)); }

caseaudit() { "$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" "$@"; }

# run STATUS ARGUMENT...
run() {
    local expected=$1 status
    shift
    caseaudit "$@" >"$folder/out" 2>"$folder/err"
    status=$?
    [ "$status" -eq "$expected" ] || {
        fail "exit status $status instead of $expected: $*"
        cat "$folder/err" >&2
    }
}

says() { grep -qF -- "$1" "$folder/err" || { fail "did not say: $1"; cat "$folder/err" >&2; }; }
silent_of() { ! grep -qF -- "$1" "$folder/err" || { fail "said: $1"; cat "$folder/err" >&2; }; }
holds() { grep -qF -- "$2" "$1" || { fail "$(basename "$1") does not hold: $2"; cat "$1" >&2; }; }

# sheet TEXT: converts what printf makes of it, with $map if there is one, into $folder/r.
map=
sheet() {
    local expected=$1 text=$2
    shift 2
    rm -rf "$folder/r"
    # shellcheck disable=SC2059
    printf "$text" >"$folder/answers.csv"
    run "$expected" convert -t "$template" ${map:+-m "$map"} "$@" "$folder/answers.csv" -o "$folder/r"
}

mapping() {
    map=$folder/map.xml
    printf '<mapping xmlns="urn:caseaudit:mapping:1" %s>%s</mapping>\n' "$1" "$2" >"$map"
}

run 0 store init
cat >"$template" <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<template xmlns="urn:caseaudit:template:1" id="first-contact" version="1" framework="graded-standards"
          effective-from="2010-04-01" out-of="3">
  <title>First contact: a short look</title>
  <scale>
    <grade id="sound" label="Sound" score="3" from="1.5" positive="yes"/>
    <grade id="unsound" label="Needs work" abbrev="NW" score="0" from="0"/>
  </scale>
  <answers id="met">
    <answer id="yes" label="Yes" score="3"/>
    <answer id="half" label="Half way" score="1.5"/>
    <answer id="no" label="No" score="0"/>
  </answers>
  <attributes>
    <attribute id="team" label="Team" type="text"/>
    <attribute id="children" label="Children" type="integer"/>
    <attribute id="area" label="Area" type="token">
      <value id="n1" label="North"/> <value id="n2" label="East"/> <value id="s" label="South"/>
    </attribute>
  </attributes>
  <themes> <theme id="voice" label="Voice"/> <theme id="speed" label="Speed"/> </themes>
  <section id="contact" title="Contact">
    <standard id="contact.call" label="Called back" answers="met" not-applicable="allowed">
      <question>Was the caller's number called back?</question>
    </standard>
    <standard id="contact.days" label="Days" required="no">
      <question>How many days did it take?</question>
      <number min="0" max="5000"><band from="0" score="3"/><band from="8" score="0"/></number>
    </standard>
  </section>
</template>
END
head='id,case,audit-date,auditor,Called back'

# ---- blanks that nobody can see, bent quotation marks, capitals ----
sheet 0 'id,case,audit-date,auditor,Called\xc2\xa0back\xe2\x80\x8b\n1,C\xc2\xad1,14/11/2023\xc2\xa0,A1,Half\xe2\x80\x89way\xe2\x80\x83\n'
holds "$folder/r/1.xml" '<case ref="C1"/>'
holds "$folder/r/1.xml" 'standard="contact.call" answer="half"'
sheet 0 'id,Case,AUDIT-DATE,Auditor,WAS the caller\xe2\x80\x99s number called back?\n1,C1,14/11/2023,A1,YES\n'
sheet 1 'id,case,audit-date,auditor,Called bak\n1,C1,14/11/2023,A1,Yes\n'
says "row 1, column 5 'Called bak': nothing in template 'first-contact' is called so; did you mean 'Called back'?"
for blank in '\xc2\xa0' '\xe2\x80\x8b' '\xef\xbb\xbf' '\xc2\xad' '\xe3\x80\x80' '\xe2\x81\xa0'; do
    sheet 1 "$head\n1,$blank,14/11/2023,A1,Yes\n"
    says "row 2, column 2 'case': the cell is empty, and a return needs it"
done

# Evidence and reasons of blanks alone are none, in a return that was made by hand too.
sed 's/label="Called back"/& evidence="required"/; s/not-applicable="allowed"//' "$template" >"$folder/strict.xml"
for blank in '&#160;' '&#8203;' '&#xFEFF;' '&#xAD;' '&#x2003;&#xA0;'; do
    for response in "answer='yes'><evidence>$blank</evidence>" "status='not-applicable'><reason>$blank</reason>"; do
        cat >"$folder/return.xml" <<END
<return xmlns="urn:caseaudit:return:1" id="R1" template="first-contact" template-version="1">
  <case ref="C1"/><audit date="2023-11-14" auditor="A1"/>
  <responses><response standard="contact.call" $response</response></responses>
</return>
END
        run 1 score -t "$folder/strict.xml" "$folder/return.xml"
    done
done

# ---- rows as the spreadsheet counts them; empty columns, empty and short rows ----
sheet 1 "$head,,\n1,C1,14/11/2023,A1,Yes,,\n,,,,,,\n\n2,C2,\"14/11/\n2023\",A1,Yes\n3,C3,14/11/2023,A1,Perhaps,,\n"
says "answers.csv:6:5: error: row 6, column 5 'Called back': 'Perhaps' is not an answer"
mapping '' '<set to="return-id" value="G-{row}"/>'
sheet 0 'case,audit-date,auditor,Called back,Days\n,,,,\nC1,14/11/2023,A1,Yes\n'
[ -e "$folder/r/G-3.xml" ] || fail "{row} is not the row of the sheet"
map=
sheet 1 "$head,\n1,C1,14/11/2023,A1,Yes,lost\n"
says "answers.csv:2:6: error: row 2, column 6: 'lost' stands below no heading; give the column a heading in row 1, or empty it"

# ---- separators, titles ----
sheet 0 "sep=;\n${head//,/;}\n1;C1;14/11/2023;A1;Yes\n"
mapping '' '<column name="What helped (a; b; c; d; e; f; g)" to="ignore"/>'
sheet 0 "$head,What helped (a; b; c; d; e; f; g)\n1,C1,14/11/2023,A1,No,a; b\n"
holds "$folder/r/1.xml" 'answer="no"'
map=
sheet 0 "${head//,/:}\n1:C1:14/11/2023:A1:Yes\n" --separator :
run 2 convert -t "$template" --separator two "$folder/answers.csv" -o "$folder/r"
run 2 convert -t "$template" --header-row 0 "$folder/answers.csv" -o "$folder/r"
sheet 1 "Contacts of the quarter\nmade on 01/12/2023\n\n$head\n1,C1,14/11/2023,A1,Yes\n"
says "answers.csv:1:1: error: row 1 ('Contacts of the quarter') looks like a title and not like headings; if they stand in row 4, as it seems, say --header-row 4"
sheet 0 "Contacts of the quarter\nmade on 01/12/2023\n\n$head\n1,C1,14/11/2023,A1,Yes\n" --header-row 4
holds "$folder/r/1.xml" 'answer="yes"'

# ---- headings that stand several times; others ----
mapping '' '<column name="Comment" to="ignore"/>'
sheet 0 "id,case,audit-date,auditor,Comment,Called back,Comment\n1,C1,14/11/2023,A1,a,Yes,b\n"
mapping '' '<column name="Comment" to="contact.call evidence"/>'
sed -i 's/to="contact/to="standard contact/' "$map"
sheet 1 "id,case,audit-date,auditor,Comment,Called back,Comment\n1,C1,14/11/2023,A1,a,Yes,b\n"
says "map.xml:1:43: error: the heading 'Comment' stands above columns 5 and 7; say which is meant with occurrence=\"1\" or \"2\""
mapping '' '<column name="Comment" occurrence="2" to="standard contact.call evidence"/><others to="ignore"/>'
sheet 0 "id,case,audit-date,auditor,Comment,Called back,Comment,Email\n1,C1,14/11/2023,A1,a,Yes,b,x\n"
holds "$folder/r/1.xml" '<evidence>b</evidence>'
mapping '' '<column name="Comment" occurrence="3" to="ignore"/><others to="audit-date"/>'
sheet 1 "$head,Comment\n1,C1,14/11/2023,A1,Yes,b\n"
says 'occurrence="3": there is 1 column '"'Comment'"
says '<others to="audit-date"/>: other columns can only be ignored: to="ignore"'
map=

# ---- dates: one rule, which is told where it decides ----
sheet 0 "$head\n1,C1,45244,A1,Yes\n2,C2,2023/11/14 10:22:31 AM GMT+1,A1,Yes\n3,C3,\"Tuesday, 14 November 2023\",A1,Yes\n"
for i in 1 2 3; do holds "$folder/r/$i.xml" '<audit date="2023-11-14" auditor="A1"/>'; done
silent_of warning
sheet 0 "$head\n1,C1,14-Nov-23,A1,Yes\n2,C2,15-Nov-23,A1,Yes\n"
holds "$folder/r/1.xml" 'date="2023-11-14"'
says "answers.csv:2:1: warning: row 2: years of two digits are read as spreadsheets read them, 00 to 29 as 2000 to 2029 and 30 to 99 as 1930 to 1999: '14-Nov-23' is 2023-11-14"
[ "$(wc -l <"$folder/err")" -eq 1 ] || fail "the rule of years is told more than once"
sheet 0 "$head\n1,C1,05/05/2023,A1,Yes\n2,C2,04/05/2023,A1,Yes\n"
says "row 3: nothing in the file shows whether its dates begin with the day or with the month; they are read with the day first, '04/05/2023' as 2023-05-04"
sheet 0 "$head\n1,C1,14/05/2023,A1,Yes\n2,C2,04/05/2023,A1,Yes\n"
silent_of warning
mapping 'dates="month-first"' ''
sheet 0 "$head\n1,C1,7/13/23 10:20:44,A1,Yes\n2,C2,04/05/2023,A1,Yes\n"
holds "$folder/r/1.xml" 'date="2023-07-13"'
holds "$folder/r/2.xml" 'date="2023-04-05"'
silent_of 'day first'
map=

# ---- numbers, words, errors ----
sheet 0 "$head,Days,Children,Team\n1,C1,14/11/2023,A1,N.A.,\"1,123\",007,  North \xc2\xa0 East \n2,C2,14/11/2023,A1,n\\\\a,67%%,\"1,002\",\n3,C3,14/11/2023,A1,N / A,2.50,3.0,x\n"
holds "$folder/r/1.xml" 'status="not-applicable"'
holds "$folder/r/1.xml" '<value>1123</value>'
holds "$folder/r/1.xml" '<attribute id="children">7</attribute>'
holds "$folder/r/1.xml" '<attribute id="team">North East</attribute>'
holds "$folder/r/2.xml" '<value>67</value>'
holds "$folder/r/2.xml" '<attribute id="children">1002</attribute>'
holds "$folder/r/3.xml" '<value>2.5</value>'
cp "$template" "$folder/kept.xml"
sed -i 's/label="East"/label="north"/' "$template"
sheet 1 "$head,Days,Area\n1,C1,14/11/2023,A1,#REF!,12;13,North\n2,C2,14/11/2023,A1,Yes,\"1,12\",South\n"
says "row 2, column 5 'Called back': the spreadsheet shows the error '#REF!' here; mend its formula"
says "row 2, column 6 'Days': '12;13' is not a number"
says "row 2, column 7 'Area': 'North' stands for more than one choice of the template; write the id of the one that is meant"
says "row 3, column 6 'Days': '1,12' is not a number"
mv "$folder/kept.xml" "$template"

# ---- one fault is told once: the rest of an answer that cannot be used is no fault of its own ----
sheet 1 "$head,contact.call evidence\n1,C1,14/11/2023,A1,Perhaps,seen\n2,C2,14/11/2023,A1,#N/A,seen\n3,C3,14/11/2023,A1,,seen\n"
says "row 2, column 5 'Called back': 'Perhaps' is not an answer"
says "row 3, column 5 'Called back': the spreadsheet shows the error '#N/A'"
says "row 4: standard contact.call has a date, reason or evidence, and no answer"
[ "$(grep -c 'no answer' "$folder/err")" -eq 1 ] || { fail "one fault is told as two"; cat "$folder/err" >&2; }

# ---- nobody is helped to put a name where a code belongs ----
sheet 1 "$head,action,action owner\n1,C1,14/11/2023,Jo Smith,Yes,Call,Jo Smith\n"
says "row 2, column 4 'auditor': 'Jo Smith' is not a role code, such as A17"
says "row 2, column 7 'action owner': 'Jo Smith' is not a role code, such as A17"
silent_of 'as="reference"'
sheet 1 "$head\n1,Jo Smith,14/11/2023,A1,Yes\n"
says "row 2, column 2 'case': 'Jo Smith' is not a reference"

# ---- identity: ids that are made, references that are one to one ----
forms='ID,case,audit-date,auditor,Called back\n'
sheet 0 "${forms}1,C1,14/05/2023,A1,Yes\n2,C2,15/05/2023,A1,No\n"
mv "$folder/r" "$folder/q1"
says "the returns' ids are made from template, export and row, such as 'first-contact-"
sheet 0 "${forms}1,C7,14/08/2023,A1,No\n2,C8,15/08/2023,A1,No\n"
mv "$folder/r" "$folder/q2"
[ "$(cat "$folder"/q?/*.xml | grep -o '<return [^>]* id="[^"]*"' | sort -u | wc -l)" -eq 4 ] ||
    fail "two forms share ids"
sheet 0 "${forms}1,C1,14/05/2023,A1,Yes\n2,C2,15/05/2023,A1,No\n3,C3,16/05/2023,A1,No\n"
for file in "$folder"/q1/*.xml; do
    cmp "$file" "$folder/r/$(basename "$file")" || fail "a later export has other ids"
done
mapping '' '<column name="ID" to="return-id"/>'
sheet 0 "${forms}1,C1,14/05/2023,A1,Yes\n"
[ -e "$folder/r/1.xml" ] || fail "what is mapped is not the id"
silent_of 'are made from'
map=
sheet 0 'case,audit-date,auditor,Called back\nC1,14/05/2023,A1,Yes\nC1,14/05/2023,A1,Yes\n'
[ "$(find "$folder/r" -name '*.xml' | wc -l)" -eq 2 ] || fail "two rows became one"

mapping '' '<column name="case" to="case" as="reference"/>'
sheet 1 "$head\n1,1.23457E+11,14/11/2023,A1,Yes\n"
says "row 2, column 2 'case': '1.23457E+11' is a long number that the spreadsheet program has shortened"
sheet 1 "$head\n1,12/345,14/11/2023,A1,Yes\n2,12-345,15/11/2023,A1,No\n"
says "row 3, column 2 'case': '12-345' would become the reference '12-345', as '12/345' in row 2 does"
sheet 0 "$head\n1,Holt  Fenby,14/11/2023,A1,Yes\n2,holt\xc2\xa0FENBY,15/11/2023,A1,No\n"
holds "$folder/r/2.xml" '<case ref="holt-fenby"/>'
map=
sheet 1 "$head\n1,1.2E+17,14/11/2023,A1,Yes\n"
says "shortened"

# ---- several actions, strengths and improvements in a row ----
sheet 0 "$head,strength voice,strength voice,improvement speed,action,action owner,action 2,action 2 owner,action 2 due,action 3 owner\n1,C1,14/11/2023,A1,Yes,Kind,Clear,Slow,Call,T1,Write,T2,15/12/2023,\n"
sed -n '/<findings/,$p' "$folder/r/1.xml" >"$folder/tail"
diff "$folder/tail" - >&2 <<'END' || fail "findings and actions"
  <findings>
    <strength theme="voice">Kind</strength>
    <strength theme="voice">Clear</strength>
    <improvement theme="speed">Slow</improvement>
  </findings>
  <actions>
    <action id="1" owner="T1">Call</action>
    <action id="2" owner="T2" due="2023-12-15">Write</action>
  </actions>
</return>
END

# ---- a mapping file to begin with ----
printf 'ID,Start time,Completion time,Email,Name,Case reference,Date of audit,Called bak,Comment,Days,Comment,"A ""<b>"" -- & c"\n1,x,x,a,,C1,11/14/2023,Yes,,3,,\n' >"$folder/forms.csv"
run 0 convert --starter -t "$template" "$folder/forms.csv" -o "$folder/starter.xml"
diff "$folder/starter.xml" - >&2 <<'END' || fail "the starter"
<?xml version="1.0" encoding="UTF-8"?>
<mapping xmlns="urn:caseaudit:mapping:1" template="first-contact" dates="month-first">
  <!-- Begun from the headings of forms.csv: look at each line, and at those that are ignored first; caseaudit-mapping(5) says what a column can be. -->
  <column name="ID" to="row-id"/>
  <column name="Start time" to="ignore"/> <!-- written by the form; to="audit-date" if it is that -->
  <column name="Completion time" to="ignore"/> <!-- written by the form; to="audit-date" if it is that -->
  <column name="Email" to="ignore"/> <!-- written by the form; names stay out of returns -->
  <column name="Name" to="ignore"/> <!-- written by the form; names stay out of returns -->
  <column name="Case reference" to="case"/>
  <column name="Date of audit" to="audit-date"/>
  <column name="Called bak" to="ignore"/> <!-- nothing of the template is called so; did you mean 'Called back'? -->
  <column name="Comment" to="ignore"/> <!-- nothing of the template is called so -->
  <column name="Days" to="standard contact.days"/>
  <column name="A &quot;&lt;b>&quot; -- &amp; c" to="ignore"/> <!-- nothing of the template is called so -->
  <!-- needed: to="auditor" on a column, or for all rows: <set to="auditor" value="A1"/> -->
</mapping>
END
sed -i 's|"Called bak" to="ignore"|"Called bak" to="standard contact.call"|; s|<!-- needed.*: \(<set[^>]*>\) -->|\1|' "$folder/starter.xml"
run 0 convert -t "$template" -m "$folder/starter.xml" "$folder/forms.csv" -o "$folder/from-starter"
holds "$(echo "$folder"/from-starter/*.xml)" 'date="2023-11-14" auditor="A1"'
run 2 convert --starter -t "$template" "$folder/forms.csv" -o "$folder/starter.xml"
says "--force"

# ---- plain "CSV" of Windows, old workbooks: once, with what to do ----
{
    printf '%s,Team\n' "$head"
    for i in $(seq 300); do printf '%s,C%s,14/11/2023,A1,Yes,the child\x92s\n' "$i" "$i"; done
} >"$folder/windows.csv"
run 1 convert -t "$template" "$folder/windows.csv" -o "$folder/w"
says 'the file is not UTF-8 (line 2: byte 0x92, in Windows-1252 ’); save it as an Excel workbook (.xlsx) or as "CSV UTF-8"'
[ "$(wc -l <"$folder/err")" -eq 1 ] || fail "Windows-1252 is told of more than once"
printf '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' >"$folder/old.xls"
run 1 convert -t "$template" "$folder/old.xls" -o "$folder/w"
says 'old.xls:1:1: error: this is an old Excel workbook (.xls); save it as an Excel workbook (.xlsx) or as "CSV UTF-8"'
printf 'a\0,\0b\0\n\0' >"$folder/bare.csv"
run 1 convert -t "$template" "$folder/bare.csv" -o "$folder/w"
says 'the file is UTF-16, without the mark that says so; save it'

# ---- a workbook: the same returns as the CSV file ----
if command -v python3 >/dev/null; then
    python3 "$srcdir/tests/cli/sheets.py" "$folder/answers.xlsx" || fail "cannot write a workbook"
    run 0 convert -t "$template" "$folder/answers.xlsx" -o "$folder/x"
    says "warning: the sheet 'Answers' is read, and no other; this workbook also has 'Second sheet': say which is meant with --sheet"
    says "answers.xlsx:5:1: warning: row 5 is hidden in the sheet, by hand or by a filter, and is read like the others; delete it if it should not count"
    says "answers.xlsx:1:6: warning: row 1, column 6 'Days': the column is hidden in the sheet, and is read like the others"
    says "column 7 'Team': the column is hidden"
    mapping '' '<column name="Team" to="ignore"/>'
    run 0 convert -t "$template" -m "$map" --sheet Answers "$folder/answers.xlsx" -o "$folder/ignored"
    silent_of "'Team'"
    silent_of "no other"
    says "'Days': the column is hidden"
    map=
    sheet 0 "$head,Days,Team\n1,C1,14/11/2023,A1,Half way,2.5,North East\n2,0042,15/11/2023,A1,n/a,,\n"
    diff -r "$folder/x" "$folder/r" >&2 || fail "the workbook makes other returns"
    cp "$folder/answers.xlsx" "$folder/renamed.csv"
    run 0 convert -t "$template" --sheet 'second Sheet' --header-row 2 "$folder/renamed.csv" -o "$folder/y"
    holds "$folder/y/9.xml" 'answer="no"'
    run 1 convert -t "$template" --sheet Third "$folder/answers.xlsx" -o "$folder/z"
    says "there is no sheet 'Third' in this workbook; it has 'Hidden', 'Answers', 'Second sheet'"
fi

# ---- figures by the same reader ----
run 0 template load "$template"
printf 'Made for the board\n\n"Template",PERIOD;,Grade,Count,,\n' | tr -d ';' >"$folder/history.csv"
printf 'first-contact,2021-22,Sound,"1,010",,\n,,,,,\nfirst-contact,2021-22,needs\xc2\xa0work,5\n' >>"$folder/history.csv"
run 1 history import "$folder/history.csv"
says "say --header-row 3"
run 0 history import --header-row 3 "$folder/history.csv"
printf 'template,period,grade,count\nfirst-contact,2020-21,sound,1\nfirst-contact,2020-21,"un\nsound",x\n' >"$folder/history.csv"
run 1 history import "$folder/history.csv"
says "history.csv:3:4: error: row 3, column 'count': 'x' is no count"
printf 'Indicator;Label;Period;Polarity;Value\nn;Neglect;2022-23 Q1;Down;15,9\nn;Neglect;2022-23 Q2;down;15.9%%\n' >"$folder/figures.csv"
run 1 indicator import "$folder/figures.csv"
says "row 2, column 'value': '15,9' is no figure"
sed -i 's/15,9/1,015.9/' "$folder/figures.csv"
run 0 indicator import "$folder/figures.csv"
run 0 store export "$folder/export"
CASEAUDIT_STORE=sqlite:$folder/again.db run 0 store init
CASEAUDIT_STORE=sqlite:$folder/again.db run 0 store import "$folder/export"

# ---- line ends that Git or e-mail changed: the same template, the same return ----
cat >"$folder/line-ends.xml" <<'END'
<return xmlns="urn:caseaudit:return:1" id="L1" template="first-contact" template-version="1">
  <case ref="C1"/><audit date="2023-11-14" auditor="A1"/>
  <responses><response standard="contact.call" answer="yes"/></responses>
</return>
END
run 0 record "$folder/line-ends.xml"
sed -i 's/$/\r/' "$folder/line-ends.xml"
run 0 record "$folder/line-ends.xml"
grep -q unchanged "$folder/out" || fail "CRLF makes a revision"
sed 's/$/\r/' "$template" >"$folder/crlf.xml"
run 0 template load "$folder/crlf.xml"
grep -q unchanged "$folder/out" || fail "CRLF makes another template"
sed -i 's/yes"/no"/' "$folder/line-ends.xml"
run 0 record "$folder/line-ends.xml"
grep -q 'revision 2' "$folder/out" || { fail "another answer is no revision"; cat "$folder/out" >&2; }

# ---- references that the store has: under another spelling, or made of who knows what ----
sed -i 's/id="L1"/id="L2"/; s/ref="C1"/ref="12\/345"/' "$folder/line-ends.xml"
run 0 record "$folder/line-ends.xml"
sed -i 's/id="L2"/id="L3"/; s/ref="12.345"/ref="holt-fenby"/' "$folder/line-ends.xml"
run 0 record "$folder/line-ends.xml"
mapping '' '<column name="case" to="case" as="reference"/>'
sheet 1 "$head\n1,C77,14/11/2023,A1,Yes\n2,12 345,15/11/2023,A1,No\n"
says "row 3: '12 345' would become the case '12-345', and the store has the case '12/345'"
sheet 0 "$head\n1,C1,14/11/2023,A1,Yes\n2,Holt & Fenby,15/11/2023,A1,No\n"
says "answers.csv:3:1: warning: row 3: 'holt-fenby', made of 'Holt & Fenby', is a case of the store already"
silent_of C1
map=

# ---- themes and lists of files: Notepad's mark, UTF-16 as PowerShell writes it ----
cat >"$folder/return.xml" <<'END'
<return xmlns="urn:caseaudit:return:1" id="R1" template="first-contact" template-version="1">
  <case ref="C1"/><audit date="2023-11-14" auditor="A1"/>
  <responses><response standard="contact.call" answer="yes"/></responses>
</return>
END
printf '\xef\xbb\xbfname\xc2\xa0= Exampleshire\r\ncolour = #4A1D5C\r\n' >"$folder/theme.txt"
run 0 score -t "$template" --format html --theme "$folder/theme.txt" -o "$folder/page.html" "$folder/return.xml"
holds "$folder/page.html" Exampleshire
iconv -f UTF-8 -t UTF-16 "$folder/theme.txt" >"$folder/wide.txt"
run 0 score -t "$template" --format html --theme "$folder/wide.txt" -o "$folder/page.html" "$folder/return.xml"
printf 'name = Caf\xe9\n' >"$folder/theme.txt"
run 2 score -t "$template" --format html --theme "$folder/theme.txt" -o "$folder/other.html" "$folder/return.xml"
says "theme.txt: the file is not UTF-8 (line 1: byte 0xE9"
printf '%s\r\n' "$folder/return.xml" | iconv -f UTF-8 -t UTF-16 >"$folder/list.txt"
run 0 score -t "$template" --files-from "$folder/list.txt"
printf '%s\r\n' "$folder/return.xml" | iconv -f UTF-8 -t UTF-16LE >"$folder/list.txt"
run 3 score -t "$template" --files-from "$folder/list.txt"
says "UTF-16, without the mark"

exit $((failures > 0))
