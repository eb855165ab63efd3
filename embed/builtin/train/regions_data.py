"""Scenes with boxes for the region detector: street photos, phone photos, product shots and figures composed of them.

Boxes are x, y, width, height in pixels of the scene's picture.
"""
import csv, io, json, zipfile, zlib
from collections import defaultdict
import numpy as np
from PIL import Image, ImageEnhance

LABELS = ["upper", "lower", "dress", "outerwear", "shoes", "bag", "hat", "eyewear"]
MAIN = 7                    # the first labels are the ones that every figure is about
WIDTH, HEIGHT = 176, 240    # the detector's canvas, pixels
GREY = (127, 127, 127)      # what lies outside a picture: zero after normalise, almost

# The annotators' words. "Accessories" may be anything, so its boxes count neither way; other words are none of these.
WORDS = {
    "upper": "shirt t-shirt blouse sweater top sweatshirt jumper vest cardigan bodysuit",
    "lower": "pants jeans skirt shorts leggings", "dress": "dress romper",
    "outerwear": "coat jacket blazer suit cape hoodie", "shoes": "shoes sandals heels boots sneakers flats pumps wedges loafers clogs",
    "bag": "bag purse wallet", "hat": "hat", "eyewear": "sunglasses glasses",
}
LABEL = {word: LABELS.index(label) for label, words in WORDS.items() for word in words.split()}

SAME = {"1707", "0722", "0990", "0732"}    # photos that show what another one shows

PHONE = {"dress": "dress", "hat": "hat", "outwear": "outerwear", "longsleeve": "upper", "t-shirt": "upper", "shirt": "upper",
         "pants": "lower", "shorts": "lower", "skirt": "lower", "shoes": "shoes"}

SHOTS = {
    "upper": "Tshirts Shirts Tops Sweatshirts Sweaters Kurtis Tunics", "lower": "Jeans,Trousers,Track Pants,Shorts,Capris,Skirts,Leggings",
    "dress": "Dresses Kurtas", "outerwear": "Jackets Blazers", "shoes": "Casual Shoes,Sports Shoes,Heels,Formal Shoes,Flats,Sandals",
    "bag": "Handbags Backpacks Clutches", "hat": "Caps Hat", "eyewear": "Sunglasses",
}
SHOT = {leaf: label for label, leaves in SHOTS.items() for leaf in (leaves.split(",") if "," in leaves else leaves.split())}


class Scene:
    """A picture, its boxes with labels, boxes that count neither way, and which labels have boxes wherever they are seen."""

    def __init__(self, name, picture, boxes=(), ignored=(), known=None):
        self.name, self.picture, self.ignored = name, picture, np.array(ignored, np.float32).reshape(-1, 4)
        self.labels = np.array([b[0] for b in boxes], np.int64)
        self.boxes = np.array([b[1:] for b in boxes], np.float32).reshape(-1, 4)
        self.known = np.ones(len(LABELS), bool) if known is None else known


def part(name):
    """The part that a street photo belongs to: 70 % train, 10 % validation, 20 % test. The same in eval/regionset.go."""
    n = zlib.crc32(name.encode()) % 10
    return "train" if n < 7 else "validation" if n == 7 else "test"


def street(folder, which):
    """The annotated street photos of a part, and those of it that have only tags."""
    z = zipfile.ZipFile(f"{folder}/street_photos.zip")
    boxed, tagged = [], []
    for name, a in sorted(json.loads(z.read("annotations.json")).items()):
        if part(name) != which or name in SAME:
            continue
        picture = Image.open(io.BytesIO(z.read(f"images/{name}.jpg"))).convert("RGB")
        w, h = picture.size
        pixels = lambda b: (b[0] * w, b[1] * h, b[2] * w, b[3] * h)
        boxes = [(LABEL[word], *pixels(b)) for word, b in a.get("boxes", {}).items() if word in LABEL]
        ignored = [pixels(b) for word, b in a.get("boxes", {}).items() if word == "accessories"]
        if boxes:
            boxed.append(Scene(name, picture, boxes, ignored))
            continue
        seen = {LABEL[t] for t in a["tags"] if t in LABEL}
        tagged.append(Scene(name, picture, known=np.array([k not in seen for k in range(len(LABELS))])))
    return boxed, tagged


