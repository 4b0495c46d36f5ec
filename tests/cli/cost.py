#!/usr/bin/env python3
"""Documents that ask for as much as they may: cost.py PROGRAM PLUGINS FOLDER

Templates and returns near their limits, whose conditions look at very much, are scored, explained,
checked and compared. What comes out is bounded, and so is the memory that it takes; the limit of
processor time is there for what would never end.
"""

import itertools
import os
import pathlib
import resource
import sys

PROGRAM, PLUGINS, FOLDER = (str(pathlib.Path(a).resolve()) for a in sys.argv[1:4])
SECONDS, MEMORY, MESSAGES = 120, 256, 256 * 1024
MIB = 1024 * 1024
IDS = ["s" + "".join(letters) for letters in itertools.product("abcdefghijklmnopqrstuvwxyz", repeat=3)][:1990]
LIST = ('<answers id="l"><answer id="y" label="Y" score="100"/><answer id="n" label="N" score="0"/></answers>')


def template(framework, more, parts):
    return (f'<template xmlns="urn:caseaudit:template:1" id="t" version="1" framework="{framework}" '
            f'effective-from="2020-01-01"{more}><title>T</title>{parts[0]}<scale><grade id="g" label="G" '
            'score="100" from="50"/><grade id="b" label="B" score="0" from="0"/></scale>'
            f'{"".join(parts[1:])}</template>')


def answers(text):
    return ('<return xmlns="urn:caseaudit:return:1" id="R" template="t" template-version="1"><case ref="C"/>'
            f'<audit date="2023-11-14" auditor="A"/>{text}</return>')


def standards(ids, critical=False):
    more = ' critical="yes"' if critical else ""
    return "".join(f'<standard id="{i}" answers="l" required="no"{more}><question>Q</question></standard>'
                   for i in ids)


def alerts(rows):
    return "<alerts>" + "".join(f'<alert id="al{i}" severity="review"><message>m</message>{row}</alert>'
                                for i, row in enumerate(rows)) + "</alerts>"


def agencies(count, label, rows, critical, answered):
    """Many agencies, most of which leave most standards out."""
    ids = [f"a{i}" for i in range(count)]
    parts = ["<terms-of-reference>t</terms-of-reference>", LIST,
             "<agencies>" + "".join(f'<agency id="{i}" label="{label}"/>' for i in ids) + "</agencies>",
             '<attributes><attribute id="theme" label="T" type="text" required="yes"/></attributes>',
             *(f'<section id="x.{f}" title="S" focus="{f}" weight="1">{standards([f"x.{f}1"])}</section>'
               for f in ("household", "timeliness", "engagement")),
             f'<section id="the.section" title="S" focus="child">{standards(IDS, critical)}</section>', alerts(rows)]
    said = "".join(f'<responses agency="{a}">' + "".join(
        f'<response standard="{s}" answer="n"/>' for s in IDS[:answered]) + "</responses>" for a in ids)
    return (template("maap", ' rollup="lowest" overall="judged"', parts),
            answers('<attributes><attribute id="theme">t</attribute></attributes>' + said +
                    '<judgement grade="g" by="A" date="2023-11-14"/>'))


def critical():
    rows = "<any>" + '<when critical-below="1" at-least="2000"/>' * 20 + "</any>"
    return agencies(64, "L", [rows] * 500, True, 1)


def named():
    row = f'<when standards="{" ".join(IDS)}" answer="n" at-least="1"/>'
    return agencies(64, "L" * 1000, [row] * 300, False, 60)


def words():
    row = f'<when standards="{" ".join(IDS * 6)}" answer="{" ".join(["n"] * 30000)}" at-least="1"/>'
    parts = ["", LIST, f'<section id="the.section" title="S">{standards(IDS)}</section>', alerts([row] * 30)]
    return template("graded-standards", "", parts), answers(
        "<responses>" + "".join(f'<response standard="{s}" answer="y"/>' for s in IDS) + "</responses>")


def run(folder, arguments, most):
    """Its outputs go to files, so that it is the only child and what it took is its own."""
    paths = [f"{folder}/out", f"{folder}/err"]
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        for number, path in enumerate(paths, 1):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
        os.execv(PROGRAM, [PROGRAM, "--plugin-dir", PLUGINS, *arguments])
    _, status, used = os.wait4(child, 0)
    out, err = (os.path.getsize(path) for path in paths)
    ended = os.waitstatus_to_exitcode(status)
    print(f"{' '.join(a.removeprefix(folder) for a in arguments[:6])}: {used.ru_utime + used.ru_stime:.2f} s, "
          f"{used.ru_maxrss // 1024} MiB, {out} and {err} bytes")
    faults = []
    if ended != 0:
        faults.append(f"status {ended}: {open(paths[1], encoding='utf-8').read()[-300:]}")
    if out > most * MIB or err > MESSAGES:
        faults.append("too much is written")
    if used.ru_maxrss > MEMORY * 1024:
        faults.append("it takes too much memory")
    return [f"{folder}: {' '.join(arguments)}: {fault}" for fault in faults]


def main():
    faults = []
    for make in (critical, named, words):
        folder = f"{FOLDER}/{make.__name__}"
        os.mkdir(folder)
        for name, text in zip(("template.xml", "return.xml"), make()):
            pathlib.Path(f"{folder}/{name}").write_text(text, encoding="ascii")
        t, r = f"{folder}/template.xml", f"{folder}/return.xml"
        score = ["score", "--jobs", "1", "--timeout", "3600", "-t", t]
        for arguments, most in ((["template", "check", t], 1), (["template", "diff", t, t], 1),
                                ([*score, "-f", "text", r], 1), ([*score, "-f", "ndjson", r], 32),
                                ([*score, "-f", "html", r], 24), ([*score, "--explain", r], 24)):
            faults += run(folder, arguments, most)
    print("\n".join(faults))
    sys.exit(bool(faults))


main()
