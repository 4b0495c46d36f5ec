"""Draws cases a second time, from the rules as docs/year.md has them, and compares every field.

  sample.py CASES FOLDER       writes as many case lists, and the options to draw by
  sample.py --compare FOLDER   compares what the program printed
"""

import csv
import fractions
import hashlib
import json
import math
import pathlib
import random
import sys

TEAMS = ["", "north", "south", "South East", "é", "a,b", "Z"]
KINDS = ["", "new", "open"]


def sha256(data):
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()


def share(cases, size, each):
    """Seats by stratum (a dictionary of counts)."""
    names = sorted(cases)
    frame = sum(cases.values())
    seats = dict.fromkeys(names, 0)
    if each:
        for name in sorted(names, key=lambda name: (-cases[name], name))[:size]:
            seats[name] = 1
    rest = size - sum(seats.values())
    shares = {name: fractions.Fraction(rest * cases[name], frame) for name in names}
    for name in names:
        seats[name] += math.floor(shares[name])
    while sum(seats.values()) < size:
        for name in sorted(names, key=lambda name: (-(shares[name] % 1), name)):
            if seats[name] < cases[name] and sum(seats.values()) < size:
                seats[name] += 1
    return seats


def draw(rows, asked):
    """What the program is to print, but for the file's own SHA-256."""
    columns = asked["stratify"]
    frame = {row["case"]: tuple(row[column].encode() for column in columns) for row in rows}
    cases = {}
    for values in frame.values():
        cases[values] = cases.get(values, 0) + 1
    size = asked["size"] or math.ceil(fractions.Fraction(asked["percent"] * len(frame), 100))
    size = min(size, len(frame))
    seats = share(cases, size, asked["each"])
    named = lambda values: dict(zip(columns, (value.decode() for value in values)))
    strata, drawn = [], []
    for values in sorted(cases):
        members = sorted((sha256(f"{asked['seed']}\n{case}"), case)
                         for case in frame if frame[case] == values)
        taken = members[:seats[values] + asked["reserve"]]
        strata.append({"stratum": named(values), "frame": cases[values], "seats": seats[values],
                       "reserve": len(taken) - seats[values]})
        drawn += [(i >= seats[values], key, case) for i, (key, case) in enumerate(taken)]
    lines = b"".join(case.encode() + b"\t" + b"".join(value + b"\t" for value in frame[case]) + b"\n"
                     for case in sorted(frame, key=str.encode))
    return {
        "schema": "caseaudit-sample/1", "sample": asked["name"], "template": "foster-home-review",
        "on": "2024-04-02", "period": None, "seed": asked["seed"], "size": size,
        "frame_sha256": sha256(lines),
        "rule": {"id": "case", "stratify": columns, "size": asked["size"],
                 "percent": asked["percent"], "each_stratum": asked["each"],
                 "exclude_recent": None, "reserve": asked["reserve"], "keep": []},
        "population": len(frame), "excluded_recent": 0, "frame": len(frame), "strata": strata,
        "cases": [{"case": case, "key": key, "stratum": named(frame[case]), "reserve": reserve,
                   "replaces": None, "why": None} for reserve, key, case in sorted(drawn)]}


def write(count, folder):
    dice = random.Random(20240402)
    for number in range(count):
        rows = [{"case": f"C{i}", "team": dice.choice(TEAMS[:dice.randint(1, 7)]),
                 "kind": dice.choice(KINDS), "name": f"Ficta {i}"}
                for i in range(dice.choice([1, 2, 7, 30, 150]))]
        dice.shuffle(rows)
        asked = {"name": f"q{number}", "seed": dice.choice(["1", "spring, 2024", "ü\n"]),
                 "stratify": dice.choice([[], ["team"], ["kind", "team"]]), "size": None,
                 "percent": None, "each": dice.random() < 0.5, "reserve": dice.choice([0, 1, 5])}
        asked[dice.choice(["size", "percent"])] = dice.randint(1, 100)
        heading, encoding, separator = dice.choice(
            [("case", "utf-8", ","), ("Case", "utf-8-sig", ";"), ("CASE", "utf-16", "\t")])
        place = folder / str(number)
        with open(f"{place}.csv", "w", encoding=encoding, newline="") as file:
            table = csv.writer(file, delimiter=separator)
            table.writerow([heading, "team", "name", "kind"])
            table.writerows([row["case"], row["team"], row["name"], row["kind"]] for row in rows)
        options = [asked["name"], f"--seed={asked['seed']}", f"--reserve={asked['reserve']}"]
        options += [f"--stratify={column}" for column in asked["stratify"]]
        options += [f"--{what}={asked[what]}" for what in ("size", "percent") if asked[what]]
        options += ["--each-stratum"] * asked["each"]
        pathlib.Path(f"{place}.options").write_bytes(b"".join(o.encode() + b"\0" for o in options))
        pathlib.Path(f"{place}.wanted").write_text(json.dumps(draw(rows, asked)))


def compare(folder):
    compared = 0
    for wanted_file in sorted(folder.glob("*.wanted")):
        wanted = json.loads(wanted_file.read_text())
        wanted["file_sha256"] = sha256(wanted_file.with_suffix(".csv").read_bytes())
        found = json.loads(wanted_file.with_suffix(".json").read_text())
        if found != wanted:
            keys = [key for key in wanted | found if wanted.get(key) != found.get(key)]
            sys.exit(f"{wanted_file.stem}: {keys} differ:\n{found}\nwanted:\n{wanted}")
        rows = list(csv.DictReader(wanted_file.with_suffix(".cases").read_text().splitlines()))
        if [(row["case"], row["key"], row["reserve"]) for row in rows] != \
                [(case["case"], case["key"], "yes" if case["reserve"] else "no")
                 for case in wanted["cases"]]:
            sys.exit(f"{wanted_file.stem}: the CSV differs from the JSON")
        compared += 1
    print(f"{compared} draws are the same")


if sys.argv[1] == "--compare":
    compare(pathlib.Path(sys.argv[2]))
else:
    write(int(sys.argv[1]), pathlib.Path(sys.argv[2]))
