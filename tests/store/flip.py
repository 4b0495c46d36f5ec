#!/usr/bin/env python3
"""Changes one byte of a store after another; see flip.sh."""
import os
import random
import sqlite3
import subprocess
import sys

store, place = sys.argv[1:]
program = [os.environ["CASEAUDIT"], "--plugin-dir", os.environ["PLUGIN_DIR"],
           "--store", "sqlite:" + place]
readers = [["summary", "--template", "threshold-dip-sample", "--format", "json"],
           ["summary", "--framework", "maap", "--period", "2022-23"],
           ["moderation"], ["action", "list"], ["store", "info"]]
whole = open(store, "rb").read()

few = os.environ.get("CA_FEW") == "yes"


def contents(path):
    """All that is stored, or None if not even that can be read."""
    database = sqlite3.connect(path)
    database.text_factory = bytes
    try:
        names = [row[0].decode() for row in database.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        return [(name, database.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names]
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return None
    finally:
        database.close()


def run(verb):
    return subprocess.run(program + verb, capture_output=True, text=True, errors="replace")


def ends_well(verb):
    """Whoever reads what was changed may refuse it, but neither crash nor run astray."""
    done = run(verb)
    good = done.returncode in (0, 1, 2, 3) and "runtime error" not in done.stderr
    if not good:
        print(f"{' '.join(verb)}: {done.returncode}: {done.stderr[-2000:]}")
    return good


def found(offset, byte):
    changed = bytearray(whole)
    changed[offset] = byte
    for end in ("-wal", "-shm"):
        if os.path.exists(place + end):
            os.remove(place + end)
    with open(place, "wb") as file:
        file.write(changed)
    crashed = [verb for verb in random.sample(readers, 2) if not ends_well(verb)]
    return run(["store", "check"]), crashed


def places_of_values():
    """Where the bytes of each text and blob of each table lie in the file."""
    for name, rows in contents(store):
        for row in rows:
            for value in row:
                if isinstance(value, bytes) and len(value) > 3:
                    at = whole.find(value[:40])
                    if at >= 0:
                        yield name, at + random.randrange(min(len(value), 40))


def places_of_facts():
    """Every byte of what summaries add up of one result."""
    database = sqlite3.connect(store)
    (facts,) = database.execute("SELECT facts FROM tally ORDER BY length(facts) DESC").fetchone()
    database.close()
    at = whole.find(facts)
    return range(at, at + len(facts))


class Count:
    tried = missed = harmless = 0


def change(what, offset, byte):
    done, crashed = found(offset, byte)
    same = contents(place) == original
    Count.tried += 1
    Count.harmless += same
    if crashed or done.returncode not in (0, 3) or (not same and done.returncode != 3):
        Count.missed += 1
        print(f"{what}: byte {offset} is {byte}, exit status {done.returncode}: {done.stderr}")


random.seed(20240331)
original = contents(store)
targets = {}
for name, offset in places_of_values():
    targets.setdefault(name, []).append(offset)
for name, offsets in sorted(targets.items()):
    for offset in random.sample(offsets, min(2 if few else 6, len(offsets))):
        change(name, offset, whole[offset] ^ 1 << random.randrange(8))
for offset in random.sample(places_of_facts(), 15 if few else 40):
    change("tally.facts, one less than nothing", offset, 0x01)
    change("tally.facts, beyond the end", offset, 0x7E)
for _ in range(50 if few else 150):
    offset = random.randrange(len(whole))
    change("anywhere", offset, whole[offset] ^ random.randrange(1, 256))
print(f"{Count.tried} bytes changed, {Count.harmless} of them in unused space, "
      f"{Count.missed} not found")
sys.exit(Count.missed > 0 or Count.tried < (90 if few else 250) or Count.harmless > 160)
