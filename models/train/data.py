"""Sentences and their labels: `examples/sentences.rs` on one side, CUAD's annotated clauses on the other.

The text comes from the PDFs, as in use; the labels are matched by words, by the benchmark's own rule (Jaccard of the
word sets of 0.5 or more), so no offsets of another text are needed.
"""
import json
import re
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

BUCKETS = 1 << 18

# Categories that name words inside a sentence: rules cut those words, and the model says which sentence holds them.
INSIDE = ("Document Name", "Parties", "Agreement Date", "Effective Date")


@dataclass
class Document:
    name: str
    sentences: list
    labels: np.ndarray = None    # sentences x categories: 1 the clause, 0.25 a part of one, else 0
    gold: dict = field(default_factory=dict)    # category -> pieces


def validation(name: str) -> bool:
    """The fifth of the filers that `eval/fold.py` holds back, and some more: 80 contracts at least."""
    return zlib.crc32(re.split(r"[_ ]", name, maxsplit=1)[0].encode()) % 25 in (0, 5, 10, 15, 20, 7)


def fold_of(name: str, n: int) -> int:
    """One of `n` folds by filer, for out-of-fold scores inside the training part."""
    return zlib.crc32(re.split(r"[_ ]", name, maxsplit=1)[0].encode()[::-1]) % n


def third(name: str) -> int:
    """One of three folds by filer: 0 is the validation fold, 1 and 2 share the others."""
    return 0 if validation(name) else 1 + fold_of(name, 2)


def words(text: str) -> frozenset:
    return frozenset(re.sub(r"[.,;:]", "", text).lower().replace("/", " ").split())


def squeezed(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def shingles(text: str, n: int = 4) -> set:
    w = squeezed(text).split()
    return {tuple(w[i:i + n]) for i in range(len(w) - n + 1)}


def label(doc: Document, categories: list) -> None:
    n = len(doc.sentences)
    doc.labels = np.zeros((n, len(categories)), np.float32)
    texts = [s["text"] for s in doc.sentences]
    sets, plain = [words(t) for t in texts], [" " + squeezed(t) + " " for t in texts]
    parts = [shingles(t) for t in texts]
    for c, category in enumerate(categories):
        for piece in doc.gold.get(category, []):
            if category in INSIDE:
                inside(doc, c, category, piece, plain)
                continue
            a, sh = words(piece), shingles(piece)
            for i in range(n):
                b = sets[i]
                common = len(a & b)
                if common and common / len(a | b) >= 0.5:
                    doc.labels[i, c] = 1.0
                elif sh and parts[i]:
                    shared = len(sh & parts[i])
                    if shared >= 0.6 * min(len(sh), len(parts[i])) and shared >= 3:
                        doc.labels[i, c] = max(doc.labels[i, c], 0.25)


def inside(doc: Document, c: int, category: str, piece: str, plain: list) -> None:
    """The first sentences that hold the words of a piece; a one-word party is an alias and stands in any sentence."""
    needle = " " + squeezed(piece) + " "
    if len(needle) < 4 or category == "Parties" and " " not in needle.strip():
        return
    hits = [i for i, t in enumerate(plain) if needle in t][: 1 if category == "Parties" else 2]
    for i in hits:
        doc.labels[i, c] = 1.0


def load(sentences: Path, gold: Path) -> tuple[list, list]:
    """Documents in the order of their names, and the category names."""
    by_id = {}
    with open(gold, encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            by_id[row["id"]] = {c: [p for x in v for p in x.get("pieces", [x["text"]])] for c, v in row["clauses"].items()}
    categories = list(next(iter(by_id.values())))
    documents = []
    with open(sentences, encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            stem = row["file_name"].rsplit(".", 1)[0]
            if stem not in by_id:
                continue
            doc = Document(stem, row["sentences"], gold=by_id[stem])
            label(doc, categories)
            documents.append(doc)
    return sorted(documents, key=lambda d: d.name), categories


def matrix(documents: list) -> csr_matrix:
    """All sentences' features, one row each, before the weights of rarity."""
    ptr, idx, val = [0], [], []
    for doc in documents:
        for s in doc.sentences:
            numbers, weights = s["features"]
            idx.append(np.asarray(numbers, np.int32))
            val.append(np.asarray(weights, np.float32))
            ptr.append(ptr[-1] + len(numbers))
    return csr_matrix((np.concatenate(val), np.concatenate(idx), np.asarray(ptr, np.int64)), shape=(len(ptr) - 1, BUCKETS))


def quantised(w: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """One signed byte a weight, and one scale for all weights along `axis`."""
    scale = np.abs(w).max(axis=axis, keepdims=True) / 127
    scale[scale == 0] = 1
    return np.round(w / scale).astype(np.int8), scale.squeeze(axis).astype(np.float32)
