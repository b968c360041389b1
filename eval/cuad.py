#!/usr/bin/env python3
"""CUAD: scores predictions (eval/predictions.py) against gold.jsonl.

    python3 eval/cuad.py --pred pred.jsonl [--gold gold.jsonl] [--ids sample30.txt] [--json out.json] [--errors N]

Fields: precision, recall, F1 after normalisation. Clauses: CUAD's AUPR and precision at 80 % / 90 % recall
with the Jaccard >= 0.5 word-set rule.
"""
from __future__ import annotations

import argparse
import json
import re
import sys
from datetime import date, timedelta
from pathlib import Path

import data
import extract
from normalise import canon_duration, jurisdictions, match_parties, minus_duration, parse_date, parse_duration, party_keys

SCALARS = ["agreement_date", "effective_date", "expiration_date", "renewal_term", "notice_period", "governing_law"]


# ------------------------------------------------------------------- fields

def _as_list(v) -> list:
    if v is None or v == "" or v == []:
        return []
    return v if isinstance(v, list) else [v]


def pred_value(field: str, v):
    """A prediction's value in gold's form; '' for a value given that cannot be read (counts as wrong); None for none."""
    if isinstance(v, dict):
        if field == "renewal_term" and v.get("kind") == "perpetual":
            return "perpetual"
        if field == "renewal_term" and v.get("kind") == "none":
            return None
        v = next((v[k] for k in ("period", "duration", "iso", "date", "value", "code", "name") if v.get(k)), None)
    if v is None or v == "":
        return None
    if field.endswith("_date") or field == "notice_deadline":
        return parse_date(v) or ""
    if field in ("renewal_term", "notice_period"):
        if isinstance(v, str) and v.strip().lower() in ("perpetual", "indefinite", "evergreen"):
            return "perpetual"
        if isinstance(v, (int, float)):
            v = f"P{int(v)}D"
        d = parse_duration(str(v))
        return canon_duration(d) if d else ""
    if field == "governing_law":
        return tuple(jurisdictions(v)) or ""
    return v


def is_right(field: str, gold_values: list, p, slack: int = 0) -> bool:
    if p is None or p == "":
        return False
    if slack and (field.endswith("_date") or field == "notice_deadline") and p != "perpetual":
        d = date.fromisoformat(p)
        return any(v != "perpetual" and abs((date.fromisoformat(v) - d).days) <= slack for v in gold_values)
    if field == "governing_law":
        g = set(gold_values)
        return any(c in g for c in p) or any(c.split("-")[0] in g for c in p if "-" in c and c.split("-")[0] not in ("US",))
    return p in gold_values


def score_scalar(field: str, golds: dict, preds: dict, slack: int = 0) -> dict:
    """tp/fp/fn over documents. A wrong value is both fp and fn. Gold 'ok' and 'absent' documents count;
    'no_answer', 'blank' and 'unparsed' ones are left out whatever was predicted."""
    c = {"tp": 0, "fp": 0, "fn": 0, "gold": 0, "pred": 0, "skipped": 0, "wrong": 0, "spurious": 0, "missing": 0}
    errs = []
    for i, g in golds.items():
        d = g[field]
        p = pred_value(field, preds.get(i, {}).get(field))
        if d["status"] not in ("ok", "absent"):
            c["skipped"] += 1
            continue
        if p is not None:
            c["pred"] += 1
        if d["status"] == "ok":
            c["gold"] += 1
            if is_right(field, d["values"], p, slack):
                c["tp"] += 1
                continue
            c["fn"] += 1
            if p is None:
                c["missing"] += 1
                errs.append((i, "missing", d["values"], None))
            else:
                c["fp"] += 1
                c["wrong"] += 1
                errs.append((i, "wrong", d["values"], p if p != "" else preds[i][field]))
        elif p is not None:
            c["fp"] += 1
            c["spurious"] += 1
            errs.append((i, "spurious", [], p))
    answered = c["tp"] + c["wrong"]
    return {**c, **prf(c["tp"], c["fp"], c["fn"]), "P_answered": c["tp"] / answered if answered else 0.0, "errors": errs}


def _around(iso: str) -> list:
    """The day itself and its neighbours: an end date may be read as the day, or as the day before."""
    d = date.fromisoformat(iso)
    return [iso, (d - timedelta(1)).isoformat(), (d + timedelta(1)).isoformat()]


