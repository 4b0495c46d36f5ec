#!/usr/bin/env python3
"""Hold the form's script to the engine: form_rules.py --caseaudit C --plugin-dir D --count N

An auditor's form has the rules of what applies and what a response comes to a second time, in
JavaScript. Here random templates and returns go through both, the engine and the script of the
page as the engine makes it: whether a standard applies, its status, its answer and its score must
be the same wherever the form can know.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from casegen.templates import ROLLUPS
from generate import generate


def tree(element):
    """[name, attributes, text, children]"""
    text = (element.text or "") + "".join(child.tail or "" for child in element)
    return [element.tag.rpartition("}")[2], dict(element.attrib), text,
            [tree(child) for child in element if isinstance(child.tag, str)]]


def run(command, **options):
    return subprocess.run(command, check=False, capture_output=True, text=True, **options)


def on_the_edge(template, file, number):
    """Puts attributes where a row of conditions just holds or just does not, and 7 as 07."""
    rows = [row for row in template.iter() if row.tag.endswith("}when") and row.get("attribute")]
    document = ElementTree.parse(file)
    for node in document.iter():
        edges = [row.get(end) for row in rows for end in ("from", "to")
                 if row.get("attribute") == node.get("id", "").strip() and row.get(end)]
        if edges:
            node.text = edges[number % len(edges)]
        if node.tag.endswith("}attribute") and (node.text or "").strip().isdigit():
            node.text = f"0{node.text.strip()}"
    document.write(file, encoding="UTF-8")


class Case:
    """A template with its form, and its returns as the engine scored them."""

    def __init__(self, arguments, seed, folder):
        self.seed = seed
        engine = [arguments.caseaudit, "--plugin-dir", arguments.plugin_dir]
        template, made = generate(seed, folder, arguments.returns,
                                  list(ROLLUPS)[seed % len(ROLLUPS)], noise=0.3)
        rules = ElementTree.parse(template).getroot()
        for number, file in enumerate(made):
            if number % 2:
                on_the_edge(rules, file, number)
        self.form = str(folder / "F.html")
        ran = run([*engine, "template", "form", str(template), "-o", self.form])
        if ran.returncode != 0:
            sys.exit(f"seed {seed}: no form: {ran.stderr}")
        scored = run([*engine, "score", "--format", "ndjson", "--allow-incomplete",
                      "--template", str(template), *map(str, made)])
        results = [json.loads(line) for line in scored.stdout.splitlines()]
        self.results = [result for result in results if result["status"] != "rejected"]
        self.trees = [tree(ElementTree.parse(result["file"]).getroot())
                      for result in self.results]

    def line(self):
        return json.dumps({"form": self.form, "returns": self.trees})


def changed(root):
    """What a moderator changed, as (standard, agency)."""
    return {(node[1].get("standard", "").strip(), node[1].get("agency", "").strip())
            for part in root[3] if part[0] == "moderation"
            for node in part[3] if node[0] == "change"}


def difference(engine, form):
    """What the two say of one outcome, where they differ and the form can know; or None."""
    applies = engine["status"] != "not-applying"
    if form["applies"] is not None and "status" in form and form["applies"] != applies:
        return f"applies {applies}, form {form['applies']}"
    if form["applies"] is False and applies:
        return "applies, and does not in the form"
    if "status" not in form or not applies:
        return None
    hundredths = None if engine["score"] is None else round(engine["score"] * 100)
    said = (engine["status"], engine["answer"], hundredths)
    by_form = (form["status"], form.get("answer"), form.get("score"))
    return None if said == by_form else f"{said}, form {by_form}"


def compare(case, by_form, met):
    """Prints every difference; how many there are."""
    found = 0
    for result, root, rows in zip(case.results, case.trees, by_form):
        spared = changed(root)
        engine = {(row["id"], row.get("agency") or ""): row for row in result["standards"]}
        for row in rows:
            key = row["standard"], row["agency"]
            wrong = None if key in spared else difference(engine[key], row)
            met[row.get("status", "not looked at"), row["applies"]] += 1
            if wrong:
                print(f"seed {case.seed}, {pathlib.Path(result['file']).name}, {key}: {wrong}")
                found += 1
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--caseaudit", required=True)
    parser.add_argument("--plugin-dir", required=True)
    parser.add_argument("--count", type=int, default=80, help="templates")
    parser.add_argument("--returns", type=int, default=12, help="of each")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        cases = []
        for seed in range(1, arguments.count + 1):
            folder = pathlib.Path(scratch, str(seed))
            folder.mkdir()
            cases.append(Case(arguments, seed, folder))
        here = pathlib.Path(__file__).parent
        ran = run(["node", str(here / "form_rules.js")],
                  input="".join(case.line() + "\n" for case in cases))
    if ran.returncode != 0:
        sys.exit(ran.stderr)
    met = collections.Counter()
    found = sum(compare(case, json.loads(line), met)
                for case, line in zip(cases, ran.stdout.splitlines(), strict=True))
    statuses = {status for status, _ in met}
    missing = {"answered", "overdue", "not-yet-due", "out-of-scope", "not-evidenced",
               "not-applicable"} - statuses
    if missing or not any(applies is False for _, applies in met):
        sys.exit(f"not met in {sum(met.values())} outcomes: {missing or 'one that does not apply'}")
    print(f"{sum(len(case.results) for case in cases)} returns, {sum(met.values())} outcomes: "
          f"{found} differences")
    sys.exit(found > 0)


if __name__ == "__main__":
    main()
