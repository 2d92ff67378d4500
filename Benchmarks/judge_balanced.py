"""Judges balanced tables with scikit-learn and XGBoost in Python, beside what `mynah balance --evaluate` says of them.

    judge_balanced.py TABLE.csv --target COL --positive CLASS --mynah PROGRAM [--drop A,B] [--methods smote,adasyn]
                      [--set METHOD:key=value]… [--json OUT]

Cuts the table into 70 % to learn from and 30 % to judge on, balances the first part by each method, trains XGBoost and
logistic regression on the file that came out, and looks whether their PR AUC and ROC AUC on the second part lie within the
intervals of Mynah's own trial on the same two files. Python learns from the whole balanced table, the trial from folds of
it, so the two are near, not equal. Needs pandas, scikit-learn and xgboost.
"""
import argparse, json, os, subprocess, tempfile
import numpy as np, pandas as pd, xgboost
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

p = argparse.ArgumentParser()
p.add_argument("table"), p.add_argument("--target", required=True), p.add_argument("--positive", required=True)
p.add_argument("--mynah", required=True), p.add_argument("--drop", default=""), p.add_argument("--methods", default="smote,adasyn")
p.add_argument("--set", action="append", default=[]), p.add_argument("--ratio", default="1.0"), p.add_argument("--json")
a = p.parse_args()

whole = pd.read_csv(a.table).drop(columns=[c for c in a.drop.split(",") if c])
train, test = train_test_split(whole, test_size=0.3, stratify=whole[a.target], random_state=0)
features = [c for c in whole.columns if c != a.target]


def design(frame):
    parts = []
    for c in features:
        if whole[c].dtype == object: parts += [(frame[c] == level).to_numpy(float) for level in sorted(whole[c].unique())]
        else: parts.append(frame[c].to_numpy(float))
    return np.stack(parts, 1)


def label(frame): return (frame[a.target].astype(str) == a.positive).astype(int).to_numpy()


rows, inside, total = [], 0, 0
with tempfile.TemporaryDirectory() as folder:
    path = lambda name: os.path.join(folder, name)
    train.to_csv(path("train.csv"), index=False), test.to_csv(path("test.csv"), index=False)
    for method in a.methods.split(","):
        settings = [s.split(":", 1)[1] for s in a.set if s.split(":", 1)[0] == method]
        command = [a.mynah, "balance", path("train.csv"), "--target", a.target, "--method", method, "--positive", a.positive,
                   "--ratio", a.ratio, "--evaluate", path("test.csv"), "--report", path("report.json"), "--output", path("out.csv"), "--quiet"]
        subprocess.run(command + [w for s in settings for w in ("--set", s)], check=True, stdout=subprocess.DEVNULL)
        out, report = pd.read_csv(path("out.csv")), json.load(open(path("report.json")))
        X, y, T, t = design(out), label(out), design(test), label(test)
        judges = {
            "boosted-trees": xgboost.XGBClassifier(n_estimators=200, max_depth=6, learning_rate=0.1, tree_method="hist", n_jobs=2),
            "logistic-regression": make_pipeline(StandardScaler(), LogisticRegression(max_iter=5000)),
        }
        arm = next(x for x in report.get("trial", report)["arms"] if x["name"] == method)
        for judge in arm["judges"]:
            score = judges[judge["judge"]].fit(X, y).predict_proba(T)[:, 1]
            python = {"pr-auc": average_precision_score(t, score), "roc-auc": roc_auc_score(t, score)}
            for figure in judge["figures"]:
                if figure["figure"] not in python: continue
                value, (low, high) = python[figure["figure"]], (figure["lower"], figure["upper"])
                ok = low <= value <= high
                inside, total = inside + ok, total + 1
                rows.append({"method": method, "judge": judge["judge"], "figure": figure["figure"], "python": round(value, 4),
                             "mynah": round(figure["mean"], 4), "interval": [round(low, 4), round(high, 4)], "inside": bool(ok)})
                print(f"{method:18} {judge['judge']:20} {figure['figure']:8} python {value:.4f}  mynah {figure['mean']:.4f} ({low:.4f} to {high:.4f}){'' if ok else '  OUTSIDE'}")
print(f"{inside} of {total} within the interval")
if a.json: json.dump(rows, open(a.json, "w"), indent=1)
