"""What probes.py, complaints.py and files.py share: the command line and the report."""
import argparse
import json
from pathlib import Path
from typing import Callable, Iterable, NamedTuple, Optional

from data import CASES

AS_OF = "2026-11-28"


class Result(NamedTuple):
    """A case that was run: what does not hold, a phrase each, and the record if there is one."""
    name: str
    about: str
    wrong: list
    record: Optional[dict]


def report(kind: str, results: Iterable[Result], verbose: bool, show: bool = False) -> None:
    """Prints the number of right cases, with `verbose` each that failed before it, with `show` every record."""
    run = right = 0
    for result in results:
        run += 1
        right += not result.wrong
        if show:
            print(result.name, json.dumps(result.record, indent=1, ensure_ascii=False))
        if verbose and result.wrong:
            print(f"{result.name}  [{result.about}]  " + "; ".join(result.wrong))
    print(f"{kind}: {right} of {run} right")


def main(kind: str, run: Callable, doc: str, halves: bool = False) -> None:
    """The command line of one kind of cases. `run` takes the program, the folder and the names wanted (none: all), and for
    cases with `halves` the half wanted. A folder with such cases gives them its name."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bin", type=Path, help="the program")
    parser.add_argument("dir", type=Path, nargs="?", default=CASES / kind, help="folder of the cases")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="run this case only (may be repeated)")
    parser.add_argument("--show", action="store_true", help="print the record of each case")
    if halves:
        parser.add_argument("--half", choices=["a", "b"], help="run the cases of this half only")
    args = parser.parse_args()
    name = args.dir.resolve().name if halves else kind
    report(name, run(args.bin, args.dir, args.only, *([args.half] if halves else [])), True, args.show)
