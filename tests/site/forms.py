#!/usr/bin/env python3
"""Findings in every form that --format knows: text, json, sarif, github."""
import json
import os
import re
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import sites as S

FORMS = ("text", "json", "sarif", "github")
LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def put(root, path, text):
    full = os.path.join(root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as f:
        f.write(text)


class Case:
    def __init__(self, place):
        self.place, self.vault, self.faults = place, os.path.join(place, "vault"), []
        put(self.vault, "Home.md", "[[Ferry]]\n")
        put(self.vault, "Ferry.md", "A ferry.\n")

    def expect(self, good, what):
        if not good:
            self.faults.append(what)

    def flaws(self):
        put(self.vault, "Warnings: 100%, all/Äpfel & Birnen.md", "Ä 🍎 [[Nowhere]]\n\n" + "".join(f"[[Missing {i}]]\n" for i in range(30)))
        put(self.vault, "Error.md", "---\na: [\n---\n")
        put(self.vault, "Note.md", "<script>x</script>\n")

    def run(self, *arguments, code=0, cwd=None, form=None):
        words = [*arguments, "--dates", "files"] + (["--format", form] if form else [])
        p = subprocess.run([S.program(), *words], stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=120, cwd=cwd)
        self.expect(p.returncode == code, f"{words}: exit {p.returncode} instead of {code}: {p.stderr[-300:]}")
        self.expect(p.stdout == b"", f"{words}: standard output")
        return p.stderr.decode("utf-8")

    def sarif(self, *arguments, **more):
        return json.loads(self.run(*arguments, form="sarif", **more))


def commands(said):
    """(command, properties, message) of each workflow command, escapes undone as GitHub undoes them."""
    found = []
    for line in said.splitlines():
        m = re.fullmatch(r"::(\w+)(?: ([^:]*))?::(.*)", line)
        if m:
            values = dict(part.split("=", 1) for part in (m[2] or "").split(",") if part)
            undo = lambda s: re.sub(r"%(0D|0A|3A|2C|25)", lambda h: chr(int(h[1], 16)), s)
            found.append((m[1], {k: undo(v) for k, v in values.items()}, undo(m[3])))
    return found


# What the public schema of SARIF 2.1.0 requires of each object here, and the values it allows.
def check_sarif(c, log):
    def needs(what, thing, *keys, only=()):
        c.expect(isinstance(thing, dict) and all(k in thing for k in keys), f"{what} lacks one of {keys}: {str(thing)[:200]}")
        c.expect(set(thing) <= set(keys) | set(only), f"{what} has {set(thing) - set(keys) - set(only)}")

    levels = ("none", "note", "warning", "error")
    needs("log", log, "version", "runs", only=["$schema"])
    c.expect(log["version"] == "2.1.0" and len(log["runs"]) == 1, "version, runs")
    run = log["runs"][0]
    needs("run", run, "tool", "results", only=["invocations", "originalUriBaseIds", "columnKind"])
    c.expect(run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints"), run["columnKind"])
    needs("tool", run["tool"], "driver")
    driver = run["tool"]["driver"]
    needs("driver", driver, "name", only=["version", "rules"])
    c.expect(re.fullmatch(r"\d+\.\d+\.\d+", driver["version"]), driver["version"])
    ids = [r["id"] for r in driver["rules"]]
    c.expect(len(set(ids)) == len(ids), "a rule twice")
    for r in driver["rules"]:
        needs("rule", r, "id", only=["shortDescription", "defaultConfiguration"])
        needs("description", r["shortDescription"], "text")
        c.expect(r["defaultConfiguration"]["level"] in levels, str(r))
    for i in run["invocations"]:
        needs("invocation", i, "executionSuccessful", only=["exitCode", "toolExecutionNotifications"])
        c.expect(isinstance(i["executionSuccessful"], bool) and isinstance(i["exitCode"], int), str(i))
        for n in i.get("toolExecutionNotifications", []):
            needs("notification", n, "message", only=["level"])
            c.expect(n["level"] in levels and n["message"]["text"], str(n))
    for r in run["results"]:
        needs("result", r, "message", only=["ruleId", "ruleIndex", "level", "locations"])
        needs("message", r["message"], "text")
        c.expect(r["level"] in levels and ids[r["ruleIndex"]] == r["ruleId"], str(r))
        for place in r.get("locations", []):
            needs("location", place, "physicalLocation")
            physical = place["physicalLocation"]
            needs("physical location", physical, "artifactLocation", only=["region"])
            needs("artifact", physical["artifactLocation"], "uri", "uriBaseId")
            c.expect(re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", physical["artifactLocation"]["uri"]), str(physical))
            c.expect(physical["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"], str(physical))
            region = physical.get("region", {"startLine": 1})
            needs("region", region, "startLine", only=["startColumn"])
            c.expect(all(isinstance(v, int) and v >= 1 for v in region.values()), str(region))
    for base in run["originalUriBaseIds"].values():
        c.expect(base.get("uri", "/").endswith("/") and set(base) <= {"uri", "description"}, str(base))
    return run


def sarif_is_sarif(c):
    run = check_sarif(c, c.sarif("check", c.vault))
    with open(os.path.join(S.ROOT, "src", "diag", "codes.def"), encoding="utf-8") as f:
        table = [(name, severity.lower()) for severity, name in re.findall(r'^DIAG\(\w+, DIAG_(\w+), "([\w-]+)"', f.read(), re.M)]
    c.expect([(r["id"], r["defaultConfiguration"]["level"]) for r in run["tool"]["driver"]["rules"]] == table, "the rules are not the table")
    c.expect(run["results"] == [] and run["invocations"] == [{"executionSuccessful": True, "exitCode": 0}], str(run["invocations"]))
    c.flaws()
    run = check_sarif(c, c.sarif("check", c.vault, code=1))
    c.expect(run["invocations"] == [{"executionSuccessful": True, "exitCode": 1}], str(run["invocations"]))
    findings = json.loads(c.run("check", c.vault, form="json", code=1))["findings"]
    c.expect(len(findings) > 32 and [(r["ruleId"], r["level"], r["message"]["text"]) for r in run["results"]] ==
             [(f["code"], f["severity"], f"{f['text']}; {f['instead']}") for f in findings], "other findings than in JSON")
    c.expect(c.sarif("check", c.vault, "--strict", code=1)["runs"][0]["results"] == run["results"], "--strict")


def sarif_tells_what_could_not_be_done(c):
    run = check_sarif(c, c.sarif("check", os.path.join(c.place, "none"), code=2))
    note = run["invocations"][0]["toolExecutionNotifications"][0]
    c.expect(not run["invocations"][0]["executionSuccessful"] and "No such file" in note["message"]["text"], str(note))
    put(c.vault, "vaultsite.yaml", "titel: x\n")
    run = check_sarif(c, c.sarif("build", c.vault, os.path.join(c.place, "out"), code=2))
    c.expect([r["ruleId"] for r in run["results"]] == ["settings-invalid"] and not run["invocations"][0]["executionSuccessful"], str(run["results"]))


def paths_are_the_repositorys(c):
    """However the vault is named: below the folder that the program runs in."""
    c.flaws()
    encoded, plain = "Warnings%3A%20100%25%2C%20all/%C3%84pfel%20%26%20Birnen.md", "Warnings: 100%, all/Äpfel & Birnen.md"
    for cwd, operand, before in [(c.place, "vault", "vault/"), (c.place, "./vault//", "vault/"), (c.vault, ".", ""), (c.vault, "./", ""),
                                 (os.path.dirname(c.place), os.path.basename(c.place) + "/./vault", os.path.basename(c.place) + "/vault/"),
                                 (c.vault, "../vault", "../vault/"), (c.place, c.vault, c.vault + "/")]:
        found = [p for _, p, _ in commands(c.run("check", operand, form="github", cwd=cwd, code=1))]
        c.expect({"file": before + plain, "line": "1", "col": "5", "title": "link-missing"} in found, f"{operand} in {cwd}: {found[:3]}")
        run = check_sarif(c, c.sarif("check", operand, cwd=cwd, code=1))
        absolute = operand.startswith("/")
        uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]}
        c.expect(("" if absolute else before) + encoded in uris, f"{operand}: {uris}")
        c.expect(run["originalUriBaseIds"]["%SRCROOT%"].get("uri") == (f"file://{c.vault}/" if absolute else None), str(run["originalUriBaseIds"]))


def files_outside_the_vault_have_their_own_paths(c):
    put(c.place, "ci/settings.yaml", "titel: x\n")
    found = commands(c.run("check", "vault", "--config", "ci/settings.yaml", form="github", cwd=c.place, code=2))
    c.expect(found and found[0][1].get("file") == "ci/settings.yaml", str(found))
    put(c.place, "theme/templates/note.html", "{{#nothing}}\n")
    found = commands(c.run("check", "vault", "--theme", "theme", form="github", cwd=c.place, code=1))
    c.expect(found and all(p["file"].startswith("theme/") for _, p, _ in found), str(found))
    put(c.vault, "vaultsite.yaml", "titel: x\n")
    found = commands(c.run("check", "vault", form="github", cwd=c.place, code=2))
    c.expect(found and found[0][1].get("file") == "vault/vaultsite.yaml", str(found))


def github_shows_what_text_shows(c):
    c.flaws()
    said = c.run("check", c.vault, form="github", code=1)
    text = c.run("check", c.vault, code=1)
    found = commands(said)
    wanted = re.findall(r"^(?:\S.*: )?(error|warning|note): ([\w-]+): (.*)$", text, re.M)
    c.expect([(n, p["title"], m) for n, p, m in found] == [(LEVELS[s], t, m) for s, t, m in wanted], f"{found[-2:]} {wanted[-2:]}")
    c.expect(("warning", {"title": "link-missing"}, "11 more") in found, str(found[-3:]))
    c.expect(said.splitlines()[-1].startswith("vaultsite: "), "the summary")
    c.expect([x for x in said.splitlines() if x.startswith("::")] == said.splitlines()[:-1], "a line that is neither")
    # A vault as a whole has no file.
    r = S.run("check", c.vault, "--dates", "git", "--format", "github").said
    c.expect(("warning", {"title": "dates-unknown"}, "the vault lies in no git work tree; only dates in properties are shown") in commands(r), r[:300])
    c.expect(commands(c.run("check", "none\n::error::x", form="github", code=2)) == [("error", {}, "none\n::error::x: No such file or directory")],
             "what could not be done")


def names_begin_no_command(c):
    """Line feeds, CRs and escapes in names and texts stay within theirs."""
    name = "a\n::error file=x::fake\r, : %0A \x1b[31m.md"
    put(c.vault, name, "[[b%0A::warning::c]]\n")
    said = c.run("check", c.vault, form="github")
    c.expect(len(commands(said)) == 1 == len([x for x in re.split(r"[\r\n]", said) if "::" in x]), repr(said))
    _, properties, message = commands(said)[0]
    c.expect(properties["file"].endswith(name.replace("\x1b", "\\x1b")), repr(properties))
    c.expect("\x1b" not in said and "b%0A::warning::c" in message, repr(said))
    run = check_sarif(c, c.sarif("check", c.vault))
    c.expect("%0A%3A%3Aerror" in run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], str(run["results"]))


