#!/usr/bin/env bash
# Figures from elsewhere: each fault is told with row and column, and nothing is stored
# before all rows are good. Populations, benchmarks, settings and actions besides.
. "$srcdir/tests/store/lib.sh"

new_store

# ---- lists of nothing say so, and which command changes that; not in a format for programs ----
nothing() {
    run 0 $1
    says "$2"
    run 0 --quiet $1
    [ ! -s "$folder/err" ] || fail "--quiet is not heard by $1"
}
nothing "population list" "no population is known yet; 'caseaudit population set'"
nothing "benchmark list" "no benchmark is set yet; 'caseaudit benchmark set'"
nothing "history list" "no counts from before the store are here yet; 'caseaudit history import'"
nothing "indicator list" "no indicator has been imported yet; 'caseaudit indicator import'"
nothing "indicator show" "no indicator has been imported yet; 'caseaudit indicator import'"
nothing "sample list" "no sample has been drawn yet; 'caseaudit sample draw'"
nothing "ledger --since 9999" "the ledger has no entry from 9999 on"
run 0 sample list --format json
[ ! -s "$folder/err" ] || fail "a list for programs says more than it is"

run 0 history import "$samples/history.csv"
prints "16 rows imported"
run 0 indicator import "$samples/indicators.csv"
run 0 indicator show
prints "178 of 1123 (15.9%)"
prints "98 of 742 (13.2%)"

entries() { caseaudit store info | sed -n 's/^ledger *\([0-9]*\).*/\1/p'; }
before=$(entries)

# refuses KIND CSV MESSAGE...: the file is refused with these messages
refuses() {
    local kind=$1
    printf '%b' "$2" >"$folder/bad.csv"
    shift 2
    run 1 "$kind" import "$folder/bad.csv"
    for message in "$@"; do
        says "$folder/bad.csv:$message"
    done
    equal "entries after a refused import" "$before" "$(entries)"
}

refuses history '' "1:1: error: there is no row of headings"
refuses history 'template,period,grade\npermanency-file,2022-23,good\n' "1:1: error: there is no column 'count'"
refuses history 'template,period,grade,coun\n' "1:4: error: column 'coun' means nothing here; did you mean 'count'?"
refuses history 'template,period,grade,count\npermanency-file,2022-23,good,1\npermanency-fil,2022-23,good,1\npermanency-file,2022-23,god,1\npermanency-file,2022-13,good,1\npermanency-file,2021-22,good,many\npermanency-file,2022-23,good,2\n' \
    "3:1: error: row 3, column 'template': there is no template 'permanency-fil' in the store; did you mean 'permanency-file'?" \
    "4:3: error: row 4, column 'grade': 'god' is no grade of template 'permanency-file'; did you mean 'good'? Its grades are outstanding (Outstanding), good (Good)" \
    "5:2: error: row 5, column 'period': '2022-13' is not a period" \
    "6:4: error: row 6, column 'count': 'many' is no count; it is a whole number from 0" \
    "7:3: error: row 7, column 'grade': this is what row 2 is about already"
refuses history 'template,period,grade,count\npermanency-file,2022-23\n' "2:4: error: row 2, column 'count': '' is no count"

head='indicator,label,period,numerator,denominator,value,polarity,footnote\n'
refuses indicator "${head}A b,L,2022-23,1,2,,up,\n" "2:1: error: row 2, column 'indicator': 'A b' is no id"
refuses indicator "${head}a,,2022-23,1,2,,up,\n" "2:2: error: row 2, column 'label': the label is missing"
refuses indicator "${head}a,L,2022-23,1,,,up,\n" "2:5: error: row 2, column 'denominator': numerator and denominator go together"
refuses indicator "${head}a,L,2022-23,1,2,3,up,\n" "2:6: error: row 2, column 'value': there is a numerator and denominator already"
refuses indicator "${head}a,L,2022-23,,,,up,\n" "2:6: error: row 2, column 'value': there is no figure"
refuses indicator "${head}a,L,2022-23,,,1.2345,up,\n" "2:6: error: row 2, column 'value': '1.2345' is no figure"
refuses indicator "${head}a,L,2022-23,3,2,,up,\n" "2:4: error: row 2, column 'numerator': 3 is more than its denominator, 2"
refuses indicator "${head}a,L,2022-23,1,2,,good,\n" "2:7: error: row 2, column 'polarity': 'good' is no polarity"
refuses indicator "${head}a,L,2022-23,1,2,,up,\na,M,2023-24,1,2,,down,\na,L,2022-23,1,2,,up,\n" \
    "3:2: error: row 3, column 'label': 'a' is labelled 'L' in row 2" \
    "3:7: error: row 3, column 'polarity': the polarity of 'a' is up in row 2" \
    "4:3: error: row 4, column 'period': this is what row 2 is about already"
