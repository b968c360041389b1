"""The second stage: MiniLM over windows of the sentences that the first stage keeps, with a head after several layers.

    python second_stage.py --sentences cuad.ndjson --gold gold.jsonl --encoder MODEL_DIR --out work/ --steps 4200
    python second_stage.py ... --continue-on-all --steps 1000      then the same with the validation contracts too
    python second_stage.py ... --predict 0.2 0.25              work/held.npz: logits on the validation contracts

Needs work/scores.npz of first_stage.py. Resumes from work/checkpoint.pt. Uses a GPU when there is one.
"""
import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import BertWordPieceTokenizer
from torch import nn
from transformers import BertModel

import data
import windows

EXITS = (2, 4, 6)              # layers after which a head stands
EXIT_WEIGHT = (0.2, 0.3, 1.0)
KEEP = (0.10, 0.22)            # part of the sentences kept in training: drawn anew for every contract and epoch
VOCABULARY = 20_000
BATCH = 16                     # windows
MODALITIES = ("duty", "prohibition", "right", "condition", "declaration")
OBLIGATIONS = ("payment", "delivery", "reporting", "notice", "confidentiality", "data_protection", "insurance", "audit",
               "compliance", "support", "governance", "transition", "records", "other")


class Model(nn.Module):
    """Encoder and heads. A head sees the mean over a sentence's tokens, its closing [SEP], and six numbers of place."""

    def __init__(self, bert: BertModel, clauses: int):
        super().__init__()
        self.bert = bert
        outputs = clauses + len(MODALITIES) + len(OBLIGATIONS)
        self.heads = nn.ModuleList(
            nn.Sequential(nn.Linear(2 * 384 + 6, 256), nn.GELU(approximate="tanh"), nn.Linear(256, outputs)) for _ in EXITS)

    def forward(self, tokens, types, mask, spans, place):
        """`spans`: (window, start, end) of each sentence; the result is one tensor of logits an exit."""
        e = self.bert.embeddings(input_ids=tokens, token_type_ids=types)
        m = (1.0 - mask)[:, None, None, :] * -10_000.0
        out = []
        for i, layer in enumerate(self.bert.encoder.layer, 1):
            e = attend(layer, e, m)
            if i in EXITS:
                out.append(self.heads[EXITS.index(i)](pooled(e, spans, place)))
        return out


def attend(layer, x, mask):
    """One BERT layer, written out: the tanh form of GELU, as at run time."""
    a = layer.attention.self
    b, s, d = x.shape
    split = lambda t: t.view(b, s, 12, 32).transpose(1, 2)
    q, k, v = split(a.query(x)), split(a.key(x)), split(a.value(x))
    p = torch.softmax(q @ k.transpose(-1, -2) * (32 ** -0.5) + mask.to(q.dtype), dim=-1)
    c = (p @ v).transpose(1, 2).reshape(b, s, d)
    o = layer.attention.output
    x = o.LayerNorm(o.dense(c) + x)
    h = nn.functional.gelu(layer.intermediate.dense(x), approximate="tanh")
    return layer.output.LayerNorm(layer.output.dense(h) + x)


def pooled(x, spans, place):
    """Mean over each sentence by one product a window: `spans` becomes rows of 1 / length."""
    w, s, e = spans[:, 0], spans[:, 1], spans[:, 2]
    at = torch.arange(x.shape[1], device=x.device)[None]
    rows = ((at >= s[:, None]) & (at < e[:, None])).to(x.dtype) / (e - s)[:, None].to(x.dtype)
    mean = torch.cat([rows[w == b] @ x[b] for b in range(x.shape[0])]) if x.shape[0] else rows @ x
    return torch.cat([mean.float(), x[w, e - 1].float(), place], dim=1)


def places(n: int, i: int, tokens: int, lead: bool, clause0: bool) -> list:
    return [i / n, min(i, 40) / 40, min(n - 1 - i, 40) / 40, min(tokens, 128) / 128, float(lead), float(clause0)]


def side_labels(sentence: dict) -> tuple[np.ndarray, np.ndarray]:
    """Modality and obligation category by what the rules say of the sentence: weak labels, for the side tasks only."""
    m, o = np.zeros(len(MODALITIES), np.float32), np.zeros(len(OBLIGATIONS), np.float32)
    for modality, category in sentence.get("duties", []):
        m[MODALITIES.index(modality)] = 1
        o[OBLIGATIONS.index(category)] = 1
    text = " " + data.squeezed(sentence["text"]) + " "
    m[2] = float(any(w in text for w in (" may ", " shall have the right ", " is entitled to ", " shall be entitled ", " has the right ")) and " may not " not in text)
    m[3] = float(any(w in text for w in (" if ", " unless ", " in the event ", " subject to ", " provided that ", " provided however ")))
    m[4] = float(not m[:3].any())
    return m, o


