"""Writes columns.json: what other tools say of columns, pairs and triples of columns.

    make_columns.py FOLDER-OF-REAL-TABLES

Made with sdmetrics 0.32.0, scipy 1.17.1, pandas 2.3.3, numpy 1.26.4 (the file says which), on the tables of
make_sdmetrics.py: the small one, made from a hash, noised and shuffled copies of the first 5000 rows of real ones, which
are not part of this repository, and make_peer.py's rows beside them.
"""

import json
import sys
import warnings
from importlib.metadata import version
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
from make_sdmetrics import DISCRETE, SMALL, noised, number, peer, read, shuffled, small
from scipy.spatial.distance import jensenshannon
from scipy.stats import wasserstein_distance
from scipy.stats.contingency import association

warnings.filterwarnings("ignore")
from sdmetrics.single_column import (  # noqa: E402
    BoundaryAdherence, CategoryCoverage, MissingValueSimilarity, RangeCoverage)


def seconds(column):
    """Times as numbers, as Mynah counts them."""
    if column.dtype.kind != "M":
        return column.to_numpy(dtype=float)
    return np.where(column.isna(), np.nan, column.astype("int64").to_numpy() / 1e9)


def bins(real, values, count):
    edges = np.unique(np.quantile(real[~np.isnan(real)], np.arange(1, count) / count, method="inverted_cdf"))
    return np.where(np.isnan(values), -1, np.searchsorted(edges, values, side="left"))


def codes(real, synthetic, discrete, count):
    """Both columns as numbers that are equal where level or bin are; None for a real column without values."""
    if real.isna().all():
        return None
    if not discrete:
        real, synthetic = seconds(real), seconds(synthetic)
        return bins(real, real, count), bins(real, synthetic, count)
    names = {v: i for i, v in enumerate(pd.concat([real, synthetic]).dropna().unique())}
    return tuple(np.array([-1 if pd.isna(v) else names[v] for v in c]) for c in (real, synthetic))


def frequencies(*pair):
    values = np.unique(np.concatenate(pair))
    return [np.array([(c == v).mean() for v in values]) for c in pair]


def column(real, synthetic, discrete):
    found = {"missingness": MissingValueSimilarity.compute(real, synthetic)}
    if discrete:
        found["coverage"] = CategoryCoverage.compute(real, synthetic) if real.notna().any() else None
    elif real.notna().any():
        found["coverage"] = RangeCoverage.compute(real, synthetic)
        found["boundary-adherence"] = BoundaryAdherence.compute(real, synthetic)
        a, b = seconds(real), seconds(synthetic)
        a, b = a[~np.isnan(a)], b[~np.isnan(b)]
        if a.max() > a.min():
            found["wasserstein"] = wasserstein_distance(a, b) / (a.max() - a.min())
    pair = codes(real, synthetic, discrete, 20)
    if pair is not None:
        found["jensen-shannon"] = jensenshannon(*frequencies(*(c[c >= 0] for c in pair)), base=2)
    return {name: number(value) for name, value in found.items()}


def dependence(a, b, kinds):
    if kinds == (False, False):
        a, b = seconds(a), seconds(b)
        both = ~np.isnan(a) & ~np.isnan(b)
        a, b = a[both], b[both]
        return np.corrcoef(a, b)[0, 1] if len(a) > 1 and a.std() > 0 and b.std() > 0 else None
    if kinds == (True, True):
        table = pd.crosstab(a.fillna("(missing)"), b.fillna("(missing)")).to_numpy()
        return association(table, method="cramer") if min(table.shape) > 1 else None
    levels, values = (a, b) if kinds[0] else (b, a)
    frame = pd.DataFrame({"level": levels.fillna("(missing)"), "x": seconds(values)}).dropna()
    if frame.x.nunique() < 2 or frame.level.nunique() < 2:
        return None
    means = frame.groupby("level").x.transform("mean")
    return np.sqrt(((means - frame.x.mean()) ** 2).sum() / ((frame.x - frame.x.mean()) ** 2).sum())


def kept(real, synthetic, most):
    """Codes beyond the most frequent ones of the real column are one."""
    counts = pd.Series(real[real >= 0]).value_counts()
    everything = set(real[real >= 0]) | set(synthetic[synthetic >= 0])
    if len(everything) <= most + 1:
        return real, synthetic
    order = sorted(everything, key=lambda c: (-counts.get(c, 0), c))
    places = {code: place for place, code in enumerate(order[:most])} | {-1: -1}
    return tuple(np.array([places.get(c, most) for c in column]) for column in (real, synthetic))


def compare(real, synthetic, discrete):
    cases = {"columns": {c: column(real[c], synthetic[c], c in discrete) for c in real}}
    pairs = {}
    for a, b in combinations(real, 2):
        kinds = (a in discrete, b in discrete)
        own, other = (dependence(t[a], t[b], kinds) for t in (real, synthetic))
        if own is not None:
            pairs[f"{a}|{b}"] = number((other or 0) - own)
    cases["correlation"] = pairs
    gapped = [c for c in real if real[c].isna().any()]
    cases["co-occurrence"] = {
        f"{a}|{b}": number(1 - np.abs(np.subtract(*frequencies(*(
            t[a].isna().to_numpy() * 2 + t[b].isna().to_numpy() for t in (real, synthetic))))).sum() / 2)
        for a, b in combinations(gapped, 2)}
    coded = {c: codes(real[c], synthetic[c], c in discrete, 5) for c in real}
    coded = {c: kept(*pair, 9) for c, pair in coded.items() if pair is not None}
    similarities = []
    for triple in combinations(coded, 3):
        joint = [sum((coded[c][t] + 1) * 1000**place for place, c in enumerate(triple)) for t in (0, 1)]
        values, inverse = np.unique(np.concatenate(joint), return_inverse=True)
        p = np.bincount(inverse[: len(real)], minlength=len(values)) / len(real)
        q = np.bincount(inverse[len(real):], minlength=len(values)) / len(synthetic)
        similarities.append(1 - np.abs(p - q).sum() / 2)
    cases["three-way"] = number(np.mean(similarities))
    return cases


def main():
    folder = Path(sys.argv[1])
    levels = [c for c, kind in SMALL.items() if kind in ("categorical", "boolean")]
    cases = {"small": compare(small(0, 1), small(5000, 1.25), levels)}
    for name, listed in DISCRETE.items():
        discrete = listed.split(",")
        table = read(folder / f"{name}_train.csv", name)
        table = table.head(5000)
        copies = {"noised": noised(table, discrete), "shuffled": shuffled(table), "peer": peer(name)}
        cases |= {f"{name}-{kind}": compare(table, copy, discrete) for kind, copy in copies.items()}
    tools = {tool: version(tool) for tool in ("sdmetrics", "scipy", "pandas", "numpy")}
    # A line for each column.
    text = json.dumps({"tools": tools, "cases": cases}, separators=(",", ":")).replace('},"', '},\n"')
    Path(__file__).with_name("columns.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
