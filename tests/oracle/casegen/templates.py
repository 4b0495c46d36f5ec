"""Random templates, valid by construction."""

import datetime

from caseoracle import frameworks
from caseoracle.figures import print_score, print_shortest

from .markup import element

GRADES = [
    ("outstanding", "Outstanding"), ("good", "Good"),
    ("requires-improvement", "Requires improvement to be good"), ("inadequate", "Inadequate"),
    ("strong", "Strong"), ("sound", "Sound"), ("mixed", "Mixed"), ("thin", "Thin"),
    ("weak", "Weak"), ("absent", "Absent"),
]
ROLLUPS = {
    "graded-standards": ["mean", "mean", "flat", "lowest", "median", "rules", "none"],
    "permanency": ["mean", "mean", "flat", "lowest", "median", "rules", "none"],
    "foster-home-review": ["mean", "flat", "lowest", "median"],
    "maap": ["rules", "lowest"],
}
FREQUENCIES = {
    "later-reviews", "planning-meetings", "annual-reviews", "unannounced-visits", "checks-in-date",
}
DERIVED = {
    "permanency": [
        "first-review", "second-review", "later-reviews", "plan-by-second-review",
        "planning-meetings", "proceedings", "placed-for-adoption", "adoption-match", "formal-match",
    ],
    "foster-home-review": [
        "first-review", "annual-reviews", "first-review-to-panel", "unannounced-visits",
        "checks-in-date",
    ],
}
ROUTES = [
    "return-home", "adoption", "special-guardianship", "child-arrangements", "long-term-fostering",
    "residential", "not-yet-decided",
]
STATUSES = ["answered", "not-evidenced", "out-of-scope", "not-applicable", "not-applying"]
WEIGHTS = ["1", "1", "1", "2", "3", "0.5", "1.333", "0.001", "12.25", "1000", "0", "0.7"]
UNITS = ["days", "working-days", "weeks", "months", "years"]
SPAN = {
    "days": (1, 90), "working-days": (1, 60), "weeks": (1, 30), "months": (1, 14), "years": (1, 2),
}


class _Known:
    """A standard as the conditions need it."""

    def __init__(self, name, section, kind, answers, critical, asked):
        self.name, self.section, self.kind = name, section, kind
        self.answers, self.critical, self.asked = answers, critical, asked


