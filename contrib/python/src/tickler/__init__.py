"""Reads signed contract PDFs on this machine and gives their records, with proof for every value.

    import tickler

    for result in tickler.extract(["lease.pdf", "missing.pdf"]):
        if result.record is None:
            print(result.input, "failed:", result.error.code, result.error.message)
        else:
            print(result.input, result.record["expiration_date"])

The program reads the documents, in processes of its own; this module starts it and talks to it over `tickler extract
--stream`. `tickler schema` prints the JSON Schema of a record.
"""

from ._extract import Error, Result, Results, extract, extract_bytes
from ._program import ProgramEnded, program

__all__ = ["Error", "ProgramEnded", "Result", "Results", "extract", "extract_bytes", "program"]
