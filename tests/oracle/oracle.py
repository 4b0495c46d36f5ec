#!/usr/bin/env python3
"""Score returns by the independent implementation: oracle.py TEMPLATE.xml RETURN.xml…

Prints one JSON object a return. Scores and weights are text here, exactly as they are printed.
"""

import argparse
import json
import sys

from caseoracle.scoring import score_return
from caseoracle.template import read_template


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--allow-incomplete", action="store_true")
    parser.add_argument("template")
    parser.add_argument("returns", nargs="+")
    arguments = parser.parse_args()
    template = read_template(arguments.template)
    rejected = False
    for path in arguments.returns:
        result = score_return(template, path, arguments.allow_incomplete)
        rejected = rejected or result["status"] == "rejected"
        print(json.dumps(result, ensure_ascii=False))
    return 1 if rejected else 0


if __name__ == "__main__":
    sys.exit(main())
