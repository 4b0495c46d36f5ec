"""The figures of a summary as the tidy CSV and the text for terminals tell them."""

import re

from expected import NONE, WITHHELD, day, graded_of, is_number, minus, squeezed, whole

# ---- CSV: every figure by part, section, agency, item and what it is ----


def figures(summary, tables):
    """(key, value) of every figure; the value as in the JSON."""
    for p in summary["periods"]:
        groups = p["labels"] if p["group"] else ("",) * len(summary["group_by"])
        for key, value in of_row(p):
            yield (p["id"], *groups, *key), value
    nobody = ("",) * len(summary["group_by"])
    c = summary["comparison"]
    if c is not None:
        for key, value in of_comparison(c):
            yield (c["to"], *nobody, *key), value
        labels = [p["labels"] for p in summary["periods"] if p["group"]]
        for groups, one in zip(labels[-len(c["groups"]):], c["groups"]):
            for key, value in every("change", "", "", "positive", one, {"group"}):
                yield (c["to"], *groups, *key), value
    for key, value in of_series(summary):
        yield (key[0], *nobody, *key[1:]), value
    for one in summary["standing"]["groups"]:
        labels = owner(summary, one["group"])
        for name in ("open", "overdue", "oldest_due"):
            yield ("", *labels, "standing", "", "", "", name), one[name]


def owner(summary, group):
    """The labels of a group: those of a row with its values."""
    return next(p["labels"] for p in summary["periods"] if p["group"] == group)


SPREAD = ("count", "first_quartile", "median", "third_quartile")


def of_row(p):
    for name in ("audits", "not_graded", "population", "coverage", "history"):
        yield ("audits", "", "", "", name), p[name]
    for grade in p["grades"]:
        yield from every("grade", "", "", grade["id"], grade)
    if p["positive"] is not None:
        yield from every("positive", "", "", "positive", p["positive"])
    yield from of_sections("section", p["sections"])
    if "scores" in p:
        scores = p["scores"]
        yield ("score", "", "", "", "out_of"), scores["out_of"]
        for section, agency, one in (("", "", scores),
                                     *((one["id"], "", one) for one in scores["sections"]),
                                     *(("", one["id"], one) for one in scores["agencies"])):
            for name in SPREAD:
                yield ("score", section, agency, "", name), one[name]
    for agency in p["agencies"]:
        for name in ("asked", "returns", "declared_better", "declared_same", "declared_worse"):
            yield ("agency", "", agency["id"], "", name), agency[name]
        yield from of_block("agency", "", agency["id"], agency)
        yield from of_block("agency-declared", "", agency["id"], agency["declared"])
        yield from of_sections("agency-section", agency["sections"], agency["id"])
    for measure in p["measures"]:
        yield from every("measure", "", "", measure["id"], measure, {"label", "kind", "called"})
    for part in ("alert", "limit"):
        for one in p[f"{part}s"]:
            yield (part, "", "", one["id"], "count"), one["count"]
    for theme in p["themes"]:
        yield from every("theme", "", "", theme["theme"], theme, {"theme"})
    yield from every("actions", "", "", "", p["actions"])
    for month in p["monthly"]:
        yield from every("month", "", "", month["month"], month, {"month"})
    yield from every("moderation", "", "", "", p["moderation"], {"pairs"})
    ids = [grade["id"] for grade in p["grades"]]
    for one, row in zip(ids, p["moderation"]["pairs"], strict=True):
        for other, count in zip(ids, row, strict=True):
            yield ("moderation-pair", "", "", one, other), count


def every(part, section, agency, item, figures_of, but=()):
    for name, value in figures_of.items():
        if name != "id" and name not in but:
            yield (part, section, agency, item, name), value


def of_sections(part, sections, agency=""):
    for section in sections:
        yield from of_block(part, section["id"], agency, section)


def of_block(part, section, agency, block):
    for grade in block["grades"]:
        yield from every(part, section, agency, grade["id"], grade)
    yield (part, section, agency, "", "not_graded"), block["not_graded"]
    for name, value in (block["positive"] or {}).items():
        yield (part, section, agency, "", "positive" if name == "count" else name), value


