"""The module with the program itself: TICKLER_PROGRAM names it, or the wheel that is installed has it.

    TICKLER_PROGRAM=target/debug/tickler python3 -m unittest discover -s contrib/python/tests
"""

import contextlib
import datetime
import io
import os
import re
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

if "TICKLER_PROGRAM" in os.environ:
    os.environ["TICKLER_PROGRAM"] = os.path.abspath(os.environ["TICKLER_PROGRAM"])
    sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

import tickler

FIXTURES = Path(__file__).parents[3] / "fixtures"
LEASE = FIXTURES / "contracts/office-lease-option.pdf"
NDA = FIXTURES / "contracts/mutual-nda-perpetual.pdf"
DAY = datetime.date(2026, 3, 1)
# Tests are about the way, not about what is read.
OPTIONS = ["--model", "none"]


NDA_TEXT = """MUTUAL NON-DISCLOSURE AGREEMENT
This Agreement is made as of January 5, 2026 between Alder Works Limited and Birch Trading Limited.
1. Secrets. Each party keeps the other's information secret.
2. Term. This Agreement ends on January 4, 2028.
By: /s/ A. Quill
Name: A. Quill"""
LEASE_TEXT = """LEASE AGREEMENT
This Lease is made as of June 1, 2026 between Alder Works Limited and Cedar Estates Limited.
1. Term. This Lease ends on May 31, 2031.
By: /s/ C. Marsh
Name: C. Marsh"""


