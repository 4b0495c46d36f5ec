"""Hostile text in every field that people write, in every format: it comes out as text.
Called by hostile.sh:

    hostile.py PROGRAM PLUGINS FOLDER

Where a format keeps every character (JSON, XML, the documents themselves) the strings of
hostile.json come back as they were; elsewhere those characters that steer what shows them
are shown as U+FFFD. Nothing is markup, a formula, a sequence of terminals or a format.
"""

import csv
import html.parser
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest
import xml.etree.ElementTree as ElementTree

import hostile_input
import readers

PROGRAM, PLUGINS = sys.argv[1:3]
FOLDER = pathlib.Path(sys.argv[3])
STRINGS = hostile_input.STRINGS
SUMMARY = ("--template", "hostile-file", "--period", "2023-24 Q3", "--by", "team")
PANEL = ("--template", "hostile-panel", "--period", "2023-24 Q3")

# Attributes whose value is an address or a program.
FETCHES = {"href", "src", "srcset", "srcdoc", "action", "formaction", "data", "poster",
           "background", "style", "xlink:href"}

# Characters that steer a terminal or the direction of writing.
STEER = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb" \
    "\U000e0000-\U000e007f]"


def shown(text):
    """As it is shown: neutral, and without blanks, which lines may be broken at."""
    return squeezed(re.sub(STEER, "\ufffd", re.sub("[\t\n]", " ", text)))


def squeezed(text):
    return re.sub("[ \t\r\n\u00a0]", "", text)


def spelt(text):
    """With what is no character by its bytes, as tables for terminals have it."""
    return re.sub("[\ufdd0-\ufdef\U0001fffe\U0001ffff\U0010fffe\U0010ffff]",
                  lambda match: "".join(f"\\x{byte:02x}" for byte in match[0].encode()),
                  shown(text))


ALL = shown(" | ".join(STRINGS))


def run(*arguments, kind="hostile", status=(0,), **options):
    """The bytes of its standard output and error."""
    done = subprocess.run([PROGRAM, "--plugin-dir", PLUGINS, "--store",
                           f"sqlite:{FOLDER / kind}.db", *arguments],
                          capture_output=True, check=False, **options)
    if done.returncode not in status:
        raise AssertionError(f"{arguments}: {done.returncode}: {done.stderr.decode()}")
    return done.stdout, done.stderr


def inputs(kind):
    folder = FOLDER / kind
    return (("--template", folder / "panel.xml", "--template", folder / "file.xml"),
            (folder / "panel-return.xml", folder / "file-return.xml"))


def score(kind, *options):
    templates, returns = inputs(kind)
    return run("score", *templates, *options, *returns, kind=kind)


class Shape(html.parser.HTMLParser):
    """A page without its words: which elements with which attributes; and its words."""

    def __init__(self, text):
        super().__init__()
        self.shape, self.words, self.values, self.kept = [], [], [], None
        self.feed(text)
        self.close()
        self.text = squeezed("".join(self.words))

    def handle_starttag(self, tag, attributes):
        self.shape.append((tag, *(name for name, _ in attributes)))
        self.values += [value or "" for name, value in attributes if name in FETCHES]
        self.kept = tag if tag in ("style", "script") else None

    def handle_endtag(self, tag):
        self.shape.append(("/", tag))
        self.kept = None

    def handle_data(self, data):
        if self.kept is None:
            self.words.append(data)

    def unknown_decl(self, data):
        raise AssertionError(f"a declaration: {data}")

    def handle_comment(self, data):
        self.shape.append(("!", data))

    def handle_pi(self, data):
        raise AssertionError(f"an instruction: {data}")


class Hostile(unittest.TestCase):
    maxDiff = 2000

    def each_in(self, text, strings=STRINGS):
        """Each of them as it is, or without the blanks that content is trimmed of."""
        for string in strings:
            if shown(string) not in text and spelt(string) not in text:
                self.assertIn(shown(trimmed(string)), text)

    def harmless_terminal(self, raw):
        text = raw.decode("utf-8")
        self.assertIsNone(re.search(STEER, text.replace("\n", "")), "something steers")
        return squeezed(text)

    def same_shape(self, make):
        pages = {kind: Shape(make(kind).decode("utf-8")) for kind in ("hostile", "harmless")}
        hostile, plain = pages["hostile"], pages["harmless"]
        for one, other in zip(hostile.shape, plain.shape):
            self.assertEqual(one, other)
        self.assertEqual(len(hostile.shape), len(plain.shape))
        for value in hostile.values:
            self.assertNotRegex(value, r"(?i)^\s*(java\s*script|data|vbscript):")
        return hostile.text


