"""Fits MST or AIM on a table under a Gaussian-DP budget and writes as many synthetic rows as it has.

  python run.py --system mst --train adult.csv --holdout adult-holdout.csv --epsilon 1 --seed 1 --out mst.csv --facts mst.json

The holdout gives public levels and bounds only.
"""
import argparse
import json
import resource
import time

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm

parser = argparse.ArgumentParser()
parser.add_argument("--system", choices=["mst", "aim"], required=True)
parser.add_argument("--train", required=True)
parser.add_argument("--holdout", required=True)
parser.add_argument("--epsilon", type=float, required=True)
parser.add_argument("--delta", type=float, default=1e-5)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--bins-share", type=float, default=0.05)
parser.add_argument("--rounds", type=int)
parser.add_argument("--megabytes", type=float, default=80)
parser.add_argument("--iterations", type=int, help="default: 5000 for mst, 1000 a round for aim")
parser.add_argument("--tol", type=float, help="mbi's early stop (default: none)")
parser.add_argument("--drop", default="", help="columns to leave out, as a,b")
parser.add_argument("--out", required=True)
parser.add_argument("--facts", required=True)
flags = parser.parse_args()

import mbi  # noqa: E402  (slow to load: after the flags)
from importlib.metadata import version  # noqa: E402

from coding import Coding, read_table, write_table  # noqa: E402
from mst_aim import aim, mst  # noqa: E402


def gaussian_dp(epsilon, delta):
    """The mu of which (epsilon, delta) is the exact price (Dong, Roth, Su 2019)."""
    price = lambda mu: norm.cdf(-epsilon / mu + mu / 2) - np.exp(epsilon) * norm.cdf(-epsilon / mu - mu / 2)
    return brentq(lambda mu: price(mu) - delta, 1e-3, 20)


started = time.time()
names, train = read_table(flags.train)
_, holdout = read_table(flags.holdout)
dropped = [name for name in flags.drop.split(",") if name]
keep = [i for i, name in enumerate(names) if name not in dropped]
names, train, holdout = [names[i] for i in keep], [train[i] for i in keep], [holdout[i] for i in keep]
mu = gaussian_dp(flags.epsilon, flags.delta)
rho = (1 - flags.bins_share) * mu**2 / 2
bins, noise, rows = (np.random.default_rng([flags.seed, part]) for part in range(3))
coding = Coding(names, train, holdout, np.sqrt(flags.bins_share) * mu, bins)
codes = coding.encode(train)
print(f"mu {mu:.5f}, rho {rho:.5f}, bins' sigma {coding.sigma:.1f}", flush=True)
print(dict(zip(names, coding.sizes)), flush=True)

log = lambda text: print(text, flush=True)
settings = {"tol": flags.tol, **({"iterations": flags.iterations} if flags.iterations else {})}
if flags.system == "mst":
    draw, facts = mst(codes, coding.sizes, rho, noise, log=log, **settings)
else:
    settings |= {"megabytes": flags.megabytes, "rounds": flags.rounds}
    draw, facts = aim(codes, coding.sizes, rho, noise, log=log, **settings)
drawn = draw(len(codes), rows)
write_table(flags.out, names, coding.decode(drawn, rows))

used = resource.getrusage(resource.RUSAGE_SELF)
facts = {
    "system": flags.system, "package": "own, over mbi", "version": version("mbi"), "epsilon": flags.epsilon, "delta": flags.delta,
    "seed": flags.seed, "mu": mu, "rho": rho, "seconds": round(time.time() - started, 1),
    "cpuSeconds": round(used.ru_utime + used.ru_stime, 1), "peakMegabytes": round(used.ru_maxrss / 1024),
    "levels": dict(zip(names, coding.sizes)), "settings": {**settings, "dropped": dropped}, "facts": facts,
}
with open(flags.facts, "w") as file:
    json.dump(facts, file, indent=1, default=float)
print(f"{facts['seconds']} s, {facts['cpuSeconds']} CPU s", flush=True)
