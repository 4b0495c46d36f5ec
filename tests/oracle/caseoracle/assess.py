"""One pass over a return: outcomes, sections, overall score, limits, alerts, measures."""

from dataclasses import dataclass, field

from . import conditions, dates, figures
from .outcomes import Answering, Outcome, not_applicable
from .template import Section


@dataclass
class SectionScore:
    score: int
    grade: str
    cap: str = None


@dataclass
class HeldLimit:
    id: str
    section: str
    to: str
    reason: str
    never: bool = False


@dataclass
class Assessment:
    """Everything one pass yields. `sections` is keyed by (section id, agency or None)."""

    facts: object
    sections: dict
    score: int = None
    computed: str = None
    limits: list = field(default_factory=list)
    alerts: list = field(default_factory=list)
    measures: list = field(default_factory=list)
    agencies: list = field(default_factory=list)

    @property
    def outcomes(self):
        return self.facts.outcomes

    @property
    def incomplete(self):
        return any(o.status == "missing" for o in self.outcomes.values())


ROLLUPS = {
    "mean": figures.weighted_mean,
    "lowest": lambda pairs: min((s for _, s in pairs), default=None),
    "highest": lambda pairs: max((s for _, s in pairs), default=None),
    "median": lambda pairs: figures.lower_median([s for _, s in pairs]) if pairs else None,
}
ROLLUPS["rules"] = ROLLUPS["mean"]


