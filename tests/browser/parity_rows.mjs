/* What is compared with the mock-ups: page by page, the elements and their properties.
 * Beside the names of CSS:
 *   left, width, height   of its box on the screen
 *   above, below          from the element before it, to the one after it
 * An id of the mock-ups stands with `_` on our pages. */

const TEXT = ["font-size", "line-height", "font-weight", "color"];
const LINE = ["border-bottom-width", "border-bottom-color"];
const PADDING = ["padding-top", "padding-bottom", "padding-left", "padding-right"];

const FRAME = [
  ["header", "header.top", ["left", "width", "height", "background-color", ...LINE]],
  ["name of the site", "header.top .brand", ["left", ...TEXT]],
  ["search", "header.top .find", ["left", "width", "height", "background-color", "border-top-width", "border-top-color", "border-top-left-radius", "font-size"]],
  ["colours button", "header.top [data-theme-toggle]", ["width", "height", "color"]],
  ["menu button", "header.top .menu", ["left", "width", "height", "color"]],
  ["rail", "#nav", ["left", "width", "background-color", "padding-top", "padding-left", "border-right-width", "border-right-color"]],
  ["line of the rail", "#nav li a:not([aria-current])", ["left", "width", "height", "column-gap", "border-top-left-radius", ...TEXT]],
  ["current line of the rail", "#nav [aria-current]", ["background-color", "color", "font-weight"]],
  ["heading in the rail", "#nav h2", ["left", "above", "below", ...TEXT]],
  ["text column", "main", ["left", "width"]],
  ["title", "main > .head h1", ["left", "letter-spacing", ...TEXT]],
  ["line below the title", "main > .head .sub", ["left", "above", ...TEXT]],
  ["footer", "footer.foot", ["left", "width", "border-top-width", "border-top-color", "padding-left", "padding-top", ...TEXT]],
  ["page", "body", ["background-color", ...TEXT]],
];

const LIST = [
  ["heading of a list", "main .sec > h2", ["left", "width", "padding-bottom", ...LINE, ...TEXT]],
  ["count", "main .sec > h2 .n", TEXT],
  ["entry", "main .log > li", ["left", "width", "padding-top", "padding-bottom", ...LINE]],
  ["date of an entry", "main .log time", ["left", ...TEXT]],
  ["title of an entry", "main .log a.t", ["left", "text-decoration-line", ...TEXT]],
  ["context of an entry", "main .log p", ["left", ...TEXT]],
];

