"""What a summary tells, in whatever format: counts by row and place, a number or "c".

A row is (period, group), the group's name "" for the total. A place is (block, item), as in
("section plan", "good") or ("all", "graded"). Each reader yields ((row, place), value).
"""

import csv
import io
import re
import sys

import readers

WITHHELD = "c"


class Names:
    """What the labels of a page stand for, by the JSON."""

    def __init__(self, summary, labels):
        self.grades = {g["label"]: g["id"] for g in summary["scale"]}
        self.periods = [p["id"] for p in summary["periods"] if not p["group"]]
        rows = [p for p in summary["periods"]]
        if summary["comparison"]:
            self.periods.append(summary["comparison"]["from_period"])
        one = rows[0]
        self.parts = {
            "Section": {s["title"]: s["id"] for s in one["sections"]},
            "Agency": {a["label"]: a["id"] for a in one["agencies"]},
            "Measure": {m["label"]: m["id"] for m in one["measures"]},
            "Limit": {labels["limit", x["id"]] or x["id"]: x["id"] for x in one["limits"]},
            # The last is for findings without one.
            "Theme": {labels["theme", x["theme"] or ""]: x["theme"] or "" for x in one["themes"]},
            "Month": {}, "Auditor's grade": self.grades}
        self.positive = [g["id"] for g in summary["scale"] if g["positive"]]


def row_of(p, names):
    return p["id"], ", ".join(names) if p["group"] else ""


# ---- JSON ----

def block(of, one):
    for grade in one["grades"]:
        yield (of, grade["id"]), grade["count"]
    yield (of, "not_graded"), one["not_graded"]
    if one["positive"] is not None:
        yield (of, "positive"), one["positive"]["count"]


def json_row(p):
    yield ("all", "audits"), p["audits"]
    yield ("all", "history"), p["history"]
    yield from block("all", p)
    for s in p["sections"]:
        yield from block("section " + s["id"], s)
    for a in p["agencies"]:
        of = "agency " + a["id"]
        for name in ("asked", "returns", "declared_better", "declared_same", "declared_worse"):
            yield (of, name), a[name]
        yield from block(of, a)
        yield from block("declared " + a["id"], a["declared"])
        for s in a["sections"]:
            yield from block("grid %s %s" % (a["id"], s["id"]), s)
    for m in p["measures"]:
        names = ("count",) if m["kind"] == "mean" else ("numerator", "denominator")
        for name in names:
            yield ("measure " + m["id"], name), m[name]
    for limit in p["limits"]:
        yield ("limit " + limit["id"], "count"), limit["count"]
    for theme in p["themes"]:
        for name in ("strengths", "improvements"):
            yield ("theme " + (theme["theme"] or ""), name), theme[name]
    for name, value in p["actions"].items():
        yield ("actions", name), value
    for month in p["monthly"]:
        for name in ("audits", "positive"):
            yield ("month " + month["month"], name), month[name]
    m = p["moderation"]
    for name in ("moderated", "agreed", "raised", "lowered"):
        yield ("moderation", name), m[name]
    ids = [g["id"] for g in p["grades"]]
    for a, row in zip(ids, m["pairs"]):
        for b, count in zip(ids, row):
            yield ("pairs " + a, b), count


def of_json(summary, groups):
    for p, names in zip(summary["periods"], groups):
        for place, value in json_row(p):
            if value is not None:
                yield (row_of(p, names), place), value
    for name in ("open", "overdue"):
        yield (("", ""), ("standing", name)), summary["standing"][name]
    yield from compared(summary["comparison"])


def compared(c):
    """The grades of a period that has no row of its own."""
    for one in c["grades"] + [c["positive"] or {}] if c else []:
        if one:
            row = (c["from_period"], "")
            yield (row, ("all", one.get("id", "positive"))), one["from_count"]
            yield (row, ("all", "graded")), one["from_of"]


# ---- CSV, and the spreadsheet's long sheet ----

