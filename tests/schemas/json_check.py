"""Checks results and example documents against the JSON schemas.

Usage: json_check.py SCHEMA_FOLDER EXAMPLE_FOLDER RESULTS

RESULTS has one result a line. Each must be valid and have its keys in the
order of the schema; and each must become invalid when it is spoilt, so that a
schema that accepts everything would be found out.
"""

import copy
import json
import pathlib
import sys

import jsonschema

failures = 0


def fail(text):
    global failures
    failures += 1
    if failures <= 20:
        print(f"json: {text}", file=sys.stderr)


def load(path):
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def check_valid(validator, document, name):
    for error in validator.iter_errors(document):
        fail(f"{name}: {error.json_path}: {error.message[:200]}")


def check_order(validator, document, name):
    wanted = [key for key in validator.schema["properties"] if key in document]
    if list(document) != wanted:
        fail(f"{name}: keys in the order {list(document)}, not {wanted}")


def spoilt(result):
    """Copies of a result, each wrong in one way."""
    for key in result:
        without = copy.deepcopy(result)
        del without[key]
        yield f"without {key}", without
    yield "with a key too many", {**result, "colour": "red"}
    yield "of another status", {**result, "status": "pending"}
    yield "with a negative score", {**result, "score": -1}
    other = "rejected" if result["status"] != "rejected" else "scored"
    yield f"called {other}", {**result, "status": other}
    for key in ("sections", "standards", "measures"):
        if result[key]:
            row = copy.deepcopy(result)
            row[key][0].popitem()
            yield f"with half a row of {key}", row


def check_results(validator, path):
    statuses = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        result = json.loads(line)
        status = result["status"]
        check_valid(validator, result, f"result {number}")
        check_order(validator, result, f"result {number}")
        statuses[status] = statuses.get(status, 0) + 1
        if statuses[status] > 3:
            continue
        for how, document in spoilt(result):
            if validator.is_valid(document):
                fail(f"result {number} is accepted {how}")
    if statuses.get("scored", 0) < 100 or statuses.get("rejected", 0) < 1:
        fail(f"too few results to tell: {statuses}")


def check_examples(schemas, folder):
    for path in sorted(folder.glob("*.json")):
        validator = schemas[path.name.split("-")[0]]
        document = json.loads(path.read_text(encoding="utf-8"))
        good = "-bad-" not in path.name
        if good:
            check_valid(validator, document, path.name)
        elif validator.is_valid(document):
            fail(f"{path.name} is accepted")


def main():
    folder, examples, results = map(pathlib.Path, sys.argv[1:])
    schemas = {kind: load(folder / f"{kind}-1.schema.json") for kind in ("result", "summary")}
    check_examples(schemas, examples)
    check_results(schemas["result"], results)
    sys.exit(failures > 0)


main()
