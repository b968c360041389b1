#!/usr/bin/env python3
"""Whether the list for review names what is wrong: the share of wrong or missed key values among its first items.

    python3 benches/review.py BIN [DIR]... [--first N] [--list]      DIR holds cases.json (default: the cases of this repository)

The cases have the right values (see eval/probes.py). A value that is wrong or missing counts as told when one of the
first N items (5) that the record wants reviewed is about its field. An item that quotes a clause of which nothing was read
counts for all fields on the life of the contract: who reads the words sees what they say. Prints that share, and how many
items a contract has.
"""
import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "eval"))

import probes  # noqa: E402

# The beginning of a failure as probes.py words it, and the fields of which one must be in the list.
FIELDS = [
    (r"expiration_date|initial_term", {"expiration_date", "initial_term", "renewal"}),
    (r"effective_date|agreement_date", {"effective_date", "agreement_date"}),
    (r"renewal|notice_deadline|option_deadline|notice_window", {"renewal", "expiration_date"}),
    (r"convenience|cure|break_deadline", {"terminations"}),
    (r"payment", {"payment_terms"}),
    (r"party", {"parties"}),
    (r"governing_law", {"governing_law"}),
]
LIFE = {"expiration_date", "initial_term", "renewal", "terminations"}


def fields(failure: str) -> set:
    """The fields of the record that a failure is about; empty for one that is no key value."""
    return next((wanted for start, wanted in FIELDS if re.match(start, failure)), set())


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=Path)
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "eval/cases/probes", ROOT / "eval/cases/wordings"])
    parser.add_argument("--first", type=int, default=5, help="how many items of a contract count")
    parser.add_argument("--list", action="store_true", help="print what is not told")
    args = parser.parse_args(argv)
    told, wrong, items, key_items, contracts = 0, 0, 0, 0, 0
    for folder in args.folders:
        for result in probes.run(args.binary.resolve(), folder):
            if not result.record:
                continue
            review = result.record["needs_review"]
            contracts += 1
            items += len(review)
            key_items += sum(i["field"] != "obligations" for i in review)
            first = {i["field"] for i in review[: args.first]}
            if any(i["reason"] == "not_read" and i["field"] in LIFE for i in review[: args.first]):
                first |= LIFE
            for failure in result.wrong:
                wanted = fields(failure)
                if not wanted:
                    continue
                wrong += 1
                told += bool(wanted & first)
                if args.list and not wanted & first:
                    print(f"{result.name}: {failure}")
    share = 100 * told / wrong if wrong else 100.0
    print(f"contracts {contracts}, items {items / max(contracts, 1):.1f} a contract, {key_items / max(contracts, 1):.1f} without duties")
    print(f"wrong or missed key values {wrong}, told among the first {args.first}: {told} ({share:.0f} %)")
    return 0 if contracts else 1


if __name__ == "__main__":
    sys.exit(main())
