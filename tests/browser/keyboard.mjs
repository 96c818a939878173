/* What a reader without a mouse meets. */
import { soon } from "./browser.mjs";

const ORDER = ["skip link", "header", "rail", "text", "beside the text", "footer"];

/* Runs in the page: what has the focus, and whether that can be seen. */
function focused() {
  const a = document.activeElement;
  if (!a || a === document.body) return null;
  const part = a.matches(".skip") ? 0 : a.closest("header.top") ? 1 : a.closest("#_nav") ? 2 : a.closest("main") ? 3
    : a.closest("aside") ? 4 : a.closest("footer") ? 5 : -1;
  const style = getComputedStyle(a);
  const box = a.getClientRects()[0];
  const name = `${a.tagName.toLowerCase()}.${a.className} "${(a.textContent || a.getAttribute("aria-label") || "").trim().slice(0, 30)}"`;
  if (!box) return { part, name, fault: "has no place on the page" };
  // A wide region begins where the reader looks; a link is looked at in its middle.
  const x = box.left + Math.min(box.width / 2, 100);
  const y = box.top + Math.min(box.height / 2, 12);
  const seen = document.elementFromPoint(x, y);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const fault = !outlined ? `no outline (${style.outlineStyle} ${style.outlineWidth})`
    : !seen ? `outside of the screen, at ${Math.round(x)}, ${Math.round(y)}`
      : !a.contains(seen) && !seen.contains(a) ? `covered by ${seen.tagName.toLowerCase()}.${seen.className}` : "";
  return { part, name, fault, first: !a.dataset.walked, mark: (a.dataset.walked = "1") };
}

/* Tab from the top to the end, then back: each stop can be seen, and the parts come in their order.
 * `expected`: the parts that must be reached. */
export async function walk({ page }, expected) {
  const faults = [];
  const reached = new Set();
  let last = 0;
  let stops = 0;
  for (; stops < 200; stops++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(focused);
    if (!at || !at.first) break;
    if (at.fault) faults.push(`Tab to ${at.name}: ${at.fault}`);
    if (at.part < last) faults.push(`${at.name}: ${ORDER[at.part] ?? "no part"} after ${ORDER[last]}`);
    last = Math.max(last, at.part);
    reached.add(at.part);
  }
  if (stops < 3) faults.push(`only ${stops} stops`);
  for (const part of expected)
    if (!reached.has(ORDER.indexOf(part))) faults.push(`Tab never reaches: ${part}`);
  // Backwards a sticky header can cover what comes into view at its edge.
  for (let i = 0; i < Math.min(stops, 40); i++) {
    await page.keyboard.press("Shift+Tab");
    const at = await page.evaluate(focused);
    if (at?.fault) faults.push(`Shift+Tab to ${at.name}: ${at.fault}`);
  }
  return faults;
}

/* The first stop leads past the frame. */
export async function skipLink({ page }) {
  const faults = [];
  await page.keyboard.press("Tab");
  const at = await page.evaluate(focused);
  if (at?.part !== 0) return [`the first stop is ${at?.name ?? "nothing"}`];
  if (at.fault) faults.push(`skip link: ${at.fault}`);
  await page.keyboard.press("Enter");
  if (!await soon(page, () => document.activeElement?.id === "_main")) faults.push("the skip link does not focus the text");
  await page.keyboard.press("Tab");
  const next = await page.evaluate(() => {
    const a = document.activeElement;
    return !a || a === document.body || a.closest("main, aside, footer") ? "" : a.outerHTML.slice(0, 80);
  });
  if (next) faults.push(`the stop after it is ${next}`);
  return faults;
}
