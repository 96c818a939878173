#include "site/plan.h"

#include <assert.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/unicode.h"
#include "html/escape.h"
#include "site/planner.h"
#include "site/explorer.h"
#include "site/previews.h"

struct str planner_href(struct planner *pl, struct str path) {
    buf_reset(&pl->text);
    html_encode_path(&pl->text, path);
    if (pl->text.len == path.len) /* only ever longer */
        return path;
    return arena_str(pl->arena, buf_str(&pl->text));
}

uint32_t planner_page(struct planner *pl, struct page page) {
    vec_push(&pl->pages, page);
    return (uint32_t)(pl->pages.len - 1);
}

uint32_t planner_count(size_t n, size_t rows) {
    return n == 0 ? 1 : (uint32_t)((n + rows - 1) / rows);
}

uint32_t planner_series(struct planner *pl, struct page page, struct str base,
                        const char *tail, uint32_t first, uint32_t last) {
    uint32_t index = (uint32_t)pl->pages.len;

    for (uint32_t n = first; n <= last; n++) {
        bool claimed;
        buf_reset(&pl->text);
        buf_add_str(&pl->text, base);
        buf_add_str(&pl->text, str_from(tail));
        buf_add_u64(&pl->text, n);
        buf_add_lit(&pl->text, ".html");
        page.number = n;
        page.path = arena_str(pl->arena, buf_str(&pl->text));
        page.href = planner_href(pl, page.path);
        claimed = owned_claim(&pl->owned, page.path);
        assert(claimed); /* `~` stands in no slug, and `base` is ours */
        (void)claimed;
        planner_page(pl, page);
    }
    return index;
}

struct str planner_base(struct str path) {
    return str_slice(path, 0, path.len - STR(".html").len);
}

enum page_kind planner_kind(const struct planner *pl, uint32_t note,
                            enum page_kind other) {
    if (note == PLAN_NONE)
        return other;
    if (plan_entity_of(pl->plan, note) != PLAN_NONE)
        return PAGE_ENTITY;
    return plan_event_of(pl->plan, note) != PLAN_NONE ? PAGE_EVENT : other;
}

void planner_note_page(struct planner *pl, uint32_t note, uint32_t page) {
    if (note == PLAN_NONE)
        return;
    pl->page_of[note] = page;
    pl->hrefs[note] = pl->pages.items[page].href;
}

static void claim_root(struct planner *pl) {
    static const struct str files[] = {
        STR_INIT("index.html"),          STR_INIT("404.html"),
        STR_INIT("sitemap.xml"),         STR_INIT("feed.xml"),
        STR_INIT("pages.json"),          STR_INIT("entities.json"),
        STR_INIT("_/search/index.js"),   STR_INIT("_/graph/index.js"),
        STR_INIT("_/previews/index.js"), STR_INIT("_/explorer/index.js"),
        STR_INIT(PLAN_LICENCES),
    };

    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        owned_claim(&pl->owned, files[i]);
}

/* Its name changes with its bytes, so that no browser shows an old one. Returns
 * its path, "" where there is such a file already. */
static struct str add_asset(struct planner *pl, const char *stem,
                            const char *extension, struct str bytes) {
    struct str path;
    char hex[16];

    hash_hex(hash_bytes(bytes), hex);
    buf_reset(&pl->text);
    buf_printf(&pl->text, "_/%s-%.10s.%s", stem, hex, extension);
    path = arena_str(pl->arena, buf_str(&pl->text));
    if (!owned_claim(&pl->owned, path))
        return STR("");
    pl->assets[pl->plan->nassets++] =
        (struct plan_asset){.path = path, .bytes = bytes};
    return path;
}

static void plan_asset(struct planner *pl, unsigned kind, const char *stem,
                       const char *extension, struct str bytes) {
    if (bytes.len > 0 || kind == ASSET_STYLE)
        pl->plan->asset_hrefs[kind] = add_asset(pl, stem, extension, bytes);
}