class Pass:
    """Scores one set of responses (as audited, or with a moderator's changes)."""

    def __init__(self, framework, ret, returned, responses, unanswered, faults):
        self.framework, self.template = framework, framework.template
        self.ret, self.returned = ret, returned
        self.responses = responses          # (standard, agency): Response
        self.unanswered = unanswered        # (section, agency): the not-applicable element
        self.faults = faults
        self.facts = conditions.Facts(self.template, ret.attributes)
        self.answering = Answering(self.template, ret.audit, faults)
        self.rows = {}                      # (section, agency or None): SectionScore
        self.held = {}                      # section: its limits that hold

    def run(self):
        for section in self.template.sections:
            self._outcomes(section, True)
        self._check_unanswered()
        if self.faults.found:
            return None
        for section in self.template.sections:
            self._score_section(section)
        result = Assessment(self.facts, self.rows)
        result.limits = self._section_limits()
        self._overall(result)
        self._template_limits(result)
        result.alerts = [a for a in self.template.alerts if conditions.hold(a.rows, self.facts)]
        result.measures = [self._measure(m) for m in self.template.measures]
        self._own_measures(result)
        return result

    # Outcomes, in document order so that `applies` sees what stands earlier (section 5).

    def _outcomes(self, section, applies):
        applies = applies and conditions.hold(section.applies, self.facts)
        for child in section.children:
            if isinstance(child, Section):
                self._outcomes(child, applies)
                continue
            holds = applies and conditions.hold(child.applies, self.facts)
            for agency in self.template.asked(child, self.returned):
                outcome = self._outcome(child, agency, holds)
                self.facts.outcomes[child.id, agency] = outcome

    def _outcome(self, standard, agency, applies):
        response = self.responses.get((standard.id, agency))
        outcome = self._derived(standard) if applies and standard.derived else None
        if not applies or (outcome and outcome.status == "not-applying"):
            if response:
                self.faults.add(response.node, f"'{standard.id}' does not apply")
            return Outcome(standard, agency, "not-applying")
        declared = [s for s in standard.section.above() if (s.id, agency) in self.unanswered]
        if declared and not (response and response.changed):
            return self._declared(standard, agency, response, declared[0])
        if outcome:
            return self._derived_response(standard, agency, response) or outcome
        if response:
            return self.answering.outcome(standard, agency, response)
        if standard.required:
            return Outcome(standard, agency, "missing")
        return not_applicable(standard, agency, said=False)

    def _derived(self, standard):
        try:
            return self.framework.derive(standard, self.ret)
        except dates.OutsideCalendar as error:
            self.faults.add(self.ret.root, f"'{standard.id}': {error} is outside the calendar")
            return Outcome(standard, None, "not-yet-due")

    def _derived_response(self, standard, agency, response):
        if response is None:
            return None
        if response.status != "not-applicable":
            self.faults.add(response.node, f"'{standard.id}' is derived and takes no response")
            return None
        return self.answering.outcome(standard, agency, response)

    def _declared(self, standard, agency, response, section):
        """A standard of a section declared not applicable."""
        node = self.unanswered[section.id, agency]
        if response:
            self.faults.add(response.node, f"'{section.id}' was declared not applicable")
        if standard.not_applicable == "forbidden":
            self.faults.add(node, f"'{standard.id}' may not be not applicable")
        elif not node.text_of("reason"):
            if standard.not_applicable == "reason" or standard.derived:
                self.faults.add(node, f"'{standard.id}' not applicable needs a reason")
        return not_applicable(standard, agency, said=True)

    def _check_unanswered(self):
        for (section, _), node in self.unanswered.items():
            if section not in self.template.section_of:
                self.faults.add(node, f"section '{section}' is unknown")

    # Sections (section 3), bottom up, each capped before the next level uses it.

    def _score_section(self, section):
        for child in section.children:
            if isinstance(child, Section):
                self._score_section(child)
        joint = SectionScore(None, None)
        if self.returned == [None]:
            joint.score = self._rolled(section, None)
        else:
            for agency in self.returned:
                score = self._rolled(section, agency)
                self.rows[section.id, agency] = SectionScore(score, self.template.band(score))
            scores = (self.rows[section.id, agency].score for agency in self.returned)
            joint.score = min((s for s in scores if s is not None), default=None)
        if self.framework.quality(section):
            joint.grade = self.template.band(joint.score)
        self.rows[section.id, None] = self.facts.sections[section.id] = joint
        held = [limit for limit in section.limits if conditions.hold(limit.rows, self.facts)]
        self.held[section.id] = held
        self._cap(joint, self.template.worst(limit.to for limit in held))

    def _cap(self, row, cap):
        if cap and row.grade and self.template.worse(row.grade, cap) != row.grade:
            row.score = self.template.grades[self.template.rank[cap]].score
            row.grade = row.cap = cap

    def _rolled(self, section, agency):
        pairs = []
        for child in section.children:
            if isinstance(child, Section):
                score = self.rows[child.id, agency].score
            else:
                outcome = self.facts.outcomes.get((child.id, agency))
                score = outcome.score if outcome else None
            if score is not None and child.weight > 0:
                pairs.append((child.weight, score))
        return ROLLUPS[section.rollup](pairs)

    def _section_limits(self):
        """Those that hold: innermost first, then document order."""
        sections = sorted(self.template.all_sections(), key=lambda s: -s.depth)
        return [
            HeldLimit(limit.id, section.id, limit.to, limit.reason)
            for section in sections for limit in self.held[section.id]
        ]

    # Overall (section 4).

    def _overall(self, result):
        takes_part = self._taking_part(None)
        self.facts.takes_part = [section.id for section, _ in takes_part]
        self._agencies(result)
        rollup = self.template.rollup
        if rollup == "none":
            return
        if rollup == "flat":
            pairs = [
                (o.standard.weight, o.score) for o in self.facts.outcomes.values()
                if o.counts and self.framework.quality(o.standard.section)
            ]
            result.score = figures.weighted_mean(pairs)
        else:
            result.score = ROLLUPS[rollup]([(s.weight, score) for s, score in takes_part])
        if result.score is None:
            return
        if rollup == "rules":
            result.computed = self._first_rule()
            if self.template.agencies:
                result.score = None
        else:
            result.computed = self.template.band(result.score)

    def _taking_part(self, agency):
        """Top-level sections of the grade with a score and a weight."""
        return [
            (section, self.rows[section.id, agency].score)
            for section in self.template.sections
            if self.framework.quality(section)
            and section.weight > 0 and self.rows[section.id, agency].score is not None
        ]

    def _first_rule(self):
        for grade, rows in self.template.rules:
            if conditions.hold(rows, self.facts):
                return grade
        return self.template.otherwise

    def _agencies(self, result):
        """Each agency's own overall score and grade (frameworks, section 4)."""
        if self.returned == [None]:
            return
        for agency in self.returned:
            pairs = [(s.weight, score) for s, score in self._taking_part(agency)]
            score = figures.weighted_mean(pairs)
            result.agencies.append((agency, score, self.template.band(score)))
        self.facts.agency_grades = [grade for _, _, grade in result.agencies]

    def _template_limits(self, result):
        result.limits += [
            HeldLimit(limit.id, None, limit.to, limit.reason, limit.never)
            for limit in self.template.limits if conditions.hold(limit.rows, self.facts)
        ]
        breaches = [o for o in self._compliance() if o.score < self.template.full]
        if breaches:
            names = ", ".join(o.standard.id for o in breaches)
            result.limits.append(HeldLimit("compliance", None, self.framework.breach_cap, names))

    def _compliance(self):
        """Outcomes of compliance standards that count."""
        return [
            o for o in self.facts.outcomes.values()
            if o.counts and not self.framework.quality(o.standard.section)
        ]

    # Measures (section 8).

    def _measure(self, measure):
        outcomes = self.facts.of(measure.standard)
        if measure.kind == "mean":
            values = [v for v in map(_mean_value, outcomes) if v is not None]
            return {
                "id": measure.id, "kind": "mean",
                "sum": figures.print_shortest(sum(values)), "count": len(values),
            }
        numerator = denominator = 0
        for outcome in outcomes:
            if outcome.gaps:
                numerator, denominator = numerator + outcome.kept, denominator + outcome.gaps
            elif outcome.score is not None:
                denominator += 1
                numerator += (
                    outcome.answer in measure.counts if measure.counts
                    else outcome.score == self.template.full
                )
        return _proportion(measure.id, numerator, denominator)

    def _own_measures(self, result):
        if self.framework.name == "foster-home-review":
            counting = self._compliance()
            met = sum(o.score == self.template.full for o in counting)
            result.measures.append(_proportion("compliance", met, len(counting)))
        if self.framework.name == "maap":
            result.measures.append(
                _proportion("agencies-returned", len(self.returned), len(self.template.agencies))
            )


def _proportion(name, numerator, denominator):
    return {"id": name, "kind": "proportion", "numerator": numerator, "denominator": denominator}


def _mean_value(outcome):
    """In thousandths: a value, or elapsed days."""
    if outcome.value is not None:
        return outcome.value
    return outcome.days * 1000 if outcome.days is not None else None
