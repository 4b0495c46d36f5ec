#!/usr/bin/env python3
"""Which places does an attribute of the formats still lack? format.py SOURCE CASEAUDIT PLUGIN_DIR

Every attribute that the schemas declare has its places: HACKING.md lists them. Here each place is
looked into for its name; where one needs no place, format.txt says why. And the comparison of
two versions of a template must tell of a change of any attribute.
"""

import collections
import copy
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

XSD = "{http://www.w3.org/2001/XMLSchema}"
# As attributes are quoted in code, and as the C structures and the form's model call them.
PLACES = {
    "grammar": ("core/model/grammar_{kind}.c", "core/model/grammar_words.c"),
    "reader": ("core/model/{kind}_*.c",),
    "form": ("core/report/form/form*.c", "core/report/form/*.js"),
    "blank": ("core/report/form/blank.c", "core/report/text/words_conditions.c"),
    "second-reading": ("tests/oracle/caseoracle/*.py",),
    "generator": ("tests/oracle/casegen/*.py",),
    "manual": ("docs/{kind}s.md",),
    "whole-document": ("tests/data/every-element-{kind}.xml",),
}


def declared(schema):
    """{(element, attribute)} of a schema without references between files."""
    root = ElementTree.parse(schema).getroot()
    named = {node.get("name"): node for node in root
             if node.tag in (XSD + "complexType", XSD + "attributeGroup")}
    found = set()

    def walk(node, element):
        for child in node:
            if child.tag == XSD + "element":
                continue
            if child.tag == XSD + "attribute" and child.get("name"):
                found.add((element, child.get("name")))
            for reference in ("ref", "base"):
                target = named.get((child.get(reference) or "").rpartition(":")[2])
                if target is not None:
                    walk(target, element)
            walk(child, element)

    for node in root.iter(XSD + "element"):
        if node.get("name"):
            walk(node, node.get("name"))
            target = named.get((node.get("type") or "").rpartition(":")[2])
            if target is not None:
                walk(target, node.get("name"))
    return found


def spared(source):
    """{place: {element@attribute}} that format.txt says need not be there."""
    result = collections.defaultdict(set)
    for line in (source / "tests/house/format.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            place, _, names = line.partition(":")
            result[place].update(names.split())
    return result


def lacking(source, kind, pairs):
    """(place, element@attribute) for every place without the name."""
    for place, patterns in PLACES.items():
        files = [file for pattern in patterns for file in source.glob(pattern.format(kind=kind))]
        text = "\n".join(file.read_text(encoding="utf-8") for file in files)
        for element, name in pairs:
            camel = re.sub(r"-(\w)", lambda found: found[1].upper(), name)
            if not re.search(rf"\b(?:{name}|{name.replace('-', '_')}|{camel})\b", text):
                yield place, f"{element}@{name}"


# ---- the comparison of two versions ----


def candidates(value, others):
    """Values that may be as good in its place."""
    if value.isdigit():
        yield from (str(int(value) + 1), str(max(int(value) - 1, 0)))
    yield from others
    yield from ("yes", "no", "immediate", "urgent", "mean", "lowest", "months", "weeks", "reason",
                "allowed", "forbidden", "proportion", "mean", "2020-02-02", "0.5", f"{value}x")


def caseaudit(*arguments):
    return subprocess.run(arguments, check=False, capture_output=True, text=True)


def good(engine, tree, file):
    tree.write(file, encoding="UTF-8", xml_declaration=True)
    return caseaudit(*engine, "template", "check", str(file)).returncode == 0


def change(engine, tree, index, name, values, file):
    """Writes a good template that differs in this attribute alone; False if none is found."""
    value = list(tree.iter())[index].get(name)
    for other in candidates(value, values):
        changed = copy.deepcopy(tree)
        list(changed.iter())[index].set(name, other)
        if other != value and good(engine, changed, file):
            return True
    return False


def untold(engine, template, seen, file):
    """Attributes whose change the comparison keeps to itself; adds those changed to seen."""
    ElementTree.register_namespace("", "urn:caseaudit:template:1")
    tree = ElementTree.parse(template)
    values = collections.defaultdict(set)
    for node in tree.iter():
        for name, value in node.attrib.items():
            values[name].add(value)
    for index, node in enumerate(tree.iter()):
        for name in node.attrib:
            what = f"{node.tag.rpartition('}')[2]}@{name}"
            if what in seen or not change(engine, tree, index, name, sorted(values[name])[:4], file):
                continue
            seen.add(what)
            said = caseaudit(*engine, "template", "diff", str(template), str(file)).stdout
            if "both say the same" in said:
                yield what


def main():
    source, program, plugins = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    spare, faults, met = spared(source), [], set()
    for kind in ("template", "return"):
        pairs = sorted(declared(source / f"schemas/{kind}-1.xsd"))
        for place, name in lacking(source, kind, pairs):
            met.add((place, name))
            if name not in spare[place]:
                faults.append(f"{name} of the {kind} is not in its {place}")
    for place, names in spare.items():
        faults += [f"format.txt spares {name} the {place}, where it is"
                   for name in sorted(names) if (place, name) not in met and place != "diff"]
    engine, seen = (program, "--plugin-dir", plugins), set(spare["diff"])
    with tempfile.TemporaryDirectory() as scratch:
        for template in ("tests/browser/every-kind.xml", "samples/templates/foster-home-review.xml"):
            faults += [f"{name}: template diff does not tell of a change ({template})"
                       for name in untold(engine, source / template, seen,
                                          pathlib.Path(scratch, "changed.xml"))]
    print(f"{len(seen)} attributes changed")
    for fault in faults:
        print(f"not ok: {fault}")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
