#include "html/escape.h"
#include "site/urls.h"
#include "site/wiki.h"

/*
 * The body of an entity's note with what the vault knows in it (spec/entities.md
 * §4.7): sections and stubs that hold nothing go, panels stand where these stood,
 * after the section that has some of it already, or at the end.
 */

static const struct {
    const char *name; /* data-panel; `_` + it is the id of its heading */
    enum string_name title;
} panels[ENTITY_PANELS] = {
    [PANEL_TIMELINE] = {"timeline", STRING_TIMELINE},
    [PANEL_TASKS] = {"tasks", STRING_OPEN_TASKS},
    [PANEL_DECISIONS] = {"decisions", STRING_DECISIONS},
    [PANEL_FACTS] = {"facts", STRING_KEY_FACTS},
    [PANEL_RELATED] = {"related", STRING_RELATED},
};

/* --- rows --- */

/* The row as it is kept, or NULL. */
static const struct kept_piece *piece_of(const struct wiki *w,
                                         const struct entity *e,
                                         enum entity_panel panel,
                                         uint32_t row) {
    const struct kept *kept = w->fill->kept;

    switch (panel) {
    case PANEL_TIMELINE:
        return &kept->events[e->events[row].event];
    case PANEL_DECISIONS:
        return &kept->decisions[row];
    case PANEL_FACTS:
        return &kept->facts[row];
    case PANEL_TASKS:
    case PANEL_RELATED:
    case ENTITY_PANELS:
        break;
    }
    return NULL;
}

/* A decision needs no way to the page that it stands on. */
static bool has_part(const struct wiki *w, const struct entity *e,
                     enum entity_panel panel, uint32_t row,
                     const struct kept_piece *piece) {
    return panel == PANEL_TIMELINE
               ? e->events[row].role == EVENT_MENTIONED
               : piece->nlinks == 0 ||
                     piece->links[0].file != w->fill->page->note;
}

static void add_kept(struct wiki *w, const struct entity *e,
                     enum entity_panel panel, const uint32_t *rows,
                     uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        const struct kept_piece *piece = piece_of(w, e, panel, rows[i]);

        if (i + KEPT_FAR < n)
            __builtin_prefetch(piece_of(w, e, panel, rows[i + KEPT_FAR]));
        if (i + KEPT_NEAR < n)
            kept_fetch(piece_of(w, e, panel, rows[i + KEPT_NEAR]));
        if (i + KEPT_NEXT < n)
            kept_fetch_addresses(piece_of(w, e, panel, rows[i + KEPT_NEXT]),
                                 w->plan);
        wiki_kept(w, piece, has_part(w, e, panel, rows[i], piece));
    }
}

/* Rows [win.begin, win.end) of the panel's rest. */
static void add_rows(struct wiki *w, uint32_t entity, enum entity_panel panel,
                     struct window win) {
    const struct entity *e = &w->e->items[entity];
    const uint32_t *rest = e->panels[panel].rest;

    if (panel == PANEL_RELATED) {
        wiki_related(w, entity, rest + win.begin, win.end - win.begin);
        return;
    }
    buf_add_str(w->out, panel == PANEL_TASKS
                            ? STR("<ul class=\"contains-task-list "
                                  "plugin-tasks-query-result rows\">\n")
                            : STR("<ul class=\"log\">\n"));
    if (panel != PANEL_TASKS)
        add_kept(w, e, panel, rest + win.begin, win.end - win.begin);
    else
        wiki_task_rows(w, rest + win.begin, win.end - win.begin, false,
                       PLAN_NONE);
    buf_add_lit(w->out, "</ul>\n");
}

/* --- which rows stand where --- */

struct window draw_rest(const struct page *page, struct plan_rest rest) {
    uint32_t begin, end;

    if (page->part != PAGE_MORE)
        return (struct window){0, rest.shown};
    begin = (page->number - 2) * PLAN_ROWS;
    end = begin + PLAN_ROWS;
    if (begin < rest.begin)
        begin = rest.begin;
    if (end > rest.end)
        end = rest.end;
    if (begin >= end)
        return (struct window){0, 0};
    return (struct window){begin - rest.begin + rest.shown,
                           end - rest.begin + rest.shown};
}

