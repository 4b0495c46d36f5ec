#!/usr/bin/env bash
# The colours of grades can be told apart in grey and by every eye, in the light and in the dark.
set -u

. "${srcdir:?}/tests/support/needs.sh"
needs_python
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
"$python" -B "$srcdir/tests/report/colours.py" "$CASEAUDIT" "$PLUGIN_DIR" "$scratch"
