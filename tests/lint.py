#!/usr/bin/env python3
"""The house rules that a machine can see.

usage: lint.py            layers, third parties, banned calls, sizes, names, words
       lint.py --headers  only: each header compiles alone
       lint.py --long     also names the functions of more than 50 lines

Ends with `N passed, N failed`, one for each rule.
"""
import concurrent.futures
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDERS = "base diag value html vault note link query script entity graph site search emit cli".split()
# A third party's header -> its one home.
HOMES = [
    (re.compile(r"cmark-gfm"), "note"),
    (re.compile(r"yaml\.h|xxhash\.h|utf8proc\.h|jansson\.h|ut(hash|list|array)\.h|unicode/|pcre2"), "base"),
    (re.compile(r"libxml/"), "emit"),
    (re.compile(r"microhttpd"), "cli"),
    (re.compile(r"JavaScriptCore/|seccomp"), "script"),
]
BANNED = re.compile(r"\b(strcpy|strcat|sprintf|vsprintf|strtok|sscanf|vsscanf|atoi|atol|atof|gets|localtime|gmtime|ctime"
                    r"|asctime)\s*\(")
MEMORY = re.compile(r"(?<![.>])\b(malloc|calloc|realloc|reallocarray|free|strdup|strndup|asprintf|vasprintf)\s*\(")
# Programs of the build stand alone, without base/.
STANDALONE = {"src/base/embed_files.c"}
DUMPS = re.compile(r"^(util|utils|common|helper|helpers|misc|stuff)\.[ch]$")
BAD_NAME = re.compile(r"\b([a-z][a-z0-9_]*(?:_impl|_helper|_handler|_data|_info|_manager|_1|_2|[a-z]2))\b(?=\s*\()")
# Names of other people's functions that end so.
FOREIGN_NAME = re.compile(r"^(cmark_|pcre2_|utf8proc_|XML_|xml|yaml_|json_object|XXH|U_|ucol|pthread_|posix_spawn|__|log2$|exp2$|atan2$|dup2$|pipe2$|renameat2$|openat2$)")
# The first is also a type of a task's status: a mark is what begins a comment or has a colon.
WORDS = re.compile(r"(?:[/*#;!] *TO" r"DO\b|\bTO" r"DO *[:(]|\b(?:FIX" r"ME|XX" r"X|HA" r"CK)\b)")
MACHINE = re.compile(r"(?<![\w.])/(work|home|Users|root)/[A-Za-z]|\.\./sha" r"red\b")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
MAX_FILE, MAX_FUNCTION, LONG_FUNCTION = 700, 100, 50
HEADER_FLAGS = "-std=c17 -D_GNU_SOURCE -Isrc -Wall -Wextra -Wpedantic -Wstrict-prototypes -Werror".split()


def tracked():
    """Every file of the tree that is ours, whether git knows it yet or not."""
    p = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return sorted(f for f in p.stdout.decode("utf-8", "replace").split("\0") if f and os.path.isfile(os.path.join(ROOT, f)))


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as f:
        return f.read()


LEXEME = re.compile(r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.S)


def code_only(text):
    """The text with comments and literals blanked; lines and columns stay."""
    return LEXEME.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def at(path, text, offset):
    return f"{path}:{text.count(chr(10), 0, offset) + 1}"


def functions(code):
    """(name, first line, last line, lines in its longest switch) of each function."""
    lines = code.split("\n")
    begin, name, switches = None, "", []
    for i, line in enumerate(lines):
        if begin is None:
            if line.rstrip().endswith("{") and ")" in line and not line.startswith((" ", "\t", "#", "}")) or \
                    line.rstrip() == "{" or (line.startswith(" ") and line.rstrip().endswith(") {") and i and
                                             re.match(r"^[a-z_].*\([^;]*$", opening(lines, i))):
                head = opening(lines, i)
                m = re.search(r"([A-Za-z_]\w*)\s*\(", head)
                if m and not head.startswith(("struct", "enum", "union", "typedef")) or m and re.search(r"\)\s*\{?$", line):
                    begin, name, switches = i, m.group(1), []
        else:
            m = re.match(r"^(\s+)(?:\} else )?.*\bswitch \(", line)
            if m:
                end = next((j for j in range(i, len(lines)) if re.match(rf"^{m.group(1)}\}}", lines[j])), i)
                switches.append(end - i)
            if line.startswith("}"):
                yield name, begin + 1, i + 1, max(switches, default=0)
                begin = None


