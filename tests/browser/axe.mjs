/* axe-core finds nothing, on each kind of page, at every width, in both schemes. */
import { SCHEMES, WIDTHS, open, size, visit } from "./browser.mjs";
import { PAGES, encoded } from "./sites.mjs";
import { each, gathered } from "./score.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/* Runs in the page: "rule: element". */
async function examine(rules) {
  const found = await window.axe.run(document, { runOnly: rules, resultTypes: ["violations"], preload: false, iframes: false });
  return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")} (${v.help})`));
}

export async function checkAxe(browser, place, score, wanted) {
  const opened = new Map();
  await each(PAGES.filter(wanted).filter((item) => !item.redirect), 2, async (item, worker) => {
    if (!opened.has(worker)) opened.set(worker, await open(browser, { axe: true, reducedMotion: "reduce" }));
    const visited = opened.get(worker);
    const faults = [];
    await visit(visited, place.bases[item.site], encoded(item.path));
    for (const width of WIDTHS)
      for (const scheme of SCHEMES) {
        await visited.page.setViewportSize(size(width));
        await visited.page.emulateMedia({ colorScheme: scheme });
        for (const fault of await visited.page.evaluate(examine, RULES)) faults.push([`${width} ${scheme}`, fault]);
      }
    score.verdict(`axe: ${item.name}`, gathered(faults, WIDTHS.length * SCHEMES.length));
  });
  for (const visited of opened.values()) await visited.context.close();
}