def foreground(a, low=236):
    """Which pixels of a shot are not its white ground: dark ones, and what they enclose in both directions."""
    dark = a.min(2) < low
    def between(m, axis):
        return np.logical_and(np.maximum.accumulate(m, axis), np.flip(np.maximum.accumulate(np.flip(m, axis), axis), axis))
    return between(dark, 0) & between(dark, 1)


def bounds(mask, share=.02):
    """The box of a mask, without the outermost rows and columns that hold hardly any of it."""
    rows, cols = mask.mean(1) > share, mask.mean(0) > share
    if not rows.any() or not cols.any():
        return None
    y, x = np.where(rows)[0], np.where(cols)[0]
    return x[0], y[0], x[-1] + 1 - x[0], y[-1] + 1 - y[0]


def phone(folder, which="train"):
    """Phone photos of one garment lying flat. Its box is what differs from the photo's border, where that is clear."""
    z = zipfile.ZipFile(f"{folder}/phone_photos_{which}.zip")
    out = []
    for name in sorted(n for n in z.namelist() if n.endswith(".jpg")):
        picture = Image.open(io.BytesIO(z.read(name))).convert("RGB")
        label = LABELS.index(PHONE[name.split("/")[0]])
        box = apart(np.asarray(picture.resize((max(8, picture.width // 4), max(8, picture.height // 4)), Image.BOX), np.float32))
        if box is not None:
            sx, sy = picture.width / max(8, picture.width // 4), picture.height / max(8, picture.height // 4)
            out.append(Scene(name, picture, [(label, box[0] * sx, box[1] * sy, box[2] * sx, box[3] * sy)]))
    return out


def apart(a):
    """The box of what differs from the picture's border, or None where that is not one clear thing."""
    edge = np.concatenate([a[0], a[-1], a[:, 0], a[:, -1]])
    middle = np.median(edge, 0)
    spread = np.maximum(np.median(np.abs(edge - middle), 0).sum(), 8)
    mask = np.abs(a - middle).sum(2) > 4 * spread
    box = bounds(mask, .06)
    if box is None:
        return None
    inside = mask[box[1]:box[1] + box[3], box[0]:box[0] + box[2]].mean()
    covered = box[2] * box[3] / mask.size
    return box if inside > .55 and .15 < covered < .97 else None


class Shots:
    """The catalogue's shots by label: cut-outs with their masks, and the part of the foreground that is the garment."""

    # Of the foreground's height, where a shot of a person wearing it shows the garment.
    WORN = {"upper": (.14, .96), "dress": (.15, .93), "outerwear": (.12, .96), "lower": (.08, .93)}

    def __init__(self, folder, limit=1500):
        z = zipfile.ZipFile(f"{folder}/catalog.zip")
        self.by = defaultdict(list)
        rows = list(csv.DictReader(io.TextIOWrapper(z.open("products.csv"), "utf8")))
        rows.sort(key=lambda r: zlib.crc32(r["id"].encode()))
        for r in rows:
            label = SHOT.get(r["product_type"].split(" > ")[-1])
            if not label or len(self.by[label]) >= limit:
                continue
            a = np.asarray(Image.open(io.BytesIO(z.read(r["image_link"]))).convert("RGB"))
            mask = foreground(a)
            box = bounds(mask)
            if box and mask[0].mean() < .8 and 12 < box[2] and 8 < box[3]:
                self.by[label].append((a, mask, box))

    def garment(self, label, shot):
        """The garment's box in a shot. People stand in shots as high as the shot; things lie in its middle."""
        a, mask, (x, y, w, h) = shot
        if label not in self.WORN or y > 6:
            return x, y, w, h
        top, bottom = self.WORN[label]
        return x, y + h * top, w, h * (bottom - top)

    def scenes(self, n, rng):
        out = []
        for i in range(n):
            label = LABELS.index(rng.choice(list(self.by)))
            shot = self.pick(LABELS[label], rng)
            box = self.garment(LABELS[label], shot)
            alone = LABELS[label] not in self.WORN
            known = np.ones(len(LABELS), bool) if alone else np.eye(len(LABELS), dtype=bool)[label]
            scale = 3
            out.append(Scene(f"shot {i}", Image.fromarray(shot[0]).resize((60 * scale, 80 * scale), Image.BICUBIC), [(label, *(scale * v for v in box))], known=known))
        return out

    def pick(self, label, rng):
        return self.by[label][rng.integers(len(self.by[label]))]


class Figures:
    """Figures put together of the catalogue's shots before pieces of phone photos, each part with its exact box."""

    def __init__(self, shots, grounds):
        self.shots, self.grounds = shots, grounds

    def scenes(self, n, rng):
        return [self.scene(i, rng) for i in range(n)]

    def scene(self, i, rng):
        w, h = 176, 264
        ground = self.grounds[rng.integers(len(self.grounds))].picture
        gw = rng.uniform(.2, .8) * ground.width
        gh = min(gw * h / w, ground.height)
        gx, gy = rng.uniform(0, ground.width - gw), rng.uniform(0, ground.height - gh)
        canvas = ground.resize((w, h), Image.BICUBIC, box=(gx, gy, gx + gw, gy + gh))
        boxes, mid, tall = [], w * rng.uniform(.42, .58), h * rng.uniform(.7, .92)
        top = rng.uniform(.02, .98 - tall / h) * h if tall < .9 * h else .03 * h

        def put(label, x, y, width, height):
            """Puts a garment into a box: x is its middle."""
            shot = self.shots.pick(label, rng)
            g = self.shots.garment(label, shot)
            sx, sy = width / g[2], height / g[3]
            a = Image.fromarray(shot[0]).resize((max(2, round(60 * sx)), max(2, round(80 * sy))), Image.BICUBIC)
            m = Image.fromarray((shot[1] * 255).astype(np.uint8)).resize(a.size, Image.BILINEAR)
            if label in Shots.WORN:    # only the garment itself, roughly: the head and feet of another shot would not fit
                keep = np.zeros((a.height, a.width), np.uint8)
                keep[max(0, round((g[1]) * sy)):round((g[1] + g[3]) * sy)] = 255
                m = Image.fromarray(np.minimum(np.asarray(m), keep))
            left, up = x - width / 2, y
            canvas.paste(a, (round(left - g[0] * sx), round(up - g[1] * sy)), m)
            boxes.append((LABELS.index(label), left, up, width, height))

        u = rng.uniform
        head = .13 * tall
        canvas.paste(self.skin(rng), (round(mid - head * .35), round(top + head * .1), round(mid + head * .35), round(top + head)))
        canvas.paste(self.skin(rng), (round(mid - tall * .07), round(top + tall * .4), round(mid + tall * .07), round(top + tall * .93)))
        hem, waist = top + tall * .93, top + head + tall * u(.26, .36)
        put("shoes", mid, hem - tall * .03, tall * u(.12, .2), tall * u(.08, .14))
        if rng.random() < .3:
            put("dress", mid, top + head, tall * u(.22, .34), tall * u(.42, .6))
        else:
            put("lower", mid, waist - tall * .05, tall * u(.17, .25), (hem - waist + tall * .05) * (1 if rng.random() < .7 else u(.35, .7)))
            put("upper", mid, top + head, tall * u(.24, .34), waist - top - head)
        if rng.random() < .35:
            put("outerwear", mid, top + head * .95, tall * u(.28, .38), tall * u(.3, .5))
        if rng.random() < .5:
            put("bag", mid + rng.choice([-1, 1]) * tall * u(.1, .2), top + tall * u(.35, .55), tall * u(.12, .22), tall * u(.12, .22))
        if rng.random() < .35:
            put("hat", mid, top - head * .2, tall * u(.11, .17), tall * u(.07, .11))
        if rng.random() < .35:
            put("eyewear", mid, top + head * .42, tall * u(.07, .1), tall * u(.025, .04))
        return Scene(f"figure {i}", canvas, boxes)

    @staticmethod
    def skin(rng):
        tone = rng.uniform(.35, 1)
        return tuple(int(tone * v) for v in (236, 196, 172))


def fit(picture, width=WIDTH, height=HEIGHT):
    """A picture fitted into the canvas's middle. Returns the canvas and x, y, scale of the picture in it; regioncanvas.go does the same."""
    side = min(width * max(picture.size) // picture.width, height * max(picture.size) // picture.height)
    s = side / max(picture.size)
    w, h = max(1, round(picture.width * s)), max(1, round(picture.height * s))
    canvas = Image.new("RGB", (width, height), GREY)
    x, y = (width - w) // 2, (height - h) // 2
    canvas.paste(picture.resize((w, h), Image.LANCZOS), (x, y))
    return canvas, x, y, w, h


def view(scene, rng, low=.75, high=1.6):
    """A random view of a scene on the canvas: flipped, scaled, shifted, cut, recoloured. Returns it with boxes, labels and ignored boxes."""
    p = scene.picture
    base = min(WIDTH / p.width, HEIGHT / p.height)
    sx = base * np.exp(rng.uniform(np.log(low), np.log(high)))
    sy = sx * rng.uniform(.9, 1.1)
    # The canvas's corner in the picture; a figure stands in the middle, which stays in sight.
    slack_x, slack_y = p.width - WIDTH / sx, p.height - HEIGHT / sy
    x0, y0 = slack_x * rng.uniform(*((.1, .9) if slack_x > 0 else (-.1, 1.1))), slack_y * rng.uniform(0, 1)
    ground = tuple(rng.integers(0, 256, 3).tolist()) if rng.random() < .15 else GREY
    canvas = Image.new("RGB", (WIDTH, HEIGHT), ground)
    left, up, right, down = max(0, x0), max(0, y0), min(p.width, x0 + WIDTH / sx), min(p.height, y0 + HEIGHT / sy)
    w, h = round((right - left) * sx), round((down - up) * sy)
    if w > 0 and h > 0:
        canvas.paste(p.resize((w, h), Image.LANCZOS, box=(left, up, right, down)), (round((left - x0) * sx), round((up - y0) * sy)))
    move = lambda b: np.stack([(b[:, 0] - x0) * sx, (b[:, 1] - y0) * sy, b[:, 2] * sx, b[:, 3] * sy], 1) if len(b) else b
    boxes, ignored = move(scene.boxes), move(scene.ignored)
    if rng.random() < .5:
        canvas = canvas.transpose(Image.FLIP_LEFT_RIGHT)
        for b in (boxes, ignored):
            b[:, 0] = WIDTH - b[:, 0] - b[:, 2]
    return recolour(canvas, rng), *clip(boxes, scene.labels, ignored)


def clip(boxes, labels, ignored):
    """Cuts boxes to the canvas. What is mostly outside, or tiny, counts neither way."""
    def cut(b):
        x, y = b[:, 0].clip(0, WIDTH), b[:, 1].clip(0, HEIGHT)
        return np.stack([x, y, (b[:, 0] + b[:, 2]).clip(0, WIDTH) - x, (b[:, 1] + b[:, 3]).clip(0, HEIGHT) - y], 1)
    if not len(boxes):
        return boxes, labels, cut(ignored) if len(ignored) else ignored
    c = cut(boxes)
    seen = (c[:, 2] * c[:, 3]) / np.maximum(boxes[:, 2] * boxes[:, 3], 1)
    good = (seen > .5) & (c.min(where=np.array([[False, False, True, True]]), initial=1e9, axis=1) >= 3)
    return c[good], labels[good], np.concatenate([cut(ignored), c[~good & (seen > 0)]]) if len(ignored) else c[~good & (seen > 0)]


def recolour(picture, rng):
    for kind, spread in ((ImageEnhance.Brightness, .3), (ImageEnhance.Contrast, .25), (ImageEnhance.Color, .35)):
        if rng.random() < .6:
            picture = kind(picture).enhance(rng.uniform(1 - spread, 1 + spread))
    a = np.asarray(picture, np.float32) * rng.uniform(.93, 1.07, 3).astype(np.float32)
    return Image.fromarray(a.clip(0, 255).astype(np.uint8))


def pair(a, b, rng):
    """Two scenes side by side, as in a photo of two people."""
    h = min(a.picture.height, b.picture.height)
    parts, x = [], 0
    canvas = Image.new("RGB", (sum(round(s.picture.width * h / s.picture.height) for s in (a, b)), h))
    boxes, ignored = [], []
    for s in (a, b):
        scale = h / s.picture.height
        w = round(s.picture.width * scale)
        canvas.paste(s.picture.resize((w, h), Image.BICUBIC), (x, 0))
        boxes += [(k, v[0] * scale + x, v[1] * scale, v[2] * scale, v[3] * scale) for k, v in zip(s.labels, s.boxes)]
        ignored += [(v[0] * scale + x, v[1] * scale, v[2] * scale, v[3] * scale) for v in s.ignored]
        x += w
    return Scene(a.name + "+" + b.name, canvas, boxes, ignored, a.known & b.known)
