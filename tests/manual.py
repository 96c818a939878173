#!/usr/bin/env python3
"""The manual (content-fixtures/manual/vault) says what is true.

Its tables are those of the program: build/tests/tables prints them, this writes them
between `%% generated: NAME %%` and `%% end %%`, and the first line of every finding's
section.  Its examples are tried: notes provoke the finding they stand under, settings
are read, shell and CI files parse.  The vault builds without a finding but those of
blocks that this version does not evaluate.

usage: manual.py            compares
       manual.py --write    writes the generated parts

A fence of YAML begins with `---` (properties of a note) or with a comment that names its
file; a fence of `md` below a finding is a whole note.
"""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "site"))
import sites as S
import yaml

VAULT = os.path.join(S.ROOT, "content-fixtures", "manual", "vault")
KNOWN = {"query-not-evaluated", "extra-missing"}
PART = re.compile(r"^%% generated: (\S+) %%\n(.*?)^%% end %%$", re.M | re.S)
FENCE = re.compile(r"^(?P<ticks>`{3,})(?P<word>\w*)\n(?P<text>.*?)^(?P=ticks)$", re.M | re.S)
SECTION = re.compile(r"^## ([a-z0-9-]+)\n\n([^\n]*)\n", re.M)
LINK = re.compile(r"\[\[([^\]|#\\]+)")
CI_KEYS = {"jobs", "stages", "pages", "image", "on", True}  # YAML 1.1 reads `on` as true


def tables():
    program = os.path.join(S.ROOT, os.environ.get("BUILD", "build"), "tests", "tables")
    return json.loads(subprocess.run([program], stdout=subprocess.PIPE, check=True).stdout)


def notes():
    """Path below the vault -> text, of every note."""
    found = {}
    for path in sorted(glob.glob(os.path.join(VAULT, "**", "*.md"), recursive=True)):
        with open(path, encoding="utf-8", newline="") as f:
            found[os.path.relpath(path, VAULT)] = f.read()
    return found


# ---- what is generated ---------------------------------------------------------

def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def code(text):
    return f"`{cell(text)}`" if text else ""


