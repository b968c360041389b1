"""What a schedule of many contracts looks like: whether every contract that renews or can be ended has an entry, whether no
date is made up, whether the list can be read, and whether the calendar holds the decisions and nothing else.

    python3 benches/schedule.py target/release/tickler FOLDER_OF_PDFS [--sample 150] [--as-of 2026-12-01] [-- OPTIONS OF INGEST]

The sample is drawn from all PDFs below the folder, the same one each time; 0 takes all. Exit code 1 when a number that must be
0 is not.
"""
import argparse
import json
import random
import re
import sys
import tempfile
from pathlib import Path

from processes import run

DECISIONS = {"notice_deadline", "option_deadline", "break_deadline"}
DUTIES = {"obligation_due", "claim_deadline"}


def main() -> int:
    own, _, options = " ".join(sys.argv[1:]).partition(" -- ")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tickler", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=150)
    parser.add_argument("--as-of", default="2026-12-01")
    parser.add_argument("--store", type=Path, help="a store that is there already; nothing is read")
    args = parser.parse_args(own.split())
    files = sorted(args.folder.rglob("*.pdf"))
    if args.sample and len(files) > args.sample:
        files = random.Random(17).sample(files, args.sample)
    with tempfile.TemporaryDirectory() as work:
        store = args.store or Path(work) / "store"
        ask = lambda *command: run(args.tickler.resolve(), "--quiet", "--store", store, *command)
        if not args.store:
            for start in range(0, len(files), 100):
                ask("ingest", *files[start:start + 100], "--format", "json", *options.split())
        as_of = ("--as-of", args.as_of)
        contracts = json.loads(ask("list", "--format", "json", *as_of).out)
        gaps = {gap["contract"] for gap in json.loads(ask("doctor", "--contracts", "--format", "json").out)["without_dates"]}
        bare = [c["file_name"] for c in contracts if c["id"] in gaps and c["renewal"] not in (None, "none")]
        everything = json.loads(ask("schedule", "--all", "--format", "json", *as_of).out)
        dated = [e for e in everything if e["act_by"]]
        guessed = [e for e in dated if e["kind"] in DUTIES and e["basis"] == "assumed"]
        screen = ask("schedule", "--within", "90d", *as_of).out.splitlines()
        year = ("schedule", "--within", "1y", *as_of)
        ahead = [e for e in json.loads(ask(*year, "--format", "json").out) if e["act_by"] and e["kind"] in DECISIONS]
        decisions = {e["id"] for e in ahead if e["basis"] != "assumed"}
        calendar = ask(*year, "--format", "ics").out.replace("\r\n ", "")
        events = re.findall(r"^UID:(\S+)", calendar, re.MULTILINE)
        assumed = {e["id"] for e in dated if e["basis"] == "assumed"}.intersection(events)
    must = {
        "that renew, can be renewed or ended, and have no entry": len(bare),
        "dates of duties that are assumed": len(guessed),
        "events in the calendar that are no decision": len(set(events) - decisions),
        "decisions without an event": len(decisions - set(events)),
        "events that are there twice": len(events) - len(set(events)),
        "events that are assumed": len(assumed),
    }
    print(f"{len(contracts)} contracts, {len(gaps)} without any date or open entry")
    print(f"{len(screen)} lines of `schedule --within 90d`, {sum('open ' in line for line in screen)} of them open")
    print(f"{len(decisions)} decisions of a year and {len(ahead) - len(decisions)} assumed ones, {len(events)} events in the calendar")
    print("\nmust be 0:")
    for what, count in must.items():
        print(f"{count:>6}  {what}")
    for name in bare:
        print(f"        {name}")
    return int(any(must.values()))


if __name__ == "__main__":
    sys.exit(main())
