/* What only a browser can tell of the sites that vaultsite builds.
 *
 *   node check.mjs [PART...] [--page TEXT] [--keep DIR]
 *
 * Parts: pages, behaviour, search, graph, previews, explorer, extras, axe, validity, parity, shots (not by
 * itself); all but shots without one.  --page: only pages whose name holds that text.  Ends with
 * `N passed, N failed`.  VERBOSE says what passed as well. */
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { checkBehaviour } from "./behaviour.mjs";
import { launch } from "./browser.mjs";
import { checkExplorer } from "./explorer.mjs";
import { checkExtras } from "./extras.mjs";
import { checkGraph } from "./graph.mjs";
import { checkPages } from "./pages.mjs";
import { checkParity } from "./parity.mjs";
import { Score } from "./score.mjs";
import { checkPreviews } from "./previews.mjs";
import { checkSearch } from "./search.mjs";
import { places as servePlaces } from "./server.mjs";
import { takeShots } from "./shots.mjs";
import { BUILD, PAGES, ROOT, buildSites, isThere } from "./sites.mjs";
import { checkValidity } from "./validity.mjs";

const PARTS = ["pages", "behaviour", "search", "graph", "previews", "explorer", "extras", "axe", "validity", "parity"];

function options(words) {
  const chosen = { parts: [], page: "", keep: join(BUILD, "browser") };
  for (let i = 0; i < words.length; i++) {
    if (words[i] === "--page") chosen.page = words[++i];
    else if (words[i] === "--keep") chosen.keep = words[++i];
    else if ([...PARTS, "shots"].includes(words[i])) chosen.parts.push(words[i]);
    else {
      console.error(`check.mjs: ${words[i]} is neither an option nor one of: ${PARTS.join(" ")} shots`);
      process.exit(2);
    }
  }
  return chosen;
}

const chosen = options(process.argv.slice(2));
const has = (part) => (chosen.parts.length === 0 ? part !== "shots" : chosen.parts.includes(part));
const wanted = (page) => page.name.includes(chosen.page);

mkdirSync(chosen.keep, { recursive: true });
const built = buildSites(chosen.keep);
const score = new Score();
const missing = PAGES.filter((page) => !isThere(built, page));
score.verdict("every kind of page is there", missing.map((page) => `${page.name}: no ${page.site}/${page.path}`));
const kinds = readdirSync(join(ROOT, "themes/default/templates")).filter((name) => name.endsWith(".html")).map((name) => name.slice(0, -5));
score.verdict("every kind of page is walked through", kinds.filter((kind) => !PAGES.some((page) => page.walk === kind)));

const { places, close } = await servePlaces(built);
const browser = await launch();
const there = (page) => wanted(page) && !missing.includes(page);
const steps = {
  pages: (score) => checkPages(browser, places, score, there, { looks: true, axe: has("axe") }),
  behaviour: (score) => checkBehaviour(browser, places, score, built, wanted),
  search: (score) => checkSearch(browser, places, score, wanted),
  previews: (score) => checkPreviews(browser, places, score, built, wanted),
  explorer: (score) => checkExplorer(browser, places, score, wanted),
  graph: (score) => checkGraph(browser, places, score, wanted),
  extras: (score) => checkExtras(browser, places, score, wanted),
  // Where the pages are opened anyway, axe has looked at them there.
  axe: (score) => has("pages") || checkPages(browser, places, score, there, { looks: false, axe: true }),
  validity: (score) => checkValidity(built, places[2], score),
  parity: (score) => checkParity(browser, places[0], score, chosen.keep),
  shots: () => takeShots(browser, places[0], join(BUILD, "shots"), there),
};

async function run(part) {
  const begun = Date.now();
  const own = new Score();
  try {
    await steps[part](own);
  } catch (error) {
    own.verdict(part, [error.stack ?? String(error)]);
  }
  score.add(own);
  console.log(`-- ${part}: ${own.passed + own.failed} checks, ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}

/* Search and previews wait more than they work: each has time while the other does. */
const ROUNDS = [["pages"], ["behaviour"], ["search", "previews"], ["explorer"], ["graph"], ["extras"], ["axe"], ["validity"], ["parity"], ["shots"]];

try {
  for (const parts of ROUNDS) await Promise.all(parts.filter(has).map(run));
} finally {
  await browser.close();
  close();
}
process.exit(score.finish());
