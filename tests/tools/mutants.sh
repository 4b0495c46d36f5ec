#!/usr/bin/env bash
# Each fault of mutants.txt still has its place in the code; ./run-tests --mutants plants them.
set -u
. "${srcdir:?}/tests/support/needs.sh"
needs_python
exec "$python" -B "$srcdir/tests/tools/mutants" --check
