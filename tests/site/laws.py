#!/usr/bin/env python3
"""Laws that hold for the site of any vault.

usage: laws.py [--only NAME…] [--fixtures] [--keep DIR]

Over every content-fixtures/*/vault, the conformance suite's vault, a vault of
odd files, and, where there are some, real vaults (--fixtures: not those).
"""
import argparse
import concurrent.futures
import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from urllib.parse import unquote

sys.dont_write_bytecode = True
import explorer
import graph
import pathological
import previews
import search
import sites as S
from page import Page

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
# Schemes that a link may have; data: stands in images only.
SCRIPTED = ("javascript:", "vbscript:", "data:", "blob:", "file:")
WINDOWS_DEVICE = re.compile(r"(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$)", re.I)
WITHHELD = b"---\npublish: false\n---\n"


class Site:
    """The pages of one OUT, each read once."""

    def __init__(self, out):
        self.out = out
        self.paths = [os.fsdecode(p) for p in S.files(out)]
        self.set = set(self.paths)
        self.pages = {p: Page(S.read(out, p)) for p in self.paths if p.endswith(".html") and not p.startswith("files/")}

    def well_formed(self, own_theme):
        faults = [f"{path}: {fault}" for path, page in self.pages.items() for fault in page.faults]
        if own_theme:
            return faults
        return faults + [f"{path}: {page.elements.get(name, 0)} elements <{name}>" for path, page in self.pages.items()
                         for name in ("main", "footer") if page.elements.get(name) != 1 and not page.is_redirect]

    def dead_links(self):
        faults = []
        for path, page in self.pages.items():
            here = posixpath.dirname(path)
            for element, attribute, url in page.links:
                fault = self.follow(path, here, url, element)
                if fault:
                    faults.append(f"{path}: <{element} {attribute}={url!r}>: {fault}")
        return faults

    def follow(self, path, here, url, element):
        """Why an address leads nowhere; None for one that arrives or leaves the site."""
        if url.startswith("//") or SCHEME.match(url):
            low = re.sub(r"[\x00-\x20]", "", url.lower())
            if low.startswith(SCRIPTED) and not (element == "img" and low.startswith("data:image/")):
                return "scheme"
            return None
        address, _, fragment = url.partition("#")
        address = unquote(address.partition("?")[0])
        if address.startswith("/"):
            return "not relative"
        target = posixpath.normpath(posixpath.join(here, address)) if address else path
        if target.startswith(".."):
            return "leaves the site"
        if address.endswith("/"):
            target = posixpath.join(target, "index.html")
        if target not in self.set:
            return "no such file"
        if fragment and target in self.pages and unquote(fragment) not in self.pages[target].ids:
            return "no such id on " + target
        return None

    def names(self):
        """Paths that a case-insensitive share and Windows can hold."""
        faults, folded = [], {}
        for path in self.paths:
            key = path.casefold()
            if key in folded:
                faults.append(f"{path!r} and {folded[key]!r} differ in case only")
            folded[key] = path
            if path.startswith(".vaultsite"):
                continue
            for part in path.split("/"):
                if WINDOWS_DEVICE.match(part) or re.search(r'[\x00-\x1f<>:"\\|?*]', part) or part.endswith((".", " ")) \
                        or len(part.encode()) > 255:
                    faults.append(f"{path!r}: no name for Windows")
        return faults

    def canaries(self):
        faults = []
        for path in self.paths:
            if "canary" in path.lower():
                faults.append(f"{path}: the name")
            if b"canary" in S.read(self.out, path).lower():
                faults.append(f"{path}: the bytes")
        return faults

    def published(self):
        return {row["path"] for row in json.loads(S.read(self.out, "pages.json"))}


def exits(r, wanted=0):
    return [] if r.code == wanted else [f"exit {r.code}: {r.last}"]


