"""Looks at summaries of the samples as JSON and CSV. Called by summary.sh:

    summary.py PROGRAM PLUGINS STORE SCHEMAS SOURCE
"""

import csv
import fractions
import io
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM, PLUGINS, STORE, SCHEMAS, SOURCE = sys.argv[1:6]


def run(*arguments):
    command = [PROGRAM, "--plugin-dir", PLUGINS, "--store", STORE, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def summary(*arguments):
    done = run("summary", "--format", "json", *arguments)
    if done.returncode:
        raise AssertionError(done.stderr)
    document = json.loads(done.stdout)
    validate(document)
    return document


def validate(document):
    try:
        import jsonschema
    except ImportError:
        return
    schema = json.loads((pathlib.Path(SCHEMAS) / "summary-1.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)


def grade(document, name, period=0):
    return next(g for g in document["periods"][period]["grades"] if g["id"] == name)


def results(folder):
    """The results of the samples in a folder, by return: scored apart from the store."""
    samples = pathlib.Path(SOURCE) / "samples"
    templates = [option for path in sorted((samples / "templates").glob("*.xml"))
                 for option in ("--template", str(path))]
    done = run("score", "--format", "ndjson", *templates,
               *map(str, sorted((samples / "returns").glob(folder))))
    return {one["return"]: one for one in map(json.loads, done.stdout.splitlines())}


PERMANENCY = ("--template", "permanency-file")
QUARTERS = (*PERMANENCY, "--period", "2023-24 Q3", "--compare", "2023-24 Q1")


class Published(unittest.TestCase):
    """The figures of public reports come out again."""

    def test_a_marked_drop_is_no_clear_change(self):
        s = summary(*QUARTERS)
        changes = {c["id"]: c for c in s["comparison"]["grades"]}
        drop = changes["inadequate"]
        self.assertEqual((drop["from_percent"], drop["to_percent"]), (9.8, 3.0))
        self.assertEqual((drop["difference"], drop["low"], drop["high"]), (-6.7, -19.8, 6.9))
        self.assertEqual(drop["p"], 0.269)
        self.assertEqual(drop["verdict"], "no clear change")
        good = changes["good"]
        self.assertEqual((good["from_percent"], good["to_percent"]), (53.7, 51.5))
        self.assertEqual(good["verdict"], "no clear change")
        self.assertGreater(grade(s, "outstanding")["count"], 0)
        self.assertEqual(s["periods"][0]["audits"], 33)

    def test_plan_by_the_second_review(self):
        s = summary(*PERMANENCY, "--period", "2023-24")
        plan = next(m for m in s["periods"][0]["measures"] if "second review" in m["label"])
        self.assertEqual((plan["numerator"], plan["denominator"]), (91, 101))
        self.assertEqual(round(plan["percent"]), 90)

    def test_sixteen_per_cent_of_foster_home_reviews(self):
        for which in (("--template", "foster-home-review"), ("--framework", "foster-home-review")):
            s = summary(*which, "--period", "2023-24")
            period = s["periods"][0]
            self.assertEqual((period["audits"], period["population"]), (24, 150))
            self.assertEqual(period["coverage"], 16.0)
        self.assertIn("24 of 150 (16%)", " ".join(s["answer"]))

    def test_neglect_has_no_clear_trend(self):
        s = summary(*PERMANENCY, "--period", "2022-23")
        neglect = next(i for i in s["indicators"] if i["id"] == "neglect-factor")
        self.assertEqual([p["percent"] for p in neglect["points"]], [15.9, 14.4, 15.1, 13.2])
        self.assertEqual((neglect["trend"]["value"], neglect["trend"]["p"]), (1.864, 0.172))
        self.assertEqual(neglect["trend"]["verdict"], "no clear change")
        self.assertEqual((neglect["direction"], neglect["merit"]), ("down", "unclear"))

    def test_indicators_are_of_the_periods_shown(self):
        s = summary(*PERMANENCY, "--period", "2023-24")
        self.assertNotIn("indicators", s)
        s = summary(*PERMANENCY, "--period", "2022-23 Q4", "--compare", "2021-22 Q4")
        care = next(i for i in s["indicators"] if i["id"] == "children-in-care")
        self.assertEqual((care["direction"], care["merit"]), ("up", "neither"))

    def test_indicators_belong_to_templates(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "for.csv"
            path.write_text("indicator,label,period,value,polarity,for\n"
                            "fosters,Foster homes,2023-24,41,up,foster-home-review\n", "utf-8")
            self.assertEqual(run("indicator", "import", str(path)).returncode, 0)
        s = summary("--template", "foster-home-review", "--period", "2023-24")
        self.assertEqual([i["id"] for i in s["indicators"]], ["fosters"])
        self.assertNotIn("indicators", summary(*PERMANENCY, "--period", "2023-24"))

    def test_indicators_of_later_periods_are_left_out(self):
        s = summary(*PERMANENCY, "--periods", "2022-23 Q1..2022-23 Q2")
        neglect = next(i for i in s["indicators"] if i["id"] == "neglect-factor")
        self.assertEqual(len(neglect["points"]), 2)

    def test_history_stands_in_before_the_store(self):
        s = summary(*PERMANENCY, "--period", "2023-24 Q1", "--compare", "2022-23 Q4")
        inadequate = next(c for c in s["comparison"]["grades"] if c["id"] == "inadequate")
        self.assertEqual((inadequate["from_count"], inadequate["from_of"]), (5, 41))
        year = summary(*PERMANENCY, "--period", "2022-23")["periods"][0]
        self.assertEqual(year["audits"], year["history"])
        self.assertEqual(grade({"periods": [year]}, "inadequate")["count"], 19)

    def test_compared_with_a_benchmark(self):
        s = summary(*PERMANENCY, "--period", "2023-24 Q3", "--compare", "benchmark:first-quarter")
        self.assertEqual(s["comparison"]["from"], "benchmark:first-quarter")
        self.assertEqual(s["comparison"]["from_period"], "2023-24 Q1")
        self.assertEqual(s["comparison"]["positive"]["from_of"], 41)

    def test_text_has_whole_percentages_beside_counts(self):
        text = " ".join(run("summary", *QUARTERS).stdout.split())
        self.assertIn("1 of 33 (3%) inadequate: no clear change since 2023-24 Q1, when it was 4 "
                      "of 41 (10%)", text)
        self.assertIn("17 of 33 (52%) good: no clear change since 2023-24 Q1, when it was 22 of "
                      "41 (54%)", text)
        self.assertTrue(text.index("33 files audited") < text.index("Grades"))


class Shapes(unittest.TestCase):
    def test_keys_in_order(self):
        s = summary(*QUARTERS)
        self.assertEqual(list(s)[:8], ["schema", "audience", "template", "framework", "group_by",
                                       "scale", "periods", "comparison"])
        self.assertEqual(list(s["periods"][0])[:19],
                         ["id", "from", "to", "group", "audits", "not_graded", "population",
                          "coverage", "grades", "positive", "sections", "agencies", "measures",
                          "alerts", "limits", "actions", "themes", "monthly", "moderation"])
        self.assertEqual(s["comparison"]["trend"]["statistic"], "M2")

    def test_groups_add_up(self):
        s = summary(*PERMANENCY, "--periods", "2023-24 Q1..2023-24 Q3", "--by", "team", "--by",
                    "route")
        self.assertEqual(s["group_by"], ["team", "route"])
        totals = [p for p in s["periods"] if p["group"] is None]
        self.assertEqual([p["id"] for p in totals], ["2023-24 Q1", "2023-24 Q2", "2023-24 Q3"])
        for total in totals:
            groups = [p for p in s["periods"] if p["id"] == total["id"] and p["group"]]
            self.assertEqual(sum(g["audits"] for g in groups), total["audits"])
            for i, one in enumerate(total["grades"]):
                self.assertEqual(sum(g["grades"][i]["count"] for g in groups), one["count"])
            for i, section in enumerate(total["sections"]):
                counts = [g["count"] for g in section["grades"]]
                self.assertEqual(sum(counts) + section["not_graded"], total["audits"])
                self.assertEqual(sum(g["sections"][i]["not_graded"] for g in groups),
                                 section["not_graded"])
        self.assertIsNone(s["periods"][0]["group"])

    def test_agencies_and_a_missing_one(self):
        s = summary("--template", "maap-transitions", "--period", "2022-23")
        period = s["periods"][0]
        self.assertEqual(len(period["agencies"]), 5)
        returns = sum(agency["returns"] for agency in period["agencies"])
        returned = next(m for m in period["measures"] if m["id"] == "agencies-returned")
        self.assertEqual(returned["numerator"], returns)
        self.assertLess(returns, returned["denominator"])
        for agency in period["agencies"]:
            for section in agency["sections"]:
                counts = sum(g["count"] for g in section["grades"])
                self.assertEqual(counts + section["not_graded"], agency["returns"])

    def test_a_series_marks_its_break(self):
        s = summary("--series", "macfa-domestic-abuse,maap-transitions", "--periods",
                    "2022-23 Q1..2022-23 Q4")
        self.assertEqual(s["template"], "macfa-domestic-abuse,maap-transitions")
        self.assertEqual(s["breaks"][0]["period"], "2022-23 Q4")
        self.assertEqual(sum(p["audits"] for p in s["periods"]), 14)

    def test_every_template_is_summarised(self):
        for name in ("child-in-need-file", "foster-home-review", "iro-practice",
                     "maap-transitions", "macfa-domestic-abuse", "permanency-file",
                     "threshold-dip-sample"):
            for audience in ("operational", "executive", "public"):
                s = summary("--template", name, "--audience", audience)
                self.assertGreater(len(s["answer"]), 0)
                self.assertEqual(run("summary", "--template", name).returncode, 0)

    def test_csv_is_one_tidy_table(self):
        done = subprocess.run(
            [PROGRAM, "--plugin-dir", PLUGINS, "--store", STORE, "summary", "--format", "csv",
             "--by", "team", *QUARTERS], capture_output=True, check=True)
        self.assertTrue(done.stdout.endswith(b"\r\n"))
        rows = list(csv.reader(io.StringIO(done.stdout.decode("utf-8"), newline=""), strict=True))
        self.assertEqual({len(row) for row in rows}, {11})
        counts = {(row[3], row[7]): row[10] for row in rows
                  if row[4] == "grade" and row[9] == "count"}
        self.assertEqual(counts["", "good"], "17")
        for row in rows:
            for cell in row:
                self.assertFalse(cell[:1] in "=+@\t\r" and cell[:1], cell)
        differences = [row for row in rows if row[9] == "difference"]
        self.assertIn("-6.7", [row[10] for row in differences])


class Truth(unittest.TestCase):
    """What a reader takes away is what the store has."""

    def test_overdue_is_what_the_list_has(self):
        s = summary(*PERMANENCY, "--periods", "2023-24 Q1..2023-24 Q3")
        listed = [line.split()[0] for line in
                  run("action", "list", "--overdue", "--as-of", "2023-12-31").stdout.split("\n")
                  if line.startswith("PF-")]
        self.assertEqual(s["standing"]["overdue"], len(listed))
        self.assertEqual(s["standing"]["as_of"], "2023-12-31")
        latest = s["periods"][-1]["actions"]["overdue"]
        self.assertLess(latest, len(listed))
        text = " ".join(s["answer"])
        self.assertIn(f"of these {latest} were overdue on 31 December 2023", text)
        self.assertIn(f"{len(listed)} of them overdue, the oldest due on", text)

    def test_overdue_of_each_group_is_what_the_list_has(self):
        s = summary(*PERMANENCY, "--by", "team", "--period", "2023-24 Q3")
        teams, wanted = results("permanency-*"), {}
        for line in run("action", "list", "--overdue", "--as-of", "2023-12-31").stdout.split("\n"):
            name = line.split(":")[0]
            if name in teams:
                team = teams[name]["attributes"]["team"]
                due = re.search(r"\d{4}-\d\d-\d\d", line)[0]
                wanted.setdefault(team, []).append(due)
        found = {one["group"]["team"]: (one["overdue"], one["oldest_due"])
                 for one in s["standing"]["groups"] if one["overdue"]}
        self.assertEqual(found, {team: (len(due), min(due)) for team, due in wanted.items()})
        self.assertEqual(sum(one["open"] for one in s["standing"]["groups"]),
                         s["standing"]["open"])
        public = summary(*PERMANENCY, "--by", "team", "--audience", "public")
        self.assertEqual(public["standing"]["groups"], [])

    def test_scores_are_those_of_the_audits(self):
        for template, folder, by in (("child-in-need-file", "child-in-need", ("team",)),
                                     ("macfa-domestic-abuse", "macfa-*", ()),
                                     ("iro-practice", "iro-practice", ())):
            dates = ("--period", "2000-01-01..2030-12-31")
            by = tuple(option for name in by for option in ("--by", name))
            s = summary("--template", template, *dates, *by)
            results_of = results(folder).values()
            for period in s["periods"]:
                group = (period["group"] or {}).items()
                audits = [one for one in results_of
                          if all(one["attributes"].get(name) == value for name, value in group)]
                scores = period["scores"]
                self.spread(scores, [one["score"] for one in audits])
                for kind, of in (("sections", "sections"), ("agencies", "agencies")):
                    for part in scores[kind]:
                        self.spread(part, [row["score"] for one in audits for row in one[of]
                                           if row["id"] == part["id"]
                                           and (kind == "agencies" or row["agency"] is None)])
            public = run("summary", "--template", template, *dates, "--audience", "public")
            self.assertNotIn("Median", public.stdout)
            self.assertIn("Scores are left out", public.stdout)
        self.assertNotIn("scores", summary(*PERMANENCY)["periods"][0])  # they are grades

    def spread(self, found, scores):
        """Quartile q of n is at place qn/4, rounded up; of a whole one and the next, the mean."""
        scores = sorted(round(100 * score) for score in scores if score is not None)
        self.assertEqual(found["count"], len(scores))
        for q, name in enumerate(("first_quartile", "median", "third_quartile"), 1):
            place = fractions.Fraction(q * len(scores), 4)
            if not scores:
                self.assertIsNone(found[name])
                continue
            if place.denominator == 1:
                wanted = (scores[int(place) - 1] + scores[int(place)] + 1) // 2
            else:
                wanted = scores[math.ceil(place) - 1]
            self.assertEqual(round(100 * found[name]), wanted)

    def test_targets_have_three_states_in_text_too(self):
        theme = str(pathlib.Path(SOURCE) / "samples" / "theme" / "theme.txt")
        text = run("summary", *PERMANENCY, "--period", "2023-24 Q3", "--theme", theme).stdout
        self.assertRegex(text, r"28 of 31 \(90%\) +75% to 97%  90%: cannot be told from so few\n")
        self.assertRegex(text, r"156 of 193 \(81%\) +75% to 86%  95%: missed\n")
        self.assertRegex(text, r"mean 1\.33 \(44 in 33\) +at most 1: missed\n")
        self.assertRegex(text, r"80 of 86 \(93%\) +86% to 97%\n")

    def test_a_period_across_a_break_has_two_rows(self):
        s = summary("--series", "macfa-domestic-abuse,maap-transitions", "--period", "2022-23")
        self.assertEqual([(p["id"], p["template"], p["audits"]) for p in s["periods"]],
                         [("2022-23", "macfa-domestic-abuse", 6),
                          ("2022-23", "maap-transitions", 8)])
        self.assertIsNone(s["comparison"])

    def test_agencies_declare_and_answer(self):
        s = summary("--template", "maap-transitions", "--period", "2022-23")
        for agency in s["periods"][0]["agencies"]:
            declared = sum(g["count"] for g in agency["declared"]["grades"])
            self.assertEqual(declared + agency["declared"]["not_graded"], agency["returns"])
            both = sum(agency[f"declared_{way}"] for way in ("better", "same", "worse"))
            self.assertLessEqual(both, declared)
            self.assertEqual(agency["asked"], s["periods"][0]["audits"])

    def test_groups_are_compared_within_themselves(self):
        s = summary(*PERMANENCY, "--periods", "2023-24 Q1..2023-24 Q3", "--by", "team")
        groups = s["comparison"]["groups"]
        self.assertEqual([g["group"]["team"] for g in groups],
                         [p["group"]["team"] for p in s["periods"]
                          if p["id"] == "2023-24 Q3" and p["group"]])
        for g in groups:
            first = next(p for p in s["periods"]
                         if p["id"] == "2023-24 Q1" and p["group"] == g["group"])
            self.assertEqual(g["from_count"], first["positive"]["count"])
            if g["p"] is not None:
                self.assertGreaterEqual(g["p_adjusted"], g["p"])

    def test_the_brief_is_brief(self):
        for name in ("permanency-file", "maap-transitions", "foster-home-review",
                     "child-in-need-file", "iro-practice", "threshold-dip-sample"):
            for audience in ("operational", "executive", "public"):
                done = run("summary", "--template", name, "--audience", audience, "--brief")
                body = done.stdout.split("\n\n", 1)[1]
                self.assertLessEqual(len(body.replace("- ", " ").split()), 135, body)
                self.assertNotIn("p =", body)
                brief = summary("--template", name, "--audience", audience)["brief"]
                said = [brief["verdict"], brief["overdue"] or "", *brief["alerts"],
                        *brief["decisions"]]
                said += [f"{one['what']} {one['evidence']}"
                         for one in brief["worries"] + brief["strengths"]]
                self.assertLessEqual(len(" ".join(said).split()), 120)

    def test_a_measure_asked_in_another_way_is_two(self):
        source = pathlib.Path(SOURCE) / "samples"
        template = (source / "templates/foster-home-review.xml").read_text("utf-8")
        other = template.replace('version="2023.1"', 'version="2024.1"', 1).replace(
            "visited unannounced at least once a year", "visited unannounced twice a year")
        self.assertNotEqual(other.count("twice a year"), template.count("twice a year"))
        audit = next((source / "returns/foster-home-reviews-2023-24").glob("*-001.xml"))
        audit = audit.read_text("utf-8")
        number = re.search(r'id="(FHR-[^"]*)"', audit)[1]
        audit = (audit.replace(number, "FHR-OTHER").replace('"2023.1"', '"2024.1"')
                 .replace("FICTION-H001", "FICTION-H901"))
        with tempfile.TemporaryDirectory() as folder:
            store = f"sqlite:{folder}/store.db"

            def kept(*arguments):
                done = subprocess.run([PROGRAM, "--plugin-dir", PLUGINS, "--store", store,
                                       *arguments], capture_output=True, text=True, check=False)
                self.assertEqual(done.returncode, 0, done.stderr)
                return done.stdout

            for name, text in (("old.xml", template), ("new.xml", other), ("a.xml", audit)):
                (pathlib.Path(folder) / name).write_text(text, "utf-8")
            kept("store", "init")
            kept("template", "load", f"{folder}/old.xml", f"{folder}/new.xml")
            kept("record", str(source / "returns/foster-home-reviews-2023-24"),
                 f"{folder}/a.xml")
            s = json.loads(kept("summary", "--template", "foster-home-review", "--period",
                                "2023-24", "--format", "json"))
        validate(s)
        measures = {m["id"]: m for m in s["periods"][0]["measures"]}
        broken = [b for b in s["breaks"] if b["measure"]]
        self.assertEqual({(b["from"], b["to"]) for b in broken},
                         {("foster-home-review@2023.1", "foster-home-review@2024.1")})
        twice = {name.split("@")[0] for name in measures if "@2023.1" in name}
        self.assertEqual(len(twice), len(broken))
        for name in twice:
            self.assertIn(name, measures)
        self.assertLess(len(twice), len(measures) / 2)
        self.assertEqual([v["version"] for v in s["versions"]], ["2023.1", "2024.1"])


class Audiences(unittest.TestCase):
    def test_public_has_no_small_count(self):
        s = summary(*QUARTERS, "--by", "team", "--audience", "public")

        def look(value, path):
            if isinstance(value, dict):
                for key, below in value.items():
                    look(below, f"{path}.{key}")
            elif isinstance(value, list):
                for below in value:
                    look(below, path)
            elif isinstance(value, int) and not isinstance(value, bool):
                self.assertFalse(1 <= value <= 5 and "trend" not in path, f"{path}: {value}")

        look(s["periods"], "periods")
        look(s["comparison"], "comparison")
        self.assertEqual(s["periods"][0]["alerts"], [])
        inadequate = next(c for c in s["comparison"]["grades"] if c["id"] == "inadequate")
        self.assertEqual((inadequate["to_percent"], inadequate["verdict"]), ("c", "c"))

    def test_cases_are_for_those_who_act(self):
        act = run("summary", *QUARTERS).stdout
        self.assertIn("FICTION", act)
        for audience in ("executive", "public"):
            text = run("summary", *QUARTERS, "--audience", audience).stdout
            self.assertNotIn("FICTION", text)
            self.assertNotIn("PF-2023", text)

    def test_threshold(self):
        s = summary(*QUARTERS, "--audience", "public", "--threshold", "20")
        self.assertEqual(grade(s, "good")["count"], "c")


class Refusals(unittest.TestCase):
    def refused(self, expected, *arguments):
        done = run(*arguments)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertIn(expected, done.stderr)

    def test_wrong_use(self):
        self.refused("choose with --template", "summary")
        self.refused("did you mean 'permanency-file'", "summary", "--template", "permanency-fil")
        self.refused("one of --template", "summary", *PERMANENCY, "--framework", "maap")
        self.refused("--series joins two", "summary", "--series", "maap-transitions")
        self.refused("did you mean 'team'", "summary", *PERMANENCY, "--by", "taem")
        self.refused("2023-24 Q5", "summary", *PERMANENCY, "--period", "2023-24 Q5")
        self.refused("no benchmark", "summary", *PERMANENCY, "--compare", "benchmark:x")
        self.refused("is no date", "summary", *PERMANENCY, "--as-of", "yesterday")
        self.refused("number from 1", "summary", *PERMANENCY, "--threshold", "0")
        self.refused("cannot be 'doc'", "summary", *PERMANENCY, "--format", "doc")

    def test_no_store(self):
        done = subprocess.run([PROGRAM, "--plugin-dir", PLUGINS, "--store", STORE + ".not",
                               "summary"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 3)


class Moderation(unittest.TestCase):
    def test_agreement(self):
        done = run("moderation", *PERMANENCY, "--period", "2023-24 Q3")
        self.assertEqual(done.returncode, 0)
        text = " ".join(done.stdout.split())
        self.assertIn("Exact agreement 6 of 8 (75%)", text)
        self.assertIn("Mean shift in grades (better is positive) -0.250", text)
        self.assertEqual(run("moderation").returncode, 0)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
