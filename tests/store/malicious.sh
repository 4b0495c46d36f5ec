#!/usr/bin/env bash
# Files made by somebody who means harm: triggers, views, generated columns, pages of any size,
# wrong values in every column. Every verb says what is wrong, or goes on; nothing is run.
. "$srcdir/tests/store/lib.sh"

new_store
run 0 record "$samples"/returns/child-in-need "$samples"/returns/macfa-domestic-abuse
run 0 history import "$samples/history.csv"
run 0 indicator import "$samples/indicators.csv"
run 0 population set --template child-in-need-file --period 2023-24 400
run 0 benchmark set first --template child-in-need-file --period 2023-24
run 0 action complete MACFA-2022-003:1 --on 2022-10-04
printf 'case,team,year\nFICTION-N001,a,2001\nFICTION-N003,b,\nZ1,a,2002\nZ2,a,2003\nZ3,b,2004\nZ4,b,\nZ5,a,\n' >"$folder/cases.csv"
printf 'auditor,team,most\nA1,a,\nA2,b,4\nA3,,\n' >"$folder/auditors.csv"
run 0 sample draw spring --template child-in-need-file --population "$folder/cases.csv" --id case \
    --size 4 --reserve 2 --stratify team --keep year --seed 3 --on 2023-04-03 --period 2022-23
run 0 sample replace spring Z3 --why "it was closed"
run 0 allocate spring --auditors "$folder/auditors.csv" --team team --due 2023-06-30
run 0 audit withdraw CIN-2023-002 --why "the wrong file"
run 0 audit erase CIN-2023-003 --why request
run 0 summary --template child-in-need-file --period 2023-24 --audience public --publish first
run 0 store head
sed 's/case ref="[^"]*"/case ref="CORRECTED"/' "$samples/returns/child-in-need/CIN-2023-004.xml" >"$folder/corrected.xml"
run 0 store export "$folder/carried"
run 0 store key "$folder/keeper.key"
python3 -B "$helper/malicious.py" "$folder/store.db" "$folder" "$samples" || fail "a malicious store was not borne"
finish
