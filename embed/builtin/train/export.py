#!/usr/bin/env python3
"""Turns a checkpoint of train.py into what the Go encoder reads.

Folds the batch norms, rounds (the word table to int8 with one scale a row, matrices to int8 with one a column, kernels
of three by three to float16), and writes
OUT_DIR/encoder.safetensors and OUT_DIR/testdata/reference.json.gz: pictures and texts with the rounded model's vectors.

Needs Debian's python3-torch and python3-numpy. Usage: export.py CHECKPOINT OUT_DIR
"""
import argparse, gzip, hashlib, json, os, struct
import numpy as np
import torch
import torch.nn.functional as F
import data
from model import DIM, Block, Picture, Step, Words, normalise

FAMILY, LIMIT = "honeyguide-1", 10_000_000
TYPES = {np.dtype("i1"): "I8", np.dtype("<f2"): "F16", np.dtype("<f4"): "F32"}


def fold(weight, norm):
    """A bias-free convolution followed by a batch norm, as one convolution with a bias."""
    gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return weight * gain[:, None, None, None], norm.bias - norm.running_mean * gain


def unfold(conv, norm, weight, bias):
    """Puts a folded convolution back into a model, with a batch norm that only adds the bias."""
    conv.weight.copy_(weight)
    norm.weight.fill_(1), norm.bias.copy_(bias), norm.running_mean.zero_(), norm.running_var.fill_(1 - norm.eps)


def half(x):
    """float16 as numpy; a value that leaves its range is an error, never an infinity."""
    y = x.detach().numpy().astype("<f2")
    if not np.isfinite(y).all():
        raise SystemExit("a weight does not fit float16")
    return y


def table(x):
    """Rows of int8 and one float32 scale a row."""
    x = x.detach().numpy()
    scale = np.maximum(np.abs(x).max(1), 1e-12).astype("<f4") / 127
    return np.rint(x / scale[:, None]).astype("i1"), scale


def matrix(out, name, x):
    """A matrix in×out as int8 and one scale a column; `x` may be a kernel, whose last axis is the outputs."""
    flat = x.reshape(-1, x.shape[-1])
    rounded, out[name + ".scale"] = table(flat.t())
    out[name + ".weight"] = np.ascontiguousarray(rounded.T).reshape(x.shape)


def picture_tensors(model):
    """The picture tower as the Go encoder multiplies it: matrices are in×out, kernels run row, column, channel."""
    out = {}

    def put(name, conv, norm, shape):
        weight, bias = fold(conv.weight, norm)
        matrix(out, name, weight.permute(2, 3, 1, 0).reshape(shape).contiguous())
        out[name + ".bias"] = bias.detach().numpy().astype("<f4")

    for i, layer in enumerate(model.body):
        if isinstance(layer, Step):
            k, cin, cout = layer.conv.kernel_size[0], layer.conv.in_channels, layer.conv.out_channels
            put(f"picture.{i}", layer.conv, layer.norm, (k, k, cin, cout))
        elif isinstance(layer, Block):
            c = layer.up.in_channels
            out[f"picture.{i}.depthwise"] = half(layer.depthwise.weight.permute(2, 3, 1, 0).reshape(3, 3, c).contiguous())
            put(f"picture.{i}.up", layer.up, layer.up_norm, (c, -1))
            put(f"picture.{i}.down", layer.down, layer.down_norm, (-1, c))
        else:
            raise SystemExit(f"layer {i} is a {type(layer).__name__}, which the Go encoder does not know")
    linear(out, "picture.hidden", model.hidden)
    linear(out, "picture.project", model.project)
    return out


def word_tensors(model):
    out = {}
    out["words.table"], out["words.scale"] = table(model.bag.weight)
    for name in ("wide", "narrow", "skip"):
        linear(out, "words." + name, getattr(model, name))
    return out


def linear(out, name, layer):
    matrix(out, name, layer.weight.t().contiguous())
    out[name + ".bias"] = layer.bias.detach().numpy().astype("<f4")