def of_comparison(c):
    yield ("change", "", "", "", "from"), c["from_period"]
    for change in c["grades"]:
        yield from every("change", "", "", change["id"], change)
    if c["positive"] is not None:
        yield from every("change", "", "", "positive", c["positive"])
    yield from of_trend("trend", "", c["trend"])


def of_trend(part, item, trend):
    for name, value in (trend or {}).items():
        if name != "statistic":
            yield (part, "", "", item, "m2" if name == "value" else name), value


def of_series(summary):
    for name, value in summary["standing"].items():
        if name != "groups":
            yield ("", "standing", "", "", "", name), value
    x = summary.get("xmr")
    if x is not None:
        for name in ("mean", "lower", "upper"):
            yield ("", "xmr", "", "", "", name), x[name]
        yield ("", "xmr", "", "", "", "limits"), "trial" if x["trial"] else "settled"
        for name in ("chart", "unit"):
            yield ("", "xmr", "", "", "", name), x[name]
        for point in x["points"]:
            for name in ("percent", "signal", "graded", "lower", "upper"):
                yield ("", "xmr", "", "", point["month"], name), point[name]
    f = summary.get("funnel")
    if f is not None:
        yield ("", "funnel", "", "", "", "mean"), f["mean"]
        for one in f["points"]:
            for name in ("graded", "percent", "limits"):
                yield ("", "funnel", "", "", one["name"], name), one[name]
    for one in summary.get("breaks", []):
        for name in ("from", "period", "measure", "date"):
            yield ("", "break", "", "", one["to"], name), one[name]
    for i in summary.get("indicators", []):
        for name in ("polarity", "direction", "merit"):
            yield ("", "indicator", "", "", i["id"], name), i[name]
        for key, value in of_trend("indicator-trend", i["id"], i["trend"]):
            yield ("", *key), value
        for point in i["points"]:
            share = point["denominator"] is not None
            for name in (("numerator", "denominator", "percent", "low", "high") if share
                         else ("value",)):
                yield (point["period"], "indicator", "", "", i["id"], name), point[name]


def unknown(found, wanted):
    """Keys that the CSV may have beyond the JSON: graded, and trends that there are none of."""
    return {key for key in found.keys() - wanted.keys()
            if key[-1] == "graded" or "trend" in key[-5] and found[key] in ("", "0", *NONE)}


def same(value, text):
    if value is None:
        return text in ("", *NONE)
    if is_number(value):
        return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None and float(text) == value
    return text == value


# ---- text ----

OWN = "Agencies: the grades they gave themselves"
AGAINST = "Agencies: their own grades against their answers"
BAR = re.compile(r" *[█▉▊▋▌▍▎▏]+$")