class Scores(Hostile):
    def test_text(self):
        text = self.harmless_terminal(score("hostile")[0])
        self.each_in(text)

    def test_explained(self):
        out, errors = score("hostile", "--explain")
        self.each_in(self.harmless_terminal(out))
        self.each_in(self.harmless_terminal(errors), STRINGS[::3])  # immediate alerts

    def test_ndjson_keeps_every_character(self):
        out = score("hostile", "--format", "ndjson")[0]
        self.assertIsNone(re.search(STEER, out.decode("utf-8").replace("\n", "")))
        panel, file = (json.loads(line) for line in out.decode("utf-8").splitlines())
        for result in (panel, file):
            told = {alert["id"]: alert["message"] for alert in result["alerts"]}
            limits = {limit["id"]: limit["reason"] for limit in result["limits"]}
            for i, text in enumerate(STRINGS):
                if f"al{i}" in told:
                    self.assertEqual(told[f"al{i}"], trimmed(text))
                    self.assertEqual(limits[f"l{i}"], trimmed(text))
                self.assertEqual(result["attributes"][f"t{i}"], trimmed(text))
            self.assertGreater(len(told), len(STRINGS) - 6)
        self.assertEqual(panel["attributes"]["theme"], trimmed(" | ".join(STRINGS)))

    def test_xml_keeps_every_character(self):
        out = score("hostile", "--format", "xml")[0]
        self.assertIsNone(re.search(STEER, out.decode("utf-8").replace("\n", "")))
        values = {value for one in ElementTree.fromstring(out).iter()
                  for value in one.attrib.values()}
        for i, text in enumerate(STRINGS):
            if i not in (12,):
                self.assertIn(trimmed(text), values)

    def test_html(self):
        text = self.same_shape(lambda kind: score(kind, "--format", "html")[0])
        self.each_in(text)
        self.assertGreaterEqual(text.count(ALL), 8)


class Summaries(Hostile):
    def summaries(self, form, kind="hostile"):
        return [run("summary", *which, "--format", form, kind=kind)[0]
                for which in (SUMMARY, PANEL)]

    def test_text(self):
        for raw in self.summaries("text"):
            self.each_in(self.harmless_terminal(raw))

    def test_json_keeps_every_character(self):
        for raw in self.summaries("json"):
            summary = json.loads(raw)
            self.assertEqual([grade["label"] for grade in summary["scale"]],
                             [trimmed(text) for text in STRINGS[:hostile_input.GRADES]])
            period = summary["periods"][0]
            self.assertEqual([one["label"] for one in period["measures"]][:len(STRINGS)],
                             [trimmed(text) for text in STRINGS])
            self.assertEqual([one["label"] for one in summary["indicators"]],
                             [cell(text) for text in STRINGS])

    def test_csv(self):
        for raw in self.summaries("csv"):
            rows = list(csv.reader(io.StringIO(raw.decode("utf-8"), newline=""), strict=True))
            self.assertEqual({len(row) for row in rows}, {len(rows[0])})
            cells = {cell for row in rows for cell in row}
            for cell in cells:
                self.assertNotRegex(cell, r"\A[=+@\t\r]")
                self.assertNotRegex(cell, r"\A-(?!\d+(\.\d+)?\Z)")
                self.assertIsNone(re.search(STEER, re.sub("[\n\t]", "", cell)), repr(cell))
            self.each_in({squeezed(cell) for cell in cells}
                         | {squeezed(cell[1:]) for cell in cells if cell[:1] == "'"})

    def test_html(self):
        for which in (SUMMARY, PANEL):
            self.each_in(self.same_shape(
                lambda kind: run("summary", *which, "--format", "html", kind=kind)[0]))

    def test_xlsx(self):
        paths = []
        for name, which in (("file", SUMMARY), ("panel", PANEL)):
            paths.append(FOLDER / f"{name}.xlsx")
            run("summary", *which, "--format", "xlsx", "-o", paths[-1])
            self.book(readers.Book(paths[-1]))
        if shutil.which("soffice"):
            for sheets in readers.office_sheets(paths, FOLDER).values():
                self.texts({cell for rows in sheets.values() for row in rows for cell in row})

    def book(self, book):
        for name in book.zip.namelist():
            part = book.zip.read(name).decode("utf-8")
            self.assertNotRegex(part, "<f[ >]|<hyperlink|TargetMode", name)
            ElementTree.fromstring(part)
        self.texts({cell for name in book.sheets for row in book.cells(name) for cell in row})
        for path in book.zip.namelist():
            if path.startswith("xl/charts/"):
                for one in book.part(path).iter(f"{readers.CHART}f"):
                    self.assertRegex(one.text, r"^('[A-Za-z ]+'|[A-Za-z]+)!\$[A-Z$0-9:]+$")

    def texts(self, cells):
        texts = [cell for cell in cells if isinstance(cell, str)]
        for cell in texts:
            self.assertIsNone(re.search(STEER, re.sub("[\n\t]", "", cell)), repr(cell))
        self.each_in({squeezed(text) for text in texts})

    @unittest.skipUnless(shutil.which("pdftotext"), "pdftotext is missing")
    def test_pdf(self):
        path = FOLDER / "panel.pdf"
        run("summary", *PANEL, "--format", "pdf", "-o", path)
        raw = path.read_bytes()
        for verb in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/GoToR", b"/EmbeddedFile"):
            self.assertNotIn(verb, raw)
        told = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout
        text = squeezed(told.decode("utf-8"))
        for string in STRINGS:
            if shown(string).isascii():
                self.assertIn(shown(string), text)


