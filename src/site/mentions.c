#include "html/escape.h"
#include "site/kinds.h"
#include "site/wiki.h"

#define UNFOLDED 10 /* theme: ten of a group, the rest behind a click */

/* What mentions the page's note, whether links alone were looked for or all that
 * spec/entities.md §3 names. One of the two is NULL. */
struct sources {
    const struct backlink *links;
    const struct mention *mentions;
    uint32_t len;
};

static uint32_t file_of(const struct sources *s, uint32_t i) {
    return s->links ? s->links[i].from : s->mentions[i].note;
}

static uint32_t hits_of(const struct sources *s, uint32_t i) {
    return s->links ? s->links[i].count : s->mentions[i].count;
}

/* --- one --- */

/* decisions.md 19: plain text, the words that mention marked. */
static bool add_excerpt(struct draw *d, const struct note *n,
                        const struct link *l, struct buf *out) {
    size_t at = 0, len = 0;
    struct str text = link_context(d->scratch, n, l, &at, &len);

    html_escape(out, str_slice(text, 0, at));
    if (len > 0) {
        buf_add_lit(out, "<mark>");
        html_escape(out, str_slice(text, at, at + len));
        buf_add_lit(out, "</mark>");
    }
    html_escape(out, str_skip(text, at + len));
    return text.len > 0;
}

/* How a note names it where its text does not. */
static void add_how(struct draw *d, const struct mention *m, struct buf *out) {
    static const struct {
        enum mention_kind kind;
        enum string_name text;
    } kinds[] = {
        {MENTION_SUBJECT, STRING_MENTION_SUBJECT},
        {MENTION_PARTICIPANT, STRING_MENTION_PARTICIPANT},
        {MENTION_SPEAKER, STRING_MENTION_SPEAKER},
        {MENTION_ASSIGNEE, STRING_MENTION_ASSIGNEE},
        {MENTION_TAG, STRING_MENTION_TAG},
    };
    struct str text = draw_label(d, m->property);

    for (size_t i = 0; i < ARRAY_LEN(kinds) && text.len == 0; i++)
        if ((m->kinds & 1u << kinds[i].kind) != 0)
            text = draw_string(d, kinds[i].text);
    html_escape(out, text);
}

static void add_context(struct draw *d, const struct sources *s, uint32_t i,
                        struct buf *out) {
    const struct note *n = d->plan->linked->notes[file_of(s, i)];

    if (s->links) {
        add_excerpt(d, n, &n->links[s->links[i].link], out);
        return;
    }
    const struct mention *m = &s->mentions[i];
    struct link words = {
        .block = m->block, .text_begin = m->begin, .text_end = m->end};
    if (m->begin == m->end || !add_excerpt(d, n, &words, out))
        add_how(d, m, out);
}

/* Rows of a page, drawn while it is written. */
struct rows {
    struct draw *draw;
    struct sources all;
    const uint32_t *order; /* positions in `all` */
    uint32_t n;
    bool has_days;
};

static void add_row(struct wiki *w, const struct rows *r, uint32_t i) {
    struct buf *out = w->out;
    size_t start, before;

    wiki_kept(w, &w->fill->kept->heads[file_of(&r->all, i)], r->has_days);
    start = out->len;
    buf_add_lit(out, "<p dir=\"auto\">");
    before = out->len;
    add_context(r->draw, &r->all, i, out);
    if (out->len == before)
        out->len = start;
    else
        buf_add_lit(out, "</p>");
    if (hits_of(&r->all, i) > 1) {
        buf_add_lit(out, "<p class=\"n\">");
        wiki_count(w, STRING_AND_MORE_ONE, hits_of(&r->all, i) - 1);
        buf_add_lit(out, "</p>");
    }
    buf_add_lit(out, "</div></li>\n");
}

/* Where the words that mention stand. */
struct hit {
    uint32_t begin, block;
};

static struct hit hit_of(const struct note *n, const struct sources *s,
                         uint32_t i) {
    const struct link *link;

    if (s->links == NULL)
        return (struct hit){s->mentions[i].begin, s->mentions[i].block};
    link = &n->links[s->links[i].link];
    return (struct hit){link->text_begin, link->block};
}

#define AROUND 128 /* bytes of the text to both sides, about */

static void fetch_context(const struct note *n, struct hit hit) {
    uint32_t begin = hit.begin > AROUND ? hit.begin - AROUND : 0;

    if (hit.block >= n->ntext_blocks)
        return;
    __builtin_prefetch(&n->text_blocks[hit.block]);
    for (uint32_t at = begin; at < hit.begin + AROUND && at < n->text.len;
         at += 64)
        __builtin_prefetch(n->text.p + at);
}

