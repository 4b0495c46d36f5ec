#!/usr/bin/env bash
# Which audit is it? A return's id belongs to one audit for good; role codes are the same in
# capitals; what is named twice with different meaning is said, and the old one kept.
. "$srcdir/tests/store/lib.sh"

template=$folder/visit.xml
cat >"$template" <<'XML'
<template xmlns="urn:caseaudit:template:1" id="visit-check" version="1" framework="graded-standards" effective-from="2020-04-01">
  <title>Visit check</title>
  <scale><grade id="good" label="Good" score="100" from="50" positive="yes"/><grade id="weak" label="Weak" score="0" from="0"/></scale>
  <answers id="yn"><answer id="yes" label="Yes" score="100"/><answer id="no" label="No" score="0"/></answers>
  <attributes>
    <attribute id="team" label="Team" type="text"/>
    <attribute id="age" label="Age" type="integer"/>
  </attributes>
  <section id="visit" title="The visit"><standard id="visit.alone" answers="yn"><question>Seen alone?</question></standard></section>
</template>
XML
sed -e 's/id="visit-check"/id="home-check"/' "$template" >"$folder/home.xml"

# a_return ID CASE DATE ANSWER [TEMPLATE [BEHIND]]: a return in $folder/ID.xml
a_return() {
    cat >"$folder/$1.xml" <<XML
<return xmlns="urn:caseaudit:return:1" id="$1" template="${5:-visit-check}" template-version="1">
  <case ref="$2"/><audit date="$3" auditor="A1"/>
  <responses><response standard="visit.alone" answer="$4"/></responses>${6:-}
</return>
XML
}

fresh() {
    rm -f "$folder"/store.db*
    run 0 store init
    run 0 template load "$template" "$folder/home.xml"
}

# ---- a revision is of the same audit ----
fresh
a_return 1 C1 2023-06-05 yes
run 0 record "$folder/1.xml"
a_return 1 C2 2023-06-05 yes
run 1 record "$folder/1.xml"
prints "refused     1"
says "return '1' is in the store already, as an audit of case 'C1'; this one is an audit of case 'C2'"
says "the ID column of Microsoft Forms begins at 1 in every form"
run 0 store check
a_return 1 C1 2023-06-05 yes home-check
run 1 record "$folder/1.xml"
says "as an audit by template 'visit-check'; this one is an audit by template 'home-check'"
a_return 1 C1 2024-06-06 yes
run 1 record "$folder/1.xml"
says "as an audit on 2023-06-05; this one is an audit on 2024-06-06"
a_return 1 C1 2022-06-04 yes
run 1 record "$folder/1.xml"
a_return 1 C9 2022-06-04 yes home-check
run 1 record "$folder/1.xml"
says "of case 'C1' by template 'visit-check' on 2023-06-05; this one is an audit of case 'C9' by template 'home-check' on 2022-06-04"
# A year to the day, other capitals, another answer: a correction like any other.
a_return 1 c1 2024-06-05 no
run 0 record "$folder/1.xml"
prints "revision 2  1"
# Both ways within one run, too: what came in first counts.
a_return 1 C7 2024-06-05 no home-check
run 0 record --new-revision "$folder/1.xml"
prints "revision 3  1"
# Of an audit its newest revision is given back, and an earlier one where that is asked for.
run 0 audit export 1 -o "$folder/given"
cmp -s "$folder/given/1.xml" "$folder/1.xml" || fail "another revision than the newest is exported"
run 0 audit show 1
prints C7
run 0 summary --template home-check --period 2024-25
prints "1 file"
run 0 store check --rescore
# What was let in once is let in again from an export.
run 0 store export "$folder/export"
CASEAUDIT_STORE=sqlite:$folder/again.db run 0 store init
CASEAUDIT_STORE=sqlite:$folder/again.db run 0 store import "$folder/export"

# ---- role codes, in whatever capitals ----
fresh
moderation='<moderation grade="good" by="a1" date="2024-06-10"/>'
a_return M C1 2024-06-03 yes visit-check "$moderation"
run 1 record "$folder/M.xml"
says "'A1' audited this case; a moderator is someone other than the auditor"
action='<actions><action id="1" owner="TM4" due="2024-07-01" completed="2024-06-20" verified-by="tm4">Talk.</action></actions>'
a_return V C1 2024-06-03 yes visit-check "$action"
run 1 record "$folder/V.xml"
says "'TM4' owns this action; it is for someone else to verify it"
action='<actions><action id="1" owner="TM4" due="2024-07-01" completed="2024-06-20">Talk.</action></actions>'
a_return V C1 2024-06-03 yes visit-check "$action"
run 0 record "$folder/V.xml"
run 1 action verify V:1 --by tm4
says "belongs to 'TM4', and is to be verified by someone else"
run 0 action list --owner tm4
prints "V:1"
run 0 action verify V:1 --by QA1

# ---- ids that differ in capitals alone, and actions that are not there ----
fresh
acted='<actions><action id="1" owner="TM4">Talk.</action></actions>'
a_return r-1 C1 2024-06-03 yes "" "$acted"
run 0 record "$folder/r-1.xml"
a_return R-1 C2 2024-06-03 no
run 1 record "$folder/R-1.xml"
says "R-1.xml:1:1: error: there is a return 'r-1' in the store, and ids that differ in capitals alone are one to a person"
run 1 record --new-revision "$folder/R-1.xml"
a_return q1 C3 2024-06-03 yes
a_return Q1 C4 2024-06-03 no
for verb in score record; do
    run 1 $verb "$folder/q1.xml" "$folder/Q1.xml"
    says "have the same id 'q1' and differ"
done
for wrong in 7 r-9:1; do
    run 1 action complete "$wrong" --on 2024-06-04
    says "there is no action '$wrong'; there is 'r-1:1'"
done
run 1 action complete R-1:1 --on 2024-06-04
says "there is no action 'R-1:1'; that return has 'r-1:1'"

# ---- groups: integers by value, texts and white space as people read them ----
fresh
attributes() { echo "<attributes><attribute id=\"team\">$1</attribute><attribute id=\"age\">$2</attribute></attributes>"; }
n=0
while IFS='|' read -r team age; do
    n=$((n + 1))
    a_return "G$n" "C$n" 2024-06-03 yes
    sed -i "s#<responses>#$(attributes "$team" "$age")<responses>#" "$folder/G$n.xml"
    run 0 record "$folder/G$n.xml"
done <<'ROWS'
Team A|7
Team  A|07
team a|-0
Team A|0
Team B|8
ROWS
groups() { python3 -c 'import json, sys
print(*("%s:%d" % (p["group"][sys.argv[1]], p["audits"]) for p in json.load(sys.stdin)["periods"] if p["group"]))' "$1" <"$folder/out"; }
run 0 summary --template visit-check --period 2024-25 --by age --format json
equal "ages" "0:2 7:2 8:1" "$(groups age)"
run 0 summary --template visit-check --period 2024-25 --by team --format json
equal "teams" "Team A:4 Team B:1" "$(groups team)"
finish
