#!/usr/bin/env bash
# Nothing that a public summary withholds follows from what it tells, whatever the format.
. "${srcdir:?}/tests/support/needs.sh"
needs_python
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT

stores=2
[ "${CA_DEEP:-}" = yes ] && stores=200
"$python" -B "$srcdir/tests/report/attack.py" "$CASEAUDIT" "$PLUGIN_DIR" "$srcdir/samples" \
    "$folder" "$stores"
