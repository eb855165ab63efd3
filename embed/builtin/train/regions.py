#!/usr/bin/env python3
"""Trains the region detector on a frozen picture tower and writes what the Go encoder reads.

The tower of ENCODER_DIR/encoder.safetensors runs over a larger canvas; its stages of strides 4, 8 and 16 are kept for
some views of every scene, and a small head learns from them a likelihood, a centre and a size for each label at each cell
of stride 8. The likelihoods are then fitted, on the validation part of the street photos, to shares of right boxes.

Needs Debian's python3-torch, python3-numpy and python3-pil.
Usage: regions.py DATA_DIR ENCODER_DIR [--recipe street|catalog] [--steps 5000] [--dry]
"""
import argparse, gzip, json, math, os, time
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import regions_data as data
import regions_measure as measure
import weights
from model import Block, normalise
from regions_data import HEIGHT, LABELS, MAIN, WIDTH

STRIDE = 8
COARSE, FINE = 128, 64
DEEPEST = 5      # blocks of the tower's last stage that it looks through: the others would cost a quarter more of the time
OUTPUTS = 48     # LABELS × (score, centre, size), filled up to whole tiles
CELLS = 6        # that a garment weighs against what is none
BATCH = 16
LEAST = .25      # the share of right boxes from which a region is shown