class Text:
    """The text taken apart: of each row of the summary its grids, by heading."""

    def __init__(self, text, summary):
        self.summary, self.json, self.tables = summary, summary.json, summary.tables
        text = text.partition("\nHow these figures are made")[0]
        first, *others = re.split(r"^== (.*)\n", text, flags=re.M)
        totals = [p for p in self.json["periods"] if not p["group"]]
        self.blocks = {block_name(totals[-1]): grids(first)}
        for name, block in zip(others[::2], others[1::2], strict=True):
            self.blocks[name] = grids(block)
        self.whole = squeezed(text)

    def compare(self, test):
        self.test = test
        test.assertEqual(set(self.blocks), {block_name(p) for p in self.json["periods"]})
        for p in self.json["periods"]:
            self.p, self.grids, self.name = p, self.blocks[block_name(p)], block_name(p)
            if p["audits"] == 0 and "Sections" not in self.grids:
                self.grades()
                test.assertFalse(any(numbers([p[part] for part in NOTHING])), self.name)
                continue
            for check in (self.grades, self.sections, self.scores, self.agencies, self.measures, self.lists,
                          self.months, self.moderation):
                check()
        self.grids = self.blocks[block_name([p for p in self.json["periods"]
                                             if not p["group"]][-1])]
        self.change()
        self.series()

    # what a cell must be ----

    def has(self, where, found, *wanted):
        self.test.assertIn(found, wanted, f"{self.name}: {where}")

    def part(self, where, cell, count, of, percent):
        """n (p%), where N stands elsewhere."""
        if count is None:
            return self.has(where, cell, *NONE)
        if count == WITHHELD:
            return self.has(where, cell, WITHHELD)
        shown = percent or "–"
        if is_number(percent):
            wholes = ({whole(count, of)} if is_number(of) and of else
                      {int(percent + 0.5 + 0.05), int(percent + 0.5 - 0.05)})
            return self.has(where, cell, *(f"{count} ({one}%)" for one in wholes))
        return self.has(where, cell, f"{count} ({shown})")

    def long(self, where, cell, count, of, percent):
        """n of N (p%)."""
        match = re.fullmatch(r"(.*) of (.*) \((.*)\)", cell)
        if match is None:
            return self.has(where, cell, *NONE)
        if of is not None:
            self.has(where, match[2], *shown(of))
        self.has(where, match[1], *shown(count))
        if is_number(percent) and is_number(of):
            return self.has(where, match[3], f"{whole(count, of)}%")
        return self.has(where, match[3], *shown(percent))

    def interval(self, where, cell, low, high):
        match = re.fullmatch(r"(\d+)% to (\d+)%", cell)
        if not is_number(low):
            return self.has(where, cell, *shown(low))
        self.test.assertIsNotNone(match, f"{self.name}: {where}: {cell}")
        for found, wanted in ((match[1], low), (match[2], high)):
            self.test.assertLessEqual(abs(int(found) - wanted), 0.55, f"{self.name}: {where}")

    # the parts of a row ----

    def grades(self):
        p, grid = self.p, self.grids["Grades"]
        of = minus(p["audits"], p["not_graded"])
        rows = [*zip(self.tables.scale, p["grades"], strict=True)]
        if p["positive"] is not None:
            rows.append((f"= {self.tables.positive}", p["positive"]))
        for label, one in rows:
            cells = grid.pop(label)
            self.long(f"Grades: {label}", cells[0], one["count"], of, one["percent"])
            self.interval(f"Grades: {label}", cells[1], one["low"], one["high"])
        self.has("not graded", grid.pop("Not graded")[0], *shown(p["not_graded"]))
        self.has("all audits", grid.pop("All audits")[0], *shown(p["audits"]))
        self.has("history", grid.pop("Counts from before", ["0"])[0], *shown(p["history"]))
        if p["population"] is not None:
            self.long("coverage", grid.pop("Of all cases")[0], p["audits"], p["population"],
                      p["coverage"])
        self.test.assertEqual(grid, {})

    def block(self, where, cells, block, total):
        of = graded_of(block["grades"], block["not_graded"], total)
        for one, cell in zip(block["grades"], cells[:-1], strict=True):
            self.part(f"{where}: {one['id']}", cell, one["count"], of, one["percent"])
        self.has(f"{where}: not graded", cells[-1], *shown(block["not_graded"]))

    def sections(self):
        heading = "Sections, jointly" if self.p["agencies"] else "Sections"
        for section in self.p["sections"]:
            self.block(section["called"], self.grids[heading].pop(section["called"]), section,
                       minus(self.p["audits"], self.p["history"]))
        self.test.assertEqual(self.grids.get(heading, {}), {})

    def scores(self):
        scores = self.p.get("scores")
        grid = self.grids.get(f"Scores, out of {scores['out_of']}" if scores else "", {})
        if scores is None:
            return self.test.assertFalse([name for name in self.grids if "Scores" in name])
        rows = [("All of it", scores)]
        rows += [(one["called"], self.found(scores["sections"], one)) for one in self.p["sections"]]
        rows += [(f"- {one['called']}", self.found(scores["agencies"], one))
                 for one in self.p["agencies"]]
        for name, one in rows:
            # An agency's row follows the sections', as if it were below the last of them.
            key = next(key for key in grid if key == name or key.endswith(f"/{name}"))
            cells = grid.pop(key)
            self.has(name, cells[0], *shown(one["count"]))
            self.has(name, cells[1], *shown(one["median"], 2))
            self.has(name, cells[2], *(
                [f"{one['first_quartile']:.2f} to {one['third_quartile']:.2f}"]
                if is_number(one["median"]) else shown(one["median"])))
        return self.test.assertEqual(grid, {})

    @staticmethod
    def found(things, wanted):
        return next(one for one in things if one["id"] == wanted["id"])

    def agencies(self):
        for agency in self.p["agencies"]:
            cells = self.grids["Agencies: what their answers come to"].pop(agency["called"])
            self.has("asked", cells[0], *shown(agency["asked"]))
            self.has("returns", cells[1], *shown(agency["returns"]))
            self.block(agency["called"], cells[2:], agency, agency["returns"])
            self.block(agency["called"], self.grids[OWN].pop(agency["called"]),
                       agency["declared"], agency["returns"])
            cells = self.grids[AGAINST].pop(agency["called"])
            for cell, name in zip(cells, ("better", "same", "worse"), strict=True):
                self.has(f"own grade {name}", cell, *shown(agency[f"declared_{name}"]))
            for section in agency["sections"]:
                key = f"{section['called']}/- {agency['called']}"
                self.block(key, self.grids["Sections by agency"].pop(key), section,
                           agency["returns"])
        for heading in ("Agencies: what their answers come to", OWN, AGAINST,
                        "Sections by agency"):
            self.test.assertEqual(self.grids.get(heading, {}), {})

    def measures(self):
        for m in self.p["measures"]:
            cells = self.grids["Measures"].pop(m["called"])
            if m["kind"] == "mean":
                match = re.fullmatch(r"mean (.*) \((.*) in (.*)\)", cells[0])
                self.has(m["id"], match[1], *shown(m["mean"], 2))
                self.has(m["id"], match[2], *shown(m["sum"], shortest=True))
                self.has(m["id"], match[3], *shown(m["count"]))
            else:
                self.long(m["id"], cells[0], m["numerator"], m["denominator"], m["percent"])
                self.interval(m["id"], cells[1], m["low"], m["high"])
        self.test.assertEqual(self.grids.get("Measures", {}), {})

    def counted(self, heading, name, wanted):
        """A row may be left out, and a whole grid, if all its figures are 0."""
        cells = self.grids.get(heading, {}).pop(name, None)
        if cells is None:
            self.test.assertFalse(any(wanted), f"{self.name}: {heading}: {name} is left out")
            return
        for cell, one in zip(cells[-len(wanted):], wanted, strict=True):
            self.has(f"{heading}: {name}", cell, *shown(one))

    def lists(self):
        names, p = self.tables.names, self.p
        for one in p["alerts"]:
            self.counted("Alerts", names.of("alert", one["id"]), [one["count"]])
        for one in p["limits"]:
            self.counted("Limits that held", names.of("limit", one["id"]) or one["id"],
                         [one["count"]])
        for one in p["themes"]:
            self.counted("Themes", names.of("theme", one["theme"]),
                         [one["strengths"], one["improvements"]])
        for label, name in (("Raised", "raised"), ("Completed", "completed"),
                            ("Verified by someone else", "verified"), ("Of these overdue", "overdue")):
            self.counted("Actions raised in this period", label, [p["actions"][name]])
        for heading in ("Alerts", "Limits that held", "Themes", "Actions raised in this period"):
            self.test.assertEqual(self.grids.get(heading, {}), {})

    def months(self):
        for month in self.p["monthly"]:
            cells = self.grids["Month by month"].pop(month["month"])
            self.has("month", cells[0], *shown(month["audits"]))
            if self.p["positive"] is not None:
                match = re.fullmatch(r"(\S+) of .*|[–z]", cells[1])
                if match[1]:
                    self.has("month", match[1], *shown(month["positive"]))

    def moderation(self):
        m = self.p["moderation"]
        heading = f"Moderation, {self.p['name'] or self.p['id']}"
        if m["moderated"] == 0:
            return self.test.assertNotIn(heading, self.grids)
        grid = self.grids[heading]
        for label, row in zip(self.tables.scale, m["pairs"], strict=True):
            for cell, count in zip(grid.pop(label), row, strict=True):
                self.has(f"moderated: {label}", cell, *shown(count))
        self.long("agreement", grid.pop("Exact agreement")[0], m["agreed"], m["moderated"],
                  whole(m["agreed"], m["moderated"]) if is_number(m["agreed"]) and
                  is_number(m["moderated"]) else m["agreed"])
        for label, name, places in (
                ("Moderated", "moderated", 0), ("Raised", "raised", 0),
                ("Lowered", "lowered", 0),
                ("Mean shift in grades (better is positive)", "shift", 3), ("Kappa", "kappa", 3),
                ("Kappa, linear weights", "kappa_linear", 3),
                ("Kappa, quadratic weights", "kappa_quadratic", 3),
                ("Gwet's AC2, quadratic weights", "ac2", 3),
                ("Bowker's test of symmetry", "bowker", 3), ("its p", "bowker_p", 3)):
            self.has(label, grid.pop(label)[0], *shown(m[name], places))
        return self.test.assertEqual(grid, {})

    # what is of no row ----

    def change(self):
        c = self.json["comparison"]
        if c is None:
            return
        grid = list(self.grids["Change, in percentage points with 95% interval"].values())
        rows = [*c["grades"], *([c["positive"]] if c["positive"] else [])]
        for cells, one in zip(grid, rows, strict=True):
            self.part("from", cells[0], one["from_count"], one["from_of"], one["from_percent"])
            self.part("to", cells[1], one["to_count"], one["to_of"], one["to_percent"])
            if is_number(one["difference"]):
                plus = "+" if one["difference"] > 0 else ""
                self.has("difference", cells[2], f"{plus}{one['difference']:.1f} "
                         f"({one['low']:.1f} to {one['high']:.1f})")
            else:
                self.has("difference", cells[2], *shown(one["difference"]))
            self.has("p", cells[3], *shown(one["p"], 3))
            self.has("verdict", cells[4], *shown(one["verdict"]))
        first = c["grades"][0]
        self.test.assertIn(squeezed(f"Of {first['from_of']} graded in {c['from_period']} and "
                                    f"{first['to_of']} in {c['to']}."), self.whole)
        for one in rows:
            self.test.assertEqual((one["from_of"], one["to_of"]),
                                  (first["from_of"], first["to_of"]))
        self.trend(c["trend"])
        grid = list(self.grids.get("Change of each group, allowing for how many there are",
                                   {}).values())
        for cells, one in zip(grid, c["groups"], strict=True):
            self.part("to", cells[1], one["to_count"], one["to_of"], one["to_percent"])
            self.has("verdict", cells[4], *shown(one["verdict"]))
            self.has("p of all", cells[5], *shown(one["p_adjusted"], 3))

    def trend(self, trend):
        if trend is None or trend["value"] is None:
            return
        self.test.assertIn(squeezed(
            f"Trend over {trend['periods']} periods: {trend['verdict']} (M² = "
            f"{shown(trend['value'], 3)[0]}, p = {shown(trend['p'], 3)[0]})"), self.whole)

    def series(self):
        x = self.json.get("xmr")
        for point in x["points"] if x else []:
            chart = "XmR chart" if x["chart"] == "xmr" else "p-chart"
            cells = self.grids[f"All {x['unit']}s in the store ({chart})"].pop(point["month"])
            self.has("xmr", cells[0], *shown(point["graded"]))
            self.has("xmr", cells[1], *shown(point["percent"], 1))
            self.has("xmr", cells[2], f"{shown(point['lower'], 1)[0]} to "
                     f"{shown(point['upper'], 1)[0]}")
            self.has("xmr", " ".join(cells[3:]), *shown(point["signal"] or ""))
        if x:
            self.test.assertIn(squeezed(f"Mean {shown(x['mean'], 1)[0]}"
                                        f"{', trial limits' * x['trial']}."), self.whole)
        self.standing()
        for i in self.json.get("indicators", []):
            points = "·".join(self.point(point) for point in i["points"])
            first = squeezed(i["points"][0]["period"])
            begin = self.whole.index(squeezed(i["label"]) + first)
            said = self.whole[begin + len(squeezed(i["label"])):]
            self.test.assertRegex(said, "^" + re.sub(r"\s", "", points))
            direction = i["direction"] or "–"
            self.test.assertRegex(said, f"Direction:[↑↓]?{direction}")
            self.trend(i["trend"])

    def standing(self):
        one, grid = self.json["standing"], self.grids.get("Actions of all periods")
        if one["open"] == 0:
            return self.test.assertIsNone(grid)
        self.has("open", grid.pop("Open")[0], *shown(one["open"]))
        self.has("overdue", grid.pop("Of these overdue")[0], *shown(one["overdue"]))
        self.has("oldest", grid.pop("The oldest was due on", ["–"])[0], day(one["oldest_due"]))
        self.test.assertEqual(grid, {})
        of_groups = next((grid for name, grid in self.grids.items()
                          if name.startswith("Actions of all periods, by")), {})
        for group in one["groups"]:
            cells = of_groups.pop(", ".join(owner(self.json, group["group"])))
            self.has("owing", cells[0], *shown(group["open"]))
            self.has("owing", cells[1], *shown(group["overdue"]))
            self.has("owing", cells[2], day(group["oldest_due"]))
        return self.test.assertEqual(of_groups, {})

    def point(self, point):
        """As a pattern."""
        head = re.escape(squeezed(f"{point['period']}: "))
        if point["denominator"] is None:
            return head + re.escape(shown(point["value"], shortest=True)[0])
        count, of = point["numerator"], point["denominator"]
        if not is_number(point["percent"]):
            return head + f"{count}of{of}"
        low, high = near(point["low"]), near(point["high"])
        return head + f"{count}of{of}\\({whole(count, of)}%;{low}%to{high}%\\)"


