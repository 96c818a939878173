/*
 * note_check: what holds of every compiled note, whatever its text.
 *
 * For the tests of note/ and for fuzz_compile.c, fuzz_text_compile.c.  A strict
 * tag stack over the fragment, not an HTML parser: what compile writes has lower
 * case, double quotes and every end tag.
 */
#ifndef VAULTSITE_TESTS_NOTE_CHECK_H
#define VAULTSITE_TESTS_NOTE_CHECK_H

#include "base/unicode.h"
#include "html/allow.h"
#include "note/embed.h"

/* More than RENDER_MAX_DEPTH, HTML_MAX_DEPTH and cells of tables together. */
#define NOTE_CHECK_DEPTH 400

struct note_checker {
    const struct note *note;
    struct range range;
    uint32_t fixup; /* the next one */
    struct str open[NOTE_CHECK_DEPTH];
    size_t depth;
    enum wrapper wrapper; /* of the slice */
    const char *wrong;
};

static inline bool note_check_open(const struct note_checker *c,
                                   const char *name) {
    for (size_t i = 0; i < c->depth; i++)
        if (str_eq(c->open[i], str_from(name)))
            return true;
    return false;
}

static inline void note_check_push(struct note_checker *c, struct str name) {
    const struct html_element *e = html_element_find(name);

    if (str_eq(name, STR("a")) && note_check_open(c, "a"))
        c->wrong = "a link in a link";
    if (e != NULL && (e->flags & ELEMENT_BLOCK) && note_check_open(c, "p"))
        c->wrong = "a block in a paragraph";
    if (c->depth == NOTE_CHECK_DEPTH)
        c->wrong = "too deep";
    else
        c->open[c->depth++] = name;
}

static inline void note_check_pop(struct note_checker *c, struct str name) {
    if (c->depth == 0 || !str_eq(c->open[c->depth - 1], name))
        c->wrong = "an end tag without its start";
    else
        c->depth--;
}

/* What site/ writes there. */
static inline void note_check_turn(struct note_checker *c,
                                   const struct turn *turn) {
    if (c->depth == 0 ? c->wrapper != WRAP_TURNS
                      : !str_eq(c->open[c->depth - 1], STR("ol")))
        c->wrong = "a turn outside a list";
    note_check_push(c, STR("li"));
    if (turn->goes_on)
        note_check_push(c, STR("p"));
}

/* Fixups that stand at `at`, inside a start tag or between tags. */
static inline void note_check_fixups(struct note_checker *c, uint32_t at,
                                     bool in_tag) {
    const struct note *n = c->note;

    while (c->fixup < c->range.fixup_end && n->fixups[c->fixup].at <= at) {
        const struct fixup *f = &n->fixups[c->fixup++];
        bool attr = f->kind == FIXUP_ID || f->kind == FIXUP_ASSET ||
                    f->kind == FIXUP_TASK;

        if (f->at < at)
            c->wrong = "a fixup inside a name or value";
        else if (attr != in_tag)
            c->wrong = "a fixup where none may stand";
        else if (f->kind == FIXUP_LINK || f->kind == FIXUP_TAG ||
                 f->kind == FIXUP_DIAGRAM_LINK)
            note_check_push(c, STR("a"));
        else if (f->kind == FIXUP_TURN)
            note_check_turn(c, &n->turns[f->ref]);
        else if (f->kind == FIXUP_INLINE_QUERY && note_check_open(c, "a"))
            c->wrong = "an inline query in a link";
        else if (f->kind == FIXUP_TIME && note_check_open(c, "a"))
            c->wrong = "a time in a link";
        else if (f->kind == FIXUP_QUERY && note_check_open(c, "p"))
            c->wrong = "a query in a paragraph";
        else if (f->kind == FIXUP_EMBED &&
                 n->embeds[f->ref].kind != EMBED_IMAGE &&
                 note_check_open(c, "a"))
            c->wrong = "an embed in a link";
        else if (f->kind == FIXUP_EMBED && n->embeds[f->ref].in_block &&
                 embed_is_block(n->embeds[f->ref].kind) &&
                 note_check_open(c, "p"))
            c->wrong = "a block embed in a paragraph";
    }
}

