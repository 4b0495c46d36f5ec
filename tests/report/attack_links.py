"""How the figures of a summary hang together, written from what they mean.

The attacker is told which audits are in a row only by what is printed, but knows which counts are
withheld for being small themselves wherever a reader could tell that.
"""

import itertools

import attack_integers

WITHHELD = "c"


class Reading:
    """Facts of a summary as unknowns: what is printed is known, what is withheld is not."""

    def __init__(self, shown, truth, threshold, scale):
        self.shown, self.truth, self.threshold = shown, truth, threshold
        self.grades = [g["id"] for g in scale]
        self.good = [g["id"] for g in scale if g["positive"]]
        self.numbers, self.at, self.secrets = attack_integers.Numbers(), {}, []
        self.rows, self.columns = sorted({row for row, _ in shown}), {}
        for cell in sorted(shown):
            self.cell(cell)
        for row in self.rows:
            self.link_row(row)
        self.add_groups()
        self.add_standing()

    # ---- unknowns ----

    def is_shown(self, row, place):
        return self.shown.get((row, place), WITHHELD) != WITHHELD

    def is_column(self, row, place):
        """Whether a count is withheld in all groups and their total: that may be for any one of
        them, and the rest of them be noughts."""
        if (row[0], place) not in self.columns:
            self.columns[row[0], place] = not any(
                self.is_shown(other, place) for other in self.rows if other[0] == row[0])
        return row[1] != "" and self.columns[row[0], place]

    def open(self, row, of):
        """Whether the denominators of a block are printed: otherwise all of it may be withheld
        whole, and nobody can tell why one count of it is."""
        if not self.is_shown(row, ("all", "audits")):
            return False
        kind = of.split()[0]
        if kind in ("agency", "declared", "grid"):
            agency = "agency " + of.split()[1]
            if not self.is_shown(row, (agency, "returns")) or \
                    not self.is_shown(row, (agency, "asked")):
                return False
        needs = {"all": "graded", "section": "graded", "agency": "graded", "declared": "graded",
                 "grid": "graded", "measure": "denominator", "actions": "raised",
                 "month": "audits", "moderation": "moderated", "pairs": None}.get(kind, "")
        if kind == "pairs":
            return self.is_shown(row, ("moderation", "moderated"))
        if kind == "month" and not self.is_shown(row, (of, "graded")):
            return False
        return not needs or self.is_shown(row, (of, needs))

    def cell(self, cell):
        row, (of, item) = cell
        value = self.shown[cell]
        if value != WITHHELD:
            self.at[cell] = self.numbers.unknown(cell, value, value, value)
            return
        truth = self.truth.get(cell)
        if truth is None and of.split(" ")[0] in ("theme", "measure"):
            truth = 0  # what there is none of is left out for those who may know
        if truth is None:
            raise AssertionError("what is %s?" % (cell,))
        low, high = 0, attack_integers.WIDE
        if truth > 0 and self.open(row, of) and not self.is_column(row, (of, item)):
            low = 1
            if truth <= self.threshold and self.threshold > 1:
                high = self.threshold
        self.at[cell] = self.numbers.unknown(cell, truth, low, high)
        self.secrets.append(self.at[cell])

    def place(self, row, of, item):
        """The unknown; one that no format shows is made up where its truth is known."""
        cell = row, (of, item)
        if cell not in self.at and self.truth.get(cell) is not None:
            self.at[cell] = self.numbers.unknown(cell, self.truth[cell])
        return self.at.get(cell)

    def add_up(self, total, parts, exact=True):
        """A sum; where it does not come out there is a rest that nobody knows."""
        if total is None or any(part is None for part in parts):
            return
        truth = self.numbers.truth
        rest = truth[total] - sum(truth[part] for part in parts)
        if rest == 0 and exact:
            self.numbers.add_up(total, parts)
        elif rest >= 0:
            self.numbers.at_most(total, parts)

    def share(self, row, of, whole, part):
        """part is some of whole; small complements were withheld for that, where it shows."""
        if whole is None or part is None:
            return
        numbers, least, most = self.numbers, 0, attack_integers.WIDE
        rest = numbers.truth[whole] - numbers.truth[part]
        if rest < 0:
            return
        small = self.threshold > 1 and 1 <= rest <= self.threshold < numbers.truth[part]
        if small and part in self.secrets and self.open(row, of) and \
                not self.is_column(row, numbers.names[part][1]):
            least, most = 1, self.threshold
        numbers.add([(whole, 1), (part, -1)], least, most)

    def exchanges(self, number):
        """Of a count of a group: its row and another's, each with the figures of the other."""
        (row, place), truth = self.numbers.names[number], self.numbers.truth
        for other in self.rows if row[1] else []:
            there = self.at.get((other, place))
            if other[0] != row[0] or not other[1] or there is None or \
                    truth[there] == truth[number]:
                continue
            moved = {}
            for (r, what), cell in self.at.items():
                if r == row and (other, what) in self.at:
                    by = truth[self.at[other, what]] - truth[cell]
                    moved[cell], moved[self.at[other, what]] = by, -by
            yield moved

    # ---- links ----

    def blocks(self, row):
        found = {}
        for r, (of, item) in self.shown:
            if r == row:
                found.setdefault(of, set()).add(item)
        return sorted(found)

    def link_row(self, row):
        place = lambda of, item: self.place(row, of, item)
        audits, history = place("all", "audits"), place("all", "history")
        kinds = {}
        for of in self.blocks(row):
            kinds.setdefault(of.split()[0], []).append(of)
        self.link_block(row, "all", audits, [])
        for of in kinds.get("section", []):
            self.link_block(row, of, audits, [history] if history is not None else [])
            self.add_up(place("all", "graded"), [place(of, "graded")], exact=False)
        self.link_agencies(row, kinds, audits)
        self.link_measures(row, kinds, audits)
        for of in kinds.get("limit", []):
            self.add_up(audits, [place(of, "count")], exact=False)
        self.link_actions(row)
        self.link_months(row, kinds, history)
        self.link_moderation(row)

    def link_block(self, row, of, audits, besides):
        place = lambda item: self.place(row, of, item)
        graded, grades = place("graded"), [place(g) for g in self.grades]
        self.add_up(graded, grades)
        self.add_up(place("positive"), [place(g) for g in self.good])
        self.add_up(audits, [graded, place("not_graded"), *besides])
        for part in (*grades, place("positive")):
            self.share(row, of, graded, part)

    def link_agencies(self, row, kinds, audits):
        for of in kinds.get("agency", []):
            place = lambda item: self.place(row, of, item)
            returns = place("returns")
            self.share(row, of, audits, place("asked"))
            self.share(row, of, place("asked"), returns)
            self.add_up(returns, [place("declared_" + way) for way in ("better", "same", "worse")])
            name = of.split()[1]
            for block in [of, "declared " + name] + \
                    [b for b in kinds.get("grid", []) if b.split()[1] == name]:
                self.link_block(row, block, returns, [])

    def link_measures(self, row, kinds, audits):
        for of in kinds.get("measure", []):
            place = lambda item: self.place(row, of, item)
            self.add_up(audits, [place("count")], exact=False)
            self.add_up(audits, [place("denominator")], exact=False)
            self.share(row, of, place("denominator"), place("numerator"))
            if of == "measure agencies-returned":
                for whole, part in (("numerator", "returns"), ("denominator", "asked")):
                    parts = [self.place(row, a, part) for a in kinds.get("agency", [])]
                    truth = self.numbers.truth
                    if sum(truth[p] for p in parts) == truth[place(whole)]:
                        self.add_up(place(whole), parts)

    def link_actions(self, row):
        place = lambda item: self.place(row, "actions", item)
        raised = place("raised")
        for item in ("completed", "verified", "overdue"):
            self.share(row, "actions", raised, place(item))
        if raised is not None:
            self.add_up(place("completed"), [place("verified")], exact=False)
            self.add_up(raised, [place("completed"), place("overdue")], exact=False)

    def link_months(self, row, kinds, history):
        months = kinds.get("month", [])
        for of in months:
            self.share(row, of, self.place(row, of, "audits"), self.place(row, of, "graded"))
            self.share(row, of, self.place(row, of, "graded"), self.place(row, of, "positive"))
        for item, besides in (("audits", [history]), ("graded", [history]), ("positive", [])):
            if months:
                self.add_up(self.place(row, "all", item),
                            [self.place(row, of, item) for of in months] + besides)

    def link_moderation(self, row):
        place = lambda of, item: self.place(row, of, item)
        moderated = place("moderation", "moderated")
        if moderated is None:
            return
        kinds = {"agreed": [], "raised": [], "lowered": []}
        for a, b in itertools.product(range(len(self.grades)), repeat=2):
            kind = "agreed" if a == b else "raised" if b < a else "lowered"
            kinds[kind].append(place("pairs " + self.grades[a], self.grades[b]))
        self.add_up(moderated, [place("moderation", kind) for kind in kinds])
        for kind, pairs in kinds.items():
            self.share(row, "moderation", moderated, place("moderation", kind))
            self.add_up(place("moderation", kind), pairs)
        # Who was moderated is graded, and has the moderator's grade.
        self.add_up(place("all", "graded"), [moderated], exact=False)
        for b in self.grades:
            self.add_up(place("all", b), [place("pairs " + a, b) for a in self.grades],
                        exact=False)

    def add_groups(self):
        """Every count of the groups adds up to that of all."""
        for cell in list(self.at):
            (period, group), place = cell
            rows = [row for row in self.rows if row[0] == period and row[1]]
            if group == "" and rows and period:
                self.add_up(self.at[cell], [self.place(row, *place) for row in rows])

    def add_standing(self):
        nobody = ("", "")
        overdue = self.place(nobody, "standing", "overdue")
        self.share(nobody, "standing", self.place(nobody, "standing", "open"), overdue)
        totals = [self.place(row, "actions", "overdue") for row in self.rows
                  if row[0] and not row[1]]
        self.add_up(overdue, totals, exact=False)
