#!/usr/bin/env bash
# Every attribute of the formats has all its places, and template diff tells of its change.
set -u
. "${srcdir:?}/tests/support/needs.sh"
needs_python
exec "$python" -B "$srcdir/tests/house/format.py" "$srcdir" "$CASEAUDIT" "$PLUGIN_DIR"
