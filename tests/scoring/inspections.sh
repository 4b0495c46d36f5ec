#!/usr/bin/env bash
# The overall grades of published inspections from their four part-grades. The table is not
# part of the project: it is looked for beside it, or where CA_INSPECTIONS says.
set -u
table=${CA_INSPECTIONS:-$srcdir/../shared/data/published-inspections-144.csv}
[ -r "$table" ] || { echo "skipped: there is no $table"; exit 77; }
command -v python3 > /dev/null || { echo 'skipped: python3 is missing'; exit 77; }
exec python3 -B "$srcdir/tests/scoring/inspections.py" "$CASEAUDIT" "$PLUGIN_DIR" "$table"
