/* What a page is on paper. */
import { soon } from "./browser.mjs";

/* What the margins of print.css leave of the paper's width. */
export const A4 = 673;

/* Faults of an opened page on paper.  `hasLinks`: there is a link to elsewhere on it. */
export async function print({ page, js }, hasLinks = false) {
  if (js) await soon(page, () => !document.querySelector("script[src*=temml]") || document.querySelector(".math.is-drawn"), null, 8);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  return page.evaluate((hasLinks) => {
    const faults = [];
    const shows = (e) => e.checkVisibility() && e.getBoundingClientRect().height > 0;
    for (const s of ["header.top", "#_nav", "#_contents", ".skip", "main [popovertarget]", ".copy", ".pager", ".bar", ".letters"])
      for (const e of document.querySelectorAll(s)) if (shows(e)) faults.push(`${s} is printed`);
    if (!shows(document.querySelector("main h1"))) faults.push("the title is not printed");
    for (const fold of document.querySelectorAll("main details:not(.query-src)")) {
      const inside = [...fold.children].find((e) => e.tagName !== "SUMMARY");
      if (inside && !inside.checkVisibility())
        faults.push(`folded on paper: ${fold.querySelector("summary").textContent.trim()}`);
    }
    for (const pre of document.querySelectorAll("main pre"))
      if (pre.checkVisibility() && pre.scrollWidth > pre.clientWidth + 1) faults.push(`code is cut off: ${pre.textContent.slice(0, 30)}`);
    for (const formula of document.querySelectorAll(".math-block.is-drawn"))
      if (formula.scrollWidth > formula.clientWidth) faults.push(`a formula is cut off: ${formula.textContent.slice(0, 30)}`);
    for (const text of document.querySelectorAll("main :is(.task-src, td small, .clamp)"))
      if (text.checkVisibility() && (text.scrollWidth > text.clientWidth + 1 && text.clientWidth || text.scrollHeight > text.clientHeight + 1 && text.clientHeight))
        faults.push(`cut on paper: ${text.textContent.slice(0, 40)}`);
    for (const button of document.querySelectorAll("main thead button"))
      if (getComputedStyle(button, "::after").display !== "none") faults.push(`a sign of sorting is printed: ${button.textContent}`);
    const words = document.createRange(), texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    for (let text; (text = texts.nextNode());) {
      if (!text.parentElement.closest(".index :is(th, td)") || !/^\S{1,9}$/.test(text.data.trim())) continue;
      words.selectNodeContents(text);
      if (words.getClientRects().length > 1) faults.push(`a word is broken: ${text.data}`);
    }
    const link = document.querySelector("main .external-link[href^=http]");
    const address = link && getComputedStyle(link, "::after").content;
    if (hasLinks && !link) faults.push("there is no external link");
    if (link && !address.includes(link.href)) faults.push(`an external link prints ${address}`);
    for (const row of document.querySelectorAll("main :is(.log > li, .rows > li, tbody tr, .turn)"))
      if (getComputedStyle(row).breakInside !== "avoid") faults.push(`${row.className || row.tagName} may be split`);
    for (const head of document.querySelectorAll("main :is(thead, thead th, h2.group)")) {
      const style = getComputedStyle(head);
      if (style.position === "sticky" || style.boxShadow !== "none") faults.push(`the head of a list is ${style.position}, its shadow ${style.boxShadow}`);
    }
    // Where the mask of a sign is empty, paper shows the whole square.
    for (const box of document.querySelectorAll(".task-list-item-checkbox")) {
      const sign = getComputedStyle(box, "::before");
      if (sign.getPropertyValue("--g").trim() === "-1" && sign.backgroundColor !== "rgba(0, 0, 0, 0)") faults.push("an empty box is printed full");
    }
    const left = document.querySelector("main").getBoundingClientRect().left;
    if (left > 40) faults.push(`the text begins at ${left} px`);
    return faults;
  }, hasLinks);
}
