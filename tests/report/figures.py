"""Every figure of a summary is the same in every format. Called by figures.sh:

    figures.py PROGRAM PLUGINS STORE FOLDER

FOLDER is for what is written. The JSON is the yardstick: each table of each format is
looked up by its name, and each cell of each row compared with what the JSON gives for it.
"""

import csv
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

import expected
import readers
import told
from expected import PERIOD, Interval, Names, Share, Tables, is_number, squeezed

PROGRAM, PLUGINS, STORE = sys.argv[1:4]
FOLDER = pathlib.Path(sys.argv[4])

# What is shown beside the figures of the JSON, and said in no figures.
BESIDES = {"breaks", "cases", "cells"}
SHEETS = {"answer", "contents", "notes", "charts", "tidy"}

QUARTERS = ("--periods", "2023-24 Q1..2023-24 Q3", "--compare", "2023-24 Q1")
PERMANENCY = ("--template", "permanency-file", *QUARTERS)
SUMMARIES = {
    "permanency": PERMANENCY,
    "groups": (*PERMANENCY, "--by", "team"),
    "public": ("--template", "permanency-file", "--period", "2023-24 Q3", "--compare",
               "2023-24 Q1", "--by", "team", "--audience", "public"),
    "foster": ("--template", "foster-home-review", "--period", "2023-24"),
    "agencies": ("--template", "maap-transitions", "--period", "2022-23"),
    "marks": ("--template", "child-in-need-file", "--by", "team", "--audience", "executive"),
    "parts": ("--template", "macfa-domestic-abuse"),
    "series": ("--series", "macfa-domestic-abuse,maap-transitions", "--audience", "executive",
               "--periods", "2022-23 Q3..2022-23 Q4"),
    "overlap": ("--series", "macfa-domestic-abuse,maap-transitions", "--period", "2022-23"),
    "empty": ("--template", "permanency-file", "--periods", "2023-24 Q3..2024-25 Q1", "--by",
              "team"),
    "months": ("--template", "permanency-file", "--periods", "2022-23 Q4..2023-24 Q3",
               "--compare", "2022-23 Q4"),
}

# What others read takes long, and those with many groups longest: one of a kind, and all the long
# way.
DEEP = os.environ.get("CA_DEEP") == "yes"
DOCUMENTS = SUMMARIES if DEEP else SUMMARIES.keys() - {"groups", "empty", "overlap", "months"}
OFFICE = SUMMARIES if DEEP else ("public", "agencies", "parts")


def summarise(name, form):
    path = FOLDER / f"{name}.{form}"
    subprocess.run([PROGRAM, "--plugin-dir", PLUGINS, "--store", STORE, "summary", "--format",
                    form, "-o", path, *SUMMARIES[name]], check=True)
    return path


class Summary:
    """One of them: what its JSON says, and its tables as they must be."""

    def __init__(self, name):
        self.name = name
        self.json = json.loads(summarise(name, "json").read_text("utf-8"))
        text = summarise(name, "csv").read_bytes().decode("utf-8-sig")
        self.csv = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
        names = Names(self.csv, self.json["group_by"])
        self.tables = Tables(self.json, names)
        self.grouped = bool(self.json["group_by"])

    def shares(self):
        """Every n of N there is; N is None where the JSON does not have it."""
        found = {(p["audits"], p["population"]) for p in self.json["periods"]}
        for p in self.json["periods"]:
            found |= {(one["positive"]["count"], None) for one in p["sections"]
                      if one["positive"]}
        for rows in self.tables.all.values():
            for row in rows:
                found |= {(one.count, one.of) for one in row.figures.values()
                          if isinstance(one, Share)}
        return found


MADE = {}


def made(name):
    if name not in MADE:
        MADE[name] = Summary(name)
    return MADE[name]


