"""Random returns for a template: valid, apart from one deliberate mistake in some."""

import datetime
from types import SimpleNamespace

from caseoracle import conditions, dates
from caseoracle.figures import parse_thousandths, print_shortest
from caseoracle.frameworks import framework_of
from caseoracle.outcomes import Answering, Outcome, not_applicable
from caseoracle.returns import Faults, response_of
from caseoracle.template import Section

from .markup import as_node, element

DAY = datetime.timedelta(days=1)
# Days on which calendars go wrong: month ends, leap days, holidays, the turn of years.
CORNERS = [
    "2024-02-29", "2023-02-28", "2020-05-08", "2022-06-06", "2022-09-20", "2023-05-09",
    "1999-12-31", "2000-01-04", "2000-02-29", "2021-12-29", "2022-01-04", "2023-03-31",
    "2023-04-01", "2024-04-02", "2012-06-06", "2099-11-30", "1981-07-30", "2027-12-29",
]
CLEAN = ["It is so.", "Seen & read <twice>.", "Ümläut é «quoted»", "Ref 2023/17, page 4."]
PERSONAL = [
    "NHS 943 476 5919 on file", "nhs: 9434765919.", "NINO AB123456C", "mail a.person@example.org now",
    "call 020 7946 0958", "tel +44 7700 900123", "lives at SW1A 1AA", "DOB 12/03/2010",
    "born on 12 March 2010", "date of birth: 2010-03-12",
]
NOT_PERSONAL = ["NHS 943 476 5918", "order 1234567890123", "reviewed on 2010-03-12", "AB12 and C3"]