def quiet_in_every_form(c):
    def shown(form, said):
        if form == "text":
            return re.findall(r": (error|warning|note): ", said), re.search("^vaultsite: ", said, re.M)
        if form == "github":
            return [{"notice": "note"}.get(n, n) for n, _, _ in commands(said)], re.search("^vaultsite: ", said, re.M)
        if form == "json":
            return [f["severity"] for f in json.loads(said)["findings"]], None
        return [r["level"] for r in json.loads(said)["runs"][0]["results"]], None

    for form in FORMS:
        said = c.run("check", c.vault, "--quiet", form=form)
        c.expect(shown(form, said) == ([], None) if said else form in ("text", "github"), f"{form}: {said[:200]}")
    c.flaws()
    for form in FORMS:
        everything, summary = shown(form, c.run("check", c.vault, form=form, code=1))
        c.expect({"error", "warning", "note"} == set(everything) and (summary is not None) == (form in ("text", "github")), f"{form}: {everything}")
        errors, summary = shown(form, c.run("check", c.vault, "--quiet", form=form, code=1))
        c.expect(errors == ["error"] and summary is None, f"--quiet {form}: {errors}")


def strict_in_every_form(c):
    """decisions.md 30: exit 1 from warnings up, and OUT stays as it is."""
    out = os.path.join(c.place, "out")
    for form in FORMS:
        c.run("build", c.vault, out, "--strict", "--today", "2026-01-15", form=form)
        c.run("check", c.vault, "--strict", form=form)
    before = S.site_stats(out)
    put(c.vault, "Note.md", "<script>x</script>\n")
    for form in FORMS:
        c.run("check", c.vault, "--strict", form=form)
    put(c.vault, "Warning.md", "[[Missing]]\n")
    for form in FORMS:
        said = c.run("build", c.vault, out, "--strict", form=form, code=1)
        c.expect("link-missing" in said, f"{form}: {said[:200]}")
        c.expect(S.site_stats(out) == before, f"{form}: OUT was touched")
        c.run("build", c.vault, out, "--strict", "--quiet", form=form, code=1)
        c.run("build", c.vault, os.path.join(c.place, "new"), "--strict", form=form, code=1)
        c.expect(not os.path.exists(os.path.join(c.place, "new")), f"{form}: OUT was made")
        c.run("check", c.vault, form=form)
        c.run("check", c.vault, "--strict", form=form, code=1)
    put(c.vault, "Error.md", "---\na: [\n---\n")
    for form in FORMS:
        c.run("check", c.vault, form=form, code=1)
        c.run("build", c.vault, out, "--strict", form=form, code=1)
    c.expect(S.site_stats(out) == before, "OUT was touched")
    for form in FORMS:
        c.run("build", c.vault, out, "--force", form=form)


CASES = [sarif_is_sarif, sarif_tells_what_could_not_be_done, paths_are_the_repositorys, files_outside_the_vault_have_their_own_paths,
         github_shows_what_text_shows, names_begin_no_command, quiet_in_every_form, strict_in_every_form]


def main():
    score = S.Score()
    for case in CASES:
        with tempfile.TemporaryDirectory(prefix="vaultsite-forms-") as place:
            c = Case(os.path.realpath(place))
            began = time.monotonic()
            case(c)
            score.verdict(case.__name__.replace("_", " "), c.faults, time.monotonic() - began)
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
