#!/usr/bin/env python3
"""Compares the printed tables of the evaluation with the floors: accuracy never goes down unseen.

    python3 eval/floors.py eval/floors.toml target/eval/tables.txt

A floor is `name = F1` in percent in the sections [cuad], [kleister] and [terms], the area under the curve of precision and
recall in [clauses], and the number of right cases in [probes], [wordings], [complaints] and [files]. Exit code 1 when a score is
missing or below its floor. Needs Python 3.11.
"""
import re
import sys
import tomllib
from collections import defaultdict


def scores(text: str) -> dict:
    """The score of each section and field of the printed tables."""
    out = defaultdict(dict)
    for line in text.splitlines():
        if m := re.match(r"^(\w+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+(?:-|[\d.]+)\s+\d+\s+\d+\s+\d+\s+\(", line):
            out["cuad"][m[1]] = float(m[4])
        elif m := re.match(r"^\s+(\w+)\s+P\s+[\d.]+\s+R\s+[\d.]+\s+F1\s+([\d.]+)", line):
            out["kleister"][m[1].lower()] = float(m[2])
        elif m := re.match(r"^(MICRO without Parties|MICRO|MACRO)\b[^0-9]*(?:\d+\s+)?([\d.]+)\s+([\d.]+)\s+[\d.]+", line):
            out["clauses"][m[1].lower().replace(" ", "_")] = float(m[2])
        elif m := re.match(r"^([a-z_.]+)\s+[\d.]+\s+[\d.]+\s+([\d.]+)\s+\d+\s+\d+\s+\d+$", line):
            out["terms"][m[1]] = 100 * float(m[2])
        elif m := re.match(r"^(probes|wordings|complaints|files): (\d+) of \d+ right$", line):
            out[m[1]]["right"] = float(m[2])
    return out


def compare(floors: str, text: str, skipped=()) -> int:
    """Prints each score beside its floor, but for the sections skipped; returns how many are missed."""
    with open(floors, "rb") as f:
        wanted = tomllib.load(f)
    found, missed = scores(text), 0
    for section, fields in wanted.items():
        if section in skipped:
            print(f"skip {section}: no data")
            continue
        for field, floor in fields.items():
            got = found[section].get(field)
            ok = got is not None and got >= floor
            missed += not ok
            print(f"{'ok  ' if ok else 'FAIL'} {section}.{field}: {'missing' if got is None else f'{got:.1f}'} (floor {floor})")
    print(f"{missed} scores below their floors" if missed else "all scores at or above their floors")
    return missed


if __name__ == "__main__":
    with open(sys.argv[2], encoding="utf-8") as tables:
        sys.exit(1 if compare(sys.argv[1], tables.read()) else 0)
