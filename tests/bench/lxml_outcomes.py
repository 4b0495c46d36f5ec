"""From a response or the dates of events to the outcome of a standard."""

import datetime
import functools

NS = "{urn:caseaudit:return:1}"
ONE_DAY = datetime.timedelta(days=1)

day = functools.cache(datetime.date.fromisoformat)

# Bank holidays in England around these audits.
HOLIDAYS = frozenset(map(day, (
    "2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26 "
    "2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28 "
    "2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28 "
    "2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 "
    "2022-12-26 2022-12-27 2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 "
    "2023-08-28 2023-12-25 2023-12-26 2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 "
    "2024-08-26 2024-12-25 2024-12-26 2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 "
    "2025-08-25 2025-12-25 2025-12-26 2026-01-01").split()))


class Outcome:
    __slots__ = ("status", "answer", "score", "days", "value", "kept", "gaps")

    def __init__(self, status, answer=None, score=None, days=None, value=None, kept=0, gaps=0):
        self.status, self.answer, self.score = status, answer, score
        self.days, self.value, self.kept, self.gaps = days, value, kept, gaps


# ---- numbers ----

def mean(total, weight):
    """Half up, once."""
    return (2 * total + weight) // (2 * weight)


def weighted_mean(pairs):
    if not pairs:
        return None
    return mean(sum(w * s for w, s in pairs), sum(w for w, _ in pairs))


def decimal(text, places):
    whole, _, part = text.strip().partition(".")
    return int(whole + part.ljust(places, "0"))


def shortest(thousandths):
    whole, part = divmod(thousandths, 1000)
    return ("%d.%03d" % (whole, part)).rstrip("0").rstrip(".")


# ---- time ----

def add_months(start, count):
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    following = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return datetime.date(year, month + 1, min(start.day, (following - ONE_DAY).day))


def add_working_days(start, count):
    while count:
        start += ONE_DAY
        if start.weekday() < 5 and start not in HOLIDAYS:
            count -= 1
    return start


ADD = {"days": lambda start, n: start + n * ONE_DAY,
       "weeks": lambda start, n: start + 7 * n * ONE_DAY,
       "months": add_months,
       "years": lambda start, n: add_months(start, 12 * n),
       "working-days": add_working_days}


@functools.cache
def add(start, count, unit):
    return ADD[unit](start, count)


# ---- kinds ----

def timescale(standard, start, due, end, today):
    if end is None:
        return Outcome("not-yet-due") if today <= due else Outcome("overdue", score=0)
    late = (end - due).days
    if late <= 0:
        return Outcome("answered", "met", standard.full, (end - start).days)
    score = next((score for up_to, score in standard.late if late <= up_to), 0)
    return Outcome("answered", "late", score, (end - start).days)


def frequency(standard, start, occurred, until, every, unit):
    points = sorted({start, *occurred})
    kept = sum(b <= add(a, every, unit) for a, b in zip(points, points[1:]))
    gaps = len(points) - 1 + (until > add(points[-1], every, unit))
    if not gaps:
        return Outcome("not-yet-due")
    return Outcome("answered", "%d/%d" % (kept, gaps), mean(kept * standard.full, gaps),
                   kept=kept, gaps=gaps)


def dates_of(response, audit):
    """start, occurred, end; checked."""
    start, occurred, end = None, [], None
    for child in response:
        if child.tag == NS + "start":
            start = day(child.text.strip())
        elif child.tag == NS + "occurred":
            occurred.append(day(child.text.strip()))
        elif child.tag == NS + "end":
            end = day(child.text.strip())
    if start is None:
        raise ValueError("no start")
    if max([start, *occurred, end or start]) > audit:
        raise ValueError("a date is after the audit")
    if min([start, *occurred, end or start]) < start or end and occurred and max(occurred) > end:
        raise ValueError("dates are out of order")
    return start, occurred, end


def answer_timescale(standard, response, case):
    start, _, end = dates_of(response, case.audit)
    due = add(start, standard.count, standard.unit)
    return timescale(standard, start, due, end, case.audit)


def answer_frequency(standard, response, case):
    start, occurred, end = dates_of(response, case.audit)
    return frequency(standard, start, occurred, end or case.audit, standard.count, standard.unit)


def answer_list(standard, response, case):
    answer = response.get("answer")
    if answer not in standard.answers:
        raise ValueError("'%s' is not an answer" % answer)
    return Outcome("answered", answer, standard.answers[answer])


def answer_number(standard, response, case):
    value = decimal(response.findtext(NS + "value", ""), 3)
    if not standard.least <= value <= standard.most:
        raise ValueError("the value is out of range")
    score = next(score for edge, score in reversed(standard.bands) if edge <= value)
    return Outcome("answered", shortest(value), score, value=value)


def answer_points(standard, response, case):
    value = decimal(response.findtext(NS + "value", ""), 3)
    if not 0 <= value <= standard.out_of or value % standard.step:
        raise ValueError("the value is out of range")
    score = mean(value * standard.full, standard.out_of)
    return Outcome("answered", shortest(value),
                   standard.full - score if standard.faults else score, value=value)


def answer_text(standard, response, case):
    if not response.findtext(NS + "text", "").strip():
        raise ValueError("there is no text")
    return Outcome("answered")


