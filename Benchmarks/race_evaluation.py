"""Races `mynah evaluate` against SDMetrics and scikit-learn, and times whole evaluations, in one run on one machine.

    race_evaluation.py [fidelity] [closest-record] [adult] [kdd] --mynah PROGRAM --data FOLDER
                       [--repeats 3] [--threads 2] [--json OUT]

  fidelity        shapes and trends of Adult against SDMetrics' QualityReport: at least 20 times as fast
  closest-record  nearest rows among 24,421 training and 24,421 unseen rows for 20,000 synthetic ones against scikit-learn's
                  brute force, on the same encoding: at least 10 times as fast, and the distances have to agree
  adult           the whole evaluation with yardsticks and report: less than 60 seconds
  kdd             the same at 494,021 rows: less than 10 minutes and 3 GB; minutes, so it runs by name only

Run it with the Python that has sdmetrics, scikit-learn and pandas; what is missing is skipped, and said to be. Both sides
take turns; a ratio is the median over the turns, and MB are the peak of resident memory that the system counted for the
process. Ours is always a whole process: start, reading CSV, and the yardsticks, which no peer computes. The peer is given
twice: the call alone, with tables in memory, and the whole process with its imports. The exit status is 1 where a figure is
short of what it has to be.
"""
import argparse, gzip, importlib.util, json, multiprocessing, os, random, statistics, subprocess, sys, tempfile, time

p = argparse.ArgumentParser()
p.add_argument("races", nargs="*", metavar="race"), p.add_argument("--mynah", required=True), p.add_argument("--data", required=True)
p.add_argument("--repeats", type=int, default=3), p.add_argument("--threads", type=int, default=2), p.add_argument("--json")
a = p.parse_args()
figures = []


def run(command):
    """Seconds, peak MB and what the process printed. This process stays small: a child begins with its parent's peak."""
    variables = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"], str(a.threads))
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=log, env={**os.environ, **variables})
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            sys.exit(f"{' '.join(command)[:300]}\nended with {process.returncode}:\n{log.read().decode(errors='replace')[-2000:]}")
        out.seek(0)
        return took, usage.ru_maxrss / 1024, out.read().decode()


def mynah(*words): return run([a.mynah, *words, "--threads", str(a.threads), "--quiet"])


def peer(code):
    """Seconds and MB of a fresh Python, and the JSON object it prints last."""
    took, mb, printed = run([sys.executable, "-W", "ignore", "-c", code])
    return took, mb, json.loads(printed.splitlines()[-1])


def apart(function, *words):
    """Prepares data in a process of its own, so that this one stays small."""
    child = multiprocessing.get_context("fork").Process(target=function, args=words)
    child.start(), child.join()
    if child.exitcode: sys.exit(f"{function.__name__} ended with {child.exitcode}")


def split(paths, first, second, share):
    """The rows of some tables with the same columns, shuffled and cut in two."""
    rows = []
    for path in paths:
        header, *some = (gzip.open if path.endswith(".gz") else open)(path, "rb").read().splitlines()
        rows += some
    random.Random(1).shuffle(rows)
    middle = int(len(rows) * share)
    for path, part in [(first, rows[:middle]), (second, rows[middle:])]:
        with open(path, "wb") as file: file.write(b"\n".join([header, *part]) + b"\n")


def synthetic(train, target, rows, folder, model, *settings):
    """A table to judge. Its quality does not matter here."""
    fitted, table = os.path.join(folder, "model.safetensors"), os.path.join(folder, "synthetic.csv")
    mynah("fit", train, "--model", model, "--target", target, "--output", fitted, *settings)
    mynah("sample", fitted, "--rows", str(rows), "--output", table)
    return table


def note(name, value, required, kept, detail):
    figures.append({"figure": name, "value": value, "required": required, "kept": kept, **detail})
    said = ", ".join(f"{k.replace('_', ' ')} {v:.4g}" if isinstance(v, float) else f"{k.replace('_', ' ')} {v}" for k, v in detail.items())
    print(f"{name:34} {value:<10.4g} {required:12} {'' if kept else 'SHORT':6} {said}", flush=True)


