/* What scripts make of a page that is there: code, formulas and diagrams drawn in it, something opened over it. */
import { soon } from "./browser.mjs";
import { grow, grown } from "./explorer.mjs";
import { point } from "./previews.mjs";
import { ask, show } from "./search.mjs";

/* Runs in the page: what is drawn of it by now. */
export function drawn() {
  return {
    code: [...document.querySelectorAll("pre > code")].filter((e) => e.querySelector("span")).length,
    formulas: document.querySelectorAll(".math.is-drawn > math").length,
    diagrams: [...document.querySelectorAll("figure.diagram > div")].filter((e) => e.shadowRoot.querySelector("svg")).length,
  };
}

export const isDrawn = ({ page }, wanted) => soon(page, `JSON.stringify((${drawn})()) === '${JSON.stringify(wanted)}'`, null, 8);

/* Each diagram in the colours of the page, what it is drawn from unfolded. */
async function isPainted({ page }, scheme, n) {
  await page.$$eval("figure.diagram > details", (all) => all.forEach((e) => { e.open = true; }));
  return soon(page, ([scheme, n]) => document.querySelectorAll("figure.diagram.is-dark").length === (scheme === "dark" ? n : 0), [scheme, n], 8);
}

/* What can be opened, with these words; whether it is open then.  It may be open already, at another width. */
const OPENERS = {
  async search({ page }, words) {
    if (!await page.locator("dialog.searchbox[open]").count()) await show(page);
    await ask(page, words);
    return words === "" || words.startsWith("nothing") || soon(page, () => document.querySelector(".hit") !== null, null, 8);
  },
  preview: ({ page }, words) => point(page, words),
  async explorer({ page }) {
    if (!await page.locator(".tree").count()) return grow(page);
    if (await page.locator(".menu").isVisible() && !await page.locator("#_nav:popover-open").count()) await page.click(".menu");
    return grown(page);
  },
};

/* Waits until the page is as its row has it (sites.mjs): faults.  `nth`: of the widths. */
export async function prepare(visited, { drawn: wanted, opens }, nth, scheme) {
  const faults = [];
  if (wanted && visited.js) {
    if (!await isDrawn(visited, wanted)) faults.push(`drawn is ${JSON.stringify(await visited.page.evaluate(drawn))}`);
    if (!await isPainted(visited, scheme, wanted.diagrams)) faults.push(`diagrams are not drawn for the ${scheme}`);
  }
  if (opens) {
    const [what, ...words] = opens;
    const text = words[nth % words.length] ?? "";
    if (!await OPENERS[what](visited, text)) faults.push(`${what} "${text.slice(0, 20)}" does not open`);
  }
  return faults;
}
