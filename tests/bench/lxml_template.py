"""The template, read once: conditions become functions, ids become dictionaries."""

import functools

from lxml import etree

import lxml_outcomes as outcomes

NS = "{urn:caseaudit:template:1}"
OPTIONS = {"first-review-working-days": 20, "second-review-months": 3, "later-review-months": 6,
           "planning-meeting-weeks": 6, "proceedings-weeks": 26, "adoption-days": 426,
           "match-days": 121, "formal-match-months": 6}


def hundredths(text):
    return None if text is None or text == "none" else outcomes.decimal(text, 2)


# ---- conditions ----

def all_of(nodes):
    rows = [row(node) for node in nodes if node.tag in (NS + "when", NS + "any")]
    if len(rows) == 1:
        return rows[0]
    return lambda facts: all(holds(facts) for holds in rows)


def row(node):
    if node.tag == NS + "any":
        rows = [row(child) for child in node]
        return lambda facts: any(holds(facts) for holds in rows)
    for name, make in ROWS.items():
        if name in node.attrib:
            return make(node)
    raise ValueError("line %d: a condition this script does not know" % node.sourceline)


def in_range(node):
    below, least = hundredths(node.get("below")), hundredths(node.get("from"))
    return lambda score: score is not None and (below is None or score < below) and \
        (least is None or score >= least)


def attribute_row(node):
    name = node.get("attribute")
    if node.get("is"):
        wanted = frozenset(node.get("is").split())
        return lambda facts: facts.attributes.get(name) in wanted
    low, high = int(node.get("from", -10**9)), int(node.get("to", 10**9))
    return lambda facts: name in facts.attributes and low <= int(facts.attributes[name]) <= high


def standard_row(node):
    name = node.get("standard")
    for key in ("answer", "status"):
        if node.get(key):
            words = frozenset(node.get(key).split())
            return lambda facts, key=key: getattr(facts.outcome[name], key) in words
    test = in_range(node)
    return lambda facts: test(facts.outcome[name].score)


def section_row(node):
    name, test = node.get("section"), in_range(node)
    return lambda facts: test(facts.section[name][0])


def graded_row(node):
    grades, least = frozenset(node.get("sections-graded").split()), int(node.get("at-least"))
    return lambda facts: sum(facts.section[name][1] in grades
                             for name in facts.taking_part) >= least


def critical_row(node):
    edge, least = hundredths(node.get("critical-below")), int(node.get("at-least"))
    names = [s.get("id") for s in node.getroottree().iter(NS + "standard")
             if s.get("critical") == "yes"]

    def holds(facts):
        scores = [facts.outcome[name].score for name in names]
        return sum(score is not None and score < edge for score in scores) >= least

    return holds


ROWS = {"attribute": attribute_row, "standard": standard_row, "section": section_row,
        "sections-graded": graded_row, "critical-below": critical_row}


# ---- parts ----

class Standard:
    def __init__(self, template, node, above, applies, lists):
        self.template, self.full, self.id = template, template.full, node.get("id")
        self.above = above
        self.applies = applies + [all_of(child) for child in node.iterchildren(NS + "applies")]
        self.required = node.get("required") != "no"
        self.not_applicable = node.get("not-applicable", "reason")
        self.not_applicable_score = hundredths(node.get("not-applicable-score"))
        self.evidence_required = node.get("evidence") == "required"
        self.evidence_below = hundredths(node.get("evidence-below"))
        self.action_below = hundredths(node.get("action-below"))
        self.derive = outcomes.DERIVE.get(node.get("derived"))
        self.kind, content = "answers", node
        for child in node:
            kind = child.tag[len(NS):]
            if kind in ("timescale", "frequency", "number", "points", "text"):
                self.kind, content = kind, child
        self.answers = lists.get(node.get("answers"))
        self.late = [(int(x.get("up-to")), hundredths(x.get("score")))
                     for x in content.iterchildren(NS + "late")]
        getattr(self, "read_" + self.kind, lambda content: None)(content)

    def read_timescale(self, content):
        self.count, self.unit = int(content.get("within")), content.get("unit")

    def read_frequency(self, content):
        self.count, self.unit = int(content.get("every")), content.get("unit")

    def read_number(self, content):
        self.least = outcomes.decimal(content.get("min"), 3)
        self.most = outcomes.decimal(content.get("max"), 3)
        self.bands = [(outcomes.decimal(b.get("from"), 3), hundredths(b.get("score")))
                      for b in content.iterchildren(NS + "band")]

    def read_points(self, content):
        self.out_of = outcomes.decimal(content.get("out-of"), 3)
        self.step = outcomes.decimal(content.get("step", "1"), 3)
        self.faults = content.get("count") == "faults"


