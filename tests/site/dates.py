#!/usr/bin/env python3
"""Dates of notes, from properties and from git, and what is made of them: pages, feed, sitemap.

The repositories are made here, with fixed dates.  Some are hostile: whatever they ask git
to run would leave a file behind, and none may.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import sites as S
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = "https://wiki.example/team/"
with open(os.path.join(S.ROOT, "themes", "default", "strings", "en.json"), encoding="utf-8") as strings:
    WORDS = json.load(strings)
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class Case:
    def __init__(self, place):
        self.place, self.faults = place, []
        self.vault, self.out = os.path.join(place, "vault"), os.path.join(place, "out")
        os.makedirs(self.vault)

    def expect(self, good, what):
        if not good:
            self.faults.append(what)

    def put(self, path, text="Text.\n"):
        full = os.path.join(os.fsencode(self.vault), os.fsencode(path))
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as f:
            f.write(text)

    def git(self, *arguments, at=None, day="2020-01-01T12:00:00+0000"):
        env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        env |= {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        p = subprocess.run(["git", "-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "init.defaultBranch=main",
                            "-c", "protocol.file.allow=always", *arguments],
                           cwd=at or self.vault, env=env, capture_output=True, check=False)
        if p.returncode != 0:
            raise RuntimeError(f"git {arguments}: {p.stderr.decode()}")
        return p.stdout.decode()

    def commit(self, day, *files, at=None):
        """One commit of everything, at noon of that day unless it has a time; `files` get a further line."""
        for path in files:
            full = os.path.join(os.fsencode(self.vault), os.fsencode(path))
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "a", encoding="utf-8", errors="replace") as f:
                f.write(f"A line of {day} in {os.fsdecode(path)}.\n\n" + f"More of {os.fsdecode(path)}.\n" * 5)
        self.git("add", "-A", at=at)
        self.git("commit", "-q", "--allow-empty", "-m", f"as of {day}", day=day if "T" in day else day + "T12:00:00+0000", at=at)

    def build(self, *options, code=0, **more):
        r = S.run("build", self.vault, self.out, "--today", "2026-01-15", *options, **more)
        self.expect(r.code == code, f"build {' '.join(options)}: exit {r.code} instead of {code}: {r.last}")
        return r.said

    def page(self, path):
        return S.read(self.out, path).decode("utf-8")

    def dates(self, path):
        """The day below a note's title or among its properties, and that of its last change; "" for none."""
        head = re.search(r'<header class="head">.*?</header>', self.page(path), re.S).group()
        found = dict(re.findall(r"\b(%s|%s) <time datetime=\"([^\"]*)\">" % (WORDS["created"], WORDS["updated"]), head))
        return found.get(WORDS["created"], ""), found.get(WORDS["updated"], "")

    def listed(self, href):
        """The day beside a note in the list of its folder."""
        row = re.search(rf'<tr><th scope="row">[^\n]*href="{href}"[^\n]*', self.page("index~notes.html")).group()
        return "".join(re.findall(r'<time datetime="([^"]*)">', row))

    def holds(self, path, *days):
        self.expect(self.dates(path) == days, f"{path}: {self.dates(path)} instead of {days}")

    def feed(self):
        return etree.fromstring(S.read(self.out, "feed.xml"), etree.XMLParser(no_network=True, resolve_entities=False))


def a_plain_history(c):
    c.git("init", "-q")
    c.commit("2023-04-01", "Ferry.md", "Quay.md")
    c.commit("2024-05-02", "Ferry.md")
    c.commit("2024-06-03", "Ferry.md", "Crane.md")
    c.put("Draft.md")
    c.put("Said.md", "---\ndate: 2019-02-03\nupdated: 2021/3/4 10:00\n---\n")
    c.put("Half.md", "---\ncreated: 20190203\nmodified: soon\n---\n")
    c.put("Bad.md", "---\ndate: 2019-02-30\ncreated: 2018-01-01T23:59:59-10:00\n---\n")
    said = c.build()
    c.expect("dates-unknown" not in said, said)
    c.holds("ferry.html", "2023-04-01", "2024-06-03")
    c.holds("quay.html", "2023-04-01", "")  # changed on the day that it is from
    c.holds("crane.html", "2024-06-03", "")
    c.holds("draft.html", "", "")
    # What stands among the properties is not said again below the title.
    for note, day in (("said", "2019-02-03"), ("half", "2019-02-03"), ("bad", "2018-01-01"), ("ferry", "2023-04-01"), ("draft", "")):
        c.expect(c.listed(note + ".html") == day, f"{note} is listed with {c.listed(note + '.html')} instead of {day}")
        c.expect(not day.startswith("201") or c.dates(note + ".html") == ("", ""), f"{note}: twice")
    c.commit("2025-07-04", "Half.md")
    c.build()
    c.holds("half.html", "", "2025-07-04")
    c.expect(c.listed("half.html") == "2019-02-03" and c.listed("said.html") == "2019-02-03", "properties go before git")
    c.build("--dates", "files")
    c.holds("ferry.html", "", "")
    c.expect(c.listed("said.html") == "2019-02-03" and c.listed("ferry.html") == "", "--dates files")
    c.put("vaultsite.yaml", "dates: files\n")
    c.build()
    c.holds("ferry.html", "", "")
    c.build("--dates", "git")
    c.holds("ferry.html", "2023-04-01", "2024-06-03")


