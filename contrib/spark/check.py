"""Runs the job on 200 documents (or as many as the argument says) from files and from an object store, and compares it with
the plain batch. `test.sh` prepares what it needs."""

from __future__ import annotations

import ctypes
import datetime
import hashlib
import json
import logging
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import boto3
import tickler
from moto.server import ThreadedMotoServer
from pyspark.sql import SparkSession

import job

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "python" / "tests"))
import test_extract
FIXTURES = HERE.parents[1] / "fixtures"
DAY = datetime.date(2026, 11, 22)
DOCUMENTS = int(sys.argv[1]) if len(sys.argv) > 1 else 200
BUCKET = "contracts"
# Linux, prctl(2): processes whose parent ends become children of this one.
PR_SET_CHILD_SUBREAPER = 36
# The daemon that Spark starts Python with waits for none of its children, so that their time would be counted nowhere.
COUNTED = ("--conf", "spark.python.use.daemon=false")
# The cost of the way is compared, and the model would hide it.
MODEL = "none"


def make(folder: Path) -> list[str]:
    """The paths: contracts, each with bytes of its own, hostile and broken files, empty ones, and some that are missing."""
    contracts = sorted(FIXTURES.glob("contracts/*.pdf"))
    hostile = [*sorted(FIXTURES.glob("bad/*.pdf")), *sorted(FIXTURES.glob("attacks/*.pdf"))[::20]]
    deep = b"%PDF-1.7\n1 0 obj\n" + b"[" * 2_000_000 + b"\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
    contents = [path.read_bytes() for path in hostile] + [deep, b"%PDF-", b"\0" * 4096, b"", b"", b""]
    # Two contracts in one file.
    contents.append(test_extract.pdf(test_extract.NDA_TEXT, test_extract.LEASE_TEXT))
    missing = [str(folder / f"missing {number}.pdf") for number in range(5)]
    for number in range(DOCUMENTS - len(contents) - len(missing)):
        # Behind the end of the file, where it says nothing.
        contents.append(contracts[number % len(contracts)].read_bytes() + b"\n%% copy %d\n" % number)
    paths = [folder / f"{(number * 61) % 10_000:04} é.pdf" for number in range(len(contents))]
    for path, content in zip(paths, contents):
        path.write_bytes(content)
    every = sorted([*map(str, paths), *missing])
    assert len(set(every)) == DOCUMENTS, len(set(every))
    return every


def cost(work) -> tuple[float, float, object]:
    """Seconds, and processor seconds of all processes that were started, with what came of it."""
    began, before = time.monotonic(), used()
    done = work()
    return time.monotonic() - began, used() - before, done


def used() -> float:
    """Processor seconds of all processes that have ended. Those whose parents did not wait for them are children of this
    one (`main`); they end soon after their parents."""
    for _ in range(20):
        try:
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass
        except ChildProcessError:
            break
        time.sleep(0.1)
    every = resource.getrusage(resource.RUSAGE_CHILDREN)
    return every.ru_utime + every.ru_stime


