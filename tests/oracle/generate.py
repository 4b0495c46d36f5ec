#!/usr/bin/env python3
"""Generate one random template and returns for it: generate.py --seed N FOLDER

FOLDER/T.xml is the template, FOLDER/returns/*.xml its returns. The same seed gives the same
files. About one return in seven holds one deliberate mistake.
"""

import argparse
import pathlib
import random

from caseoracle import returns, template
from caseoracle.scoring import score_return
from casegen.markup import Writer
from casegen.mistakes import make_one
from casegen.returns import ReturnMaker
from casegen.templates import ROLLUPS, TemplateMaker

MISTAKEN, INCOMPLETE, ATTEMPTS = 0.15, 0.08, 20


class Surprise(AssertionError):
    """The oracle does not see a return as the generator meant it."""


def generate(seed, folder, count=8, framework=None, noise=1.0):
    """Writes the template and `count` returns; {return file: name of its mistake or None}."""
    rng = random.Random(f"caseaudit {seed}")
    folder = pathlib.Path(folder)
    (folder / "returns").mkdir(parents=True)
    framework = framework or list(ROLLUPS)[seed % len(ROLLUPS)]
    path = folder / "T.xml"
    tree = TemplateMaker(rng, framework, f"t{seed}").tree()
    path.write_bytes(Writer(rng, template.NAMESPACE, noise).document(tree))
    read = template.read_template(path)
    made = {}
    for number in range(count):
        file = folder / "returns" / f"r{number:03d}.xml"
        made[file] = _one_return(rng, read, f"{seed}/R-{number}", file, noise)
    return path, made


def _one_return(rng, read, name, file, noise):
    """One return that is what it is meant to be; accidents are thrown away and tried again."""
    mistaken, incomplete = rng.random() < MISTAKEN, rng.random() < INCOMPLETE
    for _ in range(ATTEMPTS):
        maker = ReturnMaker(rng, read, name)
        root = maker.tree(incomplete)
        mistake = make_one(maker, root) if mistaken else None
        if mistaken and not mistake:
            continue
        file.write_bytes(Writer(rng, returns.NAMESPACE, noise).document(root))
        result = score_return(read, file, allow_incomplete=True)
        if mistake and mistake != "response_missing" and result["status"] != "rejected":
            raise Surprise(f"{file}: the oracle does not mind '{mistake}'")
        if mistake or result["status"] != "rejected":
            return mistake
        if any("outside the calendar" in message for _, message in result["errors"]):
            return "outside_the_calendar"
        if not _accident(result):
            raise Surprise(f"{file}: rejected without a mistake: {result['errors']}")
    raise Surprise(f"{file}: no return succeeds: {result['errors']}")


def _accident(result):
    """What a random return may run into without being meant to."""
    return any("alters which standards apply" in message for _, message in result["errors"])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=8, help="returns")
    parser.add_argument("--framework", choices=list(ROLLUPS))
    parser.add_argument("folder")
    arguments = parser.parse_args()
    _, made = generate(arguments.seed, arguments.folder, arguments.count, arguments.framework)
    for file, mistake in made.items():
        print(file, mistake or "")


if __name__ == "__main__":
    main()
