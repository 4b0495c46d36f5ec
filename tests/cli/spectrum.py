"""Draws from each file of csv-spectrum, and compares: spectrum.py ARCHIVE FOLDER"""

import base64
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

INTEGRITY = "gjW9YEAkcrJo4AEdrV9+4lkUXlOyYyC+1Ap3efzMiUUs1OTdZ29VraBZNBBKZK7iiUkbMNkUmfKp/jnayzHxAA=="
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}", re.ASCII)
# What the collection says of this file is not what is in the file: it is only read.
OTHERWISE = {"location_coordinates"}

archive, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != INTEGRITY:
    sys.exit("the registry gives another csv-spectrum than before")


def cell(text):
    """As a case list is read: without blanks at both ends, line ends as LF."""
    return text.replace("\r\n", "\n").strip()


def draw(file, column, others):
    command = [os.environ["CASEAUDIT"], "--plugin-dir", os.environ["PLUGIN_DIR"], "sample", "draw",
               "spectrum", "--template", "foster-home-review", f"--population={file}",
               f"--id={column}", "--percent=100", "--seed=spectrum", "--dry-run", "--format=json"]
    return subprocess.run(command + [f"--stratify={other}" for other in others],
                          capture_output=True, text=True, encoding="utf-8")


failures, drawn, refused = [], 0, 0
files = sorted((folder / "csvs").glob("*.csv"))
for file in files:
    rows = json.loads((folder / "json" / (file.stem + ".json")).read_text("utf-8"))
    rows = [rows] if isinstance(rows, dict) else rows
    for column in rows[0]:
        others = [other for other in rows[0] if other != column]
        ids = [cell(row[column]) for row in rows]
        done = draw(file, column, others)
        what = f"{file.name}, ids in '{column}'"
        if file.stem in OTHERWISE:
            drawn += done.returncode == 0
            refused += done.returncode == 1
        elif all(map(CODE.fullmatch, ids)) and len(set(ids)) == len(ids):
            drawn += 1
            wanted = {cell(row[column]): {other: cell(row[other]) for other in others}
                      for row in rows}
            found = {case["case"]: case["stratum"] for case in json.loads(done.stdout)["cases"]} \
                if done.returncode == 0 else done.stderr
            if found != wanted:
                failures.append(f"{what}: {found}, wanted: {wanted}")
        else:
            refused += 1
            place = list(rows[0]).index(column) + 1
            if done.returncode != 1 or not re.search(rf"row \d+, column {place} ", done.stderr):
                failures.append(f"{what}: not refused with row and column: {done.stderr}")
for failure in failures:
    print(failure)
print(f"{len(files)} files: {drawn} draws, {refused} refused, {len(failures)} wrong")
sys.exit(1 if failures or len(files) < 12 or drawn < 15 or refused < 5 else 0)
