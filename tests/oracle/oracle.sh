#!/usr/bin/env bash
# The second reading of the scoring rules holds its hand-worked examples.
set -u
here=$srcdir/tests/oracle
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo 'skipped: needs Python 3.11 or later'
    exit 77
}
exec python3 -B "$here/test_oracle.py"
