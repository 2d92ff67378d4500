"""Writes kmeans.json. Made with scikit-learn 1.9.1.

    python make_kmeans.py
"""
import json, pathlib
import numpy as np
import sklearn
from sklearn.cluster import KMeans, MiniBatchKMeans

here = pathlib.Path(__file__).parent
random = np.random.default_rng(3)


def blobs(clusters, size, dimensions, spread):
    centers = random.normal(0, 4, (clusters, dimensions))
    X = np.concatenate([random.normal(c, spread, (size, dimensions)) for c in centers])
    return np.round(X[random.permutation(len(X))], 2)


cases = {
    "apart": (blobs(5, 60, 3, 0.3), 5),
    "overlapping": (blobs(6, 100, 4, 2.5), 8),
    "many clusters": (blobs(12, 40, 2, 1.0), 25),
}
result = {"tool": f"scikit-learn {sklearn.__version__}", "cases": {}}
for name, (X, k) in cases.items():
    best = KMeans(k, n_init=20, random_state=0).fit(X)
    batches = [MiniBatchKMeans(k, n_init=3, batch_size=100, random_state=s).fit(X).inertia_ for s in range(10)]
    result["cases"][name] = {
        "numbers": X.tolist(), "clusters": k, "inertia": float(best.inertia_), "miniBatchInertia": float(np.mean(batches))}
    print(name, best.inertia_, np.mean(batches), np.max(batches))
(here / "kmeans.json").write_text(json.dumps(result) + "\n")
