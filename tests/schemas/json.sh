#!/usr/bin/env bash
# What score prints is what the schema of results says, key for key, over all samples.
set -u

here=${srcdir:?}/tests/schemas
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT

# The system's own Python has Debian's modules, whichever comes first on the path.
for python in python3 /usr/bin/python3 ''; do
    [ -n "$python" ] || { echo 'json: python3-jsonschema is missing, skipped' >&2; exit 77; }
    "$python" -c 'import jsonschema; jsonschema.Draft202012Validator' 2> /dev/null && break
done
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