/* For a row further down: kept.h says why. */
static void fetch_row(const struct rows *r, uint32_t row) {
    const struct note *const *notes = r->draw->plan->linked->notes;
    const struct kept_piece *heads = r->draw->fill->kept->heads;
    const struct sources *s = &r->all;

    if (row + KEPT_FAR + KEPT_NEAR < r->n) {
        uint32_t i = r->order[row + KEPT_FAR + KEPT_NEAR];
        const struct note *n = notes[file_of(s, i)];
        __builtin_prefetch(&n->links);
        __builtin_prefetch(&n->text);
        __builtin_prefetch(&n->ntext_blocks);
    }
    if (row + KEPT_FAR < r->n) {
        uint32_t i = r->order[row + KEPT_FAR];
        __builtin_prefetch(&heads[file_of(s, i)]);
        if (s->links)
            __builtin_prefetch(&notes[file_of(s, i)]->links[s->links[i].link]);
    }
    if (row + KEPT_NEAR < r->n) {
        uint32_t i = r->order[row + KEPT_NEAR];
        const struct note *n = notes[file_of(s, i)];
        kept_fetch(&heads[file_of(s, i)]);
        fetch_context(n, hit_of(n, s, i));
    }
    if (row + KEPT_NEXT < r->n)
        kept_fetch_addresses(&heads[file_of(s, r->order[row + KEPT_NEXT])],
                             r->draw->plan);
}

static void write_rows(const void *context, struct buf *out) {
    const struct rows *r = context;
    struct wiki w = wiki_new(r->draw->fill, out);

    for (uint32_t i = 0; i < r->n; i++) {
        fetch_row(r, i);
        add_row(&w, r, r->order[i]);
    }
}

static bool has_day(const struct plan *p, uint32_t file) {
    uint32_t event = plan_event_of(p, file);

    if (event != PLAN_NONE)
        return task_day_valid(p->entities->events[event].date);
    return p->dates[file].date.iso.len > 0 ||
           p->dates[file].changed.iso.len > 0;
}

/* --- groups --- */

static struct template_value rows_at(const struct rows *group, uint32_t begin,
                                     uint32_t n) {
    struct rows *rows = arena_new(group->draw->scratch, struct rows);

    *rows = *group;
    rows->order += begin;
    rows->n = n;
    return template_writer(write_rows, rows);
}

/* Rows of a group, the first of them unfolded. */
static void draw_rows(struct draw *d, struct template_value *frame,
                      struct rows *group, bool all) {
    uint32_t n = group->n, shown = all || n <= UNFOLDED ? n : UNFOLDED;

    for (uint32_t i = 0; i < n && !group->has_days; i++)
        group->has_days =
            has_day(d->plan, file_of(&group->all, group->order[i]));
    frame[SLOT_SECTION_HAS_DATES] = template_flag(group->has_days);
    frame[SLOT_SECTION_ROWS] = rows_at(group, 0, shown);
    if (shown == n)
        return;
    frame[SLOT_SECTION_REST] = rows_at(group, shown, n - shown);
    frame[SLOT_SECTION_MORE] =
        template_text(draw_count(d, STRING_MORE_ONE, n - shown));
}

/* What the page shows, group by group: the positions of each from begins[g] up to
 * begins[g + 1]; and how many there are of each at all. */
struct sorted {
    uint32_t *order;
    uint32_t begins[LIST_KINDS + 1], totals[LIST_KINDS];
};

static struct sorted sort(struct draw *d, const struct sources *s,
                          struct window w) {
    struct sorted all = {
        .order = arena_array(d->scratch, uint32_t, w.end - w.begin)};
    unsigned char *group = arena_array(d->scratch, unsigned char, s->len);
    uint32_t ends[LIST_KINDS];

    for (uint32_t i = 0; i < s->len; i++) {
        group[i] = (unsigned char)list_kind_of(d->plan, file_of(s, i));
        all.totals[group[i]]++;
        all.begins[group[i] + 1u] += i >= w.begin && i < w.end;
    }
    for (unsigned g = 0; g < LIST_KINDS; g++) {
        all.begins[g + 1] += all.begins[g];
        ends[g] = all.begins[g];
    }
    for (uint32_t i = w.begin; i < w.end; i++)
        all.order[ends[group[i]]++] = i;
    return all;
}

