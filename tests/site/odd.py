#!/usr/bin/env python3
"""The odd vault (make_odd_vault.py): exactly these findings, exactly these files.

Built by root as by anybody else: where the tests run as root, once more as nobody,
who may not read everything.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import sites as S

HERE = os.path.dirname(os.path.abspath(__file__))

FINDINGS = """
Home.md:1:50 link-missing
Home.md:1:62 link-missing
Home.md:1:84 link-ambiguous
bom.md:1:1 text-bom
caf\\xE9:0:0 name-not-utf8
caf\\xE9.md:0:0 name-not-utf8
cr.md:1:4 text-crlf
crlf.md:1:4 text-crlf
cut.md:1:28 text-invalid-utf8
endless.md:0:0 symlink-outside
fifo.md:0:0 file-special
folder/link to parent:0:0 symlink-loop
latin.md:1:26 text-invalid-utf8
link as text.txt:0:0 file-special
link outside:0:0 symlink-outside
link outside.md:0:0 symlink-outside
link to fifo.md:0:0 file-special
link to folder/link to parent:0:0 symlink-loop
link to itself.md:0:0 symlink-loop
link to nowhere.md:0:0 file-vanished
link to passwd.md:0:0 symlink-outside
link to root:0:0 symlink-loop
link to trash.md:0:0 symlink-outside
nul.md:1:41 text-control
utf16 cyrillic.md:0:0 text-utf16
utf16be.md:0:0 text-utf16
utf16le.md:0:0 text-utf16
x/to y/to x:0:0 symlink-loop
y/to x/to y:0:0 symlink-loop
""".strip().splitlines()

CLOSED = ["closed folder:0:0 file-unreadable", "closed.md:0:0 file-unreadable", "closed.png:0:0 file-unreadable"]

# Without the theme's own files, whose names hold a hash.
FILES = """
404.html b.html back-slash.html bom.html c-con.html café.html cr.html crlf.html cut.html empty.html entities.json folder/index.html
folder/seen-from-here.html index.html index~all.html index~graph.html index~notes.html latin.html line-end.html link-to-folder/index.html
link-to-folder/seen-from-here.html link-to-note.html nul-2eb3ae.html pages.json tags/bom.html tags/cr.html tags/crlf.html
tags/index.html
""".split()

PAGES = {"Home.md", "<b>&\"'.md", "C:con.md", "Cafe\u0301.md", "back\\slash.md", "bom.md", "cr.md", "crlf.md", "cut.md", "empty.md",
         "folder/seen from here.md", "latin.md", "line\nend.md", "link to folder/seen from here.md", "link to note.md",
         "nul.md"}


def shown(findings):
    return sorted(f"{f['path']}:{f['line']}:{f['column']} {f['code']}" for f in findings)


def difference(got, wanted):
    return [f"not expected: {x}" for x in sorted(set(got) - set(wanted))] + \
        [f"missing: {x}" for x in sorted(set(wanted) - set(got))] + \
        (["something came twice"] if len(set(got)) < len(got) else [])


def site_files(out):
    return [os.fsdecode(p) for p in S.files(out) if not p.startswith((b"_/", b".vaultsite-"))]


def traces(out):
    """Nothing of what is withheld, hidden or outside may be in OUT."""
    faults = []
    for path in S.files(out):
        bytes_ = S.read(out, path).lower() + b"\n" + path.lower()
        faults += [f"{word} in {path!r}" for word in (b"canary", b"root:x:0:0", b"secret")
                   if word in bytes_]
        if os.path.islink(os.path.join(os.fsencode(out), path)):
            faults.append(f"a link in OUT: {path!r}")
    return faults


def judge(score, who, r, out, findings, vault, before):
    score.verdict(f"{who}: exit 0", [] if r.code == 0 else [f"exit {r.code}: {r.last}"])
    score.verdict(f"{who}: findings", difference(shown(r.findings), findings))
    score.verdict(f"{who}: files", difference(site_files(out), FILES))
    paths = {row["path"] for row in json.loads(S.read(out, "pages.json"))}
    score.verdict(f"{who}: pages.json", difference(paths, PAGES))
    score.verdict(f"{who}: no trace", traces(out))
    changed = before is not None and S.difference(before, S.vault_state(vault))
    score.verdict(f"{who}: the vault is unchanged", [changed] if changed else [])


def as_nobody(score, place, vault):
    """The same with files and a folder that this user may not read."""
    for name, mode in (("closed.md", 0), ("closed.png", 0)):
        with open(os.path.join(vault, name), "w", encoding="utf-8") as f:
            f.write("CANARY-closed\n")
        os.chmod(os.path.join(vault, name), mode)
    os.makedirs(os.path.join(vault, "closed folder"))
    os.chmod(os.path.join(vault, "closed folder"), 0)
    with open(os.path.join(vault, "empty.md"), "w", encoding="utf-8") as f:
        f.write("![[closed.png]]\n")
    out, program = os.path.join(place, "open", "out"), S.program()
    os.makedirs(os.path.dirname(out))
    os.chmod(os.path.dirname(out), 0o777)
    prefix = []
    if os.getuid() == 0:
        shutil.copy(program, os.path.join(place, "program"))
        program = os.path.join(place, "program")
        prefix = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    before = S.vault_state(vault) if os.getuid() == 0 else None  # who may not read it cannot compare it
    p = subprocess.run([*prefix, program, "build", vault, out, "--today", S.TODAY, "--format", "json"],
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    r = S.Result(p.returncode, p.stderr.decode("utf-8", "replace"))
    judge(score, "nobody", r, out, FINDINGS + CLOSED, vault, before)
    os.chmod(os.path.join(vault, "closed folder"), 0o755)


def main():
    score = S.Score()
    with tempfile.TemporaryDirectory(prefix="vaultsite-odd-") as place:
        os.chmod(place, 0o755)
        vault, out = os.path.join(place, "odd"), os.path.join(place, "out")
        subprocess.run([sys.executable, os.path.join(HERE, "make_odd_vault.py"), vault], check=True)
        unreadable = os.path.join(vault, "unreadable.md")
        if os.path.exists(unreadable):  # made for whoever is not root
            os.remove(unreadable)
        before = S.vault_state(vault)
        for jobs in ("1", "4"):
            r = S.build(vault, out, "--format", "json", "--jobs", jobs, "--force")
            judge(score, f"--jobs {jobs}", r, out, FINDINGS, vault, before)
        as_nobody(score, place, vault)
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
