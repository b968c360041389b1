#!/usr/bin/env python3
"""One-clause probes: small contracts of our own wording, each with the values that a careful reader gets from it.

    python3 eval/probes.py BIN [DIR] [--only NAME]... [--half a|b] [--show]     DIR holds cases.json and pdf/NAME.pdf

Where there is no pdf/NAME.pdf, the text of the case is written as a PDF first. `half` of a case is a or b: rules are made
with the cases of a and measured with those of b.

Prints a line for each probe that fails and the count at the end; exit status 0 always, the count is the result.
`expect` of a case, every key optional:
  agreement_date, effective_date, expiration_date, initial_term (ISO), governing_law    the value, or a list of right ones; null: there must be none
  renewal            {kind, period (ISO), notice_period (ISO), max_renewals}; null: there must be none
  parties, no_parties   names that must (not) be there, by a part of the name
  deadlines          [[kind, literal date], ...] that the schedule must have, or a list of right dates; no_kinds: kinds that it must not have
  due                [dates] of obligation_due entries that must be there; due_days / due_month_days: the only days of the month
                     (1 to 31) or of the year (MM-DD) on which they may fall, at least one
  open               words, each of which must occur in a diagnostic or in needs_review (of a list, one of them): what the user
                     must be told is unknown
  convenience, cure  periods (ISO) that must be there; no_convenience: true
  payment            [[period, anchor word]]; no_payment: true
  amends             date or reference of the amended agreement
  send_by            [[method, business days at least before the careful deadline], ...]
  business_day       a word of the place that business days are those of; month_ends: true: every end of a term listed is a month's last day
  obligors           [[words of the duty, obligor]]
  levels             [[metric, target, unit, severity digit or null]] that must be there; credits [[from, to, credit]];
                     no_levels: true
"""
from __future__ import annotations

import datetime
import json
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Iterator

import extract
import pdf
from cases import AS_OF, Result, main
from extract import value

UNITS = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y", "business_day": "BD", "hour": "H", "minute": "MIN"}


def iso(period):
    """P30D, P2BD, P1Y of a period, with 12 months written as a year and 3 months for a quarter."""
    if period is None:
        return None
    if isinstance(period, str):
        return period
    count, unit = period["count"], period["unit"]
    count = int(count) if float(count) == int(count) else count
    if unit == "quarter":
        count, unit = count * 3, "month"
    if unit == "month" and count % 12 == 0:
        count, unit = count // 12, "year"
    return f"P{count}{UNITS.get(unit, unit)}"


def same_period(a, b):
    if a and b and a.endswith("M") and not a.endswith("BM") and int(a[1:-1] or 0) % 12 == 0:
        a = f"P{int(a[1:-1]) // 12}Y"
    return a == b


def work_days(start, end):
    """Weekdays after start up to end."""
    a, b = datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)
    return sum((a + datetime.timedelta(i)).weekday() < 5 for i in range(1, (b - a).days + 1))


def entries(record, kind):
    return [e for e in record["schedule"] if e["kind"] == kind]


