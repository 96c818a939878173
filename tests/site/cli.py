#!/usr/bin/env python3
"""The command line: every option of src/cli/options.def, and every way to misuse it."""
import fcntl
import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time

sys.dont_write_bytecode = True
import sites as S
from lxml import etree

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def put(root, path, text):
    full = os.path.join(root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as f:
        f.write(text)


class Case:
    def __init__(self, place):
        self.place = place
        self.vault, self.out = os.path.join(place, "vault"), os.path.join(place, "out")
        put(self.vault, "Home.md", "[[Ferry]]\n")
        put(self.vault, "Ferry.md", "A ferry.\n")
        self.faults = []

    def expect(self, good, what):
        if not good:
            self.faults.append(what)

    def run(self, *arguments, code=0, env=None, given=b""):
        """(standard output, standard error) of `vaultsite ARGUMENT…`, with `given` as standard input."""
        p = subprocess.run([S.program(), *arguments], input=given, capture_output=True, check=False,
                           env={**os.environ, **(env or {})}, timeout=120)
        said = p.stderr.decode("utf-8", "replace")
        self.expect(p.returncode == code, f"{' '.join(arguments)}: exit {p.returncode} instead of {code}: {said[-300:]}")
        return p.stdout.decode("utf-8", "replace"), said

    def build(self, *options, code=0, **more):
        return self.run("build", self.vault, self.out, *options, code=code, **more)[1]

    def on_terminal(self, *arguments, columns=80, slowly=False, env=None):
        """What a terminal as standard error is sent; `slowly`: with a twentieth of the time there is."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        env = {k: v for k, v in {**os.environ, "TERM": "xterm", "NO_COLOR": None, **(env or {})}.items() if v is not None}
        p = subprocess.Popen([S.program(), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=slave, env=env)
        os.close(slave)
        sent = []
        reader = threading.Thread(target=read_all, args=(master, sent))
        reader.start()
        while slowly and p.poll() is None:
            p.send_signal(signal.SIGSTOP)
            time.sleep(0.1)
            p.send_signal(signal.SIGCONT)
            time.sleep(0.004)
        p.wait(timeout=120)
        reader.join()
        os.close(master)
        return b"".join(sent).decode("utf-8", "replace")

    def flaws(self):
        """Findings of each severity, more than 20 of one code."""
        put(self.vault, "Flaws.md", "".join(f"[[Missing {i}]]\n" for i in range(30)) + "<script>x</script>\n\ntext[^none]\n")
        put(self.vault, "Broken.md", "---\na: [\n---\nText.\n")

    def untouched(self, before, what):
        self.expect(before == (S.site_stats(self.out) if os.path.exists(self.out) else None), what)


def read_all(fd, parts):
    try:
        while part := os.read(fd, 65536):
            parts.append(part)
    except OSError:  # the other end of a terminal is closed
        pass


def screen(sent, columns):
    """The lines that a terminal shows in the end."""
    lines, at = [""], 0
    for m in re.finditer(r"\x1b\[K|\x1b\[[\d;]*m|\r|\n|[^\x1b\r\n]", sent):
        if m[0] == "\r":
            at = 0
        elif m[0] == "\n":
            lines.append("")
        elif m[0] == "\x1b[K":
            lines[-1] = lines[-1][:at]
        elif m[0][0] != "\x1b":
            if at == columns:
                lines.append("")
                at = 0
            lines[-1] = lines[-1][:at].ljust(at) + m[0] + lines[-1][at + 1:]
            at += 1
    return lines


def table(path, pattern):
    with open(os.path.join(S.ROOT, path), encoding="utf-8") as f:
        return re.findall(pattern, f.read(), re.M)


def rows(name):
    """(name, value, commands) of each option in the table that the program is made from."""
    with open(os.path.join(S.ROOT, "src", "cli", name), encoding="utf-8") as f:
        return re.findall(r'^OPTION\(\w+, "(--[\w-]+)", "([^"]*)", ([\w| ]+),', f.read(), re.M)


OPTIONS = rows("options.def")
COMMANDS = table("src/cli/commands.c", r'^        \.name = STR_INIT\("(\w+)"\)')
CODES = table("src/diag/codes.def", r'^DIAG\(\w+, DIAG_(\w+), "([\w-]+)", "([^"]+)"\)')
FUNCTIONS = table("src/query/dataview/functions.def", r'^FUNCTION\("(\w+)", \w+, \d, \d, \d,\s*"([^"]+)"')
KEYS = [key for key in table("src/vault/settings.c", r'^    (?:ROW|CHECKED)\("([^"]+)"') if key[-1] != "."] + [
    "dataview." + key for key in table("src/vault/dataview_settings.def", r"^DATAVIEW_\w+\((\w+),")]
FINDINGS = os.path.join(S.ROOT, "content-fixtures", "manual", "vault", "Findings")
DOCS = os.path.join(os.path.dirname(S.program()), "docs")


def belongs(commands, command):
    return "IN_ALL" in commands or f"IN_{command.upper()}" in commands.split(" | ")


def every_option_is_tested(c):
    """A new row of the table needs a case here."""
    with open(__file__, encoding="utf-8") as f:
        text = f.read()
    for name, _, _ in OPTIONS:
        c.expect(text.count(f'"{name}') > 0, f"no case for {name}")
    c.expect(len(OPTIONS) >= 10, "the table was not read")


def help_is_complete(c):
    c.expect({"build", "check", "explain", "help"} <= set(COMMANDS), "the table of commands was not read")
    for arguments in (["--help"], ["help"]):
        text, said = c.run(*arguments)
        c.expect(said == "" and "build VAULT OUT" in text and "check VAULT" in text and "explain [CODE]" in text, text)
        c.expect(all(re.search(rf"^  {name} ", text, re.M) for name in COMMANDS), text)
        c.expect(all(len(line) < 80 for line in text.splitlines()), "--help: long lines")
    for command in COMMANDS:
        for arguments in ([command, "--help"], ["--help", command], ["help", command], [command, "x", "--help"]):
            text, said = c.run(*arguments)
            for name, value, commands in OPTIONS:
                there = re.search(rf"^  {name}( |$)", text, re.M) is not None
                c.expect(there == belongs(commands, command), f"{command} --help and {name}")
                c.expect(not there or value in text, f"{command} --help: no {value}")
            c.expect(said == "", f"{command} --help: {said}")
            c.expect(all(len(line) < 80 for line in text.splitlines()), f"{command} --help: long lines")
            c.expect(text.startswith(f"Usage: vaultsite {command} [OPTION]... "), text)
            c.expect(re.search(r"^Exit status:\n  0 +\w", text, re.M), text)
    c.expect(not os.path.exists(c.out), "--help built something")


def version_is_told(c):
    for arguments in (["--version"], ["build", c.vault, c.out, "--version"], *([command, "--version"] for command in COMMANDS)):
        text, said = c.run(*arguments)
        c.expect(re.fullmatch(r"vaultsite \d+\.\d+\.\d+\n", text) and said == "", repr(text + said))


def usage_errors(c):
    put(c.vault, "Secret.md", "---\npublish: false\n---\n")
    for arguments, word in [
        ([], "no command"),
        (["biuld", c.vault, c.out], "did you mean build?"),
        (["frobnicate"], "unknown command frobnicate"),
        (["build"], "build needs VAULT OUT"),
        (["build", c.vault], "build needs VAULT OUT, and there is no OUT"),
        (["explain", "link-mising"], "no finding and no function is called link-mising; did you mean link-missing?"),
        (["explain", "link-mis"], "no finding and no function is called link-mis; did you mean link-missing?"),
        (["explain", "xyzzyxyzzy"], "no finding and no function is called xyzzyxyzzy\n"),
        (["explain", "containswords"], "is called containswords; did you mean containsword?"),
        (["explain", "Round"], "is called Round; did you mean round?"),
        (["explain", "link-missing", "link-case"], "one operand too many: link-case"),
        (["explain", "--jobs", "2"], "unknown option --jobs; build has it; check has it"),
        (["--force", "check", c.vault], "unknown option --force; build has it"),
        (["help", "biuld"], "unknown command biuld; did you mean build?"),
        (["help", "build", "check"], "one operand too many: check"),
        (["build", c.vault, c.out, "--formt", "json"], "did you mean --format?"),
        (["check"], "check needs VAULT"),
        (["repair"], "repair needs VAULT, or --batch"),
        (["repair", c.vault, "--batch"], "--batch reads from standard input, and takes no VAULT"),
        (["repair", c.vault, c.out], "one operand too many"),
        (["repair", c.vault, "--strict"], "unknown option --strict; build has it"),
        (["repair", os.path.join(c.place, "nowhere")], "No such file or directory"),
        (["query"], "query needs VAULT [QUERY]\n"),
        (["query", c.vault], "query needs QUERY, or --batch"),
        (["query", c.vault, "--batch", "LIST"], "--batch reads its queries from standard input, and takes no QUERY"),
        (["query", c.vault, "LIST", "--csv", "--json"], "--json and --csv do not go together"),
        (["query", c.vault, "LIST", "--table", "--json", "--csv"], "--table and --json do not go together"),
        (["query", c.vault, "--batch", "--csv"], "--csv and --batch do not go together"),
        (["query", c.vault, "--batch", "--table"], "--table and --batch do not go together"),
        (["query", c.vault, "--batch", "--from", "Home.md"], "--from and --batch do not go together"),
        (["query", c.vault, "--batch", "--lang=tasks"], "--lang and --batch do not go together"),
        (["query", c.vault, "LIST", "--lang", "datavew"], "--lang takes dataview|expression|tasks, not datavew; did you mean dataview?"),
        (["query", c.vault, "not done", "--tasks"], "unknown option --tasks; did you mean --lang tasks?"),
        (["build", c.vault, c.out, "--sarif"], "unknown option --sarif; did you mean --format sarif?"),
        (["query", c.vault, "LIST", "--from"], "--from takes NOTE"),
        (["query", c.vault, "LIST", "FROM"], "one operand too many: FROM"),
        (["query", c.vault, "LIST", "--from", "Nope.md"], "--from: there is no published note Nope.md"),
        (["query", c.vault, "LIST", "--from", "Secret.md"], "--from: there is no published note Secret.md"),
        (["query", os.path.join(c.place, "nowhere"), "LIST"], "No such file or directory"),
        (["build", c.vault, c.out, "third"], "one operand too many: third"),
        (["check", c.vault, c.out], "one operand too many"),
        (["build", c.vault, c.out, "--stirct"], "did you mean --strict?"),
        (["build", c.vault, c.out, "--base_url=x"], "did you mean --base-url?"),
        (["build", c.vault, c.out, "--quite"], "did you mean --quiet?"),
        (["build", c.vault, c.out, "--tod", "2026-01-15"], "did you mean --today?"),
        (["build", c.vault, c.out, "--job=2"], "did you mean --jobs?"),
        (["build", c.vault, c.out, "--entirely-unknown"], "unknown option --entirely-unknown"),
        (["build", c.vault, c.out, "-x"], "unknown option -x"),
        (["check", c.vault, "--force"], "unknown option --force"),
        (["build", c.vault, c.out, "--strict=yes"], "--strict takes no value"),
        (["build", c.vault, c.out, "--help=me"], "--help takes no value"),
        (["build", c.vault, c.out, "--config"], "--config takes FILE"),
        (["build", c.vault, c.out, "--jobs"], "--jobs takes N"),
        *((["build", c.vault, c.out, f"--jobs={n}"], f"--jobs takes N, not {n}; N: threads to use, 1 to 256 (")
          for n in ("0", "-1", "257", "2x", "", " 2", "99999999999999999999")),
        *((["build", c.vault, c.out, "--today", t], f"--today takes TIME, not {t}; TIME: date or RFC 3339 time")
          for t in ("2026-02-30", "yesterday", "2026-1-5", "", "2026-01-15T25:00:00Z", "2026-01-15T12:00:00")),
        (["build", c.vault, c.out, "--format", "xml"], "--format takes text|json|sarif|github, not xml\n"),
        (["build", c.vault, c.out, "--format"], "--format takes text|json|sarif|github\n"),
        (["build", c.vault, c.out, "--format", "jsn"], "not jsn; did you mean json?"),
        (["build", c.vault, c.out, "--format=JSON"], "not JSON; did you mean json?"),
        (["build", c.vault, c.out, "--format=githb"], "did you mean github?"),
        (["build", c.vault, c.out, "--dates=file"], "--dates takes git|files, not file; did you mean files?"),
        (["build", c.vault, c.out, "--no-javascript=yes"], "--no-javascript takes no value"),
        (["build", c.vault, c.out, "--dates", "svn"], "--dates takes git|files, not svn\n"),
        *((["build", c.vault, c.out, "--base-url", u], "--base-url takes an http or https address")
          for u in ("example.org", "ftp://example.org/", "https://", "https://x/?q", "javascript:x", "https://a b/")),
        (["build", c.vault, c.out, "--theme", os.path.join(c.place, "none")], "none: No such file"),
    ]:
        text, said = c.run(*arguments, code=2)
        c.expect(word in said and text == "", f"{' '.join(arguments)}: {said!r}")
        c.expect(not os.path.exists(c.out), f"{' '.join(arguments)}: OUT was made")


def values_in_both_forms(c):
    for options in (["--jobs", "2"], ["--jobs=2"], ["--today=2026-01-15"], ["--today", "2026-01-15T12:00:00+02:00"],
                    ["--format=text"], ["--base-url=https://example.org/a=b/"],
                    ["--dates=git"], ["--dates", "files"], ["--no-javascript"], ["--format=sarif"], ["--format=github"]):
        c.build(*options, "--force")
    S_out = os.path.join(c.place, "before")
    c.run("--quiet", "build", "--jobs", "1", c.vault, "--strict", S_out)
    c.expect(os.path.exists(os.path.join(S_out, "index.html")), "options before operands")
    c.run("build", "--", c.vault, os.path.join(c.place, "--strict"))
    c.expect(os.path.exists(os.path.join(c.place, "--strict", "index.html")), "an operand after --")


def config_is_read_instead(c):
    put(c.vault, "vaultsite.yaml", "title: Of the vault\n")
    put(c.place, "other.yaml", "title: Of another file\n")
    c.build()
    c.expect(b"Of the vault" in S.read(c.out, "index.html"), "the vault's own settings")
    c.build("--config", os.path.join(c.place, "other.yaml"))
    c.expect(b"Of another file" in S.read(c.out, "index.html"), "--config")
    before = S.site_stats(c.out)
    for path, word in (("none.yaml", "none.yaml"), (".", ".")):
        said = c.build("--config", os.path.join(c.place, path), code=2)
        c.expect("settings-invalid" in said and word in said, said)
    put(c.place, "other.yaml", "titel: x\n")
    said = c.build("--config", os.path.join(c.place, "other.yaml"), code=2)
    c.expect("other.yaml:1:1: error: settings-invalid" in said, said)
    c.untouched(before, "bad settings touched OUT")


def bad_settings(c):
    """Line, column and the nearest key; exit 2; nothing is written."""
    for text, *words in [
        ("titel: x\n", "vaultsite.yaml:1:1:", 'did you mean "title"'),
        ("title: a\n\npublish:\n  exlude: [x]\n", "vaultsite.yaml:4:3:", "publish.exclude"),
        ("publish: yes\n", "vaultsite.yaml:1:"),
        ("publish:\n  mode: sometimes\n", "vaultsite.yaml:2:", "mode"),
        ("title: [a, b]\n", "vaultsite.yaml:1:", "title"),
        ("title: 'a\n", "vaultsite.yaml:"),
        ("a: b: c\n", "vaultsite.yaml:1:"),
        ("base_url: ftp://x/\n", "vaultsite.yaml:1:", "base_url"),
        ("- a\n- b\n", "vaultsite.yaml:"),
        ("limits:\n  note_bytes: none\n", "vaultsite.yaml:2:", "note_bytes"),
    ]:
        put(c.vault, "vaultsite.yaml", text)
        for arguments in (["build", c.vault, c.out], ["check", c.vault]):
            _, said = c.run(*arguments, code=2)
            c.expect("settings-invalid" in said and all(w in said for w in words), f"{text!r}: {said!r}")
            c.expect(not os.path.exists(c.out), f"{text!r}: OUT was made")
        _, said = c.run("check", c.vault, "--format", "json", "--quiet", code=2)
        c.expect([f["code"] for f in json.loads(said)["findings"]][:1] == ["settings-invalid"], f"{text!r}: {said}")


def theme_is_used(c):
    put(c.place, "theme/templates/note.html",
        "<!DOCTYPE html><meta http-equiv=\"Content-Security-Policy\" content=\"{{csp}}\">"
        "<title>{{head_title}}</title><p>my own theme</p>\n")
    c.build()
    c.expect(b"my own theme" not in S.read(c.out, "ferry.html"), "without --theme")
    c.build("--theme", os.path.join(c.place, "theme"))
    c.expect(b"my own theme" in S.read(c.out, "ferry.html"), "--theme")
    c.build()
    c.expect(b"my own theme" not in S.read(c.out, "ferry.html"), "without --theme again")


def base_url_gives_a_sitemap(c):
    put(c.vault, "Ää & Ö/100 % <b>.md", "Odd letters.\n")
    put(c.vault, "Closed.md", "---\npublish: false\n---\n")
    c.build()
    c.expect(not os.path.exists(os.path.join(c.out, "sitemap.xml")), "a sitemap without --base-url")
    for url in ("https://wiki.example/team", "https://wiki.example/team/"):
        c.build("--base-url", url)
        tree = etree.parse(os.path.join(c.out, "sitemap.xml"), etree.XMLParser(no_network=True, resolve_entities=False))
        c.expect(tree.getroot().tag == SITEMAP + "urlset", f"root: {tree.getroot().tag}")
        found = [e.text for e in tree.iter(SITEMAP + "loc")]
        pages = {p["url"] for p in json.loads(S.read(c.out, "pages.json"))}
        c.expect(len(found) == len(set(found)), "an address twice")
        c.expect(all(re.fullmatch(r"https://wiki\.example/team/[!-~]*", u) and not re.search(r'[<>"\s]', u) for u in found),
                 f"addresses: {found}")
        c.expect("https://wiki.example/team/ferry.html" in found and "https://wiki.example/team/index.html" in found, f"{found}")
        c.expect(len(found) >= len(pages) and not any("closed" in u or "404" in u for u in found), f"{found}")
    put(c.vault, "vaultsite.yaml", "robots: noindex\n")
    c.build("--base-url", "https://wiki.example/")
    c.expect(not os.path.exists(os.path.join(c.out, "sitemap.xml")), "a sitemap with robots: noindex")


def json_is_json(c):
    """And says what the text says."""
    c.flaws()
    _, said = c.run("check", c.vault, "--format", "json", code=1)
    report = json.loads(said)
    findings = report["findings"]
    for f in findings:
        c.expect(set(f) == {"path", "line", "column", "code", "severity", "text", "instead"}, repr(f))
    _, text = c.run("check", c.vault, code=1)
    for severity, words in (("error", "errors"), ("warning", "warnings"), ("note", "notes of less weight")):
        n = sum(f["severity"] == severity for f in findings)
        c.expect(n > 0 and re.search(rf"\b{n} {words}", text), f"{n} {words}: {text[-300:]}")
    codes = {f["code"] for f in findings}
    for code in codes:
        n = sum(f["code"] == code for f in findings)
        shown = len(re.findall(rf"^\S.*: (?:error|warning|note): {code}: .*;", text, re.M))
        more = re.search(rf"^\w+: {code}: (\d+) more$", text, re.M)
        c.expect(shown == min(n, 20) and (int(more[1]) if more else 0) == n - shown, f"{code}: {n} findings, {shown} shown")
    order = [(f["line"], f["column"]) for f in findings if f["path"] == "Flaws.md"]
    c.expect(order == sorted(order), "findings are not in order")
    c.expect(set(report["steps"]) == {"scan", "compile", "link", "entities", "answer", "graph", "plan", "search", "stitch", "emit"}, repr(report["steps"]))
    built = json.loads(c.build("--format", "json"))
    c.expect(built["findings"] == findings, "build and check find different things")
    c.expect(built["summary"]["written"] > 0 and not built["summary"]["upToDate"], repr(built["summary"]))
    c.expect(json.loads(c.build("--format", "json"))["summary"]["upToDate"], "a second build")
    _, said = c.run("build", os.path.join(c.place, "none"), c.out, "--format", "json", code=2)
    c.expect("No such file" in json.loads(said)["error"], said)


def quiet_is_quiet(c):
    c.expect(c.build("--quiet") == "", "something was said of a good vault")
    c.expect(c.build("--quiet") == "", "something was said of nothing")
    c.flaws()
    said = c.build("--quiet")
    c.expect(said and all(": error: " in line for line in said.splitlines()), said)
    c.expect(c.run("check", c.vault, "--quiet", code=1)[1] == said, "check --quiet")
    os.remove(os.path.join(c.vault, "Broken.md"))
    c.expect(c.build("--quiet") == "", "warnings in spite of --quiet")
    findings = json.loads(c.build("--quiet", "--force", "--format", "json"))["findings"]
    c.expect(findings == [], repr(findings))


def strict_leaves_out_as_it_is(c):
    put(c.vault, "Note.md", "<script>removed: a note of less weight</script>\n\n![[drawing.svg]]\n")
    put(c.vault, "drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>\n")
    said = c.build("--strict")
    c.expect(all(said.count(code) == 1 for code in ("html-removed", "attachment-svg")), "not once: " + said)
    c.expect("attachment-svg" in c.run("check", c.vault)[1], "check says less")
    before = S.site_stats(c.out)
    c.flaws()
    c.build("--strict", code=1)
    c.untouched(before, "a failing build touched OUT")
    c.build("--strict", "--force", code=1)
    c.untouched(before, "a failing build with --force touched OUT")
    c.run("build", c.vault, os.path.join(c.place, "new"), "--strict", code=1)
    c.expect(not os.path.exists(os.path.join(c.place, "new")), "a failing first build made OUT")
    c.build()
    before = S.site_stats(c.out)
    c.build("--strict", code=1)
    c.untouched(before, "a failing build of the same vault touched OUT")


def check_has_its_levels(c):
    c.run("check", c.vault)
    c.run("check", c.vault, "--strict")
    put(c.vault, "Warning.md", "[[Missing]]\n")
    c.run("check", c.vault)
    c.run("check", c.vault, "--strict", code=1)
    put(c.vault, "Error.md", "---\na: [\n---\n")
    c.run("check", c.vault, code=1)
    c.build()
    c.expect(S.vault_state(c.vault) and sorted(os.listdir(c.place)) == ["out", "vault"], "check wrote something")


def the_clock(c):
    for value in ("", "x", "12x", " 12", "-1", "1e9", "99999999999999999999", "253402300800"):
        said = c.build(code=2, env={"SOURCE_DATE_EPOCH": value})
        c.expect("SOURCE_DATE_EPOCH is no number of seconds" in said, f"{value!r}: {said!r}")
        c.expect(not os.path.exists(c.out), f"{value!r}: OUT was made")
    c.build(env={"SOURCE_DATE_EPOCH": "x"}, *["--today", "2026-01-15"])
    for value in ("0", "1768478400", "253402300799"):
        c.build(env={"SOURCE_DATE_EPOCH": value})
        c.expect("nothing changed" in c.build(env={"SOURCE_DATE_EPOCH": value}), f"{value}: not the same clock")


def force_builds_again(c):
    c.build("--today", "2026-01-15")
    c.expect("nothing changed" in c.build("--today", "2026-01-15"), "a second build")
    said = c.build("--today", "2026-01-15", "--force")
    c.expect("nothing changed" not in said and "0 files written" in said, said)
    c.expect("nothing changed" not in c.build("--today", "2026-01-16"), "another day")


def settings_by_option(c):
    """An option that stands for a setting is one of the inputs that make a build another."""
    c.build()
    for options in (["--dates", "files"], ["--no-javascript"], []):
        c.expect("nothing changed" not in c.build(*options), f"{options}: the same as before")
        c.expect("nothing changed" in c.build(*options), f"{options}: built again")
    put(c.vault, "vaultsite.yaml", "dates: files\njavascript: no\n")
    c.build("--dates", "git")
    c.expect("nothing changed" not in c.build(), "--dates does not win over the setting")


def findings_are_explained(c):
    text, _ = c.run("explain")
    lines = re.sub(r"\n ", " ", text).splitlines()
    c.expect(len(lines) == len(CODES) and len(CODES) > 50, f"{len(lines)} lines for {len(CODES)} codes")
    for (severity, code, instead), line in zip(CODES, lines):
        c.expect(line.split() == [code, severity.lower(), *instead.split()], line)
        text, said = c.run("explain", code)
        if os.path.isdir(FINDINGS):
            c.expect(text.startswith(f"## {code}\n\n") and len(text.splitlines()) > 3,
                     f"explain {code}: the manual has no section `## {code}`: {text}")
        else:
            c.expect(text == f"{code}: {severity.lower()}; {instead}\n", text)
        c.expect(said == "", f"explain {code}: {said}")
        outside = re.sub(r"^(```|~~~).*?^\1|^    .*?$|`[^`\n]*(\n[^`\n]+)?`", "", text, flags=re.M | re.S)
        c.expect("[[" not in outside and "[!" not in outside and "\n## " not in outside, f"explain {code}: {outside}")


def functions_are_explained(c):
    c.expect(len(FUNCTIONS) > 60, "the table of functions was not read")
    listed, said = c.run("explain", "functions")
    c.expect(said == "" and [line for line in listed.splitlines() if line[0] != " "] == [form for _, form in FUNCTIONS], listed)
    c.expect(all(len(line) < 80 for line in listed.splitlines()), "explain functions: long lines")
    for name, form in FUNCTIONS:
        text, said = c.run("explain", name)
        c.expect(said == "" and re.match(re.escape(form) + r"\n\n\w.*\.\n", text, re.S), f"explain {name}: {text}")
    c.expect(c.run("explain", "round")[0] == """round(number, digits)

The nearest whole number, or the nearest with so many decimals.

round(LIST), round(LIST, digits): done for each element, and a list is the
result
""", c.run("explain", "round")[0])


def instructions_are_explained(c):
    """All, and those that begin with whole words."""
    listed, said = c.run("explain", "instructions")
    c.expect(said == "" and "sort by KEY reverse\n    The order" in listed and len(listed.splitlines()) > 80, listed)
    c.expect(all(len(line) < 80 for line in listed.splitlines()), "explain instructions: long lines")
    c.expect(c.run("explain", "LIMIT")[0] == "limit N\n    At most N tasks.\nlimit groups N\n    At most N in each group.\n", "explain LIMIT")
    c.expect(c.run("explain", "limi", code=2)[0] == "", "explain limi")


def queries_are_answered(c):
    """What a query prints in each form, and the exit status."""
    put(c.vault, "Ferry.md", "---\nseats: 40\ncrew: [Tom, Vera]\n---\n- [ ] Paint the rail\n- [x] Oil the winch\n")
    put(c.vault, "Secret.md", "---\npublish: false\nseats: 7\n---\n- [ ] Tell nobody\n")
    table_query = 'TABLE seats AS "Seats, all", crew FROM "Ferry"'
    for arguments, given, wanted in [
        (["LIST"], "", "- Ferry\n- Home\n"),
        (["LIST", "--table"], "", "- Ferry\n- Home\n"),
        ([table_query], "", "File   Seats, all  crew\nFerry  40          Tom, Vera\n"),
        (["--csv", table_query], "", 'File,"Seats, all",crew\r\nFerry,40,"Tom, Vera"\r\n'),
        (["--json", table_query], "", '{"type":"table","headers":["File","Seats, all","crew"],"values":[[{"$link":{"path":"Ferry.md","type":"file"}},40,["Tom","Vera"]]]}\n'),
        (["TASK"], "", "- [ ] Paint the rail\n- [x] Oil the winch\n"),
        (["--from", "Ferry.md", "--lang", "expression", "this.seats / 8"], "", "5\n"),
        (["--lang", "expression", "this.seats"], "", "-\n"),
        (["--from", "Ferry.md", "LIST FROM [[]]"], "", "- Home\n"),
        (["--today", "2026-01-15", "--lang=expression", "string(date(today))"], "", "January 15, 2026\n"),
        (["-"], "LIST\nLIMIT 1\n", "- Ferry\n"),
        (["-"], "LIST\r\nLIMIT 1\r\n", "- Ferry\n"),
        (["-"], "\ufeffLIST LIMIT 1", "- Ferry\n"),
        (["--csv", "-"], "LIST LIMIT 1", "Ferry\r\n"),
        (["LIST WHERE seats = 7"], "", ""),
        (["-"], 'LIST WHERE contains(file.name, "' + "x" * 10_000_000 + '")', ""),
        (["--lang", "tasks", "not done"], "", "- [ ] Paint the rail  (Ferry.md:5)\n1 task\n"),
        (["--lang", "expression", "-"], 'length("' + "x" * 10_000_000 + '")', "10000000\n"),
    ]:
        text, said = c.run("query", c.vault, *arguments, given=given.encode())
        c.expect(text == wanted and said == "", f"query {arguments}: {text[:300]!r} {said[:300]!r}")
    c.expect(not os.path.exists(c.out), "query built something")


def tasks_are_rows(c):
    """Tasks queries as CSV: all fields of each task, after its groups; and the same for people."""
    put(c.vault, "Slip.md", """## Slipway, "north"
- [ ] Grease, then haul ⏫ 🔁 every week 📅 2026-02-30 🆔 haul #wood #iron
- [?] Ask "Tom" ⛔ haul ⏳ 2026-01-16 ➕ 2026-01-02 🛫 2026-01-10
- [x] Sweep 🏁 keep 🔽 ✅ 2026-01-09 ^sweep
""")
    put(c.vault, "Secret.md", "---\npublish: false\n---\n- [ ] Tell nobody\n")
    columns = ("status,status.name,description,id,depends on,priority,recurrence rule,on completion,created date,start date,"
               "scheduled date,due date,cancelled date,done date,urgency,path,line,heading\r\n")
    haul = (' ,Todo,"Grease, then haul #wood #iron",haul,,high,every week,,,,,Invalid date,,,6.000,Slip.md,2,'
            '"Slipway, ""north"""\r\n')
    ask = '?,Unknown,"Ask ""Tom""",,haul,,,,2026-01-02,2026-01-10,2026-01-16,,,,1.950,Slip.md,3,"Slipway, ""north"""\r\n'
    sweep = 'x,Done,Sweep,,,low,,keep,,,,,,2026-01-09,0.000,Slip.md,4,"Slipway, ""north"""\r\n'
    for query, wanted in [
        ("", columns + haul + ask + sweep),
        ("hide due date\nhide priority\nhide tags\nnot done\nlimit 1", columns + haul),
        ("description includes nothing of it\ngroup by due", "group by due," + columns),
        ("group by tags\ngroup by priority\nnot done", "group by tags,group by priority," + columns + "(No tags),Normal priority," + ask +
         "#iron,High priority," + haul + "#wood,High priority," + haul),
        ("view columns by status.type\ndone", "group by status.type," + columns + "DONE," + sweep),
    ]:
        text, said = c.run("query", c.vault, "--today", "2026-01-15", "--lang", "tasks", "--csv", query)
        c.expect(text == wanted and said == "", f"{query}: {text!r} {said!r}")
    text, said = c.run("query", c.vault, "--lang", "tasks", "--csv", "sort by dew", code=1)
    c.expect(text == "" and said == 'do not understand query\nProblem line: "sort by dew"\n', f"{text!r} {said!r}")
    put(c.vault, "Slip.md", "# %%7%%A%%b%% heading\n- [ ] one\n")
    text = c.run("query", c.vault, "--lang", "tasks", "group by heading")[0]
    c.expect(text == "# A heading\n- [ ] one  (Slip.md:2)\n1 task\n", repr(text))


def queries_that_fail(c):
    """The place with a caret on standard error, or the whole as JSON; exit 1."""
    for arguments, given, wanted in [
        (["LIST WHERE"], "", "line 1, column 11: expected an expression behind WHERE, but the query ends\nLIST WHERE\n          ^\n"),
        (['TABLE file.name,\n  "Ä" + ((\nFROM "x"'], "", 'line 3, column 1: expected an expression behind "(", not "FROM"\nFROM "x"\n^\n'),
        (['LIST WHERE "Ä" = )'], "", 'line 1, column 18: expected an expression behind "=", not ")"\nLIST WHERE "Ä" = )\n                 ^\n'),
        (["--csv", "LIST WHERE"], "", "line 1, column 11: expected an expression behind WHERE, but the query ends\nLIST WHERE\n          ^\n"),
        (["LIST LIMIT true"], "", "Failed to execute 'limit' statement: limit should be a number, but got 'boolean' (true)\n"),
        (["--lang", "expression", "1 + true"], "", "No implementation found for 'number + boolean'\n"),
        (["-"], "LIST \0 WHERE", 'line 1, column 6: expected an expression, a clause or the end behind LIST, not "\ufffd"\nLIST \ufffd WHERE\n     ^\n'),
    ]:
        text, said = c.run("query", c.vault, *arguments, given=given.encode(), code=1)
        c.expect(text == "" and said == wanted, f"query {arguments}: {text[:300]!r} {said[:300]!r}")
    text, said = c.run("query", c.vault, "--json", "LIST WHERE", code=1)
    c.expect(said == "" and json.loads(text) == {
        "error": True, "stage": "parse", "message": "expected an expression behind WHERE, but the query ends",
        "line": 1, "column": 11}, text)
    for given in (b"", b"\xff\xfeL\0I\0S\0T\0", b"\xff\xfe\xfd", b"LIST \xc3(", b"\x1b[2JLIST"):
        text, said = c.run("query", c.vault, "-", given=given, code=1)
        c.expect(text == "" and said.startswith("line 1, column ") and "\x1b" not in said, f"{given}: {text!r} {said!r}")
    said = c.run("query", c.vault, "-", given=b"LIST WHERE " + b"x" * 17_000_000, code=2)[1]
    c.expect("a query may have 16 MB" in said, said[:300])
    with open("/dev/full", "wb") as full:
        p = subprocess.run([S.program(), "query", c.vault, "LIST"], stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE, check=False)
    c.expect(p.returncode == 2 and b"the answer cannot be printed" in p.stderr, f"/dev/full: {p.returncode} {p.stderr}")


def batches_go_on(c):
    """Each line gives a line; a bad one an error, and the next is answered."""
    value = {"type": "value", "value": 2, "valueType": "number", "string": "2"}
    shape, query, language = ("a line is a JSON object of id, lang, origin and query", "there is no query, or it is no text",
                              "lang is none of dataview, expression and tasks")
    lines = [
        ('{"id":"a","lang":"expression","query":"1+1"}', "a", value),
        ("nonsense", "", shape), ("[1]", "", shape), ('"id"', "", shape), ('{"id":"b"', "", shape),
        ('{"id":"c"}', "c", query), ('{"id":"d","lang":"expression","query":7}', "d", query),
        ('{"id":"e","lang":"klingon","query":"1"}', "e", language), ('{"id":"f","query":"1"}', "f", language),
        ('{"id":5,"lang":"expression","query":"1+1"}', "", value), ('{"lang":"expression","query":"1+1"}', "", value),
        ('{"id":"g \\u0000\\"","lang":"expression","query":"1+1"}\r', 'g \0"', value),
        ('{"id":"h","lang":"expression","query":"1 +"}', "h", 'expected an expression behind "+", but the expression ends'),
        ('{"id":"i","lang":"dataview","query":"LIST \\u0000"}', "i", "expected an expression, a clause or the end behind LIST"),
        ('{"id":"j","lang":"tasks","query":"not done"}', "j",
         {"type": "tasks", "countText": "0 tasks", "groups": [{"headings": [], "count": "0 tasks", "tasks": []}]}),
        ('{"id":"j2","lang":"tasks","query":"no such line"}', "j2", "do not understand query"),
        ('{"id":"k","lang":"expression","origin":"Nope.md","query":"this"}', "k",
         {"type": "value", "value": {}, "valueType": "object", "string": "{  }"}),
        ('{"id":"l","lang":"expression","origin":"Ferry.md","query":"this.file.name"}', "l",
         {"type": "value", "value": "Ferry", "valueType": "string", "string": "Ferry"}),
        ('{"id":"m","lang":"expression","query":"length(\\"' + "x" * 10_000_000 + '\\")"}', "m", {"value": 10_000_000}),
        ('{"id":"n","lang":"expression","query":"' + "x" * 17_000_000 + '"}', "", "a line may have 16 MB"),
        ('{"id":"' + "[" * 300 + '","lang":"expression","query":"1+1"}', "[" * 300, value),
        ("[" * 100_000, "", shape), ("\0", "", shape), ("\ud800", "", shape),
        ('{"id":"last","lang":"expression","query":"1+1"}', "last", value),
    ]
    for forms in ([], ["--json"]):
        text, said = c.run("query", c.vault, "--batch", *forms,
                           given=b"\n  \n" + "\n".join(line for line, _, _ in lines).encode("utf-8", "surrogatepass"))
        got = [json.loads(line) for line in text.splitlines()]
        c.expect(said == "" and len(got) == len(lines), f"{len(got)} answers to {len(lines)} lines: {said}")
        for (line, name, result), answer in zip(lines, got):
            wanted = result if isinstance(result, dict) else {"error": True}
            c.expect(answer["id"] == name and wanted.items() <= answer["result"].items() and
                     (isinstance(result, dict) or result in answer["result"]["message"]), f"{line[:80]!r}: {str(answer)[:300]}")


def damaged(text, codec="mac_roman"):
    return text.encode().decode(codec)


def repairs_are_listed(c):
    """Published notes alone, each stretch with its place; nothing is changed."""
    put(c.vault, "Quay.md", damaged("---\ntitle: “Quay”\n---\nThe crew’s café – Zażółć\n"))
    put(c.vault, f"{damaged('Café')}/{damaged('Été')}.md", "Healthy: été.\n")
    put(c.vault, "Hidden.md", damaged("---\npublish: false\n---\nIt’s secret.\n"))
    put(c.vault, "vaultsite.yaml", "mojibake: off\n")
    before = S.site_stats(c.vault)
    text, said = c.run("repair", c.vault)
    wanted = [f"{damaged('Café')}/{damaged('Été')}.md:1:1: {damaged('Café')}/{damaged('Été')}.md → Café/Été.md",
              f"Quay.md:2:8: {damaged('“')} → “", f"Quay.md:2:15: {damaged('”')} → ”", f"Quay.md:4:9: {damaged('’')} → ’",
              f"Quay.md:4:17: {damaged('é')} → é", f"Quay.md:4:20: {damaged('–')} → –", f"Quay.md:4:26: {damaged('żółć')} → żółć"]
    c.expect(said == "" and text.splitlines() == wanted, f"{text!r} {said!r}")
    c.expect(S.site_stats(c.vault) == before, "the vault was changed")
    with open("/dev/full", "wb") as full:
        p = subprocess.run([S.program(), "repair", c.vault], stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE, check=False)
    c.expect(p.returncode == 2 and p.stderr, f"/dev/full: {p.returncode} {p.stderr}")


def repairs_go_on(c):
    """Each line gives a line, a bad one an error."""
    shape, digits = "a line is a JSON object of id, hex and as", "hex is missing, or is not bytes of two digits each"
    lines = [
        ({"id": "a", "hex": damaged("it’s").encode().hex()}, "it’s".encode().hex()),
        ({"id": "b", "hex": "C3A9".upper() + "0d0a"}, "c3a90d0a"), ({"id": "c", "hex": ""}, ""),
        ({"id": "d", "hex": "ff41"}, "efbfbd41"),
        ({"id": "e", "hex": damaged("Été — `’`").encode().hex(), "as": "name"}, "Été — `’`".encode().hex()),
        ({"id": "f", "hex": "A\u030a".encode().hex(), "as": "name"}, "c385"), ({"id": "g", "hex": "A\u030a".encode().hex()}, "41cc8a"),
        ({"id": "h", "hex": "abc"}, digits), ({"id": "i", "hex": "zz"}, digits), ({"id": "j"}, digits), ({"id": "k", "hex": 7}, digits),
        ({"id": "l", "hex": "41", "as": "note"}, "as is nothing but name"), ([], shape), ({"hex": "41"}, "41"),
        ({"id": "m", "hex": "41" * 9_000_000}, "a line may have 16 MB"), ({"id": "n", "hex": "41" * 8_000_000}, "41" * 8_000_000),
    ]
    text, said = c.run("repair", "--batch", given=("\n".join(json.dumps(line) for line, _ in lines) + "\n\n").encode())
    got = [json.loads(line) for line in text.splitlines()]
    c.expect(said == "" and len(got) == len(lines), f"{len(got)} answers to {len(lines)} lines: {said}")
    for (line, result), answer in zip(lines, got):
        name = line.get("id", "") if line and len(line.get("hex", "") if isinstance(line.get("hex"), str) else "") < 17_000_000 else ""
        wanted = {"id": name, "error" if " " in result else "hex": result}
        c.expect(answer == wanted, f"{str(line)[:80]}: {str(answer)[:200]}")
    with open("/dev/full", "wb") as full:
        p = subprocess.run([S.program(), "repair", "--batch"], input=b'{"hex":""}\n', stdout=full, stderr=subprocess.PIPE, check=False)
    c.expect(p.returncode == 2 and b"the answer cannot be printed" in p.stderr, f"/dev/full: {p.returncode} {p.stderr}")


def colours_on_a_terminal_only(c):
    c.flaws()
    arguments = ("check", c.vault)
    plain = c.run(*arguments, code=1)[1]
    for env, coloured in (({}, True), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False),
                          ({"TERM": ""}, False), ({"TERM": None}, False)):
        sent = c.on_terminal(*arguments, env=env)
        for colour, word in (("1;31", "error"), ("1;33", "warning"), ("36", "note")):
            c.expect((f": \x1b[{colour}m{word}\x1b[0m: " in sent) == coloured, f"{env}: {word}")
        c.expect(coloured or "\x1b" not in sent, f"{env}: an escape")
        bare = re.sub(r"\x1b\[[\d;]*[mK]|\r", "", sent)
        c.expect(re.sub(r"[\d.]+ s$", "", bare.strip()) == re.sub(r"[\d.]+ s$", "", plain.strip()), f"{env}: another text")
    c.expect("\x1b" not in c.run(*arguments, code=1, env={"TERM": "xterm"})[1], "colours in a pipe")
    json.loads(c.on_terminal(*arguments, "--format", "json"))
    sent = c.on_terminal("build", "--frmat")
    c.expect("\x1b" not in sent and "did you mean --format?" in sent, sent)


