"""Public summaries of random stores in every format, attacked: what follows from one of them?

attack.py CASEAUDIT PLUGINS SAMPLES SCRATCH STORES [SEED]

Of each store there is one summary by itself, one by groups and one by groups that are crossed.
What the JSON, the CSV, the page and the spreadsheet tell is put together; what is printed in one
is known, whatever another withholds. The rest is whole numbers that add up (attack_links.py), and
no withheld count may have one value only (attack_integers.py). Nothing is taken from the code that
withholds.
"""

import csv
import io
import json
import pathlib
import random
import re
import subprocess
import sys

import attack_facts
import attack_integers
import attack_links

KINDS = {
    "permanency-file": ("permanency-*", ["team", "brothers-sisters", "route"]),
    "maap-transitions": ("maap-transitions", []),
    "macfa-domestic-abuse": ("macfa-*", []),
    "child-in-need-file": ("child-in-need", []),
}
PERIODS = [["--period", "2023-24"], ["--period", "2023-24 Q2"],
           ["--period", "2023-07-01..2024-03-31"],
           ["--periods", "2023-24 Q1..2023-24 Q3"],
           ["--period", "2023-24 Q3", "--compare", "2023-24 Q1"]]


class Program:
    def __init__(self, program, plugins, scratch):
        self.command = [program, "--plugin-dir", plugins, "--quiet"]
        self.scratch = scratch

    def run(self, store, *words):
        done = subprocess.run(self.command + ["--store", "sqlite:%s" % store] + list(words),
                              capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit("%s\n%s" % (" ".join(words), done.stderr[-2000:]))
        return done.stdout


def closed_lists(template):
    """Attributes with a closed list, and their values."""
    found = {}
    for name, body in re.findall(r'<attribute id="([^"]*)"[^>]*[^/]>(.*?)</attribute>', template,
                                 re.S):
        values = re.findall(r'<value id="([^"]*)"', body)
        if values:
            found[name] = values
    return found


def change(dice, text, number, lists, grades):
    """A return as another audit might have it: who, when, which group, how good."""
    text = re.sub(r' id="[^"]*"', ' id="FICTION-A%03d"' % number, text, count=1)
    # Others decide which standards apply.
    teams = lists.get("team", [""])
    text = re.sub(r'(<attribute id="team">)[^<]*',
                  lambda match: match[1] + dice.choice(teams + teams[:1] * 2), text)
    if dice.random() < 0.7:
        text = re.sub(r'(<judgement grade=")[^"]*', lambda match: match[1] + dice.choice(grades),
                      text)
        text = re.sub(r'<moderation.*?</moderation>|<moderation[^>]*/>', '', text, flags=re.S) \
            if dice.random() < 0.5 or '<moderation outcome' not in text else text
    return text


def fill(program, samples, place, dice, template):
    """A store of random audits; the attributes that it can be grouped by."""
    folder, pattern = program.scratch / "returns", KINDS[template][0]
    source = (samples / "templates" / (template + ".xml")).read_text()
    lists = closed_lists(source)
    texts = [p.read_text() for p in sorted(samples.glob("returns/%s/*.xml" % pattern))]
    for old in folder.glob("*"):
        old.unlink()
    folder.mkdir(exist_ok=True)
    grades = dice.choice([["good", "requires-improvement"],
                          ["outstanding", "good", "good", "requires-improvement", "inadequate"]])
    count = dice.choice([6, 15, 30, 60, 90])
    for number in range(count):
        text = dice.choice(texts)
        (folder / ("%d.xml" % number)).write_text(change(dice, text, number, lists, grades))
    program.run(place, "store", "init")
    program.run(place, "template", "load", str(samples / "templates" / (template + ".xml")))
    program.run(place, "record", str(folder))
    return list(lists)


class Summary:
    """One public summary and what is true, in every format."""

    def __init__(self, program, place, words, threshold):
        self.program, self.place, self.words = program, place, words
        self.public = ["--audience", "public", "--threshold", str(threshold)]
        shown = json.loads(self.make("json", self.public))
        truth = json.loads(self.make("json"))
        if [(p["id"], p["group"]) for p in shown["periods"]] != \
                [(p["id"], p["group"]) for p in truth["periods"]]:
            sys.exit("the public is shown other rows")
        self.scale, self.threshold = shown["scale"], threshold
        self.shown, self.leaks = {}, []
        self.truth = self.facts(truth, self.csv(), self.make("html"), None)
        page = self.make("html", self.public)
        book = program.scratch / "book.xlsx"
        self.make("xlsx", self.public + ["-o", str(book)])
        self.facts_of(shown, self.csv(self.public), page, book)
        self.check_words(shown, page)

    def make(self, form, words=()):
        return self.program.run(self.place, "summary", *self.words, *words, "--format", form)

    def csv(self, words=()):
        text = self.make("csv", words).removeprefix("\ufeff")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    @staticmethod
    def sources(summary, rows, page, book):
        by = summary["group_by"]
        labels = {(row["part"], row["item"]): row["label"] for row in rows}
        names = attack_facts.Names(summary, labels)
        groups = [tuple(row[name] for name in by) for row in rows
                  if row["part"] == "audits" and row["figure"] == "audits"]
        headings = re.search(r"<table id=t-groups.*?</thead>", page, re.S)
        headings = re.findall(r"<th scope=col[^>]*>([^<]*)", headings[0])[1:1 + len(by)] \
            if headings else []
        yield "JSON", attack_facts.of_json(summary, groups)
        yield "CSV", attack_facts.of_csv(rows, by)
        yield "page", attack_facts.of_html(page, names, headings)
        if book is not None:
            yield "spreadsheet", attack_facts.of_xlsx(book, names, by, headings)

    def facts(self, *sources):
        found = {}
        for _, facts in self.sources(*sources):
            found.update((cell, value) for cell, value in facts if isinstance(cell[1], tuple))
        return found

    def facts_of(self, *sources):
        """What all formats together show; who tells what another withholds is a leak."""
        first, self.bars = {}, []
        for form, facts in self.sources(*sources):
            for cell, value in facts:
                if not isinstance(cell[1], tuple):
                    self.bars.append(cell)
                    continue
                known = self.shown.get(cell)
                if known is not None and known != value and \
                        attack_facts.WITHHELD not in (known, value):
                    sys.exit("%s says %s of %s, not %s" % (form, value, cell, known))
                if attack_facts.WITHHELD in (known, value) and known not in (None, value):
                    self.leaks.append("%s: %s in %s, %s in %s" % (cell, known, first[cell], value,
                                                                  form))
                if known in (None, attack_facts.WITHHELD):
                    self.shown[cell], first[cell] = value, form
        for cell, value in self.shown.items():
            if value != attack_facts.WITHHELD and self.truth.get(cell, value) != value:
                sys.exit("%s is %s and not %s" % (cell, self.truth[cell], value))
        self.check_bars()

    def check_bars(self):
        """A bar of two parts shows the headline: it has to stand in words, too."""
        numbers = set(self.shown.values())
        for bar in self.bars:
            if bar[0] != "bar":
                self.leaks.append("%s: %s" % bar)
            elif bar[4] > 2 or bar[2] not in numbers or (bar[3] - bar[2]) in range(
                    1, self.threshold + 1) or bar[2] in range(1, self.threshold + 1):
                self.leaks.append("a bar: %s" % (bar,))

    def check_words(self, shown, page):
        """Every n of N in a sentence stands in a table, too."""
        counts = {value for value in self.shown.values() if value != attack_facts.WITHHELD}
        counts |= {p["population"] for p in shown["periods"]} | {19, 20}  # times out of 20
        words = " ".join([*shown["answer"], *shown["notes"], shown["brief"]["verdict"],
                          *shown["brief"]["decisions"], shown["brief"]["overdue"] or ""])
        text = re.sub(r"<[^>]*>", "", page)
        for count, of in re.findall(r"(\d+) of (\d+)", words + " " + text):
            if not {int(count), int(of)} <= counts:
                self.leaks.append("%s of %s in words" % (count, of))

    def attack(self, dice):
        """What is recovered, what was not decided, and how many counts are withheld."""
        reading = attack_links.Reading(self.shown, self.truth, self.threshold, self.scale)
        told, unsure = attack_integers.recovered(reading.numbers, reading.secrets,
                                                 reading.exchanges, dice)
        names, truth = reading.numbers.names, reading.numbers.truth
        return ([*self.leaks, *("%s is %d" % (names[n], truth[n]) for n in told)],
                ["%s is %d?" % (names[n], truth[n]) for n in unsure], len(reading.secrets),
                len(self.shown))


def questions(dice, attributes):
    """By itself, by groups, and by groups that are crossed."""
    yield []
    if attributes:
        yield ["--by", dice.choice(attributes)]
    if len(attributes) > 1:
        one, other = dice.sample(attributes, 2)
        yield ["--by", one, "--by", other]


def main():
    program, plugins, samples, scratch, stores = sys.argv[1:6]
    seed = int(sys.argv[6]) if len(sys.argv) > 6 else 1
    program = Program(program, plugins, pathlib.Path(scratch))
    withheld = shown = summaries = 0
    leaks, undecided = 0, 0
    for number in range(seed, seed + int(stores)):
        dice = random.Random(number)
        template = dice.choice(list(KINDS)[:1] + list(KINDS))
        place = program.scratch / ("store-%d.db" % number)
        attributes = fill(program, pathlib.Path(samples), place, dice, template)
        period, threshold = dice.choice(PERIODS), dice.choice([2, 3, 5, 5, 5, 8])
        for by in questions(dice, attributes):
            words = ["--template", template, *period, *by]
            told, unsure, secrets, places = Summary(program, place, words, threshold).attack(dice)
            withheld, shown, summaries = withheld + secrets, shown + places - secrets, summaries + 1
            leaks, undecided = leaks + len(told), undecided + len(unsure)
            for line in told[:5] + unsure[:2]:
                print("store %d, threshold %d, %s: %s" % (number, threshold, " ".join(words), line),
                      flush=True)
        for left in program.scratch.glob("store-%d.db*" % number):
            left.unlink()
    print("%s stores, %d summaries, %d counts withheld, %d shown: %d can be worked out, "
          "%d were not decided" % (stores, summaries, withheld, shown, leaks, undecided))
    sys.exit(leaks > 0 or undecided * 1000 > withheld)


main()
