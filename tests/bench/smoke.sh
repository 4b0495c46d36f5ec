#!/usr/bin/env bash
# The benchmarks work: every row with a few returns, once. That there are figures and that
# those who are compared agree is checked; how long anything took is not.
set -u
skip() { echo "skipped: $*"; exit 77; }
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    skip 'needs Python 3.11 or later'
python3 -c 'import lxml' 2>/dev/null || /usr/bin/python3 -c 'import lxml' 2>/dev/null ||
    skip 'needs lxml for Python'
for tool in xmllint sqlite3; do
    command -v "$tool" >/dev/null || skip "needs $tool"
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -B "$srcdir/tests/bench/run" . --returns 40 --results 200 --rounds 1 --work "$work" \
    >"$work/table" 2>"$work/messages" || { cat "$work/messages" >&2; exit 1; }
exec python3 -B "$srcdir/tests/bench/smoke_check.py" "$work/bench.json" "$work/table"
