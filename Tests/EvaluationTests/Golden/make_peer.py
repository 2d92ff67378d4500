"""Writes peer_{adult,default,shoppers}.csv.gz: what another tool makes of the real tables, for the other scripts to judge.

    make_peer.py FOLDER-OF-REAL-TABLES

Made with CTGAN 0.12.1 (torch 2.15.0, rdt 2.0.0, pandas 2.3.3, numpy 1.26.4) on one thread of a processor: seed 7, 10 epochs,
its other settings as they come, fitted to the first 8,000 rows of each training table. So few epochs leave plenty for
metrics to find fault with. The first 2,000 rows it draws that equal no row of the real table are kept, so that no file
here holds anybody's record. Numbers have the decimals of the real column and are not clipped to its range: boundary
adherence has something to say. A missing level is "?" as in the real file, and a level like any other to CTGAN.
"""

import gzip
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from make_sdmetrics import DISCRETE, read

warnings.filterwarnings("ignore")
SEED, EPOCHS, FITTED, KEPT = 7, 10, 8000, 2000


def decimals(column):
    """The fewest that write every number of the column."""
    return next(d for d in range(17) if (column.round(d) == column).all())


def keys(table, discrete):
    """A text for each row; equal numbers have equal texts, whatever their type."""
    columns = [table[c].fillna("?") if c in discrete else table[c].astype(float).map(repr) for c in table]
    return pd.Series(map("\t".join, zip(*columns)))


def made(name, table, real):
    import torch
    from ctgan import CTGAN

    discrete = DISCRETE[name].split(",")
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    np.random.seed(SEED)
    model = CTGAN(epochs=EPOCHS, enable_gpu=False)
    model.set_random_state(SEED)
    model.fit(table.head(FITTED).fillna({c: "?" for c in discrete}), discrete)
    drawn = model.sample(KEPT + 500)
    for c in set(drawn) - set(discrete):
        drawn[c] = drawn[c].round(decimals(real[c])) + 0.0  # no −0
    copied = keys(drawn, discrete).isin(set(keys(real, discrete)))
    print(f"{name}: {int(copied.sum())} of {len(drawn)} rows equal a real one")
    return drawn[~copied.to_numpy()].head(KEPT)[list(real)]


def main():
    folder = Path(sys.argv[1])
    print({tool: version(tool) for tool in ("ctgan", "torch", "rdt", "pandas", "numpy")})
    for name in DISCRETE:
        train, test = (read(folder / f"{name}_{part}.csv", name) for part in ("train", "test"))
        real = pd.concat([train, test], ignore_index=True)
        # No time stamp in the file: the same rows are the same bytes.
        text = made(name, train, real).to_csv(index=False, lineterminator="\n")
        Path(__file__).with_name(f"peer_{name}.csv.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
