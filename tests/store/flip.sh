#!/usr/bin/env bash
# One changed byte anywhere in documents, results, figures or ledger, and store check says so;
# what reads it besides refuses it or goes on, and never crashes.
. "$srcdir/tests/store/lib.sh"

new_store
run 0 record "$samples"/returns/threshold-dip-sample "$samples"/returns/macfa-domestic-abuse
run 0 history import "$samples/history.csv"
run 0 indicator import "$samples/indicators.csv"
run 0 population set --template threshold-dip-sample --period 2023-24 40
run 0 benchmark set first --template threshold-dip-sample --period 2023-24
run 0 action complete MACFA-2022-003:1 --on 2022-10-01
run 0 store set year-start 4
run 0 store check
python3 "$helper/flip.py" "$folder/store.db" "$folder/flipped.db" || fail "a changed byte was not found"
finish