def progress_on_a_terminal_only(c):
    for i in range(600 if S.SANITISED else 1200):
        put(c.vault, f"Many/{i}.md", f"[[{i + 1}]] and more\n" * 40)
    put(c.vault, "Flaws.md", "[[Missing]]\n")
    arguments = ("build", c.vault, c.out, "--force", "--jobs", "2")
    for columns in (80, 20, 7, 1):
        sent = c.on_terminal(*arguments, columns=columns, slowly=True)
        lines = re.findall(r"\r([^\r\n\x1b]*)\x1b\[K", sent)
        c.expect(any(lines) or columns == 1 and lines, f"{columns} columns: no progress")
        c.expect(all(len(line) < columns for line in lines), f"{columns} columns: {max(lines, key=len, default=None)!r}")
        c.expect(columns < 80 or all(re.fullmatch(r"|linking|planning|(compiling notes|writing pages): \d+ of \d+", line)
                                     for line in lines), f"{lines}")
        shown = "".join(screen(sent, columns))
        c.expect(shown.startswith("Flaws.md:1:1: warning: link-missing: ") and shown.rstrip().endswith(" s") and
                 shown.count("vaultsite: ") == 1, f"{columns} columns: {shown[:200]!r}")
    for options, env in ((["--quiet"], {}), (["--format", "json"], {}), ([], {"TERM": "dumb"})):
        sent = c.on_terminal(*arguments, *options, env=env, slowly=True)
        c.expect(not re.search(r"\r(?!\n)|\x1b", sent), f"{options} {env}: {sent[:200]!r}")
    c.expect(not re.search(r"[\r\x1b]", c.run(*arguments, env={"TERM": "xterm"})[1]), "progress in a pipe")
    began = time.monotonic()
    sent = c.on_terminal("check", c.vault, "--jobs", "2", env={"NO_COLOR": "1"})
    c.expect(time.monotonic() - began > 0.4 or not re.search(r"\r(?!\n)|\x1b", sent), f"a fast check: {sent[:200]!r}")


