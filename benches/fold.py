#!/usr/bin/env python3
"""Print the files of a folder that belong to the validation fold, one name a line.

    python3 benches/fold.py FOLDER > validation.txt

Files are split by filer, so that two contracts of one company never stand on both sides: the filer is the file name up
to the first `_` or space, and a fifth of the filers (CRC-32 modulo 5 equal to 0) is the validation fold. Errors are
looked at in the other four fifths only.
"""
import re
import sys
import zlib
from pathlib import Path

for path in sorted(Path(sys.argv[1]).glob("*.pdf")):
    filer = re.split(r"[_ ]", path.name, maxsplit=1)[0]
    if zlib.crc32(filer.encode()) % 5 == 0:
        print(path.name)
