#!/usr/bin/env bash
# The samples, recorded into a store, give the published figures in every form of the
# summary; what must not be published is not in it.
set -u

command -v python3 > /dev/null || exit 77
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
store=sqlite:$scratch/store.db
templates=()
for template in "${srcdir:?}"/samples/templates/*.xml; do
    templates+=(--template "$template")
done

"$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" --store "$store" store init > /dev/null || exit 1
"$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" --store "$store" record "${templates[@]}" \
    --quiet "$srcdir/samples/returns" > /dev/null 2>&1 || exit 1
python3 -B "$srcdir/tests/cli/summary.py" "$CASEAUDIT" "$PLUGIN_DIR" "$store" "$SCHEMA_DIR"
