#!/usr/bin/env python3
"""Audit tools of other trades, written as templates, score as their own rules say.

Each NAME.xml is a template; NAME.txt beside it holds cases with the figures that the tool's own
scoring rule gives, worked by hand. A case is one line, a line that begins with a blank goes on:

    ID :: SECTION: RESPONSE RESPONSE ...; SECTION: ... => KEY VALUE, KEY VALUE ...

Responses are those of the section's standards in the order of the template: the id of an answer,
a value, `-` for not applicable, `0?` for not evidenced. KEY is a key of the result, or the id of
a section with its VALUE as SCORE/GRADE, or `alerts` with their ids. A line

    measure ID NUMERATOR/DENOMINATOR

gives the sums of a measure over all cases. `#` begins a comment, for the working.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

TEMPLATE = "{urn:caseaudit:template:1}"


def lines_of(file):
    """Lines without comments, with those that go on put together."""
    lines = []
    for line in file.read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0].rstrip()
        if line[:1].isspace() and line.strip():
            lines[-1] += " " + line.strip()
        elif line:
            lines.append(line)
    return lines


def parse(file):
    """([(id, {section: [responses]}, {key: value})], {measure: sums})"""
    cases, measures = [], {}
    for line in lines_of(file):
        if line.startswith("measure "):
            _, name, sums = line.split()
            measures[name] = sums
            continue
        name, rest = line.split("::")
        given, wanted = rest.split("=>")
        responses = {}
        for part in given.split(";"):
            section, _, words = part.partition(":")
            responses[section.strip()] = words.split()
        pairs = (pair.strip().partition(" ") for pair in wanted.split(","))
        cases.append((name.strip(), responses, {key: value.strip() for key, _, value in pairs}))
    return cases, measures


def response(standard, word):
    head = f'<response standard="{standard.get("id")}"'
    if word == "-":
        return f'{head} status="not-applicable"><reason>Not seen on the day.</reason></response>'
    if word == "0?":
        return f'{head} status="not-evidenced"/>'
    if standard.get("answers"):
        return f'{head} answer="{word}"/>'
    return f"{head}><value>{word}</value></response>"


def make_return(root, name, responses):
    rows = []
    for section in root.iter(TEMPLATE + "section"):
        standards = section.findall(TEMPLATE + "standard")
        words = responses.pop(section.get("id"), [])
        if len(words) != len(standards):
            raise ValueError(f"{name}: section {section.get('id')} has {len(standards)} standards")
        rows += [response(s, w) for s, w in zip(standards, words)]
    if responses:
        raise ValueError(f"{name}: no section {', '.join(responses)}")
    return (f'<return xmlns="urn:caseaudit:return:1" id="{name}" template="{root.get("id")}" '
            f'template-version="{root.get("version")}"><case ref="{name}"/>'
            f'<audit date="2024-05-14" auditor="A1"/><responses>{"".join(rows)}</responses></return>')


def shown(result, key):
    """A figure of the result as the cases write it."""
    if key == "alerts":
        return " ".join(alert["id"] for alert in result["alerts"]) or "none"
    for section in result["sections"]:
        if section["id"] == key:
            return f"{section['score']}/{section['grade']}"
    return str(result[key])


def run(arguments, *words):
    command = [arguments.caseaudit, "--plugin-dir", arguments.plugin_dir, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def try_tool(arguments, template, folder):
    """What differs, as lines."""
    checked = run(arguments, "template", "check", template)
    if checked.returncode or "warning" in checked.stderr:
        return [checked.stderr]
    cases, measures = parse(template.with_suffix(".txt"))
    files = []
    for name, responses, _ in cases:
        files.append(folder / f"{name}.xml")
        files[-1].write_text(make_return(ET.parse(template).getroot(), name, responses))
    scored = run(arguments, "score", "--template", template, "--format", "ndjson", *files)
    results = [json.loads(line, parse_float=str) for line in scored.stdout.splitlines()]
    if len(results) != len(cases) or any(r["status"] == "rejected" for r in results):
        return [scored.stderr]
    faults = []
    for (name, _, wanted), result in zip(cases, results):
        for key, value in wanted.items():
            if shown(result, key) != value:
                faults.append(f"{name}: {key} is {shown(result, key)}, should be {value}")
    for name, sums in measures.items():
        rows = [m for r in results for m in r["measures"] if m["id"] == name]
        found = f"{sum(m['numerator'] for m in rows)}/{sum(m['denominator'] for m in rows)}"
        if found != sums:
            faults.append(f"measure {name} is {found}, should be {sums}")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--caseaudit", required=True)
    parser.add_argument("--plugin-dir", required=True)
    parser.add_argument("templates", type=pathlib.Path, nargs="+")
    arguments = parser.parse_args()
    failed = 0
    for template in arguments.templates:
        with tempfile.TemporaryDirectory() as folder:
            faults = try_tool(arguments, template, pathlib.Path(folder))
        for fault in faults:
            print(f"{template.name}: {fault}")
        failed += bool(faults)
    print(f"{len(arguments.templates) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
