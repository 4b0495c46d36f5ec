#!/usr/bin/env bash
# Tampering by SQL, in more than fifty ways: check says each, and the manual shows what.
. "$srcdir/tests/store/lib.sh"

new_store
run 0 record "$samples"/returns/child-in-need "$samples"/returns/macfa-domestic-abuse
sed 's/case ref="[^"]*"/case ref="CORRECTED"/' "$samples/returns/child-in-need/CIN-2023-001.xml" >"$folder/corrected.xml"
run 0 record --new-revision "$folder/corrected.xml"
run 0 history import "$samples/history.csv"
run 0 indicator import "$samples/indicators.csv"
run 0 population set --template child-in-need-file --period 2023-24 400
run 0 benchmark set first --template child-in-need-file --period 2023-24
printf 'case,team\nFICTION-1,east\nFICTION-2,east\nFICTION-3,west\nFICTION-4,west\n' >"$folder/list.csv"
run 0 sample draw spring --template child-in-need-file --population "$folder/list.csv" --id case \
    --stratify team --keep team --size 2 --reserve 1 --seed tampering --on 2023-04-03
run 0 sample replace spring FICTION-1 --why "The family has moved"
sed '2s/.*/FICTION-5,east/' "$folder/list.csv" >"$folder/other.csv"
printf 'auditor,team\nAUD1,east\nAUD2,west\n' >"$folder/auditors.csv"
run 0 allocate spring --auditors "$folder/auditors.csv" --team team --due 2023-05-12
run 0 sample draw summer --template child-in-need-file --population "$folder/other.csv" --id case \
    --size 1 --seed tampering --on 2023-07-03
run 0 allocate summer --auditors "$folder/auditors.csv"
run 0 audit erase --case FICTION-5 --why request
run 0 action complete MACFA-2022-003:1 --on 2022-10-04
run 0 action verify MACFA-2022-003:1 --by QA1
run 0 template retire iro-practice@2023.2 --on 2023-10-01
run 0 audit withdraw CIN-2023-002 --why "the wrong file"
sed 's/case ref="[^"]*"/case ref="CORRECTED"/' "$samples/returns/child-in-need/CIN-2023-003.xml" >"$folder/corrected.xml"
run 0 record --new-revision "$folder/corrected.xml"
run 0 summary --template child-in-need-file --audience public --period 2023-24 --threshold 1 --publish First
run 0 summary --template child-in-need-file --audience public --period 2023-24 --threshold 2 --publish Second
run 0 audit erase CIN-2023-003 --why request
run 0 store head
run 0 store key "$folder/key"
run 3 store key "$folder/key"
says "a key is never written over"
run 0 store sign --key "$folder/key"
run 0 store set year-start 9
run 0 store check
python3 "$helper/tamper.py" "$folder/store.db" "$folder" "$srcdir/docs/keeping.md" "$@" || fail "tampering was not found, or is not told"
finish
