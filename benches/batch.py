"""What a contract costs in a small store and in a large one: ingest, search and the schedule at 1,000, 5,000 and 20,000
documents.

    python3 benches/batch.py target/release/tickler [--sizes 1000 5000 20000] [-- OPTIONS OF INGEST]

The documents are our fixtures with other names, years and reference numbers, laid out anew (needs pdftotext).
"""
import argparse
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from processes import Run, run

sys.path.insert(0, str(Path(__file__).parent.parent / "fixtures"))
from hostile import escaped, pages  # noqa: E402

CONTRACTS = Path(__file__).parent.parent / "fixtures" / "contracts"
QUERIES = ("renewal", '"notice of non-renewal"', "limitation of liability", "insurance certificate", "party:Harbor", "availability AND credit")
FIRST = "Alder Birch Cedar Dogwood Elder Fir Gorse Hazel Ivy Juniper Kelp Larch Maple Nettle Oak Pine Quince Rowan Sorrel Teasel".split()
SECOND = "Bay Bridge Cliff Dale Fen Ford Glen Harbor Heath Hill Island Lake Marsh Moor Point Ridge River Shore Vale Wood".split()


def texts() -> list:
    """The words of the fixtures, line by line."""
    found = []
    for file in sorted(CONTRACTS.glob("*.pdf")):
        text = subprocess.run(["pdftotext", "-enc", "Latin1", file, "-"], capture_output=True, check=True).stdout.decode("latin-1")
        found.append([escaped(line) for line in text.replace("\f", "\n").splitlines()])
    return found


def varied(source: list, number: int) -> list:
    """The same contract among other parties, in other years."""
    draw = random.Random(number)
    names, years = {}, draw.randrange(-6, 7)
    capital = re.compile(r"\b[A-Z][A-Za-z]{4,}(?= (?:[A-Z][a-z]+ )*(?:Inc|LLC|Ltd|Limited|Corp|GmbH|PTY))|\b[A-Z]{5,}(?= (?:[A-Z&]+ )*(?:INC|LLC|LTD|LIMITED|CORP|PTY))")
    for name in set(capital.findall("\n".join(source))):
        names[name.lower()] = draw.choice(FIRST) + draw.choice(SECOND).lower()
    pattern = re.compile("|".join(map(re.escape, names)) or r"(?!)", re.IGNORECASE)
    swap = lambda m: names[m[0].lower()].upper() if m[0].isupper() else names[m[0].lower()]
    year = lambda m: str(int(m[0]) + years)
    reference = lambda m: f"{m[1]}{number:05}"
    # A line of its own: some contracts hold nothing that varies.
    return [f"Contract No. T-{number:05}", *(re.sub(r"\b([A-Z]{2,}-)\d{3,}", reference, re.sub(r"\b20[12]\d\b", year, pattern.sub(swap, line))) for line in source)]


def measured(*command) -> Run:
    done = run(*command)
    assert done.code == 0, (command, done.err)
    return done


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tickler", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 5000, 20000])
    own, _, options = " ".join(sys.argv[1:]).partition(" -- ")
    args = parser.parse_args(own.split())
    options = options.split()
    program, sources = args.tickler.resolve(), texts()
    with tempfile.TemporaryDirectory() as work:
        folder, store, made = Path(work) / "in", Path(work) / "store", 0
        folder.mkdir()
        ask = lambda *command: measured(program, "--store", store, *command)
        print(f"{'contracts':>9} {'read':>6} {'wall ms each':>12} {'CPU ms each':>11} {'peak MiB':>8} {'again ms each':>13} {'search ms':>9} {'schedule ms':>11} {'store KiB each':>14}")
        for size in sorted(args.sizes):
            for number in range(made, size):
                (folder / f"{number:05}.pdf").write_bytes(pages(varied(sources[number % len(sources)], number)))
            new, made = size - made, size
            _, wall, cpu, memory, out, _ = ask("ingest", folder, "--format", "json", *options)
            summary = json.loads(out)
            assert summary["new"] == new and not summary["failed"], {k: summary[k] for k in ("new", "duplicates", "failed")}
            again = ask("ingest", folder, "--format", "json", *options).wall
            search = statistics.median(ask("search", query, "--format", "json").wall for query in QUERIES)
            schedule = ask("schedule", "--within", "30d", "--format", "json").wall
            kept = sum(f.stat().st_size for f in store.rglob("*") if f.is_file()) / 1024
            print(f"{size:9} {new:6} {wall / new * 1e3:12.1f} {cpu / new * 1e3:11.1f} {memory:8.0f} {again / size * 1e3:13.2f} "
                  f"{search * 1e3:9.0f} {schedule * 1e3:11.0f} {kept / size:14.1f}", flush=True)
        shutil.rmtree(store)


if __name__ == "__main__":
    main()
