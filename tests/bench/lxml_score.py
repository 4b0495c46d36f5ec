"""What a competent person would write in an afternoon with lxml: the returns of the permanency
sample template checked by the schema, scored, and printed as one JSON object a line.

    lxml_score.py TEMPLATE SCHEMA LIST

Template and schema are read once. Everything is integers: scores in hundredths, weights and
values in thousandths. The first fault refuses a return. It knows what this template uses, in
the words of the scoring rules (docs/scoring.md), and no more.
"""

import json
import sys

from lxml import etree

import lxml_outcomes as outcomes
from lxml_template import read_template

NS = "{urn:caseaudit:return:1}"


class Refused(Exception):
    """The return has a fault."""


class Case:
    """What of a return stays the same, whatever a moderator changes."""

    def __init__(self, template, root):
        self.parts = {child.tag[len(NS):]: child for child in root}
        self.root, self.audit_node = root, self.parts["audit"]
        self.audit = outcomes.day(self.audit_node.get("date"))
        if not template.first <= self.audit:
            raise Refused("audited before the template takes effect")
        self.bound = outcomes.add_months(self.audit, -template.look_back)
        self.attributes = template.check_attributes(self.parts.get("attributes", ()))
        self.events = outcomes.read_events(self.parts.get("events", ()), self.audit)
        self.closed, self.responses = {}, {}
        for node in self.parts["responses"]:
            if node.tag == NS + "response":
                name = node.get("standard")
                if name not in template.standard or name in self.responses:
                    raise Refused("standard %s is unknown or comes twice" % name)
                self.responses[name] = node
            else:
                self.closed[node.get("section")] = node
        self.check_people()

    def check_people(self):
        """Judged and moderated after the audit, by different people; so are actions."""
        moderation = self.parts.get("moderation")
        for node in (self.parts.get("judgement"), moderation):
            if node is not None and outcomes.day(node.get("date")) < self.audit:
                raise Refused("a grade was given before the audit")
        if moderation is not None and moderation.get("by") == self.audit_node.get("auditor"):
            raise Refused("the moderator is the auditor")
        for action in self.parts.get("actions", ()):
            verified = action.get("verified-by")
            if verified and (verified == action.get("owner") or not action.get("completed")):
                raise Refused("an action is verified by its owner, or not completed")


class Facts:
    """What conditions look at."""

    def __init__(self, case):
        self.attributes = case.attributes
        self.outcome, self.section, self.taking_part = {}, {}, []


class Assessment:
    """One pass: outcomes, sections, limits, alerts and measures."""

    def __init__(self, template, case, responses):
        self.template, self.case = template, case
        self.facts = Facts(case)
        self.caps, self.section_limits = {}, {}
        for standard in template.standards:
            self.facts.outcome[standard.id] = self.outcome(standard, responses.get(standard.id))
        self.roll_up()
        self.overall()
        # The innermost sections' first, each level as in the template; the template's last.
        self.limits = [limit for section in template.deepest_first
                       for limit in self.section_limits.get(section.id, ())] + self.final_limits

    def held(self, limits):
        return [limit for limit in limits if limit.holds(self.facts)]

    def outcome(self, standard, response):
        applies = all(holds(self.facts) for holds in standard.applies)
        derived = standard.derive(standard, self.case) if applies and standard.derive else None
        if not applies or derived and derived.status == "not-applying":
            if response is not None:
                raise Refused("%s does not apply" % standard.id)
            return outcomes.Outcome("not-applying")
        closed = next((self.case.closed[s] for s in standard.above if s in self.case.closed), None)
        if closed is not None:
            if response is not None or standard.not_applicable == "forbidden":
                raise Refused("%s cannot be not applicable" % standard.id)
            return outcomes.Outcome("not-applicable", score=standard.not_applicable_score)
        if response is None:
            if derived:
                return derived
            if standard.required:
                raise Refused("%s has no response" % standard.id)
            return outcomes.Outcome("not-applicable")
        try:
            return outcomes.respond(standard, response, self.case)
        except ValueError as error:
            raise Refused("%s: %s" % (standard.id, error)) from error

    def roll_up(self):
        """Scores and grades of sections, the innermost first."""
        template, facts = self.template, self.facts
        for section in template.inside_out:
            pairs = []
            for weight, kind, name in section.children:
                score = facts.section[name][0] if kind == "section" else facts.outcome[name].score
                if weight and score is not None:
                    pairs.append((weight, score))
            score = section.rollup(pairs)
            grade = template.band(score)
            facts.section[section.id] = score, grade
            if not section.limits:
                continue
            held = self.section_limits[section.id] = self.held(section.limits)
            cap = template.worst(limit.to for limit in held)
            if cap and grade and template.rank[cap] > template.rank[grade]:
                facts.section[section.id] = template.score_of[cap], cap
                self.caps[section.id] = cap

    def overall(self):
        template, facts = self.template, self.facts
        pairs = []
        for section in template.top:
            score = facts.section[section.id][0]
            if section.weight and score is not None:
                pairs.append((section.weight, score))
                facts.taking_part.append(section.id)
        self.score = outcomes.weighted_mean(pairs)
        self.computed = None
        if self.score is not None:
            self.computed = next((grade for grade, holds in template.rules if holds(facts)),
                                 template.otherwise)
        self.final_limits = self.held(template.limits)
        self.alerts = self.held(template.alerts)


