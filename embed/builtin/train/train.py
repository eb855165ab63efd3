#!/usr/bin/env python3
"""Trains the built-in encoder in a given number of minutes and writes encoder.pt.

Needs Debian's python3-torch, python3-numpy, python3-pil and python3-yaml.
Usage: train.py DATA_DIR [--minutes 100] [--out encoder.pt] [--from encoder.pt] [--rate 3e-3]
The learning rate follows the clock, so the run ends in time on a slower or busier machine with fewer epochs.
"""
import argparse, math, random, time
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import data, measure
from model import HIDDEN, Picture, Words

BATCH, PHOTOS, GROCERIES = 320, 88, 48
SMALL_UNTIL, SMALL_SIDE = .5, 64   # the first half sees small pictures: two thirds of the time, nearly all of the lesson
MEASURE_EVERY = 1200               # seconds; a report costs as much as two epochs


def bags(texts, device="cpu"):
    ids, offsets = [], []
    for t in texts:
        offsets.append(len(ids))
        ids += data.tokens(t)
    return torch.tensor(ids, device=device), torch.tensor(offsets, device=device)


def warp(x, side, low, high, turn):
    """Random affine view and light, one for each picture. `low` zooms in, `high` out."""
    n, d = len(x), x.device
    u = lambda a, b, *s: torch.empty(n, *s, device=d).uniform_(a, b)
    scale, angle, flip = u(low, high), u(-turn, turn), (torch.rand(n, device=d) < .5).float() * 2 - 1
    stretch = u(.9, 1.1)
    m = torch.zeros(n, 2, 3, device=d)
    m[:, 0, 0], m[:, 0, 1] = scale * stretch * angle.cos() * flip, -scale * angle.sin()
    m[:, 1, 0], m[:, 1, 1] = scale * angle.sin() * flip, scale * angle.cos()
    m[:, :, 2] = u(-.12, .12, 2)
    x = F.grid_sample(x, F.affine_grid(m, (n, 3, side, side), align_corners=False), padding_mode="border", align_corners=False)
    x = x * u(.8, 1.15, 1, 1, 1) * u(.95, 1.05, 3, 1, 1) + u(-.06, .06, 1, 1, 1)
    return (x - .5) / .25


def softmax_over(logits, positive):
    """Mean cross entropy of each row towards its positives, evenly; rows without any are left out."""
    p = positive.float()
    count = p.sum(1)
    loss = -(F.log_softmax(logits, 1) * p).sum(1) / count.clamp(min=1)
    return loss[count > 0].mean()


def contrast(scale, pictures, words, positive):
    logits = scale * pictures @ words.t()
    return (softmax_over(logits, positive) + softmax_over(logits.t(), positive.t())) / 2


class Prompts:
    """The names of every category, grocery and colour, each in a random synonym and language."""

    def __init__(self, names, grocery):
        self.names, self.categories, self.colors = names, list(names.categories), list(names.colors)
        self.groceries = grocery.words
        self.at = {k: i for i, k in enumerate(self.categories)}
        self.color_at = {k: i for i, k in enumerate(self.colors)}

    def texts(self):
        lang = lambda: "zh" if random.random() < .5 else "en"
        say = lambda table, keys: [self.names.say(table[k], lang()) for k in keys]
        return say(self.names.categories, self.categories) + [random.choice(w) for w in self.groceries] + say(self.names.colors, self.colors)


def any_of(logits, allowed):
    """Cross entropy where any of the allowed columns is right."""
    return -(torch.logsumexp(logits.masked_fill(~allowed, -1e4), 1) - torch.logsumexp(logits, 1)).mean()


