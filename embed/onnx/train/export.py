#!/usr/bin/env python3
"""Writes small CLIP- and SigLIP-shaped models with random weights, laid out as their ONNX exports on Hugging Face, and what
the Go tests hold package onnx to: token ids, vectors by PyTorch, and resized pictures by Pillow.

Needs Debian's python3-torch, python3-onnx, python3-numpy and python3-pil. Usage, from embed/onnx:

    python3 train/export.py testdata

With --vitb32 it writes a random CLIP of the size of ViT-B/32 instead (600 MB), to measure speed with:

    python3 train/export.py --vitb32 FOLDER
    HONEYGUIDE_BENCH_ONNX=FOLDER go test ./embed/onnx -bench .
"""
import argparse, base64, gzip, json, os
import numpy as np
import torch
from PIL import Image
from tokens import TEXTS, Clip, Gemma, Siglip
from towers import Text, Vision, randomise, unit

SMALL = {"width": 16, "layers": 2, "heads": 2, "inner": 32, "dim": 20}
FILTERS = {"nearest": 0, "lanczos": 1, "bilinear": 2, "bicubic": 3, "box": 4, "hamming": 5}


def drawing(kind, k, width, height):
    """One test picture, height×width×3 bytes, in whole numbers only; `drawing` in the Go tests draws the same."""
    y, x = np.mgrid[:height, :width].astype(np.int64)
    if kind == "gradient":
        colours = x * (k + 2), y * (5 - k), (x + y) * (k + 1)
    elif kind == "checker":
        on = (x // (3 * k + 2) + y // (2 * k + 3)) % 2
        colours = on * (250 - 30 * k), on * 40 * k + 20, (1 - on) * 200
    elif kind == "noise":
        state, values = 12345 + k, []
        for _ in range(width * height * 3):
            state = (state * 1664525 + 1013904223) % (1 << 32)
            values.append(state >> 24)
        return np.array(values, np.uint8).reshape(height, width, 3)
    else:
        colours = [np.full_like(x, v) for v in ((0, 0, 0), (255, 255, 255), (255, 0, 0), (10, 120, 60))[k % 4]]
    return (np.stack(colours, -1) % 256).astype(np.uint8)


SIZES = [(32, 32), (80, 60), (33, 97), (20, 15), (7, 5), (301, 40), (1, 1), (250, 333)]
DRAWINGS = [(kind, k, *SIZES[(2 * i + k) % len(SIZES)]) for i, kind in enumerate(("gradient", "checker", "noise", "plain")) for k in range(4)]


def processor(kind, side):
    """A preprocessor_config.json."""
    shared = {"do_normalize": True, "do_rescale": True, "do_resize": True, "rescale_factor": 1 / 255, "resample": 3}
    if kind == "clip":
        return {**shared, "crop_size": {"height": side, "width": side}, "do_center_crop": True, "do_convert_rgb": True, "image_processor_type": "CLIPImageProcessor",
                "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711], "size": {"shortest_edge": side}}
    return {**shared, "image_processor_type": "SiglipImageProcessor", "image_mean": [0.5] * 3, "image_std": [0.5] * 3, "size": {"height": side, "width": side}}


def pixels(config, picture):
    """What the model sees of a picture: 3×height×width."""
    image, size = Image.fromarray(picture), config["size"]
    if "shortest_edge" in size:
        short, long = sorted(image.size)
        edge, other = size["shortest_edge"], int(size["shortest_edge"] * long / short)
        image = image.resize((edge, other) if image.width <= image.height else (other, edge), config["resample"])
        side = config["crop_size"]["height"]
        left, top = (image.width - side) // 2, (image.height - side) // 2
        image = image.crop((left, top, left + side, top + side))
    else:
        image = image.resize((size["width"], size["height"]), config["resample"])
    x = (np.asarray(image, np.float64) * config["rescale_factor"] - config["image_mean"]) / config["image_std"]
    return torch.from_numpy(x.transpose(2, 0, 1).astype("f4"))


def configs(kind, tokenizer, side):
    special = {"pad_token": tokenizer.pad, "model_max_length": tokenizer.length}
    if kind == "clip":
        special |= {"tokenizer_class": "CLIPTokenizer", "bos_token": {"__type": "AddedToken", "content": "<|startoftext|>"}, "eos_token": {"__type": "AddedToken", "content": "<|endoftext|>"}}
    else:
        special |= {"tokenizer_class": "SiglipTokenizer", "eos_token": "</s>", "do_lower_case": True}
    return {"config.json": {"_name_or_path": f"honeyguide/{kind}-tiny", "model_type": kind}, "preprocessor_config.json": processor(kind, side),
            "tokenizer_config.json": special, "tokenizer.json": tokenizer.json()}


def write(folder, kind, tokenizer, side, patch, shape, seed, suffix="", quantised=False):
    """Exports both towers and returns them."""
    os.makedirs(os.path.join(folder, "onnx"), exist_ok=True)
    for name, content in configs(kind, tokenizer, side).items():
        with open(os.path.join(folder, name), "w") as f:
            json.dump(content, f, ensure_ascii=False, separators=(",", ":"))
    vision = randomise(Vision(kind, side, patch, quantised=quantised, **shape["vision"]), seed)
    text = randomise(Text(kind, len(tokenizer.ids), tokenizer.length, quantised=quantised, **shape["text"]), seed + 1)
    clip = kind == "clip"
    names = lambda tower: [f"{tower}_embeds", "last_hidden_state"] if clip else ["last_hidden_state", "pooler_output"]
    shared = {"opset_version": 13, "do_constant_folding": True}
    torch.onnx.export(vision, torch.zeros(2, 3, side, side), os.path.join(folder, f"onnx/vision_model{suffix}.onnx"), input_names=["pixel_values"],
                      output_names=names("image"), dynamic_axes={"pixel_values": {0: "batch_size"}, **{n: {0: "batch_size"} for n in names("image")}}, **shared)
    ids = torch.ones(2, tokenizer.length, dtype=torch.int64)
    axes = {0: "batch_size", 1: "sequence_length"}
    inputs = {"input_ids": ids, "attention_mask": ids} if clip else {"input_ids": ids}
    torch.onnx.export(text, tuple(inputs.values()), os.path.join(folder, f"onnx/text_model{suffix}.onnx"), input_names=list(inputs), output_names=names("text"),
                      dynamic_axes={**{n: axes if clip else {0: "batch_size"} for n in inputs}, **{n: {0: "batch_size"} for n in names("text")}}, **shared)
    return vision, text


def small(folder, kind, tokenizer, seed):
    """One small model and its reference."""
    shape = {"vision": SMALL, "text": SMALL}
    if kind == "siglip":
        shape = {"vision": {**SMALL, "dim": SMALL["width"]}, "text": {**SMALL, "dim": SMALL["width"]}}
    folder = os.path.join(folder, kind)
    vision, text = write(folder, kind, tokenizer, 32, 8, shape, seed)
    chosen = 0 if kind == "clip" else 1
    config, pad = processor(kind, 32), tokenizer.ids[tokenizer.pad]
    pictures = unit(vision(torch.stack([pixels(config, drawing(*d)) for d in DRAWINGS]))[chosen])
    ids = [tokenizer.encode(t) for t in TEXTS]
    padded = torch.tensor([i + [pad] * (tokenizer.length - len(i)) for i in ids])
    mask = torch.tensor([[1] * len(i) + [0] * (tokenizer.length - len(i)) for i in ids])
    texts = unit(text(padded, mask if kind == "clip" else None)[chosen])
    rounded = lambda v: [float(f"{x:.7g}") for x in v.tolist()]
    raw = {"raw": [tokenizer.encode(t, raw=True) for t in TEXTS]} if kind == "siglip" else {}
    save(os.path.join(folder, "reference.json.gz"), {
        "pictures": [{"kind": d[0], "k": d[1], "width": d[2], "height": d[3], "vector": rounded(v)} for d, v in zip(DRAWINGS, pictures)],
        "texts": [{"text": t, "ids": i, "vector": rounded(v)} for t, i, v in zip(TEXTS, ids, texts)], **raw})
    if kind == "clip":  # a stand-in for what dynamic quantisation does to batches
        shape = {tower: {**s, "layers": 1} for tower, s in shape.items()}
        write(folder, kind, tokenizer, 32, 8, shape, seed, "_quantized", True)


def resized(path):
    """Pictures resized by Pillow with every filter, down, up and both."""
    cases = []
    for name, code in FILTERS.items():
        for i, ((width, height), (w, h)) in enumerate((((80, 60), (17, 24)), ((20, 15), (31, 29)), ((7, 97), (23, 11)), ((640, 3), (19, 3)), ((33, 33), (33, 12)))):
            image = Image.fromarray(drawing("noise" if i % 2 else "checker", i % 4, width, height)).resize((w, h), code)
            cases.append({"kind": "noise" if i % 2 else "checker", "k": i % 4, "width": width, "height": height, "filter": code, "to": [w, h], "name": name,
                          "pixels": base64.b64encode(np.asarray(image).tobytes()).decode()})
    save(path, cases)


def save(path, content):
    with gzip.GzipFile(path, "wb", mtime=0) as f:
        f.write(json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode())


@torch.no_grad()
def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folder")
    p.add_argument("--vitb32", action="store_true", help="one model of the size of CLIP ViT-B/32 instead of the small ones")
    a = p.parse_args()
    if a.vitb32:
        shape = {"vision": {"width": 768, "layers": 12, "heads": 12, "inner": 3072, "dim": 512}, "text": {"width": 512, "layers": 12, "heads": 8, "inner": 2048, "dim": 512}}
        tokenizer = Clip()
        tokenizer.ids = {**{f"unused {i}": i for i in range(49408 - len(tokenizer.ids))}, **{p: i + 49408 - len(tokenizer.ids) for p, i in tokenizer.ids.items()}}
        write(a.folder, "clip", tokenizer, 224, 32, shape, 1)
        return
    small(a.folder, "clip", Clip(), 11)
    small(a.folder, "siglip", Siglip(), 22)
    gemma = Gemma()
    os.makedirs(os.path.join(a.folder, "gemma"), exist_ok=True)
    with open(os.path.join(a.folder, "gemma/tokenizer.json"), "w") as f:
        json.dump(gemma.json(), f, ensure_ascii=False, separators=(",", ":"))
    save(os.path.join(a.folder, "gemma/reference.json.gz"), {"texts": [{"text": t, "ids": gemma.encode(t)} for t in TEXTS]})
    resized(os.path.join(a.folder, "resized.json.gz"))


if __name__ == "__main__":
    main()
