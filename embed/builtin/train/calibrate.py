#!/usr/bin/env python3
"""Fits how sure the encoder may be of the category and the colour it names in a picture, and writes confidence.json.

A picture's names are ranked by the softmax of SCALE × their cosines; the first one's share is what is turned into a
probability, by a logistic curve over its logit. It is fitted on half of the held-out pictures (catalogue groups that
training never saw, and the phone photos' validation part, each set weighing the same) and measured on the other half.

Needs Debian's python3-torch, python3-numpy, python3-pil and python3-yaml.
Usage: calibrate.py DATA_DIR ENCODER_DIR     (ENCODER_DIR holds encoder.safetensors)
"""
import argparse, csv, io, json, os, zipfile, zlib
import numpy as np
import torch
import torch.nn.functional as F
import data, weights
from model import normalise
from regions_measure import expected_error

SCALE = 30     # catalog/names.go ranks by it


def held_out(folder):
    """The catalogue's rows that training leaves alone, and their pictures."""
    z = zipfile.ZipFile(f"{folder}/catalog.zip")
    rows = [r for r in csv.DictReader(io.TextIOWrapper(z.open("products.csv"), "utf8")) if zlib.crc32(r["item_group_id"].encode()) % 20 == 0]
    return rows, np.stack([data.square(z.read(r["image_link"]), data.SIDE) for r in rows])


def phone(folder):
    z = zipfile.ZipFile(f"{folder}/phone_photos_validation.zip")
    names = sorted(n for n in z.namelist() if n.endswith(".jpg"))
    return names, np.stack([data.square(z.read(n), data.SIDE) for n in names])


def allowed(names, row):
    """The categories that are right for a product: its own, and those above it."""
    leaf, title = row["product_type"].split(" > ")[-1].lower(), row["title"].lower()
    key = "tops.polos" if leaf == "tshirts" and "polo" in title.split() else "shoes.boots" if leaf == "casual shoes" and "boots" in title else names.by_word.get(leaf)
    return above(key) if key else set()


def above(key):
    parts = key.split(".")
    return {".".join(parts[:i + 1]) for i in range(len(parts))}


def share(pictures, names):
    """The first name of each picture and the logit of its share, n."""
    p = F.softmax(SCALE * pictures @ names.t(), 1)
    top, at = p.max(1)
    return at.numpy(), torch.logit(top, 1e-6).numpy()


def fit(logit, right, weight):
    """The logistic curve by which shares become probabilities: slope and offset."""
    x, y, w = (torch.tensor(np.asarray(v), dtype=torch.float32) for v in (logit, right, weight))
    curve = torch.tensor([1., 0.], requires_grad=True)
    opt = torch.optim.LBFGS([curve], max_iter=200, line_search_fn="strong_wolfe")

    def step():
        opt.zero_grad()
        value = F.binary_cross_entropy_with_logits(curve[0] * x + curve[1], y, weight=w, reduction="sum") / w.sum()
        value.backward()
        return value
    opt.step(step)
    return curve.tolist()


def sigmoid(x):
    return 1 / (1 + np.exp(-np.asarray(x)))


def settle(name, sets):
    """Fits and reports one curve. Each set is (name, ids, logits, right)."""
    first = [np.array([zlib.crc32(i.encode()) >> 8 & 1 for i in ids], bool) for _, ids, _, _ in sets]
    take = lambda k, half: np.concatenate([s[k][h == half] for s, h in zip(sets, first)])
    weight = np.concatenate([np.full(h.sum(), 1 / h.sum()) for h in first])
    curve = fit(take(2, True), take(3, True), weight)
    for (label, _, logit, right), h in zip(sets, first):
        l, r = logit[~h], right[~h]
        print(f"{name}, {label}, {len(l)} pictures: right {r.mean():.3f}; calibration error {expected_error(sigmoid(l), r):.3f}, "
              f"after {expected_error(sigmoid(curve[0] * l + curve[1]), r):.3f}", flush=True)
    return [round(v, 4) for v in curve]


@torch.no_grad()
def encode(picture, x):
    return torch.cat([picture(normalise(torch.from_numpy(x[i:i + 256])))[1] for i in range(0, len(x), 256)])


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data"), p.add_argument("encoder")
    a = p.parse_args()
    torch.set_num_threads(1)
    model, tensors = weights.read(os.path.join(a.encoder, "encoder.safetensors"))
    picture, words = weights.towers(tensors)
    names = data.Names()
    keys, colors = sorted(names.categories), sorted(names.colors)
    with torch.no_grad():
        kinds = words(*data.bags([names.categories[k]["en"][0].lower() for k in keys]))
        shades = words(*data.bags([names.colors[k]["en"][0].lower() for k in colors]))
    rows, shots = held_out(a.data)
    photos, wild = phone(a.data)
    e, w = encode(picture, shots), encode(picture, wild)
    right = [allowed(names, r) for r in rows]
    known = np.array([bool(r) for r in right])
    at, logit = share(e, kinds)
    sets = [("catalogue", [r["item_group_id"] for r, k in zip(rows, known) if k], logit[known], np.array([keys[i] in r for i, r in zip(at, right)])[known])]
    at, logit = share(w, kinds)
    classes = {c: set().union(*map(above, ks)) for c, ks in data.PHONE.items()}
    sets.append(("phone photos", photos, logit, np.array([keys[i] in classes[n.split("/")[0]] for i, n in zip(at, photos)])))
    out = {"category": settle("category", sets)}
    truth = [names.by_color.get(r["color"].lower()) for r in rows]
    known = np.array([t is not None for t in truth])
    at, logit = share(e, shades)
    out["color"] = settle("colour", [("catalogue", [r["item_group_id"] for r, k in zip(rows, known) if k], logit[known], np.array([colors[i] == t for i, t in zip(at, truth)])[known])])
    out["model"] = model
    with open(os.path.join(a.encoder, "confidence.json"), "w") as f:
        json.dump(out, f, sort_keys=True)
        f.write("\n")
    print(json.dumps(out))


if __name__ == "__main__":
    main()
