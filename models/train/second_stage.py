"""The second stage: MiniLM over each sentence that the first stage keeps, with a head that classifies it after several layers.

    python second_stage.py --sentences cuad.ndjson --gold gold.jsonl --encoder MODEL_DIR --out work/ --leave-out 0
    python second_stage.py ... --leave-out 1         and 2: the same without another third of the filers, for the stack
    python second_stage.py ... --continue-on-all --steps 350       the final weights: from those without fold 0, on all
    python second_stage.py ... --predict 0.15 0.25   work/second.npz: logits on the contracts that were left out

Fold 0 is the validation fold, by which everything was chosen. Needs work/scores.npz of first_stage.py. Resumes from
work/fold-*.pt or work/all.pt. Uses a GPU when there is one.
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

EXITS = (4, 6)                 # layers after which a head stands
EXIT_WEIGHT = (0.3, 1.0)
FROZEN = 3                     # layers that stay as they came: tuned whole, the encoder learns its contracts by heart
KEEP = (0.08, 0.18)            # part of the sentences kept in training: drawn anew for every contract and epoch
VOCABULARY = 20_000
BATCH = 64                     # sentences
DROPOUT = 0.1                  # of the tuned layers
HEAD_DROPOUT = 0.2
WORD_DROPOUT = 0.1             # part of the words that become [UNK] in training
AVERAGE = 0.995                # decay of the running mean of the weights, which is what is kept
PRIOR = -4.5                   # first bias of the heads: a category is rare
MODALITIES = ("duty", "prohibition", "right", "condition", "declaration")
OBLIGATIONS = ("payment", "delivery", "reporting", "notice", "confidentiality", "data_protection", "insurance", "audit",
               "compliance", "support", "governance", "transition", "records", "other")


class Model(nn.Module):
    """Encoder and heads. A head sees the mean over a sentence's tokens, the opening [CLS], and six numbers of place.

    `meaning` (the name that checkpoints and weights have for it) maps the same mean to the embedding that the encoder gave
    the sentence before it was tuned: semantic search compares these.
    """

    def __init__(self, bert: BertModel, clauses: int):
        super().__init__()
        self.bert = bert
        outputs = clauses + len(MODALITIES) + len(OBLIGATIONS)
        self.heads = nn.ModuleList(
            nn.Sequential(nn.Linear(2 * 384 + 6, 256), nn.GELU(approximate="tanh"), nn.Linear(256, outputs)) for _ in EXITS)
        self.meaning = nn.Linear(384, 384)
        with torch.no_grad():
            self.meaning.weight.copy_(torch.eye(384))
            self.meaning.bias.zero_()
            for head in self.heads:
                head[2].bias.fill_(PRIOR)
        for frozen in (bert.embeddings, *bert.encoder.layer[:FROZEN]):
            frozen.requires_grad_(False)

    def forward(self, tokens, types, mask, start, place):
        """Logits after each exit, and the embeddings."""
        m = (1.0 - mask)[:, None, None, :] * -10_000.0
        with torch.no_grad():
            e = self.bert.embeddings(input_ids=tokens, token_type_ids=types)
            for layer in self.bert.encoder.layer[:FROZEN]:
                e = attend(layer, e, m, 0.0)
        out = []
        drop = DROPOUT if self.training else 0.0
        for i, layer in enumerate(self.bert.encoder.layer[FROZEN:], FROZEN + 1):
            e = attend(layer, e, m, drop)
            if i in EXITS:
                x = pooled(e, mask, start, place)
                seen = nn.functional.dropout(x, HEAD_DROPOUT, self.training)
                out.append(self.heads[EXITS.index(i)](seen))
        return out, self.meaning(x[:, :384])


def attend(layer, x, mask, drop: float):
    """One BERT layer, written out: the tanh form of GELU, as at run time."""
    a = layer.attention.self
    b, s, d = x.shape
    split = lambda t: t.view(b, s, 12, 32).transpose(1, 2)
    q, k, v = split(a.query(x)), split(a.key(x)), split(a.value(x))
    p = torch.softmax(q @ k.transpose(-1, -2) * (32 ** -0.5) + mask.to(q.dtype), dim=-1)
    c = (p @ v).transpose(1, 2).reshape(b, s, d)
    dropped = lambda t: nn.functional.dropout(t, drop) if drop else t
    o = layer.attention.output
    x = o.LayerNorm(dropped(o.dense(c)) + x)
    h = nn.functional.gelu(layer.intermediate.dense(x), approximate="tanh")
    return layer.output.LayerNorm(dropped(layer.output.dense(h)) + x)


def pooled(x, mask, start, place):
    """The mean over the sentence, which goes from `start` to the end of the sequence, and the state of [CLS]."""
    at = torch.arange(x.shape[1], device=x.device)[None]
    rows = ((at >= start[:, None]) & (mask > 0)).to(x.dtype)
    mean = (rows[:, None, :] @ x)[:, 0] / rows.sum(1, keepdim=True)
    return torch.cat([mean.float(), x[:, 0].float(), place], dim=1)


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
        self.items, self.sides, self.first, self.places = [], [], [], []
        for d in documents:
            n = len(d.sentences)
            bodies, heads = encode([s["text"] for s in d.sentences]), encode([s["heading"] for s in d.sentences])
            leads = [[] if s["lead_in"] is None else bodies[s["lead_in"]] for s in d.sentences]
            self.items.append([windows.window(h, l, b) for h, l, b in zip(heads, leads, bodies)])
            self.sides.append(np.stack([np.concatenate(side_labels(s)) for s in d.sentences]))
            self.first.append(1 / (1 + np.exp(-logits[at:at + n])))
            self.places.append(np.array([places(n, i, len(b), s["lead_in"] is not None, s["clause"] == 0)
                                         for i, (b, s) in enumerate(zip(bodies, d.sentences))], np.float32))
            at += n
        total = np.concatenate([f.sum(1) for f in self.first])
        self.threshold = {c: float(np.quantile(total, 1 - c)) for c in np.round(np.arange(0.05, 1.0, 0.01), 2)}

    def kept_sentences(self, k: int, cut: float, rng=None) -> list:
        total = self.first[k].sum(1)
        keep = total >= self.threshold[round(cut, 2)]
        if rng is not None:
            keep |= (self.documents[k].labels >= 1).any(1)
            keep |= np.array([rng.random() < 0.02 for _ in keep])
        return [(k, int(i)) for i in np.flatnonzero(keep)]

    def length(self, sentence: tuple) -> int:
        return len(self.items[sentence[0]][sentence[1]][0])

    def batch(self, group: list, device) -> tuple:
        length = -(-max(map(self.length, group)) // 16) * 16
        tokens, types = np.zeros((len(group), length), np.int64), np.zeros((len(group), length), np.int64)
        mask = np.zeros((len(group), length), np.float32)
        start = np.zeros(len(group), np.int64)
        for b, (k, i) in enumerate(group):
            t, start[b] = self.items[k][i]
            tokens[b, :len(t)], types[b, :start[b]], mask[b, :len(t)] = t, 1, 1
        rows = lambda table: np.stack([table[k][i] for k, i in group])
        t = lambda x: torch.from_numpy(np.ascontiguousarray(x)).to(device)
        return t(tokens), t(types), t(mask), t(start), t(rows(self.places))

    def answers(self, group: list, device) -> tuple:
        rows = lambda table: torch.from_numpy(np.stack([table(k)[i] for k, i in group])).to(device)
        return rows(lambda k: self.documents[k].labels), rows(lambda k: self.sides[k])


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


def teach(a, corpus: Corpus, device) -> dict:
    """Embeddings of sentences by the encoder as it came, over heading and sentence: what `meaning` is to reproduce."""
    saved = a.out / "embeddings.npz"
    if not saved.exists():
        bert = encoder(a).to(device).eval()
        wanted = [x for k, d in enumerate(corpus.documents) for x in corpus.kept_sentences(k, 0.22)]
        out = np.zeros((len(wanted), 384), np.float32)
        order = sorted(range(len(wanted)), key=lambda r: corpus.length(wanted[r]))
        with torch.no_grad(), torch.autocast(device, dtype=torch.bfloat16):
            for at in range(0, len(order), 64):
                rows = order[at:at + 64]
                tokens, _, mask, _, _ = corpus.batch([wanted[r] for r in rows], device)
                e = bert.embeddings(input_ids=tokens, token_type_ids=torch.zeros_like(tokens))
                for layer in bert.encoder.layer:
                    e = attend(layer, e, (1.0 - mask)[:, None, None, :] * -10_000.0, 0.0)
                out[rows] = ((e * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)).float().cpu().numpy()
        np.savez(saved, where=np.array(wanted), embeddings=out / np.linalg.norm(out, axis=1, keepdims=True))
    teacher = np.load(saved)
    return {(int(k), int(i)): v for (k, i), v in zip(teacher["where"], teacher["embeddings"])}


def distance(embeddings, group: list, teacher: dict):
    """Mean cosine distance of embeddings to those of the teacher, where it has one."""
    known = [b for b, x in enumerate(group) if x in teacher]
    wanted = torch.from_numpy(np.stack([teacher[group[b]] for b in known])).to(embeddings.device)
    return (1 - nn.functional.cosine_similarity(embeddings[known], wanted, dim=1)).mean()


def train(a) -> None:
    torch.manual_seed(7)
    random.seed(7)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cpu":
        torch.set_num_threads(a.threads)
    documents, categories = data.load(a.sentences, a.gold)
    corpus = Corpus(a, documents, categories)
    teacher = teach(a, corpus, device)
    model = Model(encoder(a), len(categories)).to(device)
    train_on = [k for k, d in enumerate(documents) if a.continue_on_all or data.third(d.name) != a.leave_out]
    heads = [p for m in (model.heads, model.meaning) for p in m.parameters()]
    body = [p for p in model.bert.parameters() if p.requires_grad]
    rate = (a.rate, 5 * a.rate)
    optimiser = torch.optim.AdamW([{"params": body}, {"params": heads}], lr=a.rate, weight_decay=0.01, foreach=True)
    saved = a.out / ("all.pt" if a.continue_on_all else f"fold-{a.leave_out}.pt")
    steps = 0
    if not saved.exists() and a.continue_on_all:
        model.load_state_dict(torch.load(a.out / "fold-0.pt", weights_only=False)["model"])
    tuned = body + heads
    mean = [p.detach().clone() for p in tuned]
    if saved.exists():
        state = torch.load(saved, weights_only=False)
        steps = state["steps"]
        if "optimiser" not in state:
            raise SystemExit(f"{saved} is complete: remove it to train again")
        model.load_state_dict(state["latest"])
        optimiser.load_state_dict(state["optimiser"])
        mean = state["mean"]

    def save(complete: bool) -> None:
        latest = model.state_dict()
        averaged = {name: value.clone() for name, value in latest.items()}
        names = {id(p): name for name, p in model.named_parameters()}
        averaged.update({names[id(p)]: m for p, m in zip(tuned, mean)})
        state = {"model": averaged, "steps": steps}
        if not complete:
            state.update(latest=latest, optimiser=optimiser.state_dict(), mean=mean)
        torch.save(state, saved)

    started, running, seen, used = time.time(), 0.0, 0, 0
    model.train()
    while steps < a.steps:
        rng = random.Random(1000 * a.continue_on_all + steps)
        pool = [x for k in train_on for x in corpus.kept_sentences(k, rng.uniform(*KEEP), rng)]
        rng.shuffle(pool)
        # Batches of sentences of like length: little time is spent on padding, and the order of batches stays random.
        pool = [pool[i:i + 32 * BATCH] for i in range(0, len(pool), 32 * BATCH)]
        pool = [sorted(chunk, key=corpus.length) for chunk in pool]
        pool = [chunk[i:i + BATCH] for chunk in pool for i in range(0, len(chunk), BATCH)]
        rng.shuffle(pool)
        print(f"epoch of {len(pool)} batches, {sum(corpus.length(x) for g in pool for x in g)} tokens", flush=True)
        for group in pool:
            part = steps / a.steps
            if part >= 1:
                break
            scale = min(1.0, (steps + 1) / 60) * (1 - part)
            for parameters, r in zip(optimiser.param_groups, rate):
                parameters["lr"] = r * scale
            tokens, *others = corpus.batch(group, device)
            dropped = (torch.rand(tokens.shape, device=device) < WORD_DROPOUT) & (tokens > windows.MASK)
            tokens[dropped] = windows.UNK
            target, side = corpus.answers(group, device)
            with torch.autocast(device, dtype=torch.bfloat16):
                outputs, embeddings = model(tokens, *others)
            loss = loss_of([o.float() for o in outputs], target, side, len(categories)) + distance(embeddings.float(), group, teacher)
            loss.backward()
            nn.utils.clip_grad_norm_(tuned, 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            steps += 1
            decay = min(AVERAGE, (1 + steps) / (10 + steps))
            torch._foreach_lerp_(mean, [p.detach() for p in tuned], 1 - decay)
            used += int(others[1].sum())
            running += float(loss.detach())
            seen += 1
            if steps % 50 == 0:
                print(f"step {steps} of {a.steps}: loss {running / seen:.3f}, {used / (time.time() - started):.0f} tokens/s", flush=True)
                running, seen = 0.0, 0
            if steps % 300 == 0:
                save(False)
    save(True)


def predict(a) -> None:
    """Logits of every exit at every cut on the contracts that some weights have not seen: -30 where nothing was read."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_num_threads(a.threads)
    documents, categories = data.load(a.sentences, a.gold)
    corpus = Corpus(a, documents, categories)
    out = {f"{cut}": [np.full((len(EXITS), len(d.sentences), len(categories)), -30, np.float32) for d in documents] for cut in a.predict}
    for fold in range(3):
        weights = a.out / f"fold-{fold}.pt"
        if not weights.exists():
            continue
        model = Model(encoder(a), len(categories)).to(device)
        model.load_state_dict(torch.load(weights, weights_only=False)["model"])
        model.eval()
        left_out = [k for k, d in enumerate(documents) if data.third(d.name) == fold]
        for cut in a.predict:
            pool = sorted((x for k in left_out for x in corpus.kept_sentences(k, cut)), key=corpus.length)
            with torch.no_grad(), torch.autocast(device, dtype=torch.bfloat16):
                for at in range(0, len(pool), BATCH):
                    group = pool[at:at + BATCH]
                    logits, _ = model(*corpus.batch(group, device))
                    for e, rows in enumerate(logits):
                        for (k, i), row in zip(group, rows.float().cpu().numpy()):
                            out[f"{cut}"][k][e, i] = row[:len(categories)]
            tokens = sum(map(corpus.length, pool)) / len(left_out)
            print(f"fold {fold}, cut {cut}: threshold {corpus.threshold[cut]:.5f}, {tokens:.0f} tokens a contract", flush=True)
    np.savez(a.out / "second.npz", **{cut: np.concatenate(logits, axis=1) for cut, logits in out.items()})


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--sentences", type=Path, required=True)
    ap.add_argument("--gold", type=Path, required=True)
    ap.add_argument("--encoder", type=Path, required=True, help="folder of all-MiniLM-L6-v2: vocab.txt, config.json, model.safetensors")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--steps", type=int, default=1200, help="batches to train for: about 240 an epoch of CUAD")
    ap.add_argument("--rate", type=float, default=2e-4)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--leave-out", type=int, default=0, choices=range(3), help="fold of filers that is not trained on")
    ap.add_argument("--continue-on-all", action="store_true")
    ap.add_argument("--predict", type=float, nargs="+", metavar="CUT", help="instead of training, predict: part of the sentences to read")
    a = ap.parse_args()
    predict(a) if a.predict else train(a)


if __name__ == "__main__":
    main()
