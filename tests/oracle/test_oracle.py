#!/usr/bin/env python3
"""Hand-worked examples for the oracle, and a trial of the comparison itself."""

import contextlib
import datetime
import io
import json
import pathlib
import stat
import sys
import tempfile
import unittest
from unittest import mock

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import compare  # noqa: E402
from caseoracle import dates, figures, privacy  # noqa: E402
from caseoracle.scoring import score_return  # noqa: E402
from caseoracle.template import read_template  # noqa: E402
from generate import generate  # noqa: E402

POLICE, NO = "police", "no"
SCALE = """<title>T</title><scale>
  <grade id="outstanding" label="O" score="3" from="2.5"/>
  <grade id="good" label="G" score="2" from="1.5"/>
  <grade id="requires-improvement" label="RI" score="1" from="0.5"/>
  <grade id="inadequate" label="I" score="0" from="0"/></scale>"""


def day(text):
    return datetime.date.fromisoformat(text)


class Figures(unittest.TestCase):
    def test_means_are_rounded_half_up(self):
        self.assertEqual(figures.mean(5, 2), 3)
        self.assertEqual(figures.mean(200, 3), 67)
        self.assertEqual(figures.mean(100, 3), 33)
        self.assertEqual(figures.weighted_mean([(3000, 300), (1000, 200)]), 275)
        self.assertIsNone(figures.weighted_mean([]))

    def test_the_lower_median(self):
        self.assertEqual(figures.lower_median([3, 1, 2]), 2)
        self.assertEqual(figures.lower_median([4, 1, 3, 2]), 2)

    def test_decimals(self):
        self.assertEqual(figures.parse_thousandths("-0.125", signed=True), -125)
        self.assertEqual(figures.print_shortest(-125), "-0.125")
        self.assertEqual(figures.print_shortest(3000), "3")
        for wrong in ("66.670", "1.", ".5", "-1", "1e2", ""):
            with self.assertRaises(ValueError):
                figures.parse_score(wrong)


class Calendar(unittest.TestCase):
    def test_months_are_clamped(self):
        self.assertEqual(dates.add(day("2023-01-31"), 1, "months"), day("2023-02-28"))
        self.assertEqual(dates.add(day("2024-01-31"), 1, "months"), day("2024-02-29"))
        self.assertEqual(dates.add(day("2024-02-29"), 1, "years"), day("2025-02-28"))
        self.assertEqual(dates.add(day("2024-03-31"), -1, "months"), day("2024-02-29"))

    def test_working_days_pass_over_holidays(self):
        self.assertEqual(dates.add(day("2022-06-01"), 1, "working-days"), day("2022-06-06"))
        self.assertEqual(dates.add(day("2021-12-24"), 1, "working-days"), day("2021-12-29"))
        self.assertEqual(dates.add(day("2023-02-04"), 1, "working-days"), day("2023-02-06"))
        self.assertEqual(dates.add(day("1999-12-30"), 1, "working-days"), day("2000-01-04"))

    def test_working_days_end_with_the_calendar(self):
        for start in ("1977-12-30", "2099-12-31"):
            with self.assertRaises(dates.OutsideCalendar):
                dates.add(day(start), 1, "working-days")

    def test_holidays_of_a_jubilee_and_of_a_moved_may_day(self):
        self.assertIn(day("2022-06-03"), dates.bank_holidays(2022))
        self.assertNotIn(day("2022-05-30"), dates.bank_holidays(2022))
        self.assertNotIn(day("2020-05-04"), dates.bank_holidays(2020))
        self.assertIn(day("2022-12-27"), dates.bank_holidays(2022))

    def test_quarters(self):
        self.assertEqual(dates.quarter(day("2023-11-14")), "2023-24 Q3")
        self.assertEqual(dates.quarter(day("2000-03-31")), "1999-00 Q4")


