#include "html/escape.h"
#include "site/fill.h"

/* Footnotes are numbered by first reference (spec/markdown.md §14.2), within
 * their place: the page's text, or one embed. All references are counted before
 * the first byte is written, as the back links of a footnote may be written
 * before a later footnote that refers to it again. */

struct footnote_mark {
    uint32_t serial;
    uint32_t number; /* from 1 */
    uint32_t count;  /* references */
    uint32_t seen;   /* references written so far */
};

static void grow(struct footnote_marks *m, size_t n) {
    if (n > m->cap) {
        m->marks = mem_resize(m->marks, n, sizeof *m->marks);
        m->cap = n;
    }
    /* New ones belong to no place yet. */
    if (n > m->nmarks) {
        memset(m->marks + m->nmarks, 0, (n - m->nmarks) * sizeof *m->marks);
        m->nmarks = n;
    }
}

static void count(struct footnote_marks *m, const struct note *n,
                  uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; i++) {
        if (n->fixups[i].kind != FIXUP_FOOTNOTE_REF)
            continue;
        uint32_t footnote = n->fixups[i].ref;
        struct footnote_mark *mark = &m->marks[footnote];
        if (mark->serial != m->serial) {
            vec_push(&m->order, footnote);
            *mark = (struct footnote_mark){.serial = m->serial,
                                           .number = (uint32_t)m->order.len};
        }
        mark->count++;
    }
}

void fill_footnotes_number(struct fill *f, struct fill_place *place,
                           const struct range *ranges, size_t nranges) {
    const struct note *n = place->note;
    struct footnote_marks *m = &f->footnotes[place->depth];

    place->footnotes = m;
    m->order.len = 0;
    if (n->nfootnotes == 0)
        return;
    m->serial++;
    grow(m, n->nfootnotes);
    for (size_t i = 0; i < nranges; i++)
        count(m, n, ranges[i].fixup_begin, ranges[i].fixup_end);
    for (size_t i = 0; i < m->order.len; i++) {
        const struct range *r = &n->footnotes[m->order.items[i]].content;
        count(m, n, r->fixup_begin, r->fixup_end);
    }
}

static void add_prefix(const struct fill_place *place, struct buf *out) {
    if (place->embed == 0)
        return;
    buf_add_ch(out, 'e');
    buf_add_u64(out, place->embed);
    buf_add_ch(out, '-');
}

static void add_ref_id(const struct fill_place *place, uint32_t number,
                       uint32_t which, struct buf *out) {
    add_prefix(place, out);
    buf_add_lit(out, "fnref-");
    buf_add_u64(out, number);
    buf_add_ch(out, '-');
    buf_add_u64(out, which);
}

static void add_id(const struct fill_place *place, uint32_t number,
                   struct buf *out) {
    add_prefix(place, out);
    buf_add_lit(out, "fn-");
    buf_add_u64(out, number);
}

void fill_footnote_ref(const struct fill_place *place, uint32_t footnote,
                       struct buf *out) {
    struct footnote_mark *mark = &place->footnotes->marks[footnote];
    uint32_t which = ++mark->seen;

    buf_add_lit(out, "<sup class=\"footnote-ref\" data-footnote-id=\"");
    add_ref_id(place, mark->number, which, out);
    buf_add_lit(out, "\" id=\"");
    add_ref_id(place, mark->number, which, out);
    buf_add_lit(out, "\"><a class=\"footnote-link\" href=\"#");
    add_id(place, mark->number, out);
    buf_add_lit(out, "\">[");
    buf_add_u64(out, mark->number);
    if (which > 1) {
        buf_add_ch(out, '-');
        buf_add_u64(out, which - 1);
    }
    buf_add_lit(out, "]</a></sup>");
}

static void add_back_links(const struct fill *f, const struct fill_place *place,
                           const struct footnote_mark *mark, struct buf *out) {
    for (uint32_t which = 1; which <= mark->count; which++) {
        buf_add_lit(out, " <a class=\"footnote-backref footnote-link\" "
                         "href=\"#");
        add_ref_id(place, mark->number, which, out);
        buf_add_lit(out, "\" aria-label=\"");
        html_escape(out, f->plan->theme->strings.texts[STRING_BACK_TO_TEXT]);
        buf_add_lit(out, "\">↩︎</a>");
    }
}

void fill_footnotes(struct fill *f, const struct fill_place *place,
                    struct buf *out) {
    const struct footnote_marks *m = place->footnotes;

    if (m->order.len == 0)
        return;
    buf_add_lit(out, "<section class=\"footnotes\"");
    if (place->embed == 0) /* a landmark, so there is one of the name */
        html_add_attr(out, STR("aria-label"),
                      f->plan->theme->strings.texts[STRING_FOOTNOTES]);
    buf_add_lit(out, "><hr><ol>");
    for (size_t i = 0; i < m->order.len; i++) {
        uint32_t footnote = m->order.items[i];
        const struct footnote *note = &place->note->footnotes[footnote];
        struct range before = note->content, after = note->content;
        before.end = after.begin = note->backref_at;
        before.fixup_end = after.fixup_begin = note->backref_fixup;
        buf_add_lit(out, "<li data-footnote-id=\"");
        add_id(place, m->marks[footnote].number, out);
        buf_add_lit(out, "\" id=\"");
        add_id(place, m->marks[footnote].number, out);
        buf_add_lit(out, "\">");
        fill_range(f, place, before, out);
        add_back_links(f, place, &m->marks[footnote], out);
        fill_range(f, place, after, out);
        buf_add_lit(out, "</li>");
    }
    buf_add_lit(out, "</ol></section>");
}
