#!/usr/bin/env python3
"""Search by meaning beside search by words: is a clause that experts marked among the first ten of its contract?

    cargo run --release -- --store /tmp/semantic ingest ../shared/data/cuad/pdf
    python3 eval/semantic.py --store /tmp/semantic [--gold FILE] [--held-out]

Asks the 41 questions of `questions.json`, plain ones that no lawyer would ask, of the whole store, and ranks the answers
within each contract. `--held-out` counts only the contracts that `models/train/data.py` keeps for validation.
"""
import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

import data
import extract
from fold import held_out


def shingles(text: str) -> set:
    w = re.sub(r"[^a-z0-9]+", " ", text.lower()).split()
    return {tuple(w[i:i + 4]) for i in range(max(1, len(w) - 3))}


def answers(a, question: str, *options: str) -> dict:
    """Texts of the clauses found, the best first, by contract."""
    command = [a.tickler, "--store", a.store, "search", *options, "--limit", "10000", "--format", "json", "--", *question.split()]
    out = {}
    for hit in json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)["hits"]:
        out.setdefault(hit["file_name"].rsplit(".", 1)[0], []).append(hit["text"])
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--store", required=True)
    ap.add_argument("--gold", type=Path, default=data.folder() / "cuad/gold.jsonl")
    ap.add_argument("--tickler", default="target/release/tickler")
    ap.add_argument("--held-out", action="store_true")
    a = ap.parse_args()
    gold = [g for g in extract.lines(a.gold) if not a.held_out or held_out(g["id"])]
    questions = json.loads((Path(__file__).parent / "questions.json").read_text(encoding="utf-8"))
    ways = {"words": (), "meaning": ("--semantic",)}
    asked, found = 0, dict.fromkeys(ways, 0)
    for category, question in questions.items():
        cases = [(g["id"], [shingles(p) for c in g["clauses"].get(category, []) for p in c.get("pieces", [c["text"]])]) for g in gold]
        cases = [(name, pieces) for name, pieces in cases if pieces]
        line = []
        for way, options in ways.items():
            got = answers(a, question, *options)
            right = sum(any(len(p & s) >= 0.6 * len(p) for s in map(shingles, got.get(name, [])[:10]) for p in pieces) for name, pieces in cases)
            found[way] += right
            line.append(f"{right / max(1, len(cases)):6.2f}")
        asked += len(cases)
        print(f"{category:36} {len(cases):4} {' '.join(line)}", file=sys.stderr)
    print(f"{asked} clauses; recall at 10: " + ", ".join(f"{way} {n / asked:.3f}" for way, n in found.items()))


if __name__ == "__main__":
    main()
