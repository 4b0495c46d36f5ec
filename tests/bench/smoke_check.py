"""Whether the figures of a small run are all there: smoke_check.py JSON TABLE"""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import rows  # noqa: E402


def faults(found, table):
    names = [row["row"] for row in found["rows"]]
    if names != [row.name for row in rows.present(pathlib.Path("."))]:
        yield "these rows were measured: %s" % ", ".join(names)
    if [ratio["what"] for ratio in found["ratios"]] != \
            [ratio.what for ratio in rows.RATIOS if set(ratio.needs) <= set(names)]:
        yield "not every ratio is there"
    for row in found["rows"]:
        if len(row["samples"]) < 1 or not 0 < row["min"] <= row["median"] <= row["max"]:
            yield "row %s has no sound figures" % row["row"]
        if row["row"] not in table.split():
            yield "row %s is not in the table" % row["row"]
    for ratio in found["ratios"]:
        if not isinstance(ratio["value"], float) or ratio["met"] not in (True, False, None):
            yield "ratio %s is no figure" % ratio["what"]


def main():
    found = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    told = list(faults(found, pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")))
    print("\n".join(told) or "%d rows, %d ratios" % (len(found["rows"]), len(found["ratios"])))
    sys.exit(bool(told))


if __name__ == "__main__":
    main()
