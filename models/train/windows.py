"""What the second stage reads: each kept sentence by itself, with the heading above it and the words that lead it in.

`crates/clauses/src/window.rs` does the same at run time; the snapshots of `tests/model` hold the two together.

    [CLS] heading [SEP] lead-in [SEP] sentence [SEP]

Token type 0 is the sentence, 1 is context.
"""
from pathlib import Path

SENTENCE = 128
TAIL = 16          # of SENTENCE: kept from the end of a sentence that is too long
HEADING = 16
LEAD_IN = 24
LONGEST = 1 + HEADING + 1 + LEAD_IN + 1 + SENTENCE + 1
PAD, UNK, CLS, SEP, MASK = 0, 1, 2, 3, 4    # in the pruned vocabulary


def window(heading: list, lead_in: list, sentence: list) -> tuple[list, int]:
    """The tokens, and where the sentence begins among them."""
    tokens = [CLS]
    for context in (heading[:HEADING], lead_in[-LEAD_IN:]):
        if context:
            tokens += context + [SEP]
    body = sentence if len(sentence) <= SENTENCE else sentence[: SENTENCE - TAIL] + sentence[-TAIL:]
    return tokens + (body or [UNK]) + [SEP], len(tokens)


def prune(vocab: Path, texts, size: int) -> list:
    """The special pieces, all single characters, then the pieces that contracts use most, in the order of the original."""
    from tokenizers import BertWordPieceTokenizer

    pieces = vocab.read_text(encoding="utf-8").split("\n")
    pieces = [p for p in pieces if p]
    counts = {}
    full = BertWordPieceTokenizer(str(vocab), lowercase=True)
    for batch in texts:
        for e in full.encode_batch(batch, add_special_tokens=False):
            for t in e.ids:
                counts[t] = counts.get(t, 0) + 1
    special = [pieces.index(p) for p in ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")]
    single = [i for i, p in enumerate(pieces) if len(p.removeprefix("##")) == 1 and ord(p[-1]) < 0x250]
    must = set(special + single)
    # Pieces never seen here rank by the original order, which is by frequency in general English.
    rest = sorted((i for i in range(len(pieces)) if i not in must and not pieces[i].startswith("[")), key=lambda i: (-counts.get(i, 0), i))
    chosen = sorted(list(must - set(special)) + rest[: size - len(must)])
    return [(i, pieces[i]) for i in special + chosen]
