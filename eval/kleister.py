#!/usr/bin/env python3
"""Kleister-NDA scorer: F1 on upper-cased values over (key, value) pairs, as the benchmark's MultiLabel-F1:u.

    python3 eval/kleister.py --pred pred.json [--root DIR] [--split NAME]

pred.json: {"<md5>.pdf": {"effective_date": "2014-05-20", "jurisdiction": "New York", "party": ["A Inc."], "term": "3 years"}}
(a value may be a string or a list; spaces are written as underscores before comparing) or an out.tsv in the
benchmark's own form (one line a document, in the order of in.tsv). F1 is micro-averaged: each key=value pair
counts once a document. Parts are also given by key, and macro F1 per document ('mean').
"""
from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections import Counter
from pathlib import Path

import data
from normalise import canon_duration, jurisdictions, parse_date, parse_duration, party_keys

KEYS = ["effective_date", "jurisdiction", "party", "term"]


def norm_value(v) -> str:
    """Only what the file format itself asks: spaces and colons become underscores."""
    return str(v).strip().replace(" ", "_").replace(":", "_")


def pairs_of(d: dict) -> list:
    out = []
    for k, v in d.items():
        for x in (v if isinstance(v, (list, tuple)) else [v]):
            if x is not None and str(x).strip():
                out.append(f"{k}={norm_value(x)}")
    return out


def parse_line(line: str) -> list:
    return [t for t in line.rstrip("\n").split(" ") if t]


def names(root: Path, split: str) -> list:
    listed = root / split / "files.txt"
    if listed.exists():
        return listed.read_text().split()
    with lzma.open(root / split / "in.tsv.xz", "rt", encoding="utf-8", newline="\n") as f:
        return [line.split("\t", 1)[0] for line in f]


def counts(exp: list, got: list) -> tuple:
    """True positives by multiset overlap, number expected, number predicted."""
    e, g = Counter(exp), Counter(got)
    return sum((e & g).values()), sum(e.values()), sum(g.values())


def f1(tp, e, g):
    """As GEval: precision is 1 when nothing was predicted, recall is 1 when nothing was expected."""
    p = tp / g if g else 1.0
    r = tp / e if e else 1.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def score(expected: list, predicted: list) -> dict:
    """expected and predicted: lists (documents) of lists of 'key=value'. Compared in upper case."""
    up = [([x.upper() for x in e], [x.upper() for x in p]) for e, p in zip(expected, predicted)]
    out = {}

    def micro(rows):
        t = [counts(e, p) for e, p in rows]
        a, b, c = (sum(x[i] for x in t) for i in range(3))
        p, r, f = f1(a, b, c)
        return {"P": p, "R": r, "F1": f, "tp": a, "expected": b, "predicted": c}

    out["ALL"] = micro(up)
    out["ALL (true case)"] = micro(list(zip(expected, predicted)))
    for k in KEYS:
        pre = k.upper() + "="
        out[k] = micro([([x for x in e if x.startswith(pre)], [x for x in p if x.startswith(pre)]) for e, p in up])
    per = [f1(*counts(e, p))[2] for e, p in up]
    out["mean_F1"] = sum(per) / len(per) if per else 0.0
    out["accuracy"] = sum(sorted(e) == sorted(p) for e, p in up) / len(up) if up else 0.0
    return out


def lenient(expected: list, predicted: list) -> dict:
    """Not the benchmark: values compared after this harness's own normalisation, to tell wrong from badly spelt."""
    def key(pair):
        k, _, v = pair.partition("=")
        v = v.replace("_", " ")
        if k == "party":
            return k, tuple(sorted(party_keys(v)))[:1]
        if k == "term":
            d = parse_duration(v)
            return k, canon_duration(d) if d else v.upper()
        if k == "jurisdiction":
            return k, tuple(jurisdictions(v)) or v.upper()
        return k, parse_date(v) or v.upper()
    conv = [[str(key(x)[0]) + "=" + str(key(x)[1]) for x in d] for d in expected], [[str(key(x)[0]) + "=" + str(key(x)[1]) for x in d] for d in predicted]
    return score(*conv)


def main(argv=None):
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--root", type=Path, default=data.folder() / "kleister")
    ap.add_argument("--split", default=".")
    ap.add_argument("--pred", type=Path, required=True)
    ap.add_argument("--only-predicted", action="store_true", help="score only documents named in the predictions")
    ap.add_argument("--lenient", action="store_true", help="also print the score after normalising values (not the benchmark)")
    a = ap.parse_args(argv)
    exp = [parse_line(l) for l in (a.root / a.split / "expected.tsv").read_text(encoding="utf-8").splitlines()]
    if a.pred.suffix == ".tsv":
        got = [parse_line(l) for l in a.pred.read_text(encoding="utf-8").splitlines()]
        if len(got) != len(exp):
            sys.exit(f"{len(got)} predictions for {len(exp)} documents")
    else:
        fs = names(a.root, a.split)
        assert len(fs) == len(exp), (len(fs), len(exp))
        pred = json.loads(a.pred.read_text(encoding="utf-8"))
        unknown = set(pred) - set(fs)
        if unknown:
            print(f"warning: {len(unknown)} predicted files are not in {a.split}", file=sys.stderr)
        if a.only_predicted:
            keep = [i for i, f in enumerate(fs) if f in pred]
            fs, exp = [fs[i] for i in keep], [exp[i] for i in keep]
        got = [pairs_of(pred.get(f, {})) for f in fs]
    show(score(exp, got), len(exp), "benchmark")
    if a.lenient:
        show(lenient(exp, got), len(exp), "lenient (not the benchmark)")


def show(res, n, title):
    print(f"{title}: {n} documents")
    for k in ["ALL", "ALL (true case)"] + KEYS:
        d = res[k]
        print(f"  {k:16} P {100 * d['P']:6.2f}  R {100 * d['R']:6.2f}  F1 {100 * d['F1']:6.2f}   tp {d['tp']} expected {d['expected']} predicted {d['predicted']}")
    print(f"  mean F1 {100 * res['mean_F1']:.2f}, documents exactly right {100 * res['accuracy']:.2f} %")


if __name__ == "__main__":
    main()
