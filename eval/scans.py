#!/usr/bin/env python3
"""Reads noisy scans of all fixture contracts and compares their key fields with those of the originals.

    /tmp/fixtures-venv/bin/python eval/scans.py target/release/tickler [--pages DIR] [-v] [-- OPTION ...]

Each page becomes a grey picture of 200 dots an inch, askew by up to 1.5 degrees, blurred, on grey paper, with noise, as
a JPEG; the draws are fixed. Fields that neither record has do not count. `--pages DIR` keeps the scans there (and uses
those that are there); options after `--` go to `tickler extract`. Needs tesseract, and what fixtures/scan.py needs.
"""
import sys
import tempfile
import time
from pathlib import Path

import numpy

import extract
from data import ROOT
from extract import value

sys.path.insert(0, str(ROOT / "fixtures"))
import scan  # noqa: E402

AS_OF = "2024-07-01"


def make(contract, out):
    generator = numpy.random.default_rng(sum(contract.stem.encode()))
    worn = [scan.worn(p, generator, skew=generator.uniform(-1.5, 1.5), noise=12, blur=0.7, paper=238)
            for p in scan.pages(contract, 200)]
    scan.save(worn, out, 200, quality=60)


def fields(record):
    """The key fields, as plain values."""
    def period(p):
        return p and f'{p["count"]} {p["unit"]}'

    renewal = value(record["renewal"]) or {}
    deadlines = [e for e in record["schedule"] if e["kind"] in ("notice_deadline", "option_deadline")]
    parties = sorted("".join(c for c in p["value"]["name"].lower() if c.isalnum()) for p in record["parties"] if p["value"])
    out = {f"party {i + 1}": name for i, name in enumerate(parties)}
    out |= {
        "agreement date": value(record["agreement_date"]),
        "effective date": value(record["effective_date"]),
        "expiration date": value(record["expiration_date"]),
        "term": period(value(record["initial_term"])),
        "renewal": renewal.get("kind"),
        "renewal period": period(renewal.get("period")),
        "notice period": period(renewal.get("notice_period")),
        "notice deadline": deadlines[0]["literal_date"] if deadlines else None,
        "governing law": value(record["governing_law"]),
    }
    return out


def compare(original, scanned, verbose):
    """For each kind of field: how many there are, and how many are equal."""
    table = {}
    for name in sorted(original):
        want = fields(original[name])
        have = fields(scanned[name]) if name in scanned else {}
        # Parties count as a set.
        names = {v for k, v in want.items() if k.startswith("party")}
        read = {v for k, v in have.items() if k.startswith("party")}
        rows = [("parties", n, n if n in read else None) for n in sorted(names)]
        rows += [("parties", None, n) for n in sorted(read - names)]
        rows += [(k, want.get(k), have.get(k)) for k in want if not k.startswith("party")]
        for kind, a, b in rows:
            if a is None and b is None:
                continue
            count = table.setdefault(kind, [0, 0])
            count[0] += 1
            count[1] += a == b
            if a != b and verbose:
                print(f"  {name}: {kind}: {a!r} became {b!r}")
    return table


def main():
    arguments = sys.argv[1:]
    options = []
    if "--" in arguments:
        cut = arguments.index("--")
        arguments, options = arguments[:cut], arguments[cut + 1:]
    verbose = "-v" in arguments
    arguments = [a for a in arguments if a != "-v"]
    tickler = Path(arguments[0]).resolve()
    folder = Path(arguments[2]) if arguments[1:2] == ["--pages"] else Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    contracts = sorted((ROOT / "fixtures/contracts").glob("*.pdf"))
    for contract in contracts:
        if not (folder / contract.name).exists():
            make(contract, folder / contract.name)
    original = extract.records(tickler, contracts, "--as-of", AS_OF, *options)
    begun = time.monotonic()
    scanned = extract.records(tickler, [folder / c.name for c in contracts], "--as-of", AS_OF, *options)
    took = time.monotonic() - begun
    pages = sum(r["document"]["pages"] for r in scanned.values())
    table = compare(original, scanned, verbose)
    print(f"{'field':<18}{'in either':>10}{'equal':>8}")
    for kind, (count, equal) in table.items():
        print(f"{kind:<18}{count:>10}{equal:>8}")
    count, equal = (sum(v[i] for v in table.values()) for i in (0, 1))
    print(f"{'all':<18}{count:>10}{equal:>8}  {100 * equal / count:.1f} %")
    print(f"{pages} pages in {took:.0f} s; mean certainty "
          f"{sum(r['document']['ocr']['confidence'] for r in scanned.values()) / max(len(scanned), 1):.3f}")


if __name__ == "__main__":
    main()
