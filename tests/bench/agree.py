"""Before anything is timed: those who are compared must come to the same."""

import itertools
import json

SHOWN = 5  # differences told of


class Disagreement(Exception):
    """Two that are to be compared do not do the same work."""


def tell(found, who):
    if found:
        raise Disagreement("%s differ %d times:\n  %s"
                           % (who, len(found), "\n  ".join(found[:SHOWN])))


def lines_of(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


# ---- caseaudit and lxml ----

def hundredths(number):
    """JSON numbers of two decimals, as integers."""
    return None if number is None else round(number * 100)


def measure_of(row):
    return [row["id"], row["numerator"], row["denominator"]] if row["kind"] == "proportion" \
        else [row["id"], round(row["sum"] * 1000), row["count"]]


def by_caseaudit(result):
    """A result of caseaudit in the form in which the script with lxml prints its own."""
    if result["status"] == "rejected":
        return {"return": result["return"], "status": "rejected"}
    same = ("return", "status", "computed", "recomputed", "judged", "cap", "moderated", "grade")
    return {
        **{key: result[key] for key in same}, "score": hundredths(result["score"]),
        "sections": [[s["id"], hundredths(s["score"]), s["grade"], s["cap"]]
                     for s in result["sections"]],
        "standards": [[s["id"], s["status"], s["answer"], hundredths(s["score"])]
                      for s in result["standards"]],
        "limits": [limit["id"] for limit in result["limits"]],
        "alerts": [alert["id"] for alert in result["alerts"]],
        "measures": [measure_of(m) for m in result["measures"]]}


def by_lxml(result):
    return {key: value for key, value in result.items() if key != "error"}


def first_difference(mine, other):
    """Of two lists, their first members that differ; of anything else, both."""
    if isinstance(mine, list) and isinstance(other, list):
        pairs = itertools.zip_longest(mine, other)
        return next((a, b) for a, b in pairs if a != b)
    return mine, other


def differences(ours, theirs):
    for mine, other in zip(ours, theirs, strict=True):
        mine, other = by_caseaudit(mine), by_lxml(other)
        for key in sorted(mine.keys() | other.keys()):
            if mine.get(key) != other.get(key):
                yield "%s: %s is %s, and with lxml %s" \
                    % (mine["return"], key, *first_difference(mine.get(key), other.get(key)))


def check_lxml(bench, command):
    """Status, grades, scores, outcomes, limits, alerts and measures of every return."""
    ours = bench.output_of(bench.score(2, bench.all), "caseaudit.ndjson")
    theirs = bench.output_of(command, "lxml.ndjson")
    tell(list(differences(lines_of(ours), lines_of(theirs))), "caseaudit and the lxml script")


# ---- summary and SQL ----

GRADE, SECTION, THEME, MEASURE, ALERT, LIMIT = 0, 1, 5, 6, 7, 8  # kinds of parts
KINDS = {"grade": GRADE, "section": SECTION, "theme": THEME, "measure": MEASURE, "alert": ALERT,
         "limit": LIMIT}


def counted_by_sql(path):
    """Figures that are not 0, by (kind, quarter, what they are of …)."""
    with open(path, encoding="utf-8") as lines:
        table = [line.rstrip("\n").split("|") for line in lines]
    names = {(int(row[1]), row[2]): row[3] for row in table if row[0] == "part"}
    found = {}

    def note(*key_and_count):
        if int(key_and_count[-1]):
            found[key_and_count[:-1]] = int(key_and_count[-1])

    for kind, quarter, *rest in table:
        quarter = int(quarter)
        name = names.get((KINDS.get(kind), rest[0]))
        if kind == "month":
            note(kind, quarter, rest[0], "audits", rest[1])
            note(kind, quarter, rest[0], "positive", rest[2])
        elif kind == "moderation":
            note(kind, quarter, int(rest[0]), int(rest[1]), rest[2])
        elif kind == "action":
            for key, count in zip(("raised", "completed", "verified", "overdue"), rest):
                note(kind, quarter, key, count)
        elif kind == "section":
            note(kind, quarter, name, names.get((GRADE, rest[1])), rest[2])
        elif kind in ("measure", "theme"):
            note(kind, quarter, name, 0, rest[1])
            note(kind, quarter, name, 1, rest[2])
        elif kind != "part":
            note(kind, quarter, name, rest[1])
    return found


def measures_of(period):
    for m in period["measures"]:
        if m["kind"] == "proportion":
            yield m["id"], m["numerator"], m["denominator"]
        else:
            yield m["id"], round(m["sum"] * 1000), m["count"]


def counted_by_summary(path):
    with open(path, encoding="utf-8") as file:
        periods = json.load(file)["periods"]
    found = {}
    for quarter, p in enumerate(periods):
        for kind, rows in (("grade", p["grades"]), ("alert", p["alerts"]), ("limit", p["limits"])):
            found.update({(kind, quarter, row["id"]): row["count"] for row in rows})
        for row in p["monthly"]:
            found["month", quarter, row["month"], "audits"] = row["audits"]
            found["month", quarter, row["month"], "positive"] = row["positive"]
        for judged, row in enumerate(p["moderation"]["pairs"]):
            for moderated, count in enumerate(row):
                found["moderation", quarter, judged, moderated] = count
        found.update({("action", quarter, key): count for key, count in p["actions"].items()})
        for row in p["sections"]:
            found["section", quarter, row["id"], None] = row["not_graded"]
            for grade in row["grades"]:
                found["section", quarter, row["id"], grade["id"]] = grade["count"]
        for name, above, below in measures_of(p):
            found["measure", quarter, name, 0], found["measure", quarter, name, 1] = above, below
        for row in p["themes"]:
            found["theme", quarter, row["theme"], 0] = row["strengths"]
            found["theme", quarter, row["theme"], 1] = row["improvements"]
    return {key: count for key, count in found.items() if count}


def check_summary(bench, summary, sql):
    """Every count of the summary, quarter by quarter."""
    ours = counted_by_summary(bench.output_of(summary, "summary.json"))
    theirs = counted_by_sql(bench.output_of(sql, "summary.txt"))
    found = ["%s: %s in the summary, %s by SQL" % (key, ours.get(key), theirs.get(key))
             for key in sorted(ours.keys() | theirs.keys(), key=str)
             if ours.get(key) != theirs.get(key)]
    tell(found, "the summary and the plain SQL")


# ---- floor ----

def check_floor(bench, command):
    """It parsed every return."""
    seen = bench.output_of(command, "floor.txt").read_text(encoding="utf-8")
    size = sum(path.stat().st_size for path in bench.returns)
    if not seen.startswith("%d files, " % bench.all) or ", %d bytes" % size not in seen:
        raise Disagreement("the floor saw %s of %d bytes" % (seen.strip(), size))


def check(commands, bench):
    """Of the commands that are to be timed, by the names of their rows."""
    if "floor" in commands:
        check_floor(bench, commands["floor"])
    if "lxml" in commands:
        check_lxml(bench, commands["lxml"])
    if "summary" in commands and "summary-sql" in commands:
        check_summary(bench, commands["summary"], commands["summary-sql"])
    if "pg-summary" in commands and "pg-summary-sql" in commands:
        check_summary(bench, commands["pg-summary"], commands["pg-summary-sql"])
