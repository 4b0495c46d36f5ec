"""Redo every sum of an explanation with nothing but what it prints, and hold the outcome to
the result object: redo.py CASEAUDIT PLUGIN_DIR SAMPLES ORACLE COUNT

A reader with the explanation and a pocket calculator gets the same figures. Here the reader
is a program: it takes products, sums, quotients, rounding, lowest and median, bands, and the
order of rules from the text alone.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
N = r"(\d+(?:\.\d+)?)"
PRODUCT = re.compile(rf" {{2,}}{N} × +{N} = +{N}$")
ADDED_RIGHT = re.compile(rf" {{2,}}{N} {{3,}}{N}$")
SINGLE = re.compile(rf"(?<=\S) {{2,}}{N}$")
NOT_COUNTED = re.compile(r" {2,}not counted$")
QUOTIENT = re.compile(rf"{N}(?: × (\d+))? ÷ {N} = {N}(…)?(?:, rounded half up to {N})?")
TAKEN = re.compile(rf"; (\d+) − {N} = {N}")
PICKED = re.compile(r"In ascending order: ([\d., ]+)\. (The lowest|The highest|The middle one"
                    r"|Of the two in the middle the lower)(?: \(median\))? counts"
                    rf"(?: \(median\))?: {N},")
BAND = re.compile(rf"\b{N} is '[^;]*?': {N} or more(?:, and under the {N} of )?")
SAYS = re.compile(rf"(?:scores {N}|full marks, (\d+)|which the template scores {N})(?=$|\. )")
DAY = r"(\d+ [A-Z][a-z]+ \d{4})"
LATE = re.compile(rf"(?:in time|(\d+) days? late); due by {DAY}(?: \((\d+) (working day|day|week"
                  rf"|month|year)s? from {DAY}\))?, done on {DAY}")
KEPT = re.compile(r"kept (\d+) of (\d+) times, every ((?:(?!kept \d+ of).)*)")
GAP = re.compile(rf"after {DAY} due by {DAY}, (done on|and not by) {DAY}")


class Wrong(AssertionError):
    pass


def check(condition, *what):
    if not condition:
        raise Wrong(" ".join(map(str, what)))


def half_up(value):
    return value.quantize(CENT, ROUND_HALF_UP)


def last_number(quotient):
    """Of a quotient as printed: the figure it comes to."""
    return Decimal(quotient[5] or quotient[3])


def redo_quotients(text):
    """Every a × F ÷ b and a ÷ b; returns how many."""
    count = 0
    for found in QUOTIENT.finditer(text):
        a, f, b, shown, cut, rounded = found.groups()
        exact = Decimal(a) * Decimal(f or 1) / Decimal(b)
        if cut:
            check(str(exact).startswith(shown), found[0], "should begin", exact)
        else:
            check(exact == Decimal(shown), found[0], "should be", exact)
        check(half_up(exact) == Decimal(rounded or shown), found[0], "rounds to", half_up(exact))
        count += 1
    for found in TAKEN.finditer(text):
        full, less, left = map(Decimal, found.groups())
        check(full - less == left, found[0])
        count += 1
    return count


def day(text):
    return datetime.strptime(text, "%d %B %Y").date()


def redo_dates(text):
    """Timescales and frequencies: days late, what was due, and how many gaps were too long."""
    count = 0
    for late, due, n, unit, start, done in LATE.findall(text):
        check((day(done) - day(due)).days == int(late) if late else day(done) <= day(due), due,
              done, late)
        if unit in ("day", "week"):
            check(day(start) + timedelta(int(n) * (7 if unit == "week" else 1)) == day(due),
                  n, unit, start, due)
        count += 1
    for kept, gaps, rest in KEPT.findall(text):
        broken = GAP.findall(rest.split(" Not kept:", 1)[-1]) if " Not kept:" in rest else []
        check(len(broken) == int(gaps) - int(kept), kept, gaps, rest)
        for last, due, how, end in broken:
            check(day(last) < day(due) < day(end), last, due, how, end)
        count += 1
    return count


def score_said(text):
    """The score that a standard's own line comes to, or None where it only names an answer."""
    text = text.split(" Changed by the moderator")[0]
    taken = list(TAKEN.finditer(text))
    if taken:
        return Decimal(taken[-1][3])
    quotients = list(QUOTIENT.finditer(text))
    if quotients:
        return last_number(quotients[-1].groups())
    said = list(SAYS.finditer(text.rstrip(".")))
    return Decimal(next(g for g in said[-1].groups() if g)) if said else None


