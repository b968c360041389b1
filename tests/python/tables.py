"""Reads flat tables as other programs do, without options, and says what is wrong with them. Argument: the folder."""
import datetime
import json
import math
import sys
from pathlib import Path

import duckdb
import pandas
import polars

FORMULA = tuple("=+-@")
DUCKDB = {
    "string": "VARCHAR",
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
}
POLARS = {
    "string": polars.String,
    "integer": polars.Int64,
    "number": polars.Float64,
    "boolean": polars.Boolean,
}


def exact(path):
    """The rows as they were written."""
    return [json.loads(line) for line in path.read_text().splitlines()]


def plain(value):
    """A value of a reader, as it stands in NDJSON."""
    if value is None or (isinstance(value, float) and math.isnan(value)) or value is pandas.NaT:
        return None
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value


def check(folder, resource):
    name, fields = resource["name"], resource["schema"]["fields"]
    columns = [field["name"] for field in fields]
    types = {field["name"]: field["type"] for field in fields}
    ndjson, csv = folder / f"{name}.ndjson", folder / resource["path"]
    rows = exact(ndjson)
    assert rows, f"{name} has rows"
    assert all(list(row) == columns for row in rows), f"{name}: every row has all columns in their order"
    filled = [c for c in columns if any(row[c] is not None for row in rows)]
    keys = [tuple(row[k] for k in resource["schema"]["primaryKey"]) for row in rows]
    assert len(set(keys)) == len(keys), f"{name}: a key stands twice"

    for path in (csv, ndjson):
        table = duckdb.sql(f"SELECT * FROM '{path}'")
        assert table.columns == columns, f"{path}: {table.columns}"
        found = {c: str(t) for c, t in zip(table.columns, table.types)}
        for column in filled:
            # Two types of times; a whole number that is a JSON number may be unsigned.
            assert found[column].replace("UBIGINT", "BIGINT").startswith(DUCKDB[types[column]]) or (
                types[column] == "number" and found[column].endswith("BIGINT")
            ), f"{path}: {column} is {found[column]}, not {types[column]}"
        same(name, columns, types, rows, table.fetchall(), path.suffix == ".csv")

    frame = pandas.read_csv(csv)
    assert list(frame.columns) == columns
    same(name, columns, types, rows, frame.itertuples(index=False, name=None), True)
    frame = pandas.read_json(ndjson, lines=True)
    assert list(frame.columns) == columns and len(frame) == len(rows)

    for path, table in ((csv, polars.read_csv(csv)), (ndjson, polars.read_ndjson(ndjson))):
        # Of objects it gives the columns in an order of its own.
        assert sorted(table.columns) == sorted(columns), f"{path}: {table.columns}"
        for column in filled:
            wanted = POLARS.get(types[column], polars.String)
            is_whole = types[column] == "number" and table.schema[column] == polars.Int64
            assert table.schema[column] == wanted or is_whole, f"{path}: {column} is {table.schema[column]}"
        same(name, columns, types, rows, table.select(columns).rows(), path.suffix == ".csv")
    return len(rows)


def same(name, columns, types, rows, read, is_csv):
    """Whether what was read is what was written."""
    read = [[plain(value) for value in row] for row in read]
    assert len(read) == len(rows), f"{name}: {len(read)} rows of {len(rows)}"
    for want, got in zip(rows, read):
        for column, value in zip(columns, got):
            wanted = want[column]
            if types[column] == "datetime" and wanted is not None:
                value, wanted = str(value)[:10], wanted[:10]
            if is_csv and isinstance(wanted, str):
                assert not str(value).lstrip().startswith(FORMULA), f"{name}.{column}: a formula: {value!r}"
                # An apostrophe stands before what a spreadsheet would run.
                value, wanted = str(value).replace("'", ""), wanted.replace("'", "").replace("\r\n", "\n")
            assert value == wanted, f"{name}.{column}: {value!r} was written as {wanted!r}"


def main():
    folder = Path(sys.argv[1])
    description = json.loads((folder / "datapackage.json").read_text())
    counts = {resource["name"]: check(folder, resource) for resource in description["resources"]}
    contracts = {row["contract_id"] for row in exact(folder / "contracts.ndjson")}
    for name in counts:
        assert all(row["contract_id"] in contracts for row in exact(folder / f"{name}.ndjson")), name
    print(json.dumps(counts))


main()
