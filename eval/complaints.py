#!/usr/bin/env python3
"""Contracts made after public complaints about other programs and after their bug reports.

    python3 eval/complaints.py BIN [DIR] [--only NAME]... [--show]

Each NAME.pdf of DIR has a NAME.json: `source`, `complaint`, `why` (the right answer and how it comes about), `as_of`, `with`
(other files of the same store, such as amendments) and `checks`, which must all hold:
  {"path": "expiration_date.value", "in": [..]}       the value at this path of the record is one of these
  {"list": "payment_terms", "has": {..}}              some fact of the list has a value with all this ("~x": contains x, any case)
  {"list": .., "lacks": {..}}                         none has
  {"count": "parties", "in": [2]}                     the list is this long
  {"schedule": kind, "date_in": [..]}                 such an entry exists; kind may be a list; "label": pattern of its label
  {"schedule": kind, "next": true, "date_in": [..]}   the first entry on or after as_of has one of these dates
  {"schedule": kind, "none": true, "date_in": [..]}   no such entry, or none on these dates
  {"flagged": "expiration_date"}                      its status is conflicting, unresolved or redacted, or needs_review names it
  {"diagnostic": pattern}                             a diagnostic has such a code
  {"any_of": [check, ..]}                             one of them holds
  {"cmd": [..], "before": [[..], ..], "match": [pattern, ..], "not_match": [..]}   what these commands print, on a store with the file
"""
import json
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Iterator

import extract
from cases import Result, main


class Case:
    """A complaint, with a folder to work in."""

    def __init__(self, binary: Path, file: Path, work: Path):
        self.binary, self.pdf, self.store = binary, file.with_suffix(".pdf"), work / "store"
        self.text = json.loads(file.read_text(encoding="utf-8"))
        self.as_of = self.text["as_of"]

    def tickler(self, *command) -> subprocess.CompletedProcess:
        """A command on a store that holds the file and those that go with it."""
        if not self.store.exists():
            files = [self.pdf, *(self.pdf.parent / name for name in self.text.get("with", []))]
            subprocess.run([self.binary, "ingest", "-q", *files, "--store", self.store], capture_output=True)
        return subprocess.run([self.binary, *command, "--store", self.store], capture_output=True, text=True)

    def record(self):
        """The record, of the contract as amended where there are other files."""
        if "with" in self.text:
            shown = json.loads(self.tickler("show", self.pdf.name, "--format", "json", "--as-of", self.as_of).stdout or "null")
            return shown[0] if isinstance(shown, list) else shown
        return extract.records(self.binary, [self.pdf], "--as-of", self.as_of).get(self.pdf.name)


def at(record, path: str):
    """The value at a path of names and numbers, None where it leads nowhere."""
    for key in path.split("."):
        if isinstance(record, list):
            record = record[int(key)] if int(key) < len(record) else None
        elif record is not None:
            record = record.get(key)
    return record


def plain(value):
    return value.rstrip(".").lower() if isinstance(value, str) else value


def contains(value, pattern) -> bool:
    """Whether a value holds all that the pattern names."""
    if isinstance(pattern, dict):
        return isinstance(value, dict) and all(contains(value.get(k), p) for k, p in pattern.items())
    if isinstance(pattern, str) and pattern.startswith("~"):
        return value is not None and pattern[1:].lower() in json.dumps(value, ensure_ascii=False).lower()
    return pattern == value


def path(check, record, case):
    found = at(record, check["path"])
    return plain(found) in [plain(x) for x in check["in"]], f"{check['path']} = {found!r}"


def facts(check, record, case):
    values = [x["value"] for x in record.get(check["list"]) or []]
    if "has" in check:
        return any(contains(v, check["has"]) for v in values), f"{check['list']} without {json.dumps(check['has'], ensure_ascii=False)}"
    return not any(contains(v, check["lacks"]) for v in values), f"{check['list']} with {json.dumps(check['lacks'], ensure_ascii=False)}"


def count(check, record, case):
    found = len(record.get(check["count"]) or [])
    return found in check["in"], f"{check['count']}: {found}"


def schedule(check, record, case):
    kinds = [check["schedule"]] if isinstance(check["schedule"], str) else check["schedule"]
    entries = [e for e in record["schedule"] if e["kind"] in kinds and re.search(check.get("label", ""), e["label"], re.I)]
    if check.get("next"):
        entries = sorted((e for e in entries if e["date"] >= case.as_of), key=lambda e: e["date"])[:1]
    said = f"{' or '.join(kinds)} {[e['date'] for e in entries][:8]}"
    if check.get("none"):
        return not any("date_in" not in check or {e["date"], e["literal_date"]} & set(check["date_in"]) for e in entries), said
    return any(e["date"] in check["date_in"] for e in entries), said


def flagged(check, record, case):
    field = check["flagged"]
    fact = record.get(field)
    status = fact["status"] if isinstance(fact, dict) else None
    named = any(re.split(r"[\[.]", item["field"])[0] == field for item in record.get("needs_review", []))
    return named or status in ("conflicting", "unresolved", "redacted"), f"{field} not flagged (status {status})"


def diagnostic(check, record, case):
    codes = [d["code"] for d in record["diagnostics"]]
    return any(re.search(check["diagnostic"], code) for code in codes), f"diagnostics {codes}"


def any_of(check, record, case):
    results = [holds(c, record, case) for c in check["any_of"]]
    return any(ok for ok, _ in results), "none of: " + ", ".join(said for _, said in results)


def command(check, record, case):
    runs = [case.tickler(*c) for c in [*check.get("before", []), check["cmd"]]]
    out = "".join(run.stdout + run.stderr for run in runs)
    seen = lambda pattern: re.search(pattern, out, re.I | re.S | re.M)  # noqa: E731
    ok = all(map(seen, check.get("match", []))) and not any(map(seen, check.get("not_match", [])))
    return ok, f"{' '.join(check['cmd'])}: {' '.join(out.split())[:600]}"


CHECKS = {"any_of": any_of, "path": path, "list": facts, "count": count, "schedule": schedule, "flagged": flagged,
          "diagnostic": diagnostic, "cmd": command}


def holds(check, record, case) -> tuple:
    """Whether a check holds, and what there is instead."""
    return next(run for name, run in CHECKS.items() if name in check)(check, record, case)


def run(binary: Path, folder: Path, only=()) -> Iterator[Result]:
    for file in sorted(folder.glob("*.json")):
        if only and file.stem not in only:
            continue
        with tempfile.TemporaryDirectory() as work:
            case = Case(binary, file, Path(work))
            record = case.record()
            wrong = [said for ok, said in (holds(c, record, case) for c in case.text["checks"]) if not ok] if record else ["no record"]
            yield Result(file.stem, case.text["kind"], wrong, record)


if __name__ == "__main__":
    main("complaints", run, __doc__)