def with_notice_deadline(golds: dict) -> dict:
    """Adds the derived field: last day for notice before the first term ends = expiration - notice period."""
    out = {}
    for i, g in golds.items():
        e, n = g["expiration_date"], g["notice_period"]
        vals = [minus_duration(y, d) for x in e["values"] if x != "perpetual" for y in _around(x) for d in n.get("iso", n["values"])]
        vals = [v for v in vals if v]
        st = "ok" if vals else "absent" if n["status"] == "absent" else "blank"
        out[i] = {**g, "notice_deadline": {"values": vals, "status": st, "raw": ""}}
    return out


def gold_party_keys(party: dict) -> set:
    """All keys of a gold party: those of its name and of the other ways in which the contract writes it."""
    return set().union(party_keys(party["name"]), *map(party_keys, party["variants"]))


def score_parties(golds: dict, preds: dict) -> dict:
    """Set match per document by name key, one to one; documents without gold parties are left out."""
    tp = fp = fn = docs = exact = 0
    errs = []
    for i, g in golds.items():
        if not g["parties"]:
            continue
        docs += 1
        found = []
        for x in _as_list(preds.get(i, {}).get("parties")):
            name = x.get("name") if isinstance(x, dict) else x
            ks = party_keys(str(name or ""))
            if ks:
                found.append((name, ks))
        right, left = match_parties([ks for _, ks in found], [gold_party_keys(p) for p in g["parties"]])
        miss_p = [name for (name, _), ok in zip(found, right) if not ok]
        tp += sum(right)
        fp += len(miss_p)
        fn += len(left)
        if not left and not miss_p:
            exact += 1
        else:
            errs.append((i, "parties", [g["parties"][k]["name"] for k in left], miss_p))
    return {"tp": tp, "fp": fp, "fn": fn, "docs": docs, "docs_exact": exact, **prf(tp, fp, fn), "errors": errs}


def prf(tp, fp, fn):
    p = tp / (tp + fp) if tp + fp else 0.0
    r = tp / (tp + fn) if tp + fn else 0.0
    return {"P": p, "R": r, "F1": 2 * p * r / (p + r) if p + r else 0.0}


# ------------------------------------------------------------------ clauses

def word_set(s: str) -> frozenset:
    """CUAD's words: '. , ; :' dropped, '/' read as a space, lower case, split on single spaces."""
    s = re.sub(r"[.,;:]", "", s).lower().replace("/", " ")
    return frozenset(s.split(" "))


def ws_word_set(s: str) -> frozenset:
    return frozenset(re.sub(r"[.,;:]", "", s).lower().replace("/", " ").split())


def match(gold: str, pred: str, substr_ok: bool, words=word_set) -> bool:
    a, b = words(gold), words(pred)
    if not a or not b:
        return False
    if len(a & b) / len(a | b) >= 0.5:
        return True
    return substr_ok and gold in pred


class CellScores:
    """One contract and one category: for every threshold, tp, fp and fn come from two sorted lists."""

    def __init__(self, golds: list, preds: list, substr_ok: bool, words=word_set):
        # CUAD keeps one probability a text: the last one given
        uniq = {}
        for text, s in preds:
            if text:
                uniq[text] = s
        self.n_gold = len(golds)
        self.gold_best = []        # for each gold: highest score among predictions that match it
        best = [None] * len(golds)
        self.fp_scores = []
        for text, s in uniq.items():
            hit = False
            for k, g in enumerate(golds):
                if match(g, text, substr_ok, words):
                    hit = True
                    if best[k] is None or s > best[k]:
                        best[k] = s
            if not hit:
                self.fp_scores.append(s)
        self.gold_best = [b for b in best if b is not None]


def thresholds():
    """0.99 down to 0.01, then 0.001 and 0; with the rounding noise of the official script's float steps, so ties fall alike."""
    step = (0.99 - 0.01) - 0.99
    return [0.99 + i * step for i in range(99)] + [0.001, 0.0]


