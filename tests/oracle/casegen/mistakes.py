"""Deliberate mistakes: each makes a return one that must be refused.

Every function changes a valid return in place and says whether it found where to.
"""

import datetime

from caseoracle import dates

from .markup import element

DAY = datetime.timedelta(days=1)


def _responses(maker, root, test):
    """(block, response, standard) of responses that fit, in document order."""
    found = []
    for block in root.findall("responses"):
        for node in block.findall("response"):
            standard = maker.template.standard_of[node.get("standard")]
            if test(node, standard):
                found.append((block, node, standard))
    return found


def _pick(maker, rows):
    return maker.rng.choice(rows) if rows else None


def _spoil(maker, root, test, change):
    row = _pick(maker, _responses(maker, root, test))
    if row is None:
        return False
    change(*row)
    return True


def _plain(kind):
    return lambda node, standard: standard.kind == kind and node.get("status") is None


def response_missing(maker, root):
    return _spoil(maker, root, lambda n, s: s.required and not s.derived and not _used(maker, root, n),
                  lambda block, node, _: block.remove(node))


def _used(maker, root, node):
    return any(c.get("standard") == node.get("standard") for c in root.iter("change"))


def standard_unknown(maker, root):
    root.find("responses").append(element("response", {"standard": "nowhere", "answer": "good"}))
    return True


def response_twice(maker, root):
    return _spoil(maker, root, lambda n, s: True, lambda block, node, _: block.append(node))


def does_not_apply(maker, root):
    for (name, agency), outcome in maker.facts.outcomes.items():
        if outcome.status == "not-applying" and not outcome.standard.derived:
            block = maker.blocks[agency]
            block.append(maker._response(outcome.standard))
            return True
    return False


def inside_declared_section(maker, root):
    for block in root.findall("responses"):
        for node in block.findall("not-applicable"):
            for standard in maker.template.section_of[node.get("section")].standards():
                outcome = maker.facts.outcomes.get((standard.id, block.get("agency")))
                if outcome and outcome.status == "not-applicable" and not standard.derived:
                    block.append(maker._response(standard))
                    return True
    return False


def section_unknown(maker, root):
    block = root.find("responses")
    block.insert(0, element("not-applicable", {"section": "nowhere"}, element("reason", text="No.")))
    return True


def not_applicable_forbidden(maker, root):
    def change(_, node, standard):
        _bare(node)
        node.set("status", "not-applicable")
        node.append(element("reason", text="Not here."))
    return _spoil(maker, root, lambda n, s: s.not_applicable == "forbidden", change)


def not_applicable_without_reason(maker, root):
    def change(_, node, standard):
        _bare(node)
        node.set("status", "not-applicable")
        if maker.rng.random() < 0.5:
            node.append(element("reason", text="   "))
    return _spoil(maker, root, lambda n, s: s.not_applicable == "reason", change)


def _bare(node):
    node.attrib.pop("answer", None)
    for child in list(node):
        if child.tag != "evidence":
            node.remove(child)


def answer_unknown(maker, root):
    return _spoil(maker, root, _plain("answers"), lambda _, n, s: n.set("answer", "god"))


def answered_in_another_way(maker, root):
    def change(_, node, standard):
        _bare(node)
        node.insert(0, element("value", text="1"))
    return _spoil(maker, root, _plain("answers"), change)


def answer_for_a_number(maker, root):
    return _spoil(maker, root, _plain("number"), lambda _, n, s: n.set("answer", "good"))


def number_outside(maker, root):
    def change(_, node, standard):
        edge = maker.rng.choice(["min", "max"])
        value = standard.content.get(edge)
        node.find("value").text = "-999" if edge == "min" else str(int(float(value)) + 1)
    return _spoil(maker, root, _plain("number"), change)


def number_malformed(maker, root):
    text = maker.rng.choice(["1.2345", "+1", "1,5", ".5", "1.", "1e3", "٣", "", "0x1"])
    return _spoil(maker, root, _plain("number"), lambda _, n, s: setattr(n.find("value"), "text", text))


def points_off_the_step(maker, root):
    def change(_, node, standard):
        node.find("value").text = maker.rng.choice(["0.0001", "-1", "999", "0.333"])
    return _spoil(maker, root, lambda n, s: _plain("points")(n, s) and s.content.get("step") != "0.001", change)


def date_after_audit(maker, root):
    return _spoil(maker, root, lambda n, s: not s.derived,
                  lambda _, n, s: n.set("date", str(maker.audit + DAY)))


def end_after_audit(maker, root):
    def change(_, node, standard):
        node.find("end").text = str(maker.audit + DAY)
    return _spoil(maker, root, lambda n, s: n.find("end") is not None, change)


