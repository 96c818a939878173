/* The Nu HTML checker finds nothing on any page but what is below. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { HERE, encoded, pagesOf } from "./sites.mjs";
import { gathered } from "./score.mjs";

/* What stays, and why: what each is about, and which it is. */
const ACCEPTED = [
  ["a note without a heading", // The article is the text below the page's own h1; its author need not divide it.
    (m) => m.message.startsWith("Article lacks heading.")],
  ["a heading as the author wrote it", // Levels stay (decisions.md 7): a note may have an h1 of its own.
    (m) => m.message.startsWith("Consider using the “h1” element as a top-level heading only")],
  ["headings of groups of tasks", // Their element is the plugins'; aria-level, which the checker does not count, says their level.
    (m) => m.message.startsWith("The heading “h4”") && /<h4( class="tasks-group-heading")? aria-level="/.test(m.extract)],
  ["footnotes of an embed", // Only the page's own are a landmark, so only they have a name.
    (m) => m.message.startsWith("Section lacks heading.") && m.extract.includes('<section class="footnotes"><hr>')],
];

/* A guess at the language, from letters that make no words: it comes and goes. */
const isGuess = (m, name) => m.message.startsWith("This document appears to be written in") && name.startsWith("unbroken/");

/* Of notes that a loop has written one in fifty tells of all, where others see to it that there is one. */
const isAlike = (site, path) => (site === "linked" && path.startsWith("ring/")) || (site === "paged" && /entry-\d+\.html$/.test(path) && !/[05]0\.html$/.test(path));

const JAR = join(HERE, "node_modules", "vnu-jar", "build", "dist", "vnu.jar");

/* Messages of the checker about these addresses. */
async function vnu(addresses) {
  const java = spawn("java", ["-Xss1m", "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", JAR, "--format", "json", "--exit-zero-always", ...addresses],
    { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  java.stderr.setEncoding("utf8").on("data", (text) => { said += text; });
  await new Promise((done, failed) => java.on("close", done).on("error", failed));
  const at = said.indexOf('{"');
  if (at < 0) throw new Error(`the checker says: ${said.slice(0, 500)}`);
  return JSON.parse(said.slice(at)).messages;
}

/* Over a server, so that 'self' in the pages' policy means something.  All sites in one start of Java. */
export async function checkValidity(built, place, score) {
  const of = new Map();
  for (const [site, folder] of Object.entries(built))
    for (const path of pagesOf(folder)) if (!isAlike(site, path)) of.set(place.bases[site] + encoded(path), `${site}/${path}`);
  const name = (m) => of.get(m.url) ?? m.url ?? "the checker";
  const messages = (await vnu([...of.keys()])).filter((m) => !isGuess(m, name(m)));
  const line = (m) => [`${name(m)}:${m.lastLine ?? ""} ${(m.extract ?? "").trim().slice(0, 60).replaceAll("\n", " ")}`, m.message];
  const warning = (m) => m.type === "info";

  const others = messages.filter((m) => !ACCEPTED.some(([, is]) => is(m)));

  score.verdict(`vnu: no errors on ${of.size} pages but those accepted`, gathered(others.filter((m) => !warning(m)).map(line)));
  score.verdict("vnu: no warnings but those accepted", gathered(others.filter(warning).map(line)));
  const accepted = ACCEPTED.map(([what, is]) => [messages.filter(is).length, what]);
  for (const [n, what] of accepted) console.log(`   accepted: ${n} × ${what}`);
  score.verdict("vnu: what is accepted still comes", accepted.filter(([n]) => n === 0).map(([, what]) => what));
}
