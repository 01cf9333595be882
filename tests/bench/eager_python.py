"""One TreeGRPO iteration in eager Python: the same network, schedule and objective as the program's,
written plainly with PyTorch's own layers and operations, one batch a step, one forward a parent.

    python eager_python.py MODEL REFERENCE [--threads N] [--rounds N]

MODEL is the bundled model; REFERENCE is what `bench_iteration --part reference` prints: the starts of
the window with their shares, the prompts as tokens, and the network's answer to a fixed input, against
which this network is checked before anything is timed. Prints the seconds of an iteration by phase as
JSON. The reward is colorfulness, a formula of a few lines on either side.
"""

import argparse
import json
import math
import os
import statistics
import sys
import time

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # before libgomp is loaded, as the program does

import torch
import torch.nn.functional as F
from torch import nn

STEPS, WINDOW, BRANCH, NOISE_LEVEL = 10, 3, 3, 0.7
STD_MIN, ADVANTAGE_MAX, CLIP_RANGE, LEARNING_RATE = 0.05, 5.0, 1e-4, 2e-4


def read_safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = bytearray(file.read())
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        assert entry["dtype"] == "F32", name
        begin, end = entry["data_offsets"]
        tensors[name] = torch.frombuffer(data[begin:end], dtype=torch.float32).view(entry["shape"])
    return json.loads(metadata["config"]), tensors


# ---- The network: Stable Diffusion 3.5's transformer in miniature --------------------------------


class RmsNorm(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))

    def forward(self, x):
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-6) * self.weight


