"""Sequences of publications, attacked: what follows from all of them together?

publications.py CASEAUDIT PLUGINS SAMPLES SCRATCH SEQUENCES [SEED]

Each sequence is a store that audits arrive in, are corrected in and are withdrawn from, and of which
public summaries are published: periods that overlap, groups of several kinds, several thresholds. The attacker is
told more than any reader is: which audits are in which row, though not what is in them. They know
that counts are whole and not negative, that grades add up, and that a row is the sum of the audits
in it. What each publication tells in any format is put together. Then they read the months, too, each as a
row of its own; but that nothing was in a month of a group, or came since, they are not told. Nothing here is
taken from the code that withholds.

The tests take a few sequences. The full count is one of two hundred: see attack.py, with
`publications.py .libs/caseaudit plugins/.libs ../samples /tmp/attack 200`.

Nothing withheld may follow, unless it followed from earlier publications (made with a smaller
threshold); and no small difference of two rows of which one contains the other.
"""

import json
import pathlib
import random
import re
import subprocess
import sys

import attack_facts

PRIME = (1 << 61) - 1
GRADES = ["outstanding", "good", "requires-improvement", "inadequate"]
PERIODS = {"2023-24 Q1": ("2023-04-01", "2023-06-30"), "2023-24 Q2": ("2023-07-01", "2023-09-30"),
           "2023-24 Q3": ("2023-10-01", "2023-12-31"), "2023-24": ("2023-04-01", "2024-03-31"),
           "2023-04-01..2023-09-30": ("2023-04-01", "2023-09-30"),
           "2023-05": ("2023-05-01", "2023-05-31")}
SIBLINGS = ["together", "apart", "none"]
TEAMS = ["north", "central", "south", "children-in-care"]


class Store:
    def __init__(self, program, plugins, place):
        self.program, self.plugins, self.place = program, plugins, place
        self.command = [program, "--plugin-dir", plugins, "--quiet", "--store", "sqlite:%s" % place]

    def copy(self, place):
        for left in place.parent.glob(place.name + "*"):
            left.unlink()
        self.run("store", "backup", str(place))
        return Store(self.program, self.plugins, place)

    def run(self, *words, refusal=None):
        done = subprocess.run(self.command + list(words), capture_output=True, text=True)
        if refusal is not None and done.returncode == 2 and refusal in done.stderr:
            return None
        if done.returncode != 0:
            sys.exit("%s\n%s" % (" ".join(words), done.stderr[-2000:]))
        return done.stdout


class Audit:
    def __init__(self, number, text):
        self.id, self.revision = "FICTION-A%03d" % number, 0
        self.text = re.sub(r' id="PF-[^"]*"', ' id="%s"' % self.id, text, count=1)
        self.day = re.search(r'<audit date="([^"]*)"', text)[1]

    def change(self, dice):
        """Another team and another grade, as a correction has."""
        self.revision += 1
        self.text = re.sub(r'(id="team">)[^<]*', r'\g<1>%s' % dice.choice(TEAMS), self.text)
        self.text = re.sub(r'(<judgement grade=")[^"]*', r'\g<1>%s' % dice.choice(
            GRADES[:1] + 3 * GRADES[1:3] + GRADES[3:]), self.text)
        self.text = re.sub(r'<moderation.*?</moderation>', '', self.text, flags=re.S)

    def attribute(self, name):
        return re.search(r'id="%s">([^<]*)' % name, self.text)[1]


def counts_of(facts, key):
    """All counts of a row by their place; a withheld one is "c"."""
    found = {(of, item): value for (row, (of, item)), value in facts.items()
             if row == key and of.split()[0] in ("all", "section", "measure", "limit") and
             item != "history"}
    for of in {of for of, _ in found if of.startswith("section")}:
        found[of, "audits"] = found["all", "audits"]
    return found


def all_of(counts):
    return {place: value for place, value in counts.items() if place[0] == "all"}


def month_of(facts, key, month):
    """The same of a month in it, whose figures mean what those of a row do."""
    return {("all", item): value for (row, (of, item)), value in facts.items()
            if row == key and of == "month " + month}


# Of each kind of block, what adds up to what.
def sums_of(block):
    if block != "all" and not block.startswith("section"):
        return []
    return [(["audits"], ["graded", "not_graded"]), (["graded"], GRADES),
            (["positive"], GRADES[:2])]


class Row:
    """A row of a publication: what is in it, what it shows, and what is true."""

    def __init__(self, publication, threshold, members, shown, truth, month=False):
        self.publication, self.threshold, self.members = publication, threshold, members
        self.shown, self.truth, self.month = shown, truth, month


