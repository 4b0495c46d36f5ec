#!/usr/bin/env bash
# Summaries of the samples in every format: each shows every figure that the JSON has.
set -u

. "${srcdir:?}/tests/support/needs.sh"
needs soffice pdfinfo pdftotext qpdf
needs_python
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
store=sqlite:$scratch/store.db

caseaudit() {
    "$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" --store "$store" --quiet "$@" \
        > "$scratch/said" 2>&1 || { cat "$scratch/said" >&2; exit 1; }
}

caseaudit store init
caseaudit template load "${srcdir:?}"/samples/templates/*.xml
caseaudit record "$srcdir/samples/returns"
caseaudit history import "$srcdir/samples/history.csv"
caseaudit indicator import "$srcdir/samples/indicators.csv"
caseaudit population set --framework foster-home-review --period 2023-24 150
"$python" -B "$srcdir/tests/report/figures.py" "$CASEAUDIT" "$PLUGIN_DIR" "$store" "$scratch" &&
    "$python" -B "$srcdir/tests/report/files.py" "$scratch"