class Compared(unittest.TestCase):
    maxDiff = None

    def each(self, check, names=SUMMARIES):
        for name in names:
            with self.subTest(summary=name):
                check(made(name))

    def compare(self, table, found, wanted, grouped, page):
        """One table's rows with those it must have, cell by cell."""
        rows = {}
        for row in found["rows"]:
            names = tuple(row[:len(self.names(wanted[0], grouped, page))])
            self.assertNotIn(names, rows, f"{table}: twice")
            rows[names] = row
        self.assertEqual(set(rows), {self.names(row, grouped, page) for row in wanted}, table)
        for row in wanted:
            names = self.names(row, grouped, page)
            cells = dict(zip(found["headings"], rows[names], strict=True))
            for name in list(cells)[:len(names)]:
                del cells[name]
            (self.page_row if page else self.sheet_row)(table, names, row, cells)

    def names(self, row, grouped, page):
        names = []
        for name in row.names:
            if name is PERIOD:
                names.append(row.period["id"])
                if grouped:
                    names.append(row.period["name"] or "All")
            else:
                names.append(name)
        return tuple(squeezed(name) if page else name for name in names)

    def page_row(self, table, names, row, cells):
        for heading, figure in row.figures.items():
            where = f"{table}: {names}: {heading}"
            key = squeezed(heading)
            if key not in cells and isinstance(figure, Interval):
                self.assertIn(key, self.below, where)  # it stands in the cell of its share
                continue
            self.assertIn(key, cells, where)
            text = cells.pop(key)
            other = row.figures.get(f"{heading}: 95% interval")
            if other is not None:
                self.below.add(squeezed(f"{heading}: 95% interval"))
                match = re.fullmatch(r"(.*?%)(\d+%to\d+%)", text)
                self.assertEqual(match is not None, is_number(other.low), f"{where}: {text}")
                if match:
                    text = match[1]
                    self.assertTrue(other.is_page(match[2]), f"{where}: {match[2]}")
            self.assertTrue(figure.is_page(text), f"{where}: '{text}' for {vars(figure)}")
        self.assertEqual(cells, {}, f"{table}: {names}: nobody knows these")

    def sheet_row(self, table, names, row, cells):
        for heading, figure in row.figures.items():
            where = f"{table}: {names}: {heading}"
            values = []
            for one in figure.headings(heading):
                self.assertIn(one, cells, where)
                values.append(cells.pop(one))
            self.assertTrue(figure.is_sheet(values), f"{where}: {values} for {vars(figure)}")
        self.assertEqual(cells, {}, f"{table}: {names}: nobody knows these")

    def page_tables(self, summary, found):
        """All tables of a page: the totals in one, the groups in another by the same name."""
        wanted = {}
        for table, rows in summary.tables.all.items():
            for row in rows:
                group = row.period is not None and row.period["group"]
                wanted.setdefault(f"by-{table}" if group else table, []).append(row)
        self.assertEqual(set(found) - BESIDES, set(wanted))
        for table, rows in wanted.items():
            self.below = set()
            self.compare(table, found[table], rows, table.startswith("by-"), page=True)

    def sentences(self, summary, text):
        for sentence in summary.json["answer"]:
            self.assertIn(squeezed(sentence), squeezed(text))

    def shares_in_words(self, summary, text):
        """Wherever it says n of N (p%), under a chart too, that is one of the shares."""
        known = summary.shares() | {(one["count"], one["of"]) for one in
                                    (*summary.json["brief"]["worries"],
                                     *summary.json["brief"]["strengths"])}
        for one in re.finditer(r"(\d+)\s+of\s+(\d+)\s+\((\d+)%\)", text):
            count, of, percent = (int(part) for part in one.groups())
            self.assertTrue({(count, of), (count, None)} & known, one.group())
            self.assertEqual(percent, expected.whole(count, of), one.group())


class Csv(Compared):
    def test_every_figure(self):
        self.each(self.check)

    def check(self, summary):
        wanted = dict(told.figures(summary.json, summary.tables))
        found = {}
        several = {p["id"] for p in summary.json["periods"] if "(" in p["id"]}
        for row in summary.csv:
            label = f"{row['period']} ({row.get('template')})"
            key = (label if label in several else row["period"], *(row[name] for name in summary.json["group_by"]),
                   row["part"], row["section"], row["agency"], row["item"], row["figure"])
            self.assertNotIn(key, found)
            found[key] = row["value"]
        self.assertEqual(found.keys() - wanted.keys(), told.unknown(found, wanted))
        for key, value in wanted.items():
            self.assertIn(key, found)
            self.assertTrue(told.same(value, found[key]), f"{key}: {found[key]} for {value}")


class Text(Compared):
    def test_every_figure(self):
        self.each(self.check)

    def check(self, summary):
        text = summarise(summary.name, "text").read_text("utf-8")
        self.sentences(summary, text)
        self.shares_in_words(summary, text)
        told.Text(text, summary).compare(self)


