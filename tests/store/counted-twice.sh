#!/usr/bin/env bash
# What would count twice, or mean something else than it did: history, indicators, populations,
# benchmarks; and periods that can be read in two ways.
. "$srcdir/tests/store/lib.sh"

template=$folder/visit.xml
cat >"$template" <<'XML'
<template xmlns="urn:caseaudit:template:1" id="visit-check" version="1" framework="graded-standards" effective-from="2000-04-01">
  <title>Visit check</title>
  <scale><grade id="good" label="Good" score="100" from="50" positive="yes"/><grade id="weak" label="Needs work" abbrev="NW" score="0" from="0"/></scale>
  <answers id="yn"><answer id="yes" label="Yes" score="100"/><answer id="no" label="No" score="0"/></answers>
  <section id="visit" title="The visit"><standard id="visit.alone" answers="yn"><question>Seen alone?</question></standard></section>
</template>
XML

fresh() {
    rm -f "$folder"/store.db*
    run 0 store init
    run 0 template load "$template"
}

# import STATUS KIND ROW...: rows below the headings of the kind
import() {
    local status=$1 kind=$2 heading=template,period,grade,count
    shift 2
    [ "$kind" = history ] || heading=indicator,label,period,numerator,denominator,value,polarity
    printf '%s\n' "$heading" "$@" >"$folder/rows.csv"
    run "$status" "$kind" import "$folder/rows.csv" $options
}
options='--today 2024-06-30'

# audits FROM TO: an audit on each 3rd of the month of these numbers in 2022
audits() {
    rm -rf "$folder/returns"
    mkdir "$folder/returns"
    for month in $(seq -w "$1" "$2"); do
        cat >"$folder/returns/$month.xml" <<XML
<return xmlns="urn:caseaudit:return:1" id="V-$month" template="visit-check" template-version="1">
  <case ref="C-$month"/><audit date="2022-$month-03" auditor="A1"/>
  <responses><response standard="visit.alone" answer="yes"/></responses>
</return>
XML
    done
}

# ---- history beside history ----
fresh
import 0 history "visit-check,2022-23 Q1,good,10" "visit-check,2022-23q1,weak,5"
import 1 history "visit-check,2022-23,good,40"
says "row 2, column 'period': 2022-23 overlaps 2022-23 Q1, whose counts of template 'visit-check' are in the store already: audits of both would count twice"
import 1 history "visit-check,2022-06-30..2022-09-30,good,40"
says "2022-06-30..2022-09-30 overlaps 2022-23 Q1"
import 1 history "visit-check,2023-24,good,1" "visit-check,2023-24 Q2,good,1" "visit-check,2023-12,weak,1"
says "row 3, column 'period': 2023-24 Q2 overlaps 2023-24, whose counts of template 'visit-check' are in row 2"
says "row 4, column 'period': 2023-12 overlaps 2023-24"
import 0 history "visit-check,2022-23 Q2,good,7" "visit-check,2021-22,good,30"
# The same period by its days is the same period: a figure that was corrected, and told.
import 0 history "visit-check,2022-04-01..2022-06-30,good,11"
says "warning: row 2, column 'count': 'good' in 2022-04-01..2022-06-30 was 10 and is 11 now"
run 0 summary --template visit-check --period 2022-23
prints "23 files audited"

# ---- history beside audits, in whichever order they come ----
fresh
audits 04 06
run 0 record "$folder/returns"
import 1 history "visit-check,2022-23,good,40" "visit-check,2022-23,weak,5"
says "row 2, column 'period': 3 audits by template 'visit-check' in 2022-23 are in the store, and would count twice"
equal "told once a period" 1 "$(grep -c 'would count twice' "$folder/err")"
import 0 history "visit-check,2022-23 Q2,good,40"
audits 06 07
run 1 record "$folder/returns"
prints "unchanged   V-06"
prints "refused     V-07"
says "audits by template 'visit-check' in 2022-23 Q2 are counted already, by an import of history, and this one, of 2022-07-03, would count twice"
import 0 history "visit-check,2022-23 Q2,good,0"
run 0 record "$folder/returns"
prints "recorded    V-07"
run 0 store check --rescore

