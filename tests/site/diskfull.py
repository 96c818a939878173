#!/usr/bin/env python3
"""A disk that fills up: exit 2, a message, the old site as it was.

Needs root, to mount a small tmpfs; says so and passes otherwise.
"""
import os
import subprocess
import sys
import tempfile

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


def expect_full(when, vault, out, wanted):
    code, said = tv.build(vault, out)
    faults = tv.differences(tv.tree(out), wanted)
    if code != 2:
        faults.append(f"exit {code} instead of 2")
    if "No space left on device" not in said:
        faults.append(f"no word of the full disk: {said!r}")
    return [f"{when}: {fault}" for fault in faults]


def run(vaults, sites, point):
    out = os.path.join(point, "out")
    faults = expect_full("first build", vaults[1], out, {})
    tv.build_well(vaults[0], out)
    faults += expect_full("second build", vaults[1], out, sites[0])
    tv.build_well(vaults[0], out)
    faults += [f"the old version again: {f}"
               for f in tv.differences(tv.tree(out), sites[0])]
    subprocess.run(["mount", "-o", f"remount,size={size(sites[1]) * 3}", point], check=True)
    tv.build_well(vaults[1], out)
    return faults + [f"with room: {f}" for f in tv.differences(tv.tree(out), sites[1])]


def main():
    if os.geteuid() != 0:
        print("diskfull: not run (mounting a tmpfs needs root)")
        return
    with tempfile.TemporaryDirectory(prefix="vaultsite-full-") as work:
        vaults = [os.path.join(work, str(v), "vault") for v in (1, 2)]
        tv.make_vault(vaults[0], 1)
        tv.make_vault(vaults[1], 2, bulk=BULK)
        sites = [tv.fresh(work, vault, f"fresh{i}") for i, vault in enumerate(vaults)]
        point = os.path.join(work, "disk")
        if not mount(point, size(sites[0]) + ROOM):
            print("diskfull: not run (mounting a tmpfs is not allowed here)")
            return
        try:
            faults = run(vaults, sites, point)
        finally:
            subprocess.run(["umount", point], check=True)
    for fault in faults[:40]:
        print("  " + fault)
    if faults:
        sys.exit(f"diskfull: {len(faults)} faults")
    print("diskfull: the old site stayed whole, and the next build was complete")


if __name__ == "__main__":
    main()
