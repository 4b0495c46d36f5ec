"""Runs the examples of docs/*.md in one folder, in the order of PAGES.

A fenced block says after its language what it is:

  ```xml file=NAME                     a document, kept under this name
  ```csv file=NAME                     a spreadsheet, kept likewise
  ```xml file=NAME into=OTHER after=X  OTHER with this put behind its </X>
  ```xml from=NAME                     stands like this in NAME, indentation aside
  ```console                           "$ " commands and what they print, both streams;
                                       a line of … stands for any lines, … at the end of
                                       a line for the rest of it, and a last line
                                       "(exit status N)" for an exit status but 0
  ```json file=NAME at=PATH            what a command has written to NAME, layout aside;
                                       or the part at PATH, as in periods.0.positive

and a comment before a table says what its rows hold:

  <!-- test: add -->   start | time added | due date
  <!-- test: mean -->  weights and scores | mean
  <!-- test: wilson -->  x of n[, population N] | share | interval
  <!-- test: change -->  x of n | x of n | difference | interval | p
  <!-- test: runs -->  points | longest run | fewest crossings
  <!-- test: result FILE -->  `id` of a standard, section or key | … | its score or value

All blocks of xml, csv, console and json must be of these kinds. With --update, the output
of commands without … is written into the pages; read the difference before keeping it.
"""

import json
import math
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

PAGES = ["templates.md", "returns.md", "spreadsheets.md", "scoring.md", "results.md", "statistics.md",
         "reports.md", "keeping.md", "views.md", "year.md", "workbench.md",
         "README.md"]
FENCE = re.compile(r"^```(\w+)(.*)\n((?:.*\n)*?)^```$", re.M)
WITHOUT_ENGINE = "this program was built without the engine for web pages"

failures = 0


def fail(where, what):
    global failures
    failures += 1
    print(f"not ok: {where}: {what}")


def left_out(where, command, why):
    """What this build cannot show; in CI every example is shown."""
    if os.environ.get("CI") == "true":
        fail(where, f"$ {command}: {why}")
    else:
        print(f"skipped: {where}: $ {command}: {why}")


def squeezed(text):
    return re.sub(r"\s+", " ", text).strip()


