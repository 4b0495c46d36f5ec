#!/usr/bin/env bash
# Every sum of --explain can be redone from what it prints, and comes to the result: over all
# samples, and random templates and returns of all four frameworks.
set -u
. "${srcdir:?}/tests/support/needs.sh"
needs_python
[ "${CA_DEEP:-}" = yes ] && count=480 || count=24
exec "$python" -B "$srcdir/tests/explain/redo.py" "$CASEAUDIT" "$PLUGIN_DIR" "$srcdir/samples" \
    "$srcdir/tests/oracle" "$count"