class Tower(nn.Module):
    """The body of the picture tower in encoder.safetensors, whatever its sizes. It is not trained any more."""

    def __init__(self, path):
        super().__init__()
        self.model, tensors = weights.read(path)
        self.layers, self.ends = [], []
        read = lambda name: weights.number(tensors, name)
        while True:
            name, i = f"picture.{len(self.layers)}", len(self.layers)
            if name + ".weight" in tensors:
                weight = read(name + ".weight").permute(3, 2, 0, 1).contiguous()
                self.layers.append((weight, read(name + ".bias"), 4 if i == 0 else weight.shape[2]))
                self.ends.append(i - 1)
            elif name + ".depthwise" in tensors:
                matrix = lambda part: read(f"{name}.{part}.weight").t()[:, :, None, None].contiguous()
                self.layers.append((read(name + ".depthwise").permute(2, 0, 1)[:, None].contiguous(), matrix("up"), read(name + ".up.bias"), matrix("down"), read(name + ".down.bias")))
            else:
                break
        self.ends = (self.ends[1:] + [len(self.layers) - 1])[:3]
        self.ends[2] = min(self.ends[2], self.ends[1] + 1 + DEEPEST)

    @torch.no_grad()
    def forward(self, pictures):
        """The stages of strides 4, 8 and 16, of the last what its first blocks give, for n×H×W×3 bytes."""
        x, out = normalise(torch.tensor(pictures)).contiguous(memory_format=torch.channels_last), []
        for i, layer in enumerate(self.layers[:self.ends[-1] + 1]):
            if len(layer) == 3:
                weight, bias, stride = layer
                x = F.conv2d(x, weight, bias, stride, (weight.shape[2] - stride) // 2)
            else:
                depthwise, up, up_bias, down, down_bias = layer
                x = x + F.conv2d(F.relu(F.conv2d(F.conv2d(x, depthwise, None, 1, 1, 1, len(depthwise)), up, up_bias)), down, down_bias)
            if i in self.ends:
                out.append(x)
        return out


def say(*words):
    print(*words, flush=True)


class Head(nn.Module):
    def __init__(self, near, fine, coarse):
        """Channels of the tower's stages of strides 4, 8 and 16."""
        super().__init__()
        conv = lambda i, o, k=1: nn.Sequential(nn.Conv2d(i, o, k, k, bias=False), nn.BatchNorm2d(o))
        self.near = conv(near, FINE, 2)
        self.squeeze, self.deep = conv(coarse, COARSE), nn.Sequential(Block(COARSE), Block(COARSE))
        self.down, self.side = conv(COARSE, FINE), conv(fine, FINE)
        self.body = nn.Sequential(Block(FINE), Block(FINE), Block(FINE))
        self.out = nn.Conv2d(FINE, OUTPUTS, 1)
        nn.init.normal_(self.out.weight, std=.01)
        with torch.no_grad():
            self.out.bias.zero_()
            self.out.bias[:len(LABELS)] = -4.

    def forward(self, near, fine, coarse):
        """The stages to scores n×labels×h×w (logits) and boxes n×labels×4×h×w: centre and size in pixels."""
        x = self.down(self.deep(F.relu(self.squeeze(coarse))))
        x = self.out(self.body(self.near(near) + self.side(fine) + F.interpolate(x, scale_factor=2)))
        k, (n, _, h, w) = len(LABELS), x.shape
        raw = x[:, k:5 * k].float().reshape(n, k, 4, h, w)
        y, x0 = torch.meshgrid(torch.arange(h) + .5, torch.arange(w) + .5, indexing="ij")
        centre = STRIDE * (torch.stack([x0, y]) + raw[:, :, :2])
        return x[:, :k], torch.cat([centre, STRIDE * raw[:, :, 2:].clamp(-4, 4).exp()], 2)


def targets(boxes, labels, ignored, known, grid):
    """Of one view: the positive cells (label, y, x, box, their part of it) and the weight of each label at each cell."""
    h, w = grid
    weight = np.repeat(known.astype(np.float32)[:, None], h * w, 1).reshape(len(LABELS), h, w)
    y, x = (np.mgrid[:h, :w] + .5) * STRIDE
    for b in ignored:
        weight[:, (x > b[0]) & (x < b[0] + b[2]) & (y > b[1]) & (y < b[1] + b[3])] = 0
    owner = np.full(weight.shape, -1)
    for i in np.argsort(-boxes[:, 2] * boxes[:, 3]):    # smaller boxes of a label go on top
        bx, by, bw, bh = boxes[i]
        near = (np.abs(x - bx - bw / 2) <= max(.2 * bw, .6 * STRIDE)) & (np.abs(y - by - bh / 2) <= max(.2 * bh, .6 * STRIDE))
        owner[labels[i]][near] = i
    k, cy, cx = np.where(owner >= 0)
    mine = owner[k, cy, cx]
    return k, cy, cx, boxes[mine], (1 / np.bincount(mine, minlength=1)[mine]).astype(np.float32), weight


def overlap(a, b):
    """IoU and GIoU of boxes n×4 by centre and size, with boxes by corner and size."""
    a1, a2, b1, b2 = a[:, :2] - a[:, 2:] / 2, a[:, :2] + a[:, 2:] / 2, b[:, :2], b[:, :2] + b[:, 2:]
    inner = (torch.minimum(a2, b2) - torch.maximum(a1, b1)).clamp(min=0).prod(1)
    union = a[:, 2:].prod(1) + b[:, 2:].prod(1) - inner
    hull = (torch.maximum(a2, b2) - torch.minimum(a1, b1)).prod(1)
    iou = inner / union
    return iou, iou - (hull - union) / hull


def fast():
    """Half precision where the processor has it: twice the speed."""
    return torch.autocast("cpu", dtype=torch.bfloat16)


def loss(head, stages, marks):
    """Likelihoods towards how good their boxes are, and the boxes. Every garment weighs the same, however many cells it has."""
    with fast():
        logits, boxes = head(*stages)
    logits, boxes = logits.float(), boxes.float()
    n = [np.full(len(m[0]), i) for i, m in enumerate(marks)]
    at = tuple(torch.from_numpy(np.concatenate(v)) for v in (n, *[[m[j] for m in marks] for j in range(3)]))
    true, part = (torch.from_numpy(np.concatenate([m[j] for m in marks])) for j in (3, 4))
    weight = torch.from_numpy(np.stack([m[5] for m in marks]))
    got = boxes[at[0], at[1], :, at[2], at[3]]
    iou, giou = overlap(got, true)
    target = torch.zeros_like(logits)
    target[at] = .5 + .5 * iou.detach()
    weight[at] = CELLS * part
    focal = (logits.sigmoid() - target).abs().detach() ** 2 * F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    far = torch.cat([(got[:, :2] - true[:, :2] - true[:, 2:] / 2) / true[:, 2:], (got[:, 2:] / true[:, 2:]).log()], 1)
    off = 1.5 * (1 - giou) + F.smooth_l1_loss(far, torch.zeros_like(far), reduction="none", beta=.1).sum(1)
    garments = part.sum().clamp(min=1)
    return (focal * weight).sum() / CELLS / garments + (off * part).sum() / garments


class Cache:
    """A view of every scene: the tower's stages, in bfloat16, and what the view shows."""

    def __init__(self, tower, scenes, rng):
        self.stages, self.marks, start = [], [], time.time()
        for i in range(0, len(scenes), 64):
            part = [(s, *data.view(s, rng)) for s in scenes[i:i + 64]]
            with fast():
                stages = tower(np.stack([np.asarray(picture) for _, picture, *_ in part]))
            self.stages += zip(*(x.bfloat16().unbind() for x in stages))
            self.marks += [targets(boxes, labels, ignored, s.known, stages[1].shape[2:]) for s, _, boxes, labels, ignored in part]
        say(f"{len(scenes)} views in {time.time() - start:.0f} s")

    def __len__(self):
        return len(self.marks)

    def extend(self, other):
        self.stages += other.stages
        self.marks += other.marks

    def batch(self, i):
        stages = [torch.stack(x).contiguous(memory_format=torch.channels_last) for x in zip(*(self.stages[j] for j in i))]
        return [x.float() for x in stages], [self.marks[j] for j in i]

    def channels(self):
        return [len(x) for x in self.stages[0]]


def fit(head, cache, steps, peak):
    """Trains a head and returns the running mean of its weights."""
    opt = torch.optim.AdamW(head.parameters(), lr=peak, weight_decay=.02)
    mean = {k: v.clone() for k, v in head.state_dict().items()}
    order, at, total, start = np.random.permutation(len(cache)), 0, 0., time.time()
    head.train().to(memory_format=torch.channels_last)
    for step in range(steps):
        if at + BATCH > len(order):
            order, at = np.random.permutation(len(order)), 0
        i, at = order[at:at + BATCH], at + BATCH
        for g in opt.param_groups:
            g["lr"] = peak * min(1, (step + 1) / 60) * .5 * (1 + math.cos(math.pi * step / steps))
        value = loss(head, *cache.batch(i))
        opt.zero_grad()
        value.backward()
        nn.utils.clip_grad_norm_(head.parameters(), 5.)
        opt.step()
        total += value.item()
        keep = min(.998, (step + 1) / (step + 50))
        for k, v in head.state_dict().items():
            if v.dtype.is_floating_point:
                mean[k].lerp_(v, 1 - keep)
            else:
                mean[k].copy_(v)
        if (step + 1) % 100 == 0:
            say(f"step {step + 1}: loss {total / 100:.3f}, {time.time() - start:.0f} s")
            total = 0.
    head.load_state_dict(mean)
    return head.eval()


def scenes_of(folder, recipe, rng):
    """What a recipe learns from: scenes and how many views of each. `street` takes all there is; `catalog` no street photo."""
    phone, shots = data.phone(folder), data.Shots(folder)
    if recipe == "catalog":
        return [(data.Figures(shots, phone).scenes(4000, rng), 1), (shots.scenes(1200, rng), 1), (phone, 1)], []
    boxed, tagged = data.street(folder, "train")
    pairs = [data.pair(*rng.choice(boxed, 2, replace=False), rng) for _ in range(400)]
    return [(boxed, 14), (pairs, 1), (shots.scenes(600, rng), 1), (phone[::2], 1)], tagged


def guessed(run, tagged, curve):
    """Tagged photos with the boxes that a head is sure of, one for each label that the tags name."""
    out = []
    for found, s in zip(measure.find(run, tagged), tagged):
        boxes, known = [], s.known.copy()
        for k, b, share in measure.pick(found, curve, .5):
            if not s.known[k] and not known[k]:
                boxes.append((k, *b))
                known[k] = True
        if boxes:
            out.append(data.Scene(s.name, s.picture, boxes, known=known))
    return out


def runner(tower, head):
    @torch.no_grad()
    def run(pictures):
        return head(*tower(pictures))
    return run


def train(folder, tower, recipe, steps, rng):
    """A head by a recipe, and its confidence. With tagged photos, a head of a quarter of the steps comes first: it draws
    the boxes from which the second part learns too."""
    parts, tagged = scenes_of(folder, recipe, rng)
    boxed, _ = data.street(folder, "validation")
    cache = Cache(tower, [s for scenes, count in parts for s in scenes * count], rng)
    head = Head(*cache.channels())
    for first in [True, False] if tagged else [False]:
        fit(head, cache, steps // 4 if first else steps, 4e-3)
        run = runner(tower, head)
        found = measure.find(run, boxed)
        say("validation:", measure.brief(found, boxed))
        curve = measure.confidence(found, boxed)
        if first:
            drawn = guessed(run, tagged, curve)
            say(f"{sum(len(s.boxes) for s in drawn)} boxes drawn on {len(drawn)} tagged photos")
            cache.extend(Cache(tower, drawn * 6, rng))
    return head, curve


def tensors(head, curve, layers):
    """The head as the Go encoder multiplies it, and a head with the rounded weights."""
    out, after = {}, Head(head.near[0].in_channels, head.side[0].in_channels, head.squeeze[0].in_channels).eval()
    after.load_state_dict(head.state_dict())

    def put(name, conv, norm, to, to_norm):
        weight, bias = weights.fold(conv.weight, norm)
        weight = weight.permute(2, 3, 1, 0).contiguous()    # row, column, in, out
        out[name + ".weight"] = weights.half(weight if len(weight) > 1 else weight[0, 0])
        out[name + ".bias"] = bias.detach().numpy().astype("<f4")
        weights.unfold(to, to_norm, torch.from_numpy(out[name + ".weight"].astype("f4")).reshape(weight.shape).permute(3, 2, 0, 1), bias)

    for name in ("near", "squeeze", "down", "side"):
        put(name, *getattr(head, name), *getattr(after, name))
    for part, blocks, to in (("deep", head.deep, after.deep), ("shallow", head.body, after.body)):
        for i, (b, a) in enumerate(zip(blocks, to)):
            c = b.up.in_channels
            out[f"{part}.{i}.depthwise"] = weights.half(b.depthwise.weight.permute(2, 3, 1, 0).reshape(3, 3, c).contiguous())
            a.depthwise.weight.copy_(torch.from_numpy(out[f"{part}.{i}.depthwise"].astype("f4")).permute(2, 0, 1)[:, None])
            put(f"{part}.{i}.up", b.up, b.up_norm, a.up, a.up_norm)
            put(f"{part}.{i}.down", b.down, b.down_norm, a.down, a.down_norm)
    out["out.weight"], out["out.bias"] = weights.half(head.out.weight[:, :, 0, 0].t().contiguous()), head.out.bias.detach().numpy().astype("<f4")
    after.out.weight.copy_(torch.from_numpy(out["out.weight"].astype("f4")).t()[:, :, None, None])
    out["canvas"], out["layers"] = np.array([WIDTH, HEIGHT], "<f4"), np.array([layers], "<f4")
    out["confidence.slope"], out["confidence.offset"], out["confidence.least"] = np.array([curve[0]], "<f4"), curve[1].astype("<f4"), np.array([LEAST], "<f4")
    return out, after


def drawing(width, height, k):
    """A drawn figure, height×width×3 bytes, in whole numbers only; `figure` in the Go tests draws the same."""
    y, x = np.mgrid[:height, :width].astype(np.int64)
    a = np.stack([(x + y * k) % 90 + 120, (y * 2 + 40 * k) % 80 + 130, (x * 3) % 60 + 140], -1)
    h = height * 8 // 10
    mid, top = width * (2 + k % 3) // 6 + 10, height // 12
    for left, up, wide, high, color in (
        (-10, 0, 20, 12, (60, 40, 30)), (-8, 8, 16, 16, (220, 180, 160)), (-24, 26, 48, 34, (40 + 50 * k, 60, 160 - 30 * k)),
        (-16, 58, 32, 32, (30, 30 + 40 * k, 60)), (-15, 90, 12, 6, (90, 30, 20)), (3, 90, 12, 6, (90, 30, 20)), (24, 50, 14, 16, (160, 90 - 20 * k, 40)),
    ):
        x0, y0 = mid + left * h // 200, top + up * h // 100
        inside = (x >= x0) & (x < x0 + wide * h // 200) & (y >= y0) & (y < y0 + high * h // 100)
        a[inside] = color
    return a.astype(np.uint8)


DRAWINGS = [(WIDTH, HEIGHT, 0), (WIDTH, HEIGHT, 1), (WIDTH - 60, HEIGHT, 2), (HEIGHT, WIDTH, 3), (HEIGHT, WIDTH - 40, 1)]


def reference(path, tower, head):
    """The head's outputs for drawings, every 7th cell, and the candidates: what the Go encoder must see."""
    out = {"tower": tower.model, "drawings": []}
    entry = lambda v: [float(f"{x:.7g}") for x in v]
    for width, height, k in DRAWINGS:
        lying = width > height
        canvas, x, y, w, h = data.fit(data.Image.fromarray(drawing(width, height, k)), *((HEIGHT, WIDTH) if lying else (WIDTH, HEIGHT)))
        logits, boxes = runner(tower, head)(np.asarray(canvas)[None])
        found = measure.candidates(logits[0].numpy(), boxes[0].numpy())[:12]
        out["drawings"].append({"width": width, "height": height, "k": k, "logits": entry(logits[0].flatten(1)[:, ::7].flatten().tolist()),
                                "found": [{"label": int(c[0]), "box": entry(c[1]), "logit": float(c[2])} for c in found]})
    with gzip.GzipFile(path, "wb", mtime=0) as f:
        f.write(json.dumps(out, separators=(",", ":")).encode())
    say(f"{path}: {[len(d['found']) for d in out['drawings']]} candidates, {os.path.getsize(path)} bytes")


def report(folder, run, curve):
    """The figures of the test part, beside the controls."""
    scenes, _ = data.street(folder, "test")
    found = measure.find(run, scenes)
    shown = [measure.pick(f, curve, LEAST) for f in found]
    boxed, _ = data.street(folder, "train")
    say(f"test, {len(scenes)} photos:", measure.brief(found, scenes))
    main = [[c for c in f if c[0] < MAIN][:MAIN] for f in found]
    say(f"its {MAIN} likeliest boxes a photo:", measure.recall(main, scenes))
    for name, s in (("shown", shown), ("mean boxes", measure.prior(boxed, scenes)), ("whole picture", measure.whole(scenes))):
        say(f"{name}:", {k: round(float(v), 3) if not isinstance(v, dict) else v for k, v in measure.precision_recall(s, scenes).items()})
    some = [measure.pick(f, curve, .05) for f in found]
    say(f"calibration error of shown regions {measure.calibration_error(shown, scenes):.3f}, of all above 0.05 {measure.calibration_error(some, scenes):.3f}")


@torch.no_grad()
def export(folder, tower, head, curve):
    numbers, after = tensors(head, curve, tower.ends[-1] + 1)
    weights.write(os.path.join(folder, "regions.safetensors"), numbers)
    reference(os.path.join(folder, "testdata/regions.json.gz"), tower, after.eval())


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data")
    p.add_argument("encoder", help="folder with encoder.safetensors; regions.safetensors and its reference go there too")
    p.add_argument("--recipe", choices=["street", "catalog"], default="street")
    p.add_argument("--steps", type=int, default=5000)
    p.add_argument("--dry", action="store_true", help="measure only, write nothing")
    a = p.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0), np.random.seed(0)
    tower = Tower(os.path.join(a.encoder, "encoder.safetensors"))
    head, curve = train(a.data, tower, a.recipe, a.steps, np.random.default_rng(0))
    say(f"confidence: slope {curve[0]:.2f}, offsets " + ", ".join(f"{k} {v:.2f}" for k, v in zip(LABELS, curve[1])))
    report(a.data, runner(tower, head), curve)
    if not a.dry:
        export(a.encoder, tower, head, curve)


if __name__ == "__main__":
    main()
