#!/usr/bin/env python3
"""The whole evaluation: reads every contract with the program and prints all tables of scores.

    python3 eval/run.py BIN [--data DIR] [--out DIR] [--floors eval/floors.toml] [--verbose]

The public data need not be there (see eval/data.py): a corpus that is not is skipped, with a line that says so. The cases
of this repository (eval/cases) always run. Results go to the folder of --out: NAME.ndjson (the records), NAME.log, scores
as JSON, and tables.txt, the printed tables. Exit code 1 when a score is below its floor, or with --require-data when a
corpus is missing.
"""
import argparse
import contextlib
import io
import sys
from pathlib import Path
from typing import Callable, NamedTuple

import complaints
import cuad
import data
import extract
import files
import floors
import kleister
import predictions
import probes
import terms
from cases import report


def progress(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def printed(step: Callable, *args) -> str:
    """What a step prints, which is printed here too."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        step(*args)
    print(said.getvalue(), end="", flush=True)
    return said.getvalue()


def read_contracts(binary: Path, name: str, contracts: list, out: Path) -> Path:
    """Reads the contracts of a corpus, says what it took, and returns the file of their records."""
    progress(f"{name}: reading {len(contracts)} contracts")
    records = out / f"{name}.ndjson"
    cost = extract.to_file(binary, contracts, records, out / f"{name}.log")
    print(f"{name}: {cost.wall:.2f} s wall, {cost.cpu:.2f} s CPU, {cost.peak} KiB peak")
    print(f"{name}: {data.count(out, records.name)} records of {len(contracts)} files")
    if cost.code:
        progress(f"{name}: exit code {cost.code}, see {out / name}.log")
    progress(f"{name}: scoring")
    return records


def pdfs(folder: Path) -> list:
    return sorted(folder.glob("*.pdf"))


def score_cuad(binary: Path, root: Path, out: Path) -> None:
    records = read_contracts(binary, "cuad", pdfs(root / "cuad/pdf"), out)
    (out / "cuad.jsonl").write_text(predictions.cuad_text(records), encoding="utf-8")
    cuad.main(["--ws", "--gold", str(root / "cuad/gold.jsonl"), "--pred", str(out / "cuad.jsonl"), "--json", str(out / "cuad.scores.json")])


def score_kleister(binary: Path, root: Path, out: Path) -> None:
    records = read_contracts(binary, "kleister", pdfs(root / "kleister/pdf"), out)
    (out / "kleister.json").write_text(predictions.kleister_text(records), encoding="utf-8")
    kleister.main(["--root", str(root / "kleister"), "--pred", str(out / "kleister.json")])


def score_terms(binary: Path, root: Path, out: Path) -> None:
    annotated = {file.stem for file in (root / "gold").glob("*.json")}
    contracts = [pdf for corpus in ("contoso", "cuad") for pdf in pdfs(root / corpus / "pdf") if pdf.stem in annotated]
    records = read_contracts(binary, "terms", contracts, out)
    terms.main(["--gold", str(root / "gold"), "--pred", str(records), "--json", str(out / "terms.scores.json")])


class Part(NamedTuple):
    """A part that needs public data: how it is scored, the corpora it needs, the sections of floors.toml that it fills."""
    score: Callable
    corpora: list
    sections: list


PARTS = {
    "cuad": Part(score_cuad, ["cuad"], ["cuad", "clauses"]),
    "kleister": Part(score_kleister, ["kleister"], ["kleister"]),
    "terms": Part(score_terms, ["terms", "contoso", "cuad"], ["terms"]),
}
CASES = {"probes": probes.run, "wordings": probes.run, "complaints": complaints.run, "files": files.run}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bin", type=Path, help="the program, such as target/release/tickler")
    data.add_options(parser)
    parser.add_argument("--floors", type=Path, metavar="FILE", help="compare the scores with these floors")
    parser.add_argument("--require-data", action="store_true", help="exit code 1 when a corpus is missing")
    parser.add_argument("--verbose", action="store_true", help="print each case that failed")
    args = parser.parse_args()
    if not args.bin.is_file():
        parser.error(f"no such program: {args.bin}")
    binary = args.bin.resolve()
    args.out.mkdir(parents=True, exist_ok=True)

    lacking = {name: data.lacking(args.data, *part.corpora) for name, part in PARTS.items()}
    skipped = [name for name, what in lacking.items() if what]
    if len(skipped) == len(PARTS):
        print(f"evaluation skipped: no data in {args.data}; see eval/data.py")
    else:
        for name in skipped:
            print(f"{name} skipped: no {', '.join(lacking[name])} in {args.data}")

    text = ""
    for name, part in PARTS.items():
        if name not in skipped:
            text += printed(part.score, binary, args.data, args.out)
    for name, run in CASES.items():
        progress(f"{name}: running the cases")
        text += printed(report, name, run(binary, data.CASES / name), args.verbose)
    (args.out / "tables.txt").write_text(text, encoding="utf-8")

    missed = floors.compare(args.floors, text, [s for name in skipped for s in PARTS[name].sections]) if args.floors else 0
    return 1 if missed or (skipped and args.require_data) else 0


if __name__ == "__main__":
    sys.exit(main())