const NOTE = [
  ["path", "main > .crumbs", ["left", "below", ...TEXT]],
  ["properties", "main .metadata-container", ["left", "width", "above", "column-gap", "padding-top", "border-top-width", "border-top-color"]],
  ["key", "main .metadata-property-key", ["left", "width", ...TEXT]],
  ["value", "main .metadata-property-value", ["left", "width", ...TEXT]],
  ["tag", "main .metadata-property a.tag", ["height", "padding-left", "background-color", "border-top-left-radius", ...TEXT]],
  ["contents button", "main [popovertarget=toc]", ["left", "height", "above", "border-top-width", "border-top-color", "color", "font-size"]],
  ["text", ".markdown-rendered", ["left", "width", "above"]],
  ["paragraph", ".markdown-rendered > p", ["left", "width", ...TEXT]],
  ["link", ".markdown-rendered > p a.internal-link[href]", ["color", "text-decoration-line", "text-decoration-thickness"]],
  ["unresolved link", ".markdown-rendered > p .is-unresolved", ["color", "text-decoration-line", "text-decoration-style"]],
  ["highlight", ".markdown-rendered mark", ["background-color", "color"]],
  ["inline code", ".markdown-rendered > p > code", ["font-size", "background-color", "padding-left"]],
  ["heading", ".markdown-rendered > h2", ["left", "above", "below", "letter-spacing", ...TEXT]],
  ["callout", ".markdown-rendered > .callout", ["left", "width", "background-color", "border-left-width", "border-left-color", ...PADDING]],
  ["title of a callout", ".markdown-rendered > .callout .callout-title", ["left", ...TEXT]],
  ["text of a callout", ".markdown-rendered > .callout .callout-content", ["above"]],
  ["warning", ".markdown-rendered > .co-warning", ["background-color", "border-left-color"]],
  ["title of a warning", ".co-warning > .callout-title", ["color"]],
  ["folded callout", "details.callout.co-example", ["left", "width", "height"]],
  ["table", ".table-wrapper > table", ["left", "width", "font-size", "line-height"]],
  ["head of a table", ".table-wrapper thead th:nth-child(2)", [...PADDING, ...LINE, ...TEXT]],
  ["cell", ".table-wrapper tbody td:nth-child(2)", [...PADDING, ...LINE, ...TEXT]],
  ["first cell", ".table-wrapper tbody td", ["padding-left"]],
  ["code", ".markdown-rendered > pre", ["left", "width", "background-color", "border-top-width", "border-top-color", ...PADDING, ...TEXT]],
  ["task list", ".markdown-rendered > ul.contains-task-list", ["left", "width"]],
  ["box of a task", ":is([data-task=' '], [data-task='']) > .task-list-item-checkbox", ["left", "width", "height", "border-top-width", "border-top-color", "border-top-left-radius"]],
  ["box of a done task", "[data-task=x] > .task-list-item-checkbox", ["background-color", "border-top-color"]],
  ["box of a proposed task", "[data-task='?'] > .task-list-item-checkbox", ["border-top-style", "border-top-color"]],
  ["box of an important task", "[data-task='!'] > .task-list-item-checkbox", ["border-top-color"]],
  ["embedded note", ".markdown-embed", ["left", "width", "padding-left", "border-left-width", "border-left-color"]],
  ["title of an embedded note", ".markdown-embed-title", ["left", "font-size"]],
  ["missing file", ".file-embed:is(.mod-empty, .mod-empty-attachment)", ["left", "width", "border-top-style", "border-top-width", "padding-left", "font-size", "color"]],
  ["footnotes", ".footnotes", ["left", "width", "above", "font-size", "color"]],
  ["contents", "#toc", ["left", "width", "font-size"]],
  ["heading of the contents", "#toc h2", TEXT],
  ["line of the contents", "#toc li:nth-child(2) > a", ["left", "padding-left", ...TEXT]],
  ["mentions", "main .backlinks", ["left", "width", "above"]],
  ["kind of mentions", "main .backlinks > h3", TEXT],
];

const HOME = [
  ["counts", "main .counts a", TEXT],
  ["main column", "main .grid2 > :nth-child(1)", ["left", "width"]],
  ["second column", "main .grid2 > :nth-child(2)", ["left", "width"]],
  ["heading of a list", "main .grid2 h2:has(+ .log)", ["left", "width", "padding-bottom", ...LINE, ...TEXT]],
  ["link to all", "main .grid2 h2:has(+ .log) a", TEXT],
  ...LIST.slice(2, 5),
  ["customer", "main .mini .ent a", ["left", "text-decoration-line", ...TEXT]],
  ["initials of a customer", "main .mini .ent .av", ["left", "width", "height", "font-size", "border-top-left-radius"]],
  ["tag", "main .tags a.tag", ["height", "padding-left", "background-color", ...TEXT]],
];

const TAG = [
  ["path", "main > .crumbs", ["left", "below", ...TEXT]],
  ...LIST,
  ["contents", "#toc", ["left", "width", "font-size"]],
  ["heading beside the text", "aside h2", TEXT],
];

