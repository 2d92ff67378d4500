"""Writes gradient_penalty.json: a WGAN-GP penalty of a small critic and its parameter gradients, by PyTorch 2 (float64).

The critic is [Linear, LeakyReLU 0.2, Linear, LeakyReLU 0.2, Linear] on rows taken `pac` at a time; the penalty is
10 mean((|dD/dx| - 1)^2). Weights are written inputs x outputs, row-major. Usage: python make_gradient_penalty.py
"""
import json
import pathlib
import torch

torch.set_default_dtype(torch.float64)
cases = []
for pac, rows, width, hidden in [(1, 6, 4, (5, 3)), (3, 12, 4, (8, 6))]:
    g = torch.Generator().manual_seed(100 + pac)
    sizes = [width * pac, *hidden, 1]
    weights = [(torch.randn(a, b, generator=g) * 0.8).requires_grad_() for a, b in zip(sizes, sizes[1:])]
    biases = [(torch.randn(b, generator=g) * 0.3).requires_grad_() for b in sizes[1:]]
    x = torch.randn(rows, width, generator=g).requires_grad_()
    h = x.view(-1, width * pac)
    for i, (w, b) in enumerate(zip(weights, biases)):
        h = h @ w + b
        if i < 2:
            h = torch.nn.functional.leaky_relu(h, 0.2)
    (slope,) = torch.autograd.grad(h.sum(), x, create_graph=True)
    penalty = 10 * ((slope.view(-1, width * pac).norm(2, dim=1) - 1) ** 2).mean()
    found = torch.autograd.grad(penalty, weights + biases, allow_unused=True)
    flat = lambda t: t.detach().flatten().tolist()
    cases.append({
        "pac": pac, "rows": rows, "sizes": sizes, "x": flat(x), "weights": [flat(w) for w in weights],
        "biases": [flat(b) for b in biases], "slope": flat(slope), "penalty": penalty.item(),
        "weightGradients": [flat(f) for f in found[:3]],
        "biasGradients": [flat(b * 0 if f is None else f) for f, b in zip(found[3:], biases)],
    })
result = {"torch": torch.__version__, "cases": cases}
pathlib.Path(__file__).with_name("gradient_penalty.json").write_text(json.dumps(result, indent=0) + "\n")
