#!/usr/bin/env bash
# An erasure that is killed at any moment is not there at all or as a whole, and the same
# command finishes it.
. "$srcdir/tests/store/lib.sh"

new_store
run 0 record "$samples/returns"
python3 "$helper/erase_kill.py" "$folder/store.db" "$folder" CIN-2023-001 CIN-2023-002 \
    MACFA-2022-003 PF-2023-24-Q2-042 PF-2023-24-Q2-043 || fail "a killed erasure was not all or nothing"
finish
