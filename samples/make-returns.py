#!/usr/bin/env python3
"""Writes samples/returns and population.csv from samples/templates and samples/phrases.txt.

Everything in the returns is invented. Each return draws from a generator seeded with its own
id, so running this again gives the same files, byte for byte, and adding one return leaves the
others alone. Only random.random() is used: its sequence is promised not to change.
"""

import datetime
import pathlib
import random
import re
import shutil
import xml.etree.ElementTree as ET

HERE = pathlib.Path(__file__).resolve().parent
TEMPLATE_NS = "{urn:caseaudit:template:1}"
DAY = datetime.timedelta(days=1)
MONTHS = ("January February March April May June July August September October November "
          "December").split()
# Bank holidays around the audit dates, so that nobody audits on one.
HOLIDAYS = {datetime.date.fromisoformat(d) for d in (
    "2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-26 "
    "2022-12-27 2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 "
    "2023-12-25 2023-12-26 2024-01-01 2024-03-29").split()}
# A unit of time in calendar days: surely within it, and surely beyond it.
WITHIN = {"days": 1, "weeks": 7, "months": 28, "years": 365, "working-days": 1}
BEYOND = {"days": 1, "weeks": 7, "months": 31, "years": 366, "working-days": 2}
TARGET = {3: 1.0, 2: 0.7, 1: 0.38, 0: 0.0}  # share of full marks that a quality stands for


def is_working(day):
    return day.weekday() < 5 and day not in HOLIDAYS


def working_back(day):
    while not is_working(day):
        day -= DAY
    return day


def working_on(day):
    while not is_working(day):
        day += DAY
    return day


