#!/usr/bin/env python3
"""What is followed up, worked out a second time and compared field by field.

    following.py FOLDER SEED...        stores of random templates and returns, one a seed
    following.py FOLDER samples DIR    the samples

Nothing is read from the store: returns are read from their XML and scored by the second reading of
the rules (tests/oracle), and what is entered of actions later is kept beside. CASEAUDIT and
PLUGIN_DIR name the program.
"""

import csv
import datetime
import fractions
import hashlib
import io
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "oracle"))
from caseoracle.scoring import score_return  # noqa: E402
from caseoracle.template import read_template  # noqa: E402
from generate import generate  # noqa: E402

NS = "{urn:caseaudit:return:1}"
Z = 1.959963984540054
LEADS = ["worst-grade", "judgement-diverges", "judgement-capped", "immediate", "random"]
failures = 0


def fail(what, want, got):
    global failures
    failures += 1
    print(f"FAILED: {what}\n  expected {want}\n  found    {got}")


def same(what, want, got):
    if want != got:
        if isinstance(want, list) and isinstance(got, list):
            for place, (left, right) in enumerate(zip(want, got)):
                if left != right:
                    return fail(f"{what}, row {place}", left, right)
            return fail(f"{what}: how many", len(want), len(got))
        fail(what, want, got)


# ---- the program ----


