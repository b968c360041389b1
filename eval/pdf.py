#!/usr/bin/env python3
"""Writes a text as a plain PDF: Helvetica of 11 points on A4, so that cases can be kept as text.

    python3 eval/pdf.py TEXT OUT.pdf

A blank line ends a paragraph, a single newline breaks the line. Characters beyond WinAnsi become question marks.
"""
import sys
from pathlib import Path

WIDTH, HEIGHT, MARGIN, SIZE, LEADING = 595, 842, 64, 11, 14
# Widths of Helvetica in thousandths of its size, from space to tilde; accented letters and the like are taken as 556.
WIDTHS = dict(zip(map(chr, range(32, 127)), map(int, """
278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556
1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556
333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584
""".split()))) | {"\u2018": 222, "\u2019": 222, "\u201c": 333, "\u201d": 333, "\u2014": 1000, "\u2022": 350}


def width(text: str) -> float:
    return sum(WIDTHS.get(c, 556) for c in text) * SIZE / 1000


def wrapped(line: str) -> list:
    """The line in pieces that fit between the margins. Spaces within it are kept: they may stand for a blank to fill in."""
    pieces = [""]
    for word in line.split(" "):
        longer = f"{pieces[-1]} {word}" if pieces[-1] or not word else word
        if width(longer.rstrip()) > WIDTH - 2 * MARGIN and pieces[-1].strip():
            pieces.append(word)
        else:
            pieces[-1] = longer
    return pieces


def pages(text: str) -> list:
    """The lines of each page with their heights; a paragraph is followed by a gap."""
    out, y = [[]], HEIGHT - MARGIN
    for line in text.rstrip().split("\n"):
        for piece in wrapped(line):
            if y < MARGIN:
                out.append([])
                y = HEIGHT - MARGIN
            if piece.strip():
                out[-1].append((y, piece))
            y -= LEADING if piece.strip() else LEADING * 0.7
    return out


def write(text: str, path: Path) -> None:
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    kids = []
    for lines in pages(text):
        escaped = ((y, line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")) for y, line in lines)
        content = "BT /F1 %d Tf %s ET" % (SIZE, " ".join(f"1 0 0 1 {MARGIN} {y:.1f} Tm ({line}) Tj" for y, line in escaped))
        size = len(content.encode("cp1252", "replace"))
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<</F1 3 0 R>>>>/Contents {len(objects) + 2} 0 R>>")
        objects.append(f"<</Length {size}>>\nstream\n{content}\nendstream")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    file, places = b"%PDF-1.4\n", []
    for number, thing in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{thing}\nendobj\n".encode("cp1252", "replace")
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{p:010} 00000 n \n" for p in places)
    path.write_bytes(file + f"{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(file)}\n%%EOF\n".encode())


if __name__ == "__main__":
    write(Path(sys.argv[1]).read_text(encoding="utf-8"), Path(sys.argv[2]))
