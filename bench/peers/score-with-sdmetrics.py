"""Scores a synthetic table by SDMetrics' quality report: python score-with-sdmetrics.py real.csv synthetic.csv. Prints JSON."""

import json
import sys
import warnings

import pandas
import sdmetrics
from sdmetrics.reports.single_table import QualityReport

warnings.simplefilter("ignore")
real, synthetic = (pandas.read_csv(path, keep_default_na=False) for path in sys.argv[1:3])
kinds = {True: "numerical", False: "categorical"}
columns = {name: {"sdtype": kinds[bool(pandas.api.types.is_numeric_dtype(real[name]))]} for name in real.columns}
report = QualityReport()
report.generate(real, synthetic, {"columns": columns}, verbose=False)
scores = dict(zip(report.get_properties()["Property"], report.get_properties()["Score"]))
print(
    json.dumps(
        {
            "shape": 1 - scores["Column Shapes"],
            "trend": 1 - scores["Column Pair Trends"],
            "version": sdmetrics.__version__,
        }
    )
)