/* A start tag's attributes, from behind its name to its '>'. */
static inline size_t note_check_attributes(struct note_checker *c, size_t at) {
    struct str s = c->note->html;

    for (;;) {
        size_t from, end;

        note_check_fixups(c, (uint32_t)at, true);
        if (at >= c->range.end) {
            c->wrong = "a tag that does not end";
            return at;
        }
        if (s.p[at] == '>')
            return at + 1;
        if (s.p[at++] != ' ') {
            c->wrong = "no blank before an attribute";
            return at;
        }
        from = at;
        while (at < c->range.end &&
               (ascii_alnum((unsigned char)s.p[at]) || s.p[at] == '-'))
            at++;
        if (at == from)
            c->wrong = "an attribute without a name";
        if (at + 1 >= c->range.end || s.p[at] != '=')
            continue;
        end =
            s.p[at + 1] == '"' ? str_find(str_skip(s, at + 2), '"') : STR_NONE;
        if (end == STR_NONE) {
            c->wrong = "a value without quotes";
            return c->range.end;
        }
        at += end + 3;
    }
}

static inline size_t note_check_tag(struct note_checker *c, size_t at) {
    struct str s = c->note->html, name;
    bool end = at + 1 < s.len && s.p[at + 1] == '/';
    size_t from = at + 1 + end;
    const struct html_element *e;

    at = from;
    while (at < c->range.end && ascii_alnum((unsigned char)s.p[at]))
        at++;
    name = str_slice(s, from, at);
    if (name.len == 0) {
        c->wrong = "an unescaped '<'";
        return at;
    }
    if (end) {
        note_check_pop(c, name);
        if (at >= c->range.end || s.p[at] != '>')
            c->wrong = "an end tag that does not end";
        return at + 1;
    }
    e = html_element_find(name);
    at = note_check_attributes(c, at);
    if (e == NULL || !(e->flags & ELEMENT_VOID))
        note_check_push(c, name);
    return at;
}

/* NULL, or what is wrong with bytes and fixups of `r` as a whole of its own. */
static inline const char *note_check_range(const struct note *n,
                                           struct range r) {
    struct note_checker c = {.note = n, .range = r, .fixup = r.fixup_begin};
    size_t at = r.begin;

    if (r.begin > r.end || r.end > n->html.len || r.fixup_begin > r.fixup_end ||
        r.fixup_end > n->nfixups)
        return "a range outside the fragment";
    if (r.fixup_begin < r.fixup_end && (n->fixups[r.fixup_begin].at < r.begin ||
                                        n->fixups[r.fixup_end - 1].at > r.end))
        return "fixups that are not in their range";
    while (at < r.end && c.wrong == NULL) {
        note_check_fixups(&c, (uint32_t)at, false);
        if (n->html.p[at] == '>' || n->html.p[at] == '"')
            c.wrong = "unescaped text";
        at = n->html.p[at] == '<' ? note_check_tag(&c, at) : at + 1;
    }
    note_check_fixups(&c, r.end, false);
    if (c.wrong != NULL)
        return c.wrong;
    return c.depth > 0 ? "an element that is left open" : NULL;
}

/* Ranges of a slice ascend and do not overlap. */
static inline const char *note_check_slice(const struct note *n,
                                           const struct slice *s) {
    uint32_t last = 0;

    if (s->nranges == 0)
        return "a slice without ranges";
    /* One check over all its pieces: they are balanced together. */
    struct note_checker c = {.note = n, .wrapper = s->wrapper};
    for (uint32_t i = 0; i < s->nranges && c.wrong == NULL; i++) {
        struct range r = s->ranges[i];
        size_t at = r.begin;

        if (r.begin < last || r.begin > r.end || r.end > n->html.len ||
            r.fixup_begin > r.fixup_end || r.fixup_end > n->nfixups)
            return "a piece outside the fragment, or out of order";
        last = r.end;
        c.range = r;
        c.fixup = r.fixup_begin;
        while (at < r.end && c.wrong == NULL) {
            note_check_fixups(&c, (uint32_t)at, false);
            at = n->html.p[at] == '<' ? note_check_tag(&c, at) : at + 1;
        }
        note_check_fixups(&c, r.end, false);
    }
    if (c.wrong != NULL)
        return c.wrong;
    return c.depth > 0 ? "a slice that leaves an element open" : NULL;
}

