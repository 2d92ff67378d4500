"""Races `mynah evaluate` against SDMetrics and scikit-learn, and times whole evaluations, in one run on one machine.

    race_evaluation.py [fidelity] [closest-record] [adult] [kdd] --mynah PROGRAM --data FOLDER
                       [--repeats 3] [--threads 2] [--json OUT]

  fidelity        shapes and trends of Adult against SDMetrics' QualityReport: at least 20 times as fast
  closest-record  nearest rows among 24,421 training and 24,421 unseen ones for 20,000 synthetic rows against
                  scikit-learn's brute force on the same encoding: at least 10 times as fast
  adult           the whole evaluation with yardsticks and report: less than 60 seconds
  kdd             the same at 494,021 rows: less than 10 minutes and 3 GB. It takes minutes, so it is run by name only

Run it with the Python that has sdmetrics, scikit-learn and pandas; what is absent is skipped, and said to be. The sides take
turns; a ratio is the median over the turns, MB are the peak of resident memory. That both sides find the same is checked in
the same run. The exit status is 1 where a figure is short of what it has to be.
"""
import argparse, gzip, importlib.util, json, os, random, statistics, sys, tempfile
from racing import Race, apart, process_detail

p = argparse.ArgumentParser()
p.add_argument("races", nargs="*", metavar="race")
p.add_argument("--mynah", required=True), p.add_argument("--data", required=True)
p.add_argument("--repeats", type=int, default=3), p.add_argument("--threads", type=int, default=2), p.add_argument("--json")
a = p.parse_args()
it = Race(os.path.abspath(a.mynah), a.threads, a.repeats)


def data(name): return os.path.join(a.data, name)


def split(paths, first, second, share):
    """The rows of tables with the same columns, shuffled and cut in two. A row is a line in all tables here."""
    rows = []
    for path in paths:
        with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file: header, *some = file.read().splitlines()
        rows += some
    random.Random(1).shuffle(rows)
    middle = int(len(rows) * share)
    for path, part in [(first, rows[:middle]), (second, rows[middle:])]:
        with open(path, "wb") as file: file.write(b"\n".join([header, *part]) + b"\n")


def synthetic(train, target, rows, folder, model, *settings):
    """A table to judge. How good it is does not matter here."""
    fitted, table = os.path.join(folder, "model.safetensors"), os.path.join(folder, "synthetic.csv")
    it.mynah("fit", train, "--model", model, "--target", target, "--output", fitted, *settings)
    it.mynah("sample", fitted, "--rows", str(rows), "--output", table)
    return table


QUALITY = """
import json, time, pandas as pd
from sdmetrics.reports.single_table import QualityReport
real, made = [pd.read_csv(path, na_values="?") for path in {paths!r}]
columns = {{c: {{"sdtype": "categorical" if real[c].dtype == object else "numerical"}} for c in real}}
start, cpu = time.perf_counter(), time.process_time()
report = QualityReport(); report.generate(real, made, {{"columns": columns}}, verbose=False)
took, cpu = time.perf_counter() - start, time.process_time() - cpu
shape, trend = report.get_properties()["Score"]
print(json.dumps(dict(call=took, cpu=cpu, shape=shape, trend=trend)))"""


