"""Random views of pictures: background, place, turn, light, sharpness and what is hidden."""
import torch
import torch.nn.functional as F


def floats(x):
    """n×h×w×3 bytes to n×3×h×w in 0 to 1."""
    return x.permute(0, 3, 1, 2).float() / 255


def swapped(x, wild, share=.35):
    """A share of shots n×3×h×w on white get pieces of photos (bytes) or plain colours behind them."""
    swap = torch.rand(len(x)) < share
    thing = x[swap]
    mask = F.avg_pool2d((thing.amin(1, keepdim=True) < .93).float(), 3, 1, 1)
    ground = floats(wild[torch.randint(0, len(wild), (len(thing),))][:, :36, :36])
    ground = F.interpolate(ground, size=x.shape[2:], mode="bilinear", align_corners=False)
    plain = torch.rand(len(thing), 3, 1, 1)
    ground = torch.where(torch.rand(len(thing), 1, 1, 1) < .6, ground, .9 * plain + .1 * ground)
    x[swap] = thing * mask + ground * (1 - mask)
    return x


def warp(x, side, low, high, turn):
    """Random affine view and light, one for each picture, normalised. `low` zooms in, `high` out; `turn` in radians."""
    n, d = len(x), x.device
    u = lambda a, b, *s: torch.empty(n, *s, device=d).uniform_(a, b)
    scale, angle, flip = u(low, high), u(-turn, turn), (torch.rand(n, device=d) < .5).float() * 2 - 1
    stretch = u(.9, 1.1)
    m = torch.zeros(n, 2, 3, device=d)
    m[:, 0, 0], m[:, 0, 1] = scale * stretch * angle.cos() * flip, -scale * angle.sin()
    m[:, 1, 0], m[:, 1, 1] = scale * angle.sin() * flip, scale * angle.cos()
    m[:, :, 2] = u(-.12, .12, 2)
    x = F.grid_sample(x, F.affine_grid(m, (n, 3, side, side), align_corners=False), padding_mode="border", align_corners=False)
    soft = u(0, 1, 1, 1, 1) * (torch.rand(n, 1, 1, 1, device=d) < .25)
    x = x + soft * (F.avg_pool2d(x, 3, 1, 1, count_include_pad=False) - x)
    x = x * u(.82, 1.14, 1, 1, 1) * u(.96, 1.04, 3, 1, 1) + u(-.05, .05, 1, 1, 1)
    return hidden((x - .5) / .25, share=.25)


def hidden(x, share):
    """Greys out one box of a share of the pictures, up to two fifths of a side."""
    n, side = len(x), x.shape[-1]
    at = torch.arange(side, device=x.device).float() / side
    middle, half = torch.rand(2, n, 1, device=x.device), torch.empty(2, n, 1, device=x.device).uniform_(.05, .2)
    inside = ((at[None, None] - middle).abs() < half) & (torch.rand(1, n, 1, device=x.device) < share)
    return x.masked_fill((inside[0][:, :, None] & inside[1][:, None, :])[:, None], 0)