def end_before_start(maker, root):
    def change(_, node, standard):
        node.find("end").text = str(dates.parse_date(node.find("start").text) - DAY)
    return _spoil(maker, root, lambda n, s: n.find("end") is not None, change)


def occurred_before_start(maker, root):
    def change(_, node, standard):
        node.find("occurred").text = str(dates.parse_date(node.find("start").text) - DAY)
    return _spoil(maker, root, lambda n, s: n.find("occurred") is not None, change)


def occurred_after_end(maker, root):
    def change(_, node, standard):
        node.find("end").text = node.find("start").text
        node.find("occurred").text = str(maker.audit)
    fits = lambda n, s: (n.find("occurred") is not None and n.find("end") is not None
                         and n.find("start").text != str(maker.audit))
    return _spoil(maker, root, fits, change)


def no_such_day(maker, root):
    text = maker.rng.choice(["2023-02-29", "2023-13-01", "23-01-01", "2023-1-01", "1899-12-31", "2200-01-01"])
    return _spoil(maker, root, lambda n, s: not s.derived, lambda _, n, s: n.set("date", text))


def before_the_calendar(maker, root):
    def change(_, node, standard):
        node.find("start").text = "1977-06-01"
        if node.find("end") is not None:
            node.remove(node.find("end"))
    return _spoil(maker, root, lambda n, s: _plain("timescale")(n, s)
                  and s.content.get("unit") == "working-days"
                  and maker.facts.outcomes.get((s.id, None), None) is not None
                  and maker.facts.outcomes[s.id, None].status != "out-of-scope", change)


def audited_too_early(maker, root):
    root.find("audit").set("date", str(maker.template.effective_from - DAY))
    return True


def version_unknown(maker, root):
    root.set("template-version", "0.0")
    return True


def attribute_missing(maker, root):
    for node in root.iter("attribute"):
        if maker.template.attributes[node.get("id")].get("required") == "yes":
            root.find("attributes").remove(node)
            return True
    return False


def attribute_malformed(maker, root):
    bad = {"token": "nowhere", "integer": "12.5", "date": "2020-02-30"}
    for node in root.iter("attribute"):
        kind = maker.template.attributes[node.get("id")].get("type")
        if kind in bad:
            node.text = bad[kind]
            return True
    return False


def attribute_undefined(maker, root):
    if root.find("attributes") is None:
        return False
    root.find("attributes").append(element("attribute", {"id": "shoe-size"}, text="7"))
    return True


def _person(tag, name, value):
    def mistake(maker, root):
        node = root.find(tag)
        if node is None:
            return False
        node.set(name, value(maker))
        return True
    mistake.__name__ = f"{tag}_{name}"
    return mistake


judged_too_early = _person("judgement", "date", lambda m: str(m.audit - DAY))
judged_unknown = _person("judgement", "grade", lambda m: "god")
judged_by_a_name = _person("judgement", "by", lambda m: "Ann Other")
moderated_too_early = _person("moderation", "date", lambda m: str(m.audit - DAY))
moderated_by_auditor = _person("moderation", "by", lambda m: "A17")
moderated_unknown = _person("moderation", "grade", lambda m: "god")


def override_without_rationale(maker, root):
    node = root.find("moderation")
    if node is None:
        return False
    node.set("override", "yes")
    if node.find("rationale") is not None:
        node.remove(node.find("rationale"))
    return True


def moderation_without_grade(maker, root):
    node = root.find("moderation")
    if node is None or (node.find("change") is not None and not maker.template.judged):
        return False
    node.attrib.pop("grade", None)
    return True


def judgement_missing(maker, root):
    if not maker.template.judged:
        return False
    root.remove(root.find("judgement"))
    return True


def verified_by_owner(maker, root):
    return _action(root, {"completed": str(maker.audit), "verified-by": "TM4"})


def verified_before_completed(maker, root):
    return _action(root, {"verified-by": "QA1"})


def action_about_nothing(maker, root):
    return _action(root, {"standard": "nowhere"})


def action_theme_unknown(maker, root):
    return maker.template.themes and _action(root, {"theme": "weather"})


def _action(root, attrs):
    if root.find("actions") is None:
        root.append(element("actions"))
    root.find("actions").append(element("action", {"id": "x9", "owner": "TM4", **attrs}, text="Do."))
    return True


def action_missing(maker, root):
    for standard in maker.template.standard_of.values():
        for (name, agency), outcome in maker.facts.outcomes.items():
            if (name == standard.id and standard.action_below is not None
                    and outcome.status in ("answered", "not-evidenced")
                    and outcome.score is not None and outcome.score < standard.action_below):
                actions = root.find("actions")
                for node in list(actions):
                    if node.get("standard") == name:
                        actions.remove(node)
                return True
    return False


