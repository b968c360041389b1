"""The stack: one small calibrated model over both stages, and over what rules cut inside sentences.

    python stack.py --sentences cuad.ndjson --gold gold.jsonl --out work/ --cut 0.2 [--exit 6] [--fast]

Trains on the contracts for which work/second.npz has logits of weights that have not seen them (with --fast on all), writes
work/stack.json, and for an honest measure work/predictions.jsonl: each contract judged by a stack that has not seen its filer.
`src/detect/model/stack.rs` computes the same numbers; a test holds the two together.
"""
import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

import data

EXITS = (4, 6)
CLIP = 12.0
CUTS = ("title", "title_repeated", "party", "alias", "bracket", "term", "agreement", "effective", "agreement_as_effective", "early_date")
CUT_CATEGORY = ("Document Name",) * 2 + ("Parties",) * 4 + ("Agreement Date", "Effective Date", "Effective Date", "Agreement Date")
READ = ("first", "second", "probability", "first_gap", "second_gap", "rank", "neighbour", "rival", "best", "words", "place", "early")
UNREAD = ("first", "first_gap", "rank", "rival", "best", "words", "place", "early")


def shape(lengths: np.ndarray) -> tuple:
    n = len(lengths)
    i = np.arange(n)
    return np.log1p(lengths), i / n, np.minimum(i, 10) / 10


def rival(x: np.ndarray) -> np.ndarray:
    """For every category the largest logit of another one."""
    top = np.sort(x, axis=1)[:, -2:]
    return np.where(x == top[:, 1:], top[:, :1], top[:, 1:])


def ranks(x: np.ndarray) -> np.ndarray:
    """How many sentences stand above, by category."""
    order = np.argsort(-x, axis=0, kind="stable")
    out = np.empty_like(order)
    np.put_along_axis(out, order, np.arange(len(x))[:, None], axis=0)
    return np.log1p(out)


def features(first: np.ndarray, second: np.ndarray, read: np.ndarray, lengths: np.ndarray) -> tuple:
    """Of one document: (rows of READ features for read sentences, rows of UNREAD for the others), each [n, categories, k]."""
    a = np.clip(first, -CLIP, CLIP)
    words, place, early = shape(lengths)
    n, c = a.shape
    spread = lambda x: np.repeat(x[:, None], c, axis=1)
    best_a = a.max(axis=0)
    unread = np.stack([a, a - best_a, ranks(a), rival(a), np.repeat(best_a[None], n, axis=0), spread(words), spread(place), spread(early)], axis=2)[~read]
    if not read.any():
        return np.zeros((0, c, len(READ))), unread
    b = np.where(read[:, None], np.clip(second, -CLIP, CLIP), -CLIP)
    pad = np.full((1, c), -CLIP)
    neighbour = np.maximum(np.concatenate([pad, b[:-1]]), np.concatenate([b[1:], pad]))
    best = b.max(axis=0)
    rows = np.stack([a, b, 1 / (1 + np.exp(-b)), a - best_a, b - best, ranks(b), neighbour, rival(b), np.repeat(best[None], n, axis=0),
                     spread(words), spread(place), spread(early)], axis=2)[read]
    return rows, unread


class Shared:
    """Logistic regression with weights shared by all categories, and for each category its own bias and slope of one feature."""

    def __init__(self, slope: int, strength: float = 0.1):
        self.slope, self.strength = slope, strength

    def design(self, x: np.ndarray) -> np.ndarray:
        n, c, k = x.shape
        z = (x - self.mean) / self.spread
        eye = np.broadcast_to(np.eye(c, dtype=np.float32), (n, c, c))
        return np.concatenate([z, eye, eye * z[:, :, self.slope, None]], axis=2).reshape(n * c, k + 2 * c).astype(np.float32)

    def fit(self, x: np.ndarray, y: np.ndarray) -> "Shared":
        self.mean, self.spread = x.mean(axis=(0, 1)), x.std(axis=(0, 1)) + 1e-6
        # Hopeless cells teach nothing but cost time: one in ten of them, with ten times the weight.
        flat = y.reshape(-1)
        lead = x[:, :, self.slope].reshape(-1)
        rng = np.random.default_rng(5)
        keep = (flat > 0) | (lead > -6) | (rng.random(len(flat)) < 0.1)
        weight = np.where((flat > 0) | (lead > -6), 1.0, 10.0)[keep]
        self.model = LogisticRegression(C=self.strength, max_iter=400).fit(self.design(x)[keep], flat[keep], sample_weight=weight)
        return self

    def predict(self, x: np.ndarray) -> np.ndarray:
        if not len(x):
            return np.zeros(x.shape[:2])
        return self.model.predict_proba(self.design(x))[:, 1].reshape(x.shape[:2])

    def export(self, names: tuple) -> dict:
        """Weights for raw features: the standardisation is folded in."""
        k, w = len(names), self.model.coef_[0]
        c = (len(w) - k) // 2
        shared = w[:k] / self.spread
        bias = float(self.model.intercept_[0]) - float(np.sum(w[:k] * self.mean / self.spread))
        slopes = w[k + c:] / self.spread[self.slope]
        own = bias + w[k:k + c] - slopes * self.mean[self.slope]
        r = lambda x: [round(float(v), 6) for v in x]
        return {"features": dict(zip(names, r(shared))), "bias": r(own), "slope": r(slopes)}


def cut_row(kind: int, confidence: float, a: float, b: float, read: bool, words: int, sentence: int) -> list:
    one = [float(kind == k) for k in range(len(CUTS))]
    p = min(max(confidence, 0.01), 0.99)
    b = b if read else -CLIP
    tail = [np.log(p / (1 - p)), a, b, np.log1p(words), min(sentence, 20) / 20]
    return one + tail + [o * b for o in one] + [o * tail[3] for o in one]