def curve(cells: list, confs=None):
    """CUAD's curve: precision and recall at each confidence, strictly above it, starting at (1, 0)."""
    confs = thresholds() if confs is None else confs
    n = sum(c.n_gold for c in cells)
    tps = sorted((s for c in cells for s in c.gold_best), reverse=True)
    fps = sorted((s for c in cells for s in c.fp_scores), reverse=True)
    prec, rec = [1.0], [0.0]
    i = j = 0
    for t in confs:
        while i < len(tps) and tps[i] > t:
            i += 1
        while j < len(fps) and fps[j] > t:
            j += 1
        prec.append(i / (i + j) if i + j else float("nan"))
        rec.append(i / n if n else float("nan"))
    return prec, rec, confs


def envelope(prec: list) -> list:
    """From the right, precision never falls as recall falls. A NaN (no prediction yet) takes the value to its right."""
    out = list(prec)
    best = 0.0
    for k in range(len(out) - 1, -1, -1):
        v = out[k]
        best = best if v != v else max(best, v)
        out[k] = best
    return out


def aupr(prec, rec):
    if any(r != r for r in rec):
        return None
    p = envelope(prec)
    return sum((rec[k] - rec[k - 1]) * (p[k] + p[k - 1]) / 2 for k in range(1, len(p)))


def prec_at_recall(prec, rec, want):
    """As in CUAD's script, the very last point (threshold 0) is not looked at; 0 when recall never gets there."""
    p = envelope(prec)
    for a, r in zip(p[:-1], rec[:-1]):
        if r >= want:
            return a
    return 0.0


def score_clauses(golds: dict, preds: dict, words=word_set, joined=False) -> dict:
    cats = list(next(iter(golds.values()))["clauses"].keys())
    per, allcells, no_parties = {}, [], []
    for c in cats:
        cells = []
        for i, g in golds.items():
            gt = [t for x in g["clauses"].get(c, []) for t in ([x["text"]] if joined else x.get("pieces", [x["text"]]))]
            ps = []
            for x in (preds.get(i, {}).get("clauses") or {}).get(c, []) or []:
                ps.append((x, 1.0) if isinstance(x, str) else (x.get("text", ""), float(x.get("score", 1.0))))
            cells.append(CellScores(gt, ps, c == "Parties", words))
        allcells += cells
        no_parties += [] if c == "Parties" else cells
        per[c] = summarise(cells)
    out = {"micro": summarise(allcells), "micro_without_parties": summarise(no_parties), "per_category": per}
    scored = [v for v in per.values() if v["gold"]]
    out["macro"] = {k: (sum((v[k] or 0.0) for v in scored) / len(scored) if scored else 0.0) for k in ("aupr", "p80", "p90", "F1")}
    return out


def summarise(cells):
    pr, rc, confs = curve(cells)
    n = sum(c.n_gold for c in cells)
    # presence of the category at all, at threshold 0
    tp = sum(len(c.gold_best) for c in cells)
    fp = sum(len(c.fp_scores) for c in cells)
    best = max(((2 * p * r / (p + r) if p == p and r == r and p + r else 0.0), t) for p, r, t in zip(pr[1:], rc[1:], confs)) if n else (0.0, 0.0)
    return {"gold": n, "matched": tp, "unmatched_preds": fp, "aupr": aupr(pr, rc), "p80": prec_at_recall(pr, rc, 0.8) if n else None,
            "p90": prec_at_recall(pr, rc, 0.9) if n else None, "recall_max": rc[-1] if n else None, **prf(tp, fp, n - tp),
            "bestF1": best[0], "bestF1_at": best[1]}


# --------------------------------------------------------------------- main

def load_jsonl(path) -> dict:
    return {o["id"]: o for o in extract.lines(path)}


def read_ids(path) -> list:
    out = []
    for l in Path(path).read_text(encoding="utf-8").splitlines():
        l = l.strip()
        if l:
            out.append(Path(l).stem if l.lower().endswith(".pdf") else l)
    return out


def evaluate(golds: dict, preds: dict, words=word_set, joined=False, slack=0) -> dict:
    res = {"contracts": len(golds), "predicted": sum(i in preds for i in golds), "parties": score_parties(golds, preds)}
    for f in SCALARS:
        res[f] = score_scalar(f, golds, preds, slack)
    # derived from two gold answers; a day either way is allowed because end dates are read as the day or the day before
    res["notice_deadline"] = score_scalar("notice_deadline", with_notice_deadline(golds), preds, max(1, slack))
    res["clauses"] = score_clauses(golds, preds, words, joined) if any(p.get("clauses") for p in preds.values()) else None
    return res


