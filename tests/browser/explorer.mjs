/* The tree of the folders: it opens, shows where the page is, stays open, and all can use it. */
import { open, soon, visit } from "./browser.mjs";
import { each } from "./score.mjs";
import { encoded } from "./sites.mjs";

const ENTRY = "log/entry-217.html";
const DEEP = `${Array.from({ length: 40 }, (_, i) => `level-${i + 1}`).join("/")}/bottom.html`;

const rows = (page) => page.$$eval(".tree a", (all) => all.filter((a) => a.offsetHeight).map((a) => a.querySelector("span").textContent));
const marked = (page) => page.$$eval('.tree [aria-current="page"]', (all) => all.map((a) => a.querySelector("span").textContent).join());
const focused = (page) => page.evaluate(() => document.activeElement.querySelector("span")?.textContent ?? document.activeElement.textContent);
export const grown = (page) => soon(page, () => document.querySelector(".tree a") && !document.querySelector(".tree li:empty"), undefined, 5);
const fold = (page, name) => page.locator(".tree li", { has: page.locator(`:scope > a span:text-is("${name}")`) }).last().locator(":scope > .fold");

export async function grow(page) {
  if (await page.locator(".menu").isVisible()) await page.click(".menu");
  await page.click(".twist");
  return grown(page);
}

/* Runs in the page: whether the marked row can be seen in the rail. */
const inSight = () => {
  const row = document.querySelector('.tree [aria-current="page"]').getBoundingClientRect();
  const rail = document.getElementById("_nav").getBoundingClientRect();
  return row.top >= rail.top && row.bottom <= rail.bottom && row.top >= 0 && row.bottom <= innerHeight;
};

/* Folders first, in vault order; another opens below its row, and closes again. */
async function opens({ page, go }) {
  const faults = [];
  await go("explorer", "index.html");
  if (await page.locator(".tree, script[src*=explorer]").count()) faults.push("something is loaded before it is asked for");
  if (!await grow(page)) return ["it does not open"];
  const first = await rows(page);
  if (JSON.stringify(first) !== JSON.stringify(ROOT)) faults.push(`the root: ${first}`);
  await fold(page, "Level 1").click();
  await grown(page);
  if (await focused(page) !== "" || !(await rows(page)).includes("Level 2")) faults.push(`Level 1 has ${await rows(page)}`);
  await fold(page, "Level 1").click();
  if ((await rows(page)).includes("Level 2")) faults.push("it does not close");
  await page.click(".twist");
  if ((await rows(page)).length) faults.push("the tree does not close");
  return faults;
}

/* Each row leads to its page; there it is marked, in sight, and all above it stand open. */
async function place({ page, go }) {
  const faults = [];
  for (const [path, name, level] of [[DEEP, "Bottom", 41], [encoded("odd/مرفأ-الشمال/سجل-السفن.html"), "سجل السفن", 3], ["odd/index.html", "Odd", 1], ["elsewhere/moved.html", "Moved", 2]]) {
    await go("explorer", path);
    if (!await page.locator(".tree").count() && !await grow(page)) return [`${path}: it does not open`];
    await grown(page);
    if (await marked(page) !== name) faults.push(`${path}: ${await marked(page)} is marked`);
    else if (!await page.evaluate(inSight)) faults.push(`${path}: out of sight`);
    else if (await page.$eval('.tree [aria-current="page"]', (e) => { let n = 0; for (; (e = e.parentNode.closest("ul")); n++); return n - 1; }) !== level) faults.push(`${path}: level`);
  }
  return faults;
}

/* A large folder comes in parts, on both sides of where the page is. */
async function parts({ page, go }) {
  const faults = [];
  const count = async () => (await rows(page)).filter((r) => r.startsWith("Entry")).length;
  await go("paged", ENTRY);
  if (!await grow(page)) return ["it does not open"];
  if (await marked(page) !== "Entry 217" || await count() !== 30) faults.push(`${await count()} entries, ${await marked(page)}`);
  await page.click(".tree .more");
  await grown(page);
  if (await count() !== 230 || await page.locator(".tree .more").count()) faults.push(`then ${await count()} entries`);
  if (await focused(page) !== "Entry 200") faults.push(`the focus is on ${await focused(page)}`);
  await go("paged", "log/entry-005.html");
  await grown(page);
  if (await count() !== 200) faults.push(`at its beginning ${await count()} entries`);
  await page.locator(".tree .more").focus();
  await page.keyboard.press("Enter");
  await grown(page);
  if (await count() !== 230 || await focused(page) !== "Entry 201") faults.push(`after more ${await count()} entries, the focus on ${await focused(page)}`);
  return faults;
}

async function keyboard({ page, go }) {
  const faults = [];
  await go("explorer", "index.html");
  await page.locator(".twist").focus();
  await page.keyboard.press("Enter");
  if (!await grown(page)) return ["Enter does not open it"];
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  if (await page.evaluate(() => document.activeElement.getAttribute("aria-label")) !== "What is in Level 1") faults.push("Tab does not come to the first folder");
  for (const [key, name] of [["ArrowRight", "Level 1"], ["ArrowDown", "Level 2"], ["ArrowRight", "Level 2"], ["ArrowRight", "Level 3"],
    ["ArrowLeft", "Level 2"], ["ArrowLeft", "Level 2"], ["ArrowLeft", "Level 1"], ["End", ROOT[ROOT.length - 1]], ["ArrowUp", ROOT[ROOT.length - 2]], ["Home", "Level 1"]]) {
    await page.keyboard.press(key);
    await grown(page);
    const at = await page.evaluate(() => document.activeElement.closest("li").querySelector("a span").textContent);
    if (at !== name) faults.push(`${key}: at ${at}, not ${name}`);
  }
  return faults;
}

