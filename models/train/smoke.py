"""Does the training run from end to end? A toy of 120 sentences, a random encoder and a few batches; a minute on two cores.

    cargo build --release --example sentences
    python models/train/smoke.py target/release

Cuts sentences of our fixtures with the program, labels some by their words, trains all stages, exports the model, and has
the program read a contract with it. The scores mean nothing.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from transformers import BertConfig, BertModel

import data

HERE = Path(__file__).parent
FIXTURES = HERE.parent.parent / "fixtures" / "contracts"
LABELS = {"Governing Law": "laws of", "Renewal Term": "renew", "Anti-Assignment": "assign", "Parties": "inc", "Document Name": "agreement",
          "Agreement Date": "20", "Effective Date": "effective"}


def names() -> list:
    """Two names for each of the three folds."""
    found = {0: [], 1: [], 2: []}
    for i in range(1000):
        fold = found[data.third(f"filer{i}")]
        if len(fold) < 2:
            fold.append(f"filer{i}")
    return sum(found.values(), [])


def main() -> None:
    built = Path(sys.argv[1]).resolve()
    files = sorted(FIXTURES.glob("*agreement*.pdf"))[:6]
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        lines = subprocess.run([built / "examples" / "sentences", *files], capture_output=True, check=True, text=True).stdout.splitlines()
        assert len(lines) == 6, "one line a contract"
        with open(work / "sentences.ndjson", "w") as sentences, open(work / "gold.jsonl", "w") as gold:
            for name, line in zip(names(), lines):
                row = json.loads(line)
                row["file_name"], row["sentences"] = name + ".pdf", row["sentences"][:20]
                row["candidates"] = [c for c in row["candidates"] if c["sentence"] < 20]
                for s in row["sentences"]:
                    s["lead_in"] = s["lead_in"] if (s["lead_in"] or 0) < 20 else None
                sentences.write(json.dumps(row) + "\n")
                having = lambda word: [{"text": s["text"]} for s in row["sentences"] if word in s["text"].lower()]
                gold.write(json.dumps({"id": name, "clauses": {c: having(word) for c, word in LABELS.items()}}) + "\n")
        words = sorted({w for line in lines for s in json.loads(line)["sentences"] for w in s["text"].lower().split() if w.isalpha()})
        pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz", *(w for w in words if len(w) > 1)]
        (work / "encoder").mkdir()
        (work / "encoder" / "vocab.txt").write_text("\n".join(pieces) + "\n")
        config = BertConfig(vocab_size=len(pieces), hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=64)
        BertModel(config, add_pooling_layer=False).save_pretrained(work / "encoder")

        inputs = ["--sentences", work / "sentences.ndjson", "--gold", work / "gold.jsonl", "--out", work]
        train = lambda script, *options: subprocess.run([sys.executable, HERE / script, *map(str, options)], check=True)
        train("first_stage.py", *inputs)
        train("first_stage.py", *inputs, "--final")
        second = ("second_stage.py", *inputs, "--encoder", work / "encoder")
        for fold in range(3):
            train(*second, "--leave-out", fold, "--steps", 2)
        train(*second, "--continue-on-all", "--steps", 2)
        train(*second, "--predict", 0.5)
        train("stack.py", *inputs, "--cut", 0.5)
        train("stack.py", *inputs, "--fast", "--name=-fast")
        train("export.py", "--out", work, "--target", work / "model", "--threshold", 0.1)
        record = subprocess.run([built / "tickler", "extract", files[0], "--model", work / "model", "--format", "json"], capture_output=True, check=True, text=True).stdout
        found = {c["value"]["category"] for c in json.loads(record)[0]["clauses"]}
        assert found and found <= set(LABELS), found
    print("all stages ran")


if __name__ == "__main__":
    main()
