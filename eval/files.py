#!/usr/bin/env python3
"""Whole files that went wrong: altered after signing, signatures not seen, words lost, words that nobody can see.

    python3 eval/files.py BIN [DIR] [--only FILE]... [--show]      DIR holds cases.json and the PDFs

Prints a line for each case that fails and the count at the end. `expect` of a case, every key optional:
  integrity     of every digital signature: "intact", "changed_after_signing", ...; a list: any of these
  not_intact    true: no signature may be called intact
  signatures    how many digital signatures must be listed
  told          words of which one must occur in a diagnostic
  expiration_date, parties (parts of names)     of the record
  hidden        words that must not decide any value and must not be quoted as evidence
`password` of a case opens the file.
"""
from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Iterator

import extract
from cases import AS_OF, Result, main
from extract import value


def failures(record, expect):
    out = []
    digital = [s for s in map(value, record.get("signatures", [])) if s and s["kind"] == "digital"]
    states = [s.get("integrity") for s in digital]
    if "signatures" in expect and len(digital) != expect["signatures"]:
        out.append(f"{expect['signatures']} signatures, got {len(digital)}")
    if "integrity" in expect:
        wanted = expect["integrity"] if isinstance(expect["integrity"], list) else [expect["integrity"]]
        if not states or any(s not in wanted for s in states):
            out.append(f"integrity {expect['integrity']}, got {states}")
    if expect.get("not_intact") and (not states or "intact" in states):
        out.append(f"must not be intact, got {states}")
    told = json.dumps(record.get("diagnostics", [])).lower()
    if "told" in expect and not any(w.lower() in told for w in expect["told"]):
        out.append(f"no diagnostic with {expect['told']}")
    if "expiration_date" in expect and value(record.get("expiration_date")) != expect["expiration_date"]:
        out.append(f"expiration_date {expect['expiration_date']}, got {value(record.get('expiration_date'))}")
    names = " | ".join(value(p)["name"] for p in record.get("parties", []))
    out += [f"party {p} missing of {names}" for p in expect.get("parties", []) if p not in names]
    if "hidden" in expect:
        facts = {k: v for k, v in record.items() if k != "diagnostics"}
        if expect["hidden"] in json.dumps(facts, ensure_ascii=False):
            out.append(f"hidden words {expect['hidden']!r} are used")
    return out


def run(binary: Path, folder: Path, only=()) -> Iterator[Result]:
    for case in json.loads((folder / "cases.json").read_text(encoding="utf-8")):
        if only and case["file"] not in only:
            continue
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as passwords:
            passwords.write(case.get("password", "") + "\n")
            passwords.flush()
            options = ["--min-confidence", "0.001", "--as-of", AS_OF]
            if "password" in case:
                options += ["--password-file", passwords.name]
            record = extract.records(binary, [folder / case["file"]], *options).get(case["file"])
        wrong = failures(record, case["expect"]) if record else ["no record"]
        yield Result(case["file"], f"{case['kind']}: {case['about']}", wrong, record)


if __name__ == "__main__":
    main("files", run, __doc__)
