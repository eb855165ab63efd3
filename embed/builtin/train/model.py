"""The two towers: pictures and words, both ending in unit vectors of DIM."""
import torch
import torch.nn as nn
import torch.nn.functional as F
from data import BUCKETS

DIM, HIDDEN = 128, 512
WIDTH, DEPTH = (32, 96, 224), (2, 6, 8)


class Block(nn.Module):
    """Depthwise 3×3, widen threefold, ReLU, narrow; the batch norms fold into the pointwise layers."""

    def __init__(self, c):
        super().__init__()
        self.depthwise = nn.Conv2d(c, c, 3, padding=1, groups=c, bias=False)
        self.up, self.up_norm = nn.Conv2d(c, 3 * c, 1, bias=False), nn.BatchNorm2d(3 * c)
        self.down, self.down_norm = nn.Conv2d(3 * c, c, 1, bias=False), nn.BatchNorm2d(c)
        nn.init.zeros_(self.down_norm.weight)

    def forward(self, x):
        return x + self.down_norm(self.down(F.relu(self.up_norm(self.up(self.depthwise(x))))))


class Step(nn.Module):
    """A strided convolution with its batch norm: the stem, and the halvings between stages."""

    def __init__(self, cin, cout, kernel, stride):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, kernel, stride, (kernel - stride) // 2, bias=False)
        self.norm = nn.BatchNorm2d(cout)

    def forward(self, x):
        return self.norm(self.conv(x))


class Picture(nn.Module):
    """A stem and stages of blocks; what each stage saw, on average and at its strongest, meets in one hidden layer.

    The early stages bring colour, which the later ones wash out.
    """

    def __init__(self):
        super().__init__()
        layers, self.ends = [Step(3, WIDTH[0], 8, 4)], []
        for i, c in enumerate(WIDTH):
            if i:
                layers.append(Step(WIDTH[i - 1], c, 2, 2))
            layers += [Block(c) for _ in range(DEPTH[i])]
            self.ends.append(len(layers) - 1)
        self.body = nn.Sequential(*layers)
        self.hidden, self.project = nn.Linear(2 * sum(WIDTH), HIDDEN), nn.Linear(HIDDEN, DIM)

    def stages(self, x):
        """What each stage gives of n×3×h×w, finest first."""
        out = []
        for i, layer in enumerate(self.body):
            x = layer(x)
            if i in self.ends:
                out.append(x)
        return out

    def pooled(self, stages):
        pools = [p for x in reversed(stages) for p in (x.float().mean((2, 3)), x.float().amax((2, 3)))]
        h = F.relu(self.hidden(torch.cat(pools, 1)))
        return h, F.normalize(self.project(h), dim=-1)

    def forward(self, x):
        """x: n×3×side×side, normalised. Returns hidden n×512 and unit vectors n×128."""
        return self.pooled(self.stages(x))


class Words(nn.Module):
    def __init__(self):
        super().__init__()
        self.bag = nn.EmbeddingBag(BUCKETS, DIM, mode="mean")
        nn.init.normal_(self.bag.weight, std=.1)
        self.wide, self.narrow, self.skip = nn.Linear(DIM, 2 * DIM), nn.Linear(2 * DIM, DIM), nn.Linear(DIM, DIM)

    def forward(self, ids, offsets):
        x = self.bag(ids, offsets)
        return F.normalize(self.narrow(F.relu(self.wide(x))) + self.skip(x), dim=-1)


def normalise(x):
    """n×h×w×3 bytes to n×3×h×w floats about zero."""
    return (x.permute(0, 3, 1, 2).float() / 255 - .5) / .25