class Html(Compared):
    def test_every_figure(self):
        self.each(self.check)

    def check(self, summary):
        page = readers.Page(summarise(summary.name, "html").read_text("utf-8"))
        self.sentences(summary, page.text)
        self.shares_in_words(summary, page.text)
        tables = {table["id"]: table for table in page.tables}
        self.assertEqual(len(tables), len(page.tables))
        for table in page.tables:
            squeeze(table)
        self.page_tables(summary, tables)
        if "cells" in tables:
            self.cells(summary, tables["cells"])

    def cells(self, summary, table):
        """The grid of agencies and parts: the counts that are not 0, of the last period."""
        last = [p for p in summary.json["periods"] if not p["group"]][-1]
        wanted = {}
        for agency in last["agencies"]:
            for section in agency["sections"]:
                counts = [str(g["count"]) for g in section["grades"]
                          if g["count"] not in (0, None)]
                wanted[squeezed(section["called"]), squeezed(agency["called"])] = counts
        found = {}
        for row in table["rows"]:
            for agency, cell in zip(table["headings"][1:], row[1:], strict=True):
                found[row[0], agency] = re.findall(r"(?:(?<=[a-z])c|\d+)(?=,|$)", cell)
        self.assertEqual(found, {key: counts for key, counts in wanted.items() if key in found})
        for (section, _), counts in wanted.items():
            self.assertTrue(not counts or any(section == known for known, _ in found))


def squeeze(table):
    table["headings"] = [squeezed(heading) for heading in table["headings"]]
    table["rows"] = [[squeezed(cell) for cell in row] for row in table["rows"]]


class Pdf(Compared):
    @unittest.skipUnless(shutil.which("pdfinfo"), "pdfinfo is missing")
    def test_every_figure(self):
        self.each(self.check, DOCUMENTS)

    def check(self, summary):
        page = readers.Page(summarise(summary.name, "html").read_text("utf-8"))
        captions = {squeezed(t["caption"]): t["id"] for t in page.tables}
        self.assertEqual(len(captions), len(page.tables), "captions tell tables apart")
        path = summarise(summary.name, "pdf")
        tables = {}
        for table in readers.document_tables(path):
            tables[captions.pop(squeezed(table["caption"]))] = table
            squeeze(table)
        self.assertEqual(captions, {}, "tables that are not in the document")
        self.page_tables(summary, tables)
        text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True,
                              check=True).stdout
        self.sentences(summary, text)
        self.shares_in_words(summary, text)


class Xlsx(Compared):
    def check(self, summary, sheets):
        """sheets: {name: rows}, the first row of headings."""
        wanted = {table.replace("-", " "): rows for table, rows in summary.tables.all.items()}
        found = {name.lower(): rows for name, rows in sheets.items()}
        self.assertEqual(set(found) - SHEETS - BESIDES, set(wanted))
        for table, rows in wanted.items():
            self.compare(table, {"headings": found[table][0], "rows": found[table][1:]}, rows,
                         summary.grouped, page=False)
        self.sentences(summary, " ".join(row[1] for row in found["answer"][1:]))
        self.tidy(summary, found["tidy"])

    def tidy(self, summary, rows):
        """One long sheet has the figures of the CSV, numbers as numbers."""
        self.assertEqual(len(rows) - 1, len(summary.csv))
        for row, line in zip(rows[1:], summary.csv, strict=True):
            cells = dict(zip(rows[0], row, strict=True))
            value = line["value"]
            self.assertEqual(cells["Figure"], line["figure"])
            if re.fullmatch(r"-?\d+(\.\d+)?", value) and is_number(cells["Value"]):
                self.assertAlmostEqual(cells["Value"], float(value), 9, line)
            elif value in ("c", "z", "–"):
                self.assertIn(cells["Value"], ("[c]", "[z]", "[x]"), line)
            else:
                self.assertIn(cells["Value in words"], (value, "[z]"), line)

    def test_from_its_parts(self):
        self.each(self.check_parts)

    def check_parts(self, summary):
        book = readers.Book(summarise(summary.name, "xlsx"))
        self.check(summary, {name: book.cells(name) for name in book.sheets})

    @unittest.skipUnless(shutil.which("soffice"), "soffice is missing")
    def test_as_an_office_reads_it(self):
        books = [summarise(name, "xlsx") for name in OFFICE]
        found = readers.office_sheets(books, FOLDER)
        self.each(lambda summary: self.check(summary, found[summary.name]), OFFICE)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[5:]])
