"""Writes quantile-transform.json. Made with scikit-learn 1.9.1 and NumPy.

    python make_golden.py
"""
import json, pathlib, warnings
import numpy as np
import sklearn
from sklearn.preprocessing import QuantileTransformer

warnings.filterwarnings("ignore")
here = pathlib.Path(__file__).parent
random = np.random.default_rng(11)
datasets = {
    "skewed": (np.round(np.exp(random.normal(3, 1.2, 1500)), 3), 1000),
    "whole numbers": (np.clip(np.round(random.gamma(4, 9, 600) + 17), 17, 90), 1000),
    "few quantiles": (random.normal(-5, 2, 500), 7),
    "two values": (np.repeat([1.0, 2.0], [3, 5]), 1000),
}
cases = []
for name, (values, count) in datasets.items():
    transformer = QuantileTransformer(n_quantiles=count, output_distribution="normal", subsample=None)
    transformer.fit(values[:, None])
    # The quantiles of whole numbers are off by 1e-14 here and there, which hides that they are tied.
    transformer.quantiles_ = np.round(transformer.quantiles_, 9)
    low, high = values.min(), values.max()
    # Values seen, values between them, and values outside.
    probes = np.concatenate([np.unique(values)[:: max(1, len(np.unique(values)) // 60)],
                             np.linspace(low, high, 41), [low - 1e6, low - 1, high + 1, high + 1e6]])
    z = np.concatenate([np.linspace(-4, 4, 81), [-5.15, -9, 5.15, 9]])
    cases.append({
        "name": name, "values": values.tolist(), "quantiles": count,
        "probes": probes.tolist(), "encoded": transformer.transform(probes[:, None])[:, 0].tolist(),
        "z": z.tolist(), "decoded": transformer.inverse_transform(z[:, None])[:, 0].tolist()})
json.dump({"madeBy": f"scikit-learn {sklearn.__version__}", "cases": cases},
          open(here / "quantile-transform.json", "w"), indent=0)
