"""Known answers of scikit-learn for tests/stats/histogram-boosting.test.ts, on UCI Adult (train and test split):
python3 -m venv v && v/bin/pip install scikit-learn==1.9.1 pandas==2.3.3 && v/bin/python make-sklearn-answers.py <folder with adult.csv and adult-holdout.csv>"""
import sys
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.metrics import r2_score, roc_auc_score

read = lambda name: pd.read_csv(f"{sys.argv[1]}/{name}", na_values="?")
train, holdout = read("adult.csv"), read("adult-holdout.csv")
for name in train.select_dtypes(exclude="number"):
    kind = pd.CategoricalDtype(sorted(pd.concat([train, holdout])[name].dropna().unique()))
    train[name], holdout[name] = train[name].astype(kind), holdout[name].astype(kind)
rules = dict(categorical_features="from_dtype", early_stopping=False)
x = lambda frame, target: frame.drop(columns=target)
fit = lambda model, target: model.fit(x(train, target), train[target])
income = fit(HistGradientBoostingClassifier(**rules), "income").predict_proba(x(holdout, "income"))[:, 1]
print("AUC of income", roc_auc_score(holdout.income == ">50K", income))
relation = fit(HistGradientBoostingClassifier(max_iter=20, **rules), "relationship").predict_proba(x(holdout, "relationship"))
print("macro AUC of relationship, 20 rounds", roc_auc_score(holdout.relationship, relation, multi_class="ovr"))
hours = fit(HistGradientBoostingRegressor(**rules), "hours-per-week").predict(x(holdout, "hours-per-week"))
print("R2 of hours-per-week", r2_score(holdout["hours-per-week"], hours))
