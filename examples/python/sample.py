"""Draws rows from a model.synth with onnxruntime and numpy: python sample.py model.synth 1000 [rows.csv [seed]]

docs/model-file.md explains every step; decode.py turns levels into cells, gan.py is for models of kind gan. Left out:
conditions and constraints (`synth sample` knows both), and what decode.py names.
"""
import argparse, csv, json, sys, zipfile
import numpy as np, onnxruntime
from decode import decode, place_numbers
from gan import generate

CHUNK = 1000  # rows that are drawn together: in one order of the fields

def pick(logits, rng):
    """One level a row, by softmax(logits): the Gumbel-max trick. [rows, levels] -> [rows]"""
    return (logits + rng.gumbel(size=logits.shape)).argmax(axis=1)


def complete(model, network, rows, rng):
    """Kind completion: one field a round, in a random order, given all before: exact. Codes and numbers by field."""
    fields, encoding = model["generator"]["fields"], model["encoding"]
    starts = np.cumsum([0] + [field["levels"] for field in fields])
    x = np.zeros((rows, starts[-1] + len(fields)), np.float32)  # one-hot levels of known fields, then known flags
    z = np.zeros((rows, model["config"]["model"]["network"]["latent"]), np.float32)
    codes, numbers = [None] * len(fields), [None] * len(fields)
    for k in rng.permutation(len(fields)):
        logits = network.run(["logits"], {"x": x, "z": z})[0][:, starts[k] : starts[k + 1]]
        for copy in fields[k].get("copies", []):  # "follows from that number" is no choice before it is known
            if codes[copy["source"]] is None:
                logits[:, copy["level"]] = -np.inf
        codes[k], numbers[k] = place_numbers(encoding, fields[k], pick(logits, rng), numbers, rng)
        x[np.arange(rows), starts[k] + codes[k]] = 1
        x[:, starts[-1] + k] = 1
    return codes, numbers


parser = argparse.ArgumentParser(description="rows from model.synth without synth")
parser.add_argument("model", help="made by `synth fit` or `synth share`")
parser.add_argument("rows", type=int)
parser.add_argument("output", nargs="?", default=1, help="a CSV file; default: standard output")  # 1: its descriptor
parser.add_argument("seed", nargs="?", type=int, default=1)
args = parser.parse_args()
with zipfile.ZipFile(args.model) as archive:
    model = json.loads(archive.read("manifest.json"))
    network = onnxruntime.InferenceSession(archive.read("generator.onnx"))
if "constraints" in model:
    print("note: constraints are not undone: columns are as the network knows them, not as in the data", file=sys.stderr)
rows, rng = args.rows, np.random.default_rng(args.seed)
is_gan = model["config"]["model"]["kind"] == "gan"
with open(args.output, "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file, lineterminator="\n")
    for start in range(0, rows, CHUNK):
        size = min(CHUNK, rows - start)
        codes, numbers = (generate if is_gan else complete)(model, network, size, rng)
        table = decode(model["encoding"], codes, numbers, range(start, start + size), rng)
        writer.writerows(([list(table)] if start == 0 else []) + list(zip(*table.values())))
