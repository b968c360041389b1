"""What each page of `tickler serve` takes in a large store: median and 95th percentile of milliseconds, as a browser waits for it,
and processor milliseconds of the program; and the first page after something was said, for which the lists are made anew.

    python3 benches/page.py target/release/tickler STORE [--times 20]

STORE is a large store, such as one that benches/lists.py keeps (`--keep FOLDER`). It is changed: an owner is assigned. Exit code
1 when the 95th percentile of a page is above 100 ms.
"""
import argparse
import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from processes import run

MOST = 100


class Page:
    """The page, behind its door."""

    def __init__(self, program: Path, store: Path):
        command = [program, "--quiet", "--store", store, "serve", "--by", "Ann Field"]
        self.process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True)
        link = urlsplit(self.process.stdout.readline().strip())
        self.address = link.netloc
        answer, _ = self.ask("GET", f"/?{link.query}", {})
        self.cookie = answer.getheader("Set-Cookie").split(";")[0]

    def ask(self, method: str, path: str, headers: dict, body: str | None = None) -> tuple:
        # A browser keeps its connection; a new one costs what the server takes to accept it, which is part of the wait.
        connection = http.client.HTTPConnection(self.address, timeout=600)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer, text

    def cpu(self) -> float:
        """Processor milliseconds of the program until now."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def get(self, path: str) -> float:
        """Milliseconds until the whole page is here."""
        begun = time.perf_counter()
        answer, text = self.ask("GET", path, {"Cookie": self.cookie})
        took = (time.perf_counter() - begun) * 1000
        assert answer.status == 200, (path, answer.status, text[:500])
        return took

    def say(self, path: str, **fields: str) -> float:
        headers = {"Cookie": self.cookie, "Origin": f"http://{self.address}", "Content-Type": "application/x-www-form-urlencoded"}
        begun = time.perf_counter()
        answer, text = self.ask("POST", path, headers, urlencode(fields))
        assert answer.status == 303, (path, answer.status, text[:500])
        return (time.perf_counter() - begun) * 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tickler", type=Path)
    parser.add_argument("store", type=Path)
    parser.add_argument("--times", type=int, default=20)
    args = parser.parse_args()
    program = args.tickler.resolve()
    listed = json.loads(run(program, "--quiet", "--store", args.store, "list", "--format", "json").out)
    dice = random.Random(17)
    ids = [row["id"] for row in listed if not row["replaced"] and row["next_notice_deadline"]]
    some = [dice.choice(ids) for _ in range(args.times)]
    pages = {
        "Today": lambda n: "/",
        "Contracts": lambda n: f"/contracts?page={n + 1}",
        "Contracts, filtered": lambda n: f"/contracts?q=holloway&state=all&sort=name&page={n + 1}",
        "Contract": lambda n: f"/contract/{some[n]}",
        "Calendar": lambda n: "/calendar",
        "Review": lambda n: f"/review?from={some[n]}",
        "Obligations": lambda n: f"/obligations?page={n + 1}",
        "Performance": lambda n: "/performance",
        "Reports": lambda n: "/reports",
        "Search, words": lambda n: "/search?q=notice",
    }
    page = Page(program, args.store)
    over = 0
    try:
        print(f"{len(listed):,} contracts; the first page takes {page.get('/'):.0f} ms")
        print(f"\n{'page':<22}{'first':>9}{'median':>9}{'95 %':>9}{'CPU':>9}  ms")
        for name, path in pages.items():
            first = page.get(path(0))
            before = page.cpu()
            took = sorted(page.get(path(n)) for n in range(args.times))
            high = took[min(len(took) - 1, int(len(took) * 0.95))]
            over += high > MOST
            print(f"{name:<22}{first:>9.0f}{statistics.median(took):>9.0f}{high:>9.0f}{(page.cpu() - before) / args.times:>9.0f}", flush=True)
        before = page.cpu()
        said = page.say(f"/contract/{some[0]}/assign", owner="Bo Lind", back="/")
        print(f"\nsaying who owns a contract takes {said:.0f} ms, and the first page after it {page.get('/'):.0f} ms, both "
              f"together {page.cpu() - before:.0f} ms of the processor")
    finally:
        page.process.terminate()
        page.process.wait()
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main())