class ReturnMaker:
    """One random return of a template (as the oracle reads it)."""

    def __init__(self, rng, template, name):
        self.rng, self.template, self.name = rng, template, name
        self.framework = framework_of(template)
        self.actions, self.findings = [], []
        self.given = {}          # (standard, agency): response element
        self.blocks = {}         # agency: responses element

    def tree(self, incomplete=False):
        rng, template = self.rng, self.template
        self.audit = self._audit_date()
        self.incomplete = incomplete
        self.attributes = self._attributes()
        self.events = self._events()
        self.returned = self._returned()
        self._answer()
        people = self._judgement(), self._moderation()
        attributes = [element("attribute", {"id": k}, text=v) for k, v in self.attributes.items()]
        rng.shuffle(attributes)
        agencies = list(self.returned)
        rng.shuffle(agencies)
        for agency in agencies:
            self._shuffle(self.blocks[agency])
        ref = "AB123456C" if rng.random() < 0.01 else f"C{rng.randint(1, 99999)}"
        selection = rng.choice(["random", "random", "random", "targeted", "stratified", None])
        if template.framework == "maap" and selection is None:
            selection = "random"
        return element(
            "return",
            {"id": self.name, "template": template.id, "template-version": template.version},
            element("case", {"ref": ref}),
            element("audit", {"date": self.audit, "auditor": "A17", "selection": selection}),
            element("attributes", {}, *attributes) if attributes else None,
            element("events", {}, *self.events) if self.events else None,
            *[self.blocks[agency] for agency in agencies],
            *people, self._findings(), self._actions(),
        )

    def add(self, day, count, unit):
        """add(d, N, unit), or the day itself where the calendar ends."""
        try:
            return dates.add(day, count, unit)
        except dates.OutsideCalendar:
            return day

    # Heads

    def _audit_date(self):
        rng = self.rng
        if rng.random() < 0.4:
            corners = [dates.parse_date(day) for day in CORNERS]
            return rng.choice([day for day in corners if day >= self.template.effective_from])
        return datetime.date(rng.choice([2019, 2021, 2023, 2023, 2024, 2031]), 1, 1) + DAY * rng.randint(0, 364)

    def text(self):
        rng = self.rng
        chance = rng.random()
        return rng.choice(PERSONAL if chance < 0.02 else NOT_PERSONAL if chance < 0.05 else CLEAN)

    def _attributes(self):
        rng, values = self.rng, {}
        for name, node in self.template.attributes.items():
            if node.get("required") != "yes" and rng.random() < 0.35:
                continue
            kind = node.get("type")
            if kind == "token":
                values[name] = rng.choice([v.get("id") for v in node.all("value")])
            elif kind == "integer":
                values[name] = str(rng.randint(-3, 19))
            elif kind == "date":
                values[name] = str(datetime.date(rng.randint(1999, 2020), 1, rng.choice([14, 15, 16])))
            else:
                values[name] = self.text()
        return values

    def _returned(self):
        rng, template = self.rng, self.template
        if not template.agencies:
            agencies = [None]
        elif template.options.get("all-agencies") == "yes" or rng.random() < 0.5:
            agencies = template.agencies
        else:
            count = rng.randint(2, len(template.agencies))
            chosen = rng.sample(template.agencies, count)
            agencies = [a for a in template.agencies if a in chosen]
        for agency in agencies:
            grade = rng.choice(template.grades).id if agency and rng.random() < 0.4 else None
            self.blocks[agency] = element(
                "responses", {"agency": agency, "grade": grade, "by": "P3" if grade else None})
        return agencies

    # Events

    def _events(self):
        framework = self.framework
        if framework.starting is None:
            return []
        make = self._permanency if framework.name == "permanency" else self._foster
        found = [(kind, day) for kind, day in make() if day <= self.audit]
        end = min((day for kind, day in found if kind == framework.ending), default=self.audit)
        rows = [(kind, day) for kind, day in found if day <= end]
        twice = [row for row in rows if row[0] not in framework.single and self.rng.random() < 0.05]
        rows += twice
        self.rng.shuffle(rows)
        return [
            element("event", {"type": kind, "date": day},
                    text=self.text() if self.rng.random() < 0.2 else None)
            for kind, day in rows]

    def _near(self, day):
        return day + DAY * self.rng.choice([-40, -1, 0, 0, 0, 1, 1, 5, 30])

    def _chain(self, first, count, unit, most):
        """Days each about `count` units after the one before."""
        day, days = first, []
        for _ in range(self.rng.randint(0, most)):
            day = max(first, self._near(self.add(day, count, unit)))
            days.append(day)
        return days

    def _permanency(self):
        rng, option = self.rng, self.framework.option
        start = self.audit - DAY * rng.choice(
            [0, 10, 28, 30, rng.randint(0, 200), rng.randint(0, 900), rng.randint(0, 900)])
        rows = [("entered-care", start)]
        reviews = []
        if rng.random() < 0.85:
            first = self._near(self.add(start, option("first-review-working-days"), "working-days"))
            reviews = [max(start, first)]
        if reviews and rng.random() < 0.8:
            second = self._near(self.add(reviews[0], option("second-review-months"), "months"))
            reviews.append(max(start, second))
            reviews += self._chain(reviews[-1], option("later-review-months"), "months", 4)
        rows += [("review", day) for day in reviews]
        due = reviews[1] if len(reviews) > 1 else self.add(
            (reviews or [start])[0], option("second-review-months"), "months")
        plan = max(start, self._near(due))
        if rng.random() < 0.7:
            rows.append(("permanence-plan", plan))
        rows += [("planning-meeting", day) for day in self._chain(
            start, option("planning-meeting-weeks"), "weeks", 8)]
        if rng.random() < 0.3:
            rows.append(("planning-meeting", start - DAY * rng.randint(1, 60)))
        for _ in range(rng.choice([0, 0, 1, 1, 2])):
            began = start + DAY * rng.randint(-60, 100)
            rows.append(("proceedings-started", began))
            if rng.random() < 0.6:
                ended = self._near(self.add(began, option("proceedings-weeks"), "weeks"))
                rows.append(("proceedings-ended", max(start, ended)))
        order = start + DAY * rng.randint(0, 300)
        if rng.random() < 0.6:
            rows.append(("placement-order", order))
        if rng.random() < 0.6:
            rows.append(("matched", max(start, self._near(order + DAY * option("match-days")))))
        if rng.random() < 0.4:
            months = option("formal-match-months")
            rows.append(("matched", max(start, self._near(self.add(plan, months, "months")))))
        for _ in range(rng.choice([0, 1, 1, 2])):
            rows.append(("placed", max(start, self._near(start + DAY * option("adoption-days")))))
        if rng.random() < 0.3:
            rows.append(("decision", start + DAY * rng.randint(0, 400)))
        if rng.random() < 0.25:
            rows.append(("permanence-achieved", start + DAY * rng.randint(0, 500)))
        if rng.random() < 0.25:
            rows.append(("left-care", start + DAY * rng.randint(0, 700)))
        return rows

    def _foster(self):
        rng, option = self.rng, self.framework.option
        start = self.audit - DAY * rng.choice([0, 364, 365, 366, rng.randint(0, 2500), rng.randint(0, 1500)])
        rows = [("approved", start)]
        reviews = self._chain(start, option("review-months"), "months", 5)
        rows += [("review", day) for day in reviews]
        if reviews and rng.random() < 0.6:
            rows.append(("panel", self._near(reviews[0] + DAY * option("panel-days"))))
        if rng.random() < 0.3:
            rows.append(("panel", start - DAY * rng.randint(0, 40)))
        rows += [("unannounced-visit", day)
                 for day in self._chain(start, option("visit-months"), "months", 6)]
        rows += [("checks-renewed", day)
                 for day in self._chain(start, option("checks-years"), "years", 3)]
        if rng.random() < 0.2:
            rows.append(("approval-ended", start + DAY * rng.randint(0, 1500)))
        return rows

    # Responses, in document order so that `applies` sees what stands earlier

    def _answer(self):
        self.faults = Faults()
        self.facts = conditions.Facts(self.template, self.attributes)
        self.answering = Answering(self.template, self.audit, self.faults)
        self.ret = SimpleNamespace(
            events=[as_node(e) for e in self.events], audit=self.audit, attributes=self.attributes,
            root=None)
        self.framework.check_events(self.ret, Faults())
        for section in self.template.sections:
            self._section(section, True, set())

    def _section(self, section, applies, declared):
        applies = applies and conditions.hold(section.applies, self.facts)
        declared = set(declared)
        if applies:
            declared |= {a for a in self.returned if a not in declared and self._declare(section, a)}
        for child in section.children:
            if isinstance(child, Section):
                self._section(child, applies, declared)
                continue
            holds = applies and conditions.hold(child.applies, self.facts)
            for agency in self.template.asked(child, self.returned):
                self.facts.outcomes[child.id, agency] = self._outcome(
                    child, agency, holds, agency in declared)

    def _declare(self, section, agency):
        """Declares a whole section not applicable, now and then, where that is allowed."""
        asked = [s for s in section.standards() if self.template.asked(s, [agency])]
        if self.rng.random() > 0.05 or not any(not s.applies and not s.derived for s in asked):
            return False
        for standard in asked:
            scored = standard.not_applicable_score is not None
            checked = standard.evidence_below is not None or standard.action_below is not None
            if standard.not_applicable == "forbidden" or (scored and checked):
                return False
        block = self.blocks[agency]
        block.append(element("not-applicable", {"section": section.id},
                             element("reason", text=self.text())))
        return True

    def _outcome(self, standard, agency, applies, declared):
        rng = self.rng
        nothing = Outcome(standard, agency, "not-applying")
        if not applies:
            return nothing
        if standard.derived:
            try:
                outcome = self.framework.derive(standard, self.ret)
            except dates.OutsideCalendar:
                return Outcome(standard, agency, "not-yet-due")
            if outcome.status == "not-applying":
                return nothing
            if declared:
                return not_applicable(standard, agency, said=True)
            if standard.not_applicable == "forbidden" or rng.random() > 0.08:
                return outcome
            node = self._unanswered(standard)
        elif declared:
            return not_applicable(standard, agency, said=True)
        elif not standard.required and rng.random() < 0.3:
            return not_applicable(standard, agency, said=False)
        elif standard.required and self.incomplete and rng.random() < 0.15:
            return Outcome(standard, agency, "missing")
        else:
            node = self._response(standard)
        self.given[standard.id, agency] = node
        self.blocks[agency].append(node)
        outcome = self.answering.outcome(standard, agency, response_of(as_node(node)))
        self._evidence(standard, outcome, node, agency)
        return outcome

    def _unanswered(self, standard):
        reason = None
        if standard.derived or standard.not_applicable != "allowed" or self.rng.random() < 0.3:
            reason = element("reason", text=self.text())
        return element("response", {"standard": standard.id, "status": "not-applicable"}, reason)

    def _response(self, standard):
        rng = self.rng
        chance = rng.random()
        if chance < 0.08 and standard.not_applicable != "forbidden":
            node = self._unanswered(standard)
        elif chance < 0.15:
            node = element("response", {"standard": standard.id, "status": "not-evidenced"})
        else:
            node = getattr(self, "_" + standard.kind)(standard)
        undated = 0.6
        if self.template.look_back is not None:
            # An undated not-applicable score is a corner left to people: always date it.
            undated = 0.1 if node.get("status") != "not-applicable" else 0
        if rng.random() > undated:
            node.set("date", str(self._practice_date()))
        return node

    def _practice_date(self):
        rng = self.rng
        days = [self.audit, self.audit - DAY * rng.randint(0, 300)]
        if self.template.look_back is not None:
            bound = self.add(self.audit, -self.template.look_back, "months")
            days = days * 6 + [bound, bound, bound + DAY, bound - DAY, bound - DAY * 100]
        return rng.choice(days)

    def _answers(self, standard):
        answer = self.rng.choice(list(standard.answers))
        return element("response", {"standard": standard.id, "answer": answer})

    def _timescale(self, standard):
        rng = self.rng
        count, unit = int(standard.content.get("within")), standard.content.get("unit")
        start = self._start(count, unit)
        due = self.add(start, count, unit)
        ends = [due - DAY, due, due, due + DAY, start, start + DAY * rng.randint(0, 400)]
        ends += [due + DAY * (up_to + n) for up_to, _ in standard.late for n in (0, 1)]
        ends = [day for day in ends if start <= day <= self.audit]
        end = rng.choice(ends) if ends and rng.random() < 0.8 else None
        return element("response", {"standard": standard.id}, element("start", text=str(start)),
                       element("end", text=str(end)) if end else None)

    def _start(self, count, unit):
        """A start whose due date is near the audit, or somewhat earlier."""
        rng = self.rng
        length = self.add(datetime.date(2021, 3, 5), count, unit) - datetime.date(2021, 3, 5)
        back = rng.choice([length + DAY * rng.randint(-4, 4), length + DAY * rng.randint(0, 90),
                           DAY * rng.randint(0, 400)])
        return max(datetime.date(1978, 1, 1), self.audit - max(back, DAY * 0))

    def _frequency(self, standard):
        rng = self.rng
        count, unit = int(standard.content.get("every")), standard.content.get("unit")
        start = day = self._start(count * rng.randint(1, 4), unit)
        days = []
        for _ in range(rng.randint(0, 6)):
            day = max(start, self.add(day, count, unit) + DAY * rng.choice([-3, 0, 0, 0, 1, 9]))
            if day <= self.audit:
                days.append(day)
        days += rng.sample(days, min(len(days), rng.choice([0, 0, 1])))
        rng.shuffle(days)
        end = None
        if rng.random() < 0.3:
            last = max(days, default=start)
            ends = [last, self.add(last, count, unit), self.add(last, count, unit) + DAY, self.audit]
            end = rng.choice([d for d in ends if d <= self.audit])
        return element("response", {"standard": standard.id}, element("start", text=str(start)),
                       *[element("occurred", text=str(d)) for d in days],
                       element("end", text=str(end)) if end else None)

    def _number(self, standard):
        rng, node = self.rng, standard.content
        low, high = (parse_thousandths(node.get(k), signed=True) for k in ("min", "max"))
        edges = [parse_thousandths(b.get("from"), signed=True) for b in node.all("band")]
        values = [low, high, rng.randint(low, high), *edges, *[e - 1 for e in edges]]
        return self._value(standard, rng.choice([v for v in values if low <= v <= high]))

    def _points(self, standard):
        node = standard.content
        top, step = parse_thousandths(node.get("out-of")), parse_thousandths(node.get("step", "1"))
        return self._value(standard, step * self.rng.randint(0, top // step))

    def _value(self, standard, value):
        text = print_shortest(value)
        if self.rng.random() < 0.1 and "." not in text:
            text += ".000"
        return element("response", {"standard": standard.id}, element("value", text=text))

    def _text(self, standard):
        return element("response", {"standard": standard.id}, element("text", text=self.text()))

    def _evidence(self, standard, outcome, node, agency):
        """Evidence and action where asked for (and where the rules leave room for doubt)."""
        rng, score = self.rng, outcome.score
        asked = standard.evidence_required or standard.evidence_below is not None
        clear = outcome.status in ("answered", "not-evidenced") and standard.kind != "text"
        low = standard.evidence_below is not None and score is not None and score < standard.evidence_below
        needed = asked and (not clear or low or standard.evidence_required)
        if needed or rng.random() < 0.1:
            node.append(element("evidence", {"ref": rng.choice([None, "E12"])}, text=self.text()))
        if needed is False and rng.random() < 0.05:
            node.append(element("evidence", {}))
        low = standard.action_below is not None and score is not None and score < standard.action_below
        if low or rng.random() < 0.02:
            self.actions.append((standard.id, agency))

    # People

    def _judgement(self):
        rng, template = self.rng, self.template
        if not template.judged and rng.random() < 0.7:
            return None
        rationale = element("rationale", text=self.text()) if rng.random() < 0.5 else None
        return element("judgement", {
            "grade": rng.choice(template.grades).id, "by": "A17",
            "date": self.audit + DAY * rng.choice([0, 0, 7])}, rationale)

    def _moderation(self):
        rng, template = self.rng, self.template
        if rng.random() < 0.55:
            return None
        changes = [c for c in (self._change(*key) for key in self._changeable()) if c is not None]
        grade = rng.choice(template.grades).id
        if changes and not template.judged and rng.random() < 0.5:
            grade = None
        override = rng.choice([None, "no", "yes", "yes"])
        rationale = element("rationale", text=self.text())
        return element("moderation", {
            "grade": grade, "by": "M02", "date": self.audit + DAY * rng.choice([0, 1, 30]),
            "override": override}, rationale if override == "yes" or rng.random() < 0.3 else None,
            *changes)

    def _changeable(self):
        rng = self.rng
        if rng.random() < 0.5:
            return []
        def dated(key):
            return self.template.look_back is None or self.given[key].get("date")
        keys = [
            key for key in self.given
            if not self.template.standard_of[key[0]].derived and dated(key)
            and self.facts.outcomes[key].status not in ("out-of-scope", "not-applicable")]
        return rng.sample(keys, min(len(keys), rng.randint(1, 3)))

    def _change(self, name, agency):
        rng, standard = self.rng, self.template.standard_of[name]
        what = {"status": rng.choice(["not-evidenced", "not-applicable"])}
        if what["status"] == "not-applicable" and standard.not_applicable == "forbidden":
            what["status"] = "not-evidenced"
        if standard.kind == "answers" and rng.random() < 0.8:
            what = {"answer": rng.choice(list(standard.answers))}
        return element("change", {"standard": name, "agency": agency, **what},
                       element("rationale", text=self.text()))

    def _findings(self):
        rng = self.rng
        if rng.random() < 0.6:
            return None
        def finding(tag):
            agency = rng.choice([None, *self.template.agencies])
            return element(tag, {"theme": rng.choice(["voice", "meetings"]), "agency": agency},
                           text=self.text())
        return element("findings", {}, *[finding("strength") for _ in range(rng.randint(1, 2))],
                       *[finding("improvement") for _ in range(rng.randint(0, 2))])

    def _actions(self):
        rng = self.rng
        if rng.random() < 0.1:
            self.actions.append((None, None))
        rows = []
        for place, (standard, agency) in enumerate(self.actions, 1):
            completed = str(self.audit) if rng.random() < 0.3 else None
            rows.append(element("action", {
                "id": place, "standard": standard, "agency": agency, "owner": "TM4",
                "theme": rng.choice([None, "voice", "meetings"]),
                "due": self.audit + DAY * 20 if rng.random() < 0.5 else None,
                "completed": completed,
                "verified-by": "QA1" if completed and rng.random() < 0.5 else None},
                text=self.text()))
        return element("actions", {}, *rows) if rows else None

    def _shuffle(self, block):
        """Responses in any order, sections declared not applicable first."""
        rows = list(block)
        self.rng.shuffle(rows)
        block[:] = sorted(rows, key=lambda row: row.tag != "not-applicable")
