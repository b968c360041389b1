"""What a process took, itself and all that it started and waited for."""
import os
import subprocess
import tempfile
import time
from typing import NamedTuple


class Run(NamedTuple):
    """A process that has ended: exit code, seconds that passed, processor seconds, MiB at the peak of the largest process."""
    code: int
    wall: float
    cpu: float
    peak: float
    out: str
    err: str


def run(*command) -> Run:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.monotonic()
        process = subprocess.Popen(list(map(str, command)), stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - start
        out.seek(0), err.seek(0)
        said, complained = out.read().decode(errors="replace"), err.read().decode(errors="replace")
        return Run(process.returncode, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said, complained)
