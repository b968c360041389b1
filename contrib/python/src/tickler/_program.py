"""The program: where it is, and one process of it that answers questions."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
import tempfile
from pathlib import Path
from typing import IO, Sequence


class ProgramEnded(RuntimeError):
    """The program ended before it had answered all questions; the message is what it printed last."""


def program() -> str:
    """The path of the program: that of the variable TICKLER_PROGRAM, of this wheel, or of PATH.

    Raises FileNotFoundError where there is none.
    """
    named = os.environ.get("TICKLER_PROGRAM")
    if named:
        return named
    name = "tickler" + (sysconfig.get_config_var("EXE") or "")
    # A wheel puts programs beside those of Python: of the environment, or of the user (`pip install --user`).
    schemes = {"venv": sysconfig.get_path("scripts"), "user": sysconfig.get_path("scripts", f"{os.name}_user")}
    for folder in schemes.values():
        if (Path(folder) / name).is_file():
            return str(Path(folder) / name)
    found = shutil.which("tickler")
    if found is None:
        raise FileNotFoundError("the program `tickler` is not installed; name it in the variable TICKLER_PROGRAM")
    return found


class Process:
    """One process of the program that answers line by line."""

    def __init__(self, arguments: Sequence[str]) -> None:
        # A file takes what the program says, however much that is: nobody reads it before the end.
        self._said: IO[bytes] = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            [program(), *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said
        )

    def ask(self, question: Sequence[bytes]) -> bool:
        """Whether the program still takes questions."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.writelines(question)
            self._process.stdin.flush()
        except (BrokenPipeError, ValueError):
            return False
        return True

    def no_more(self) -> None:
        """There are no more questions."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.close()
        except BrokenPipeError:
            pass

    def answer(self) -> bytes:
        """The next line. Raises ProgramEnded where there is none."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            raise self._ended()
        return line

    def end(self) -> None:
        """Waits for the end. Raises ProgramEnded where it is none that was planned."""
        if self._process.wait() != 0:
            raise self._ended()

    def _ended(self) -> ProgramEnded:
        code = self._process.wait()
        self._said.seek(0)
        said = self._said.read().decode(errors="replace").strip()
        return ProgramEnded(f"tickler ended with exit code {code}: {said or 'it said nothing'}")

    def stop(self) -> None:
        """Ends the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        self.no_more()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._said.close()
