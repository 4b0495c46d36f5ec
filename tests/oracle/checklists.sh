#!/usr/bin/env bash
# Roll-ups mean and flat give the scores that XCCDF gives to nested checklists.
set -u
. "${srcdir:?}/tests/support/needs.sh"
needs_python
exec "$python" -B "$srcdir/tests/oracle/checklists.py" --caseaudit "$CASEAUDIT" \
    --plugin-dir "$PLUGIN_DIR" --count 60 --oscap 5
