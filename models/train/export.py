"""Weights for use: int8 with one scale a row, in models/clauses/.

    python export.py --out work/ --target ../clauses --threshold 0.03 [--layers 6] [--checkpoint work/fold-0.pt]

Needs work/first.npz, work/all.pt, work/stack.json and .npz, and work/stack-fast.json and .npz.
"""
import argparse
import json
from pathlib import Path

import blake3
import numpy as np
import torch
from safetensors.numpy import save_file

import data
import windows

EXITS = (4, 6)


def encoder(state: dict, prefix: str, layers: int, positions: int) -> dict:
    """The tensors of a BERT, whose names in `state` begin with `prefix`."""
    f = lambda name: state[prefix + name].float().numpy()
    out = {}

    def dense(name: str, *sources: str) -> None:
        out[name], out[name + ".scale"] = data.quantised(np.concatenate([f(s + ".weight") for s in sources]), 1)
        out[name + ".bias"] = np.concatenate([f(s + ".bias") for s in sources])

    def norm(name: str, source: str) -> None:
        out[name + ".weight"], out[name + ".bias"] = f(source + ".weight"), f(source + ".bias")

    out["embeddings.word"], out["embeddings.word.scale"] = data.quantised(f("embeddings.word_embeddings.weight"), 1)
    out["embeddings.position"] = f("embeddings.position_embeddings.weight")[:positions].copy()
    out["embeddings.type"] = f("embeddings.token_type_embeddings.weight")
    norm("embeddings.norm", "embeddings.LayerNorm")
    for i in range(layers):
        b = f"encoder.layer.{i}."
        dense(f"layers.{i}.qkv", *(b + f"attention.self.{n}" for n in ("query", "key", "value")))
        dense(f"layers.{i}.output", b + "attention.output.dense")
        norm(f"layers.{i}.norm1", b + "attention.output.LayerNorm")
        dense(f"layers.{i}.up", b + "intermediate.dense")
        dense(f"layers.{i}.down", b + "output.dense")
        norm(f"layers.{i}.norm2", b + "output.LayerNorm")
    return out


def tensors(state: dict, first, stacks: dict, layers: int, categories: int) -> dict:
    f = lambda name: state[name].float().numpy()
    out = encoder(state, "bert.", layers, windows.LONGEST)
    head = f"heads.{EXITS.index(layers)}."
    out["head.up"], out["head.up.bias"] = f(head + "0.weight").T.copy(), f(head + "0.bias")
    # The outputs after the categories are side tasks of training.
    out["head.down"], out["head.down.bias"] = f(head + "2.weight")[:categories].T.copy(), f(head + "2.bias")[:categories].copy()
    out["meaning"], out["meaning.bias"] = f("meaning.weight").T.copy(), f("meaning.bias")
    out["first.weights"], out["first.scale"] = first["weights"], first["scale"]
    for way, trees in stacks.items():
        out.update({f"stack.{way}.{name}": trees[name] for name in trees.files})
    out["first.bias"], out["first.idf"] = first["bias"].astype(np.float32), first["idf"].astype(np.float32)
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--target", type=Path, required=True)
    ap.add_argument("--layers", type=int, default=6, choices=EXITS)
    ap.add_argument("--threshold", type=float, required=True, help="of the first stage: printed by second_stage.py for each cut")
    ap.add_argument("--checkpoint", type=Path)
    ap.add_argument("--name", default="clauses-3")
    a = ap.parse_args()
    a.target.mkdir(parents=True, exist_ok=True)
    first = np.load(a.out / "first.npz")
    categories = [str(c) for c in first["categories"]]
    state = torch.load(a.checkpoint or a.out / "all.pt", weights_only=False, map_location="cpu")["model"]
    stacks = {way: np.load(a.out / f"{name}.npz") for way, name in (("fast", "stack-fast"), ("full", "stack"))}
    save_file(tensors(state, first, stacks, a.layers, len(categories)), a.target / "weights.safetensors")
    (a.target / "vocab.txt").write_text((a.out / "vocab.txt").read_text(encoding="utf-8"), encoding="utf-8")
    files = {n: blake3.blake3((a.target / n).read_bytes()).hexdigest() for n in ("vocab.txt", "weights.safetensors")}
    stack = {"fast": json.loads((a.out / "stack-fast.json").read_text()), "full": json.loads((a.out / "stack.json").read_text())}
    manifest = {"format": 3, "name": a.name, "categories": categories, "heads": 12, "threshold": a.threshold, "files": files, "stack": stack}
    (a.target / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    print({n: (a.target / n).stat().st_size for n in files})


if __name__ == "__main__":
    main()
