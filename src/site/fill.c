#include "site/fill.h"

#include "html/escape.h"
#include "site/urls.h"

void fill_init(struct fill *f, const struct plan *p, struct diags *d,
               struct arena *scratch) {
    *f = (struct fill){.plan = p, .diags = d, .scratch = scratch};
    arena_init(&f->lasting);
    f->days = arena_array(&f->lasting, struct fill_day, FILL_DAYS);
}

void fill_release(struct fill *f) {
    for (unsigned i = 0; i <= FILL_DEPTH; i++) {
        mem_free(f->footnotes[i].marks);
        vec_release(&f->footnotes[i].order);
    }
    fill_texts_release(f);
    arena_release(&f->lasting);
}

#define UP_SHORT 8 /* bytes of a way up that are always there to be copied */

/* One for each folder that the page lies in. */
static struct str way_up(struct fill *f, struct str path) {
    static const char steps[] = "../../../../../../../../";
    size_t len = 0;
    char *p;

    for (size_t i = 0; i < path.len; i++)
        len += path.p[i] == '/' ? 3 : 0;
    if (len < sizeof steps)
        return str_make(steps, len);
    p = arena_alloc(f->scratch, len, 1);
    for (size_t i = 0; i < len; i++)
        p[i] = "../"[i % 3];
    return str_make(p, len);
}

/* Most links lead to another folder of the root. */
void fill_address(const struct fill *f, struct str href, struct buf *out) {
    if (href.len > 0 && f->page->href.p[0] == href.p[0]) {
        url_add_relative(out, f->page->href, href);
        return;
    }
    if (f->up.len > UP_SHORT) {
        buf_add_str(out, f->up);
        buf_add_str(out, href);
        return;
    }
    buf_reserve(out, UP_SHORT + href.len);
    memcpy(out->p + out->len, f->up.p, UP_SHORT);
    out->len += f->up.len;
    buf_add_str(out, href);
}

void fill_begin(struct fill *f, const struct page *page) {
    f->page = page;
    f->up = way_up(f, page->path);
    f->nembeds = 0;
    f->embedded = 0;
    f->external_images = false;
    f->extras = 0;
    fill_texts_begin(f);
    f->outermost = NULL;
    f->reports = page->note != PLAN_NONE && page->part == PAGE_MAIN &&
                 !f->plan->linked->vault->files[page->note].is_template;
}

static struct str fragment_id(const struct note *n, const struct target *t) {
    if (t->kind == PART_HEADING)
        return n->headings[t->part].id;
    if (t->kind == PART_ANCHOR)
        return n->ids[t->part];
    if (t->kind == PART_TURN)
        return n->turns[t->part].id;
    return t->kind == PART_BLOCK ? n->blocks[t->part].element_id : STR("");
}

bool fill_href(struct fill *f, const struct target *t, struct str subpath,
               struct buf *out) {
    if (t->outcome == LINK_MISSING)
        return false;
    struct str href = f->plan->hrefs[t->file];
    if (href.len == 0)
        return false;
    struct str fragment = subpath;
    if (t->outcome == LINK_NOTE)
        fragment = fragment_id(f->plan->linked->notes[t->file], t);
    /* On the page itself the fragment alone will do. */
    if (fragment.len == 0 || !str_eq(href, f->page->href))
        fill_address(f, href, out);
    if (fragment.len > 0) {
        buf_add_ch(out, '#');
        if (t->outcome == LINK_FILE)
            html_escape_url(out, fragment); /* `page=3`: as typed */
        else
            html_encode_path(out, fragment);
    }
    return true;
}

