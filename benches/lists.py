"""What lists and searches cost in a large store: processor time at 1,000, 5,000 and 20,000 contracts.

    python3 benches/lists.py target/release/tickler [--sizes 1000 5000 20000] [--folder fixtures/contracts]

The contracts of the folder are read once. The large store is made of their rows, each many times under other identities,
names and reference numbers, as a store of version 4: the program brings it up to date and seals it.
"""
import argparse
import hashlib
import json
import sqlite3
import tempfile
from pathlib import Path

from processes import run

ROOT = Path(__file__).parent.parent
MIGRATIONS = ROOT / "src" / "store" / "migrations"
VERSION = 4
QUERY = '"notice of non-renewal"'
LISTS = {
    "first list": ("list",),
    "list": ("list",),
    "today": ("today",),
    "schedule": ("schedule",),
    "within 90d": ("schedule", "--within", "90d"),
    "within 7d": ("schedule", "--within", "7d"),
    "search": ("search", QUERY),
    "search again": ("search", QUERY),
}


def multiplied(small: Path, large: Path, size: int) -> None:
    """The database `large` with `size` contracts made of those of `small`."""
    large.parent.mkdir(mode=0o700)
    old, new = sqlite3.connect(small), sqlite3.connect(large)
    for script in sorted(MIGRATIONS.glob("*.sql"))[:VERSION]:
        new.executescript(script.read_text())
    new.execute("INSERT INTO meta VALUES ('created', '2026-01-01T00:00:00Z')")
    new.executemany("INSERT INTO runs VALUES (?, ?, ?, ?)", old.execute("SELECT * FROM runs"))
    columns = {table: [row[1] for row in new.execute(f"PRAGMA table_info({table})")] for table in ("documents", "contracts", "texts", "paths")}
    rows = {table: {} for table in columns}
    for table, names in columns.items():
        key = names.index("id" if table == "documents" else "document")
        for row in old.execute(f"SELECT {', '.join(names)} FROM {table}"):
            rows[table][row[key]] = dict(zip(names, row))
    ids = sorted(rows["documents"])
    for number in range(size):
        copy, id = number // len(ids), ids[number % len(ids)]
        other = hashlib.sha256(f"{id} {copy}".encode()).hexdigest() if copy else id
        for table, names in columns.items():
            row = dict(rows[table][id])
            for name, value in row.items():
                if isinstance(value, str):
                    row[name] = value.replace(id, other)
            if copy:
                mark = f"-{copy:05}.pdf"
                for name in ("file_name", "uri", "record", "card"):
                    if name in row:
                        row[name] = row[name].replace(".pdf", mark)
                if table == "contracts":
                    row["card"] = numbered(row["card"], copy)
            new.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", [row[n] for n in names])
        new.execute("INSERT INTO events (at, kind, document, detail) VALUES ('2026-01-01T00:00:00Z', 'ingested', ?, NULL)", [other])
    new.execute(f"PRAGMA user_version = {VERSION}")
    new.commit()
    new.close()


def numbered(card: str, copy: int) -> str:
    """The card among other parties and numbers, so that an amendment still finds its own agreement."""
    card = json.loads(card)
    card["parties"] = [f"{name}{copy}" for name in card["parties"]]
    for holder in (card, card["amends"] or {}):
        if holder.get("reference"):
            holder["reference"] += f"-{copy:05}"
    return json.dumps(card, ensure_ascii=False, separators=(",", ":"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tickler", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 5000, 20000])
    parser.add_argument("--folder", type=Path, default=ROOT / "fixtures" / "contracts")
    parser.add_argument("--keep", type=Path, help="folder in which the stores stay")
    args = parser.parse_args()
    program = args.tickler.resolve()
    with tempfile.TemporaryDirectory() as work:
        work = args.keep or Path(work)
        work.mkdir(exist_ok=True)
        small = work / "small"
        run(program, "--store", small, "ingest", args.folder)
        print(f"{'contracts':>9}", *(f"{name:>12}" for name in (*LISTS, "ingest")), "CPU ms")
        for size in args.sizes:
            store = work / str(size)
            if not store.exists():
                multiplied(small / "tickler.db", store / "tickler.db", size)
            # Brings it up to date.
            run(program, "--store", store, "list", "--party", "nobody")
            took = []
            one = next(args.folder.glob("*.pdf"))
            for command in (*LISTS.values(), ("ingest", one)):
                done = run(program, "--store", store, *command)
                assert done.code == 0, (command, done.err)
                took.append(done.cpu * 1000)
            print(f"{size:>9,}", *(f"{ms:>12.0f}" for ms in took), flush=True)


if __name__ == "__main__":
    main()