class Manual:
    def __init__(self, source, folder, update):
        self.source, self.folder, self.update = source, folder, update
        self.count, self.results = 0, {}
        bin_folder = folder / "bin"
        bin_folder.mkdir()
        program = bin_folder / "caseaudit"
        program.write_text(
            "#!/bin/sh\nexec "
            f'{shlex.quote(os.environ["CASEAUDIT"])} '
            f'--plugin-dir {shlex.quote(os.environ["PLUGIN_DIR"])} "$@"\n'
        )
        program.chmod(0o755)
        (folder / "samples").symlink_to(source / "samples")
        self.environment = dict(
            os.environ,
            PATH=f'{bin_folder}:{os.environ["PATH"]}',
            XDG_DATA_HOME=str(folder / "data"),
            LC_ALL="C.UTF-8",
        )
        self.environment.pop("CASEAUDIT_STORE", None)

    def run(self, command):
        done = subprocess.run(
            ["sh", "-c", command], cwd=self.folder, env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            timeout=600, check=False,
        )
        return done.returncode, done.stdout

    # ---- the kinds of block ----

    def document(self, where, options, body):
        name = options["file"]
        if "into" in options:
            mark = f"</{options['after']}>"
            base = (self.folder / options["into"]).read_text()
            if base.count(mark) != 1:
                fail(where, f"{options['into']} has not exactly one {mark}")
            body = base.replace(mark, f"{mark}\n{body}")
        (self.folder / name).write_text(body)

    def fragment(self, where, options, body):
        whole = squeezed((self.folder / options["from"]).read_text())
        if squeezed(body) not in whole:
            fail(where, f"does not stand like this in {options['from']}:\n{body}")

    def console(self, where, body):
        """Returns the block as it should be."""
        wanted = []
        for part in re.split(r"^(?=\$ )", body, flags=re.M):
            if not part:
                continue
            command = re.match(r"\$ ((?:.*\\\n)*.*)\n", part)
            if command is None:
                fail(where, f"output without a command: {part!r}")
                return body
            expected = part[command.end():]
            status, output = self.run(command.group(1))
            if status == 3 and WITHOUT_ENGINE in output:
                left_out(where, command.group(1), output.strip())
                wanted.append(part)
                continue
            lines = [line.rstrip() for line in output.splitlines()]
            while lines and not lines[-1]:
                lines.pop()
            if status:
                lines.append(f"(exit status {status})")
            if not matches(expected.splitlines(), lines):
                fail(where, f"$ {command.group(1)}\nprints\n" + "\n".join(lines)
                     + "\nand the page says\n" + expected)
            if "…\n" not in expected:
                expected = "".join(line + "\n" for line in lines)
            wanted.append(part[: command.end()] + expected)
        return "".join(wanted)

    def json(self, where, options, body):
        found = json.loads((self.folder / options["file"]).read_text())
        for step in options.get("at", "").split(".") if "at" in options else []:
            found = found[int(step)] if isinstance(found, list) else found[step]
        try:
            same = json.loads(body) == found
        except ValueError as error:
            fail(where, f"is no JSON: {error}")
            return
        if not same:
            fail(where, f"{options['file']} is\n{json.dumps(found, indent=1, ensure_ascii=False)}")

    def block(self, where, language, info, body):
        options = dict(option.split("=", 1) for option in info.split())
        self.count += 1
        if language == "console":
            return self.console(where, body)
        if language == "json" and "file" in options:
            self.json(where, options, body)
        elif language in ("xml", "csv") and "file" in options:
            self.document(where, options, body)
        elif language == "xml" and "from" in options:
            self.fragment(where, options, body)
        else:
            fail(where, f"a block of {language}{info} that is not tested")
        return body

    # ---- tables ----

    def score_one(self, standards, responses, weights=None):
        """Scores a template of these standards (XML) under one section."""
        template = f"""<template xmlns="urn:caseaudit:template:1" id="t" version="1"
            framework="graded-standards" effective-from="1900-01-01" out-of="3"><title>T</title>
            <scale><grade id="a" label="A" score="3" from="1"/><grade id="b" label="B" score="0" from="0"/></scale>
            <answers id="marks" out-of="300">{''.join(f'<answer id="m{i}" label="{i}" score="{i}"/>' for i in range(301))}</answers>
            <section id="s" title="S">{standards}</section></template>"""
        audit = f"""<return xmlns="urn:caseaudit:return:1" id="r" template="t" template-version="1">
            <case ref="c"/><audit date="2199-12-31" auditor="a"/>
            <responses>{responses}</responses></return>"""
        (self.folder / "t.xml").write_text(template)
        (self.folder / "r.xml").write_text(audit)
        status, output = self.run("caseaudit score --format ndjson -t t.xml r.xml 2> /dev/null")
        return json.loads(output)

    def table(self, where, kind, rows):
        for row in rows:
            self.count += 1
            cells = [cell.strip() for cell in row.strip("|").split("|")]
            if kind == "add":
                found, wanted = self.added(cells), cells[2].split()[0]
            elif kind == "mean":
                found, wanted = self.mean(cells), cells[-1].strip("*")
            elif kind.startswith("result "):
                found = self.result(kind.split()[1], cells[0].strip("`"))
                wanted = cells[-1].strip("*`")
            elif kind in STATISTICS:
                found, wanted = STATISTICS[kind](cells), cells
            else:
                fail(where, f"there is no test of tables called {kind}")
                return
            if found != wanted:
                fail(where, f"{row}: found {found}")

    def added(self, cells):
        count, unit = cells[1].split(None, 1)
        unit = unit.replace(" ", "-")
        unit = unit if unit.endswith("s") else unit + "s"
        result = self.score_one(
            f'<standard id="x"><question>?</question><timescale within="{count}" unit="{unit}"/></standard>',
            f'<response standard="x"><start>{cells[0].split()[0]}</start></response>',
        )
        return result["standards"][0]["due"]

    def mean(self, cells):
        pairs = re.findall(r"([\d.]+) × ([\d.]+)", cells[0])
        standards = "".join(
            f'<standard id="x{i}" answers="marks" weight="{weight}"><question>?</question></standard>'
            for i, (weight, score) in enumerate(pairs)
        )
        responses = "".join(
            f'<response standard="x{i}" answer="m{round(float(score) * 100)}"/>'
            for i, (weight, score) in enumerate(pairs)
        )
        return f'{self.score_one(standards, responses)["sections"][0]["score"]:.2f}'

    def result(self, name, key):
        """A value of the result as the pages print it: – for null, two decimals."""
        if name not in self.results:
            command = f"caseaudit score --format ndjson -t visits-file.xml {name} 2> /dev/null"
            output = self.run(command)[1]
            self.results[name] = json.loads(output, parse_float=str)
        result = self.results[name]
        for row in result["standards"] + result["sections"]:
            if row["id"] == key:
                return "–" if row["score"] is None else row["score"]
        value = result.get(key, f"no {key}")
        return "–" if value is None else str(value)

    # ---- a page ----

    def page(self, name):
        path = self.source / "docs" / name
        text = path.read_text()

        def one(match):
            line = text.count("\n", 0, match.start()) + 1
            language, info, body = match.groups()
            body = self.block(f"{name}:{line}", language, info, body)
            return f"```{language}{info}\n{body}```"

        new = FENCE.sub(one, text)
        for match in re.finditer(r"<!-- test: ([\w. -]+) -->\n\|.*\n\|[-|: ]*\n((?:\|.*\n)+)", text):
            line = text.count("\n", 0, match.start()) + 1
            self.table(f"{name}:{line}", match.group(1), match.group(2).splitlines())
        self.links(name, text)
        if self.update and new != text:
            path.write_text(new)

    def links(self, name, text):
        for target, anchor in re.findall(r"\]\(([^)#\s]*)(?:#([^)]*))?\)", text):
            if "://" in target:
                continue
            path = self.source / "docs" / (target or name)
            if not path.exists():
                fail(name, f"the link to {target} leads nowhere")
            elif anchor and anchor not in anchors(path.read_text()):
                fail(name, f"{target or name} has no heading #{anchor}")

    # ---- the messages of template check ----

    def faults(self, listing):
        """Each change to a document gives its message, and the manual tells it."""
        pages = squeezed((self.source / "docs/templates.md").read_text())
        for block in listing.read_text().split("\n\n"):
            lines = [line for line in block.splitlines() if not line.startswith("#")]
            if not lines:
                continue
            name, old, new, message = lines
            new = "" if new == "(nothing)" else new
            base = (self.folder / name).read_text()
            if old not in base:
                fail(listing.name, f"{name} does not hold {old!r}")
                continue
            (self.folder / "changed.xml").write_text(base.replace(old, new, 1))
            status, output = self.run("caseaudit template check changed.xml")
            self.count += 1
            if message not in output:
                fail(listing.name, f"{old} -> {new} gives\n{output}and not: {message}")
            if squeezed(message) not in pages:
                fail(listing.name, f"docs/templates.md does not tell: {message}")