def renames_and_returns(c):
    c.git("init", "-q")
    c.commit("2020-01-01", "Old name.md", "Gone.md", "Reused.md")
    os.makedirs(os.path.join(c.vault, "Archive"))
    c.git("mv", "Old name.md", "Archive/New name.md")
    c.git("rm", "-q", "Gone.md")
    c.git("mv", "Reused.md", "Moved on.md")
    c.commit("2021-03-03")
    c.commit("2022-05-05", "Gone.md", "Archive/New name.md")
    c.put("Reused.md", "Nothing that was there before.\n")
    c.commit("2023-06-06")
    c.build()
    c.holds("archive/new-name.html", "2020-01-01", "2022-05-05")
    c.holds("gone.html", "2020-01-01", "2022-05-05")
    c.holds("moved-on.html", "2020-01-01", "2021-03-03")
    c.holds("reused.html", "2023-06-06", "")


def branches_and_merges(c):
    c.git("init", "-q")
    c.commit("2020-01-01", "Main.md")
    c.git("checkout", "-q", "-b", "side")
    c.commit("2020-02-02", "Side.md")
    c.git("checkout", "-q", "main")
    c.commit("2020-03-03", "Main.md")
    c.git("merge", "-q", "--no-ff", "-m", "both", "side", day="2024-04-04T12:00:00+0000")
    c.build()
    c.holds("side.html", "2020-02-02", "")
    c.holds("main.html", "2020-01-01", "2020-03-03")
    c.git("checkout", "-q", "--detach", "side")
    os.remove(os.path.join(c.vault, "Main.md"))
    c.expect("nothing changed" not in c.build(), "another commit is checked out")
    c.holds("side.html", "2020-02-02", "")


def odd_names(c):
    c.git("init", "-q")
    names = ["Ää & Ö.md", 'with "quotes".md', "a\nline.md", "tab\there.md", "100%.md", "A.md", "7.md", "\\back.md", "日本/語.md"]
    c.commit("2020-01-01", *names, b"\xff\xfe.md")
    c.git("config", "core.quotePath", "true")
    c.build()
    pages = [p for p in map(os.fsdecode, S.files(c.out))
             if p.endswith(".html") and not p.startswith(("index", "404")) and not p.endswith("/index.html")]
    c.expect(len(pages) == len(names), f"{pages}")
    for page in pages:
        c.holds(page, "2020-01-01", "")


def a_vault_in_a_subfolder(c):
    """With renames across its border, and links in it."""
    c.git("init", "-q", at=c.place)
    shutil.rmtree(c.vault)
    os.makedirs(os.path.join(c.place, "elsewhere"))
    c.vault = os.path.join(c.place, "elsewhere")
    c.commit("2019-01-01", "Moved in.md", "Inside.md", at=c.place)
    c.vault = os.path.join(c.place, "docs", "vault")
    os.makedirs(c.vault)
    c.commit("2020-01-01", "Inside.md", "Deep/Real.md", at=c.place)
    c.git("mv", "elsewhere/Moved in.md", "docs/vault/Moved in.md", at=c.place)
    c.commit("2021-01-01", at=c.place)
    os.symlink("Deep/Real.md", os.path.join(c.vault, "Link.md"))
    c.commit("2022-01-01", at=c.place)
    c.build()
    c.holds("inside.html", "2020-01-01", "")
    c.holds("moved-in.html", "2021-01-01", "")  # what was before was not in the vault
    c.holds("deep/real.html", "2020-01-01", "")
    c.holds("link.html", "2020-01-01", "")
    before = S.site_bytes(c.out)
    S.run("build", "vault", c.out, "--today", "2026-01-15", "--force", cwd=os.path.dirname(c.vault))
    c.expect(not S.difference(before, S.site_bytes(c.out)), "another way to name it")
    c.git("worktree", "add", "-q", os.path.join(c.place, "second"), "HEAD~1", at=c.place)
    c.vault = os.path.join(c.place, "second", "docs", "vault")
    c.build()
    c.holds("moved-in.html", "2021-01-01", "")
    link = os.path.join(c.place, "pointer")
    os.symlink(c.vault, link)
    c.vault = link
    c.build("--force")
    c.holds("moved-in.html", "2021-01-01", "")


