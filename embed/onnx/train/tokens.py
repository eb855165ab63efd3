"""Small tokenizers of the three kinds that CLIP, SigLIP and SigLIP 2 use, in the layout of tokenizer.json, each beside a
plain implementation of the same algorithm, from the published descriptions, that the Go tests are held to."""
import base64, collections, math, re, struct, unicodedata

CORPUS = """a photo of a red dress. a photo of blue denim jeans. running shoes for men. women's leather handbag. black cotton t-shirt.
size 42 white sneakers. a green wool sweater with stripes. silver watch for her birthday. kids rain jacket, yellow. men's formal shirt.
dress under 2000. shoes under 50. warm winter coat. summer skirt. a photo of a shirt. a photo of shoes. café crème. don't we'll they've.
红色连衣裙 蓝色牛仔裤 跑鞋 男士 女士 皮包 黑色 纯棉 白色运动鞋 绿色羊毛衫 生日礼物 适合送给女朋友的生日礼物 羊毛袜子 夏季 冬季 外套 连衣裙 跑鞋 42码"""

TEXTS = [
    "a photo of a red dress", "A Photo Of A RED DRESS", "a  photo   of a red  dress ", "dress", "dresses", "running shoes for men under 50", "T-SHIRT!", "don't, we'll; they've it's I'm you're she'd", "IT'S",
    "size 42", "2000", "½ sleeve", "红色连衣裙", "红色 连衣裙", "Nike 跑鞋 42码", "适合送给女朋友的生日礼物", "豈更車", "café crème", "cafe\u0301 cre\u0300me", "naïve Übergröße", "İstanbul", "ΣΑΣ shirt", "ﬁne ﬂannel",
    "ＦＵＬＬ ｗｉｄｔｈ １２３，", "👗 green skirt 👗", "👩‍👧 family", "🇨🇳", "tabs\tand\nlines\r\nhere", "\u00a0nbsp\u3000wide\u2028line", "under_score", "a", "!", "...", "-- red --", "word " * 200, "连衣裙" * 70, "x" * 300,
    "supercalifragilisticexpialidocious", "한국어 dress", "ドレス", "Привет", "zero\u200bwidth", "▁red▁dress", "<|endoftext|> red", "red</s>dress", "</w>", "<unk>", "a\u0301\u0301b", "\u0301", "100% cotton & <b>more</b>", "KELVIN \u212a",
]


def byte_letters():
    """The printable stand-in of every byte, as GPT-2's vocabulary has it."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [b for b in range(256) if b not in plain]
    return {**{b: chr(b) for b in plain}, **{b: chr(256 + i) for i, b in enumerate(rest)}}


def learn(words, rounds):
    """Byte-pair encoding: the most frequent pair, again and again. words: pieces of a word to how often it comes."""
    merges = []
    for _ in range(rounds):
        pairs = collections.Counter()
        for word, n in words.items():
            for pair in zip(word, word[1:]):
                pairs[pair] += n
        if not pairs:
            break
        best = min(pairs, key=lambda p: (-pairs[p], p))
        merges.append(best)
        words = {tuple(join(list(word), best)): n for word, n in words.items()}
    return merges


def join(word, pair):
    out = []
    for piece in word:
        if out and (out[-1], piece) == pair:
            out[-1] += piece
        else:
            out.append(piece)
    return out


def bpe(word, ranks):
    while len(word) > 1:
        rank, pair = min((ranks.get(p, math.inf), p) for p in zip(word, word[1:]))
        if rank == math.inf:
            break
        word = join(word, pair)
    return word


SUFFIXES = ("'s", "'t", "'re", "'ve", "'m", "'ll", "'d")


def clip_words(text):
    """What CLIP's pattern finds: contractions, runs of letters, single digits, runs of anything else but blanks."""
    kind = lambda c: {"L": "L", "N": "N"}.get(unicodedata.category(c)[0], " " if c.isspace() else "O")
    words, i = [], 0
    while i < len(text):
        suffix = next((s for s in SUFFIXES if text.startswith(s, i)), None)
        k, j = kind(text[i]), i + 1
        if suffix:
            j = i + len(suffix)
        elif k in "LO":
            while j < len(text) and kind(text[j]) == k:
                j += 1
        if suffix or k != " ":
            words.append(text[i:j])
        i = j
    return words


