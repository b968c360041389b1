"""Reads contracts with Spark: Parquet with one row for each key, whatever became of its document.

    spark-submit contrib/spark/job.py KEYS OUT --as-of 2026-11-22

KEYS is a text file, or a folder of them, with one key a line: a path, or s3://BUCKET/NAME. The documents are fetched
inside the partitions, because Spark's own reader of binary files leaves out empty ones without a word. Each run writes a
folder of its own, OUT/run=NAME. A content that an earlier run has read is not read again: its row has `known` and no
record. `latest(spark, OUT)` is the table of the last run with all records.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import os
import queue
import subprocess
from typing import Any, Callable, Dict, FrozenSet, Iterator, Optional, Tuple, Union

import pandas
import tickler
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

SCHEMA = (
    "key string, sha256 string, ok boolean, known boolean, error_code string, error_message string, "
    "document string, record string, others array<string>, reader string"
)
# Larger documents are not fetched. The program itself reads files of up to `max_file_mib` of its settings.
MOST_BYTES = 512 * 1024 * 1024
# So many rows go back to Spark at a time; a record is about 100 kB.
ROWS = 32
# Stands in for a content that has been read before.
KNOWN = tickler.Error("known", "")

Row = Tuple[Any, ...]


def main() -> None:
    what, *details = __doc__.split("\n\n")
    parser = argparse.ArgumentParser(
        description=what, epilog="\n\n".join(details), formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("keys", help="text file or folder with one key a line")
    parser.add_argument("out", help="folder of the Parquet files")
    parser.add_argument("--as-of", type=datetime.date.fromisoformat, required=True, help="day that counts as today")
    parser.add_argument("--run", help="name of this run, in the order of names [default: the time, in UTC]")
    parser.add_argument("--partitions", type=int, help="number of partitions [default: two for each core]")
    parser.add_argument("--again", action="store_true", help="read known contents too, for example with other settings")
    option = parser.add_argument("--option", action="append", default=[])
    option.help = "option of `tickler extract`, such as --option=--model=fast"
    args = parser.parse_args()
    spark = SparkSession.builder.appName("tickler").getOrCreate()
    run = args.run or datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%S.%fZ")
    partitions = args.partitions or 2 * spark.sparkContext.defaultParallelism
    options = tuple(args.option)
    reader = reader_of(args.as_of, options)
    known = frozenset() if args.again else contents(spark, args.out, reader)
    shared = spark.sparkContext.broadcast(known)

    def read(frames: Iterator[pandas.DataFrame]) -> Iterator[pandas.DataFrame]:
        # Keys are short: all of a partition, so that nothing but this thread talks to Spark.
        keys = [key for frame in frames for key in frame["key"]]
        return tables(rows(keys, shared.value, args.as_of, options, reader))

    keys = spark.read.text(args.keys).select(F.col("value").alias("key"))
    table = keys.repartition(partitions).mapInPandas(read, SCHEMA)
    table.write.mode("errorifexists").parquet(f"{args.out.rstrip('/')}/run={run}")
    counts = stored(spark, args.out).where(F.col("run") == run).agg(
        F.count("*"), F.count_if("ok"), F.count_if("known"), F.count_if(~F.col("ok"))
    )
    every, read_, known_, failed = counts.first()
    print(f"run {run}: {every} keys; {read_} with a record, {known_} of them known before; {failed} failed")


def rows(
    keys: list[str], known: FrozenSet[str], as_of: datetime.date, options: Tuple[str, ...], reader: str
) -> Iterator[Row]:
    """One row for each key, in their order. One process of the program reads all of them."""
    hashes: queue.SimpleQueue[Optional[str]] = queue.SimpleQueue()
    fetch = fetcher()

    # The module asks for documents ahead of the results, in a thread of its own: fetching and reading overlap.
    def documents() -> Iterator[Tuple[str, Union[bytes, tickler.Error]]]:
        for key in keys:
            content = fetch(key)
            sha256 = None if isinstance(content, tickler.Error) else hashlib.sha256(content).hexdigest()
            hashes.put(sha256)
            yield key, KNOWN if sha256 in known else content

    # Spark has a task for each core.
    with tickler.extract_bytes(documents(), as_of=as_of, jobs=1, options=options) as results:
        for result in results:
            sha256, record, error = hashes.get(), result.record, result.error
            if error == KNOWN:
                yield result.input, sha256, True, True, None, None, None, None, None, reader
            elif error is not None:
                yield result.input, sha256, False, False, error.code, error.message, None, None, None, reader
            else:
                text, *others = (as_text(one) for one in (record, *result.others))
                yield result.input, sha256, True, False, None, None, record["document"]["id"], text, others, reader


def as_text(record: Dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def tables(rows: Iterator[Row]) -> Iterator[pandas.DataFrame]:
    """The rows as tables of a bounded size."""
    columns = [column.split()[0] for column in SCHEMA.split(", ")]
    some: list[Row] = []
    for row in rows:
        some.append(row)
        if len(some) == ROWS:
            yield pandas.DataFrame(some, columns=columns)
            some = []
    yield pandas.DataFrame(some, columns=columns)


def fetcher() -> Callable[[str], Union[bytes, tickler.Error]]:
    """What fetches a document by its key; it never raises."""
    clients: Dict[str, Any] = {}

    def s3(key: str) -> Union[bytes, tickler.Error]:
        import boto3
        from botocore.exceptions import ClientError

        # Address and credentials are those of the environment, such as AWS_ENDPOINT_URL.
        if "s3" not in clients:
            clients["s3"] = boto3.client("s3")
        bucket, _, name = key.removeprefix("s3://").partition("/")
        try:
            found = clients["s3"].get_object(Bucket=bucket, Key=name)
        except ClientError as error:
            missing = error.response["Error"]["Code"] in ("NoSuchKey", "NoSuchBucket", "404")
            return tickler.Error("source.not_found" if missing else "source.unreadable", str(error))
        with found["Body"] as body:
            return too_large(found["ContentLength"]) or body.read()

    def file(key: str) -> Union[bytes, tickler.Error]:
        try:
            with open(key, "rb") as document:
                return too_large(os.fstat(document.fileno()).st_size) or document.read()
        except FileNotFoundError:
            return tickler.Error("source.not_found", "no such file or folder")

    def fetch(key: str) -> Union[bytes, tickler.Error]:
        try:
            return s3(key) if key.startswith("s3://") else file(key)
        except Exception as error:
            return tickler.Error("source.unreadable", str(error) or repr(error))

    return fetch


def too_large(size: int) -> Optional[tickler.Error]:
    if size <= MOST_BYTES:
        return None
    return tickler.Error("source.too_large", f"{size} bytes, more than {MOST_BYTES} bytes are not fetched")


def reader_of(as_of: datetime.date, options: Tuple[str, ...]) -> str:
    """What a record depends on besides the bytes: the version of the reading, the day, and the options."""
    told = subprocess.run([tickler.program(), "doctor", "--format", "json"], stdout=subprocess.PIPE, check=False).stdout
    return " ".join([json.loads(told)["reading_version"], as_of.isoformat(), *options])


def stored(spark: SparkSession, out: str) -> DataFrame:
    """The rows of all runs; the column `run` tells of which."""
    schema = f"{SCHEMA}, run string"
    try:
        return spark.read.schema(schema).parquet(out)
    except AnalysisException as error:
        if error.getCondition() != "PATH_NOT_FOUND":
            raise
        return spark.createDataFrame([], schema)


def contents(spark: SparkSession, out: str, reader: str) -> FrozenSet[str]:
    """The hashes of the contents that this reader has read."""
    read = stored(spark, out).where((F.col("reader") == reader) & F.col("record").isNotNull())
    return frozenset(row.sha256 for row in read.select("sha256").distinct().toLocalIterator())


def latest(spark: SparkSession, out: str) -> DataFrame:
    """One row for each key of the last run, with its record wherever there is one.

    Where several keys have one content, `document.uri` in a record can be that of another one; `key` is right.
    """
    every = stored(spark, out)
    last = every.where(F.col("run") == every.agg(F.max("run")).first()[0])
    newest = F.max_by(F.struct("document", "record", "others"), "run").alias("newest")
    records = every.where(F.col("record").isNotNull()).groupBy("sha256", "reader").agg(newest)
    records = records.select("sha256", "reader", "newest.*")
    return last.drop("document", "record", "others").join(records, ["sha256", "reader"], "left")


if __name__ == "__main__":
    main()
