"""The stack: one small calibrated model over both stages, and over what rules cut inside sentences.

    python stack.py --sentences cuad.ndjson --gold gold.jsonl --out work/ --cut 0.2 [--exit 6] [--fast]

Trains on the contracts for which work/second.npz has logits of weights that have not seen them (with --fast on all), writes
work/stack.json and work/stack.npz, and for an honest measure work/predictions.jsonl: each contract scored by a stack that
has not seen its filer.
Sentences are scored by an ensemble of a logistic regression and boosted trees over the same features; candidates inside
sentences are re-ranked by trees alone.
`crates/clauses/src/stack.rs`, `rerank.rs` and `trees.rs` compute the same numbers: models/README.md has the scores of
both sides.
"""
import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

import data

EXITS = (4, 6)
CLIP = 12.0
FLOOR = -6.0    # logit below which nothing is found, and trees are not asked
WHOLE = 6       # sentences that may be the clause as a whole, in a category of words inside sentences
CUTS = ("title", "title_repeated", "party", "alias", "bracket", "term", "agreement", "effective", "agreement_as_effective", "early_date",
        "whole_name", "whole_parties", "whole_agreement", "whole_effective")
CUT_CATEGORY = ("Document Name",) * 2 + ("Parties",) * 4 + ("Agreement Date", "Effective Date", "Effective Date", "Agreement Date") + data.INSIDE
RULES = CUTS.index("whole_name")    # the first kinds of cuts: by rules
# Names of features are keys of the manifest; rival is the largest logit of another category.
READ = ("first", "second", "probability", "first_gap", "second_gap", "rank", "neighbour", "rival", "best", "words", "place", "early")
UNREAD = ("first", "first_gap", "rank", "rival", "best", "words", "place", "early")


def shape(lengths: np.ndarray) -> tuple:
    n = len(lengths)
    i = np.arange(n)
    return np.log1p(lengths), i / n, np.minimum(i, 10) / 10


def largest_other(x: np.ndarray) -> np.ndarray:
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
    unread = np.stack([a, a - best_a, ranks(a), largest_other(a), np.repeat(best_a[None], n, axis=0), spread(words), spread(place), spread(early)], axis=2)[~read]
    if not read.any():
        return np.zeros((0, c, len(READ))), unread
    b = np.where(read[:, None], np.clip(second, -CLIP, CLIP), -CLIP)
    pad = np.full((1, c), -CLIP)
    neighbour = np.maximum(np.concatenate([pad, b[:-1]]), np.concatenate([b[1:], pad]))
    best = b.max(axis=0)
    rows = np.stack([a, b, 1 / (1 + np.exp(-b)), a - best_a, b - best, ranks(b), neighbour, largest_other(b), np.repeat(best[None], n, axis=0),
                     spread(words), spread(place), spread(early)], axis=2)[read]
    return rows, unread


class Regression:
    """Logistic regression with weights shared by all categories, and for each category its own bias and slope of one feature."""

    def __init__(self, slope: int, strength: float = 0.1):
        self.slope, self.strength = slope, strength

    def design(self, x: np.ndarray) -> np.ndarray:
        n, c, k = x.shape
        z = (x - self.mean) / self.spread
        eye = np.broadcast_to(np.eye(c, dtype=np.float32), (n, c, c))
        return np.concatenate([z, eye, eye * z[:, :, self.slope, None]], axis=2).reshape(n * c, k + 2 * c).astype(np.float32)

    def fit(self, x: np.ndarray, y: np.ndarray) -> "Regression":
        self.mean, self.spread = x.mean(axis=(0, 1)), x.std(axis=(0, 1)) + 1e-6
        # Hopeless cells teach nothing but cost time: one in ten of them, with ten times the weight.
        flat = y.reshape(-1)
        lead = x[:, :, self.slope].reshape(-1)
        rng = np.random.default_rng(5)
        keep = (flat > 0) | (lead > -6) | (rng.random(len(flat)) < 0.1)
        weight = np.where((flat > 0) | (lead > -6), 1.0, 10.0)[keep]
        self.model = LogisticRegression(C=self.strength, max_iter=400).fit(self.design(x)[keep], flat[keep], sample_weight=weight)
        return self

    def logits(self, x: np.ndarray) -> np.ndarray:
        return self.model.decision_function(self.design(x)).reshape(x.shape[:2])

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


