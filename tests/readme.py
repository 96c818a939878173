#!/usr/bin/env python3
"""README.md says what is true: its options are those of src/cli/options.def, its
packages those of the Makefile.

usage: readme.py            compares
       readme.py --write    writes the table of options
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BEGIN = "<!-- options: written by tests/readme.py --write -->\n"
END = "<!-- end of options -->\n"
ROW = re.compile(r'^OPTION\(\w+,\s*"([^"]+)",\s*"([^"]*)",\s*([A-Z_| ]+),\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)', re.M)


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        return f.read()


def options():
    for name, value, _, meaning in ROW.findall(read("src/cli/options.def")):
        text = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', meaning))
        yield "| `%s` | %s |\n" % tuple(s.strip().replace("|", "\\|") for s in (name + " " + value, text))


def with_options(readme):
    begin, end = readme.index(BEGIN), readme.index(END)
    return readme[:begin] + BEGIN + "\n| option | |\n| --- | --- |\n" + "".join(options()) + "\n" + readme[end:]


def packages():
    """Names of the Makefile that README does not tell the use of."""
    makefile, readme = read("Makefile").replace("\\\n", " "), read("README.md")
    for words in re.findall(r"^DEPS\w* := (.*)$", makefile, re.M):
        for name in words.split():
            if "`%s`" % name not in readme:
                yield name


def main():
    readme = read("README.md")
    if "--write" in sys.argv[1:]:
        with open(os.path.join(ROOT, "README.md"), "w", encoding="utf-8") as f:
            f.write(with_options(readme))
        return 0
    failed = 0
    if readme != with_options(readme):
        print("FAIL README.md: the table of options is old (tests/readme.py --write)")
        failed += 1
    missing = list(packages())
    if missing:
        print("FAIL README.md: does not say what these are for: " + " ".join(missing))
        failed += 1
    print(f"{2 - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