def a_work_tree_said_to_be_elsewhere(c):
    """Paths of commits are those below the folder with the `.git`, whatever its settings say."""
    c.git("init", "-q", at=c.place)
    os.makedirs(os.path.join(c.place, "elsewhere"))
    c.commit("2020-01-01", "Ferry.md", at=c.place)
    c.git("config", "core.worktree", os.path.join(c.place, "elsewhere"), at=c.place)
    c.build()
    c.holds("ferry.html", "2020-01-01", "")
    c.git("config", "core.worktree", "/no such place", at=c.place)
    c.build("--force")
    c.holds("ferry.html", "2020-01-01", "")
    # A folder that git takes for no repository hides none above it.
    os.makedirs(os.path.join(c.vault, ".git"))
    with open(os.path.join(c.vault, ".git", "HEAD"), "w", encoding="utf-8") as f:
        f.write("ref: refs/heads/main\n")
    c.build("--force")
    c.holds("ferry.html", "2020-01-01", "")


def no_work_tree(c):
    c.put("Ferry.md", "---\ndate: 2020-01-01\n---\n")
    c.put("Quay.md")
    c.expect("dates-unknown" not in c.build(), "nobody asked for dates")
    c.expect(c.listed("ferry.html") == "2020-01-01" and c.listed("quay.html") == "", "properties alone")
    said = c.build("--dates", "git")
    c.expect(said.count("warning: dates-unknown: the vault lies in no git work tree; only dates in properties are shown") == 1, said)
    c.build("--dates", "git", "--strict", code=1)
    c.put("vaultsite.yaml", "dates: git\n")
    c.expect("dates-unknown" in c.build(), "the setting")
    c.expect("dates-unknown" not in c.build("--dates", "files"), "the option wins")
    os.mkdir(os.path.join(c.vault, ".git"))
    c.expect("lies in no git work tree" in c.build("--force"), "an empty .git")
    os.mkfifo(os.path.join(c.vault, ".git", "HEAD"))
    c.build("--force")
    c.holds("quay.html", "", "")


def nothing_committed_yet(c):
    c.git("init", "-q")
    c.put("Ferry.md")
    c.expect("dates-unknown" not in c.build(), "an unborn branch")
    c.holds("ferry.html", "", "")
    c.commit("2020-01-01")
    c.build()
    c.holds("ferry.html", "2020-01-01", "")


def a_shallow_clone(c):
    c.git("init", "-q")
    c.commit("2020-01-01", "Ferry.md")
    c.commit("2021-01-01", "Quay.md")
    clone = os.path.join(c.place, "clone")
    c.git("clone", "-q", "--depth", "1", "file://" + c.vault, clone)
    c.vault = clone
    said = c.build()
    c.expect(said.count("warning: dates-unknown: the repository is a shallow clone") == 1, said)
    c.holds("ferry.html", "", "")
    c.git("fetch", "-q", "--unshallow")
    said = c.build()
    c.expect("dates-unknown" not in said and "nothing changed" not in said, said)
    c.holds("ferry.html", "2020-01-01", "")


