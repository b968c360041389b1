#!/usr/bin/env python3
"""Turns records (schema/record.schema.json, one a line) into what cuad.py and kleister.py read.

    python3 eval/predictions.py cuad     out.ndjson > cuad.jsonl
    python3 eval/predictions.py kleister out.ndjson > kleister.json
"""
import json
import re
import sys
from pathlib import Path

from extract import read, value

UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y"}


def iso(p):
    if not isinstance(p, dict):
        return p
    if p.get("unit") == "quarter":
        return f"P{int(p['count']) * 3}M"
    u = UNITS.get(p.get("unit"))
    return f"P{int(p['count'])}{u}" if u else f"P{int(p['count'])}D" if p.get("unit") == "business_day" else None


def cuad(name, r):
    ren = value(r.get("renewal")) or {}
    expiration = value(r.get("expiration_date"))
    out = {"id": Path(name).stem, "parties": [{"name": value(p)["name"]} for p in r.get("parties") or []],
           "agreement_date": value(r.get("agreement_date")), "effective_date": value(r.get("effective_date")), "expiration_date": expiration,
           "renewal_term": "perpetual" if ren.get("kind") == "evergreen" and not ren.get("period") else iso(ren.get("period")),
           "notice_period": None if ren.get("kind") == "mutual_agreement" else iso(ren.get("notice_period")), "governing_law": value(r.get("governing_law")),
           "notice_deadline": next((s.get("literal_date") or s["date"] for s in r.get("schedule") or [] if s.get("kind") == "notice_deadline" and s.get("occurrence", 0) == 0), None)}
    clauses = {}
    for c in r.get("clauses") or []:
        text = " ".join(e["quote"] for e in c["evidence"])
        clauses.setdefault(c["value"]["category"], []).append({"text": text, "score": c["confidence"]})
    return {**out, "clauses": clauses}


def party_name(n):
    """Kleister writes names without commas and with 'Inc.', 'Corp.', 'Ltd.', 'LLC'."""
    n = re.sub(r"\s+", " ", n.replace(",", "")).strip(" .;\"'")
    n = re.sub(r"(?i)\b(inc|corp|ltd|co)$", r"\1.", n)
    n = re.sub(r"(?i)\bincorporated$", "Inc.", n)
    return re.sub(r"(?i)\bL\.?L\.?C\.?$", "LLC", n)


def kleister(name, r):
    term = value(r.get("initial_term"))
    d = {"party": [party_name(value(p)["name"]) for p in r.get("parties") or []]}
    if r.get("effective_date"):
        d["effective_date"] = value(r["effective_date"])
    if r.get("governing_law"):
        d["jurisdiction"] = re.sub(r"(?i)^(state|commonwealth|province) of ", "", value(r["governing_law"]))
    if isinstance(term, dict):
        n = int(term["count"])
        d["term"] = f"{n} {term['unit']}{'s' if n != 1 else ''}"
    return Path(name).name, d


def cuad_text(records) -> str:
    """A prediction a line for every record of a file."""
    return "".join(json.dumps(cuad(name, r), ensure_ascii=False) + "\n" for name, r in read(records))


def kleister_text(records) -> str:
    """One object with the predictions for every record of a file, by file name."""
    return json.dumps(dict(kleister(name, r) for name, r in read(records)), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    kind, path = sys.argv[1:3]
    sys.stdout.write({"cuad": cuad_text, "kleister": kleister_text}[kind](path))
