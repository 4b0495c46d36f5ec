"""The return: its shape as a table, and the checks that need no scoring (formats, section 2)."""

import re
from dataclasses import dataclass, field

from . import dates, figures, xmltree

NAMESPACE = "urn:caseaudit:return:1"

ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}\Z")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}\Z")
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}\Z")
DATE, ANY = "date", re.compile(r"")


def _one_of(*words):
    return re.compile(f"(?:{'|'.join(words)})\\Z")


# tag: ({attribute: (form, required)}, children as a pattern over "tag " words, or TEXT)
TEXT = "text"
SHAPES = {
    "return": (
        {"id": (CODE, True), "template": (ID, True), "template-version": (VERSION, True)},
        r"case audit (attributes )?(events )?(responses )*(judgement )?(moderation )?"
        r"(findings )?(actions )?",
    ),
    "case": ({"ref": (CODE, True)}, ""),
    "audit": (
        {"date": (DATE, True), "auditor": (CODE, True),
         "selection": (_one_of("random", "targeted", "stratified"), False)},
        "",
    ),
    "attributes": ({}, r"(attribute )*"),
    "attribute": ({"id": (ID, True)}, TEXT),
    "events": ({}, r"(event )*"),
    "event": ({"type": (ID, True), "date": (DATE, True)}, TEXT),
    "responses": (
        {"agency": (ID, False), "grade": (ID, False), "by": (CODE, False)},
        r"(not-applicable )*(response )*",
    ),
    "not-applicable": ({"section": (ID, True)}, r"(reason )?"),
    "reason": ({}, TEXT),
    "response": (
        {"standard": (ID, True), "answer": (ID, False), "date": (DATE, False),
         "status": (_one_of("not-applicable", "not-evidenced"), False)},
        r"(reason |start (occurred )*(end )?|value |text )?(evidence )*",
    ),
    "start": ({}, TEXT),
    "occurred": ({}, TEXT),
    "end": ({}, TEXT),
    "value": ({}, TEXT),
    "text": ({}, TEXT),
    "evidence": ({"ref": (ANY, False)}, TEXT),
    "judgement": ({"grade": (ID, True), "by": (CODE, True), "date": (DATE, True)}, r"(rationale )?"),
    "rationale": ({}, TEXT),
    "moderation": (
        {"grade": (ID, False), "by": (CODE, True), "date": (DATE, True),
         "override": (_one_of("yes", "no"), False)},
        r"(rationale )?(change )*",
    ),
    "change": (
        {"standard": (ID, True), "agency": (ID, False), "answer": (ID, False),
         "status": (_one_of("not-applicable", "not-evidenced"), False)},
        r"rationale ",
    ),
    "findings": ({}, r"(strength )*(improvement )*"),
    "strength": ({"theme": (ANY, True), "agency": (ID, False)}, TEXT),
    "improvement": ({"theme": (ANY, True), "agency": (ID, False)}, TEXT),
    "actions": ({}, r"(action )*"),
    "action": (
        {"id": (CODE, True), "standard": (ID, False), "agency": (ID, False),
         "theme": (ANY, False), "owner": (CODE, True), "due": (DATE, False),
         "completed": (DATE, False),
         "verified-by": (CODE, False)},
        TEXT,
    ),
}


@dataclass
class Faults:
    """What makes a return refused: (line, message) pairs."""

    found: list = field(default_factory=list)

    def add(self, node, message):
        self.found.append((node.line if node else 1, message))


@dataclass
class Response:
    """What was said about one standard (by one agency)."""

    node: xmltree.Node
    standard: str
    status: str
    answer: str
    date: object
    evidenced: bool
    changed: bool = False  # by a moderator


class Return:
    """A return by the names its XML uses; well shaped once `faults` is empty."""

    def __init__(self, root, faults):
        self.root = root
        self.id = root.get("id") if CODE.match(root.get("id", "")) else None
        self.case = self.audit = None
        if root.tag != "return":
            faults.add(root, f"the root is '{root.tag}', not 'return'")
            return
        for node in root.walk():
            check_shape(node, faults)
        if faults.found:
            return
        audit = root.first("audit")
        self.template, self.version = root.get("template"), root.get("template-version")
        self.case = root.first("case").get("ref")
        self.audit = dates.parse_date(audit.get("date"))
        self.auditor, self.selection = audit.get("auditor"), audit.get("selection")
        self.audit_node = audit
        self.attributes = {n.get("id"): n.text for n in root.inside("attributes")}
        self.events = root.inside("events")
        self.judgement = root.first("judgement")
        self.moderation = root.first("moderation")
        self.changes = self.moderation.all("change") if self.moderation else []
        self.actions = root.inside("actions")

    @property
    def judged(self):
        return self.judgement.get("grade") if self.judgement else None


