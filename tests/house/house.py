#!/usr/bin/env python3
"""Does the house hold what HACKING.md says of it? house.py SOURCE BUILD

Rooms, arrows, names and opening comments are read from the source; who calls whom from the
objects of the build. What is known and still to be mended stands in known.txt beside this file.
"""

import collections
import pathlib
import re
import subprocess
import sys

# Each room and those its arrows lead to.
ARROWS = {
    "base": "",
    "model": "base",
    "sheet": "base model",
    "scoring": "base model",
    "frameworks": "base model scoring",
    "store": "base model",
    "insight": "base model store",
    "year": "base model store sheet",
    "work": "base model scoring frameworks sheet",
    "report": "base model scoring frameworks work store insight year",
    "embed": "base model scoring frameworks insight work report",
    "cli": "base model sheet scoring frameworks store insight year work report",
}
INCLUDE = re.compile(r'^#include "(core/[^"]+)"', re.M)
COMMENT = re.compile(r"/\*.*?\*/", re.S)
BODY = re.compile(r"^static inline [^;{]*\{.*?^\}", re.S | re.M)
# What a header declares at its outermost level: a function, an object, a constant, a type.
DECLARED = re.compile(r"^(?:#define (\w+)|typedef .*?\(\*(\w+)\)\(|typedef .*?(\w+);"
                      r"|(?:struct|enum|union) (\w+) ?\{|[a-z][^#(){};=]*?\*?(\w+)(?:\[[^;]*)?[(;])",
                      re.M)
OURS = re.compile(r"(?:struct |enum )?(?:ca|CA|caseaudit|CASEAUDIT)_")


def room(path):
    return pathlib.PurePath(path).parts[1]


def includes(path, text):
    """Arrows and private headers."""
    for header in INCLUDE.findall(text):
        if room(header) != room(path) and room(header) not in ARROWS[room(path)].split():
            yield f"arrow {path} includes {header}"
        if header.endswith("_private.h") and pathlib.PurePath(header).parent != pathlib.PurePath(path).parent:
            yield f"private {path} includes {header}"


def names(path, text):
    """A header's guard is named after it, and all it declares is prefixed."""
    stem = pathlib.PurePath(path).stem
    guard = f"CA_{room(path)}_{stem}_H".upper()
    if not re.match(rf"\s*#ifndef {guard}\n#define {guard}\n", COMMENT.sub("", text)):
        yield f"guard {path} is not guarded by {guard}"
    for found in DECLARED.finditer(BODY.sub("", COMMENT.sub("", text))):
        name = next(group for group in found.groups() if group)
        if not OURS.match(name) and not found[0].startswith(("return", "extern \"C\"")):
            yield f"name {path} declares {name}"


def source_faults(source):
    files = subprocess.run(["find", "core", "plugins", "-name", "*.[ch]"], cwd=source, check=True,
                           capture_output=True, text=True).stdout.split()
    for path in sorted(files):
        text = (source / path).read_text(encoding="utf-8")
        if path.startswith("core/include/") or not path.startswith("core/"):
            continue
        yield from includes(path, text)
        if path.endswith(".h"):
            yield from names(path, text)
    for path in sorted(files):
        if path.endswith(".c") and not (source / path).read_text(encoding="utf-8").startswith("/*"):
            yield f"opening {path} does not open with what it does"


# ---- who calls whom ----


def source_of(path):
    """The C file that an object comes from; that of a library may be named after both."""
    folder = path.parent.parent if path.parent.name == ".libs" else path.parent
    return f"{folder}/{path.stem.rpartition('_la-')[2]}.c"


def symbols(source, build):
    """Of each source file: what it defines, and what it uses of others."""
    objects = [o for o in (build / "core").rglob("*.o")
               if (o.parent.name == ".libs" or not (o.parent / ".libs" / o.name).exists()) and
               (source / source_of(o.relative_to(build))).exists()]
    defines, uses = {}, collections.defaultdict(set)
    listed = subprocess.run(["nm", "-A", *map(str, objects)], check=True, capture_output=True,
                            text=True).stdout
    for line in listed.splitlines():
        where, _, what = line.rpartition(":")
        kind, name = what.split()[-2:]
        file = source_of(pathlib.PurePath(where).relative_to(build))
        if kind in "TDRBVW":
            defines[name] = file
        elif kind == "U":
            uses[file].add(name)
    return defines, uses


def circles(defines, uses):
    calls = {(file, defines[name]) for file in uses for name in uses[file]
             if name in defines and defines[name] != file}
    for one, other in sorted(calls):
        if one < other and (other, one) in calls:
            yield f"circle {one} and {other} call each other"


# What reads bytes of others, and the files that call it: each hands it to a locked process, or is
# itself called in one. The head beside a store is the store's own.
READERS = {
    "ca_exported_read": "core/cli/import_lines.c",
    "ca_head_read": "core/cli/heads.c core/store/sqlite_head.c",
    "ca_sheet_read": "core/cli/verb_convert.c core/work/sheet_apart.c",
    "ca_text_decode": "core/cli/file_list.c core/report/page/theme.c core/sheet/csv.c",
    "ca_xml_parse": "core/insight/measure_changes.c core/model/return_read.c"
                    " core/model/template_read.c core/report/page/logo.c core/work/catalogue.c"
                    " core/work/convert_map.c core/work/template_apart.c",
}


def readers(uses):
    for file in sorted(uses):
        for name in sorted(uses[file]):
            if name in READERS and file not in READERS[name].split():
                yield f"reader {file} calls {name}, which is for locked processes"


def unused(source, defines, uses):
    """What the tests alone call, or nobody; and what no other file calls, nor a test, and so could
    be static. (Names in quotes are looked for in a library that is loaded when it is needed.)"""
    texts = {file: (source / file).read_text(encoding="utf-8") for file in uses}
    tests = "".join(file.read_text(encoding="utf-8") for file in source.glob("tests/**/*.c"))
    used = set().union(*uses.values(), *(re.findall(r'"(ca_\w+)"', t) for t in texts.values()))
    for name, file in sorted(defines.items()):
        if name.startswith("ca_") and name not in used:
            at_home = len(re.findall(rf"\b{name}\b", COMMENT.sub("", texts[file]))) > 1
            if not at_home or not re.search(rf"\b{name}\b", tests):
                yield f"unused {file} {name}"


def main():
    source, build = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    defines, uses = symbols(source, build)
    found = [*source_faults(source), *circles(defines, uses), *readers(uses), *unused(source, defines, uses)]
    known = (source / "tests/house/known.txt").read_text(encoding="utf-8").splitlines()
    known = {line for line in known if line and not line.startswith("#")}
    for line in found:
        if line not in known:
            print(f"not ok: {line}")
    for line in sorted(known - set(found)):
        print(f"no longer so, to be taken from known.txt: {line}")
    print(f"{len(defines)} functions in {len(uses)} files, {len(known)} faults known")
    sys.exit(bool(set(found) - known))


if __name__ == "__main__":
    main()
