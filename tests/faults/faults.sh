#!/usr/bin/env bash
# Calls that fail, one by one: each run of the program ends clearly, and nothing is lost or left.
set -u
library=$PWD/tests/.libs/failing.so
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
way=()
[ "${CA_DEEP:-}" != yes ] || way=(deep)
python3 "$srcdir/tests/faults/faults.py" "$CASEAUDIT" "$PLUGIN_DIR" "$library" "$srcdir/samples" "$folder" "${way[@]}"
