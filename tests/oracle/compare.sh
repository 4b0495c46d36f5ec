#!/usr/bin/env bash
# The engine and the second reading of the scoring rules agree on every field of the
# results of random templates and returns of all four frameworks.
set -u
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo 'skipped: needs Python 3.11 or later'
    exit 77
}
exec python3 -B "$srcdir/tests/oracle/compare.py" --caseaudit "$CASEAUDIT" \
    --plugin-dir "$PLUGIN_DIR" --seed 1 --count "${CA_TEMPLATES:-48}" --allow-incomplete
