#!/usr/bin/env python3
"""Reads what action list --format ics wrote, by icalendar and by vobject, and holds it to the JSON.

    todos.py FOLDER CHANGED...    first.ics, first.json, second.ics, second.json, store.db
    todos.py --empty FILE         a calendar of nothing

CHANGED are the actions that changed between the two.
"""

import json
import pathlib
import re
import sqlite3
import sys

import icalendar
import vobject

folder, changed = pathlib.Path(sys.argv[1]), set(sys.argv[2:])


def check(holds, what):
    if not holds:
        sys.exit(f"FAILED: {what}")


def lines(file):
    """RFC 5545, section 3.1: octets, line ends, and characters that may not stand there."""
    data = file.read_bytes()
    check(data.endswith(b"\r\n"), "the last line ends")
    for line in data[:-2].split(b"\r\n"):
        check(len(line) <= 75, f"a line of {len(line)} octets")
        check(not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line), f"control characters: {line}")
        line.decode("utf-8")
    return data


def read(name):
    """{UID: (summary, description, due, status, stamp)} as icalendar has it."""
    found = {}
    for task in icalendar.Calendar.from_ical(lines(folder / f"{name}.ics")).walk("VTODO"):
        check(not task.errors, f"{task['UID']}: {task.errors}")
        check(str(task["UID"]) not in found, f"{task['UID']} stands twice")
        due = task.get("DUE")
        found[str(task["UID"])] = (str(task["SUMMARY"]), str(task["DESCRIPTION"]),
                                   str(due.dt) if due else None, str(task["STATUS"]),
                                   task["DTSTAMP"].dt.strftime("%Y-%m-%dT%H:%M:%SZ"))
    return found


def read_again(name):
    """The same as vobject has it."""
    calendar = vobject.readOne((folder / f"{name}.ics").read_bytes().decode())
    return {task.uid.value: (task.summary.value, task.description.value,
                             str(task.due.value) if hasattr(task, "due") else None,
                             task.status.value, task.dtstamp.value.strftime("%Y-%m-%dT%H:%M:%SZ"))
            for task in calendar.vtodo_list}


def recorded():
    """When the newest was recorded of each action."""
    store = sqlite3.connect(folder / "store.db")
    times = dict(store.execute("SELECT return_id, recorded_at FROM v_result"))
    later = dict(store.execute("SELECT subject, max(at) FROM ledger"
                               " WHERE kind IN ('complete', 'verify', 'reopen') GROUP BY subject"))
    return lambda row: max(times[row["return"]], later.get(f"{row['return']}:{row['action']}", ""))


def compare(name):
    tasks, rows = read(name), json.loads((folder / f"{name}.json").read_text())["rows"]
    again = read_again(name)
    for uid, task in tasks.items():
        check(task == again.get(uid), f"{uid} is {task} by one parser and {again.get(uid)} by the other")
    check(len(again) == len(tasks), "both parsers read as many")
    check(len(tasks) == len(rows), "one to-do an action")
    stamp = recorded()
    for row in rows:
        summary, description, due, status, when = tasks[f"{row['return']}:{row['action']}@caseaudit"]
        text = " ".join(summary.split())
        check(text == " ".join(f"{row['text']} ({row['owner']})".split()), f"{row}: {summary}")
        check(due == row["due"], f"{row}: due {due}")
        done = row["completed"] is not None and row["completed"] <= "2024-01-31"
        check(status == ("COMPLETED" if done else "NEEDS-ACTION"), f"{row}: {status}")
        for word in (row["case"], row["return"], row["owner"], row["verified_by"] or ""):
            check(word in description, f"{row}: {description}")
        if name == "second":
            check(when == stamp(row), f"{row}: stamped {when}, recorded {stamp(row)}")
    return tasks


def check_empty(file):
    """RFC 5545, section 3.6: there is a component, and nothing that a calendar would take in."""
    calendar = icalendar.Calendar.from_ical(lines(file))
    check([part.name for part in calendar.subcomponents] == ["VTIMEZONE"], "one component")
    check(not calendar.errors, calendar.errors)
    again = vobject.readOne(file.read_text())
    check(again.validate(), "vobject finds it valid")
    check([part.name for part in again.components()] == ["VTIMEZONE"], "one component, again")


if sys.argv[1] == "--empty":
    check_empty(pathlib.Path(sys.argv[2]))
    sys.exit()
first, second = compare("first"), compare("second")
check(any("家族" in task[0] for task in first.values()), "what is folded is there")
# Importing the second after the first: what a calendar then has are the same to-dos.
check({**first, **second}.keys() == first.keys(), "nothing is doubled")
for uid, task in second.items():
    newer = uid.removesuffix("@caseaudit") in changed
    check(newer or task == first[uid], f"{uid}: {first[uid]} is now {task}")
    check(task[4] >= first[uid][4], f"{uid}: stamped {first[uid][4]} and then {task[4]}")
check(second["PF-ODD:1@caseaudit"][3] == "COMPLETED", "what was completed is so in the calendar")
print(f"{len(second)} to-dos")