class Clip:
    length, pad = 77, "<|endoftext|>"

    def __init__(self):
        self.letters = byte_letters()
        words = collections.Counter(self.spell(w) for w in clip_words(self.normal(CORPUS)))
        self.merges = learn(words, 150)
        # As in the real vocabulary: the bytes in the order of their code points, the same ending a word, then the merges.
        base = [self.letters[b] for b in sorted(self.letters, key=lambda b: self.letters[b])]
        pieces = base + [c + "</w>" for c in base] + ["".join(m) for m in self.merges] + ["<|startoftext|>", "<|endoftext|>"]
        self.ids = {p: i for i, p in enumerate(pieces)}
        self.ranks = {m: i for i, m in enumerate(self.merges)}

    def normal(self, text):
        """NFC, single blanks, lower case character by character (so no final sigma)."""
        return "".join(c.lower() for c in " ".join(unicodedata.normalize("NFC", text).split()))

    def spell(self, word):
        letters = [self.letters[b] for b in word.encode()]
        return (*letters[:-1], letters[-1] + "</w>")

    def encode(self, text):
        start, end = self.ids["<|startoftext|>"], self.ids["<|endoftext|>"]
        out = []
        for i, part in enumerate(self.normal(text).split("<|endoftext|>")):
            out += [end] * (i > 0)
            for word in clip_words(part):
                out += [self.ids[p] for p in bpe(self.spell(word), self.ranks)]
        return [start, *out[: self.length - 2], end]

    def json(self):
        special = lambda p, normalized: {"id": self.ids[p], "content": p, "single_word": False, "lstrip": False, "rstrip": False, "normalized": normalized, "special": True}
        pattern = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
        return {
            "version": "1.0", "truncation": None, "padding": None, "added_tokens": [special("<|startoftext|>", True), special("<|endoftext|>", False)],
            "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Replace", "pattern": {"Regex": r"\s+"}, "content": " "}, {"type": "Lowercase"}]},
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
                {"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Removed", "invert": True}, {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True}]},
            "post_processor": {"type": "RobertaProcessing", "sep": ["<|endoftext|>", self.ids["<|endoftext|>"]], "cls": ["<|startoftext|>", self.ids["<|startoftext|>"]], "trim_offsets": False, "add_prefix_space": False},
            "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True},
            "model": {"type": "BPE", "dropout": None, "unk_token": "<|endoftext|>", "continuing_subword_prefix": "", "end_of_word_suffix": "</w>", "fuse_unk": False,
                      "vocab": self.ids, "merges": [" ".join(m) for m in self.merges]}}


def characters():
    """What the small SigLIP tokenizer's normaliser replaces: NFKC of a few blocks, and blanks."""
    table = {c: " " for c in "\t\n\r\u00a0\u3000\u2028"}
    for code in [*range(0xFF01, 0xFF5F), *range(0xFB00, 0xFB05), 0x212A, 0xBD, 0xF900]:
        table[chr(code)] = unicodedata.normalize("NFKC", chr(code))
    for mark in "\u0300\u0301\u0308":
        for letter in "aceinouAEOU":
            composed = unicodedata.normalize("NFC", letter + mark)
            if len(composed) == 1:
                table[letter + mark] = composed
    table["\u200b"] = ""
    return table


