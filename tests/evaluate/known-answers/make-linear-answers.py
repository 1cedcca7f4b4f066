"""Known answers of scikit-learn for tests/stats/linear-model.test.ts: a small table with its answers (linear.json), or UCI Adult:
python3 -m venv v && v/bin/pip install scikit-learn==1.9.1 pandas==2.3.3 && v/bin/python make-linear-answers.py > linear.json
v/bin/python make-linear-answers.py <folder with adult.csv and adult-holdout.csv>"""
import sys, json
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import r2_score, roc_auc_score


def design(fit, frame):
    """Standardised numbers, missing values the mean with a flag; one-hot categories, missing a level."""
    parts = []
    for name in fit:
        if pd.api.types.is_numeric_dtype(fit[name]):
            parts.append(((frame[name] - fit[name].mean()) / fit[name].std(ddof=0)).fillna(0).to_numpy())
            if fit[name].isna().any():
                parts.append(frame[name].isna().to_numpy(float))
        else:
            for level in fit[name].fillna("missing").unique():
                parts.append((frame[name].fillna("missing") == level).to_numpy(float))
    return np.column_stack(parts)


random = np.random.default_rng(6)
rows = 120
x = np.round(random.normal(size=rows), 2)
x[random.random(rows) < 0.15] = np.nan
code = random.integers(-1, 3, rows)
known = np.nan_to_num(x)
table = pd.DataFrame({"x": x, "code": pd.Series(code).map({-1: None, 0: "a", 1: "b", 2: "c"})})
two = (random.random(rows) < 1 / (1 + np.exp(-known - (code == 1)))).astype(int)
three = np.argmax(np.column_stack([known, (code == 1) * 1.5, np.isnan(x) * 1.0]) + random.gumbel(size=(rows, 3)), axis=1)
number = np.round(3 + 2 * known - (code == 2) + random.normal(size=rows), 2)
inputs = design(table, table)
exact = dict(C=1, tol=1e-10, max_iter=10000)
answers = dict(
    x=[None if np.isnan(value) else float(value) for value in x], code=code.tolist(), two=two.tolist(), three=three.tolist(), number=number.tolist(),
    logistic=LogisticRegression(**exact).fit(inputs, two).predict_proba(inputs)[:5, 1].tolist(),
    softmax=LogisticRegression(**exact).fit(inputs, three).predict_proba(inputs)[:5].ravel().tolist(),
    squared=Ridge(alpha=1).fit(inputs, number).predict(inputs)[:5].tolist(),
)
if len(sys.argv) < 2:
    print(json.dumps(answers))
    sys.exit()
read = lambda name: pd.read_csv(f"{sys.argv[1]}/{name}", na_values="?")
train, holdout = read("adult.csv"), read("adult-holdout.csv")
pair = lambda target: (design(train.drop(columns=target), train), design(train.drop(columns=target), holdout))
fit, test = pair("income")
income = LogisticRegression(C=1, max_iter=5000, tol=1e-8).fit(fit, train.income).predict_proba(test)[:, 1]
print("AUC of income", roc_auc_score(holdout.income == ">50K", income), income[:3])
fit, test = pair("relationship")
relation = LogisticRegression(C=1, max_iter=5000, tol=1e-8).fit(fit, train.relationship).predict_proba(test)
print("macro AUC of relationship", roc_auc_score(holdout.relationship, relation, multi_class="ovr"), relation[:1])
fit, test = pair("hours-per-week")
hours = Ridge(alpha=1).fit(fit, train["hours-per-week"]).predict(test)
print("R2 of hours-per-week", r2_score(holdout["hours-per-week"], hours), hours[:3])
