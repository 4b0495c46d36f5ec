"""How the spreadsheets and documents of a summary are made, beside what they say. Called by
figures.sh after the summaries are written into FOLDER:

    files.py FOLDER

Spreadsheets are held against the checklist of the government Analysis Function (one named
table a sheet from A1, one row of headings, real numbers, nothing merged, blank or worked
out, notes and charts on sheets of their own), documents against what tags and their like
can be asked for.
"""

import functools
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

import readers
from readers import CHART, MAIN

FOLDER = pathlib.Path(sys.argv[1])
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CORE = "{http://purl.org/dc/elements/1.1/}"
WITHOUT_TABLE = {"Charts"}
DEEP = os.environ.get("CA_DEEP") == "yes"


class Spreadsheets(unittest.TestCase):
    def each(self, check):
        paths = sorted(FOLDER.glob("*.xlsx"))
        self.assertNotEqual(paths, [])
        for path in paths:
            with self.subTest(book=path.stem):
                check(readers.Book(path))

    def test_one_named_table_a_sheet(self):
        def check(book):
            names = set()
            for sheet in book.sheets.keys() - WITHOUT_TABLE:
                (table,) = book.tables_of(sheet)
                rows = book.cells(sheet)
                corner = f"{letters(len(rows[0]))}{len(rows)}"
                self.assertEqual(table.get("ref"), f"A1:{corner}", sheet)
                self.assertRegex(table.get("displayName"), "^[A-Za-z_]+$")
                self.assertNotIn(table.get("displayName"), names)
                names.add(table.get("displayName"))
                headings = [one.get("name") for one in table.iter(MAIN + "tableColumn")]
                self.assertEqual(headings, rows[0], sheet)
                self.assertEqual(len({one.lower() for one in headings}), len(headings), sheet)
                self.assertGreater(len(rows), 1, sheet)

        self.each(check)

    def test_every_cell_is_filled_and_what_it_seems(self):
        def check(book):
            for sheet in book.sheets.keys() - WITHOUT_TABLE:
                rows = book.cells(sheet)
                for row in rows:
                    self.assertEqual(len(row), len(rows[0]), sheet)
                    for cell in row:
                        self.assertNotIn(cell, (None, ""), sheet)
                        if isinstance(cell, str):
                            self.assertIsNone(re.fullmatch(r"[-−+]?[\d,]*\.?\d+%?", cell),
                                              f"{sheet}: {cell} is text")

        self.each(check)

    def test_nothing_merged_worked_out_or_fetched(self):
        def check(book):
            for name in book.zip.namelist():
                text = book.zip.read(name).decode("utf-8")
                for tag in ("<mergeCell", "<f>", "<f ", "<hyperlink", "TargetMode"):
                    self.assertNotIn(tag, text, name)
                self.assertNotRegex(name, "vba|macro|external|media")

        self.each(check)

    def test_notes_and_charts_have_sheets_of_their_own(self):
        def check(book):
            names = list(book.sheets)
            self.assertEqual(names[:2], ["Answer", "Contents"])
            self.assertEqual(names[-1], "Notes")
            told = {row[0] for row in book.cells("Contents")[1:]}
            self.assertEqual(told, set(names) - {"Answer", "Contents", "Charts"})
            self.assertEqual(book.cells("Charts"), [])
            for name in names:
                drawn = any("/drawings/" in one for one in
                            book.related(book.sheets[name]).values())
                self.assertEqual(drawn, name == "Charts", name)

        self.each(check)

    def test_charts_are_native_and_told_in_words(self):
        def check(book):
            (drawing,) = [one for one in book.related(book.sheets["Charts"]).values()]
            frames = list(book.part(drawing).iter(DRAWING + "cNvPr"))
            charts = list(book.related(drawing).values())
            self.assertGreater(len(charts), 1)
            self.assertEqual(len(frames), len(charts))
            for frame in frames:
                self.assertGreater(len(frame.get("descr", "")), 40)
            for chart in charts:
                self.chart(book, book.part(chart))

        self.each(check)

    def chart(self, book, chart):
        title = "".join(part.text for part in chart.find(f".//{CHART}title").iter(DRAWN + "t"))
        self.assertGreater(len(title), 10)
        ranges = [one.text for one in chart.iter(CHART + "f")]
        self.assertNotEqual(ranges, [])
        for one in ranges:
            sheet, _, cells = one.partition("!")
            sheet = sheet.strip("'")
            rows = book.cells(sheet)
            for column, row in re.findall(r"\$([A-Z]+)\$(\d+)", cells):
                self.assertLessEqual(int(row), len(rows), one)
                self.assertLess(readers.column_of(column), len(rows[0]), one)
        names, values = ([self.under(book, one.findtext(f".//{CHART}f"))
                          for one in chart.iter(CHART + kind)] for kind in ("cat", "val"))
        for one, numbers in zip(names, values, strict=True):
            self.assertEqual(len(one), len(numbers), title)
            self.assertEqual(len({tuple(row) for row in one}), len(one), title)  # told apart
        return title, [row[-1] for row in names[0]]

    @staticmethod
    def under(book, reference):
        """The rows of cells that a series refers to."""
        sheet, _, cells = reference.partition("!")
        corners = re.findall(r"\$([A-Z]+)\$(\d+)", cells)
        (left, top), (right, bottom) = corners[0], corners[-1]
        columns = slice(readers.column_of(left), readers.column_of(right) + 1)
        return [row[columns] for row in book.cells(sheet.strip("'"))[int(top) - 1:int(bottom)]]

    @unittest.skipUnless(shutil.which("soffice"), "soffice is missing")
    def test_an_office_draws_the_charts(self):
        """On paper each stands whole, on one page, with its title and the name of each bar."""
        stems = ("groups", "permanency", "agencies")
        paths = [FOLDER / f"{stem}.xlsx" for stem in stems[:None if DEEP else 1]]
        subprocess.run(["soffice", f"-env:UserInstallation=file://{FOLDER}/office", "--headless",
                        "--convert-to", "pdf", "--outdir", FOLDER / "drawn", *paths],
                       check=True, capture_output=True)
        for path in paths:
            stem = path.stem
            pages = tool("pdftotext", FOLDER / "drawn" / f"{stem}.pdf", "-").split("\f")
            pages = [bare(page) for page in pages]
            book = readers.Book(path)
            (drawing,) = book.related(book.sheets["Charts"]).values()
            for chart in book.related(drawing).values():
                title, bars = self.chart(book, book.part(chart))
                with self.subTest(book=stem, chart=title):
                    wanted = {bare(title), *map(bare, bars)}
                    self.assertTrue(any(all(one in page for one in wanted) for page in pages),
                                    wanted)

    def test_properties(self):
        def check(book):
            core = book.part("docProps/core.xml")
            for name in ("title", "creator", "subject"):
                self.assertGreater(len(core.findtext(CORE + name)), 3, name)

        self.each(check)


