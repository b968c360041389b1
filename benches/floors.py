#!/usr/bin/env python3
"""Compare the printed evaluation tables with the floors: accuracy never goes down unseen.

    python3 benches/floors.py benches/floors.toml target/eval.txt

A floor is `name = F1` in percent, in the sections [cuad], [kleister] and [terms], and the area under the curve of
precision and recall in [clauses] (Python 3.11 or later, standard
library only). Exit code 1 when a score is missing or below its floor.
"""
import re
import sys
import tomllib


def scores(text: str) -> dict:
    """F1 in percent for each section and field of the printed tables."""
    out = {"cuad": {}, "clauses": {}, "kleister": {}, "terms": {}}
    for line in text.splitlines():
        words = line.split()
        if m := re.match(r"^(\w+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+(?:-|[\d.]+)\s+\d+\s+\d+\s+\d+\s+\(", line):
            out["cuad"][m[1]] = float(m[4])
        elif m := re.match(r"^\s+(\w+)\s+P\s+[\d.]+\s+R\s+[\d.]+\s+F1\s+([\d.]+)", line):
            out["kleister"][m[1].lower()] = float(m[2])
        elif m := re.match(r"^(MICRO without Parties|MICRO|MACRO)\b[^0-9]*(?:\d+\s+)?([\d.]+)\s+([\d.]+)\s+[\d.]+", line):
            out["clauses"][m[1].lower().replace(" ", "_")] = float(m[2])
        elif m := re.match(r"^([a-z_.]+)\s+[\d.]+\s+[\d.]+\s+([\d.]+)\s+\d+\s+\d+\s+\d+$", line):
            out["terms"][m[1]] = 100 * float(m[2])
    return out


def main() -> int:
    with open(sys.argv[1], "rb") as f:
        floors = tomllib.load(f)
    with open(sys.argv[2], encoding="utf-8") as f:
        found = scores(f.read())
    failed = 0
    for section, fields in floors.items():
        for field, floor in fields.items():
            got = found.get(section, {}).get(field)
            ok = got is not None and got >= floor
            failed += not ok
            print(f"{'ok  ' if ok else 'FAIL'} {section}.{field}: {'missing' if got is None else f'{got:.1f}'} (floor {floor})")
    print(f"{failed} scores below their floors" if failed else "all scores at or above their floors")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