def git_is_missing_or_fails(c):
    c.git("init", "-q")
    c.commit("2020-01-01", "Ferry.md")
    nowhere = {**os.environ, "PATH": c.place}
    said = c.build(env=nowhere)
    c.expect(said.count("dates-unknown: the vault lies in a git work tree, but there is no program git") == 1, said)
    c.holds("ferry.html", "", "")
    c.expect("nothing changed" not in c.build(), "git is there now")
    c.holds("ferry.html", "2020-01-01", "")
    for script, word in [("exit 3", "git failed"), ("echo >&2 'fatal: no such luck'; exit 128", "git failed: no such luck"),
                         ("kill -9 $$", "git failed"), ("echo nonsense; exit 0", "git stopped halfway"),
                         ("printf 'x\\0'; exit 0", "git said what is no history"), ("yes | tr -d '\\n'", "git said what is no history"),
                         ("printf '1600000000\\0\\nM\\0'; exit 0", "git stopped halfway"), ("exec sleep 0", None)]:
        fake = os.path.join(c.place, "git")
        with open(fake, "w", encoding="utf-8") as f:
            f.write("#!/bin/sh\n" + script + "\n")
        os.chmod(fake, 0o755)
        env = {**os.environ, "PATH": c.place + ":" + os.environ["PATH"]}
        said = c.build("--force", env=env)
        c.expect(word is None or said.count("dates-unknown: " + word) == 1, f"{script}: {said}")
        if word:
            c.expect("nothing changed" not in c.build(env=env), f"{script}: kept for the next build")
    os.remove(fake)
    objects = os.path.join(c.vault, ".git", "objects")
    os.rename(objects, objects + ".gone")
    said = c.build("--force")
    c.expect(said.count("dates-unknown: git failed: ") == 1, said)
    os.rename(objects + ".gone", objects)
    c.build()
    c.holds("ferry.html", "2020-01-01", "")


