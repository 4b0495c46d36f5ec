#!/usr/bin/env python3
"""Compare the engine with the independent implementation, field by field.

Generates templates and returns, scores them with both, and reports every difference with the
path of the field, what the rules' second reading expects and what the engine said. Only the
wording of messages is not compared. Exits 1 on any difference and keeps the files it needs.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from caseoracle.scoring import score_return
from caseoracle.template import read_template
from casegen.templates import ROLLUPS
from generate import generate

KEYS = [
    "schema", "file", "status", "return", "revision_of", "template", "template_version",
    "framework", "framework_version", "case", "date", "quarter", "complete", "out_of", "score",
    "computed", "recomputed", "judged", "cap", "moderated", "grade", "sections", "agencies",
    "standards", "limits", "alerts", "measures", "warnings", "attributes",
]
ARRAYS = {"sections", "agencies", "standards", "limits", "alerts", "measures"}
NOT_NULL = {"schema", "file", "status", "return", "errors", "attributes"} | ARRAYS
NUMBERS = {"score", "weight", "sum"}


_QUOTED_NUMBER = re.compile(r'("(?:score|weight|sum)": )"([-0-9.]+)"')


class Number(str):
    """A JSON number as it was written, so that 2.1 is not 2.10."""


def expected(value, key=None):
    """The oracle's plain data with numbers as they must be written."""
    if isinstance(value, dict):
        return {k: expected_field(k, v) for k, v in value.items()}
    if isinstance(value, list):
        return [expected(item, key) for item in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return Number(value)
    return Number(value) if key in NUMBERS and isinstance(value, str) else value


def expected_field(key, value):
    return value if key == "attributes" else expected(value, key)


def differences(path, want, got):
    """(path, expected, got) for every leaf that differs."""
    if isinstance(want, dict) and isinstance(got, dict):
        if list(want) != list(got):
            yield f"{path} (its keys)", list(want), list(got)
        for key in want:
            if key in got:
                yield from differences(f"{path}.{key}" if path else key, want[key], got[key])
    elif isinstance(want, list) and isinstance(got, list):
        if len(want) != len(got):
            yield f"{path} (how many)", len(want), len(got)
        for place, (left, right) in enumerate(zip(want, got)):
            name = left.get("id", place) if isinstance(left, dict) else place
            if isinstance(left, dict) and left.get("agency"):
                name = f"{name}@{left['agency']}"
            yield from differences(f"{path}[{name}]", left, right)
    elif type(want) is not type(got) or want != got:
        yield path, want, got


def compare_result(want, got, file):
    """Every difference between the oracle's result and the engine's, as found in its NDJSON."""
    if got is None:
        return [("the whole result", want["status"], "no line")]
    found = []
    if not str(got.get("file", "")).endswith(file.name):
        found.append(("file", file.name, got.get("file")))
    if want["status"] == "rejected" or got.get("status") == "rejected":
        return found + list(_rejected(want, got))
    if list(got) != KEYS:
        found.append(("keys", KEYS, list(got)))
    if not isinstance(got.get("framework_version"), str) or not got["framework_version"]:
        found.append(("framework_version", "a version", got.get("framework_version")))
    want = expected(want)
    for row in got.get("alerts", []):
        if row.get("id", "").startswith("judgement-") and row.get("message"):
            row["message"] = None
    for rows in (want["limits"], got.get("limits", [])):
        for row in rows:
            if row["id"] == "compliance" and row["reason"]:
                row["reason"] = "worded freely"
    got = dict(got, warnings=[warning["line"] for warning in got.get("warnings", [])])
    for key, value in want.items():
        if key in got:
            found += differences(key, value, got[key])
    return found


def _rejected(want, got):
    """A rejected return: its status, its id and the shape of its result."""
    for key in ("status", "return"):
        if want[key] != got.get(key):
            said = got.get("errors") or want.get("errors")
            yield key, f"{want[key]} ({said})", got.get(key)
            return
    if list(got) != [key if key != "warnings" else "errors" for key in KEYS]:
        yield "keys", "as formats say, with errors in place of warnings", list(got)
    for key, value in got.items():
        if key not in NOT_NULL and value is not None:
            yield key, None, value
        if key in ARRAYS and value != [] or key == "attributes" and value != {}:
            yield key, "empty", value
    if not got.get("errors"):
        yield "errors", "at least one", got.get("errors")


def as_ndjson(result, file):
    """The oracle's result as the line an engine would print."""
    if result["status"] == "rejected":
        row = {key: [] if key in ARRAYS else None for key in KEYS if key != "warnings"}
        row["errors"] = row.pop("attributes") or [{"line": line} for line, _ in result["errors"]]
        row.update(result, errors=row["errors"], schema="caseaudit-result/1", file=file, attributes={})
    else:
        row = {key: result.get(key) for key in KEYS}
        row.update(file=file, framework_version="1")
        row["warnings"] = [{"line": line} for line in result["warnings"]]
    written = json.dumps(row, ensure_ascii=False)
    return _QUOTED_NUMBER.sub(r"\1\2", written)


class Engine:
    """The program under test."""

    def __init__(self, arguments):
        self.program = arguments.caseaudit
        self.directories = [part for d in arguments.plugin_dir for part in ("--plugin-dir", d)]
        self.environment = dict(os.environ)
        if arguments.schema_dir:
            self.environment["CASEAUDIT_SCHEMA_DIR"] = arguments.schema_dir

    def score(self, template, folder, incomplete):
        """({file name: result}, complaint or None)"""
        options = ["--allow-incomplete"] if incomplete else []
        command = [
            self.program, *self.directories, "score", "--format", "ndjson", "--template",
            str(template), *options, str(folder),
        ]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False)
        results, names = {}, []
        for line in done.stdout.splitlines():
            try:
                result = json.loads(line, parse_int=Number, parse_float=Number)
            except ValueError as error:
                return results, f"not JSON ({error}): {line[:200]}"
            names.append(pathlib.Path(result.get("file") or "").name)
            results[names[-1]] = result
        if done.returncode not in (0, 1) or not results:
            return results, f"exit {done.returncode}: {done.stderr.strip()[-600:]}"
        refused = any(result.get("status") == "rejected" for result in results.values())
        if done.returncode != int(refused):
            return results, f"exit {done.returncode} with{'' if refused else 'out'} rejections"
        if names != sorted(names):
            return results, "results are not in the order of the paths"
        return results, None


