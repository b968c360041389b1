"""What the second stage reads: the kept sentences of a contract in their order, packed into windows.

`src/detect/model/window.rs` does the same at run time; a test holds the two together.

    [CLS] heading sentence [SEP] sentence [SEP] [MASK] heading sentence [SEP] ...

Token type 0 is what is judged, 1 is context: the heading where it changes, the end of a lead-in that was not kept.
[MASK] stands where sentences were left out.
"""
from dataclasses import dataclass
from pathlib import Path

WINDOW = 192
SENTENCE = 128
TAIL = 16          # of SENTENCE: kept from the end of a sentence that is too long
HEADING = 16
LEAD_IN = 24
PAD, UNK, CLS, SEP, MASK = 0, 1, 2, 3, 4    # in the pruned vocabulary


@dataclass
class Window:
    tokens: list
    types: list
    spans: list    # (start, end) of each sentence's tokens, its [SEP] included
    rows: list     # which sentence of the document each is


def clipped(tokens: list, most: int = SENTENCE, tail: int = TAIL) -> list:
    return tokens if len(tokens) <= most else tokens[: most - tail] + tokens[-tail:]


def pack(sentences: list, kept: list) -> list:
    """`sentences`: per sentence (tokens, heading tokens, lead-in index or None); `kept`: ascending indices."""
    out, chosen = [], set(kept)
    window, heading, last = None, None, None
    for i in kept:
        tokens, head, lead = sentences[i]
        body = clipped(tokens)
        gap = last is not None and i != last + 1

        def context(fresh: bool) -> list:
            c = [MASK] if gap and not fresh else []
            if head and (fresh or head != heading):
                c += head[:HEADING]
            if lead is not None and lead not in chosen:
                c += sentences[lead][0][-LEAD_IN:]
            return c

        if window is not None:
            before = context(False)
            if len(window.tokens) + len(before) + len(body) + 1 > WINDOW:
                window = None
        if window is None:
            window = Window([CLS], [1], [], [])
            out.append(window)
            before = context(True)
        window.tokens += before + body + [SEP]
        window.types += [1] * len(before) + [0] * (len(body) + 1)
        window.spans.append((len(window.tokens) - len(body) - 1, len(window.tokens)))
        window.rows.append(i)
        heading, last = head, i
    return out


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
