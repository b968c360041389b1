#!/usr/bin/env python3
"""Same meaning, same reading: rewrites the sentences from which values were read, and reads them again.

    python3 benches/paraphrase.py BIN [--seed N] [--count N] [--family F] [--list [KIND]] [--data DIR]

The sentences come from the fixtures, the cases of eval/ and, where they are there, CUAD and Kleister (see eval/data.py).
Each stands in a small contract of a fixed frame. What the program reads of it there is the reference, so that the rest of
the original contract plays no part; sentences without a value there are left out. Then

* substitutions that keep the meaning ("thirty (30) days" for "30 days") must give the same values,
* changes of the meaning ("shall not renew", another number) must give other values.

It prints the share of both that holds, by family and by kind. `--list` prints the pairs that fail as well: original,
rewritten, field, reference, what was read. It never prints those of the kept sets (half b of the wordings, the validation
fold of the corpora), whose errors are not looked at. The same seed gives the same sentences. The rules read alone, and
nothing of the corpora is written into the repository. rewrites.py holds the substitutions.
"""
import argparse
import collections
import json
import random
import re
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import Iterator, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "eval"))
import data  # noqa: E402
import fold  # noqa: E402
import pdf  # noqa: E402
import probes  # noqa: E402
import rewrites  # noqa: E402

FAMILIES = {"term": ["expiration_date", "initial_term"], "renewal": ["renewal"], "termination": ["terminations"],
            "payment": ["payment_terms"], "start": ["effective_date"]}
ROLES = ("Licensor Licensee Landlord Tenant Lessor Lessee Buyer Seller Purchaser Company Distributor Consultant Contractor Client "
         "Vendor Provider Supplier Customer").split()
FRAME = """SERVICES AGREEMENT

This agreement is made on 9 January 2026 between Larkspur Catering Limited (the "{a}") and Dunmore Freight Limited (the "{b}").

1. Services. The {a} shall supply the services that the {b} orders.{start}

2. {sentence}

3. Law. This agreement is governed by the law of England and Wales.
"""
START = ' "Effective Date" means 1 February 2026.'
BATCH = 2000


class Sentence(NamedTuple):
    """A sentence, the family of values that was read from it, and whether it is of a kept set."""
    text: str
    family: str
    kept: bool


class Case(NamedTuple):
    """A rewritten sentence. `same`: its values must be those of the original, else others."""
    original: Sentence
    kind: str
    text: str
    same: bool


