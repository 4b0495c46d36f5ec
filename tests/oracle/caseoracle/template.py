"""The template: assumed valid, so read without checks."""

from dataclasses import dataclass, field

from . import dates, figures, xmltree

NAMESPACE = "urn:caseaudit:template:1"
CONTENT_TYPES = ("timescale", "frequency", "number", "points", "text")


@dataclass(frozen=True)
class Grade:
    id: str
    score: int
    edge: int


@dataclass
class Limit:
    """A limit of a section (`section` names it) or of the whole template."""

    id: str
    to: str
    never: bool
    reason: str
    rows: list
    section: str = None


@dataclass
class Alert:
    id: str
    severity: str
    message: str
    rows: list


@dataclass
class Measure:
    id: str
    standard: str
    kind: str
    counts: list


@dataclass
class Standard:
    """One standard; `kind` is its type and `content` the node that holds the type's figures."""

    id: str
    section: "Section"
    kind: str
    weight: int
    required: bool
    not_applicable: str
    not_applicable_score: int
    critical: bool
    agencies: list
    answers: dict
    derived: str
    content: xmltree.Node
    late: list
    evidence_required: bool
    evidence_below: int
    action_below: int
    applies: list


@dataclass
class Section:
    id: str
    parent: "Section"
    weight: int
    rollup: str
    focus: str
    applies: list
    limits: list
    children: list = field(default_factory=list)

    @property
    def top(self):
        return self.parent.top if self.parent else self

    @property
    def depth(self):
        return 1 + (self.parent.depth if self.parent else 0)

    def above(self):
        """This section and every section around it."""
        section = self
        while section:
            yield section
            section = section.parent

    def sections(self):
        """This section and those below it, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Section):
                yield from child.sections()

    def standards(self):
        """Every standard below, in document order."""
        for child in self.children:
            if isinstance(child, Section):
                yield from child.standards()
            else:
                yield child


class Template:
    """A template by the names its XML uses."""

    def __init__(self, root):
        self.id, self.version = root.get("id"), root.get("version")
        self.framework = root.get("framework")
        self.out_of = int(root.get("out-of", "100"))
        self.full = 100 * self.out_of
        self.rollup = root.get("rollup", "mean")
        self.judged = root.get("overall", "computed") == "judged"
        look_back = root.get("look-back-months")
        self.look_back = int(look_back) if look_back else None
        self.effective_from = _date(root.get("effective-from"))
        self.effective_to = _date(root.get("effective-to"))
        self.grades = [
            Grade(g.get("id"), figures.parse_score(g.get("score")), figures.parse_score(g.get("from")))
            for g in root.inside("scale")
        ]
        self.rank = {grade.id: place for place, grade in enumerate(self.grades)}
        self.lists = {"grades": {grade.id: grade.score for grade in self.grades}}
        for node in root.all("answers"):
            self.lists[node.get("id")] = self._answers(node)
        self.options = {node.get("name"): node.get("value") for node in root.all("option")}
        self.agencies = [node.get("id") for node in root.inside("agencies")]
        self.attributes = {node.get("id"): node for node in root.inside("attributes")}
        self.themes = [node.get("id") for node in root.inside("themes")]
        self.sections = [self._section(node, None) for node in root.all("section")]
        rules = root.first("rules")
        self.rules = [(r.get("grade"), r.children) for r in rules.all("rule")] if rules else []
        self.otherwise = rules.first("otherwise").get("grade") if rules else None
        self.limits = [_limit(node) for node in root.inside("limits")]
        self.alerts = [
            Alert(n.get("id"), n.get("severity"), n.text_of("message"), _rows(n))
            for n in root.inside("alerts")
        ]
        self.measures = [
            Measure(n.get("id"), n.get("standard"), n.get("kind"), n.words("counts"))
            for n in root.inside("measures")
        ]
        self.section_of = {s.id: s for s in self.all_sections()}
        self.standard_of = {s.id: s for s in self.all_standards()}

    def all_sections(self):
        """Document order, parents before children."""
        return [below for section in self.sections for below in section.sections()]

    def all_standards(self):
        return [standard for section in self.sections for standard in section.standards()]

    def asked(self, standard, returned):
        """The agencies that returned and should answer the standard."""
        return [a for a in returned if a is None or not standard.agencies or a in standard.agencies]

    def band(self, score):
        """The best grade whose `from` is at most the score (section 4)."""
        if score is None:
            return None
        return next(grade.id for grade in self.grades if grade.edge <= score)

    def worse(self, grade, cap):
        """The grade lowered to the cap where there is one and it is worse."""
        if grade is None or cap is None:
            return grade
        return max(grade, cap, key=self.rank.__getitem__)

    def worst(self, grades):
        """The worst of some grades; None of none."""
        return max(grades, key=self.rank.__getitem__, default=None)

    def _answers(self, node):
        """A list's scores, turned into the template's marks where it has its own full marks."""
        own = int(node.get("out-of", str(self.out_of)))
        scores = {}
        for answer in node.all("answer"):
            text = answer.get("score")
            scores[answer.get("id")] = (
                None if text == "none" else figures.mean(figures.parse_score(text) * self.out_of, own)
            )
        return scores

    def _section(self, node, parent):
        section = Section(
            id=node.get("id"),
            parent=parent,
            weight=figures.parse_thousandths(node.get("weight", "1")),
            rollup=node.get("rollup", "mean"),
            focus=node.get("focus"),
            applies=node.inside("applies"),
            limits=[_limit(n, node.get("id")) for n in node.inside("limits")],
        )
        for child in node.children:
            if child.tag == "section":
                section.children.append(self._section(child, section))
            elif child.tag == "standard":
                section.children.append(self._standard(child, section))
        return section

    def _standard(self, node, section):
        content = next((c for c in node.children if c.tag in CONTENT_TYPES), None)
        derived = node.get("derived")
        if derived:
            kind = "derived"
        else:
            kind = content.tag if content else "answers"
        late_rows = (content if kind == "timescale" else node).all("late")
        return Standard(
            id=node.get("id"),
            section=section,
            kind=kind,
            weight=figures.parse_thousandths(node.get("weight", "1")),
            required=node.get("required", "yes") == "yes",
            not_applicable=node.get("not-applicable", "reason"),
            not_applicable_score=_score(node.get("not-applicable-score")),
            critical=node.get("critical", "no") == "yes",
            agencies=node.words("agencies"),
            answers=self.lists[node.get("answers")] if kind == "answers" else None,
            derived=derived,
            content=content,
            late=[(int(n.get("up-to")), figures.parse_score(n.get("score"))) for n in late_rows],
            evidence_required=node.get("evidence", "optional") == "required",
            evidence_below=_score(node.get("evidence-below")),
            action_below=_score(node.get("action-below")),
            applies=node.inside("applies"),
        )


def _rows(node):
    return [child for child in node.children if child.tag in ("when", "any")]


def _limit(node, section=None):
    never = node.get("override", "allowed") == "never"
    return Limit(node.get("id"), node.get("to"), never, node.text_of("reason"), _rows(node), section)


def _score(text):
    return figures.parse_score(text) if text is not None else None


def _date(text):
    return dates.parse_date(text) if text else None


def read_template(path):
    with open(path, "rb") as file:
        return Template(xmltree.parse(file.read(), NAMESPACE))
