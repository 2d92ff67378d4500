"""Writes gaussian-mixture.json, special-functions.json and normal-distribution.json. Made with scikit-learn 1.9.1, SciPy and NumPy.

    python make_golden.py

The mixture starts from given labels (point i belongs wholly to component labels[i]), because scikit-learn's own k-means
start depends on its random numbers.
"""
import json, pathlib, warnings
import numpy as np
import scipy.special, sklearn
from sklearn.mixture import BayesianGaussianMixture

warnings.filterwarnings("ignore")
here = pathlib.Path(__file__).parent


class FromLabels(BayesianGaussianMixture):
    def _initialize_parameters(self, X, random_state, xp=None):
        self._initialize(X, np.eye(self.n_components)[self.labels])


def fit(values, labels, components, iterations):
    model = FromLabels(
        n_components=components, weight_concentration_prior_type="dirichlet_process",
        weight_concentration_prior=0.001, max_iter=iterations)
    model.labels = labels
    model.fit(values[:, None])
    return {
        "maximumIterations": iterations, "iterations": int(model.n_iter_), "converged": bool(model.converged_),
        "weights": model.weights_.tolist(), "means": model.means_[:, 0].tolist(),
        "variances": model.covariances_[:, 0, 0].tolist(), "lowerBound": float(model.lower_bound_)}


random = np.random.default_rng(5)
datasets = {
    "three modes": np.round(np.concatenate(
        [random.normal(-4, 0.5, 150), random.normal(0, 1, 250), random.normal(5, 0.3, 100)]), 3),
    "whole numbers": np.clip(np.round(random.gamma(4, 9, 600) + 17), 17, 90),
    "skewed": np.round(np.exp(random.normal(0, 1.2, 400)), 3),
}
cases = []
for name, values in datasets.items():
    values = np.sort(values)
    components = 10
    # Ranks cut into ten; equal values stay together, and the first label goes to the uppermost cut.
    points = np.unique(values)
    ofPoint = components - 1 - np.arange(len(points)) * components // len(points)
    labels = ofPoint[np.searchsorted(points, values)]
    cases.append({
        "name": name, "points": points.tolist(), "counts": np.unique(values, return_counts=True)[1].tolist(),
        "labels": ofPoint.tolist(), "components": components,
        "fits": [fit(values, labels, components, n) for n in (1, 10, 100, 1000)]})
json.dump({"madeBy": f"scikit-learn {sklearn.__version__}", "cases": cases},
          open(here / "gaussian-mixture.json", "w"), indent=0)

arguments = [0.001, 0.05, 0.5, 0.75, 1.0, 1.4616321449683623, 2.0, 3.7, 9.99, 10.0, 25.5, 1000.25, 32561.0, 1e7]
json.dump({"madeBy": f"SciPy {scipy.__version__}", "arguments": arguments,
           "digamma": scipy.special.digamma(arguments).tolist(),
           "logGamma": scipy.special.gammaln(arguments).tolist()},
          open(here / "special-functions.json", "w"), indent=0)

arguments = [-37.5, -10.0, -5.3, -5.2, -3.0, -1.1, -0.3, 0.0, 1e-9, 0.7, 2.5, 6.1]
levels = [5e-324, 1e-300, 1e-20, 1e-12, 1e-7, 0.001, 0.0749, 0.0751, 0.25, 0.5, 0.6, 0.9249, 0.9251, 0.999, 1 - 1e-12]
json.dump({"madeBy": f"SciPy {scipy.__version__}", "arguments": arguments,
           "cumulative": scipy.special.ndtr(arguments).tolist(), "levels": levels,
           "quantiles": scipy.special.ndtri(levels).tolist()},
          open(here / "normal-distribution.json", "w"), indent=0)