class Dice:
    """Chance, seeded by a text."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def chance(self, p):
        return self.random() < p

    def between(self, low, high):
        return low + int(self.random() * (high - low + 1))

    def span(self, p, usual, other):
        """A number of the usual span with chance p, otherwise of the other."""
        return self.between(*(usual if self.chance(p) else other))

    def pick(self, choices):
        return choices[int(self.random() * len(choices))]

    def shuffled(self, items):
        order = sorted((self.random(), i) for i in range(len(items)))
        return [items[i] for _, i in order]


class Phrases:
    """The wording, by template or kind, key and quality; `[5..]` before a text is an age."""

    LINE = re.compile(r"(\S+) (?:([0-3]+) )?(?:\[(\d*)\.\.(\d*)\] )?(.*)")

    def __init__(self, path):
        self.rows = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("[") and line.endswith("]"):
                group = self.rows.setdefault(line[1:-1], [])
            elif line and not line.startswith("#"):
                key, levels, low, high, text = self.LINE.fullmatch(line).groups()
                ages = (int(low or 0), int(high or 99)) if low or high else None
                group.append((key, levels or "0123", ages, text))

    def find(self, group, key, level=None, age=None):
        return [(ages, text) for k, levels, ages, text in self.rows.get(group, ())
                if k == key and (level is None or str(level) in levels)
                and (ages is None or age is None or ages[0] <= age <= ages[1])]


class Standard:
    """What the maker has to know of one standard."""

    def __init__(self, el, sections, lists, full, agencies):
        self.id = el.get("id")
        self.el = el
        self.sections = sections
        self.full = full
        self.kind = next((c.tag for c in el if c.tag in
                          ("timescale", "frequency", "number", "points", "text")),
                         "answers" if el.get("answers") else "derived")
        self.spec = el.find(self.kind)
        self.answers = lists.get(el.get("answers"), [])
        self.scored = any(share is not None for _, share in self.answers)
        self.conditions = [a for s in sections for a in s.findall("applies")]
        self.conditions += el.findall("applies")
        self.agencies = el.get("agencies", "").split() or agencies
        self.optional = el.get("required") == "no"
        self.critical = el.get("critical") == "yes"
        self.forbidden = el.get("not-applicable") == "forbidden"
        self.must_show = el.get("evidence") == "required" or el.get("evidence-below")
        self.action_below = float(el.get("action-below", 0)) / full


class Template:
    def __init__(self, path):
        root = ET.parse(path).getroot()
        for el in root.iter():
            el.tag = el.tag.replace(TEMPLATE_NS, "") if isinstance(el.tag, str) else el.tag
        self.id, self.version = root.get("id"), root.get("version")
        self.judged = root.get("overall") == "judged"
        self.full = float(root.get("out-of", 100))
        self.grades = [g.get("id") for g in root.find("scale")]
        self.themes = [t.get("id") for t in root.iter("theme")]
        self.agencies = [a.get("id") for a in root.iter("agency")]
        lists = {"grades": [(g.get("id"), float(g.get("score")) / self.full)
                            for g in root.find("scale")]}
        for answers in root.findall("answers"):
            marks = float(answers.get("out-of", self.full))
            lists[answers.get("id")] = [
                (a.get("id"), None if a.get("score") == "none" else float(a.get("score")) / marks)
                for a in answers]
        self.standards = []
        self.depends = {w.get("standard") for a in root.iter("applies") for w in a.iter("when")}
        for section in root.findall("section"):
            self._walk(section, [], lists)

    def _walk(self, section, above, lists):
        for el in section:
            if el.tag == "section":
                self._walk(el, above + [section], lists)
            elif el.tag == "standard":
                self.standards.append(Standard(el, above + [section], lists, self.full,
                                               self.agencies or [None]))

    def grade(self, level):
        """The grade that a quality of 3 to 0 stands for, on a scale of any length."""
        return self.grades[min(3 - level, len(self.grades) - 1)]


class Maker:
    """One return, from a plan of what it is to show."""

    def __init__(self, template, phrases, name, audit, level, attributes, events=(),
                 judged=None, moderation=None, fixed=None, missing=(), closed_section=None,
                 old_practice=0.0):
        self.t, self.phrases, self.name, self.audit = template, phrases, name, audit
        self.level, self.attributes, self.events = level, attributes, events
        self.judged, self.moderation = judged, moderation
        self.fixed = fixed or {}
        self.missing, self.closed, self.old = missing, closed_section, old_practice
        self.dice = Dice(name)
        self.age = attributes.get("age-years")
        self.given = {}      # standard: set of answers, over agencies
        self.changeable = []  # (standard, agency, next lower answer)
        self.to_act = []     # (standard, agency) that need an action

    # -- words

    def say(self, group, key="*", level=None):
        found = self.phrases.find(group, key, level, self.age) or \
            self.phrases.find(group, "*", level, self.age)
        if not found:
            return None
        month = MONTHS[(self.audit.month - 2 - self.dice.between(1, 7)) % 12]
        text = self.dice.pick(found)[1]
        return text.replace("{month}", month).replace("{n}", str(self.dice.between(2, 4)))

    def evidence(self, response, std, level):
        if not std.must_show and not self.dice.chance(0.35 if self.t.agencies else 0.8):
            return
        el = ET.SubElement(response, "evidence")
        if self.dice.chance(0.6):
            el.set("ref", "E%d" % self.dice.between(1, 60))
        own = self.phrases.find(self.t.id, std.id, level, self.age)
        if own:
            el.text = self.say(self.t.id, std.id, level)
            if self.dice.chance(0.5):
                el.text += " " + self.say("sources", self.t.id)
        else:
            el.text = self.say({"answers": "sources", "number": "counts", "points": "counts"}
                               .get(std.kind, "dates"), self.t.id)

    # -- conditions

    def row_holds(self, row):
        if row.tag == "any":
            return any(self.row_holds(r) for r in row)
        if row.get("standard"):
            return bool(self.given.get(row.get("standard"), set()) & set(row.get("answer").split()))
        value = self.attributes.get(row.get("attribute"))
        if row.get("is"):
            return value in row.get("is").split()
        if row.get("is-not"):
            return value not in row.get("is-not").split()
        if value is None:
            return False
        low, high = row.get("from"), row.get("to")
        if isinstance(value, int):
            low, high = (None if x is None else int(x) for x in (low, high))
        return (low is None or low <= value) and (high is None or value <= high)

    def applies(self, std, agency):
        return agency in std.agencies and all(self.row_holds(r) for a in std.conditions for r in a)

    # -- responses

    def wobble(self):
        r = self.dice.random()
        if self.level == 0:
            return 0 if r < 0.45 else 1 if r < 0.85 else 2
        if self.level == 3:
            return 3 if r < 0.75 else 2
        step = 0 if r < 0.62 else -1 if r < 0.78 else 1
        return self.level + step

    def quality(self, std):
        if std.id in self.fixed:
            return self.fixed[std.id]
        level = self.wobble()
        if std.critical:
            # What a limit looks at must not contradict the planned judgement.
            floor = self.level - 1 if self.judged is None else max(self.level, self.judged)
            level = 3 if std.id == "stability.safe" and floor > 0 else max(level, floor, 0)
        return level

    def respond(self, responses, std, agency):
        if not self.applies(std, agency) or \
                self.closed and self.closed in [s.get("id") for s in std.sections]:
            return
        reason = self.not_applicable(std)
        if std.kind == "derived" and not reason:
            return
        if std.optional and not reason and std.id not in self.fixed and self.dice.chance(0.45):
            return
        response = ET.SubElement(responses, "response", standard=std.id)
        if reason:
            response.set("status", "not-applicable")
            ET.SubElement(response, "reason").text = reason
            return
        level = self.quality(std)
        if std.kind == "answers" and not std.critical and self.level < 2 and \
                std.scored and std.id not in self.t.depends and self.dice.chance(0.03):
            self.not_evidenced(response, std, agency)
            return
        level = getattr(self, "give_" + std.kind)(response, std, level, agency)
        if std.kind != "text":
            self.evidence(response, std, level)

    def not_applicable(self, std):
        if std.forbidden or std.critical or std.id in self.fixed:
            return None
        for ages, text in self.phrases.find("reasons", std.id, None, self.age):
            if ages or self.dice.chance(0.06):
                return self.say("reasons", std.id)
        return None

    def not_evidenced(self, response, std, agency):
        response.set("status", "not-evidenced")
        response.set("date", self.recent().isoformat())
        ET.SubElement(response, "evidence").text = \
            "Looked for in case notes, minutes and supervision; not found."
        if std.action_below:
            self.to_act.append((std.id, agency))

    def recent(self, further_back=0):
        return working_back(self.audit - DAY * (self.dice.between(3, 200) + further_back))

    def give_answers(self, response, std, level, agency):
        scored = [a for a in std.answers if a[1] is not None]
        unscored = [a for a in std.answers if a[1] is None]
        if not scored or unscored and self.dice.chance(0.06):
            answer, share = self.dice.pick(unscored)
        elif len(scored) == 2:
            best, worst = sorted(scored, key=lambda a: -a[1])
            sure = std.id in self.fixed
            yes = level > 1 if sure else self.dice.chance((0.3, 0.8, 0.97, 0.99)[level])
            answer, share = best if yes else worst
        else:
            aim = TARGET[level] + (self.dice.random() - 0.5) * 0.24
            near = min(abs(a[1] - aim) for a in scored)
            answer, share = self.dice.pick([a for a in scored if abs(a[1] - aim) == near])
        response.set("answer", answer)
        old = self.dice.chance(self.old) and not std.critical
        response.set("date", self.recent(600 if old else 0).isoformat())
        if old:
            return level
        self.given.setdefault(std.id, set()).add(answer)
        if share is not None and share < std.action_below:
            self.to_act.append((std.id, agency))
        lower = [a for a in scored if share is not None and a[1] < share]
        if lower and not std.critical and std.id not in self.t.depends:
            self.changeable.append((std.id, agency, max(lower, key=lambda a: a[1])[0]))
        if share is None:
            return 3
        return 3 if share > 0.84 else 2 if share > 0.6 else 1 if share > 0.3 else 0

    def give_timescale(self, response, std, level, agency):
        count, unit = int(std.spec.get("within")), std.spec.get("unit")
        met = count * WITHIN[unit]
        late = count * BEYOND[unit] + (8 if unit == "working-days" else 0)
        start = working_back(self.audit - DAY * (late + self.dice.between(75, 200)))
        end = max(start, working_back(start + DAY * self.dice.between(met // 2, met)))
        if not self.dice.chance((0.3, 0.6, 0.88, 0.97)[level]):
            end = start + DAY * (late + self.dice.between(0, 12 if level else 60))
            level = min(level, 1)
        elif self.dice.chance(0.05) and met > 4:
            start, end = working_on(self.audit - DAY * (met // 2)), None
        elif level == 0 and self.dice.chance(0.4):
            end = None
        else:
            level = max(level, 2)
        ET.SubElement(response, "start").text = start.isoformat()
        if end:
            ET.SubElement(response, "end").text = end.isoformat()
        response.set("date", (end or self.audit).isoformat())
        return level

    def give_frequency(self, response, std, level, agency):
        count, unit = int(std.spec.get("every")), std.spec.get("unit")
        step = {"within": count * WITHIN[unit], "beyond": count * BEYOND[unit]}
        if unit == "working-days":
            step = {"within": count + 5, "beyond": count * 2}
        back = max(self.dice.between(190, 320), step["within"] * 2 + self.dice.between(5, 60))
        start = working_back(self.audit - DAY * back)
        ET.SubElement(response, "start").text = start.isoformat()
        days = series(self.dice, start, self.audit, step["within"], step["beyond"],
                      (0.45, 0.7, 0.88, 0.96)[level])
        for day in days:
            ET.SubElement(response, "occurred").text = day.isoformat()
        latest = days[-1] if days and days[-1] > self.audit - DAY * 300 else self.audit
        response.set("date", latest.isoformat())
        return level

    def give_number(self, response, std, level, agency):
        bands = [(float(b.get("from")), float(b.get("score")) / std.full)
                 for b in std.spec.findall("band")]
        at = min(range(len(bands)), key=lambda i: abs(bands[i][1] - TARGET[level]))
        low = int(-(-bands[at][0] // 1))
        high = low + 3
        if at + 1 < len(bands):
            high = int(-(-bands[at + 1][0] // 1)) - 1
            low = max(low, high - 9)
        ET.SubElement(response, "value").text = str(self.dice.between(low, max(low, high)))
        response.set("date", self.recent().isoformat())
        return level

    def give_points(self, response, std, level, agency):
        out_of, step = float(std.spec.get("out-of")), float(std.spec.get("step", 1))
        share = min(1.0, max(0.0, TARGET[level] + (self.dice.random() - 0.6) * 0.24))
        if std.spec.get("count") == "faults":
            share = 1 - share
        ET.SubElement(response, "value").text = "%g" % (round(share * out_of / step) * step)
        response.set("date", self.recent().isoformat())
        return level

    def give_text(self, response, std, level, agency):
        ET.SubElement(response, "text").text = self.say(self.t.id, std.id, self.level)

    # -- the rest of the return

    def write(self, folder, case):
        root = ET.Element("return", {"xmlns": "urn:caseaudit:return:1", "id": self.name,
                                     "template": self.t.id, "template-version": self.t.version})
        root.append(ET.Comment(" Invented: no real child, family or worker. "))
        ET.SubElement(root, "case", ref=case)
        self.auditor = "AUD%02d" % self.dice.between(1, 12)
        audit = ET.SubElement(root, "audit", date=self.audit.isoformat(), auditor=self.auditor)
        named = not self.dice.chance(0.04)
        if named or self.t.id != "permanency-file":
            audit.set("selection", SELECTION.get((self.t.id, self.level), "random"))
        attributes = ET.SubElement(root, "attributes")
        for key, value in self.attributes.items():
            ET.SubElement(attributes, "attribute", id=key).text = str(value)
        if self.events:
            self.add_events(ET.SubElement(root, "events"))
        for agency in self.t.agencies or [None]:
            if agency is None or agency not in self.missing:
                self.add_responses(root, agency)
        if self.judged is not None:
            self.add_judgement(root)
        if self.moderation:
            self.add_moderation(root)
        self.add_findings(root)
        self.add_actions(root)
        ET.indent(root)
        folder.mkdir(parents=True, exist_ok=True)
        text = ET.tostring(root, encoding="unicode")
        (folder / (self.name + ".xml")).write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n' + text + "\n", encoding="utf-8")

    def add_events(self, events):
        for day, kind in sorted(set(self.events)):
            event = ET.SubElement(events, "event", type=kind, date=day.isoformat())
            if self.dice.chance(0.06) and kind in ("review", "planning-meeting"):
                event.text = self.say("event-notes")

    def add_responses(self, root, agency):
        responses = ET.SubElement(root, "responses")
        if agency:
            responses.set("agency", agency)
            if self.dice.chance(0.7):
                level = min(3, max(0, self.level + self.dice.pick([0, 0, 1, -1])))
                responses.set("grade", self.t.grade(level))
                responses.set("by", "LEAD-%s" % agency[:3].upper())
        if self.closed and any(self.closed in [s.get("id") for s in std.sections]
                               and self.applies(std, agency) for std in self.t.standards):
            closed = ET.SubElement(responses, "not-applicable", section=self.closed)
            ET.SubElement(closed, "reason").text = self.say("reasons", self.closed)
        for std in self.t.standards:
            self.respond(responses, std, agency)

    def add_judgement(self, root):
        day = working_on(self.audit + DAY * self.dice.between(0, 3))
        el = ET.SubElement(root, "judgement", grade=self.t.grade(self.judged), by=self.auditor,
                           date=day.isoformat())
        ET.SubElement(el, "rationale").text = self.say("rationale-judgement", self.t.id,
                                                      self.judged)

    def add_moderation(self, root):
        kind, level = self.moderation
        day = working_on(self.audit + DAY * self.dice.between(6, 16))
        el = ET.SubElement(root, "moderation", by="MOD%d" % self.dice.between(1, 4),
                           date=day.isoformat())
        if level is not None:
            el.set("grade", self.t.grade(level))
        if kind == "override":
            el.set("override", "yes")
        wording = {"override": "override", "change": "lowered"}.get(kind, kind)
        ET.SubElement(el, "rationale").text = self.say("rationale-" + wording)
        if kind == "change":
            for standard, agency, answer in self.dice.shuffled(self.changeable)[:2]:
                change = ET.SubElement(el, "change", standard=standard)
                if agency:
                    change.set("agency", agency)
                if self.dice.chance(0.25):
                    change.set("status", "not-evidenced")
                else:
                    change.set("answer", answer)
                ET.SubElement(change, "rationale").text = self.say("rationale-change")

    def add_findings(self, root):
        findings = ET.SubElement(root, "findings")
        themes = self.dice.shuffled(self.t.themes or ["listening", "sharing", "speed", "records"])
        counts = {"strength": 1 + (self.level + 1) // 2, "improvement": 4 - self.level}
        for tag, count in counts.items():
            for _ in range(min(count, self.dice.between(1, 3))):
                if not themes:
                    return
                theme = themes.pop()
                el = ET.SubElement(findings, tag, theme=theme)
                present = [a for a in self.t.agencies if a not in self.missing]
                if present and self.dice.chance(0.6):
                    el.set("agency", self.dice.pick(present))
                el.text = self.say(tag + "s", theme)

    def add_actions(self, root):
        wanted = self.to_act + [(None, None)] * self.dice.between(0, 4 - self.level)
        if not wanted:
            return
        actions = ET.SubElement(root, "actions")
        for number, (standard, agency) in enumerate(wanted, 1):
            el = ET.SubElement(actions, "action", id=str(number), owner=self.dice.pick(
                ["TM%d" % self.dice.between(1, 6), "SW%02d" % self.dice.between(1, 30)]))
            if standard:
                el.set("standard", standard)
            if agency:
                el.set("agency", agency)
            due = working_on(self.audit + DAY * self.dice.between(10, 56))
            if self.dice.chance(0.92):
                el.set("due", due.isoformat())
            if self.dice.chance(0.62):
                done = working_on(due + DAY * self.dice.between(-9, 6))
                el.set("completed", done.isoformat())
                if self.dice.chance(0.65):
                    el.set("verified-by", "QA%d" % self.dice.between(1, 3))
            el.text = self.say("actions")


def series(dice, start, until, within, beyond, kept):
    """Days that follow each other at most `within` apart, or `beyond` where one was missed."""
    days, last = [], start
    while True:
        if dice.chance(kept):
            last = working_back(last + DAY * dice.between(within * 4 // 5, within))
        else:
            last = working_on(last + DAY * (beyond + dice.between(3, max(beyond // 4, 4))))
        if last > until:
            return days
        days.append(last)


# How cases were chosen, where it was not at random: template and quality.
SELECTION = {("foster-home-review", level): "stratified" for level in range(4)}
SELECTION["child-in-need-file", 0] = SELECTION["child-in-need-file", 3] = "targeted"

HOUSEHOLDS = 150  # foster home reviews in the year: 24 audits are 16% of them

ROUTES = (["long-term-fostering"] * 8 + ["adoption"] * 4 + ["special-guardianship"] * 4 +
          ["return-home"] * 3 + ["child-arrangements"] * 2 + ["residential"] * 2 +
          ["not-yet-decided"] * 2)
AGES = {"adoption": (0, 5), "residential": (11, 17), "long-term-fostering": (5, 16)}


def permanency_attributes(dice, audit, plan):
    route = dice.pick(ROUTES)
    if plan in ("none", "young"):
        route = dice.pick(["not-yet-decided", "special-guardianship", "return-home"])
    out = {"route": route, "team": dice.pick(["north", "central", "south", "children-in-care"]),
           "age-years": dice.between(*AGES.get(route, (0, 15))),
           "brothers-sisters": dice.pick(["none", "together", "apart", "apart"])}
    if dice.chance(0.2):
        out["last-audited"] = working_back(audit - DAY * dice.between(300, 900)).isoformat()
    if dice.chance(0.3):
        out["month-focus"] = dice.pick(["Brothers and sisters", "Family and friends", "Life story"])
    return out


def permanency_events(dice, audit, route, level, plan):
    """Events of one child; `plan` is met, late, none (overdue) or young (not yet due)."""
    age = dice.between(50, 85) if plan == "young" else dice.between(230, 900)
    entered = audit - DAY * age
    reviews = [working_back(entered + DAY * dice.between(15, 26))]
    if dice.chance(0.06):
        reviews = [working_on(entered + DAY * dice.between(33, 42))]
    if plan != "young":
        reviews.append(working_back(reviews[0] + DAY * dice.span(0.93, (78, 88), (98, 112))))
        reviews += series(dice, reviews[1], audit, 178, 186, 0.93)
    events = [(entered, "entered-care")] + [(day, "review") for day in reviews]
    planned = None
    if plan == "met":
        planned = working_back(reviews[1] - DAY * dice.pick([0, 0, 0, 7, 14, 28]))
    elif plan == "late":
        planned = min(working_on(reviews[1] + DAY * dice.between(9, 60)), working_back(audit))
    if planned:
        events.append((planned, "permanence-plan"))
    achieved = None
    if route in ("return-home", "special-guardianship", "child-arrangements") and planned \
            and age > 380 and dice.chance(0.45):
        achieved = working_back(audit - DAY * dice.between(20, 100))
        events.append((achieved, "permanence-achieved"))
    if dice.chance(0.25):
        events.append((working_back(entered - DAY * dice.between(10, 30)), "planning-meeting"))
    for day in series(dice, entered, achieved or audit, 41, 44, (0.3, 0.48, 0.62, 0.9)[level]):
        events.append((day, "planning-meeting"))
    ended = None
    if route != "return-home" and age > 100 and dice.chance(0.8):
        begun = working_on(entered + DAY * dice.between(-12, 25))
        ended = working_back(begun + DAY * dice.span(0.62, (140, 181), (186, 265)))
        events.append((begun, "proceedings-started"))
        if ended <= audit:
            events.append((ended, "proceedings-ended"))
        else:
            ended = None
    if route == "adoption" and ended:
        events += [(working_back(ended - DAY * 30), "decision"), (ended, "placement-order")]
        matched = working_on(ended + DAY * dice.span(0.7, (40, 115), (125, 170)))
        if matched <= audit:
            events.append((matched, "matched"))
            placed = working_on(matched + DAY * dice.between(12, 30))
            if placed <= audit:
                events.append((placed, "placed"))
    if route == "long-term-fostering" and planned and dice.chance(0.22 if level < 3 else 0.6):
        matched = working_back(planned + DAY * dice.between(70, 175))
        if matched <= audit:
            events += [(matched, "matched"), (matched, "decision")]
    if achieved and route == "return-home":
        events = [e for e in events if e[0] <= achieved] + [(achieved, "left-care")]
    return events


def household_events(dice, audit, level):
    approved = working_back(audit - DAY * dice.between(420, 2600))
    kept = (0.7, 0.9, 0.99, 1.0)[level]
    events = [(approved, "approved"), (approved, "panel")]
    reviews = series(dice, approved, audit, 362, 366, kept)
    events += [(day, "review") for day in reviews]
    if reviews:
        panel = working_on(reviews[0] + DAY * dice.span(0.94, (20, 80), (95, 130)))
        if panel <= audit:
            events.append((panel, "panel"))
    visits = series(dice, approved, audit, 360, 366, kept)
    checks = series(dice, approved, audit, 1090, 1096, kept + 0.05)
    return (events + [(day, "unannounced-visit") for day in visits] +
            [(day, "checks-renewed") for day in checks])


def spread(dice, count, year, months):
    """Working days, shared over the months of a year (13 is the next January), in order."""
    days = []
    for i in range(count):
        month = months[i * len(months) // count]
        day = datetime.date(year + (month - 1) // 12, (month - 1) % 12 + 1, dice.between(6, 28))
        days.append(working_back(day))
    return sorted(days)


def audits(dice, levels, year, months):
    """Number, audit date and quality of each audit of a set."""
    return zip(range(1, len(levels) + 1), spread(dice, len(levels), year, months), levels)


# Judged grade (3 best), moderation or None, how the permanence plan stands; and how many.
# The final grades of the first quarter are 4 inadequate, 13, 22 good and 2 outstanding of 41;
# of the third 1, 10, 17 and 5 of 33.
PERMANENCY = [
    ("2023-24-q1", [4, 5, 6], [
        (1, 0, ("agreed", 0), "none"), (1, 0, ("agreed", 0), "met"),
        (1, 1, ("lowered", 0), "none"), (1, 1, ("lowered", 0), "met"),
        (1, 2, ("lowered", 1), "met"), (1, 2, ("override", 2), "met"),
        (1, 1, ("raised", 2), "met"), (1, 3, ("agreed", 3), "met"),
        (2, 1, None, "late"), (10, 1, None, "met"), (1, 2, None, "young"),
        (19, 2, None, "met"), (1, 3, None, "met")]),
    ("2023-24-q2", [7, 8, 9], [
        (1, 0, ("agreed", 0), "none"), (1, 1, ("lowered", 0), "met"),
        (1, 3, ("lowered", 2), "met"), (1, 2, ("agreed", 2), "met"),
        (1, 1, ("change", 1), "met"), (2, 1, None, "late"), (6, 1, None, "met"),
        (14, 2, None, "met"), (3, 3, None, "met")]),
    ("2023-24-q3", [10, 11, 12], [
        (1, 0, ("agreed", 0), "none"), (1, 1, ("agreed", 1), "late"),
        (1, 1, ("agreed", 1), "met"), (2, 2, ("agreed", 2), "met"),
        (1, 3, ("agreed", 3), "met"), (1, 2, ("change", 1), "met"),
        (1, 3, ("lowered", 2), "met"), (1, 1, None, "young"), (6, 1, None, "met"),
        (1, 2, None, "late"), (1, 2, None, "young"), (12, 2, None, "met"),
        (4, 3, None, "met")]),
]


def permanency(load, out):
    number = 0
    for quarter, months, plan in PERMANENCY:
        dice = Dice(quarter)
        cases = dice.shuffled([row[1:] for row in plan for _ in range(row[0])])
        for audit, (judged, moderation, planned) in zip(spread(dice, len(cases), 2023, months),
                                                            cases):
            number += 1
            own = Dice("permanency %d" % number)
            attributes = permanency_attributes(own, audit, planned)
            events = permanency_events(own, audit, attributes["route"], judged, planned)
            inadequate = judged == 0 or moderation and moderation[1] == 0
            fixed = {"plan.clear": 0} if inadequate else {}
            if moderation and moderation[0] == "override":
                fixed["voice.wishes"] = 0
            if inadequate and planned == "none" and judged == 0:
                fixed["stability.safe"] = own.pick([0, 1])
            closed = "matching" if number == 97 else None
            shown = judged
            if judged in (1, 2) and not moderation and planned == "met" and own.chance(0.12):
                shown = own.pick([1, 3]) if judged == 2 else own.pick([2, 3])
            Maker(*load("permanency-file"), "PF-%s-%03d" % (quarter.upper(), number), audit, shown,
                  attributes, events, judged=judged, moderation=moderation, fixed=fixed,
                  closed_section=closed, old_practice=0.004
                  ).write(out / ("permanency-" + quarter), "FICTION-P%03d" % number)


def foster_homes(load, out):
    dice = Dice("foster homes")
    homes = []
    levels = dice.shuffled([3] * 5 + [2] * 11 + [1] * 6 + [0] * 2)
    for number, audit, level in audits(dice, levels, 2023, range(4, 16)):
        attributes = {"kind": dice.pick(["mainstream", "mainstream", "family-and-friends",
                                         "short-breaks", "specialist"]),
                      "area": dice.pick(["coast", "valley"]),
                      "children-placed": dice.pick([0, 1, 1, 2, 2, 3]),
                      "allegation": "yes" if dice.chance(0.2) else "no"}
        events = household_events(dice, audit, level)
        homes.append((attributes["area"], attributes["kind"]))
        reviews = sorted(day for day, kind in events if kind == "review")
        if reviews:
            attributes["review-held"] = reviews[-1].isoformat()
        moderation = {4: ("agreed", level), 11: ("lowered", max(level - 1, 0)),
                      17: ("change", None)}.get(number)
        Maker(*load("foster-home-review"), "FHR-2023-24-%03d" % number, audit, level, attributes,
              events, moderation=moderation
              ).write(out / "foster-home-reviews-2023-24", "FICTION-H%03d" % number)
    while len(homes) < HOUSEHOLDS:
        homes.append((dice.pick(["coast", "coast", "valley"]),
                      dice.pick(["mainstream", "mainstream", "mainstream", "family-and-friends",
                                 "short-breaks", "specialist"])))
    rows = ["FICTION-H%03d,%s,%s" % (i, team, kind) for i, (team, kind) in enumerate(homes, 1)]
    (HERE / "population.csv").write_text("\n".join(["case,team,kind"] + rows) + "\n",
                                         encoding="utf-8")


def child_in_need(load, out):
    dice = Dice("child in need")
    levels = dice.shuffled([3, 3, 2, 2, 2, 2, 2, 1, 1, 1, 1, 0])
    needs = ["neglect", "domestic-abuse", "disability", "family-stress"]
    for number, audit, level in audits(dice, levels, 2023, [10, 11, 12]):
        stage = dice.pick(["assessing", "open-plan", "open-plan", "open-plan", "closing"])
        attributes = {"team": dice.pick(["east", "west", "disabled-children"]), "stage": stage,
                      "need": dice.pick(needs), "age-years": dice.between(0, 16)}
        if stage != "assessing":
            began = working_back(audit - DAY * dice.between(150, 400))
            attributes["plan-began"] = began.isoformat()
        moderation = {3: ("change", None), 7: ("agreed", level), 10: ("change", None)}.get(number)
        Maker(*load("child-in-need-file"), "CIN-2023-%03d" % number, audit, level, attributes,
              moderation=moderation).write(out / "child-in-need", "FICTION-N%03d" % number)


def reviewing_officers(load, out):
    dice = Dice("reviewing officers")
    levels = dice.shuffled([3, 3, 2, 2, 2, 2, 2, 1, 1, 0])
    for number, audit, level in audits(dice, levels, 2023, [7, 9, 11]):
        in_post = datetime.date(dice.between(2015, 2023), dice.between(1, 6), 1)
        attributes = {"review-type": dice.pick(["first", "second", "later", "later"]),
                      "caseload": dice.between(54, 82),
                      "in-post-since": in_post.isoformat()}
        if dice.chance(0.5):
            attributes["hub"] = dice.pick(["Harbour hub", "Hill hub"])
        moderation = {5: ("change", None), 8: ("raised", min(level + 1, 3))}.get(number)
        Maker(*load("iro-practice"), "IRO-2023-%03d" % number, audit, level, attributes,
              moderation=moderation).write(out / "iro-practice", "FICTION-R%03d" % number)


def transitions(load, out):
    dice = Dice("transitions")
    levels = [2, 1, 2, 3, 1, 2, 0, 2]
    missing = {2: ("voluntary",), 5: ("voluntary",), 7: ("adults-care",)}
    homes = ["with-family", "with-family", "in-care", "residential-school"]
    for number, audit, level in audits(dice, levels, 2023, [2, 3]):
        attributes = {"theme": "transitions", "age-years": dice.between(16, 17),
                      "lives": dice.pick(homes),
                      "communication": dice.pick(["words", "signs-or-aid", "other-ways"])}
        moderation = {3: ("agreed", level), 6: ("change", 1)}.get(number)
        Maker(*load("maap-transitions"), "MAAP-2023-%03d" % number, audit, level, attributes,
              judged=level, moderation=moderation, missing=missing.get(number, ()),
              closed_section="household" if number == 4 else None
              ).write(out / "maap-transitions", "FICTION-T%03d" % number)


def domestic_abuse(load, out):
    dice = Dice("domestic abuse")
    levels = [2, 1, 1, 2, 0, 2]
    missing = {3: ("probation",), 5: ("probation", "schools")}
    for number, audit, level in audits(dice, levels, 2022, [9, 10]):
        attributes = {"theme": "Children living with domestic abuse",
                      "incidents": dice.between(2, 7),
                      "risk-meeting": dice.pick(["yes", "yes", "no"])}
        if attributes["risk-meeting"] == "yes":
            meeting = working_back(audit - DAY * dice.between(40, 300))
            attributes["risk-meeting-on"] = meeting.isoformat()
        # The weakest agency decides each joint score: what is shown is better than the judgement.
        Maker(*load("macfa-domestic-abuse"), "MACFA-2022-%03d" % number, audit, min(level + 1, 3),
              attributes,
              judged=level, moderation={2: ("lowered", 0)}.get(number),
              missing=missing.get(number, ()), old_practice=0.06
              ).write(out / "macfa-domestic-abuse", "FICTION-D%03d" % number)


def front_door(load, out):
    dice = Dice("front door")
    for number, audit, judged in audits(dice, [3, 3, 2, 3, 1, 3], 2023, [11]):
        attributes = {"source": dice.pick(["school", "police", "health", "family"])}
        Maker(*load("threshold-dip-sample"), "DIP-2023-11-%02d" % number, audit, judged, attributes,
              judged=judged, fixed={"decision.threshold": 0} if judged == 1 else None
              ).write(out / "threshold-dip-sample", "FICTION-F%03d" % number)


def main():
    phrases = Phrases(HERE / "phrases.txt")
    templates = {}

    def load(name):
        if name not in templates:
            templates[name] = Template(HERE / "templates" / (name + ".xml"))
        return templates[name], phrases

    out = HERE / "returns"
    shutil.rmtree(out, ignore_errors=True)
    for make in (permanency, foster_homes, child_in_need, reviewing_officers, transitions,
                 domestic_abuse, front_door):
        make(load, out)


if __name__ == "__main__":
    main()