/* Whether every byte may stand in what readers get. */
static inline bool note_check_text(struct str s) {
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.p[i] < 9 ||
            ((unsigned char)s.p[i] >= 0x0b && (unsigned char)s.p[i] <= 0x15))
            return false;
    return utf8_valid_len(s) == s.len;
}

static inline const char *note_check_refs(const struct note *n) {
    const uint32_t counts[FIXUP_KINDS] = {
        [FIXUP_LINK] = n->nlinks,    [FIXUP_ASSET] = n->nlinks,
        [FIXUP_EMBED] = n->nembeds,  [FIXUP_TAG] = n->ntags,
        [FIXUP_QUERY] = n->nqueries, [FIXUP_FOOTNOTE_REF] = n->nfootnotes,
        [FIXUP_FOOTNOTES] = 1,       [FIXUP_TASK] = TASK_STATES,
        [FIXUP_ID] = n->nids,        [FIXUP_TURN] = n->nturns,
        [FIXUP_DRAWING] = n->nlinks, [FIXUP_INLINE_QUERY] = n->ninline_queries,
        [FIXUP_TIME] = n->ntimes,    [FIXUP_DIAGRAM_LINK] = n->ndiagram_links,
    };

    for (uint32_t i = 0; i < n->nfixups; i++) {
        const struct fixup *f = &n->fixups[i];

        if (f->kind >= FIXUP_KINDS || f->ref >= counts[f->kind])
            return "a fixup of nothing";
        if (f->at > n->html.len || (i > 0 && f->at < n->fixups[i - 1].at))
            return "fixups out of order";
    }
    for (uint32_t i = 0; i < n->nembeds; i++)
        if (n->embeds[i].link >= n->nlinks ||
            !n->links[n->embeds[i].link].is_embed)
            return "an embed without its link";
    return NULL;
}

static inline const char *note_check_texts(const struct note *n) {
    uint32_t last = 0;

    if (!note_check_text(n->html) || !note_check_text(n->text))
        return "bytes that may not be shown";
    for (uint32_t i = 0; i < n->nids; i++)
        if (n->ids[i].len == 0 || !note_check_text(n->ids[i]))
            return "an id that may not be shown";
    for (uint32_t i = 0; i < n->ntags; i++)
        if (n->tags[i].name.len == 0 || !note_check_text(n->tags[i].name))
            return "a tag that may not be shown";
    for (uint32_t i = 0; i < n->ntext_blocks; i++) {
        const struct text_block *b = &n->text_blocks[i];

        if (b->begin < last || b->begin > b->end || b->end >= n->text.len ||
            n->text.p[b->end] != '\n')
            return "blocks of text out of order";
        last = b->end;
    }
    for (uint32_t i = 0; i < n->nturns; i++) {
        const struct turn *t = &n->turns[i];
        const struct text_block *b = &n->text_blocks[t->block];

        if (t->block >= n->ntext_blocks || t->line == 0 || t->id.len == 0 ||
            !str_starts(str_slice(n->text, b->begin, b->end), t->head))
            return "a turn without its words";
    }
    last = 0;
    for (uint32_t i = 0, block = 0; i < n->ngaps; i++) {
        const struct text_gap *g = &n->gaps[i];

        while (block < n->ntext_blocks && n->text_blocks[block].end < g->end)
            block++;
        if (g->begin < last || g->begin >= g->end || block == n->ntext_blocks ||
            g->begin < n->text_blocks[block].begin)
            return "gaps of text out of order";
        last = g->end;
    }
    for (uint32_t i = 0; i < n->nlinks; i++) {
        const struct link *l = &n->links[i];

        if (!note_check_text(l->target) || !note_check_text(l->subpath) ||
            !note_check_text(l->typed) || !note_check_text(l->display))
            return "a link whose text may not be shown";
        if (l->block != NOTE_NONE &&
            (l->block >= n->ntext_blocks || l->text_begin > l->text_end ||
             l->text_begin < n->text_blocks[l->block].begin ||
             l->text_end > n->text_blocks[l->block].end))
            return "a link outside its block of text";
        if (l->line == 0)
            return "a link without a line";
    }
    return NULL;
}