ROLLUPS = {
    "mean": outcomes.weighted_mean,
    "lowest": lambda pairs: min((s for _, s in pairs), default=None),
    "highest": lambda pairs: max((s for _, s in pairs), default=None),
    "median": lambda pairs: sorted(s for _, s in pairs)[(len(pairs) - 1) // 2] if pairs else None}


class Section:
    def __init__(self, node, depth):
        self.id, self.depth = node.get("id"), depth
        self.weight = weight_of(node)
        self.rollup = ROLLUPS[node.get("rollup", "mean")]
        self.limits = [Held(x, "to") for x in node.iterfind("%slimits/%slimit" % (NS, NS))]
        self.children = [(weight_of(child), child.tag[len(NS):], child.get("id"))
                         for child in node
                         if child.tag in (NS + "section", NS + "standard")]


class Held:
    """A limit or an alert, and whether it holds."""

    def __init__(self, node, key):
        self.id, self.to = node.get("id"), node.get(key)
        self.never = node.get("override") == "never"
        self.holds = all_of(node)


class Measure:
    def __init__(self, node, full):
        self.id, self.standard, self.full = node.get("id"), node.get("standard"), full
        self.sums = self.mean if node.get("kind") == "mean" else self.proportion
        self.counts = frozenset(node.get("counts", "").split())

    def mean(self, outcome):
        if outcome.value is not None:
            return outcome.value, 1
        return (outcome.days * 1000, 1) if outcome.days is not None else (0, 0)

    def proportion(self, outcome):
        if outcome.gaps:
            return outcome.kept, outcome.gaps
        if outcome.score is None:
            return 0, 0
        good = outcome.answer in self.counts if self.counts else outcome.score == self.full
        return int(good), 1


def weight_of(node):
    return outcomes.decimal(node.get("weight", "1"), 3)


class Template:
    def __init__(self, root):
        self.full = int(root.get("out-of")) * 100
        self.first = outcomes.day(root.get("effective-from"))
        self.look_back = int(root.get("look-back-months"))
        grades = list(root.iterfind("%sscale/%sgrade" % (NS, NS)))
        self.rank = {g.get("id"): i for i, g in enumerate(grades)}
        self.score_of = {g.get("id"): hundredths(g.get("score")) for g in grades}
        self.edges = [(hundredths(g.get("from")), g.get("id")) for g in grades]
        self.option = dict(OPTIONS, **{o.get("name"): int(o.get("value"))
                                       for o in root.iterchildren(NS + "option")})
        self.attributes = {
            a.get("id"): (a.get("type"), a.get("required") == "yes",
                          frozenset(v.get("id") for v in a))
            for a in root.iterfind("%sattributes/%sattribute" % (NS, NS))}
        self.read_sections(root)
        rules = root.find(NS + "rules")
        self.rules = [(r.get("grade"), all_of(r)) for r in rules.iterchildren(NS + "rule")]
        self.otherwise = rules.find(NS + "otherwise").get("grade")
        self.limits = [Held(x, "to") for x in root.iterfind("%slimits/%slimit" % (NS, NS))]
        severity = ("immediate", "urgent", "review")
        self.alerts = sorted((Held(x, "severity") for x in root.iter(NS + "alert")),
                             key=lambda alert: severity.index(alert.to))
        self.measures = [Measure(x, self.full) for x in root.iter(NS + "measure")]
        self.band = functools.cache(self.band)

    def read_sections(self, root):
        lists = {"grades": self.score_of}
        for node in root.iterchildren(NS + "answers"):
            out_of = int(node.get("out-of", self.full // 100))
            lists[node.get("id")] = {
                a.get("id"): None if a.get("score") == "none" else
                outcomes.mean(hundredths(a.get("score")) * (self.full // 100), out_of)
                for a in node}
        self.top, self.sections, self.inside_out, self.standards = [], [], [], []
        for node in root.iterchildren(NS + "section"):
            self.top.append(self.read_section(node, [], [], lists))
        self.standard = {standard.id: standard for standard in self.standards}
        self.deepest_first = sorted(self.sections, key=lambda section: -section.depth)

    def read_section(self, node, above, applies, lists):
        section = Section(node, len(above))
        self.sections.append(section)
        above = above + [section.id]
        applies = applies + [all_of(child) for child in node.iterchildren(NS + "applies")]
        for child in node:
            if child.tag == NS + "section":
                self.read_section(child, above, applies, lists)
            elif child.tag == NS + "standard":
                self.standards.append(Standard(self, child, above, applies, lists))
        self.inside_out.append(section)
        return section

    def check_attributes(self, nodes):
        found = {node.get("id"): (node.text or "").strip() for node in nodes}
        for name, (kind, required, values) in self.attributes.items():
            value = found.get(name)
            if value is None:
                if required:
                    raise ValueError("attribute '%s' is missing" % name)
            elif values and value not in values:
                raise ValueError("'%s' is not a value of '%s'" % (value, name))
            elif kind == "integer":
                int(value)
            elif kind == "date":
                outcomes.day(value)
        if not found.keys() <= self.attributes.keys():
            raise ValueError("an attribute is unknown")
        return found

    def band(self, score):
        if score is None:
            return None
        return next(grade for edge, grade in self.edges if edge <= score)

    def worst(self, grades):
        return max((g for g in grades if g), key=self.rank.get, default=None)


def read_template(path):
    parser = etree.XMLParser(remove_comments=True, remove_pis=True)
    return Template(etree.parse(path, parser).getroot())
