"""Tables as they stand in pages, spreadsheets and documents. A table is a dictionary:
id, caption, headings (a list) and rows (lists of cells)."""

import csv
import io
import html.parser
import pathlib
import re
import subprocess
import xml.etree.ElementTree as ElementTree
import zipfile


# ---- HTML ----

class Page(html.parser.HTMLParser):
    """Tables, and all the text that people are shown. End tags of cells may be missing."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.said = [], []
        self.table = self.cell = None
        self.hidden = 0
        self.feed(text)
        self.close()
        self.text = " ".join(" ".join(self.said).split())

    def handle_starttag(self, tag, attributes):
        if tag in ("style", "title", "script"):
            self.hidden += 1
        elif tag == "table":
            self.table = {"id": dict(attributes).get("id", "").removeprefix("t-"),
                          "caption": "", "headings": [], "rows": []}
            self.tables.append(self.table)
        elif self.table is not None and tag == "tr":
            self.end_cell()
            self.table["rows"].append([])
        elif self.table is not None and tag in ("th", "td"):
            self.end_cell()
            self.cell = []
        elif tag == "caption":
            self.cell = []

    def handle_endtag(self, tag):
        if tag in ("style", "title", "script"):
            self.hidden -= 1
        elif tag == "caption":
            self.table["caption"] = " ".join("".join(self.cell).split())
            self.cell = None
        elif tag == "thead":
            self.end_cell()
            self.table["headings"] = self.table["rows"].pop()
        elif tag == "table":
            self.end_cell()
            self.table = None

    def end_cell(self):
        if self.cell is not None and self.table["rows"]:
            self.table["rows"][-1].append(" ".join("".join(self.cell).split()))
        self.cell = None

    def handle_data(self, data):
        if not self.hidden:
            self.said.append(data)
        if self.cell is not None:
            self.cell.append(data)


# ---- XLSX, straight from its parts ----

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"


class Book:
    """A spreadsheet from its XML. Numbers are numbers here only if they are there."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        self.strings = ["".join(part.text or "" for part in item.iter(MAIN + "t"))
                        for item in self.part("xl/sharedStrings.xml").findall(MAIN + "si")]
        targets = self.related("xl/workbook.xml")
        self.sheets = {}
        for sheet in self.part("xl/workbook.xml").iter(MAIN + "sheet"):
            self.sheets[sheet.get("name")] = targets[sheet.get(RELATION + "id")]

    def part(self, name):
        return ElementTree.fromstring(self.zip.read(name))

    def related(self, name):
        path = pathlib.PurePosixPath(name)
        rels = f"{path.parent}/_rels/{path.name}.rels"
        if rels not in self.zip.namelist():
            return {}
        found = {}
        for one in self.part(rels).iter(PACKAGE + "Relationship"):
            target = one.get("Target")
            joined = (path.parent / target).parts
            names = []
            for step in joined:
                if step == "..":
                    names.pop()
                else:
                    names.append(step)
            found[one.get("Id")] = "/".join(names)
        return found

    def tables_of(self, sheet):
        return [self.part(target) for target in self.related(self.sheets[sheet]).values()
                if "/tables/" in target]

    def cells(self, sheet):
        """Rows of values; None where there is no cell or nothing in it."""
        rows = []
        for row in self.part(self.sheets[sheet]).iter(MAIN + "row"):
            values = {}
            for cell in row.findall(MAIN + "c"):
                values[column_of(cell.get("r"))] = self.value(cell)
            while len(rows) < int(row.get("r")) - 1:
                rows.append([])
            rows.append([values.get(i) for i in range(max(values, default=-1) + 1)])
        return rows

    def value(self, cell):
        raw = cell.find(MAIN + "v")
        if raw is None:
            return None
        if cell.get("t") == "s":
            return self.strings[int(raw.text)]
        if cell.get("t") in (None, "n"):
            return float(raw.text)
        raise AssertionError(f"a cell of type {cell.get('t')}")


def column_of(reference):
    number = 0
    for letter in re.match(r"[A-Z]+", reference).group():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


# ---- XLSX, as LibreOffice reads it ----

def office_sheets(books, folder):
    """{book's stem: {sheet: rows}}; text is text, everything else a number."""
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1"
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless",
                    "--convert-to", every_sheet, "--outdir", str(folder / "csv"), *books],
                   check=True, capture_output=True)
    found = {}
    for path in (folder / "csv").glob("*.csv"):
        stem, _, sheet = path.stem.partition("-")
        # A percentage comes as it is shown, without quotes.
        text = re.sub(r"(?<![^,\r\n])(-?\d+(?:\.\d+)?)%(?=,|\r|\n|$)",
                      lambda match: repr(float(match[1]) / 100), path.read_text("utf-8"))
        found.setdefault(stem, {})[sheet] = list(csv.reader(
            io.StringIO(text, newline=""), quoting=csv.QUOTE_NONNUMERIC))
    return found


# ---- PDF, by its tags ----

LINE = re.compile(r'^( *)(?:"(.*)"|([A-Za-z0-9]+):?( \(.*)?)$', re.S)


def document_tables(path):
    """Tables in the order of the document, from the tags and the text drawn under them."""
    said = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True,
                          check=True).stdout
    tables, depth, table, inside = [], 0, None, None
    for line in said.split("\n"):
        match = LINE.match(line)
        if match is None:
            continue
        indent, text, tag = len(match[1]), match[2], match[3]
        if table is not None and indent <= depth:
            table = None
        if tag == "Table":
            table = {"caption": "", "headings": [], "rows": []}
            inside, depth = "caption", indent
            tables.append(table)
        elif table is None:
            continue
        elif tag == "TR":
            table["rows"].append([])
        elif tag in ("TH", "TD"):
            table["rows"][-1].append("")
            inside = "cell"
        elif text is not None and inside == "caption":
            table["caption"] += text
        elif text is not None:
            table["rows"][-1][-1] += text
    for table in tables:
        table["headings"] = table["rows"].pop(0)
    return tables