def matches(gold: str, text: str, party: bool) -> bool:
    x, y = data.words(gold), data.words(text)
    return bool(x and y) and (len(x & y) / len(x | y) >= 0.5 or party and gold in text)


class Judge:
    """Everything that is fitted: for read sentences, for the others, and for words inside sentences."""

    def fit(self, docs: list) -> "Judge":
        rows, unread = [d["x"][0] for d in docs], [d["x"][1] for d in docs]
        self.read = Shared(1).fit(np.concatenate(rows), np.concatenate([d["y"][d["read"]] for d in docs])) if sum(map(len, rows)) else None
        self.unread = Shared(0).fit(np.concatenate(unread), np.concatenate([d["y"][~d["read"]] for d in docs]))
        x = np.array([r for d in docs for r in d["cuts"]])
        y = np.array([t for d in docs for t in d["cut_y"]])
        self.cuts = LogisticRegression(C=1.0, max_iter=1000).fit(x, y)
        return self

    def predict(self, d: dict) -> tuple:
        p = np.zeros_like(d["y"], dtype=np.float64)
        if d["read"].any():
            p[d["read"]] = self.read.predict(d["x"][0])
        p[~d["read"]] = self.unread.predict(d["x"][1])
        q = self.cuts.predict_proba(np.array(d["cuts"]))[:, 1] if d["cuts"] else []
        return p, q

    def export(self) -> dict:
        w = [round(float(v), 6) for v in self.cuts.coef_[0]]
        out = {"unread": self.unread.export(UNREAD), "cuts": {"bias": round(float(self.cuts.intercept_[0]), 6), "weights": w}}
        if self.read:
            out["read"] = self.read.export(READ)
        return out


def prepare(doc, categories: list, first: np.ndarray, second: np.ndarray, pieces: list) -> dict:
    read = second[:, 0] > -29
    lengths = np.array([len(s["text"].split()) for s in doc.sentences])
    strict = (doc.labels >= 1).astype(np.float32)
    for c, category in enumerate(categories):
        if category in data.INSIDE:    # whole sentences of these count only when they are the clause
            gold = doc.gold.get(category, [])
            for i in np.flatnonzero(strict[:, c]):
                strict[i, c] = float(any(matches(g, doc.sentences[i]["text"], False) for g in gold))
    cuts, cut_y = [], []
    for p in pieces:
        k, s = CUTS.index(p["cut"]), p["sentence"]
        c = categories.index(CUT_CATEGORY[k])
        cuts.append(cut_row(k, p["confidence"], float(np.clip(first[s, c], -CLIP, CLIP)), float(np.clip(second[s, c], -CLIP, CLIP)), bool(read[s]), len(p["text"].split()), s))
        cut_y.append(int(any(matches(g, p["text"], CUT_CATEGORY[k] == "Parties") for g in doc.gold.get(CUT_CATEGORY[k], []))))
    return {"doc": doc, "y": strict, "read": read, "x": features(first, second, read, lengths), "cuts": cuts, "cut_y": cut_y, "pieces": pieces}


def emitted(d: dict, p: np.ndarray, q, categories: list, least: float) -> dict:
    """Whole sentences and words inside them, as the scorer reads them."""
    clauses = {}
    for i, c in zip(*np.nonzero(p >= least)):
        clauses.setdefault(categories[c], []).append({"text": d["doc"].sentences[i]["text"], "score": round(float(p[i, c]), 4)})
    for piece, s in zip(d["pieces"], q):
        if s >= least:
            clauses.setdefault(CUT_CATEGORY[CUTS.index(piece["cut"])], []).append({"text": piece["text"], "score": round(float(s), 4)})
    return clauses


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--sentences", type=Path, required=True)
    ap.add_argument("--gold", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--cut", type=float, default=0.15)
    ap.add_argument("--exit", type=int, default=6)
    ap.add_argument("--fast", action="store_true", help="the first stage alone")
    ap.add_argument("--name", default="", help="suffix of the files written")
    a = ap.parse_args()
    documents, categories = data.load(a.sentences, a.gold)
    pieces = {}
    with open(a.sentences, encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            pieces[row["file_name"].rsplit(".", 1)[0]] = row["candidates"]
    logits = np.load(a.out / "scores.npz")["logits"]
    read = np.full_like(logits, -30) if a.fast else np.load(a.out / "second.npz")[f"{a.cut}"][EXITS.index(a.exit)]
    docs, at = [], 0
    for d in documents:
        n = len(d.sentences)
        first, second = logits[at:at + n], read[at:at + n]
        at += n
        if not a.fast and not (second > -29).any():    # of a fold that was not trained without
            continue
        docs.append(prepare(d, categories, first, second, pieces[d.name]))
    folds = [data.fold_of(d["doc"].name, 5) for d in docs]
    with open(a.out / f"predictions{a.name}.jsonl", "w", encoding="utf-8") as out:
        for k in range(5):
            judge = Judge().fit([d for d, f in zip(docs, folds) if f != k])
            for d in (d for d, f in zip(docs, folds) if f == k):
                p, q = judge.predict(d)
                out.write(json.dumps({"id": d["doc"].name, "clauses": emitted(d, p, q, categories, 0.002)}) + "\n")
    (a.out / f"stack{a.name}.json").write_text(json.dumps(Judge().fit(docs).export()))
    print(f"{len(docs)} contracts, {sum(len(d['cuts']) for d in docs)} candidates, {np.mean([t for d in docs for t in d['cut_y']]):.2f} of them right")


if __name__ == "__main__":
    main()