class Privacy(unittest.TestCase):
    def test_kinds(self):
        for text in ("NHS 943 476 5919", "AB123456C", "a.b@example.org", "020 7946 0958",
                     "+44 7700 900123", "SW1A 1AA", "DOB: 12/03/2010", "SW1A1AA"):
            self.assertEqual(privacy.kinds_in(text), 1, text)
        for text in ("943 476 5918", "reviewed 2010-03-12", "1234567890123"):
            self.assertEqual(privacy.kinds_in(text), 0, text)


class Scoring(unittest.TestCase):
    """One small template each, scored by hand."""

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def score(self, body, responses, framework="graded-standards", head="", tail="",
              attributes="", selection="random", incomplete=False, audit="2023-11-14", agencies=False):
        template = self.folder / "T.xml"
        template.write_text(
            f'<template xmlns="urn:caseaudit:template:1" id="t" version="1" framework="{framework}" '
            f'unit="child" effective-from="2000-01-01" out-of="3" {attributes}>{SCALE}{head}{body}'
            "</template>", encoding="utf-8")
        if not agencies:
            responses = f"<responses>{responses}</responses>" if "<responses" not in responses else responses
        document = self.folder / "r.xml"
        document.write_text(
            '<return xmlns="urn:caseaudit:return:1" id="R1" template="t" template-version="1">'
            f'<case ref="C1"/>\n<audit date="{audit}" auditor="A1" selection="{selection}"/>'
            f"{responses}{tail}</return>", encoding="utf-8")
        return score_return(read_template(template), document, incomplete)

    def standard(self, name, content=None, **attributes):
        if content is None:
            attributes["answers"] = "grades"
        more = "".join(f' {key}="{value}"' for key, value in attributes.items())
        return f'<standard id="{name}"{more}><question>?</question>{content or ""}</standard>'

    def one(self, content, response, **how):
        """The row of a single standard `s`."""
        result = self.score(f'<section id="x" title="X">{self.standard("s", content)}</section>',
                            response, **how)
        self.assertNotEqual(result["status"], "rejected", result.get("errors"))
        return result["standards"][0]

    def test_a_weighted_mean_of_two_sections(self):
        body = (
            f'<section id="a" title="A" weight="2">{self.standard("a1", weight=3)}{self.standard("a2")}</section>'
            f'<section id="b" title="B">{self.standard("b1")}</section>')
        result = self.score(body, """<response standard="a1" answer="outstanding"/>
            <response standard="a2" answer="inadequate"/><response standard="b1" answer="good"/>""")
        # A: (3·3 + 1·0) / 4 = 2.25; overall (2·2.25 + 1·2) / 3 = 2.1666… → 2.17
        self.assertEqual([s["score"] for s in result["sections"]], ["2.25", "2.00"])
        self.assertEqual((result["score"], result["grade"]), ("2.17", "good"))
        self.assertEqual(result["quarter"], "2023-24 Q3")

    def test_flat_and_weight_nothing(self):
        body = (
            f'<section id="a" title="A">{self.standard("a1")}{self.standard("a2", weight=0)}</section>'
            f'<section id="b" title="B" weight="0">{self.standard("b1")}</section>')
        result = self.score(body, """<response standard="a1" answer="good"/>
            <response standard="a2" answer="inadequate"/><response standard="b1" answer="inadequate"/>""",
            attributes='rollup="flat"')
        self.assertEqual(result["score"], "2.00")
        self.assertEqual([s["counts"] for s in result["standards"]], [True, False, False])
        self.assertEqual(result["sections"][1]["score"], "0.00")

    def test_timescales(self):
        content = '<timescale within="20" unit="days"><late up-to="7" score="1.5"/></timescale>'
        cases = [
            ("<start>2023-02-01</start><end>2023-02-21</end>", ("answered", "met", "3.00", 20)),
            ("<start>2023-02-01</start><end>2023-02-28</end>", ("answered", "late", "1.50", 27)),
            ("<start>2023-02-01</start><end>2023-03-01</end>", ("answered", "late", "0.00", 28)),
            ("<start>2023-02-01</start>", ("overdue", None, "0.00", None)),
            ("<start>2023-10-25</start>", ("not-yet-due", None, None, None)),
        ]
        for inner, wanted in cases:
            row = self.one(content, f'<response standard="s">{inner}</response>')
            self.assertEqual((row["status"], row["answer"], row["score"], row["days"]), wanted)
        self.assertEqual(row["due"], "2023-11-14")

    def test_frequencies(self):
        content = '<frequency every="6" unit="weeks"/>'
        # 42 days kept, 43 not, and the open gap of 43 to the end is not.
        row = self.one(content, """<response standard="s"><start>2023-01-01</start>
            <occurred>2023-02-12</occurred><occurred>2023-02-12</occurred>
            <occurred>2023-03-27</occurred><end>2023-05-09</end></response>""")
        self.assertEqual((row["answer"], row["score"]), ("1/3", "1.00"))
        row = self.one(content, '<response standard="s"><start>2023-10-03</start></response>')
        self.assertEqual((row["status"], row["score"]), ("not-yet-due", None))

    def test_numbers_and_points(self):
        number = '<number min="-2" max="10"><band from="-2" score="0"/><band from="1.5" score="3"/></number>'
        for value, score in (("-2", "0.00"), ("1.499", "0.00"), ("1.5", "3.00")):
            row = self.one(number, f'<response standard="s"><value>{value}</value></response>')
            self.assertEqual((row["answer"], row["score"]), (value, score))
        points = '<points out-of="40" step="5" count="{}"/>'
        # 25 of 40 of 3.00 = 1.875 → 1.88; as faults 3.00 − 1.88 = 1.12
        for count, score in (("credit", "1.88"), ("faults", "1.12")):
            row = self.one(points.format(count), '<response standard="s"><value>25</value></response>')
            self.assertEqual(row["score"], score)

    def test_look_back(self):
        body = f'<section id="x" title="X">{self.standard("s")}{self.standard("u")}{self.standard("v")}</section>'
        result = self.score(body, """
            <response standard="s" answer="good" date="2022-11-13"/>
            <response standard="u" answer="good" date="2022-11-14"/>
            <response standard="v" answer="good"/>""", attributes='look-back-months="12"')
        self.assertEqual([s["status"] for s in result["standards"]], ["out-of-scope", "answered", "answered"])
        self.assertEqual(result["warnings"], [3, 5])

    def test_incomplete_returns(self):
        body = f'<section id="x" title="X">{self.standard("s")}{self.standard("u", required=NO)}</section>'
        self.assertEqual(len(self.score(body, "")["errors"]), 1)
        result = self.score(body, "", incomplete=True)
        self.assertEqual([s["status"] for s in result["standards"]], ["missing", "not-applicable"])
        self.assertEqual((result["complete"], result["status"]), (False, "not-graded"))

    def test_section_limit_caps_what_is_above(self):
        limit = ('<limits><limit id="l1" to="requires-improvement"><reason>Low.</reason>'
                 '<when standard="s" below="1"/></limit></limits>')
        body = f'<section id="x" title="X">{limit}{self.standard("s")}{self.standard("u", weight=9)}</section>'
        result = self.score(body, '<response standard="s" answer="inadequate"/><response standard="u" answer="outstanding"/>')
        self.assertEqual(result["sections"][0]["cap"], "requires-improvement")
        self.assertEqual((result["score"], result["cap"], result["limits"][0]["section"]), ("1.00", None, "x"))

    def test_moderation(self):
        limits = ('<limits><limit id="a" to="good"><reason>A.</reason><when standard="s" from="0"/></limit>'
                  '<limit id="n" to="requires-improvement" override="never"><reason>N.</reason>'
                  '<when standard="s" status="not-evidenced"/></limit></limits>')
        body = f'<section id="x" title="X">{self.standard("s")}</section>{limits}'
        moderation = """<moderation {} by="M1" date="2023-11-20"><rationale>Seen.</rationale>{}</moderation>"""
        change = '<change standard="s" {}><rationale>Look.</rationale></change>'
        response = '<response standard="s" answer="outstanding"/>'

        def graded(attrs, changes=""):
            r = self.score(body, f"<responses>{response}</responses>" + moderation.format(attrs, changes))
            return [r[k] for k in ("computed", "recomputed", "cap", "moderated", "grade")], r

        found, r = graded('grade="outstanding" override="yes"')
        self.assertEqual(found, ["outstanding", None, "good", "outstanding", "outstanding"])
        found, r = graded('grade="outstanding"')
        self.assertEqual(found, ["outstanding", None, "good", "outstanding", "good"])
        self.assertEqual([a["id"] for a in r["alerts"]], ["judgement-capped"])
        found, r = graded('grade="good" override="yes"', change.format('status="not-evidenced"'))
        self.assertEqual(found, ["outstanding", "inadequate", "requires-improvement", "good", "requires-improvement"])
        self.assertEqual(r["standards"][0]["audited"], "outstanding")
        found, r = graded("", change.format('answer="good"'))
        self.assertEqual(found, ["outstanding", "good", "good", "good", "good"])

    def test_a_moderator_takes_a_standard_out_of_a_section_that_was_not_applicable(self):
        body = f'<section id="x" title="X">{self.standard("s")}{self.standard("t")}</section>'
        given = '<not-applicable section="x"><reason>Young.</reason></not-applicable>'
        change = '<change standard="s" answer="good"><rationale>Was asked.</rationale></change>'
        moderation = '<moderation by="M1" date="2023-11-20"><rationale>R</rationale>{}</moderation>'
        r = self.score(body, f"<responses>{given}</responses>" + moderation.format(change))
        self.assertEqual([s["status"] for s in r["standards"]], ["answered", "not-applicable"])
        self.assertEqual(r["standards"][0]["audited"], "not-applicable")
        self.assertEqual([r["computed"], r["recomputed"], r["grade"]], [None, "good", "good"])
        r = self.score(body, f"<responses>{given}</responses>" + moderation.format(change + change))
        self.assertEqual(r["status"], "rejected")

    def test_permanency(self):
        head = ('<attributes><attribute id="route" label="R" type="token" required="yes">'
                '<value id="adoption" label="A"/></attribute></attributes>')
        names = ["first-review", "second-review", "later-reviews", "plan-by-second-review",
                 "planning-meetings", "adoption-match"]
        body = '<section id="x" title="X">' + "".join(
            f'<standard id="{n}" derived="{n}"><question>?</question></standard>' for n in names) + "</section>"
        events = "".join(f'<event type="{t}" date="{d}"/>' for t, d in [
            ("entered-care", "2023-03-01"), ("review", "2023-03-29"), ("review", "2023-06-30"),
            ("permanence-plan", "2023-06-30"), ("planning-meeting", "2023-02-01"),
            ("planning-meeting", "2023-04-12"), ("permanence-achieved", "2023-05-24")])
        result = self.score(body, f"""<attributes><attribute id="route">adoption</attribute></attributes>
            <events>{events}</events><responses/>""", framework="permanency", head=head)
        rows = {s["id"]: (s["status"], s["answer"], s["due"]) for s in result["standards"]}
        self.assertEqual(rows, {
            "first-review": ("answered", "met", "2023-03-29"),
            "second-review": ("answered", "late", "2023-06-29"),
            "later-reviews": ("not-yet-due", None, None),
            "plan-by-second-review": ("answered", "met", "2023-06-30"),
            "planning-meetings": ("answered", "1/1", None),
            "adoption-match": ("not-applying", None, None)})

    def test_foster_home_review(self):
        body = (
            f'<section id="c" title="C" focus="compliance"><standard id="f" derived="first-review"><question>?</question></standard></section>'
            f'<section id="q" title="Q" focus="quality">{self.standard("s")}</section>')
        result = self.score(body, """<events><event type="approved" date="2022-01-31"/>
            <event type="review" date="2023-02-01"/></events>
            <responses><response standard="s" answer="outstanding"/></responses>""",
            framework="foster-home-review")
        self.assertEqual((result["computed"], result["cap"], result["grade"]),
                         ("outstanding", "requires-improvement", "requires-improvement"))
        self.assertEqual([s["grade"] for s in result["sections"]], [None, "outstanding"])
        self.assertEqual(result["measures"], [
            {"id": "compliance", "kind": "proportion", "numerator": 0, "denominator": 1}])

    def test_maap(self):
        agencies = "".join(f'<agency id="{a}" label="{a}"/>' for a in ("police", "health", "school"))
        head = f'<agencies>{agencies}</agencies><attributes/>'
        body = f'<section id="x" title="X" focus="child">{self.standard("s")}{self.standard("u", agencies=POLICE)}</section>'
        result = self.score(
            body, """<responses agency="health"><response standard="s" answer="good" date="2023-11-01"/></responses>
            <responses agency="police" grade="good" by="P1">
              <response standard="s" answer="good" date="2023-11-01"/>
              <response standard="u" answer="inadequate" date="2023-11-01"/></responses>
            <judgement grade="outstanding" by="P9" date="2023-11-14"/>""",
            framework="maap", head=head, attributes='rollup="lowest" overall="judged"',
            selection="targeted", agencies=True)
        self.assertEqual([(s["agency"], s["score"]) for s in result["sections"]],
                         [(None, "1.00"), ("police", "1.00"), ("health", "2.00")])
        self.assertEqual(result["agencies"][0], {
            "id": "police", "score": "1.00", "grade": "requires-improvement", "judged": "good"})
        self.assertEqual((result["computed"], result["grade"]), ("requires-improvement", "outstanding"))
        self.assertEqual([a["id"] for a in result["alerts"]], ["judgement-diverges"])
        self.assertEqual(result["warnings"], [1, 2])
        self.assertEqual(result["measures"][0]["numerator"], 2)