def bare(text):
    """Letters and digits: lines end elsewhere, and then hyphens are lost."""
    return "".join(one for one in text if one.isalnum())


def letters(number):
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


@unittest.skipUnless(shutil.which("pdfinfo"), "pdfinfo is missing")
class Documents(unittest.TestCase):
    def each(self, check):
        paths = sorted(FOLDER.glob("*.pdf"))
        self.assertNotEqual(paths, [])
        for path in paths:
            with self.subTest(document=path.stem):
                check(path)

    def test_what_it_is(self):
        def check(path):
            told = tool("pdfinfo", "-f", "1", "-l", "99", path)
            facts = dict(re.findall(r"^([^:\n]+): +(.*)$", told, re.M))
            page = (path.with_suffix(".html")).read_text("utf-8")
            self.assertEqual(facts["Title"], re.search("<title>(.*)</title>", page)[1])
            self.assertEqual(facts["Tagged"], "yes")
            self.assertEqual((facts["JavaScript"], facts["Form"], facts["Encrypted"]),
                             ("no", "none", "no"))
            sizes = re.findall(r"^Page +\d+ size: +(.*)$", told, re.M)
            self.assertEqual(len(sizes), int(facts["Pages"]))
            for size in sizes:
                self.assertRegex(size, r"^(595\.\S* x 841\.\S*|841\.\S* x 595\.\S*) pts \(A4\)$")

        self.each(check)

    def test_fonts_travel_with_it(self):
        def check(path):
            rows = tool("pdffonts", path).splitlines()[2:]
            self.assertNotEqual(rows, [])
            for row in rows:
                embedded, _, unicode = row.split()[-5:-2]
                self.assertEqual((embedded, unicode), ("yes", "yes"), row)

        self.each(check)

    def test_language_marks_and_bookmarks(self):
        def check(path):
            raw = plain(path)
            catalogue = re.search(r"<<(?:(?!endobj).)*/Type /Catalog.*?endobj", raw, re.S)[0]
            self.assertIn("/Lang (en-GB)", catalogue)
            self.assertIn("/StructTreeRoot ", catalogue)
            self.assertRegex(catalogue, r"/MarkInfo <<\s*/Marked true\s*>>")
            self.assertIn("/DisplayDocTitle true", catalogue)
            self.assertIn("/Outlines ", catalogue)
            headings = re.findall(r"<h2[^>]*>(.*?)</h2>", path.with_suffix(".html").read_text())
            for heading in headings:
                self.assertIn(f"/Title ({heading})", raw)

        self.each(check)

    def test_charts_are_told_in_words(self):
        def check(path):
            raw = plain(path)
            told = re.findall(r'role=img aria-label="([^"]*)"',
                              path.with_suffix(".html").read_text("utf-8"))
            self.assertEqual(raw.count("/S /Figure"), len(told))
            self.assertEqual(len(re.findall(r"/Alt [(<]", raw)), len(told))

        self.each(check)

    def test_no_blank_is_a_tag_of_its_own(self):
        """Readers of tags take its end for that of the paragraph."""
        self.each(lambda path: self.assertNotIn("ActualText", plain(path)))

    def test_headings_and_cells_are_tagged(self):
        def check(path):
            tags = re.findall(r"^ *([A-Za-z0-9]+):?(?: \(.*)?$",
                              tool("pdfinfo", "-struct", path), re.M)
            self.assertEqual(tags.count("H1"), 1)
            self.assertGreater(tags.count("H2"), 5)
            page = path.with_suffix(".html").read_text("utf-8")
            self.assertGreaterEqual(tags.count("TD"), page.count("<td"))
            self.assertGreaterEqual(tags.count("TH"), page.count("<th "))
            self.assertGreater(tags.count("LI"), 5)

        self.each(check)


@functools.cache
def plain(path):
    """The document's objects as text."""
    return subprocess.run(["qpdf", "--qdf", "--object-streams=disable", path, "-"],
                          capture_output=True, check=True).stdout.decode("latin-1")


def tool(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
