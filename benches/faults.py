"""The commands that write, killed at random moments and with errors injected into single calls of the system.

    python3 benches/faults.py target/release/tickler [KILLS [FAULTS [SEED]]]

After each command the store must be sound, hold every document and event that it held, or what the command made of them, and be
usable, and every message that it calls sent must be in its folder. Needs strace, which makes the n-th call of a kind fail, and openpyxl, which fills in the workbook.
"""
import csv
import datetime
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import openpyxl

CONTRACTS = Path(__file__).resolve().parent.parent / "fixtures" / "contracts"
NAMES = ["carrier-agreement-evergreen.pdf", "one-way-nda-letter.pdf", "mutual-nda-perpetual.pdf", "coworking-month-to-month.pdf",
         "equipment-purchase-agreement.pdf", "consulting-agreement-individual.pdf",
         "service-level-agreement.pdf"]
# Stands for the first obligation of its contract.
DUTY = "{duty}"
# Stands for a day that comes later each time, so that there is something to remind of.
DAY = "{day}"
SETTINGS = """us = ["Holloway"]
[[hook]]
name = "crm"
event = "contract"
command = ["/bin/true"]
[remind]
to = "all@example.com"
[[person]]
name = "Ann Field"
email = "ann@example.com"
[[person]]
name = "Bo Lind"
email = "bo@example.com"
"""
COMMANDS = [
    (["ingest", "in"], "add"),
    (["ingest", "in", "--force"], "add"),
    (["remove", NAMES[0]], "remove"),
    (["link", NAMES[1], NAMES[2]], "add"),
    (["link", NAMES[1], NAMES[3], "--copy"], "add"),
    (["link", NAMES[1], "--none"], "add"),
    (["link", NAMES[1], "--automatic"], "add"),
    (["event", NAMES[2], "delivery", "2026-03-02"], "add"),
    (["event", NAMES[2], "delivery", "2026-03-02", "--withdraw"], "add"),
    (["assign", NAMES[1], "Ann Field", "--backup", "Bo Lind"], "add"),
    (["set", NAMES[1], "governing_law", "Ohio", "--why", "side letter"], "add"),
    (["unset", NAMES[1], "governing_law"], "add"),
    (["confirm", NAMES[2], "parties", "governing_law"], "add"),
    (["dismiss", NAMES[0], "execution"], "add"),
    (["decide", NAMES[5], "end"], "add"),
    (["sent", NAMES[5], "--way", "courier", "--on", "2026-02-02"], "add"),
    (["undo", NAMES[5]], "add"),
    (["undo", NAMES[2]], "add"),
    (["reindex"], "nothing"),
    (["search", "notice"], "nothing"),
    (["backup", "--force", "b.db"], "nothing"),
    (["restore", "b.db"], "restore"),
    (["export", "--output", "out.json"], "nothing"),
    (["export", "--format", "ndjson", "--since", "start", "--output", "since.ndjson"], "add"),
    (["export", "--format", "xlsx", "--output", "out.xlsx"], "nothing"),
    (["export", "--format", "tables", "--output", "tables"], "nothing"),
    (["export", "--format", "sql", "--output", "out.sql"], "nothing"),
    (["export", "--format", "ics", "--by-owner", "--output", "calendars"], "add"),
    (["export", "--map", "salesforce", "--output", "out.csv"], "nothing"),
    (["schedule", "--format", "ics", "--output", "dates.ics"], "add"),
    (["import", "typed.xlsx"], "add"),
    (["import", "typed.csv", "--map", "salesforce"], "add"),
    (["hooks"], "add"),
    (["remind", "--as-of", DAY], "add"),
    (["send"], "add"),
    (["mcp", "--write"], "add"),
    (["report", "--out", "report.html"], "nothing"),
    (["report", "--out", "report.pdf"], "nothing"),
    (["measure", "--csv", "measured.csv", "--save"], "add"),
    (["snooze", NAMES[5], DUTY, "--until", "2036-03-02"], "add"),
    (["done", NAMES[5], DUTY], "add"),
    (["note", NAMES[3], "asked for another price"], "add"),
    (["letter", NAMES[5], "--from", "Marrowstone", "--output", "letter.txt"], "nothing"),
    (["letter", NAMES[5], "--from", "Marrowstone", "--output", "letter.docx"], "nothing"),
    (["list"], "nothing"),
]
# What an assistant says to `mcp`.
SAYINGS = [
    {"method": "initialize", "id": 1,
     "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}}},
    {"method": "notifications/initialized"},
    {"method": "tools/call", "id": 2,
     "params": {"name": "assign", "arguments": {"contract": NAMES[3], "owner": "Bo Lind"}}},
    {"method": "tools/call", "id": 3,
     "params": {"name": "note", "arguments": {"contract": NAMES[3], "text": "the assistant looked at it"}}},
]
# Where a disk fails: kind of call, error, and up to which call of a command.
FAULTS = [("pwrite64", "EIO", 120), ("pwrite64", "ENOSPC", 120), ("write", "ENOSPC", 60), ("fsync,fdatasync", "EIO", 8),
          ("rename,renameat,renameat2", "EIO", 4), ("unlink,unlinkat", "EIO", 12), ("ftruncate", "EIO", 4), ("openat", "EMFILE", 200),
          ("pread64", "EIO", 60), ("link,linkat", "EPERM", 2), ("mmap", "ENOMEM", 120), ("fallocate", "ENOSPC", 3)]


def held(store):
    """Texts, events and statements of the store, read beside tickler."""
    db = sqlite3.connect(f"file:{store}/tickler.db?mode=ro", uri=True)
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    texts = dict(db.execute("SELECT document, body FROM texts"))
    said = db.execute("SELECT * FROM statements ORDER BY id").fetchall()
    return texts, db.execute("SELECT id, at, kind, document, detail FROM events ORDER BY id").fetchall(), said


def unsent(store):
    """Messages that the store calls sent and that are not in the folder."""
    db = sqlite3.connect(f"file:{store}/tickler.db?mode=ro", uri=True)
    told = db.execute("SELECT DISTINCT message FROM outbox JOIN deliveries USING (key) WHERE state = 'delivered'")
    return [name for name, in told if not (store / "mail" / f"{name}.eml").exists()]


def typed(written, back):
    """The workbook with an owner typed into each row of its first sheet."""
    book = openpyxl.load_workbook(written)
    sheet = book["Contracts"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Owner")
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, column, ("Ann Field", "Bo Lind")[row % 2])
    book.save(back)


def filled_in(written, back):
    """The rows for a CRM with an owner filled into each."""
    with open(written, newline="", encoding="utf-8") as out, open(back, "w", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(out))
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows({**row, "Owner_Name__c": ("Cy Dale", "Dee Moss")[n % 2]} for n, row in enumerate(rows))


def shuffle(folder, dice):
    a, b = (folder / dice.choice(NAMES) for _ in range(2))
    what = dice.randrange(5)
    if what == 0 and a.exists():
        a.rename(folder / "renamed.pdf")
    elif what == 1 and a.exists() and a != b:
        shutil.copy(a, b)
    elif what == 2:
        b.unlink(missing_ok=True)
    elif what == 3 and a.exists():
        shutil.copy(a, folder / "copy.pdf")
    else:
        for name in NAMES:
            shutil.copy(CONTRACTS / name, folder / name)


def main():
    program = Path(sys.argv[1]).resolve()
    kills, faults, seed = (int(a) for a in (sys.argv[2:] + [300, 300, 20][len(sys.argv) - 2:]))
    dice, ends = random.Random(seed), Counter()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "in").mkdir()
        for name in NAMES:
            shutil.copy(CONTRACTS / name, folder / "in" / name)
        settings = {"PATH": "/usr/bin:/bin", "HOME": str(folder / "home"), "TICKLER_MODEL": "none", "TICKLER_STORE": str(folder / "store")}

        sayings = "".join(json.dumps({"jsonrpc": "2.0", **one}) + "\n" for one in SAYINGS)
        (folder / "sayings").write_text(sayings)
        day = datetime.date(2026, 3, 1)

        def said_to(args):
            return open(folder / "sayings" if args[0] == "mcp" else "/dev/null")

        def run(args, prefix=()):
            with said_to(args) as stdin:
                return subprocess.run([*prefix, str(program), *args], cwd=folder, env=settings, stdin=stdin,
                                      capture_output=True, text=True)

        (folder / "home" / ".config" / "tickler").mkdir(parents=True)
        (folder / "home" / ".config" / "tickler" / "tickler.toml").write_text(SETTINGS)
        (folder / "measured.csv").write_text(f"contract,metric,severity,period,value\n{NAMES[6]},response_time,1,2026-10,22\n")
        run(["ingest", "in"]), run(["export", "--format", "xlsx", "--output", "out.xlsx"])
        run(["export", "--map", "salesforce", "--output", "out.csv"])
        typed(folder / "out.xlsx", folder / "typed.xlsx"), filled_in(folder / "out.csv", folder / "typed.csv")
        shown = json.loads(run(["show", NAMES[5], "--format", "json"]).stdout)
        commands = [([arg.replace(DUTY, shown["obligations"][0]["id"]) for arg in args], may) for args, may in COMMANDS]
        took = {}
        # What would be refused for another reason would prove nothing.
        for args, _ in sorted(commands, key=lambda c: {"remove": 1, "restore": 2}.get(c[0][0], 0)):
            begun = time.monotonic()
            end = run([arg.replace(DAY, str(day)) for arg in args])
            # A cell about which something else was said since is a conflict, which the exit code tells.
            assert end.returncode <= (args[0] == "import"), (args, end.stdout, end.stderr)
            assert '"isError":true' not in end.stdout and (args[0] != "mcp" or '"id":3' in end.stdout), (args, end.stdout)
            took[tuple(args)] = time.monotonic() - begun
        run(["ingest", "in"]), run(["backup", "--force", "b.db"])
        before = backup = held(folder / "store")
        rounds = [True] * kills + [False] * faults
        dice.shuffle(rounds)
        for n, kill in enumerate(rounds):
            args, may = dice.choice(commands)
            if args[0] == "ingest":
                shuffle(folder / "in", dice)
            took_it = took[tuple(args)]
            if args[0] == "remind":
                day += datetime.timedelta(days=dice.randrange(9))
                args = [arg.replace(DAY, str(day)) for arg in args]
            if kill:
                with said_to(args) as stdin:
                    child = subprocess.Popen([program, *args], cwd=folder, env=settings, stdin=stdin, stdout=subprocess.DEVNULL,
                                             stderr=subprocess.DEVNULL)
                time.sleep(dice.random() * took_it)
                ends["killed in time" if child.poll() is None else "ended before the kill"] += 1
                child.kill()
                way, done = "kill", child.wait() == 0
            else:
                call, error, most = dice.choice(FAULTS)
                way = f"inject={call}:error={error}:when={dice.randint(1, most)}+{dice.choice(['', '1'])}".rstrip("+")
                end = run(args, ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", way])
                # Before the first line of the program, its runtime needs memory for the main thread.
                if "thread 'main'" in end.stderr and "failed to allocate an alternative stack" in end.stderr:
                    ends["not started"] += 1
                else:
                    assert end.returncode in (0, 1, 2, 3, 127), (args, way, end.returncode, end.stderr)
                    assert "panicked at" not in end.stderr, (args, way, end.stderr)
                    told = end.returncode != 0 or '"isError":true' in end.stdout
                    ends["fault told" if told else "fault without effect"] += 1
                done = end.returncode == 0
            when = (n, args, way)
            # A reader must come first: what a killed writer left is for tickler to mend.
            assert run(["list"]).returncode == 0, when
            after = held(folder / "store")
            if may == "nothing":
                assert after == before, when
            elif may == "restore":
                assert after in (before, backup), when
            else:
                assert after[1][:len(before[1])] == before[1] and after[2][:len(before[2])] == before[2], when
                assert len(after[2]) - len(before[2]) == sum(e[2] == "stated" for e in after[1][len(before[1]):]), when
                lost = before[0].keys() - after[0].keys()
                assert len(lost) <= (may == "remove"), (when, lost)
                assert all(after[0].get(id, text) == text for id, text in before[0].items()), when
            if args[0] == "backup" and (done or sqlite3.connect(folder / "b.db").execute("SELECT count(*) FROM events").fetchone()[0] == len(after[1])):
                backup = after
            told = json.loads(run(["verify", "--format", "json"]).stdout)
            wrong = [f for f in told["findings"] if f["severity"] == "error" and f["part"] != "file"]
            assert not wrong, (when, wrong)
            assert run(["search", "notice"]).returncode == 0, when
            assert not unsent(folder / "store"), (when, unsent(folder / "store"))
            before = after
    print(f"{kills} kills, {faults} faults over {len(COMMANDS)} commands, seed {seed}: {dict(sorted(ends.items()))}; nothing lost, nothing silent")


if __name__ == "__main__":
    main()