class Table:
    """One table: rows of what counts, and what they come to."""

    def __init__(self):
        self.rows = []  # [text, weight or None, score]
        self.added = None
        self.below = []

    def result(self):
        """The score the table comes to, redone; None without one."""
        for text, weight, score in self.rows:
            said = score_said(text)
            check(said is None or said == score, text, "comes to", said, "and counts as", score)
        return self.mean() if self.added else self.picked()

    def mean(self):
        weights = sum(Decimal(w) for _, w, _ in self.rows)
        products = sum(Decimal(w) * s for _, w, s in self.rows)
        check((weights, products) == self.added, "added up:", self.added, "redone:", weights,
              products)
        mean = re.match(r"Mean: " + QUOTIENT.pattern, self.below[0])
        check(mean, "no mean below the table:", self.below)
        check(Decimal(mean[1]) == products and Decimal(mean[3]) == weights, mean[0])
        return last_number(mean.groups())

    def picked(self):
        check(self.below, "nothing below a table of", self.rows)
        found = PICKED.match(self.below[0])
        check(found, "nothing picked below the table:", self.below)
        order = sorted(s for _, _, s in self.rows)
        check([Decimal(x) for x in found[1].split(", ")] == order, found[0], order)
        n = len(order)
        which = {"The lowest": 0, "The highest": n - 1}.get(found[2], (n - 1) // 2)
        check((found[2] == "The middle one") == (n % 2 == 1) or found[2] in
              ("The lowest", "The highest"), found[0])
        check(Decimal(found[3]) == order[which], found[0], order)
        return order[which]


def paragraphs(lines):
    """(text, right column) of each row or paragraph: what is indented further goes on."""
    found, indent = [], None
    for line in lines:
        right = ""
        for pattern in (PRODUCT, ADDED_RIGHT, NOT_COUNTED, SINGLE):
            at = pattern.search(line)
            if at:
                line, right = line[:at.start()], at[0].strip()
                break
        deep = len(line) - len(line.lstrip())
        if found and not right and indent is not None and deep == indent + 2 and \
                not found[-1][1].endswith("score"):
            found[-1][0] += " " + line.strip()
        elif re.fullmatch(r" *(weight × )?score", line):
            found.append(["", "score"])
            indent = None
        else:
            found.append([line.strip(), right])
            indent = deep
    return found


def tables(lines):
    """The tables among these lines, in order, and all the lines as one text."""
    found, table, texts = [], None, []
    for text, right in paragraphs(lines):
        product, added = PRODUCT.search("  " + right), ADDED_RIGHT.search("  " + right)
        if right == "score":
            table = Table()
            found.append(table)
        elif table and not table.below and text.startswith("Weights and products added up:"):
            table.added = Decimal(added[1]), Decimal(added[2])
        elif table and product:
            weight, score, shown = product.groups()
            check(Decimal(weight) * Decimal(score) == Decimal(shown), text, right)
            table.rows.append((text, weight, Decimal(score)))
        elif table and not table.below and re.fullmatch(N, right):
            table.rows.append((text, None, Decimal(right)))
        elif table and text.startswith(("Mean: ", "In ascending order: ")):
            table.below.append(text)
        texts.append(text)
    return found, " ".join(texts)


def redo_section(lines):
    """All sums of one section; how many there were, and what its tables come to."""
    found, text = tables(lines)
    results = [t.result() for t in found]
    for band in BAND.finditer(text):
        score, least, under = band.groups()
        check(Decimal(least) <= Decimal(score), band[0])
        check(under is None or Decimal(score) < Decimal(under), band[0])
    return redo_quotients(text) + redo_dates(text) + sum(len(t.rows) for t in found), results, text


def parts(explanation):
    """(heading, lines) of each part; a heading that was wrapped is joined."""
    found = []
    for block in explanation.split("\n\n"):
        lines = block.split("\n")
        heading = lines.pop(0)
        while lines and "(" in heading and ")" not in heading:
            heading += " " + lines.pop(0).strip()
        found.append((heading, lines))
    return found


def titles(template):
    """Section ids by title, in the template's order; its grades' labels."""
    from xml.etree import ElementTree
    name = "{urn:caseaudit:template:1}"
    root = ElementTree.parse(template).getroot()
    sections = [(" ".join(s.get("title").split()), s.get("id")) for s in root.iter(name + "section")]
    grades = {g.get("id"): " ".join(g.get("label").split()) for g in root.iter(name + "grade")}
    return sections, grades


def redo(explanation, result, sections, grades):
    """One explanation against its result object; returns how many sums were redone."""
    joint = {s["id"]: s for s in result["sections"] if s["agency"] is None}
    unique = {t: i for t, i in sections if [x for x, _ in sections].count(t) == 1}
    count, final, whole = 0, "WITH THE MODERATOR'S CHANGES" not in explanation, None
    for heading, lines in parts(explanation):
        if heading.startswith("WITH THE MODERATOR'S"):
            final = True
        sums, results, text = redo_section(lines)
        count += sums
        title = re.sub(r"(, part of .*)? \([^()]*\)$", "", heading)
        if final and not result["agencies"] and title in unique and "(" in heading:
            section = joint[unique[title]]
            capped = re.search(r"the one of that grade, ([\d.]+)\.", text)
            redone = Decimal(capped[1]) if capped else (results or [None])[-1]
            check(number(section["score"]) == redone, heading, section["score"], redone)
            count += 1
        if final and heading == "The whole" and result["score"] is not None:
            whole = results[-1]
            check(number(result["score"]) == whole, "overall:", result["score"], whole)
        if heading == "The grade":
            label = grades.get(result["grade"], "no grade")
            check(text.endswith(f"Grade: {label}."), "grade:", text[-80:], label)
    check(result["score"] is None or whole is not None, "no overall sum")
    return count


def number(value):
    return None if value is None else Decimal(str(value)).quantize(CENT)


def run(caseaudit, template, folder):
    """(result object, explanation) of each scored return in the folder."""
    command = caseaudit + ["score", "--allow-incomplete", "-t", str(template)]
    objects = subprocess.run(command + ["--format", "ndjson", str(folder)], capture_output=True,
                             text=True, check=False).stdout
    text = subprocess.run(command + ["--explain", str(folder)], capture_output=True, text=True,
                          check=False).stdout
    for line in objects.splitlines():
        result = json.loads(line)
        if result["status"] == "rejected":
            continue
        begin = text.index(f"\n\nHow this grade came about\n") + 2
        end = text.find("\n\nHow this grade came about\n", begin)
        explanation = text[begin:] if end < 0 else text[begin:end]
        text = text[begin + 10:]
        yield result, explanation


def main():
    caseaudit, plugins, samples, oracle, count = sys.argv[1:]
    caseaudit = [caseaudit, "--plugin-dir", plugins]
    sys.path.insert(0, oracle)
    import generate

    work = []
    for folder in sorted(pathlib.Path(samples, "returns").iterdir()):
        first = next(folder.glob("*.xml")).read_text()
        template = re.search(r'template="([^"]*)"', first)[1]
        work.append((pathlib.Path(samples, "templates", template + ".xml"), folder))
    passed = failed = sums = 0
    with tempfile.TemporaryDirectory() as scratch:
        for seed in range(int(count)):
            folder = pathlib.Path(scratch, str(seed))
            template, _ = generate.generate(seed, folder, count=6, noise=0.0)
            work.append((template, folder / "returns"))
        for template, folder in work:
            sections, grades = titles(template)
            for result, explanation in run(caseaudit, template, folder):
                try:
                    sums += redo(explanation, result, sections, grades)
                    passed += 1
                except (Wrong, AttributeError, IndexError, TypeError) as wrong:
                    failed += 1
                    print(f"{template} {result['file']}: {type(wrong).__name__}: {wrong}")
    print(f"{sums} sums redone in {passed} explanations, {failed} failed")
    return 1 if failed or not passed or sums < 10 * passed else 0


if __name__ == "__main__":
    sys.exit(main())
