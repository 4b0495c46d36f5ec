#!/usr/bin/env bash
# record, killed at hundreds of random moments and run again each time: nothing that was
# acknowledged is missing, nothing is half there, and in the end all is as if never killed.
. "$srcdir/tests/store/lib.sh"

python3 "$helper/kill.py" "$folder" "$samples" || fail "a killed record lost something"
finish
