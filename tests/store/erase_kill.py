#!/usr/bin/env python3
"""Kills an erasure at random moments; see erase_kill.sh. With CA_DEEP=yes a hundred times."""
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time

import database

store, folder, *ids = sys.argv[1:]
kills = 100 if os.environ.get("CA_DEEP") == "yes" else 12
place = os.path.join(folder, "killed.db")
program = [os.environ["CASEAUDIT"], "--plugin-dir", os.environ["PLUGIN_DIR"], "--store",
           "sqlite:" + place]
erase = program + ["audit", "erase", *ids, "--why", "request"]


def fresh():
    for end in ("", "-wal", "-shm", ".head"):
        here, there = database.beside(place, end), database.beside(store, end)
        if os.path.exists(here):
            os.remove(here)
        if os.path.exists(there):
            shutil.copyfile(there, here)


def left():
    """Which of the audits are still there, in a copy, so that looking repairs nothing."""
    copy = os.path.join(folder, "copy.db")
    for end in ("", "-wal", "-shm"):
        if os.path.exists(copy + end):
            os.remove(copy + end)
    db = database.copied(place, copy)
    found = [row[0] for row in db.execute("SELECT return_id FROM audit") if row[0] in ids]
    db.close()
    return found


def files():
    family = [database.beside(place, end) for end in ("", "-wal", "-shm", ".head")]
    return b"".join(open(path, "rb").read() for path in family if os.path.exists(path))


fresh()
start = time.monotonic()
subprocess.run(erase, check=True, capture_output=True)
whole = time.monotonic() - start
random.seed(20240403)
done = before = 0
while done < kills:
    fresh()
    with subprocess.Popen(erase, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(random.uniform(0, whole))
        process.kill()
        killed = process.wait() != 0
    done += killed
    there = left()
    if len(there) not in (0, len(ids)):
        sys.exit(f"some are erased and some are not: {there}")
    before += len(there) > 0
    # A kill at the very end may leave nothing to do: then all of it is gone already.
    again = subprocess.run(erase, capture_output=True, text=True)
    finished = again.returncode == 0 or (killed is False and again.returncode == 1) or \
        (not there and "there is no return" in again.stderr)
    if not finished or left():
        sys.exit(f"the same command did not finish it: {again.returncode} {again.stderr}")
    contents = files()
    for string in ids:
        if string.encode() in contents:
            sys.exit(f"'{string}' is still in the store's files")
    check = subprocess.run(program + ["store", "check"], capture_output=True, text=True)
    if check.returncode != 0:
        sys.exit(check.stdout + check.stderr)
print(f"killed {done} times, {before} times before it was erased; it takes {whole:.3f} s")