def output(c, *arguments, text=None):
    """What another program says; what it complains of is a fault."""
    p = subprocess.run(arguments, input=text, stdin=None if text else subprocess.DEVNULL, capture_output=True, text=True,
                       check=False, timeout=60, env={**os.environ, "HOME": c.place, "LC_ALL": "C"})
    c.expect(p.returncode == 0 and p.stderr == "", f"{' '.join(arguments)[:100]}: exit {p.returncode}: {p.stderr[:300]}")
    return p.stdout


def completed(c, shell, line):
    """The words that the shell offers at the end of the line."""
    if shell == "fish":
        text = output(c, "fish", "--no-config", "-c", f"source {DOCS}/fish; complete -C '{line}'")
        return {word.split("\t")[0] for word in text.splitlines()}
    # As bash takes it apart: an equals sign is a word.
    words = " ".join(f"'{w}'" for w in re.findall(r"=|[^ =]+|(?<= )$", line))
    script = f'source {DOCS}/bash; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _vaultsite; '
    return set(output(c, "bash", "-c", script + 'printf "%s\\n" "${COMPREPLY[@]}"').split())


def shells_complete(c):
    output(c, "bash", "-n", f"{DOCS}/bash")
    output(c, "zsh", "-n", f"{DOCS}/zsh")
    output(c, "fish", "--no-execute", f"{DOCS}/fish")
    zsh = S.read(DOCS, "zsh").decode()
    for command in COMMANDS:
        options = {name for name, _, commands in OPTIONS if belongs(commands, command)}
        for shell in ("bash", "fish"):
            found = completed(c, shell, f"vaultsite {command} --")
            c.expect({w.rstrip("=") for w in found if w.startswith("--")} == options, f"{shell}: {command}: {found}")
        part = re.search(rf"^    {command}\)\n(.*?)^        ;;", zsh, re.M | re.S)[1]
        c.expect(set(re.findall(r"^ +'(--[\w-]+)=?\[", part, re.M)) == options, f"zsh: {command}")
    for shell in ("bash", "fish"):
        for line, words in [
            ("vaultsite ", set(COMMANDS)), ("vaultsite ch", {"check"}), ("vaultsite help ex", {"explain"}),
            ("vaultsite build --format ", {"text", "json", "sarif", "github"}),
            ("vaultsite build --jobs 2 --format s", {"sarif"}),
            ("vaultsite check --dates ", {"git", "files"}),
            ("vaultsite explain ", {code for _, code, _ in CODES} | {name for name, _ in FUNCTIONS} | {"functions", "instructions"}), ("vaultsite explain link-c", {"link-case"}),
        ]:
            c.expect(completed(c, shell, line) == words, f"{shell}: {line}: {completed(c, shell, line)}")
    c.expect(completed(c, "bash", "vaultsite build --format=") == {"text", "json", "sarif", "github"}, "bash: --format=")
    c.expect(completed(c, "bash", "vaultsite build --format=j") == {"json"}, "bash: --format=j")
    put(c.place, "list.yaml", "")
    for shell in ("bash", "fish"):
        c.expect(completed(c, shell, f"vaultsite build --config {c.place}/li") == {f"{c.place}/list.yaml"}, f"{shell}: --config")
        c.expect(completed(c, shell, f"vaultsite build --today {c.place}/li") == set(), f"{shell}: --today")
    for line in (f"vaultsite build {c.place}/va", f"vaultsite build x {c.place}/va", f"vaultsite check --theme {c.place}/va"):
        for shell in ("bash", "fish"):
            c.expect({w.rstrip("/") for w in completed(c, shell, line)} == {c.vault}, f"{shell}: {line}")


