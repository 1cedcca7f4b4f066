"""Known answers of SDMetrics for tests/evaluate. Run in this folder:
python3 -m venv v && v/bin/pip install sdmetrics==0.32.0 && v/bin/python make-sdmetrics-answers.py
Writes real.csv, synthetic.csv (mixed columns), numeric-*.csv, categorical-*.csv and sdmetrics.json."""
import itertools, json, warnings
import numpy as np, pandas as pd
from scipy.spatial.distance import jensenshannon
from scipy.stats import wasserstein_distance
from scipy.stats.contingency import association
from sdmetrics.column_pairs import ContingencySimilarity, CorrelationSimilarity
from sdmetrics.reports.single_table import DiagnosticReport, QualityReport
from sdmetrics.single_column import BoundaryAdherence, CategoryAdherence, KSComplement, TVComplement

warnings.simplefilter("ignore")

def mixed(rows, seed, shift):
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

def numeric(rows, seed, shift):
    """Correlations of all strengths, ties, a pile of zeros, a heavy tail, missing values on one side only and on both."""
    random = np.random.default_rng(seed)
    height = np.round(random.normal(170 + shift, 9, rows), 1)
    weight = np.round(height * 0.9 - 80 + random.normal(0, 6 + shift, rows), 1)
    rooms = random.poisson(3 + shift / 2, rows)
    rent = np.round(200 * rooms + np.abs(random.standard_cauchy(rows)) * 90, 2)
    debt = np.where(random.random(rows) < 0.7, 0, np.round(random.exponential(4000, rows)))
    change = np.round(random.normal(-0.5, 2, rows), 3)
    frame = pd.DataFrame({"height": height, "weight": weight, "rooms": rooms, "rent": rent, "debt": debt, "change": change, "size": np.where(rooms > 3, "large", "small")})
    frame.loc[random.random(rows) < 0.1, "rent"] = np.nan
    frame.loc[random.random(rows) < shift / 20, "change"] = np.nan
    return frame

def categorical(rows, seed, shift):
    """Booleans, dates, many categories, missing values in each kind."""
    random = np.random.default_rng(seed)
    region = random.choice(["north", "south", "east", "west"], rows, p=np.array([4, 3, 2, 1 + shift]) / (10 + shift))
    model = np.char.add("m", np.minimum(random.geometric(0.12, rows), 25 + 3 * shift).astype(str))
    member = np.where(random.random(rows) < np.where(region == "north", 0.9, 0.2 + shift / 10), "True", "False").astype(object)
    paid = random.choice(["yes", "no"], rows, p=[0.7 - shift / 10, 0.3 + shift / 10]).astype(object)
    joined = pd.Series(pd.Timestamp("2019-01-01") + pd.to_timedelta(random.integers(0, 1400 + 40 * shift, rows), "D"))
    left = joined + pd.to_timedelta(np.round(random.exponential(200, rows)), "D")
    level = np.where(member == "True", random.choice(["gold", "silver"], rows), random.choice(["silver", "bronze"], rows)).astype(object)
    frame = pd.DataFrame({"region": region, "model": model, "member": member, "paid": paid, "joined": joined.dt.strftime("%Y-%m-%d"), "left": left.dt.strftime("%Y-%m-%d"), "level": level})
    for name, share in {"model": 0.04, "paid": 0.1 + shift / 20, "left": 0.3, "level": shift / 20}.items():
        frame.loc[random.random(rows) < share, name] = np.nan
    return frame

def kind_of(name, column):
    if name in ["joined", "left"]:
        return {"sdtype": "datetime", "datetime_format": "%Y-%m-%d"}
    if column.dtype == bool:
        return {"sdtype": "boolean"}
    return {"sdtype": "numerical" if pd.api.types.is_numeric_dtype(column) else "categorical"}

def deciles_distance(real, synthetic):
    """Jensen-Shannon distance over the ten bins of equal weight of the real column."""
    edges = [np.quantile(real, i / 10) for i in range(1, 10)]
    counts = [np.bincount(np.searchsorted(edges, side, side="left"), minlength=10) for side in (real, synthetic)]
    return jensenshannon(*counts, base=2)

