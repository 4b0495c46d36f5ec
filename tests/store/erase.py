#!/usr/bin/env python3
"""Looks for every string of erased returns in all bytes of a store's files; see erase.sh.

    erase.py strings RETURN.xml... -- OTHER.xml...   what only these say, one a line
    erase.py search STRINGS FILE...                  which of them are in the files
    erase.py acting BEFORE AFTER ID...               do summaries for those who act differ in these alone?
"""
import re
import sys
from xml.etree import ElementTree


def strings(path):
    """Values of attributes, texts, and the words of texts."""
    for element in ElementTree.parse(path).iter():
        for value in [*element.attrib.values(), element.text or "", element.tail or ""]:
            value = value.strip()
            yield value
            yield from (word for word in value.split() if len(word) > 7)


def only_here():
    end = sys.argv.index("--")
    here = {s for path in sys.argv[2:end] for s in strings(path)}
    elsewhere = "\n".join(open(path, encoding="utf-8").read() for path in sys.argv[end + 1:])
    # Short ones are found in any bytes; closed lists and numbers stay with the figures.
    for string in sorted(s for s in here if len(s) > 5 and s not in elsewhere):
        print(repr(string))


def search():
    wanted = [eval(line).encode() for line in open(sys.argv[2], encoding="utf-8")]
    found = [(string, path) for path in sys.argv[3:] for contents in [open(path, "rb").read()]
             for string in wanted if string in contents]
    for string, path in found:
        print(f"{path}: {string.decode()}")
    print(f"{len(wanted)} strings looked for, {len(found)} found")
    sys.exit(1 if found else 0)


def acting():
    """Of summaries as text, one behind the other, the part "To act on" lists cases."""
    before, after = ((sys.stdin if path == "-" else open(path)).read().split("\nTo act on\n")
                     for path in sys.argv[2:4])
    gone = sum(part.split("\nHow these", 1)[0].count(f" {id} ") for part in before for id in sys.argv[4:])
    told = sum(int(n) for part in after for n in re.findall(r"erased: (\d+) alert", part))
    left = sum(part.count(f" {id} ") for part in after for id in sys.argv[4:])
    assert gone > 1 and told == gone and left == 0, (gone, told, left)
    assert before[0] == after[0], "figures differ"


{"strings": only_here, "search": search, "acting": acting}[sys.argv[1]]()