class Templates(Hostile):
    def test_shown_and_listed(self):
        for name in ("hostile-file", "hostile-panel"):
            text = self.harmless_terminal(run("template", "show", name)[0])
            self.each_in(text)
        self.assertIn(spelt(" | ".join(STRINGS)),
                      self.harmless_terminal(run("template", "list")[0]))

    def test_exported_byte_by_byte(self):
        for name in ("file", "panel"):
            self.assertEqual(run("template", "export", f"hostile-{name}")[0],
                             (FOLDER / "hostile" / f"{name}.xml").read_bytes())

    def test_compared(self):
        raw = run("template", "diff", FOLDER / "harmless/file.xml",
                  FOLDER / "hostile/file.xml", status=(0, 1))[0]
        self.each_in(self.harmless_terminal(raw))

    def test_form(self):
        for name in ("file", "panel"):
            text = self.same_shape(lambda kind: run("template", "form", f"hostile-{name}",
                                                    kind=kind)[0])
            self.assertIsNone(re.search(STEER, text), "something steers")

    def test_blank_return(self):
        for name in ("file", "panel"):
            raw = run("template", "blank", f"hostile-{name}")[0]
            text = self.harmless_terminal(raw)
            self.each_in(text, [one for one in STRINGS if "--" not in one])
            shapes = [[(one.tag, *one.attrib) for one in ElementTree.fromstring(
                run("template", "blank", f"hostile-{name}", kind=kind)[0]).iter()]
                for kind in ("hostile", "harmless")]
            self.assertEqual(*shapes)

    def test_merged(self):
        """Joined returns say what they said, and what steers stands as a reference."""
        for name in ("file-return.xml", "panel-return.xml"):
            path = FOLDER / "hostile" / name
            raw = run("merge", path, path)[0]
            self.harmless_terminal(raw.replace(b"\t", b" "))
            told = [[squeezed(element.text or "") for element in ElementTree.fromstring(each).iter()
                     if element.tag.endswith(("}text", "}rationale", "}action", "}evidence", "}strength"))]
                    for each in (raw, path.read_bytes())]
            self.assertGreater(len(told[0]), 3)
            self.assertEqual(sorted(told[0]), sorted(told[1]))

    def test_refused(self):
        """What is wrong is quoted in messages, and quoting does not make it work."""
        folder = FOLDER / "hostile"
        out, errors = run("template", "check", folder / "refused.xml", status=(1,))
        text = self.harmless_terminal(out) + self.harmless_terminal(errors)
        self.assertIn(shown("javascript:alert(4)"), text)
        self.assertGreater(text.count("attribute'href'of<reference>"), 10)
        out, errors = run("score", "--template", folder / "file.xml",
                          folder / "refused-return.xml", status=(1,))
        self.each_in(self.harmless_terminal(out) + self.harmless_terminal(errors), STRINGS[:9])
        out = run("score", "--format", "html", "--template", folder / "file.xml",
                  folder / "refused-return.xml", status=(1,))[0].decode("utf-8")
        self.assertEqual({shape[0] for shape in Shape(out).shape} & {"script", "img"}, set())


