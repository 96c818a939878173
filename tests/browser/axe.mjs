/* axe-core finds nothing, on each kind of page, at every width, in both schemes. */
import { STATES, open, turn, visit } from "./browser.mjs";
import { PAGES, encoded } from "./sites.mjs";
import { each, gathered } from "./score.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/* A scheme changes colours only, so in the dark only what is about them is asked again. */
const OF_COLOUR = ["color-contrast", "link-in-text-block"];
const ASKED = { light: { type: "tag", values: RULES }, dark: { type: "rule", values: OF_COLOUR } };

/* Runs in the page: of many rows of one kind the first thirty and the last ten tell all; axe takes its time for each. */
function shorten() {
  for (const parent of document.querySelectorAll("main tbody, main ul, main ol, main dl"))
    if (parent.children.length > 40) for (const row of [...parent.children].slice(30, -10)) row.remove();
}

/* Runs in the page: "rule: element". */
async function examine(runOnly) {
  const found = await window.axe.run(document, { runOnly, resultTypes: ["violations"], preload: false, iframes: false });
  return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")} (${v.help})`));
}

export async function checkAxe(browser, place, score, wanted) {
  const opened = new Map();
  await each(PAGES.filter(wanted).filter((item) => !item.redirect), 2, async (item, worker) => {
    if (!opened.has(worker)) opened.set(worker, await open(browser, { axe: true, reducedMotion: "reduce" }));
    const visited = opened.get(worker);
    const faults = [];
    await visit(visited, place.bases[item.site], encoded(item.path));
    await visited.page.evaluate(shorten);
    for (const [width, scheme] of STATES) {
      await turn(visited, width, scheme);
      for (const fault of await visited.page.evaluate(examine, ASKED[scheme])) faults.push([`${width} ${scheme}`, fault]);
    }
    score.verdict(`axe: ${item.name}`, gathered(faults, STATES.length));
  });
  for (const visited of opened.values()) await visited.context.close();
}