void fill_link(struct fill *f, const struct link *l, const struct target *t,
               struct buf *out) {
    const struct str *texts = f->plan->theme->strings.texts;
    struct str title = l->title;
    size_t start = out->len;

    if (!f->is_preview) {
        buf_add_lit(out, "\" data-href=\"");
        html_escape(out, l->typed);
    }
    buf_add_lit(out, "\" href=\"");
    if (fill_href(f, t, l->subpath, out)) {
        buf_add_ch(out, '"');
    } else {
        out->len = start;
        buf_add_lit(out, " is-unresolved\" data-href=\"");
        html_escape(out, l->typed);
        buf_add_ch(out, '"');
        if (title.len == 0)
            title = texts[t->outcome == LINK_FILE ? STRING_NOT_COPIED
                                                  : STRING_NO_NOTE];
    }
    if (title.len > 0)
        html_add_attr(out, STR("title"), title);
    buf_add_ch(out, '>');
}

void fill_label(const struct link *l, struct buf *out) {
    struct str rest = l->typed;
    size_t start = out->len;

    if (l->display.len > 0) {
        html_escape(out, l->display);
        return;
    }
    for (bool more = true; more;) {
        struct str raw = str_until(rest, '#');
        struct str part = str_trim(raw);
        more = raw.len < rest.len;
        rest = str_skip(rest, raw.len + 1);
        if (part.len > 0 && out->len > start)
            buf_add_lit(out, " &gt; ");
        html_escape(out, part);
    }
}

void fill_text_link(struct fill *f, const struct link *l,
                    const struct target *t, struct str text, struct buf *out) {
    buf_add_lit(out, "<a class=\"internal-link");
    fill_link(f, l, t, out);
    if (text.len > 0)
        html_escape(out, text);
    else
        fill_label(l, out);
    buf_add_lit(out, "</a>");
}

/* href or src of raw HTML: the whole attribute, or nothing. */
static void fill_asset(struct fill *f, const struct link *l,
                       const struct target *t, struct buf *out) {
    size_t start = out->len;

    if (l->is_src && t->outcome != LINK_FILE)
        return;
    buf_add_ch(out, ' ');
    buf_add_str(out, l->attr);
    buf_add_lit(out, "=\"");
    if (fill_href(f, t, l->subpath, out))
        buf_add_ch(out, '"');
    else
        out->len = start;
}

static void fill_tag(struct fill *f, const struct tag_use *use,
                     struct buf *out) {
    const struct plan *p = f->plan;
    uint32_t tag = plan_tag_named(p, use->name, f->scratch);

    buf_add_lit(out, "<a class=\"tag\"");
    if (tag != UINT32_MAX) {
        buf_add_lit(out, " href=\"");
        url_add_relative(out, f->page->href, p->pages[p->tags[tag].page].href);
        buf_add_ch(out, '"');
    }
    buf_add_ch(out, '>');
}

static struct str query_label(const struct fill *f, const struct query *q) {
    static const struct {
        struct str language, label;
    } names[] = {
        {STR_INIT("dataview"), STR_INIT("Dataview")},
        {STR_INIT("dataviewjs"), STR_INIT("Dataview JS")},
        {STR_INIT("tasks"), STR_INIT("Tasks")},
        {STR_INIT("base"), STR_INIT("Base")},
    };

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq(names[i].language, q->language))
            return names[i].label;
    return f->plan->theme->strings.texts[STRING_QUERY];
}

/* In an answer a query is a link to its note. */
static void fill_query_link(struct fill *f, const struct fill_place *place,
                            const struct query *q, struct buf *out) {
    struct target t = {.outcome = LINK_NOTE, .file = place->note->index};

    buf_add_lit(out, " <span class=\"query-label\"><a href=\"");
    fill_href(f, &t, STR(""), out);
    buf_add_lit(out, "\">");
    html_escape(out, query_label(f, q));
    buf_add_lit(out, "</a></span>");
}

#define SOURCE_OPEN 12 /* lines that a reader may look past; more are folded */

static bool is_long_source(struct str text) {
    size_t lines = 1;

    for (size_t i = 0; i < text.len && lines <= SOURCE_OPEN; i++)
        lines += text.p[i] == '\n';
    return lines > SOURCE_OPEN;
}