def opening(lines, i):
    """The first line of the declaration that line i ends."""
    while i > 0 and lines[i].startswith((" ", "\t", "{")):
        i -= 1
    return lines[i]


class Rules:
    def __init__(self):
        self.files = tracked()
        self.source = {f: read(f) for f in self.files if f.endswith((".c", ".h")) and f.startswith(("src/", "tests/"))}
        self.code = {f: code_only(t) for f, t in self.source.items()}
        self.src = [f for f in self.source if f.startswith("src/")]

    def layers(self):
        """a file includes its own folder or a lower one"""
        for f in self.src:
            own = f.split("/")[1]
            if own not in FOLDERS:
                yield f"{f}: no such folder in the design"
                continue
            for m in INCLUDE.finditer(self.source[f]):
                kind, name = m.groups()
                other = name.split("/")[0]
                if kind == "<":
                    continue
                if "/" not in name:
                    yield f"{at(f, self.source[f], m.start(2))}: \"{name}\" without its folder"
                elif other in FOLDERS and FOLDERS.index(other) > FOLDERS.index(own):
                    yield f"{at(f, self.source[f], m.start(2))}: {own}/ includes {name}"
                elif not os.path.exists(os.path.join(ROOT, "src", name)):
                    yield f"{at(f, self.source[f], m.start(2))}: no such header: {name}"

    def homes(self):
        """a third party's header is named in one folder only"""
        for f in self.src:
            for m in INCLUDE.finditer(self.source[f]):
                for pattern, home in HOMES:
                    if m.group(1) == "<" and pattern.match(m.group(2)) and f.split("/")[1] != home:
                        yield f"{at(f, self.source[f], m.start(2))}: <{m.group(2)}> belongs to {home}/"

    def own_header_first(self):
        """a .c file includes its own header first"""
        for f in self.src:
            own = f[len("src/"):-1] + "h"
            if f.endswith(".c") and os.path.exists(os.path.join(ROOT, "src", own)):
                m = INCLUDE.search(self.source[f])
                if not m or m.group(2) != own:
                    yield f"{f}: \"{own}\" is not the first header"

    def guards(self):
        """a header has a guard named for its place"""
        for f in self.src:
            if f.endswith(".h"):
                guard = "VAULTSITE_" + re.sub(r"[/.]", "_", f[len("src/"):]).upper()
                if not re.search(rf"#ifndef {guard}\n#define {guard}\n", self.source[f]):
                    yield f"{f}: no guard {guard}"

    def banned(self):
        """banned calls"""
        for f in self.src:
            for m in BANNED.finditer(self.code[f]):
                yield f"{at(f, self.code[f], m.start())}: {m.group(1)}"

    def memory(self):
        """malloc and its kin stand in base/ only"""
        for f in self.src:
            if not f.startswith("src/base/") and f not in STANDALONE:
                for m in MEMORY.finditer(self.code[f]):
                    yield f"{at(f, self.code[f], m.start())}: {m.group(1)}"

    def sizes(self):
        """files to 700 lines, functions to 100 (a plain switch may be longer)"""
        for f, code in self.code.items():
            if code.count("\n") > MAX_FILE:
                yield f"{f}: {code.count(chr(10))} lines"
            # A test may be one long table.
            for name, begin, end, switch in functions(code) if f.startswith("src/") else ():
                if end - begin > MAX_FUNCTION and end - begin - switch > LONG_FUNCTION:
                    yield f"{f}:{begin}: {name}: {end - begin + 1} lines"

    def file_names(self):
        """no file that is a dumping ground by its name"""
        for f in self.files:
            if DUMPS.match(os.path.basename(f)):
                yield f

    def names(self):
        """no name ends in _impl, _helper, _handler, _data, _info, _manager or a number of a version"""
        for f in self.src:
            for m in BAD_NAME.finditer(self.code[f]):
                if not FOREIGN_NAME.match(m.group(1)):
                    yield f"{at(f, self.code[f], m.start())}: {m.group(1)}"

    def words(self):
        """nothing left undone, and no path of somebody's machine"""
        for f in self.files:
            if f.startswith(("content-fixtures/", "tests/conformance/")) or not re.search(
                    r"\.(c|h|def|py|sh|md|css|js|html|json|yml|yaml)$|^Makefile$|^\.ci/|/run$", f) or \
                    f.endswith(("package-lock.json", "xss-vectors.json")):
                continue
            text = read(f)
            for pattern in (WORDS, MACHINE):
                for m in pattern.finditer(text):
                    if f.startswith("tests/bench/genvault.py") or f == "tests/lint.py":
                        continue
                    yield f"{at(f, text, m.start())}: {m.group()}"

    def blanks(self):
        """no tabs in C, no blanks at the end of a line, one line end at the end"""
        for f, text in self.source.items():
            for m in re.finditer(r"[ \t]+$|\t", text, re.M):
                yield f"{at(f, text, m.start())}: blanks"
            if text and not text.endswith("\n") or text.endswith("\n\n"):
                yield f"{f}: its end"

    def tables(self):
        """every finding is used, and declared once"""
        table = read("src/diag/codes.def")
        codes = re.findall(r"^DIAG\((\w+)", table, re.M)
        used = set(re.findall(r"\bDIAG_[A-Z0-9_]+\b", "\n".join(c for f, c in self.code.items() if f.startswith("src/"))))
        for code in codes:
            if codes.count(code) > 1:
                yield f"src/diag/codes.def: {code} twice"
            if code not in used:
                yield f"src/diag/codes.def: {code} is never reported"

    def long_functions(self):
        for f, code in self.code.items():
            if f.startswith("src/"):
                for name, begin, end, switch in functions(code):
                    if end - begin > LONG_FUNCTION and end - begin - switch > LONG_FUNCTION:
                        yield f"{f}:{begin}: {name}: {end - begin + 1} lines"


