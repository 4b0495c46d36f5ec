#!/usr/bin/env bash
# What documents near their limits cost: bytes written, memory, and time that ends.
set -u
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
python3 "$srcdir/tests/cli/cost.py" "$CASEAUDIT" "$PLUGIN_DIR" "$folder"
