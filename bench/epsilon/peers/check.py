"""Checks of what MST and AIM stand on here: the sampler, the pair tables, and numpy's mirror descent against mbi's.

  python check.py --train adult.csv --holdout adult-holdout.csv

A model with loops in it is fitted to noiseless marginals. Rows drawn from it must be off the model's own one-way and measured tables
by sampling noise only (ratio 1), and so must be its tables from the data by next to nothing.
"""
import argparse
import itertools
import time


import numpy as np
from mbi import Domain, LinearMeasurement, estimation
from scipy.stats import binom

from calibrated import Calibrated, from_mbi
from coding import Coding, read_table
from mirror import Mirror
from mst_aim import count, name

parser = argparse.ArgumentParser()
parser.add_argument("--train", required=True)
parser.add_argument("--holdout", required=True)
parser.add_argument("--rows", type=int, default=200_000)
parser.add_argument("--skip-mbi", action="store_true")
flags = parser.parse_args()

names, train = read_table(flags.train)
_, holdout = read_table(flags.holdout)
random = np.random.default_rng(1)
coding = Coding(names, train, holdout, None, random)
codes, sizes = coding.encode(train), coding.sizes
print(dict(zip(names, sizes)))
rows = len(codes)
# A tree, a triangle, a loop of four and a triple.
cliques = [(0, 5), (1, 6), (3, 4), (3, 6), (5, 7), (7, 9), (5, 14), (3, 14), (6, 14), (8, 13), (10, 14), (11, 14), (12, 14)]
cliques += [(6, 9), (5, 9), (0, 14), (2, 13), (5, 7, 9)]
cliques = [c for c in cliques if max(c) < len(sizes)]
ones = [(c,) for c in range(len(sizes))]
exact = [(c, count(codes, sizes, c), 1.0) for c in ones + cliques]

started = time.process_time()
model = Mirror(sizes, rows).fit(exact, 1000)
print(f"mirror descent in numpy: loss {model.loss:.4g} after {model.steps} steps, {time.process_time() - started:.1f} CPU s")
ours = Calibrated(sizes, model.thetas)
models = {"numpy's model": ours}
if not flags.skip_mbi:
    started = time.process_time()
    domain = Domain([str(c) for c in range(len(sizes))], list(sizes))
    theirs = estimation.MirrorDescent().estimate(
        domain, [LinearMeasurement(y, name(c), s) for c, y, s in exact], known_total=float(rows), iters=1000
    )
    theirs = from_mbi(theirs)
    print(f"mbi: {time.process_time() - started:.1f} CPU s")
    models["mbi's model"] = theirs


def loss(calibrated):
    return sum(0.5 * ((rows * calibrated.within(calibrated.home(c), list(c)).reshape(-1) - y) ** 2).sum() for c, y, _ in exact)


tables_of = {label: {k: t.reshape(-1) for k, t in calibrated.all_pairs().items()} for label, calibrated in models.items()}
print("loss by exact inference:", {label: float(f"{loss(calibrated):.4g}") for label, calibrated in models.items()})
if len(models) == 2:
    one, other = tables_of.values()
    print("largest total variation between the two models over all pairs:", max(0.5 * np.abs(one[k] - other[k]).sum() for k in one))

for label, calibrated in models.items():
    tables = tables_of[label]
    drawn = calibrated.sample(flags.rows, np.random.default_rng(2))
    for kind, which in (
        ("one-way", ones), ("measured pairs and triple", cliques),
        ("pairs that were not measured", [p for p in itertools.combinations(range(len(sizes)), 2) if p not in cliques]),
    ):
        off, noise, data = [], [], []
        for c in which:
            p = calibrated.within(calibrated.home(c), list(c)).reshape(-1) if c in cliques else tables[c]
            off.append(0.5 * np.abs(count(drawn, sizes, c) / flags.rows - p).sum())
            # The mean of |k/n - p| for a binomial k, exact for rare cells too.
            k = np.floor(flags.rows * p)
            noise.append(np.sum((k + 1) * binom.pmf(k + 1, flags.rows, p) * (1 - p)) / flags.rows)
            data.append(0.5 * np.abs(count(codes, sizes, c) / rows - p).sum())
        off, noise, data = np.array(off), np.array(noise), np.array(data)
        print(
            f"{label}, {kind}: drawn against model, mean TV {100 * off.mean():.4f} % where sampling noise is {100 * noise.mean():.4f} %, "
            f"ratio {off.mean() / noise.mean():.3f} (worst {np.max(off / noise):.2f}); model against data {100 * data.mean():.4f} %"
        )