# ---- grades by what people call them ----
fresh
import 0 history "visit-check,2022-23 Q1,Good,10" "visit-check,2022-23 Q1,needs  work,5" "visit-check,2022-23 Q2,nw,4"
run 0 summary --template visit-check --period 2022-23
prints "19 files audited"
import 1 history "visit-check,2022-23 Q3,Fair,4"
says "'Fair' is no grade of template 'visit-check'; its grades are good (Good), weak (Needs work)"

# ---- a year, or a month? ----
fresh
import 0 indicator "re,Re-referrals,2010-10,14,100,,down" "re,Re-referrals,2010-11,25,100,,down" "re,Re-referrals,2010-12,18,100,,down"
[ ! -s "$folder/err" ] || fail "between October and December it is November: $(cat "$folder/err")"
run 0 indicator show
equal "months in their order" "14 25 18" "$(sed -n '2,4s/.* \([0-9]*\) of 100 .*/\1/p' "$folder/out" | paste -sd ' ')"
run 0 store export "$folder/export"
CASEAUDIT_STORE=sqlite:$folder/again.db run 0 store init
CASEAUDIT_STORE=sqlite:$folder/again.db run 0 store import "$folder/export"
import 0 indicator "years,Of years,2010-11,1,100,,down" "years,Of years,2012-13,2,100,,down"
[ ! -s "$folder/err" ] || fail "beside a year it is a year: $(cat "$folder/err")"
import 0 indicator "lone,Alone,2009-10,1,100,,down"
says "'2009-10' is taken as the year; if it is a month, write its first and last day"
import 0 history "visit-check,2010-11,good,4"
says "'2010-11' is taken as the year"
run 0 population set --template visit-check --period 2010-11 40
says "2010-11 is taken as the year, not the month 2010-11-01..2010-11-30"
run 0 summary --template visit-check --period 2010-11
says "2010-11 is taken as the year, not the month 2010-11-01..2010-11-30"
import 1 indicator "late,Late,2062-63,1,100,,down"
says "2062-63 has not begun yet: today is 2024-06-30"
options='--today 2024-06-30 --allow-future' import 0 indicator "late,Late,2062-63,1,100,,down"
import 1 history "visit-check,2024-07,good,4"

# ---- an indicator keeps its meaning ----
fresh
import 0 indicator "cpp,Plans,2022-23 Q1,,,252,up"
import 0 indicator "cpp,plans,2022-23 Q1,,,252,up"
[ ! -s "$folder/err" ] || fail "the same again is told: $(cat "$folder/err")"
import 1 indicator "cpp,Plans,2022-23 Q2,,,260,down"
says "row 2, column 'polarity': the polarity of 'cpp' is up in the store, and down here; correct it, or say --replace"
import 1 indicator "cpp,Contacts,2022-23 Q2,,,260,up"
says "'cpp' is labelled 'plans' in the store, and 'Contacts' here"
import 0 indicator "cpp,Plans,2022-23 Q1,,,253,up"
says "warning: row 2, column 'value': 'cpp' in 2022-23 Q1 was 252 and is 253 now"
options='--replace' import 0 indicator "cpp,Plans,2022-23 Q2,,,260,down"
run 0 indicator show
good=$(head -n 1 "$folder/out" | grep -b -o 'GOOD IS' | cut -d : -f 1)
equal "one polarity in all periods" "down down" "$(sed -n '2,3p' "$folder/out" | cut -c $((good + 1))- | cut -d ' ' -f 1 | paste -sd ' ')"
sed -i 's/polarity$/polarity,for/' "$folder/rows.csv"
sed -i '2s/$/,visit-check/' "$folder/rows.csv"
run 1 indicator import "$folder/rows.csv"
says "row 2, column 'for': 'cpp' belongs to all templates in the store, and to 'visit-check' here; correct it, or say --replace"
run 0 indicator import --replace "$folder/rows.csv"
import 0 indicator "cpp,Plans,2022-23 Q4,,,270,down"
run 0 indicator show
equal "belongs where it did" 3 "$(grep -c visit-check "$folder/out")"