def privacy(vault, out, place, settings):
    """OUT does not change when all that a withheld note holds is taken away."""
    copy, other = os.path.join(place, "withheld"), os.path.join(place, "out-withheld")
    shutil.copytree(vault, copy, symlinks=True, ignore_dangling_symlinks=True,
                    ignore=lambda d, names: [n for n in names if not os.path.islink(os.path.join(d, n))
                                             and not os.path.isfile(os.path.join(d, n))
                                             and not os.path.isdir(os.path.join(d, n))])
    published = Site(out).published()
    emptied = 0
    for path in S.files(copy):
        name, full = os.fsdecode(path), os.path.join(os.fsencode(copy), path)
        hidden = any(part.startswith(".") for part in name.split("/"))
        if name.lower().endswith(".md") and name not in published and not hidden and not os.path.islink(full):
            with open(full, "wb") as f:
                f.write(WITHHELD)
            emptied += 1
    if not emptied:
        return []
    faults = exits(S.build(copy, other, *settings))
    a, b = S.site_bytes(out), S.site_bytes(other)
    a.pop(S.MANIFEST.encode(), None)
    b.pop(S.MANIFEST.encode(), None)
    text = S.difference(a, b)
    return faults + ([f"text of withheld notes shows in {text}"] if text else [])


def plain(vault, place):
    """The second theme takes the place of all of the first one's templates, and of its scripts."""
    out = os.path.join(place, "out-plain")
    r = S.build(vault, out, "--theme", os.path.join(S.ROOT, "themes", "plain"), "--format", "json")
    if r.code != 0:
        return exits(r)
    site = Site(out)
    return [f["text"] for f in r.findings if f["code"] == "template-invalid"] + site.well_formed(False) + \
        site.dead_links() + site.canaries() + \
        [f"{path}: built-in parts" for path, page in site.pages.items() if 'class="rail"' in page.text] + \
        [path for path in site.paths if path.startswith("_/") and path.endswith(".js")]


def refused(vault):
    """Whether a golden case says that nothing is built of it."""
    try:
        with open(os.path.join(os.path.dirname(vault), "expect", "diagnostics.txt"), encoding="utf-8") as f:
            return f.read().endswith("\nexit 2\n")
    except OSError:
        return False


def refuses(vault, out):
    """Settings with a mistake: exit 2, every mistake named, nothing written."""
    r = S.build(vault, out, "--format", "json")
    codes = {f["code"] for f in r.findings}
    return {"mistakes in the settings end the build": exits(r, 2) +
            ([] if "settings-invalid" in codes else ["no finding settings-invalid"]) +
            (["OUT was made"] if os.path.exists(out) else [])}, codes


# Under a sanitiser: the program without one, whose sites are read by the laws elsewhere.
PLAIN = os.environ.get("SANITISED") and os.path.join(S.ROOT, "build", "vaultsite")


def same_without_sanitiser(vault, once, place, settings):
    """What the laws say of a site's content, they say of equal bytes, too."""
    out = os.path.join(place, "plain-program")
    r = S.build(vault, out, *settings, other=PLAIN)
    manifest = S.MANIFEST.encode()  # it names the program
    text = S.difference({p: b for p, b in once.items() if p != manifest},
                        {p: b for p, b in S.site_bytes(out).items() if p != manifest})
    return exits(r) + ([text] if text else [])


def content(name, vault, out, place, invented, settings):
    """What holds of the bytes of a site: law -> faults."""
    site, laws = Site(out), {}
    laws["pages are well-formed"] = site.well_formed(settings or "theme" in name)
    laws["no dead link"] = site.dead_links()
    laws["what is searched is found, and arrives"] = search.faults(site)
    laws["previews are balanced, and lead somewhere"] = previews.faults(site)
    laws["the folders are a tree of all notes"] = explorer.faults(site)
    laws["the graph draws published notes and their links"] = graph.faults(site)
    laws["names for every file system"] = site.names()
    if invented:  # other people may well write of birds
        laws["no canary"] = site.canaries()
        if not settings:
            laws["the plain theme serves as well"] = plain(vault, place)
    return laws


