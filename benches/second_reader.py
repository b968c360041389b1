#!/usr/bin/env python3
"""A model as second reader of ends, renewals, notices and starts: what does its disagreement with the rules point at?

    tickler --store DIR ingest ../shared/data/cuad/pdf
    python3 benches/second_reader.py BIN --store DIR [--store DIR]...

Needs numpy, scikit-learn and lz4. Heads (logistic regressions over the embeddings of sentences that the store keeps) learn
from contracts outside the held-out filers which sentence is such a clause; labels are the experts' and the sentences that
the rules read. Then they read the validation fold, and half b of the wordings, which no rule was written on. The
probabilities of the clause model that is there already are the other reader. A value is doubted when the reader gives its
sentence less than 0.5, and an absent one when any sentence has more. Prints, for each field, how many wrong and right
answers are doubted, and how many of those `review` does not name without it.
"""
import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import lz4.block
import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "eval"))
import cuad  # noqa: E402
import data  # noqa: E402
import fold  # noqa: E402
import predictions  # noqa: E402
import probes  # noqa: E402

SURE = 0.5
# What is read: the experts' category, the key of CUAD's answers, the fields of the record, the fields of the list for review.
KINDS = {
    "end": ("Expiration Date", "expiration_date", ["expiration_date", "initial_term"], {"expiration_date", "initial_term"}),
    "renewal": ("Renewal Term", "renewal_term", ["renewal"], {"renewal"}),
    "notice": ("Notice Period To Terminate Renewal", "notice_period", ["renewal"], {"renewal"}),
    "start": ("Effective Date", "effective_date", ["effective_date"], {"effective_date"}),
}


@dataclass
class Document:
    """A contract of a store with the sentences that the encoder read: places, texts, directions, probabilities by kind."""
    name: str
    record: dict
    review: list
    spans: np.ndarray
    texts: list
    vectors: np.ndarray
    probabilities: dict = field(default_factory=dict)

    def at(self, facts: list) -> np.ndarray:
        """Which sentences the proof of these facts touches."""
        hit = np.zeros(len(self.spans), bool)
        for start, end in (e["span"] for fact in facts if fact for e in fact["evidence"]):
            hit |= (self.spans[:, 0] < end) & (start < self.spans[:, 1])
        return hit

    def facts(self, kind: str) -> list:
        """The facts of a kind that have a value. Notice is part of the renewal."""
        found = [f for f in (self.record[name] for name in KINDS[kind][2]) if f and f["value"] is not None]
        if KINDS[kind][2] == ["renewal"]:
            found = [f for f in found if f["value"]["kind"] != "none" and (kind == "renewal" or f["value"]["notices"])]
        return found


def documents(binary: Path, store: Path) -> list:
    command = [binary, "--store", store, "export", "--format", "ndjson", "--min-confidence", "0.001"]
    exported = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, text=True, check=True).stdout
    reviews = {r["document"]["id"]: r["needs_review"] for r in map(json.loads, exported.splitlines())}
    rows = sqlite3.connect(f"file:{store}/tickler.db?mode=ro", uri=True).execute(
        "SELECT c.document, c.record, t.length, t.body, m.spans, m.vectors FROM contracts c"
        " JOIN texts t USING (document) JOIN meanings m USING (document) ORDER BY c.document")
    return [document(reviews.get(key, []), *row) for key, *row in rows]


def document(review, record, length, body, spans, vectors) -> Document:
    record, text = json.loads(record), lz4.block.decompress(body, uncompressed_size=length)
    spans = np.frombuffer(spans, "<u4").reshape(-1, 2).astype(int)
    vectors = np.frombuffer(vectors, np.int8).reshape(len(spans), -1).astype(np.float32)
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1)
    doc = Document(record["document"]["file_name"], record, review, spans, [text[a:b].decode() for a, b in spans], vectors)
    for kind, (category, *_) in KINDS.items():
        found = np.zeros(len(spans), np.float32)
        for clause in (c for c in record["clauses"] if c["value"]["category"] == category):
            hit = doc.at([clause])
            found[hit] = np.maximum(found[hit], clause["confidence"])
        doc.probabilities["clauses", kind] = found
    return doc


def labels(doc: Document, kind: str, gold: dict) -> np.ndarray:
    """The sentences that the experts marked for a kind, and those that prove the value of the rules."""
    marked = [cuad.ws_word_set(piece) for clause in gold.get(KINDS[kind][0], []) for piece in clause.get("pieces", [clause["text"]])]
    words = [cuad.ws_word_set(text) for text in doc.texts]
    expert = [any(len(a & b) >= 0.5 * len(a | b) for a in marked) for b in words]
    return np.array(expert, bool) | doc.at([{"evidence": f["evidence"][:1]} for f in doc.facts(kind)])


