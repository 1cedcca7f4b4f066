"""Known answers of SDMetrics' correct attribution probability. Run in this folder:
python3 -m venv v && v/bin/pip install sdmetrics==0.32.0 && v/bin/python make-attribution-answers.py
Reads nothing; writes attribution-real.csv, attribution-synthetic.csv and attribution.json. SDMetrics' scores are 1 - the mean
probability: over all real rows, a row without a match counting 0 (zero), and over the rows with a match (matched)."""
import json, warnings
import numpy as np, pandas as pd
from sdmetrics.single_table import CategoricalCAP, CategoricalZeroCAP

warnings.simplefilter("ignore")

def draw(rows, seed):
    random = np.random.default_rng(seed)
    town = random.choice(["Bern", "Graz", "Ulm", "Metz", "Pau"], rows, p=[0.4, 0.3, 0.15, 0.1, 0.05])
    sex = random.choice(["f", "m"], rows)
    trade = np.char.add("t", np.minimum(random.geometric(0.3, rows), 6).astype(str))
    illness = np.where(random.random(rows) < np.where(trade == "t1", 0.7, 0.2), "asthma", random.choice(["none", "gout", "flu"], rows))
    vote = np.where(sex == "f", random.choice(["left", "right"], rows, p=[0.8, 0.2]), random.choice(["left", "right", "green"], rows))
    return pd.DataFrame({"town": town, "sex": sex, "trade": trade, "illness": illness, "vote": vote})

real, synthetic = draw(120, 1), draw(90, 2)
real.to_csv("attribution-real.csv", index=False)
synthetic.to_csv("attribution-synthetic.csv", index=False)
keys = ["town", "sex", "trade"]
answers = {}
for secret in ["illness", "vote"]:
    arguments = dict(real_data=real, synthetic_data=synthetic, key_fields=keys, sensitive_fields=[secret])
    answers[secret] = {"zero": CategoricalZeroCAP.compute(**arguments), "matched": CategoricalCAP.compute(**arguments)}
known = set(map(tuple, synthetic[keys].to_numpy()))
answers["found"] = sum(tuple(row) in known for row in real[keys].to_numpy()) / len(real)
json.dump(answers, open("attribution.json", "w"), indent=1)
