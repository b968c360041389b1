"""The first stage: one logistic regression a category over hashed features, in one byte a weight.

    python first_stage.py --sentences cuad.ndjson --gold gold.jsonl --out work/           work/scores.npz
    python first_stage.py --sentences cuad.ndjson --gold gold.jsonl --out work/ --final   work/first.npz

scores.npz holds for every sentence the logits of a model that has not seen its contract, by folds of filers: for training
the second stage and the stack. first.npz holds the weights for use, trained on all.
"""
import argparse
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import data

NEGATIVES = 20_000
STRENGTH = 20.0
FOLDS = 4


def rarity(x: csr_matrix) -> np.ndarray:
    """Inverse document frequency of every bucket; a bucket never seen weighs nothing."""
    seen = np.bincount(x.indices, minlength=x.shape[1])
    idf = np.log((1 + x.shape[0]) / (1 + seen)).astype(np.float32) + 1
    idf[seen < 2] = 0
    return idf


def weighted(x: csr_matrix, idf: np.ndarray) -> csr_matrix:
    """Rows times rarity, each to length 1."""
    y = csr_matrix((x.data * idf[x.indices], x.indices, x.indptr), shape=x.shape)
    norm = np.sqrt(np.asarray(y.multiply(y).sum(axis=1)).ravel())
    norm[norm == 0] = 1
    y.data /= np.repeat(norm, np.diff(y.indptr)).astype(np.float32)
    return y


def fit_one(x: csr_matrix, y: np.ndarray, seed: int) -> tuple[np.ndarray, float]:
    """One category: all its clauses against a weighted sample of the rest; parts of clauses are left out."""
    rng = np.random.default_rng(seed)
    positive = np.flatnonzero(y >= 1)
    negative = np.flatnonzero(y == 0)
    if not len(positive):
        return np.zeros(x.shape[1], np.float32), -12.0
    sample = rng.choice(negative, min(NEGATIVES, len(negative)), replace=False)
    rows = np.concatenate([positive, sample])
    weight = np.concatenate([np.ones(len(positive)), np.full(len(sample), len(negative) / len(sample))])
    target = np.concatenate([np.ones(len(positive)), np.zeros(len(sample))])
    model = LogisticRegression(C=STRENGTH, solver="liblinear", tol=1e-2, max_iter=60, random_state=seed)
    model.fit(x[rows], target, sample_weight=weight)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def fit(x: csr_matrix, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights (buckets x categories) and biases."""
    done = Parallel(n_jobs=2, mmap_mode="r")(delayed(fit_one)(x, y[:, c], c) for c in range(y.shape[1]))
    return np.stack([w for w, _ in done], axis=1), np.array([b for _, b in done], np.float32)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--sentences", type=Path, required=True)
    ap.add_argument("--gold", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--final", action="store_true", help="train on all contracts, for use")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    documents, categories = data.load(a.sentences, a.gold)
    raw = data.matrix(documents)
    y = np.concatenate([d.labels for d in documents])
    if a.final:
        idf = rarity(raw)
        w, b = fit(weighted(raw, idf), y)
        q, scale = data.quantised(w, 0)
        np.savez(a.out / "first.npz", weights=q, scale=scale, bias=b, idf=idf, categories=categories)
        return
    held = np.concatenate([[data.validation(d.name)] * len(d.sentences) for d in documents])
    fold = np.concatenate([[data.fold_of(d.name, FOLDS)] * len(d.sentences) for d in documents])
    print(f"{len(documents)} contracts, {len(y)} sentences, {raw.nnz / len(y):.0f} features a sentence, {held.mean():.2f} held out", flush=True)
    scores = np.zeros_like(y)
    rounds = [(~held, held)] + [(~held & (fold != k), ~held & (fold == k)) for k in range(FOLDS)]
    for train, test in rounds:
        idf = rarity(raw[train])
        w, b = fit(weighted(raw[train], idf), y[train])
        q, scale = data.quantised(w, 0)
        scores[test] = weighted(raw[test], idf) @ (q.astype(np.float32) * scale) + b
        print(f"round: {train.sum()} to {test.sum()} sentences, {(w != 0).any(axis=1).sum()} buckets used", flush=True)
    np.savez(a.out / "scores.npz", logits=scores)


if __name__ == "__main__":
    main()