def learn(train: list, golds: dict, kind: str) -> LogisticRegression:
    wanted = [labels(doc, kind, golds[Path(doc.name).stem]["clauses"]) for doc in train]
    return LogisticRegression(C=4, solver="liblinear").fit(np.concatenate([d.vectors for d in train]), np.concatenate(wanted))


def doubted(doc: Document, reader: str, kind: str) -> bool:
    """Whether the reader sees another number of clauses of this kind than the rules: none, or one at least."""
    seen = doc.probabilities[reader, kind]
    facts = doc.facts(kind)
    return bool(facts) != bool((seen[doc.at(facts)] if facts else seen).max(initial=0) >= SURE)


def right_in_cuad(doc: Document, kind: str, golds: dict):
    """Whether an answer is right; None where the experts do not decide it."""
    key = KINDS[kind][1]
    gold = golds[Path(doc.name).stem][key]
    got = cuad.pred_value(key, predictions.cuad(doc.name, {**doc.record, "schedule": []})[key])
    decided = gold["status"] in ("ok", "absent")
    return (cuad.is_right(key, gold["values"], got) if gold["status"] == "ok" else got is None) if decided else None


def right_in_cases(doc: Document, kind: str, cases: dict):
    """The same by the expectations of a case."""
    expect = cases[Path(doc.name).stem]["expect"]
    key = "renewal" if kind == "notice" else KINDS[kind][2][0]
    if key not in expect or kind == "notice" and "notice_period" not in (expect["renewal"] or {}):
        return None
    wanted = expect[key]
    if key == "renewal" and wanted:
        wanted = {k: v for k, v in wanted.items() if (k == "notice_period") == (kind == "notice")}
    return not probes.failures({**doc.record, "schedule": [], "needs_review": []}, {key: wanted})


def report(title: str, docs: list, right) -> None:
    print(f"\n| {title} | reader | wrong | told by review | doubted | of the untold | right | told | doubted | of the untold |")
    print("|" + " --- |" * 10)
    for kind in KINDS:
        answers = [(d, ok) for d in docs if (ok := right(d, kind)) is not None]
        for reader in ("clauses", "heads"):
            row = []
            for part in ([d for d, ok in answers if not ok], [d for d, ok in answers if ok]):
                told = [any(item["field"] in KINDS[kind][3] for item in d.review) for d in part]
                doubts = [doubted(d, reader, kind) for d in part]
                row += [len(part), sum(told), sum(doubts), sum(a and not b for a, b in zip(doubts, told))]
            print(f"| {kind} | {reader} | " + " | ".join(map(str, row)) + " |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    data.add_options(parser)
    parser.add_argument("binary", type=Path)
    parser.add_argument("--store", type=Path, action="append", required=True, help="a store with contracts of CUAD")
    args = parser.parse_args()
    golds = cuad.load_jsonl(args.data / "cuad" / "gold.jsonl")
    contracts = [d for store in args.store for d in documents(args.binary.resolve(), store)]
    train = [d for d in contracts if not fold.held_out(d.name)]
    held = [d for d in contracts if fold.validation(d.name)]
    folder = data.CASES / "wordings"
    cases = {c["name"]: c for c in json.loads((folder / "cases.json").read_text(encoding="utf-8")) if c.get("half") == "b"}
    with tempfile.TemporaryDirectory() as made:
        files = [str(probes.file_of(case, folder, Path(made))) for case in cases.values()]
        store = Path(made) / "store"
        subprocess.run([str(args.binary), "-q", "--store", str(store), "ingest", *files], stdout=subprocess.DEVNULL, check=True)
        others = documents(args.binary.resolve(), store)
    for kind in KINDS:
        head = learn(train, golds, kind)
        for doc in (d for d in held + others if len(d.spans)):
            doc.probabilities["heads", kind] = head.predict_proba(doc.vectors)[:, 1]
    held, others = ([d for d in docs if len(d.spans)] for docs in (held, others))
    print(f"{len(train)} contracts to learn from")
    report("validation fold", held, lambda d, kind: right_in_cuad(d, kind, golds))
    report("wordings, half b", others, lambda d, kind: right_in_cases(d, kind, cases))


if __name__ == "__main__":
    main()
