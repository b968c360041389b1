#!/usr/bin/env python3
"""How often values of a given confidence are right, by field and by rule.

    python3 eval/run.py target/release/tickler      # writes target/eval/{cuad,kleister}.ndjson
    python3 eval/calibration.py                     # reliability, error by field, precision by rule
    python3 eval/calibration.py --fold              # the validation fold alone
    python3 eval/calibration.py --cases BIN         # the probes and wordings: kinds that the rules were not measured on
    python3 eval/calibration.py --beside BIN        # the corpora, their fold and the cases side by side

A value counts where the annotators gave an answer or said that there is none; the benchmark of secrecy agreements says
so by leaving the key out. The expected calibration error is the mean distance between confidence and
precision over ten bins of equal width, weighted by their values.
"""
import argparse
import json
from collections import defaultdict
from pathlib import Path

import cuad
import data
import kleister
import predictions
import probes
from extract import read
from fold import validation
from normalise import canon_duration, match_parties, parse_duration, party_keys

EDGES = [0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.001]
FIELDS = ["parties", "agreement_date", "effective_date", "expiration_date", "initial_term", "renewal", "governing_law"]
SCALARS = ["agreement_date", "effective_date", "expiration_date", "governing_law"]


def party_items(record: dict, gold: list, name: str):
    """The parties of a record, matched with the keys of the names that the annotators gave."""
    facts = record["parties"]
    right, _ = match_parties([party_keys(f["value"]["name"]) for f in facts], gold)
    for fact, ok in zip(facts, right):
        yield "parties", fact, ok, name


def cuad_items(folder: Path, out: Path):
    """(field, fact, right, file) of every value that the gold answers decide."""
    golds = cuad.load_jsonl(folder / "cuad/gold.jsonl")
    for name, record in read(out / "cuad.ndjson"):
        gold = golds.get(Path(name).stem)
        if gold is None:
            continue
        pred = predictions.cuad(name, record)
        if gold["parties"]:
            yield from party_items(record, [cuad.gold_party_keys(p) for p in gold["parties"]], name)
        pairs = [(f, f, record[f]) for f in SCALARS]
        pairs.append(("renewal", "renewal_term", record["renewal"]))
        # The annotators ask for notice that stops a renewal; that which exercises an option is not in their answers.
        if record["renewal"] and (record["renewal"]["value"] or {}).get("kind") != "option":
            pairs.append(("renewal", "notice_period", record["renewal"]))
        for field, key, fact in pairs:
            p = cuad.pred_value(key, pred[key])
            if fact is not None and p is not None and gold[key]["status"] in ("ok", "absent"):
                yield field, fact, gold[key]["status"] == "ok" and cuad.is_right(key, gold[key]["values"], p), name


def kleister_items(folder: Path, out: Path):
    """The same for the benchmark of agreements of secrecy; names are compared after the scorer's normalisation."""
    root = folder / "kleister"
    lines = (root / "expected.tsv").read_text(encoding="utf-8").splitlines()
    expected = dict(zip(kleister.names(root, "."), map(kleister.parse_line, lines)))
    for name, record in read(out / "kleister.ndjson"):
        want = defaultdict(list)
        for pair in expected.get(name, []):
            key, _, v = pair.partition("=")
            want[key].append(v.replace("_", " "))
        yield from party_items(record, [party_keys(v) for v in want["party"]], name)
        _, pred = predictions.kleister(name, record)
        for field, key in (("effective_date", "effective_date"), ("initial_term", "term"), ("governing_law", "jurisdiction")):
            if pred.get(key):
                same = {canon_duration(parse_duration(v)) for v in want[key]} if key == "term" else {v.upper() for v in want[key]}
                got = canon_duration(parse_duration(pred[key])) if key == "term" else pred[key].upper()
                yield field, record[field], got in same, name


def case_items(binary: Path):
    """The same for the probes and the wordings, which say what is right."""
    for folder in (data.CASES / "probes", data.CASES / "wordings"):
        expected = {c["name"]: c["expect"] for c in json.loads((folder / "cases.json").read_text(encoding="utf-8"))}
        for result in probes.run(binary, folder):
            expect, record = expected[result.name], result.record or {}
            for field in [*SCALARS, "initial_term", "renewal"]:
                fact = record.get(field)
                if fact is None or field not in expect:
                    continue
                yield field, fact, not probes.failures(record, {field: expect[field]}), result.name


