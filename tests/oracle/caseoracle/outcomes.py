"""From a response to a standard's outcome (scoring rules, section 2)."""

from dataclasses import dataclass
from datetime import date

from . import dates, figures


@dataclass
class Outcome:
    """What one standard came to, for one agency."""

    standard: object
    agency: str
    status: str
    answer: str = None
    score: int = None
    due: date = None
    days: int = None
    value: int = None
    kept: int = 0
    gaps: int = 0
    audited: str = None

    @property
    def counts(self):
        """It has a score, its weight is above 0 and no section above it has weight 0."""
        return (
            self.score is not None
            and self.standard.weight > 0
            and all(section.weight > 0 for section in self.standard.section.above())
        )


def timescale(standard, agency, start, due, end, today, full):
    """An outcome from start, due date and end (section 2.1, timescale)."""
    if end is None:
        status = "not-yet-due" if today <= due else "overdue"
        return Outcome(standard, agency, status, score=None if today <= due else 0, due=due)
    days_late = (end - due).days
    if days_late <= 0:
        answer, score = "met", full
    else:
        answer = "late"
        score = next((score for up_to, score in standard.late if days_late <= up_to), 0)
    elapsed = (end - start).days
    return Outcome(standard, agency, "answered", answer, score, due=due, days=elapsed)


def frequency(standard, agency, start, occurred, until, every, unit, full):
    """An outcome from the gaps between points in time (section 2.1, frequency)."""
    points = sorted({start, *occurred})
    kept = sum(later <= dates.add(earlier, every, unit) for earlier, later in zip(points, points[1:]))
    gaps = len(points) - 1 + (until > dates.add(points[-1], every, unit))
    if not gaps:
        return Outcome(standard, agency, "not-yet-due")
    score = figures.mean(kept * full, gaps)
    return Outcome(standard, agency, "answered", f"{kept}/{gaps}", score, kept=kept, gaps=gaps)


def not_applicable(standard, agency, said):
    """`said`: by the auditor, so that the standard's own score for it holds."""
    score = standard.not_applicable_score if said else None
    return Outcome(standard, agency, "not-applicable", score=score)


