#!/usr/bin/env bash
# The overall grades of published inspections from their four part-grades. The table is not
# part of the project: it is looked for beside it, or where CA_INSPECTIONS says.
set -u
table=${CA_INSPECTIONS:-$srcdir/../shared/data/published-inspections-144.csv}
[ -r "$table" ] || { echo 'skipped: the published table is not there'; exit 77; }
. "$srcdir/tests/support/needs.sh"
needs_python
exec "$python" -B "$srcdir/tests/scoring/inspections.py" "$CASEAUDIT" "$PLUGIN_DIR" "$table"
