"""Reads the training pictures and their words.

Everything is held in memory as uint8 squares: 31 k catalogue shots at 80 px take 600 MB.
"""
import csv, functools, io, os, random, re, unicodedata, zipfile, zlib
import numpy as np
import torch
import yaml
from PIL import Image

SIDE = 80           # input side of the picture tower, pixels
PHOTO_SIDE = 120    # photos are kept larger, so that zooming in still shows detail
BUCKETS = 1 << 15   # rows of the word table
MAX_TOKENS = 64
PACKS = os.path.join(os.path.dirname(__file__), "../../../packs/data")

# The ten classes of the phone photos, as categories of the packs.
PHONE = {
    "dress": ["dresses", "dresses.jumpsuits"], "hat": ["hats"], "outwear": ["outerwear", "outerwear.jackets", "outerwear.coats", "outerwear.blazers", "outerwear.rain", "outerwear.nehru"],
    "longsleeve": ["tops.longsleeve", "tops.sweaters", "tops.sweatshirts"], "t-shirt": ["tops.tshirts", "tops.polos"], "shirt": ["tops.shirts"],
    "pants": ["bottoms.trousers", "bottoms.jeans", "bottoms.track", "bottoms"], "shorts": ["bottoms.shorts"], "skirt": ["bottoms.skirts"],
    "shoes": ["shoes", "shoes.casual", "shoes.sports", "shoes.formal", "shoes.boots", "shoes.heels", "shoes.flats"],
}


def square(data, side):
    """Fits a picture into side×side and repeats its edge outwards, as the Go encoder does."""
    im = Image.open(io.BytesIO(data)).convert("RGB")
    s = side / max(im.size)
    im = im.resize((max(1, round(im.width * s)), max(1, round(im.height * s))), Image.LANCZOS)
    a = np.asarray(im)
    h, w = a.shape[:2]
    top, left = (side - h) // 2, (side - w) // 2
    return np.pad(a, ((top, side - h - top), (left, side - w - left), (0, 0)), mode="edge")


@functools.lru_cache(maxsize=1 << 18)
def tokens(text):
    """Hashes words, their 4-grams, and Chinese characters and pairs. `tokens` in words.go does the same."""
    text = unicodedata.normalize("NFKD", text.lower()).replace("'", "").replace("\u2019", "")
    text = "".join(c for c in text if not unicodedata.combining(c))
    out = []
    for run in re.findall(r"[a-z0-9]+|[\u4e00-\u9fff]+", text):
        if run[0] <= "z":
            out.append(bucket("w" + run))
            edged = f"<{run}>"
            if len(run) > 2:
                out += [bucket("g" + edged[i:i + 4]) for i in range(len(edged) - 3)]
        else:
            out += [bucket("c" + c) for c in run]
            out += [bucket("p" + run[i:i + 2]) for i in range(len(run) - 1)]
    return out[:MAX_TOKENS] or [0]


def bucket(key):
    return zlib.crc32(key.encode()) % BUCKETS


def bags(texts, device="cpu"):
    """Texts as one list of rows of the word table, and where each text begins."""
    ids, offsets = [], []
    for t in texts:
        offsets.append(len(ids))
        ids += tokens(t)
    return torch.tensor(ids, device=device), torch.tensor(offsets, device=device)


class Names:
    """The packs' names: category, colour and attribute values in English and Chinese."""

    def __init__(self):
        self.categories, self.colors, self.attributes = {}, {}, {}
        for folder, _, files in sorted(os.walk(PACKS)):
            for name in sorted(f for f in files if f.endswith(".yaml")):
                d = yaml.safe_load(open(os.path.join(folder, name), encoding="utf8"))
                self.categories.update(d.get("categories", {}))
                for table in ("colors", "shades"):
                    self.colors.update(d.get(table, {}))
                for key, value in d.get("attributes", {}).items():
                    self.attributes[key] = {**self.attributes.get(key, {}), **value.get("values", value)}
        self.by_word = {w.lower(): k for k, v in self.categories.items() for w in v["en"]}
        self.by_color = {w.lower(): k for k, v in self.colors.items() for w in v["en"]}

    @staticmethod
    def say(entry, language):
        """One of an entry's names, the first as often as all others together."""
        words = entry[language]
        return words[0] if random.random() < .5 else random.choice(words)


FIELDS = ["category", "color", "gender", "usage", "season", "brand", "pattern", "material"]