class Trees:
    """Gradient-boosted trees of one depth. Where a feature is above the limit the way goes right."""

    def __init__(self, count: int, depth: int, rate: float, least: int, ridge: float):
        self.depth = depth
        self.model = HistGradientBoostingClassifier(max_iter=count, max_depth=depth, max_leaf_nodes=2 ** depth, learning_rate=rate,
                                                    min_samples_leaf=least, l2_regularization=ridge, early_stopping=False, random_state=7)

    def fit(self, x: np.ndarray, y: np.ndarray) -> "Trees":
        self.model.fit(x.astype(np.float32), y)
        return self

    def logits(self, x: np.ndarray) -> np.ndarray:
        return self.model.decision_function(x.astype(np.float32)) if len(x) else np.zeros(0)

    def export(self) -> dict:
        """For each tree the feature and limit of each inner node and the value of each leaf, level by level."""
        inner, count = 2 ** self.depth - 1, len(self.model._predictors)
        feature, limit = np.zeros((count, inner), np.int8), np.full((count, inner), 1e30, np.float32)
        leaf = np.zeros((count, inner + 1), np.float32)

        def fill(tree: int, nodes, node: int, at: int) -> None:
            n = nodes[node]
            if at >= inner:
                leaf[tree, at - inner] = n["value"]
            elif n["is_leaf"]:    # a leaf above the others: all below it have its value
                fill(tree, nodes, node, 2 * at + 1)
                fill(tree, nodes, node, 2 * at + 2)
            else:
                feature[tree, at], limit[tree, at] = n["feature_idx"], n["num_threshold"]
                fill(tree, nodes, n["left"], 2 * at + 1)
                fill(tree, nodes, n["right"], 2 * at + 2)

        for t, (predictor,) in enumerate(self.model._predictors):
            fill(t, predictor.nodes, 0, 0)
        leaf[0] += float(self.model._baseline_prediction.ravel()[0])
        return {"feature": feature, "limit": limit, "leaf": leaf}


class Ensemble:
    """The regression, and trees that have its logit as a feature; the mean of both logits counts."""

    def __init__(self, slope: int):
        self.regression, self.trees = Regression(slope), Trees(300, 3, 0.04, 40, 5.0)

    def rows(self, x: np.ndarray) -> tuple:
        z = self.regression.logits(x)
        above = z > FLOOR
        return z, above, np.concatenate([x, z[:, :, None]], axis=2)[above]

    def fit(self, x: np.ndarray, y: np.ndarray) -> "Ensemble":
        self.regression.fit(x, y)
        _, above, rows = self.rows(x)
        self.trees.fit(rows, y[above])
        return self

    def predict(self, x: np.ndarray) -> np.ndarray:
        if not len(x):
            return np.zeros(x.shape[:2])
        z, above, rows = self.rows(x)
        z[above] = (z[above] + self.trees.logits(rows)) / 2
        return 1 / (1 + np.exp(-z))


def candidate_rows(found: list) -> np.ndarray:
    """Of the candidates of one category, each a dictionary: features of each by itself, and of how it compares with the others."""
    rows = []
    inside = lambda a, b: a["text"] != b["text"] and f" {a['text']} " in f" {b['text']} "
    for a in found:
        others = [b for b in found if b is not a]
        cut = [b for b in others if b["kind"] < RULES]
        most = lambda of, key, least: max([b[key] for b in of], default=least)
        within, around, equal = [b for b in cut if inside(b, a)], [b for b in cut if inside(a, b)], [b for b in others if b["text"] == a["text"]]
        whole = [b for b in others if b["kind"] >= RULES]
        rows.append([a["kind"], a["confidence"], a["first"], a["second"], np.log1p(a["words"]), min(a["sentence"], 20) / 20,
                     a["second"] - most(others, "second", -CLIP), a["second"] - most(whole, "second", -CLIP), len(others),
                     most(within, "confidence", -CLIP), len(within), most(around, "confidence", -CLIP), most(equal, "confidence", -CLIP), len(equal),
                     sum(b["sentence"] == a["sentence"] for b in cut), min([b["sentence"] for b in others], default=0),
                     *(most([b for b in others if b["kind"] == k], "confidence", -CLIP) for k in range(RULES))])
    return np.array(rows, np.float32).reshape(len(found), 16 + RULES)


def matches(gold: str, text: str, kind: int | None = None) -> bool:
    """The scorer's rule, but for one thing: that a party's alias occurs somewhere does not make a text name the party."""
    x, y = data.words(gold), data.words(text)
    if not x or not y:
        return False
    names = kind is not None and CUT_CATEGORY[kind] == "Parties" and gold in text
    return len(x & y) / len(x | y) >= 0.5 or names and (len(x) > 1 or CUTS[kind] in ("party", "alias", "bracket"))