def check_shape(node, faults):
    """One element against its row of SHAPES."""
    if node.tag not in SHAPES:
        faults.add(node, f"element '{node.tag}' is unknown")
        return
    attributes, content = SHAPES[node.tag]
    for name, value in node.attrs.items():
        if name not in attributes:
            faults.add(node, f"attribute '{name}' is unknown")
        elif attributes[name][0] == DATE:
            check_date(node, value, faults)
        elif not attributes[name][0].match(value):
            faults.add(node, f"attribute '{name}' may not be '{value}'")
    for name, (_, required) in attributes.items():
        if required and name not in node.attrs:
            faults.add(node, f"attribute '{name}' is missing")
    tags = "".join(child.tag + " " for child in node.children)
    if content is TEXT:
        if tags:
            faults.add(node, "only text may stand here")
    elif node.text or not re.fullmatch(content, tags):
        faults.add(node, f"'{node.tag}' may not hold '{tags.strip() or node.text}'")
    if node.tag in ("start", "occurred", "end"):
        check_date(node, node.text, faults)


def check_date(node, text, faults):
    """The date, or None and a fault."""
    try:
        return dates.parse_date(text)
    except ValueError as error:
        faults.add(node, str(error))
        return None


def response_of(node):
    date = node.get("date")
    return Response(
        node=node,
        standard=node.get("standard"),
        status=node.get("status"),
        answer=node.get("answer"),
        date=dates.parse_date(date) if date else None,
        evidenced=any(evidence.text for evidence in node.all("evidence")),
    )


def check_attributes(template, ret, faults):
    """Required present, known, well-formed, tokens of the list."""
    container = ret.root.first("attributes")
    seen = set()
    for node in ret.root.inside("attributes"):
        name, text = node.get("id"), node.text
        definition = template.attributes.get(name)
        if definition is None or name in seen:
            faults.add(node, f"attribute '{name}' is unknown or given twice")
            continue
        seen.add(name)
        if not text:
            del ret.attributes[name]
            continue
        kind = definition.get("type")
        try:
            if kind == "integer":
                figures.parse_integer(text)
            elif kind == "date":
                dates.parse_date(text)
            elif kind == "token":
                values = [value.get("id") for value in definition.all("value")]
                if values and text not in values:
                    raise ValueError(f"'{text}' is not a value of attribute '{name}'")
        except ValueError as error:
            faults.add(node, str(error))
    for name, definition in template.attributes.items():
        if definition.get("required", "no") == "yes" and name not in ret.attributes:
            faults.add(container or ret.root, f"attribute '{name}' is required")


def check_people(template, ret, faults):
    """Judgement, moderation, findings and actions: who, when and about what."""
    judgement, moderation = ret.judgement, ret.moderation
    if template.judged and judgement is None:
        faults.add(ret.root, "the template asks for a judgement")
    for node in filter(None, (judgement, moderation)):
        if dates.parse_date(node.get("date")) < ret.audit:
            faults.add(node, f"'{node.tag}' is dated before the audit")
        if node.get("grade") is not None and node.get("grade") not in template.rank:
            faults.add(node, f"grade '{node.get('grade')}' is not in the scale")
    if moderation:
        if moderation.get("by") == ret.auditor:
            faults.add(moderation, "the moderator is the auditor")
        if moderation.get("override") == "yes" and not moderation.text_of("rationale"):
            faults.add(moderation, "an override needs a rationale")
        if moderation.get("grade") is None and (template.judged or not ret.changes):
            faults.add(moderation, "a moderation needs a grade")
    for node in ret.root.inside("findings"):
        _check_theme(template, node, faults)
        _check_agency(template, node, faults)
    for node in ret.actions:
        _check_theme(template, node, faults)
        _check_agency(template, node, faults)
        standard = node.get("standard")
        if standard is not None and standard not in template.standard_of:
            faults.add(node, f"standard '{standard}' is unknown")
        verifier = node.get("verified-by")
        if verifier and (verifier == node.get("owner") or node.get("completed") is None):
            faults.add(node, "verified by its owner, or before it is completed")


def _check_theme(template, node, faults):
    theme = node.get("theme")
    if theme is not None and template.themes and theme not in template.themes:
        faults.add(node, f"theme '{theme}' is unknown")


def _check_agency(template, node, faults):
    agency = node.get("agency")
    if agency is not None and agency not in template.agencies:
        faults.add(node, f"agency '{agency}' is unknown")


def read_return(path, faults):
    """The return; None and a fault where it is no XML that may be read."""
    with open(path, "rb") as file:
        data = file.read()
    try:
        return Return(xmltree.parse(data, NAMESPACE), faults)
    except xmltree.Refused as error:
        faults.add(None, str(error))
        return None
