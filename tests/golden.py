#!/usr/bin/env python3
"""Golden cases: content-fixtures/<case>/expect beside vault/.

    diagnostics.txt   what the build says, all of it
    diagnostics.github, .sarif, .json
                      the same in that form, as `check` prints it where vault/ lies
    urls.txt          every file of the site but the theme's, one path a line
    *.html            what stands from <main> to </main> on that page of the site
    *.whole.html      the whole page, its frame as well: a few of each kind
    others            files of the site, at their path below OUT

usage: golden.py [CASE…]             compares
       golden.py --accept CASE       rewrites what CASE expects, shows the change

A case takes part once it has an expect/ folder; --accept makes one, with the two
lists, and rewrites the pages that are there (add one: an empty file of its name).
One that needs what is not installed here is not compared, which is said.
"""
import difflib
import os
import re
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "site"))
import sites as S

# The theme's files carry a hash of what they hold, and every page links them: a
# change of a style sheet is no change of a page.
HASHED = re.compile(r"(_/[a-z]+-)[0-9a-f]{8,}(\.(?:css|js|svg))")
MAIN = re.compile(r"<main\b.*</main>", re.S)
WHOLE = ".whole.html"


# What changes with the program, or with every finding that is added to its table.
PASSING = [(re.compile(p, re.S), r) for p, r in [
    (r'"rules":\[.*?\n.*?\]\}\}', '"rules":[RULES]}}'), (r'"ruleIndex":\d+', '"ruleIndex":N'),
    (r'"version":"\d+\.\d+\.\d+","rules"', '"version":"VERSION","rules"'), (r'"milliseconds":\d+', '"milliseconds":N'),
    (r'"steps":\{[^}]*\}', '"steps":{STEPS}'), (r"\d+\.\d\d s\n", "N s\n")]]


def neutral(text):
    return HASHED.sub(r"\1HASH\2", text)


def file_of(out, name):
    """The text that is compared with expect/NAME; "" where the site has no such file."""
    path = name[:-len(WHOLE)] + ".html" if name.endswith(WHOLE) else name
    if not os.path.isfile(os.path.join(out, path)):
        return ""
    text = neutral(S.read(out, path).decode("utf-8", "replace"))
    if path != name or not name.endswith(".html"):
        return text
    m = MAIN.search(text)
    return m.group() + "\n" if m else "no <main>\n" + text


def in_form(vault, form):
    said = S.run("check", "vault", "--today", S.TODAY, "--dates", "files", "--format", form,
                 cwd=os.path.dirname(vault)).said
    for pattern, stands_for in PASSING:
        said = pattern.sub(stands_for, said)
    return said


def got_of(vault, expect, place):
    """file of expect/ -> text, as the program gives it now."""
    out = os.path.join(place, "out")
    r = S.build(vault, out)
    got = {"diagnostics.txt": "".join(
        line + "\n" for line in r.said.splitlines() if re.match(r"(\S.*: )?(error|warning|note): ", line))}
    if r.code != 0:
        got["diagnostics.txt"] += f"exit {r.code}\n"
    paths = [os.fsdecode(p) for p in S.files(out)] if os.path.isdir(out) else []
    got["urls.txt"] = "".join(p + "\n" for p in paths if not p.startswith("_/"))
    for path in S.files(expect) if os.path.isdir(expect) else []:
        name = os.fsdecode(path)
        if re.fullmatch(r"diagnostics\.(github|sarif|json)", name):
            got[name] = in_form(vault, name.split(".")[1])
        elif name not in got:
            got[name] = file_of(out, name)
    return got


def wanted_of(expect):
    return {os.fsdecode(p): S.read(expect, p).decode("utf-8", "replace") for p in S.files(expect)} \
        if os.path.isdir(expect) else {}


def changes(wanted, got):
    lines = []
    for name in sorted(wanted.keys() | got.keys()):
        lines += difflib.unified_diff(wanted.get(name, "").splitlines(), got.get(name, "").splitlines(),
                                      "expect/" + name, "got/" + name, lineterm="", n=2)
    return lines


def accept(case, vault):
    expect = os.path.join(os.path.dirname(vault), "expect")
    with tempfile.TemporaryDirectory() as place:
        got, wanted = got_of(vault, expect, place), wanted_of(expect)
    for line in changes(wanted, got):
        print(line)
    for name, text in got.items():
        path = os.path.join(expect, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write(text)
    return 0


def main():
    fixtures = S.fixtures()
    if sys.argv[1:2] == ["--accept"]:
        case = sys.argv[2] if len(sys.argv) > 2 else ""
        if case not in fixtures:
            sys.exit(f"no such case: {case!r}; there are: " + " ".join(fixtures))
        return accept(case, fixtures[case])
    score = S.Score()
    for case, vault in fixtures.items():
        expect = os.path.join(os.path.dirname(vault), "expect")
        if sys.argv[1:] and case not in sys.argv[1:] or not os.path.isdir(expect):
            continue
        with tempfile.TemporaryDirectory() as place:
            wanted, got = wanted_of(expect), got_of(vault, expect, place)
        lacks = [code for code in ("javascript-missing", "extra-missing")
                 if code in got["diagnostics.txt"] and code not in wanted["diagnostics.txt"]]
        if lacks:
            print(f"not installed: {case} is not compared ({lacks[0]})")
        else:
            score.verdict("golden: " + case, changes(wanted, got))
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
