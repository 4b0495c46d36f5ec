"""What the tables of a summary must say, worked out from its JSON.

A table is a list of rows; a row has names (the cells at its left) and figures by heading.
Figures are of the classes below, which know how each format writes them. What a figure
is called (the message of an alert, the label of a group) the JSON leaves out; the tidy CSV
has it beside the id.
"""

import datetime
import decimal
import json

NONE = ("–", "z")  # no observations, not applicable
WITHHELD = "c"
PERIOD = object()  # stands for the period, and the group where groups are shown


def whole(count, of):
    """The percentage as people are shown it: half up from the exact ratio."""
    return (200 * count + of) // (2 * of)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def symbol(value, text):
    """Is text the sign that stands for a figure without a value?"""
    return text == WITHHELD if value == WITHHELD else text in NONE


def sheet_symbol(value, text):
    """The same in a spreadsheet: [c], [z], [x]."""
    return text == "[c]" if value == WITHHELD else text in ("[z]", "[x]")


class Number:
    """A number with so many decimals; None and "c" where there is no value."""

    kinds = ("",)

    def __init__(self, value, places=0, unit="", signed=False, least=""):
        self.value, self.places, self.unit = value, places, unit
        self.signed, self.least = signed, least

    def shown(self):
        if self.least and self.value == 0:
            return self.least
        text = f"{decimal.Decimal(str(self.value)):.{self.places}f}"
        if self.signed:
            text = text.replace("-", "−") if self.value < 0 else "+" * (self.value > 0) + text
        return text + self.unit

    def is_page(self, text):
        return text == self.shown() if is_number(self.value) else symbol(self.value, text)

    def is_sheet(self, cells):
        if not is_number(self.value):
            return sheet_symbol(self.value, cells[0])
        unit = 100 if self.unit == "%" else 1  # a percentage is a number with a format
        return is_number(cells[0]) and abs(cells[0] * unit - self.value) < 1e-9

    def headings(self, name):
        return [name + (", %" if self.unit == "%" else "")]


class Shortest(Number):
    """A number without noughts at its end."""

    def shown(self):
        return f"{decimal.Decimal(str(self.value)):.3f}".rstrip("0").rstrip(".")


class Words:
    def __init__(self, text):
        self.text = text

    def is_page(self, text):
        return text == squeezed(self.text)

    def is_sheet(self, cells):
        signs = {"c": "[c]", "z": "[z]", "–": "[x]"}
        return cells[0] == signs.get(self.text, self.text)

    def headings(self, name):
        return [name]


class Share:
    """n of N (p%). N is None where the JSON does not tell it; percent False where not that."""

    def __init__(self, count, of, percent, part=False):
        self.count, self.of, self.percent, self.part = count, of, percent, part

    def without(self):
        """A share whose N the JSON does not have, as of a month."""
        return self.of is None and self.percent is False and is_number(self.count)

    def whole_is(self, number):
        if self.percent is not False and abs(number - self.percent) > 0.55:
            return False
        if not is_number(self.count) or not is_number(self.of):
            return True
        return number == whole(self.count, self.of)

    def has_percent(self):
        if self.percent is False:
            return is_number(self.count) and is_number(self.of) and self.of > 0
        return is_number(self.percent)

    def is_page(self, text):
        if self.of == 0 or self.count is None:
            return text in NONE
        if text in NONE:  # of 0, as the JSON says by giving no percentage
            return self.count == 0 and self.of is None and not is_number(self.percent)
        if self.without():
            return text in {f"{self.count}of{of}{whole(self.count, of)}%"
                            for of in range(max(self.count, 1), 1000)}
        count, _, rest = text.partition("of")
        of, percent = rest, None
        if self.has_percent() and rest.endswith("%"):
            of, percent = split_percent(rest[:-1], self.of)
        return (count == str(self.count) and self.of_is(of)
                and (percent is not None and self.whole_is(percent) if self.has_percent()
                     else percent is None))

    def of_is(self, text):
        return text == str(self.of) if self.of is not None else bool(text)

    def is_sheet(self, cells):
        count, percent = cells[0], cells[-1]
        if is_number(self.count):
            if count != self.count:
                return False
        elif not sheet_symbol(self.count, count):
            return False
        if not self.part and is_number(self.of) and cells[1] != self.of:
            return False
        if not self.part and self.of == WITHHELD and cells[1] != "[c]":
            return False
        if self.without() and is_number(cells[1]) and cells[1] > 0:
            return round(100 * percent, 6) == whole(self.count, int(cells[1]))
        if not self.has_percent():
            return percent in ("[c]", "[z]", "[x]")
        return is_number(percent) and self.whole_is(round(100 * percent, 6))

    def headings(self, name):
        return [name, f"{name}, %"] if self.part else [name, f"{name}: of", f"{name}, %"]


