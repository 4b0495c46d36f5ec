#!/usr/bin/env python3
"""Roll-ups `mean` and `flat` reproduce the scores of security checklists (XCCDF 1.2).

XCCDF, the language of the SCAP checklists, scores nested groups of rules in two ways that the
engine's roll-ups must give too, within rounding:

default  a rule that passed has 100, one that failed 0; a group has the mean of what it holds,
         by weight; what was not checked or not applicable takes no part (roll-up mean)
flat     the weights of the rules that passed, of the weights of those that count (roll-up flat)

Random checklists are scored here with fractions, by the engine, and (the default score, where
its `oscap` is installed) by OpenSCAP itself. Exits 1 if any of them disagree.
"""

import argparse
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from fractions import Fraction

PASSED = {"pass"}
LEFT_OUT = {"notapplicable", "notchecked", "informational", "notselected"}
RESULTS = ["pass", "pass", "pass", "fail", "fail", "error", "unknown", "notapplicable",
           "notchecked", "informational", "notselected"]
WEIGHTS = ["1", "1", "1", "2", "3", "10", "0.5", "1.333", "0.001", "12.25", "1000"]
HALF = Fraction(1, 200)  # a hundredth, rounded, is off by half a hundredth at most


class Rule:
    def __init__(self, name, weight, result):
        self.name, self.weight, self.result = name, weight, result
        self.levels = 0

    def counts(self):
        return self.result not in LEFT_OUT

    def score(self):
        return Fraction(100 if self.result in PASSED else 0)

    def rules(self):
        yield self


class Group:
    def __init__(self, name, weight, children):
        self.name, self.weight, self.children = name, weight, children
        self.levels = 1 + max(child.levels for child in children)

    def counts(self):
        return any(child.counts() for child in self.children)

    def score(self):
        parts = [(Fraction(c.weight), c.score()) for c in self.children if c.counts()]
        return sum(w * s for w, s in parts) / sum(w for w, _ in parts)

    def rules(self):
        for child in self.children:
            yield from child.rules()


def default_score(benchmark):
    return benchmark.score() if benchmark.counts() else None


def flat_score(benchmark):
    parts = [(Fraction(r.weight), r.result in PASSED) for r in benchmark.rules() if r.counts()]
    if not parts:
        return None
    return 100 * sum(w for w, passed in parts if passed) / sum(w for w, _ in parts)


