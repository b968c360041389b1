#!/usr/bin/env python3
"""Print the files of a folder that belong to the validation fold, one name a line.

    python3 eval/fold.py FOLDER > validation.txt

Files are split by filer, so that two contracts of one company never stand on both sides: the filer is the file name up
to the first `_` or space, and a fifth of the filers (CRC-32 modulo 5 equal to 0) is the validation fold. Errors are
looked at in the other four fifths only.
"""
import re
import sys
import zlib
from pathlib import Path


def filer(name: str) -> int:
    """A number for the filer of a file."""
    return zlib.crc32(re.split(r"[_ ]", name, maxsplit=1)[0].encode())


def validation(name: str) -> bool:
    """Whether a file belongs to the validation fold."""
    return filer(name) % 5 == 0


def held_out(name: str) -> bool:
    """As `validation` in `models/train/data.py`: the validation fold and some more."""
    return validation(name) or filer(name) % 25 == 7


if __name__ == "__main__":
    for path in sorted(Path(sys.argv[1]).glob("*.pdf")):
        if validation(path.name):
            print(path.name)
