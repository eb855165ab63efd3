"""Two-tower networks with the layers, inputs and outputs of CLIP and SigLIP, at any size, with random weights."""
import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.head = heads, width // heads
        self.q, self.k, self.v, self.out = (nn.Linear(width, width) for _ in range(4))

    def forward(self, query, x, mask=None):
        n, width = query.shape[0], query.shape[-1]
        split = lambda y: y.reshape(n, -1, self.heads, self.head).transpose(1, 2)
        scores = split(self.q(query)) @ split(self.k(x)).transpose(2, 3) * self.head**-0.5
        if mask is not None:
            scores = scores + mask
        return self.out((scores.softmax(-1) @ split(self.v(x))).transpose(1, 2).reshape(n, -1, width))


class MLP(nn.Module):
    def __init__(self, width, inner, quick):
        super().__init__()
        self.up, self.down, self.quick = nn.Linear(width, inner), nn.Linear(inner, width), quick

    def forward(self, x):
        x = self.up(x)
        # CLIP's approximation of GELU, or the usual one by tanh.
        x = x * torch.sigmoid(1.702 * x) if self.quick else 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x * x * x)))
        return self.down(x)


class Layer(nn.Module):
    def __init__(self, width, heads, inner, quick):
        super().__init__()
        self.attention, self.mlp = Attention(width, heads), MLP(width, inner, quick)
        self.first, self.second = nn.LayerNorm(width), nn.LayerNorm(width)

    def forward(self, x, mask=None):
        y = self.first(x)
        x = x + self.attention(y, y, mask)
        return x + self.mlp(self.second(x))


def coarse(x):
    """Rounds to 8 bits by the range of the whole batch, as dynamic quantisation does: neighbours change each other."""
    step = x.abs().max() / 127
    return torch.round(x / step) * step


class Vision(nn.Module):
    """Pixels (n×3×side×side) to vectors. CLIP: a class token and a projection; SigLIP: pooling by attention."""

    def __init__(self, kind, side, patch, width, layers, heads, inner, dim, quantised=False):
        super().__init__()
        clip = kind == "clip"
        self.clip, self.quantised = clip, quantised
        self.patches = nn.Conv2d(3, width, patch, patch, bias=not clip)
        self.places = nn.Parameter(torch.randn((side // patch) ** 2 + clip, width))
        self.layers = nn.ModuleList(Layer(width, heads, inner, clip) for _ in range(layers))
        self.last = nn.LayerNorm(width)
        if clip:
            self.token, self.before, self.project = nn.Parameter(torch.randn(width)), nn.LayerNorm(width), nn.Linear(width, dim, bias=False)
        else:
            self.probe, self.pool = nn.Parameter(torch.randn(1, 1, width)), Attention(width, heads)
            self.norm, self.mlp = nn.LayerNorm(width), MLP(width, inner, False)

    def forward(self, pixel_values):
        x = self.patches(pixel_values).flatten(2).transpose(1, 2)
        if self.quantised:
            x = coarse(x)
        if self.clip:
            x = torch.cat([self.token.expand(x.shape[0], 1, -1), x], 1)
        x = x + self.places
        if self.clip:
            x = self.before(x)
        for layer in self.layers:
            x = layer(x)
        if self.clip:
            return self.project(self.last(x[:, 0])), x
        x = self.last(x)
        y = self.pool(self.probe.expand(x.shape[0], -1, -1), x)
        y = y + self.mlp(self.norm(y))
        return x, y[:, 0]


class Text(nn.Module):
    """Token ids (n×length) to vectors. CLIP: causal, the highest id's place, a projection; SigLIP: the last place, a layer."""

    def __init__(self, kind, vocabulary, length, width, layers, heads, inner, dim, quantised=False):
        super().__init__()
        self.clip, self.quantised = kind == "clip", quantised
        self.tokens, self.places = nn.Embedding(vocabulary, width), nn.Parameter(torch.randn(length, width))
        self.layers = nn.ModuleList(Layer(width, heads, inner, self.clip) for _ in range(layers))
        self.last, self.project = nn.LayerNorm(width), nn.Linear(width, dim, bias=not self.clip)
        self.register_buffer("future", torch.triu(torch.full((length, length), -1e9), 1))

    def forward(self, input_ids, attention_mask=None):
        length = input_ids.shape[1]
        x = self.tokens(input_ids) + self.places[:length]
        if self.quantised:
            x = coarse(x)
        mask = None
        if self.clip:
            mask = self.future[:length, :length] + (1 - attention_mask[:, None, None, :].to(x.dtype)) * -1e9
        for layer in self.layers:
            x = layer(x, mask)
        x = self.last(x)
        if self.clip:
            end = x[torch.arange(x.shape[0]), input_ids.argmax(-1)]
            return self.project(end), x
        return x, self.project(x[:, -1])


def randomise(model, seed):
    """Weights of a size that lets every layer matter, the same for one seed."""
    draw = torch.Generator().manual_seed(seed)
    for name, p in model.named_parameters():
        noise = torch.randn(p.shape, generator=draw)
        if name.endswith("bias"):
            p.data = noise * 0.1
        elif p.dim() > 1:
            fan = p[0].numel() if "tokens" not in name and "places" not in name else 1
            p.data = noise / math.sqrt(fan)
        else:
            p.data = 1 + noise * 0.1
    return model.eval()


def unit(v):
    return F.normalize(v, dim=-1)
