#!/usr/bin/env python3
"""Reads the PDFs of other projects' test suites: what is lost that pdftotext reads, and how many of its words are found.

    python3 benches/suites.py target/release/tickler FOLDER...

A suite is a folder of FOLDER, such as an unpacked source archive; any PDFs below it count. Scans are left to `--ocr never`,
because pdftotext reads none. Files that are damaged on purpose count like all others.
"""
import collections
import concurrent.futures
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

SECONDS = 120
# A file with fewer words in pdftotext says little of its text.
FEW = 10


def output(command: list) -> tuple:
    """Exit code, standard output and standard error; None where it took too long."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return None, "", ""
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def words(text: str) -> set:
    """The words of a text: each once, because a running head is read once."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return set(re.findall(r"\w{2,}", text.casefold()))


def judge(program: str, file: Path) -> tuple:
    code, ours, errors = output([program, "text", "--ocr", "never", str(file)])
    _, hidden, _ = output([program, "text", "--ocr", "never", "--hidden", str(file)])
    theirs = words(output(["pdftotext", "-q", str(file), "-"])[1])
    found = theirs & words(ours + " " + hidden)
    return file, code, errors.strip(), len(theirs), len(found)


def main() -> int:
    program, folders = str(Path(sys.argv[1]).resolve()), [Path(folder) for folder in sys.argv[2:]]
    suites = [suite for folder in folders for suite in sorted(folder.iterdir()) if suite.is_dir()]
    total, bad = collections.Counter(), []
    print("| suite | files | read | with words | words found | lost |\n|---|---:|---:|---:|---:|---:|")
    for suite in suites:
        files = sorted(f for f in suite.rglob("*") if f.suffix.lower() == ".pdf" and f.is_file())
        if not files:
            continue
        count = collections.Counter(files=len(files))
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for file, code, errors, theirs, found in pool.map(lambda f: judge(program, f), files):
                count["read"] += code == 0
                if code is None or code not in (0, 1) or "panicked" in errors:
                    bad.append(f"{file}: exit {code}: {errors[:200]}")
                if theirs < FEW:
                    continue
                count["worded"] += 1
                count["words"] += theirs
                count["found"] += found
                if found * 2 < theirs:
                    count["lost"] += 1
                    bad.append(f"{file}: {found} of {theirs} words; {errors.splitlines()[-1][-160:] if errors else 'read'}")
        total += count
        row(suite.name, count)
    row("all", total)
    print("\n".join(["", *bad]))
    return 0


def row(name: str, count: collections.Counter) -> None:
    share = count["found"] / count["words"] if count["words"] else 0.0
    print(f"| {name} | {count['files']} | {count['read']} | {count['worded']} | {share:.3f} | {count['lost']} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
