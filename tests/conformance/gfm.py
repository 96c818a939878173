#!/usr/bin/env python3
"""GFM's own examples through the program, against a list of what we do otherwise.

usage: gfm.py [--spec FILE] [--show NUMBER…]

The examples are those of Debian's cmark-gfm (deps-bench; the text is not ours and
stays there). Without it: "GFM examples: not run". gfm-differences.txt has a row for
each example that we render otherwise, and why; a difference without a row fails,
and so does a row whose example agrees.
"""
import argparse
import gzip
import html
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
PLACES = ("/usr/share/doc/cmark-gfm/spec.txt.gz", "/usr/share/doc/cmark-gfm/spec.txt")
DIFFERENCES = os.path.join(HERE, "gfm-differences.txt")
EXAMPLE = re.compile(r"^`{32} example[^\n]*\n(.*?)^\.\n(.*?)^`{32}$", re.M | re.S)
ARTICLE = re.compile(r'<article class="markdown-rendered">\n(.*)\n</article>\n</main>', re.S)
BLOCK = frozenset("""address article blockquote div dd details dl dt figure h1 h2 h3 h4 h5 h6 hr li main ol p pre section
    summary table tbody td th thead tr ul br input""".split())
VOID = frozenset("area br col embed hr img input link meta source track wbr".split())
# What the site adds to an element, or says in its own words: no matter of Markdown.
OURS = frozenset("""class id dir rel target loading referrerpolicy data-heading data-href data-line data-task data-language
    aria-label disabled tabindex""".split())
# Pictures that the examples show.
PICTURES = ("moon.jpg", "train.jpg", "path/to/train.jpg")
NO_NOTE = "No note has this name"
BLANKS = " \t\n\r\f"


class Normal(html.parser.HTMLParser):
    """HTML as a text that is equal where a reader sees no difference: one line for
    each tag, attributes sorted and decoded, runs of blanks as one."""

    def __init__(self, ours):
        super().__init__(convert_charrefs=True)
        self.ours, self.out, self.pre, self.skipped, self.wrappers, self.image = ours, [], 0, [], 0, None

    def attributes(self, tag, attrs):
        a = {name: value or "" for name, value in attrs}
        if self.ours:
            if "is-unresolved" in a.get("class", ""):
                a["href"] = a.get("data-href", "")
                if a.get("title") == NO_NOTE:
                    del a["title"]
            align = re.fullmatch(r"text-align: ?(left|center|right);?", a.get("style", ""))
            if align and tag in ("td", "th"):
                del a["style"]
                a["align"] = align[1]
            if tag == "code" and a.get("class", "").startswith("language-"):
                a["language"] = a["class"][len("language-"):]
        elif tag == "code" and a.get("class", "").startswith("language-"):
            a["language"] = a["class"][len("language-"):]
        if tag == "input":
            a = {k: v for k, v in a.items() if k in ("type", "checked")}
        for name in ("href", "src"):
            if name in a:
                a[name] = urllib.parse.unquote(a[name])
        return "".join(f" {n}={v!r}" for n, v in sorted(a.items()) if n not in OURS)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        words = (a.get("class") or "").split()
        if self.skipped:
            if tag not in VOID:
                self.skipped.append(tag)
            return
        if self.ours and a.get("role") == "group":
            self.wrappers += 1
            return
        if self.ours and "heading-link" in words:
            self.skipped.append(tag)
            return
        if self.ours and "image-embed" in words:
            self.image = a["data-src"]
            return
        if self.image is not None and tag == "img":
            self.out.append(f"<img{self.attributes(tag, [*attrs, ('src', self.image)])}>")
            return
        if self.ours and ("mod-empty" in words or "mod-empty-attachment" in words):
            self.out.append(f"<img{self.attributes('img', [('src', a.get('data-src')), ('alt', a.get('data-alt'))])}>")
            self.skipped.append(tag)
            return
        if tag in BLOCK:
            self.strip()
        self.pre += tag == "pre"
        self.out.append(f"<{tag}{self.attributes(tag, attrs)}>")

    def handle_endtag(self, tag):
        if self.skipped:
            self.skipped.pop()
            return
        if tag in VOID:
            return
        if tag == "span" and self.image is not None:
            self.image = None
            return
        if tag == "div" and self.wrappers and self.out[-1] == "</table>":
            self.wrappers -= 1
            return
        if tag in BLOCK:
            self.strip()
        self.pre -= tag == "pre"
        self.out.append(f"</{tag}>")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def strip(self):
        if not self.pre and self.out and not self.out[-1].startswith("<"):
            self.out[-1] = self.out[-1].rstrip(BLANKS)
            if not self.out[-1]:
                self.out.pop()

    def handle_data(self, data):
        if self.skipped:
            return
        if not self.pre:
            data = re.sub(f"[{BLANKS}]+", " ", data)
            last = self.out[-1] if self.out else "<p>"
            tag = re.match(r"</?(\w+)", last)
            if tag and tag[1] in BLOCK:
                data = data.lstrip(BLANKS)
        data = data.replace("<", "&lt;")
        if data and self.out and not self.out[-1].startswith("<"):
            self.out[-1] += data
        elif data:
            self.out.append(data)

    def handle_comment(self, data):
        self.out.append(f"<!--{data}-->")

    def handle_decl(self, decl):
        self.out.append(f"<!{decl}>")

    def handle_pi(self, data):
        self.out.append(f"<?{data}>")

    def unknown_decl(self, data):
        self.out.append(f"<![{data}]>")


