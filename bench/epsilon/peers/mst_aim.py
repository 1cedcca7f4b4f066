"""MST (McKenna, Miklau, Sheldon 2021) and AIM (McKenna, Mullins, Sheldon, Miklau 2022), written from the papers over mbi's inference.

Both take rho-zCDP. The number of rows is public. Defaults are those of the authors' own programs: MST with 5,000 iterations of mirror
descent (1,000 for the one-ways that selection starts from), AIM with all pairs of at most 10,000 cells as its workload,
16 d rounds, nine tenths of the budget for measuring, 80 MB and 1,000 iterations a round from the last round's model.
"""
import itertools
import time

import networkx as nx
import numpy as np
from mbi import Dataset, Domain, LinearMeasurement, estimation, junction_tree
from scipy.special import softmax

from calibrated import Calibrated, from_mbi
from mirror import Mirror


def count(codes, sizes, columns):
    flat = np.ravel_multi_index([codes[:, c] for c in columns], [sizes[c] for c in columns])
    return np.bincount(flat, minlength=int(np.prod([sizes[c] for c in columns]))).astype(float)


def choose(random, scores, epsilon, sensitivity):
    return random.choice(len(scores), p=softmax(0.5 * epsilon / sensitivity * np.asarray(scores)))


class Fitter:
    """mbi's mirror descent. tol None is its default: all the iterations."""

    def __init__(self, sizes, rows, tol=None):
        self.domain = Domain([str(i) for i in range(len(sizes))], list(sizes))
        self.rows = rows
        self.tol = tol
        self.estimator = estimation.MirrorDescent()

    def fit(self, measurements, iterations, warm_start=None):
        return self.estimator.estimate(
            self.domain, measurements, known_total=float(self.rows), iters=iterations, warm_start=warm_start, tol=self.tol
        )


def name(columns):
    return tuple(str(c) for c in columns)


def mst(codes, sizes, rho, random, iterations=5000, select_iterations=1000, tol=None, log=print):
    """Returns (draw(rows), facts)."""
    columns = range(len(sizes))
    # Three equal parts: one-ways, choosing the tree, its pairs.
    sigma = np.sqrt(3 / (2 * rho))
    one_sigma = sigma * np.sqrt(len(sizes))
    noisy = [count(codes, sizes, [c]) + random.normal(0, one_sigma, sizes[c]) for c in columns]

    # Levels below three sigmas share one level; it is spread evenly over them when drawn.
    maps, spreads, small_sizes, ones = [], [], [], []
    for c in columns:
        kept = noisy[c] >= 3 * one_sigma
        rest = ~kept
        to = np.where(kept, np.cumsum(kept) - 1, kept.sum())
        maps.append(to)
        spreads.append([np.flatnonzero(to == level) for level in range(to.max() + 1)])
        small_sizes.append(int(to.max() + 1))
        one = LinearMeasurement(noisy[c], name([c]), one_sigma)
        ones.append(one.compress({str(c): to}, Domain([str(c)], [sizes[c]])) if rest.any() else one)
    small = np.stack([maps[c][codes[:, c]] for c in columns], 1)
    log(f"levels {list(sizes)} -> {small_sizes}")

    fitter = Fitter(small_sizes, len(codes), tol)
    independent = from_mbi(fitter.fit(ones, select_iterations)).all_pairs()
    weights = {}
    for a, b in itertools.combinations(columns, 2):
        guess = independent[a, b].reshape(-1) * len(codes)
        weights[a, b] = np.abs(count(small, small_sizes, [a, b]) - guess).sum()
    tree = nx.Graph()
    tree.add_nodes_from(columns)
    epsilon = np.sqrt(8 * rho / 3 / (len(sizes) - 1))
    for _ in range(len(sizes) - 1):
        part = {c: i for i, nodes in enumerate(nx.connected_components(tree)) for c in nodes}
        open_pairs = [pair for pair in weights if part[pair[0]] != part[pair[1]]]
        tree.add_edge(*open_pairs[choose(random, [weights[pair] for pair in open_pairs], epsilon, 1)])
    edges = [tuple(sorted(edge)) for edge in tree.edges]
    log(f"tree {edges}")

    pair_sigma = sigma * np.sqrt(len(edges))
    pairs = []
    for edge in edges:
        exact = count(small, small_sizes, edge)
        pairs.append(LinearMeasurement(exact + random.normal(0, pair_sigma, len(exact)), name(edge), pair_sigma))
    model = from_mbi(fitter.fit(ones + pairs, iterations))

    def draw(rows, random):
        drawn = model.sample(rows, random)
        out = np.empty_like(drawn)
        for c in columns:
            for level, originals in enumerate(spreads[c]):
                where = drawn[:, c] == level
                out[where, c] = random.choice(originals, where.sum())
        return out

    return draw, {"sigma": sigma, "levels": small_sizes, "tree": edges, "cells": model.cells()}


