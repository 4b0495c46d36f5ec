#!/usr/bin/env bash
# Hostile text in every field of templates and returns stays text in every format.
set -u

command -v python3 > /dev/null || exit 77
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT

python3 -B "${srcdir:?}/tests/report/hostile.py" "$CASEAUDIT" "$PLUGIN_DIR" "$scratch"
