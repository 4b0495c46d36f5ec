#!/usr/bin/env bash
# What is public stays what it is, to the byte, when audits are erased and their figures kept:
# corrected ones, moderated ones and withdrawn ones, after none, one and three publications.
. "${srcdir:?}/tests/support/needs.sh"
needs_python
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
stores=3
[ "${CA_DEEP:-}" = yes ] && stores=150
"$python" -B "$srcdir/tests/report/erasures.py" "$CASEAUDIT" "$PLUGIN_DIR" "$srcdir/samples" \
    "$folder" "$stores"
