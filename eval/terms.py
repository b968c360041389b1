#!/usr/bin/env python3
"""Score extracted terms, service levels and time-bound obligations against hand-made annotations.

    tickler extract --format ndjson PDF... > out.ndjson
    python3 eval/terms.py --pred out.ndjson [--gold DIR] [--errors] [--json out.json]

Input: one record a line (schema/record.schema.json); a record belongs to the annotation whose file stem equals that of
`document.file_name`.

Rules
  scalars      equal after normalisation; a wrong value is one false positive and one false negative
  lists        one-to-one by key: parties by name, periods by length, service levels by
               (metric, target, unit, severity digit), credits by (metric, credit)
  obligations  found: word overlap of the evidence quote with the annotated quote >= 0.7 of the shorter and
               Jaccard >= 0.3, one to one, best first. Then, over the found: timing, obligor and category agree.
"""
from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import data
from extract import read, value
from normalise import canon_duration, match_parties, parse_date, party_keys

UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y", "business_day": "BD"}
TIME_UNITS = {"second": "S", "minute": "M", "hour": "H", "business_hour": "BH"}


def period(p):
    """One spelling for a period: {count, unit} or an ISO 8601 string (BD and BH for business days and hours)."""
    if isinstance(p, dict):
        n, u = p.get("count"), (p.get("unit") or "").rstrip("s")
        if n is None:
            return None
        n = int(n) if float(n) == int(n) else n
        if u == "quarter":
            return canon_duration(f"P{int(n) * 3}M")
        p = f"P{n}{UNITS[u]}" if u in UNITS else f"PT{n}{TIME_UNITS[u]}" if u in TIME_UNITS else None
    if not p:
        return None
    return p if "B" in p or p.startswith("PT") else canon_duration(p)


def words(s):
    return set(re.sub(r"[^a-z0-9%. ]", " ", (s or "").lower()).split())


def overlap(a, b):
    a, b = words(a), words(b)
    if not a or not b:
        return 0.0, 0.0
    n = len(a & b)
    return n / min(len(a), len(b)), n / len(a | b)


def quote(fact):
    return " ".join(e.get("quote", "") for e in fact.get("evidence", []))


def severity(s):
    m = re.search(r"\d+", s or "")
    return m.group() if m else (s or "").strip().lower() or None


def multiset(pred, gold):
    """True positives, false positives, false negatives of two lists of keys."""
    left, tp = list(gold), 0
    for k in pred:
        if k in left:
            left.remove(k)
            tp += 1
    return tp, len(pred) - tp, len(left)


def scalar(pred, gold):
    if gold is None:
        return (0, 1 if pred is not None else 0, 0)
    return (1, 0, 0) if pred == gold else (0, 1 if pred is not None else 0, 1)


def party_match(pred, gold):
    right, left = match_parties([party_keys(p.get("name") or "") for p in pred], [party_keys(g["name"]) for g in gold])
    return sum(right), len(pred) - sum(right), len(left)


def level_key(s):
    v = s.get("target", s.get("value"))
    return (s.get("metric"), None if v is None else round(float(v), 4), (s.get("unit") or "").rstrip("s"), severity(s.get("severity")))


def timing_key(t):
    t = t or {}
    kind = t.get("kind")
    if kind == "absolute":
        return ("absolute", parse_date(t.get("date")) if t.get("date") else None)
    if kind == "recurring":
        return ("recurring", period(t.get("every")))
    return (kind, period(t.get("offset")))


def aliases(record):
    """Every name under which a party may be called, lower case, mapped to one index."""
    out = {}
    for i, p in enumerate(record.get("parties") or []):
        p = value(p)
        for n in (p.get("name"), p.get("role"), *(p.get("aliases") or [])):
            if n:
                out[n.lower()] = i
                out[n.lower().split()[0].strip(",.")] = i
    return out


def same_actor(a, b, names):
    a, b = (a or "").lower().strip(), (b or "").lower().strip()
    if a == b:
        return True
    mutual = {"each party", "both parties", "the parties", "parties", "either party", "either", "party"}
    if a in mutual and b in mutual:
        return True
    return a in names and b in names and names[a] == names[b]


class Tally(dict):
    def add(self, name, counts):
        t = self.setdefault(name, [0, 0, 0])
        for i, c in enumerate(counts):
            t[i] += c


def match_obligations(pred, gold):
    pairs = []
    for i, p in enumerate(pred):
        q = quote(p)
        for j, g in enumerate(gold):
            short, jac = overlap(q, g["quote"])
            if short >= 0.7 and jac >= 0.3:
                same = timing_key(value(p).get("timing")) == timing_key(g["timing"])
                pairs.append((same, jac, i, j))
    used_p, used_g, out = set(), set(), []
    for same, jac, i, j in sorted(pairs, key=lambda x: (-x[0], -x[1])):
        if i not in used_p and j not in used_g:
            used_p.add(i)
            used_g.add(j)
            out.append((i, j))
    return out


