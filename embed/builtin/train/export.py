#!/usr/bin/env python3
"""Turns a checkpoint of train.py into what the Go encoder reads.

Writes OUT_DIR/encoder.safetensors, rounded as weights.py does, and OUT_DIR/testdata/reference.json.gz: pictures and
texts with the rounded model's vectors.

Needs Debian's python3-torch and python3-numpy. Usage: export.py CHECKPOINT OUT_DIR
"""
import argparse, gzip, json, os
import numpy as np
import torch
import torch.nn.functional as F
import data, weights
from model import Picture, Words, normalise


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
    pictures, texts = picture(normalise(torch.from_numpy(squares)))[1], words(*data.bags(TEXTS))
    entry = lambda v: [float(f"{x:.6g}") for x in v.tolist()]
    out = {"model": model, "blank": BLANK,
           "pictures": [{"kind": kind, "k": k, "vector": entry(v)} for (kind, k), v in zip(DRAWINGS, pictures)],
           "texts": [{"text": t, "tokens": data.tokens(t), "vector": entry(v)} for t, v in zip(TEXTS, texts)]}
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with gzip.GzipFile(path, "wb", mtime=0) as f:
        f.write(json.dumps(out, separators=(",", ":"), ensure_ascii=False).encode())
    print(f"{path}: {len(DRAWINGS)} pictures, {len(TEXTS) + len(BLANK)} texts, {os.path.getsize(path)} bytes")


def compare(before, after):
    """How much rounding turned the vectors; more than a hair means that something went wrong."""
    squares = normalise(torch.from_numpy(np.stack([drawing(kind, k, data.SIDE) for kind, k in DRAWINGS])))
    for name, a, b in (("pictures", before[0](squares)[1], after[0](squares)[1]), ("texts", before[1](*data.bags(TEXTS)), after[1](*data.bags(TEXTS)))):
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
    tensors = {**weights.picture_tensors(picture), **weights.word_tensors(words)}
    after = weights.towers(tensors)
    compare((picture, words), after)
    os.makedirs(a.out, exist_ok=True)
    model = weights.write(os.path.join(a.out, "encoder.safetensors"), tensors)
    reference(os.path.join(a.out, "testdata/reference.json.gz"), model, *after)


if __name__ == "__main__":
    main()
