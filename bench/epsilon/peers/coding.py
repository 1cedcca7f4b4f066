"""The coding that MST and AIM are given: the same one as the private learner of this project.

Public: the names and levels of the categories, the bounds and decimals of the numbers (read from training and held-out rows
together) and the number of rows. Numbers are cut by a dyadic tree over their public range whose counts are noisy: a node is
split while its noisy count exceeds max(N / 64, 4 sigma); neighbouring leaves that are light together are merged; a heavy leaf
of width 1 is a spike of its own. A missing value is a level. A value is drawn back as a uniform whole number in its bin.
"""
import csv
import datetime
import re

import numpy as np

MISSING = ("", "?")
DATE = re.compile(r"^\d{4}-\d\d-\d\d$")


def read_table(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    return rows[0], [list(column) for column in zip(*rows[1:])]


def write_table(path, names, columns):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(zip(*columns))


def is_number(text):
    try:
        float(text)
        return True
    except ValueError:
        return False


class Categories:
    """One level for every spelling, the missing one included."""

    def __init__(self, texts):
        self.levels = sorted(set(texts))
        self.codes = {text: code for code, text in enumerate(self.levels)}
        self.size = len(self.levels)
        self.depth = 0

    def encode(self, texts):
        return np.array([self.codes[text] for text in texts])

    def decode(self, codes, random):
        return [self.levels[code] for code in codes]


class Numbers:
    """Whole numbers of steps over a public range, cut into bins by `find_bins`."""

    def __init__(self, texts):
        known = [text for text in texts if text not in MISSING]
        self.missing = next((text for text in texts if text in MISSING), None)
        self.dates = DATE.match(known[0]) is not None
        self.decimals = 0 if self.dates else max(len(text.partition(".")[2]) for text in known)
        whole = self.dates or all(float(text) == int(float(text)) for text in known)
        self.scale = 1 if whole else 10**self.decimals
        values = self.steps(known)
        self.low, self.high = int(values.min()), int(values.max())
        self.depth = max(1, int(np.ceil(np.log2(self.high - self.low + 1))))

    def steps(self, texts):
        if self.dates:
            return np.array([datetime.date.fromisoformat(text).toordinal() for text in texts])
        return np.array([round(float(text) * self.scale) for text in texts])

    def find_bins(self, texts, sigma, random):
        values = np.sort(self.steps([text for text in texts if text not in MISSING]))
        heavy = max(len(texts) / 64, 4 * sigma)

        def count(low, high):
            return np.searchsorted(values, high, "right") - np.searchsorted(values, low, "left") + random.normal(0, sigma)

        def leaves(low, width, noisy):
            if width == 1 or noisy <= heavy:
                return [(low, min(low + width - 1, self.high), noisy)]
            half = width // 2
            if low + half > self.high:
                return leaves(low, half, count(low, self.high))
            return leaves(low, half, count(low, low + half - 1)) + leaves(
                low + half, half, count(low + half, min(low + width - 1, self.high))
            )

        # The number of rows is public, so the root needs no noise.
        bins = []
        for low, high, noisy in leaves(self.low, 2**self.depth, float("inf")):
            spike = low == high and noisy > heavy
            if bins and not spike and not bins[-1][3] and bins[-1][2] + noisy <= heavy:
                bins[-1] = (bins[-1][0], high, bins[-1][2] + noisy, False)
            else:
                bins.append((low, high, noisy, spike))
        self.lows = np.array([low for low, *_ in bins])
        self.highs = np.array([high for _, high, *_ in bins])
        self.size = len(bins) + (self.missing is not None)

    def encode(self, texts):
        codes = np.full(len(texts), len(self.lows))
        known = np.array([text not in MISSING for text in texts])
        values = self.steps([text for text in texts if text not in MISSING])
        codes[known] = np.searchsorted(self.lows, values, "right") - 1
        return codes

    def decode(self, codes, random):
        texts = []
        known = np.minimum(codes, len(self.lows) - 1)
        values = random.integers(self.lows[known], self.highs[known] + 1)
        for code, value in zip(codes, values):
            texts.append(self.missing if code == len(self.lows) else self.write(int(value)))
        return texts

    def write(self, value):
        if self.dates:
            return datetime.date.fromordinal(value).isoformat()
        return f"{value / self.scale:.{self.decimals}f}"


class Coding:
    def __init__(self, names, train, holdout, mu_bins, random):
        self.names = names
        self.columns = []
        for ours, theirs in zip(train, holdout):
            texts = ours + theirs
            known = [text for text in texts if text not in MISSING]
            numeric = all(is_number(text) for text in known) or all(DATE.match(text) for text in known)
            self.columns.append(Numbers(texts) if numeric else Categories(texts))
        # A row is in one node of every level of every tree.
        self.sigma = np.sqrt(sum(column.depth for column in self.columns)) / mu_bins if mu_bins else 0
        for column, texts in zip(self.columns, train):
            if isinstance(column, Numbers):
                column.find_bins(texts, self.sigma, random)

    @property
    def sizes(self):
        return [column.size for column in self.columns]

    def encode(self, table):
        return np.stack([column.encode(texts) for column, texts in zip(self.columns, table)], 1)

    def decode(self, codes, random):
        return [column.decode(codes[:, i], random) for i, column in enumerate(self.columns)]
