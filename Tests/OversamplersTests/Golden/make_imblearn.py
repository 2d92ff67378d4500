"""Writes imblearn.json: what imbalanced-learn finds on real tables, apart from its random draws.

    make_imblearn.py FOLDER_OF_TABLES        (mammography.csv, creditcard_reduced.csv, german.csv, adult_train.csv)

Made with imbalanced-learn 0.14.2 and scikit-learn 1.9.1. Rows are numbers from 0 in the file. Exact duplicates are left
out (`rows` says which rows stay), because which of two equal points scikit-learn puts first is not defined.
"""
import collections, json, os, sys
import imblearn, numpy as np, pandas as pd, sklearn
from imblearn.over_sampling import ADASYN, SMOTE, SMOTEN, SMOTENC, BorderlineSMOTE, SVMSMOTE
from imblearn.under_sampling import EditedNearestNeighbours, TomekLinks
from imblearn.metrics.pairwise import ValueDifferenceMetric
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder

folder = sys.argv[1]
out = {"versions": {"imbalanced-learn": imblearn.__version__, "scikit-learn": sklearn.__version__}}


def counts(y):
    return {str(k): int(v) for k, v in collections.Counter(y).items()}


def within(X, k):
    d, _ = NearestNeighbors(n_neighbors=k + 1).fit(X).kneighbors(X)
    return d[:, 1:]


def numeric(name, target, drop=(), every=1):
    f = pd.read_csv(os.path.join(folder, name)).drop(columns=list(drop))
    features = [c for c in f.columns if c != target]
    f = f[~f.duplicated(subset=features)]
    f = f.iloc[::every]
    X, y = f[features].to_numpy(float), f[target].to_numpy()
    minority = min(collections.Counter(y), key=collections.Counter(y).get)
    own = np.flatnonzero(y == minority)
    r = {"target": target, "drop": list(drop), "rows": f.index.tolist(), "minority": str(minority), "counts": counts(y)}
    r["smote_distances"] = within(X[own], 5).round(9).tolist()
    m, k = NearestNeighbors(n_neighbors=11).fit(X), NearestNeighbors(n_neighbors=6).fit(X)
    b = BorderlineSMOTE(random_state=0); Xb, yb = b.fit_resample(X, y)
    r["danger"] = b.in_danger_indices[minority].tolist()
    nn = m.kneighbors(X[own], return_distance=False)[:, 1:]
    r["noise"] = own[(y[nn] != minority).sum(1) == 10].tolist()
    share = (y[k.kneighbors(X[own], return_distance=False)[:, 1:]] != minority).sum(1) / 5
    n = max(collections.Counter(y).values()) - len(own)
    g = np.rint(share / share.sum() * n).astype(int)
    Xa, ya = ADASYN(random_state=0).fit_resample(X, y)
    assert counts(ya)[str(minority)] == len(own) + g.sum()
    r["adasyn_numbers"] = g.tolist()
    for key, cleaner in (("enn", EditedNearestNeighbours()), ("enn_mode", EditedNearestNeighbours(kind_sel="mode")), ("tomek", TomekLinks())):
        cleaner.fit_resample(X, y)
        r[key + "_removed"] = sorted(set(range(len(X))) - set(cleaner.sample_indices_.tolist()))
    Xs, ys = SMOTE(random_state=0).fit_resample(X, y)
    r["smote_counts"] = counts(ys)
    r["half_counts"] = counts(SMOTE(random_state=0, sampling_strategy=0.5).fit_resample(X, y)[1])
    r["ranges"] = [[float(Xs[len(X):, j].min()), float(Xs[len(X):, j].max())] for j in range(X.shape[1])]
    out[name] = r


def mixed(name, target, numbers, limit=None):
    f = pd.read_csv(os.path.join(folder, name), skipinitialspace=True)
    features = [c for c in f.columns if c != target]
    f = f[~f.duplicated(subset=features)]
    f = f[~(f == "?").any(axis=1)]
    if limit: f = f.iloc[:limit]
    y = f[target].astype(str).to_numpy()
    minority = min(collections.Counter(y), key=collections.Counter(y).get)
    own = f[y == minority]
    categories = [c for c in features if c not in numbers]
    s = SMOTENC(categorical_features=categories, random_state=0)
    Xs, ys = s.fit_resample(f[features], y)
    med = s.median_std_[minority]
    hot = OneHotEncoder(sparse_output=False).fit_transform(own[categories].astype(str)) * med / np.sqrt(2)
    r = {"target": target, "numbers": numbers, "rows": f.index.tolist(), "minority": minority, "counts": counts(y)}
    r["median_std"] = float(med)
    r["smotenc_distances"] = within(np.hstack([own[numbers].to_numpy(float), hot]), 5)[:300].round(9).tolist()
    r["smotenc_counts"] = counts(ys)
    if name == "german.csv":
        encoded = OrdinalEncoder(dtype=np.int32).fit_transform(f[categories].astype(str))
        vdm = ValueDifferenceMetric().fit(encoded, y)
        d = np.sort(vdm.pairwise(encoded[y == minority]), axis=1)
        r["vdm_squared"] = d[:, 1:6].round(12).tolist()
        r["smoten_counts"] = counts(SMOTEN(random_state=0).fit_resample(f[categories], y)[1])
    out[name] = r


numeric("mammography.csv", "class", every=2)
numeric("creditcard_reduced.csv", "Class", drop=["Time"], every=2)
mixed("german.csv", "class", ["duration", "credit_amount", "installment_rate", "residence_since", "age", "existing_credits", "people_liable"])
mixed("adult_train.csv", "income", ["age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"], limit=6000)
json.dump(out, open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "imblearn.json"), "w"), separators=(",", ":"))
