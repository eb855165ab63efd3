"""The losses. Vectors are unit length, positives are booleans, and each loss is a mean over its rows."""
import torch
import torch.nn.functional as F


def softmax_over(logits, positive):
    """Cross entropy of each row towards its positives, evenly; rows without any are left out."""
    p = positive.float()
    count = p.sum(1)
    loss = -(F.log_softmax(logits, 1) * p).sum(1) / count.clamp(min=1)
    return loss[count > 0].mean()


def contrast(scale, a, b, positive):
    logits = scale * a @ b.t()
    return (softmax_over(logits, positive) + softmax_over(logits.t(), positive.t())) / 2


def told_apart(scale, pictures, titles, group, memory):
    """Each picture to its title among the batch's and those remembered, and back. What is of one group is not told apart."""
    same = group[:, None] == group[None]
    old = slice(0, memory.full)
    also = (group[:, None] == memory.groups[None, old]).float() * -1e4
    ask = lambda a, b, remembered: softmax_over(torch.cat([scale * a @ b.t(), scale * a @ remembered[old].clone().t() + also], 1), F.pad(same, (0, memory.full)))
    return (ask(pictures, titles, memory.titles) + ask(titles, pictures, memory.pictures)) / 2


def any_of(logits, allowed):
    """Cross entropy where any of the allowed columns is right."""
    return -(torch.logsumexp(logits.masked_fill(~allowed, -1e4), 1) - torch.logsumexp(logits, 1)).mean()


def named(scale, pictures, names, allowed):
    """Each picture to any of its names, and each name to its pictures: what a search by that name does."""
    logits = scale * pictures @ names.t()
    return any_of(logits, allowed) + .5 * softmax_over(logits.t(), allowed.t())


def groceries(scale, photos, shots, names, remembered, food):
    """Photos and clean shots to their names; photos to where the clean shots were seen last, this batch's as they are now."""
    seen = scale * torch.cat([photos, shots]) @ names.t()
    by_shot = scale * photos @ remembered.t()
    now = food[len(photos):]
    by_shot = by_shot.index_copy(1, now, scale * photos @ shots.t())
    known = remembered.abs().sum(1) > 0
    return F.cross_entropy(seen, food) + F.cross_entropy(by_shot.masked_fill(~known[None], -1e4), food[:len(photos)], label_smoothing=.05)


def alike(scale, e, fits, food):
    """Every picture to the others of its kind, across shop and phone; photos count as much as products."""
    n = len(e) - len(food)
    same = torch.zeros(len(e), len(e), dtype=torch.bool, device=e.device)
    same[:n, :n] = fits[:n].float() @ fits[:n].float().t() > 0
    same[n:, n:] = food[:, None] == food[None]
    same.fill_diagonal_(False)
    logits = scale * e @ e.t() - 1e4 * torch.eye(len(e), device=e.device)
    return softmax_over(logits[:n], same[:n]) + .5 * softmax_over(logits[n:], same[n:])