def pct(x):
    return "    -" if x is None else f"{100 * x:5.1f}"


def show(res, errors=0):
    print(f"contracts {res['contracts']}, with a prediction {res['predicted']}")
    print(f"{'field':18}{'P':>6}{'R':>6}{'F1':>6}{'P*':>6}   tp   fp   fn   (wrong, spurious, missing; left out)   P*: only where gold has an answer")
    d = res["parties"]
    print(f"{'parties':18} {pct(d['P'])} {pct(d['R'])} {pct(d['F1'])}     - {d['tp']:4} {d['fp']:4} {d['fn']:4}   ({d['docs_exact']} of {d['docs']} documents exact)")
    for f in SCALARS + ["notice_deadline"]:
        d = res[f]
        print(f"{f:18} {pct(d['P'])} {pct(d['R'])} {pct(d['F1'])} {pct(d['P_answered'])} {d['tp']:4} {d['fp']:4} {d['fn']:4}   ({d['wrong']}, {d['spurious']}, {d['missing']}; {d['skipped']})")
    c = res["clauses"]
    if c:
        print(f"\n{'category':38}{'gold':>5}{'AUPR':>7}{'P@80R':>7}{'P@90R':>7}{'Rmax':>7}{'bestF1':>7}")
        for k, v in c["per_category"].items():
            print(f"{k:38}{v['gold']:5}  {pct(v['aupr'])}  {pct(v['p80'])}  {pct(v['p90'])}  {pct(v['recall_max'])}  {pct(v['bestF1'])}")
        v = c["micro"]
        print(f"{'MICRO':38}{v['gold']:5}  {pct(v['aupr'])}  {pct(v['p80'])}  {pct(v['p90'])}  {pct(v['recall_max'])}  {pct(v['bestF1'])}   best F1 above {v['bestF1_at']:.3g}")
        v = c["micro_without_parties"]
        print(f"{'MICRO without Parties':38}{v['gold']:5}  {pct(v['aupr'])}  {pct(v['p80'])}  {pct(v['p90'])}  {pct(v['recall_max'])}  {pct(v['bestF1'])}")
        m = c["macro"]
        print(f"{'MACRO (categories with gold)':38}{'':5}  {pct(m['aupr'])}  {pct(m['p80'])}  {pct(m['p90'])}")
    if errors:
        for f in ["parties"] + SCALARS + ["notice_deadline"]:
            for e in res[f]["errors"][:errors]:
                print(f"  {f}: {e[0][:50]} {e[1]} gold={e[2]} pred={e[3]}")


def main(argv=None):
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gold", default=data.folder() / "cuad" / "gold.jsonl")
    ap.add_argument("--pred", required=True)
    ap.add_argument("--ids", help="file of ids or PDF paths, one a line: score only these")
    ap.add_argument("--predicted-only", action="store_true", help="score only contracts that have a prediction")
    ap.add_argument("--ws", action="store_true", help="split words on any white space (CUAD splits on single spaces)")
    ap.add_argument("--joined", action="store_true", help="do not split gold clauses at '<omitted>' (the published benchmark does split)")
    ap.add_argument("--date-slack", type=int, default=0, metavar="DAYS", help="dates this many days off count as right (an end date may be read as the day before)")
    ap.add_argument("--json")
    ap.add_argument("--errors", type=int, default=0, metavar="N", help="print N errors a field")
    a = ap.parse_args(argv)
    golds, preds = load_jsonl(a.gold), load_jsonl(a.pred)
    unknown = sorted(set(preds) - set(golds))
    if unknown:
        print(f"warning: {len(unknown)} prediction ids are not in gold, e.g. {unknown[:3]}", file=sys.stderr)
    if a.ids:
        ids = read_ids(a.ids)
        golds = {i: golds[i] for i in ids if i in golds}
    if a.predicted_only:
        golds = {i: g for i, g in golds.items() if i in preds}
    preds = {i: p for i, p in preds.items() if i in golds}
    res = evaluate(golds, preds, ws_word_set if a.ws else word_set, a.joined, a.date_slack)
    show(res, a.errors)
    if a.json:
        Path(a.json).write_text(json.dumps(res, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
