#!/usr/bin/env bash
# Roll-ups mean and flat give the scores that XCCDF gives to nested checklists.
set -u
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo 'skipped: needs Python 3.11 or later'
    exit 77
}
exec python3 -B "$srcdir/tests/oracle/checklists.py" --caseaudit "$CASEAUDIT" \
    --plugin-dir "$PLUGIN_DIR" --count 60 --oscap 5