class Stack:
    """Everything that is fitted: for read sentences, for the others, and for candidates inside sentences."""

    def fit(self, docs: list) -> "Stack":
        rows, unread = [d["x"][0] for d in docs], [d["x"][1] for d in docs]
        self.read = Ensemble(1).fit(np.concatenate(rows), np.concatenate([d["y"][d["read"]] for d in docs])) if sum(map(len, rows)) else None
        self.unread = Ensemble(0).fit(np.concatenate(unread), np.concatenate([d["y"][~d["read"]] for d in docs]))
        self.cuts = Trees(200, 4, 0.05, 15, 2.0).fit(np.concatenate([d["cuts"] for d in docs]), np.concatenate([d["cut_y"] for d in docs]))
        return self

    def predict(self, d: dict) -> tuple:
        p = np.zeros_like(d["y"], dtype=np.float64)
        if d["read"].any():
            p[d["read"]] = self.read.predict(d["x"][0])
        p[~d["read"]] = self.unread.predict(d["x"][1])
        return p, 1 / (1 + np.exp(-self.cuts.logits(d["cuts"])))

    def export(self) -> tuple:
        """The regressions, and the trees as arrays."""
        named = {"unread": (self.unread, UNREAD), **({"read": (self.read, READ)} if self.read else {})}
        trees = {"cuts": self.cuts, **{name: ensemble.trees for name, (ensemble, _) in named.items()}}
        return ({name: ensemble.regression.export(features) for name, (ensemble, features) in named.items()},
                {f"{name}.{part}": a for name, t in trees.items() for part, a in t.export().items()})


def prepare(doc, categories: list, first: np.ndarray, second: np.ndarray, pieces: list) -> dict:
    read = second[:, 0] > -29
    lengths = np.array([len(s["text"].split()) for s in doc.sentences])
    strict = (doc.labels >= 1).astype(np.float32)
    for c, category in enumerate(categories):
        if category in data.INSIDE:    # whole sentences of these count only when they are the clause
            gold = doc.gold.get(category, [])
            for i in np.flatnonzero(strict[:, c]):
                strict[i, c] = float(any(matches(g, doc.sentences[i]["text"]) for g in gold))
    found = candidates(doc, categories, np.clip(first, -CLIP, CLIP), np.where(read[:, None], np.clip(second, -CLIP, CLIP), -CLIP), read, pieces)
    rows = [candidate_rows([f for f in found if CUT_CATEGORY[f["kind"]] == category]) for category in data.INSIDE]
    cut_y = np.array([any(matches(g, f["plain"], f["kind"]) for g in doc.gold.get(CUT_CATEGORY[f["kind"]], [])) for f in found], int)
    return {"doc": doc, "y": strict, "read": read, "x": features(first, second, read, lengths), "cuts": np.concatenate(rows), "cut_y": cut_y, "found": found}


def candidates(doc, categories: list, first: np.ndarray, second: np.ndarray, read: np.ndarray, pieces: list) -> list:
    """Category by category, what rules cut, then the likeliest whole sentences."""
    out = []
    for category in data.INSIDE:
        c = categories.index(category)

        def add(kind: int, confidence: float, sentence: int, text: str) -> None:
            out.append({"kind": kind, "confidence": confidence, "first": first[sentence, c], "second": second[sentence, c], "words": len(text.split()),
                        "sentence": sentence, "text": data.squeezed(text), "plain": text})

        for p in pieces:
            kind, confidence = CUTS.index(p["cut"]), min(max(p["confidence"], 0.01), 0.99)
            if CUT_CATEGORY[kind] == category:
                add(kind, np.log(confidence / (1 - confidence)), p["sentence"], p["text"])
        order = sorted(range(len(read)), key=lambda i: (not read[i], -second[i, c] if read[i] else -first[i, c], i))
        for i in order[:WHOLE]:
            add(RULES + data.INSIDE.index(category), 0.0, i, doc.sentences[i]["text"])
    return out


def emitted(d: dict, p: np.ndarray, q, categories: list, least: float) -> dict:
    """Whole sentences and words inside them, as the scorer reads them."""
    clauses = {}
    for i, c in zip(*np.nonzero(p >= least)):
        if categories[c] not in data.INSIDE:
            clauses.setdefault(categories[c], []).append({"text": d["doc"].sentences[i]["text"], "score": round(float(p[i, c]), 4)})
    # Of equal texts the scorer takes the last: that of a rule.
    for f, s in sorted(zip(d["found"], q), key=lambda x: x[0]["kind"] < RULES):
        if s >= least:
            clauses.setdefault(CUT_CATEGORY[f["kind"]], []).append({"text": f["plain"], "score": round(float(s), 4)})
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
            stack = Stack().fit([d for d, f in zip(docs, folds) if f != k])
            for d in (d for d, f in zip(docs, folds) if f == k):
                p, q = stack.predict(d)
                out.write(json.dumps({"id": d["doc"].name, "clauses": emitted(d, p, q, categories, 0.002)}) + "\n")
    regressions, trees = Stack().fit(docs).export()
    (a.out / f"stack{a.name}.json").write_text(json.dumps(regressions))
    np.savez(a.out / f"stack{a.name}.npz", **trees)
    print(f"{len(docs)} contracts, {sum(len(d['cuts']) for d in docs)} candidates, {np.mean(np.concatenate([d['cut_y'] for d in docs])):.2f} of them right")


if __name__ == "__main__":
    main()
