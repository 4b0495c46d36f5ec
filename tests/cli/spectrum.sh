#!/usr/bin/env bash
# Case lists in the shapes of csv-spectrum, a public collection of CSV files beside what they say:
# each column serves as the ids once, and then all others come out as the collection has them, or
# the list is refused with row and column.
set -u
. "${srcdir:?}/tests/support/needs.sh"
needs npm tar
needs_python
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
export CASEAUDIT_STORE="$folder/store.db"

(cd "$folder" && timeout "${CA_REGISTRY_SECONDS:-300}" npm pack --silent csv-spectrum@2.0.0 >name) ||
    lacks "npm's registry does not give csv-spectrum"
"$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" store init >/dev/null || exit 99
"$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" template load \
    "$srcdir/samples/templates/foster-home-review.xml" >/dev/null || exit 99
tar -C "$folder" -xzf "$folder/$(cat "$folder/name")" || exit 99
"$python" -B "$srcdir/tests/cli/spectrum.py" "$folder/$(cat "$folder/name")" "$folder/package"
