"""Audits synthetic tables with `synth report` and gathers the figures and the facts of their fits in one file.

  python score.py --synth "node dist/cli/main.js" --train adult.csv --holdout adult-holdout.csv --target income --table adult
      --results results.json runs/adult-mst-1-s1 ...

A run is RUN.csv and RUN.json as run.py writes them.
"""
import argparse
import json
import os
import shlex
import subprocess

parser = argparse.ArgumentParser()
parser.add_argument("--synth", required=True)
parser.add_argument("--train", required=True)
parser.add_argument("--holdout", required=True)
parser.add_argument("--target")
parser.add_argument("--table", required=True)
parser.add_argument("--results", required=True)
parser.add_argument("runs", nargs="+")
flags = parser.parse_args()


def error(figure):
    """A score as an error in per cent."""
    value, low, high = (100 * (1 - figure[key]) for key in ("value", "high", "low"))
    return {"value": round(value, 3), "low": round(low, 3), "high": round(high, 3), "ceiling": round(100 * (1 - figure["ceiling"]), 3)}


def plain(figure, *more):
    return {key: round(figure[key], 4) for key in ("value", "low", "high", *more) if key in figure}


for run in flags.runs:
    command = [*shlex.split(flags.synth), "report", "--train", flags.train, "--holdout", flags.holdout, "--json", "--quiet"]
    command += ["--synthetic", f"{run}.csv"] + (["--target", flags.target] if flags.target else [])
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    with open(f"{run}.report.json", "w") as file:
        file.write(printed)
    report = json.loads(printed)["report"]
    with open(f"{run}.json") as file:
        fit = json.load(file)
    fidelity, utility = report["fidelity"], report["utility"]
    result = {
        **{key: fit[key] for key in ("system", "package", "version", "epsilon", "delta", "seed")},
        "table": flags.table,
        **{key: fit[key] for key in ("mu", "rho", "seconds", "cpuSeconds", "peakMegabytes")},
        "shape": error(fidelity["columnShapes"]),
        "trend": error(fidelity["pairTrends"]),
        "utility": {
            "target": utility["target"], "metric": utility["metric"],
            **plain(utility["synthetic"]), "real": plain(utility["real"]), "baseline": utility["baseline"]["value"],
        },
        "c2st": plain(fidelity["c2st"]["holdout"], "ceiling"),
        "c2stTrain": plain(fidelity["c2st"]["train"], "ceiling"),
        "dcrShare": plain(report["privacy"]["dcrShare"]),
        "settings": fit["settings"],
        "levels": fit["levels"],
        "facts": {key: value for key, value in fit["facts"].items() if key != "history"},
    }
    results = []
    if os.path.exists(flags.results):
        with open(flags.results) as file:
            results = json.load(file)
    same = ("system", "epsilon", "seed", "table", "settings")
    results = [other for other in results if any(other[key] != result[key] for key in same)] + [result]
    with open(flags.results, "w") as file:
        json.dump(results, file, indent=1)
    print(
        f"{run}: shape {result['shape']['value']}, trend {result['trend']['value']}, utility {result['utility']['value']}, "
        f"C2ST {result['c2st']['value']}, DCR share {result['dcrShare']['value']}, {result['seconds']} s", flush=True,
    )
