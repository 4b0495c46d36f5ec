"""Conditions: one grammar of rows (scoring rules, section 5)."""

from . import dates, figures


class Facts:
    """What rows may look at. Rows see it as it stands when they are tested."""

    def __init__(self, template, attributes):
        self.template = template
        self.attributes = attributes
        self.outcomes = {}
        self.sections = {}
        self.takes_part = []
        self.agency_grades = []

    def of(self, standard):
        """The standard's outcomes, one for each agency."""
        return [o for (name, _), o in self.outcomes.items() if name == standard]

    def not_applying(self):
        """The pairs of standard and agency that do not apply."""
        return {key for key, o in self.outcomes.items() if o.status == "not-applying"}


def hold(rows, facts):
    """All rows hold; `any` holds when at least one row in it does."""
    return all(_holds(row, facts) for row in rows)


def _holds(row, facts):
    if row.tag == "any":
        return any(_holds(inner, facts) for inner in row.children)
    for name, test in _TESTS.items():
        if name in row.attrs:
            return test(row, facts)
    raise ValueError(f"a row of no known kind at line {row.line}")


def _enough(row, count):
    """`at-least` or `at-most` K."""
    if "at-most" in row.attrs:
        return count <= int(row.get("at-most"))
    return count >= int(row.get("at-least"))


def _in_score_range(row, score):
    """`below` and `from`: without a score neither holds."""
    if score is None:
        return False
    below, least = row.get("below"), row.get("from")
    return (below is None or score < figures.parse_score(below)) and (
        least is None or score >= figures.parse_score(least)
    )


def _attribute(row, facts):
    name = row.get("attribute")
    definition = facts.template.attributes[name]
    read = {"integer": int, "date": dates.parse_date}.get(definition.get("type"), str)
    text = facts.attributes.get(name)
    value = read(text) if text is not None else None
    if "is" in row.attrs:
        return value is not None and value in [read(word) for word in row.words("is")]
    if "is-not" in row.attrs:
        return value is None or value not in [read(word) for word in row.words("is-not")]
    if value is None:
        return False
    low, high = row.get("from"), row.get("to")
    return (low is None or value >= read(low)) and (high is None or value <= read(high))


def _standard(row, facts):
    outcomes = facts.of(row.get("standard"))
    if "answer" in row.attrs:
        return any(o.answer in row.words("answer") for o in outcomes)
    if "status" in row.attrs:
        return any(o.status in row.words("status") for o in outcomes)
    return any(_in_score_range(row, o.score) for o in outcomes)


def _standards(row, facts):
    answers = row.words("answer")
    pairs = [o for name in dict.fromkeys(row.words("standards")) for o in facts.of(name)]
    return _enough(row, sum(o.answer in answers for o in pairs))


def _section(row, facts):
    section = facts.sections[row.get("section")]
    if "graded" in row.attrs:
        return section.grade in row.words("graded")
    return _in_score_range(row, section.score)


def _sections_graded(row, facts):
    grades = row.words("sections-graded")
    return _enough(row, sum(facts.sections[s].grade in grades for s in facts.takes_part))


def _agencies_graded(row, facts):
    grades = row.words("agencies-graded")
    return _enough(row, sum(grade in grades for grade in facts.agency_grades))


def _critical_below(row, facts):
    edge = figures.parse_score(row.get("critical-below"))
    low = (
        o for o in facts.outcomes.values()
        if o.standard.critical and o.score is not None and o.score < edge
    )
    return _enough(row, sum(1 for _ in low))


_TESTS = {
    "attribute": _attribute,
    "standard": _standard,
    "standards": _standards,
    "section": _section,
    "sections-graded": _sections_graded,
    "agencies-graded": _agencies_graded,
    "critical-below": _critical_below,
}
