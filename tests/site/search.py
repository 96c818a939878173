"""The search index of a site, read as a browser reads it (src/search/search.h)."""
import json
import os
import re
import unicodedata

import sites as S

RANKS, CUT = 8, 32
CALL = re.compile(r'vaultsite\.(\w+)\((.*)\);\n\Z', re.S)


def digits(text):
    return [ord(c) - (35 if c > "\\" else 34 if c > '"' else 33) for c in text]


def numbers(text):
    """src/search/postings.h"""
    out, all_digits, at = [], digits(text), 0
    while at < len(all_digits):
        d = all_digits[at]
        more, begin, n = (0, 0, d) if d < 60 else (1, 60, d - 60) if d < 86 else (2, 2452, d - 86) if d < 91 else (4, 44772, 0)
        for k in range(1, more + 1):
            n = n * 92 + all_digits[at + k]
        out.append(n + begin)
        at += 1 + more
    return out


def letter(c):
    return unicodedata.category(c)[0] in "LMN"


class Index:
    """What the files hold; `faults` are what is wrong with them as they stand."""

    def __init__(self, out):
        self.out, self.faults = out, []
        self.files = [p for p in map(os.fsdecode, S.files(out)) if p.startswith("_/search/")]
        if not self.files:
            return
        self.read_manifest()
        self.read_words()
        self.read_texts()

    def call(self, path, name):
        m = CALL.match(S.read(self.out, path).decode("utf-8"))
        if not m or m.group(1) != name:
            self.faults.append(f"{path}: no call of {name}")
            return "[]"
        return m.group(2)

    def read_manifest(self):
        text = self.call("_/search/index.js", "search")
        m = json.loads(re.sub(r'(?<=[{,\n])(\w+):(?=["{\[])', r'"\1":', text))
        ranges = lambda r: "[" + re.sub(r"\\u\{(\w+)\}", lambda h: "\\U" + h.group(1).zfill(8), r) + "]"
        self.marks, self.unspaced = re.compile(ranges(m["marks"])), re.compile(ranges(m["unspaced"]))
        self.spellings = m["spellings"]
        words = m["words"].split(" ") if m["words"] else []
        self.firsts = list(zip(words[::2], words[1::2]))
        self.names, bucket, part = [], 0, 0
        for n in numbers(m["pieces"]):
            if n > 0:
                self.names.append((f"{bucket}-{part}", n >> 1))
            bucket, part = (bucket, part + 1) if n % 2 else (bucket + 1, 0)
        self.npieces = sum(n for _, n in self.names)
        self.note_of = list(range(self.npieces))
        at, long = 0, iter(numbers(m["long"]))
        for n in long:
            at += n // 8
            own = 2 + n % 8
            if own == 9:
                own += next(long)
            self.note_of[at:at + own] = [at] * own
            at += own

    def read_words(self):
        self.words = {}
        for first, name in self.firsts:
            called, text = json.loads("[" + self.call(f"_/search/words-{name}.js", "words") + "]")
            parts = text.split(" ")
            if called != name or parts[0].rstrip("*") != first:
                self.faults.append(f"words-{name}.js is not what the manifest says")
            for word, list_ in zip(parts[::2], parts[1::2]):
                piece, places = 0, {}
                for n in numbers(list_):
                    piece += n // RANKS
                    places[piece] = n % RANKS
                self.words[word] = places
        keys = [w.rstrip("*").encode("utf-16-be") for w in self.words]
        if keys != sorted(keys):
            self.faults.append("words are not in order")

    def read_texts(self):
        self.pieces = []  # (record, texts by three)
        for name, n in self.names:
            called, records = json.loads("[" + self.call(f"_/search/text-{name}.js", "text") + "]")
            own = [(r[:7], p) for r in records for p in r[7:]]
            if called != name or len(own) != n:
                self.faults.append(f"text-{name}.js is not what the manifest says")
            self.pieces += own

    def fold(self, word):
        word = self.marks.sub("", unicodedata.normalize("NFKD", word)).lower()
        word = "".join(self.spellings.get(c, c) for c in word)
        return unicodedata.normalize("NFC", "".join(filter(letter, word)))

    def split(self, text):
        """The words of a text: src/search/words.h."""
        out, run = set(), ""
        for c in text + " ":
            if letter(c):
                run += c
                continue
            for is_unspaced, part in self.parts(self.fold(run)):
                out |= {part[i:i + 2] for i in range(len(part))} if is_unspaced else {part[:CUT]}
            run = ""
        return out

    def parts(self, run):
        found = []
        for c in run:
            kind = self.unspaced.match(c) is not None
            if found and found[-1][0] == kind:
                found[-1] = (kind, found[-1][1] + c)
            else:
                found.append((kind, c))
        return found


def faults(site):
    """What a reader would not find, or find and not reach."""
    index = Index(site.out)
    found = index.faults
    if not index.files or found:
        return found
    listed = {"_/search/index.js"} | {f"_/search/words-{n}.js" for _, n in index.firsts} | \
        {f"_/search/text-{n}.js" for n, _ in index.names}
    found += [f"{p}: in no list" for p in index.files if p not in listed]
    told = [set() for _ in index.pieces]
    for i, (record, texts) in enumerate(index.pieces):
        if index.note_of[i] == i:
            told[i] |= index.split(" ".join([record[0].lstrip("#"), *record[5]]))
        # The first label of a further piece is that of the heading before it.
        labels = texts[1::3] if index.note_of[i] == i else texts[4::3]
        told[i] |= index.split(" ".join(labels + texts[2::3]))
        for anchor in texts[::3]:
            why = site.follow("index.html", "", record[1] + (f"#{anchor}" if anchor else ""), "a")
            if why:
                found.append(f"{record[0]}: {why} ({anchor})")
    for i, words in enumerate(told):
        lost = [w for w in words if i not in index.words.get(w, {}) and w + "*" not in index.words]
        if lost:
            found.append(f"{index.pieces[i][0][0]}: not found by {lost[:5]}")
    for word, places in index.words.items():
        if max(places) >= len(told):
            found.append(f"{word}: in a piece that is not there")
    return found