for='indicator,label,period,numerator,denominator,polarity,for\n'
refuses indicator "${for}a,L,2022-23,1,2,up,permanency-fil\n" \
    "2:7: error: row 2, column 'for': there is no template 'permanency-fil' in the store; did you mean 'permanency-file'? (empty: it belongs to all)"
refuses indicator "${for}a,L,2022-23,1,2,up,permanency-file\na,L,2023-24,1,2,up,\n" \
    "3:7: error: row 3, column 'for': 'a' is for permanency-file in row 2"
run 1 history import "$folder/nowhere.csv"

# ---- a later import replaces what is about the same ----
printf "${head}neglect-factor,Neglect as a factor at the end of assessment,2022-23 Q1,179,1123,,down,\n" >"$folder/good.csv"
run 0 indicator import "$folder/good.csv"
run 0 indicator show
prints "179 of 1123 (15.9%)"
equal "neglect in the first quarter" 1 "$(grep -c 'of 1123' "$folder/out")"

printf "${for}fosters,Foster homes,2022-23 Q1,7,9,up,foster-home-review\n" >"$folder/for.csv"
run 0 indicator import "$folder/for.csv"
run 0 indicator show
prints "7 of 9 (77.8%)      up      foster-home-review"
run 0 store check

# ---- population, benchmark, settings ----
run 0 population set --framework foster-home-review --period 2023-24 150
run 2 population set --period 2023-24 150
run 2 population set --framework foster-home-review --period 2023-24 many
run 1 population set --framework foster-home --period 2023-24 150
says "no template of framework 'foster-home'"
run 0 benchmark set first --template foster-home-review --period "2023-24 Q1"
run 0 benchmark list
prints "2023-04-01 2023-06-30"
run 0 store set year-start 9
run 0 benchmark set second --template foster-home-review --period "2023-24 Q1"
run 0 benchmark list
prints "2023-09-01 2023-11-30"
run 2 store set year-start 13
run 2 store set colour blue

# ---- actions ----
run 0 record "$samples/returns"
run 0 action list --open
open=$(wc -l <"$folder/out")
run 0 action list --overdue --as-of 2022-10-05
prints "MACFA-2022-003:1"
run 1 action verify MACFA-2022-003:1 --by QA1
says "is not completed yet"
run 0 action complete MACFA-2022-003:1 --on 2022-10-04
run 1 action verify MACFA-2022-003:1 --by TM6
says "is to be verified by someone else"
run 0 action verify MACFA-2022-003:1 --by QA1
run 0 action list --overdue --as-of 2022-10-05
equal "overdue after completion" 0 "$(grep -c '^MACFA-2022-003:1' "$folder/out")"
run 0 action list --open
equal "open actions" $((open - 1)) "$(wc -l <"$folder/out")"
run 1 action complete MACFA-2022-003:99 --on 2022-10-04
run 1 action complete nowhere:1 --on 2022-10-04
run 2 action complete 1 --on 2022-10-04
says "returns have an action '1'"
run 2 action complete MACFA-2022-003:1 --on yesterday

# A correction of the return keeps what was entered of its actions.
sed 's/case ref="[^"]*"/case ref="CORRECTED"/' "$samples/returns/macfa-domestic-abuse/MACFA-2022-003.xml" >"$folder/corrected.xml"
run 0 record --new-revision "$folder/corrected.xml"
run 0 action list
grep -qE '^MACFA-2022-003:1 +verified +2022-10-03 +2022-10-04 +QA1' "$folder/out" || fail "a correction forgot a completed action"
run 0 store check --rescore

# ---- the quarters of other programs are those of the summary ----
quarters() {
    rows "$folder/store.db" "SELECT quarter, period_year, period_quarter FROM v_result WHERE return_id = 'CIN-2023-001'"
}
new_store
run 0 record "$samples/returns/child-in-need/CIN-2023-001.xml"
equal "quarters of the year from April" "2023-24 Q3|2023-24|2023-24 Q3" "$(quarters)"
run 0 store set year-start 9
run 0 summary --template child-in-need-file
prints "2023-24 Q1"
equal "quarters of the year from September" "2023-24 Q3|2023-24|2023-24 Q1" "$(quarters)"

# ---- populations that overlap ----
new_store
run 0 record "$samples/returns/child-in-need"
for quarter in 1 2 3 4; do
    run 0 population set --template child-in-need-file --period "2023-24 Q$quarter" 100
done
run 0 summary --template child-in-need-file --period 2023-24
prints "of 400"
run 0 population set --template child-in-need-file --period 2023-04 40
run 1 summary --template child-in-need-file --period 2023-24
says "the population of 2023-24 cannot be told: "
says "2023-24 Q1 (100)"
says "2023-04 (40)"
run 0 summary --template child-in-need-file --period "2023-24 Q3"
run 0 population set --template child-in-need-file --period 2023-24 400
run 0 summary --template child-in-need-file --period 2023-24
run 0 store check
finish
