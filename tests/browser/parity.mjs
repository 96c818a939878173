/* Our pages look like the mock-ups (decisions.md 43): boxes within 2 px, type and colours the same,
 * at four widths in both schemes; else the difference stands with its reason in parity-exceptions.json.
 *
 * The mock-ups are not part of this project.  mockups.json holds what was measured on them:
 *
 *   node parity.mjs --measure DIR      writes it anew from DIR/*.html
 *
 * Where they are at hand (MOCKUPS, or theme/mockups in a folder beside the checkout), the check also
 * sees that the file is still what they give. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { SCHEMES, WIDTHS, launch, open, size, visit } from "./browser.mjs";
import { PAIRS, ours } from "./parity_rows.mjs";
import { gathered } from "./score.mjs";
import { HERE, ROOT, encoded } from "./sites.mjs";

const NUMBERS = join(HERE, "mockups.json");
const EXCEPTIONS = join(HERE, "parity-exceptions.json");
const STATES = WIDTHS.flatMap((width) => SCHEMES.map((scheme) => `${width} ${scheme}`));

/* Runs in the page: row -> property -> value; "hidden" or "missing" instead of the properties. */
function measure(rows) {
  const round = (x) => Math.round(x * 10) / 10;
  const shown = (e) => e && e.checkVisibility() && e.getClientRects().length > 0;
  const box = (e) => e.getBoundingClientRect();
  const beside = (e, way) => {
    let other = e[way];
    while (other && !shown(other)) other = other[way];
    return other && box(other);
  };
  const places = {
    left: (e) => round(box(e).left),
    width: (e) => round(box(e).width),
    height: (e) => round(box(e).height),
    above: (e) => { const b = beside(e, "previousElementSibling"); return b ? round(box(e).top - b.bottom) : "nothing"; },
    below: (e) => { const b = beside(e, "nextElementSibling"); return b ? round(b.top - box(e).bottom) : "nothing"; },
  };
  // One way to write a colour, whatever it was mixed from, and lengths as numbers.
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const plain = (value) => {
    if (/^-?[\d.]+px$/.test(value)) return round(parseFloat(value));
    if (!/^(rgba?|color|oklab|lab)\(/.test(value)) return value;
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = value;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return `rgba(${r}, ${g}, ${b}, ${Math.round(alpha / 2.55) / 100})`;
  };
  return Object.fromEntries(rows.map(([name, selector, properties]) => {
    const all = [...document.querySelectorAll(selector)];
    const e = all.find(shown);
    if (!e) return [name, all.length ? "hidden" : "missing"];
    const style = getComputedStyle(e);
    return [name, Object.fromEntries(properties.map((p) => [p, places[p] ? places[p](e) : plain(style.getPropertyValue(p))]))];
  }));
}

/* row -> state -> what `measure` gives, for one page. */
async function measured(visited, base, path, rows) {
  const found = {};
  const { page } = visited;
  await visit(visited, base, path);
  for (const width of WIDTHS)
    for (const scheme of SCHEMES) {
      await page.setViewportSize(size(width));
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      for (const [row, values] of Object.entries(await page.evaluate(measure, rows)))
        (found[row] ??= {})[`${width} ${scheme}`] = values;
    }
  return found;
}

/* ---- the file of numbers ------------------------------------------------------ */

/* Values of these states as one value, by width, by scheme, or each by itself. */
function folded(states, of) {
  const same = (some) => some.every((s) => of(s) === of(some[0]));
  const by = (part) => {
    const keys = [...new Set(states.map((s) => s.split(" ")[part]))];
    const group = (key) => states.filter((s) => s.split(" ")[part] === key);
    return keys.every((key) => same(group(key))) && Object.fromEntries(keys.map((key) => [key, of(group(key)[0])]));
  };
  if (same(states)) return of(states[0]);
  return by(0) || by(1) || Object.fromEntries(states.map((s) => [s, of(s)]));
}

function unfolded(row, property, state) {
  const [width, scheme] = state.split(" ");
  if (row.hidden?.includes(Number(width))) return "hidden";
  const value = row[property];
  return typeof value === "object" ? value[state] ?? value[width] ?? value[scheme] : value;
}

/* For the file: row -> property -> folded values; `hidden`: the widths at which it does not show. */
function forFile(found, rows) {
  return Object.fromEntries(rows.map(([row, selector, properties]) => {
    const at = (state) => found[row][state];
    const states = STATES.filter((s) => typeof at(s) === "object");
    if (states.length === 0) throw new Error(`${row}: ${selector} is ${at(STATES[0])} in the mock-up`);
    const hidden = WIDTHS.filter((width) => typeof at(`${width} light`) !== "object");
    return [row, Object.fromEntries([...(hidden.length ? [["hidden", hidden]] : []),
      ...properties.map((p) => [p, folded(states, (s) => at(s)[p])])])];
  }));
}

async function measureMockups(browser, folder) {
  const visited = await open(browser);
  const base = pathToFileURL(folder).href + "/";
  const numbers = {};
  for (const [name, { rows }] of Object.entries(PAIRS))
    numbers[name] = forFile(await measured(visited, base, name + ".html", rows), rows);
  await visited.context.close();
  return numbers;
}

function mockups() {
  const beside = dirname(ROOT);
  const places = process.env.MOCKUPS ? [process.env.MOCKUPS] : readdirSync(beside).map((f) => join(beside, f, "theme", "mockups"));
  return places.find((place) => existsSync(join(place, "note-features.html")));
}

/* ---- comparing ------------------------------------------------------------------ */

/* Type is the same or it is not; boxes may differ by a little. */
function near(property, a, b) {
  if (typeof a === "number" && typeof b === "number")
    return Math.abs(a - b) <= (/^(font|line|letter|border)/.test(property) ? 0.25 : 2);
  return a === b;
}

/* Differences of one page: [row, property, state, what].  Whether an element shows is its property "shown". */
function differences(theirs, found, rows) {
  const all = [];
  for (const [row, , properties] of rows)
    for (const state of STATES) {
      const here = found[row][state];
      const hidden = typeof here === "string" ? here : "";
      if (hidden || unfolded(theirs[row], properties[0], state) === "hidden") {
        if (hidden !== unfolded(theirs[row], properties[0], state))
          all.push([row, "shown", state, hidden ? `is ${hidden}` : "is hidden in the mock-up"]);
        continue;
      }
      for (const property of properties) {
        const there = unfolded(theirs[row], property, state);
        if (!near(property, there, here[property]))
          all.push([row, property, state, `${property} is ${here[property]}, in the mock-up ${there}`]);
      }
    }
  return all;
}

/* An exception: { page, row, property, why }, the first three as written or "*"; `at`: widths or a scheme. */
function excuses(exception, page, [row, property, state]) {
  const fits = (wanted, is) => wanted === "*" || [wanted].flat().includes(is);
  return fits(exception.page, page) && fits(exception.row, row) && fits(exception.property, property) &&
    (exception.at === undefined || state.split(" ").some((part) => [exception.at].flat().map(String).includes(part)));
}

export async function checkParity(browser, place, score, report) {
  const numbers = JSON.parse(readFileSync(NUMBERS, "utf8"));
  const exceptions = JSON.parse(readFileSync(EXCEPTIONS, "utf8"));
  const used = new Set();
  const visited = await open(browser);
  for (const [name, { path, rows }] of Object.entries(PAIRS)) {
    const own = rows.map(([row, selector, properties]) => [row, ours(selector), properties]);
    const found = await measured(visited, place.bases.theme, encoded(path), own);
    const faults = [];
    for (const d of differences(numbers[name], found, rows)) {
      const excuse = exceptions.find((e) => excuses(e, name, d));
      if (excuse) used.add(excuse);
      else faults.push([d[2], `${d[0]}: ${d[3]}`]);
    }
    const n = rows.reduce((sum, [, , properties]) => sum + properties.length, 0) * STATES.length;
    const lines = gathered(faults, STATES.length);
    writeFileSync(join(report, `parity-${name}.txt`), lines.map((line) => line + "\n").join(""));
    score.verdict(`parity: ${name} (${rows.length} elements, ${n} values; all differences in ${relative(ROOT, report)})`, lines);
  }
  await visited.context.close();
  score.verdict("parity: each exception is one", exceptions.filter((e) => !used.has(e) || !e.why)
    .map((e) => `no difference, or no reason: ${JSON.stringify(e)}`));

  const folder = mockups();
  if (!folder) return console.log("   mock-ups: not at hand, their numbers are taken from mockups.json");
  const now = await measureMockups(browser, folder);
  score.verdict("parity: mockups.json is what the mock-ups give", Object.keys(PAIRS)
    .filter((name) => JSON.stringify(now[name]) !== JSON.stringify(numbers[name])).map((name) => `${name} differs`));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [option, folder] = process.argv.slice(2);
  if (option !== "--measure" || !folder) {
    console.error("usage: parity.mjs --measure DIR");
    process.exit(2);
  }
  const browser = await launch();
  const numbers = await measureMockups(browser, folder);
  await browser.close();
  // A property a line.
  const text = JSON.stringify(numbers, null, 1).replaceAll(/([[{])\n\s+([^[\]{}]*?)\n\s+([\]}])/g,
    (_, open, inside, close) => `${open} ${inside.replaceAll(/\n\s+/g, " ")} ${close}`);
  writeFileSync(NUMBERS, text + "\n");
}
