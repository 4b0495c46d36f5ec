#!/usr/bin/env bash
# Audit tools of other organisations and trades, written as templates, load without a
# warning and give the figures that their own scoring rules give by hand.
set -u
. "${srcdir:?}/tests/support/needs.sh"
needs_python
exec "$python" -B "$srcdir/tests/tools/tools.py" --caseaudit "$CASEAUDIT" \
    --plugin-dir "$PLUGIN_DIR" "$srcdir"/tests/tools/*.xml