ENGINE = """#!{python}
import json, pathlib, sys
sys.path.insert(0, {here!r})
import compare
from caseoracle.scoring import score_return
from caseoracle.template import read_template
template = read_template(sys.argv[sys.argv.index("--template") + 1])
status = 0
for file in sorted(pathlib.Path(sys.argv[-1]).glob("*.xml")):
    result = score_return(template, file, "--allow-incomplete" in sys.argv)
    print(compare.as_ndjson(result, str(file)){tamper})
    status = max(status, int(result["status"] == "rejected"))
sys.exit(status)
"""


class Comparing(unittest.TestCase):
    """The comparison agrees with the oracle itself, and sees one wrong figure."""

    def run_with(self, tamper):
        with tempfile.TemporaryDirectory() as folder:
            engine = pathlib.Path(folder) / "engine"
            engine.write_text(ENGINE.format(python=sys.executable, here=str(HERE), tamper=tamper))
            engine.chmod(engine.stat().st_mode | stat.S_IXUSR)
            with mock.patch.dict("os.environ", {"TMPDIR": folder}), mock.patch("tempfile.tempdir", folder):
                arguments = ["compare.py", "--caseaudit", str(engine), "--count", "4", "--allow-incomplete"]
                output = io.StringIO()
                with mock.patch("sys.argv", arguments), contextlib.redirect_stdout(output):
                    return compare.main(), output.getvalue()

    def test_agreement(self):
        status, output = self.run_with("")
        self.assertEqual((status, output), (0, "64 passed, 0 failed\n"))

    def test_a_difference_is_seen(self):
        status, output = self.run_with(""".replace('"counts": true', '"counts": false', 1)""")
        self.assertEqual(status, 1)
        self.assertIn("counts: expected True, got False", output)

    def test_the_same_seed_gives_the_same_files(self):
        with tempfile.TemporaryDirectory() as folder:
            made = []
            for name in ("a", "b"):
                generate(11, pathlib.Path(folder) / name)
                made.append([f.read_bytes() for f in sorted((pathlib.Path(folder) / name).rglob("*.xml"))])
            self.assertEqual(*made)


if __name__ == "__main__":
    unittest.main()