def double_array(table):
    """SentencePiece's form of such a table: a double-array trie (as the darts-clone library reads it) and the replacements."""
    blob, starts = b"", {}
    for key in sorted(table):
        starts[key.encode()] = len(blob)
        blob += table[key].encode() + b"\0"
    units, used = {0: 0}, {0}

    def place(at, keys, depth):
        labels = sorted({k[depth] if depth < len(k) else 0 for k in keys})
        base = next(b for b in range(1, 1 << 20) if all(b ^ l not in used for l in labels))
        used.update(base ^ l for l in labels)
        units[at] |= (at ^ base) << 10
        for l in labels:
            below = [k for k in keys if (k[depth] if depth < len(k) else 0) == l]
            if l == 0:
                units[at] |= 1 << 8
                units[base] = starts[below[0]] | 1 << 31
            else:
                units[base ^ l] = l
                place(base ^ l, below, depth + 1)

    place(0, list(starts), 0)
    size = (max(units) | 255) + 1
    trie = struct.pack(f"<{size}I", *(units.get(i, 0) for i in range(size)))
    return base64.b64encode(struct.pack("<I", len(trie)) + trie + blob).decode()


def clusters(text):
    """User-perceived characters, as far as the test texts need them."""
    out = []
    for c in text:
        joined = out and (unicodedata.category(c) in ("Mn", "Me") or c == "\u200d" or out[-1].endswith("\u200d") or out[-1] + c == "\r\n")
        if joined and (out[-1] not in "\r\n\t\u2028\u200b" or c == "\n"):
            out[-1] += c
        else:
            out.append(c)
    return out


PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


