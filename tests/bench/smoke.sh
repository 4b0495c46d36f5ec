#!/usr/bin/env bash
# The benchmarks work: every row with a few returns, once. That there are figures and that
# those who are compared agree is checked; how long anything took is not.
set -u
. "$srcdir/tests/support/needs.sh"
needs xmllint sqlite3 node
[ -e core/embed/caseaudit.wasm ] ||
    lacks 'the engine for web pages was not built; see --with-wasm in configure --help'
needs_python lxml

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -B "$srcdir/tests/bench/run" . --returns 40 --results 200 --rounds 1 --work "$work" \
    >"$work/table" 2>"$work/messages" || { cat "$work/messages" >&2; exit 1; }
exec "$python" -B "$srcdir/tests/bench/smoke_check.py" "$work/bench.json" "$work/table"
