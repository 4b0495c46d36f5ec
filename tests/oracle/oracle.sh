#!/usr/bin/env bash
# The second reading of the scoring rules holds its hand-worked examples.
set -u
here=$srcdir/tests/oracle
. "${srcdir:?}/tests/support/needs.sh"
needs_python
exec "$python" -B "$here/test_oracle.py"