def the_manual_page(c):
    page = os.path.join(DOCS, "man")
    c.expect(output(c, "mandoc", "-T", "lint", "-W", "warning", page) == "", "mandoc complains")
    text = output(c, "mandoc", "-T", "ascii", "-O", "width=200", page)
    text = re.sub(r".\x08", "", text)
    for name, value, _ in OPTIONS:
        c.expect(re.search(rf"^ +{name}{' ' if value else ''}{re.escape(value)}( |$)", text, re.M), f"man: {name}")
    for command in COMMANDS:
        c.expect(re.search(rf"^ +vaultsite {command} \[OPTION\]", text, re.M), f"man: {command}")
    c.expect(len(KEYS) > 40, "the table of settings was not read")
    for key in KEYS:
        c.expect(re.search(rf"^ +{re.escape(key)} \(", text, re.M), f"man: {key}")
    words = set(re.findall(r"[\w-]+", text))
    c.expect({code for _, code, _ in CODES} | {"NO_COLOR", "SOURCE_DATE_EPOCH"} <= words, "man: a code or variable is missing")
    sections = re.findall(r"^[A-Z][A-Z ]+$", text, re.M)
    c.expect(sections == ["NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "FILES",
                          "SETTINGS", "FINDINGS", "EXAMPLES"], f"man: {sections}")


CASES = [every_option_is_tested, help_is_complete, version_is_told, usage_errors, values_in_both_forms,
         config_is_read_instead, bad_settings, theme_is_used, base_url_gives_a_sitemap, json_is_json, quiet_is_quiet,
         strict_leaves_out_as_it_is, check_has_its_levels, the_clock, force_builds_again,
         settings_by_option, findings_are_explained, functions_are_explained, instructions_are_explained,
         queries_are_answered, tasks_are_rows, queries_that_fail, batches_go_on, repairs_are_listed, repairs_go_on,
         colours_on_a_terminal_only, progress_on_a_terminal_only, shells_complete, the_manual_page]


def main():
    score = S.Score()
    for case in CASES:
        with tempfile.TemporaryDirectory(prefix="vaultsite-cli-") as place:
            c = Case(place)
            began = time.monotonic()
            case(c)
            score.verdict(case.__name__.replace("_", " "), c.faults, time.monotonic() - began)
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