/* What is kept for queries. */
static inline const char *note_check_metadata(const struct note *n) {
    for (uint32_t i = 0; i < n->nitems; i++) {
        const struct item *item = &n->items[i];
        uint32_t breaks = 0;

        for (size_t k = 0; k < item->source.len; k++)
            breaks += item->source.p[k] == '\n';
        if (item->line == 0 || item->nlines != breaks + 1 ||
            item->list_line > item->line)
            return "an item whose lines do not agree";
        if ((item->heading != NOTE_NONE &&
             (item->heading >= n->nheadings ||
              n->headings[item->heading].line > item->line)) ||
            (item->block != NOTE_NONE && item->block >= n->nblocks))
            return "an item of nothing";
        if (!note_check_text(item->source) || !note_check_text(item->symbol) ||
            !note_check_text(item->status))
            return "an item that may not be shown";
    }
    for (uint32_t i = 0; i < n->nfield_lines; i++) {
        const struct field_line *f = &n->field_lines[i];

        if (!note_check_text(f->text) || f->line == 0 ||
            (i > 0 && f->line <= n->field_lines[i - 1].line))
            return "lines of fields out of order";
    }
    for (uint32_t i = 0; i < n->ninline_queries; i++) {
        const struct inline_query *q = &n->inline_queries[i];

        if (q->text.len == 0 || !note_check_text(q->raw) || q->line == 0)
            return "an inline query that is not whole";
    }
    for (uint32_t i = 0; i < n->ncomment_links; i++) {
        const struct comment_link *c = &n->comment_links[i];

        if (c->at > n->nlinks || (i > 0 && c->at < n->comment_links[i - 1].at))
            return "links of comments out of order";
        if (!note_check_text(c->link.typed) || !note_check_text(c->link.label))
            return "a link of a comment that may not be shown";
    }
    return NULL;
}

static inline const char *note_check_symbols(const struct note *n) {
    const char *wrong = NULL;

    for (uint32_t i = 0; i < n->nheadings && !wrong; i++) {
        const struct heading *h = &n->headings[i];

        wrong = note_check_range(n, h->own);
        if (wrong == NULL)
            wrong = note_check_slice(n, &h->section);
        if (wrong == NULL &&
            (h->level < 1 || h->level > 6 || h->id.len == 0 ||
             !note_check_text(h->raw) || !note_check_text(h->key)))
            wrong = "a heading that is not whole";
    }
    for (uint32_t i = 0; i < n->nblocks && !wrong; i++)
        wrong = note_check_slice(n, &n->blocks[i].slice);
    for (uint32_t i = 0; i < n->nitems && !wrong; i++) {
        const struct item *item = &n->items[i];
        bool written = item->whole.nranges > 0;

        if (written != (item->own.nranges > 0))
            wrong = "an item that is half there";
        if (wrong == NULL && written)
            wrong = note_check_slice(n, &item->whole);
        if (wrong == NULL && written)
            wrong = note_check_slice(n, &item->own);
        if (wrong == NULL && item->parent != NOTE_NONE && item->parent >= i)
            wrong = "an item before its parent";
    }
    for (uint32_t i = 0; i < n->nfootnotes && !wrong; i++) {
        const struct footnote *f = &n->footnotes[i];

        wrong = note_check_range(n, f->content);
        if (wrong == NULL && (f->content.begin < n->body_end ||
                              f->backref_at < f->content.begin ||
                              f->backref_at > f->content.end ||
                              f->backref_fixup < f->content.fixup_begin ||
                              f->backref_fixup > f->content.fixup_end))
            wrong = "a footnote whose place is not its own";
    }
    return wrong;
}

/* NULL, or what is wrong with `n`. */
static inline const char *note_check(const struct note *n) {
    struct range body = {0, n->body_end, 0, n->body_fixups};
    const char *wrong = note_check_refs(n);

    if (wrong == NULL)
        wrong = note_check_range(n, body);
    if (wrong == NULL)
        wrong = note_check_texts(n);
    if (wrong == NULL)
        wrong = note_check_metadata(n);
    return wrong != NULL ? wrong : note_check_symbols(n);
}

#endif
