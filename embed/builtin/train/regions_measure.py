"""What the detector finds of the annotated garments: recall, precision, average precision and calibration."""
import numpy as np
import torch
from regions_data import LABELS, MAIN, fit

KEEP = 60    # candidates a picture, before overlaps are removed


def iou(a, b):
    """IoU of boxes n×4 with boxes m×4, by corner and size."""
    a, b = np.asarray(a, np.float64).reshape(-1, 1, 4), np.asarray(b, np.float64).reshape(1, -1, 4)
    inner = (np.minimum(a[..., :2] + a[..., 2:], b[..., :2] + b[..., 2:]) - np.maximum(a[..., :2], b[..., :2])).clip(0).prod(-1)
    return inner / np.maximum(a[..., 2:].prod(-1) + b[..., 2:].prod(-1) - inner, 1e-9)


def candidates(logits, boxes, floor=-3.):
    """One picture's boxes above a logit, best first, overlaps of a label merged: label, box, logit."""
    out = []
    for k in range(len(LABELS)):
        y, x = np.where(logits[k] > floor)
        if not len(y):
            continue
        s, b = logits[k, y, x], boxes[k, :, y, x]
        order = np.argsort(-s)[:KEEP]
        s, b = s[order], b[order]
        b = np.concatenate([b[:, :2] - b[:, 2:] / 2, b[:, 2:]], 1)
        left = np.ones(len(s), bool)
        cross = iou(b, b)
        for i in range(len(s)):
            if left[i]:
                vote = cross[i] > .6
                share = 1 / (1 + np.exp(-s[vote]))
                out.append((k, (b[vote] * share[:, None]).sum(0) / share.sum(), s[i]))
                left &= cross[i] < .4
    return sorted(out, key=lambda c: -c[2])


def find(run, scenes):
    """The candidates of scenes, their boxes in the scenes' own pixels."""
    out = []
    for i in range(0, len(scenes), 16):
        part = scenes[i:i + 16]
        fits = [fit(s.picture) for s in part]
        logits, boxes = run(np.stack([np.asarray(f[0]) for f in fits]))
        for s, (_, x, y, w, h), a, b in zip(part, fits, logits.numpy(), boxes.numpy()):
            sx, sy = s.picture.width / w, s.picture.height / h
            out.append([(k, np.array([(v[0] - x) * sx, (v[1] - y) * sy, v[2] * sx, v[3] * sy]), l) for k, v, l in candidates(a, b)])
    return out


def right(found, scene):
    """For each candidate of a scene, best first, whether it is a garment not yet found, by label and IoU 0.5."""
    taken, out = set(), []
    for k, b, _ in found:
        o = iou(b, scene.boxes)[0]
        o[(scene.labels != k) | np.isin(np.arange(len(o)), list(taken))] = 0
        best = int(o.argmax()) if len(o) else 0
        out.append(bool(len(o)) and o[best] >= .5)
        if out[-1]:
            taken.add(best)
    return out


def average_precision(found, scenes):
    """Area under the precision-recall curve of each label."""
    score, hit = [[] for _ in LABELS], [[] for _ in LABELS]
    for f, s in zip(found, scenes):
        for (k, _, l), r in zip(f, right(f, s)):
            score[k].append(l), hit[k].append(r)
    total = np.bincount(np.concatenate([s.labels for s in scenes]), minlength=len(LABELS))
    out = {}
    for k, name in enumerate(LABELS):
        order = np.argsort(-np.array(score[k]))
        h = np.array(hit[k], bool)[order]
        precision = h.cumsum() / (np.arange(len(h)) + 1)
        precision = np.maximum.accumulate(precision[::-1])[::-1] if len(h) else precision
        out[name] = float(precision[h].sum() / max(total[k], 1)) if len(h) else 0.
    return out, total


def recall(found, scenes, labels=range(MAIN)):
    """Of the annotated garments of some labels: the shares found by any label, and by their own."""
    anyhow = own = n = 0
    per = {}
    for f, s in zip(found, scenes):
        o = iou(np.array([b for _, b, _ in f]).reshape(-1, 4), s.boxes)
        for j, k in enumerate(s.labels):
            if k in labels:
                same = np.array([c[0] == k for c in f], bool)
                a, b = bool((o[:, j] >= .5).any()), bool((o[same, j] >= .5).any())
                n, anyhow, own = n + 1, anyhow + a, own + b
                p = per.setdefault(LABELS[k], [0, 0]); p[0] += b; p[1] += 1
    return {"any": anyhow / max(n, 1), "own": own / max(n, 1), "n": n, "by": {k: round(a / b, 3) for k, (a, b) in per.items()}}


