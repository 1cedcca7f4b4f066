"""Times one training step of CTGAN's own code (PyTorch), for bench/engine/measure-engine.mjs to be compared with.

    python3 -m venv .venv && .venv/bin/pip install ctgan
    .venv/bin/python bench/peers/ctgan-step.py data.csv [threads=1] [epochs=4]

Prints JSON: milliseconds a step (batch 500, pac 10; median over epochs after the first), elapsed and of the processor,
and the widths.
"""

import json
import statistics
import sys
import time

import pandas
import torch
from ctgan import CTGAN

path = sys.argv[1]
threads = int(sys.argv[2]) if len(sys.argv) > 2 else 1
epochs = int(sys.argv[3]) if len(sys.argv) > 3 else 4
torch.set_num_threads(threads)
torch.manual_seed(1)
table = pandas.read_csv(path, keep_default_na=False)
discrete = [name for name in table.columns if not pandas.api.types.is_numeric_dtype(table[name])]
model = CTGAN(epochs=epochs, cuda=False, verbose=True)

# The time of an epoch, seen from its progress bar: the loop body is CTGAN's own, untouched.
import ctgan.synthesizers.ctgan as module

marks = []


def mark():
    marks.append((time.perf_counter(), time.process_time()))


original = module.tqdm


def marking(iterable, *args, **kwargs):
    bar = original(iterable, *args, **kwargs)
    iterate = bar.__iter__

    class Marked:
        def __iter__(self):
            for item in iterate():
                mark()
                yield item
            mark()

        def __getattr__(self, name):
            return getattr(bar, name)

    return Marked()


module.tqdm = marking
model.fit(table, discrete)
steps = max(len(table) // 500, 1)
elapsed, processor = ([after[i] - before[i] for before, after in zip(marks, marks[1:])] for i in (0, 1))
print(
    json.dumps(
        {
            "stepMs": round(1000 * statistics.median(elapsed[1:]) / steps, 2),
            "processorMs": round(1000 * statistics.median(processor[1:]) / steps, 2),
            "epochs": len(elapsed),
            "stepsPerEpoch": steps,
            "threads": threads,
            "torch": torch.__version__,
            "outputWidth": int(model._transformer.output_dimensions),
            "conditionWidth": int(model._data_sampler.dim_cond_vec()),
        }
    )
)
