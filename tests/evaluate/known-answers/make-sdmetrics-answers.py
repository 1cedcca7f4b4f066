"""Known answers of SDMetrics for tests/evaluate. Run in this folder:
python3 -m venv v && v/bin/pip install sdmetrics==0.32.0 && v/bin/python make-sdmetrics-answers.py
Writes real.csv, synthetic.csv and sdmetrics.json."""
import itertools, json, warnings
import numpy as np, pandas as pd
from scipy.stats.contingency import association
from sdmetrics.column_pairs import ContingencySimilarity, CorrelationSimilarity
from sdmetrics.reports.single_table import QualityReport
from sdmetrics.single_column import BoundaryAdherence, CategoryAdherence, KSComplement, TVComplement

warnings.simplefilter("ignore")

def table(rows, seed, shift):
    random = np.random.default_rng(seed)
    age = np.round(random.gamma(4, 10, rows) + 18 + shift)
    income = np.round(np.exp(random.normal(7 + age / 80, 0.6, rows)), 2)
    city = random.choice(["Bern", "Graz", "Ulm", "Metz"][: 4 if shift else 3], rows)
    plan = np.where(random.random(rows) < 1 / (1 + np.exp((age - 50) / 10)), "basic", np.where(random.random(rows) < 0.7, "plus", "pro"))
    score = np.where(random.random(rows) < 0.5, 0.0, np.round(random.normal(0, 1 + shift / 10, rows), 3))
    frame = pd.DataFrame({"age": age, "income": income, "city": city, "plan": plan, "score": score})
    frame.loc[random.random(rows) < 0.08 + shift / 50, "income"] = np.nan
    frame.loc[random.random(rows) < 0.05 + shift / 50, "plan"] = np.nan
    return frame

table(400, 1, 0).to_csv("real.csv", index=False)
table(300, 2, 4).to_csv("synthetic.csv", index=False)
real, synthetic = pd.read_csv("real.csv"), pd.read_csv("synthetic.csv")
numbers = ["age", "income", "score"]
answers = {"shapes": {}, "adherence": {}, "pairs": {}, "association": {}}
for name in real.columns:
    shape, adherence = (KSComplement, BoundaryAdherence) if name in numbers else (TVComplement, CategoryAdherence)
    answers["shapes"][name] = shape.compute(real[name], synthetic[name])
    answers["adherence"][name] = adherence.compute(real[name].dropna(), synthetic[name].dropna()) if name in numbers else adherence.compute(real[name], synthetic[name])
for a, b in itertools.combinations(real.columns, 2):
    pair, key = [a, b], f"{a}|{b}"
    if a in numbers and b in numbers:
        parts = CorrelationSimilarity.compute_breakdown(real[pair], synthetic[pair])
        answers["pairs"][key], answers["association"][key] = parts["score"], parts["real"]
    else:
        cut = [name for name in pair if name in numbers]
        answers["pairs"][key] = ContingencySimilarity.compute(real[pair].copy(), synthetic[pair].copy(), continuous_column_names=cut)
        if not cut:
            answers["association"][key] = association(real[pair].fillna("missing").groupby(pair).size().unstack(fill_value=0).values, method="cramer")
kinds = {name: {"sdtype": "numerical" if name in numbers else "categorical"} for name in real.columns}
for key, thresholds in {"report": {}, "reportAllPairs": {"real_correlation_threshold": 0, "real_association_threshold": 0}}.items():
    report = QualityReport()
    for name, value in thresholds.items():
        setattr(report, name, value)
    report.generate(real, synthetic, {"columns": kinds}, verbose=False)
    details = report.get_details("Column Pair Trends")
    answers[key] = {
        "columnShapes": report.get_properties().Score[0], "pairTrends": report.get_properties().Score[1], "overall": report.get_score(),
        "pairs": {f"{row['Column 1']}|{row['Column 2']}": None if pd.isna(row["Score"]) else row["Score"] for _, row in details.iterrows()},
    }
json.dump(answers, open("sdmetrics.json", "w"), indent=1)