def write(path, tensors):
    """Writes the safetensors layout and returns the model's name, which ends in a hash of the weights that the loader checks."""
    digest = hashlib.sha256()
    header, at = {}, 0
    for name, x in sorted(tensors.items()):
        digest.update(f"{name} {TYPES[x.dtype]} [{' '.join(map(str, x.shape))}]\n".encode() + x.tobytes())
        header[name] = {"dtype": TYPES[x.dtype], "shape": list(x.shape), "data_offsets": [at, at + x.nbytes]}
        at += x.nbytes
    model = f"{FAMILY}-{digest.hexdigest()[:8]}"
    header["__metadata__"] = {"model": model, "dim": str(DIM), "side": str(data.SIDE)}
    text = json.dumps(header, separators=(",", ":"), sort_keys=True).encode()
    text += b" " * (-len(text) % 8)
    size = 8 + len(text) + at
    if size > LIMIT:
        raise SystemExit(f"{size} bytes of weights, more than {LIMIT}")
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text)
        for _, x in sorted(tensors.items()):
            f.write(x.tobytes())
    print(f"{path}: {model}, {size} bytes")
    return model


def rounded(tensors):
    """The two towers with the weights that were written."""
    def get(name):
        x = tensors[name].astype("f4")
        return torch.from_numpy(x * tensors[name[:-len("weight")] + "scale"] if name.endswith(".weight") else x)

    picture, words = Picture().eval(), Words().eval()
    for i, layer in enumerate(picture.body):
        if isinstance(layer, Step):
            unfold(layer.conv, layer.norm, get(f"picture.{i}.weight").permute(3, 2, 0, 1), get(f"picture.{i}.bias"))
        else:
            layer.depthwise.weight.copy_(get(f"picture.{i}.depthwise").permute(2, 0, 1)[:, None])
            for name in ("up", "down"):
                unfold(getattr(layer, name), getattr(layer, name + "_norm"), get(f"picture.{i}.{name}.weight").t()[:, :, None, None], get(f"picture.{i}.{name}.bias"))
    words.bag.weight.copy_(get("words.table") * torch.from_numpy(tensors["words.scale"])[:, None])
    for tower, prefix, names in ((picture, "picture.", ("hidden", "project")), (words, "words.", ("wide", "narrow", "skip"))):
        for name in names:
            getattr(tower, name).weight.copy_(get(prefix + name + ".weight").t())
            getattr(tower, name).bias.copy_(get(prefix + name + ".bias"))
    return picture, words


