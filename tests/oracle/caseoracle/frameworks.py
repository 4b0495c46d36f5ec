"""The four frameworks: events, derived standards and what each does differently."""

from . import dates
from .outcomes import Outcome, frequency, timescale


class Framework:
    """`graded-standards`: exactly the scoring rules, without events."""

    name = "graded-standards"
    option_defaults = {}
    events = ()            # event types known
    starting = None        # exactly one, required; nothing but `early` precedes it
    early = ()
    ending = None          # at most one; nothing follows it
    single = ()            # types of which two are an error

    def __init__(self, template):
        self.template = template

    def option(self, name):
        return int(self.template.options.get(name, self.option_defaults[name]))

    def quality(self, section):
        """Whether the section makes up the grade."""
        return True

    def agencies(self, ret, faults):
        """The agencies that returned, in the template's order; (None,) without agencies."""
        nodes = ret.root.all("responses")
        if len(nodes) != 1:
            faults.add(nodes[-1] if nodes else ret.root, "responses must come once")
        for node in nodes:
            if node.attrs:
                faults.add(node, "this framework has no agencies")
        return [None]

    def warnings(self, ret, returned):
        """Lines of warnings of the framework's own."""
        return []

    def check_events(self, ret, faults):
        """Fills self.dates (type: distinct dates, ascending) and self.today."""
        found = {}
        for node in ret.events:
            kind, day = node.get("type"), dates.parse_date(node.get("date"))
            if kind not in self.events:
                faults.add(node, f"event '{kind}' is unknown")
                continue
            if day > ret.audit:
                faults.add(node, f"{day} is after the audit on {ret.audit}")
            found.setdefault(kind, []).append((day, node))
        for kind in self.single:
            for _, node in found.get(kind, [])[1:]:
                faults.add(node, f"event '{kind}' comes twice")
        if self.starting and self.starting not in found:
            faults.add(ret.root, f"event '{self.starting}' is required")
        self.dates = {kind: sorted({day for day, _ in days}) for kind, days in found.items()}
        ends = self.dates.get(self.ending)
        self.today = min(ret.audit, ends[0]) if ends else ret.audit
        for kind, days in found.items():
            for day, node in days:
                if self.starting in self.dates and kind not in self.early:
                    if day < self.dates[self.starting][0]:
                        faults.add(node, f"'{kind}' precedes '{self.starting}'")
                if ends and day > ends[0]:
                    faults.add(node, f"'{kind}' follows '{self.ending}'")

    def derive(self, standard, ret):
        """The outcome of a derived standard; may raise OutsideCalendar."""
        self.standard, self.ret = standard, ret
        return getattr(self, "_" + standard.derived.replace("-", "_"))()

    # What derived standards are made of.

    def _all(self, kind):
        return self.dates.get(kind, [])

    def _earliest(self, kind, since=None):
        return next((day for day in self._all(kind) if since is None or day >= since), None)

    def _nothing(self, status):
        return Outcome(self.standard, None, status)

    def _until_due(self, start, due, end):
        return timescale(self.standard, None, start, due, end, self.today, self.template.full)

    def _within(self, start, count, unit, end):
        return self._until_due(start, dates.add(start, count, unit), end)

    def _every(self, start, occurred, count, unit, until=None):
        until = until or self.today
        inside = [day for day in occurred if start <= day <= until]
        return frequency(
            self.standard, None, start, inside, until, count, unit, self.template.full
        )