class Corpus:
    def __init__(self, a, documents, categories):
        self.documents, self.categories = documents, categories
        vocab = a.out / "vocab.json"
        if not vocab.exists():
            texts = ([s["text"] + " " + s["heading"] for s in d.sentences] for d in documents)
            vocab.write_text(json.dumps(windows.prune(a.encoder / "vocab.txt", texts, VOCABULARY)))
        self.kept = json.loads(vocab.read_text())
        (a.out / "vocab.txt").write_text("\n".join(p for _, p in self.kept) + "\n", encoding="utf-8")
        tok = BertWordPieceTokenizer(str(a.out / "vocab.txt"), lowercase=True)
        encode = lambda texts: [e.ids for e in tok.encode_batch(texts, add_special_tokens=False)]
        logits = np.load(a.out / "scores.npz")["logits"]
        at = 0
        self.items, self.targets, self.sides, self.first, self.places = [], [], [], [], []
        for d in documents:
            n = len(d.sentences)
            bodies, heads = encode([s["text"] for s in d.sentences]), encode([s["heading"] for s in d.sentences])
            self.items.append([(b or [windows.UNK], h, s["lead_in"]) for b, h, s in zip(bodies, heads, d.sentences)])
            self.targets.append(d.labels)
            self.sides.append(np.stack([np.concatenate(side_labels(s)) for s in d.sentences]))
            self.first.append(1 / (1 + np.exp(-logits[at:at + n])))
            self.places.append(np.array([places(n, i, len(b), s["lead_in"] is not None, s["clause"] == 0)
                                         for i, (b, s) in enumerate(zip(bodies, d.sentences))], np.float32))
            at += n
        total = np.concatenate([f.sum(1) for f in self.first])
        self.threshold = {c: float(np.quantile(total, 1 - c)) for c in np.round(np.arange(0.05, 1.0, 0.01), 2)}

    def windows(self, k: int, cut: float, rng=None) -> list:
        total = self.first[k].sum(1)
        keep = total >= self.threshold[round(cut, 2)]
        if rng is not None:
            keep |= (self.targets[k] >= 1).any(1)
            keep |= np.array([rng.random() < 0.02 for _ in keep])
        return [(k, w) for w in windows.pack(self.items[k], np.flatnonzero(keep).tolist())]

    def batch(self, group: list, device) -> tuple:
        length = -(-max(len(w.tokens) for _, w in group) // 16) * 16
        tokens, types = np.zeros((len(group), length), np.int64), np.zeros((len(group), length), np.int64)
        mask = np.zeros((len(group), length), np.float32)
        spans, place, target, side = [], [], [], []
        for b, (k, w) in enumerate(group):
            n = len(w.tokens)
            tokens[b, :n], types[b, :n], mask[b, :n] = w.tokens, w.types, 1
            spans += [(b, s, e) for s, e in w.spans]
            place.append(self.places[k][w.rows])
            target.append(self.targets[k][w.rows])
            side.append(self.sides[k][w.rows])
        t = lambda x: torch.from_numpy(np.ascontiguousarray(x)).to(device)
        return (t(tokens), t(types), t(mask), t(np.array(spans)), t(np.concatenate(place))), t(np.concatenate(target)), t(np.concatenate(side))


def loss_of(outputs, target, side, clauses: int):
    bce = nn.functional.binary_cross_entropy_with_logits
    total = 0.0
    for weight, out in zip(EXIT_WEIGHT, outputs):
        c = bce(out[:, :clauses], target, reduction="none").sum(1).mean()
        m = bce(out[:, clauses:clauses + 5], side[:, :5], reduction="none").sum(1).mean()
        duty = side[:, :2].any(1).float()
        o = (bce(out[:, clauses + 5:], side[:, 5:], reduction="none").sum(1) * duty).sum() / duty.sum().clamp(min=1)
        total = total + weight * (c + 0.05 * m + 0.05 * o)
    return total


def encoder(a) -> BertModel:
    bert = BertModel.from_pretrained(a.encoder, add_pooling_layer=False)
    rows = torch.tensor([i for i, _ in json.loads((a.out / "vocab.json").read_text())])
    words = nn.Embedding.from_pretrained(bert.embeddings.word_embeddings.weight.detach()[rows].clone(), freeze=True)
    bert.embeddings.word_embeddings = words
    bert.embeddings.dropout.p = 0.0
    return bert


def train(a) -> None:
    torch.manual_seed(7)
    random.seed(7)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cpu":
        torch.set_num_threads(a.threads)
    documents, categories = data.load(a.sentences, a.gold)
    corpus = Corpus(a, documents, categories)
    model = Model(encoder(a), len(categories)).to(device)
    held = [k for k, d in enumerate(documents) if data.validation(d.name)]
    train_on = list(range(len(documents))) if a.continue_on_all else [k for k in range(len(documents)) if k not in set(held)]
    heads = list(model.heads.parameters())
    body = [p for p in model.bert.parameters() if p.requires_grad]
    rate = (a.rate, 5 * a.rate)
    optimiser = torch.optim.AdamW([{"params": body}, {"params": heads}], lr=a.rate, weight_decay=0.01, foreach=True)
    saved = a.out / ("checkpoint-all.pt" if a.continue_on_all else "checkpoint.pt")
    steps = used = 0
    spent = 0.0
    if saved.exists():
        state = torch.load(saved, weights_only=False)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        steps, spent = state["steps"], state["spent"]
    elif a.continue_on_all:
        model.load_state_dict(torch.load(a.out / "checkpoint.pt", weights_only=False)["model"])
    started = time.time()
    began = started - spent
    epoch = 0
    running, seen = 0.0, 0
    model.train()
    while steps < a.steps:
        rng = random.Random(1000 * a.continue_on_all + steps)
        pool = [w for k in train_on for w in corpus.windows(k, rng.uniform(*KEEP), rng)]
        rng.shuffle(pool)
        # Batches of windows of like length: no time is spent on padding, and the order of batches stays random.
        pool = [pool[i:i + 32 * BATCH] for i in range(0, len(pool), 32 * BATCH)]
        pool = [sorted(chunk, key=lambda w: len(w[1].tokens)) for chunk in pool]
        pool = [chunk[i:i + BATCH] for chunk in pool for i in range(0, len(chunk), BATCH)]
        rng.shuffle(pool)
        print(f"epoch {epoch}: {len(pool)} batches, {sum(len(w.tokens) for g in pool for _, w in g)} tokens", flush=True)
        for group in pool:
            part = steps / a.steps
            if part >= 1:
                break
            scale = min(1.0, (steps + 1) / 60) * (1 - part)
            for parameters, r in zip(optimiser.param_groups, rate):
                parameters["lr"] = r * scale
            inputs, target, side = corpus.batch(group, device)
            with torch.autocast(device, dtype=torch.bfloat16):
                outputs = model(*inputs)
            loss = loss_of([o.float() for o in outputs], target, side, len(categories))
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            steps += 1
            used += int(inputs[2].sum())
            running += float(loss.detach())
            seen += 1
            if steps % 50 == 0:
                print(f"step {steps} loss {running / seen:.4f} tokens {used} {used / (time.time() - started):.0f}/s at {part:.2f}", flush=True)
                running, seen = 0.0, 0
            if steps % 300 == 0:
                torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "steps": steps, "spent": time.time() - began}, saved)
        epoch += 1
    torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "steps": steps, "spent": time.time() - began}, saved)