/* A block that is not evaluated says so, and shows what was written. */
static void fill_query_text(const struct fill *f, const struct query *q,
                            struct buf *out) {
    const struct str *texts = f->plan->theme->strings.texts;
    bool folds = is_long_source(str_trim(q->text));

    buf_add_lit(out, "<div class=\"block-language-");
    html_escape(out, q->language);
    buf_add_str(out, folds ? STR("\"><details><summary class=\"query-label\">")
                           : STR("\"><p class=\"query-label\">"));
    html_escape(out, query_label(f, q));
    buf_add_lit(out, ": ");
    html_escape(out, texts[STRING_NOT_EVALUATED]);
    buf_add_str(out, folds ? STR("</summary>") : STR("</p>"));
    buf_add_lit(out, "<pre tabindex=\"0\"><code class=\"language-");
    html_escape(out, q->language);
    buf_add_lit(out, "\">");
    html_escape(out, q->text);
    buf_add_str(out, folds ? STR("</code></pre></details></div>")
                           : STR("</code></pre></div>"));
}

static void fill_query(struct fill *f, const struct fill_place *place,
                       uint32_t query, struct buf *out) {
    const struct note *n = place->note;
    const struct answers *answers = f->plan->answers;
    const struct answer *a = NULL;
    const struct tasks_answer *tasks = NULL;
    size_t start = out->len;

    if (f->is_preview)
        return;
    if (place->in_answer) {
        fill_query_link(f, place, &n->queries[query], out);
        return;
    }
    if (answers != NULL) {
        a = answers_block(answers, n->index, query);
        tasks = answers_tasks(answers, n->index, query);
    }
    if (tasks != NULL) {
        fill_tasks_answer(f, n, query, tasks, out);
    } else if (a != NULL) {
        fill_answer(f, n, query, a, out);
    } else {
        fill_query_text(f, &n->queries[query], out);
        return;
    }
    if (place->embed > 0) /* so that many embeds of long answers stay bounded */
        f->embedded += out->len - start;
}

/* In an answer it stays the code that it is, as it does where nobody answers; in a
 * preview so does one that fails. */
static void fill_inline_query(struct fill *f, const struct fill_place *place,
                              uint32_t query, struct buf *out) {
    const struct note *n = place->note;
    const struct answer *a = NULL;

    if (f->plan->answers != NULL && (!place->in_answer || place->in_preview))
        a = answers_inline(f->plan->answers, n->index, query);
    if (a != NULL && !(place->in_preview && a->kind == ANSWER_ERROR)) {
        fill_inline_answer(f, n, query, a, out);
        return;
    }
    buf_add_lit(out, "<code>");
    html_escape(out, n->inline_queries[query].raw);
    buf_add_lit(out, "</code>");
}

static void fill_diagram_link(struct fill *f, const struct fill_place *place,
                              const struct link *l, struct buf *out) {
    struct target t = linked_resolve(f->plan->linked, place->note->index,
                                     l->target, l->subpath, f->scratch);

    buf_add_lit(out, "<a class=\"internal-link");
    fill_link(f, l, &t, out);
}

static void fill_fixup(struct fill *f, const struct fill_place *place,
                       const struct fixup *x, struct buf *out) {
    const struct note *n = place->note;

    switch (x->kind) {
    case FIXUP_LINK:
        buf_add_lit(out, "<a class=\"internal-link");
        fill_link(f, &n->links[x->ref], &place->targets[x->ref], out);
        break;
    case FIXUP_DIAGRAM_LINK:
        fill_diagram_link(f, place, &n->diagram_links[x->ref], out);
        break;
    case FIXUP_ASSET:
        fill_asset(f, &n->links[x->ref], &place->targets[x->ref], out);
        break;
    case FIXUP_EMBED:
        fill_embed(f, place, &n->embeds[x->ref], out);
        break;
    case FIXUP_TAG:
        fill_tag(f, &n->tags[x->ref], out);
        break;
    case FIXUP_QUERY:
        fill_query(f, place, x->ref, out);
        break;
    case FIXUP_INLINE_QUERY:
        fill_inline_query(f, place, x->ref, out);
        break;
    case FIXUP_FOOTNOTE_REF:
        if (!place->in_answer)
            fill_footnote_ref(place, x->ref, out);
        break;
    case FIXUP_TASK:
        html_add_attr(out, STR("aria-label"),
                      f->plan->theme->strings.texts[STRING_TASK_TODO + x->ref]);
        break;
    case FIXUP_TURN:
        fill_turn(f, place, x->ref, x->at, out);
        break;
    case FIXUP_TIME:
        fill_time(f, place, x->ref, out);
        break;
    case FIXUP_DRAWING:
        fill_drawing(f, place, x->ref, out);
        break;
    case FIXUP_ID:
        if (place->embed == 0) {
            buf_add_lit(out, " id=\"");
            html_escape(out, n->ids[x->ref]);
            buf_add_ch(out, '"');
        }
        break;
    case FIXUP_FOOTNOTES: /* each place writes its own, after its text */
    case FIXUP_KINDS:
        break;
    }
}

