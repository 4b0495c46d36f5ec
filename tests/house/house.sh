#!/usr/bin/env bash
# Rooms, arrows, names, opening comments, no circles, and nothing that only tests call.
set -u
. "${srcdir:?}/tests/support/needs.sh"
needs nm
needs_python
exec "$python" -B "$srcdir/tests/house/house.py" "$srcdir" .
