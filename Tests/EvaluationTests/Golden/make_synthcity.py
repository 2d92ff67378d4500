"""Writes synthcity.json: alpha-precision and beta-recall by synthcity's own code, on the points of make_neighbourhood.py.

    make_synthcity.py FOLDER-OF-REAL-TABLES SYNTHCITY

SYNTHCITY is the folder of the package (pip install --no-deps synthcity): `AlphaPrecision.metrics` of its module
metrics/eval_statistical.py is run as it stands, and what the module imports besides and this method does not need is
stood in for. Made with synthcity 0.2.12, scikit-learn 1.9.1, numpy 1.26.4 (the file says which).

It is the "naive" variant, whose points are not embedded by a network that is trained on the spot. synthcity makes its
points by ranks of levels and the real range; here both programs get the same ones. What remains of difference:

- Of the ball of radius quantile(α), synthcity expects a share α of rows, Mynah the share that is in it: that of the real
  rows (alpha-precision) or of the synthetic ones (beta-recall). They differ by 1 / rows at most, and by more where rows
  are equally far from the centre. With E = Σ |share − α| / Σ α, both sums in 1 − Σ |P − α| / Σ α change by E at most, and
  so the scores by 2 E ("slack").
- Beta-recall's balls hold a share β of the synthetic rows in the paper and in Mynah; in synthcity a share β of those rows
  only that are nearest to a real one. So "beta-recall" is not to be compared, and "beta-recall-by-mynahs-radii" is: the
  same code given the quantiles of all synthetic rows. Where a real row is equally far from its nearest synthetic and
  its nearest real row, rounding decides for synthcity; each such row moves every place of the curve by 1 / rows and the
  score by 2 / rows, which is added to the slack.
- Below 0, synthcity raises an error and Mynah says 0.

"recall" is the curve's end, the share of real rows that are covered at all. synthcity's authenticity is left out: it
takes the synthetic row's place for that of a real row (`real_to_real[real_to_synth_args]`).
"""

import json
import sys
import types
import warnings
from importlib.metadata import Distribution, version
from pathlib import Path
from unittest.mock import MagicMock, patch

import numpy as np
from make_neighbourhood import ROWS, points
from make_sdmetrics import DISCRETE, SMALL, noised, peer, read, shuffled, small
from sklearn.neighbors import NearestNeighbors

warnings.filterwarnings("ignore")


def alpha_precision(package):
    """The class, with stand-ins for what its module imports."""
    path = package / "metrics" / "eval_statistical.py"
    missing = ["geomloss", "pydantic", "torch"] + ["synthcity" + name for name in (
        "", ".logger", ".metrics", ".metrics._utils", ".metrics.core", ".plugins", ".plugins.core",
        ".plugins.core.dataloader", ".plugins.core.models", ".plugins.core.models.survival_analysis",
        ".plugins.core.models.survival_analysis.metrics", ".utils", ".utils.reproducibility", ".utils.serialization")]
    stand_ins = {name: MagicMock() for name in missing}
    stand_ins["pydantic"].validate_arguments = lambda **_: lambda function: function
    stand_ins["synthcity.metrics.core"].MetricEvaluator = object
    module = types.ModuleType("eval_statistical")
    with patch.dict(sys.modules, stand_ins):
        exec(compile(path.read_text(), str(path), "exec"), module.__dict__)
    return module.AlphaPrecision


def distances(points, centre):
    return np.sqrt(((points - centre) ** 2).sum(1))


def compare(judge, real, synthetic, discrete):
    x, y = points(real, synthetic, discrete)
    metrics = judge.metrics
    alphas, precisions, coverage, precision, recall, _ = metrics(judge, x, y)
    made = distances(y, y.mean(0))
    quantile = np.quantile
    calls = []

    def of_all_synthetic_rows(values, shares):
        calls.append(len(values))
        return quantile(values if len(calls) == 1 else made, shares)

    with patch.object(np, "quantile", of_all_synthetic_rows):
        own_radii = metrics(judge, x, y)[4]
    assert len(calls) == 2

    def excess(values):
        radii = quantile(values, alphas)
        return sum(abs((values <= r).mean() - a) for r, a in zip(radii, alphas)) / sum(alphas)

    to_real = NearestNeighbors(n_neighbors=2).fit(x).kneighbors(x)[0][:, 1]
    to_made = NearestNeighbors(n_neighbors=1).fit(y).kneighbors(x)[0][:, 0]
    tied = int((np.abs(to_real - to_made) < 1e-6).sum())
    return {
        "alpha-precision": precision, "alpha-precision-slack": 2 * excess(distances(x, x.mean(0))),
        "precision": precisions[-1],
        "beta-recall": recall, "beta-recall-by-mynahs-radii": own_radii,
        "beta-recall-slack": 2 * excess(made) + 2 * tied / len(x),
        "recall": coverage[-1], "tied-rows": tied}


def main():
    folder, package = Path(sys.argv[1]), Path(sys.argv[2])
    judge = alpha_precision(package)
    levels = [c for c, kind in SMALL.items() if kind in ("categorical", "boolean")]
    cases = {"small": compare(judge, small(0, 1), small(5000, 1.25), levels)}
    for name, listed in DISCRETE.items():
        discrete = listed.split(",")
        table = read(folder / f"{name}_train.csv", name)
        real, other = table.head(ROWS), table.iloc[ROWS:2 * ROWS].reset_index(drop=True)
        copies = {
            "noised": noised(real, discrete), "shuffled": shuffled(real), "other": other, "peer": peer(name).head(ROWS)}
        for kind, copy in copies.items():
            cases[f"{name}-{kind}"] = compare(judge, real, copy, discrete)
    tools = {"synthcity": next(Distribution.discover(name="synthcity", path=[str(package.parent)])).version}
    tools |= {tool: version(tool) for tool in ("scikit-learn", "numpy")}
    cases = {name: {figure: round(float(v), 12) for figure, v in case.items()} for name, case in cases.items()}
    text = json.dumps({"tools": tools, "cases": cases}, separators=(",", ":")).replace('},"', '},\n"')
    Path(__file__).with_name("synthcity.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
