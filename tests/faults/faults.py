#!/usr/bin/env python3
"""Every call that can fail fails once: faults.py PROGRAM PLUGINS LIBRARY SAMPLES FOLDER [deep]

The program scores, records, sums up and checks a template, while the library (failing.c) has one
call of it fail, or do half of what it should: allocations, open, read, write, fsync, ftruncate,
rename, and the writing of streams; one alone, and one with all that follow. Each time it has to
end with a status and a message that say so, or with the results it gives otherwise; no part of a
file is left, no descriptor stays open, and the store is whole and has what was acknowledged.
"""

import os
import pathlib
import random
import re
import shutil
import subprocess
import sys

PROGRAM, PLUGINS, LIBRARY, SAMPLES, FOLDER = (str(pathlib.Path(a).resolve()) for a in sys.argv[1:6])
DEEP = sys.argv[6:] == ["deep"]
TEMPLATE = f"{SAMPLES}/templates/child-in-need-file.xml"
RETURNS = [f"{SAMPLES}/returns/child-in-need/CIN-2023-00{i}.xml" for i in (1, 2, 3, 4)]
AT = pathlib.Path(FOLDER) / "at"        # where the program works, anew for each run
STORE = pathlib.Path(FOLDER) / "store"  # what it begins with
# How many of each kind are tried; nothing: all of them.
MOST = {"memory": 150} if DEEP else {}
SHORT = 3 # of each kind and verb, in the short way

VERBS = {
    "score": ["score", "--jobs", "1", "-t", TEMPLATE, "-f", "html", "-o", "out.html", *RETURNS[:2]],
    "record": ["record", "--jobs", "1", *RETURNS[2:]],
    "summary": ["summary", "--template", "child-in-need-file", "-o", "out.txt"],
    "check": ["template", "check", TEMPLATE],
}
MAY_BE_LEFT = {"store.db-wal", "store.db-shm", "store.db-journal"} # the store's own, when it was not closed
failures = []


def run(arguments, **faults):
    """The program, with faults or none: status, both outputs, and what the library counted."""
    environment = {**os.environ, "CASEAUDIT_STORE": f"sqlite:{AT}/store.db", "LC_ALL": "C.UTF-8"}
    if faults:
        environment.update(LD_PRELOAD=LIBRARY, FAULT_REPORT=f"{FOLDER}/report",
                           **{f"FAULT_{k.upper()}": str(v) for k, v in faults.items()})
    pathlib.Path(f"{FOLDER}/report").unlink(missing_ok=True)
    ended = subprocess.run([PROGRAM, "--plugin-dir", PLUGINS, *arguments], cwd=AT, env=environment,
                           stdin=subprocess.DEVNULL, capture_output=True, timeout=600, check=False)
    counts = {}
    if os.path.exists(f"{FOLDER}/report"):
        counts = {k: int(v) for k, v in (line.split() for line in open(f"{FOLDER}/report", encoding="ascii"))}
    return ended.returncode, ended.stdout, ended.stderr.decode(errors="replace"), counts


def begin():
    shutil.rmtree(AT, ignore_errors=True)
    shutil.copytree(STORE, AT)


def files():
    """What lies there; of the outputs, with what is in them."""
    return {p.name: p.read_bytes() if p.name.startswith("out") else b"" for p in AT.iterdir()}


def audits():
    status, out, said, _ = run(["audit", "list"])
    if status != 0:
        return None
    return len(re.findall(rb"CIN-2023-\d+", out))


def faults_of(kind, counts):
    """Those of one kind to try: which call, and how."""
    how = [{}, {"last": 10**9}] + ([{"short": 1}] if kind in ("read", "write") else [])
    if kind == "memory":
        how = [{}]
    every = [{"call": kind, "at": at, **h} for at in range(1, counts[kind] + 1) for h in how]
    most = MOST.get(kind) if DEEP else SHORT
    return every if most is None or len(every) <= most else random.sample(every, most)


def look(verb, expected, got, left):
    """What is wrong with how it ended. (Status 1: something was refused, and is not in the results.)"""
    status, out, said, counts = got
    calm, calm_files, calm_audits = expected
    # What lays tables out makes do with narrower columns where it gets no memory.
    same = (lambda a, b: a is not None and sorted(a.split()) == sorted(b.split())) if verb == "summary" else (lambda a, b: a == b)
    if status not in (0, 1, 3):
        yield f"status {status}"
    if status != 0 and not said.strip():
        yield f"status {status} without a word"
    if status == 0 and (out != calm[1] or any(not same(left.get(n), b) for n, b in calm_files.items() if n.startswith("out"))):
        yield "status 0, and other results"
    for name, content in left.items():
        if name not in calm_files and name not in MAY_BE_LEFT:
            yield f"{name} is left"
        elif name.startswith("out") and status != 1 and not same(content, calm_files[name]):
            yield f"{name} is not whole"
    if counts and counts["left"] > calm[3]["left"]:
        yield f"{counts['left'] - calm[3]['left']} descriptors stay open"
    check = run(["store", "check"])
    if check[0] != 0:
        yield f"the store is damaged: {check[2].strip() or check[1].decode()}"
    has = audits()
    acknowledged = re.search(r"(\d+) recorded", said + out.decode(errors="replace"))
    least = calm_audits if status == 0 else 2 + int(acknowledged[1]) if acknowledged and verb == "record" else 2
    if has is None or has < least:
        yield f"the store has {has} audits and not {least}"


def try_verb(verb):
    begin()
    calm = run(VERBS[verb], call="none")
    expected = calm, files(), audits()
    if calm[0] != 0 or not calm[3]:
        sys.exit(f"{verb} without faults: status {calm[0]}: {calm[2]}")
    tried = 0
    for kind in ("memory", "open", "read", "write", "sync", "size", "name", "stream"):
        for fault in faults_of(kind, calm[3]):
            begin()
            got = run(VERBS[verb], **fault)
            for what in look(verb, expected, got, files()):
                failures.append(f"{verb}, {fault}: {what}")
                print(f"{failures[-1]}: {got[2].strip()[-200:]}", flush=True)
            tried += 1
    print(f"{verb}: {tried} faults, of {sum(v for k, v in calm[3].items() if k != 'left')} calls", flush=True)


def main():
    random.seed(1)
    AT.mkdir(parents=True)
    for arguments in (["store", "init"], ["template", "load", TEMPLATE], ["record", *RETURNS[:2]]):
        status, _, said, _ = run(arguments)
        if status != 0:
            sys.exit(f"{arguments}: {said}")
    shutil.copytree(AT, STORE)
    for verb in VERBS:
        try_verb(verb)
    sys.exit(1 if failures else 0)


main()