class JointAttention(nn.Module):
    def __init__(self, width, heads, is_last):
        super().__init__()
        self.heads = heads
        for name in ("to_q", "to_k", "to_v", "add_q_proj", "add_k_proj", "add_v_proj"):
            setattr(self, name, nn.Linear(width, width))
        for name in ("norm_q", "norm_k", "norm_added_q", "norm_added_k"):
            setattr(self, name, RmsNorm(width // heads))
        self.to_out = nn.ModuleList([nn.Linear(width, width)])
        self.to_add_out = None if is_last else nn.Linear(width, width)

    def by_head(self, x):
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    def forward(self, image, context):
        q = torch.cat([self.norm_q(self.by_head(self.to_q(image))),
                       self.norm_added_q(self.by_head(self.add_q_proj(context)))], 2)
        k = torch.cat([self.norm_k(self.by_head(self.to_k(image))),
                       self.norm_added_k(self.by_head(self.add_k_proj(context)))], 2)
        v = torch.cat([self.by_head(self.to_v(image)), self.by_head(self.add_v_proj(context))], 2)
        mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)
        image_out = self.to_out[0](mixed[:, : image.shape[1]])
        if self.to_add_out is None:
            return image_out, None
        return image_out, self.to_add_out(mixed[:, image.shape[1] :])


class FeedForward(nn.Module):
    def __init__(self, width):
        super().__init__()
        first = nn.Module()
        first.proj = nn.Linear(width, 4 * width)
        self.net = nn.ModuleList([first, nn.Identity(), nn.Linear(4 * width, width)])

    def forward(self, x):
        return self.net[2](F.gelu(self.net[0].proj(x), approximate="tanh"))


class Modulation(nn.Module):
    def __init__(self, width, count):
        super().__init__()
        self.linear = nn.Linear(width, count * width)
        self.count = count

    def forward(self, conditioning):
        return [part.unsqueeze(1) for part in self.linear(conditioning).chunk(self.count, 1)]


def modulated(x, shift, scale):
    return F.layer_norm(x, x.shape[-1:], eps=1e-6) * (1 + scale) + shift


class JointBlock(nn.Module):
    def __init__(self, width, heads, is_last):
        super().__init__()
        self.norm1 = Modulation(width, 6)
        self.norm1_context = Modulation(width, 2 if is_last else 6)
        self.attn = JointAttention(width, heads, is_last)
        self.ff = FeedForward(width)
        self.ff_context = None if is_last else FeedForward(width)

    def forward(self, image, context, conditioning):
        x, c = self.norm1(conditioning), self.norm1_context(conditioning)
        shift, scale = (c[0], c[1]) if self.ff_context is not None else (c[1], c[0])
        image_out, context_out = self.attn(modulated(image, x[0], x[1]),
                                           modulated(context, shift, scale))
        image = image + x[2] * image_out
        image = image + x[5] * self.ff(modulated(image, x[3], x[4]))
        if self.ff_context is None:
            return image, None
        context = context + c[2] * context_out
        context = context + c[5] * self.ff_context(modulated(context, c[3], c[4]))
        return image, context


class EmbeddingMlp(nn.Module):
    def __init__(self, size, width):
        super().__init__()
        self.linear_1 = nn.Linear(size, width)
        self.linear_2 = nn.Linear(width, width)

    def forward(self, x):
        return self.linear_2(F.silu(self.linear_1(x)))


class TinyDit(nn.Module):
    def __init__(self, config):
        super().__init__()
        width = config["heads"] * config["head_dim"]
        self.patch = config["patch"]
        side = config["latent_size"] // self.patch
        channels = config["latent_channels"]
        self.text = nn.Module()
        self.text.word_embedding = nn.Embedding(len(config["vocabulary"]), config["word_dim"])
        self.text.position_embedding = nn.Embedding(config["words"], config["word_dim"])
        self.pos_embed = nn.Module()
        self.pos_embed.proj = nn.Conv2d(channels, width, self.patch, self.patch)
        self.pos_embed.register_buffer("pos_embed", torch.zeros(1, side * side, width))
        self.time_text_embed = nn.Module()
        self.time_text_embed.timestep_embedder = EmbeddingMlp(256, width)
        self.time_text_embed.text_embedder = EmbeddingMlp(config["words"] * config["word_dim"], width)
        self.context_embedder = nn.Linear(config["word_dim"], width)
        depth = config["depth"]
        self.transformer_blocks = nn.ModuleList(
            [JointBlock(width, config["heads"], i + 1 == depth) for i in range(depth)])
        self.norm_out = Modulation(width, 2)
        self.proj_out = nn.Linear(width, self.patch**2 * channels)

    def forward(self, latents, sigma, tokens):
        text = self.text.word_embedding(tokens) + self.text.position_embedding.weight
        frequencies = torch.exp(torch.arange(128) * (-math.log(10000.0) / 128))
        angles = (1000 * sigma).unsqueeze(1) * frequencies
        time_embedding = torch.cat([angles.cos(), angles.sin()], 1)
        conditioning = F.silu(self.time_text_embed.timestep_embedder(time_embedding)
                              + self.time_text_embed.text_embedder(text.flatten(1)))
        image = self.pos_embed.proj(latents).flatten(2).transpose(1, 2) + self.pos_embed.pos_embed
        context = self.context_embedder(text)
        for block in self.transformer_blocks:
            image, context = block(image, context, conditioning)
        scale, shift = self.norm_out(conditioning)
        out = self.proj_out(modulated(image, shift, scale))
        rows, p = latents.shape[2] // self.patch, self.patch
        return (out.view(len(out), rows, rows, p, p, -1).permute(0, 5, 1, 3, 2, 4)
                .reshape(latents.shape))


class ResnetBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.norm1, self.norm2 = (nn.GroupNorm(8, channels, eps=1e-6) for _ in range(2))
        self.conv1, self.conv2 = (nn.Conv2d(channels, channels, 3, padding=1) for _ in range(2))

    def forward(self, x):
        return x + self.conv2(F.silu(self.norm2(self.conv1(F.silu(self.norm1(x))))))


class Decoder(nn.Module):
    def __init__(self, config):
        super().__init__()
        inner, outer = config["vae_inner_channels"], config["vae_outer_channels"]
        self.fold = config["vae_fold"]
        self.conv_in = nn.Conv2d(config["vae_latent_channels"], inner, 3, padding=1)
        self.up_blocks = nn.ModuleList([nn.Module(), nn.Module()])
        for block, channels in zip(self.up_blocks, (inner, outer)):
            block.resnets = nn.ModuleList(
                [ResnetBlock(channels) for _ in range(config["vae_decoder_blocks"])])
        upsampler = nn.Module()
        upsampler.conv = nn.Conv2d(inner, outer, 3, padding=1)
        self.up_blocks[0].upsamplers = nn.ModuleList([upsampler])
        self.conv_norm_out = nn.GroupNorm(8, outer, eps=1e-6)
        self.conv_out = nn.Conv2d(outer, 3 * self.fold**2, 3, padding=1)

    def forward(self, x):
        x = self.conv_in(x)
        for block in self.up_blocks[0].resnets:
            x = block(x)
        x = self.up_blocks[0].upsamplers[0].conv(F.interpolate(x, scale_factor=2))
        for block in self.up_blocks[1].resnets:
            x = block(x)
        return F.pixel_shuffle(self.conv_out(F.silu(self.conv_norm_out(x))), self.fold)


class Model:
    """The bundled model: network, decoder, and the latents' normalisation."""

    def __init__(self, path):
        config, tensors = read_safetensors(path)
        part = lambda prefix: {name[len(prefix):]: tensor for name, tensor in tensors.items()
                               if name.startswith(prefix)}
        self.dit = TinyDit(config)
        self.dit.load_state_dict(part("transformer."))
        self.decoder = Decoder(config)
        self.decoder.load_state_dict(part("vae.decoder."))
        self.decoder.requires_grad_(False)
        vae = part("vae.")
        self.mean, self.std = vae["latent_mean"], vae["latent_std"]
        self.latent_shape = [config["latent_channels"]] + 2 * [config["latent_size"]]

    def decode(self, latents):
        return ((self.decoder(latents * self.std + self.mean) + 1) / 2).clamp(0, 1)


# ---- One iteration -------------------------------------------------------------------------------


def transition(velocity, latents, step, noise_level):
    """Mean and deviation of a Flow-SDE step (Flow-GRPO eq. 9); noise_level 0 is Euler's."""
    sigma, sigma_next = 1 - step / STEPS, 1 - (step + 1) / STEPS
    dt = sigma_next - sigma
    if noise_level == 0:
        return latents + velocity * dt, 0.0
    below_one = sigma if sigma < 1 else 1 - 1 / STEPS
    diffusion = noise_level * math.sqrt(sigma / (1 - below_one))
    drift = diffusion**2 / (2 * sigma) * dt
    mean = latents * (1 + drift) + velocity * (dt + drift * (1 - sigma))
    return mean, diffusion * math.sqrt(-dt)


def log_prob(latents, mean, std):
    square = (latents - mean).square().flatten(1).mean(1)
    return -square / (2 * std**2) - math.log(std) - 0.5 * math.log(2 * math.pi)


@torch.no_grad()
def grow(model, tokens, start):
    """Trees of all prompts together; what trains of each step of the window: step, parents' latents,
    children's, rows of the prompts, log-probs."""
    prompts = len(tokens)
    latents = torch.randn(prompts, *model.latent_shape)
    rows = torch.arange(prompts)
    trained = []
    for step in range(STEPS):
        in_window = start <= step < start + WINDOW
        sigma = torch.full((len(latents),), 1 - step / STEPS)
        velocity = model.dit(latents, sigma, tokens[rows])
        mean, std = transition(velocity, latents, step, NOISE_LEVEL if in_window else 0)
        if not in_window:
            latents = mean
            continue
        mean = mean.repeat_interleave(BRANCH, 0)
        children = mean + std * torch.randn_like(mean)
        trained.append((step, latents, children, rows, log_prob(children, mean, std)))
        latents, rows = children, rows.repeat_interleave(BRANCH)
    return latents, trained


def colorfulness(images):
    bytes_ = (images * 255).round() / 255
    r, g, b = bytes_.flatten(2).double().unbind(1)
    red_green, yellow_blue = r - g, (r + g) / 2 - b
    spread = (red_green.var(1, correction=0) + yellow_blue.var(1, correction=0)).sqrt()
    return spread + 0.3 * (red_green.mean(1) ** 2 + yellow_blue.mean(1) ** 2).sqrt()


def advantages(rewards, prompts):
    """z-scores within a prompt, backed up as means: the advantage of each edge of the window's
    steps, first step first."""
    groups = rewards.view(prompts, -1)
    deviation = groups.std(1, keepdim=True, correction=0).clamp(min=STD_MIN)
    values = (groups - groups.mean(1, keepdim=True)) / deviation
    by_step = []
    for _ in range(WINDOW):
        by_step.insert(0, values.flatten().clamp(-ADVANTAGE_MAX, ADVANTAGE_MAX).float())
        values = values.view(prompts, -1, BRANCH).mean(2)
    return by_step


def train(model, optimizer, tokens, trained, advantage):
    """One forward a parent, its children sharing its mean; the old policy is this one."""
    optimizer.zero_grad()
    velocity = model.dit(torch.cat([latents for _, latents, _, _, _ in trained]),
                         torch.cat([torch.full((len(latents),), 1 - step / STEPS)
                                    for step, latents, _, _, _ in trained]),
                         tokens[torch.cat([rows for _, _, _, rows, _ in trained])])
    loss, first = 0, 0
    for (step, latents, children, _, _), wanted in zip(trained, advantage):
        mean, std = transition(velocity[first : first + len(latents)], latents, step, NOISE_LEVEL)
        first += len(latents)
        now = log_prob(children, mean.repeat_interleave(BRANCH, 0), std)
        ratio = (now - now.detach()).exp()
        clipped = ratio.clamp(1 - CLIP_RANGE, 1 + CLIP_RANGE)
        loss = loss - torch.minimum(ratio * wanted, clipped * wanted).sum()
    (loss / len(tokens)).backward()
    torch.nn.utils.clip_grad_norm_(model.dit.parameters(), 1.0)
    optimizer.step()


def iterate(model, optimizer, tokens, start):
    marks = [time.monotonic()]
    leaves, trained = grow(model, tokens, start)
    marks.append(time.monotonic())
    with torch.no_grad():
        images = model.decode(leaves)
    marks.append(time.monotonic())
    rewards = colorfulness(images)
    marks.append(time.monotonic())
    train(model, optimizer, tokens, trained, advantages(rewards, len(tokens)))
    marks.append(time.monotonic())
    seconds = dict(zip(("sample", "decode", "reward", "train"),
                       (b - a for a, b in zip(marks, marks[1:]))))
    seconds["total"] = marks[-1] - marks[0]
    return seconds


# ---- What is told --------------------------------------------------------------------------------


def check(model, reference):
    """Ends the program unless this network answers as the C++ one does."""
    with torch.no_grad():
        tokens = torch.tensor(reference["tokens"])
        latents = torch.tensor(reference["latents"]).view(-1, *model.latent_shape)
        velocity = model.dit(latents, torch.tensor(reference["sigma"]), tokens)
        image = model.decode(latents)
    for name, ours, theirs in (("velocity", velocity, reference["velocity"]),
                               ("image", image, reference["image"])):
        error = (ours.flatten() - torch.tensor(theirs)).abs().max().item()
        if not error < 1e-4:
            sys.exit(f"this network is not the program's: its {name} differs by {error}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("model")
    parser.add_argument("reference")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    torch.manual_seed(1)

    with open(options.reference) as file:
        reference = json.load(file)["reference"]
    model = Model(options.model)
    check(model, reference)
    optimizer = torch.optim.AdamW(model.dit.parameters(), lr=LEARNING_RATE, betas=(0.9, 0.99),
                                  weight_decay=0, fused=True)
    tokens = torch.tensor(reference["prompts"])
    starts = reference["starts"]
    iterate(model, optimizer, tokens, starts[0]["start"])  # first touches of everything
    repeats = [[] for _ in starts]
    for _ in range(options.rounds):
        for at, start in enumerate(starts):
            repeats[at].append(iterate(model, optimizer, tokens, start["start"]))
    seconds = {phase: sum(start["share"] * statistics.median(each[phase] for each in repeats[at])
                          for at, start in enumerate(starts))
               for phase in repeats[0][0]}
    print(json.dumps({"torch": torch.__version__, "threads": torch.get_num_threads(),
                      "rounds": options.rounds, "seconds": seconds}))


if __name__ == "__main__":
    main()
