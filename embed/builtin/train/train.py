#!/usr/bin/env python3
"""Trains the built-in encoder in a given number of minutes and writes encoder.pt.

Needs Debian's python3-torch, python3-numpy, python3-pil and python3-yaml.
Usage: train.py DATA_DIR [--minutes 480] [--out encoder.pt] [--from encoder.pt] [--rate 3e-3]
The learning rate follows the clock, so the run ends in time on a slower or busier machine with fewer epochs.
What is saved and measured is the running average of the weights.
"""
import argparse, copy, math, random, time
import numpy as np
import torch
import torch.nn as nn
import data, losses, measure, views, weights
from model import DIM, HIDDEN, Picture, Words

PRODUCTS, PHOTOS, GROCERIES, SHOTS = 288, 88, 88, 24   # in a batch
SMALL_UNTIL, SMALL_SIDE = .4, 64   # the first part sees small pictures: two thirds of the time, nearly all of the lesson
MEASURE_EVERY = 1800               # seconds; a report costs as much as an epoch
AVERAGE = .998                     # of the weights, from one step to the next
MEMORY = 4096                      # products of earlier batches that a title and a picture are told from


class Prompts:
    """The names of categories, groceries and colours, each in a random synonym and language.

    Categories of which there are no pictures are there to be told from.
    """

    def __init__(self, names, grocery):
        self.names, self.categories, self.colors = names, list(names.categories), list(names.colors)
        self.groceries = grocery.words
        self.at = {k: i for i, k in enumerate(self.categories)}
        self.color_at = {k: i for i, k in enumerate(self.colors)}

    def texts(self):
        say = lambda table, keys: [self.names.say(table[k], random.choice(("en", "zh"))) for k in keys]
        return say(self.names.categories, self.categories) + say(self.names.colors, self.colors) + [random.choice(w) for w in self.groceries]

    def twins(self, n):
        """Two names each of n categories of all packs, in either language."""
        picked = random.sample(list(self.names.categories.values()), n)
        pairs = [random.sample(e["en"] + e["zh"], 2) for e in picked]
        return [a for a, _ in pairs], [b for _, b in pairs]


