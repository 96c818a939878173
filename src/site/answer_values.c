#include "base/unicode.h"
#include "html/escape.h"
#include "site/pen.h"

/* spec/dataview.md §12, §14. */

void pen_text(struct pen *p, struct str text) {
    buf_add_lit(p->out, "<span>");
    fill_text(p->fill, p->origin, text, p->out);
    buf_add_lit(p->out, "</span>");
}

static void add_printed(struct pen *p, const struct value *v) {
    buf_reset(&p->text);
    value_print(&p->text, v, p->style);
    html_escape(p->out, buf_str(&p->text));
}

static struct str keep(struct pen *p) {
    return arena_str(p->fill->scratch, buf_str(&p->text));
}

/* As if it were written in the query's note, which is how its path was made. */
static struct target target_of(struct pen *p, const struct value_link *v,
                               struct str subpath) {
    const struct linked *l = p->fill->plan->linked;

    return v->file > 0 ? linked_part(l, v->file - 1, subpath, p->fill->scratch)
                       : linked_resolve(l, p->origin->index, v->path, subpath,
                                        p->fill->scratch);
}

static void add_link(struct pen *p, const struct value_link *v) {
    struct fill *f = p->fill;
    struct link l = {.kind = LINK_WIKI, .target = v->path};
    struct target t;

    if (v->embed) { /* an image, or again a link: as the renderer has it */
        buf_reset(&p->text);
        value_print_link(&p->text, v);
        fill_text(f, p->origin, keep(p), p->out);
        return;
    }
    buf_reset(&p->text);
    buf_add_str(&p->text, v->path);
    if (v->has_subpath) {
        buf_add_str(&p->text,
                    v->kind == VALUE_LINK_BLOCK ? STR("#^") : STR("#"));
        buf_add_str(&p->text, v->subpath);
    }
    l.typed = keep(p);
    l.subpath = str_skip(l.typed, v->path.len + 1);
    buf_reset(&p->text);
    value_print_link_text(&p->text, v);
    t = target_of(p, v, l.subpath);
    fill_text_link(f, &l, &t, keep(p), p->out);
}

/* elink(): an address that a query made goes through the rules of any other. */
static void add_external(struct pen *p, const struct value_external *e) {
    struct str label = e->display.len > 0 ? e->display : e->url;
    struct link l = {.kind = LINK_MARKDOWN,
                     .typed = e->url,
                     .target = str_until(e->url, '#'),
                     .subpath = str_after(e->url, '#')};
    struct target t;

    switch (url_classify(e->url, false)) {
    case URL_EXTERNAL:
        buf_add_lit(p->out, "<a class=\"external-link\" href=\"");
        html_escape_url(p->out, e->url);
        buf_add_lit(p->out, "\" target=\"_blank\" rel=\"noopener nofollow\">");
        html_escape(p->out, label);
        buf_add_lit(p->out, "</a>");
        break;
    case URL_RELATIVE:
        t = linked_resolve(p->fill->plan->linked, p->origin->index, l.target,
                           l.subpath, p->fill->scratch);
        fill_text_link(p->fill, &l, &t, label, p->out);
        break;
    case URL_FORBIDDEN:
        html_escape(p->out, label);
        break;
    }
}

static void add_list(struct pen *p, const struct value *v, unsigned depth) {
    const struct value *const *items = v->as.list.items;

    buf_add_lit(p->out,
                "<ul class=\"dataview dataview-ul dataview-result-list-ul\">");
    for (size_t i = 0; i < v->as.list.len; i++) {
        buf_add_lit(p->out, "<li class=\"dataview-result-list-li\">");
        pen_value(p, items[i], depth + 1);
        buf_add_lit(p->out, "</li>");
    }
    buf_add_lit(p->out, "</ul>");
}

static void add_list_in_line(struct pen *p, const struct value *v,
                             unsigned depth) {
    buf_add_lit(p->out, "<span class=\"dataview dataview-result-list-span\">");
    if (v->as.list.len == 0)
        buf_add_lit(p->out, "&lt;empty list&gt;");
    for (size_t i = 0; i < v->as.list.len; i++) {
        if (i > 0)
            buf_add_lit(p->out, ", ");
        pen_value(p, v->as.list.items[i], depth + 1);
    }
    buf_add_lit(p->out, "</span>");
}