def fidelity(folder):
    train, out, more = data("adult_train.csv"), os.path.join(folder, "out.json"), 10
    table = synthetic(train, "income", 32_561, folder, "tvae", "--set", "epochs=5")
    words = ["evaluate", "--train", train, "--metric", "shape", "--metric", "trend", "--json"]
    # What a call costs us is what each further table costs: reading it and hashing it, as the command does, included.
    turns = it.turns(lambda: it.mynah(*words, out, table), lambda: it.peer(QUALITY.format(paths=[train, table])),
                     lambda: it.mynah(*words, os.path.join(folder, "more.json"), *[table] * (1 + more)))
    detail = process_detail([us for us, _, _ in turns], [them[0] for _, them, _ in turns])
    it.ratio("fidelity.process", [(us.seconds, them[0].seconds) for us, them, _ in turns], detail, least=20)
    cpu = {"ours cpu s": statistics.median((many.cpu - us.cpu) / more for us, _, many in turns),
           "peer cpu s": statistics.median(them[1]["cpu"] for _, them, _ in turns)}
    it.ratio("fidelity.call", [((many.seconds - us.seconds) / more, them[1]["call"]) for us, them, many in turns],
             {**cpu, "ours": "a further table, read and judged", "peer": "generate() on loaded frames"}, least=20)
    it.ratio("fidelity.processAgainstCall", [(us.seconds, them[1]["call"]) for us, them, _ in turns],
             {"ours": "the whole process with yardsticks", "peer": "generate() on loaded frames"})
    with open(out) as file: ours = json.load(file)["quality"]
    theirs = turns[-1][1][1]
    it.note("fidelity.difference", max(abs(ours[k] - theirs[k]) for k in ("shape", "trend")),
            {k: ours[k] for k in ("shape", "trend")}, most=1e-9)


# Gower's distance as a Manhattan one: shares of the training table's range, and half a one for either of two levels.
NEAREST = """
import json, time, numpy as np, pandas as pd
from sklearn.neighbors import NearestNeighbors
tables = [pd.read_csv(path, na_values="?") for path in {paths!r}]
parts = [[], [], []]
for c in tables[0]:
    values = [table[c] for table in tables]
    if values[0].dtype == object:
        values = [v.fillna("") for v in values]
        for level in sorted(set().union(*values)):
            for part, v in zip(parts, values): part.append((v == level).to_numpy(float) / 2)
    else:
        low, high = values[0].min(), values[0].max()
        for part, v in zip(parts, values): part.append((v.to_numpy(float) - low) / (high - low))
train, holdout, made = [np.stack(part, 1) for part in parts]
start = time.perf_counter()
found = [NearestNeighbors(n_neighbors=1, algorithm="brute", metric="{metric}", n_jobs={threads}).fit(real).kneighbors(made)
         for real in (train, holdout)]
took = time.perf_counter() - start
t, h = [distances[:, 0] / len(tables[0].columns) for distances, _ in found]
tied = abs(t - h) <= 1e-9
print(json.dumps({{"call": took, "dimensions": made.shape[1], "first": [t[:200].tolist(), h[:200].tolist()], "found": {{
    "train-median": np.median(t), "holdout-median": np.median(h), "train-5%": np.quantile(t, .05),
    "holdout-5%": np.quantile(h, .05), "ties": int(tied.sum()), "share": np.mean((t < h) & ~tied) + np.mean(tied) / 2}}}}))"""


