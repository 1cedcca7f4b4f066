"""mbi's mirror descent (Armijo line search, warm start) in numpy, for AIM: nothing to compile when a round changes the cliques.

Double precision is needed: in single precision the products of factors underflow. Where they do in double precision, logarithms are used.

The iterates are those of mbi.estimation.MirrorDescent: one potential for every measured clique, theta <- theta - alpha * gradient
of the loss in its marginal. A step is halved on failure and grows by 1 % on success. Marginals are computed in probability space over the
junction tree. Every iteration needs one pass, as the marginals of an accepted step are those that the next one starts from.

Large tables are passed over rarely: factors that lack a column are multiplied without it first, marginals that lack it are summed from
the table without it. Inside, columns are ordered by size, so that the inner loop is long.
"""
from math import prod
from types import SimpleNamespace

import networkx as nx
import numpy as np
from mbi import Domain, junction_tree


class Sum:
    """The sum over the axes not in `keep` (ascending), outer axes first by matrix products, which read the table once."""

    def __init__(self, shape, keep):
        shape, axes = list(shape), list(range(len(shape)))
        self.steps = []
        while len(axes) > len(keep):
            if axes[-1] not in keep:
                start = max((i + 1 for i, axis in enumerate(axes) if axis in keep), default=0)
                size = prod(shape[start:])
                self.steps.append(("last", (prod(shape[:start]), size), np.ones(size)))
                shape, axes = shape[:start], axes[:start]
            elif axes[0] not in keep:
                stop = min(i for i, axis in enumerate(axes) if axis in keep)
                size = prod(shape[:stop])
                self.steps.append(("first", (size, prod(shape[stop:])), np.ones(size)))
                shape, axes = shape[stop:], axes[stop:]
            else:
                start = min(i for i, axis in enumerate(axes) if axis not in keep)
                stop = min(i for i, axis in enumerate(axes) if i > start and axis in keep)
                self.steps.append(("inner", (prod(shape[:start]), prod(shape[start:stop]), prod(shape[stop:])), None))
                shape, axes = shape[:start] + shape[stop:], axes[:start] + axes[stop:]
        self.shape = shape

    def __call__(self, table):
        for kind, shape, ones in self.steps:
            table = table.reshape(shape)
            if kind == "last":
                table = table @ ones
            elif kind == "first":
                table = ones @ table
            else:
                table = table.sum(1)
        return table.reshape(self.shape)


def groups(attrs, members, sizes):
    """Splits members {key: attrs of it} into those over all of attrs and groups that share a column which they lack:
    [(keys, the group's columns)]."""
    whole = [key for key, own in members.items() if set(own) == set(attrs)]
    left = {key: own for key, own in members.items() if key not in whole}
    found = []
    while left:
        lacking = {a: [key for key, own in left.items() if a not in own] for a in attrs}
        a = max(attrs, key=lambda a: (len(lacking[a]), sizes[a]))
        group = lacking[a]
        found.append((group, tuple(b for b in attrs if any(b in left[key] for key in group))))
        left = {key: own for key, own in left.items() if key not in group}
    return whole, found


class Product:
    """The product of factors {key: columns} over attrs."""

    def __init__(self, attrs, factors, sizes):
        self.table = np.empty([sizes[a] for a in attrs])
        self.whole, parts = groups(attrs, factors, sizes)
        self.parts = []
        for keys, own in parts:
            shape = [sizes[a] if a in own else 1 for a in attrs]
            self.parts.append((shape, Product(own, {key: factors[key] for key in keys}, sizes)))

    def __call__(self, tables, join=np.multiply):
        if not self.parts and len(self.whole) == 1:
            return tables[self.whole[0]]
        found = [tables[key] for key in self.whole] + [part(tables, join).reshape(shape) for shape, part in self.parts]
        if len(found) < 2:
            self.table[...] = found[0] if found else join.identity
        else:
            join(found[0], found[1], out=self.table)
            for factor in found[2:]:
                join(self.table, factor, out=self.table)
        return self.table


class Sums:
    """The marginals {key: columns} of a table over attrs."""

    def __init__(self, attrs, targets, sizes):
        self.whole, parts = groups(attrs, targets, sizes)
        self.parts = []
        for keys, own in parts:
            total = Sum([sizes[a] for a in attrs], [i for i, a in enumerate(attrs) if a in own])
            self.parts.append((total, Sums(own, {key: targets[key] for key in keys}, sizes)))

    def __call__(self, table, out):
        for key in self.whole:
            out[key] = table
        for total, part in self.parts:
            part(total(table), out)