ANSWER = {"timescale": answer_timescale, "frequency": answer_frequency, "answers": answer_list,
          "number": answer_number, "points": answer_points, "text": answer_text}


def respond(standard, response, case):
    """The outcome of a response; ValueError says what is wrong with it."""
    date = response.get("date")
    date = day(date) if date else None
    if date and date > case.audit:
        raise ValueError("dated after the audit")
    status = response.get("status")
    if status == "not-applicable":
        if standard.not_applicable == "forbidden" or standard.not_applicable == "reason" and \
                not response.findtext(NS + "reason", "").strip():
            raise ValueError("may not be not applicable so")
        return Outcome("not-applicable", score=standard.not_applicable_score)
    if standard.derive:
        raise ValueError("is derived")
    if status == "not-evidenced":
        outcome = Outcome(status, score=None if standard.kind == "text" else 0,
                          gaps=standard.kind == "frequency")
    else:
        outcome = ANSWER[standard.kind](standard, response, case)
    if date and date < case.bound:
        return Outcome("out-of-scope")
    return outcome


# ---- events, and what is derived of them ----

EVENTS = frozenset("entered-care review permanence-plan planning-meeting proceedings-started "
                   "proceedings-ended placement-order decision matched placed "
                   "permanence-achieved left-care".split())
MAY_PRECEDE = ("planning-meeting", "proceedings-started")


class Events:
    """Days by type, ascending, each once; `today` is the audit or the day of leaving care."""

    def __init__(self, found, audit):
        self.days = {kind: sorted(days) for kind, days in found.items()}
        self.entered = self.days["entered-care"][0]
        self.today = min([audit, *self.days.get("left-care", ())])

    def all(self, kind):
        return self.days.get(kind, [])

    def first(self, kind, since=datetime.date.min):
        return next((x for x in self.days.get(kind, ()) if x >= since), None)


def read_events(nodes, audit):
    found = {}
    for node in nodes:
        kind, date = node.get("type"), day(node.get("date"))
        if kind not in EVENTS or date > audit:
            raise ValueError("event '%s' is unknown or after the audit" % kind)
        found.setdefault(kind, set()).add(date)
    if len(found.get("entered-care", ())) != 1:
        raise ValueError("'entered-care' must come once")
    events = Events(found, audit)
    left = events.first("left-care")
    for kind, days in events.days.items():
        if days[0] < events.entered and kind not in MAY_PRECEDE or left and days[-1] > left:
            raise ValueError("'%s' is out of order" % kind)
    return events


def within(standard, case, start, option, unit, end):
    count = standard.template.option[option]
    return timescale(standard, start, add(start, count, unit), end, case.events.today)


def first_review(standard, case):
    events = case.events
    return within(standard, case, events.entered, "first-review-working-days", "working-days",
                  events.first("review"))


def second_review(standard, case):
    reviews = case.events.all("review")
    if not reviews:
        return Outcome("not-yet-due")
    return within(standard, case, reviews[0], "second-review-months", "months",
                  reviews[1] if len(reviews) > 1 else None)


def later_reviews(standard, case):
    reviews = case.events.all("review")
    if len(reviews) < 2:
        return Outcome("not-yet-due")
    return frequency(standard, reviews[1], reviews[2:], case.events.today,
                     standard.template.option["later-review-months"], "months")


def plan_by_second_review(standard, case):
    events, option = case.events, standard.template.option
    reviews = events.all("review")
    if len(reviews) > 1:
        due = reviews[1]
    else:
        start = reviews[0] if reviews else add(
            events.entered, option["first-review-working-days"], "working-days")
        due = add(start, option["second-review-months"], "months")
    return timescale(standard, events.entered, due, events.first("permanence-plan"),
                     events.today)


def planning_meetings(standard, case):
    events = case.events
    until = events.first("permanence-achieved") or events.today
    held = [x for x in events.all("planning-meeting") if events.entered <= x <= until]
    return frequency(standard, events.entered, held, until,
                     standard.template.option["planning-meeting-weeks"], "weeks")


def since(standard, case, start, option, unit, kind):
    if start is None:
        return Outcome("not-applying")
    return within(standard, case, start, option, unit, case.events.first(kind, start))


def proceedings(standard, case):
    started = case.events.all("proceedings-started")
    return since(standard, case, started[-1] if started else None, "proceedings-weeks", "weeks",
                 "proceedings-ended")


def placed_for_adoption(standard, case):
    if case.attributes["route"] != "adoption":
        return Outcome("not-applying")
    return within(standard, case, case.events.entered, "adoption-days", "days",
                  case.events.first("placed"))


def adoption_match(standard, case):
    on_route = case.attributes["route"] == "adoption"
    return since(standard, case, case.events.first("placement-order") if on_route else None,
                 "match-days", "days", "matched")


def formal_match(standard, case):
    on_route = case.attributes["route"] == "long-term-fostering"
    return since(standard, case, case.events.first("permanence-plan") if on_route else None,
                 "formal-match-months", "months", "matched")


DERIVE = {"first-review": first_review, "second-review": second_review,
          "later-reviews": later_reviews, "plan-by-second-review": plan_by_second_review,
          "planning-meetings": planning_meetings, "proceedings": proceedings,
          "placed-for-adoption": placed_for_adoption, "adoption-match": adoption_match,
          "formal-match": formal_match}