class Memory:
    """The last vectors of products' pictures and titles, to be told from. Cross-batch memory, Wang et al. 2020."""

    def __init__(self, n, device):
        self.pictures, self.titles = torch.zeros(n, DIM, device=device), torch.zeros(n, DIM, device=device)
        self.groups, self.at, self.full = torch.full((n,), -1, dtype=torch.int64, device=device), 0, 0

    def put(self, pictures, titles, groups):
        k = torch.arange(self.at, self.at + len(groups)) % len(self.groups)
        self.pictures[k], self.titles[k], self.groups[k] = pictures.detach(), titles.detach(), groups
        self.at, self.full = (self.at + len(groups)) % len(self.groups), min(self.full + len(groups), len(self.groups))


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
        self.learning = nn.ModuleDict({"picture": Picture().to(memory_format=torch.channels_last), "words": Words()}).to(device)
        counts = [len(v) for v in self.catalog.vocab[:3]]
        self.heads = nn.ModuleList([nn.Linear(HIDDEN, n) for n in counts + [len(self.catalog.types)]]).to(device)
        self.scale = nn.Parameter(torch.full((5,), math.log(20.), device=device))   # titles, facts, names, kinds, groceries
        self.memory = Memory(MEMORY, device)
        self.shots = torch.zeros(len(self.grocery.shots), DIM, device=device)          # where the clean groceries were seen last
        self.fits()
        self.start_average()

    def start_average(self):
        self.average = copy.deepcopy(self.learning).eval()
        self.picture, self.words = self.average["picture"], self.average["words"]

    def fits(self):
        """Which category names are right for each product and class of photos: rows of booleans."""
        at = self.prompts.at
        row = lambda keys: torch.zeros(len(at), dtype=torch.bool).scatter_(0, torch.tensor([at[k] for k in keys]), True)
        self.product_fits = torch.stack([row([v[0]]) for v in self.catalog.values])
        self.photo_fits = torch.stack([row(data.PHONE[k]) for k in self.photo_class])
        self.colors = torch.tensor([self.prompts.color_at[v[1]] for v in self.catalog.values])

    def batch(self, i, side):
        """Pictures of products i, phone photos, photos of groceries and clean groceries, with their rows."""
        g = self.grocery
        j = np.random.randint(0, len(self.photos), PHOTOS)
        k = np.random.randint(0, len(g.x), GROCERIES)
        s = np.concatenate([np.random.choice(np.unique(g.y[k]), SHOTS // 2, False), np.random.randint(0, len(g.shots), SHOTS - SHOTS // 2)])
        wild = torch.from_numpy(np.concatenate([self.photos[j], g.x[k], g.shots[s]]))
        shots = views.swapped(views.floats(self.x[i]), self.wild)
        x = torch.cat([views.warp(shots.to(self.device), side, .75, 1.15, .2), views.warp(views.floats(wild).to(self.device), side, .6, 1.05, .35)])
        return x.contiguous(memory_format=torch.channels_last), j, torch.from_numpy(np.concatenate([g.y[k], s])).to(self.device), torch.from_numpy(s)

    def loss(self, i, side):
        c, dev, n = self.catalog, self.device, len(i)
        x, j, food, s = self.batch(i, side)
        picture, words = self.learning["picture"], self.learning["words"]
        with torch.autocast(dev.type, dtype=torch.bfloat16):
            stages = picture.stages(x)
        h, e = picture.pooled(stages)
        described = [c.described(a) for a in i]
        one, other = self.prompts.twins(128)
        parts = [[c.title(a) for a in i], [d[0] for d in described], self.prompts.texts(), one, other]
        titles, facts, prompts, one, other = words(*data.bags(sum(parts, []), dev)).split([len(p) for p in parts])
        kinds, colors, foods = prompts.split([len(self.prompts.categories), len(self.prompts.colors), len(self.prompts.groceries)])
        scale = self.scale.exp().clamp(max=60)
        group = torch.from_numpy(c.group[i]).to(dev)
        by_title = losses.told_apart(scale[0], e[:n], titles, group, self.memory)
        self.memory.put(e[:n], titles, group)
        ids, said = torch.from_numpy(c.ids[i]).to(dev), torch.from_numpy(np.stack([d[1] for d in described])).to(dev)
        by_fact = losses.contrast(scale[1], e[:n], facts, ((ids[:, None] == ids[None]) | ~said[None]).all(2))
        fits, photo_fits = self.product_fits[i].to(dev), self.photo_fits[j].to(dev)
        products, photos, groceries, shots = e.split([n, PHOTOS, GROCERIES, SHOTS])
        by_name = .5 * losses.named(scale[2], products, kinds, fits) + .5 * losses.named(scale[2], photos, kinds, photo_fits)
        wanted = torch.zeros(n, len(colors), dtype=torch.bool, device=dev)
        wanted[torch.arange(n), self.colors[i].to(dev)] = True
        by_color = losses.named(scale[2], products, colors, wanted)
        self.shots[s] = shots.detach()
        by_food = losses.groceries(scale[4], groceries, shots, foods, self.shots, food)
        all_fits = torch.cat([fits, photo_fits, torch.zeros(len(food), fits.shape[1], dtype=torch.bool, device=dev)])
        by_kind = losses.alike(scale[3], e, all_fits, food)
        labels = sum(nn.functional.cross_entropy(self.heads[f](h[:n]), ids[:, f], label_smoothing=.05) for f in range(3))
        labels = labels + nn.functional.cross_entropy(self.heads[3](h[:n]), torch.from_numpy(c.type[i]).to(dev), label_smoothing=.05)
        by_twin = losses.contrast(scale[2], one, other, torch.eye(len(one), dtype=torch.bool, device=dev))
        return 2 * by_title + .5 * by_fact + by_name + .6 * by_color + .8 * by_food + .5 * by_kind + .12 * labels + .1 * by_twin, by_title

    @torch.no_grad()
    def follow(self, step):
        """Moves the average; early on it forgets faster, so that it never drags the first weights along."""
        keep = min(AVERAGE, (1 + step) / (10 + step))
        for a, b in zip(self.average.state_dict().values(), self.learning.state_dict().values()):
            if a.dtype.is_floating_point:
                a.lerp_(b, 1 - keep)
            else:
                a.copy_(b)

    def fit(self, minutes, out, peak, small_until):
        params = [*self.learning.parameters(), *self.heads.parameters(), self.scale]
        opt = torch.optim.AdamW(params, lr=peak, weight_decay=.04)
        start = said = time.time()
        epoch = step = 0
        while True:
            order, total = np.random.permutation(self.catalog.train), 0.
            for i in order[:len(order) // PRODUCTS * PRODUCTS].reshape(-1, PRODUCTS):
                part = (time.time() - start) / 60 / minutes
                if part >= 1:
                    return self.finish(out, epoch, start)
                for g in opt.param_groups:
                    g["lr"] = peak * min(1, part / .02 + .01) * .5 * (1 + math.cos(math.pi * part))
                loss, title = self.loss(i, SMALL_SIDE if part < small_until else data.SIDE)
                opt.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(params, 2.)
                opt.step()
                self.follow(step)
                step, total = step + 1, total + title.item()
            epoch += 1
            print(f"epoch {epoch}: titles {total / (len(order) // PRODUCTS):.3f}, {time.time() - start:.0f} s of {60 * minutes:.0f}", flush=True)
            if time.time() - said > MEASURE_EVERY:
                said = time.time()
                measure.report(self)
                self.save(out)

    def save(self, out):
        torch.save({"picture": self.picture.state_dict(), "words": self.words.state_dict()}, out)

    def load(self, path):
        """Takes up a saved run. The heads and scales start afresh; they settle within an epoch."""
        if path.endswith(".safetensors"):
            picture, words = weights.towers(weights.read(path)[1])
            x = views.floats(self.x[self.catalog.train[::60]])
            saved = {"picture": weights.awake(picture, (x - .5) / .25).state_dict(), "words": words.state_dict()}
        else:
            saved = torch.load(path, map_location=self.device)
        for name, tower in self.learning.items():
            tower.load_state_dict(saved[name])
        self.start_average()

    def finish(self, out, epoch, start):
        print(f"{epoch} epochs in {(time.time() - start) / 60:.0f} min")
        self.save(out)
        measure.report(self)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("data")
    p.add_argument("--minutes", type=float, default=480)
    p.add_argument("--out", default="encoder.pt")
    p.add_argument("--from", dest="start", help="go on from this checkpoint, or from the encoder.safetensors that ships")
    p.add_argument("--rate", type=float, default=3e-3, help="peak learning rate")
    p.add_argument("--small", type=float, default=SMALL_UNTIL, help="share of the time with small pictures")
    a = p.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(0), random.seed(0), np.random.seed(0)
    trainer = Trainer(a.data, torch.device("cuda" if torch.cuda.is_available() else "cpu"))
    if a.start:
        trainer.load(a.start)
    trainer.fit(a.minutes, a.out, a.rate, a.small)


if __name__ == "__main__":
    main()