/* The same of a file that is only for pages with one of `extras`. */
static void plan_extra(struct planner *pl, unsigned kind, const char *extension,
                       struct str stem, struct str bytes, unsigned extras) {
    size_t before = pl->plan->nassets;

    plan_asset(pl, kind, arena_cstr(pl->arena, stem), extension, bytes);
    if (pl->plan->nassets > before)
        pl->assets[before].extras = extras;
}

/* A sheet is of no use without its script. */
static void plan_extras(struct planner *pl) {
    const struct theme *t = pl->plan->theme;
    unsigned there = 0;

    for (unsigned i = 0; i < EXTRAS; i++) {
        const struct theme_extra *extra = &t->extras[i];
        const struct extra_row *row = &extra_rows[i];
        unsigned bit = extra_bit((enum extra)i);
        if (extra->script.len == 0)
            continue;
        there |= bit;
        plan_extra(pl, ASSET_EXTRA_SCRIPT + i, "js", row->file, extra->script,
                   bit);
        plan_extra(pl, ASSET_EXTRA_STYLE + i, "css", row->sheet, extra->style,
                   bit);
    }
    if (there != 0)
        plan_extra(pl, ASSET_EXTRAS_SCRIPT, "js", STR("extras"),
                   t->extras_script, there);
}

/* The vault's sheets; of two that are the same, the first. */
static void plan_snippets(struct planner *pl) {
    const struct theme *t = pl->plan->theme;
    struct str *sheets = arena_array(pl->arena, struct str, t->nsheets);
    size_t n = 0;

    for (size_t i = 0; i < t->nsheets; i++) {
        struct str path = add_asset(pl, "snippet", "css", t->sheets[i]);
        if (path.len > 0)
            sheets[n++] = path;
    }
    pl->plan->snippets = sheets;
    pl->plan->nsnippets = n;
}

static void plan_assets(struct planner *pl) {
    const struct theme *t = pl->plan->theme;

    pl->assets =
        arena_array(pl->arena, struct plan_asset, PLAN_ASSETS + t->nsheets);
    pl->plan->assets = pl->assets;
    plan_asset(pl, ASSET_STYLE, "theme", "css", t->style);
    plan_asset(pl, ASSET_PRINT_STYLE, "print", "css", t->print_style);
    plan_snippets(pl);
    plan_asset(pl, ASSET_EARLY_SCRIPT, "theme", "js", t->early_script);
    plan_asset(pl, ASSET_SCRIPT, "app", "js", t->script);
    plan_asset(pl, ASSET_ICON, "icon", "svg", t->icon);
    plan_asset(pl, ASSET_SEARCH_SCRIPT, "search", "js", t->search_script);
    plan_asset(pl, ASSET_SEARCH_STYLE, "search", "css", t->search_style);
    plan_asset(pl, ASSET_GRAPH_SCRIPT, "graph", "js", t->graph_script);
    plan_asset(pl, ASSET_GRAPH_STYLE, "graph", "css", t->graph_style);
    plan_asset(pl, ASSET_PREVIEWS_SCRIPT, "previews", "js", t->previews_script);
    plan_asset(pl, ASSET_PREVIEWS_STYLE, "previews", "css", t->previews_style);
    plan_asset(pl, ASSET_EXPLORER_SCRIPT, "explorer", "js", t->explorer_script);
    plan_asset(pl, ASSET_EXPLORER_STYLE, "explorer", "css", t->explorer_style);
    plan_extras(pl);
}

static void plan_home(struct planner *pl) {
    struct page page = {.kind = PAGE_HOME,
                        .number = 1,
                        .note = pl->home,
                        .of = 0,
                        .path = STR("index.html"),
                        .href = STR("index.html")};

    planner_note_page(pl, pl->home, planner_page(pl, page));
}

/* The folder's list stands at `index.html`, or at `index~notes.html` where that
 * is the home page, the list of tags or an index. */