const INDEX = [
  ["table", "main table.index", ["left", "width", "font-size", "line-height"]],
  ["head of a column", "main table.index thead th", ["padding-top", "padding-bottom", ...LINE, ...TEXT]],
  ["name", "main table.index tbody th[scope=row] a", ["font-size", "font-weight", "color", "text-decoration-line"]],
  ["link of a row", "main table.index tbody td a", ["text-decoration-line", ...TEXT]],
  ["row", "main table.index tbody th[scope=row]", ["left", "padding-top", "padding-bottom", ...LINE]],
  ["filter", ".bar .field", ["left", "width", "height", "padding-left", "border-top-width", "border-top-color", "border-top-left-radius", "font-size"]],
  ["letters", "main .letters", ["left", "font-size"]],
  ["letter", "main .letters a", ["left", "height", "text-decoration-line", ...TEXT]],
  ["last cell", "main table.index tbody td:last-child", ["padding-top", "text-align", ...TEXT]],
];

const HEAD = [
  ["path", "main > .crumbs", ["left", "below", ...TEXT]],
  ["properties", "main .metadata-container", ["left", "width", "column-gap", "padding-top", "border-top-width", "border-top-color"]],
  ["key", "main .metadata-property-key", ["left", "width", ...TEXT]],
  ["value", "main .metadata-property-value", ["left", "width", ...TEXT]],
  ["contents button", "main [popovertarget=toc]", ["left", "height", "border-top-width", "border-top-color", "color", "font-size"]],
  ["heading", ".markdown-rendered > h2", ["left", "below", "letter-spacing", ...TEXT]],
  ["paragraph", ".markdown-rendered > p", ["left", "width", ...TEXT]],
  ["contents", "#toc", ["left", "width", "font-size"]],
  ["line of the contents", "#toc li:nth-child(2) > a", ["left", "padding-left", ...TEXT]],
];

const TASKS = [
  ["task", ".rows > li", ["left", "width", "padding-top", "padding-bottom", "padding-left", ...LINE]],
  ["box of a task", ".rows > [data-task=' '] > .task-list-item-checkbox", ["left", "width", "height", "border-top-width", "border-top-color", "border-top-left-radius"]],
  ["text of a task", ".rows .task-description", ["left", ...TEXT]],
  ["who does it", ".rows .task-meta .who", ["font-size", "color", "column-gap", "text-decoration-line"]],
  ["initials of who does it", ".rows .task-meta .av", ["width", "height", "font-size", "border-top-left-radius"]],
  ["high priority", ".rows .pri[data-p=high]", TEXT],
  ["overdue", ".rows .is-overdue", ["font-size", "font-weight", "color"]],
  ["where it stands", ".rows .task-src", ["font-size", "color", "text-decoration-line"]],
];

const ENTITY = [
  ...HEAD,
  ["initials", "main > .head .av.lg", ["left", "width", "height", "font-size", "font-weight", "border-top-left-radius"]],
];

const MEETING = [
  ...HEAD,
  ["attendee", ".metadata-container .people > a", ["left", "height", "column-gap", "text-decoration-line", ...TEXT]],
  ["initials of one", ".metadata-container .people .av", ["left", "width", "height", "font-size", "border-top-left-radius"]],
  ["customer", ".metadata-property-value > a[href]", ["left", "text-decoration-line", ...TEXT]],
  ["attendee without a page", ".metadata-container .people .is-unresolved", ["color", "font-size", "text-decoration-line", "text-decoration-style"]],
  ["tag", ".metadata-property a.tag", ["height", "padding-left", "background-color", ...TEXT]],
  ["callout", ".markdown-rendered > .callout", ["left", "width", "background-color", "border-left-width", "border-left-color", ...PADDING]],
  ["meetings beside it", "main > .pager", ["left", "width", "font-size"]],
  ["earlier one", "main > .pager a", ["left", "text-decoration-line", ...TEXT]],
  ["day of that", "main > .pager small", TEXT],
  ["mentions", "main .backlinks", ["left", "width"]],
  ["kind of mentions", "main .backlinks > h3", TEXT],
  ...LIST.slice(2),
];

