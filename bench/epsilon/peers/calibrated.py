"""Exact inference in numpy on a fitted model: clique tables of its junction tree, all pair tables, ancestral sampling.

mbi's own way to draw rows is not used: 1.1.0's default, randomized rounding, lets columns with the same parents follow one
order of the rows, which ties them together. Here a row is drawn from the root clique's table and then, clique by clique, from the table of
the new columns given the separator.
"""
import networkx as nx
import numpy as np
from mbi import Domain, junction_tree


def summed(table, attrs, keep):
    """The table over `keep`, in that order."""
    table = table.sum(axis=tuple(i for i, attr in enumerate(attrs) if attr not in keep))
    left = [attr for attr in attrs if attr in keep]
    return np.transpose(table, [left.index(attr) for attr in keep])


def log_summed(table, attrs, keep):
    """Of logarithms; `keep` in the order of attrs."""
    axes = tuple(i for i, attr in enumerate(attrs) if attr not in keep)
    if not axes:
        return table
    top = table.max(axis=axes, keepdims=True)
    return np.squeeze(top, axes) + np.log(np.exp(table - top).sum(axis=axes))


def spread(table, attrs, over):
    """The table over `attrs` as one that broadcasts over `over`, of which attrs are a part."""
    table = np.transpose(table, [attrs.index(attr) for attr in over if attr in attrs])
    shape = iter(table.shape)
    return table.reshape([next(shape) if attr in attrs else 1 for attr in over])


def from_mbi(model):
    factors = {clique: model.potentials[clique] for clique in model.potentials.cliques}
    sizes = [model.domain[attr] for attr in model.domain.attributes]
    at = {attr: i for i, attr in enumerate(model.domain.attributes)}
    return Calibrated(
        sizes, {tuple(at[a] for a in f.domain.attributes): np.asarray(f.values, float) for f in factors.values()}
    )


