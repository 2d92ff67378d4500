"""Writes support-vectors.json. Made with scikit-learn 1.9.1.

    python make_support_vectors.py mammography.csv
"""
import json, pathlib, sys
import numpy as np
import sklearn
from sklearn.svm import SVC

here = pathlib.Path(__file__).parent
random = np.random.default_rng(11)


def support(X, y):
    return SVC(gamma="scale").fit(X, y).support_.tolist()


def blobs(sizes, dimensions, spread):
    X = np.concatenate([random.normal(1.5 * c, spread, (n, dimensions)) for c, n in enumerate(sizes)])
    y = np.repeat(np.arange(len(sizes)), sizes)
    order = random.permutation(len(y))
    return np.round(X[order], 3), y[order]


tables = {}
X, y = blobs([90, 30], 3, 1.0)
tables["two classes"] = (X, 2 * y - 1)
tables["three classes"] = blobs([60, 25, 15], 2, 0.8)
X, y = blobs([70, 30], 4, 1.0)
X[:, 1] = 0
X[:, 2] = 3
X[::3, 0] = 0
tables["zeros and constants"] = (X, y)
X, y = blobs([80, 20], 2, 1.0)
tables["first class last"] = (X[np.argsort(-y, kind="stable")], np.sort(y)[::-1])

step = 5
rows = np.genfromtxt(sys.argv[1], delimiter=",", skip_header=1)[::step]
result = {
    "tool": f"scikit-learn {sklearn.__version__}",
    "tables": {
        name: {"numbers": X.tolist(), "labels": y.tolist(), "support": sorted(support(X, y))}
        for name, (X, y) in tables.items()},
    "step": step, "mammography": sorted(support(rows[:, :-1], rows[:, -1].astype(int)))}
(here / "support-vectors.json").write_text(json.dumps(result) + "\n")
print({k: len(v["support"]) for k, v in result["tables"].items()}, len(result["mammography"]), len(rows))
