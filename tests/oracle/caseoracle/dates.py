"""Dates, adding time and the bank holidays of England (scoring rules, section 2.2)."""

import datetime
import functools
import re

DAY = datetime.timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1978, 2099

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")

# Proclaimed changes: a Monday holiday moved, and extra days.
_EARLY_MAY_MOVED = {1995: (5, 8), 2020: (5, 8)}
_SPRING_MOVED = {2002: (6, 4), 2012: (6, 4), 2022: (6, 2)}
_EXTRA = [
    (1981, 7, 29), (1999, 12, 31), (2002, 6, 3), (2011, 4, 29),
    (2012, 6, 5), (2022, 6, 3), (2022, 9, 19), (2023, 5, 8),
]


class OutsideCalendar(Exception):
    """A working-day date outside 1978 to 2099, or a date outside what can be written."""


def parse_date(text):
    """YYYY-MM-DD from 1900 to 2199; ValueError otherwise."""
    match = _DATE.match(text)
    if not match or not 1900 <= int(match[1]) <= 2199:
        raise ValueError(f"'{text}' is not a date from 1900 to 2199")
    return datetime.date(*(int(part) for part in match.groups()))


def easter_sunday(year):
    """Gregorian Easter, after the "Meeus/Jones/Butcher" method."""
    century, in_century = divmod(year, 100)
    golden = year % 19
    shift = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + shift + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return datetime.date(year, month, day + 1)


def _monday_on_or_after(day):
    return day + DAY * (-day.weekday() % 7)


def _last_monday(year, month):
    last = datetime.date(year, month, 31)
    return last - DAY * last.weekday()


@functools.lru_cache(maxsize=None)
def bank_holidays(year):
    """The days off of one year, substitute days included."""
    date = datetime.date
    easter = easter_sunday(year)
    fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    moving = {
        easter - 2 * DAY,
        easter + DAY,
        date(year, *_EARLY_MAY_MOVED[year]) if year in _EARLY_MAY_MOVED
        else _monday_on_or_after(date(year, 5, 1)),
        date(year, *_SPRING_MOVED[year]) if year in _SPRING_MOVED else _last_monday(year, 5),
        _last_monday(year, 8),
    }
    moving |= {date(*extra) for extra in _EXTRA if extra[0] == year}
    days = moving | {day for day in fixed if day.weekday() < 5}
    for holiday in fixed:
        substitute = holiday
        while holiday.weekday() >= 5 and (substitute.weekday() >= 5 or substitute in days):
            substitute += DAY
        days.add(substitute)
    return frozenset(days)


def is_working_day(day):
    """Monday to Friday and no bank holiday in England."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def _add_working_days(day, count):
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise OutsideCalendar(day)
    while count:
        day += DAY
        if day.year > LAST_YEAR:
            raise OutsideCalendar(day)
        count -= is_working_day(day)
    return day


def _add_months(day, count):
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    if not 1 <= year <= 9998:
        raise OutsideCalendar(day)
    following = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return datetime.date(year, month + 1, min(day.day, (following - DAY).day))


_ADD = {
    "days": lambda day, n: day + DAY * n,
    "weeks": lambda day, n: day + DAY * 7 * n,
    "months": _add_months,
    "years": lambda day, n: _add_months(day, 12 * n),
    "working-days": _add_working_days,
}


def add(day, count, unit):
    """add(d, N, unit) of the rules."""
    return _ADD[unit](day, count)


def quarter(day):
    """The quarter of the year beginning in April, as in 2023-24 Q3."""
    year = day.year - (day.month < 4)
    return f"{year}-{(year + 1) % 100:02d} Q{(day.month - 4) % 12 // 3 + 1}"