class Tree:
    """A junction tree over ascending cliques of column numbers, ready for many passes. Potentials and marginals are flat vectors."""

    def __init__(self, sizes, cliques):
        domain = Domain([str(i) for i in range(len(sizes))], list(sizes))
        tree, _ = junction_tree.make_junction_tree(domain, [tuple(str(c) for c in clique) for clique in cliques])
        tree = nx.relabel_nodes(tree, {key: tuple(sorted(int(a) for a in key)) for key in tree})
        cells = {attrs: prod(sizes[a] for a in attrs) for attrs in tree}
        self.cells = sum(cells.values())
        factors, targets = {attrs: {} for attrs in tree}, {attrs: {} for attrs in tree}
        for clique in cliques:
            home = min((attrs for attrs in tree if set(clique) <= set(attrs)), key=cells.get)
            factors[home][clique] = targets[home][clique] = clique
        edges = []
        for part in nx.connected_components(tree):
            root = max(part, key=cells.get)
            edges += [(None, root), *nx.bfs_edges(tree, root)]
        for up, down in edges:
            if up:
                separator = tuple(a for a in down if a in up)
                factors[up]["from", down] = targets[up]["to", down] = separator
        self.steps = []
        for up, down in edges:
            product = Product(down, factors[down], sizes)
            message = shape = None
            if up:
                message = Sum([sizes[a] for a in down], [i for i, a in enumerate(down) if a in up])
                shape = [sizes[a] if a in up else 1 for a in down]
            self.steps.append((up, down, product, message, shape, Sums(down, targets[down], sizes)))
        shapes = [[sizes[a] for a in clique] for clique in cliques]
        self.counts = [prod(shape) for shape in shapes]
        self.starts = np.cumsum([0, *self.counts[:-1]])
        self.views = {
            clique: (start, start + count, shape)
            for clique, start, count, shape in zip(cliques, self.starts, self.counts, shapes)
        }

    def view(self, flat, clique):
        start, stop, shape = self.views[clique]
        return flat[start:stop].reshape(shape)

    def marginals(self, thetas, logs=False):
        """With `logs`, factors are multiplied as sums of logarithms: slower, and nothing underflows."""
        flat = thetas - np.repeat(np.maximum.reduceat(thetas, self.starts), self.counts)
        flat = flat if logs else np.exp(flat)
        found = {clique: self.view(flat, clique) for clique in self.views}
        tables = {}
        for up, down, product, message, _, _ in reversed(self.steps):
            table = product(found, np.add if logs else np.multiply)
            if logs:
                table = np.exp(table - table.max())
            elif not table.flags.owndata or table.base is not None:
                table = table.copy()  # one factor alone is handed on as it is
            tables[down] = table
            if up:
                sent = message(table)
                with np.errstate(divide="ignore", invalid="ignore"):
                    found["from", down] = np.log(sent / sent.max()) if logs else sent / sent.max()
                found["scale", down] = sent
        # In product space a message can underflow as a whole: the result is then not finite.
        out = {}
        for up, down, _, _, shape, sums in self.steps:
            table = tables[down]
            if up:
                above, sent = out["to", down], found["scale", down]
                ratio = np.divide(above, sent, out=np.zeros_like(sent), where=sent > 0)
                np.multiply(table, ratio.reshape(shape), out=table)
                sums(table, out)
            else:
                # The root's table is not normalized itself, only what is summed from it.
                own = {}
                sums(table, own)
                total = table.sum()
                out.update({key: values / total for key, values in own.items()})
        return np.concatenate([np.ravel(out[clique]) for clique in self.views])


class Mirror:
    def __init__(self, sizes, rows, tol=None):
        # Inside, columns are ranks by size.
        self.order = sorted(range(len(sizes)), key=lambda c: sizes[c])
        self.rank = {c: i for i, c in enumerate(self.order)}
        self.sizes = [sizes[c] for c in self.order]
        self.outer_sizes = sizes
        self.rows = rows
        self.tol = tol

    def inside(self, clique, values):
        ranks = [self.rank[c] for c in clique]
        values = np.asarray(values).reshape([self.outer_sizes[c] for c in clique])
        return tuple(sorted(ranks)), np.transpose(values, np.argsort(ranks)).reshape(-1)

    def outside(self, ranks, table):
        columns = [self.order[r] for r in ranks]
        return tuple(sorted(columns)), np.transpose(table, np.argsort(columns))

    def fit(self, measurements, iterations, warm_start=None):
        """measurements: [(clique, noisy counts, sigma)], cliques ascending."""
        merged = {}
        for clique, noisy, sigma in measurements:
            clique, noisy = self.inside(clique, noisy)
            weight, total = merged.get(clique, (0, 0))
            merged[clique] = (weight + sigma**-2, total + noisy / sigma**2)
        cliques = sorted(merged)
        tree = Tree(self.sizes, cliques)
        weights = np.repeat([merged[c][0] for c in cliques], tree.counts)
        targets = np.concatenate([merged[c][1] / merged[c][0] for c in cliques])
        thetas = np.zeros_like(targets)
        if warm_start:
            for clique, table in warm_start.thetas.items():
                clique, values = self.inside(clique, table)
                tree.view(thetas, clique).reshape(-1)[...] = values

        def evaluate(thetas):
            mu = self.rows * tree.marginals(thetas)
            if not np.isfinite(mu).all():
                mu = self.rows * tree.marginals(thetas, logs=True)
            gaps = mu - targets
            gradient = weights * gaps
            return mu, 0.5 * np.vdot(gradient, gaps), gradient

        # As mbi: 2 / (L N), L the Lipschitz constant over maximal measured cliques.
        maximal = [c for c in cliques if not any(set(c) < set(d) for d in cliques)]
        blocks = dict.fromkeys(maximal, 0.0)
        cells = dict(zip(cliques, tree.counts))
        for c in cliques:
            block = next(m for m in maximal if set(c) <= set(m))
            blocks[block] += merged[c][0] * cells[block] / cells[c]
        alpha = 2 / (max(blocks.values()) * self.rows)

        mu, loss, gradient = evaluate(thetas)
        checked, stalls, step = loss, 0, 0
        for step in range(1, iterations + 1):
            tried = thetas - alpha * gradient
            mu2, loss2, gradient2 = evaluate(tried)
            if loss - loss2 >= 0.5 * alpha * np.vdot(gradient, mu - mu2):
                thetas, mu, loss, gradient = tried, mu2, loss2, gradient2
                alpha *= 1.01
            else:
                alpha *= 0.5
            if self.tol is not None and step % 50 == 0:
                stalls = stalls + 1 if checked - loss <= self.tol * max(abs(loss), 1) else 0
                checked = loss
                if stalls >= 2:
                    break
        if not np.isfinite(loss):
            raise FloatingPointError("mirror descent diverged")
        found = dict(self.outside(c, tree.view(thetas, c)) for c in cliques)
        return SimpleNamespace(thetas=found, loss=float(loss), steps=step)
