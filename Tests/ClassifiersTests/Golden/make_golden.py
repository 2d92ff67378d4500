"""Writes curves.json, logistic-regression.json and boosted-trees.json. Made with scikit-learn 1.9.1, XGBoost 3.2 and NumPy.

    python make_golden.py
"""
import json, pathlib
import numpy as np, sklearn, xgboost
from scipy.optimize import minimize
from sklearn.calibration import calibration_curve
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (
    average_precision_score, brier_score_loss, precision_recall_curve, roc_auc_score, roc_curve)
from sklearn.multiclass import OneVsRestClassifier

here = pathlib.Path(__file__).parent
tool = f"scikit-learn {sklearn.__version__}, XGBoost {xgboost.__version__}, NumPy {np.__version__}"


def write(name, contents):
    (here / name).write_text(json.dumps({"tool": tool, **contents}) + "\n")


def recall_at(rate, y, p, w):
    fpr, tpr, _ = roc_curve(y, p, sample_weight=w, drop_intermediate=False)
    return float(tpr[fpr <= rate].max())


def curves(random, rows, share, digits, weighted):
    y = (random.random(rows) < share).astype(int)
    p = 1 / (1 + np.exp(-(2 * y - 3 + random.normal(0, 1.2, rows))))
    p = np.round(p, digits)
    w = random.integers(0, 4, rows).astype(float) if weighted else np.ones(rows)
    precision, recall, thresholds = precision_recall_curve(y, p)
    f1 = 2 * precision[:-1] * recall[:-1] / np.maximum(precision[:-1] + recall[:-1], 1e-300)
    best = int(np.argmax(f1 + 1e-12 * thresholds))
    _, _, cuts = roc_curve(y, p, drop_intermediate=False)
    costs = [(float((np.where(p >= t, 1, 0) * (1 - y)).sum() + 7 * (np.where(p < t, 1, 0) * y).sum()) / rows, -float(t))
             for t in cuts]
    cost, cut = min(costs)
    share_positive, mean = calibration_curve(y, p, n_bins=10, strategy="quantile")
    edges = np.percentile(p, np.linspace(0, 1, 11) * 100)
    bins = np.bincount(np.searchsorted(edges[1:-1], p), minlength=10)
    bins = bins[bins > 0]
    return {
        "labels": y.tolist(), "scores": p.tolist(), "weights": w.tolist() if weighted else None,
        "rocAUC": roc_auc_score(y, p, sample_weight=w),
        "averagePrecision": average_precision_score(y, p, sample_weight=w),
        "recallAtOnePerMille": recall_at(0.001, y, p, w), "recallAtOnePercent": recall_at(0.01, y, p, w),
        "recallAtTenPercent": recall_at(0.1, y, p, w),
        "brier": brier_score_loss(y, p, sample_weight=w),
        "bestF1": float(f1[best]), "bestF1Threshold": float(thresholds[best]),
        "leastCost": cost, "leastCostThreshold": None if np.isinf(cut) else -cut,
        "binRows": bins.tolist(), "binMeans": mean.tolist(), "binShares": share_positive.tolist(),
        "calibrationError": float((bins / rows * np.abs(mean - share_positive)).sum())}


random = np.random.default_rng(11)
write("curves.json", {"cases": [
    curves(random, 400, 0.3, 6, False), curves(random, 3000, 0.02, 2, False), curves(random, 2000, 0.05, 1, False),
    curves(random, 1500, 0.1, 3, True)]})


def features(random, rows):
    """Numbers of different spread, one of them correlated, and one-hot levels, a rare one among them."""
    a = random.normal(0, 1, rows)
    columns = [a, 0.9 * a + random.normal(0, 0.3, rows), random.exponential(1, rows)]
    level = random.choice(5, rows, p=[0.5, 0.3, 0.15, 0.04, 0.01])
    columns += [(level == k).astype(float) for k in range(5)]
    # Mynah keeps features in 32 bits, in which these are exact.
    return np.round(np.stack(columns, 1) * 64) / 64, level


