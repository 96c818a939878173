#!/usr/bin/env python3
"""What a build does to the folder that it writes into.

Places that OUT and VAULT may have; which files are touched when a note changes,
comes, goes, is renamed or becomes private; any number of threads; and 2,000
notes, for the time they take.

usage: output.py [--notes N]
"""
import argparse
import inspect
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import sites as S

BOOKKEEPING = {S.MANIFEST.encode(), S.LOCK.encode()}


def put(root, path, text):
    full = os.path.join(root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as f:
        f.write(text)


def small_vault(root):
    put(root, "Home.md", "[[Ferry]] and [[Berth]]\n")
    put(root, "Harbour/Ferry.md", "---\ntags: [ship]\n---\nA note to [[Berth]]. ![[sketch.png]]\n")
    put(root, "Harbour/Berth.md", "Nothing is said of the other one.\n")
    put(root, "Harbour/North/Pier.md", "Alone in its folder, with a word: zanthoxylum. #pier\n")
    put(root, "pictures/sketch.png", "\x89PNG of a kind")
    return root


class Case:
    """A vault and an OUT beside it; `faults` is what went wrong."""

    def __init__(self, place):
        self.place = place
        self.vault = small_vault(os.path.join(place, "vault"))
        self.out = os.path.join(place, "out")
        self.faults = []

    def expect(self, good, what):
        if not good:
            self.faults.append(what)

    def build(self, *options, vault=None, out=None, code=0, cwd=None):
        r = S.build(vault or self.vault, self.out if out is None else out, *options, cwd=cwd)
        self.expect(r.code == code, f"exit {r.code} instead of {code}: {r.last}")
        return r

    def refused(self, out, word, vault=None, cwd=None):
        before = S.vault_state(self.place)
        r = self.build(out=out, vault=vault, code=2, cwd=cwd)
        self.expect(word in r.said, f"OUT {out!r}: no word of {word!r}: {r.last}")
        changed = S.difference(before, S.vault_state(self.place))
        self.expect(not changed, f"OUT {out!r} was refused and this changed: {changed}")

    def pages(self, out=None):
        return {p for p in S.files(out or self.out) if p not in BOOKKEEPING}

    def fresh(self, vault=None):
        out = tempfile.mkdtemp(dir=self.place, prefix="fresh-")
        self.build(out=out, vault=vault)
        return S.site_bytes(out)

    def touched(self, act):
        """The files that a build after `act` put in the place of others, made or
        removed; every one of them must have other bytes than before."""
        bytes_before, stats_before = S.site_bytes(self.out), S.site_stats(self.out)
        act()
        self.build()
        stats, now = S.site_stats(self.out), S.site_bytes(self.out)
        touched = {p for p in stats_before.keys() | stats.keys() if stats_before.get(p) != stats.get(p)}
        for p in sorted(touched - BOOKKEEPING):
            self.expect(bytes_before.get(p) != now.get(p), f"touched without need: {p!r}")
        fresh = S.difference(now, self.fresh())
        self.expect(not fresh, f"a build into a new folder differs: {fresh}")
        return {os.fsdecode(p) for p in touched - BOOKKEEPING}


# ---- places

def places_that_work(c):
    wanted = c.fresh()
    elsewhere = os.path.join(c.place, "elsewhere")
    os.makedirs(elsewhere)
    os.symlink("elsewhere", os.path.join(c.place, "link"))
    os.makedirs(os.path.join(c.place, "here"))
    for what, out, vault, cwd in [
        ("relative", "plain", "vault", c.place),
        ("relative, upwards", "../upward", "../vault", elsewhere),
        ("with a slash at its end", os.path.join(c.place, "slash/"), c.vault + "/", None),
        ("with slashes in a row", c.place + "//two///slashes", c.vault + "//", None),
        ("several folders deep", os.path.join(c.place, "a/b/c"), None, None),
        ("by way of a link", os.path.join(c.place, "link"), None, None),
        ("below a link", os.path.join(c.place, "link/below"), None, None),
        ("the folder one is in", ".", "../vault", os.path.join(c.place, "here")),
        ("with blanks and other letters", os.path.join(c.place, " ö ut -"), None, None),
        ("like an option, after --", "--out", "vault", c.place),
    ]:
        if out == "--out":
            r = S.run("build", "--today", S.TODAY, "--dates", "files", "--", vault, out, cwd=cwd)
        else:
            r = S.build(vault or c.vault, out, cwd=cwd)
        c.expect(r.code == 0, f"{what}: exit {r.code}: {r.last}")
        full = os.path.join(cwd or "/", out)
        got = {p: b for p, b in S.site_bytes(full).items() if not p.startswith(b"below/")}
        c.expect(got == wanted, f"{what}: another site: {S.difference(got, wanted)}")


def places_that_are_refused(c):
    put(c.place, "file", "somebody's own\n")
    os.makedirs(os.path.join(c.vault, "public"))
    os.symlink("vault", os.path.join(c.place, "to-vault"))
    os.symlink("vault/public", os.path.join(c.place, "to-public"))
    os.symlink("nowhere", os.path.join(c.place, "dangling"))
    for out, word in [
        (c.vault, "lies in the vault"),
        (c.vault + "/", "lies in the vault"),
        (os.path.join(c.vault, "public"), "lies in the vault"),
        (os.path.join(c.vault, "new/folders"), "lies in the vault"),
        (os.path.join(c.vault, "..", "vault", "x"), "lies in the vault"),
        (os.path.join(c.place, "to-vault"), "lies in the vault"),
        (os.path.join(c.place, "to-vault", "x"), "lies in the vault"),
        (os.path.join(c.place, "to-public"), "lies in the vault"),
        (os.path.join(c.place, "new/../vault/x"), "No such file"),
        (os.path.join(c.place, "dangling"), "No such file"),
        (os.path.join(c.place, "file"), "Not a directory"),
        (os.path.join(c.place, "file", "below"), "Not a directory"),
        (os.path.join(c.place, "n" * 300), "File name too long"),
        ("", "No such file"),
    ]:
        c.refused(out, word)
    c.refused(".", "lies in the vault", vault=".", cwd=c.vault)
    c.refused("x", "lies in the vault", vault="..", cwd=os.path.join(c.vault, "public"))


def vaults_that_are_refused(c):
    put(c.place, "file", "no folder\n")
    for vault, word in [(os.path.join(c.place, "missing"), "No such file"), (os.path.join(c.place, "file"), "Not a directory"),
                        ("", "No such file")]:
        r = S.run("build", vault, c.out)
        c.expect(r.code == 2 and word in r.said, f"VAULT {vault!r}: exit {r.code}: {r.last}")
        c.expect(not os.path.exists(c.out), f"VAULT {vault!r}: OUT was made")


def a_vault_below_out(c):
    """Never written into, although its folder has the name of a page's."""
    vault = small_vault(os.path.join(c.out, "harbour"))
    before = S.vault_state(vault)
    for i in range(2):
        r = S.build(vault, c.out, "--force")
        c.expect(r.code == 0, f"build {i}: exit {r.code}: {r.last}")
        c.expect("output-foreign" in r.said, f"build {i}: no word of the folder that is taken")
        changed = S.difference(before, S.vault_state(vault))
        c.expect(not changed, f"build {i}: the vault was changed: {changed}")
    c.expect(os.path.exists(os.path.join(c.out, "index.html")), "there is no site")


def a_vault_put_into_the_site(c):
    """The place of the site's folder is taken by the vault since the last build."""
    c.build()
    shutil.rmtree(os.path.join(c.out, "harbour"))
    vault = os.path.join(c.out, "harbour")
    shutil.copytree(c.vault, vault)
    put(vault, "ferry.html", "somebody's own\n")
    before = S.vault_state(vault)
    r = S.build(vault, c.out)
    c.expect(r.code == 0, f"exit {r.code}: {r.last}")
    changed = S.difference(before, S.vault_state(vault))
    c.expect(not changed, f"the vault was changed: {changed}")


def files_of_others(c):
    """Stay, also those that get in the way, and with --strict nothing happens."""
    put(c.out, "harbour/ferry.html", "somebody's own\n")
    put(c.out, "harbour/notes.txt", "somebody's own\n")
    put(c.out, ".gitignore", "*\n")
    put(c.out, "tags", "a file in the place of a folder\n")
    os.makedirs(os.path.join(c.place, "outside"))
    os.symlink(os.path.join(c.place, "outside"), os.path.join(c.out, "files"))
    os.symlink(os.path.join(c.place, "outside", "x"), os.path.join(c.out, "404.html"))
    foreign = S.site_stats(c.out)
    strict = c.build("--strict", code=1)
    c.expect(strict.said.count("output-foreign") >= 4, "findings: " + strict.said)
    changed = S.difference(foreign, S.site_stats(c.out))
    c.expect(not changed, f"--strict changed OUT: {changed}")
    r = c.build()
    c.expect(r.said.count("output-foreign") == 4, "findings: " + r.said)
    small_vault(c.vault)
    os.remove(os.path.join(c.vault, "Harbour", "Ferry.md"))
    c.build()
    stats = S.site_stats(c.out)
    for path, was in foreign.items():
        c.expect(stats.get(path) == was, f"replaced or removed: {path!r}")
    c.expect(not os.listdir(os.path.join(c.place, "outside")), "written through a link")


def a_damaged_manifest(c):
    c.build()
    manifest = os.path.join(c.out, S.MANIFEST)
    with open(manifest, "rb") as f:
        good = f.read()
    for what, text in [("empty", b""), ("cut", good[:-7]), ("another's", b"hello\n"), ("upwards", good + b"-" * 16 + b" 0 ../x\n"),
                       ("unsorted", good + good.split(b"\n", 3)[2] + b"\n"), ("absolute", good + b"-" * 16 + b" 0 /etc/x\n")]:
        with open(manifest, "wb") as f:
            f.write(text)
        before = S.site_stats(c.out)
        r = S.build(c.vault, c.out)
        c.expect(r.code == 2 and "damaged" in r.said, f"{what}: exit {r.code}: {r.last}")
        c.expect(before == S.site_stats(c.out), f"{what}: OUT was touched")


def a_folder_that_is_closed(c):
    """Whoever may not write, as nobody where these tests run as root."""
    prefix = []
    program = S.program()
    if os.getuid() == 0:
        os.chmod(c.place, 0o755)
        shutil.copy(program, os.path.join(c.place, "program"))
        program, prefix = os.path.join(c.place, "program"), ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    c.build()
    if not prefix:
        os.chmod(c.out, 0o555)
    put(c.vault, "New.md", "A new note.\n")
    before = S.site_stats(c.out)
    for out in (c.out, os.path.join(c.place, "beside") if prefix else os.path.join(c.out, "below")):
        p = subprocess.run([*prefix, program, "build", c.vault, out], stderr=subprocess.PIPE, check=False)
        c.expect(p.returncode == 2 and b"Permission denied" in p.stderr, f"exit {p.returncode}: {p.stderr!r}")
    os.chmod(c.out, 0o755)
    c.expect(before == S.site_stats(c.out), "OUT was touched")


# ---- what is touched

def nothing_changed(c):
    c.build()
    before = S.site_stats(c.out)
    r = c.build()
    c.expect("nothing changed" in r.said, r.last)
    c.expect(before == S.site_stats(c.out), "touched")
    for options in (["--jobs", "1"], ["--quiet"], ["--format", "json"]):
        c.build(*options)
        c.expect(before == S.site_stats(c.out), f"touched with {options}")


def a_note_changed(c):
    c.build()
    got = c.touched(lambda: put(c.vault, "Harbour/Berth.md", "Other words.\n"))
    index = {p for p in got if p.startswith("_/search/")}
    # Its page, how that begins, and that there is a new beginning.
    c.expect(got - index == {"harbour/berth.html", "_/previews/0.js", "_/previews/index.js"}, f"touched: {got}")
    # Its text, the list of files, and those of the words that it lost and won.
    c.expect({"_/search/index.js", "_/search/text-0-0.js"} <= index and len(index) <= 4, f"touched: {index}")


def a_note_came(c):
    c.build()
    got = c.touched(lambda: put(c.vault, "Deep/er/New.md", "[[Ferry]]\n"))
    c.expect({"deep/er/new.html", "pages.json", "harbour/ferry.html"} <= got, f"touched: {got}")


def a_note_went(c):
    c.build()
    c.touched(lambda: os.remove(os.path.join(c.vault, "Harbour/North/Pier.md")))
    c.expect(not os.path.exists(os.path.join(c.out, "harbour/north")), "its folder stayed")
    c.expect(not os.path.exists(os.path.join(c.out, "tags/pier.html")), "its tag's page stayed")


def a_note_was_renamed(c):
    c.build()
    c.touched(lambda: os.rename(os.path.join(c.vault, "Harbour/North/Pier.md"), os.path.join(c.vault, "Jetty.md")))
    c.expect(b"jetty.html" in c.pages() and b"harbour/north/pier.html" not in c.pages(), f"pages: {c.pages()}")


def a_folder_was_renamed_in_case(c):
    c.build()
    got = c.touched(lambda: os.rename(os.path.join(c.vault, "Harbour"), os.path.join(c.vault, "HARBOUR")))
    c.expect(b"harbour/ferry.html" in c.pages(), f"touched: {got}")


def a_file_became_a_folder(c):
    """And back: a file is in the way of a folder of the new site."""
    put(c.vault, "Home.md", "![[a.png]]\n")
    put(c.vault, "a.png", "a picture\n")
    c.build()
    c.expect(b"files/a.png" in c.pages(), f"pages: {sorted(c.pages())}")

    def to_folder():
        os.remove(os.path.join(c.vault, "a.png"))
        put(c.vault, "a.png/b.png", "below\n")
        put(c.vault, "Home.md", "![[a.png/b.png]]\n")

    def to_file():
        shutil.rmtree(os.path.join(c.vault, "a.png"))
        put(c.vault, "a.png", "a picture again\n")
        put(c.vault, "Home.md", "![[a.png]]\n")

    c.touched(to_folder)
    c.expect(b"files/a.png/b.png" in c.pages(), f"pages: {sorted(c.pages())}")
    c.touched(to_file)
    c.expect(b"files/a.png" in c.pages(), f"pages: {sorted(c.pages())}")


def a_note_became_private(c):
    c.build()
    c.touched(lambda: put(c.vault, "Harbour/North/Pier.md",
                          "---\npublish: false\n---\nAlone in its folder, with a word: zanthoxylum. #pier\n"))
    for path in S.files(c.out):
        found = b"zanthoxylum" in S.read(c.out, path) or b"pier" in S.read(c.out, path).lower() or b"pier" in path.lower()
        c.expect(not found, f"a trace of it in {path!r}")
    c.expect(not os.path.exists(os.path.join(c.out, "harbour/north")), "its folder stayed")


def a_link_leads_elsewhere(c):
    """The same name and the same bytes, but from a folder that is excluded."""
    put(c.vault, "vaultsite.yaml", "publish:\n  exclude: [closed]\n")
    put(c.vault, "open/N.md", "The same.\n")
    put(c.vault, "closed/N.md", "The same.\n")
    link = os.path.join(c.vault, "Seen.md")
    os.symlink("open/N.md", link)
    c.build()
    c.expect(b"seen.html" in c.pages(), "a link inside the vault is not followed")

    def turn():
        os.remove(link)
        os.symlink("closed/N.md", link)

    c.touched(turn)
    c.expect(b"seen.html" not in c.pages(), "an excluded note stayed")


def an_attachment_changed(c):
    c.build()
    got = c.touched(lambda: put(c.vault, "pictures/sketch.png", "another picture"))
    c.expect(got == {"files/pictures/sketch.png"}, f"touched: {got}")
    c.touched(lambda: os.remove(os.path.join(c.vault, "pictures/sketch.png")))
    c.expect(not os.path.exists(os.path.join(c.out, "files")), "its folder stayed")


def a_snippet_changed(c):
    """The new sheet has another name, so every page links it, and the old one goes."""
    put(c.vault, "vaultsite.yaml", "css: [wide]\n")
    put(c.vault, ".obsidian/snippets/wide.css", "table { width: 100% }\n")
    c.build()
    before = {p for p in S.files(c.out) if p.startswith(b"_/snippet-")}
    put(c.vault, ".obsidian/snippets/wide.css", "table { width: 90% }\n")
    c.build()
    after = {p for p in S.files(c.out) if p.startswith(b"_/snippet-")}
    c.expect(len(before) == len(after) == 1 and before != after, f"sheets: {before}, then {after}")
    page = S.read(c.out, "harbour/ferry.html")
    c.expect(b"../" + after.pop() in page, "the page does not link it")


def a_page_was_changed_by_hand(c):
    """--force mends it, even with the size it had; without, a lost one is found."""
    c.build()
    wanted = S.site_bytes(c.out)
    page = os.path.join(c.out, "harbour", "ferry.html")
    with open(page, "r+b") as f:
        f.write(b"XXXX")
    c.build("--force")
    c.expect(S.site_bytes(c.out) == wanted, "--force left the changed page")
    os.remove(page)
    c.build()
    c.expect(S.site_bytes(c.out) == wanted, "the removed page did not come back")
    shutil.rmtree(os.path.join(c.out, "harbour"))
    c.build()
    c.expect(S.site_bytes(c.out) == wanted, "the removed folder did not come back")


def leftovers(c):
    """What a killed build leaves: temporaries go, and those of others stay."""
    c.build()
    wanted = S.site_bytes(c.out)
    manifest = os.path.join(c.out, S.MANIFEST)
    with open(manifest, encoding="utf-8") as f:
        lines = f.read().splitlines()
    lines[1] = "digest -"
    lines[2:] = [f"{'-' * 16} 0 {line.split(' ', 2)[2]}" for line in lines[2:]]
    with open(manifest, "w", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")
    c.build()
    c.expect(S.site_bytes(c.out) == wanted, "differs: " + S.difference(S.site_bytes(c.out), wanted))


def seconds_of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def many_threads(c, notes):
    """The same bytes for any number of threads; a second build in 0.3 s of the processor, whatever runs beside it."""
    vault = os.path.join(c.place, "many")
    subprocess.run([sys.executable, os.path.join(S.ROOT, "tests", "bench", "genvault.py"), str(notes), vault],
                   check=True, stdout=subprocess.DEVNULL)
    first = None
    for jobs in (1, 2, 4, 8):
        out = os.path.join(c.place, f"jobs{jobs}")
        c.build("--jobs", str(jobs), "--quiet", vault=vault, out=out)
        got = S.site_bytes(out)
        first = first or got
        c.expect(got == first, f"--jobs {jobs} differs from --jobs 1: {S.difference(got, first)}")
    before = S.site_stats(out)
    began = seconds_of_children()
    c.build("--quiet", vault=vault, out=out)
    took = seconds_of_children() - began
    c.expect(before == S.site_stats(out), "a second build touched files")
    limit = 0.3 * max(notes / 10000, 1) * (20 if S.SANITISED else 1)
    c.expect(took <= limit, f"a second build took {took:.2f} s instead of {limit:.1f}")


CASES = [places_that_work, places_that_are_refused, vaults_that_are_refused, a_vault_below_out, a_vault_put_into_the_site,
         files_of_others, a_damaged_manifest, a_folder_that_is_closed, nothing_changed, a_note_changed, a_note_came,
         a_note_went, a_note_was_renamed, a_folder_was_renamed_in_case, a_file_became_a_folder, a_note_became_private,
         a_link_leads_elsewhere, an_attachment_changed, a_snippet_changed, a_page_was_changed_by_hand, leftovers, many_threads]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--notes", type=int, default=2000)
    notes = options.parse_args().notes
    score = S.Score()
    for case in CASES:
        with tempfile.TemporaryDirectory(prefix="vaultsite-output-") as place:
            c = Case(place)
            began = time.monotonic()
            case(c, notes) if "notes" in inspect.signature(case).parameters else case(c)
            score.verdict(case.__name__.replace("_", " "), c.faults, time.monotonic() - began)
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
