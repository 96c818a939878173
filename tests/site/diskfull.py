#!/usr/bin/env python3
"""A disk that fills up: exit 2, a message, the old site as it was.

Needs root, to mount a small tmpfs; says so and passes otherwise.
"""
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import sites as S
import two_versions as tv

BULK = 4_000_000
ROOM = 1_000_000


def size(site):
    """What a tmpfs needs for it: whole pages, a page for each folder."""
    folders = {os.path.dirname(p) for p in site}
    return sum(-(-len(data) // 4096) * 4096 for data in site.values()) + 4096 * len(folders)


def mount(point, room):
    os.makedirs(point)
    return subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", point],
                          stderr=subprocess.DEVNULL, check=False).returncode == 0


def full(vault, out, wanted):
    """The faults of a build that must find the disk full."""
    code, said = tv.build(vault, out)
    faults = tv.differences(tv.tree(out), wanted)
    if code != 2:
        faults.append(f"exit {code} instead of 2")
    if "No space left on device" not in said:
        faults.append(f"no word of the full disk: {said!r}")
    return faults


def whole(vault, out, wanted):
    code, said = tv.build(vault, out)
    return tv.differences(tv.tree(out), wanted) + ([f"exit {code}: {said}"] if code else [])


def run(vaults, sites, point, score):
    out = os.path.join(point, "out")
    score.verdict("disk full: first build", full(vaults[1], out, {}))
    score.verdict("disk full: a small build then", whole(vaults[0], out, sites[0]))
    score.verdict("disk full: second build", full(vaults[1], out, sites[0]))
    score.verdict("disk full: the old version again", whole(vaults[0], out, sites[0]))
    # No room for the manifest alone, none for the last page, and so on.
    room = os.path.join(point, "filler")
    for free in range(0, 260 * 4096, 10 * 4096):
        fill(point, room, free)
        faults = between(vaults[2], out, sites[0], sites[2])
        os.remove(room)
        score.verdict(f"disk full but for {free} bytes", faults + whole(vaults[0], out, sites[0]))
    subprocess.run(["mount", "-o", f"remount,size={size(sites[1]) * 3}", point], check=True)
    score.verdict("disk full: with room", whole(vaults[1], out, sites[1]))


def fill(point, path, free):
    """A file that takes all room but `free` bytes."""
    state = os.statvfs(point)
    with open(path, "wb") as f:
        f.write(b"x" * max(state.f_bavail * state.f_frsize - free, 0))


def between(vault, out, old, new):
    """Done and new, or refused and old."""
    code, said = tv.build(vault, out)
    faults = tv.differences(tv.tree(out), old if code else new)
    if code not in (0, 2) or code and "No space left on device" not in said:
        faults.append(f"exit {code}: {said}")
    return faults


def main():
    score = S.Score()
    if os.geteuid() != 0:
        print("diskfull: not run (mounting a tmpfs needs root)")
        return score.finish()
    with tempfile.TemporaryDirectory(prefix="vaultsite-full-") as work:
        vaults = [os.path.join(work, str(v), "vault") for v in (1, 2, 3)]
        tv.make_vault(vaults[0], 1)
        tv.make_vault(vaults[1], 2, bulk=BULK)
        tv.make_vault(vaults[2], 2)
        sites = [tv.fresh(work, vault, f"fresh{i}") for i, vault in enumerate(vaults)]
        point = os.path.join(work, "disk")
        if not mount(point, size(sites[0]) + ROOM):
            print("diskfull: not run (mounting a tmpfs is not allowed here)")
            return score.finish()
        try:
            run(vaults, sites, point, score)
        finally:
            subprocess.run(["umount", point], check=True)
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