class Calibrated:
    """Columns are numbers 0..d-1; `factors` are log potentials, {columns: table}."""

    def __init__(self, sizes, factors):
        self.domain = list(sizes)
        self.attrs = list(range(len(sizes)))
        domain = Domain([str(a) for a in self.attrs], self.domain)
        named, _ = junction_tree.make_junction_tree(domain, [tuple(str(a) for a in clique) for clique in factors])
        tree = nx.relabel_nodes(named, {node: tuple(sorted(int(a) for a in node)) for node in named})
        nodes = list(tree.nodes)
        logs = {node: np.zeros([self.domain[attr] for attr in node]) for node in nodes}
        for clique, table in factors.items():
            home = min((n for n in nodes if set(clique) <= set(n)), key=lambda n: logs[n].size)
            logs[home] += spread(table, list(clique), list(home))
        self.parts = []
        self.tables = {}
        for part in nx.connected_components(tree):
            self.parts.append(self.calibrate(tree.subgraph(part), logs))
        self.tree = tree
        self.edge_tables = {}

    def calibrate(self, tree, logs):
        root = next(node for node in logs if node in tree)
        order = [(None, root)] + list(nx.bfs_edges(tree, root))
        separators = {node: [a for a in node if up and a in up] for up, node in order}
        up_messages = {}
        for up, node in reversed(order[1:]):
            message = log_summed(logs[node], node, separators[node])
            up_messages[node] = message
            logs[up] = logs[up] + spread(message, separators[node], list(up))
        for up, node in order:
            if up:
                message = log_summed(logs[up], up, [a for a in up if a in separators[node]])
                message = spread(message, [a for a in up if a in separators[node]], separators[node])
                logs[node] = logs[node] + spread(message - up_messages[node], separators[node], list(node))
            table = np.exp(logs[node] - logs[node].max())
            self.tables[node] = table / table.sum()
        return order

    def cells(self):
        return sum(table.size for table in self.tables.values())

    def home(self, attrs):
        fitting = [node for node in self.tables if set(attrs) <= set(node)]
        return min(fitting, key=lambda node: self.tables[node].size) if fitting else None

    def within(self, node, attrs):
        key = (node, tuple(attrs))
        if key not in self.edge_tables:
            self.edge_tables[key] = summed(self.tables[node], node, attrs)
        return self.edge_tables[key]

    def all_pairs(self):
        """{(a, b): table} of probabilities for every pair, and {(a,): table}."""
        ones = {(a,): self.within(self.home([a]), [a]) for a in self.attrs}
        pairs = {}
        for i, a in enumerate(self.attrs):
            for b in self.attrs[i + 1 :]:
                node = self.home([a, b])
                if node:
                    pairs[a, b] = self.within(node, [a, b])
        for i, a in enumerate(self.attrs):
            missing = {b for b in self.attrs[i + 1 :] if (a, b) not in pairs}
            if missing:
                self.walk(a, missing, pairs)
            for b in missing:  # in another part of the tree: independent
                if (a, b) not in pairs:
                    pairs[a, b] = np.outer(ones[a,], ones[b,])
        return {**ones, **pairs}

    def walk(self, a, missing, pairs):
        start = self.home([a])
        stack = [(start, node, None) for node in self.tree.neighbors(start)]
        while stack:
            before, node, joint = stack.pop()
            separator = [x for x in node if x in before]
            if a in node:
                stack += [(node, after, None) for after in self.tree.neighbors(node) if after != before]
                continue
            if joint is None:
                joint = self.within(before, [a, *separator])
            flat = joint.reshape(joint.shape[0], -1)
            down = self.within(node, separator).reshape(-1)
            given = np.divide(flat, down, out=np.zeros_like(flat), where=down > 0)

            def carry(keep):
                """P(a, keep) for columns of this clique."""
                old = [x for x in separator if x in keep]
                new = [x for x in keep if x not in separator]
                table = self.within(node, [*separator, *new])
                sizes = [self.domain[x] for x in separator]
                full = table.reshape(*sizes, -1)
                letters = "bcdefghijklmnopqrstuvwxyz"[: len(separator)]
                kept = "".join(letters[separator.index(x)] for x in old)
                out = np.einsum(
                    f"a{letters},{letters}Z->a{kept}Z", given.reshape(-1, *sizes), full, optimize=True
                )
                out = out.reshape(out.shape[0], *[self.domain[x] for x in old], *[self.domain[x] for x in new])
                return np.transpose(out, [0] + [1 + [*old, *new].index(x) for x in keep])

            for b in node:
                if b in missing and (a, b) not in pairs:
                    pairs[a, b] = carry([b])
            for after in self.tree.neighbors(node):
                if after != before:
                    stack.append((node, after, carry([x for x in after if x in node])))

    def sample(self, rows, random):
        codes = {}
        for order in self.parts:
            for up, node in order:
                separator = [a for a in node if up and a in up]
                fresh = [a for a in node if a not in separator]
                sizes = [self.domain[a] for a in fresh]
                table = summed(self.tables[node], node, [*separator, *fresh])
                table = table.reshape(int(np.prod([self.domain[a] for a in separator])), -1)
                if separator:
                    parents = np.ravel_multi_index([codes[a] for a in separator], [self.domain[a] for a in separator])
                else:
                    parents = np.zeros(rows, int)
                drawn = np.empty(rows, int)
                by_parent = np.argsort(parents, kind="stable")
                starts = np.searchsorted(parents[by_parent], np.unique(parents))
                for group in np.split(by_parent, starts[1:]):
                    steps = np.cumsum(table[parents[group[0]]])
                    found = np.searchsorted(steps, random.random(len(group)) * steps[-1], "right")
                    drawn[group] = np.minimum(found, len(steps) - 1)
                for attr, values in zip(fresh, np.unravel_index(drawn, sizes)):
                    codes[attr] = values
        return np.stack([codes[a] for a in self.attrs], 1)