# ---- populations ----
fresh
audits 04 06
run 0 record "$folder/returns"
run 1 population set --template visit-check --period 2022-23 2
says "the population of 2022-23 cannot be 2: 3 audits by 'visit-check' are dated in it"
run 1 population set --framework graded-standards --period 2022-23 2
says "3 audits by 'graded-standards' are dated in it"
run 0 population set --template visit-check --period 2022-23 40
run 0 population set --template visit-check --period 2022-04-01..2023-03-31 40
run 1 population set --template visit-check --period 2022-23 41
says "the population of 'visit-check' in 2022-23 is 40 already, and 41 here; correct it, or say --replace"
run 0 summary --template visit-check --period 2022-23 --format json
prints '"population":40'
run 0 population set --replace --template visit-check --period 2022-23 41
run 0 population set --framework graded-standards --period 2022-23 50
run 0 summary --template visit-check --period 2022-23 --format json
prints '"population":41'

run 0 population set --template visit-check --period '2022-23 Q2' 42
says "warning: the population of 'visit-check' in 2022-23 is 41, and in 2022-23 Q2, which is part of it, 42"
run 0 population set --template visit-check --period 2022-05 41
[ ! -s "$folder/err" ] || fail "a month with as many cases as its year is doubted"

# ---- benchmarks ----
run 0 benchmark set first --template visit-check --period 2022-23
run 0 benchmark set first --template visit-check --period 2022-23
run 1 benchmark set First --template visit-check --period 2021-22
says "benchmark 'first' is 2022-23 of 'visit-check' already; choose another name, or say --replace"
run 0 benchmark set --replace first --template visit-check --period 2021-22
run 0 benchmark list
prints "2021-22"
equal "benchmarks" 1 "$(grep -c '^first' "$folder/out")"
run 2 summary --template visit-check --period 2022-23 --compare benchmark:second
says "there is no benchmark 'second'; there is first"

# ---- where there is nothing, what there is ----
run 2 summary --template visit-chek
says "the store has no template 'visit-chek'; did you mean 'visit-check'? It has visit-check"
run 2 summary --framework permanency
says "no template of the framework 'permanency'; it has templates of graded-standards"
run 0 summary --template visit-check --period 1999-00
says "there are no audits in 1999-00; the first is of 2022-04-03, the last of 2022-06-03"
run 0 audit list --period 1999-00
says "there are no audits in 1999-00; the first is of 2022-04-03"
run 2 moderation --template visit
says "the store has no such template; there is visit-check"
run 0 moderation --template visit-check --period 1999-00
prints "No audits in 1999-00; the first is of 2022-04-03, the last of 2022-06-03."
run 1 template show visit
says "there is no template 'visit' in the store; there is visit-check"
run 1 template show visit-check@7
says "there is no version '7' of template 'visit-check' in the store; it has 1"
run 1 score --template visit "$folder/returns/04.xml"
says "there is no file 'visit', and no template of that name in the store; there is visit-check"
run 0 action list --owner TM9
says "nobody has an action"
sed -e 's/id="V-04"/id="V-09"/' -e 's|</return>|<actions><action id="1" owner="TM4">Talk.</action></actions></return>|' \
    "$folder/returns/04.xml" >"$folder/V-09.xml"
run 0 record "$folder/V-09.xml"
run 0 action list --owner TM9
says "no action belongs to 'TM9'; they belong to TM4"
run 0 action list --owner TM4 --overdue
says "there is no such action"

# ---- a period is not compared with one that it lies in, or that lies in it ----
run 2 summary --template visit-check --period '2022-23 Q1' --compare 2022-23
says "2022-23 Q1 lies in 2022-23: a part cannot be compared with the whole"
run 2 summary --template visit-check --period 2022-23 --compare '2022-23 Q1'
says "2022-23 Q1 lies in 2022-23"
run 2 summary --template visit-check --period 2022-05-01..2022-07-31 --compare '2022-23 Q1'
says "2022-05-01..2022-07-31 and 2022-23 Q1 overlap: what lies in both would be compared with itself"
run 0 benchmark set year --template visit-check --period 2022-23
run 2 summary --template visit-check --period '2022-23 Q1' --compare benchmark:year
says "lies in 2022-23 (benchmark 'year')"
run 2 summary --template visit-check --period 2022-23 --compare 2022-23
says "2022-23 cannot be compared with itself"
run 0 summary --template visit-check --period '2022-23 Q2' --compare '2022-23 Q1'
finish
