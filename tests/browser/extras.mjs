/* Code, formulas and diagrams: drawn where they can be, safe, usable by all, and there without a script. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { open, soon, turn, visit } from "./browser.mjs";
import { isDrawn } from "./opened.mjs";
import { PAGES, ROOT } from "./sites.mjs";
import { each } from "./score.mjs";

/* What a page of the fixture has when all of it is drawn: that it is, in each place, and what axe says of it then, is a
 * matter of pages.mjs. */
const DRAWN = Object.fromEntries(PAGES.filter((page) => page.drawn).map((page) => [page.path, page.drawn]));
/* Whatever a payload calls is said on the console, which counts as trouble. */
const TELL = `for (const name of ["alert", "confirm", "prompt", "open"])
  window[name] = (what) => console.error("ran: " + name + "(" + what + ")");`;

/* Runs in the page: faults of what a hostile note was made into. */
function look() {
  const faults = [], trees = [document, ...[...document.querySelectorAll("figure.diagram > div")].map((e) => e.shadowRoot)];
  const all = trees.flatMap((tree) => [...tree.querySelectorAll("*")]);
  for (const e of all) for (const a of e.attributes) {
    if (/^on/i.test(a.name)) faults.push(`${e.tagName} has ${a.name}`);
    if (/^(?!data-).*(?:href|src)$/i.test(a.name) && /^\s*(javascript|data|vbscript):/i.test(a.value)) faults.push(`${a.name}=${a.value}`);
  }
  for (const name of ["header.top", "main", "#_main", "footer.foot"])
    if (document.querySelectorAll(name).length !== 1) faults.push(`${document.querySelectorAll(name).length} × ${name}`);
  for (const name of document.querySelectorAll("main [id]"))
    if (!name.id.startsWith("_")) faults.push(`the page has an id ${name.id}`);
  if (typeof window.vaultsite === "object" && window.vaultsite instanceof Element) faults.push("a name of the page is taken");
  if ({}.polluted || {}.x) faults.push("the prototype of all objects was changed");
  if (all.some((e) => ["SCRIPT", "IFRAME", "IMG", "OBJECT", "EMBED"].includes(e.tagName.toUpperCase()) && e.getRootNode() !== document))
    faults.push("a diagram holds more than a picture");
  const main = document.querySelector(".markdown-rendered").getBoundingClientRect();
  for (const e of document.querySelectorAll(".math")) {
    const box = e.getBoundingClientRect();
    if (box.right > main.right + 1 || box.left < main.left - 1) faults.push(`reaches past its place: ${e.textContent}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push("scrolls sideways");
  return faults;
}

/* What cannot be drawn stays as it was written. */
async function leaves(visited, base) {
  await visit(visited, base, "formulas.html");
  await isDrawn(visited, DRAWN["formulas.html"]);
  const left = await visited.page.$$eval(".math:not(.is-drawn)", (all) => all.map((e) => e.textContent));
  return left.join("|") === "\\frac{1}{|\\nosuchcommand{x}" ? visited.trouble : [`not drawn: ${left}`];
}

/* What pages without such things load. */
async function spares({ page }, base) {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  for (const path of ["index.html", "only-words.html", "404.html"]) await page.goto(base + path);
  return asked.filter((url) => /highlight|temml|mermaid|extras|code-|math-|diagram-/.test(url));
}

async function isSafe(visited, base) {
  const faults = [];
  await visited.context.addInitScript(TELL);
  for (const [path, selector] of [["code", "code span"], ["formulas", ".math.is-drawn"], ["diagrams", "figure.diagram"]]) {
    for (const width of [1440, 390]) {
      await turn(visited, width, "light");
      await visit(visited, base, `hostile/${path}.html`);
      await visited.page.waitForSelector(selector, { state: "attached" });
      await visited.page.waitForFunction(() => new Promise((done) => {
        const before = document.querySelectorAll("figure.diagram, .is-drawn").length;
        setTimeout(() => done(before === document.querySelectorAll("figure.diagram, .is-drawn").length), 400);
      }));
      for (const e of await visited.page.$$("summary")) await e.click();
      for (const fault of [...await visited.page.evaluate(look), ...visited.trouble]) faults.push(`${path}, ${width}: ${fault}`);
    }
  }
  return faults;
}

/* What the nodes of a page's diagrams lead to: [text without blanks, href] of each. */
const leads = ({ page }) => page.$$eval("figure.diagram > div", (all) => all.map((e) => [...e.shadowRoot.querySelectorAll("a")]
  .map((a) => [a.textContent.replace(/[\s\u2060]+/g, ""), a.getAttribute("href")])));

/* Nodes lead to published notes, to nothing else, by pointer and keyboard; where nothing draws, the list below does. */
async function leadsOn(visited, base) {
  const faults = [], { page } = visited;
  const wanted = [
    [["Code", "code.html"], ["Formulas", "formulas.html"], ["Onlywords", "only-words.html"], ["Both#Words", "both.html#words"],
      ["agaugethatmeasuresthelevelofthewateratLanternQuay", "a-gauge-that-measures-the-level-of-the-water-at-lantern-quay.html"]],
    [["Home", "index.html"], ["Home", "index.html"]],
    [["Code", "code.html"]],
    [["Diagrams", "diagrams.html"], ["Embeds", "embeds.html"]],
    [["Diagrams", "diagrams.html"], ["Embeds", "embeds.html"]],
  ];
  await visit(visited, base, "linked.html");
  await isDrawn(visited, { code: 0, formulas: 0, diagrams: wanted.length });
  const got = await leads(visited);
  if (JSON.stringify(got.map((one) => [...one].sort())) !== JSON.stringify(wanted.map((one) => [...one].sort()))) faults.push(`leads to ${JSON.stringify(got)}`);
  const axe = await page.evaluate(() => window.axe.run(document, { preload: false }));
  for (const v of axe.violations) for (const n of v.nodes) faults.push(`${v.id}: ${n.html.slice(0, 120)}`);
  const node = page.locator("figure.diagram > div a").first(), there = base + got[0][0][1];
  await node.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(there, { timeout: 5000 }).catch(() => faults.push(`Enter leads to ${page.url()}`));
  await visit(visited, base, "linked.html");
  await isDrawn(visited, { code: 0, formulas: 0, diagrams: wanted.length });
  await node.click();
  await page.waitForURL(there, { timeout: 5000 }).catch(() => faults.push(`a click leads to ${page.url()}`));
  await visit(visited, base, "hostile/links.html");
  await isDrawn(visited, { code: 0, formulas: 0, diagrams: 3 });
  const led = (await leads(visited)).flat().map(([, href]) => href);
  if (led.join(" ") !== "../code.html ../formulas.html ../code.html ../formulas.html") faults.push(`hostile labels lead to: ${led.join(" ")}`);
  return [...faults, ...await page.evaluate(look), ...visited.trouble];
}

/* A diagram has the colours of the page, and gets others with it. */
async function turns(visited, base) {
  const faults = [], { page } = visited;
  const fill = () => page.$eval("figure.diagram > div", (e) => getComputedStyle(e.shadowRoot.querySelector(".node rect")).fill);
  await visit(visited, base, "diagrams.html");
  await isDrawn(visited, DRAWN["diagrams.html"]);
  const light = await fill();
  while (!await page.evaluate(() => document.documentElement.classList.contains("theme-dark"))) await page.click("[data-theme-toggle]");
  if (!await soon(page, () => document.querySelectorAll("figure.diagram.is-dark").length === 6, null, 8)) faults.push("is not drawn again in the dark");
  if (light === await fill()) faults.push(`${light} by day and by night`);
  return [...faults, ...visited.trouble];
}

async function without(visited, base) {
  const faults = [];
  for (const [path, selector, n] of [["code", "pre > code", 13], ["formulas", ".math", 15], ["diagrams", "pre.mermaid > code", 7]]) {
    await visit(visited, base, path + ".html");
    const shown = await visited.page.$$eval(selector, (all) => all.filter((e) => e.checkVisibility() && e.textContent.trim()).length);
    if (shown !== n) faults.push(`${path}: ${shown} of ${n} sources show`);
  }
  return [...faults, ...visited.trouble];
}

/* The table that says which languages there are is the package's own. */
async function languages(visited, base) {
  const table = new Map([...readFileSync(join(ROOT, "src/note/languages.def"), "utf8").matchAll(/^LANGUAGE(?:_FILE)?\("([^"]*)", "([^"]*)"\)/gm)]
    .map(([, name, others]) => [name, others]));
  await visit(visited, base, "code.html");
  const there = new Map(await visited.page.evaluate(() => window.hljs.listLanguages().filter((name) => name !== "plaintext")
    .map((name) => [name, (window.hljs.getLanguage(name).aliases ?? []).join(" ")])));
  const faults = [...there].filter(([name, others]) => table.get(name) !== others).map(([name, others]) => `highlight.js has ${name}: ${others}`);
  return [...faults, ...[...table.keys()].filter((name) => !there.has(name)).map((name) => `highlight.js has no ${name}`)];
}

/* name, settings of the page, what to do there, only there (else everywhere). */
const CHECKS = [
  ["what is no formula", {}, leaves, "file"],
  ["nothing where nothing is", {}, spares, "server"],
  ["hostile notes", {}, isSafe, "file"],
  ["links in diagrams", { axe: true }, leadsOn, "file"],
  ["light and dark", {}, turns, "file"],
  ["without a script", { js: false }, without, "file"],
  ["table of languages", {}, languages, "file"],
];

export async function checkExtras(browser, places, score, there) {
  const jobs = places.flatMap((where) => CHECKS.filter(([name, , , only]) => there({ name }) && (only ?? where.name) === where.name).map((check) => [where, ...check]));
  await each(jobs, 2, async ([where, name, settings, run]) => {
    const visited = await open(browser, settings);
    let faults;
    try {
      faults = await run(visited, where.bases.extras);
    } catch (error) {
      faults = [String(error.message).split("\n").slice(0, 3).join(" "), ...visited.trouble];
    }
    await visited.context.close();
    score.verdict(`extras: ${name}, ${where.name}`, faults);
  });
}