def split_percent(text, of):
    """"3352" as 33 and 52: the cell without blanks, so that N tells where its end is."""
    known = str(of) if of is not None else ""
    for end in ([len(known)] if text.startswith(known) and known else range(1, len(text))):
        if text[end:].isdigit():
            return text[:end], int(text[end:])
    return text, None


class Interval:
    def __init__(self, low, high):
        self.low, self.high = low, high

    def near(self, low, high):
        return abs(low - self.low) <= 0.55 and abs(high - self.high) <= 0.55

    def is_page(self, text):
        if not is_number(self.low):
            return symbol(self.low, text)
        low, to, high = text.replace("%", "").partition("to")
        return to != "" and text.count("%") == 2 and self.near(int(low), int(high))

    def is_sheet(self, cells):
        if not is_number(self.low):
            return sheet_symbol(self.low, cells[0]) and sheet_symbol(self.high, cells[1])
        return (is_number(cells[0]) and is_number(cells[1])
                and self.near(*(100 * cell for cell in cells)))

    def headings(self, name):
        return [f"{name}, low %", f"{name}, high %"]


class Besides:
    """A figure that the JSON does not have."""

    def __init__(self, *kinds):
        self.kinds = kinds or ("",)

    def is_page(self, text):
        return text != ""

    def is_sheet(self, cells):
        return all(cell not in ("", None) for cell in cells)

    def headings(self, name):
        return [name + kind for kind in self.kinds]


def squeezed(text):
    """Without blanks: where lines end differs from format to format."""
    return "".join(text.split())


class Row:
    def __init__(self, names, period, figures):
        self.names, self.period, self.figures = names, period, figures


class Names:
    """What things are called, from the tidy CSV."""

    def __init__(self, rows, group_by):
        self.labels = {(row["part"], row["item"]): row["label"] for row in rows}
        self.groups = [tuple(row[name] for name in group_by) for row in rows
                       if row["part"] == "audits" and row["figure"] == "audits"]

    def of(self, part, item):
        return self.labels[part, item]