def predict(a) -> None:
    """Logits of every exit at every cut on the validation contracts: -30 where a sentence was not read."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_num_threads(a.threads)
    documents, categories = data.load(a.sentences, a.gold)
    corpus = Corpus(a, documents, categories)
    model = Model(encoder(a), len(categories)).to(device)
    model.load_state_dict(torch.load(a.out / "checkpoint.pt", weights_only=False)["model"])
    model.eval()
    held = [k for k, d in enumerate(documents) if data.validation(d.name)]
    n = len(corpus.categories) + len(MODALITIES) + len(OBLIGATIONS)
    out = {}
    for cut in a.predict:
        pool = sorted((w for k in held for w in corpus.windows(k, cut)), key=lambda w: len(w[1].tokens))
        result = {k: np.full((len(EXITS), len(corpus.items[k]), n), -30, np.float32) for k in held}
        tokens = 0
        with torch.no_grad(), torch.autocast(device, dtype=torch.bfloat16):
            for at in range(0, len(pool), 32):
                group = pool[at:at + 32]
                inputs, _, _ = corpus.batch(group, device)
                tokens += int(inputs[2].sum())
                outputs = [o.float().cpu().numpy() for o in model(*inputs)]
                row = 0
                for k, w in group:
                    for e, o in enumerate(outputs):
                        result[k][e, w.rows] = o[row:row + len(w.rows)]
                    row += len(w.rows)
        print(f"cut {cut}: threshold {corpus.threshold[cut]:.5f}, {tokens / len(held):.0f} tokens a contract", flush=True)
        out[f"{cut}"] = np.concatenate([result[k] for k in held], axis=1)
        np.savez(a.out / "held.npz", **out)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--sentences", type=Path, required=True)
    ap.add_argument("--gold", type=Path, required=True)
    ap.add_argument("--encoder", type=Path, required=True, help="folder of all-MiniLM-L6-v2: vocab.txt, config.json, model.safetensors")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--steps", type=int, default=4200, help="batches to train for: about 700 an epoch of CUAD")
    ap.add_argument("--rate", type=float, default=2e-4)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--continue-on-all", action="store_true")
    ap.add_argument("--predict", type=float, nargs="+", metavar="CUT", help="instead of training, judge the validation contracts: part of the sentences to read")
    a = ap.parse_args()
    predict(a) if a.predict else train(a)


if __name__ == "__main__":
    main()