# What begins like a tag and never ends is text; releases of html.parser differ in that.
UNFINISHED = re.compile(r"<(?=[A-Za-z/!?][^>]*\Z)")


def normal(text, ours):
    reader = Normal(ours)
    reader.feed(UNFINISHED.sub("&lt;", text))
    reader.close()
    reader.strip()
    return "\n".join(reader.out)


def examples(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as f:
        text = f.read()
    return [(a.replace("→", "\t"), b.replace("→", "\t")) for a, b in EXAMPLE.findall(text)]


def rendered(inputs):
    """Our HTML of each; line breaks as CommonMark has them (spec 13)."""
    program = os.path.abspath(os.environ.get("VAULTSITE") or "build/vaultsite")
    with tempfile.TemporaryDirectory(prefix="vaultsite-gfm-") as place:
        vault, out = os.path.join(place, "vault"), os.path.join(place, "out")
        os.makedirs(os.path.join(vault, ".obsidian"))
        with open(os.path.join(vault, ".obsidian", "app.json"), "w", encoding="utf-8") as f:
            f.write('{"strictLineBreaks": true}')
        for path in PICTURES:
            os.makedirs(os.path.dirname(os.path.join(vault, path)), exist_ok=True)
            with open(os.path.join(vault, path), "wb"):
                pass
        for i, text in enumerate(inputs, 1):
            with open(os.path.join(vault, f"Example {i:03}.md"), "w", encoding="utf-8", newline="") as f:
                f.write(text)
        p = subprocess.run([program, "build", vault, out, "--today", "2026-01-15"], stdout=subprocess.DEVNULL,
                           stderr=subprocess.PIPE, timeout=300, check=False)
        if p.returncode:
            sys.exit(p.stderr.decode("utf-8", "replace"))
        pages = []
        for i in range(1, len(inputs) + 1):
            with open(os.path.join(out, f"example-{i:03}.html"), encoding="utf-8") as f:
                article = ARTICLE.search(f.read())
                pages.append(article[1] if article else "")
        return pages


def differences():
    rows = {}
    with open(DIFFERENCES, encoding="utf-8") as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                numbers, reason = line.rstrip("\n").split(None, 1)
                for number in numbers.split(","):
                    rows[int(number)] = reason
    return rows


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--spec", default=next((x for x in PLACES if os.path.exists(x)), None))
    p.add_argument("--show", nargs="*", type=int, help="what differs in these examples; none: in all without a row")
    a = p.parse_args()
    if a.spec is None:
        print("GFM examples: not run (no spec.txt of cmark-gfm)")
        print("0 passed, 0 failed")
        return 0
    cases = examples(a.spec)
    rows = differences()
    passed = failed = listed = 0
    for number, ((text, wanted), page) in enumerate(zip(cases, rendered([x for x, _ in cases])), 1):
        want, got = normal(wanted, False), normal(page, True)
        equal = want == got
        if equal != (number in rows):
            passed += 1
            listed += not equal
        else:
            failed += 1
            print(f"FAIL GFM example {number}: " + ("agrees, but is listed" if equal else "differs, and is not listed"))
        if a.show is not None and (number in a.show or not a.show and not equal and number not in rows):
            print(f"==== {number}\n{text}---- wanted\n{wanted}---- page\n{page}\n---- normal\n{want}\n----\n{got}")
    print(f"GFM examples: {len(cases)}, of which {listed} differ as listed")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