def failures(record, expect):
    """What does not hold, a phrase each."""
    out = []

    def check(name, want, got, same=lambda a, b: a == b):
        if not any(same(w, got) for w in (want if isinstance(want, list) else [want])):
            out.append(f"{name}: wanted {want}, got {got}")

    for field in ("agreement_date", "effective_date", "expiration_date", "governing_law"):
        if field in expect:
            check(field, expect[field], value(record.get(field)))
    if "initial_term" in expect:
        check("initial_term", expect["initial_term"], iso(value(record.get("initial_term"))), same_period)
    if "renewal" in expect:
        got = value(record.get("renewal"))
        if expect["renewal"] is None:
            if got and got.get("kind") not in (None, "none"):
                out.append(f"renewal: wanted none, got {got.get('kind')}")
        elif got is None:
            out.append(f"renewal: wanted {expect['renewal']}, got nothing")
        else:
            for key, want in expect["renewal"].items():
                have = got.get(key)
                if key in ("period", "notice_period", "notice_opens"):
                    check(f"renewal.{key}", want, iso(have), same_period)
                else:
                    check(f"renewal.{key}", want, have)
    names = [value(p)["name"].lower() for p in record.get("parties", [])]
    for want in expect.get("parties", []):
        if not any(want.lower() in n for n in names):
            out.append(f"party {want} missing of {names}")
    for ban in expect.get("no_parties", []):
        if any(ban.lower() in n for n in names):
            out.append(f"party {ban} invented")
    for kind, date in expect.get("deadlines", []):
        have = [e["literal_date"] for e in entries(record, kind)]
        if not any(d in have for d in (date if isinstance(date, list) else [date])):
            out.append(f"{kind} {date} missing of {have[:4]}")
    for kind in expect.get("no_kinds", []):
        if entries(record, kind):
            out.append(f"{kind} invented: {entries(record, kind)[0]['literal_date']}")
    due = [e["literal_date"] for e in entries(record, "obligation_due")]
    for date in expect.get("due", []):
        if date not in due:
            out.append(f"due {date} missing of {due[:4]}")
    if "due_days" in expect and (not due or any(int(d[8:]) not in expect["due_days"] for d in due)):
        out.append(f"due on days {expect['due_days']}, got {due[:4]}")
    if "due_month_days" in expect and (not due or any(d[5:] not in expect["due_month_days"] for d in due)):
        out.append(f"due on {expect['due_month_days']}, got {due[:4]}")
    told = json.dumps(record.get("diagnostics", [])) + json.dumps(record.get("needs_review", []))
    for word in expect.get("open", []):
        if not any(w in told.lower() for w in (word if isinstance(word, list) else [word.lower()])):
            out.append(f"nothing says that {word} is open")
    convenience = [iso(value(t).get("notice")) for t in record.get("terminations", []) if value(t)["kind"] == "convenience"]
    for want in expect.get("convenience", []):
        if want not in convenience:
            out.append(f"convenience {want} missing of {convenience}")
    if expect.get("no_convenience") and convenience:
        out.append(f"convenience invented: {convenience}")
    cure = [iso(value(t).get("cure")) for t in record.get("terminations", [])]
    for want in expect.get("cure", []):
        if want not in cure:
            out.append(f"cure {want} missing of {cure}")
    payment = [(iso(value(p).get("due")), str(value(p).get("from") or "")) for p in record.get("payment_terms", [])]
    for want, anchor in expect.get("payment", []):
        if not any(d == want and anchor.lower() in f.lower() for d, f in payment):
            out.append(f"payment {want} from {anchor} missing of {payment}")
    if expect.get("no_payment") and payment:
        out.append(f"payment invented: {payment}")
    if "amends" in expect:
        got = json.dumps(value(record.get("amends")) or {})
        if expect["amends"] not in got:
            out.append(f"amends {expect['amends']}, got {got}")
    for way, days in expect.get("send_by", []):
        found = [(e["date"], s) for e in entries(record, "notice_deadline") for s in e.get("send_by", []) if s.get("method") == way]
        if not found or any(work_days(s["date"], date) < days for date, s in found):
            out.append(f"send by {way} {days} business days before, got {[(d, s.get('date')) for d, s in found][:2]}")
    if "business_day" in expect and expect["business_day"].lower() not in json.dumps(record.get("business_day")).lower():
        out.append(f"business day of {expect['business_day']}, got {json.dumps(value(record.get('business_day')))}")
    if expect.get("month_ends"):
        ends = [e["literal_date"] for e in record["schedule"] if e["kind"] in ("renewal", "expiration")]
        wrong = [d for d in ends if d[8:] != "01" and (datetime.date.fromisoformat(d) + datetime.timedelta(1)).day != 1]
        if wrong or not ends:
            out.append(f"ends of months, got {wrong[:3]}")
    for words, who in expect.get("obligors", []):
        have = [value(o).get("obligor") for o in record.get("obligations", []) if words in (value(o).get("action") or "") + json.dumps(o.get("evidence"))]
        if not have or any(h != who for h in have):
            out.append(f"{words}: obligor {who}, got {have}")
    levels = [(v["metric"], v.get("target"), v.get("unit"), "".join(c for c in str(v.get("severity") or "") if c.isdigit()) or None)
              for v in (value(s) for s in record.get("service_levels", []))]
    for metric, target, unit, severity in expect.get("levels", []):
        if not any(m == metric and t is not None and abs(float(t) - target) < 1e-9 and u == unit and (severity is None or s == severity) for m, t, u, s in levels):
            out.append(f"level {metric} {target} {unit} {severity or ''} missing of {levels}")
    if expect.get("no_levels") and levels:
        out.append(f"levels invented: {levels}")
    credits = [(v.get("from"), v.get("to"), v.get("credit")) for v in (value(s) for s in record.get("service_credits", []))]
    for want in expect.get("credits", []):
        if not any(c is not None and abs(float(c) - want[2]) < 1e-9 for _, _, c in credits):
            out.append(f"credit {want} missing of {credits}")
    return out


def file_of(case, folder: Path, made: Path) -> Path:
    """The PDF of a case: the one that is kept, else one made of its text."""
    kept = folder / "pdf" / f"{case['name']}.pdf"
    if kept.is_file():
        return kept
    path = made / kept.name
    pdf.write(case["text"], path)
    return path


def run(binary: Path, folder: Path, only=(), half=None) -> Iterator[Result]:
    by_day = defaultdict(list)
    for case in json.loads((folder / "cases.json").read_text(encoding="utf-8")):
        if (not only or case["name"] in only) and half in (None, case.get("half")):
            by_day[case.get("as_of", AS_OF)].append(case)
    with tempfile.TemporaryDirectory() as made:
        for day, cases in sorted(by_day.items()):
            records = extract.records(binary, [file_of(case, folder, Path(made)) for case in cases], "--as-of", day)
            for case in cases:
                record = records.get(f"{case['name']}.pdf")
                yield Result(case["name"], case["kind"], failures(record, case["expect"]) if record else ["no record"], record)


if __name__ == "__main__":
    main("probes", run, __doc__, halves=True)
