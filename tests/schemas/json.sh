#!/usr/bin/env bash
# What score prints is what the schema of results says, key for key, over all samples.
set -u

here=${srcdir:?}/tests/schemas
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT

. "$srcdir/tests/support/needs.sh"
needs_python jsonschema
templates=()
for template in "$srcdir"/samples/templates/*.xml; do
    templates+=(--template "$template")
done
"$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" score "${templates[@]}" --format ndjson \
    "$srcdir/samples/returns" "$srcdir/samples/bad" > "$scratch/results.ndjson" 2> /dev/null
[ $? -eq 1 ] || {
    echo 'json: the broken samples should have been refused' >&2
    exit 1
}
exec "$python" -B "$here/json_check.py" "$SCHEMA_DIR" "$here" "$scratch/results.ndjson"