void fill_range(struct fill *f, const struct fill_place *place, struct range r,
                struct buf *out) {
    const struct note *n = place->note;
    uint32_t at = r.begin;

    for (uint32_t i = r.fixup_begin; i < r.fixup_end; i++) {
        const struct fixup *x = &n->fixups[i];
        buf_add(out, n->html.p + at, x->at - at);
        at = x->at;
        fill_fixup(f, place, x, out);
    }
    buf_add(out, n->html.p + at, r.end - at);
}

/* The note's body in pieces: `cuts` left out, and the title that its page shows as
 * its own (decisions.md 7). */
struct pieces {
    struct range *ranges;
    size_t *cuts; /* which cut ends each, SIZE_MAX: none of `cuts` */
    size_t len;
};

static void add_piece(struct pieces *p, struct range *rest, struct range cut,
                      size_t index) {
    struct range piece = *rest;

    if (cut.begin >= rest->begin) {
        piece.end = cut.begin;
        piece.fixup_end = cut.fixup_begin;
    } else { /* within one that is left out already */
        piece.end = piece.begin;
        piece.fixup_end = piece.fixup_begin;
    }
    if (cut.end > rest->begin || cut.fixup_end > rest->fixup_begin) {
        rest->begin = cut.end;
        rest->fixup_begin = cut.fixup_end;
    }
    p->ranges[p->len] = piece;
    p->cuts[p->len++] = index;
}

static struct pieces pieces_of(struct fill *f, const struct note *note,
                               const struct range *cuts, size_t ncuts) {
    struct pieces p = {.ranges =
                           arena_array(f->scratch, struct range, ncuts + 2),
                       .cuts = arena_array(f->scratch, size_t, ncuts + 2)};
    struct range rest = note_body(note);

    if (note->first_is_title)
        add_piece(&p, &rest, note->headings[0].own, SIZE_MAX);
    for (size_t i = 0; i < ncuts; i++)
        add_piece(&p, &rest, cuts[i], i);
    p.ranges[p.len] = rest;
    p.cuts[p.len++] = SIZE_MAX;
    return p;
}

void fill_note_without(struct fill *f, const struct note *note,
                       const struct range *cuts, size_t ncuts,
                       fill_between *between, void *context, struct buf *out) {
    struct pieces p = pieces_of(f, note, cuts, ncuts);
    struct fill_place place = {
        .note = note, .targets = f->plan->linked->targets[note->index]};

    fill_shows(f, note);
    fill_footnotes_number(f, &place, p.ranges, p.len);
    for (size_t i = 0; i < p.len; i++) {
        if (note->is_board)
            fill_board(f, &place, p.ranges[i], out);
        else
            fill_range(f, &place, p.ranges[i], out);
        if (p.cuts[i] != SIZE_MAX)
            between(context, p.cuts[i], out);
    }
    fill_footnotes(f, &place, out);
}

void fill_note(struct fill *f, const struct note *note, struct buf *out) {
    fill_note_without(f, note, NULL, 0, NULL, NULL, out);
}