CSV = {"audits": "all", "grade": "all", "positive": "all", "section": "section {section}",
       "agency": "agency {agency}", "agency-declared": "declared {agency}",
       "agency-section": "grid {agency} {section}", "measure": "measure {item}",
       "limit": "limit {item}", "theme": "theme {item}", "actions": "actions",
       "month": "month {item}", "moderation": "moderation", "moderation-pair": "pairs {item}",
       "standing": "standing"}
FIGURES = {"audits", "graded", "not_graded", "history", "count", "positive", "asked", "returns",
           "declared_better", "declared_same", "declared_worse", "numerator", "denominator",
           "strengths", "improvements", "raised", "completed", "verified", "overdue", "moderated",
           "agreed", "lowered", "open"}


def csv_rows(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def of_csv(rows, group_by):
    for row in rows:
        part, figure, value = row["part"], row["figure"], row["value"]
        if part == "moderation-pair":
            place = ("pairs " + row["item"], figure)
        elif part not in CSV or figure not in FIGURES:
            continue
        else:
            item = figure
            if part in ("grade", "section", "agency", "agency-declared", "agency-section") and \
                    figure == "count":
                item = row["item"]
            if part == "positive":
                item = "positive"
            place = (CSV[part].format(**row), item)
        names = [row[name] for name in group_by]
        if value == WITHHELD or re.fullmatch(r"\d+", value):
            group = ", ".join(names) if any(names) and set(names) != {"All"} else ""
            yield ((row["period"], group), place), \
                value if value == WITHHELD else int(value)


# ---- tables of pages and of spreadsheets ----

BLOCKS = {"grades": "all", "groups": "all", "sections": "section {Section}",
          "agencies": "agency {Agency}", "declared": "declared {Agency}",
          "difference": "agency {Agency}", "grid": "grid {Agency} {Section}",
          "measures": "measure {Measure}", "means": "measure {Measure}", "limits": "limit {Limit}",
          "themes": "theme {Theme}", "actions": "actions", "months": "month {Month}",
          "moderation": "moderation", "pairs": "pairs {Auditor's grade}", "coverage": "all",
          "standing": "standing"}
ITEMS = {"Audits": "audits", "Graded": "graded", "Not graded": "not_graded", "Asked": "asked",
         "Returns": "returns", "Own grade better": "declared_better", "The same": "declared_same",
         "Own grade worse": "declared_worse", "Met": "numerator", "Values": "count",
         "Audits where it held": "count", "Strengths": "strengths",
         "Improvements": "improvements", "Raised": "raised", "Completed": "completed",
         "Verified by someone else": "verified", "Of these overdue": "overdue",
         "Moderated": "moderated", "Agreed": "agreed", "Lowered": "lowered", "Open": "open",
         "Of the audits, imported counts": "history"}
NAMES = {"Period", "Group", "On"}
OF = {"numerator": "denominator", "agreed": "moderated"}  # otherwise: the graded


def item_of(table, heading, names):
    if table == "pairs":
        return names.grades.get(heading.removeprefix("Moderated: "))
    if table == "months" and heading not in ITEMS:
        return "positive"
    return names.grades.get(heading) or ITEMS.get(heading) or \
        ("positive" if heading.startswith("Together: ") else None)


def number(text):
    return WITHHELD if text in ("c", "[c]") else int(text)


def of_table(table, headings, rows, names, group_by):
    """`rows` of a table: cells as text, or numbers."""
    table = table.removeprefix("by-")
    if table not in BLOCKS:
        return
    for cells in rows:
        cells = dict(zip(headings, cells))
        known = {}
        for kind, ids in names.parts.items():
            if kind in cells:
                known[kind] = ids.get(cells[kind], cells[kind])
        group = cells.get("Group") or ", ".join(cells[name] for name in group_by if name in cells)
        row = (cells.get("Period", ""), group if group not in ("All", "[z]", "z") else "")
        of = BLOCKS[table].format(**known)
        for heading, cell in cells.items():
            item = item_of(table, heading.removesuffix(": of"), names)
            if cell == "–" and (item in OF or table == "months"):
                yield (row, (of, OF.get(item, "graded"))), 0  # a share of none
            if item is None or heading in NAMES or heading in group_by or \
                    heading in names.parts or heading.endswith("%") or \
                    cell in (None, "–", "[x]", "z", "[z]"):
                continue
            if isinstance(cell, float):
                cell = "%d" % cell
            match = re.fullmatch(r"(c|\[c\]|\d+)(?: of (c|\d+)(?: .*)?)?", cell)
            if match is None:
                raise AssertionError("%s: %s: %r" % (table, heading, cell))
            if heading.endswith(": of"):
                item = OF.get(item, "graded")
            yield (row, (of, item)), number(match[1])
            if match[2]:
                yield (row, (of, OF.get(item, "graded"))), number(match[2])


def of_cells(table, names, period):
    """The grid of a page: grades that are not 0, by agency and part."""
    parts, agencies = names.parts["Section"], names.parts["Agency"]
    for cells in table["rows"]:
        for agency, cell in zip(table["headings"][1:], cells[1:]):
            of = "grid %s %s" % (agencies[agency], parts[cells[0]])
            found = dict(re.findall(r"(\S+) (c|\d+)(?=,|$)", cell))
            if len(found) != (0 if cell == "–" else cell.count(",") + 1):
                raise AssertionError("a grid says " + cell)
            for abbreviation, grade in names.abbreviations.items():
                value = found.pop(abbreviation, "0")
                yield ((period, ""), (of, grade)), number(value)


def of_html(text, names, group_by_labels):
    page = readers.Page(text)
    names.abbreviations = {}
    for label, grade in names.grades.items():
        match = re.search(re.escape(label.replace("'", "&#39;")) + r" \((\S+)\)</span>", text)
        names.abbreviations[match[1] if match else label] = grade
    for table in page.tables:
        yield from of_table(table["id"], table["headings"], table["rows"], names, group_by_labels)
        if table["id"] == "cells":
            last = [p for p in names.periods if p in table["caption"]]
            yield from of_cells(table, names, last[-1] if last else names.periods[-1])
    yield from of_charts(text, names)


# ---- charts ----

BAR = re.compile(r'<svg class=chart[^>]*aria-label="([^"]*)">(.*?)</svg>', re.S)


def of_charts(text, names):
    """Bars whose parts tell a count that their words withhold."""
    for label, drawing in BAR.findall(text):
        match = re.fullmatch(r"(.*?): ((?:[^;]* (?:c|\d+) of (?:c|\d+)[^;]*;? ?)+)", label)
        if match is None:
            continue
        gap = re.search(r"<g class=gap[^>]*>(.*?)</g>", drawing, re.S)
        widths = [float(w) for w in re.findall(r'width="([\d.]+)%"', gap[1])] if gap else []
        parts = [re.match(r"\s*(.*?) (c|\d+) of (c|\d+)", part) for part in match[2].split(";")]
        counts, of = [part[2] for part in parts], parts[0][3]
        if not widths:
            continue
        if of == WITHHELD:
            yield ("a bar without its denominator", label), 0
        elif WITHHELD not in counts:
            drawn = [round(w * int(of) / 100) for w in widths]
            if drawn != [int(c) for c in counts if c != "0"]:
                yield ("a bar of other parts", label), 0
        else:
            yield ("bar", match[1], round(widths[0] * int(of) / 100), int(of), len(widths)), 0


# ---- spreadsheets ----

def of_xlsx(path, names, group_by, group_labels):
    book = readers.Book(path)
    for sheet in book.sheets:
        rows = book.cells(sheet)
        if not rows:
            continue
        headings = [str(h) for h in rows[0]]
        if sheet == "Tidy":
            keys = {"Period": "period", "Part": "part", "Section": "section", "Agency": "agency",
                    "Item": "item", "Figure": "figure", "Value": "value"}
            keys.update(zip(headings[1:], group_by))
            tidy = [{keys.get(h, h): said(cell) for h, cell in zip(headings, row)}
                    for row in rows[1:]]
            yield from of_csv(tidy, group_by)
        else:
            yield from of_table(sheet.lower().replace(" ", "-"), headings, rows[1:], names,
                                group_labels)


def said(cell):
    if isinstance(cell, float):
        return "%g" % cell
    return {"[c]": "c", "[z]": "", "[x]": "–", None: ""}.get(cell, cell)


# ---- all of them together ----

def sources(summary, text, page, book):
    """What the JSON, the CSV, the page and the spreadsheet (or None) of a summary tell, each by
    itself."""
    rows = csv_rows(text)
    by = summary["group_by"]
    labels = {(row["part"], row["item"]): row["label"] for row in rows}
    names = Names(summary, labels)
    headings = re.search(r"<table id=t-groups.*?</thead>", page, re.S)
    headings = re.findall(r"<th scope=col[^>]*>([^<]*)", headings[0])[1:1 + len(by)] \
        if headings else []
    yield "JSON", of_json(summary, groups_of(rows, by))
    yield "CSV", of_csv(rows, by)
    yield "page", of_html(page, names, headings)
    if book is not None:
        yield "spreadsheet", of_xlsx(book, names, by, headings)


def groups_of(rows, by):
    """The names of the group of each row, in order."""
    return [tuple(row[name] for name in by) for row in rows
            if row["part"] == "audits" and row["figure"] == "audits"]


def together(told):
    """What all formats together show; who tells what another withholds is a leak; and bars."""
    shown, first, leaks, bars = {}, {}, [], []
    for form, facts in told:
        for cell, value in facts:
            if not isinstance(cell[1], tuple):
                bars.append(cell)
                continue
            known = shown.get(cell)
            if known is not None and known != value and WITHHELD not in (known, value):
                sys.exit("%s says %s of %s, not %s" % (form, value, cell, known))
            if WITHHELD in (known, value) and known not in (None, value):
                leaks.append("%s: %s in %s, %s in %s" % (cell, known, first[cell], value, form))
            if known in (None, WITHHELD):
                shown[cell], first[cell] = value, form
    return shown, leaks, bars


def check_truth(shown, truth):
    for cell, value in shown.items():
        if value != WITHHELD and truth.get(cell, value) != value:
            sys.exit("%s is %s and not %s" % (cell, truth[cell], value))


def leaks_of_bars(bars, shown, threshold):
    """A bar of two parts shows the headline: it has to stand in words, too."""
    numbers, small = set(shown.values()), range(1, threshold + 1)
    for bar in bars:
        if bar[0] != "bar":
            yield "%s: %s" % bar
        elif bar[4] > 2 or bar[2] not in numbers or bar[3] - bar[2] in small or bar[2] in small:
            yield "a bar: %s" % (bar,)


def leaks_in_words(summary, page, shown):
    """Every n of N in a sentence stands in a table, too."""
    counts = {value for value in shown.values() if value != WITHHELD}
    counts |= {p["population"] for p in summary["periods"]} | {19, 20}  # times out of 20
    words = " ".join([*summary["answer"], *summary["notes"], summary["brief"]["verdict"],
                      *summary["brief"]["decisions"], summary["brief"]["overdue"] or ""])
    for count, of in re.findall(r"(\d+) of (\d+)", words + " " + re.sub(r"<[^>]*>", "", page)):
        if not {int(count), int(of)} <= counts:
            yield "%s of %s in words" % (count, of)


def charts_unexplained(page, published):
    """Below a chart in which something is withheld it says what and why, and below no other;
    `published`: whether some is because of what was published before."""
    for figure in re.findall(r"<figure>(.*?)</figure>", page, re.S):
        note = re.search(r"<p class=note>c: withheld, because a number is small[^<]*</p>", figure)
        note = note[0] if note else ""
        words = re.sub(r"<[^>]*>", " ", figure.replace(note, ""))
        parts = " the rest " in words
        withheld = parts or re.search(r"(?<![\w'])c(?![\w'])", words) is not None
        if bool(withheld) != bool(note) or parts != ("in two parts" in note) or \
                (note and published != ("published before" in note)):
            yield "a chart with %r says %r" % (" ".join(words.split())[:200], note)
