#!/usr/bin/env python3
"""Gives every verb a store's name with a password in it; see passwords.sh."""
import fcntl
import os
import re
import subprocess
import sys
import time

PROGRAM = sys.argv[1]
NAMES = ["postgresql://amira:CANARY@127.0.0.1:1/audits", "POSTGRES://amira@tenant:CANARY@127.0.0.1:1",
         "postgresql://127.0.0.1:1/audits?user=amira&password=CANARY",
         "host=127.0.0.1 port=1 password=CANARY"]
faults = []


def offered(*words):
    """Words that may follow, as the completion of shells knows them."""
    done = subprocess.run([PROGRAM, "--complete", *words, ""], check=True, capture_output=True, text=True)
    return re.findall(r"^([a-z]+)\t(.*)", done.stdout, re.M)


def verbs():
    for word, what in offered():
        if what != "…":
            yield [word]
        if what == "…" or word == "moderation":
            yield from ([word, inner] for inner, _ in offered(word))


def run(words, store=None):
    environment = dict(os.environ)
    environment.pop("CASEAUDIT_STORE", None)
    if store is not None:
        environment["CASEAUDIT_STORE"] = store
    done = subprocess.run([PROGRAM, *words], check=False, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, env=environment)
    if "CANARY" in done.stdout + done.stderr:
        faults.append(f"{words} say the password: {done.stdout}{done.stderr}")
    return done.returncode == 2 and "a password does not belong" in done.stderr


def operands_of(verb):
    """As many as it takes until the store is looked at."""
    for count in range(4):
        operands = ["x"] * count
        if run(["--store", NAMES[0], *verb, *operands]):
            return operands
    faults.append(f"{verb} does not refuse a password")
    return None


def shown(words):
    """What the list of processes shows of a program that cannot go on: nobody reads its message."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    os.write(writing, b"x" * 4096)
    os.set_blocking(writing, True)
    with subprocess.Popen([PROGRAM, *words], stdin=subprocess.DEVNULL, stdout=writing, stderr=writing) as process:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with open(f"/proc/{process.pid}/cmdline", "rb") as file:
                line = file.read()
            if line.startswith(PROGRAM.encode()) and b"CANARY" not in line:
                break
        else:
            faults.append(f"the list of processes shows {line!r}")
        process.kill()
    os.close(reading)
    os.close(writing)


every = list(verbs())
if len(every) < 50:
    faults.append(f"only {len(every)} verbs")
for verb in every:
    operands = operands_of(verb)
    if operands is None:
        continue
    for store in NAMES[1:]:
        if not run([*verb, *operands], store):
            faults.append(f"{verb} does not refuse {store}")
    shown(["--store", NAMES[0], *verb, *operands])
for store in NAMES:
    shown(["store", "info", "--store", store])
    shown([f"--store={store}", "store", "info"])
    run(["store", "info", store, "--store", store, "--nothing"])
shown([NAMES[0], "store", "info"])
run([NAMES[0], "store", "info"])
run(["--stor", NAMES[0], "store", "info"])
run(["store", NAMES[0]])
print("\n".join(faults))
sys.exit(bool(faults))