const TRANSCRIPT = [
  ["path", "main > .crumbs", ["left", "below", ...TEXT]],
  ["properties", "main .metadata-container", ["left", "width", "column-gap", "padding-top", "border-top-width", "border-top-color"]],
  ["turn", ".turns > .turn", ["left", "width", "padding-bottom", "column-gap"]],
  ["time of a turn", ".turns > .turn > a", ["left", "text-decoration-line", ...TEXT]],
  ["who speaks", ".turns .spk", ["left", "column-gap", ...TEXT]],
  ["initials of who speaks", ".turns .spk .av", ["width", "height", "font-size"]],
  ["what is said", ".turns .turn p:not(.spk)", ["left", "width", ...TEXT]],
  ["silence", ".turns > .gap", ["left", ...TEXT]],
  ["heading beside the text", "aside section h2", TEXT],
  ["share", "aside .share li", ["left", "width", "font-size"]],
  ["bar of a share", "aside .share svg", ["width", "height", "background-color"]],
  ["mark", "aside .marks a", ["font-size", "color"]],
];

const VIEW = [
  ["state", ".seg a[aria-current]", ["left", "height", "padding-left", "background-color", "border-top-left-radius", ...TEXT]],
  ["other state", ".seg a:not([aria-current])", ["height", "padding-left", "text-decoration-line", ...TEXT]],
  ["count of a state", ".seg a .n", TEXT],
  ["filter", ".bar .field", ["left", "width", "height", "padding-left", "border-top-width", "border-top-color", "border-top-left-radius", "font-size"]],
  ["group", "h2.group", ["left", "width", "padding-bottom", ...LINE, ...TEXT]],
  ["count of a group", "h2.group .n", TEXT],
  ...TASKS,
  ["day it is due", ".rows .task-due:not(.is-overdue)", TEXT],
];

const MISSING = [
  ["ways on", "main .markdown-rendered ul", ["left", "width", "padding-left"]],
  ["way on", "main .markdown-rendered ul a", TEXT],
];

/* name of the mock-up -> our page of the site `theme`, and the rows */
export const PAIRS = {
  "note-features": { path: "reference/handbook/how-depots-are-numbered.html", rows: [...FRAME, ...NOTE, ...LIST.slice(2)] },
  home: { path: "index.html", rows: [...FRAME.filter(([name]) => name !== "line below the title"), ...HOME] },
  tag: { path: "tags/rollout/depot.html", rows: [...FRAME, ...TAG] },
  person: { path: "people/mira-castellan.html", rows: [...FRAME, ...ENTITY, ...TASKS, ...LIST.slice(2)] },
  customer: { path: "customers/brightwater-rail.html",
    rows: [...FRAME.filter(([name]) => !/rail/.test(name)), ...ENTITY.filter(([name]) => name !== "paragraph"), ...LIST.slice(2),
      ["callout", ".markdown-rendered > .callout", ["left", "width", "background-color", "border-left-width", "border-left-color", ...PADDING]]] },
  meeting: { path: "meetings/2026-11-18-night-timetable-pilot.html", rows: [...FRAME.filter(([name]) => name !== "heading in the rail"), ...MEETING] },
  transcript: { path: "transcripts/2026-11-18-night-timetable-pilot-transcript.html", rows: [...FRAME, ...TRANSCRIPT] },
  tasks: { path: "tasks/index~due.html", rows: [...FRAME, ...VIEW] },
  "people-index": { path: "people/index.html", rows: [...FRAME, ...INDEX] },
  404: { path: "404.html", rows: [...FRAME.filter(([name]) => name !== "current line of the rail"), ...MISSING] },
};

/* A selector of the mock-ups as it reads on our pages. */
export function ours(selector) {
  return selector.replaceAll("#nav", "#_nav").replaceAll("#toc", "#_contents").replaceAll("popovertarget=toc", "popovertarget=_contents");
}
