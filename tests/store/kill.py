#!/usr/bin/env python3
"""Kills record at random moments; see kill.sh."""
import os
import random
import shutil
import subprocess
import sys
import time

import database

KILLS = 1000 if os.environ.get("CA_DEEP") == "yes" else 60

folder, samples = sys.argv[1:]
store = os.path.join(folder, "store.db")
program = [os.environ["CASEAUDIT"], "--plugin-dir", os.environ["PLUGIN_DIR"]]
record = program + ["record", "--quiet", os.path.join(samples, "returns")]
templates = sorted(
    os.path.join(samples, "templates", name)
    for name in os.listdir(os.path.join(samples, "templates"))
)


def run(command):
    return subprocess.run(command, capture_output=True, text=True)


def good(command):
    done = run(command)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def fresh():
    for end in ("", "-wal", "-shm", ".head"):
        if os.path.exists(database.beside(store, end)):
            os.remove(database.beside(store, end))
    shutil.copyfile(os.path.join(folder, "empty.db"), store)


def acknowledged(output):
    # The last line may be cut off in the middle.
    lines = output[: output.rfind("\n") + 1].splitlines()
    return [line.split()[1] for line in lines if line.startswith(("recorded ", "unchanged "))]


def killed(delay):
    """Runs record, kills it after a while; what it acknowledged, and whether it was killed."""
    with subprocess.Popen(
        record, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        time.sleep(delay)
        process.kill()
        output = process.stdout.read()
        return acknowledged(output), process.wait() != 0


def check(told):
    place = os.path.join(folder, "copy.db")
    for end in ("", "-wal", "-shm"):
        if os.path.exists(place + end):
            os.remove(place + end)
    copy = database.copied(store, place)
    missing = sorted(told - set(database.returns(copy)))
    faults = database.half_there(copy)
    copy.close()
    if missing:
        sys.exit(f"acknowledged and lost: {missing}")
    if faults:
        sys.exit(f"half there: {faults}")


good(program + ["store", "init"])
good(program + ["template", "load"] + templates)
os.replace(store, os.path.join(folder, "empty.db"))

fresh()
start = time.monotonic()
good(record)
whole = time.monotonic() - start
reference = database.returns(database.copied(store, os.path.join(folder, "reference.db")))

random.seed(20231114)
kills, finished = 0, 0
told = set()
fresh()
while kills < KILLS:
    said, was_killed = killed(random.uniform(0, whole))
    told.update(said)
    check(told)
    kills += was_killed
    if told == set(reference) or random.random() < 0.05:
        good(record)
        good(program + ["store", "check"])
        final = database.copied(store, os.path.join(folder, "final.db"))
        if database.returns(final) != reference:
            sys.exit("running again did not complete it")
        final.close()
        finished += 1
        told = set()
        fresh()
print(f"killed {kills} times, completed {finished} times; a run takes {whole:.3f} s")
if finished == 0:
    sys.exit("it was never completed")
