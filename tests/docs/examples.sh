#!/usr/bin/env bash
# Everything the manual shows is real: its documents are read, its commands are run, its
# tables are worked out again.
set -u
command -v python3 > /dev/null || {
    echo 'skipped: needs Python 3'
    exit 77
}
exec python3 -B "${srcdir:?}/tests/docs/examples.py" "$srcdir"
