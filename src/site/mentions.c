#include "html/escape.h"
#include "site/draw.h"

#define UNFOLDED 10 /* theme: ten, the rest behind a click */

/* decisions.md 19: plain text, the link's own words marked. */
static struct str context_of(struct draw *d, const struct backlink *b) {
    const struct note *n = d->plan->linked->notes[b->from];
    size_t at = 0, len = 0;
    struct str text =
        link_context(d->scratch, n, &n->links[b->link], &at, &len);

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

static void draw_mention(struct draw *d, struct template_value *frame,
                         const struct backlink *b) {
    struct str context = context_of(d, b);

    draw_entry(d, frame, b->from);
    if (context.len > 0)
        frame[SLOT_ENTRY_CONTEXT] = template_html(context);
    if (b->count > 1)
        frame[SLOT_ENTRY_MORE] =
            template_text(draw_count(d, STRING_AND_MORE_ONE, b->count - 1));
}

/* Each mention stands in another note, so each costs some waits for memory;
 * asked for beforehand they overlap. */
static void fetch_mentions(const struct linked *l, const struct backlink *b,
                           uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        __builtin_prefetch(l->notes[b[i].from]);
    for (uint32_t i = 0; i < n; i++) {
        const struct note *note = l->notes[b[i].from];
        __builtin_prefetch(&note->links[b[i].link]);
        __builtin_prefetch(note->text_blocks);
        __builtin_prefetch(note->title.p);
    }
    for (uint32_t i = 0; i < n; i++) {
        const struct note *note = l->notes[b[i].from];
        const struct link *link = &note->links[b[i].link];
        __builtin_prefetch(note->text.p + link->text_begin);
        if (link->block < note->ntext_blocks)
            __builtin_prefetch(&note->text_blocks[link->block]);
    }
}

/* Entries of a group, the first of them unfolded. */
static void draw_folded(struct draw *d, struct template_value *group,
                        const struct template_value *entries, uint32_t n,
                        bool all) {
    uint32_t shown = all || n <= UNFOLDED ? n : UNFOLDED;

    group[SLOT_GROUP_ENTRIES] = template_list(entries, shown);
    if (shown == n)
        return;
    group[SLOT_GROUP_REST] =
        template_list(entries + shown * SLOTS_ENTRY, n - shown);
    group[SLOT_GROUP_MORE] =
        template_text(draw_count(d, STRING_MORE_ONE, n - shown));
}

void draw_mentions(struct draw *d) {
    const struct plan *p = d->plan;
    const struct backlinks *all = &p->linked->backlinks[d->page->note];
    bool further = d->page->part == PAGE_MENTIONS;
    uint32_t shown = all->len < PLAN_MENTIONS ? all->len : PLAN_MENTIONS;
    struct window w = {0, shown};
    struct template_value *group, *entries;

    if (further) {
        w = draw_window(d->page->number - 1, PLAN_ROWS, all->len - shown);
        w.begin += shown;
        w.end += shown;
    }
    if (w.begin == w.end)
        return;
    group = draw_frames(d, 1, SLOTS_GROUP);
    entries = draw_frames(d, w.end - w.begin, SLOTS_ENTRY);
    fetch_mentions(p->linked, all->items + w.begin, w.end - w.begin);
    for (uint32_t i = w.begin; i < w.end; i++)
        draw_mention(d, entries + (i - w.begin) * SLOTS_ENTRY, &all->items[i]);
    draw_folded(d, group, entries, w.end - w.begin, further);
    draw_dates_column(group, entries, w.end - w.begin);
    group[SLOT_GROUP_COUNT] = template_text(draw_number(d, all->len));
    d->values[SLOT_MENTIONS] = template_list(group, 1);
    d->values[SLOT_MENTIONS_COUNT] = template_text(draw_number(d, all->len));
    if (all->len == shown)
        return;
    uint32_t more = p->mentions[d->page->note];
    uint32_t npages = 1 + (all->len - shown + PLAN_ROWS - 1) / PLAN_ROWS;
    if (further) {
        draw_pager(d, p->page_of[d->page->note], more, npages);
    } else {
        struct template_value *link = draw_frames(d, 1, SLOTS_LINK);
        draw_link(d, link, p->pages[more].href,
                  draw_count(d, STRING_AND_MORE_ONE, all->len - shown), "page");
        d->values[SLOT_MENTIONS_ALL] = template_record(link);
    }
}
