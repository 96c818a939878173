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
static struct str excerpt(struct draw *d, const struct note *n,
                          const struct link *l) {
    size_t at = 0, len = 0;
    struct str text = link_context(d->scratch, n, l, &at, &len);

    if (text.len == 0)
        return text;
    buf_reset(d->text);
    html_escape(d->text, str_slice(text, 0, at));
    if (len > 0) {
        buf_add_lit(d->text, "<mark>");
        html_escape(d->text, str_slice(text, at, at + len));
        buf_add_lit(d->text, "</mark>");
    }
    html_escape(d->text, str_skip(text, at + len));
    return draw_keep(d);
}

/* How a note names it where its text does not. */
static struct str how(struct draw *d, const struct mention *m) {
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

    struct str property = draw_label(d, m->property);

    buf_reset(d->text);
    html_escape(d->text, property);
    for (size_t i = 0; i < ARRAY_LEN(kinds) && d->text->len == 0; i++)
        if ((m->kinds & 1u << kinds[i].kind) != 0)
            html_escape(d->text, draw_string(d, kinds[i].text));
    return draw_keep(d);
}

static struct str context_of(struct draw *d, const struct sources *s,
                             uint32_t i) {
    const struct note *n = d->plan->linked->notes[file_of(s, i)];

    if (s->links)
        return excerpt(d, n, &n->links[s->links[i].link]);
    const struct mention *m = &s->mentions[i];
    struct link words = {
        .block = m->block, .text_begin = m->begin, .text_end = m->end};
    struct str text = m->begin < m->end ? excerpt(d, n, &words) : STR("");
    return text.len > 0 ? text : how(d, m);
}

static void draw_mention(struct draw *d, struct template_value *frame,
                         const struct sources *s, uint32_t i) {
    struct str context = context_of(d, s, i);

    draw_entry(d, frame, file_of(s, i));
    if (context.len > 0)
        frame[SLOT_ENTRY_CONTEXT] = template_html(context);
    if (hits_of(s, i) > 1)
        frame[SLOT_ENTRY_MORE] = template_text(
            draw_count(d, STRING_AND_MORE_ONE, hits_of(s, i) - 1));
}

/* Each mention stands in another note, so each costs some waits for memory;
 * asked for beforehand they overlap. */
static void fetch_mentions(const struct linked *l, const struct sources *s,
                           struct window w) {
    for (uint32_t i = w.begin; i < w.end; i++)
        __builtin_prefetch(l->notes[file_of(s, i)]);
    for (uint32_t i = w.begin; i < w.end; i++) {
        const struct note *note = l->notes[file_of(s, i)];
        if (s->links)
            __builtin_prefetch(&note->links[s->links[i].link]);
        __builtin_prefetch(note->text_blocks);
        __builtin_prefetch(note->title.p);
    }
    for (uint32_t i = w.begin; i < w.end && s->links; i++) {
        const struct note *note = l->notes[file_of(s, i)];
        const struct link *link = &note->links[s->links[i].link];
        __builtin_prefetch(note->text.p + link->text_begin);
        if (link->block < note->ntext_blocks)
            __builtin_prefetch(&note->text_blocks[link->block]);
    }
}

/* --- groups --- */

/* Entries of a group, the first of them unfolded. */
static void draw_folded(struct draw *d, struct template_value *group,
                        const struct template_value *entries, uint32_t n,
                        bool all) {
    uint32_t shown = all || n <= UNFOLDED ? n : UNFOLDED;

    draw_dates_column(group, entries, n);
    group[SLOT_GROUP_ENTRIES] = template_list(entries, shown);
    if (shown == n)
        return;
    group[SLOT_GROUP_REST] =
        template_list(entries + shown * SLOTS_ENTRY, n - shown);
    group[SLOT_GROUP_MORE] =
        template_text(draw_count(d, STRING_MORE_ONE, n - shown));
}

