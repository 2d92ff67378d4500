"""Writes anonymeter.json: Anonymeter's three attacks on real tables, noised and shuffled copies and CTGAN's rows.

    make_anonymeter.py FOLDER-OF-REAL-TABLES

Made with anonymeter 1.1.0, pandas 2.3.3, numpy 1.26.4 (the file says which). The training table is the first 1500 rows whose
noised copy has no missing number, the control 1500 later ones that CTGAN has not seen either. The copies are made by
make_sdmetrics.py's rules, the noised one of the first 4000 rows and the shuffled one of the training table, and CTGAN's rows
are the first 1500 of make_peer.py's. All rows are attacked, so links and guesses do not depend on chance, though baselines
do; of singling-out, whose conditions are drawn, there are the means over SEEDS runs (a seed does not repeat a run: the order
of polars' groups is not part of it), and besides of all conditions on one column that single out a synthetic row how
many there are, and how many single out a row of the training table and of the control, without chance.

Three of Anonymeter's habits are kept out, since they are no definitions to agree with:
- A synthetic row with a missing number is at no distance (NaN) from anything and never found: there is none.
- A guess of a negative number is always right, since the error is divided by the guess and not by its size: numbers are
  secrets only where the synthetic column has no negative one.
- The baseline's guesses are not random: each is aligned with the target of the same index. Here the synthetic table's index
  is a permutation.
"""

import json
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
from make_sdmetrics import DISCRETE, noised, peer, read, shuffled

warnings.filterwarnings("ignore")
from anonymeter.evaluators import InferenceEvaluator, LinkabilityEvaluator, SinglingOutEvaluator  # noqa: E402
from anonymeter.evaluators.singling_out_evaluator import (  # noqa: E402
    _evaluate_queries_and_return_successful, univariate_singling_out_queries)

ROWS, NOISED, CONTROL, CONDITIONS, SEEDS = 1500, 4000, 8000, 400, 10
SECRETS = {
    "adult": ["income", "occupation", "age"],
    "default": ["default payment next month", "EDUCATION", "AGE"],
    "shoppers": ["Revenue", "VisitorType", "ProductRelated"],
}


def rates(results):
    """Successes of the attack, of the control and of guessing; all are of ROWS."""
    return [int(results.n_success), int(results.n_control), int(results.n_baseline)]


def attacks(real, control, synthetic, name):
    discrete = DISCRETE[name].split(",")
    np.random.seed(1)
    synthetic = synthetic.set_index(np.random.permutation(ROWS))
    linked = LinkabilityEvaluator(
        ori=real, syn=synthetic, control=control, aux_cols=(list(real)[::2], list(real)[1::2]), n_attacks=ROWS)
    found = {"linkability": rates(linked.evaluate(n_jobs=1).results()), "inference": {}, "singling-out": {}}
    for secret in SECRETS[name]:
        if secret not in discrete and synthetic[secret].min() < 0:
            continue
        guessed = InferenceEvaluator(
            ori=real, syn=synthetic, control=control, aux_cols=[c for c in real if c != secret], secret=secret,
            regression=secret not in discrete, n_attacks=ROWS)
        found["inference"][secret] = rates(guessed.evaluate(n_jobs=1).results())
    for mode in ("univariate", "multivariate"):
        runs = []
        for seed in range(SEEDS):
            singled = SinglingOutEvaluator(ori=real, syn=synthetic, control=control, n_attacks=CONDITIONS, n_cols=3, seed=seed)
            singled.evaluate(mode=mode)
            runs.append([singled._n_success, float(singled._n_control), singled._n_baseline])
        found["singling-out"][mode] = [round(float(mean) / CONDITIONS, 6) for mean in np.mean(runs, axis=0)]
    queries = univariate_singling_out_queries(singled._syn, 10**6, np.random.default_rng(1))
    found["conditions"] = [len(queries)] + [
        len(_evaluate_queries_and_return_successful(df=t, queries=queries)) for t in (singled._ori, singled._control)]
    return found


def main():
    folder, cases = Path(sys.argv[1]), {}
    for name, listed in DISCRETE.items():
        discrete = listed.split(",")
        table = read(folder / f"{name}_train.csv", name)
        for c in set(table) - set(discrete):
            table[c] = table[c].astype(float)
        copy, numbers = noised(table.head(NOISED), discrete), [c for c in table if c not in discrete]
        kept = np.flatnonzero(copy[numbers].notna().all(axis=1))[:ROWS]
        real, copy = (t.iloc[kept].reset_index(drop=True) for t in (table, copy))
        control = table[CONTROL:CONTROL + ROWS].reset_index(drop=True)
        copies = {"noised": copy, "shuffled": shuffled(real), "peer": peer(name).head(ROWS)}
        for kind, synthetic in copies.items():
            cases[f"{name}-{kind}"] = attacks(real, control, synthetic, name)
            print(name, kind, cases[f"{name}-{kind}"], flush=True)
    tools = {tool: version(tool) for tool in ("anonymeter", "pandas", "numpy")}
    text = json.dumps({"tools": tools, "cases": cases}, separators=(",", ":")).replace('},"', '},\n"')
    Path(__file__).with_name("anonymeter.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
