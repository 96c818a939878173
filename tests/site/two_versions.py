"""A small vault in two versions, and what their sites must be.

Shared by kill.py and diskfull.py.  Everybody and everything in it is invented.
"""
import hashlib
import os
import shutil
import subprocess
import sys

FOLDERS = ["people", "customers", "meetings/2025", "meetings/2026", "notes"]
LOCK = ".vaultsite-lock"
MANIFEST = ".vaultsite-manifest"


def program():
    path = os.path.abspath(os.environ.get("VAULTSITE", "build/vaultsite"))
    if not os.access(path, os.X_OK):
        sys.exit(f"{path}: no such program (set VAULTSITE)")
    return path


def command(vault, out):
    return [program(), "build", vault, out, "--today", "2026-01-15", "--quiet"]


def write(root, path, data):
    full = os.path.join(root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "wb") as f:
        f.write(data)


def note_name(i):
    return f"{FOLDERS[i % len(FOLDERS)]}/Note {i}"


def note_text(i, numbers, version):
    """Links to other notes and pictures of the same version; every third note
    differs between the versions."""
    others = [numbers[(numbers.index(i) + step) % len(numbers)] for step in (1, 7)]
    lines = ["---", f"tags: [t{i % 4}]", "---", f"# Heading of {i}", ""]
    lines += [f"See [[Note {other}]]." for other in others]
    if i % 5 == 0:
        lines.append(f"![[picture {i % 3 + version}.png]]")
    if i % 3 == 0:
        lines.append(f"Written for version {version}.")
    lines += [f"Line {k} of note {i}, so that it has some length." for k in range(40)]
    return "\n".join(lines).encode() + b"\n"


def make_vault(root, version, notes=60, bulk=0):
    """Version 1 lacks every tenth note, version 2 another tenth; `bulk` bytes go
    into an attachment of the second."""
    numbers = [i for i in range(notes) if i % 10 != version]
    for i in numbers:
        write(root, note_name(i) + ".md", note_text(i, numbers, version))
    for picture in range(version, version + 3):
        seed = f"{picture} {version if picture == 2 else 0}".encode()
        write(root, f"pictures/picture {picture}.png",
              b"\x89PNG\r\n\x1a\n" + hashlib.sha256(seed).digest() * 5000)
    if bulk:
        write(root, "pictures/large.png", b"\x89PNG\r\n\x1a\n" + os.urandom(bulk))
        write(root, "notes/Large.md", b"![[large.png]]\n")
    write(root, f"only in {version}/below/Alone.md", b"[[Note 2]] [[Note 5]]\n")
    write(root, "index.md", b"- [[Alone]]\n" + b"".join(b"- [[Note %d]]\n" % i for i in numbers))


def build(vault, out, **more):
    done = subprocess.run(command(vault, out), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False, **more)
    return done.returncode, done.stderr.decode(errors="replace")


def build_well(vault, out):
    code, said = build(vault, out)
    if code != 0:
        sys.exit(f"build of {vault} into {out}: exit {code}\n{said}")


def tree(out):
    """Path -> bytes of all files, path + '/' -> None of empty folders."""
    found = {}
    for folder, folders, files in os.walk(out):
        below = os.path.relpath(folder, out)
        if not folders and not files and below != ".":
            found[below + "/"] = None
        for name in files:
            full = os.path.join(folder, name)
            with open(full, "rb") as f:
                found[os.path.normpath(os.path.join(below, name))] = f.read()
    found.pop(LOCK, None)
    return found


def differences(got, wanted):
    return ([f"missing: {p}" for p in sorted(wanted.keys() - got.keys())] +
            [f"left over: {p}" for p in sorted(got.keys() - wanted.keys())] +
            [f"differs: {p}" for p in sorted(got.keys() & wanted.keys())
             if got[p] != wanted[p]])


def fresh(work, vault, name):
    out = os.path.join(work, name)
    build_well(vault, out)
    site = tree(out)
    shutil.rmtree(out)
    return site