def submit(keys: Path, out: Path, *more: str) -> str:
    """Runs the job on two cores, and gives the last line that it prints."""
    command = [str(Path(sys.executable).parent / "spark-submit"), "--master", "local[2]", "--conf", "spark.ui.enabled=false"]
    command += ["--conf", "spark.ui.showConsoleProgress=false", *more]
    arguments = [str(keys), str(out), "--as-of", DAY.isoformat(), f"--option=--model={MODEL}"]
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable}
    done = subprocess.run([*command, str(HERE / "job.py"), *arguments], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout.strip().splitlines()[-1]


def answers(paths: list[str]) -> dict[str, tuple]:
    """What the plain batch says of each path."""
    with tickler.extract(paths, as_of=DAY, jobs=2, options=["--model", MODEL]) as results:
        return {
            result.input: (result.error and result.error.code, nameless(result.record), [*map(nameless, result.others)])
            for result in results
        }


def nameless(record):
    """A record without the name under which the document was read."""
    if record is None:
        return None
    document = {key: value for key, value in record["document"].items() if key not in ("uri", "file_name")}
    return {**record, "document": document}


def table(spark: SparkSession, out: Path) -> dict[str, tuple]:
    """What the job says of each key; fails where a key has two rows."""
    rows = job.latest(spark, str(out)).collect()
    def of(text):
        return nameless(text and json.loads(text))

    said = {row.key: (row.error_code, of(row.record), [*map(of, row.others or ())]) for row in rows}
    assert len(said) == len(rows) == DOCUMENTS, (len(said), len(rows))
    for row in rows:
        assert row.ok == (row.record is not None) == (row.document is not None) == (row.error_code is None), row.key
        assert row.error_code is None or row.error_message, row.key
    return said


def counts(line: str) -> list[int]:
    return [int(number) for number in re.findall(r"(\d+) (?:keys|with|of|failed)", line)]


def main() -> None:
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        paths = make(folder / "in")
        keys, out = folder / "keys.txt", folder / "out"
        keys.write_text("".join(f"{path}\n" for path in paths))

        wall, cpu, plain = cost(lambda: answers(paths))
        read = sum(code is None for code, *_ in plain.values())
        print(f"plain batch: {DOCUMENTS} documents, {read} with a record: {wall:.1f} s, {cpu:.1f} s of processor")
        assert DOCUMENTS - 50 < read < DOCUMENTS - 10
        assert sum(len(others) for *_, others in plain.values()) == 1
        assert {"source.not_found", "source.empty"} <= {code for code, *_ in plain.values()}

        wall, cpu, told = cost(lambda: submit(keys, out, *COUNTED))
        print(f"Spark, local[2]: {wall:.1f} s, {cpu:.1f} s of processor; {told}")
        assert counts(told) == [DOCUMENTS, read, 0, DOCUMENTS - read], told
        spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
        spark = spark.config("spark.ui.showConsoleProgress", "false").getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        assert table(spark, out) == plain, "Spark and the plain batch say the same"

        wall, cpu, told = cost(lambda: submit(keys, out, *COUNTED))
        print(f"again: {wall:.1f} s, {cpu:.1f} s of processor; {told}")
        assert counts(told) == [DOCUMENTS, read, read, DOCUMENTS - read], told
        assert table(spark, out) == plain

        changed = next(path for path, (code, *_) in plain.items() if code is None)
        Path(changed).write_bytes((FIXTURES / "contracts/mutual-nda-perpetual.pdf").read_bytes())
        told = submit(keys, out)
        print(f"one file changed: {told}")
        assert counts(told) == [DOCUMENTS, read, read - 1, DOCUMENTS - read], told
        plain = answers(paths)
        assert table(spark, out) == plain

        os.environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION="us-east-1")
        server = ThreadedMotoServer("127.0.0.1", 0)
        server.start()
        try:
            host, port = server.get_host_and_port()
            os.environ["AWS_ENDPOINT_URL"] = f"http://{host}:{port}"
            store = boto3.client("s3")
            store.create_bucket(Bucket=BUCKET)
            names = {path: f"s3://{BUCKET}/in/{Path(path).name}" for path in paths}
            for path in filter(os.path.exists, paths):
                store.put_object(Bucket=BUCKET, Key=f"in/{Path(path).name}", Body=Path(path).read_bytes())
            keys.write_text("".join(f"{name}\n" for name in names.values()))
            told = submit(keys, folder / "of-s3")
            print(f"from an object store: {told}")
            assert counts(told) == [DOCUMENTS, read, 0, DOCUMENTS - read], told
            assert table(spark, folder / "of-s3") == {names[path]: said for path, said in plain.items()}
            row = job.latest(spark, str(folder / "of-s3")).where("ok").first()
            content = store.get_object(Bucket=BUCKET, Key=row.key.removeprefix(f"s3://{BUCKET}/"))["Body"].read()
            assert hashlib.sha256(content).hexdigest() == row.sha256 == json.loads(row.record)["document"]["sha256"]
            assert json.loads(row.record)["document"]["uri"] == row.key
        finally:
            server.stop()
            spark.stop()
    print("all as it should be")


if __name__ == "__main__":
    main()