def race(name, ours, theirs, least, alone="alone"):
    """Takes turns, and notes how many times longer the peer takes: its call alone, and its whole process."""
    turns = [(ours(), theirs()) for _ in range(a.repeats)]
    middle = lambda values: statistics.median(values)
    for kind, seconds in [("call", lambda it: it[2][alone]), ("process", lambda it: it[0])]:
        ratio = middle(seconds(them) / us[0] for us, them in turns)
        detail = {"ours_s": middle(us[0] for us, _ in turns), "peer_s": middle(seconds(them) for _, them in turns),
                  "ours_mb": middle(us[1] for us, _ in turns), "peer_mb": middle(them[1] for _, them in turns)}
        note(f"{name}.{kind}", ratio, f"≥ {least}" if least else "", ratio >= (least or 0), detail)
    return turns[-1][1][2]


def fidelity(folder):
    train, target = os.path.join(a.data, "adult_train.csv"), "income"
    table, out = synthetic(train, target, 32_561, folder, "tvae", "--set", "epochs=5"), os.path.join(folder, "out.json")
    code = f"""
import json, time, pandas as pd
from sdmetrics.reports.single_table import QualityReport
real, made = [pd.read_csv(path, na_values="?") for path in {[train, table]!r}]
columns = {{c: {{"sdtype": "categorical" if real[c].dtype == object else "numerical"}} for c in real}}
start = time.perf_counter(); report = QualityReport(); report.generate(real, made, {{"columns": columns}}, verbose=False)
took = time.perf_counter() - start
shape, trend = report.get_properties()["Score"]; print(json.dumps(dict(alone=took, shape=shape, trend=trend)))"""
    command = ["evaluate", "--train", train, table, "--metric", "shape", "--metric", "trend", "--json", out]
    theirs = race("fidelity", lambda: mynah(*command), lambda: peer(code), 20)
    ours = json.load(open(out))["quality"]
    apart_by = max(abs(ours[k] - theirs[k]) for k in ("shape", "trend"))
    note("fidelity.difference", apart_by, "≤ 1e-6", apart_by <= 1e-6, {k: ours[k] for k in ("shape", "trend")})


# Gower's distance as a Manhattan one: shares of the training table's range, and half a one for either of two levels.
NEAREST = """
import json, time, numpy as np, pandas as pd
from sklearn.neighbors import NearestNeighbors
train, holdout, made = [pd.read_csv(path, na_values="?") for path in {paths!r}]
parts = [[], [], []]
for c in train:
    values = [table[c] for table in (train, holdout, made)]
    if train[c].dtype == object:
        values = [v.fillna("") for v in values]
        for level in sorted(set().union(*values)): [part.append((v == level).to_numpy(float) / 2) for part, v in zip(parts, values)]
    else:
        low, high = train[c].min(), train[c].max()
        [part.append((v.to_numpy(float) - low) / (high - low)) for part, v in zip(parts, values)]
train, holdout, made = [np.stack(part, 1) for part in parts]
start = time.perf_counter()
found = [NearestNeighbors(n_neighbors=1, algorithm="brute", metric="{metric}", n_jobs={threads}).fit(table).kneighbors(made)[0][:, 0]
         for table in (train, holdout)]
took = time.perf_counter() - start
t, h = [d / {columns} for d in found]
print(json.dumps({{"alone": took, "train-median": np.median(t), "holdout-median": np.median(h), "train-5%": np.quantile(t, .05),
    "holdout-5%": np.quantile(h, .05), "ties": int((abs(t - h) <= 1e-9).sum()), "first": [t[:200].tolist(), h[:200].tolist()],
    "share": np.mean(t - h < -1e-9) + np.mean(abs(t - h) <= 1e-9) / 2, "dimensions": made.shape[1]}}))"""


