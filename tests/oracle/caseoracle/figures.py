"""Numbers (scoring rules, section 1): exact integers, rounded half up once."""

import re

_DECIMAL = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?\Z")
_INTEGER = re.compile(r"-?[0-9]+\Z")


def mean(weighted_sum, weight):
    """The one mean of the rules: floor((2·Σws + Σw) / (2·Σw)), half up to a hundredth."""
    return (2 * weighted_sum + weight) // (2 * weight)


def weighted_mean(pairs):
    """The mean of (weight, score) pairs; None when there is none."""
    pairs = list(pairs)
    if not pairs:
        return None
    return mean(sum(w * s for w, s in pairs), sum(w for w, _ in pairs))


def lower_median(scores):
    """The lower median: ascending, position floor((n-1)/2) counted from 0."""
    ordered = sorted(scores)
    return ordered[(len(ordered) - 1) // 2]


def parse_decimal(text, places, signed=False):
    """The decimal as an integer of 10^-places; ValueError unless it is well-formed."""
    match = _DECIMAL.match(text)
    if not match:
        raise ValueError(f"'{text}' is not a decimal")
    sign, whole, fraction = match.groups()
    fraction = fraction or ""
    if len(fraction) > places:
        raise ValueError(f"'{text}' has more than {places} decimals")
    if sign and not signed:
        raise ValueError(f"'{text}' may not be negative")
    value = int(whole + fraction.ljust(places, "0"))
    return -value if sign else value


def parse_score(text):
    """A score: integer hundredths, at most two decimals."""
    return parse_decimal(text, 2)


def parse_thousandths(text, signed=False):
    """A weight or a value: integer thousandths."""
    return parse_decimal(text, 3, signed)


def parse_integer(text):
    """An integer attribute, at most 10^9 in size."""
    if not _INTEGER.match(text) or abs(int(text)) > 10**9:
        raise ValueError(f"'{text}' is not an integer up to 1000000000")
    return int(text)


def print_score(hundredths):
    """Always two decimals; None stays None."""
    return None if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02d}"


def print_shortest(thousandths):
    """The shortest form of a weight or value."""
    sign = "-" if thousandths < 0 else ""
    whole, fraction = divmod(abs(thousandths), 1000)
    return sign + (f"{whole}.{fraction:03d}".rstrip("0").rstrip("."))
