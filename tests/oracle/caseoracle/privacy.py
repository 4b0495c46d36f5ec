"""What looks like personal data (formats, section 2, privacy)."""

import re

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
_ALONE, _END = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"


def _pattern(body, flags=0):
    return re.compile(_ALONE + body + _END, flags)


_NHS = _pattern(r"([0-9]{3})[ -]?([0-9]{3})[ -]?([0-9]{4})")
_UPN = _pattern(r"([A-Z])([0-9]{11})([0-9A-Z])", re.I)
_NINO = _pattern(
    r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]",
    re.I,
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(r"(?<![A-Za-z0-9+])(?:\+44|0)((?:[ -]?[0-9]){9,10})" + _END)
_POSTCODE = _pattern(r"(GIR ?0AA|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][ABD-HJLNP-UW-Z]{2})", re.I)
_BIRTH = re.compile(
    _ALONE + r"(?:DOB|D\.O\.B\.|date of birth|born)(?![A-Za-z0-9]).{0,20}?(?<![0-9])"
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[/.][0-9]{1,2}[/.](?:[0-9]{4}|[0-9]{2})"
    rf"|[0-9]{{1,2}} (?:{_MONTHS}) [0-9]{{4}})" + _END,
    re.I | re.S,
)


def _is_nhs(match):
    digits = [int(d) for d in "".join(match.groups())]
    check = 11 - sum(d * (10 - place) for place, d in enumerate(digits[:9])) % 11
    return check % 11 == digits[9]


def _is_upn(match):
    letter, digits, last = match.groups()
    values = [int(d) for d in digits]
    last = last.upper()
    if last.isdigit():
        values.append(int(last))
    elif last in _UPN_LETTERS:
        values.append(_UPN_LETTERS.index(last))
    else:
        return False
    total = sum(value * place for place, value in enumerate(values, 2))
    return letter.upper() == _UPN_LETTERS[total % 23]


_KINDS = [
    (_NHS, _is_nhs), (_UPN, _is_upn), (_NINO, None), (_EMAIL, None),
    (_PHONE, None), (_POSTCODE, None), (_BIRTH, None),
]
_FREE_TEXT = {"reason", "evidence", "text", "rationale", "strength", "improvement", "action", "event"}


def kinds_in(text):
    """How many kinds of personal data a text seems to hold."""
    return sum(
        any(test is None or test(match) for match in pattern.finditer(text))
        for pattern, test in _KINDS
    )


def personal_lines(template, root):
    """The line of every element with such data, once for each kind."""
    lines = []
    for node in root.walk():
        texts = []
        if node.tag in _FREE_TEXT:
            texts.append(node.text)
        elif node.tag == "attribute" and template.attributes[node.get("id")].get("type") == "text":
            texts.append(node.text)
        elif node.tag == "return":
            texts.append(node.get("id"))
        elif node.tag == "case":
            texts.append(node.get("ref"))
        lines += [node.line for text in texts for _ in range(kinds_in(text))]
    return lines
