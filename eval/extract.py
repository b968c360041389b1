"""Runs `tickler extract`, and reads the records that it writes: one contract a line."""
import json
import os
import subprocess
import time
from pathlib import Path
from typing import Iterator, NamedTuple


class Cost(NamedTuple):
    """What a run took: exit code, seconds that passed, processor seconds, and KiB at the peak of the largest process."""
    code: int
    wall: float
    cpu: float
    peak: int


def to_file(binary: Path, paths: list, records: Path, log: Path) -> Cost:
    """Extracts files or folders into a file, every clause with its score; what is said on standard error goes to the log."""
    command = [binary, "extract", "--format", "ndjson", "--min-confidence", "0.001", *paths]
    with records.open("wb") as out, log.open("wb") as err:
        start = time.monotonic()
        process = subprocess.Popen(list(map(str, command)), stdout=out, stderr=err)
        # Of this process and those that it waited for; getrusage would give the largest peak of all runs so far.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return Cost(process.returncode, time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def records(binary: Path, paths: list, *options) -> dict:
    """The records of a few files, by file name. What the program says on standard error goes there."""
    command = [binary, "extract", "--format", "ndjson", *options, *paths]
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, text=True)
    return {r["document"]["file_name"]: r for r in map(json.loads, done.stdout.splitlines())}


def lines(path: Path) -> Iterator[dict]:
    """The objects of a file that holds one JSON object a line."""
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.strip():
                yield json.loads(line)


def read(path: Path) -> Iterator[tuple]:
    """(file name, record) of every contract of a file of records."""
    for record in lines(path):
        if record.get("document"):
            yield record["document"]["file_name"], record


def value(fact):
    """The value inside a fact, or the thing itself."""
    return fact.get("value") if isinstance(fact, dict) and "value" in fact else fact