class Trainer:
    def __init__(self, folder, device):
        self.device = device
        self.names = data.Names()
        self.catalog, self.grocery = data.Catalog(folder, self.names), data.Grocery(folder)
        self.photos, self.photo_class = data.phone_photos(folder, "train")
        self.val_photos = data.phone_photos(folder, "validation")
        self.x = torch.from_numpy(self.catalog.x)
        self.wild = torch.from_numpy(np.concatenate([self.photos, self.grocery.x]))
        self.prompts = Prompts(self.names, self.grocery)
        self.picture, self.words = Picture().to(device).to(memory_format=torch.channels_last), Words().to(device)
        counts = [len(v) for v in self.catalog.vocab[:3]]
        self.heads = nn.ModuleList([nn.Linear(HIDDEN, n) for n in counts + [len(self.catalog.types)]]).to(device)
        self.scale = nn.Parameter(torch.tensor([2.7, 2.7, 2.7, 2.3], device=device))
        self.kinds()

    def kinds(self):
        """Which category prompts are right for each product, photo class and grocery; and each one's kind for picture contrast."""
        at, n = self.prompts.at, len(self.prompts.categories) + len(self.prompts.groceries)
        self.allowed = {}
        for key in self.catalog.vocab[0]:
            row = torch.zeros(n, dtype=torch.bool)
            row[at[key]] = True
            self.allowed[key] = row
        for name, keys in data.PHONE.items():
            row = torch.zeros(n, dtype=torch.bool)
            row[[at[k] for k in keys]] = True
            self.allowed["photo " + name] = row
        for i in range(len(self.prompts.groceries)):
            row = torch.zeros(n, dtype=torch.bool)
            row[len(at) + i] = True
            self.allowed[i] = row

    def batch(self, order, step, side):
        c, n = self.catalog, BATCH
        i = order[step * n:(step + 1) * n]
        j = np.random.randint(0, len(self.photos), PHOTOS)
        k = np.random.randint(0, len(self.grocery.x), GROCERIES)
        clean = torch.rand(GROCERIES, 1, 1, 1) < .3     # some as the clean picture, to stand beside photos of the same
        food = torch.where(clean, torch.from_numpy(self.grocery.shots[self.grocery.y[k]]), torch.from_numpy(self.grocery.x[k]))
        wild = torch.cat([torch.from_numpy(self.photos[j]), food])
        x = self.view(self.x[i], wild, side)
        allowed = torch.stack([self.allowed[c.values[a][0]] for a in i] + [self.allowed["photo " + self.photo_class[b]] for b in j] + [self.allowed[int(self.grocery.y[b])] for b in k])
        return i, k, x, allowed.to(self.device)

    def view(self, shots, wild, side):
        x = shots.permute(0, 3, 1, 2).float() / 255
        swap = torch.rand(len(x)) < .35
        thing = x[swap]
        mask = F.avg_pool2d((thing.amin(1, keepdim=True) < .93).float(), 3, 1, 1)
        ground = self.wild[torch.randint(0, len(self.wild), (len(thing),))][:, :36, :36].permute(0, 3, 1, 2).float() / 255
        ground = F.interpolate(ground, size=x.shape[2:], mode="bilinear", align_corners=False)
        plain = torch.rand(len(thing), 3, 1, 1)
        ground = torch.where(torch.rand(len(thing), 1, 1, 1) < .6, ground, .9 * plain + .1 * ground)
        x[swap] = thing * mask + ground * (1 - mask)
        wild = wild.permute(0, 3, 1, 2).float() / 255
        x = torch.cat([warp(x.to(self.device), side, .75, 1.15, .2), warp(wild.to(self.device), side, .65, 1.05, .35)])
        return x.contiguous(memory_format=torch.channels_last)

    def loss(self, i, k, x, allowed):
        c, dev, n = self.catalog, self.device, len(i)
        with torch.autocast(dev.type, dtype=torch.bfloat16):
            body = self.picture.body(x)
        body = body.float()
        h = F.relu(self.picture.hidden(torch.cat([body.mean((2, 3)), body.amax((2, 3))], 1)))
        e = F.normalize(self.picture.project(h), dim=-1)
        titles = [c.title(a) for a in i]
        described = [c.described(a) for a in i]
        prompts = self.prompts.texts()
        t = self.words(*bags(titles + [d[0] for d in described] + prompts, dev))
        tt, ta, tp = t[:n], t[n:2 * n], t[2 * n:]
        scale = self.scale.exp().clamp(max=60)
        group = torch.from_numpy(c.group[i]).to(dev)
        by_title = contrast(scale[0], e[:n], tt, group[:, None] == group[None])
        ids, said = torch.from_numpy(c.ids[i]).to(dev), torch.from_numpy(np.stack([d[1] for d in described])).to(dev)
        fits = ((ids[:, None] == ids[None]) | ~said[None]).all(2)   # picture × text
        by_fact = contrast(scale[1], e[:n], ta, fits)
        kinds = allowed.shape[1]
        by_name = any_of(scale[2] * e @ tp[:kinds].t(), allowed)
        colors = torch.tensor([self.prompts.color_at[c.values[a][1]] for a in i], device=dev)
        by_color = F.cross_entropy(scale[2] * e[:n] @ tp[kinds:].t(), colors)
        same = (allowed.float() @ allowed.float().t() > 0).fill_diagonal_(False)
        alike = scale[3] * e @ e.t()
        by_kind = softmax_over(alike - 1e4 * torch.eye(len(e), device=dev), same)
        facts = sum(F.cross_entropy(self.heads[f](h[:n]), ids[:, f], label_smoothing=.05) for f in range(3))
        facts = facts + F.cross_entropy(self.heads[3](h[:n]), torch.from_numpy(c.type[i]).to(dev), label_smoothing=.05)
        return by_title + .6 * by_fact + .7 * by_name + .25 * by_color + .5 * by_kind + .15 * facts, by_title

    def fit(self, minutes, out, peak, small_until):
        params = [*self.picture.parameters(), *self.words.parameters(), *self.heads.parameters(), self.scale]
        opt = torch.optim.AdamW(params, lr=peak, weight_decay=.03)
        start, epoch, said = time.time(), 0, time.time()
        while True:
            order, total = np.random.permutation(self.catalog.train), 0.
            steps = len(order) // BATCH
            for step in range(steps):
                part = (time.time() - start) / 60 / minutes
                if part >= 1:
                    return self.finish(out, epoch, start)
                rate = peak * min(1, part / .02 + .01) * .5 * (1 + math.cos(math.pi * part))
                for g in opt.param_groups:
                    g["lr"] = rate
                loss, title = self.loss(*self.batch(order, step, SMALL_SIDE if part < small_until else data.SIDE))
                opt.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(params, 2.)
                opt.step()
                total += title.item()
            epoch += 1
            print(f"epoch {epoch}: titles {total / steps:.3f}, {time.time() - start:.0f} s of {60 * minutes:.0f}", flush=True)
            if time.time() - said > MEASURE_EVERY:
                said = time.time()
                measure.report(self)
                self.save(out)

    def save(self, out):
        torch.save({"picture": self.picture.state_dict(), "words": self.words.state_dict()}, out)

    def load(self, path):
        """Takes up a saved run. The heads and scales start afresh; they settle within an epoch."""
        saved = torch.load(path, map_location=self.device)
        self.picture.load_state_dict(saved["picture"])
        self.words.load_state_dict(saved["words"])
        with torch.no_grad():
            self.scale.fill_(math.log(30))

    def finish(self, out, epoch, start):
        print(f"{epoch} epochs in {(time.time() - start) / 60:.0f} min")
        self.save(out)
        measure.report(self)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("data")
    p.add_argument("--minutes", type=float, default=100)
    p.add_argument("--out", default="encoder.pt")
    p.add_argument("--from", dest="start", help="go on from this checkpoint, at full picture size")
    p.add_argument("--rate", type=float, default=3e-3, help="peak learning rate")
    a = p.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(0), random.seed(0), np.random.seed(0)
    trainer = Trainer(a.data, torch.device("cuda" if torch.cuda.is_available() else "cpu"))
    if a.start:
        trainer.load(a.start)
    trainer.fit(a.minutes, a.out, a.rate, 0 if a.start else SMALL_UNTIL)


if __name__ == "__main__":
    main()