struct str draw_rest_href(struct draw *d, uint32_t entity,
                          struct plan_rest rest, const char *id) {
    const struct plan *p = d->plan;

    buf_reset(d->text);
    buf_add_str(d->text,
                p->pages[p->more[entity] + rest.begin / PLAN_ROWS].href);
    buf_add_ch(d->text, '#');
    buf_add_str(d->text, str_from(id));
    return draw_keep(d);
}

/* How many there are besides, and the way to them; of those that no page has the
 * number alone, behind the last row. */
static void add_more(struct wiki *w, uint32_t entity, enum entity_panel panel,
                     uint32_t end) {
    struct plan_rest rest = plan_rest_of(w->plan, entity, panel);
    uint32_t n = w->e->items[entity].panels[panel].nrest;
    bool leads = w->fill->page->part != PAGE_MORE && rest.begin < rest.end;

    if (!leads && (rest.left == 0 || end < n - rest.left))
        return;
    buf_add_lit(w->out, "<p class=\"all\">");
    if (leads) {
        const struct page *to =
            &w->plan->pages[w->plan->more[entity] + rest.begin / PLAN_ROWS];
        buf_add_lit(w->out, "<a href=\"");
        fill_address(w->fill, to->href, w->out);
        buf_printf(w->out, "#_%s\">", panels[panel].name);
    }
    wiki_count(w, STRING_AND_MORE_ONE, n - end);
    buf_add_str(w->out, leads ? STR("</a></p>\n") : STR("</p>\n"));
}

/* Its heading stands as deep as the one whose place it has. */
static void add_panel(struct wiki *w, uint32_t entity, enum entity_panel panel,
                      unsigned level) {
    const struct entity *e = &w->e->items[entity];
    const struct panel *p = &e->panels[panel];
    const char *name = panels[panel].name;
    struct window win =
        draw_rest(w->fill->page, plan_rest_of(w->plan, entity, panel));

    if (p->state == PANEL_MERGED) {
        buf_printf(w->out,
                   "<details class=\"fold panel\" data-panel=\"%s\"><summary>",
                   name);
        wiki_count(w, STRING_FOUND_ONE, p->nrest);
        buf_add_lit(w->out, "</summary>\n");
    } else {
        buf_printf(w->out,
                   "<section class=\"panel\" data-panel=\"%s\" "
                   "aria-labelledby=\"_%s\">\n<h%u id=\"_%s\">",
                   name, name, level, name);
        wiki_text(w, panels[panel].title);
        buf_add_lit(w->out, " <span class=\"n\">");
        wiki_number(w, p->nrest);
        buf_printf(w->out, "</span></h%u>\n", level);
    }
    add_rows(w, entity, panel, win);
    add_more(w, entity, panel, win.end);
    buf_add_str(w->out, p->state == PANEL_MERGED ? STR("</details>\n")
                                                 : STR("</section>\n"));
}

static bool is_shown(const struct panel *p) {
    return p->state == PANEL_GENERATED || p->state == PANEL_MERGED;
}

/* --- places --- */

/* What becomes of the text at a place: bytes go, and a panel stands there. */
struct edit {
    struct range cut; /* begin == end: nothing goes */
    uint32_t panel;   /* enum entity_panel; ENTITY_PANELS: none */
    uint8_t level;
};

struct edits {
    struct edit *items;
    size_t len;
};

static struct range end_of(struct range r) {
    return (struct range){r.end, r.end, r.fixup_end, r.fixup_end};
}

/* A section that begins at the top of the note is one range. */
static bool section_of(const struct note *n, uint32_t heading,
                       struct range *r) {
    const struct slice *s;

    if (heading >= n->nheadings)
        return false;
    s = &n->headings[heading].section;
    if (!n->headings[heading].is_top || s->nranges == 0)
        return false;
    *r = s->ranges[0];
    r->end = s->ranges[s->nranges - 1].end;
    r->fixup_end = s->ranges[s->nranges - 1].fixup_end;
    return true;
}

/* The panel that stands in place of the empty section of that heading. */
static uint32_t panel_instead(const struct entity *e, uint32_t heading) {
    for (unsigned i = 0; i < ENTITY_PANELS; i++)
        if (e->panels[i].empty && e->panels[i].heading == heading &&
            is_shown(&e->panels[i]))
            return i;
    return ENTITY_PANELS;
}