class TemplateMaker:
    """One random template; `tree()` yields its XML."""

    def __init__(self, rng, framework, name):
        self.rng, self.framework, self.name = rng, framework, name
        self.standards, self.sections, self.parents = [], [], {}
        self.count = {}
        self.derived = list(DERIVED.get(framework, []))
        rng.shuffle(self.derived)

    def tree(self):
        rng = self.rng
        self.out_of = rng.choice([100, 100, 3, 3, 4, 10, 1, 7, 1000, 30])
        self.full = 100 * self.out_of
        rollup = rng.choice(ROLLUPS[self.framework])
        self.rollup = rollup
        judged = rollup == "none" or self.framework == "maap" or rng.random() < 0.3
        scale = self._scale()
        lists = [self._answers(f"list{i}") for i in range(rng.randint(0, 3))]
        self.agencies = []
        if self.framework == "maap":
            self.agencies = rng.sample(["police", "health", "school", "care", "probation"],
                                       rng.randint(2, 5))
        attributes = self._attributes()
        options = self._options()
        sections = self._sections()
        self.takers = [s for s in self.top_level if s in self.graded and s not in self.weightless]
        parts = [element("title", text="A template & its <title>"),
                 element("description", text="Made by chance.") if rng.random() < 0.3 else None]
        if self.framework == "maap" or rng.random() < 0.1:
            parts.append(element("terms-of-reference", text="What is looked at."))
        parts += [scale, *lists, *options]
        if self.agencies:
            parts.append(element("agencies", {}, *[
                element("agency", {"id": a, "label": a.title()}) for a in self.agencies]))
        parts.append(attributes)
        if rng.random() < 0.5:
            parts.append(element("themes", {}, *[
                element("theme", {"id": t, "label": t}) for t in ("voice", "meetings")]))
        parts += sections
        if rollup == "rules":
            parts.append(self._rules())
        parts += [self._limits("limits", rng.randint(0, 3)), self._alerts(), self._measures()]
        look_back = rng.choice([None, None, 12, 6, 1, 24])
        unit = {"permanency": "child", "foster-home-review": "household"}.get(
            self.framework, rng.choice([None, "child", "family", "home"]))
        return element("template", {
            "id": self.name, "version": rng.choice(["1", "2024.1", "v2-b"]),
            "framework": self.framework, "unit": unit,
            "effective-from": rng.choice(["1975-01-01", "1990-04-01"]),
            "effective-to": rng.choice([None, None, "2150-12-31"]),
            "out-of": self.out_of if self.out_of != 100 or rng.random() < 0.5 else None,
            "rollup": rollup if rollup != "mean" or rng.random() < 0.5 else None,
            "overall": "judged" if judged else rng.choice([None, "computed"]),
            "look-back-months": look_back,
        }, *parts)

    # Scale and lists

    def _scale(self):
        rng = self.rng
        size = rng.choice([4, 4, 4, 4, 2, 3, 5, 7, 10])
        names = GRADES[:4] if size == 4 else rng.sample(GRADES, size)
        if self.framework == "foster-home-review" and GRADES[2] not in names:
            names[-1] = GRADES[2]
        edges = sorted(rng.sample(range(1, self.full + 1), size - 1), reverse=True) + [0]
        if self.out_of == 3 and size == 4 and rng.random() < 0.7:
            edges = [250, 150, 50, 0]
        positive = rng.randint(0, size - 1)
        grades, above = [], self.full + 1
        self.grades = [name for name, _ in names]
        for place, ((name, label), edge) in enumerate(zip(names, edges)):
            score = rng.choice([edge, above - 1, rng.randint(edge, above - 1)])
            grades.append(element("grade", {
                "id": name, "label": label, "abbrev": label[:2] if rng.random() < 0.2 else None,
                "score": print_score(score), "from": self._loose(edge),
                "positive": "yes" if place < positive else rng.choice([None, "no"]),
            }))
            above = edge
        self.lists = {"grades": {name: True for name in self.grades}}
        self.edges = edges
        return element("scale", {}, *grades)

    def _loose(self, hundredths):
        """A score as people write it: without needless zeros, sometimes."""
        text = print_score(hundredths)
        if self.rng.random() < 0.5 and text.endswith("0"):
            text = text[:-1]
            text = text[:-2] if text.endswith(".0") else text
        return text

    def _answers(self, name):
        rng = self.rng
        own = rng.choice([None, 1, 2, 3, 7, 40, 1000])
        top = 100 * (own or self.out_of)
        rows, scored = [], {}
        for place in range(rng.randint(2, 5)):
            answer = rng.choice(["a", "yes", "partly", "no-", "x."]) + str(place)
            worth = rng.choice([top, 0, rng.randint(0, top), rng.randint(0, top), None])
            if place == 0:
                worth = rng.randint(1, top)
            scored[answer] = worth is not None
            rows.append(element("answer", {
                "id": answer, "label": answer.upper(),
                "score": "none" if worth is None else self._loose(worth)}))
        self.lists[name] = scored
        return element("answers", {"id": name, "out-of": own}, *rows)

    def _options(self):
        rng, options = self.rng, []
        defaults = frameworks.FRAMEWORKS[self.framework].option_defaults
        for name, value in defaults.items():
            if rng.random() < 0.25:
                options.append((name, max(1, value + rng.randint(-value // 2, value // 2))))
        if self.framework == "foster-home-review" and (
                "requires-improvement" not in self.grades or rng.random() < 0.3):
            options.append(("breach-cap", rng.choice(self.grades)))
        if self.framework == "maap" and rng.random() < 0.25:
            options.append(("all-agencies", rng.choice(["yes", "no"])))
        return [element("option", {"name": n, "value": v}) for n, v in options]

    def _attributes(self):
        rng, rows = self.rng, []
        self.attributes = {}

        def attribute(name, kind, required, values=()):
            self.attributes[name] = (kind, list(values))
            rows.append(element("attribute", {
                "id": name, "label": name.title(), "type": kind,
                "required": "yes" if required else rng.choice([None, "no"])},
                *[element("value", {"id": v, "label": v}) for v in values]))

        if self.framework == "permanency":
            routes = ["adoption", "long-term-fostering"]
            attribute("route", "token", True, routes + rng.sample(ROUTES[2:4] + ROUTES[5:], 2))
        if self.framework == "maap":
            kind = rng.choice(["text", "token"])
            attribute("theme", kind, True, ["neglect", "transitions"] if kind == "token" else ())
        for name, kind in (("team", "token"), ("age", "integer"), ("opened", "date"), ("note", "text")):
            if rng.random() < 0.6:
                values = ["north", "south", "w.1"] if kind == "token" else ()
                attribute(name, kind, rng.random() < 0.4, values)
        rng.shuffle(rows)
        return element("attributes", {}, *rows) if rows else None

    # Sections and standards

    def _new(self, kind):
        self.count[kind] = self.count.get(kind, 0) + 1
        return f"{kind}{self.count[kind]}"

    def _sections(self):
        rng = self.rng
        self.top_level, self.graded, self.weightless = [], set(), set()
        focuses = {
            "permanency": [None, "planning", "family", "child-voice", "stability", "oversight"],
            "graded-standards": [None],
            "foster-home-review": ["compliance", "quality"] + rng.sample(["compliance", "quality"], 1),
            "maap": ["child", "household", "timeliness", "engagement"]
            + (["professional-challenge"] if rng.random() < 0.3 else []),
        }[self.framework]
        if self.framework in ("permanency", "graded-standards"):
            focuses = [rng.choice(focuses) for _ in range(rng.randint(1, 4))]
        rng.shuffle(focuses)
        return [self._section(focus, focus != "compliance", None, 1) for focus in focuses]

    def _section(self, focus, graded, parent, depth):
        rng = self.rng
        name = self._new(rng.choice(["sec", "plan.", "part-"]))
        self.sections.append(name)
        self.parents[name] = parent
        if parent is None:
            self.top_level.append(name)
        if graded:
            self.graded.add(name)
        applies = self._applies() if rng.random() < 0.12 else None
        first = len(self.standards), len(self.sections) - 1
        children, texts_only = [], rng.random() < 0.04
        for place in range(rng.randint(1, 4)):
            if depth < 4 and not texts_only and place and rng.random() < 0.25:
                children.append(self._section(None, graded, name, depth + 1))
            else:
                children.append(self._standard(name, sure=place == 0, text=texts_only))
        rng.shuffle(children) if not self._has_applies(children) else None
        limits = None
        if graded and rng.random() < 0.3:
            within = self.standards[first[0]:], self.sections[first[1]:]
            limits = self._limits("limits", rng.randint(1, 2), within)
        weight = rng.choice(WEIGHTS + [None] * 3)
        if weight == "0":
            self.weightless.add(name)
        # A section all of whose weights are 0 is a fault, so the first child always weighs.
        return element("section", {
            "id": name, "title": name.title(), "weight": weight,
            "focus": focus, "rollup": rng.choice([None, "mean", "lowest", "highest", "median"]),
        }, applies, limits, *children)

    @staticmethod
    def _has_applies(children):
        return any(child.find(".//applies") is not None for child in children)

    def _standard(self, section, sure=False, text=False):
        rng = self.rng
        name = self._new(rng.choice(["std", "q.", "voice-"]))
        kind = rng.choice(
            ["answers"] * 8 + ["timescale"] * 3 + ["frequency"] * 2 + ["number"] * 2
            + ["points"] * 2 + ["text"])
        if self.derived and rng.random() < 0.4:
            kind = "derived"
        if sure and kind == "text":
            kind = "answers"
        kind = "text" if text else kind
        weight = rng.choice(WEIGHTS)
        if sure and weight == "0":
            weight = "1.5"
        attrs = {
            "id": name, "label": name.upper() if rng.random() < 0.5 else None,
            "weight": weight if rng.random() < 0.8 or weight == "0" else None,
            "not-applicable": rng.choice([None, "reason", "allowed", "allowed", "forbidden"]),
            "critical": "yes" if kind != "text" and rng.random() < 0.2 else None,
        }
        answers, late, body = [], [], None
        asked = self.agencies or [None]
        if kind != "derived":
            asked = self._choose(attrs, kind, asked)
        if kind == "answers":
            attrs["answers"] = rng.choice(list(self.lists))
            answers = self.lists[attrs["answers"]]
        elif kind == "derived":
            attrs["derived"] = self.derived.pop()
            if attrs["derived"] in FREQUENCIES:
                kind = "frequency"
            else:
                kind, late = "timescale", self._late()
        else:
            body = getattr(self, "_" + kind)()
        if kind == "timescale":
            answers = {"met": True, "late": True}
        applies = self._applies() if rng.random() < 0.15 else None
        self.standards.append(
            _Known(name, section, kind, answers, attrs["critical"], len(asked)))
        parts = [element("question", text="Is it so?")]
        if rng.random() < 0.1:
            parts.append(element("guidance", text="Look for it."))
        if kind == "answers" and rng.random() < 0.1:
            parts.append(element("looks-like", {"answer": next(iter(answers))}, text="Like this."))
        if rng.random() < 0.05:
            parts.append(element("reference", {"href": "https://example.org/"}, text="Regulation 28"))
        return element("standard", attrs, *parts, applies, body, *late)

    def _choose(self, attrs, kind, asked):
        """Attributes that derived standards do not take; the agencies asked."""
        rng = self.rng
        attrs["required"] = rng.choice([None, None, "yes", "no"])
        if kind != "frequency" and kind != "text" and attrs["not-applicable"] != "forbidden":
            if rng.random() < 0.25:
                attrs["not-applicable-score"] = self._loose(rng.randint(0, self.full))
        if rng.random() < 0.15:
            attrs["evidence"] = rng.choice(["required", "optional"])
        if kind != "text" and rng.random() < 0.15:
            attrs["evidence-below"] = self._loose(rng.randint(1, self.full))
        if kind != "text" and rng.random() < 0.12:
            attrs["action-below"] = self._loose(rng.randint(1, self.full))
        if self.agencies and rng.random() < 0.4:
            asked = rng.sample(self.agencies, rng.randint(1, len(self.agencies)))
            attrs["agencies"] = " ".join(asked)
        return asked

    def _late(self):
        rng = self.rng
        days = sorted(rng.sample(range(1, 40), rng.randint(0, 3)))
        return [element("late", {"up-to": d, "score": self._loose(rng.randint(0, self.full))})
                for d in days]

    def _span(self):
        unit = self.rng.choice(UNITS)
        return self.rng.randint(*SPAN[unit]), unit

    def _timescale(self):
        count, unit = self._span()
        return element("timescale", {"within": count, "unit": unit}, *self._late())

    def _frequency(self):
        count, unit = self._span()
        return element("frequency", {"every": count, "unit": unit})

    def _number(self):
        rng = self.rng
        step = rng.choice([1000, 1000, 1, 250])
        low = rng.choice([0, 0, -5000, -12500, 1000])
        edges = [low] + sorted(low + step * n for n in rng.sample(range(1, 30), rng.randint(0, 4)))
        bands = [element("band", {
            "from": print_shortest(edge), "score": self._loose(rng.randint(0, self.full))})
            for edge in edges]
        top = edges[-1] + step * rng.randint(0, 8)
        return element("number", {"min": print_shortest(low), "max": print_shortest(top)}, *bands)

    def _points(self):
        rng = self.rng
        out_of, step = rng.choice(
            [("40", "5"), ("3", None), ("7", "1"), ("1", "0.125"), ("2.5", "0.5"), ("30", "0.001")])
        return element("points", {
            "out-of": out_of, "step": step, "count": rng.choice(["credit", "faults"])})

    def _text(self):
        return element("text")

    # Conditions

    def _applies(self):
        rows = [self._row(self._attribute_row, self._answer_row) for _ in range(2)]
        rows = [row for row in rows if row is not None]
        if not rows:
            return None
        if len(rows) > 1 and self.rng.random() < 0.5:
            rows = [element("any", {}, *rows)]
        return element("applies", {}, *rows[: self.rng.randint(1, 2)])

    def _row(self, *makers):
        """A row of one of these kinds; None where none can be made."""
        makers = list(makers)
        self.rng.shuffle(makers)
        for maker in makers:
            row = maker()
            if row is not None:
                return row
        return None

    def _rows(self, *makers):
        rng, rows = self.rng, []
        for _ in range(rng.choice([1, 1, 1, 2, 3])):
            row = self._row(*makers)
            if row is not None and rng.random() < 0.2:
                row = element("any", {}, row, self._row(*makers))
            if row is not None:
                rows.append(row)
        return rows

    def _when(self, **attrs):
        return element("when", {k.replace("_", "-"): v for k, v in attrs.items()})

    def _some(self, words):
        words = list(words)
        return " ".join(self.rng.sample(words, self.rng.randint(1, len(words))))

    def _amount(self, countable, **attrs):
        """`at-least` or `at-most`, with a K that can be counted."""
        rng = self.rng
        if rng.random() < 0.3:
            return self._when(**attrs, at_most=rng.randint(0, countable))
        low = 0 if rng.random() < 0.05 else 1
        return self._when(**attrs, at_least=rng.randint(low, min(countable, 3)))

    def _attribute_row(self):
        rng = self.rng
        usable = [(n, k, v) for n, (k, v) in self.attributes.items() if k != "text"]
        if not usable:
            return None
        name, kind, values = rng.choice(usable)
        if kind == "token":
            return self._when(**{"attribute": name, rng.choice(["is", "is_not"]): self._some(values)})
        if kind == "integer" and rng.random() < 0.5:
            words = " ".join(str(rng.randint(-2, 18)) for _ in range(rng.randint(1, 6)))
            return self._when(**{"attribute": name, rng.choice(["is", "is_not"]): words})
        ends = sorted([rng.randint(-2, 18), rng.randint(-2, 18)])
        if kind == "date":
            ends = [datetime.date(2000 + max(0, end), 1, 15) for end in ends]
        low, high = ends
        which = rng.randint(0, 2)
        return self._when(attribute=name, **{
            "from": low if which != 1 else None, "to": high if which != 0 else None})

    def _answer_row(self, among=None):
        known = [s for s in (self.standards if among is None else among) if s.answers]
        if not known:
            return None
        standard = self.rng.choice(known)
        return self._when(standard=standard.name, answer=self._some(standard.answers))

    def _score_range(self, **attrs):
        rng = self.rng
        edge = rng.choice([rng.randint(1, self.full), self.edges[0], max(1, self.edges[-2])])
        return self._when(**attrs, **{rng.choice(["below", "from"]): self._loose(edge)})

    def _standard_row(self, among):
        rng = self.rng
        known = [s for s in among if s.kind != "text"]
        if not known:
            return None
        standard = rng.choice(known)
        if rng.random() < 0.5:
            statuses = list(STATUSES)
            if standard.kind == "timescale":
                statuses += ["not-yet-due", "overdue"]
            return self._when(standard=standard.name, status=self._some(statuses))
        return self._score_range(standard=standard.name)

    def _standards_row(self, among):
        known = [s for s in among if s.answers]
        if not known:
            return None
        first = self.rng.choice(known)
        alike = [s for s in known if set(s.answers) == set(first.answers)]
        chosen = self.rng.sample(alike, self.rng.randint(1, len(alike)))
        return self._amount(
            sum(s.asked for s in chosen),
            standards=" ".join(s.name for s in chosen), answer=self._some(first.answers))

    def _section_row(self, among):
        section = self.rng.choice(among)
        if section in self.graded and self.rng.random() < 0.5:
            return self._when(section=section, graded=self._some(self.grades))
        return self._score_range(section=section)

    def _sections_graded_row(self):
        if not self.takers:
            return None
        return self._amount(len(self.takers), sections_graded=self._some(self.grades))

    def _agencies_graded_row(self):
        if not self.agencies:
            return None
        return self._amount(len(self.agencies), agencies_graded=self._some(self.grades))

    def _critical_row(self):
        count = sum(s.asked for s in self.standards if s.critical)
        if not count:
            return None
        return self._amount(
            count, critical_below=self._loose(self.rng.randint(1, self.full)))

    def _makers(self, within=None):
        standards, sections = within or (self.standards, self.sections)
        makers = [
            self._attribute_row,
            lambda: self._answer_row(standards),
            lambda: self._standard_row(standards),
            lambda: self._standards_row(standards),
            lambda: self._section_row(sections),
        ]
        if within is None:
            makers += [
                self._sections_graded_row, self._sections_graded_row, self._critical_row,
                self._agencies_graded_row,
            ]
        return makers

    # Rules, limits, alerts and measures

    def _rules(self):
        rules = [element("rule", {"grade": self.rng.choice(self.grades)}, *self._rows(*self._makers()))
                 for _ in range(self.rng.randint(0, 5))]
        return element("rules", {}, *rules,
                       element("otherwise", {"grade": self.rng.choice(self.grades)}))

    def _limits(self, tag, count, within=None):
        rng = self.rng
        limits = []
        for _ in range(count):
            limits.append(element(
                "limit", {
                    "id": self._new("limit"), "to": rng.choice(self.grades[1:]),
                    "override": None if within else rng.choice([None, "allowed", "never"])},
                element("reason", text="Because of <this> & that."),
                *self._rows(*self._makers(within))))
        return element(tag, {}, *limits) if limits else None

    def _alerts(self):
        rng = self.rng
        alerts = [
            element("alert", {
                "id": self._new("alert"),
                "severity": rng.choice(["immediate", "urgent", "review"])},
                element("message", text="Tell someone."), *self._rows(*self._makers()))
            for _ in range(rng.randint(0, 4))]
        return element("alerts", {}, *alerts) if alerts else None

    def _measures(self):
        rng, measures = self.rng, []
        known = [s for s in self.standards if s.kind != "text"]
        for standard in rng.sample(known, min(len(known), rng.randint(0, 5))):
            attrs = {"id": self._new("m"), "label": "Measured", "standard": standard.name,
                     "kind": "proportion"}
            scored = [answer for answer, has_score in dict(standard.answers or {}).items() if has_score]
            if standard.kind in ("number", "points", "timescale") and rng.random() < 0.5:
                attrs["kind"] = "mean"
            elif scored and rng.random() < 0.6:
                attrs["counts"] = self._some(scored)
            measures.append(element("measure", attrs))
        return element("measures", {}, *measures) if measures else None