class Store:
    def __init__(self, folder):
        self.environment = dict(os.environ, CASEAUDIT_STORE=f"sqlite:{folder}/store.db")
        self.run("store", "init")

    def run(self, *arguments, status=0):
        done = subprocess.run(
            [os.environ["CASEAUDIT"], "--plugin-dir", os.environ["PLUGIN_DIR"], *arguments],
            env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode != status:
            sys.exit(f"exit {done.returncode}: {arguments}\n{done.stdout[-500:]}{done.stderr[-1500:]}")
        return done.stdout

    def json(self, *arguments):
        return json.loads(self.run(*arguments, "--format", "json"))

    def csv(self, *arguments):
        return list(csv.DictReader(io.StringIO(self.run(*arguments, "--format", "csv"))))


# ---- what is known of each audit ----


def text_of(node):
    return "".join(node.itertext()).strip()


def day(text):
    return datetime.date.fromisoformat(text) if text else None


class Audit:
    """One return: its result, what it would be without its moderation, and what it says."""

    def __init__(self, file, template, scratch):
        self.template, self.file = template, file
        root = ElementTree.parse(file).getroot()
        self.id, self.case = root.get("id"), root.find(NS + "case").get("ref")
        audit = root.find(NS + "audit")
        self.date, self.auditor = day(audit.get("date")), audit.get("auditor")
        self.attributes = {node.get("id"): text_of(node)
                           for node in root.iterfind(f"{NS}attributes/{NS}attribute") if text_of(node)}
        self.result = score_return(template, file, False)
        self.stored = self.result["status"] != "rejected"
        self.actions = [{**node.attrib, "text": text_of(node)}
                        for node in root.iterfind(f"{NS}actions/{NS}action")]
        self.improvements = [node.get("theme")
                             for node in root.iterfind(f"{NS}findings/{NS}improvement")]
        moderation = root.find(NS + "moderation")
        self.before = self.result
        if self.stored and moderation is not None:
            root.remove(moderation)
            plain = scratch / "unmoderated.xml"
            ElementTree.ElementTree(root).write(plain, encoding="UTF-8", xml_declaration=True)
            self.before = score_return(template, plain, False)

    scale = property(lambda self: [grade.id for grade in self.template.grades])
    worst = property(lambda self: self.scale[-1])
    grade = property(lambda self: self.result["grade"])
    auditors = property(lambda self: self.result["judged" if self.template.judged else "computed"])

    def alerts(self, severity):
        return any(alert["severity"] == severity for alert in self.result["alerts"])

    def grade_before(self):
        return self.before["grade"]

    def group(self, by):
        return self.auditor if by == "auditor" else self.attributes.get(by)


def quarter(date):
    month = (date.month - 4) % 12
    year = date.year - (date.month < 4)
    return f"{year}-{(year + 1) % 100:02d} Q{month // 3 + 1}"


# ---- the lists ----


def queue(audits, percent, seed):
    reasons = {}
    for a in audits:
        before = {alert["id"] for alert in a.before["alerts"]}
        holds = [a.grade_before() == a.worst, "judgement-diverges" in before,
                 "judgement-capped" in before,
                 any(alert["severity"] == "immediate" for alert in a.before["alerts"])]
        reasons[a.id] = [name for name, held in zip(LEADS, holds) if held]
    others = sorted((hashlib.sha256(f"{seed}\n{a.id}".encode()).hexdigest(), a.id)
                    for a in audits if not reasons[a.id] and a.grade_before() is not None)
    for _, name in others[:math.ceil(len(others) * percent / 100)]:
        reasons[name] = ["random"]
    rows = [a for a in audits if reasons[a.id] and a.result["moderated"] is None]
    rows.sort(key=lambda a: (LEADS.index(reasons[a.id][0]), a.date, a.id))
    return [{"return": a.id, "case": a.case, "date": str(a.date), "auditor": a.auditor,
             "grade": a.grade, "reasons": reasons[a.id]} for a in rows]


def followup(audits, weeks, as_of):
    latest = {}
    for a in sorted(audits, key=lambda a: (a.date, a.id)):
        latest[a.case.lower(), a.template.id] = a
    rows = []
    for a in latest.values():
        reasons = [name for name, held in (("worst-grade", a.grade == a.worst),
                                           ("immediate", a.alerts("immediate")),
                                           ("urgent", a.alerts("urgent"))) if held]
        due = a.date + datetime.timedelta(weeks=weeks)
        if reasons:
            rows.append({"case": a.case, "return": a.id, "template": a.template.id,
                         "date": str(a.date), "grade": a.grade, "reasons": reasons,
                         "due": str(due), "overdue": due < as_of})
    return sorted(rows, key=lambda row: (row["due"], row["case"], row["template"]))


def rounded(value):
    """Half away from zero."""
    return math.floor(abs(value) + fractions.Fraction(1, 2)) * (1 if value > 0 else -1)


def interval(agreed, n):
    p, middle = agreed / n, 1 + Z * Z / n
    spread = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return [round(100 * (p + Z * Z / (2 * n) + sign * spread) / middle, 1) for sign in (-1, 1)]


def moderated(audits, by):
    groups = {}
    for a in audits:
        if a.result["moderated"] is not None and a.auditors is not None:
            steps = a.scale.index(a.auditors) - a.scale.index(a.result["moderated"])
            groups.setdefault(a.group(by) if by else None, []).append(steps)
    rows = []
    for value in sorted(groups, key=lambda value: (value is None, value or "")):
        steps = groups[value]
        n, agreed = len(steps), steps.count(0)
        low, high = interval(agreed, n)
        rows.append({"group": {by: value} if by else {}, "moderated": n, "agreed": agreed,
                     "percent": math.floor(1000 * agreed / n + 0.5) / 10, "low": low, "high": high,
                     "raised": sum(s > 0 for s in steps), "lowered": sum(s < 0 for s in steps),
                     "shift": rounded(fractions.Fraction(1000 * sum(steps), n)) / 1000})
    return rows


def answer_of(standard):
    return standard["answer"] if standard["answer"] is not None else standard["status"]


def changed_standards(audits):
    found = {}
    for a in audits:
        before = {(s["id"], s["agency"]): s["score"] for s in a.before["standards"]}
        for s in a.result["standards"]:
            if s["audited"] is None or s["audited"] == answer_of(s):
                continue
            row = found.setdefault(s["id"], {"standard": s["id"], "changed": 0, "raised": 0,
                                             "lowered": 0})
            row["changed"] += 1
            old, new = before[s["id"], s["agency"]], s["score"]
            late = a.template.standard_of[s["id"]].late
            if s["audited"] == "late" and late:  # how late is not kept: the fewest marks of its rows
                old = min(score for _, score in late) / 100
            if old is not None and new is not None:
                row["raised"] += float(new) > float(old)
                row["lowered"] += float(new) < float(old)
    return sorted(found.values(), key=lambda row: (-row["changed"], row["standard"]))


def actions(audits, entered, as_of):
    rows = []
    for a in audits:
        for place, action in enumerate(a.actions):
            now = {"completed": action.get("completed"), "verified_by": action.get("verified-by")}
            now.update(entered.get((a.id, action["id"]), {}))
            done = now["completed"] is not None and now["completed"] <= as_of
            due = action.get("due")
            row = {"return": a.id, "case": a.case, "action": action["id"],
                   "template": a.template.id, "date": str(a.date),
                   "standard": action.get("standard"), "agency": action.get("agency"),
                   "theme": action.get("theme"), "owner": action["owner"],
                   "text": action["text"] or None, "due": due, "completed": now["completed"],
                   "verified_by": now["verified_by"],
                   "overdue": not done and due is not None and due < as_of}
            rows.append((due is None, due or "", a.id, place, row, done))
    return [(row, done) for *_, row, done in sorted(rows, key=lambda r: r[:4])]


def counts(audits, listed, by):
    groups = {}
    for row, done in listed:
        group = groups.setdefault(row[by], dict.fromkeys(
            ("raised", "open", "overdue", "completed", "verified", "improvements", "closed"), 0))
        group["raised"] += 1
        group["open"] += not done
        group["overdue"] += row["overdue"]
        group["completed"] += done
        group["verified"] += done and row["verified_by"] is not None
    if by == "theme":
        closed = {(row["return"], row["theme"]) for row, done in listed
                  if done and row["verified_by"] is not None and row["theme"] is not None}
        for a in audits:
            for theme in a.improvements:
                group = groups.setdefault(theme, dict.fromkeys(
                    ("raised", "open", "overdue", "completed", "verified", "improvements", "closed"), 0))
                group["improvements"] += 1
                group["closed"] += (a.id, theme) in closed
    shown = 7 if by == "theme" else 5
    return [{"group": {by: value}, **dict(list(groups[value].items())[:shown])}
            for value in sorted(groups, key=lambda value: (value is None, value or ""))]


# ---- comparing ----


def as_cells(row):
    """A row of JSON as CSV has it."""
    cells = {}
    for key, value in row.items():
        if key == "group":
            cells.update(value or {"group": None})
        else:
            cells[key] = value
    return {key: "" if value is None else " ".join(value) if isinstance(value, list)
            else ("yes" if value else "no") if isinstance(value, bool) else str(value)
            for key, value in cells.items()}


def table(rows):
    """Cells without the apostrophe that keeps spreadsheets from running them."""
    def plain(cell):
        return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@\t\r" else cell
    return [{key: plain(cell) for key, cell in row.items()} for row in rows]


def number(cells):
    """Numbers as numbers: 0.5 and 0.50 are one."""
    return [{key: float(cell) if key in ("percent", "low", "high", "shift") else cell
             for key, cell in row.items()} for row in cells]


def compare_queue(store, audits):
    quarters = sorted({quarter(a.date) for a in audits})
    for period in [None, *quarters[-3:]]:
        for percent, seed in ((None, None), (50, "another seed"), (100, None)):
            name = period or quarters[-1]
            asked = [*(["--period", period] if period else []),
                     *(["--percent", str(percent)] if percent else []),
                     *(["--seed", seed] if seed else [])]
            want = queue([a for a in audits if quarter(a.date) == name], percent or 20, seed or name)
            got = store.json("moderation", "next", *asked)
            same(f"moderation next {asked}", {"schema": "caseaudit-moderation-queue/1", "rows": want},
                 got)
            same(f"moderation next {asked}, CSV", [as_cells(row) for row in want],
                 table(store.csv("moderation", "next", *asked)))
    one = audits[0].template.id
    dates = sorted(a.date for a in audits if a.template.id == one)
    name = quarter(dates[-1])
    same("moderation next --template",
         queue([a for a in audits if quarter(a.date) == name and a.template.id == one], 20, name),
         store.json("moderation", "next", "--template", one)["rows"])


def compare_followup(store, audits):
    for weeks, as_of in ((12, "2024-03-31"), (0, "2023-12-01"), (52, "2030-01-01")):
        want = followup(audits, weeks, day(as_of))
        asked = ["--weeks", str(weeks), "--as-of", as_of]
        got = store.json("followup", "list", *asked)
        same(f"followup list {asked}", {"schema": "caseaudit-followup/1", "as_of": as_of, "rows": want},
             got)
        same(f"followup list {asked}, CSV", [as_cells(row) for row in want],
             table(store.csv("followup", "list", *asked)))


def compare_moderation(store, audits):
    attributes = sorted({name for a in audits for name in a.attributes})
    for by in [None, "auditor", *attributes]:
        asked = ["--by", by] if by else []
        want = {"schema": "caseaudit-moderation/1", "rows": moderated(audits, by),
                "standards": changed_standards(audits)}
        same(f"moderation {asked}", want, store.json("moderation", *asked))
        same(f"moderation {asked}, CSV", number([as_cells(row) for row in want["rows"]]),
             number(table(store.csv("moderation", *asked))))


def compare_actions(store, audits, entered):
    for as_of in ("2023-06-30", "2024-03-31", "2030-01-01"):
        listed = actions(audits, entered, as_of)
        rows = [row for row, _ in listed]
        same(f"action list, {as_of}", {"schema": "caseaudit-actions/1", "as_of": as_of, "rows": rows},
             store.json("action", "list", "--as-of", as_of))
        same(f"action list, {as_of}, CSV", [as_cells(row) for row in rows],
             table(store.csv("action", "list", "--as-of", as_of)))
        same(f"action list --overdue, {as_of}", [row for row in rows if row["overdue"]],
             store.json("action", "list", "--as-of", as_of, "--overdue")["rows"])
        for by in ("owner", "agency", "theme"):
            want = counts(audits, listed, by)
            same(f"action list --by {by}, {as_of}",
                 {"schema": "caseaudit-action-counts/1", "rows": want},
                 store.json("action", "list", "--as-of", as_of, "--by", by))
            same(f"action list --by {by}, {as_of}, CSV", [as_cells(row) for row in want],
                 table(store.csv("action", "list", "--as-of", as_of, "--by", by)))


# ---- stores ----


def enter(store, dice, audits, entered):
    """Some actions are completed, verified and opened again after the audit."""
    for a in audits:
        for action in a.actions:
            key = a.id, action["id"]
            now = {"completed": action.get("completed"), "verified_by": action.get("verified-by")}
            name = ":".join(key)
            if now["completed"] is None and dice.random() < 0.5:
                now["completed"] = str(a.date + datetime.timedelta(days=dice.randint(0, 60)))
                store.run("action", "complete", name, "--allow-future",
                          "--on", now["completed"])
            if now["completed"] and not now["verified_by"] and dice.random() < 0.5:
                now["verified_by"] = "QA9"
                store.run("action", "verify", name, "--by", "QA9")
            if now["completed"] and dice.random() < 0.2:
                now = {"completed": None, "verified_by": None}
                store.run("action", "reopen", name, "--why", "it was not done")
            entered[key] = now


def rename(dice, file):
    """A case of a few, and an auditor of a few, so that there is something to group."""
    tree = ElementTree.parse(file)
    root = tree.getroot()
    root.find(NS + "case").set("ref", dice.choice(["C1", "C2", "C3", "c3", "C4"]))
    root.find(NS + "audit").set("auditor", dice.choice(["A17", "A18", "A19"]))
    tree.write(file, encoding="UTF-8", xml_declaration=True)


def record(store, dice, folder, audits):
    """Half of those moderated are recorded as they were before that first."""
    plain = folder / "plain"
    plain.mkdir()
    for place, a in enumerate(audits):
        if a.result["moderated"] is None or dice.random() < 0.5:
            continue
        tree = ElementTree.parse(a.file)
        tree.getroot().remove(tree.getroot().find(NS + "moderation"))
        file = plain / f"{place}.xml"
        tree.write(file, encoding="UTF-8", xml_declaration=True)
        store.run("record", "--allow-personal-data", "--allow-future", str(file))
    files = [str(a.file) for a in audits]
    store.run("record", "--allow-personal-data", "--allow-future", *files)


def random_store(folder, seed):
    dice = random.Random(f"following {seed}")
    store, audits, entered = Store(folder), [], {}
    for number in range(3):
        path, made = generate(1000 * seed + number, folder / f"t{number}", 14)
        template = read_template(path)
        store.run("template", "load", str(path))
        for file, mistake in made.items():
            if mistake is None:
                rename(dice, file)
                audit = Audit(file, template, folder)
                audits += [audit] if audit.stored else []
    record(store, dice, folder, audits)
    enter(store, dice, audits, entered)
    gone = dice.choice(audits)
    store.run("audit", "withdraw", gone.id, "--why", "it was of another case")
    compare(store, [a for a in audits if a is not gone], entered)
    return f"seed {seed}"


def sample_store(folder, samples):
    store, audits = Store(folder), []
    templates = {}
    for path in sorted((samples / "templates").glob("*.xml")):
        template = read_template(path)
        templates[template.id] = template
        store.run("template", "load", str(path))
    for file in sorted((samples / "returns").rglob("*.xml")):
        template = templates[ElementTree.parse(file).getroot().get("template")]
        audits.append(Audit(file, template, folder))
    store.run("record", str(samples / "returns"))
    compare(store, audits, {})
    return "samples"


def compare(store, audits, entered):
    compare_queue(store, audits)
    compare_followup(store, audits)
    compare_moderation(store, audits)
    compare_actions(store, audits, entered)
    # Beyond what is compared, every store holds together.
    store.run("store", "check")


def main():
    folder = pathlib.Path(sys.argv[1])
    for seed in sys.argv[2:3] if sys.argv[2] == "samples" else sys.argv[2:]:
        own = folder / seed
        own.mkdir()
        print(random_store(own, int(seed)) if seed != "samples"
              else sample_store(own, pathlib.Path(sys.argv[3])))
    print(f"{failures} differences")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