def brief(found, scenes):
    ap, total = average_precision(found, scenes)
    return f"mAP main {np.mean([ap[k] for k in LABELS[:MAIN]]):.3f}: " + ", ".join(f"{k} {v:.2f} ({n})" for (k, v), n in zip(ap.items(), total)) + \
        f"; recall of all candidates any {recall(found, scenes)['any']:.3f} own {recall(found, scenes)['own']:.3f}"


MAX_REGIONS, WORN = 8, .75


def confidence(found, scenes, shrink=1.):
    """Fits the share of right boxes to candidates' logits: one slope, an offset a label that stays near the common one."""
    rows = [(k, l, r) for f, s in zip(found, scenes) for (k, _, l), r in zip(f, right(f, s))]
    label, logit, hit = (np.array(v) for v in zip(*rows))
    slope, common, own = (torch.tensor(v, requires_grad=True) for v in (1., 0., [0.] * len(LABELS)))
    x, y, k = torch.tensor(logit, dtype=torch.float32), torch.tensor(hit, dtype=torch.float32), torch.tensor(label)
    opt = torch.optim.LBFGS([slope, common, own], max_iter=200, line_search_fn="strong_wolfe")

    def step():
        opt.zero_grad()
        z = slope * x + common + own[k]
        value = torch.nn.functional.binary_cross_entropy_with_logits(z, y, reduction="sum") + shrink * (own ** 2).sum()
        value.backward()
        return value
    opt.step(step)
    return float(slope), (common + own).detach().numpy().astype(np.float32)


def pick(found, curve, least):
    """The regions that are shown of one picture's candidates: label, box, share. regionpick.go does the same."""
    slope, offset = curve
    all_ = sorted(((k, b, float(1 / (1 + np.exp(-(slope * l + offset[k]))))) for k, b, l in found), key=lambda c: -c[2])
    out = []
    for k, b, p in all_:
        outer = [c[1] for c in out if c[0] < 4 and k < 4]
        if p >= least and len(out) < MAX_REGIONS and not (outer and iou(b, outer).max() > WORN):
            out.append((k, b, p))
    return out


def precision_recall(shown, scenes):
    """Of what is shown: the share that is right, and the share of the annotated main garments that it covers."""
    hits = [r for f, s in zip(shown, scenes) for r in right(f, s)]
    r = recall(shown, scenes)
    return {"precision": np.mean(hits) if hits else 0., "recall": r["own"], "recall any label": r["any"], "by": r["by"], "boxes": len(hits) / len(scenes)}


def expected_error(p, right, bins=10):
    """Expected calibration error: mean distance between the shares claimed and those that are right, by bins of the claim."""
    p, right = np.asarray(p, float), np.asarray(right, float)
    at = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs((p - right)[at == b].sum()) for b in range(bins)) / max(len(p), 1))


def calibration_error(shown, scenes):
    """The expected calibration error of regions."""
    return expected_error([c[2] for f in shown for c in f], [r for f, s in zip(shown, scenes) for r in right(f, s)])


def prior(train, scenes):
    """The control: in every photo the main labels' mean boxes of the training part."""
    mean = {}
    for k in range(len(LABELS)):
        b = np.concatenate([s.boxes[s.labels == k] / np.array([s.picture.width, s.picture.height] * 2) for s in train])
        mean[k] = b.mean(0) if len(b) else None
    total = np.bincount(np.concatenate([s.labels for s in train]), minlength=len(LABELS))[:MAIN]
    ranked = [int(k) for k in np.argsort(-total)]
    return [[(k, mean[k] * np.array([s.picture.width, s.picture.height] * 2), float(total[k] / len(train))) for k in ranked] for s in scenes]


def whole(scenes):
    """The other control: one box of the whole picture."""
    return [[(0, np.array([0, 0, s.picture.width, s.picture.height]), 1.)] for s in scenes]
