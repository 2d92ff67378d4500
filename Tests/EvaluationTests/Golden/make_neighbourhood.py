"""Writes neighbourhood.json: how rows lie among each other, by brute force over all pairs.

    make_neighbourhood.py FOLDER-OF-REAL-TABLES

Made with scikit-learn 1.9.1, scipy 1.17.1, pandas 2.3.3, numpy 1.26.4 (the file says which), from the papers' formulas: alpha
precision, beta recall and authenticity (Alaa et al. 2022), density and coverage (Naeem et al. 2020), maximum mean discrepancy
(Gretton et al. 2012, by scikit-learn's rbf_kernel). Rows are numbers in the real column's deviations, and one-hot levels of
length 1 / sqrt(2), missing ones included. The tables are those of make_sdmetrics.py; real ones are not part of this repository.
"""

import json
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from make_columns import seconds
from make_sdmetrics import DISCRETE, SMALL, noised, peer, read, shuffled, small
from scipy.spatial.distance import cdist
from sklearn.metrics.pairwise import rbf_kernel

warnings.filterwarnings("ignore")
ROWS = 400


def points(real, synthetic, discrete):
    parts = []
    for c in real:
        if real[c].isna().all():
            continue
        if c in discrete:
            a, b = (t[c].astype(object).fillna("(missing)").to_numpy() for t in (real, synthetic))
            levels = sorted(set(a) | set(b))
            parts += [[np.array([v == level for v in t]) / np.sqrt(2) for t in (a, b)] for level in levels]
            continue
        a, b = seconds(real[c]), seconds(synthetic[c])
        mean, deviation = np.nanmean(a), np.nanstd(a)
        deviation = deviation if deviation > 0 else max(abs(mean), 1)
        parts.append([np.nan_to_num((t - mean) / deviation, nan=0.0) for t in (a, b)])
        if np.isnan(a).any() or np.isnan(b).any():
            parts += [[np.isnan(t) / np.sqrt(2) for t in (a, b)], [~np.isnan(t) / np.sqrt(2) for t in (a, b)]]
    return tuple(np.stack([p[side] for p in parts], 1).astype(float) for side in (0, 1))


def agreement(found, wanted):
    return 1 - np.abs(np.subtract(found, wanted)).sum() / np.sum(wanted)


# Distances that are equal are so up to rounding only.
def within(a, b):
    return a <= b + 1e-9


def compare(real, synthetic, discrete, k=5):
    x, y = points(real, synthetic, discrete)
    shares = np.linspace(0, 1, 30)
    own, other = (np.sqrt(((t - x.mean(0)) ** 2).sum(1)) for t in (x, y))
    radii = np.quantile(own, shares)
    precision = [within(other, r).mean() for r in radii]
    xx, xy = cdist(x, x), cdist(x, y)
    np.fill_diagonal(xx, np.inf)
    nearest = xx.min(1)
    made = np.sqrt(((y - y.mean(0)) ** 2).sum(1))
    made_radii = np.quantile(made, shares)
    # Of equally near rows the first.
    to_made, index = xy.min(1), np.array([np.flatnonzero(row <= row.min() + 1e-9)[0] for row in xy])
    covered = within(to_made, nearest)
    recall = [(covered & within(made[index], r)).mean() for r in made_radii]
    to_real = np.array([np.flatnonzero(row <= row.min() + 1e-9)[0] for row in xy.T])
    ball = np.sort(xx, 1)[:, k - 1]
    inside = within(xy, ball[:, None])
    squared = cdist(x, x, "sqeuclidean")[np.triu_indices(len(x), 1)]
    gamma = 1 / np.median(squared)
    return {
        "alpha-precision": agreement(precision, [within(own, r).mean() for r in radii]),
        "beta-recall": agreement(recall, [within(made, r).mean() for r in made_radii]),
        "authenticity": float((xy.min(0) > nearest[to_real] + 1e-9).mean()),
        "density": float(inside.sum() / (k * len(y))),
        "coverage-prdc": float(inside.any(1).mean()),
        "maximum-mean-discrepancy": float(
            rbf_kernel(x, x, gamma).mean() + rbf_kernel(y, y, gamma).mean() - 2 * rbf_kernel(x, y, gamma).mean()),
        "bandwidth": 1 / gamma}


def main():
    folder = Path(sys.argv[1])
    levels = [c for c, kind in SMALL.items() if kind in ("categorical", "boolean")]
    cases = {"small": compare(small(0, 1), small(5000, 1.25), levels)}
    for name, listed in DISCRETE.items():
        discrete = listed.split(",")
        table = read(folder / f"{name}_train.csv", name)
        real, other = table.head(ROWS), table.iloc[ROWS:2 * ROWS].reset_index(drop=True)
        copies = {
            "noised": noised(real, discrete), "shuffled": shuffled(real), "other": other, "peer": peer(name).head(ROWS)}
        cases |= {f"{name}-{kind}": compare(real, copy, discrete) for kind, copy in copies.items()}
    tools = {tool: version(tool) for tool in ("scikit-learn", "scipy", "pandas", "numpy")}
    text = json.dumps({"tools": tools, "cases": cases}, separators=(",", ":")).replace('},"', '},\n"')
    Path(__file__).with_name("neighbourhood.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
