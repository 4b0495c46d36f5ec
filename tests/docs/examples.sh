#!/usr/bin/env bash
# Everything the manual shows is real: its documents are read, its commands are run, its
# tables are worked out again.
set -u
. "${srcdir:?}/tests/support/needs.sh"
needs_python
exec "$python" -B "${srcdir:?}/tests/docs/examples.py" "$srcdir"
