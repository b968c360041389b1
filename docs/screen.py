#!/usr/bin/env python3
"""Makes docs/screen.svg, the picture of a terminal in README.md.

    python3 docs/screen.py target/release/tickler [--out docs/screen.svg]

Runs the commands below on the contracts in fixtures/contracts, in a pseudo-terminal and with a store of its own that is
removed afterwards. It draws what a terminal of 100 columns would show then. All dates are counted from one fixed day, so
the same program gives the same picture. Standard library only; Unix only.
"""
import argparse
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
COLUMNS, ROWS = 100, 50
AS_OF = "2026-11-22"
# What stands after the prompt, and the parts of the answer that are shown, each from the first line that matches one pattern
# up to the line before another. What lies between is cut, and "..." stands for it. AS_OF is added to the call.
COMMANDS = [
    ("tickler ingest fixtures/contracts", [(r" new, ", r"^Next deadlines")]),
    ("tickler today", [(r"^Sunday", r"^Open:")]),
    ("tickler explain 99f8e282", [(r"^Last day", r"^  9\. "), (r"^  Conservative", r"^Assumptions"), (r"^Send by", r"^    at ")]),
]


class Style(NamedTuple):
    """How a character looks. `colour` is a number of the palette, or None for the colour of plain text."""
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    colour: int | None = None

    def after(self, code: int) -> "Style":
        """The style after one parameter of the escape sequence that selects it."""
        if code == 0:
            return Style()
        if code in (1, 2, 3, 4):
            return self._replace(**{{1: "bold", 2: "dim", 3: "italic", 4: "underline"}[code]: True})
        if code == 22:
            return self._replace(bold=False, dim=False)
        if code in (23, 24):
            return self._replace(**{{23: "italic", 24: "underline"}[code]: False})
        if 30 <= code <= 37 or 90 <= code <= 97:
            return self._replace(colour=code - 30 if code < 40 else code - 90 + 8)
        if code == 39:
            return self._replace(colour=None)
        return self


class Screen:
    """The part of a terminal that command-line programs use: text, styles, moves of the cursor, erased lines."""

    TOKEN = re.compile(r"\x1b\[([?0-9;]*)([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.|[\x00-\x1f]|[^\x00-\x1f\x1b]")

    def __init__(self) -> None:
        self.lines: list[list[tuple[str, Style]]] = [[]]
        self.row = self.column = 0
        self.style = Style()

    def write(self, text: str) -> None:
        for token in self.TOKEN.finditer(text):
            if token[2]:
                self.control(token[1], token[2])
            elif token[0] == "\r":
                self.column = 0
            elif token[0] == "\n":
                self.down()
            elif token[0] == "\t":
                self.column += 8 - self.column % 8
            elif token[0] >= " ":
                self.put(token[0])

    def put(self, character: str) -> None:
        if self.column == COLUMNS:
            self.down()
            self.column = 0
        line = self.lines[self.row]
        line.extend([(" ", Style())] * (self.column + 1 - len(line)))
        line[self.column] = (character, self.style)
        self.column += 1

    def down(self) -> None:
        self.row += 1
        while len(self.lines) <= self.row:
            self.lines.append([])

    def control(self, parameters: str, kind: str) -> None:
        if parameters.startswith("?"):
            return
        numbers = [int(n or 0) for n in parameters.split(";")]
        by = max(numbers[0], 1)
        if kind == "m":
            for number in numbers:
                self.style = self.style.after(number)
        elif kind == "A":
            self.row = max(self.row - by, 0)
        elif kind == "B":
            for _ in range(by):
                self.down()
        elif kind == "C":
            self.column = min(self.column + by, COLUMNS - 1)
        elif kind == "D":
            self.column = max(self.column - by, 0)
        elif kind == "G":
            self.column = by - 1
        elif kind == "K":
            line = self.lines[self.row]
            if numbers[0] == 0:
                del line[self.column:]
            elif numbers[0] == 2:
                line.clear()
        elif kind == "J" and numbers[0] == 0:
            del self.lines[self.row][self.column:]
            del self.lines[self.row + 1:]


def shown(command: list, environment: dict) -> list:
    """The lines that a command leaves on the screen."""
    ours, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=other, stdout=other, stderr=other, start_new_session=True)
    os.close(other)
    data = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # On Linux the end of a pseudo-terminal is an error.
            break
        if not part:
            break
        data += part
    os.close(ours)
    if process.wait() != 0:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{data.decode(errors='replace')}")
    screen = Screen()
    screen.write(data.decode())
    lines = screen.lines
    while lines and not lines[-1]:
        lines.pop()
    return lines


def text(line: list) -> str:
    return "".join(character for character, _ in line)