static void plan_folder_pages(struct planner *pl, uint32_t i) {
    struct plan_folder *f = &pl->folders[i];
    uint32_t note = f->index == PLAN_NONE ? f->note : PLAN_NONE;
    struct page page = {.kind = planner_kind(pl, note, PAGE_FOLDER),
                        .number = 1,
                        .note = note,
                        .of = i};
    const char *tail = "~";

    f->npages = planner_count(f->nfolders + f->nnotes, PLAN_ROWS);
    buf_reset(&pl->text);
    buf_add_str(&pl->text, f->url);
    buf_add_lit(&pl->text, "index.html");
    page.path = arena_str(pl->arena, buf_str(&pl->text));
    if (!owned_claim(&pl->owned, page.path)) {
        buf_reset(&pl->text);
        buf_add_str(&pl->text, f->url);
        buf_add_lit(&pl->text, "index~notes.html");
        page.path = arena_str(pl->arena, buf_str(&pl->text));
        owned_claim(&pl->owned, page.path);
        tail = "-";
    }
    page.href = planner_href(pl, page.path);
    f->list = planner_page(pl, page);
    if (f->index == PLAN_NONE)
        f->page = f->list;
    planner_note_page(pl, note, f->page);
    page.kind = PAGE_FOLDER;
    page.part = PAGE_FURTHER;
    page.note = PLAN_NONE;
    planner_series(pl, page, planner_base(page.path), tail, 2, f->npages);
}

/* decisions.md 20: what does not fit on the note's own page. Those of entities are
 * planned with their other lists. */
static void plan_mentions(struct planner *pl) {
    const struct linked *l = pl->plan->linked;

    for (uint32_t i = 0; i < l->vault->nfiles; i++) {
        uint32_t n = l->backlinks[i].len;
        pl->mentions[i] = PLAN_NONE;
        if (pl->page_of[i] == PLAN_NONE || n <= PLAN_MENTIONS ||
            plan_entity_of(pl->plan, i) != PLAN_NONE)
            continue;
        struct page page = {.kind = PAGE_NOTE,
                            .part = PAGE_MENTIONS,
                            .note = i,
                            .of = PLAN_NONE};
        pl->mentions[i] = planner_series(
            pl, page, planner_base(pl->pages.items[pl->page_of[i]].path),
            "~mentions-", 2, 1 + planner_count(n - PLAN_MENTIONS, PLAN_ROWS));
    }
}

/* Where the folder's page is an index, it shows the beginning of the list. */
static bool has_list(const struct planner *pl, uint32_t folder) {
    const struct plan_folder *f = &pl->folders[folder];

    return f->ntotal > 0 &&
           (f->index == PLAN_NONE || f->nfolders > PLAN_SHORT ||
            pl->indexes[f->index].nothers > PLAN_SHORT);
}

/* The graph of the whole vault. */
static void plan_graph(struct planner *pl) {
    struct page page = {.kind = PAGE_GRAPH,
                        .number = 1,
                        .note = PLAN_NONE,
                        .of = PLAN_NONE,
                        .path = STR("index~graph.html"),
                        .href = STR("index~graph.html")};

    pl->plan->graph_page = PLAN_NONE;
    if (pl->plan->graph == NULL || pl->plan->graph->nnodes == 0)
        return;
    owned_claim(&pl->owned, page.path);
    pl->plan->graph_page = planner_page(pl, page);
}

static void plan_missing(struct planner *pl) {
    struct page page = {.kind = PAGE_MISSING,
                        .number = 1,
                        .note = PLAN_NONE,
                        .of = PLAN_NONE,
                        .path = STR("404.html"),
                        .href = STR("404.html")};

    planner_page(pl, page);
}

static void start(struct planner *pl) {
    size_t n = pl->plan->linked->vault->nfiles;

    pl->plan->page_of = pl->page_of = arena_array(pl->arena, uint32_t, n);
    pl->plan->folder_of = pl->folder_of = arena_array(pl->arena, uint32_t, n);
    pl->plan->place = pl->place = arena_array(pl->arena, uint32_t, n);
    pl->plan->mentions = pl->mentions = arena_array(pl->arena, uint32_t, n);
    pl->plan->hrefs = pl->hrefs = arena_array(pl->arena, struct str, n);
    pl->plan->tags = pl->tags =
        arena_array(pl->arena, struct plan_tag, pl->plan->linked->ntags);
    pl->moved = arena_array(&pl->scratch, bool, n);
    for (size_t i = 0; i < n; i++)
        pl->page_of[i] = pl->place[i] = PLAN_NONE;
    owned_init(&pl->owned, pl->arena, &pl->scratch);
}

