"""Ten steps of CTGAN and of WGAN-GP in PyTorch, in float64: losses and every gradient for fixed weights, noise and batches.

    python make_adversarial_steps.py ctgan > ctgan_steps.json            (made with torch 2.15.0)
    python make_adversarial_steps.py wgan-gp > wgan_gp_steps.json

A step is an update of the critic by Adam, then one of the generator, both with weight decay. Written from the papers and
from the project's notes, in the plain form: conditions widened, each critic pass apart, the gradient penalty taken at the
critic's input. The project computes the same with conditions as codes, real and fake packs together, and the first
layer's product interpolated, so agreement says that those shortcuts change nothing. Weights are written as the project
stores them: inputs x outputs, and a pack's rows before its conditions.

"float32_error" is the error that float32 brings by itself: the greatest difference between these steps in PyTorch's
float64 and in its float32, losses and gradients each relative to the largest of their tensor (but at least 0.1).
"""
import json, sys, torch
import torch.nn.functional as F

KIND = sys.argv[1]
TAU, LAMBDA, STEPS = 0.2, 10.0, 10
# Heads and widths of the encoded row's spans, and which of them are discrete columns that conditions name.
if KIND == "ctgan":  # two numbers with 3 and 2 modes, two discrete columns with 3 and 4 levels
    B, PAC, Z, RATE, DECAY, BETAS = 12, 3, 5, 1e-3, 1e-2, (0.5, 0.9)
    GEN, DISC = [6, 5], [7, 6]
    SPANS, NAMED = [("tanh", 1), ("softmax", 3), ("softmax", 3), ("tanh", 1), ("softmax", 2), ("softmax", 4)], [2, 5]
else:  # two scaled numbers, two discrete columns
    B, PAC, Z, RATE, DECAY, BETAS = 16, 1, 6, 1e-3, 1e-2, (0.0, 0.9)
    GEN, DISC = [9, 8], [10, 9]
    SPANS, NAMED = [("tanh", 1), ("softmax", 5), ("tanh", 1), ("softmax", 4)], []
STARTS = [sum(w for _, w in SPANS[:i]) for i in range(len(SPANS))]
W, C, PACKS = sum(w for _, w in SPANS), sum(SPANS[i][1] for i in NAMED), B // PAC
torch.manual_seed(7)

def rounded(t, digits=4): return (t.double() * 10 ** digits).round() / 10 ** digits
def uniform(*shape, bound): return rounded((torch.rand(*shape) * 2 - 1) * bound, 6)

def weights():
    gen, critic, inputs = {}, {}, Z + C
    for i, size in enumerate(GEN):
        gen[f"blocks.{i}.fc.weight"] = uniform(inputs, size, bound=inputs ** -0.5)
        gen[f"blocks.{i}.fc.bias"] = uniform(size, bound=inputs ** -0.5)
        gen[f"blocks.{i}.bn.weight"] = 1 + uniform(size, bound=0.3)
        gen[f"blocks.{i}.bn.bias"] = uniform(size, bound=0.3)
        inputs += size
    gen["output.weight"], gen["output.bias"] = uniform(inputs, W, bound=inputs ** -0.5), uniform(W, bound=inputs ** -0.5)
    inputs = PAC * (W + C)
    for name, size in zip(["first", "hidden.0", "output"], DISC + [1]):
        critic[name + ".weight"] = uniform(inputs, size, bound=2 * inputs ** -0.5)
        critic[name + ".bias"] = uniform(size, bound=inputs ** -0.5)
        inputs = size
    return gen, critic

def conditions():
    if not NAMED: return [], [], []
    columns = torch.randint(len(NAMED), (B,)).tolist()
    levels = [int(torch.randint(SPANS[NAMED[c]][1], (1,))) for c in columns]
    offsets = [sum(SPANS[i][1] for i in NAMED[:c]) for c in range(len(NAMED))]
    return columns, levels, [offsets[c] + l for c, l in zip(columns, levels)]

def real_rows():
    out = torch.zeros(B, W)
    for (head, width), at in zip(SPANS, STARTS):
        if head == "tanh": out[:, at] = torch.rand(B) * 1.8 - 0.9
        else: out[torch.arange(B), at + torch.randint(width, (B,))] = 1
    return rounded(out)

def noise(): return rounded(torch.randn(B, Z)), rounded(-torch.log(-torch.log(torch.rand(B, W))))

def draw():
    (columns, levels, codes), (z, g) = conditions(), noise()
    order = torch.randperm(B).tolist()
    critic = {"z": z, "gumbel": g, "mix": rounded(torch.rand(PACKS, 1)), "real": real_rows(), "codes": codes,
              "real_codes": [codes[i] for i in order] if codes else []}
    (columns, levels, codes), (z, g) = conditions(), noise()
    return critic, {"z": z, "gumbel": g, "columns": columns, "levels": levels, "codes": codes}

GENERATOR, CRITIC = weights()
DRAWS = [draw() for _ in range(STEPS)]

