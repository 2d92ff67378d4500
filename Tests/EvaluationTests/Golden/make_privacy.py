"""Writes privacy.json: what SDMetrics and Anonymeter say about tables that the Swift tests build as well.

    make_privacy.py FOLDER-OF-REAL-TABLES

Made with sdmetrics 0.32.0, anonymeter 1.1.0, scikit-learn 1.9.1, pandas 2.3.3, numpy 1.26.4 (the file says which).
PrivacyGoldenTables.swift builds
`people` and `mimics` to the last bit; the two extreme rows at the start of each give every table the same ranges, since
Anonymeter scales by the tables of each search. Distances are rounded to 12 digits.
"""

import json
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from make_sdmetrics import DISCRETE, SMALL, hashes, noised, peer, read, shuffled, small

warnings.filterwarnings("ignore")
from anonymeter.evaluators import InferenceEvaluator, LinkabilityEvaluator, SinglingOutEvaluator  # noqa: E402
from anonymeter.stats.confidence import residual_success, success_rate  # noqa: E402
from sdmetrics.single_table.privacy.dcr_utils import calculate_dcr  # noqa: E402
from sklearn.metrics import roc_auc_score  # noqa: E402


def people(first, rows):
    h = [hashes(first + rows, j)[first:].astype(np.int64) for j in range(6)]
    age = 18 + h[0] % 60
    income = (age * 500 + h[1] % 20000) / 7
    table = pd.DataFrame({
        "age": age,
        "income": income,
        "city": [f"c{v}" for v in h[2] % 12],
        "job": [f"j{v}" for v in (age // 10 + h[3] % 3) % 8],
        "hours": (h[4] % 4000) / 100,
        "score": (h[5] % 100000) / 1000 + income / 100,
    })
    table.loc[0] = [10, 0.0, "c0", "j0", -1.0, -1.0]
    table.loc[1] = [90, 20000.0, "c1", "j1", 60.0, 400.0]
    return table


def mimics(rows):
    """A third of the rows are training rows whose hours moved a little, the others are nobody's."""
    table, train = people(20000, rows), people(0, rows)
    copied = (np.arange(rows) % 3 == 0) & (np.arange(rows) > 1)
    table.loc[copied] = train.loc[copied]
    table["hours"] += np.where(copied, hashes(rows, 6).astype(np.int64) % 100 / 500, 0)
    return table


def anonymeter_cases():
    train, synthetic, control = people(0, 600), mimics(600), people(10000, 400)
    linked = {}
    for neighbours in (1, 5):
        results = []
        for target in (train, control):
            evaluator = LinkabilityEvaluator(
                ori=target, syn=synthetic, aux_cols=(["age", "city", "hours"], ["income", "job", "score"]),
                n_attacks=len(target), n_neighbors=neighbours)
            results.append(int(evaluator.evaluate(n_jobs=1).results().n_success))
        linked[str(neighbours)] = results
    inferred = {}
    for secret in train.columns:
        evaluator = InferenceEvaluator(
            ori=train, syn=synthetic, control=control, aux_cols=[c for c in train if c != secret], secret=secret,
            regression=train[secret].dtype != object, n_attacks=600)
        results = evaluator.evaluate(n_jobs=1).results()
        inferred[secret] = [int(results.n_success), int(results.n_control)]
    singled = {}
    for mode in ("univariate", "multivariate"):
        rates = []
        for seed in range(12):
            evaluator = SinglingOutEvaluator(ori=train, syn=synthetic, control=control, n_attacks=400, n_cols=3, seed=seed)
            evaluator.evaluate(mode=mode)
            rates.append([evaluator._n_success, float(evaluator._n_control), evaluator._n_baseline])
        singled[mode] = np.mean(rates, axis=0).tolist()
    return {"linkability": linked, "inference": inferred, "singling-out": singled}


def rates():
    result = []
    for successes, trials, control, others in [(0, 10, 0, 10), (10, 10, 3, 10), (431, 600, 120, 400), (2, 2000, 9, 2000)]:
        main, held = success_rate(trials, successes, 0.95), success_rate(others, control, 0.95)
        residual = residual_success(main, held)
        risk = residual.to_risk()
        result.append([successes, trials, control, others, main.value, main.error, residual.value, residual.error,
                       risk.value, *risk.ci])
    return result


def closest():
    """Distances of the first 400 rows of each synthetic table to 4,000 later ones of the real table."""
    metadata = {"columns": {c: {"sdtype": s} for c, s in SMALL.items()}}
    cases = {"small": calculate_dcr(small(5000, 1.25), small(0, 1), metadata).tolist()}
    for name, listed in DISCRETE.items():
        discrete = listed.split(",")
        table = read(Path(sys.argv[1]) / f"{name}_train.csv", name)
        metadata = {"columns": {c: {"sdtype": "categorical" if c in discrete else "numerical"} for c in table}}
        others = table[400:4400].reset_index(drop=True)
        copies = {"noised": noised(table, discrete), "shuffled": shuffled(table), "peer": peer(name)}
        for kind, copy in copies.items():
            cases[f"{name}-{kind}"] = calculate_dcr(copy[:400].reset_index(drop=True), others, metadata).tolist()
    return {name: [round(d, 12) for d in distances] for name, distances in cases.items()}


def areas():
    members, others = hashes(300, 0) % 40, hashes(300, 1) % 30
    truth = [1] * 300 + [0] * 300
    return roc_auc_score(truth, np.concatenate([members, others]))


def main():
    tools = {tool: version(tool) for tool in ("sdmetrics", "anonymeter", "scikit-learn", "pandas", "numpy")}
    golden = {"tools": tools, "closest": closest(), "rates": rates(), "area": areas(), "anonymeter": anonymeter_cases()}
    text = json.dumps(golden, separators=(",", ":")).replace('],"', '],\n"')
    Path(__file__).with_name("privacy.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
