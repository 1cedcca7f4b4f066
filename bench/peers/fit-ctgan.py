"""Fits CTGAN's own code and writes samples on the way; run by bench/peers/run.mjs.

    python fit-ctgan.py '{"table": "a.csv", "threads": 2, "checkpoints": [1, 5], "rows": 1000, "folder": "out", "startedAt": 0}'

Trains to the last checkpoint (epochs). At each it writes folder/ctgan-<epoch>.csv. Prints JSON: seconds since `startedAt`
(seconds since 1970) at each checkpoint without the time of sampling, rows a second of sampling, peak memory, versions.
"""

import json
import resource
import sys
import time

task = json.loads(sys.argv[1])

import ctgan
import ctgan.synthesizers.ctgan as module
import pandas
import torch

torch.set_num_threads(task["threads"])
torch.manual_seed(1)
table = pandas.read_csv(task["table"], keep_default_na=False)
discrete = [name for name in table.columns if not pandas.api.types.is_numeric_dtype(table[name])]
checkpoints = sorted(task["checkpoints"])
model = ctgan.CTGAN(epochs=checkpoints[-1], cuda=False, verbose=True)

reached = []
rates = []
marks = []
sampling = 0.0


def take_sample(epoch):
    """Writes a sample and remembers when; what it takes is not counted as training."""
    global sampling
    before = time.time()
    rows = model.sample(task["rows"])
    rates.append(task["rows"] / (time.time() - before))
    path = f"{task['folder']}/ctgan-{epoch}.csv"
    rows.to_csv(path, index=False)
    reached.append({"epochs": epoch, "seconds": before - task["startedAt"] - sampling, "path": path})
    sampling += time.time() - before


class Watched:
    """CTGAN's progress bar over the epochs; the loop's body is its own, untouched."""

    def __init__(self, epochs, **_):
        self.epochs = epochs

    def __iter__(self):
        for epoch in self.epochs:
            marks.append(time.time() - sampling)
            yield epoch
            if epoch + 1 in checkpoints:
                take_sample(epoch + 1)
        marks.append(time.time() - sampling)

    def set_description(self, _):
        pass


module.tqdm = Watched
model.fit(table, discrete)
print(
    json.dumps(
        {
            "checkpoints": reached,
            "secondsToFirstStep": marks[0] - task["startedAt"],
            "secondsAnEpoch": (marks[-1] - marks[0]) / (len(marks) - 1),
            "rowsPerSecond": sorted(rates)[len(rates) // 2],
            "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
            "versions": {"ctgan": ctgan.__version__, "torch": torch.__version__},
        }
    )
)