def columns_answers(real, synthetic, kinds):
    answers = {"shapes": {}, "adherence": {}, "wasserstein": {}, "jensenShannon": {}}
    for name, kind in kinds.items():
        left, right = real[name], synthetic[name]
        if kind["sdtype"] in ["numerical", "datetime"]:
            if kind["sdtype"] == "datetime":
                left, right = pd.to_datetime(left), pd.to_datetime(right)
            answers["shapes"][name] = KSComplement.compute(left, right)
            answers["adherence"][name] = BoundaryAdherence.compute(left, right)
            a, b = [side.dropna().astype("int64") / 1e6 if kind["sdtype"] == "datetime" else side.dropna() for side in (left, right)]
            answers["wasserstein"][name] = wasserstein_distance(a, b) / a.std()
            answers["jensenShannon"][name] = deciles_distance(a.to_numpy(), b.to_numpy())
        else:
            answers["shapes"][name] = TVComplement.compute(left, right)
            answers["adherence"][name] = CategoryAdherence.compute(left, right)
            shares = pd.concat([side.value_counts() for side in (left, right)], axis=1).fillna(0).to_numpy()
            answers["jensenShannon"][name] = jensenshannon(shares[:, 0], shares[:, 1], base=2)
    return answers

def pairs_answers(real, synthetic, kinds):
    """Of the metrics themselves, whose bins have the real edges; dates as numbers."""
    answers = {"pairs": {}, "association": {}}
    real, synthetic = real.copy(), synthetic.copy()
    numbers = [name for name, kind in kinds.items() if kind["sdtype"] in ["numerical", "datetime"]]
    for name, kind in kinds.items():
        if kind["sdtype"] == "datetime":
            for side in (real, synthetic):
                dates = pd.to_datetime(side[name])
                side[name] = dates.astype("int64").where(dates.notna(), np.nan)
    for a, b in itertools.combinations(real.columns, 2):
        pair, key = [a, b], f"{a}|{b}"
        if a in numbers and b in numbers:
            parts = CorrelationSimilarity.compute_breakdown(real[pair], synthetic[pair])
            answers["pairs"][key], answers["association"][key] = parts["score"], parts["real"]
            continue
        cut = [name for name in pair if name in numbers]
        answers["pairs"][key] = ContingencySimilarity.compute(real[pair].copy(), synthetic[pair].copy(), continuous_column_names=cut)
        if not cut:
            counts = real[pair].astype(object).fillna("missing").groupby(pair).size().unstack(fill_value=0).values
            answers["association"][key] = association(counts, method="cramer")
    return answers

def quality(real, synthetic, kinds, thresholds):
    report = QualityReport()
    for name, value in thresholds.items():
        setattr(report, name, value)
    report.generate(real, synthetic, {"columns": kinds}, verbose=False)
    shapes, pairs = report.get_details("Column Shapes"), report.get_details("Column Pair Trends")
    return {
        "columnShapes": report.get_properties().Score[0], "pairTrends": report.get_properties().Score[1], "overall": report.get_score(),
        "columns": dict(zip(shapes["Column"], shapes["Score"])),
        "pairs": {f"{row['Column 1']}|{row['Column 2']}": None if pd.isna(row["Score"]) else row["Score"] for _, row in pairs.iterrows()},
    }

def diagnostic(real, synthetic, kinds):
    """With a key of its own, two of which repeat: means over columns of boundary and of category adherence, and key uniqueness."""
    real, synthetic = [side.assign(key=np.maximum(np.arange(len(side)), 2)) for side in (real, synthetic)]
    real["key"] = np.arange(len(real))
    report = DiagnosticReport()
    report.generate(real, synthetic, {"columns": {**kinds, "key": {"sdtype": "id"}}, "primary_key": "key"}, verbose=False)
    means = report.get_details("Data Validity").groupby("Metric")["Score"].mean()
    return {**means.to_dict(), "structure": report.get_properties().Score[1]}

answers = {}
for prefix, make, shift in [("", mixed, 4), ("numeric-", numeric, 2), ("categorical-", categorical, 2)]:
    make(400, 1, 0).to_csv(f"{prefix}real.csv", index=False)
    make(300, 2, shift).to_csv(f"{prefix}synthetic.csv", index=False)
    real, synthetic = pd.read_csv(f"{prefix}real.csv"), pd.read_csv(f"{prefix}synthetic.csv")
    kinds = {name: kind_of(name, real[name]) for name in real.columns}
    answers[prefix] = {
        **columns_answers(real, synthetic, kinds), **pairs_answers(real, synthetic, kinds),
        "report": quality(real, synthetic, kinds, {}),
        "reportAllPairs": quality(real, synthetic, kinds, {"real_correlation_threshold": 0, "real_association_threshold": 0}),
        "diagnostic": diagnostic(real, synthetic, kinds),
    }
json.dump(answers, open("sdmetrics.json", "w"), indent=1)
