#!/usr/bin/env bash
# Every sum of --explain can be redone from what it prints, and comes to the result: over all
# samples, and random templates and returns of all four frameworks.
set -u
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo 'skipped: needs Python 3.11 or later'
    exit 77
}
exec python3 -B "$srcdir/tests/explain/redo.py" "$CASEAUDIT" "$PLUGIN_DIR" "$srcdir/samples" \
    "$srcdir/tests/oracle" "${CA_TEMPLATES:-24}"