def check_shown(template, case, assessment):
    """Evidence and actions where the template asks for them."""
    acted = {action.get("standard") for action in case.parts.get("actions", ())}
    for standard in template.standards:
        outcome = assessment.facts.outcome[standard.id]
        if outcome.score is None:
            continue
        said = outcome.status in ("answered", "not-evidenced")
        low = standard.evidence_below is not None and outcome.score < standard.evidence_below
        if low or standard.evidence_required and said:
            node = case.responses.get(standard.id)
            if node is None or not any((e.text or "").strip()
                                       for e in node.iterchildren(NS + "evidence")):
                raise Refused("%s needs evidence" % standard.id)
        if standard.action_below is not None and outcome.score < standard.action_below and \
                standard.id not in acted:
            raise Refused("%s needs an action" % standard.id)


def changed(template, case, audited):
    """The pass with a moderator's changes."""
    responses = dict(case.responses)
    for change in case.parts["moderation"].iterchildren(NS + "change"):
        name = change.get("standard")
        if name not in case.responses or responses[name] is not case.responses[name] or \
                audited.facts.outcome[name].status == "out-of-scope":
            raise Refused("%s cannot be changed" % name)
        response = etree.Element(NS + "response", standard=name)
        for key in ("answer", "status"):
            if change.get(key):
                response.set(key, change.get(key))
        date = case.responses[name].get("date")
        if date:
            response.set("date", date)
        if change.get("status") == "not-applicable":
            etree.SubElement(response, NS + "reason").text = change.findtext(NS + "rationale")
        responses[name] = response
    final = Assessment(template, case, responses)
    for name, outcome in final.facts.outcome.items():
        was = audited.facts.outcome[name]
        if (outcome.status == "not-applying") != (was.status == "not-applying"):
            raise Refused("a change alters which standards apply")
    return final


def grade(template, case, audited, final, recomputed):
    """Section 6 of the scoring rules: base, cap, moderation, and the built-in alerts."""
    judgement, moderation = case.parts.get("judgement"), case.parts.get("moderation")
    if judgement is None:
        raise Refused("there is no judgement")
    judged, moderated = judgement.get("grade"), None
    cap = template.worst(limit.to for limit in final.final_limits)
    result = template.worst((judged, cap))
    lowered = result != judged
    if moderation is not None:
        moderated = moderation.get("grade") or final.computed
        if moderation.get("override") == "yes":
            never = template.worst(x.to for x in final.final_limits if x.never)
            result = template.worst((moderated, never))
        else:
            result = template.worst((moderated, cap))
        lowered = lowered or result != moderated
    alerts = [alert.id for alert in final.alerts]
    if audited.computed and abs(template.rank[judged] - template.rank[audited.computed]) >= 2:
        alerts.append("judgement-diverges")
    if lowered:
        alerts.append("judgement-capped")
    return {"status": "scored" if result else "not-graded", "score": final.score,
            "computed": audited.computed, "recomputed": final.computed if recomputed else None,
            "judged": judged, "cap": cap, "moderated": moderated, "grade": result,
            "alerts": alerts}


def score(template, schema, parser, path):
    root, name = None, None
    try:
        tree = etree.parse(path, parser)
        root = tree.getroot()
        name = root.get("id")
        if not schema.validate(tree):
            raise Refused(str(schema.error_log[0].message))
        case = Case(template, root)
        audited = final = Assessment(template, case, case.responses)
        check_shown(template, case, audited)
        moderation = case.parts.get("moderation")
        recomputed = moderation is not None and moderation.find(NS + "change") is not None
        if recomputed:
            final = changed(template, case, audited)
    except (Refused, ValueError, etree.XMLSyntaxError) as error:
        return {"return": name, "status": "rejected", "error": str(error)}
    facts = final.facts
    return {
        "return": name, **grade(template, case, audited, final, recomputed),
        "sections": [[s.id, *facts.section[s.id], final.caps.get(s.id)]
                     for s in template.sections],
        "standards": [[key, o.status, o.answer, o.score] for key, o in facts.outcome.items()],
        "limits": [limit.id for limit in final.limits],
        "measures": [[measure.id, *measure.sums(facts.outcome[measure.standard])]
                     for measure in template.measures]}


def main():
    template_path, schema_path, list_path = sys.argv[1:]
    parser = etree.XMLParser(no_network=True, resolve_entities=False, remove_comments=True,
                             remove_pis=True)
    schema = etree.XMLSchema(etree.parse(schema_path))
    template = read_template(template_path)
    with open(list_path, encoding="utf-8") as names:
        for line in names:
            print(json.dumps(score(template, schema, parser, line.rstrip("\n"))))


if __name__ == "__main__":
    main()