class Catalog:
    """The catalogue's shots `x` (n×80×80×3) and labels (n×8, -1 unknown), split by item_group_id."""

    def __init__(self, folder, names):
        z = zipfile.ZipFile(f"{folder}/catalog.zip")
        self.names = names
        self.rows = list(csv.DictReader(io.TextIOWrapper(z.open("products.csv"), "utf8")))
        self.x = np.stack([square(z.read(r["image_link"]), SIDE) for r in self.rows])
        held = np.array([zlib.crc32(r["item_group_id"].encode()) % 20 == 0 for r in self.rows])
        self.train, self.val = np.where(~held)[0], np.where(held)[0]
        self.leaf = [r["product_type"].split(" > ")[-1] for r in self.rows]
        values = [[self.category(i), names.by_color.get(r["color"].lower(), r["color"].lower()), r["gender"], r["usage"].lower(), r["season"].lower(),
                   r["brand"].lower(), r["pattern"].lower(), r["material"].lower()] for i, r in enumerate(self.rows)]
        self.values, self.ids = values, np.zeros((len(values), len(FIELDS)), np.int64)
        self.vocab = []
        for f in range(len(FIELDS)):
            v = sorted({row[f] for row in values if row[f]})
            at = {name: k for k, name in enumerate(v)}
            self.ids[:, f] = [at.get(row[f], -1) for row in values]
            self.vocab.append(v)
        self.group = np.array([zlib.crc32(r["item_group_id"].encode()) for r in self.rows])
        self.types = sorted(set(self.leaf))
        self.type = np.array([self.types.index(t) for t in self.leaf])

    def category(self, i):
        """The packs' category of a row, or its own type's name where the packs have none."""
        leaf, title = self.leaf[i].lower(), self.rows[i]["title"].lower()
        if leaf == "tshirts" and "polo" in title.split():
            return "tops.polos"
        if leaf == "casual shoes" and "boots" in title:
            return "shoes.boots"
        return self.names.by_word.get(leaf, leaf)

    def title(self, i):
        words = self.rows[i]["title"].split()
        if random.random() < .6:
            words = [w for w in words if random.random() > .2] or words
        return " ".join(words)

    def described(self, i):
        """A few attributes of row i in one language, and which (8 booleans)."""
        language = "zh" if random.random() < .5 else "en"
        known = [f for f in range(1, len(FIELDS)) if self.ids[i, f] >= 0]
        picked = random.sample(known, min(len(known), random.choice([0, 1, 1, 2, 2, 3, 4])))
        if random.random() < .9:
            picked.append(0)
        if not picked:
            picked = [0]
        random.shuffle(picked)
        mask = np.zeros(len(FIELDS), bool)
        mask[picked] = True
        words = [self.word(i, f, language) for f in picked]
        return ("" if language == "zh" and random.random() < .5 else " ").join(words), mask

    def word(self, i, f, language):
        value, n = self.values[i][f], self.names
        field = {"usage": "occasion"}.get(FIELDS[f], FIELDS[f])
        table = n.categories if f == 0 else n.colors if f == 1 else n.attributes.get(field, {})
        return n.say(table[value], language) if value in table else value


def phone_photos(folder, part):
    z = zipfile.ZipFile(f"{folder}/phone_photos_{part}.zip")
    names = [n for n in z.namelist() if n.endswith(".jpg")]
    return np.stack([square(z.read(n), PHOTO_SIDE) for n in names]), [n.split("/")[0] for n in names]


class Grocery:
    """Phone photos of groceries: class ids, a clean picture and words for each class."""

    def __init__(self, folder):
        z = zipfile.ZipFile(f"{folder}/grocery.zip")
        members = {n.lstrip("/"): n for n in z.namelist()}
        self.classes = list(csv.DictReader(io.TextIOWrapper(z.open("classes.csv"), "utf8")))
        self.words, shots = [], []
        for c in self.classes:
            path = c["Iconic Image Path (str)"].replace("/iconic-images-and-descriptions/", "iconic/")
            shots.append(square(z.read(members[path]), PHOTO_SIDE))
            self.words.append([c["Class Name (str)"].replace("-", " "), (c["Coarse Class Name (str)"] + " " + c["Class Name (str)"]).replace("-", " ")])
        self.shots = np.stack(shots)
        self.x, self.y = self.part(z, members, "train")
        self.vx, self.vy = self.part(z, members, "val")

    @staticmethod
    def part(z, members, name):
        lines = [line.split(",") for line in z.read(f"{name}.txt").decode().splitlines() if line.strip()]
        lines = [(p.strip(), int(y)) for p, y, *_ in lines if p.strip().lstrip("/") in members]
        return np.stack([square(z.read(members[p.lstrip("/")]), PHOTO_SIDE) for p, _ in lines]), np.array([y for _, y in lines])