/* What is open stays so from page to page; closed, it does not come back. */
async function kept({ page, go }) {
  const faults = [];
  await go("explorer", "index.html");
  if (!await grow(page)) return ["it does not open"];
  await fold(page, "Odd").click();
  await grown(page);
  await go("explorer", DEEP);
  await grown(page);
  if (!(await rows(page)).includes("50% off #1")) faults.push("what was open is closed");
  await go("paged", ENTRY);
  const near = page.locator(".rail .here").first();
  if (!await near.isVisible()) faults.push("no neighbours");
  if (!await grow(page)) return ["another does not open"];
  if (await near.isVisible()) faults.push("the neighbours are shown beside it");
  await go("explorer", DEEP);
  await grown(page);
  await page.click(".twist");
  await go("explorer", "odd/index.html");
  if (await page.locator(".tree").count()) faults.push("it comes back although it was closed");
  return faults;
}

/* Without storage it opens all the same. */
async function denied({ page, go }) {
  await page.addInitScript(() => Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("denied", "SecurityError"); } }));
  await go("explorer", "odd/index.html");
  return await grow(page) && await marked(page) === "Odd" ? [] : ["it does not open"];
}

/* What names say is text. */
async function names({ page, go }) {
  await go("explorer", "odd/index.html");
  if (!await grow(page)) return ["it does not open"];
  const faults = (await page.$$eval(".tree :is(img, b, script)", (all) => all.map((e) => e.outerHTML))).map((e) => `an element: ${e}`);
  for (const [text, title] of [["<img src", "<img src=x onerror=alert(1)>"], ["Odd", ""]]) {
    const row = page.locator(".tree a", { hasText: text }).first();
    await row.hover();
    if (await row.getAttribute("title") !== title) faults.push(`where ${text} is cut off stands ${await row.getAttribute("title")}`);
  }
  for (const name of ["<img src=x onerror=alert(1)>", "$& and {name}", "مرفأ الشمال"]) if (!(await rows(page)).includes(name)) faults.push(`no row ${name}`);
  if (!await page.locator(".tree .fold[aria-label='What is in $& and {name}']").count()) faults.push("the button of a folder is called something else");
  return faults;
}

async function drawer({ page, go }) {
  const faults = [];
  await go("explorer", DEEP);
  if (!await grow(page)) return ["it does not open"];
  if (!await page.evaluate(inSight)) faults.push("the place is out of sight");
  const sizes = await page.$$eval(".tree :is(a, button)", (all) => all.map((e) => e.getBoundingClientRect()).filter((b) => b.height && (b.height < 40 || b.width < 40)).length);
  if (sizes) faults.push(`${sizes} targets below 40 pixels`);
  if (await page.evaluate(() => { const r = document.getElementById("_nav"); return r.scrollWidth > r.clientWidth; })) faults.push("it is wider than the drawer");
  await go("explorer", DEEP.replace("bottom", "index"));
  await page.click(".menu");
  await grown(page);
  if (await marked(page) !== "Level 40" || !await soon(page, inSight)) faults.push("on the next page it is not there");
  return faults;
}

/* Without scripts the folders are a link. */
async function plain({ page, go }) {
  await go("explorer", "index.html");
  if (await page.locator(".twist").count()) return ["there is a button that does nothing"];
  await page.locator(".rail a", { hasText: "Folders" }).click();
  await page.waitForURL(/index~notes\.html$/);
  return [];
}

const ROOT = ["Level 1", "Moved from", "Odd", "Start"];

/* name, settings of the page, what to do there, only there (else everywhere). */
const CHECKS = [
  ["opens", {}, opens],
  ["place", {}, place],
  ["parts", {}, parts, "file"],
  ["keyboard", {}, keyboard, "file"],
  ["kept", {}, kept],
  ["no storage", {}, denied, "file"],
  ["names", {}, names, "file"],
  ["drawer", { width: 390 }, drawer, "file"],
  ["without scripts", { js: false }, plain, "file"],
];

export async function checkExplorer(browser, places, score, there) {
  const jobs = places.flatMap((where) => CHECKS.filter(([name, , , only]) => there({ name }) && (only ?? where.name) === where.name).map((check) => [where, ...check]));
  await each(jobs, 2, async ([where, name, settings, run]) => {
    const visited = await open(browser, settings);
    const trouble = [];
    visited.go = async (site, path) => { trouble.push(...visited.trouble); await visit(visited, where.bases[site], path); };
    let faults;
    try {
      faults = [...await run(visited), ...trouble, ...visited.trouble];
    } catch (error) {
      faults = [String(error.message).split("\n").slice(0, 3).join(" "), ...trouble, ...visited.trouble];
    }
    await visited.context.close();
    score.verdict(`explorer: ${name}, ${where.name}`, faults);
  });
}