def table(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def command_names(row, commands):
    names = row["commands"].split()
    return "all" if len(names) == len(commands) else ", ".join(names)


def slot_rows(rows, pages):
    for row in rows:
        inside = {"": "", ".": " of `{{.}}`", "strings": " of interface texts"}.get(row["inside"], f" of *{row['inside']}*")
        where = [code(row["name"]), row["type"] + inside]
        if pages:
            where.append(row["kinds"].replace(" ", ", ") or "every page")
        yield [*where, cell(row["meaning"])]


def form_rows(rows):
    return ([code(r["form"]), cell(r["meaning"])] for r in rows)


def finding_rows(t, home):
    for row in t["findings"]:
        note = home.get(row["code"], "Findings")
        link = f"[[{note}#{row['code']}\\|{row['code']}]]"
        yield [link, row["severity"], cell(row["instead"])]


def generated(t, home):
    """Name of a part -> its text."""
    parts = {
        "settings": table(["Key", "Type", "Default", "Meaning"], (
            [code(r["key"]), cell(r["type"]), code(r["initial"]), cell(r["meaning"])] for r in t["settings"])),
        "commands": table(["Command", "What it does"], (
            [code(f"vaultsite {r['name']} {r['operands']}".strip()), cell(r["meaning"])] for r in t["commands"])),
        "options": table(["Option", "Of", "Meaning"], (
            [code(f"{r['name']} {r['value']}".strip()), command_names(r, t["commands"]), cell(r["meaning"])]
            for r in t["options"])),
        "functions": table(["Function", "What it gives", "Done for each element of a LIST"], (
            [code(r["form"]), cell(r["meaning"]), ", ".join(map(code, re.findall(r"\w+\([^)]*\)", r["lists"])))] for r in t["functions"])),
        "instructions": table(["Instruction", "What it does"], form_rows(t["instructions"])),
        "sort-keys": table(["Key", "Order"], form_rows(t["sort_keys"])),
        "group-keys": table(["Key", "Groups"], form_rows(t["group_keys"])),
        "layout-parts": table(["Part", "What it is"], form_rows(t["layout_parts"])),
        "findings": table(["Code", "Severity", "What the build does instead"], finding_rows(t, home)),
        "pages": table(["Template", "Names it has besides those of every page"], (
            [f"`templates/{kind}.html`", ", ".join(code(r["name"]) for r in t["slots"]["page"] if kind in r["kinds"].split()) or "none"]
            for kind in t["pages"])),
        "strings": table(["Name", "English"], ([code(n), cell(text)] for n, text in t["strings"].items())),
    }
    for name, rows in t["slots"].items():
        header = ["Name", "Type", "On", "Meaning"] if name == "page" else ["Name", "Type", "Meaning"]
        parts["slots-" + name] = table(header, slot_rows(rows, name == "page"))
    return parts


def first_line(row):
    return f"**{row['severity'].capitalize()}:** {row['instead']}."


def findings_notes(texts):
    return {path: text for path, text in texts.items() if path.startswith("Findings/")}


def homes(texts):
    """Code -> the note that has its section."""
    return {m.group(1): os.path.basename(path)[:-3] for path, text in findings_notes(texts).items()
            for m in SECTION.finditer(text)}


def with_generated(texts, t):
    """The notes as they should be, and names of parts that nobody knows."""
    parts, rows = generated(t, homes(texts)), {r["code"]: r for r in t["findings"]}
    wanted, unknown = {}, []

    def part(m):
        if m.group(1) not in parts:
            unknown.append(m.group(1))
            return m.group()
        return f"%% generated: {m.group(1)} %%\n\n{parts[m.group(1)]}\n%% end %%"

    def section(m):
        row = rows.get(m.group(1))
        return m.group() if row is None else f"## {m.group(1)}\n\n{first_line(row)}\n"

    for path, text in texts.items():
        wanted[path] = PART.sub(part, text)
        if path.startswith("Findings/"):
            wanted[path] = SECTION.sub(section, wanted[path])
    return wanted, unknown


# ---- what is checked -----------------------------------------------------------

def check_generated(texts, t):
    wanted, unknown = with_generated(texts, t)
    for path in texts:
        if texts[path] != wanted[path]:
            yield f"{path}: generated parts are old (tests/manual.py --write)"
    for name, rows in t["slots"].items():
        for row in rows:
            if row["type"] in ("list", "record") and not row["inside"]:
                yield f"tests/site/tables.c does not know what {name} {row['name']} is a {row['type']} of"
    for name in unknown:
        yield f"no table is called {name}"
    for name in generated(t, {}).keys() - {m.group(1) for text in texts.values() for m in PART.finditer(text)}:
        yield f"the table {name} stands in no note"


def check_findings(texts, t):
    """A section each, in the table's order within a note."""
    order = [r["code"] for r in t["findings"]]
    seen = []
    for path, text in findings_notes(texts).items():
        here = re.findall(r"^## (.*)$", text, re.M) if path != "Findings/Findings.md" else []
        seen += here
        for name in here:
            if name not in order:
                yield f"{path}: \"{name}\" is no finding"
        places = [order.index(name) for name in here if name in order]
        if places != sorted(places):
            yield f"{path}: not in the order of src/diag/codes.def"
    for name in order:
        if seen.count(name) != 1:
            yield f"finding {name}: {seen.count(name)} sections in Findings/"


def sections(text):
    """(code, text) of each section of a note on findings."""
    pieces = re.split(r"^## (.*)\n", text, flags=re.M)
    return zip(pieces[1::2], pieces[2::2])


def check_finding_examples(texts):
    """Every `md` fence below a finding provokes it."""
    wanted = {}
    with tempfile.TemporaryDirectory() as place:
        for text in findings_notes(texts).values():
            for name, body in sections(text):
                for i, fence in enumerate(m for m in FENCE.finditer(body) if m["word"] == "md"):
                    wanted[f"{name} {i}.md"] = name
                    with open(os.path.join(place, f"{name} {i}.md"), "w", encoding="utf-8") as f:
                        f.write(fence["text"])
        found = {(f["path"], f["code"]) for f in S.run("check", place, "--format", "json").findings}
    if len(wanted) < 25:
        yield f"only {len(wanted)} examples of findings are tried"
    for path, name in wanted.items():
        if (path, name) not in found:
            yield f"the example of {name} gives {sorted(c for p, c in found if p == path) or 'no finding'}"


def check_settings(text, fails):
    with tempfile.TemporaryDirectory() as place:
        config = os.path.join(place, "vaultsite.yaml")
        vault = os.path.join(place, "vault")
        os.mkdir(vault)
        theme = (yaml.safe_load(text) or {}).get("theme")
        if theme:
            os.mkdir(os.path.join(vault, theme))
        with open(config, "w", encoding="utf-8") as f:
            f.write(text)
        r = S.run("check", vault, "--config", config)
    return (r.code == 2) == fails or f"exit {r.code}: {r.last}"


def parses(text):
    return subprocess.run(["bash", "-n"], input=text.encode(), stderr=subprocess.DEVNULL, check=False).returncode == 0


def scripts(node):
    """The commands inside a CI file."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("run", "script", "before_script"):
                yield "\n".join(value) if isinstance(value, list) else value
            else:
                yield from scripts(value)
    elif isinstance(node, list):
        for item in node:
            yield from scripts(item)


def check_yaml(text, section):
    """True, or what is wrong with a fence of YAML."""
    if text.startswith("# vaultsite.yaml\n"):
        return check_settings(text, section == "settings-invalid")
    try:
        documents = list(yaml.safe_load_all(text))
    except yaml.YAMLError as e:
        return f"no YAML: {str(e).splitlines()[0]}"
    if text.startswith("---\n"):
        return len(documents) > 0 and isinstance(documents[0], dict) or "no properties"
    if not re.match(r"# \.(github/workflows/[\w-]+\.yml|gitlab-ci\.yml)\n", text):
        return "does not begin with the name of its file"
    if not isinstance(documents[0], dict) or not CI_KEYS & documents[0].keys():
        return "no CI file"
    wrong = [run for run in scripts(documents[0]) if not parses(re.sub(r"\$\{\{.*?\}\}", "x", run))]
    return not wrong or f"bash cannot parse: {wrong[0]}"


def check_shell(text, t):
    if not parses(text):
        return "bash cannot parse it"
    known = {c["name"]: {r["name"] for r in t["options"] if c["name"] in r["commands"].split()} for c in t["commands"]}
    for command, rest in re.findall(r"\bvaultsite (\w+)\b([^\n|;&]*)", text.replace("\\\n", " ")):
        if command not in known:
            return f"no command {command}"
        for option in re.findall(r"(?<!\S)--[a-z-]+", rest):
            if option not in known[command]:
                return f"{command} has no option {option}"
    return True


def fences(texts):
    """(note, section, word, text) of every fence outside the example firm."""
    for path, text in texts.items():
        if path.startswith("Example/"):
            continue
        for m in FENCE.finditer(text):
            section = re.findall(r"^## (.*)$", text[:m.start()], re.M)
            yield path, section[-1] if section else "", m["word"], m["text"]


def check_fences(texts, t):
    for path, section, word, text in fences(texts):
        good = check_yaml(text, section) if word == "yaml" else check_shell(text, t) if word == "sh" else True
        if good is not True:
            yield f"{path}, {section}: {good}"
        if not word:
            yield f"{path}, {section}: a fence without a language"


def check_theme(texts):
    """The examples of the page on themes are a theme that loads."""
    files = {"html": "templates/partials/page_end.html", "json": "strings/fr.json", "css": "style.css"}
    with tempfile.TemporaryDirectory() as place:
        for m in FENCE.finditer(texts["Guide/Theming.md"]):
            path = os.path.join(place, files.get(m["word"], "README"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as f:
                f.write(m["text"])
        config = os.path.join(place, "vaultsite.yaml")
        with open(config, "w", encoding="utf-8") as f:
            f.write("language: fr\n")
        r = S.run("check", VAULT, "--theme", place, "--config", config, "--format", "json")
    if r.code != 0:
        yield f"the theme gives exit {r.code}: {r.last}"
    for f in r.findings:
        if f["code"] == "template-invalid":
            yield f"{f['path']}:{f['line']}: {f['text']}"


def check_build():
    """Out of the work tree, whose history may be shallow."""
    with tempfile.TemporaryDirectory() as place:
        vault = shutil.copytree(VAULT, os.path.join(place, "vault"))
        r = S.build(vault, os.path.join(place, "out"), "--strict", "--format", "json")
    if r.code != 0:
        yield f"the manual does not build with --strict: exit {r.code}: {r.last}"
    for f in r.findings:
        if f["code"] not in KNOWN:
            yield f"{f['path']}:{f['line']}: {f['code']}: {f['text']}"


def check_reachable(texts):
    """Every note can be reached from the home note by links in text alone."""
    by_name = {}
    for path in texts:
        by_name[path[:-3].lower()] = by_name[os.path.basename(path)[:-3].lower()] = path
    todo, seen = ["Home.md"], set()
    while todo:
        path = todo.pop()
        if path not in seen:
            seen.add(path)
            todo += filter(None, (by_name.get(name.strip().lower()) for name in LINK.findall(texts[path])))
    for path in sorted(texts.keys() - seen):
        if not path.startswith("Example/"):  # lists and folders lead to those
            yield f"{path}: no link leads there from the home note"


def main():
    texts, t = notes(), tables()
    if "--write" in sys.argv[1:]:
        for path, text in with_generated(texts, t)[0].items():
            if text != texts[path]:
                with open(os.path.join(VAULT, path), "w", encoding="utf-8", newline="") as f:
                    f.write(text)
        return 0
    checks = [lambda: check_generated(texts, t), lambda: check_findings(texts, t), lambda: check_finding_examples(texts),
              lambda: check_fences(texts, t), lambda: check_theme(texts),
              check_build, lambda: check_reachable(texts)]
    failed = 0
    for check in checks:
        wrong = list(check())
        for line in wrong:
            print(f"FAIL manual: {line}")
        failed += bool(wrong)
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
