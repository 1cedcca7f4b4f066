"""Known answers of anonymeter for tests/evaluate/privacy. Run in this folder:
python3 -m venv v && v/bin/pip install anonymeter==1.1.0 && v/bin/python make-anonymeter-answers.py
Writes anonymeter-train.csv, anonymeter-holdout.csv, anonymeter-synthetic.csv and anonymeter.json.
The tables are made so that both definitions of distance are one: no missing values among numbers, no equally near rows, and
synthetic rows that reach exactly as far as the real ones (anonymeter scales by the range over targets and synthetic rows)."""
import json, re, warnings
import numpy as np, pandas as pd, polars as pl
from anonymeter.evaluators import InferenceEvaluator, LinkabilityEvaluator
from anonymeter.evaluators.singling_out_evaluator import _evaluate_queries, multivariate_singling_out_queries, univariate_singling_out_queries
from anonymeter.neighbors.mixed_types_kneighbors import MixedTypeKNeighbors
from anonymeter.stats.confidence import EvaluationResults

warnings.simplefilter("ignore")
ROWS, COPIES = 200, 60
NUMBERS = ["height", "income", "balance"]

def people(seed):
    random = np.random.default_rng(seed)
    trade = random.integers(0, 3, ROWS)
    frame = pd.DataFrame({
        "height": np.round(random.normal(170, 9, ROWS), 4),
        "income": np.round(random.lognormal(7 + trade / 3, 0.5, ROWS), 4),
        "balance": np.round(random.normal(-200, 900, ROWS), 4),
        "trade": np.array(["baker", "miner", "pilot"])[trade],
        "town": random.choice(["Bern", "Graz", "Metz", "Ulm"], ROWS),
        "plan": np.where(random.random(ROWS) < 0.3 + trade / 5, "plus", "basic").astype(object),
    })
    frame.loc[random.random(ROWS) < 0.06, "plan"] = None
    return frame

def copying(train, real, seed):
    """Independent rows, of which the first are training rows with moved numbers; the range is that of the real rows."""
    random = np.random.default_rng(seed)
    frame = people(seed)
    copies = train.iloc[:COPIES].copy()
    for name in NUMBERS:
        copies[name] = np.round(copies[name] + random.normal(0, 0.01 * real[name].std(), COPIES), 4)
    frame = pd.concat([copies, frame.iloc[COPIES:]], ignore_index=True)
    for name in NUMBERS:
        frame[name] = frame[name].clip(real[name].min(), real[name].max())
        frame.loc[frame[name].idxmin(), name] = real[name].min()
        frame.loc[frame[name].idxmax(), name] = real[name].max()
    return frame

def assert_no_ties(targets, columns):
    distances = MixedTypeKNeighbors(n_neighbors=2, n_jobs=1).fit(synthetic[columns]).kneighbors(targets[columns], return_distance=True)[0]
    assert (distances[:, 1] - distances[:, 0] > 1e-9).all(), columns

def linkability(left, right):
    for targets in [train, holdout]:
        assert_no_ties(targets, left), assert_no_ties(targets, right)
    results = LinkabilityEvaluator(train, synthetic, (left, right), n_attacks=ROWS, control=holdout).evaluate(n_jobs=1).results()
    return {"left": left, "right": right, "attack": int(results.n_success), "control": int(results.n_control)}

def count_right(guesses, targets, secret):
    """Right guesses as the project judges numbers: within 5 % of the secret's magnitude."""
    guesses, secrets = guesses.loc[targets.index].to_numpy(), targets[secret].to_numpy()
    return int((np.abs(guesses - secrets) <= 0.05 * np.abs(secrets)).sum())

def inference(secret, known):
    for targets in [train, holdout]:
        assert_no_ties(targets, known)
    regression = secret in NUMBERS
    evaluator = InferenceEvaluator(train, synthetic, known, secret, regression=regression, n_attacks=ROWS, control=holdout).evaluate(n_jobs=1)
    results = evaluator.results()
    theirs = {"attack": int(results.n_success), "control": int(results.n_control)}
    ours = theirs if not regression else {
        "attack": count_right(evaluator._guesses_success, train, secret),
        "control": count_right(evaluator._guesses_control, holdout, secret),
    }
    return {"secret": secret, "known": known, "anonymeter": theirs, "byMagnitudeOfSecret": ours}

def conditions(query):
    """[column, comparison, value] of each part of a polars expression; a missing value is null."""
    parts = re.findall(r'col\("(\w+)"\)(?:\.(is_null)\(\)|\) (==|<=|>=) \(((?:dyn \w+: )?)?("?)([^")]*)"?\))', str(query).replace('[(', '(').replace(')]', ')'))
    return [[column, "==", None] if null else [column, comparison, value if quote else float(value)] for column, null, comparison, _, quote, value in parts]

def singling_out(queries):
    counts = [np.array(_evaluate_queries(pl.DataFrame(frame).unique(maintain_order=True), queries)) for frame in [train, holdout]]
    return {"predicates": [conditions(query) for query in queries], "attack": int((counts[0] == 1).sum()), "control": int((counts[1] == 1).sum())}

train, holdout = people(1), people(2)
synthetic = copying(train, pd.concat([train, holdout]), 3)
for name, frame in [("train", train), ("holdout", holdout), ("synthetic", synthetic)]:
    frame.to_csv(f"anonymeter-{name}.csv", index=False)
columns = list(train.columns)
source = pl.DataFrame(synthetic).unique(maintain_order=True)
risk = EvaluationResults(n_attacks=500, n_success=50, n_baseline=5, n_control=40).risk()
rising = EvaluationResults(n_attacks=2000, n_success=700, n_baseline=5, n_control=300).risk()
answers = {
    "linkability": [linkability(["height", "town", "plan"], ["income", "balance", "trade"]), linkability(["income", "trade"], ["height", "balance", "town", "plan"])],
    "inference": [inference(secret, [name for name in columns if name != secret]) for secret in columns] + [inference(secret, ["height", "income"]) for secret in ["balance", "trade", "plan"]],
    "univariate": singling_out(univariate_singling_out_queries(source, 10_000, np.random.default_rng(4))),
    "multivariate": singling_out(multivariate_singling_out_queries(source, 150, 3, None, np.random.default_rng(5))),
    "risks": {"50/500 against 40/500": [risk.value, *risk.ci], "700/2000 against 300/2000": [rising.value, *rising.ci]},
}
json.dump(answers, open("anonymeter.json", "w"), separators=(",", ":"))
