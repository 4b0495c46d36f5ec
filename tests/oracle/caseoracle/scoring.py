"""A whole return: checks, the pass as audited, the pass with changes, and the grade."""

from dataclasses import replace

from . import figures, privacy
from .assess import Pass
from .dates import quarter
from .frameworks import framework_of
from .returns import Faults, check_attributes, check_people, read_return, response_of

_SEVERITIES = ("immediate", "urgent", "review")


def score_return(template, path, allow_incomplete=False):
    """The result object of one return as plain data; scores are text with two decimals."""
    faults = Faults()
    ret = read_return(path, faults)
    result = None
    if ret and not faults.found:
        result = _Scoring(template, ret, faults, allow_incomplete).result()
    return result if result else _rejected(ret, faults)


class _Scoring:
    def __init__(self, template, ret, faults, allow_incomplete):
        self.template, self.ret, self.faults = template, ret, faults
        self.allow_incomplete = allow_incomplete
        self.framework = framework_of(template)

    def result(self):
        """The result; None, with faults found, where the return must be rejected."""
        template, ret, faults = self.template, self.ret, self.faults
        if (ret.template, ret.version) != (template.id, template.version):
            faults.add(ret.root, "the return is for another template")
            return None
        if template.effective_from and ret.audit < template.effective_from:
            faults.add(ret.audit_node, "audited before the template takes effect")
        if template.effective_to and ret.audit > template.effective_to:
            faults.add(ret.audit_node, "audited after the template's last day")
        check_attributes(template, ret, faults)
        self.returned = self.framework.agencies(ret, faults)
        self.framework.check_events(ret, faults)
        check_people(template, ret, faults)
        if faults.found:
            return None
        self._collect()
        first = self._pass(self.responses)
        audited = first.run()
        if audited is None or not self._accept(audited):
            return None
        final = audited
        if ret.changes:
            final = self._moderated(audited)
            if final is None:
                return None
        return self._result(audited, final)

    def _pass(self, responses):
        return Pass(
            self.framework, self.ret, self.returned, responses, self.unanswered, self.faults
        )

    def _collect(self):
        """Responses by (standard, agency); unknown and repeated ones are errors."""
        self.responses, self.unanswered = {}, {}
        for block in self.ret.root.all("responses"):
            agency = block.get("agency")
            for node in block.all("not-applicable"):
                key = node.get("section"), agency
                if key in self.unanswered:
                    self.faults.add(node, f"section '{key[0]}' is declared twice")
                self.unanswered[key] = node
            for node in block.all("response"):
                response = response_of(node)
                standard = self.template.standard_of.get(response.standard)
                if standard is None or agency not in self.template.asked(standard, [agency]):
                    self.faults.add(node, f"standard '{response.standard}' is unknown here")
                elif (standard.id, agency) in self.responses:
                    self.faults.add(node, f"standard '{standard.id}' comes twice")
                else:
                    self.responses[standard.id, agency] = response

    # What is checked as audited.

    def _accept(self, audited):
        if audited.incomplete and not self.allow_incomplete:
            for outcome in audited.outcomes.values():
                if outcome.status == "missing":
                    self.faults.add(self.ret.root, f"'{outcome.standard.id}' has no response")
        for key, outcome in audited.outcomes.items():
            if outcome.score is not None:
                self._check_evidence(outcome, self.responses.get(key))
                self._check_action(outcome)
        return not self.faults.found

    def _check_evidence(self, outcome, response):
        standard = outcome.standard
        said = outcome.status in ("answered", "not-evidenced") and not standard.derived
        low = standard.evidence_below is not None and outcome.score < standard.evidence_below
        if (standard.evidence_required and said) or low:
            if response is None or not response.evidenced:
                self.faults.add(response and response.node, f"'{standard.id}' needs evidence")

    def _check_action(self, outcome):
        standard = outcome.standard
        if standard.action_below is None or outcome.score >= standard.action_below:
            return
        wanted = standard.id, outcome.agency
        if not any((a.get("standard"), a.get("agency")) == wanted for a in self.ret.actions):
            self.faults.add(self.ret.root, f"'{standard.id}' needs an action")

    # Moderation with changes (section 6).

    def _moderated(self, audited):
        changed = dict(self.responses)
        for node in self.ret.changes:
            key = node.get("standard"), node.get("agency")
            response, outcome = self._spoken(node, key), audited.outcomes.get(key)
            problem = self._change_problem(node, response, outcome)
            if changed.get(key, response) is not response:
                problem = "is changed twice"
            if problem:
                self.faults.add(node, f"'{key[0]}' {problem}")
                continue
            changed[key] = replace(
                response, node=_as_response(node), status=node.get("status"),
                answer=node.get("answer"), changed=True,
            )
        if self.faults.found:
            return None
        second = self._pass(changed)
        final = second.run()
        if second.facts.not_applying() != audited.facts.not_applying():
            self.faults.add(self.ret.moderation, "a change alters which standards apply")
        if self.faults.found:
            return None
        for node in self.ret.changes:
            key = node.get("standard"), node.get("agency")
            before = audited.outcomes[key]
            final.outcomes[key].audited = before.answer or before.status
        return final

    def _spoken(self, node, key):
        """What was said of a standard, if only by declaring its section not applicable."""
        standard = self.template.standard_of.get(key[0])
        said = self.responses.get(key)
        if said is None and standard is not None and not standard.derived:
            for section in standard.section.above():
                if (section.id, key[1]) in self.unanswered:
                    return response_of(node)
        return said

    def _change_problem(self, node, response, outcome):
        standard = self.template.standard_of.get(node.get("standard"))
        if standard is None or response is None:
            return "has no response to change"
        if standard.derived:
            return "is derived"
        if outcome.status == "out-of-scope":
            return "is out of scope"
        if (node.get("answer") is None) == (node.get("status") is None):
            return "is changed to an answer or a status"
        if node.get("answer") and standard.kind != "answers":
            return "takes no answer"
        if not node.text_of("rationale"):
            return "needs a rationale for its change"
        return None

    # The grade (section 6) and the result (formats, section 3).

    def _grade(self, audited, final):
        """(moderated, cap, grade, built-in alerts)."""
        template, moderation = self.template, self.ret.moderation
        limits = [limit for limit in final.limits if limit.section is None]
        cap = template.worst(limit.to for limit in limits)
        never = template.worst(limit.to for limit in limits if limit.never)
        base = self.ret.judged if template.judged else final.computed
        grade = template.worse(base, cap)
        lowered = template.judged and grade != base
        moderated = None
        if moderation:
            moderated = moderation.get("grade") or final.computed
            override = moderation.get("override") == "yes"
            grade = template.worse(moderated, never if override else cap)
            lowered = lowered or grade != moderated
        alerts = []
        if self.ret.judged and audited.computed:
            if abs(template.rank[self.ret.judged] - template.rank[audited.computed]) >= 2:
                alerts.append("judgement-diverges")
        if lowered:
            alerts.append("judgement-capped")
        return moderated, cap, grade, alerts

    def _result(self, audited, final):
        template, ret = self.template, self.ret
        moderated, cap, grade, built_in = self._grade(audited, final)
        return {
            "schema": "caseaudit-result/1",
            "status": "scored" if grade else "not-graded",
            "return": ret.id,
            "revision_of": None,
            "template": template.id,
            "template_version": template.version,
            "framework": template.framework,
            "case": ret.case,
            "date": ret.audit.isoformat(),
            "quarter": quarter(ret.audit),
            "complete": not audited.incomplete,
            "out_of": template.out_of,
            "score": figures.print_score(final.score),
            "computed": audited.computed,
            "recomputed": final.computed if ret.changes else None,
            "judged": ret.judged,
            "cap": cap,
            "moderated": moderated,
            "grade": grade,
            "sections": self._section_rows(final),
            "agencies": self._agency_rows(final),
            "standards": self._standard_rows(final),
            "limits": [
                {"id": x.id, "section": x.section, "to": x.to, "reason": x.reason}
                for x in final.limits
            ],
            "alerts": _alert_rows(final.alerts, built_in),
            "measures": final.measures,
            "warnings": self._warnings(audited),
            "attributes": {
                name: ret.attributes[name] for name in template.attributes if name in ret.attributes
            },
        }

    def _section_rows(self, final):
        agencies = [None] + [agency for agency in self.returned if agency]
        rows = []
        for section in self.template.all_sections():
            for agency in agencies:
                row = final.sections[section.id, agency]
                rows.append({
                    "id": section.id,
                    "parent": section.parent.id if section.parent else None,
                    "agency": agency,
                    "score": figures.print_score(row.score),
                    "grade": row.grade,
                    "cap": row.cap,
                })
        return rows

    def _agency_rows(self, final):
        own = {node.get("agency"): node.get("grade") for node in self.ret.root.all("responses")}
        return [
            {"id": agency, "score": figures.print_score(score), "grade": grade, "judged": own[agency]}
            for agency, score, grade in final.agencies
        ]

    @staticmethod
    def _standard_rows(final):
        return [
            {
                "id": o.standard.id,
                "section": o.standard.section.id,
                "agency": o.agency,
                "status": o.status,
                "answer": o.answer,
                "audited": o.audited,
                "score": figures.print_score(o.score),
                "counts": o.counts,
                "weight": figures.print_shortest(o.standard.weight),
                "due": o.due.isoformat() if o.due else None,
                "days": o.days,
            }
            for o in final.outcomes.values()
        ]

    def _warnings(self, audited):
        """Lines, ascending: privacy, the framework's, and the look-back's (section 2.3), which
        tells of all responses without a date at the first one in the order of the template."""
        lines = privacy.personal_lines(self.template, self.ret.root)
        lines += self.framework.warnings(self.ret, self.returned)
        if self.template.look_back is not None:
            given = [(outcome, self.responses[key]) for key, outcome in audited.outcomes.items()
                     if key in self.responses]
            lines += [r.node.line for o, r in given if o.status == "out-of-scope"]
            lines += [r.node.line for o, r in given
                      if r.date is None and o.score is not None][:1]
        return sorted(lines)


def _as_response(change):
    """A change read as the response it puts in place: its rationale is the reason."""
    reason = [replace(n, tag="reason") for n in change.all("rationale")]
    return replace(change, children=reason if change.get("status") == "not-applicable" else [])


def _alert_rows(held, built_in):
    """By severity, then document order, built-in ones last within theirs."""
    rows = [{"id": a.id, "severity": a.severity, "message": a.message} for a in held]
    rows += [{"id": name, "severity": "review", "message": None} for name in built_in]
    return sorted(rows, key=lambda row: _SEVERITIES.index(row["severity"]))


def _rejected(ret, faults):
    return {
        "status": "rejected",
        "return": ret.id if ret else None,
        "errors": sorted(faults.found),
    }
