"""Writes layers.json: layers, losses and optimisers as PyTorch 2 computes them, in float64.

Linear weights are written inputs x outputs. Usage: python make_layers.py
"""
import json
import pathlib
import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
g = torch.Generator().manual_seed(7)
flat = lambda t: t.detach().flatten().tolist()
normal = lambda *shape: torch.randn(*shape, generator=g)
result = {"torch": torch.__version__}


def gradients(y, cotangent, inputs):
    return [flat(t) for t in torch.autograd.grad((y * cotangent).sum(), inputs)]


x, w, b, c = normal(5, 3).requires_grad_(), normal(3, 4).requires_grad_(), normal(4).requires_grad_(), normal(5, 4)
y = F.linear(x, w.T, b)
result["linear"] = {"x": flat(x), "weight": flat(w), "bias": flat(b), "cotangent": flat(c), "y": flat(y),
                    "gradients": gradients(y, c, [x, w, b])}

norm = nn.BatchNorm1d(3)
norm.weight.data, norm.bias.data = normal(3), normal(3)
batches = [(normal(6, 3) * 2 + 1).requires_grad_() for _ in range(3)]
c = normal(6, 3)
steps = []
for batch in batches:
    y = norm(batch)
    steps.append({"x": flat(batch), "y": flat(y), "mean": flat(norm.running_mean), "variance": flat(norm.running_var),
                  "gradients": gradients(y, c, [batch, norm.weight, norm.bias])})
norm.eval()
result["batchNorm"] = {"weight": flat(norm.weight), "bias": flat(norm.bias), "cotangent": flat(c), "steps": steps,
                       "inference": flat(norm(batches[0]))}

norm = nn.LayerNorm(4)
norm.weight.data, norm.bias.data = normal(4), normal(4)
x, c = (normal(3, 4) * 3 - 1).requires_grad_(), normal(3, 4)
y = norm(x)
result["layerNorm"] = {"weight": flat(norm.weight), "bias": flat(norm.bias), "x": flat(x), "cotangent": flat(c),
                       "y": flat(y), "gradients": gradients(y, c, [x, norm.weight, norm.bias])}

table, codes, c = normal(5, 2).requires_grad_(), torch.tensor([3, 0, 3, 4]), normal(4, 2)
y = F.embedding(codes, table)
result["embedding"] = {"table": flat(table), "codes": codes.tolist(), "cotangent": flat(c), "y": flat(y),
                       "gradients": gradients(y, c, [table])}

x = normal(12) * 2
result["activations"] = {"x": flat(x), "relu": flat(F.relu(x)), "leakyReLU": flat(F.leaky_relu(x, 0.2)),
                         "tanh": flat(torch.tanh(x)), "sigmoid": flat(torch.sigmoid(x)), "silu": flat(F.silu(x))}

p, t = normal(4, 3).requires_grad_(), normal(4, 3)
loss = F.mse_loss(p, t)
result["meanSquaredError"] = {"p": flat(p), "t": flat(t), "loss": loss.item(), "gradient": gradients(loss, 1, [p])[0]}
p, t = (normal(5, 4) * 3).requires_grad_(), torch.tensor([0, 3, 1, 1, 2])
loss = F.cross_entropy(p, t)
result["crossEntropy"] = {"p": flat(p), "t": t.tolist(), "loss": loss.item(), "gradient": gradients(loss, 1, [p])[0]}
p = torch.tensor([0.0, 0.0, 1.5, -2.5, 60.0, -60.0, 60.0, -60.0]).requires_grad_()
t = torch.tensor([0.0, 1.0, 0.3, 1.0, 1.0, 0.0, 0.0, 1.0])
loss = F.binary_cross_entropy_with_logits(p, t)
result["binaryCrossEntropy"] = {"p": flat(p), "t": flat(t), "loss": loss.item(),
                                "gradient": gradients(loss, 1, [p])[0]}

start, slopes = normal(6), [normal(6) * 0.5 for _ in range(10)]
optimizers = {
    "adam": lambda p: torch.optim.Adam([p], lr=0.05, betas=(0.5, 0.9), weight_decay=0.01),
    "adamDefault": lambda p: torch.optim.Adam([p]),
    "adamW": lambda p: torch.optim.AdamW([p], lr=0.05, weight_decay=0.1),
    "sgd": lambda p: torch.optim.SGD([p], lr=0.05),
    "sgdMomentum": lambda p: torch.optim.SGD([p], lr=0.05, momentum=0.9, weight_decay=0.01),
}
result["optimizers"] = {"start": flat(start), "gradients": [flat(s) for s in slopes], "paths": {}}
for name, make in optimizers.items():
    parameter = start.clone().requires_grad_()
    optimizer, path = make(parameter), []
    for slope in slopes:
        parameter.grad = slope.clone()
        optimizer.step()
        path.append(flat(parameter))
    result["optimizers"]["paths"][name] = path

pathlib.Path(__file__).with_name("layers.json").write_text(json.dumps(result, indent=0) + "\n")
