"""Golden figures of the ledger's accounting: epsilon of discrete Gaussian and discrete Laplace releases.

    pip install dp-accounting==0.6.0 numpy==2.4.6 scipy==1.17.1
    python dp-accounting.py > dp-accounting.json

Three figures for each set of releases and each delta:
  truth    by adding up the law of the noise place by place, without grid or Fourier transform: relative error of delta below 1e-9
  lower    Google's dp-accounting, optimistic estimate (never above the true one)
  upper    Google's dp-accounting, pessimistic estimate (never below the true one)
Of `changes` releases of one scale the loss hangs on the sum of the noise alone. The sum of discrete Gaussians is convolved directly for scales below
4; from there on it is a discrete Gaussian to 68 digits (Kairouz, Liu and Steinke 2021, arXiv:2102.06387, theorem 5).
"""

import json
import math
import sys
from importlib.metadata import version

import numpy as np
from dp_accounting.pld import privacy_loss_distribution as pld
from scipy.optimize import brentq
from scipy.stats import binom

DELTAS = [1e-3, 1e-5, 1e-7, 1e-9]
GAUSSIAN, LAPLACE = "discrete-gaussian", "discrete-laplace"
CASES = [
    [(GAUSSIAN, 0.5, 2)],
    [(GAUSSIAN, 1, 1)],
    [(GAUSSIAN, 1.5, 4)],
    [(GAUSSIAN, 2, 3)],
    [(GAUSSIAN, 3, 25)],
    [(GAUSSIAN, 4, 1)],
    [(GAUSSIAN, 4, 10)],
    [(GAUSSIAN, 53.25, 1)],
    [(GAUSSIAN, 40, 100)],
    [(GAUSSIAN, 40, 1000)],
    [(GAUSSIAN, 100, 10000)],
    [(GAUSSIAN, 400, 10000)],
    [(LAPLACE, 0.25, 1)],
    [(LAPLACE, 1, 1)],
    [(LAPLACE, 2, 3)],
    [(LAPLACE, 10, 100)],
    [(LAPLACE, 200, 10000)],
    [(GAUSSIAN, 20, 1), (GAUSSIAN, 30, 15), (GAUSSIAN, 43, 105)],
    [(GAUSSIAN, 2, 1), (GAUSSIAN, 8, 10)],
    [(GAUSSIAN, 5, 3), (LAPLACE, 4, 2)],
    [(GAUSSIAN, 1, 1), (GAUSSIAN, 100, 200), (LAPLACE, 3, 1)],
]
REACH = 13


def gaussian_weights(sigma):
    reach = math.ceil(REACH * sigma) + 1
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    return weights / math.fsum(weights)


def law_of_sum(sigma, changes):
    if sigma >= 4:
        return gaussian_weights(sigma * math.sqrt(changes))
    law = np.ones(1)
    for _ in range(changes):
        law = np.convolve(law, gaussian_weights(sigma))
    return law


def atoms(mechanism, scale, changes):
    """Losses, ascending, and their probabilities."""
    if mechanism == LAPLACE:
        more = np.arange(changes + 1)
        return (2 * more - changes) / scale, binom.pmf(more, changes, 1 / (1 + math.exp(-1 / scale)))
    law = law_of_sum(scale, changes)
    places = np.arange(len(law)) - len(law) // 2
    return ((changes - 2 * places) / (2 * scale**2))[::-1], law[::-1]


def true_epsilon(case, delta):
    parts = sorted((atoms(*release) for release in case), key=lambda part: len(part[0]))
    losses, probabilities = np.zeros(1), np.ones(1)
    for of, p in parts[:-1]:
        losses, probabilities = np.add.outer(losses, of).ravel(), np.multiply.outer(probabilities, p).ravel()
        kept = probabilities > 1e-22
        losses, probabilities = losses[kept], probabilities[kept]
    last, p = parts[-1]
    tail = np.append(np.cumsum(p[::-1])[::-1], 0)
    of_other = np.append(np.cumsum((p * np.exp(-last))[::-1])[::-1], 0)

    def delta_of(epsilon):
        rest = epsilon - losses
        at = np.searchsorted(last, rest, side="right")
        return math.fsum(probabilities * np.maximum(0, tail[at] - np.exp(rest) * of_other[at]))

    if delta_of(0) <= delta:
        return 0.0
    high = 1.0
    while delta_of(high) > delta:
        high *= 2
    return brentq(lambda epsilon: math.log(max(delta_of(epsilon), 1e-300) / delta), 0, high, xtol=1e-12, rtol=1e-14)


def google(case, pessimistic):
    """Connecting the dots where the estimate is pessimistic; rounding losses down where it is optimistic."""
    whole = None
    for mechanism, scale, changes in case:
        make = pld.from_discrete_gaussian_mechanism if mechanism == GAUSSIAN else pld.from_discrete_laplace_mechanism
        one = make(
            scale if mechanism == GAUSSIAN else 1 / scale, pessimistic_estimate=pessimistic, value_discretization_interval=1e-4, use_connect_dots=pessimistic
        )
        many = one.self_compose(changes) if changes > 1 else one
        whole = many if whole is None else whole.compose(many)
    return whole


def main():
    answers = []
    for case in CASES:
        lower, upper = google(case, False), google(case, True)
        for delta in DELTAS:
            answers.append({
                "entries": [{"mechanism": m, "scale": s, "changes": c} for m, s, c in case],
                "delta": delta,
                "truth": true_epsilon(case, delta),
                "lower": lower.get_epsilon_for_delta(delta),
                "upper": upper.get_epsilon_for_delta(delta),
            })
            print(case, answers[-1], file=sys.stderr)
    made_with = {name: version(name) for name in ("dp-accounting", "numpy", "scipy")}
    rows = ",\n".join("    " + json.dumps(answer) for answer in answers)
    print(f'{{\n  "command": "python dp-accounting.py > dp-accounting.json",\n  "madeWith": {json.dumps(made_with)},\n  "answers": [\n{rows}\n  ]\n}}')


if __name__ == "__main__":
    main()
