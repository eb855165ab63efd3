"""Weights in files: what train.py learned, as the Go encoder reads it.

Batch norms are folded into their convolutions; the word table is int8 with one scale a row, matrices are int8 with one
a column, kernels of three by three float16.
"""
import hashlib, json, struct
import numpy as np
import torch
import torch.nn as nn
import data
from model import DIM, Block, Picture, Step, Words

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


def read(path):
    """The model's name and the tensors of a file, as they are kept."""
    with open(path, "rb") as f:
        header = json.loads(f.read(struct.unpack("<Q", f.read(8))[0]))
        numbers = bytearray(f.read())
    name = header.pop("__metadata__")["model"]
    types = {v: k for k, v in TYPES.items()}
    return name, {k: np.frombuffer(numbers[slice(*t["data_offsets"])], types[t["dtype"]]).reshape(t["shape"]) for k, t in header.items()}


def number(tensors, name):
    """A tensor of a file as float32, with its scale."""
    x, scale = tensors[name].astype("f4"), tensors.get(name.removesuffix("weight") + "scale")
    return torch.from_numpy(x * scale if name.endswith(".weight") and scale is not None else x)


@torch.no_grad()
def towers(tensors):
    """The two towers with the weights of a file."""
    get = lambda name: number(tensors, name)
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


@torch.no_grad()
def awake(picture, x):
    """Makes a tower of a file one that learns: its batch norms, which only add, get the means and spreads that pictures
    x (n×3×side×side, normalised) have there, so that they give the same as before.
    """
    def measured(norm, inputs):
        at = inputs[0].float()
        spread, middle = at.var((0, 2, 3), unbiased=False), at.mean((0, 2, 3))
        norm.running_mean.copy_(middle), norm.running_var.copy_(spread)
        norm.bias.add_(middle), norm.weight.copy_((spread + norm.eps).sqrt())

    hooks = [m.register_forward_pre_hook(measured) for m in picture.modules() if isinstance(m, nn.BatchNorm2d)]
    picture.eval()(x)
    for h in hooks:
        h.remove()
    return picture