def evidence_missing(maker, root):
    def needed(node, standard):
        return standard.evidence_required and standard.kind != "text"
    for block, node, standard in _responses(maker, root, needed):
        outcome = maker.facts.outcomes[standard.id, block.get("agency")]
        if outcome.status in ("answered", "not-evidenced") and outcome.score is not None:
            for child in node.findall("evidence"):
                node.remove(child)
            if maker.rng.random() < 0.5:
                node.append(element("evidence", {"ref": "E1"}))
            return True
    return False


def theme_unknown(maker, root):
    node = root.find("findings")
    if node is None or not maker.template.themes:
        return False
    node[0].set("theme", "weather")
    return True


def change_of_nothing(maker, root):
    node = root.find("moderation")
    if node is None:
        return False
    change = element("change", {"standard": "nowhere", "status": "not-evidenced"},
                     element("rationale", text="Look."))
    node.append(change)
    return True


def change_of_derived(maker, root):
    node = root.find("moderation")
    derived = [s.id for s in maker.template.standard_of.values() if s.derived]
    if node is None or not derived:
        return False
    node.append(element("change", {"standard": derived[0], "status": "not-evidenced"},
                        element("rationale", text="Look.")))
    return True


def change_out_of_scope(maker, root):
    node = root.find("moderation")
    old = [k for k, o in maker.facts.outcomes.items() if o.status == "out-of-scope"]
    if node is None or not old:
        return False
    node.append(element("change", {"standard": old[0][0], "agency": old[0][1], "status": "not-evidenced"},
                        element("rationale", text="Look.")))
    return True


def derived_answered(maker, root):
    for (name, agency), outcome in maker.facts.outcomes.items():
        if outcome.standard.derived and (name, agency) not in maker.given:
            maker.blocks[agency].append(element("response", {"standard": name, "status": "not-evidenced"}))
            return True
    return False


def _event(root, kind, day):
    if root.find("events") is None:
        return False
    root.find("events").append(element("event", {"type": kind, "date": day}))
    return True


def event_unknown(maker, root):
    if root.find("events") is None:
        root.insert(3 if root.find("attributes") is not None else 2, element("events"))
    return _event(root, "party", maker.audit)


def event_after_audit(maker, root):
    return _event(root, "review", maker.audit + DAY)


def event_first_twice(maker, root):
    framework = maker.framework
    return bool(framework.starting) and _event(root, framework.starting, framework.dates[framework.starting][0])


def event_too_early(maker, root):
    framework = maker.framework
    return bool(framework.starting) and _event(root, "review", framework.dates[framework.starting][0] - DAY)


def event_too_late(maker, root):
    framework = maker.framework
    ends = framework.starting and framework.dates.get(framework.ending)
    if not ends or ends[0] == maker.audit:
        return False
    return _event(root, maker.rng.choice(framework.events[1:-2]), ends[0] + DAY)


def event_start_missing(maker, root):
    kind = maker.framework.starting
    for node in list(root.iter("event")):
        if node.get("type") == kind:
            root.find("events").remove(node)
    return bool(kind)


def responses_twice(maker, root):
    block = root.find("responses")
    root.insert(list(root).index(block) + 1, element("responses", {"agency": block.get("agency")}))
    return True


def agency_unknown(maker, root):
    block = root.find("responses")
    root.insert(list(root).index(block) + 1, element("responses", {"agency": "army"}))
    return True


def agency_alone(maker, root):
    blocks = root.findall("responses")
    for block in blocks[1:]:
        root.remove(block)
    return len(blocks) > 1


def agency_not_asked(maker, root):
    for standard in maker.template.standard_of.values():
        for agency in maker.returned:
            if agency and standard.agencies and agency not in standard.agencies:
                maker.blocks[agency].append(maker._response(standard))
                return True
    return False


def attribute_of_xml_unknown(maker, root):
    node = maker.rng.choice(list(root.iter()))
    node.set("colour", "blue")
    return True


def element_unknown(maker, root):
    root.append(element("afterthought", text="And."))
    return True


MISTAKES = [
    value for name, value in list(globals().items())
    if callable(value) and not name.startswith("_") and name not in ("element",)
    and getattr(value, "__module__", "") == __name__
]


def make_one(maker, root):
    """Makes one mistake of any kind; its name, or None where the kind found no place."""
    mistake = maker.rng.choice(MISTAKES)
    return mistake.__name__ if mistake(maker, root) else None