def aim(
    codes, sizes, rho, random, iterations=1000, megabytes=80, max_cells=10_000, rounds=None, tol=None, log=print
):
    columns = range(len(sizes))
    rows = len(codes)
    rounds = rounds or 16 * len(sizes)
    workload = [pair for pair in itertools.combinations(columns, 2) if np.prod([sizes[c] for c in pair]) <= max_cells]
    candidates = {}
    for clique in [(c,) for c in columns] + workload:
        candidates[clique] = sum(len(set(clique) & set(pair)) for pair in workload)
    exact = {clique: count(codes, sizes, clique) for clique in candidates}
    sensitivity = max(candidates.values())

    sigma = np.sqrt(rounds / (2 * 0.9 * rho))
    epsilon = np.sqrt(8 * 0.1 * rho / rounds)
    used = len(sizes) * 0.5 / sigma**2
    measurements = []
    mirror = Mirror(sizes, rows, tol)
    domain = Domain([str(c) for c in columns], list(sizes))

    def measure(clique):
        measurements.append((clique, exact[clique] + random.normal(0, sigma, len(exact[clique])), sigma))

    def size_with(extra):
        return junction_tree.hypothetical_model_size(domain, [name(clique) for clique in [*calibrated.tables, extra]])

    for c in columns:
        measure((c,))
    model = mirror.fit(measurements, iterations)
    started = time.time()
    history = []
    last = False
    while not last:
        if rho - used < 2 * (0.5 / sigma**2 + epsilon**2 / 8):
            # What is left is spent in one last round.
            left = rho - used
            sigma, epsilon, last = np.sqrt(1 / (2 * 0.9 * left)), np.sqrt(8 * 0.1 * left), True
        used += 0.5 / sigma**2 + epsilon**2 / 8
        calibrated = Calibrated(sizes, model.thetas)
        limit = megabytes * used / rho
        before = {clique: rows * table.reshape(-1) for clique, table in calibrated.all_pairs().items()}
        allowed = [clique for clique in candidates if calibrated.home(clique) or size_with(clique) <= limit]
        scores = []
        for clique in allowed:
            error = np.abs(exact[clique] - before[clique]).sum()
            scores.append(candidates[clique] * (error - np.sqrt(2 / np.pi) * sigma * len(exact[clique])))
        clique = allowed[choose(random, scores, epsilon, sensitivity)]
        measure(clique)
        fitting = time.time()
        model = mirror.fit(measurements, iterations, model)
        fitting = time.time() - fitting
        calibrated = Calibrated(sizes, model.thetas)
        moved = np.abs(rows * calibrated.within(calibrated.home(clique), list(clique)).reshape(-1) - before[clique]).sum()
        expected = sigma * np.sqrt(2 / np.pi) * len(exact[clique])
        history.append((clique, float(sigma), float(used / rho), int(calibrated.cells()), model.steps))
        log(
            f"round {len(history)}: {clique}, {len(exact[clique])} cells, sigma {sigma:.2f}, budget {used / rho:.4f}, "
            f"model {calibrated.cells() * 8 / 2**20:.3f} MB of {limit:.2f}, {len(allowed)} candidates, "
            f"{model.steps} steps, loss {model.loss:.1f}, fit {fitting:.1f} s, {time.time() - started:.0f} s"
        )
        if moved <= expected:
            sigma, epsilon = sigma / 2, epsilon * 2
    model = Calibrated(sizes, mirror.fit(measurements, iterations, model).thetas)
    facts = {"rounds": len(history), "cells": int(model.cells()), "history": history}
    return model.sample, facts