def package_flags(*packages):
    """What these need to be compiled with; None: one of them is not there."""
    p = subprocess.run(["pkg-config", "--cflags", *packages], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return p.stdout.decode().split() if p.returncode == 0 else None


def header_alone(path):
    flags = package_flags("libxml-2.0") or []
    if path.startswith("script/worker/"):
        engine = package_flags("javascriptcoregtk-4.1", "libseccomp")
        if engine is None:  # a build without scripts
            return []
        flags = flags + engine
    p = subprocess.run([os.environ.get("CC", "gcc"), *HEADER_FLAGS, *flags, "-fsyntax-only", "-x", "c", "-"], cwd=ROOT,
                       input=f'#include "{path}"\n#include "{path}"\nextern int something;\n'.encode(), stdout=subprocess.PIPE,
                       stderr=subprocess.STDOUT, check=False)
    return [f"{path}: {line}" for line in p.stdout.decode("utf-8", "replace").splitlines()[:3]] if p.returncode else []


def headers():
    """each header compiles alone, and twice"""
    paths = [f[len("src/"):] for f in tracked() if f.startswith("src/") and f.endswith(".h")]
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for faults in pool.map(header_alone, paths):
            yield from faults


def main():
    rules = Rules()
    checks = [headers] if "--headers" in sys.argv[1:] else [
        rules.layers, rules.homes, rules.own_header_first, rules.guards, rules.banned, rules.memory, rules.sizes,
        rules.file_names, rules.names, rules.words, rules.blanks, rules.tables]
    failed = 0
    for check in checks:
        faults = list(check())
        failed += bool(faults)
        if faults:
            print(f"FAIL {check.__doc__}")
            for fault in faults[:25]:
                print("     " + fault)
            if len(faults) > 25:
                print(f"     and {len(faults) - 25} more")
    if "--long" in sys.argv[1:]:
        for line in rules.long_functions():
            print("long: " + line)
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
