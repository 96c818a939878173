/* Pictures of every kind of page, for a person to look at. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { SCHEMES, WIDTHS, open, size, visit } from "./browser.mjs";
import { PAGES, encoded } from "./sites.mjs";
import { each } from "./score.mjs";

/* DIR/NAME-WIDTH-SCHEME.png; the whole page up to four screens. */
export async function takeShots(browser, place, to, wanted) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  const opened = new Map();
  await each(PAGES.filter(wanted).filter((item) => !item.redirect), 2, async (item, worker) => {
    if (!opened.has(worker)) opened.set(worker, await open(browser));
    const visited = opened.get(worker);
    const { page } = visited;
    const name = item.name.replaceAll(/[^a-z0-9]+/gi, "-").toLowerCase();
    await visit(visited, place.bases[item.site], encoded(item.path));
    for (const width of WIDTHS)
      for (const scheme of SCHEMES) {
        await page.setViewportSize(size(width));
        await page.emulateMedia({ colorScheme: scheme });
        const tall = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.screenshot({
          path: join(to, `${name}-${width}-${scheme}.png`), fullPage: true,
          clip: { x: 0, y: 0, width, height: Math.min(tall, 4 * size(width).height) },
        });
      }
  });
  for (const visited of opened.values()) await visited.context.close();
  console.log(`pictures of ${PAGES.filter(wanted).length - 1} kinds of pages in ${to}`);
}
