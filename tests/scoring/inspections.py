"""Published inspections through a `rules` template: inspections.py CASEAUDIT PLUGIN_DIR CSV

Each inspection has four part-grades and an overall one. The default rules of the samples
propose the published overall grade for 139 of 144.
"""

import collections
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

WANTED = {"inspections": 144, "as published": 139}
PARTS = ["impact_of_leaders_grade", "help_and_protection_grade", "in_care_grade",
         "care_leavers_grade"]
OVERALL = "overall_effectiveness_grade"

SECTION = """<section id="s-{0}" title="{0}"><standard id="{0}" answers="grades">
  <question>How good?</question></standard></section>"""
TEMPLATE = """<template xmlns="urn:caseaudit:template:1" id="inspection" version="1"
    framework="graded-standards" unit="organisation" effective-from="2015-01-01" out-of="3"
    rollup="rules">
  <title>Inspection of a whole authority</title>
  <scale>
    <grade id="outstanding" label="Outstanding" score="3" from="2.5" positive="yes"/>
    <grade id="good" label="Good" score="2" from="1.5" positive="yes"/>
    <grade id="requires-improvement" label="Requires improvement" score="1" from="0.5"/>
    <grade id="inadequate" label="Inadequate" score="0" from="0"/>
  </scale>
  {sections}
  <rules>
    <rule grade="inadequate"><when sections-graded="inadequate" at-least="1"/></rule>
    <rule grade="requires-improvement">
      <when sections-graded="requires-improvement" at-least="2"/></rule>
    <rule grade="good"><when sections-graded="requires-improvement" at-least="1"/></rule>
    <rule grade="outstanding"><when sections-graded="outstanding" at-least="2"/></rule>
    <otherwise grade="good"/>
  </rules>
</template>"""
RETURN = """<return xmlns="urn:caseaudit:return:1" id="I-{number}" template="inspection"
    template-version="1"><case ref="I-{number}"/><audit date="2023-11-14" auditor="OFSTED"/>
  <responses>{responses}</responses></return>"""


def grade(text):
    return text.strip().lower().replace(" ", "-")


def section_ids():
    return [part.removesuffix("_grade").replace("_", "-") for part in PARTS]


def document(number, row):
    responses = "".join(f'<response standard="{standard}" answer="{grade(row[part])}"/>'
                        for standard, part in zip(section_ids(), PARTS))
    return RETURN.format(number=number, responses=responses)


def main():
    caseaudit, plugins, table = sys.argv[1:]
    with open(table, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        (folder / "t.xml").write_text(
            TEMPLATE.format(sections="".join(map(SECTION.format, section_ids()))))
        (folder / "returns").mkdir()
        for number, row in enumerate(rows):
            (folder / "returns" / f"{number:04}.xml").write_text(document(number, row))
        run = subprocess.run(
            [caseaudit, "--plugin-dir", plugins, "score", "-t", folder / "t.xml", "--format",
             "ndjson", folder / "returns"], capture_output=True, text=True)
    results = [json.loads(line) for line in run.stdout.splitlines()]
    found = collections.Counter(inspections=len(results))
    for row, result in zip(rows, results):
        if result["status"] == "scored" and result["grade"] == grade(row[OVERALL]):
            found["as published"] += 1
        else:
            print(f"{row['local_authority']}: published {row[OVERALL]}, "
                  f"proposed {result['grade']}")
    print(dict(found))
    sys.stdout.write(run.stderr)
    return 0 if run.returncode == 0 and dict(found) == WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