class Tables:
    """All of them, by id, in .all."""

    def __init__(self, summary, names):
        self.s, self.names, self.all = summary, names, {}
        totals = [p["id"] for p in summary["periods"] if not p["group"]]
        for period, groups in zip(summary["periods"], names.groups, strict=True):
            period["labels"] = groups
            if totals.count(period["id"]) > 1:  # by two templates of a series
                period["id"] += f" ({period['template']})"
            period["name"] = ", ".join(groups) if period["group"] else None
            for kind in ("sections", "agencies", "measures"):
                repeat(period[kind])
        self.scale = [grade["label"] for grade in summary["scale"]]
        self.positive = names.labels.get(("positive", "positive"))
        for make in (self.grades, self.groups, self.change, self.trends, self.sections,
                     self.scores, self.agencies, self.measures, self.counts, self.standing, self.funnel, self.moderation, self.months,
                     self.xmr, self.coverage, self.indicators):
            make()

    def add(self, table, names, period, **figures):
        self.put(table, names, period, figures)

    def put(self, table, names, period, figures):
        self.all.setdefault(table, []).append(Row(names, period, figures))

    # grades ----

    def row_of_grades(self, p):
        of = minus(p["audits"], p["not_graded"])
        figures = {"Audits": Number(p["audits"]), "Graded": graded(of),
                   "Not graded": Number(p["not_graded"])}
        for label, grade in zip(self.scale, p["grades"], strict=True):
            figures[label] = Share(grade["count"], of, grade["percent"], part=True)
            figures[f"{label}: 95% interval"] = Interval(grade["low"], grade["high"])
        if p["positive"] is not None:
            one = p["positive"]
            figures[f"Together: {self.positive}"] = Share(one["count"], of, one["percent"],
                                                         part=True)
            figures[f"95% interval of {self.positive}"] = Interval(one["low"], one["high"])
        return figures

    def grades(self):
        for p in self.s["periods"]:
            if not p["group"]:
                self.put("grades", (p["id"],), None, self.row_of_grades(p))

    def groups(self):
        for p in self.s["periods"]:
            if p["group"]:
                self.put("groups", (p["id"], *p["labels"]), None, self.row_of_grades(p))

    # change ----

    def change(self):
        c = self.s["comparison"]
        if c is None:
            return
        rows = list(zip(self.scale, c["grades"], strict=True))
        if c["positive"] is not None:
            rows.append((self.positive, c["positive"]))
        for label, one in rows:
            self.put("change", (label,), None, {
                **self.both(c, one), "p": probability(one["p"]),
                "Verdict": Words(one["verdict"] or ("z" if c["broken"] else "–"))})
        names = [p["name"] for p in self.s["periods"] if p["group"]]
        for name, one in zip(names[-len(c["groups"]):], c["groups"]):
            self.put("group-change", (name,), None, {
                **self.both(c, one), "p": probability(one["p"]),
                "p for all groups together": probability(one["p_adjusted"]),
                "Verdict": Words(one["verdict"] or "–")})

    @staticmethod
    def both(c, one):
        return {f"In {c['from_period']}": Share(one["from_count"], one["from_of"],
                                                one["from_percent"]),
                f"In {c['to']}": Share(one["to_count"], one["to_of"], one["to_percent"]),
                "Difference in percentage points": signed(one["difference"]),
                "95% interval, low": signed(one["low"]),
                "95% interval, high": signed(one["high"])}

    def funnel(self):
        f = self.s.get("funnel")
        for one in f["points"] if f else []:
            self.put("funnel", (one["name"],), None, {
                "Graded": Number(one["graded"]), "Per cent": Number(one["percent"], 1, "%"),
                "All": Number(f["mean"], 1, "%"), "Limits": Words(one["limits"])})

    def standing(self):
        standing = self.s["standing"]
        labels = {json.dumps(p["group"]): p["name"] for p in self.s["periods"]}
        rows = [("All", standing), *((labels[json.dumps(one["group"])], one)
                                     for one in standing["groups"])]
        for name, one in rows if standing["open"] != 0 else []:
            names = (day(standing["as_of"]), *((name,) if standing["groups"] else ()))
            self.put("standing", names, None, {
                "Open": Number(one["open"]), "Of these overdue": Number(one["overdue"]),
                "The oldest was due on": Words(day(one["oldest_due"]))})

    def trends(self):
        trends = [("Grades", (self.s["comparison"] or {}).get("trend"))]
        trends += [(i["label"], i["trend"]) for i in self.s.get("indicators", [])]
        for label, one in trends:
            if one is not None and one["value"] is not None:
                self.put("trends", (label,), None, {
                    "From": Besides(), "To": Besides(), "Periods": Number(one["periods"]),
                    "M²": Number(one["value"], 3), "p": probability(one["p"]),
                    "Verdict": Words(one["verdict"])})

    # sections, agencies, measures ----

    def block(self, grades, not_graded, total):
        of = graded_of(grades, not_graded, total)
        figures = {"Graded": graded(of), "Not graded": Number(not_graded)}
        for label, grade in zip(self.scale, grades, strict=True):
            figures[label] = Share(grade["count"], of, grade["percent"], part=True)
        return figures

    def sections(self):
        for p in self.s["periods"]:
            for section in p["sections"]:
                self.put("sections", (section["called"], PERIOD), p,
                         self.block(section["grades"], section["not_graded"],
                                    minus(p["audits"], p["history"])))

    def scores(self):
        for p in self.s["periods"]:
            if "scores" not in p:
                continue
            called = {one["id"]: one["called"] for one in p["sections"] + p["agencies"]}
            for one in (p["scores"], *p["scores"]["sections"], *p["scores"]["agencies"]):
                self.put("scores", (called[one["id"]] if "id" in one else "All of it", PERIOD), p, {
                    "Audits with a score": Number(one["count"]),
                    "Median": Number(one["median"], 2),
                    "Middle half, from": Number(one["first_quartile"], 2),
                    "Middle half, to": Number(one["third_quartile"], 2)})

    def agencies(self):
        for p in self.s["periods"]:
            for agency in p["agencies"]:
                self.put("agencies", (agency["called"], PERIOD), p,
                         {"Asked": Number(agency["asked"]),
                          "Returns": Number(agency["returns"]),
                          **self.block(agency["grades"], agency["not_graded"],
                                       agency["returns"])})
                declared = agency["declared"]
                self.put("declared", (agency["called"], PERIOD), p,
                         self.block(declared["grades"], declared["not_graded"],
                                    agency["returns"]))
                self.put("difference", (agency["called"], PERIOD), p, {
                    "Own grade better": Number(agency["declared_better"]),
                    "The same": Number(agency["declared_same"]),
                    "Own grade worse": Number(agency["declared_worse"])})
                repeat(agency["sections"])
                for section in agency["sections"]:
                    self.put("grid", (agency["called"], section["called"], PERIOD), p,
                             self.block(section["grades"], section["not_graded"],
                                        agency["returns"]))

    def measures(self):
        for p in self.s["periods"]:
            for m in p["measures"]:
                names = (m["called"], PERIOD)
                if m["kind"] == "mean":
                    self.put("means", names, p, {
                        "Mean": Number(m["mean"], 2), "Sum": Shortest(m["sum"]),
                        "Values": Number(m["count"])})
                else:
                    self.put("measures", names, p, {
                        "Met": Share(m["numerator"], m["denominator"], m["percent"]),
                        "95% interval": Interval(m["low"], m["high"])})

    # what is counted ----

    def counts(self):
        for p in self.s["periods"]:
            for t in p["themes"]:
                self.put("themes", (self.names.of("theme", t["theme"]), PERIOD), p, {
                    "Strengths": Number(t["strengths"]),
                    "Improvements": Number(t["improvements"])})
            a = p["actions"]
            self.put("actions", (PERIOD,), p, {
                "Raised": Number(a["raised"]), "Completed": Number(a["completed"]),
                "Verified by someone else": Number(a["verified"]),
                "Of these overdue": Number(a["overdue"])})
            for alert in p["alerts"]:
                self.put("alerts", (self.names.of("alert", alert["id"]), alert["severity"],
                                    PERIOD), p, {"Audits with it": Number(alert["count"])})
            for limit in p["limits"]:
                self.put("limits", (self.names.of("limit", limit["id"]) or limit["id"], PERIOD),
                         p, {"Audits where it held": Number(limit["count"])})

    def moderation(self):
        for p in self.s["periods"]:
            m = p["moderation"]
            if m["moderated"] == 0:
                continue
            self.put("moderation", (PERIOD,), p, {
                "Moderated": Number(m["moderated"]),
                "Agreed": Share(m["agreed"], m["moderated"], False, part=True),
                "95% interval of agreement": Besides(", low %", ", high %"),
                "Raised": Number(m["raised"]), "Lowered": Number(m["lowered"]),
                "Mean shift in grades": signed(m["shift"], 3)})
            self.put("agreement", (PERIOD,), p, {
                "Kappa": Number(m["kappa"], 3),
                "Kappa, linear weights": Number(m["kappa_linear"], 3),
                "Kappa, quadratic weights": Number(m["kappa_quadratic"], 3),
                "AC2, quadratic weights": Number(m["ac2"], 3),
                "Bowker's symmetry": Number(m["bowker"], 3),
                "Bowker, degrees of freedom": Besides(),
                "Bowker, p": probability(m["bowker_p"])})
            for label, row in zip(self.scale, m["pairs"], strict=True):
                self.put("pairs", (PERIOD, label), p,
                         {f"Moderated: {other}": Number(count)
                          for other, count in zip(self.scale, row, strict=True)})

    # time, coverage, figures from elsewhere ----

    def months(self):
        for p in self.s["periods"]:
            for month in p["monthly"]:
                self.put("months", (month["month"], PERIOD), p, {
                    "Audits": Number(month["audits"]),
                    self.positive or "Positive": Share(month["positive"], None, False)})

    def xmr(self):
        x = self.s.get("xmr")
        for point in x["points"] if x else []:
            self.put("xmr", (point["month"],), None, {
                "Graded": Number(point["graded"]),
                "Per cent": Number(point["percent"], 1, "%"), "Mean": Number(x["mean"], 1, "%"),
                "Lower limit": Number(point["lower"], 1, "%"),
                "Upper limit": Number(point["upper"], 1, "%"),
                "Signal": Words(point["signal"] or "none")})

    def coverage(self):
        for p in self.s["periods"]:
            cover = p["coverage"]
            if is_number(cover):
                cover = whole(p["audits"], p["population"])
            self.put("coverage", (PERIOD,), p, {
                "Audits": Number(p["audits"]), "Cases": Number(p["population"]),
                "Coverage": Number(cover, 0, "%"),
                "Of the audits, imported counts": Number(p["history"]),
                "Intervals use the number of cases": Besides()})

    def indicators(self):
        good = {"up": "up is good", "down": "down is good", "none": "neither"}
        for i in self.s.get("indicators", []):
            self.put("indicators", (i["label"],), None, {
                "Direction": Words(i["direction"] or "–"),
                "Which way is good": Words(good[i["polarity"]]),
                "Merit": Words(i["merit"] or "–"), "Note": Words(i["footnote"] or "–")})
            for one in i["points"]:
                names = (i["label"], one["period"])
                if one["denominator"] is not None:
                    self.put("indicator-shares", names, None, {
                        "Share": Share(one["numerator"], one["denominator"], one["percent"]),
                        "95% interval": Interval(one["low"], one["high"])})
                else:
                    self.put("indicator-values", names, None, {"Value": Shortest(one["value"])})


def day(text):
    """2023-12-31 as people read it."""
    if text is None:
        return "–"
    date = datetime.date.fromisoformat(text)
    return f"{date.day} {date:%B} {date.year}"


def repeat(things):
    """Every thing gets the name it is called by in tables."""
    for thing in things:
        thing["called"] = thing.get("label") or thing["title"]


def minus(total, without):
    return total - without if is_number(total) and is_number(without) else None


def graded_of(grades, not_graded, total):
    """How many are graded; None where the figures do not tell."""
    counts = [grade["count"] for grade in grades]
    if all(is_number(count) for count in counts):
        return sum(counts)
    return None if None in counts else minus(total, not_graded)


def graded(of):
    return Number(of) if of is not None else Besides()


def signed(value, places=1):
    return Number(value, places, signed=True)


def probability(value):
    return Number(value, 3, least="<0.001")