def exact(model, x, y, weights):
    """scikit-learn's answer, polished: its own stopping rule leaves four to six digits."""
    s = np.where(y == 1, 1.0, -1.0)
    w = np.ones(len(y)) if weights is None else weights

    def objective(v):
        z = s * (x @ v[:-1] + v[-1])
        g = -w * s / (1 + np.exp(z))
        return (w * np.logaddexp(0, -z)).sum() * model.C + v[:-1] @ v[:-1] / 2, np.append(
            x.T @ g * model.C + v[:-1], g.sum() * model.C)

    start = np.append(model.coef_[0], model.intercept_[0])
    found = minimize(objective, start, jac=True, method="L-BFGS-B", options={"ftol": 0, "gtol": 1e-12, "maxiter": 5000})
    assert np.abs(found.x - start).max() < 1e-4, np.abs(found.x - start).max()
    return {"coefficients": found.x[:-1].tolist(), "intercept": float(found.x[-1])}


def logistic(x, y, weights=None, c=1.0):
    model = LogisticRegression(C=c, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(x, y, sample_weight=weights)
    return {"rows": x.tolist(), "classes": y.tolist(), "weights": None if weights is None else weights.tolist(), "c": c,
            "probabilities": model.predict_proba(x)[:20].tolist(), **exact(model, x, y, weights)}


random = np.random.default_rng(3)
x, level = features(random, 300)
y = (random.random(300) < 1 / (1 + np.exp(2.5 - x[:, 0] - x[:, 2] + level))).astype(int)
balanced = np.where(y == 1, len(y) / (2 * y.sum()), len(y) / (2 * (1 - y).sum()))
separable = (x[:, 0] > 0.8).astype(int)
several = np.digitize(x[:, 0] + random.normal(0, 0.7, 300), [-0.5, 0.7])
ovr = OneVsRestClassifier(LogisticRegression(solver="newton-cholesky", tol=1e-12)).fit(x, several)
write("logistic-regression.json", {
    "cases": [logistic(x, y), logistic(x, y, balanced), logistic(x, separable), logistic(x, y, c=0.05)],
    "oneVersusRest": {
        "rows": x.tolist(), "classes": several.tolist(), "probabilities": ovr.predict_proba(x)[:20].tolist()}})


def trees(random, classes, weighted):
    """Missing numbers, zeros that count, one-hot columns whose zeros are absent: as FeatureDesign makes them."""
    x, level = features(random, 1000)
    x[random.random(1000) < 0.1, 0] = np.nan
    x[random.random(1000) < 0.2, 2] = 0
    x[:, 3:][x[:, 3:] == 0] = np.nan
    signal = np.nan_to_num(x[:, 0], nan=1.5) + np.sin(3 * x[:, 2]) - (level == 1) + random.normal(0, 0.7, 1000)
    y = (signal > 1.5).astype(int) if classes == 2 else np.digitize(signal, [-0.5, 1.0])
    w = np.where(y == 1, 4.0, 1.0) if weighted else None
    half = 500
    settings = {
        "objective": "binary:logistic" if classes == 2 else "multi:softprob", "max_depth": 4, "eta": 0.1,
        "tree_method": "hist", "nthread": 1, "base_score": 0.5, **({} if classes == 2 else {"num_class": classes})}
    data = xgboost.DMatrix(x[:half], y[:half], weight=None if w is None else w[:half])
    p = xgboost.train(settings, data, 60).predict(xgboost.DMatrix(x[half:]))
    p = np.stack([1 - p, p], 1) if classes == 2 else p
    return {
        "rows": [[None if np.isnan(v) else v for v in row] for row in x.tolist()], "classes": y.tolist(),
        "classCount": classes, "weights": None if w is None else w[:half].tolist(), "trainingRows": half,
        "probabilities": p.astype(float).round(5).tolist(),
        "rocAUC": roc_auc_score(y[half:], p[:, 1] if classes == 2 else p, multi_class="ovr")}


random = np.random.default_rng(8)
write("boosted-trees.json", {"cases": [trees(random, 2, False), trees(random, 2, True), trees(random, 3, False)]})