class Comparison:
    """Counts what agrees, prints what does not."""

    def __init__(self, arguments):
        self.arguments, self.engine = arguments, Engine(arguments)
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="caseaudit-oracle-"))
        self.passed = self.failed = self.shown = 0

    def template(self, seed):
        """Everything of one seed; the folder goes unless something differs."""
        folder = self.root / f"seed{seed}"
        path, made = generate(seed, folder, self.arguments.returns, self.arguments.framework)
        before = self.failed
        for incomplete in (False, True) if self.arguments.allow_incomplete else (False,):
            self._run(path, made, incomplete)
        if self.failed == before:
            shutil.rmtree(folder)

    def _run(self, path, made, incomplete):
        template = read_template(path)
        results, complaint = self.engine.score(path, path.parent / "returns", incomplete)
        if complaint:
            self.failed += 1
            self._print(path, incomplete, None, [("the run", "a clean run", complaint)])
        for file, mistake in made.items():
            want = score_return(template, file, incomplete)
            found = compare_result(want, results.get(file.name), file)
            if found:
                self.failed += 1
                self._print(file, incomplete, mistake, found)
            else:
                self.passed += 1

    def _print(self, file, incomplete, mistake, found):
        if self.shown >= self.arguments.show:
            return
        self.shown += 1
        flag = " --allow-incomplete" if incomplete else ""
        print(f"{file}{flag}" + (f" (made with the mistake '{mistake}')" if mistake else ""))
        for path, want, got in found[: self.arguments.fields]:
            print(f"    {path}: expected {want!s}, got {got!s}")
        if len(found) > self.arguments.fields:
            print(f"    … and {len(found) - self.arguments.fields} more fields")

    def finish(self):
        """The closing line; true where all agreed."""
        if self.failed:
            print(f"files kept in {self.root}")
        else:
            shutil.rmtree(self.root)
        print(f"{self.passed} passed, {self.failed} failed")
        return not self.failed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--caseaudit", required=True, help="the program under test")
    parser.add_argument("--plugin-dir", action="append", default=[], help="passed on (repeatable)")
    parser.add_argument("--schema-dir", help="passed on as CASEAUDIT_SCHEMA_DIR")
    parser.add_argument("--seed", type=int, default=1, help="of the first template")
    parser.add_argument("--count", type=int, default=20, help="templates, with seeds in a row")
    parser.add_argument("--returns", type=int, default=8, help="returns for each template")
    parser.add_argument("--framework", choices=list(ROLLUPS), help="only this one")
    parser.add_argument("--allow-incomplete", action="store_true", help="compare both ways")
    parser.add_argument("--show", type=int, default=10, help="returns whose differences to print")
    parser.add_argument("--fields", type=int, default=6, help="fields to print for each")
    comparison = Comparison(parser.parse_args())
    for seed in range(comparison.arguments.seed, comparison.arguments.seed + comparison.arguments.count):
        comparison.template(seed)
    return 0 if comparison.finish() else 1


if __name__ == "__main__":
    sys.exit(main())
