#!/usr/bin/env bash
# The form's own copy of the rules says of random returns what the engine says.
set -u
. "${srcdir:?}/tests/support/needs.sh"
needs_python
needs node
[ "${CA_DEEP:-}" = yes ] && count=800 || count=80
exec "$python" -B "$srcdir/tests/oracle/form_rules.py" --caseaudit "$CASEAUDIT" \
    --plugin-dir "$PLUGIN_DIR" --count "$count"