def closest_record(folder):
    # Equal halves and 20,000 rows: nothing is left out by chance, so either side looks at the same pairs.
    train, holdout, out = [os.path.join(folder, name) for name in ("train.csv", "holdout.csv", "out.json")]
    apart(split, [data("adult_train.csv"), data("adult_test.csv")], train, holdout, 0.5)
    table = synthetic(train, "income", 20_000, folder, "tvae", "--set", "epochs=5")
    words = ["evaluate", "--train", train, "--holdout", holdout, "--metric", "closest-record", "--json", out]

    def peer(metric): return it.peer(NEAREST.format(paths=[train, holdout, table], metric=metric, threads=a.threads))

    turns = it.turns(lambda: it.mynah(*words, table), lambda: peer("manhattan"), lambda: peer("euclidean"))
    detail = process_detail([us for us, _, _ in turns], [them[0] for _, them, _ in turns])
    it.ratio("closest-record.process", [(us.seconds, them[0].seconds) for us, them, _ in turns], detail, least=10)
    against = {"ours": "the whole process with yardsticks", "peer": "fit() and kneighbors() on encoded rows"}
    it.ratio("closest-record.call", [(us.seconds, them[1]["call"]) for us, them, _ in turns], against, least=10)
    # Not our distance, but the one that scikit-learn finds by matrix products.
    it.ratio("closest-record.euclidean", [(us.seconds, them[1]["call"]) for us, _, them in turns], against)

    theirs = turns[-1][1][1]
    with open(out) as file: ours = json.load(file)["scores"]["closest-record"]
    ours["details"]["share"] = ours["value"]
    differences = [abs(ours["details"][k] - theirs["found"][k]) for k in theirs["found"]]
    # Tables of one row say how far each row is by itself.
    with open(table) as file: header, *rows = file.read().splitlines()[:201]
    singles = [os.path.join(folder, f"{place}.csv") for place in range(len(rows))]
    for path, row in zip(singles, rows):
        with open(path, "w") as file: file.write(f"{header}\n{row}\n")
    it.mynah(*words, *singles)
    with open(out) as file: details = [one["scores"]["closest-record"]["details"] for one in json.load(file)]
    for side, distances in zip(("train", "holdout"), theirs["first"]):
        differences += [abs(one[f"{side}-median"] - d) for one, d in zip(details, distances, strict=True)]
    it.note("closest-record.difference", max(differences),
            {"rows by themselves": len(rows), "ties": theirs["found"]["ties"], "dimensions": theirs["dimensions"]}, most=1e-9)


def whole(name, train, holdout, target, table, folder, repeats, seconds, most):
    out, page = os.path.join(folder, "out.json"), os.path.join(folder, "report.html")
    words = ["evaluate", "--train", train, "--holdout", holdout, "--target", target, table, "--json", out, "--report", page]
    turns = [it.mynah(*words) for _ in range(repeats)]
    with open(out) as file: scores = json.load(file)["scores"]
    detail = {"metrics": len(scores) + 2, "page kB": os.path.getsize(page) // 1024}
    middle = statistics.median(turn.seconds for turn in turns)
    it.note(f"{name}.seconds", middle, {"cpu s": statistics.median(turn.cpu for turn in turns), **detail}, most=seconds)
    it.note(f"{name}.megabytes", max(turn.mb for turn in turns), {}, most=most)


def adult(folder):
    train, test = data("adult_train.csv"), data("adult_test.csv")
    table = synthetic(train, "income", 32_561, folder, "tvae", "--set", "epochs=5")
    whole("adult", train, test, "income", table, folder, a.repeats, 60, None)


def kdd(folder):
    train, holdout = [os.path.join(folder, name) for name in ("train.csv", "holdout.csv")]
    apart(split, [data("kddcup99_10pct.csv.gz")], train, holdout, 0.8)
    whole("kdd", train, holdout, "label", synthetic(train, "label", 494_021, folder, "gaussian-copula"), folder, 1, 600, 3072)


ADULT = ["adult_train.csv", "adult_test.csv"]
races = {"fidelity": (fidelity, ADULT[:1], ["sdmetrics", "pandas"]),
         "closest-record": (closest_record, ADULT, ["sklearn", "pandas"]),
         "adult": (adult, ADULT, []), "kdd": (kdd, ["kddcup99_10pct.csv.gz"], [])}
for name in a.races or ["fidelity", "closest-record", "adult"]:
    if name not in races: p.error(f"there is no race '{name}'; there are {', '.join(races)}")
    function, files, modules = races[name]
    absent = [f for f in files if not os.path.exists(data(f))]
    absent += [f"Python's {module}" for module in modules if importlib.util.find_spec(module) is None]
    if absent:
        print(f"{name}: skipped, for want of {', '.join(absent)}")
        continue
    with tempfile.TemporaryDirectory() as folder: function(folder)
if a.json:
    with open(a.json, "w") as file: json.dump(it.figures, file, indent=1)
sys.exit(any(not figure["kept"] for figure in it.figures))
