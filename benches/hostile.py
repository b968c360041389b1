"""What becomes of hostile and damaged files: a table of outcome, time and memory for each, and whether a batch lives through
all of them.

    python3 fixtures/hostile.py /tmp/hostile
    python3 benches/hostile.py target/release/tickler /tmp/hostile
"""
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from processes import run

CONTRACTS = Path(__file__).parent.parent / "fixtures" / "contracts"
SECONDS, MIB = 10, 1024
# So many of the slowest are read in one batch, without OCR, within so many seconds.
WORST, BATCH_SECONDS = 26, 60


def outcome(code: int, out: str, err: str) -> str:
    if code == 1 and err:
        return err.split(": ", 1)[-1].split("\n")[0].rsplit(".pdf: ", 1)[-1]
    if code == 0 and out:
        found = [d["code"] for d in json.loads(out)["diagnostics"]]
        return "read" + (f" ({', '.join(sorted(set(found)))})" if found else "")
    return f"EXIT CODE {code}"


def main() -> None:
    program, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    worst, bad, times = (0.0, 0.0), [], []
    print("| file | s | MiB | outcome |\n|---|---:|---:|---|")
    for file in sorted(f for kind in ("sizes", "shapes", "actions", "words") for f in (folder / kind).glob("*.pdf")):
        code, seconds, _, memory, out, err = run(program, "extract", file)
        said = outcome(code, out, err)
        times.append((seconds, file))
        raw = [c for c in out + err if ord(c) < 32 and c not in "\n\t" or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]
        if seconds > SECONDS or memory > MIB or said.startswith("EXIT") or raw:
            bad.append(file.name)
        worst = max(worst[0], seconds), max(worst[1], memory)
        print(f"| {file.stem.encode('ascii', 'backslashreplace').decode()!r} | {seconds:.1f} | {memory:.0f} | {said} |", flush=True)
    print(f"\nslowest {worst[0]:.1f} s, largest {worst[1]:.0f} MiB; beyond {SECONDS} s, {MIB} MiB, or without a diagnostic: {bad or 'none'}")

    slowest = [file for _, file in sorted(times, reverse=True)[:WORST]]
    with tempfile.TemporaryDirectory() as store:
        done = run(program, "--store", store, "ingest", "--no-model", "--ocr", "never", *slowest, "--format", "json")
        summary = json.loads(done.out)
        assert summary["new"] + len(summary["failed"]) == len(slowest), done.err
        print(f"\nthe {len(slowest)} slowest in one batch: {done.wall:.0f} s, {done.cpu:.0f} s of the processor, {done.peak:.0f} MiB")
        assert done.wall < BATCH_SECONDS, f"more than {BATCH_SECONDS} s: {[file.name for file in slowest]}"

    with tempfile.TemporaryDirectory() as store:
        code, seconds, _, memory, out, err = run(program, "--store", store, "ingest", folder, CONTRACTS, "--format", "json")
        assert code == 1, (code, err)
        summary = json.loads(out)
        listed = json.loads(run(program, "--store", store, "list", "--format", "json").out)
        names = {Path(row["uri"]).name for row in listed}
        missing = [f.name for f in CONTRACTS.glob("*.pdf") if f.name not in names]
        records = [json.loads(line) for line in run(program, "--store", store, "export", "--format", "ndjson").out.splitlines()]
        damaged = [r for r in records if Path(r["document"]["uri"]).parent.name == "damaged"]
        second = sum(any(d["code"] == "text.second_engine" for d in r["diagnostics"]) for r in damaged)
        reasons = Counter(f["code"] for f in summary["failed"] if Path(f["uri"]).parent.name == "damaged")
        print(f"\nbatch: {summary['new']} read, {len(summary['failed'])} set aside in {seconds:.0f} s, {memory:.0f} MiB; "
              f"contracts among them that are missing: {missing or 'none'}")
        print(f"damaged fixtures: {len(damaged)} of {len(damaged) + sum(reasons.values())} read, {len(damaged) - second} by hayro alone; "
              f"not read: {dict(reasons)}")


if __name__ == "__main__":
    main()
