"""Public summaries of random stores in every format, attacked: what follows from one of them?

attack.py CASEAUDIT PLUGINS SAMPLES SCRATCH STORES [SEED]

Of each store there is one summary by itself, one by groups and one by groups that are crossed.
What the JSON, the CSV, the page and the spreadsheet tell is put together; what is printed in one
is known, whatever another withholds. The rest is whole numbers that add up (attack_links.py), and
no withheld count may have one value only (attack_integers.py). Nothing is taken from the code that
withholds.

What is not decided within so many steps (never seconds) is no leak, but nothing is said of it either: its
share is told, and is a failure where it is more than one in a hundred.

The tests take a few stores. The full count is one of a thousand, in an hour or less by itself:

    cd build; mkdir /tmp/attack; export LD_LIBRARY_PATH=.libs
    python3 -B ../tests/report/attack.py .libs/caseaudit plugins/.libs ../samples /tmp/attack 1000
"""

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
        self.truth = {cell: value for _, facts in attack_facts.sources(
            truth, self.make("csv"), self.make("html"), None) for cell, value in facts
            if isinstance(cell[1], tuple)}
        page = self.make("html", self.public)
        book = program.scratch / "book.xlsx"
        self.make("xlsx", self.public + ["-o", str(book)])
        self.shown, self.leaks, bars = attack_facts.together(attack_facts.sources(
            shown, self.make("csv", self.public), page, book))
        attack_facts.check_truth(self.shown, self.truth)
        self.leaks += attack_facts.leaks_of_bars(bars, self.shown, threshold)
        self.leaks += attack_facts.leaks_in_words(shown, page, self.shown)
        self.leaks += attack_facts.charts_unexplained(page, False)

    def make(self, form, words=()):
        return self.program.run(self.place, "summary", *self.words, *words, "--format", form)

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
          "%d (%.2f%%) were not decided" % (stores, summaries, withheld, shown, leaks, undecided,
                                           100 * undecided / max(withheld, 1)))
    if undecided * 100 > withheld:
        print("That is too many to say that nothing follows.")
    sys.exit(leaks > 0 or undecided * 100 > withheld)


main()