def nobody(number, period, by, group, month):
    """Audits that there might be in a row, or have come before each publication, for all that
    somebody knows who has not been told in which months there are none."""
    first, last = PERIODS[period]
    months = [month] if month else ["%d-%02d" % (2023 + m // 12, m % 12 + 1) for m in range(3, 15)]
    return {(before, m, team, siblings) for before in range(number + 1) for m in months
            if first[:7] <= m <= last[:7] for team in TEAMS for siblings in SIBLINGS
            if not group or group[by] == {"team": team, "brothers-sisters": siblings}[by]}


class Knowledge:
    """Equations over (atom, item), solved as they come."""

    def __init__(self):
        self.solved = {}  # leading unknown: (the others, value)

    def reduce(self, terms, value):
        terms, open_terms = dict(terms), {}
        while terms:
            lead, factor = terms.popitem()
            if lead not in self.solved:
                open_terms[lead] = factor
                continue
            others, known = self.solved[lead]
            value = (value - factor * known) % PRIME
            for unknown, f in others.items():
                target = open_terms if unknown in open_terms else terms
                left = (target.get(unknown, 0) - factor * f) % PRIME
                if left:
                    target[unknown] = left
                else:
                    target.pop(unknown, None)
        return open_terms, value

    def learn(self, terms, value):
        terms, value = self.reduce(terms, value % PRIME)
        if not terms:
            return
        lead = next(iter(terms))
        inverse = pow(terms.pop(lead), PRIME - 2, PRIME)
        terms = {u: f * inverse % PRIME for u, f in terms.items()}
        value = value * inverse % PRIME
        for other, (rest, known) in list(self.solved.items()):
            factor = rest.pop(lead, 0)
            if factor:
                for u, f in terms.items():
                    left = (rest.get(u, 0) - factor * f) % PRIME
                    if left:
                        rest[u] = left
                    else:
                        rest.pop(u, None)
                self.solved[other] = (rest, (known - factor * value) % PRIME)
        self.solved[lead] = (terms, value)

    def tells(self, terms):
        """The value of a sum, or None."""
        left, value = self.reduce(terms, 0)
        return None if left else -value % PRIME


class Bounds:
    """What each unknown can be, by every equation, again until nothing changes."""

    def __init__(self):
        self.equations, self.low, self.high = [], {}, {}

    def learn(self, positive, negative, value):
        self.equations.append((positive, negative, value))
        for unknown in positive + negative:
            self.low.setdefault(unknown, 0)
            self.high.setdefault(unknown, 10 ** 6)

    def narrow(self):
        for _ in range(30):
            news = False
            for positive, negative, value in self.equations:
                news |= self.narrow_one(positive, negative, value)
            if not news:
                return

    def narrow_one(self, positive, negative, value):
        """positive - negative = value"""
        low, high, news = self.low, self.high, False
        least = sum(low[u] for u in positive) - sum(high[u] for u in negative)
        most = sum(high[u] for u in positive) - sum(low[u] for u in negative)
        for u in positive:
            a, b = low[u], high[u]
            low[u], high[u] = max(a, value - (most - b)), min(b, value - (least - a))
            least, most = least + low[u] - a, most + high[u] - b
            news |= (a, b) != (low[u], high[u])
        for u in negative:
            a, b = low[u], high[u]
            low[u], high[u] = max(a, least + b - value), min(b, most + a - value)
            least, most = least + b - high[u], most + a - low[u]
            news |= (a, b) != (low[u], high[u])
        return news

    def tells(self, unknowns):
        low = sum(self.low.get(u, 0) for u in unknowns)
        high = sum(self.high.get(u, 10 ** 6) for u in unknowns)
        return low if low == high else None


def atoms_of(rows):
    """Sets of audits that all rows treat alike, by row: the smallest things that can be told."""
    signature = {}
    for i, row in enumerate(rows):
        for member in row.members:
            signature.setdefault(member, []).append(i)
    numbers = {}
    atoms = [set() for _ in rows]
    for where in signature.values():
        number = numbers.setdefault(tuple(where), len(numbers))
        for i in where:
            atoms[i].add(number)
    return atoms, len(numbers)


def learn_block(block, rows, atoms, count):
    items = {item for row in rows for of, item in row.shown if of == block}
    algebra, bounds = Knowledge(), Bounds()
    for total, parts in sums_of(block):
        for atom in range(count):
            positive = [(atom, item) for item in total]
            negative = [(atom, item) for item in parts]
            algebra.learn({**{u: 1 for u in positive}, **{u: PRIME - 1 for u in negative}}, 0)
            bounds.learn(positive, negative, 0)
    for row, inside in zip(rows, atoms):
        for item in items:
            value = row.shown.get((block, item), "c")
            if value != "c":
                unknowns = [(atom, item) for atom in sorted(inside)]
                algebra.learn({u: 1 for u in unknowns}, value)
                bounds.learn(unknowns, [], value)
    bounds.narrow()
    return lambda unknowns: (algebra.tells({u: 1 for u in unknowns})
                             if bounds.tells(unknowns) is None else bounds.tells(unknowns))


def is_next(rows, atoms, i, k):
    """Whether row k is in row i of another publication, and no row beside k that has it is: what is
    left of a total beside one group stands in one publication already."""
    return rows[i].publication != rows[k].publication and atoms[k] and atoms[k] < atoms[i] and \
        not any(rows[j].publication == rows[k].publication and atoms[k] < atoms[j] <= atoms[i]
                for j in range(len(rows)))


def leaks_of(rows):
    """What follows from all rows: of what was withheld, and of small differences."""
    atoms, count = atoms_of(rows)
    blocks = sorted({of for row in rows for of, _ in row.shown})
    last, leaks = max(row.publication for row in rows), set()
    for block in blocks:
        tells = learn_block(block, rows, atoms, count)
        for i, row in enumerate(rows):
            for (of, item), shown in row.shown.items():
                truth = row.truth.get((of, item), 0)
                if of != block or shown != "c" or truth == 0 or not row.members:
                    continue
                found = tells([(atom, item) for atom in sorted(atoms[i])])
                if found == truth:
                    leaks.add(("withheld", i, block, item, truth, row.publication))
            for k, other in enumerate(rows):
                if not is_next(rows, atoms, i, k) or \
                        last not in (row.publication, other.publication):
                    continue
                for (of, item) in row.shown:
                    if of == block:
                        found = tells([(atom, item) for atom in sorted(atoms[i] - atoms[k])])
                        threshold = row.threshold if i > k else other.threshold
                        if found is not None and 1 <= found <= threshold:
                            leaks.add(("difference", (i, k), block, item, found, last))
    return leaks


def ask(dice, number):
    period = dice.choice(list(PERIODS)[:4] if number < 4 else list(PERIODS))
    by = dice.choice([None, None, "team", "brothers-sisters"])
    return period, by, dice.choice([2, 2, 3, 5])


def publish(store, audits, question, number, scratch):
    """The rows that are published, and what one format tells and another withholds."""
    period, by, threshold = question
    words = ["summary", "--period", period] + (["--by", by] if by else [])
    truth = json.loads(store.run(*words, "--format", "json"))
    public = words + ["--audience", "public", "--threshold", str(threshold)]
    made = {}
    for form in ("csv", "html", "xlsx", "json"):
        # A format is chosen once: the others are published from a copy of the store.
        one = store if form == "json" else store.copy(scratch / "copy.db")
        book = ["-o", str(scratch / "book.xlsx")] if form == "xlsx" else []
        made[form] = one.run(*public, "--format", form, *book, "--publish", "No. %d" % number,
                             refusal="everything in it is withheld")
    if made["json"] is None:
        return [], []
    shown = json.loads(made["json"])
    facts, leaks, bars = attack_facts.together(
        attack_facts.sources(shown, made["csv"], made["html"], scratch / "book.xlsx"))
    true_facts, _, _ = attack_facts.together(attack_facts.sources(
        truth, store.run(*words, "--format", "csv"), store.run(*words, "--format", "html"), None))
    attack_facts.check_truth(facts, true_facts)
    leaks += attack_facts.leaks_of_bars(bars, facts, threshold)
    leaks += attack_facts.leaks_in_words(shown, made["html"], facts)
    leaks += attack_facts.charts_unexplained(made["html"], any(
        "Some figures are withheld because" in note for note in shown["notes"]))
    names = attack_facts.groups_of(attack_facts.csv_rows(made["csv"]), shown["group_by"])
    rows = []
    for p, name in zip(shown["periods"], names):
        key, members = attack_facts.row_of(p, name), members_of(audits, period, by, p["group"])
        true = counts_of(true_facts, key)
        if true["all", "audits"] != len(members):
            sys.exit("there are %d audits, not %d" % (true["all", "audits"], len(members)))
        ids = frozenset((x.id, x.revision) for x in members)
        rows.append(Row(number, threshold, ids, counts_of(facts, key), true))
        ids |= nobody(number, period, by, p["group"], None)
        rows.append(Row(number, threshold, ids, all_of(counts_of(facts, key)), all_of(true), True))
        for month in sorted({of.split()[1] for row, (of, _) in facts
                             if row == key and of.startswith("month")}):
            ids = frozenset((x.id, x.revision) for x in members if x.day.startswith(month))
            rows.append(Row(number, threshold, ids | nobody(number, period, by, p["group"], month),
                            month_of(facts, key, month), month_of(true_facts, key, month), True))
    return rows, leaks


def members_of(audits, period, by, group):
    first, last = PERIODS[period]
    return [x for x in audits
            if first <= x.day <= last and (not group or x.attribute(by) == group[by])]


def sequence(dice, store, samples, scratch):
    """One store; its rows as they were published, and what leaked."""
    texts = [p.read_text() for p in sorted(samples.glob("returns/permanency-*/*.xml"))]
    dice.shuffle(texts)
    waiting = [Audit(i, text) for i, text in enumerate(texts)]
    for audit in waiting:
        audit.change(dice)
    audits, rows, known = [], [], {False: set(), True: set()}
    store.run("store", "init")
    store.run("template", "load", str(samples / "templates" / "permanency-file.xml"))
    for number in range(dice.randint(6, 9)):
        arrived = waiting[:70 if number == 0 else dice.choice([0, 0, 1, 4, 12])]
        waiting = waiting[len(arrived):]
        corrected = dice.sample(audits, dice.choice([0, 0, 0, 0, 0, 1, 2]) if audits else 0)
        for audit in corrected:
            audit.change(dice)
        record(store, arrived + corrected, scratch)
        audits += arrived
        withdrawn = dice.sample(audits, 1) if dice.random() < 0.15 else []
        for audit in withdrawn:
            store.run("audit", "withdraw", audit.id, "--why", "Recorded twice.")
            audits.remove(audit)
        latest, told = publish(store, audits, ask(dice, number), number, scratch)
        if told:
            return rows, {("told by a format", 0, "", leak, 0, number) for leak in told}
        rows += latest
        for months in (False, True):
            bad = news([row for row in rows if row.month == months], number, known[months])
            if bad:
                return rows, bad
    return rows, set()


def news(rows, number, known):
    """What leaks since a publication. What was known before it was withheld has not leaked by
    that; nor has what is left of a total beside one group, within one publication."""
    found = leaks_of(rows) if rows else set()
    before = [row for row in rows if row.publication < number]
    latest = [row for row in rows if row.publication == number]
    known |= {leak for leak in found if is_told(leak, rows, before) or
              (leak[0] == "difference" and is_told(leak, rows, latest))}
    return found - known


def is_told(leak, rows, told):
    """Whether it follows from some of the rows alone."""
    kind, where, block, item, value, _ = leak
    i, k = where if kind == "difference" else (where, None)
    members = rows[i].members - (rows[k].members if k is not None else frozenset())
    atoms, count = atoms_of(told + [Row(0, 0, members, {}, {})])
    tells = learn_block(block, told, atoms[:-1], count)
    return tells([(atom, item) for atom in sorted(atoms[-1])]) == value


def record(store, audits, scratch):
    if not audits:
        return
    folder = scratch / "returns"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for audit in audits:
        (folder / (audit.id + ".xml")).write_text(audit.text)
    store.run("record", str(folder))


def main():
    program, plugins, samples, scratch, count = sys.argv[1:6]
    seed = int(sys.argv[6]) if len(sys.argv) > 6 else 1
    scratch, withheld, shown = pathlib.Path(scratch), 0, 0
    for number in range(int(count)):
        dice = random.Random(seed + number)
        place = scratch / ("store-%d.db" % number)
        rows, bad = sequence(dice, Store(program, plugins, place), pathlib.Path(samples), scratch)
        for kind, where, block, item, value, publication in sorted(bad, key=str)[:10]:
            print("sequence %d: %s %s, %s in row %s of %d follows after publication %d"
                  % (seed + number, block, item, value, where, len(rows), publication), kind)
        if bad:
            sys.exit("%d counts can be worked out" % len(bad))
        withheld += sum(value == "c" for row in rows if not row.month for value in row.shown.values())
        shown += sum(value != "c" and value > 0 for row in rows if not row.month
                     for value in row.shown.values())
    print("%s sequences, %d counts withheld, %d shown: none can be worked out"
          % (count, withheld, shown))
    # Not by withholding all.
    if shown * 50 < withheld:
        sys.exit("hardly anything is shown")


main()