class Answering:
    """Turns valid responses into outcomes and finds what is wrong with the others."""

    def __init__(self, template, audit, faults):
        self.template, self.audit, self.faults = template, audit, faults
        self.bound = None
        if template.look_back is not None:
            self.bound = dates.add(audit, -template.look_back, "months")

    def outcome(self, standard, agency, response):
        """The outcome of a response to a standard that applies and takes one."""
        if response.date and response.date > self.audit:
            self._fault(response.node, f"{response.date} is after the audit on {self.audit}")
        if response.status == "not-applicable":
            self.check_not_applicable(standard, response)
            return not_applicable(standard, agency, said=True)
        if response.status == "not-evidenced":
            self._check_content(response, [])
            outcome = Outcome(
                standard, agency, "not-evidenced", score=None if standard.kind == "text" else 0
            )
            if standard.kind == "frequency":
                outcome.gaps = 1
        else:
            outcome = self._answered(standard, agency, response)
        if self.out_of_scope(response):
            return Outcome(standard, agency, "out-of-scope")
        return outcome

    def out_of_scope(self, response):
        """Older than the look-back (section 2.3)."""
        return bool(self.bound and response.date and response.date < self.bound)

    def check_not_applicable(self, standard, response):
        self._check_content(response, ["reason"])
        if standard.not_applicable == "forbidden":
            self._fault(response.node, f"'{standard.id}' may not be not applicable")
        elif not response.node.text_of("reason"):
            if standard.not_applicable == "reason" or standard.kind == "derived":
                self._fault(response.node, f"'{standard.id}' not applicable needs a reason")

    def _answered(self, standard, agency, response):
        handlers = {
            "answers": self._answers, "timescale": self._timescale, "frequency": self._frequency,
            "number": self._number, "points": self._points, "text": self._text,
        }
        nothing = Outcome(standard, agency, "answered")
        if (response.answer is not None) != (standard.kind == "answers"):
            self._fault(response.node, f"'{standard.id}' is answered in another way")
            return nothing
        return handlers[standard.kind](standard, agency, response) or nothing

    def _answers(self, standard, agency, response):
        self._check_content(response, [])
        if response.answer not in standard.answers:
            return self._fault(response.node, f"'{response.answer}' is no answer to '{standard.id}'")
        score = standard.answers[response.answer]
        return Outcome(standard, agency, "answered", response.answer, score)

    def _text(self, standard, agency, response):
        self._check_content(response, ["text"])
        if not response.node.text_of("text"):
            return self._fault(response.node, f"'{standard.id}' has no text")
        return Outcome(standard, agency, "answered")

    def _timescale(self, standard, agency, response):
        if not self._check_content(response, ["start", "end"]):
            return None
        start, _, end = self._span(response)
        node = standard.content
        due = self._working(standard, response, lambda: dates.add(
            start, int(node.get("within")), node.get("unit")))
        if due is None:
            return None
        return timescale(standard, agency, start, due, end, self.audit, self.template.full)

    def _frequency(self, standard, agency, response):
        if not self._check_content(response, ["start", "occurred", "end"]):
            return None
        start, occurred, end = self._span(response)
        node = standard.content
        return self._working(standard, response, lambda: frequency(
            standard, agency, start, occurred, end or self.audit,
            int(node.get("every")), node.get("unit"), self.template.full))

    def _number(self, standard, agency, response):
        value = self._value(response, signed=True)
        node = standard.content
        low, high = (figures.parse_thousandths(node.get(k), signed=True) for k in ("min", "max"))
        if value is None or not low <= value <= high:
            return self._fault(response.node, f"'{standard.id}' has no value from {low} to {high}")
        bands = [
            (figures.parse_thousandths(n.get("from"), signed=True), figures.parse_score(n.get("score")))
            for n in node.all("band")
        ]
        score = max(band for band in bands if band[0] <= value)[1]
        return self._valued(standard, agency, value, score)

    def _points(self, standard, agency, response):
        value = self._value(response)
        node = standard.content
        out_of = figures.parse_thousandths(node.get("out-of"))
        step = figures.parse_thousandths(node.get("step", "1"))
        if value is None or value > out_of or value % step:
            return self._fault(response.node, f"'{standard.id}' has no value in steps up to {out_of}")
        score = figures.mean(value * self.template.full, out_of)
        if node.get("count", "credit") == "faults":
            score = self.template.full - score
        return self._valued(standard, agency, value, score)

    @staticmethod
    def _valued(standard, agency, value, score):
        text = figures.print_shortest(value)
        return Outcome(standard, agency, "answered", text, score, value=value)

    def _value(self, response, signed=False):
        if not self._check_content(response, ["value"]):
            return None
        try:
            return figures.parse_thousandths(response.node.text_of("value"), signed)
        except ValueError as error:
            return self._fault(response.node, str(error))

    def _check_content(self, response, allowed):
        """Only these children (and evidence); the first of them must be there unless a reason."""
        tags = [child.tag for child in response.node.children if child.tag != "evidence"]
        wanted = allowed[:1] if allowed != ["reason"] else []
        right = set(tags) <= set(allowed) and set(wanted) <= set(tags)
        if response.status and response.answer:
            right = False
        if not right:
            self._fault(response.node, f"'{response.standard}' may not be answered so")
        return right

    def _span(self, response):
        """Start, occurred dates and end, their order checked (section 2.1, dates)."""
        def read(tag):
            return [dates.parse_date(n.text) for n in response.node.all(tag)]
        start, occurred, end = read("start")[0], read("occurred"), (read("end") or [None])[0]
        later = occurred + ([end] if end else [])
        if any(day > self.audit for day in [start, *later]):
            self._fault(response.node, f"a date is after the audit on {self.audit}")
        if any(day < start for day in later):
            self._fault(response.node, f"a date is before the start on {start}")
        if end and any(day > end for day in occurred):
            self._fault(response.node, f"a date is after the end on {end}")
        return start, occurred, end

    def _working(self, standard, response, compute):
        try:
            return compute()
        except dates.OutsideCalendar as error:
            return self._fault(response.node, f"'{standard.id}': {error} is outside the calendar")

    def _fault(self, node, message):
        self.faults.add(node, message)
