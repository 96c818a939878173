#!/usr/bin/env python3
"""Instructions of a build, in units of cmark-gfm's for the same text.

usage: instructions.py [--notes N] [--steps]

Counted by callgrind, so the same on each machine and each day: the figure that CI
holds against ceiling.txt.  --steps shows where they went, and what the queries of
each plugin cost (bench.py).
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, "..", "site"))
import bench
import sites as S

CEILING = os.path.join(HERE, "ceiling.txt")


def instructions(place, name, arguments):
    counts = os.path.join(place, name + ".callgrind")
    p = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={counts}", *arguments],
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if p.returncode != 0:
        sys.exit(f"{' '.join(arguments[:2])}: exit {p.returncode}\n" + p.stderr.decode("utf-8", "replace")[-800:])
    with open(counts, encoding="utf-8", errors="replace") as f:
        return int(re.search(r"^(?:summary|totals): (\d+)", f.read(), re.M).group(1)), counts


def build(place, vault):
    name = "build-" + os.path.basename(vault)
    return instructions(place, name, [S.program(), "build", vault, os.path.join(place, "out-" + name), "--today", S.TODAY,
                                      "--jobs", "1", "--quiet"])


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--notes", type=int, default=1000)
    options.add_argument("--steps", action="store_true")
    a = options.parse_args()
    with open(CEILING, encoding="utf-8") as f:
        ceiling = float(re.search(r"^[0-9.]+$", f.read(), re.M).group())
    with tempfile.TemporaryDirectory(prefix="vaultsite-instructions-") as place:
        vault, text = os.path.join(place, "vault"), os.path.join(place, "all.md")
        subprocess.run([sys.executable, os.path.join(HERE, "genvault.py"), str(a.notes), vault], check=True)
        with open(text, "wb") as f:
            for path in S.files(vault):
                f.write(S.read(vault, path) + b"\n\n")
        unit, _ = instructions(place, "cmark", ["cmark-gfm", "--unsafe", "-e", "table", "-e", "strikethrough", text])
        ours, counts = build(place, vault)
        if a.steps:
            subprocess.run(["callgrind_annotate", "--threshold=90", counts], check=False)
            for language, bar in bench.QUERIES.items():
                less = build(place, bench.as_code(vault, [language], os.path.join(place, language)))[0]
                print(f"answering and drawing {language}: {(ours - less) / unit:.2f} units, the bar is {bar:.2f}")
    ratio = ours / unit
    print(f"{a.notes} notes: {ours / 1e6:.0f} M instructions, cmark-gfm {unit / 1e6:.0f} M: {ratio:.2f} times, "
          f"the ceiling is {ceiling:.2f}")
    print("1 passed, 0 failed" if ratio <= ceiling else "FAIL instructions: above the ceiling\n0 passed, 1 failed")
    return 0 if ratio <= ceiling else 1


if __name__ == "__main__":
    sys.exit(main())