/* decisions.md 12 */
static struct str site_title(const struct planner *pl) {
    struct str title = pl->plan->linked->vault->settings->title;

    if (title.len > 0)
        return title;
    return pl->home == PLAN_NONE ? STR("Wiki")
                                 : planner_note(pl, pl->home)->title;
}

struct plan *plan_site(struct arena *a, const struct linked *l,
                       const struct answers *answers,
                       const struct entities *entities,
                       const struct graph *graph, const struct theme *theme,
                       struct diags *d) {
    struct plan *p = arena_new(a, struct plan);
    struct planner pl = {.arena = a, .plan = p, .diags = d};
    bool collided;

    p->linked = l;
    p->answers = answers;
    p->entities = entities;
    p->graph = graph;
    p->theme = theme;
    arena_init(&pl.scratch);
    start(&pl);
    claim_root(&pl);
    plan_assets(&pl);
    planner_folders(&pl);
    /* After the folders: one called `Tags` shares its own with the tags. */
    if (l->ntags > 0)
        pl.tags_path = owned_claim_name(&pl.owned, STR("tags/"), STR("index"),
                                        STR(".html"), STR(""), &collided);
    plan_home(&pl);
    planner_indexes(&pl);
    /* A folder's own address goes before a note called `index!`. */
    for (uint32_t i = 0; i < p->nfolders; i++)
        if (i == 0 || has_list(&pl, i))
            plan_folder_pages(&pl, i);
    planner_notes(&pl);
    plan_mentions(&pl);
    planner_all(&pl);
    plan_graph(&pl);
    planner_entities(&pl);
    planner_answers(&pl);
    planner_tags(&pl);
    plan_missing(&pl);
    planner_attachments(&pl);
    planner_redirects(&pl);
    p->npages = pl.pages.len;
    p->pages = vec_keep(a, &pl.pages);
    p->site_title = site_title(&pl);
    planner_dates(&pl);
    planner_days(&pl);
    planner_rail(&pl);
    p->previews = previews_plan(a, p);
    p->explorer = explorer_plan(a, p);
    vec_release(&pl.pages);
    buf_release(&pl.text);
    arena_release(&pl.scratch);
    return p;
}

static struct str row_kind(const struct plan *p, size_t i) {
    struct str kind = p->linked->notes[i]->role.kind;

    if (p->linked->vault->files[i].is_template)
        return STR("template");
    if (kind.len > 0)
        return kind;
    return page_kind_names[p->pages[p->page_of[i]].kind];
}

/* The tags of a row, as their pages spell them. */
static void add_row_tags(struct arena *a, const struct plan *p, size_t file,
                         struct plan_row *row) {
    uint32_t begin = p->note_tag_begins[file];
    struct str *tags;

    row->ntags = p->note_tag_begins[file + 1] - begin;
    row->tags = tags = arena_array(a, struct str, row->ntags);
    for (size_t i = 0; i < row->ntags; i++)
        tags[i] = p->linked->tags[p->note_tags[begin + i]].name;
}

const struct plan_row *plan_rows(struct arena *a, const struct plan *p,
                                 size_t *n) {
    const struct vault *v = p->linked->vault;
    struct plan_row *rows = arena_array(a, struct plan_row, v->nfiles);

    *n = 0;
    for (size_t i = 0; i < v->nfiles; i++) {
        const struct note *note = p->linked->notes[i];
        if (!note)
            continue;
        rows[*n] = (struct plan_row){.path = v->files[i].path,
                                     .url = p->pages[p->page_of[i]].path,
                                     .title = note->title,
                                     .kind = row_kind(p, i)};
        add_row_tags(a, p, i, &rows[(*n)++]);
    }
    return rows;
}

bool plan_indexed(const struct plan *p, const struct page *page) {
    if (page->part == PAGE_REDIRECT || page->part == PAGE_MENTIONS ||
        page->part == PAGE_ANSWER || page->part == PAGE_MORE ||
        page->kind == PAGE_MISSING)
        return false;
    return page->note == PLAN_NONE ||
           !p->linked->vault->files[page->note].is_template;
}
