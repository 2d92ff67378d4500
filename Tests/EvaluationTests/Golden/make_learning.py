"""Writes learning.json: how well classifiers tell tables apart, and what tables are worth to learn from.

    make_learning.py FOLDER-OF-REAL-TABLES

Made with scikit-learn 1.9.1, xgboost 3.2.0, pandas 2.3.3 (the file says which), on the first 2000 rows of tables that are
not part of this repository, on copies of them by the rules of make_sdmetrics.py and on the rows of make_peer.py. Features
are made as Mynah's FeatureDesign makes them: one-hot levels, of which trees see the ones only; missing numbers absent for
trees, the mean for linear models. F1 is the mean over the classes that the test rows have, not over those too that are
only predicted, which would be 0. Folds are those that Mynah draws from seed 1 (mynah_folds.py): of tables that are hard to
tell apart, folds decide the area in the second digit.
"""

import json
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import xgboost
from make_sdmetrics import DISCRETE, noised, peer, read, shuffled
from mynah_folds import folds
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import f1_score, r2_score, roc_auc_score, root_mean_squared_error
from sklearn.multiclass import OneVsRestClassifier

warnings.filterwarnings("ignore")
ROWS = 2000
SETTINGS = {"max_depth": 6, "eta": 0.3, "tree_method": "hist", "nthread": 1}


class Design:
    """Fitted to a table; columns of others by name and level."""

    def __init__(self, table, discrete, target=None):
        self.columns = [c for c in table if c != target]
        self.discrete, self.levels, self.scales = set(discrete), {}, {}
        for c in self.columns:
            if c in self.discrete:
                counts = table[c].value_counts(dropna=True)
                order = sorted(counts.index, key=lambda v: (-counts[v], v))
                self.levels[c] = order[:100] + ([None] if table[c].isna().any() else [])
            else:
                self.scales[c] = (table[c].mean(), table[c].std(ddof=0) or 1.0)

    def matrix(self, table, trees):
        parts = []
        for c in self.columns:
            if c in self.discrete:
                v = table[c].to_numpy(dtype=object)
                hot = np.stack([pd.isna(v) if level is None else v == level for level in self.levels[c]], 1).astype(float)
                parts.append(np.where(hot == 1, 1.0, np.nan) if trees else hot)
            else:
                v, (mean, deviation) = table[c].to_numpy(dtype=float), self.scales[c]
                parts.append(v[:, None] if trees else np.nan_to_num((v - mean) / deviation, nan=0.0)[:, None])
        return np.concatenate(parts, 1).astype(np.float32)


def trees(x, y, classes, held):
    if classes == 0:
        mean, deviation = y.mean(), y.std()
        data, objective = xgboost.DMatrix(x, (y - mean) / deviation), {"objective": "reg:squarederror", "base_score": 0.0}
        return xgboost.train({**SETTINGS, **objective}, data, 100).predict(xgboost.DMatrix(held)) * deviation + mean
    objective = {"objective": "binary:logistic", "base_score": 0.5} if classes == 2 else {
        "objective": "multi:softprob", "num_class": classes, "base_score": 0.5}
    p = xgboost.train({**SETTINGS, **objective}, xgboost.DMatrix(x, y), 100).predict(xgboost.DMatrix(held))
    return np.stack([1 - p, p], 1) if classes == 2 else p


def linear(x, y, classes, held):
    if classes == 0:
        return Ridge(alpha=1.0, solver="cholesky").fit(x.astype(float), y).predict(held.astype(float))
    model = LogisticRegression(solver="newton-cholesky", tol=1e-8, max_iter=500)
    if classes > 2:
        model = OneVsRestClassifier(model)
    return model.fit(x.astype(float), y).predict_proba(held.astype(float))


def detection(real, synthetic, discrete):
    both = pd.concat([real, synthetic], ignore_index=True)
    design = Design(both, discrete)
    y = np.repeat([0, 1], [len(real), len(synthetic)])
    areas = {"boosted-trees": [], "logistic-regression": []}
    cut = folds(len(real), len(synthetic))
    for held in cut:
        learn = np.array([row for other in cut if other is not held for row in other])
        for name, model in (("boosted-trees", trees), ("logistic-regression", linear)):
            x = design.matrix(both, name == "boosted-trees")
            areas[name].append(roc_auc_score(y[held], model(x[learn], y[learn], 2, x[held])[:, 1]))
    return {f"{name}.auc": float(np.mean(values)) for name, values in areas.items()}


def figures(kind, answer, truth, classes):
    if classes == 0:
        return {"r2": float(r2_score(truth, answer)), "rmse": float(root_mean_squared_error(truth, answer))}
    auc = roc_auc_score(truth, answer[:, 1]) if classes == 2 else np.mean(
        [roc_auc_score(truth == c, answer[:, c]) for c in range(classes) if 0 < (truth == c).sum() < len(truth)])
    return {"auc": float(auc), "f1": float(f1_score(truth, answer.argmax(1), average="macro", labels=np.unique(truth)))}


def utility(real, synthetic, test, discrete, target):
    design = Design(real, discrete, target)
    names = sorted(real[target].dropna().unique()) if target in discrete else []

    def rows(table):
        kept = table[table[target].isin(names) if names else table[target].notna()]
        y = np.array([names.index(v) for v in kept[target]]) if names else kept[target].to_numpy(dtype=float)
        return kept, y

    sources = {"real": rows(real), "synthetic": rows(synthetic)}
    sources["augmented"] = (
        pd.concat([sources["real"][0], sources["synthetic"][0]]), np.concatenate([sources["real"][1], sources["synthetic"][1]]))
    held, truth = rows(test)
    result = {}
    for source, (table, y) in sources.items():
        for name, model in (("boosted-trees", trees), ("logistic-regression" if names else "ridge-regression", linear)):
            of = name == "boosted-trees"
            answer = model(design.matrix(table, of), y, len(names), design.matrix(held, of))
            for figure, value in figures(name, answer, truth, len(names)).items():
                result[f"{name}.{source}.{figure}"] = value
    return result


TARGETS = {
    "adult": ["income", "relationship", "age"],
    "default": ["default payment next month", "EDUCATION", "LIMIT_BAL"],
    "shoppers": ["Revenue", "VisitorType", "ExitRates"],
}


def main():
    folder, cases = Path(sys.argv[1]), {}
    for name, targets in TARGETS.items():
        discrete = DISCRETE[name].split(",")
        table, test = (read(folder / f"{name}_{part}.csv", name) for part in ("train", "test"))
        test = test.head(ROWS)
        real, other = table.head(ROWS), table.iloc[ROWS:2 * ROWS].reset_index(drop=True)
        copies = {"shuffled": shuffled(real), "noised": noised(real, discrete), "other rows": other, "peer": peer(name)}
        cases[name] = {
            "detection": {kind: detection(real, copy, discrete) for kind, copy in copies.items()},
            "utility": {
                kind: {
                    target: utility(real, copy, test, discrete, target)
                    for target in (targets if kind in ("noised", "peer") else targets[:1])}
                for kind, copy in copies.items()}}
        print(name, json.dumps(cases[name], indent=1))
    tools = {tool: version(tool) for tool in ("scikit-learn", "xgboost-cpu", "pandas", "numpy")}
    # A line for each table and target.
    cases = json.loads(json.dumps(cases), parse_float=lambda text: round(float(text), 9))
    text = json.dumps({"tools": tools, "cases": cases}, separators=(",", ":")).replace('},"', '},\n"')
    Path(__file__).with_name("learning.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