def a_hostile_repository(c):
    """Nothing that its settings name is run, and nothing in it changes."""
    c.git("init", "-q")
    c.commit("2020-01-01", "Ferry.md", "Quay.md")
    c.git("mv", "Quay.md", "Pier.md")
    c.commit("2020-02-02", "Pier.md")
    c.git("mv", "Pier.md", "Quay.md")
    canary = os.path.join(c.place, "canary")
    script = os.path.join(c.place, "script")
    with open(script, "w", encoding="utf-8") as f:
        f.write(f'#!/bin/sh\necho "$0 $*" >>{canary}\nexit 0\n')
    os.chmod(script, 0o755)
    os.makedirs(os.path.join(c.vault, ".git", "evil"))
    for hook in ("post-index-change", "pre-auto-gc", "reference-transaction", "post-checkout", "fsmonitor-watchman", "pre-commit"):
        shutil.copy(script, os.path.join(c.vault, ".git", "evil", hook))
    with open(os.path.join(c.vault, ".gitattributes"), "w", encoding="utf-8") as f:
        f.write("*.md diff=evil filter=evil\n")
    c.git("add", "-A")
    # A commit that says it is signed, so that there is something to verify.
    tree = c.git("write-tree").strip()
    raw = (f"tree {tree}\nparent {c.git('rev-parse', 'HEAD').strip()}\nauthor N <n@example.org> 1609459200 +0000\n"
           f"committer N <n@example.org> 1609459200 +0000\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ\n -----END PGP SIGNATURE-----\n\nsigned\n")
    p = subprocess.run(["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"], input=raw.encode(), cwd=c.vault,
                       stdout=subprocess.PIPE, check=True)
    c.git("reset", "-q", "--soft", p.stdout.decode().strip())
    for key in ("core.fsmonitor", "gpg.program", "gpg.openpgp.program", "core.pager", "pager.log", "diff.external", "diff.evil.command",
                "diff.evil.textconv", "core.sshCommand", "core.gitProxy", "core.editor", "core.askPass", "credential.helper",
                "filter.evil.smudge", "filter.evil.clean", "filter.evil.process", "core.alternateRefsCommand",
                "uploadpack.packObjectsHook", "remote.origin.uploadpack", "sequence.editor", "interactive.diffFilter"):
        c.git("config", key, script)
    for key, value in [("alias.log", "!" + script), ("log.showSignature", "true"), ("core.hooksPath", ".git/evil"), ("log.follow", "true"),
                       ("log.showRoot", "false"), ("diff.renames", "false"), ("diff.relative", "false"), ("color.ui", "always"),
                       ("log.diffMerges", "separate"), ("diff.noprefix", "true"), ("log.decorate", "full"), ("core.quotePath", "true"),
                       ("format.pretty", "%B"), ("log.date", "raw"), ("diff.mnemonicPrefix", "true"), ("core.bare", "false"),
                       ("extensions.worktreeConfig", "false"), ("diff.ignoreSubmodules", "none"), ("gc.auto", "1")]:
        c.git("config", key, value)
    if os.path.exists(canary):  # by the git commands above
        os.remove(canary)
    state = S.vault_state(c.vault)
    environment = {**os.environ, "GIT_EXTERNAL_DIFF": script, "GIT_PAGER": script, "GIT_SSH_COMMAND": script, "GIT_TRACE": canary,
                   "GIT_DIR": os.path.join(c.place, "no-such-place"), "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor",
                   "GIT_CONFIG_VALUE_0": script, "GIT_EXEC_PATH": c.place}
    said = c.build(env=environment)
    c.expect(not os.path.exists(canary), "it was run: " + (open(canary, encoding="utf-8").read() if os.path.exists(canary) else ""))
    c.expect("dates-unknown" not in said, said)
    c.expect(S.vault_state(c.vault) == state, "the repository changed")
    c.holds("ferry.html", "2020-01-01", "")
    c.holds("quay.html", "2020-01-01", "2021-01-01")
    # The tests must be able to fail: the same settings do run something.
    subprocess.run(["git", "log", "--name-status"], cwd=c.vault, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    c.expect(os.path.exists(canary), "the canary does not sing")


def a_history_told_otherwise(c):
    """What stands beside the commits of a repository changes neither the text nor the days of its history."""
    c.git("init", "-q")
    c.commit("2020-01-01", "Ferry.md")
    c.commit("2021-01-01", "Ferry.md")
    for key in ("i18n.logOutputEncoding", "i18n.commitEncoding"):
        c.git("config", key, "UTF-16")
    c.expect("dates-unknown" not in c.build(), "a setting for the encoding of messages hides the days")
    c.holds("ferry.html", "2020-01-01", "2021-01-01")
    with open(os.path.join(c.vault, ".git", "info", "grafts"), "w", encoding="utf-8") as f:
        f.write(c.git("rev-parse", "HEAD"))
    c.build("--force")
    c.holds("ferry.html", "2020-01-01", "2021-01-01")


def a_clone_that_fetches_when_asked(c):
    """A missing object is no reason to run what the remote's address says."""
    c.git("init", "-q")
    c.commit("2020-01-01", "Ferry.md")
    c.commit("2021-01-01", "Ferry.md")
    canary = os.path.join(c.place, "canary")
    first = c.git("rev-parse", "HEAD~1").strip()
    c.git("config", "core.repositoryFormatVersion", "1")
    c.git("config", "extensions.partialClone", "origin")
    c.git("config", "remote.origin.promisor", "true")
    c.git("config", "remote.origin.url", f"ext::sh -c echo% x>>{canary}")
    c.git("config", "protocol.allow", "always")
    c.git("config", "protocol.ext.allow", "always")
    os.remove(os.path.join(c.vault, ".git", "objects", first[:2], first[2:]))
    said = c.build()
    c.expect(not os.path.exists(canary), "it was fetched")
    c.expect(said.count("dates-unknown: git failed") == 1, said)
    subprocess.run(["git", "log"], cwd=c.vault, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    c.expect(os.path.exists(canary), "the canary does not sing")


def a_git_in_the_vault_is_not_run(c):
    c.git("init", "-q")
    c.commit("2020-01-01", "Ferry.md")
    canary = os.path.join(c.place, "canary")
    for name in ("git", "bin/git"):
        c.put(name, f"#!/bin/sh\n: >{canary}\n")
        os.chmod(os.path.join(c.vault, name), 0o755)
    for path in (".:", "", ":", "bin:", "./bin:"):
        for at in (c.place, c.vault):
            c.build("--force", env={**os.environ, "PATH": path + os.environ["PATH"]}, cwd=at)
            c.expect(not os.path.exists(canary), f"PATH={path}… at {at}")
            c.holds("ferry.html", "2020-01-01", "")


def nothing_of_what_is_private(c):
    """No date, entry or time of a note that is not published; nor of a template in the feed."""
    c.git("init", "-q")
    c.commit("2020-01-01", "Ferry.md")
    c.put("Secret.md", "---\npublish: false\ndate: 1987-11-21\nupdated: 1987-11-22\n---\nHidden words.\n")
    c.put("Private/Deep.md", "---\ntags: [inner]\n---\nHidden words.\n")
    c.put("Open.md", "%% Hidden words 1987-11-23 %%\n\nShown words.\n\n<!-- Hidden words -->\n")
    c.put("Templates/Form.md", "---\ndate: 2025-01-01\n---\nForm words.\n")
    c.put("vaultsite.yaml", "publish:\n  exclude_tags: [inner]\n")
    c.commit("1999-09-09T09:09:09+0000")
    c.commit("1988-08-08", "Secret.md")
    c.commit("1988-08-09", "Private/Deep.md")
    c.build("--base-url", BASE)
    for path in S.files(c.out):
        text = S.read(c.out, path)
        for word in (b"1987", b"1988", b"Hidden", b"Secret", b"Deep", b"Private"):
            c.expect(word not in text or path.endswith((b".css", b".js")), f"{word} in {path}")
    c.expect("Form" not in c.page("feed.xml") and "form" not in c.page("sitemap.xml"), "a template")
    c.expect([e.findtext(ATOM + "title") for e in c.feed().iter(ATOM + "entry")] == ["Ferry", "Open"], c.page("feed.xml"))


def the_feed(c):
    for i in range(40):
        c.put(f"Note {i:02}.md", f"---\ndate: 2024-01-{i % 28 + 1:02}\n---\nNumber {i}.\n")
    c.put("Newest.md", "---\ntitle: <b>Bold</b> & \"new\" ]]>\ncreated: 2020-05-05\nupdated: 2025-05-05\n---\n"
                       "# A heading\n\n```\ncode\n```\n\n" + "Words that say what it is about. " * 20)
    c.put("Described.md", "---\ndescription: One sentence <i>that</i> says it.\nupdated: 2025-04-04\n---\nOther words.\n")
    c.put("Undated.md")
    c.put("Odd \x01 \ufffe name.md", "---\ndate: 2025-03-03\n---\nodd \ufffe\uffff text\n")
    c.put("Home.md", "---\ndate: 2025-02-02\n---\n")
    c.build()
    c.expect(not os.path.exists(os.path.join(c.out, "feed.xml")) and "atom" not in c.page("newest.html"), "a feed without base_url")
    c.build("--base-url", BASE)
    feed = c.feed()
    entries = feed.findall(ATOM + "entry")
    c.expect(feed.tag == ATOM + "feed" and len(entries) == 30, f"{len(entries)} entries")
    for e in [feed, *entries]:
        for name in ("title", "id", "updated"):
            c.expect(len(e.findall(ATOM + name)) == 1, f"{name} of {e.findtext(ATOM + 'title')}")
        c.expect(RFC3339.fullmatch(e.findtext(ATOM + "updated")), e.findtext(ATOM + "updated"))
    c.expect(feed.findtext(f"{ATOM}author/{ATOM}name") == "Home", "author")
    c.expect({k.get("rel"): k.get("href") for k in feed.findall(ATOM + "link")} ==
             {"self": BASE + "feed.xml", "alternate": BASE}, "links of the feed")
    c.expect(feed.findtext(ATOM + "updated") == "2025-05-05T12:00:00Z", "the feed is as old as its newest entry")
    titles = [e.findtext(ATOM + "title") for e in entries]
    c.expect(titles[:4] == ['<b>Bold</b> & "new" ]]>', "Described", "Odd \ufffd \ufffd name", "Home"], f"{titles[:4]!r}")
    c.expect(titles[4:7] == ["Note 27", "Note 26", "Note 25"] and titles[-4:] == ["Note 08", "Note 36", "Note 07", "Note 35"], f"{titles[4:]}")
    ids = [e.findtext(ATOM + "id") for e in entries]
    c.expect(len(set(ids)) == 30 and all(i.startswith(BASE) and i.isascii() for i in ids), "ids")
    for e, i in zip(entries, ids):
        c.expect([k.get("href") for k in e.findall(ATOM + "link")] == [i], f"link of {i}")
        page = i[len(BASE):].replace("%20", " ")
        c.expect("%" in page or f'<link rel="canonical" href="{i}">' in c.page(page), f"{i} is not the page's address")
    summary = entries[0].findtext(ATOM + "summary")
    c.expect(summary.startswith("Words that say") and summary.endswith("…") and 250 < len(summary) <= 300, repr(summary))
    c.expect(entries[1].findtext(ATOM + "summary") == "One sentence <i>that</i> says it.", "description")
    c.expect(entries[0].findtext(ATOM + "published") == "2020-05-05T12:00:00Z" and entries[1].find(ATOM + "published") is None, "published")
    c.expect(entries[2].findtext(ATOM + "summary") == "odd \ufffd\ufffd text", repr(entries[2].findtext(ATOM + "summary")))
    for path, root in (("newest.html", ""), ("404.html", BASE), ("index.html", "")):
        c.expect(f'type="application/atom+xml" title="Home" href="{root}feed.xml"' in c.page(path), f"{path} does not name the feed")
    before = S.read(c.out, "feed.xml")
    c.build("--base-url", BASE, "--today", "2026-03-03")
    c.expect(S.read(c.out, "feed.xml") == before, "another day, another feed")
    c.put("vaultsite.yaml", f"base_url: {BASE}\nrobots: noindex\n")
    c.build()
    c.expect(os.path.exists(os.path.join(c.out, "feed.xml")) and not os.path.exists(os.path.join(c.out, "sitemap.xml")), "noindex")
    pages = [p for p in S.files(c.out) if p.endswith(b".html")]
    c.expect(all(b'<meta name="robots" content="noindex">' in S.read(c.out, p) for p in pages), "a page without noindex")
    for i in os.listdir(c.vault):
        os.remove(os.path.join(c.vault, i))
    c.put("Undated.md")
    c.build("--base-url", BASE)
    c.expect(not os.path.exists(os.path.join(c.out, "feed.xml")) and "feed.xml" not in c.page("undated.html"), "a feed of nothing")


def the_sitemap(c):
    c.git("init", "-q")
    c.commit("2020-01-01", "Ferry.md", "Folder/Folder.md", "Folder/Other.md")
    c.commit("2021-02-02", "Ferry.md")
    c.put("Draft.md")
    c.put("Planned.md", "---\ndate: 2018-03-03\n---\n")
    c.build("--base-url", BASE)
    found = {u.findtext(MAP + "loc")[len(BASE):]: u.findtext(MAP + "lastmod") for u in etree.fromstring(S.read(c.out, "sitemap.xml"))}
    for page, day in [("ferry.html", "2021-02-02"), ("folder/index.html", "2020-01-01"), ("folder/other.html", "2020-01-01"),
                      ("draft.html", None), ("planned.html", "2018-03-03"), ("index.html", None)]:
        c.expect(page in found and found[page] == day, f"{page}: {found.get(page)} instead of {day}")


def which_day_it_is(c):
    c.git("init", "-q")
    c.commit("2020-06-30T23:30:00+0000", "Late.md")
    c.commit("2025-12-31T23:30:00+0000", "Later.md")
    c.build()
    c.holds("late.html", "2020-06-30", "")
    c.put("vaultsite.yaml", "time_zone: Europe/Vienna\n")
    c.build()
    c.holds("late.html", "2020-07-01", "")
    c.holds("later.html", "2026-01-01", "")
    c.expect('<time datetime="2026-01-01">1 Jan</time>' in c.page("later.html"), "this year's date is short")
    c.expect('<time datetime="2020-07-01">1 Jul 2020</time>' in c.page("late.html"), "another year's is not")
    for zone, today, built in [("UTC", "2026-01-15", "2026-01-15"), ("Pacific/Auckland", "2026-01-15", "2026-01-15"),
                               ("Pacific/Pago_Pago", "2026-01-15", "2026-01-15"), ("Pacific/Auckland", "2026-01-15T12:00:00Z", "2026-01-16"),
                               ("Pacific/Pago_Pago", "2026-01-15T10:00:00Z", "2026-01-14"), ("Europe/Vienna", "2026-07-31T22:30:00Z", "2026-08-01")]:
        c.put("vaultsite.yaml", f"time_zone: {zone}\n")
        c.build("--today", today)
        found = re.findall(r'Built <time datetime="([^"]*)">', c.page("index.html"))
        c.expect(found == [built], f"{zone}, {today}: {found}")
    c.expect("Built" not in c.page("late.html"), "each page changes every day")
    for zone in ("Mars/Base", "Europe", "GMT+25:00", "../etc/passwd", "CEST2", "x" * 300):
        c.put("vaultsite.yaml", f"time_zone: {zone}\n")
        said = c.build(code=2)
        c.expect("settings-invalid" in said and "wants a time zone such as UTC or Europe/Vienna" in said, f"{zone}: {said}")


def nothing_changed_is_quick(c):
    c.git("init", "-q")
    c.commit("2020-01-01", "Ferry.md")
    c.build()
    c.expect("nothing changed" in c.build(), "a second build")
    before = S.site_bytes(c.out)
    c.build("--force", "--jobs", "4")
    c.expect(not S.difference(before, S.site_bytes(c.out)), "other bytes with more threads")
    before = S.site_stats(c.out)
    c.commit("2021-01-01")  # nothing in it, but who knows
    c.expect("nothing changed" not in c.build(), "a new commit")
    c.expect(not S.difference({k: v for k, v in before.items() if k.endswith(b".html")},
                              {k: v for k, v in S.site_stats(c.out).items() if k.endswith(b".html")}), "pages were written again")
    c.git("pack-refs", "--all")
    c.expect("nothing changed" in c.build(), "the same commit, packed away")
    c.git("commit", "-q", "--amend", "--allow-empty", "-m", "again", day="2022-01-01T12:00:00+0000")
    c.expect("nothing changed" not in c.build(), "an amended commit")
    c.expect("nothing changed" not in c.build("--dates", "files"), "other dates wanted")
    # The fast way only looks whether there is a git.
    fake, ran = os.path.join(c.place, "git"), os.path.join(c.place, "ran")
    with open(fake, "w", encoding="utf-8") as f:
        f.write(f'#!/bin/sh\n: >{ran}\nPATH="{os.environ["PATH"]}" exec git "$@"\n')
    os.chmod(fake, 0o755)
    env = {**os.environ, "PATH": c.place + ":" + os.environ["PATH"]}
    c.build(env=env)
    c.expect(os.path.exists(ran), "the fake git was not run")
    os.remove(ran)
    c.expect("nothing changed" in c.build(env=env), "the same git")
    c.expect(not os.path.exists(ran), "git was run for nothing")


def editing(c):
    names = ["A b.md", "Ünï ☕/Café.md", "C#.md", "100%.md", "a+b=c & d.md", "x?y.md", '"q".md', "it's.md", "{path}.md"]
    for name in names:
        c.put(name)
    forms = [
        ("edit_url: https://github.com/harbour/wiki/edit/main/notes/{path}", "https://github.com/harbour/wiki/edit/main/notes/",
         ["A%20b.md", "%C3%9Cn%C3%AF%20%E2%98%95/Caf%C3%A9.md", "C%23.md", "100%25.md", "a+b=c%20%26%20d.md", "x%3Fy.md", "%22q%22.md",
          "it%27s.md", "%7Bpath%7D.md"]),
        ("edit_url: https://git.example/harbour/wiki/-/edit/main/{path}", "https://git.example/harbour/wiki/-/edit/main/", ["A%20b.md"]),
        ("edit_url: obsidian://open?vault=Harbour&file={path}", "obsidian://open?vault=Harbour&amp;file=",
         ["A%20b.md", "C%23.md", "100%25.md", "a%2Bb=c%20%26%20d.md"]),
        ("vault_name: Harbour\nedit_url: https://git.example/{path}", "https://git.example/", ["A%20b.md"]),
    ]
    for settings, before, paths in forms:
        c.put("vaultsite.yaml", settings + "\n")
        c.build()
        pages = "".join(c.page(p) for p in map(os.fsdecode, S.files(c.out)) if p.endswith(".html"))
        for path in paths:
            c.expect(f'href="{before}{path}"' in pages, f"{settings}: no {before}{path}")
    c.put("vaultsite.yaml", "vault_name: Harbour\n")
    c.build()
    c.expect("obsidian://" not in c.page("a-b.html") and "edit" not in c.page("a-b.html").lower().split("<main")[1], "a link to nowhere")
    for url in ("javascript:alert(1)//{path}", "data:text/html,{path}", "https://git.example/", "//git.example/{path}", "vscode://file/{path}",
                "JavaScript:alert('{path}')", "obsidian:javascript{path}", "https://a b/{path}", 'https://x/"onclick="{path}', "file:///{path}"):
        c.put("vaultsite.yaml", f"edit_url: '{url}'\n" if "'" not in url else f'edit_url: "{url}"\n')
        said = c.build(code=2)
        c.expect("vaultsite.yaml:1:11: error: settings-invalid:" in said and "edit_url" in said, f"{url}: {said}")


CASES = [a_plain_history, renames_and_returns, branches_and_merges, odd_names, a_vault_in_a_subfolder, a_work_tree_said_to_be_elsewhere, no_work_tree,
         nothing_committed_yet, a_shallow_clone, git_is_missing_or_fails, a_hostile_repository, a_history_told_otherwise,
         a_clone_that_fetches_when_asked, a_git_in_the_vault_is_not_run, nothing_of_what_is_private, the_feed, the_sitemap, which_day_it_is,
         nothing_changed_is_quick, editing]


def main():
    score = S.Score()
    for case in CASES:
        if sys.argv[1:] and case.__name__ not in sys.argv[1:]:
            continue
        with tempfile.TemporaryDirectory(prefix="vaultsite-dates-") as place:
            c = Case(os.path.realpath(place))
            began = time.monotonic()
            case(c)
            score.verdict(case.__name__.replace("_", " "), c.faults, time.monotonic() - began)
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
