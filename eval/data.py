#!/usr/bin/env python3
"""Where the data of the evaluation comes from, how it must lie, and what of it is there. Downloads nothing.

    python3 eval/data.py                  what there is, with source and licence
    python3 eval/data.py --check DIR      counts the files of DIR; exit code 1 when some are missing

The folder is looked for in this order: `--data DIR` of a script, the environment variable TICKLER_DATA, and
`../shared/data` beside the repository.
"""
import argparse
import os
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "eval" / "cases"


class Corpus(NamedTuple):
    """A set of contracts. `files` maps each file or pattern to the number of lines or of files, and what it is."""
    name: str
    about: str
    licence: str
    source: str
    files: dict


CORPORA = [
    Corpus(
        "cuad", "CUAD v1: 406 of its 510 commercial contracts from filings with the SEC", "CC BY 4.0, The Atticus Project",
        "https://zenodo.org/record/4595826 (CUAD_v1.zip), also https://huggingface.co/datasets/theatticusproject/cuad",
        {"cuad/pdf/*.pdf": (406, "the contracts of full_contract_pdf, all in one folder, names unchanged"),
         "cuad/gold.jsonl": (406, "a line for each contract, made from the answers and clauses of the benchmark:\n"
                                  "id (file name without .pdf); parties [{name, variants}]; agreement_date, effective_date,\n"
                                  "expiration_date, renewal_term, notice_period, governing_law, each {values, status}: dates and\n"
                                  "durations in ISO 8601, law as US-NY; status ok, absent (the experts say that there is none) or\n"
                                  "another word (left out); clauses {category: [{text, pieces}]}, pieces cut at <omitted>")}),
    Corpus(
        "kleister", "Kleister-NDA: the 254 agreements of its training part", "from public EDGAR filings; see the source",
        "https://github.com/applicaai/kleister-nda (applica.ai)",
        {"kleister/pdf/*.pdf": (254, "those of documents/ that files.txt names"),
         "kleister/files.txt": (254, "first column of train/in.tsv.xz"),
         "kleister/expected.tsv": (254, "train/expected.tsv, in the order of files.txt")}),
    Corpus(
        "contoso", "126 machine-written contracts of an invented company: services, levels, data, amendments", "MIT, James Nguyen",
        "https://github.com/james-tn/graph (contract_intelligence/data/input)",
        {"contoso/pdf/*.pdf": (126, "the Markdown of the source, laid out as PDF in several page designs")}),
    Corpus(
        "terms", "12 contracts of cuad and contoso, annotated by hand: dates, periods, service levels, duties", "ours",
        "made for this evaluation; not published yet",
        {"gold/*.json": (12, "a file for each contract, of its name; eval/terms.py reads them")}),
]


def folder() -> Path:
    """The folder of data unless another is given; it need not exist."""
    return Path(os.environ.get("TICKLER_DATA") or ROOT.parent / "shared" / "data")


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options `--data` and `--out`, which most scripts take."""
    parser.add_argument("--data", type=Path, default=folder(), metavar="DIR", help="folder of the data (see eval/data.py); now %(default)s")
    parser.add_argument("--out", type=Path, default=ROOT / "target" / "eval", metavar="DIR", help="folder of the results of eval/run.py; now %(default)s")


def count(root: Path, pattern: str) -> int:
    """How many files match, or how many lines the one file has."""
    if "*" in pattern:
        return len(list(root.glob(pattern)))
    if not (root / pattern).is_file():
        return 0
    with (root / pattern).open("rb") as f:
        return sum(1 for _ in f)


def lacking(root: Path, *names: str) -> list:
    """The files and patterns of these corpora of which nothing is there."""
    return [pattern for corpus in CORPORA if corpus.name in names for pattern in corpus.files if not count(root, pattern)]


def check(root: Path) -> int:
    """Prints what is there; returns how many entries are not as expected."""
    wrong = 0
    for corpus in CORPORA:
        for pattern, (expected, _) in corpus.files.items():
            found = count(root, pattern)
            wrong += found != expected
            print(f"{'ok  ' if found == expected else 'LACK'} {pattern:24} {found:4} of {expected}")
    print(f"{root}: " + (f"{wrong} entries are not as expected" if wrong else "all there"))
    return wrong


def describe() -> None:
    for corpus in CORPORA:
        print(f"{corpus.name}: {corpus.about}\n  licence  {corpus.licence}\n  source   {corpus.source}")
        for pattern, (expected, what) in corpus.files.items():
            print(f"  {pattern:24} {expected:4}  " + what.replace("\n", "\n" + 33 * " "))
        print()
    print(f"Folder in use: {folder()}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", type=Path, metavar="DIR", help="count what lies in this folder")
    args = parser.parse_args()
    if args.check:
        return 1 if check(args.check) else 0
    describe()
    return 0


if __name__ == "__main__":
    sys.exit(main())
