#!/usr/bin/env python3
"""Published inspections as judged audits of organisations.

    inspections.py CSV FOLDER

Writes FOLDER/template.xml and a return for each row with a date to FOLDER/returns/.
Prints how many.
"""

import csv
import pathlib
import re
import sys

PARTS = [
    ("leaders", "Impact of leaders", "impact_of_leaders_grade"),
    ("help", "Help and protection", "help_and_protection_grade"),
    ("in-care", "Children in care", "in_care_grade"),
    ("care-leavers", "Care leavers", "care_leavers_grade"),
]

TEMPLATE = """<?xml version="1.0" encoding="UTF-8"?>
<template xmlns="urn:caseaudit:template:1" id="inspection" version="1"
          framework="graded-standards" unit="organisation" effective-from="2010-01-01"
          out-of="3" rollup="rules" overall="judged">
  <title>Published inspections</title>
  <scale>
    <grade id="outstanding" label="Outstanding" score="3" from="2.5" positive="yes"/>
    <grade id="good" label="Good" score="2" from="1.5" positive="yes"/>
    <grade id="requires-improvement" label="Requires improvement to be good" abbrev="RI"
           score="1" from="0.5"/>
    <grade id="inadequate" label="Inadequate" score="0" from="0"/>
  </scale>
{sections}
  <rules>
    <rule grade="inadequate"><when sections-graded="inadequate" at-least="1"/></rule>
    <rule grade="requires-improvement">
      <when sections-graded="requires-improvement" at-least="2"/>
    </rule>
    <rule grade="good"><when sections-graded="requires-improvement" at-least="1"/></rule>
    <rule grade="outstanding"><when sections-graded="outstanding" at-least="2"/></rule>
    <otherwise grade="good"/>
  </rules>
</template>
"""

SECTION = """  <section id="{0}" title="{1}">
    <standard id="{0}.grade" answers="grades"><question>{1}: which grade?</question></standard>
  </section>"""

RETURN = """<?xml version="1.0" encoding="UTF-8"?>
<return xmlns="urn:caseaudit:return:1" id="{id}" template="inspection" template-version="1">
  <case ref="{id}"/>
  <audit date="{date}" auditor="INSPECTOR"/>
  <responses>
{responses}
  </responses>
  <judgement grade="{overall}" by="INSPECTOR" date="{date}"/>
</return>
"""


def grade(text):
    return text.strip().replace(" ", "-")


def audit(row):
    day, month, year = row["inspection_end_date"].split("/")
    responses = "\n".join(
        f'    <response standard="{part}.grade" answer="{grade(row[column])}"/>'
        for part, _, column in PARTS
    )
    return RETURN.format(
        id=re.sub(r"[^a-z0-9]+", "-", row["local_authority"].lower()).strip("-"),
        date=f"{year}-{month}-{day}",
        responses=responses,
        overall=grade(row["overall_effectiveness_grade"]),
    )


def main(source, folder):
    folder = pathlib.Path(folder)
    returns = folder / "returns"
    returns.mkdir(parents=True)
    sections = "\n".join(SECTION.format(part, title) for part, title, _ in PARTS)
    (folder / "template.xml").write_text(TEMPLATE.format(sections=sections), "utf-8")
    count = 0
    with open(source, newline="", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if row["inspection_end_date"].strip():
                (returns / f"{number:03}.xml").write_text(audit(row), "utf-8")
                count += 1
    print(count)


if __name__ == "__main__":
    main(*sys.argv[1:])
