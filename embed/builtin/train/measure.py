"""The figures of the held-out part: groups that training never saw, and the photos' validation sets."""
import numpy as np
import torch
import torch.nn.functional as F
import data
from model import normalise

PROMPT = {"dress": ["dress"], "hat": ["hat", "cap"], "longsleeve": ["long sleeve top", "sweatshirt", "sweater"], "outwear": ["jacket", "coat"], "pants": ["pants", "trousers", "jeans"],
          "shirt": ["shirt"], "shoes": ["shoes", "sports shoes", "casual shoes"], "shorts": ["shorts"], "skirt": ["skirt"], "t-shirt": ["t-shirt"]}


def encode(trainer, x):
    """n×h×w×3 bytes to unit vectors n×128."""
    x, out = torch.as_tensor(x), []
    for i in range(0, len(x), 512):
        y = normalise(x[i:i + 512])
        if y.shape[-1] != data.SIDE:
            y = F.interpolate(y, size=(data.SIDE, data.SIDE), mode="area" if y.shape[-1] % data.SIDE == 0 else "bilinear", align_corners=None if y.shape[-1] % data.SIDE == 0 else False, antialias=y.shape[-1] % data.SIDE != 0)
        out.append(trainer.picture(y.to(trainer.device).contiguous(memory_format=torch.channels_last))[1].cpu())
    return torch.cat(out)


def say(trainer, texts):
    return trainer.words(*data.bags(texts, trainer.device)).cpu()


@torch.no_grad()
def figures(trainer):
    c, q = trainer.catalog, trainer.catalog.val
    e = encode(trainer, c.x)
    names = q[:2000]
    t = say(trainer, [c.rows[i]["title"] for i in names])
    score = t @ e.t()
    rank = (score > (t * e[names]).sum(1, keepdim=True)).sum(1).float()
    kind = torch.from_numpy(c.type)
    color = torch.from_numpy(c.ids[:, 1])
    near = (e[q] @ e[c.train].t()).topk(10).indices
    out = {"names R@1": (rank < 1).float().mean(), "names R@10": (rank < 10).float().mean(), "names MRR": (1 / (rank + 1))[rank < 10].sum() / len(rank),
           "type P@10": (kind[c.train][near] == kind[q][:, None]).float().mean(), "colour P@10": (color[c.train][near] == color[q][:, None]).float().mean()}
    category = torch.from_numpy(c.ids[:, 0])
    for lang in ("en", "zh"):
        hit, n = 0., 0
        for k, key in enumerate(c.vocab[0]):
            if (category[q] == k).sum() >= 10:
                top = (say(trainer, [trainer.names.categories[key][lang][0]]) @ e[q].t())[0].topk(10).indices
                hit, n = hit + (category[q][top] == k).float().mean().item(), n + 1
        out[f"category words {lang} P@10"] = hit / n
    photos, labels = trainer.val_photos
    p = encode(trainer, photos)
    classes = sorted(PROMPT)
    prompts = torch.stack([F.normalize(say(trainer, PROMPT[k]).mean(0), dim=0) for k in classes])
    out["phone by words"] = np.mean([classes[a] == b for a, b in zip((p @ prompts.t()).argmax(1).tolist(), labels)])
    fits = torch.tensor([[c.values[i][0] in data.PHONE[k] for i in range(len(c.rows))] for k in classes])
    top = (p @ e.t()).topk(10).indices
    out["phone to pictures P@10"] = np.mean([fits[classes.index(k)][top[a]].float().mean().item() for a, k in enumerate(labels)])
    g = encode(trainer, trainer.grocery.vx) @ encode(trainer, trainer.grocery.shots).t()
    out["grocery top-1"] = (g.argmax(1).numpy() == trainer.grocery.vy).mean()
    return {k: round(float(v), 4) for k, v in out.items()}


def report(trainer):
    print("  " + ", ".join(f"{k} {v:.3f}" for k, v in figures(trainer).items()), flush=True)