/* What only inserts belongs to the text before it. */
static bool stands_before(const struct edit *a, const struct edit *b) {
    if (a->cut.begin != b->cut.begin)
        return a->cut.begin < b->cut.begin;
    return a->cut.begin == a->cut.end && b->cut.begin < b->cut.end;
}

static void add_edit(struct edits *all, struct edit edit) {
    size_t at = all->len++;

    for (; at > 0 && stands_before(&edit, &all->items[at - 1]); at--)
        all->items[at] = all->items[at - 1];
    all->items[at] = edit;
}

static void add_sections(struct edits *all, const struct note *n,
                         const struct entity *e) {
    for (uint32_t i = 0; i < e->nempty_sections; i++) {
        uint32_t heading = e->empty_sections[i];
        struct edit edit = {.panel = panel_instead(e, heading)};
        if (!section_of(n, heading, &edit.cut))
            continue;
        edit.level = n->headings[heading].level;
        add_edit(all, edit);
    }
    for (unsigned i = 0; i < ENTITY_PANELS; i++) {
        const struct panel *p = &e->panels[i];
        struct edit edit = {.panel = i};
        if (p->empty || !is_shown(p) || !section_of(n, p->heading, &edit.cut))
            continue;
        edit.level = n->headings[p->heading].level;
        edit.cut = end_of(edit.cut);
        add_edit(all, edit);
    }
}

/* `*Last updated: *`, whatever its marks, without a day. */
static bool is_stub(struct str text) {
    struct buf letters = {0};
    bool is;

    for (size_t i = 0; i < text.len && letters.len < 20; i++)
        if (text.p[i] == '<')
            while (i + 1 < text.len && text.p[i] != '>')
                i++;
        else if (!ascii_space((unsigned char)text.p[i]) && text.p[i] != '*' &&
                 text.p[i] != '_')
            buf_add_ch(&letters, text.p[i]);
    is = str_eq_nocase(buf_str(&letters), STR("lastupdated:"));
    buf_release(&letters);
    return is;
}

#define STUB_MAX 100 /* bytes of its HTML */
#define STUBS_MAX 16

static void add_stubs(struct edits *all, const struct note *n) {
    struct str html = str_slice(n->html, 0, n->body_end);
    uint32_t fixup = 0;
    size_t at = 0, found = 0;

    while (found < STUBS_MAX &&
           (at = str_find_str(html, STR("<p>"), at)) != STR_NONE) {
        size_t end = str_find_str(html, STR("</p>"), at);
        struct edit edit = {.panel = ENTITY_PANELS};
        if (end == STR_NONE)
            return;
        end += STR("</p>").len;
        if (end - at <= STUB_MAX && is_stub(str_slice(html, at, end))) {
            while (fixup < n->body_fixups && n->fixups[fixup].at <= at)
                fixup++;
            edit.cut =
                (struct range){(uint32_t)at, (uint32_t)end, fixup, fixup};
            if (fixup == n->body_fixups || n->fixups[fixup].at >= end) {
                add_edit(all, edit);
                found++;
            }
        }
        at = end;
    }
}

/* --- the whole --- */

static struct edits edits_of(struct fill *f, const struct note *n,
                             const struct entity *e) {
    struct edits all = {
        .items = arena_array(f->scratch, struct edit,
                             ENTITY_PANELS + STUBS_MAX + e->nempty_sections)};

    if (n->form != NOTE_RENDERED || n->is_board)
        return all;
    add_sections(&all, n, e);
    add_stubs(&all, n);
    return all;
}

struct body {
    struct wiki wiki;
    uint32_t entity;
    struct edits edits;
    bool drawn[ENTITY_PANELS];
};

/* What stands behind the `place`th range. */
static void insert(void *context, size_t place, struct buf *out) {
    struct body *b = context;
    const struct edit *edit = &b->edits.items[place];

    (void)out;
    if (edit->panel == ENTITY_PANELS)
        return;
    b->drawn[edit->panel] = true;
    add_panel(&b->wiki, b->entity, (enum entity_panel)edit->panel, edit->level);
}