def score(records, golds, verbose=False):
    t = Tally()
    agree = {k: [0, 0] for k in ("timing", "obligor", "category")}
    for stem, g in sorted(golds.items()):
        r = records.get(stem, {})

        def note(*a):
            if verbose:
                print(stem[:40], *a, sep=" | ")

        def one(name, p, w):
            t.add(name, scalar(p, w))
            if p != w:
                note(name, "got", p, "want", w)

        for f in ("agreement_date", "effective_date", "expiration_date"):
            one(f, parse_date(value(r.get(f))) if r.get(f) else None, (g.get(f) or {}).get("date"))
        one("initial_term", period(value(r.get("initial_term"))) if r.get("initial_term") else None,
            period((g.get("initial_term") or {}).get("duration")))
        ren, want = value(r.get("renewal")) or {}, g.get("renewal") or {}
        kind = lambda k: None if k in (None, "none", "silent") else k  # noqa: E731
        one("renewal.kind", kind(ren.get("kind")), kind(want.get("kind")))
        one("renewal.period", period(ren.get("period")), period(want.get("period")))
        one("renewal.notice_period", period(ren.get("notice_period")), period(want.get("notice_period")))
        # The last day to act by the annotated kind: an option is exercised, a renewal stopped. The other kind is wrong.
        acts = "option_deadline" if (want.get("renewal") or {}).get("kind") == "option" else "notice_deadline"
        first = next((s for s in r.get("schedule") or [] if s.get("kind") == acts and s.get("occurrence", 0) == 0), {})
        one("notice_deadline", first.get("literal_date") or first.get("date"), want.get("notice_deadline"))
        one("governing_law", (value(r.get("governing_law")) or "").lower().replace("state of ", "") or None if r.get("governing_law") else None,
            (g.get("governing_law") or "").lower().replace("state of ", "") or None)

        t.add("parties", party_match([value(p) for p in r.get("parties") or []], g["parties"]))
        ends = [value(x) for x in r.get("terminations") or []]
        lists = {
            "termination_for_convenience": ([period(x.get("notice")) for x in ends if x.get("kind") == "convenience"],
                                            [period(x.get("notice")) for x in g["termination_for_convenience"]]),
            "cure_periods": ([period(x.get("cure")) for x in ends if x.get("cure")], [period(x.get("period")) for x in g["cure_periods"]]),
            "payment_terms": ([period(value(x).get("due")) for x in r.get("payment_terms") or []], [period(x.get("due")) for x in g["payment_terms"]]),
            "service_levels": ([level_key(value(x)) for x in r.get("service_levels") or []], [level_key(x) for x in g["slas"]]),
            "service_credits": ([(value(x).get("metric"), round(float(value(x).get("credit") or 0), 2)) for x in r.get("service_credits") or []],
                                [(x["metric"], round(float(x["credit"]), 2)) for x in g["service_credits"] if x.get("credit") is not None]),
        }
        for name, (p, w) in lists.items():
            t.add(name, multiset(p, w))
            if sorted(map(str, p)) != sorted(map(str, w)):
                note(name, "extra", [x for x in p if x not in w], "missing", [x for x in w if x not in p])

        pred = [o for o in r.get("obligations") or [] if (value(o).get("timing") or {}).get("kind") not in (None, "none")]
        pairs = match_obligations(pred, g["obligations"])
        t.add("obligations", (len(pairs), len(pred) - len(pairs), len(g["obligations"]) - len(pairs)))
        names = aliases(g)
        names.update({k: v for k, v in aliases(r).items() if k not in names})
        for i, j in pairs:
            p, w = value(pred[i]), g["obligations"][j]
            agree["timing"][0] += timing_key(p.get("timing")) == timing_key(w["timing"])
            agree["obligor"][0] += same_actor(p.get("obligor"), w["obligor"], names)
            agree["category"][0] += p.get("category") == w["category"]
            for k in agree:
                agree[k][1] += 1
        if verbose:
            got = {j for _, j in pairs}
            for j, w in enumerate(g["obligations"]):
                if j not in got:
                    note("obligation missed", w["timing"]["kind"], w["quote"][:140])
            got = {i for i, _ in pairs}
            for i, o in enumerate(pred):
                if i not in got:
                    note("obligation extra", quote(o)[:140])
    out = {}
    for name, (tp, fp, fn) in t.items():
        p, rec = tp / (tp + fp) if tp + fp else 0.0, tp / (tp + fn) if tp + fn else 0.0
        out[name] = {"P": p, "R": rec, "F1": 2 * p * rec / (p + rec) if p + rec else 0.0, "tp": tp, "fp": fp, "fn": fn}
    for k, (ok, n) in agree.items():
        out[f"obligations.{k}"] = {"accuracy": ok / n if n else 0.0, "n": n}
    return out


def main(argv=None):
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--pred", required=True)
    ap.add_argument("--gold", default=data.folder() / "gold")
    ap.add_argument("--errors", action="store_true")
    ap.add_argument("--json")
    a = ap.parse_args(argv)
    golds = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in Path(a.gold).glob("*.json")}
    records = {Path(name).stem: r for name, r in read(a.pred)}
    print(f"{len(golds)} annotated contracts, {sum(k in records for k in golds)} with a record")
    res = score(records, golds, a.errors)
    print(f"{'':30}{'P':>7}{'R':>7}{'F1':>7}{'tp':>6}{'fp':>6}{'fn':>6}")
    for k, v in res.items():
        if "F1" in v:
            print(f"{k:30}{v['P']:7.3f}{v['R']:7.3f}{v['F1']:7.3f}{v['tp']:6}{v['fp']:6}{v['fn']:6}")
        else:
            print(f"{k:30}{v['accuracy']:7.3f} of {v['n']} found")
    if a.json:
        Path(a.json).write_text(json.dumps(res, indent=1))


if __name__ == "__main__":
    main()
