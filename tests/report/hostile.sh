#!/usr/bin/env bash
# Hostile text in every field of templates and returns stays text in every format.
set -u

. "${srcdir:?}/tests/support/needs.sh"
needs_python
wants soffice pdftotext
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT

"$python" -B "${srcdir:?}/tests/report/hostile.py" "$CASEAUDIT" "$PLUGIN_DIR" "$scratch"
