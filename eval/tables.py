#!/usr/bin/env python3
"""The tables of scores in docs/benchmarks.md and benches/ACCURACY.md, as Markdown.

    python3 eval/run.py target/release/tickler      # writes target/eval/*
    python3 eval/tables.py [--data DIR] [--out DIR]

F1 in percent.
"""
import argparse
import json

import cuad
import data
import kleister
from fold import validation

FIELDS = ["parties", "agreement_date", "effective_date", "expiration_date", "renewal_term", "notice_period",
          "notice_deadline", "governing_law"]


def row(*cells) -> None:
    print("| " + " | ".join(str(c) for c in cells) + " |")


def percent(x: float) -> str:
    return f"{100 * x:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    data.add_options(parser)
    args = parser.parse_args()
    out = args.out

    golds = cuad.load_jsonl(args.data / "cuad/gold.jsonl")
    preds = cuad.load_jsonl(out / "cuad.jsonl")
    files = {p.stem: p.name for p in (args.data / "cuad/pdf").glob("*.pdf")}
    fold = {i: g for i, g in golds.items() if validation(files.get(i, i))}
    every, part = cuad.evaluate(golds, preds), cuad.evaluate(fold, {i: preds[i] for i in fold if i in preds})
    row(f"CUAD, {len(golds)} contracts", "P", "R", "F1", f"F1 on the validation fold ({len(fold)})")
    row(*["---"] * 5)
    for f in FIELDS:
        s = every[f]
        row(f.replace("_", " "), percent(s["P"]), percent(s["R"]), f"**{percent(s['F1'])}**", percent(part[f]["F1"]))

    root = args.data / "kleister"
    expected = [kleister.parse_line(line) for line in (root / "expected.tsv").read_text(encoding="utf-8").splitlines()]
    pred = json.loads((out / "kleister.json").read_text(encoding="utf-8"))
    names = kleister.names(root, ".")
    result = kleister.score(expected, [kleister.pairs_of(pred.get(n, {})) for n in names])
    print()
    row(f"Kleister-NDA, {len(names)} agreements", "P", "R", "F1")
    row(*["---"] * 4)
    for key, name in [("ALL", "all values, exact strings"), *((k, k.replace("_", " ")) for k in kleister.KEYS)]:
        s = result[key]
        row(name, percent(s["P"]), percent(s["R"]), f"**{percent(s['F1'])}**")

    terms = json.loads((out / "terms.scores.json").read_text(encoding="utf-8"))
    print()
    row("12 contracts annotated by hand", "P", "R", "F1", "values")
    row(*["---"] * 5)
    for name, s in terms.items():
        if "F1" in s:
            label = name.replace("_", " ").replace(".", ": ")
            row(label, percent(s["P"]), percent(s["R"]), f"**{percent(s['F1'])}**", s["tp"] + s["fn"])
        else:
            row(name.replace(".", ": ") + ", of those found", "", "", f"**{percent(s['accuracy'])}**", s["n"])


if __name__ == "__main__":
    main()
