#!/usr/bin/env python3
"""Changes one byte of a store after another; see flip.sh."""
import os
import random
import sqlite3
import subprocess
import sys

store, place = sys.argv[1:]
check = [os.environ["CASEAUDIT"], "--plugin-dir", os.environ["PLUGIN_DIR"],
         "--store", "sqlite:" + place, "store", "check"]
whole = open(store, "rb").read()


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


def found(offset, byte):
    changed = bytearray(whole)
    changed[offset] = byte
    for end in ("-wal", "-shm"):
        if os.path.exists(place + end):
            os.remove(place + end)
    with open(place, "wb") as file:
        file.write(changed)
    return subprocess.run(check, capture_output=True, text=True)


def places_of_values():
    """Where the bytes of each text and blob of each table lie in the file."""
    for name, rows in contents(store):
        for row in rows:
            for value in row:
                if isinstance(value, bytes) and len(value) > 3:
                    at = whole.find(value[:40])
                    if at >= 0:
                        yield name, at + random.randrange(min(len(value), 40))


random.seed(20240331)
original = contents(store)
targets = {}
for name, offset in places_of_values():
    targets.setdefault(name, []).append(offset)
tried = missed = harmless = 0
for name, offsets in sorted(targets.items()):
    for offset in random.sample(offsets, min(6, len(offsets))):
        done = found(offset, whole[offset] ^ 1 << random.randrange(8))
        same = contents(place) == original
        tried += 1
        if not same and done.returncode != 3:
            missed += 1
            print(f"{name}: byte {offset} changed, exit status {done.returncode}")
for _ in range(150):
    offset = random.randrange(len(whole))
    done = found(offset, whole[offset] ^ random.randrange(1, 256))
    same = contents(place) == original
    tried += 1
    harmless += same
    if not same and done.returncode != 3:
        missed += 1
        print(f"byte {offset} changed, exit status {done.returncode}: {done.stdout}{done.stderr}")
    if done.returncode not in (0, 3):
        missed += 1
        print(f"byte {offset}: exit status {done.returncode}: {done.stderr}")
print(f"{tried} bytes changed, {harmless} of them in unused space, {missed} not found")
sys.exit(missed > 0 or tried < 170 or harmless > 120)