def parts(lines: list, patterns: list, command: str) -> list:
    """The lines that are shown of an answer."""
    out, at = [], 0
    for first, last in patterns:
        start = next((i for i in range(at, len(lines)) if re.search(first, text(lines[i]))), None)
        if start is None:
            sys.exit(f"{command}: no line matches {first!r}")
        end = next((i for i in range(start + 1, len(lines)) if re.search(last, text(lines[i]))), None)
        if end is None:
            sys.exit(f"{command}: no line after {first!r} matches {last!r}")
        cut = any(text(line) for line in lines[at:start])
        part = lines[start:end]
        while not part[-1]:
            part.pop()
        out += ([CUT] if cut and at else []) + part
        at = end
    return out + ([CUT] if at < len(lines) else [])


def plain(text: str, style: Style = Style()) -> list:
    return [(character, style) for character in text]


CUT = plain("...", Style(dim=True))


# Geometry in pixels. A character is 0.602 of the size of its font wide in most monospaced fonts.
SIZE, WIDTH, HEIGHT = 13, 7.826, 18
MARGIN, TITLE = 18, 34
PAPER, BAR, INK = "#1f2329", "#2b3038", "#d3d7de"
PALETTE = ["#3b4048", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d3d7de",
           "#5c6370", "#ef7f87", "#a9d48b", "#f0cd8a", "#7bbef5", "#d38fe6", "#6cc7d2", "#ffffff"]


def run(text: str, column: int, style: Style) -> str:
    """Some characters of one style, held to the columns of the terminal whatever the font."""
    look = [f'fill="{PALETTE[style.colour] if style.colour is not None else "#ffffff" if style.bold else INK}"']
    look += ['font-weight="bold"'] * style.bold + ['fill-opacity="0.6"'] * style.dim
    look += ['font-style="italic"'] * style.italic + ['text-decoration="underline"'] * style.underline
    place = f'x="{MARGIN + column * WIDTH:.1f}" textLength="{len(text) * WIDTH:.1f}"'
    return f"<tspan {place} {' '.join(look)}>{escape(text)}</tspan>"


def runs(line: list) -> list:
    """The runs of a line that hold something to see."""
    out, start = [], 0
    for at in range(1, len(line) + 1):
        if at == len(line) or line[at][1] != line[start][1]:
            text = "".join(character for character, _ in line[start:at])
            # Wide gaps are left out, so that the columns behind them stay where they are in any font.
            for word in re.finditer(r"\S+(?: \S+)*", text):
                out.append(run(word[0], start + word.start(), line[start][1]))
            start = at
    return out


def svg(lines: list) -> str:
    width = round(2 * MARGIN + COLUMNS * WIDTH)
    height = TITLE + len(lines) * HEIGHT + 2 * MARGIN - 8
    buttons = "".join(f'<circle cx="{MARGIN + 2 + 20 * i}" cy="{TITLE / 2}" r="6" fill="{colour}"/>'
                      for i, colour in enumerate(("#ff5f57", "#febc2e", "#28c840")))
    rows = []
    for number, line in enumerate(lines):
        if parts := runs(line):
            rows.append(f'<text y="{TITLE + MARGIN + SIZE - 3 + number * HEIGHT}">{"".join(parts)}</text>')
    title = f'<text x="{width / 2}" y="{TITLE / 2 + 4.5}" text-anchor="middle" fill="{INK}" fill-opacity="0.7">tickler</text>'
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        'aria-label="A terminal in which tickler reads contracts, lists the next deadlines and explains one of them">',
        f'<rect width="{width}" height="{height}" rx="9" fill="{PAPER}"/>',
        f'<path d="M0 {TITLE}V9a9 9 0 0 1 9-9H{width - 9}a9 9 0 0 1 9 9V{TITLE}z" fill="{BAR}"/>',
        buttons,
        f'<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', \'Liberation Mono\', monospace" font-size="{SIZE}" xml:space="preserve">',
        title,
        *rows,
        "</g>",
        "</svg>",
    ]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path, help="the tickler program")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/screen.svg", help="the picture [default: docs/screen.svg]")
    a = parser.parse_args()
    lines = []
    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "PATH": os.environ.get("PATH", ""), "TERM": "xterm-256color", "LANG": "C.UTF-8", "TZ": "UTC",
                       "TICKLER_STORE": f"{home}/store"}
        for command, patterns in COMMANDS:
            name, *arguments = command.split()
            answer = shown([str(a.program.resolve()), *arguments, "--as-of", AS_OF], environment)
            if lines:
                lines.append([])
            lines.append(plain("$ ", Style(colour=2)) + plain(command, Style(bold=True)))
            lines += parts(answer, patterns, command)
    a.out.write_text(svg(lines), encoding="utf-8")
    print(f"{a.out}: {len(lines)} lines")


if __name__ == "__main__":
    main()