def error(items) -> float:
    """Expected calibration error of (confidence, right) pairs."""
    bins = defaultdict(list)
    for p, right in items:
        bins[min(int(p * 10), 9)].append((p, right))
    return sum(abs(sum(p for p, _ in b) - sum(r for _, r in b)) for b in bins.values()) / max(1, len(items))


def report(items):
    print("| confidence | values | mean confidence | right |\n| --- | --- | --- | --- |")
    for low, high in zip(EDGES, EDGES[1:]):
        b = [(f["confidence"], r) for _, f, r, _ in items if low <= f["confidence"] < high]
        if b:
            print(f"| {low:.2f} to {min(high, 1):.2f} | {len(b)} | {sum(p for p, _ in b) / len(b):.3f} | {sum(r for _, r in b) / len(b):.3f} |")
    print(f"\nexpected calibration error {error([(f['confidence'], r) for _, f, r, _ in items]):.3f} over {len(items)} values\n")
    print("| field | values | error | right at 0.5 and above |\n| --- | --- | --- | --- |")
    for field in FIELDS:
        b = [(f["confidence"], r) for k, f, r, _ in items if k == field]
        kept = [r for p, r in b if p >= 0.5]
        if kept:
            print(f"| {field} | {len(b)} | {error(b):.3f} | {100 * sum(kept) / len(kept):.1f} % of {len(kept)} |")
    rules = defaultdict(list)
    for field, f, r, _ in items:
        rules[field, f["origin"]["id"], f["confidence"]].append(r)
    print("\nfield, rule, confidence, values, right")
    for (field, rule, p), b in sorted(rules.items()):
        print(f"  {field:16} {rule:32} {p:.3f} {len(b):5} {sum(b) / len(b):.3f}")


def beside(columns: dict) -> None:
    """The same table for several sets: values, and the share that is right."""
    print("| confidence | " + " | ".join(f"{name}: values | right" for name in columns) + " |\n" + "| --- " * (1 + 2 * len(columns)) + "|")
    for low, high in zip(EDGES, EDGES[1:]):
        sets = [[r for _, f, r, _ in items if low <= f["confidence"] < high] for items in columns.values()]
        print(f"| {low:.2f} to {min(high, 1):.2f} | " + " | ".join(f"{len(b)} | {sum(b) / len(b):.3f}" if b else "0 |" for b in sets) + " |")
    for what, wanted in [("all", set(FIELDS)), *((f, {f}) for f in FIELDS)]:
        sets = [[(f["confidence"], r) for k, f, r, _ in items if k in wanted] for items in columns.values()]
        print(f"| error, {what} | " + " | ".join(f"{len(b)} | {error(b):.3f}" if b else "0 |" for b in sets) + " |")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    data.add_options(ap)
    ap.add_argument("--fold", action="store_true", help="only files of the validation fold")
    ap.add_argument("--cases", type=Path, metavar="BIN", help="read the cases of eval/cases with this program instead")
    ap.add_argument("--beside", type=Path, metavar="BIN", help="one table of the corpora, their validation fold and the cases, read with this program")
    a = ap.parse_args()
    if a.cases:
        return report(list(case_items(a.cases)))
    items = [*cuad_items(a.data, a.out), *kleister_items(a.data, a.out)]
    if a.beside:
        cases = list(case_items(a.beside))
        wordings = json.loads((data.CASES / "wordings" / "cases.json").read_text(encoding="utf-8"))
        unread = {case["name"] for case in wordings if case["half"] == "b"}
        return beside({"corpora": [i for i in items if not validation(i[3])], "validation fold": [i for i in items if validation(i[3])],
                       "cases that were read": [i for i in cases if i[3] not in unread], "half b": [i for i in cases if i[3] in unread]})
    report([i for i in items if not a.fold or validation(i[3])])


if __name__ == "__main__":
    main()