def play(dtype):
    """All losses, gradients and what the networks gave, and the parameters at the end."""
    gen, critic = ({k: v.clone().to(dtype).requires_grad_(True) for k, v in p.items()} for p in (GENERATOR, CRITIC))
    running = {f"blocks.{i}.bn.running_{n}": torch.full((s,), v, dtype=dtype) for i, s in enumerate(GEN)
               for n, v in (("mean", 0.0), ("var", 1.0))}
    optimizers = [torch.optim.Adam(p.values(), lr=RATE, betas=BETAS, eps=1e-8, weight_decay=DECAY) for p in (gen, critic)]
    one_hot = lambda codes: F.one_hot(torch.tensor(codes), C).to(dtype) if C else torch.zeros(B, 0, dtype=dtype)
    pack = lambda x: x.reshape(PACKS, -1)

    def generator(z, c):
        x = torch.cat([z, c], 1)
        for i in range(len(GEN)):
            h = x @ gen[f"blocks.{i}.fc.weight"] + gen[f"blocks.{i}.fc.bias"]
            h = F.batch_norm(h, running[f"blocks.{i}.bn.running_mean"], running[f"blocks.{i}.bn.running_var"],
                             gen[f"blocks.{i}.bn.weight"], gen[f"blocks.{i}.bn.bias"], True, 0.1, 1e-5)
            x = torch.cat([torch.relu(h), x], 1)
        return x @ gen["output.weight"] + gen["output.bias"]

    def activate(logits, gumbel):
        parts = [torch.tanh(logits[:, at:at + w]) if head == "tanh"
                 else torch.softmax((logits[:, at:at + w] + gumbel[:, at:at + w]) / TAU, 1)
                 for (head, w), at in zip(SPANS, STARTS)]
        return torch.cat(parts, 1)

    def judge(rows, conditions):
        x = torch.cat([rows, conditions], 1)
        for name in ("first", "hidden.0"):
            x = F.leaky_relu(x @ critic[name + ".weight"] + critic[name + ".bias"], 0.2)
        return x @ critic["output.weight"] + critic["output.bias"]

    def update(loss, parameters, optimizer):
        gradients = torch.autograd.grad(loss, list(parameters.values()))
        for p, g in zip(parameters.values(), gradients): p.grad = g
        optimizer.step()
        return dict(zip(parameters, gradients))

    steps = []
    for c, g in DRAWS:
        fake = activate(generator(c["z"].to(dtype), one_hot(c["codes"])), c["gumbel"].to(dtype)).detach()
        real_pack = pack(c["real"].to(dtype)), pack(one_hot(c["real_codes"]))
        fake_pack, mix = (pack(fake), pack(one_hot(c["codes"]))), c["mix"].to(dtype)
        between = [(mix * r + (1 - mix) * f).requires_grad_(True) for r, f in zip(real_pack, fake_pack)]
        slopes = torch.autograd.grad(judge(*between).sum(), between, create_graph=True, allow_unused=True)
        norms = torch.cat([s for s in slopes if s is not None], 1).norm(2, dim=1)
        penalty = ((norms - 1) ** 2).mean()
        critic_loss = judge(*fake_pack).mean() - judge(*real_pack).mean() + LAMBDA * penalty
        critic_gradients = update(critic_loss, critic, optimizers[1])

        logits = generator(g["z"].to(dtype), one_hot(g["codes"]))
        loss = -judge(pack(activate(logits, g["gumbel"].to(dtype))), pack(one_hot(g["codes"]))).mean()
        for row, (column, level) in enumerate(zip(g["columns"], g["levels"])):
            at, width = STARTS[NAMED[column]], SPANS[NAMED[column]][1]
            loss = loss + F.cross_entropy(logits[row:row + 1, at:at + width], torch.tensor([level]), reduction="sum") / B
        steps.append(({"fake": fake, "loss": critic_loss, "penalty": penalty, "gradients": critic_gradients},
                      {"logits": logits, "loss": loss, "gradients": update(loss, gen, optimizers[0])}))
    return steps, gen | running, critic

def error(a, b):
    a, b = a.detach().double(), b.detach().double()
    return float((a - b).abs().max() / max(float(a.abs().max()), 0.1))

def errors(exact, rough):
    for ours, theirs in zip(exact[0], rough[0]):
        for a, b in zip(ours, theirs):
            for key in a:
                if key == "gradients": yield from (error(a[key][k], b[key][k]) for k in a[key])
                elif key != "penalty": yield error(a[key], b[key])
    for a, b in zip(exact[1:], rough[1:]): yield from (error(a[k], b[k]) for k in a)

def plain(x):
    if isinstance(x, dict): return {k: plain(v) for k, v in x.items()}
    if isinstance(x, torch.Tensor): x = x.detach().flatten().tolist() if x.dim() else x.item()
    if isinstance(x, float): return float(f"{x:.8g}")
    return [plain(v) for v in x] if isinstance(x, list) else x

exact = play(torch.float64)
print(json.dumps({
    "tool": f"torch {torch.__version__}", "batch": B, "pac": PAC, "noise": Z, "rate": RATE, "decay": DECAY,
    "beta1": BETAS[0], "beta2": BETAS[1], "generator_dimensions": GEN, "discriminator_dimensions": DISC,
    "spans": [{"head": h, "width": w} for h, w in SPANS], "named": NAMED,
    "float32_error": plain(max(errors(exact, play(torch.float32)))),
    "generator": plain(GENERATOR), "critic": plain(CRITIC),
    "steps": [{"critic": plain(c | a), "generator": plain(g | b)} for (c, g), (a, b) in zip(DRAWS, exact[0])],
    "last_generator": plain(exact[1]), "last_critic": plain(exact[2]),
}, separators=(",", ":")))
