#!/usr/bin/env python3
"""The command line: every option of src/cli/options.def, and every way to misuse it."""
import json
import os
import re
import subprocess
import sys
import tempfile
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

    def run(self, *arguments, code=0, env=None):
        """(standard output, standard error) of `vaultsite ARGUMENT…`."""
        p = subprocess.run([S.program(), *arguments], stdin=subprocess.DEVNULL, capture_output=True, check=False,
                           env={**os.environ, **(env or {})}, timeout=120)
        said = p.stderr.decode("utf-8", "replace")
        self.expect(p.returncode == code, f"{' '.join(arguments)}: exit {p.returncode} instead of {code}: {said[-300:]}")
        return p.stdout.decode("utf-8", "replace"), said

    def build(self, *options, code=0, **more):
        return self.run("build", self.vault, self.out, *options, code=code, **more)[1]

    def flaws(self):
        """Findings of each severity, more than 20 of one code."""
        put(self.vault, "Flaws.md", "".join(f"[[Missing {i}]]\n" for i in range(30)) + "<script>x</script>\n\ntext[^none]\n")
        put(self.vault, "Broken.md", "---\na: [\n---\nText.\n")

    def untouched(self, before, what):
        self.expect(before == (S.site_stats(self.out) if os.path.exists(self.out) else None), what)


def rows(name):
    """(name, value, commands) of each option in the table that the program is made from."""
    with open(os.path.join(S.ROOT, "src", "cli", name), encoding="utf-8") as f:
        return re.findall(r'^OPTION\(\w+, "(--[\w-]+)", "([^"]*)", ([\w| ]+),', f.read(), re.M)


OPTIONS = rows("options.def")


def every_option_is_tested(c):
    """A new row of the table needs a case here."""
    with open(__file__, encoding="utf-8") as f:
        text = f.read()
    for name, _, _ in OPTIONS:
        c.expect(text.count(f'"{name}') > 0, f"no case for {name}")
    c.expect(len(OPTIONS) >= 10, "the table was not read")


def help_is_complete(c):
    text, said = c.run("--help")
    c.expect(said == "" and "build VAULT OUT" in text and "check VAULT" in text, text)
    for command, bit in (("build", "IN_BUILD"), ("check", "IN_CHECK")):
        for arguments in ([command, "--help"], ["--help", command], [command, c.vault, "--help"]):
            text, said = c.run(*arguments)
            for name, value, commands in OPTIONS:
                there = re.search(rf"^  {name}( |$)", text, re.M) is not None
                c.expect(there == (bit in commands or "IN_ALL" in commands), f"{command} --help and {name}")
                c.expect(not there or value in text, f"{command} --help: no {value}")
            c.expect(said == "", f"{command} --help: {said}")
            c.expect(all(len(line) <= 80 for line in text.splitlines()), f"{command} --help: long lines")
    c.expect(not os.path.exists(c.out), "--help built something")


def version_is_told(c):
    for arguments in (["--version"], ["build", "--version"], ["check", c.vault, "--version"]):
        text, said = c.run(*arguments)
        c.expect(re.fullmatch(r"vaultsite \d+\.\d+\.\d+\n", text) and said == "", repr(text + said))


def usage_errors(c):
    for arguments, word in [
        ([], "no command"),
        (["biuld", c.vault, c.out], "did you mean build?"),
        (["frobnicate"], "unknown command frobnicate"),
        (["build"], "build needs VAULT OUT"),
        (["build", c.vault], "build needs VAULT OUT"),
        (["check"], "check needs VAULT"),
        (["build", c.vault, c.out, "third"], "one operand too many: third"),
        (["check", c.vault, c.out], "one operand too many"),
        (["build", c.vault, c.out, "--stirct"], "did you mean --strict?"),
        (["build", c.vault, c.out, "--base_url=x"], "did you mean --base-url?"),
        (["build", c.vault, c.out, "--quite"], "did you mean --quiet?"),
        (["build", c.vault, c.out, "--job=2"], "did you mean --jobs?"),
        (["build", c.vault, c.out, "--entirely-unknown"], "unknown option --entirely-unknown"),
        (["build", c.vault, c.out, "-x"], "unknown option -x"),
        (["check", c.vault, "--force"], "unknown option --force"),
        (["build", c.vault, c.out, "--strict=yes"], "--strict takes no value"),
        (["build", c.vault, c.out, "--help=me"], "--help takes no value"),
        (["build", c.vault, c.out, "--config"], "--config takes FILE"),
        (["build", c.vault, c.out, "--jobs"], "--jobs takes N"),
        *((["build", c.vault, c.out, f"--jobs={n}"], f"--jobs takes N, not {n}")
          for n in ("0", "-1", "257", "2x", "", " 2", "99999999999999999999")),
        *((["build", c.vault, c.out, "--today", t], f"--today takes TIME, not {t}")
          for t in ("2026-02-30", "yesterday", "2026-1-5", "", "2026-01-15T25:00:00Z", "2026-01-15T12:00:00")),
        (["build", c.vault, c.out, "--format", "xml"], "--format takes text|json|sarif|github, not xml"),
        (["build", c.vault, c.out, "--dates", "svn"], "--dates takes git|files, not svn"),
        *((["build", c.vault, c.out, "--base-url", u], "--base-url takes an http or https address")
          for u in ("example.org", "ftp://example.org/", "https://", "https://x/?q", "javascript:x", "https://a b/")),
        (["build", c.vault, c.out, "--theme", os.path.join(c.place, "none")], "none: No such file"),
    ]:
        text, said = c.run(*arguments, code=2)
        c.expect(word in said and text == "", f"{' '.join(arguments)}: {said!r}")
        c.expect(not os.path.exists(c.out), f"{' '.join(arguments)}: OUT was made")


def values_in_both_forms(c):
    for options in (["--jobs", "2"], ["--jobs=2"], ["--today=2026-01-15"], ["--today", "2026-01-15T12:00:00+02:00"],
                    ["--format=text"], ["--base-url=https://example.org/a=b/"]):
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
    c.expect(set(report["steps"]) == {"scan", "compile", "link", "plan", "stitch", "emit"}, repr(report["steps"]))
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


CASES = [every_option_is_tested, help_is_complete, version_is_told, usage_errors, values_in_both_forms,
         config_is_read_instead, bad_settings, theme_is_used, base_url_gives_a_sitemap, json_is_json, quiet_is_quiet,
         strict_leaves_out_as_it_is, check_has_its_levels, the_clock, force_builds_again]


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