# ---- statistics, read from the page a second time ----


def counts(cell):
    return [int(number) for number in re.findall(r"\d+", cell)]


def wilson(x, n, population=None):
    p, z = x / n, 1.959963984540054
    if population == n:
        return p, p, p
    if population:
        n = n * (population - 1) / (population - n)
    centre, spread = 2 * n * p + z * z, z * math.sqrt(z * z + 4 * n * p * (1 - p))
    return p, (centre - spread) / (2 * (n + z * z)), (centre + spread) / (2 * (n + z * z))


def wilson_row(cells):
    p, low, high = (f"{abs(round(100 * value, 9)):.1f}%" for value in wilson(*counts(cells[0])))
    return [cells[0], p, f"{low} to {high}"]


def change_row(cells):
    (x1, n1), (x2, n2) = counts(cells[0]), counts(cells[1])
    (p1, l1, u1), (p2, l2, u2) = wilson(x1, n1), wilson(x2, n2)
    d = p2 - p1
    low, high = d - math.hypot(p2 - l2, u1 - p1), d + math.hypot(u2 - p2, p1 - l1)
    ways = {k: math.comb(n1, k) * math.comb(n2, x1 + x2 - k)
            for k in range(max(0, x1 + x2 - n2), min(n1, x1 + x2) + 1)}
    p = sum(way if way < ways[x1] else way / 2 for way in ways.values()
            if way <= ways[x1]) / math.comb(n1 + n2, x1 + x2)
    d, low, high = (f"{100 * value:.1f}".replace("-", "−") for value in (d, low, high))
    return [cells[0], cells[1], d, f"{low} to {high}", f"{p:.3f}"]


