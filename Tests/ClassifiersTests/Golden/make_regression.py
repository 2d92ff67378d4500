"""Writes regression.json: ridge regression and boosted trees that predict a number, the gains of trees.

    python make_regression.py

Made with scikit-learn 1.9.1, XGBoost 3.2 and NumPy (the file says which).
"""
import json, pathlib
import numpy as np, sklearn, xgboost
from sklearn.linear_model import Ridge

random = np.random.default_rng(21)
rows, half = 600, 400
x = np.round(np.stack([random.normal(0, 1, rows), random.exponential(1, rows), random.normal(0, 3, rows)], 1) * 64) / 64
level = random.choice(4, rows, p=[0.5, 0.3, 0.15, 0.05])
x = np.hstack([x, (level[:, None] == np.arange(4)).astype(float)])
y = np.round(5e6 + 1e5 * (2 * x[:, 0] + np.sin(2 * x[:, 1]) * 3 - (level == 2) + random.normal(0, 0.5, rows)), 2)

ridges = []
for alpha in (1.0, 25.0):
    model = Ridge(alpha=alpha, solver="cholesky").fit(x[:half], y[:half])
    ridges.append({"alpha": alpha, "coefficients": model.coef_.tolist(), "intercept": float(model.intercept_),
                   "predictions": model.predict(x[half:]).tolist()})

settings = {"max_depth": 4, "eta": 0.1, "tree_method": "hist", "nthread": 1}
mean, deviation = y[:half].mean(), y[:half].std()
booster = xgboost.train(
    {**settings, "objective": "reg:squarederror", "base_score": 0.0},
    xgboost.DMatrix(x[:half], (y[:half] - mean) / deviation), 60)
predictions = booster.predict(xgboost.DMatrix(x[half:])).astype(float) * deviation + mean
gains = booster.get_score(importance_type="total_gain")

here = pathlib.Path(__file__).parent
(here / "regression.json").write_text(json.dumps({
    "tool": f"scikit-learn {sklearn.__version__}, XGBoost {xgboost.__version__}, NumPy {np.__version__}",
    "rows": x.tolist(), "targets": y.tolist(), "trainingRows": half, "ridge": ridges,
    "treePredictions": predictions.tolist(), "treeGains": [gains.get(f"f{j}", 0.0) for j in range(x.shape[1])],
}) + "\n")