def judge(name, vault, out, place, invented):
    """law -> faults, and the codes of the findings."""
    if "settings-invalid" in name:
        return refuses(vault, out)
    theme = os.path.join(os.path.dirname(vault), "theme")
    settings = ["--theme", theme] if invented and os.path.isdir(theme) else []
    before = S.vault_state(vault)
    laws = {}
    first = S.build(vault, out, "--jobs", "1", "--format", "json", *settings)
    if first.code == 2 and refused(vault):
        return {"nothing is built": ["OUT was made"] if os.path.exists(out) else []}, {f["code"] for f in first.findings}
    laws["exit 0"] = exits(first)
    if first.code != 0:
        return laws, set()
    codes = {f["code"] for f in first.findings}

    once, stats = S.site_bytes(out), S.site_stats(out)
    again = S.build(vault, out, "--jobs", "1", *settings)
    touched = S.difference(stats, S.site_stats(out))
    laws["a second build touches nothing"] = exits(again) + ([touched] if touched else [])
    forced = S.build(vault, out, "--jobs", "2", "--force", *settings)
    touched = S.difference({p: s for p, s in stats.items() if p != S.MANIFEST.encode()},
                           {p: s for p, s in S.site_stats(out).items() if p != S.MANIFEST.encode()})
    laws["--force touches nothing either"] = exits(forced) + ([touched] if touched else [])

    out4 = os.path.join(place, "out4")
    four = S.build(vault, out4, "--jobs", "4", "--format", "json", *settings)
    text = S.difference(once, S.site_bytes(out4))
    laws["--jobs 4 gives the same bytes"] = exits(four) + ([text] if text else [])
    laws["--jobs 4 gives the same findings"] = \
        [] if first.findings == four.findings else [next((f"{a} and {b}" for a, b in zip(first.findings, four.findings)
                                                          if a != b), "more of them")]

    if PLAIN:
        laws["the same bytes as without a sanitiser"] = same_without_sanitiser(vault, once, place, settings)
    else:
        laws.update(content(name, vault, out, place, invented, settings))
    laws["withheld notes leave no trace"] = privacy(vault, out, place, settings)

    checked = S.run("check", vault, "--today", S.TODAY, "--format", "json", *settings)
    errors = any(f["severity"] == "error" for f in checked.findings)
    laws["check says what build says"] = exits(checked, 1 if errors else 0) + \
        ([] if [f for f in first.findings if f["code"] != "output-foreign"] == checked.findings else
         ["other findings: " + repr(next((a, b) for a, b in zip(first.findings + [None], checked.findings + [None])
                                         if a != b))])
    slices = os.path.join(os.path.dirname(S.program()), "tests", "slices")
    p = subprocess.run([slices, vault], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    laws["slices are balanced"] = [] if p.returncode == 0 else \
        [line.strip() for line in p.stdout.decode("utf-8", "replace").splitlines()] or [f"exit {p.returncode}"]
    changed = S.difference(before, S.vault_state(vault))
    laws["the vault is unchanged"] = [changed] if changed else []
    return laws, codes


def one(name, vault, make, invented, keep):
    started = time.monotonic()
    place = os.path.join(keep, name) if keep else tempfile.mkdtemp(prefix=f"vaultsite-{name}-")
    os.makedirs(place, exist_ok=True)
    try:
        if make:
            vault = os.path.join(place, "vault")
            make(vault)
        laws, codes = judge(name, vault, os.path.join(place, "out"), place, invented)
    except Exception as e:  # a law that cannot be examined is broken
        laws, codes = {"examined": [traceback.format_exc(limit=-3)]}, set()
    finally:
        if not keep:
            shutil.rmtree(place, ignore_errors=True)
    return name, laws, codes, time.monotonic() - started


def make_odd(to):
    subprocess.run([sys.executable, os.path.join(HERE, "make_odd_vault.py"), to], check=True, stdout=subprocess.DEVNULL)


def make_pathological(to):
    pathological.write_vault(to, 1 << 14)


# ---- findings that no vault alone provokes


def codes_of(r):
    return {f["code"] for f in r.findings}


def small_vault(place):
    vault = os.path.join(place, "vault")
    os.makedirs(vault)
    with open(os.path.join(vault, "Home.md"), "w", encoding="utf-8") as f:
        f.write("A note.\n")
    return vault


def odd_settings(place):
    vault = small_vault(place)
    with open(os.path.join(vault, "vaultsite.yaml"), "w", encoding="utf-8") as f:
        f.write("titel: A wiki\n")
    r = S.build(vault, os.path.join(place, "out"), "--format", "json")
    return ({"settings-invalid"} if "settings-invalid" in r.said and r.code == 2 else set(),
            exits(r, 2) + (["OUT was made"] if os.path.exists(os.path.join(place, "out")) else []))


def odd_theme(place):
    vault, theme = small_vault(place), os.path.join(place, "theme", "templates")
    os.makedirs(theme)
    with open(os.path.join(theme, "note.html"), "w", encoding="utf-8") as f:
        f.write("{{#no_such_section}}\n")
    r = S.build(vault, os.path.join(place, "out"), "--theme", os.path.join(place, "theme"), "--format", "json")
    return codes_of(r), exits(r)


def foreign_file(place):
    vault, out = small_vault(place), os.path.join(place, "out")
    os.makedirs(out)
    with open(os.path.join(out, "pages.json"), "w", encoding="utf-8") as f:
        f.write("somebody's own\n")
    r = S.build(vault, out, "--format", "json")
    again = S.build(vault, out, "--format", "json")
    kept = S.read(out, "pages.json") == b"somebody's own\n"
    return codes_of(r), exits(r) + exits(again) + ([] if kept else ["a foreign file was replaced"]) + \
        ([] if codes_of(r) == codes_of(again) else ["the second build says nothing of it"])


def no_history(place):
    r = S.build(small_vault(place), os.path.join(place, "out"), "--dates", "git", "--format", "json")
    return codes_of(r), exits(r)


def unreadable_file(place):
    """Root reads everything, so there the program runs as nobody."""
    vault = small_vault(place)
    path = os.path.join(vault, "Closed.md")
    with open(path, "w", encoding="utf-8") as f:
        f.write("Nobody may read this.\n")
    os.chmod(path, 0)
    command = [S.program(), "check", vault, "--format", "json"]
    if os.getuid() == 0:
        copy = os.path.join(place, "vaultsite")
        shutil.copy(S.program(), copy)
        os.chmod(place, 0o755)
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", copy] + command[1:]
    p = subprocess.run(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, check=False)
    return codes_of(S.Result(p.returncode, p.stderr.decode("utf-8", "replace"))), []


def costly_queries(place):
    """Told from ten million rows on, and not before (decisions.md 38)."""
    codes, faults = set(), []
    for n, wanted in ((3100, False), (3170, True)):
        for i in range(n):
            with open(os.path.join(place, f"{i}.md"), "w", encoding="utf-8") as f:
                f.write("```dataview\nLIST WHERE this.due\n```\n")
        r = S.run("check", place, "--format", "json")
        codes |= codes_of(r)
        found = [f["text"] for f in r.findings if f["code"] == "query-costly"]
        if bool(found) != wanted or wanted and str(n * n) not in found[0]:
            faults.append(f"{n} notes that each ask all others: {found}")
    return codes, faults + exits(r)


def with_function(place, lines):
    vault = small_vault(place)
    with open(os.path.join(vault, "Home.md"), "w", encoding="utf-8") as f:
        f.write("- [ ] Grease the winch\n\n```tasks\n" + lines + "\n```\n")
    return vault


def script_without_worker(place):
    """The program alone, without vaultsite-script beside it: told once, and no script runs."""
    vault = with_function(place, "filter by function true\n```\n\n```tasks\nsort by function 1")
    copy = shutil.copy(S.program(), os.path.join(place, "vaultsite"))
    p = subprocess.run([copy, "check", vault, "--format", "json"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, check=False)
    r = S.Result(p.returncode, p.stderr.decode("utf-8", "replace"))
    found = [f["text"] for f in r.findings if f["code"] == "javascript-missing"]
    return codes_of(r), [] if len(found) == 1 and "the functions of 2 queries: " in found[0] else [f"javascript-missing: {found}"]


def program_without_extras(place):
    """The program alone, without vaultsite-extras beside it: told once for each, and no page loads any."""
    out = os.path.join(place, "out")
    copy = shutil.copy(S.program(), os.path.join(place, "vaultsite"))
    p = subprocess.run([copy, "build", S.fixtures()["extras"], out, "--format", "json"], stderr=subprocess.PIPE,
                       stdout=subprocess.DEVNULL, check=False)
    r = S.Result(p.returncode, p.stderr.decode("utf-8", "replace"))
    found = sorted(f["text"].split()[0] for f in r.findings if f["code"] == "extra-missing")
    faults = [] if found == ["Temml", "highlight.js", "mermaid"] else [f"extra-missing: {found}"]
    faults += [f"{os.fsdecode(path)}: there without a script" for path in S.files(out)
               if re.search(rb"_/(extras|code|math|diagram)-|LICENSES", path)]
    if b"/extras-" in S.read(out, "code.html"):
        faults.append("code.html loads extras.js")
    return codes_of(r), faults


def script_without_end(place):
    """One that is ended gives a finding at its block, and the build goes on."""
    vault = with_function(place, "filter by function while (true) {} return true")
    r = S.run("check", vault, "--format", "json")
    if "javascript-missing" in codes_of(r):
        print("scripts: not run, script-ended is not tried")
        return {"script-ended"}, []
    found = [(f["path"], f["line"], f["text"]) for f in r.findings if f["code"] == "script-ended"]
    good = found == [("Home.md", 3, "the script took too long")]
    return codes_of(r), [] if good else [f"script-ended: {found}"]


ODD_RUNS = {"bad settings": odd_settings, "bad theme": odd_theme, "foreign file": foreign_file,
            "unreadable file": unreadable_file, "no history": no_history, "costly queries": costly_queries,
            "no worker": script_without_worker, "no extras": program_without_extras, "endless script": script_without_end}


def every_code():
    with open(os.path.join(S.ROOT, "src", "diag", "codes.def"), encoding="utf-8") as f:
        return re.findall(r'^DIAG\(\w+,\s*\w+,\s*"([a-z0-9-]+)"', f.read(), re.M)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", nargs="+", metavar="NAME")
    options.add_argument("--fixtures", action="store_true")
    options.add_argument("--keep", metavar="DIR")
    a = options.parse_args()

    work = [(name, vault, None, True) for name, vault in S.fixtures().items()]
    work.append(("conformance", None, S.conformance_vault, True))
    work.append(("pathological", None, make_pathological, True))
    if os.path.exists(os.path.join(HERE, "make_odd_vault.py")):
        work.append(("odd", None, make_odd, True))
    real = {} if a.fixtures else S.real_vaults()
    work += [(name, vault, None, False) for name, vault in real.items()]
    if a.only:
        work = [w for w in work if w[0] in a.only]

    score, provoked = S.Score(), set()
    with concurrent.futures.ProcessPoolExecutor(max_workers=2) as pool:
        for done in [pool.submit(one, *w, a.keep) for w in work]:
            name, laws, codes, seconds = done.result()
            if name not in real:
                provoked |= codes
            for law, faults in laws.items():
                score.verdict(f"{name}: {law}", faults)
            if os.environ.get("VERBOSE"):
                print(f"     {name}: {seconds:.1f} s")
    if not a.only:
        for name, provoke in ODD_RUNS.items():
            with tempfile.TemporaryDirectory() as place:
                codes, faults = provoke(place)
                provoked |= codes
                score.verdict(name, faults)
        missing = [c for c in every_code() if c not in provoked]
        score.verdict("every finding has a fixture", [f"{c}: no fixture provokes it" for c in missing])
        if not real:
            print("real vaults: not run")
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