class Permanency(Framework):
    name = "permanency"
    option_defaults = {
        "first-review-working-days": 20, "second-review-months": 3, "later-review-months": 6,
        "planning-meeting-weeks": 6, "proceedings-weeks": 26, "adoption-days": 426,
        "match-days": 121, "formal-match-months": 6,
    }
    events = (
        "entered-care", "review", "permanence-plan", "planning-meeting", "proceedings-started",
        "proceedings-ended", "placement-order", "decision", "matched", "placed",
        "permanence-achieved", "left-care",
    )
    starting, ending = "entered-care", "left-care"
    early = ("planning-meeting", "proceedings-started")
    single = ("entered-care", "permanence-achieved", "left-care")

    @property
    def _entered(self):
        return self._all("entered-care")[0]

    def _first_review(self):
        return self._within(
            self._entered, self.option("first-review-working-days"), "working-days",
            self._earliest("review"),
        )

    def _second_review(self):
        reviews = self._all("review")
        if not reviews:
            return self._nothing("not-yet-due")
        second = reviews[1] if len(reviews) > 1 else None
        return self._within(reviews[0], self.option("second-review-months"), "months", second)

    def _later_reviews(self):
        reviews = self._all("review")
        if len(reviews) < 2:
            return self._nothing("not-yet-due")
        return self._every(reviews[1], reviews[2:], self.option("later-review-months"), "months")

    def _plan_by_second_review(self):
        reviews = self._all("review")
        if len(reviews) > 1:
            due = reviews[1]
        else:
            first = reviews[0] if reviews else dates.add(
                self._entered, self.option("first-review-working-days"), "working-days"
            )
            due = dates.add(first, self.option("second-review-months"), "months")
        return self._until_due(self._entered, due, self._earliest("permanence-plan"))

    def _planning_meetings(self):
        return self._every(
            self._entered, self._all("planning-meeting"), self.option("planning-meeting-weeks"),
            "weeks", until=self._earliest("permanence-achieved"),
        )

    def _proceedings(self):
        if not self._all("proceedings-started"):
            return self._nothing("not-applying")
        start = self._all("proceedings-started")[-1]
        return self._within(
            start, self.option("proceedings-weeks"), "weeks",
            self._earliest("proceedings-ended", since=start),
        )

    def _placed_for_adoption(self):
        if self.ret.attributes["route"] != "adoption":
            return self._nothing("not-applying")
        return self._within(
            self._entered, self.option("adoption-days"), "days", self._earliest("placed")
        )

    def _adoption_match(self):
        order = self._earliest("placement-order")
        if self.ret.attributes["route"] != "adoption" or order is None:
            return self._nothing("not-applying")
        return self._within(
            order, self.option("match-days"), "days", self._earliest("matched", since=order)
        )

    def _formal_match(self):
        plan = self._earliest("permanence-plan")
        if self.ret.attributes["route"] != "long-term-fostering" or plan is None:
            return self._nothing("not-applying")
        return self._within(
            plan, self.option("formal-match-months"), "months",
            self._earliest("matched", since=plan),
        )


class FosterHomeReview(Framework):
    name = "foster-home-review"
    option_defaults = {"review-months": 12, "panel-days": 90, "visit-months": 12, "checks-years": 3}
    events = ("approved", "review", "panel", "unannounced-visit", "checks-renewed", "approval-ended")
    starting, ending = "approved", "approval-ended"
    early = ("panel",)
    single = ("approved", "approval-ended")

    def quality(self, section):
        return section.top.focus == "quality"

    @property
    def breach_cap(self):
        return self.template.options.get("breach-cap", "requires-improvement")

    @property
    def _approved(self):
        return self._all("approved")[0]

    def _first_review(self):
        return self._within(
            self._approved, self.option("review-months"), "months", self._earliest("review")
        )

    def _annual_reviews(self):
        reviews = self._all("review")
        if not reviews:
            return self._nothing("not-yet-due")
        return self._every(reviews[0], reviews[1:], self.option("review-months"), "months")

    def _first_review_to_panel(self):
        review = self._earliest("review")
        if review is None:
            return self._nothing("not-yet-due")
        return self._within(
            review, self.option("panel-days"), "days", self._earliest("panel", since=review)
        )

    def _unannounced_visits(self):
        return self._every(
            self._approved, self._all("unannounced-visit"), self.option("visit-months"), "months"
        )

    def _checks_in_date(self):
        return self._every(
            self._approved, self._all("checks-renewed"), self.option("checks-years"), "years"
        )


class Maap(Framework):
    name = "maap"

    def __init__(self, template):
        super().__init__(template)
        if template.look_back is None:
            template.look_back = 12

    def agencies(self, ret, faults):
        known, returned = self.template.agencies, []
        for node in ret.root.all("responses"):
            agency = node.get("agency")
            if agency not in known or agency in returned:
                faults.add(node, f"agency '{agency}' is unknown or returned twice")
            returned.append(agency)
            if node.get("grade") is not None and node.get("grade") not in self.template.rank:
                faults.add(node, f"grade '{node.get('grade')}' is not in the scale")
            if (node.get("grade") is None) != (node.get("by") is None):
                faults.add(node, "an agency's grade comes with who gave it")
        if len(set(returned)) < 2:
            faults.add(ret.root, "at least two agencies must return")
        if self.template.options.get("all-agencies", "no") == "yes" and set(known) - set(returned):
            faults.add(ret.root, "every agency must return")
        return [agency for agency in known if agency in returned]

    def warnings(self, ret, returned):
        missing = [ret.root.line for agency in self.template.agencies if agency not in returned]
        chosen = ret.selection not in (None, "random")
        return missing + ([ret.audit_node.line] if chosen else [])


FRAMEWORKS = {f.name: f for f in (Framework, Permanency, FosterHomeReview, Maap)}


def framework_of(template):
    return FRAMEWORKS[template.framework](template)