def drawing(kind, k, side):
    """One test picture, side×side×3 bytes, in whole numbers only; `drawing` in the Go tests draws the same."""
    y, x = np.mgrid[:side, :side].astype(np.int64)
    if kind == "gradient":
        red, green, blue = x * (k + 2), y * (5 - k), (x + y) * (k + 1)
    elif kind == "checker":
        on = (x // (3 * k + 2) + y // (2 * k + 3)) % 2
        red, green, blue = on * (250 - 30 * k), on * 40 * k + 20, (1 - on) * 200
    elif kind == "disc":
        inside = ((x - 40) ** 2 + (y - 36 - k) ** 2 < (12 + 5 * k) ** 2).astype(np.int64)
        red, green, blue = 245 - inside * 35 * k, 245 - inside * (225 - 40 * k), 245 - inside * 100
    elif kind == "stripes":
        on = ((x * (k - 2) + y * 2 + 400) // (k + 3)) % 3
        red, green, blue = on * 120, on * 60 + 30 * k, 255 - on * 110
    elif kind == "noise":
        state, values = 12345 + k, []
        for _ in range(side * side * 3):
            state = (state * 1664525 + 1013904223) % (1 << 32)
            values.append(state >> 24)
        return (np.array(values, np.int64).reshape(side, side, 3) % (256 >> k)).astype(np.uint8)
    else:
        red, green, blue = [np.full_like(x, v) for v in ((0, 0, 0), (255, 255, 255), (255, 0, 0), (10, 120, 60))[k % 4]]
    return (np.stack([red, green, blue], -1) % 256).astype(np.uint8)


DRAWINGS = [(kind, k) for kind in ("gradient", "checker", "disc", "stripes", "noise", "plain") for k in range(4)]

TEXTS = [
    "dress", "red dress", "Red Dress", "RED DRESS under 2000", "blue denim jacket for men", "t-shirt", "T-Shirt", "running shoes", "women's handbag", "womens handbag", "women\u2019s handbag",
    "a", "ab", "abc", "abcd", "x y z", "Nike Air Max 90", "size 42", "100% cotton", "black-and-white striped shirt", "café crème", "cafe creme", "naïve Übergröße", "smörgåsbord",
    "İstanbul", "ΣΑΣ shirt", "ﬁne ﬂannel", "½ sleeve", "x² shirt", "№ 5 perfume", "ＦＵＬＬ ｗｉｄｔｈ １２３", "ｄｒｅｓｓ，ｒｅｄ", "K\u212a \u212b", "e\u0301te\u0301", "a" + "\u0301" * 40 + "b",
    "don't can't won't", "rock'n'roll tee", "m&m's", "under_score", "tabs\tand\nlines", "  spaced   out  ", "red👗dress", "👟 sneakers 👟", "dress!!!???", "1", "2000元以内的红色连衣裙",
    "连衣裙", "红色连衣裙", "裙", "男士 夏季 纯棉 T恤", "黑色运动鞋", "适合送女朋友的生日礼物", "iPhone手机壳", "Nike耐克跑鞋男款42码", "红色，连衣裙。", "牛奶 1升", "豈更車", "한국어 dress", "ドレス dress", "Привет dress",
    "word " * 200, "连衣裙" * 70, "supercalifragilisticexpialidocious" * 4,
]
BLANK = ["", "   ", "!?.,;", "'", "👗", "Привет", "한국어", "\u0301"]


def reference(path, model, picture, words):
    squares = np.stack([drawing(kind, k, data.SIDE) for kind, k in DRAWINGS])
    if not all(t and t[0] >= 0 for t in map(data.tokens, TEXTS)) or any(data.tokens(t) != [0] for t in BLANK):
        raise SystemExit("TEXTS must have tokens and BLANK none")
    pictures, texts = picture(normalise(torch.from_numpy(squares)))[1], words(*bags(TEXTS))
    entry = lambda v: [float(f"{x:.6g}") for x in v.tolist()]
    out = {"model": model, "blank": BLANK,
           "pictures": [{"kind": kind, "k": k, "vector": entry(v)} for (kind, k), v in zip(DRAWINGS, pictures)],
           "texts": [{"text": t, "tokens": data.tokens(t), "vector": entry(v)} for t, v in zip(TEXTS, texts)]}
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with gzip.GzipFile(path, "wb", mtime=0) as f:
        f.write(json.dumps(out, separators=(",", ":"), ensure_ascii=False).encode())
    print(f"{path}: {len(DRAWINGS)} pictures, {len(TEXTS) + len(BLANK)} texts, {os.path.getsize(path)} bytes")


def bags(texts):
    ids, offsets = [], []
    for t in texts:
        offsets.append(len(ids))
        ids += data.tokens(t)
    return torch.tensor(ids), torch.tensor(offsets)


def compare(before, after):
    """How much rounding turned the vectors; more than a hair means that something went wrong."""
    squares = normalise(torch.from_numpy(np.stack([drawing(kind, k, data.SIDE) for kind, k in DRAWINGS])))
    for name, a, b in (("pictures", before[0](squares)[1], after[0](squares)[1]), ("texts", before[1](*bags(TEXTS)), after[1](*bags(TEXTS)))):
        low = F.cosine_similarity(a, b).min().item()
        print(f"{name}: cosine to the unrounded model at least {low:.5f}")
        if low < .995:
            raise SystemExit("rounding changed the model too much")


@torch.no_grad()
def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("checkpoint")
    p.add_argument("out")
    a = p.parse_args()
    torch.set_num_threads(1)
    state = torch.load(a.checkpoint, map_location="cpu")
    picture, words = Picture().eval(), Words().eval()
    picture.load_state_dict(state["picture"]), words.load_state_dict(state["words"])
    tensors = {**picture_tensors(picture), **word_tensors(words)}
    after = rounded(tensors)
    compare((picture, words), after)
    os.makedirs(a.out, exist_ok=True)
    model = write(os.path.join(a.out, "encoder.safetensors"), tensors)
    reference(os.path.join(a.out, "testdata/reference.json.gz"), model, *after)


if __name__ == "__main__":
    main()