void wiki_body(struct fill *f, uint32_t entity, struct buf *out) {
    const struct entity *e = &f->plan->entities->items[entity];
    const struct note *n = f->plan->linked->notes[e->note];
    struct body b = {
        .wiki = wiki_new(f, out), .entity = entity, .edits = edits_of(f, n, e)};
    struct range *cuts = arena_array(f->scratch, struct range, b.edits.len);

    for (size_t i = 0; i < b.edits.len; i++)
        cuts[i] = b.edits.items[i].cut;
    fill_note_without(f, n, cuts, b.edits.len, insert, &b, out);
    for (unsigned i = 0; i < ENTITY_PANELS; i++)
        if (is_shown(&e->panels[i]) && !b.drawn[i])
            add_panel(&b.wiki, entity, (enum entity_panel)i, 2);
}

static void add_rest(struct wiki *w, uint32_t entity, enum entity_panel panel) {
    struct window win =
        draw_rest(w->fill->page, plan_rest_of(w->plan, entity, panel));

    if (win.begin == win.end)
        return;
    buf_printf(w->out,
               "<section class=\"panel\" aria-labelledby=\"_%s\">\n"
               "<h2 id=\"_%s\">",
               panels[panel].name, panels[panel].name);
    wiki_text(w, panels[panel].title);
    buf_add_lit(w->out, " <span class=\"n\">");
    wiki_number(w, w->e->items[entity].panels[panel].nrest);
    buf_add_lit(w->out, "</span></h2>\n");
    add_rows(w, entity, panel, win);
    add_more(w, entity, panel, win.end);
    buf_add_lit(w->out, "</section>\n");
}

bool wiki_has_rows(const struct fill *f, uint32_t entity) {
    for (unsigned i = 0; i < ENTITY_PANELS; i++) {
        struct window win =
            draw_rest(f->page, plan_rest_of(f->plan, entity, i));
        if (win.begin < win.end)
            return true;
    }
    return false;
}

void wiki_more_page(struct fill *f, uint32_t entity, struct buf *out) {
    struct wiki w = wiki_new(f, out);

    for (unsigned i = 0; i < ENTITY_PANELS; i++)
        add_rest(&w, entity, (enum entity_panel)i);
}

/* --- contents --- */

static const struct entity *entity_of(const struct draw *d) {
    uint32_t entity = plan_entity_of(d->plan, d->page->note);

    return entity == PLAN_NONE ? NULL : &d->plan->entities->items[entity];
}

bool wiki_is_cut(const struct draw *d, const struct note *n, uint32_t heading) {
    const struct entity *e = entity_of(d);
    struct range r;

    for (uint32_t i = 0; e != NULL && i < e->nempty_sections; i++)
        if (section_of(n, e->empty_sections[i], &r) &&
            n->headings[heading].own.begin >= r.begin &&
            n->headings[heading].own.begin < r.end)
            return true;
    return false;
}

uint32_t wiki_panel_at(const struct draw *d, const struct note *n,
                       uint32_t heading) {
    const struct entity *e = entity_of(d);
    struct range r;

    return e == NULL || !section_of(n, heading, &r) ? ENTITY_PANELS
                                                    : panel_instead(e, heading);
}

void wiki_add_panel_link(struct draw *d, uint32_t panel, struct buf *out) {
    buf_printf(out, "<li><a href=\"#_%s\">", panels[panel].name);
    html_escape(out, draw_string(d, panels[panel].title));
    buf_add_lit(out, "</a>");
}

static bool stands_at_end(const struct entity *e, const struct note *n,
                          unsigned panel) {
    struct range r;

    return e->panels[panel].state == PANEL_GENERATED &&
           !section_of(n, e->panels[panel].heading, &r);
}

uint32_t wiki_panels_at_end(const struct draw *d, const struct note *n) {
    const struct entity *e = entity_of(d);
    uint32_t count = 0;

    for (unsigned i = 0; e != NULL && i < ENTITY_PANELS; i++)
        count += stands_at_end(e, n, i);
    return count;
}

void wiki_add_panel_links(struct draw *d, const struct note *n,
                          struct buf *out) {
    const struct entity *e = entity_of(d);

    for (unsigned i = 0; e != NULL && i < ENTITY_PANELS; i++)
        if (stands_at_end(e, n, i)) {
            wiki_add_panel_link(d, i, out);
            buf_add_lit(out, "</li>");
        }
}
