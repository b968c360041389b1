"""Are copies of a contract one agreement with it, and contracts of the same form apart?

    python3 benches/copies.py target/release/tickler [CONTRACTS]

For the shortest contracts of the fixtures it makes files with the same words (saved again, scanned, typed anew, with signatures
filled in) and files of the same form (another party, another letter in the name of a party, another number, another day, a "not"
more), reads all of them, and tells which files the store takes for one agreement. Needs fixtures/requirements.txt, pdftoppm and qpdf.
"""
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "fixtures"))
import scan  # noqa: E402

SAME = ["saved", "scan200", "scan300", "typed", "signed"]
OTHER = ["party", "letter", "number", "day", "not", "place"]
PLACES = ["Colorado", "New York", "Delaware", "California", "Texas", "England", "Singapore", "Ohio", "Ireland", "Germany"]


def run(program, *args):
    done = subprocess.run([str(program), *map(str, args)], capture_output=True, text=True)
    return done.stdout


def type_out(text, out):
    """A plain PDF with these lines."""
    page = Canvas(str(out), pagesize=A4, invariant=1)
    y = 790
    for line in text.splitlines():
        for part in simpleSplit(line, "Helvetica", 10, 480) or [""]:
            if y < 50:
                page.showPage()
                y = 790
            page.setFont("Helvetica", 10)
            page.drawString(55, y, part)
            y -= 13
    page.save()


def once(pattern, put, text):
    changed = re.sub(pattern, put, text, count=1)
    return changed if changed != text else None


def forms(text, record):
    """Texts of the same form that are other contracts; `None` where the text has nothing to change."""
    parties = [p["value"]["name"] for p in record.get("parties", []) if p.get("value")]
    last = parties[-1] if parties else None
    more = lambda m: f"{m[1]}{int(m[2]) + 7}{m[3]}"
    return {
        "party": re.sub(re.escape(last).replace(r"\ ", r"\s+"), "Quillfeather Holdings Ltd", text, flags=re.I) if last else None,
        "letter": re.sub(rf"\b{re.escape(last.split()[0])}\b", last.split()[0][:-1] + "x", text, flags=re.I) if last else None,
        "number": once(r"(\()(\d{1,2})(\) (?:days|months|years|business days))", more, text),
        "day": once(r"((?:January|February|March|April|May|June|July|August|September|October|November|December) )(\d\d?)(, \d{4})",
                    lambda m: f"{m[1]}{int(m[2]) % 27 + 1}{m[3]}", text),
        "not": once(r"\b(shall|may)(?! not)\b", r"\1 not", text),
        "place": next((text.replace(place, "Vermont") for place in PLACES if place in text), None),
    }


def main():
    program = Path(sys.argv[1]).resolve()
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    contracts = sorted((ROOT / "fixtures/contracts").glob("*.pdf"), key=lambda f: (len(run(program, "text", f)), f.name))
    made, told = [], Counter()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for file in contracts[:most]:
            text, record = run(program, "text", file), json.loads(run(program, "extract", "--no-model", file))
            place = folder / "in" / file.stem
            place.mkdir(parents=True)
            scan.qpdf(file, place / "original.pdf")
            scan.qpdf("--linearize", "--object-streams=generate", file, place / "saved.pdf")
            scan.save(scan.pages(file, 200), place / "scan200.pdf", 200, 60)
            scan.save(scan.pages(file, 300), place / "scan300.pdf", 300)
            type_out(text, place / "typed.pdf")
            type_out(re.sub(r"_{4,}", " Jane Q. Doe ", text), place / "signed.pdf")
            for kind, other in forms(text, record).items():
                if other and other != text:
                    type_out(other, place / f"{kind}.pdf")
            made.append(file.stem)
        store = ["--store", folder / "store"]
        run(program, *store, "ingest", "--no-model", folder / "in")
        group = {}
        for row in json.loads(run(program, *store, "list", "--format", "json")):
            path = Path(row["uri"])
            group[path.parent.name, path.stem] = row["copy_of"] or row["id"]
        for contract in made:
            for kind in SAME + OTHER:
                if (contract, kind) in group:
                    joined = group[contract, kind] == group[contract, "original"]
                    told[kind, joined == (kind in SAME)] += 1
                    if joined != (kind in SAME):
                        print(f"{contract}/{kind}: {'one agreement' if joined else 'apart'}")
    print("\n| file | as it should be |\n|---|---:|")
    for kind in SAME + OTHER:
        print(f"| {kind} | {told[kind, True]} of {told[kind, True] + told[kind, False]} |")


if __name__ == "__main__":
    main()