/* The sources of the window, group by group; counts are of all. */
static struct template_value draw_groups(struct draw *d,
                                         const struct sources *s,
                                         struct window w, bool all) {
    struct template_value *frames = draw_frames(d, LIST_KINDS, SLOTS_SECTION);
    struct sorted sorted = sort(d, s, w);
    uint32_t ngroups = 0;

    for (unsigned g = 0; g < LIST_KINDS; g++) {
        struct template_value *frame = frames + ngroups * SLOTS_SECTION;
        struct rows rows = {.draw = d,
                            .all = *s,
                            .order = sorted.order + sorted.begins[g],
                            .n = sorted.begins[g + 1] - sorted.begins[g]};
        if (rows.n == 0)
            continue;
        ngroups++;
        draw_rows(d, frame, &rows, all);
        frame[SLOT_SECTION_COUNT] =
            template_text(draw_number(d, sorted.totals[g]));
        if (g == LIST_NOTES && sorted.totals[g] == s->len)
            continue; /* needs no heading */
        frame[SLOT_SECTION_TITLE] =
            template_text(draw_string(d, list_kinds[g].heading));
        frame[SLOT_SECTION_KIND] = template_text(list_kinds[g].kind);
    }
    return template_list(frames, ngroups);
}

/* --- a page's list --- */

struct list {
    struct sources all;
    struct window shown;
    uint32_t left;   /* on further pages, for the page that leads there */
    struct str more; /* where they begin */
    bool unfolded;
    enum slot_page slot, count, further;
};

static void draw_list(struct draw *d, const struct list *l) {
    if (l->shown.begin == l->shown.end)
        return;
    d->values[l->slot] = draw_groups(d, &l->all, l->shown, l->unfolded);
    d->values[l->count] = template_text(draw_number(d, l->all.len));
    if (l->left > 0) {
        struct template_value *link = draw_frames(d, 1, SLOTS_LINK);
        draw_link(d, link, l->more, draw_count(d, STRING_AND_MORE_ONE, l->left),
                  "page");
        d->values[l->further] = template_record(link);
    }
}

/* The mentions of a note that is no entity's: the first, or a further page. */
static void draw_links(struct draw *d, struct list *l) {
    const struct plan *p = d->plan;
    uint32_t note = d->page->note, number = d->page->number;
    uint32_t first = l->all.len < PLAN_MENTIONS ? l->all.len : PLAN_MENTIONS;
    uint32_t rest = l->all.len - first;

    l->shown = (struct window){0, first};
    l->unfolded = d->page->part == PAGE_MENTIONS;
    if (l->unfolded) {
        l->shown = draw_window(number - 1, PLAN_ROWS, rest);
        l->shown.begin += first;
        l->shown.end += first;
        draw_pager(d, p->page_of[note], p->mentions[note],
                   1 + (rest + PLAN_ROWS - 1) / PLAN_ROWS);
    } else if (rest > 0) {
        l->left = rest;
        l->more = p->pages[p->mentions[note]].href;
    }
    draw_list(d, l);
}

static void draw_entity_list(struct draw *d, struct list *l, uint32_t entity,
                             enum plan_list list, const char *id) {
    struct plan_rest rest = plan_rest_of(d->plan, entity, list);

    l->shown = draw_rest(d->page, rest);
    l->unfolded = d->page->part == PAGE_MORE;
    if (!l->unfolded && rest.begin < rest.end) {
        l->left = l->all.len - rest.shown;
        l->more = draw_rest_href(d, entity, rest, id);
    }
    draw_list(d, l);
}

void draw_mentions(struct draw *d) {
    const struct plan *p = d->plan;
    uint32_t entity = plan_entity_of(p, d->page->note);
    struct list list = {.slot = SLOT_MENTIONS,
                        .count = SLOT_MENTIONS_COUNT,
                        .further = SLOT_MENTIONS_ALL};

    if (entity == PLAN_NONE) {
        list.all.links = p->linked->backlinks[d->page->note].items;
        list.all.len = p->linked->backlinks[d->page->note].len;
        draw_links(d, &list);
        return;
    }
    list.all.mentions = p->entities->items[entity].backlinks;
    list.all.len = p->entities->items[entity].nbacklinks;
    draw_entity_list(d, &list, entity, LIST_MENTIONS, "_mentions");
}

void draw_unlinked(struct draw *d) {
    const struct plan *p = d->plan;
    uint32_t entity = plan_entity_of(p, d->page->note);
    struct list list = {.slot = SLOT_UNLINKED,
                        .count = SLOT_UNLINKED_COUNT,
                        .further = SLOT_UNLINKED_ALL};

    if (entity == PLAN_NONE)
        return;
    list.all.mentions = p->entities->items[entity].unlinked;
    list.all.len = p->entities->items[entity].nunlinked;
    draw_entity_list(d, &list, entity, LIST_UNLINKED, "_unlinked");
}