def half_up(fraction):
    """To a hundredth; the engine's one rounding."""
    return Fraction((200 * fraction + 1) // 2, 100)


# ---- random checklists ----

class Maker:
    def __init__(self, rng):
        self.rng, self.made = rng, 0

    def name(self, kind):
        self.made += 1
        return f"{kind}{self.made}"

    def group(self, depth):
        rng, children = self.rng, []
        for _ in range(rng.randint(1, 5)):
            if depth < 6 and rng.random() < 0.35:
                children.append(self.group(depth + 1))
            else:
                children.append(Rule(self.name("r"), rng.choice(WEIGHTS), rng.choice(RESULTS)))
        return Group(self.name("g"), rng.choice(WEIGHTS), children)

    def benchmark(self):
        groups = [self.group(1) for _ in range(self.rng.randint(1, 5))]
        return Group("benchmark", "1", groups)


# ---- as a template and a return ----

HEAD = """<template xmlns="urn:caseaudit:template:1" id="{name}" version="1"
    framework="graded-standards" effective-from="2020-01-01" rollup="{rollup}">
<title>A checklist</title>
<scale><grade id="safe" label="Safe" score="100" from="90"/>
<grade id="unsafe" label="Unsafe" score="0" from="0"/></scale>
<answers id="result"><answer id="pass" label="Pass" score="100"/>
<answer id="fail" label="Fail" score="0"/><answer id="error" label="Error" score="0"/>
<answer id="unknown" label="Unknown" score="0"/>
<answer id="notchecked" label="Not checked" score="none"/>
<answer id="informational" label="For information" score="none"/></answers>
"""


def section(node):
    if isinstance(node, Rule):
        return (f'<standard id="{node.name}" answers="result" weight="{node.weight}" '
                f'required="no" not-applicable="allowed"><question>Q</question></standard>\n')
    inner = "".join(section(child) for child in node.children)
    return f'<section id="{node.name}" title="G" weight="{node.weight}">\n{inner}</section>\n'


def template(name, rollup, benchmark):
    body = "".join(section(group) for group in benchmark.children)
    return HEAD.format(name=name, rollup=rollup) + body + "</template>\n"


def response(rule):
    if rule.result == "notselected":
        return ""
    if rule.result == "notapplicable":
        return f'<response standard="{rule.name}" status="not-applicable"/>\n'
    return f'<response standard="{rule.name}" answer="{rule.result}"/>\n'


def audit(name, benchmark):
    responses = "".join(response(rule) for rule in benchmark.rules())
    return (f'<return xmlns="urn:caseaudit:return:1" id="{name}" template="{name}" '
            f'template-version="1"><case ref="C"/><audit date="2023-01-01" auditor="A"/>'
            f"<responses>{responses}</responses></return>\n")


def engine_scores(arguments, folder, checklists):
    """{name: score as printed, or None}"""
    command = [arguments.caseaudit, "--plugin-dir", arguments.plugin_dir, "score",
               "--format", "ndjson"]
    (folder / "returns").mkdir()
    for name, rollup, benchmark in checklists:
        (folder / f"{name}.xml").write_text(template(name, rollup, benchmark))
        (folder / "returns" / f"{name}.xml").write_text(audit(name, benchmark))
        command += ["--template", str(folder / f"{name}.xml")]
    done = subprocess.run(command + [str(folder / "returns")], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"the engine refused a checklist:\n{done.stderr}")
    rows = [json.loads(line, parse_float=Fraction, parse_int=Fraction)
            for line in done.stdout.splitlines()]
    return {row["return"]: row["score"] for row in rows}


# ---- as an XCCDF document ----

XCCDF = "http://checklists.nist.gov/xccdf/1.2"
SCRIPTS = "http://open-scap.org/page/SCE"


def xccdf_node(node):
    kind = "rule" if isinstance(node, Rule) else "group"
    selected = "false" if kind == "rule" and node.result == "notselected" else "true"
    role = ' role="unscored"' if kind == "rule" and node.result == "informational" else ""
    head = f'<{kind.title()} id="xccdf_test_{kind}_{node.name}" weight="{node.weight}"'
    title = f"<title>{node.name}</title>"
    if kind == "group":
        return head + ">" + title + "".join(map(xccdf_node, node.children)) + "</Group>"
    check = (f'<check system="{SCRIPTS}"><check-content-ref href="{node.result}.sh"/></check>'
             if node.result not in ("notchecked", "notselected") else "")
    return f'{head} selected="{selected}"{role}>{title}{check}</Rule>'


def oscap_score(folder, name, benchmark):
    """OpenSCAP's default score, the only one its command line gives."""
    for result in set(RESULTS) - {"notselected", "notchecked"}:
        script = folder / f"{result}.sh"
        variable = result.upper().replace("NOT", "NOT_")
        script.write_text(f"#!/bin/sh\nexit $XCCDF_RESULT_{variable}\n")
        script.chmod(0o755)
    body = "".join(map(xccdf_node, benchmark.children))
    file, results = folder / f"{name}-xccdf.xml", folder / f"{name}-results.xml"
    file.write_text(f'<Benchmark xmlns="{XCCDF}" id="xccdf_test_benchmark_b"><status>draft</status>'
                    f"<title>B</title><version>1</version>{body}</Benchmark>")
    subprocess.run(["oscap", "xccdf", "eval", "--skip-valid", "--results", str(results), str(file)],
                   capture_output=True, cwd=folder, check=False)
    return float(next(ET.parse(results).getroot().iter(f"{{{XCCDF}}}score")).text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--caseaudit", required=True)
    parser.add_argument("--plugin-dir", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--oscap", type=int, default=20, help="how many OpenSCAP is to score too")
    arguments = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="caseaudit-checklists-"))
    try:
        return compare(arguments, folder)
    finally:
        shutil.rmtree(folder)


def compare(arguments, folder):
    rng = random.Random(arguments.seed)
    benchmarks = [Maker(rng).benchmark() for _ in range(arguments.count)]
    scores = engine_scores(arguments, folder, [
        (f"{rollup}-{i}", rollup, b) for i, b in enumerate(benchmarks)
        for rollup in ("mean", "flat")])
    failed = theirs = 0

    def expect(what, good, *shown):
        nonlocal failed
        if not good:
            failed += 1
            print(what, *shown)

    for i, benchmark in enumerate(benchmarks):
        wanted = default_score(benchmark), flat_score(benchmark)
        mean, flat = scores[f"mean-{i}"], scores[f"flat-{i}"]
        if wanted[0] is None:
            expect(f"{i}: nothing counts", mean is None and flat is None, mean, flat)
            continue
        # each level of groups rounds once, and a mean cannot make an error greater
        expect(f"{i}: mean", abs(mean - wanted[0]) <= benchmark.levels * HALF,
               float(mean), float(wanted[0]))
        expect(f"{i}: flat", flat == half_up(wanted[1]), float(flat), float(wanted[1]))
        if theirs < arguments.oscap and shutil.which("oscap"):
            theirs += 1
            default = oscap_score(folder, f"b{i}", benchmark)
            expect(f"{i}: OpenSCAP", abs(default - float(wanted[0])) < 0.001,
                   default, float(wanted[0]))
    print(f"{len(benchmarks)} checklists, {theirs} of them scored by OpenSCAP too: {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