def runs_row(cells):
    n = int(cells[0])
    below, crossings = math.comb(n - 1, 0), 0
    while below < 0.05 * 2 ** (n - 1):
        crossings += 1
        below += math.comb(n - 1, crossings)
    return [cells[0], str(math.floor(math.log2(n) + 3.5)), str(crossings)]


STATISTICS = {"wilson": wilson_row, "change": change_row, "runs": runs_row}


def anchors(text):
    text = FENCE.sub("", text)
    found = set()
    for heading in re.findall(r"^#+ (.*)$", text, re.M):
        plain = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        found.add(plain)
    return found


# ---- is everything told? ----


def told(manual, page, names, whose):
    """Every name stands in code somewhere on the page."""
    text = (manual.source / "docs" / page).read_text()
    code = " ".join(re.findall(r"`([^`\n]+)`", FENCE.sub("", text)))
    words = set(re.findall(r"[\w-]+", code))
    for name in names:
        manual.count += 1
        if name not in words:
            fail(page, f"{whose} '{name}' is not told")


def schema_names(schema):
    """Names of elements and attributes in an XML schema."""
    pattern = r'<xs:(?:element|attribute)\s+name="([^"]+)"'
    return sorted(set(re.findall(pattern, schema.read_text())))


def json_keys(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "properties":
                yield from value
            yield from json_keys(value)
    elif isinstance(node, list):
        for value in node:
            yield from json_keys(value)


def tell_all(manual):
    schemas = manual.source / "schemas"
    told(manual, "templates.md", schema_names(schemas / "template-1.xsd"), "element or attribute")
    told(manual, "returns.md", schema_names(schemas / "return-1.xsd"), "element or attribute")
    for name in ("result-1", "summary-1"):
        schema = json.loads((schemas / f"{name}.schema.json").read_text())
        told(manual, "results.md", sorted(set(json_keys(schema))), f"key of {name}")
    for framework in ("graded-standards", "permanency", "foster-home-review", "maap"):
        shown = manual.run(f"caseaudit framework show {framework}")[1]
        names = re.findall(r"^  ([a-z][a-z-]+) {2,}", shown, re.M)
        told(manual, "templates.md", [framework, *names], f"of {framework},")
        page = (manual.source / "docs/templates.md").read_text()
        for option, default in re.findall(r"^  ([a-z-]+) .*\(default (\S+)\)$", shown, re.M):
            manual.count += 1
            if not re.search(rf"^\| `{option}` \| `?{default}`? \|", page, re.M):
                fail("templates.md", f"option {option} of {framework} has the default {default}")


def alike(expected, line):
    if expected.endswith("…"):
        return line.startswith(expected[:-1])
    return line == expected


def stands(piece, lines, at):
    return at + len(piece) <= len(lines) and all(map(alike, piece, lines[at:]))


def matches(expected, lines):
    """Do the lines fit, where a line of … stands for any?"""
    pieces = [[]]
    for line in expected:
        if line.strip() == "…":
            pieces.append([])
        else:
            pieces[-1].append(line.rstrip())
    if len(pieces) == 1:
        return len(pieces[0]) == len(lines) and stands(pieces[0], lines, 0)
    if not stands(pieces[0], lines, 0):
        return False
    at = len(pieces[0])
    for piece in pieces[1:-1]:
        while not stands(piece, lines, at):
            at += 1
            if at > len(lines):
                return False
        at += len(piece)
    end = len(lines) - len(pieces[-1])
    return end >= at and stands(pieces[-1], lines, end)


def main():
    source = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        manual = Manual(source, pathlib.Path(folder), "--update" in sys.argv)
        for name in PAGES:
            manual.page(name)
        tell_all(manual)
        manual.faults(source / "tests/docs/faults.txt")
    print(f"{manual.count} examples, {failures} of them wrong")
    return failures != 0


if __name__ == "__main__":
    sys.exit(main())