class Siglip:
    length, pad = 64, "</s>"

    def __init__(self):
        self.table = characters()
        counts = collections.Counter()
        for word in self.canonical(CORPUS).split():
            word = "▁" + word
            for i in range(len(word)):
                for j in range(i + 1, min(len(word), i + 8) + 1):
                    counts[word[i:j]] += 1
        letters = [c for c in "abcdefghijklmnopqrstuvwxyz0123456789é▁è" if c not in counts]
        counts.update(letters)
        chosen = [p for p in counts if len(p) == 1] + [p for p, n in counts.most_common(330) if len(p) > 1 and n > 1]
        total = sum(counts.values())
        scored = sorted(((p, round(math.log(counts[p] / total) + 1.5 * (len(p) - 1) - 2, 6)) for p in dict.fromkeys(chosen)), key=lambda s: (-s[1], s[0]))
        self.vocabulary = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), *scored]
        self.ids = {p: i for i, (p, _) in enumerate(self.vocabulary)}
        self.scores = dict(self.vocabulary)

    def canonical(self, text):
        """SigLIP's own: lower case, no ASCII punctuation, single blanks."""
        return " ".join("".join(c for c in text.lower() if c not in PUNCTUATION).split())

    def normal(self, text):
        out = ""
        for cluster in clusters(text):
            out += self.replaced(cluster) if len(cluster.encode()) < 6 and self.starts(cluster) else "".join(self.table.get(c, c) for c in cluster)
        return out.rstrip()

    def starts(self, cluster):
        return any(cluster.startswith(k) for k in self.table)

    def replaced(self, cluster):
        return self.table[min((k for k in self.table if cluster.startswith(k)), key=len)]

    def encode(self, text, raw=False):
        """raw leaves out what SigLIP does before its tokenizer, after which no special token is left."""
        out = []
        for part in re.split("(<pad>|</s>|<unk>)", text if raw else self.canonical(text)):
            out += [self.ids[part]] if part.startswith("<") and part in self.ids else self.plain(part)
        return out[: self.length - 1] + [self.ids["</s>"]]

    def plain(self, text):
        text = self.normal(text)
        while "  " in text:
            text = text.replace("  ", " ")
        text = text.replace(" ", "▁")
        text = text if not text or text.startswith("▁") else "▁" + text
        words = ["▁" + w for w in text.split("▁")[1:]]
        return [i for w in words for i in self.best(w)]

    def best(self, word):
        """The pieces of the highest summed score; a character without a piece costs 10 more than the worst piece."""
        unknown = min(self.scores.values()) - 10
        best = [(0.0, [])] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(end):
                piece = word[start:end]
                if piece in self.scores:
                    score, step = self.scores[piece], self.ids[piece]
                elif end - start == 1:
                    score, step = unknown, 2
                else:
                    continue
                if best[end] is None or best[start][0] + score > best[end][0]:
                    best[end] = (best[start][0] + score, best[start][1] + [step])
        out = []
        for i in best[-1][1]:
            if i != 2 or out[-1:] != [2]:
                out.append(i)
        return out

    def json(self):
        special = lambda p: {"id": self.ids[p], "content": p, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
        return {
            "version": "1.0", "truncation": None, "padding": None, "added_tokens": [special(p) for p in ("<pad>", "</s>", "<unk>")],
            "normalizer": {"type": "Sequence", "normalizers": [{"type": "Precompiled", "precompiled_charsmap": double_array(self.table)},
                                                               {"type": "Strip", "strip_left": False, "strip_right": True}, {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}]},
            "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
            "post_processor": {"type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}],
                               "pair": [], "special_tokens": {"</s>": {"id": "</s>", "ids": [1], "tokens": ["</s>"]}}},
            "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
            "model": {"type": "Unigram", "unk_id": 2, "vocab": [list(v) for v in self.vocabulary], "byte_fallback": False}}


class Gemma:
    """SigLIP 2's: byte-pair encoding over whole texts, blanks as ▁, unknown characters as their bytes."""
    length, pad = 64, "<pad>"

    def __init__(self):
        text = CORPUS.lower().replace("\n", " ")
        words = collections.Counter(tuple("▁" + w) for w in text.split())
        self.merges = learn(words, 120)
        specials = ["<pad>", "<eos>", "<bos>", "<unk>"]
        letters = sorted(set(text.replace(" ", "▁")))
        pieces = [*specials, "\n", *(f"<0x{b:02X}>" for b in range(256)), *letters, *("".join(m) for m in self.merges)]
        self.ids = {p: i for i, p in enumerate(dict.fromkeys(pieces))}
        self.ranks = {m: i for i, m in enumerate(self.merges)}

    def encode(self, text):
        out = []
        for i, line in enumerate(text.lower().replace("\r\n", "\r\0").replace("\n", "\0").split("\0")):
            out += [self.ids["\n"]] * (i > 0)
            for j, part in enumerate(line.split("<unk>")):
                out += [self.ids["<unk>"]] * (j > 0)
                for piece in bpe(list(part.replace(" ", "▁")), self.ranks):
                    out += [self.ids[piece]] if piece in self.ids else [self.ids[f"<0x{b:02X}>"] for b in piece.encode()]
        return out[: self.length - 1] + [self.ids["<eos>"]]

    def json(self):
        special = lambda p: {"id": self.ids[p], "content": p, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": p != "\n"}
        return {
            "version": "1.0", "truncation": None, "padding": None, "added_tokens": [special(p) for p in ("<pad>", "<eos>", "<bos>", "<unk>", "\n")],
            "normalizer": {"type": "Replace", "pattern": {"String": " "}, "content": "▁"},
            "pre_tokenizer": {"type": "Split", "pattern": {"String": " "}, "behavior": "MergedWithPrevious", "invert": False},
            "post_processor": {"type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "<eos>", "type_id": 0}}],
                               "pair": [], "special_tokens": {"<eos>": {"id": "<eos>", "ids": [1], "tokens": ["<eos>"]}}},
            "decoder": None,
            "model": {"type": "BPE", "dropout": None, "unk_token": "<unk>", "continuing_subword_prefix": None, "end_of_word_suffix": None, "fuse_unk": True, "byte_fallback": True, "ignore_merges": False,
                      "vocab": self.ids, "merges": [list(m) for m in self.merges]}}