def pdf(*pages):
    """A file with these pages, a line of text each line."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, page in enumerate(pages):
        drawn = "".join(f"({line}) Tj 0 -22 Td " for line in page.splitlines())
        content = f"BT /F1 9 Tf 50 740 Td {drawn} ET"
        rest = f"/MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R {rest} >>")
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def codes(results):
    return [result.error.code if result.error else None for result in results]


class Extract(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def test_every_document_has_a_result_in_its_order(self):
        bad, empty = self.write("bad.pdf", b"nothing"), self.write("empty.pdf", b"")
        strange = self.write("two\nlines é.pdf", NDA.read_bytes())
        asked = [LEASE, bad, str(NDA), empty, self.folder / "missing.pdf", self.folder, strange, LEASE]
        results = list(tickler.extract(asked, as_of=DAY, jobs=2, options=OPTIONS))
        self.assertEqual([result.input for result in results], [str(path) for path in asked])
        self.assertEqual([result.ok for result in results], [True, False, True, False, False, False, True, True])
        failures = ["source.not_pdf", None, "source.empty", "source.not_found", "source.not_a_file", None, None]
        self.assertEqual(codes(results)[1:], failures)
        self.assertTrue(all(result.error.message for result in results if result.error))
        self.assertEqual(results[0].record["document"]["file_name"], LEASE.name)
        self.assertEqual(results[0].record, results[-1].record)
        self.assertEqual(results[0].record["schema_version"], "1")

    def test_one_path_is_one_document(self):
        for path in (str(NDA), NDA):
            [result] = tickler.extract(path, as_of=DAY, options=OPTIONS)
            self.assertEqual((result.input, result.ok), (str(NDA), True))

    def test_a_day_is_a_date_or_its_text(self):
        days = [DAY, "2026-03-01", datetime.datetime(2026, 3, 1, 23, 59)]
        results = [list(tickler.extract([LEASE], as_of=day, options=OPTIONS)) for day in days]
        self.assertTrue(results[0][0].ok)
        self.assertEqual(results, [results[0]] * len(days))
        document = [("lease.pdf", LEASE.read_bytes())]
        self.assertTrue(next(tickler.extract_bytes(document, as_of="2026-03-01", options=OPTIONS)).ok)
        with self.assertRaisesRegex(tickler.ProgramEnded, "1 March"):
            list(tickler.extract(LEASE, as_of="1 March", options=OPTIONS))

    def test_bytes_are_known_by_their_names(self):
        documents = [
            ("s3://contracts/a/lease.pdf", LEASE.read_bytes()),
            ("s3://contracts/gone.pdf", tickler.Error("source.not_found", "no such key")),
            ("s3://contracts/empty.pdf", b""),
            ("s3://contracts/lease.pdf", LEASE.read_bytes()),
        ]
        results = list(tickler.extract_bytes(documents, as_of=DAY, options=OPTIONS))
        self.assertEqual([result.input for result in results], [name for name, _ in documents])
        self.assertEqual(codes(results), [None, "source.not_found", "source.empty", None])
        self.assertEqual(results[1].error.message, "no such key")
        first, last = (results[at].record["document"] for at in (0, 3))
        self.assertEqual((first["uri"], first["file_name"]), (documents[0][0], "lease.pdf"))
        self.assertEqual(first["id"], last["id"])

    def test_each_contract_of_a_file_has_its_record(self):
        content = pdf(NDA_TEXT, LEASE_TEXT)
        path = self.write("two.pdf", content)
        results = list(tickler.extract([path, NDA], as_of=DAY, options=OPTIONS))
        self.assertEqual([len(result.others) for result in results], [1, 0])
        names = [one["document"]["uri"] for one in (results[0].record, *results[0].others)]
        self.assertEqual([name.rpartition("/")[2] for name in names], ["two.pdf", "two.pdf#page=2"])
        self.assertEqual(results[0].others[0]["expiration_date"]["value"], "2031-05-31")
        [framed] = tickler.extract_bytes([("s3://a/two.pdf", content)], as_of=DAY, options=OPTIONS)
        names = [(one["document"]["uri"], one["document"]["file_name"]) for one in (framed.record, *framed.others)]
        self.assertEqual(names, [("s3://a/two.pdf", "two.pdf"), ("s3://a/two.pdf#page=2", "two.pdf#page=2")])
        table = tickler.extract([path, NDA], as_of=DAY, options=OPTIONS).to_pandas()
        self.assertEqual(list(table["input"]), [str(path), str(path), str(NDA)])
        self.assertEqual(len(set(table["document"])), 3)

    def test_a_result_comes_before_the_next_document_is_asked_for(self):
        taken = threading.Event()

        def paths():
            yield NDA
            self.assertTrue(taken.wait(60), "the first result was not given")
            yield LEASE

        with tickler.extract(paths(), as_of=DAY, options=OPTIONS) as results:
            self.assertEqual(next(results).input, str(NDA))
            taken.set()
            self.assertEqual([result.input for result in results], [str(LEASE)])

    def test_many_documents_do_not_fill_the_pipes(self):
        # More than a pipe holds, both ways.
        asked = [str(self.folder / f"{'missing ' * 10}{number}.pdf") for number in range(5000)]
        results = list(tickler.extract(asked, as_of=DAY, options=OPTIONS))
        self.assertEqual([result.input for result in results], asked)
        self.assertEqual(set(codes(results)), {"source.not_found"})

    def test_what_the_paths_raise_is_raised_behind_their_results(self):
        def paths():
            yield NDA
            raise KeyError("list of paths")

        results = tickler.extract(paths(), as_of=DAY, options=OPTIONS)
        self.assertTrue(next(results).ok)
        with self.assertRaisesRegex(KeyError, "list of paths"):
            next(results)
        with self.assertRaises(ValueError):
            list(tickler.extract(["a\0b"], options=OPTIONS))

    def test_a_program_that_cannot_go_on_is_no_end_of_the_results(self):
        for paths in ([NDA], []):
            with self.assertRaisesRegex(tickler.ProgramEnded, "exit code 2.*--nonsense"):
                list(tickler.extract(paths, options=["--nonsense"]))

    def test_results_that_nobody_takes_end_the_program(self):
        def endless():
            while True:
                yield NDA

        results = tickler.extract(endless(), as_of=DAY, options=OPTIONS)
        next(results)
        before = threading.active_count()
        results.close()
        self.assertEqual(list(results), [])
        for thread in threading.enumerate():
            if thread is not threading.current_thread():
                thread.join(60)
        self.assertLess(threading.active_count(), before, "who asks goes on")

    def test_nothing_asked_is_nothing_answered(self):
        self.assertEqual(list(tickler.extract([], options=OPTIONS)), [])
        self.assertEqual(list(tickler.extract_bytes([], options=OPTIONS)), [])

    def test_the_module_is_the_program(self):
        source = str(Path(tickler.__file__).parents[1])
        run = [sys.executable, "-m", "tickler", "--version"]
        told = subprocess.run(run, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": source})
        self.assertEqual((told.returncode, told.stdout.split()[0]), (0, "tickler"))
        run[-1] = "--nonsense"
        self.assertEqual(subprocess.run(run, capture_output=True, env={**os.environ, "PYTHONPATH": source}).returncode, 2)

    def test_a_table_has_a_row_for_each_document(self):
        table = tickler.extract([NDA, self.folder / "missing.pdf"], as_of=DAY, options=OPTIONS).to_pandas()
        self.assertEqual(list(table["ok"]), [True, False])
        self.assertEqual(table["error_code"][1], "source.not_found")
        self.assertEqual(table["record"][0]["document"]["id"], table["document"][0])
        self.assertEqual(len(tickler.extract([], options=OPTIONS).to_pandas().columns), 6)

    def test_the_examples_of_the_readme_run(self):
        blocks = re.findall(r"```python\n(.*?)```", (Path(__file__).parents[1] / "README.md").read_text(), re.DOTALL)
        said = io.StringIO()
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(FIXTURES.parent)
        with contextlib.redirect_stdout(said):
            exec("".join(blocks), {})
        self.assertEqual(len(blocks), 2)
        self.assertEqual(said.getvalue().count("source.not_found"), 2)


if __name__ == "__main__":
    unittest.main()
