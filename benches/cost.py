#!/usr/bin/env python3
"""CPU time per contract and peak memory of `tickler extract` over a folder of PDFs, beside pdftotext where it is there.

    python3 benches/cost.py target/release/tickler FOLDER

Both programs run over the same files in one go, so that the ratio means something on a noisy machine. pdftotext
(poppler) only extracts text; tickler extracts text, facts and schedules. Standard library only; Linux units.
"""
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path


def measure(commands: list) -> tuple:
    """CPU seconds, wall seconds and peak memory in MiB of the commands, run one after the other."""
    cpu = peak = 0.0
    start = time.monotonic()
    for command in commands:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        cpu += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss / 1024)
    return cpu, time.monotonic() - start, peak


def main() -> int:
    binary, folder = sys.argv[1], Path(sys.argv[2])
    files = sorted(folder.glob("*.pdf"))
    print(f"{len(files)} files")
    print(f"{'':24}{'CPU ms a file':>14}{'wall s':>9}{'peak MiB':>10}")
    ours = None
    runs = [
        ("tickler, all cores", [[binary, "extract", "--format", "ndjson", str(folder)]]),
        ("tickler, 1 thread", [[binary, "extract", "--format", "ndjson", "--jobs", "1", str(folder)]]),
    ]
    if shutil.which("pdftotext"):
        runs.append(("pdftotext", [["pdftotext", "-layout", str(f), "-"] for f in files]))
    for name, commands in runs:
        cpu, wall, peak = measure(commands)
        ours = ours or cpu
        ratio = f"   tickler takes {ours / cpu:.2f} of it" if name == "pdftotext" else ""
        print(f"{name:24}{1000 * cpu / max(len(files), 1):14.1f}{wall:9.1f}{peak:10.0f}{ratio}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