def closest_record(folder):
    # Equal halves and 20,000 rows: nothing is left out by chance, so either side looks at the same pairs.
    train, holdout, out = [os.path.join(folder, name) for name in ("train.csv", "holdout.csv", "out.json")]
    apart(split, [os.path.join(a.data, f"adult_{part}.csv") for part in ("train", "test")], train, holdout, 0.5)
    table = synthetic(train, "income", 20_000, folder, "tvae", "--set", "epochs=5")
    command = ["evaluate", "--train", train, "--holdout", holdout, "--metric", "closest-record", "--json", out]
    code = lambda metric: NEAREST.format(paths=[train, holdout, table], metric=metric, threads=a.threads, columns=15)
    # Another distance, so no requirement, but the one that scikit-learn finds by matrix products.
    race("closest-record.euclidean", lambda: mynah(*command, table), lambda: peer(code("euclidean")), None)
    theirs = race("closest-record", lambda: mynah(*command, table), lambda: peer(code("manhattan")), 10)
    ours = json.load(open(out))["scores"]["closest-record"]
    differences = [abs({**ours["details"], "share": ours["value"]}[k] - theirs[k]) for k in theirs if k not in ("alone", "first", "dimensions")]

    # Tables of one row say what each row's own distances are.
    header, *rows = open(table).read().splitlines()[:201]
    singles = [os.path.join(folder, f"{place}.csv") for place in range(len(rows))]
    for path, row in zip(singles, rows):
        with open(path, "w") as file: file.write(f"{header}\n{row}\n")
    mynah(*command, *singles)
    for place, it in enumerate(json.load(open(out))):
        details = it["scores"]["closest-record"]["details"]
        differences += [abs(details[f"{side}-median"] - theirs["first"][which][place]) for which, side in enumerate(("train", "holdout"))]
    note("closest-record.difference", max(differences), "≤ 1e-9", max(differences) <= 1e-9,
         {"rows_looked_at_singly": len(rows), "ties": theirs["ties"], "dimensions": theirs["dimensions"]})


def whole(name, train, holdout, target, table, folder, seconds, most):
    out, page = os.path.join(folder, "out.json"), os.path.join(folder, "report.html")
    command = ["evaluate", "--train", train, "--holdout", holdout, "--target", target, table, "--json", out, "--report", page]
    turns = [mynah(*command) for _ in range(a.repeats if name == "adult" else 1)]
    took, mb = [statistics.median(turn[place] for turn in turns) for place in (0, 1)]
    scores = json.load(open(out))["scores"]
    note(f"{name}.seconds", took, f"≤ {seconds}", took <= seconds, {"metrics": len(scores) + 2, "report_kb": os.path.getsize(page) // 1024})
    note(f"{name}.megabytes", mb, f"≤ {most}" if most else "", mb <= (most or mb), {})


def adult(folder):
    train, test = [os.path.join(a.data, f"adult_{part}.csv") for part in ("train", "test")]
    whole("adult", train, test, "income", synthetic(train, "income", 32_561, folder, "tvae", "--set", "epochs=5"), folder, 60, None)


def kdd(folder):
    train, holdout = [os.path.join(folder, name) for name in ("train.csv", "holdout.csv")]
    apart(split, [os.path.join(a.data, "kddcup99_10pct.csv.gz")], train, holdout, 0.8)
    whole("kdd", train, holdout, "label", synthetic(train, "label", 494_021, folder, "gaussian-copula"), folder, 600, 3072)


ADULT = ["adult_train.csv", "adult_test.csv"]
races = {"fidelity": (fidelity, ADULT[:1], ["sdmetrics", "pandas"]), "closest-record": (closest_record, ADULT, ["sklearn", "pandas"]),
         "adult": (adult, ADULT, []), "kdd": (kdd, ["kddcup99_10pct.csv.gz"], [])}
for name in a.races or ["fidelity", "closest-record", "adult"]:
    if name not in races: p.error(f"there is no race '{name}'; there are {', '.join(races)}")
    function, files, modules = races[name]
    absent = [f for f in files if not os.path.exists(os.path.join(a.data, f))]
    absent += [f"Python's {m}" for m in modules if importlib.util.find_spec(m) is None]
    if absent:
        print(f"{name}: skipped, for want of {', '.join(absent)}")
        continue
    with tempfile.TemporaryDirectory() as folder: function(folder)
if a.json:
    with open(a.json, "w") as file: json.dump(figures, file, indent=1)
sys.exit(any(not figure["kept"] for figure in figures))
