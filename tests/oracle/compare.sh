#!/usr/bin/env bash
# The engine and the second reading of the scoring rules agree on every field of the
# results of random templates and returns of all four frameworks.
set -u
. "${srcdir:?}/tests/support/needs.sh"
needs_python
count=48
[ "${CA_FEW:-}" != yes ] || count=16
[ "${CA_DEEP:-}" != yes ] || count=960
exec "$python" -B "$srcdir/tests/oracle/compare.py" --caseaudit "$CASEAUDIT" \
    --plugin-dir "$PLUGIN_DIR" --seed 1 --count "$count" --allow-incomplete