class Stores(Hostile):
    def test_actions(self):
        text = self.harmless_terminal(run("action", "list", "--as-of", "2024-01-01")[0])
        self.each_in(text)

    def test_moderation(self):
        text = self.harmless_terminal(run("moderation", "--template", "hostile-file")[0])
        self.each_in(text, STRINGS[:hostile_input.GRADES])

    def test_indicators(self):
        self.each_in(self.harmless_terminal(run("indicator", "show")[0]),
                     [cell(text) for text in STRINGS])

    def test_exported_whole(self):
        target = FOLDER / "export"
        run("store", "export", target)
        found = {path.read_bytes() for path in target.rglob("*") if path.is_file()}
        for name in ("file.xml", "panel.xml", "file-return.xml", "panel-return.xml"):
            self.assertIn((FOLDER / "hostile" / name).read_bytes(), found)
        for path in target.rglob("*"):
            self.assertRegex(path.name, r"\A[A-Za-z0-9._@-]+\Z")


class FileNames(Hostile):
    """The name of a file is text that somebody else wrote, too."""

    NAMES = ["\x1b[31mred\x1b]0;title\x07", "two\nlines", "<img src=x onerror=alert(1)>.x",
             "\u009b31m \u202e.lmx", "=cmd|' C calc'!A0", "%s%n%x", "\"quotes' & more",
             b"no \xff\xfe utf-8".decode("utf-8", "surrogateescape")]

    def setUp(self):
        self.folder = FOLDER / "names"
        if not self.folder.exists():
            self.folder.mkdir()
            for name in self.NAMES:
                shutil.copy(FOLDER / "hostile/file-return.xml",
                            os.fsencode(self.folder / f"{name}.xml"))

    def score(self, *options):
        return run("score", "--template", FOLDER / "hostile/file.xml", *options, self.folder)

    def test_terminal(self):
        out, errors = self.score()
        self.harmless_terminal(out)
        self.assertIn("%s%n%x.xml", self.harmless_terminal(errors))

    def test_ndjson(self):
        lines = self.score("--format", "ndjson")[0].decode("utf-8").splitlines()
        found = {pathlib.PurePath(json.loads(line)["file"]).name for line in lines}
        for name in self.NAMES[:-1]:
            self.assertIn(f"{name}.xml", found)
        self.assertEqual(len(found), len(self.NAMES))

    def test_xml(self):
        root = ElementTree.fromstring(self.score("--format", "xml")[0])
        self.assertEqual(len({one.get("file") for one in root}), len(self.NAMES))

    def test_html(self):
        page = Shape(self.score("--format", "html")[0].decode("utf-8"))
        self.assertEqual({shape[0] for shape in page.shape} & {"script", "img"}, set())

    def test_recorded(self):
        out, errors = run("record", "--template", FOLDER / "hostile/file.xml", self.folder,
                          kind="names", status=(0, 1))
        self.harmless_terminal(out)
        self.harmless_terminal(errors)


def trimmed(text):
    """As XML's content and attributes keep it."""
    return text.strip(" \t\r\n")


def cell(text):
    """As a cell of a sheet is kept: what cannot be seen at its ends is gone."""
    return text.strip(" \t\r\n\x9c")


def prepare():
    for kind in ("hostile", "harmless"):
        hostile_input.write(FOLDER / kind, kind == "harmless")
        templates, returns = inputs(kind)
        run("store", "init", kind=kind)
        run("template", "load", *templates[1::2], kind=kind)
        run("record", *returns, kind=kind)
        run("indicator", "import", FOLDER / kind / "indicators.csv", kind=kind)
    run("store", "init", kind="names")


if __name__ == "__main__":
    prepare()
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]])
