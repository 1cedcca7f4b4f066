"""Known answers of scikit-learn for tests/stats/histogram-boosting.test.ts: trained on a table, tested on its held-out rows.
python3 -m venv v && v/bin/pip install scikit-learn==1.9.1 pandas==2.3.3 && v/bin/python make-sklearn-answers.py <folder of tables> <folder of examples>
The first folder holds adult.csv, bank.csv, players.csv and their -holdout.csv; the second penguins.csv, of which every third row is held out.
Writes sklearn.json in this folder."""
import json, os, sys
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.metrics import r2_score, roc_auc_score

RULES = dict(categorical_features="from_dtype", early_stopping=False)
MISSING = {"adult": "?"}
DATES = {"players": ["birthDate", "deathDate"]}
TEXTS = {"players": ["id", "nameFirst", "nameLast"]}

def read(path, name):
    frame = pd.read_csv(path, na_values=MISSING.get(name, []), keep_default_na=name != "bank")
    for date in DATES.get(name, []):
        frame[date] = (pd.to_datetime(frame[date], errors="coerce") - pd.Timestamp(0)) / pd.Timedelta(days=1)
    return frame.drop(columns=TEXTS.get(name, []))

def typed(train, holdout):
    for name in train.columns:
        if pd.api.types.is_numeric_dtype(train[name]):
            continue
        kind = pd.CategoricalDtype(sorted(pd.concat([train, holdout])[name].dropna().unique()))
        train[name], holdout[name] = train[name].astype(kind), holdout[name].astype(kind)
    return train, holdout

def pair(name):
    return typed(read(f"{sys.argv[1]}/{name}.csv", name), read(f"{sys.argv[1]}/{name}-holdout.csv", name))

def penguins():
    frame = read(f"{sys.argv[2]}/penguins.csv", "penguins")
    held = pd.Series(range(len(frame))) % 3 == 2
    return typed(frame[~held].copy(), frame[held].copy())

def score(tables, target, metric, **rules):
    train, holdout = (table[table[target].notna()] for table in tables)
    x = lambda table: table.drop(columns=target)
    if metric == "R2":
        return r2_score(holdout[target], HistGradientBoostingRegressor(**RULES, **rules).fit(x(train), train[target]).predict(x(holdout)))
    shares = HistGradientBoostingClassifier(**RULES, **rules).fit(x(train), train[target]).predict_proba(x(holdout))
    if shares.shape[1] == 2:
        return roc_auc_score(holdout[target], shares[:, 1])
    return roc_auc_score(holdout[target], shares, multi_class="ovr")

tasks = [
    ("adult", "income", "AUC", {}),
    ("adult", "relationship", "macro AUC", {"max_iter": 20}),
    ("adult", "hours-per-week", "R2", {}),
    ("bank", "y", "AUC", {}),
    ("players", "weight", "R2", {}),
    ("penguins", "Species", "macro AUC", {}),
    ("penguins", "Body Mass (g)", "R2", {}),
]
answers = []
for name, target, metric, rules in tasks:
    value = score(penguins() if name == "penguins" else pair(name), target, metric, **rules)
    answers.append({"table": name, "target": target, "metric": metric, "iterations": rules.get("max_iter", 100), "value": round(float(value), 6)})
    print(answers[-1])
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "sklearn.json"), "w") as file:
    json.dump(answers, file, indent=1)
    file.write("\n")