/* The sources of the window, group by group; counts are of all. */
static struct template_value draw_groups(struct draw *d,
                                         const struct sources *s,
                                         struct window w, bool all) {
    uint32_t totals[LIST_KINDS] = {0}, ngroups = 0, at = 0;
    uint32_t n = w.end - w.begin;
    struct template_value *frames = draw_frames(d, LIST_KINDS, SLOTS_GROUP);
    struct template_value *entries = draw_frames(d, n, SLOTS_ENTRY);

    for (uint32_t i = 0; i < s->len; i++)
        totals[list_kind_of(d->plan, file_of(s, i))]++;
    fetch_mentions(d->plan->linked, s, w);
    for (unsigned g = 0; g < LIST_KINDS; g++) {
        uint32_t begin = at;
        struct template_value *group = frames + ngroups * SLOTS_GROUP;
        for (uint32_t i = w.begin; i < w.end && totals[g] > 0; i++)
            if (list_kind_of(d->plan, file_of(s, i)) == (enum list_kind)g)
                draw_mention(d, entries + at++ * SLOTS_ENTRY, s, i);
        if (at == begin)
            continue;
        ngroups++;
        draw_folded(d, group, entries + begin * SLOTS_ENTRY, at - begin, all);
        group[SLOT_GROUP_COUNT] = template_text(draw_number(d, totals[g]));
        if (g == LIST_NOTES && totals[g] == s->len)
            continue; /* needs no heading */
        group[SLOT_GROUP_TITLE] =
            template_text(draw_string(d, list_kinds[g].heading));
        group[SLOT_GROUP_KIND] = template_text(list_kinds[g].kind);
    }
    return template_list(frames, ngroups);
}

/* --- a page's list --- */

struct list {
    struct sources all;
    uint32_t shown;      /* on the note's own page */
    uint32_t more;       /* the first further page, or PLAN_NONE */
    enum page_part part; /* of that */
    enum slot_page slot, count, further;
};

static void draw_list(struct draw *d, const struct list *l) {
    bool further = d->page->part == l->part;
    uint32_t shown = l->all.len < l->shown ? l->all.len : l->shown;
    uint32_t rest = l->all.len - shown;
    struct window w = {0, shown};

    if (further) {
        w = draw_window(d->page->number - 1, PLAN_ROWS, rest);
        w.begin += shown;
        w.end += shown;
    }
    if (w.begin == w.end)
        return;
    d->values[l->slot] = draw_groups(d, &l->all, w, further);
    d->values[l->count] = template_text(draw_number(d, l->all.len));
    if (rest == 0)
        return;
    if (further) {
        draw_pager(d, d->plan->page_of[d->page->note], l->more,
                   1 + (rest + PLAN_ROWS - 1) / PLAN_ROWS);
    } else {
        struct template_value *link = draw_frames(d, 1, SLOTS_LINK);
        draw_link(d, link, d->plan->pages[l->more].href,
                  draw_count(d, STRING_AND_MORE_ONE, rest), "page");
        d->values[l->further] = template_record(link);
    }
}

void draw_mentions(struct draw *d) {
    const struct plan *p = d->plan;
    uint32_t note = d->page->note, entity = plan_entity_of(p, note);
    struct list list = {.shown = PLAN_MENTIONS,
                        .more = p->mentions[note],
                        .part = PAGE_MENTIONS,
                        .slot = SLOT_MENTIONS,
                        .count = SLOT_MENTIONS_COUNT,
                        .further = SLOT_MENTIONS_ALL};

    list.all.links = p->linked->backlinks[note].items;
    list.all.len = p->linked->backlinks[note].len;
    if (entity != PLAN_NONE)
        list.all = (struct sources){NULL, p->entities->items[entity].backlinks,
                                    p->entities->items[entity].nbacklinks};
    draw_list(d, &list);
}

void draw_unlinked(struct draw *d) {
    const struct plan *p = d->plan;
    uint32_t entity = plan_entity_of(p, d->page->note);
    const struct plan_panel *more;
    struct list list = {.shown = PLAN_UNLINKED,
                        .part = PAGE_PANEL,
                        .slot = SLOT_UNLINKED,
                        .count = SLOT_UNLINKED_COUNT,
                        .further = SLOT_UNLINKED_ALL};

    if (entity == PLAN_NONE)
        return;
    more = plan_panel_of(p, entity, PANEL_MENTIONED);
    list.more = more ? more->page : PLAN_NONE;
    list.all = (struct sources){NULL, p->entities->items[entity].unlinked,
                                p->entities->items[entity].nunlinked};
    draw_list(d, &list);
}
