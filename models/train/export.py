"""Weights for use: int8 with one scale a row, in models/clauses/.

    python export.py --out work/ --target ../clauses --layers 6 --cut 0.2 [--checkpoint work/checkpoint-all.pt]

Needs work/first.npz, work/checkpoint*.pt, work/stack.json and work/stack-fast.json.
"""
import argparse
import json
from pathlib import Path

import blake3
import numpy as np
import torch
from safetensors.numpy import save_file

EXITS = (2, 4, 6)


def quantised(w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows in one signed byte a weight."""
    scale = np.abs(w).max(axis=1) / 127
    scale[scale == 0] = 1
    return np.round(w / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def tensors(state: dict, first, layers: int, categories: int, positions: int) -> dict:
    f = lambda name: state[name].float().numpy()
    out = {}

    def dense(name: str, *sources: str) -> None:
        q, scale = quantised(np.concatenate([f(s + ".weight") for s in sources]))
        out[name], out[name + ".scale"] = q, scale
        out[name + ".bias"] = np.concatenate([f(s + ".bias") for s in sources])

    def norm(name: str, source: str) -> None:
        out[name + ".weight"], out[name + ".bias"] = f(source + ".weight"), f(source + ".bias")

    e = "bert.embeddings."
    out["embeddings.word"], out["embeddings.word.scale"] = quantised(f(e + "word_embeddings.weight"))
    out["embeddings.position"] = f(e + "position_embeddings.weight")[:positions].copy()
    out["embeddings.type"] = f(e + "token_type_embeddings.weight")
    norm("embeddings.norm", e + "LayerNorm")
    for i in range(layers):
        b = f"bert.encoder.layer.{i}."
        dense(f"layers.{i}.qkv", *(b + f"attention.self.{n}" for n in ("query", "key", "value")))
        dense(f"layers.{i}.output", b + "attention.output.dense")
        norm(f"layers.{i}.norm1", b + "attention.output.LayerNorm")
        dense(f"layers.{i}.up", b + "intermediate.dense")
        dense(f"layers.{i}.down", b + "output.dense")
        norm(f"layers.{i}.norm2", b + "output.LayerNorm")
    head = f"heads.{EXITS.index(layers)}."
    out["head.up"], out["head.up.bias"] = f(head + "0.weight").T.copy(), f(head + "0.bias")
    # The outputs after the categories are side tasks of training.
    out["head.down"], out["head.down.bias"] = f(head + "2.weight")[:categories].T.copy(), f(head + "2.bias")[:categories].copy()
    out["first.weights"], out["first.scale"] = first["weights"], first["scale"]
    out["first.bias"], out["first.idf"] = first["bias"].astype(np.float32), first["idf"].astype(np.float32)
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--target", type=Path, required=True)
    ap.add_argument("--layers", type=int, default=6, choices=EXITS)
    ap.add_argument("--threshold", type=float, required=True, help="of the first stage: printed by second_stage.py for each cut")
    ap.add_argument("--checkpoint", type=Path)
    ap.add_argument("--name", default="clauses-1")
    a = ap.parse_args()
    a.target.mkdir(parents=True, exist_ok=True)
    first = np.load(a.out / "first.npz")
    categories = [str(c) for c in first["categories"]]
    state = torch.load(a.checkpoint or a.out / "checkpoint-all.pt", weights_only=False, map_location="cpu")["model"]
    save_file(tensors(state, first, a.layers, len(categories), 192), a.target / "weights.safetensors")
    (a.target / "vocab.txt").write_text((a.out / "vocab.txt").read_text(encoding="utf-8"), encoding="utf-8")
    files = {n: blake3.blake3((a.target / n).read_bytes()).hexdigest() for n in ("vocab.txt", "weights.safetensors")}
    stack = {"fast": json.loads((a.out / "stack-fast.json").read_text()), "full": json.loads((a.out / "stack.json").read_text())}
    manifest = {"format": 1, "name": a.name, "categories": categories, "heads": 12, "threshold": a.threshold, "files": files, "stack": stack}
    (a.target / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    print({n: (a.target / n).stat().st_size for n in files})


if __name__ == "__main__":
    main()