def read(binary: str, paths: list) -> Iterator[dict]:
    """The records of files and folders, in order."""
    command = [binary, "extract", "--no-model", "--format", "ndjson", "--min-confidence", "0", "--as-of", "2026-01-15", "-"]
    run = subprocess.run(command, input="\n".join(map(str, paths)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return map(json.loads, run.stdout.splitlines())


def facts(record: dict, field: str) -> list:
    fact = record.get(field) or []
    return [f for f in (fact if isinstance(fact, list) else [fact]) if f["value"] is not None]


def cleaned(quote: str) -> str:
    """A quote as a sentence of its own: without its number, with a capital and a full stop. Empty where it is none."""
    text = re.sub(r"\s+", " ", quote.translate(str.maketrans("\u201c\u201d\u2019\u2018", "\"\"''"))).strip()
    text = re.sub(r"^(?:\(?(?:\d{1,2}|[ivx]{1,4}|[a-zA-Z])\)|\d{1,2}(?:\.\d{1,2})*\.?(?= [A-Z]))\s*", "", text)
    text = re.sub(r"[;,.:]?(?: and| or)?[;,.:]?$", "", text)
    fits = 30 < len(text) < 600 and "\t" not in quote and " " in text and text.encode("cp1252", "ignore").decode("cp1252") == text
    return rewrites.cased(text) + "." if fits and text[:1].isalnum() else ""


def sentences(binary: str, folder: Path, made: Path) -> list:
    """The sentences of all contracts from which a value was read, each once for each of its families."""
    cases = ROOT / "eval" / "cases"
    for case in json.loads((cases / "wordings" / "cases.json").read_text(encoding="utf-8")):
        probes.file_of(case, cases / "wordings", (made / case["half"]))
    corpora = [folder / name / "pdf" for name in ("cuad", "kleister") if (folder / name / "pdf").is_dir()]
    found = {}
    for paths, is_kept in (([ROOT / "fixtures" / "contracts", cases, made / "a"], False), ([made / "b"], True), (corpora, None)):
        for record in read(binary, paths):
            kept = fold.validation(record["document"]["file_name"]) if is_kept is None else is_kept
            for family, fields in FAMILIES.items():
                for fact in (fact for field in fields for fact in facts(record, field)):
                    text = cleaned(fact["evidence"][0]["quote"]) if fact["evidence"] else ""
                    if text:
                        found.setdefault((text, family), Sentence(text, family, kept))
    return list(found.values())


def roles(text: str) -> tuple:
    """What the parties are called: as in the sentence, where it names them."""
    named = [role for role in ROLES if re.search(rf"\b{role}\b", text)]
    return tuple((named + [role for role in ("Supplier", "Customer") if role not in named])[:2])


def framed(original: Sentence, text: str, kind: str = "") -> str:
    """The contract around a sentence; the words of the original name its parties. A narrow column is that of all of it."""
    a, b = roles(original.text)
    start = "" if original.family == "start" else START
    contract = FRAME.format(a=a, b=b, start=start, sentence=text.replace("{b}", b))
    if kind == "column":
        width = max(map(len, text.split("\n")))
        contract = "\n\n".join(textwrap.fill(part, width, break_on_hyphens=False) for part in contract.split("\n\n"))
    return contract


def period(p):
    return p and rewrites.length(p["count"], p["unit"])


def plain(field: str, value):
    """What of a value must stay: without the words of the contract, lengths in one form."""
    if field == "renewal":
        notices = sorted(([n["by"], n["term"], period(n["period"]), n["on"], period(n["window_opens"]), n["opens_on"]] for n in value["notices"]), key=str)
        return [value["kind"], period(value["period"]), value["max_renewals"], notices]
    if field == "terminations":
        breaks = [[b["on"], period(b["after"]), b["notice_on"], b.get("each")] for b in value["breaks"]]
        return [value["kind"], value["effect"], (value["by"] or "").lower().removeprefix("the "), period(value["notice"]), period(value["cure"]), breaks]
    if field == "payment_terms":
        return [(value["payer"] or "").lower().removeprefix("the "), period(value["due"]), value["frequency"], value["late_interest"]]
    return period(value) if field == "initial_term" else value


def values(record: dict, family: str) -> dict:
    """The values of a family, by field."""
    return {field: sorted({json.dumps(plain(field, f["value"])) for f in facts(record, field)}) for field in FAMILIES[family]}


def readings(binary: str, contracts: list) -> list:
    """The record of each text; None where there is none."""
    out = []
    for first in range(0, len(contracts), BATCH):
        with tempfile.TemporaryDirectory() as made:
            paths = [Path(made) / f"{first + i:06}.pdf" for i in range(len(contracts[first:first + BATCH]))]
            for path, text in zip(paths, contracts[first:first + BATCH]):
                pdf.write(text, path)
            records = {r["document"]["file_name"]: r for r in read(binary, paths)}
            out += [records.get(path.name) for path in paths]
    return out


def drawn(cases: list, count: int, rng: random.Random) -> list:
    """At most `count` cases: of each kind as many as of the others, as far as there are any."""
    kinds = collections.defaultdict(list)
    for case in cases:
        kinds[case.kind].append(case)
    out, left = [], count
    for n, kind in enumerate(sorted(kinds, key=lambda k: (len(kinds[k]), k))):
        some = kinds[kind]
        out += rng.sample(some, min(len(some), left // (len(kinds) - n)))
        left = count - len(out)
    return out


def rewritten(references: dict, count: int, rng: random.Random) -> list:
    """The cases of both parts."""
    same, other = [], []
    for original, reference in references.items():
        text = json.dumps(reference)
        periods = {(float(n), unit) for n, unit in re.findall(r"\[(\d+(?:\.\d+)?), \\\"(\w+)\\\"\]", text)}
        days = set(re.findall(r"\d{4}-\d\d-\d\d", text))
        same += [Case(original, kind, text, True) for kind, text in rewrites.same(original.text, rng)]
        other += [Case(original, kind, text, False) for kind, text in rewrites.other(original.text, original.family, periods, days, rng)]
    return drawn(same, count, rng) + drawn(other, count // 4, rng)


def show(title: str, results: list) -> None:
    """The share that holds, by family, by kind and of the kept sets."""
    print(f"\n{title}: {share(results)}")
    for name, key in (("family", lambda c: c.original.family), ("kind", lambda c: c.kind), ("set", lambda c: "kept" if c.original.kept else "open")):
        groups = collections.defaultdict(list)
        for case, holds in results:
            groups[key(case)].append((case, holds))
        print(f"  {name}")
        for group, part in sorted(groups.items()):
            print(f"    {group:15} {share(part)}")


def share(results: list) -> str:
    right = sum(holds for _, holds in results)
    return f"{right:5} of {len(results):5}  {100 * right / max(1, len(results)):5.1f} %"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=6000, help="rewritten sentences of the same meaning; a quarter as many of another (%(default)s)")
    parser.add_argument("--family", choices=FAMILIES)
    parser.add_argument("--list", nargs="?", const="", metavar="KIND", help="print the pairs that fail, of all kinds or of one")
    parser.add_argument("--data", type=Path, default=data.folder(), metavar="DIR", help="folder of the corpora; now %(default)s")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        for half in ("a", "b"):
            (Path(made) / half).mkdir()
        originals = [s for s in sentences(args.binary, args.data, Path(made)) if args.family in (None, s.family)]
    # What the frame alone says is no reading of a sentence.
    empty = {family: Sentence("Notices are in writing.", family, False) for family in FAMILIES}
    records = readings(args.binary, [framed(s, s.text) for s in [*empty.values(), *originals]])
    own = {family: values(record, family) for family, record in zip(empty, records)}
    references = {}
    for original, record in zip(originals, records[len(empty):]):
        got = {field: v for field, v in (values(record, original.family) if record else {}).items() if v and v != own[original.family][field]}
        if got:
            references[original] = got
    print(f"sentences {len(originals)}, with a value in the frame {len(references)}")
    cases = rewritten(references, args.count, random.Random(args.seed))
    results = []
    for case, record in zip(cases, readings(args.binary, [framed(c.original, c.text, c.kind) for c in cases])):
        wanted, got = references[case.original], values(record, case.original.family) if record else {}
        equal = {field: got.get(field) == v for field, v in wanted.items()}
        holds = all(equal.values()) if case.same else not all(equal.values())
        results.append((case, holds))
        if not holds and args.list in ("", case.kind) and not case.original.kept:
            print(f"\n[{case.original.family}, {case.kind}, {'same' if case.same else 'other'}]\n  {case.original.text}\n  {case.text}")
            for field in (f for f, e in equal.items() if e != case.same):
                print(f"  {field}: {' '.join(wanted[field])} -> {' '.join(got.get(field, []))}")
    show("same meaning, same values", [r for r in results if r[0].same])
    show("other meaning, other values", [r for r in results if not r[0].same])
    return 0 if results else 1


if __name__ == "__main__":
    sys.exit(main())