static void add_object(struct pen *p, const struct value *v, unsigned depth) {
    buf_add_lit(p->out, "<ul class=\"dataview dataview-ul "
                        "dataview-result-object-ul\">");
    for (size_t i = 0; i < v->as.object.len; i++) {
        buf_add_lit(p->out, "<li class=\"dataview dataview-li "
                            "dataview-result-object-li\">");
        html_escape(p->out, v->as.object.members[i].key);
        buf_add_lit(p->out, ": ");
        pen_value(p, v->as.object.members[i].value, depth + 1);
        buf_add_lit(p->out, "</li>");
    }
    buf_add_lit(p->out, "</ul>");
}

static void add_object_in_line(struct pen *p, const struct value *v,
                               unsigned depth) {
    buf_add_lit(p->out,
                "<span class=\"dataview dataview-result-object-span\">");
    if (v->as.object.len == 0)
        buf_add_lit(p->out, "&lt;empty object&gt;");
    for (size_t i = 0; i < v->as.object.len; i++) {
        if (i > 0)
            buf_add_lit(p->out, ", ");
        html_escape(p->out, v->as.object.members[i].key);
        buf_add_lit(p->out, ": ");
        pen_value(p, v->as.object.members[i].value, depth + 1);
    }
    buf_add_lit(p->out, "</span>");
}

/* What is a note is its link, what is an item its text and place: all that they
 * hold would be a page of its own. */
static void add_record(struct pen *p, const struct value *v, unsigned depth) {
    struct arena *scratch = p->fill->scratch;
    struct answer_item place;
    const struct value *m;

    if (answer_item(v, &place)) {
        m = value_member(v, STR("text"), scratch);
        pen_text(p, m != NULL && m->kind == VALUE_TEXT ? m->as.text
                                                       : v->as.record->text);
        pen_place(p, place, PLAN_NONE);
        return;
    }
    m = value_member(v, STR("file"), scratch);
    if (m != NULL)
        m = value_member(m, STR("link"), scratch);
    if (m != NULL && m->kind == VALUE_LINK) {
        pen_value(p, m, depth);
        return;
    }
    if (p->in_line)
        add_object_in_line(p, value_object(v, scratch), depth);
    else
        add_object(p, value_object(v, scratch), depth);
}

void pen_value(struct pen *p, const struct value *v, unsigned depth) {
    if (depth >= p->max_depth) {
        buf_add_lit(p->out, "...");
        return;
    }
    switch (v->kind) {
    case VALUE_NULL:
        pen_text(p, p->style->null_text);
        break;
    case VALUE_TEXT:
        pen_text(p, v->as.text);
        break;
    case VALUE_LINK:
        buf_add_lit(p->out, "<span>");
        add_link(p, v->as.link);
        buf_add_lit(p->out, "</span>");
        break;
    case VALUE_LIST:
        if (p->in_line)
            add_list_in_line(p, v, depth);
        else
            add_list(p, v, depth);
        break;
    case VALUE_OBJECT:
        if (p->in_line)
            add_object_in_line(p, v, depth);
        else
            add_object(p, v, depth);
        break;
    case VALUE_RECORD:
        add_record(p, v, depth);
        break;
    case VALUE_PAIR:
        pen_value(p, v->as.pair.key, depth);
        buf_add_lit(p->out, ": ");
        pen_value(p, v->as.pair.value, depth);
        break;
    case VALUE_EXTERNAL:
        add_external(p, v->as.external);
        break;
    case VALUE_BOOL:
    case VALUE_NUMBER:
    case VALUE_DATE:
    case VALUE_DURATION:
    case VALUE_FUNCTION:
        add_printed(p, v);
        break;
    }
}

void pen_value_in_line(struct pen *p, const struct value *v) {
    bool was = p->in_line;

    p->in_line = true;
    pen_value(p, v, 0);
    p->in_line = was;
}

uint32_t pen_heading_above(const struct note *n, uint32_t line) {
    uint32_t low = 0, high = n->nheadings;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (n->headings[middle].line <= line)
            low = middle + 1;
        else
            high = middle;
    }
    while (low > 0 && n->headings[low - 1].in_quote)
        low--;
    return low > 0 ? low - 1 : NOTE_NONE;
}

/* The id of the item, which stands right behind `<li`, or NOTE_NONE: also where it
 * lies too deep to be an element. */
static uint32_t id_of(const struct note *n, const struct item *item) {
    const struct range *r = item->whole.ranges;
    const struct fixup *x;

    if (item->whole.nranges == 0)
        return NOTE_NONE;
    x = &n->fixups[r->fixup_begin];
    return r->fixup_begin < r->fixup_end && x->kind == FIXUP_ID &&
                   x->at == r->begin + STR("<li").len
               ? x->ref
               : NOTE_NONE;
}

