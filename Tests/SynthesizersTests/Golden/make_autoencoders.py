"""Ten steps of three variational autoencoders of rows in PyTorch, in float64: losses and every gradient, for fixed weights,
noise and batches.

    python make_autoencoders.py > autoencoders.json        (made with torch 2.15.0)

Written from the papers and from the project's notes, in the plain form: rows dense, the first layer a product with them,
the likelihood a column at a time, each weight's gradient by torch.autograd and each step by torch.optim.Adam. The project
gathers the first layer, computes the likelihood of a row in one pass from its codes, and writes the gradients by hand.
Weights are written as the project stores them: inputs x outputs, and scalars before levels in the encoder's first layer.
"""
import json, torch
import torch.nn.functional as F

torch.manual_seed(11)
torch.set_default_dtype(torch.float64)
STEPS, B, L, ENC, DEC = 10, 12, 2, [6, 5], [5, 4]
# A number with 3 modes, a column of 3 levels, a number without modes, a column of 4 levels.
SPANS = [("scalar", 1), ("levels", 3), ("levels", 3), ("scalar", 1), ("levels", 4)]
OFFSETS = [sum(w for _, w in SPANS[:i]) for i in range(len(SPANS))]
WIDTH = sum(w for _, w in SPANS)
SCALARS = [o for o, (kind, _) in zip(OFFSETS, SPANS) if kind == "scalar"]
LEVELS = [(o, w) for o, (kind, w) in zip(OFFSETS, SPANS) if kind == "levels"]
LABEL = 1  # among LEVELS: the column of 3 levels

def uniform(*shape, bound): return (torch.rand(*shape) * 2 - 1) * bound

def linear(p, name, inputs, outputs):
    p[name + ".weight"] = uniform(inputs, outputs, bound=1.5 * inputs ** -0.5)
    p[name + ".bias"] = uniform(outputs, bound=inputs ** -0.5)

def parameters(labels):
    p, n = {}, WIDTH
    for i, size in enumerate(ENC): linear(p, f"encoder.hidden.{i}", n, size); n = size
    linear(p, "encoder.statistics", n, 2 * L)
    n = L
    for i, size in enumerate(DEC): linear(p, f"decoder.hidden.{i}", n + labels, size); n = size
    linear(p, "decoder.output", n + labels, WIDTH)
    p["decoder.deviations"] = torch.full((len(SCALARS),), 0.1)
    for t in p.values(): t.requires_grad_(True)
    return p

def losses(p, x, codes, noise, tanh, conditional):
    """x: B x scalars; codes: B x spans of levels, within each span."""
    one_hot = [F.one_hot(codes[:, k], w).double() for k, (_, w) in enumerate(LEVELS)]
    h = torch.cat([x] + one_hot, 1)
    for i in range(len(ENC)): h = torch.relu(h @ p[f"encoder.hidden.{i}.weight"] + p[f"encoder.hidden.{i}.bias"])
    s = h @ p["encoder.statistics.weight"] + p["encoder.statistics.bias"]
    mean, logvar = s[:, :L], s[:, L:]
    h = mean + torch.exp(0.5 * logvar) * noise
    label = [one_hot[LABEL]] if conditional else []
    for i in range(len(DEC)):
        h = torch.relu(torch.cat([h] + label, 1) @ p[f"decoder.hidden.{i}.weight"] + p[f"decoder.hidden.{i}.bias"])
    out = torch.cat([h] + label, 1) @ p["decoder.output.weight"] + p["decoder.output.bias"]
    rec = 0
    for k, o in enumerate(SCALARS):
        mu, sigma = torch.tanh(out[:, o]) if tanh else out[:, o], p["decoder.deviations"][k]
        rec = rec + ((x[:, k] - mu) ** 2 / (2 * sigma ** 2) + torch.log(sigma)).sum()
    for k, (o, w) in enumerate(LEVELS):
        if conditional and k == LABEL: continue
        rec = rec + F.cross_entropy(out[:, o:o + w], codes[:, k], reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mean ** 2 - logvar.exp())
    return rec / len(x), kl / len(x)

def short(t): return [float(f"{v:.9g}") for v in t.detach().flatten().tolist()]

def run(tanh, weight, beta, conditional):
    p = parameters(LEVELS[LABEL][1] if conditional else 0)
    first = {k: short(v) for k, v in p.items()}
    adam = torch.optim.Adam(p.values(), lr=5e-3, weight_decay=1e-2)
    steps = []
    for step in range(STEPS):
        rows = B if step % 3 else B - 5  # batches of two sizes
        x = torch.rand(rows, len(SCALARS)) * 1.8 - 0.9 if tanh else torch.randn(rows, len(SCALARS))
        codes = torch.stack([torch.randint(w, (rows,)) for _, w in LEVELS], 1)
        noise = torch.randn(rows, L)
        rec, kl = losses(p, x, codes, noise, tanh, conditional)
        adam.zero_grad()
        (weight * rec + beta * kl).backward()
        steps.append({"scalars": short(x), "codes": codes.flatten().tolist(), "noise": short(noise),
                      "reconstruction": rec.item(), "divergence": kl.item(),
                      "gradients": {k: short(v.grad if v.grad is not None else torch.zeros_like(v)) for k, v in p.items()}})
        adam.step()
        with torch.no_grad(): p["decoder.deviations"].clamp_(0.01, 1.0)
    return {"is_tanh": tanh, "reconstruction_weight": weight, "beta": beta, "is_conditional": conditional,
            "first": first, "steps": steps, "last": {k: short(v) for k, v in p.items()}}

print(json.dumps({
    "tool": f"torch {torch.__version__}", "latent": L, "encoder_dimensions": ENC, "decoder_dimensions": DEC,
    "learning_rate": 5e-3, "weight_decay": 1e-2,
    "runs": {"tvae": run(True, 2.0, 1.0, False), "vae": run(False, 1.0, 0.4, False),
             "conditional-vae": run(False, 1.0, 1.0, True)}}))