# Parts of a row that are left out where there was no audit.
NOTHING = ("sections", "agencies", "measures", "alerts", "limits", "actions", "themes",
           "monthly", "moderation")


def numbers(value):
    """Every number in it, at any depth."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [number for one in value for number in numbers(one)]
    return [value] if is_number(value) else []


def near(tenths):
    """A pattern of the whole per cents that this may be the tenths of."""
    return f"({int(tenths + 0.45)}|{int(tenths + 0.55)})"


def shown(value, places=None, shortest=False):
    """What may stand for the value in text."""
    if value is None:
        return NONE
    if not is_number(value):
        return (value,)
    if shortest:
        return (f"{value:.3f}".rstrip("0").rstrip("."),)
    return (str(value) if places is None else f"{value:.{places}f}",)


def block_name(p):
    return f"{p['id']}, {p['name']}" if p["group"] else p["id"]


def grids(text):
    """{heading: {name of row: cells}}. Names go on in lines that are one blank deeper."""
    found, grid, name, above = {}, None, None, ""
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip())
        line = BAR.sub("", line)
        if line and indent == 0:
            grid, name, begun = found.setdefault(line, {}), None, False
        elif grid is None or not line.strip():
            continue
        elif indent % 2 == 1 and name is not None:
            cells = grid.pop(name)
            name = f"{name} {line.strip()}"
            grid[name] = cells
            above = name if not cells else above
        elif not begun:
            begun = True  # the names of the columns
        else:
            name, *cells = re.split(r" {2,}", line.strip())
            if name.startswith("- "):
                name = f"{above}/{name}"
            elif not cells:
                above = name
            grid[name] = cells
    return {heading: {name: cells for name, cells in grid.items() if cells}
            for heading, grid in found.items()}
