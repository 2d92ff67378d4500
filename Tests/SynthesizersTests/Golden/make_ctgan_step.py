"""One step of CTGAN in PyTorch, in float64: losses and every gradient for fixed weights, noise and batch.

    python make_ctgan_step.py > ctgan_step.json        (made with torch 2.15.0)

Written from the paper and from the project's notes, in the plain form: conditions widened, each critic pass apart, the
gradient penalty taken at the critic's input. The project computes the same with conditions as codes, real and fake
packs together, and the first layer's product interpolated, so agreement says that those shortcuts change nothing.
Weights are written as the project stores them: inputs x outputs, and a pack's rows before its conditions.
"""
import json, torch
import torch.nn.functional as F

torch.manual_seed(7)
torch.set_default_dtype(torch.float64)
B, PAC, Z, TAU, LAMBDA = 20, 5, 6, 0.2, 10.0
GEN, DISC = [8, 7], [9, 8]
# Spans of the encoded row: two numbers with 3 and 2 modes, two discrete columns with 3 and 4 levels.
SPANS = [("tanh", 1), ("softmax", 3), ("softmax", 3), ("tanh", 1), ("softmax", 2), ("softmax", 4)]
DISCRETE = [(4, 3), (10, 4)]  # offset in the row, cardinality: spans 2 and 5
W, C = sum(w for _, w in SPANS), sum(c for _, c in DISCRETE)
PACKS = B // PAC

def uniform(*shape, bound): return (torch.rand(*shape) * 2 - 1) * bound

gen = {}
inputs = Z + C
for i, size in enumerate(GEN):
    gen[f"blocks.{i}.fc.weight"] = uniform(inputs, size, bound=inputs ** -0.5)
    gen[f"blocks.{i}.fc.bias"] = uniform(size, bound=inputs ** -0.5)
    gen[f"blocks.{i}.bn.weight"] = 1 + uniform(size, bound=0.3)
    gen[f"blocks.{i}.bn.bias"] = uniform(size, bound=0.3)
    inputs += size
gen["output.weight"] = uniform(inputs, W, bound=inputs ** -0.5)
gen["output.bias"] = uniform(W, bound=inputs ** -0.5)
critic = {}
inputs = PAC * (W + C)
for name, size in zip(["first", "hidden.0", "output"], DISC + [1]):
    critic[name + ".weight"] = uniform(inputs, size, bound=2 * inputs ** -0.5)
    critic[name + ".bias"] = uniform(size, bound=inputs ** -0.5)
    inputs = size
for p in [*gen.values(), *critic.values()]: p.requires_grad_(True)

def generator(z, c):
    x = torch.cat([z, c], 1)
    for i in range(len(GEN)):
        h = x @ gen[f"blocks.{i}.fc.weight"] + gen[f"blocks.{i}.fc.bias"]
        h = F.batch_norm(h, None, None, gen[f"blocks.{i}.bn.weight"], gen[f"blocks.{i}.bn.bias"], True, 0.1, 1e-5)
        x = torch.cat([torch.relu(h), x], 1)
    return x @ gen["output.weight"] + gen["output.bias"]

def activate(logits, gumbel):
    out, at = [], 0
    for head, width in SPANS:
        part = logits[:, at:at + width]
        out.append(torch.tanh(part) if head == "tanh" else torch.softmax((part + gumbel[:, at:at + width]) / TAU, 1))
        at += width
    return torch.cat(out, 1)

def judge(rows, conditions):
    """rows and conditions: packs x (PAC * W) and packs x (PAC * C)."""
    x = torch.cat([rows, conditions], 1)
    x = F.leaky_relu(x @ critic["first.weight"] + critic["first.bias"], 0.2)
    x = F.leaky_relu(x @ critic["hidden.0.weight"] + critic["hidden.0.bias"], 0.2)
    return x @ critic["output.weight"] + critic["output.bias"]

def conditions():
    columns = torch.randint(len(DISCRETE), (B,))
    levels = torch.tensor([int(torch.randint(DISCRETE[c][1], (1,))) for c in columns])
    codes = torch.tensor([(0, 3)[c] for c in columns]) + levels
    return columns, levels, codes

def pack(x): return x.reshape(PACKS, -1)

def gumbel(): return -torch.log(-torch.log(torch.rand(B, W)))

def real_rows():
    out, at = torch.zeros(B, W), 0
    for head, width in SPANS:
        if head == "tanh": out[:, at] = torch.rand(B) * 1.8 - 0.9
        else: out[torch.arange(B), at + torch.randint(width, (B,))] = 1
        at += width
    return out

def grads(loss, parameters):
    return {k: g.flatten().tolist() for k, g in zip(parameters, torch.autograd.grad(loss, list(parameters.values())))}

# Critic.
columns, levels, codes = conditions()
permutation = torch.randperm(B)
z, noise, mix, real = torch.randn(B, Z), gumbel(), torch.rand(PACKS, 1), real_rows()
one_hot = F.one_hot(codes, C).double()
real_codes = codes[permutation]
fake = activate(generator(z, one_hot), noise).detach()
real_pack, fake_pack = (pack(real), pack(F.one_hot(real_codes, C).double())), (pack(fake), pack(one_hot))
between = [(mix * r + (1 - mix) * f).requires_grad_(True) for r, f in zip(real_pack, fake_pack)]
slopes = torch.autograd.grad(judge(*between).sum(), between, create_graph=True)
penalty = ((torch.cat(slopes, 1).norm(2, dim=1) - 1) ** 2).mean()
critic_loss = judge(*fake_pack).mean() - judge(*real_pack).mean() + LAMBDA * penalty
critic_gradients = grads(critic_loss, critic)

# Generator, on a batch of its own, against the same critic.
g_columns, g_levels, g_codes = conditions()
g_z, g_noise = torch.randn(B, Z), gumbel()
g_one_hot = F.one_hot(g_codes, C).double()
logits = generator(g_z, g_one_hot)
g_fake = activate(logits, g_noise)
cross = 0
for row in range(B):
    offset, width = DISCRETE[g_columns[row]]
    cross = cross + F.cross_entropy(logits[row:row + 1, offset:offset + width], g_levels[row:row + 1], reduction="sum")
generator_loss = -judge(pack(g_fake), pack(g_one_hot)).mean() + cross / B
generator_gradients = grads(generator_loss, gen)

flat = lambda t: t.detach().flatten().tolist()
print(json.dumps({
    "tool": f"torch {torch.__version__}", "batch": B, "pac": PAC, "noise": Z, "generator_dimensions": GEN,
    "discriminator_dimensions": DISC,
    "generator": {k: flat(v) for k, v in gen.items()}, "critic": {k: flat(v) for k, v in critic.items()},
    "critic_step": {"z": flat(z), "gumbel": flat(noise), "mix": flat(mix), "real": flat(real), "codes": codes.tolist(),
                    "real_codes": real_codes.tolist(), "fake": flat(fake), "loss": critic_loss.item(),
                    "penalty": penalty.item(), "gradients": critic_gradients},
    "generator_step": {"z": flat(g_z), "gumbel": flat(g_noise), "columns": g_columns.tolist(), "levels": g_levels.tolist(),
                       "codes": g_codes.tolist(), "logits": flat(logits), "loss": generator_loss.item(),
                       "gradients": generator_gradients},
}))
