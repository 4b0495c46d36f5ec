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
run 0 audit withdraw CIN-2023-002 --why "the wrong file"
run 0 audit erase CIN-2023-003 --why request
run 0 store head
python3 "$helper/malicious.py" "$folder/store.db" "$folder" "$samples/returns/child-in-need/CIN-2023-003.xml" || fail "a malicious store was not borne"
finish
