"""Writes sdmetrics.json: what SDMetrics' Quality report says about tables that the Swift tests build as well.

    make_sdmetrics.py FOLDER-OF-REAL-TABLES

Made with sdmetrics 0.32.0, pandas 2.3.3, numpy 1.26.4, scipy 1.17.1 (the file says which). The real tables are not
part of this repository, so each synthetic table is a copy by a rule that GoldenTables.swift follows to the last bit:
a shuffled copy (column j moved up by 7919 j rows) and a noised one (numbers moved, levels exchanged, both sometimes
missing, some levels new, all decided by a hash of row and column). The small table is made from the hash alone. The third
synthetic table is another tool's output, by make_peer.py.
"""

import json
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
from sdmetrics.reports.single_table import QualityReport  # noqa: E402

DISCRETE = {
    "adult": "workclass,education,education-num,marital-status,occupation,relationship,race,sex,native-country,income",
    "default": "SEX,EDUCATION,MARRIAGE,PAY_0,PAY_2,PAY_3,PAY_4,PAY_5,PAY_6,default payment next month",
    "shoppers": "Month,OperatingSystems,Browser,Region,TrafficType,VisitorType,Weekend,Revenue",
}


def hashes(rows, column):
    """One number below 2^32 for each row."""
    h = (np.arange(rows, dtype=np.uint64) * 2654435761 + column * 40503 + 12345) % 2**32
    h = ((h ^ (h >> 16)) * 0x45D9F3B) % 2**32
    h = ((h ^ (h >> 16)) * 0x45D9F3B) % 2**32
    return h ^ (h >> 16)


def read(path, name):
    """A table with the kinds that RealTables.read gives its columns."""
    discrete = DISCRETE[name].split(",")
    table = pd.read_csv(
        path, skipinitialspace=True, na_values=["?"], keep_default_na=False, float_precision="round_trip",
        dtype={c: str for c in discrete})
    for c in discrete:
        table[c] = table[c].astype(object).where(table[c].notna(), None)
    return table


def peer(name):
    """What make_peer.py wrote: 2,000 rows of CTGAN's."""
    return read(Path(__file__).with_name(f"peer_{name}.csv.gz"), name)


def shuffled(table):
    rows = len(table)
    return pd.DataFrame(
        {c: table[c].to_numpy()[(np.arange(rows) + 7919 * j) % rows] for j, c in enumerate(table)}
    )


def noised(table, discrete):
    rows = len(table)
    copy = {}
    for j, c in enumerate(table):
        h = hashes(rows, j)
        if c in discrete:
            v = table[c].to_numpy(dtype=object).copy()
            source = table[c].to_numpy(dtype=object)[(h >> 8) % rows]
            v = np.where(h % 10 < 3, source, v)
            v[h % 97 == 0] = "never seen"
            v[h % 89 == 0] = None
        else:
            v = table[c].to_numpy(dtype=float).copy()
            amplitude = (np.nanmax(v) - np.nanmin(v)) / 16
            v = v + ((h % 2001).astype(float) - 1000) / 1000 * amplitude
            v[h % 17 == 0] = np.nan
        copy[c] = v
    return pd.DataFrame(copy)


def small(first_row, scale):
    """200 rows of each kind of column, with all that is unusual about columns."""
    rows = 200
    h = [hashes(first_row + rows, j)[first_row:] for j in range(8)]
    amount = (h[0] % 10000).astype(float) / 100 * scale
    colours = np.array(["red", "green", "blue", "mauve"] if scale == 1 else ["mauve", "teal", "red", "green"], dtype=object)
    colour = colours[np.where(h[1] % 4 == 0, h[2] % 4, (amount / 30).astype(np.uint64) % 4)]
    flag = np.where((amount > 40) ^ (h[3] % 7 == 0), "true", "false").astype(object)
    seconds = 1_600_000_000 + 86_400 * ((amount.astype(np.int64) + (h[4] % 60).astype(np.int64)))
    when = pd.to_datetime(pd.Series(seconds), unit="s").astype("datetime64[ns]")
    when[h[5] % 11 == 0] = pd.NaT
    count = np.floor(amount / 5) + (h[6] % 3).astype(float)
    with_gaps = amount.copy()
    with_gaps[h[7] % 13 == 0] = np.nan
    with_gaps[h[7] % 29 == 1] = 0.1 + 0.2 if scale == 1 else 0.3
    colour[h[7] % 9 == 0] = None
    return pd.DataFrame({
        "amount": with_gaps,
        "count": count.astype(np.int64),
        "flat": np.full(rows, 3.5),
        "colour": colour,
        "flag": flag,
        "when": when,
        "blank": np.full(rows, np.nan),
        "void": np.full(rows, None, dtype=object),
        "same": np.full(rows, "one", dtype=object),
    })


SMALL = {c: "numerical" for c in ("amount", "count", "flat", "blank")}
SMALL |= {c: "categorical" for c in ("colour", "void", "same")} | {"flag": "boolean", "when": "datetime"}


def number(value):
    return None if value is None or pd.isna(value) else round(float(value), 12)


def scores(real, synthetic, sdtypes):
    """[shape, trend, quality], columns [name, metric, score] and pairs [first, second, metric, score,
    real correlation, synthetic correlation, real association], for SDMetrics' thresholds and for none."""
    metadata = {"columns": {c: {"sdtype": sdtypes[c]} for c in real}}
    result = {}
    for key, thresholds in {"default": None, "unthresholded": 0}.items():
        report = QualityReport()
        if thresholds is not None:
            report.real_correlation_threshold = report.real_association_threshold = thresholds
        report.generate(real, synthetic, metadata, verbose=False)
        properties = report.get_properties().set_index("Property")["Score"]
        columns, pairs = report.get_details("Column Shapes"), report.get_details("Column Pair Trends")
        names = ["Score", "Real Correlation", "Synthetic Correlation", "Real Association"]
        result[key] = {
            "overall": [number(properties["Column Shapes"]), number(properties["Column Pair Trends"]), number(report.get_score())],
            "pairs": [[r["Column 1"], r["Column 2"], r["Metric"], [number(r[n]) for n in names]] for _, r in pairs.iterrows()],
        }
        result["columns"] = [[r["Column"], r["Metric"], number(r["Score"])] for _, r in columns.iterrows()]
    return result


def main():
    folder = Path(sys.argv[1])
    cases = {"small": scores(small(0, 1), small(5000, 1.25), SMALL)}
    for name, listed in DISCRETE.items():
        discrete = listed.split(",")
        table = read(folder / f"{name}_train.csv", name)
        sdtypes = {c: "categorical" if c in discrete else "numerical" for c in table}
        cases[f"{name}-shuffled"] = scores(table, shuffled(table), sdtypes)
        cases[f"{name}-noised"] = scores(table, noised(table, discrete), sdtypes)
        cases[f"{name}-peer"] = scores(table, peer(name), sdtypes)
    tools = {tool: version(tool) for tool in ("sdmetrics", "pandas", "numpy", "scipy")}
    # A line for each column and pair, so that a change can be read as one.
    text = json.dumps({"tools": tools, "cases": cases}, separators=(",", ":")).replace(',["', ',\n["')
    Path(__file__).with_name("sdmetrics.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
