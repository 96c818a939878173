#!/usr/bin/env python3
"""The Markdown suite against its floor: passed counts by group that may not fall.

usage: check.py [--raise]      --raise writes what passes now into floor.txt
"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FLOOR = os.path.join(HERE, "floor.txt")
# What the site cannot do without: all cases of these groups pass.
WHOLE = frozenset("wikilink mdlink heading block resolve unresolved names unicode embed publish html comment".split())
ROW = re.compile(r"^(\S+) +(\d+) +(\d+)$", re.M)
HEAD = """# Markdown conformance: cases that pass, by group. A number here may rise, never
# fall (tests/conformance/check.py --raise).
"""


def floors():
    rows = {}
    with open(FLOOR, encoding="utf-8") as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                group, number = line.split()
                rows[group] = int(number)
    return rows


def main():
    p = subprocess.run([sys.executable, os.path.join(HERE, "run-markdown.py"), *(["--verbose"] if sys.stdout.isatty() else [])],
                       stdout=subprocess.PIPE, check=False)
    said = p.stdout.decode("utf-8", "replace")
    table = said[said.rfind("group  "):]
    now = {group: (int(passed), int(failed)) for group, passed, failed in ROW.findall(table)}
    wanted = floors()
    if "--raise" in sys.argv[1:] and now:
        with open(FLOOR, "w", encoding="utf-8") as f:
            f.write(HEAD)
            for group in sorted(now.keys() | wanted.keys()):
                f.write("%s %d\n" % (group, max(now.get(group, (0, 0))[0], wanted.get(group, 0))))
        return 0
    passed, failed = 0, []
    for group in sorted(wanted.keys() | now.keys()):
        right, wrong = now.get(group, (0, 0))
        if right < wanted.get(group, 0):
            failed.append("%s: %d cases pass, the floor is %d" % (group, right, wanted[group]))
        elif group in WHOLE and wrong:
            failed.append("%s: %d of %d cases fail, and all have to pass" % (group, wrong, right + wrong))
        else:
            passed += 1
    if failed or not now:
        print(said)
    for line in failed:
        print("FAIL conformance: " + line)
    print("markdown conformance: %d of %d cases pass" % (sum(r for r, _ in now.values()), sum(map(sum, now.values()))))
    print("%d passed, %d failed" % (passed, len(failed) + (not now)))
    return 1 if failed or not now else 0


if __name__ == "__main__":
    sys.exit(main())