/* The turn of a transcript that the line stands in, or NOTE_NONE; `heading` is the
 * one above. */
static uint32_t turn_of(const struct note *n, uint32_t line, uint32_t heading) {
    uint32_t low = 0, high = n->nturns;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (n->turns[middle].line <= line)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || (heading != NOTE_NONE &&
                     n->headings[heading].line > n->turns[low - 1].line))
        return NOTE_NONE;
    return low - 1;
}

/* `heading` is the one above the item. */
static struct target item_target(const struct note *n, const struct item *item,
                                 uint32_t heading) {
    struct target t = {.outcome = LINK_NOTE, .file = n->index};
    uint32_t id = id_of(n, item), turn = turn_of(n, item->line, heading);

    if (id != NOTE_NONE) {
        t.kind = PART_ANCHOR;
        t.part = id;
    } else if (turn != NOTE_NONE) {
        t.kind = PART_TURN;
        t.part = turn;
    } else if (heading != NOTE_NONE) {
        t.kind = PART_HEADING;
        t.part = heading;
    }
    return t;
}

struct target pen_item_target(const struct note *n, const struct item *item) {
    return item_target(n, item, pen_heading_above(n, item->line));
}

/* `Name > Heading`, escaped. */
static void add_place_name(struct pen *p, struct str name, const struct note *n,
                           uint32_t heading) {
    html_escape(p->out, name);
    if (heading != NOTE_NONE) {
        buf_add_lit(p->out, " &gt; ");
        html_escape(p->out, n->headings[heading].text);
    }
}

void pen_place(struct pen *p, struct answer_item place, uint32_t known) {
    const struct note *n = p->fill->plan->linked->notes[place.file];
    uint32_t heading = pen_heading_above(n, n->items[place.item].line);
    struct target t = item_target(n, &n->items[place.item], heading);
    bool here = place.file == known || place.file == p->fill->page->note;
    size_t start = p->out->len;

    if (here && heading == NOTE_NONE)
        return;
    buf_add_lit(p->out, " <a class=\"task-src\" href=\"");
    if (!fill_href(p->fill, &t, STR(""), p->out)) {
        p->out->len = start;
        return;
    }
    buf_add_lit(p->out, "\" title=\"");
    add_place_name(p, n->title, n, heading);
    buf_add_lit(p->out, "\">");
    html_escape(p->out, here ? n->headings[heading].text : n->title);
    buf_add_lit(p->out, "</a>");
}

/* A note goes by its title, or by its path where that is another's too; on its own
 * page nobody takes it for that one. In p->text. */
static struct str backlink_name(struct pen *p, uint32_t file) {
    const struct plan *plan = p->fill->plan;

    buf_reset(&p->text);
    if (plan->namesake == NULL || !plan->namesake[file] ||
        file == p->fill->page->note)
        return plan->linked->notes[file]->title;
    buf_add_ch(&p->text, '/');
    buf_add_str(&p->text, plan->linked->vault->files[file].path);
    return buf_str(&p->text);
}

void pen_backlink(struct pen *p, struct answer_item place, bool short_mode) {
    const struct note *n = p->fill->plan->linked->notes[place.file];
    uint32_t heading = pen_heading_above(n, n->items[place.item].line);
    struct target t = item_target(n, &n->items[place.item], heading);
    struct str name = backlink_name(p, place.file);
    size_t start = p->out->len;

    if (heading != NOTE_NONE && (n->headings[heading].text.len == 0 ||
                                 str_eq(n->headings[heading].text, name)))
        heading = NOTE_NONE;
    buf_add_lit(p->out, "<span class=\"tasks-backlink\"> (<a class=\"task-src");
    if (short_mode)
        buf_add_lit(p->out, " internal-link-short-mode");
    buf_add_lit(p->out, "\" href=\"");
    if (!fill_href(p->fill, &t, STR(""), p->out)) {
        p->out->len = start;
        return;
    }
    buf_add_str(p->out,
                short_mode ? STR("\" aria-label=\"") : STR("\" title=\""));
    add_place_name(p, name, n, heading);
    buf_add_lit(p->out, "\">");
    if (short_mode)
        buf_add_lit(p->out, " 🔗");
    else
        add_place_name(p, name, n, heading);
    buf_add_lit(p->out, "</a>)</span>");
}
