#!/usr/bin/env bash
# The samples, recorded into a store, give the published figures in every form of the
# summary; what must not be published is not in it.
set -u

. "${srcdir:?}/tests/support/needs.sh"
needs_python
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
store=sqlite:$scratch/store.db
templates=()
for template in "${srcdir:?}"/samples/templates/*.xml; do
    templates+=(--template "$template")
done

caseaudit() {
    "$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" --store "$store" --quiet "$@" \
        > "$scratch/said" 2>&1 || { cat "$scratch/said" >&2; exit 1; }
}

caseaudit store init
caseaudit record "${templates[@]}" "$srcdir/samples/returns"
caseaudit history import "$srcdir/samples/history.csv"
caseaudit indicator import "$srcdir/samples/indicators.csv"
caseaudit population set --framework foster-home-review --period 2023-24 150
caseaudit benchmark set first-quarter --template permanency-file --period '2023-24 Q1'
"$python" -B "$srcdir/tests/cli/summary.py" "$CASEAUDIT" "$PLUGIN_DIR" "$store" "$SCHEMA_DIR" \
    "$srcdir"
