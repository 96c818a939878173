/*
 * The tags' part of the plan: which notes each lists, what is often used with it,
 * and its pages.
 */
#include "base/unicode.h"
#include "site/kinds.h"
#include "site/planner.h"

/* The order of a tag's page: what was said stands beside where it was said. */
static const enum list_kind shown_kinds[LIST_KINDS] = {
    LIST_MEETINGS,  LIST_TRANSCRIPTS, LIST_PROJECTS,
    LIST_CUSTOMERS, LIST_PEOPLE,      LIST_NOTES,
};

/* A tag's notes are its own and those of the tags below it (spec/markdown.md §9):
 * each note goes to its tags and to theirs above, once. `ends` is where each tag's
 * list ends so far. */
static void gather_note(struct planner *pl, uint32_t note, enum list_kind kind,
                        uint32_t **ends) {
    const struct plan *p = pl->plan;

    for (uint32_t k = p->note_tag_begins[note];
         k < p->note_tag_begins[note + 1]; k++)
        for (uint32_t t = p->note_tags[k]; t != UINT32_MAX;
             t = p->linked->tags[t].parent) {
            if (ends[t] > pl->tags[t].notes && ends[t][-1] == note)
                break; /* and so in those above */
            *ends[t]++ = note;
            pl->tags[t].counts[kind]++;
        }
}

/* Events by their day, which need not be that of the note. */
static void gather_events(struct planner *pl, uint32_t index,
                          enum list_kind kind, uint32_t **ends) {
    const struct plan *p = pl->plan;

    if (index == PLAN_NONE)
        return;
    for (uint32_t i = 0; i < p->indexes[index].nrows; i++)
        gather_note(pl, p->entities->events[p->indexes[index].rows[i]].note,
                    kind, ends);
}

static void gather_notes(struct planner *pl) {
    const struct linked *l = pl->plan->linked;
    uint32_t **ends = arena_array(&pl->scratch, uint32_t *, l->ntags);
    uint8_t *kinds = arena_array(&pl->scratch, uint8_t, l->vault->nfiles);

    for (uint32_t t = 0; t < l->ntags; t++)
        pl->tags[t].notes = ends[t] =
            arena_array(pl->arena, uint32_t, l->tags[t].ntotal);
    for (uint32_t i = 0; i < l->vault->nfiles; i++)
        kinds[i] = (uint8_t)list_kind_of(pl->plan, i);
    for (unsigned k = 0; k < LIST_KINDS; k++) {
        enum list_kind kind = shown_kinds[k];
        if (kind == LIST_MEETINGS)
            gather_events(pl, pl->plan->meetings, kind, ends);
        else if (kind == LIST_TRANSCRIPTS)
            gather_events(pl, pl->plan->transcripts, kind, ends);
        else
            for (size_t i = 0; i < l->vault->nfiles; i++)
                if (kinds[l->newest[i]] == kind)
                    gather_note(pl, l->newest[i], kind, ends);
    }
    for (uint32_t t = 0; t < l->ntags; t++)
        pl->tags[t].nnotes = (uint32_t)(ends[t] - pl->tags[t].notes);
}

/* How many of each kind the first page of a long list has: the same of all, as far
 * as there are, and what room is left goes to the first. */
static void share_first_page(const uint32_t counts[LIST_KINDS],
                             uint32_t shown[LIST_KINDS]) {
    uint32_t kinds = 0, left = PLAN_ROWS;

    for (unsigned k = 0; k < LIST_KINDS; k++)
        kinds += counts[k] > 0;
    for (unsigned k = 0; k < LIST_KINDS; k++) {
        shown[k] = counts[k];
        if (shown[k] > PLAN_ROWS / kinds)
            shown[k] = PLAN_ROWS / kinds;
        left -= shown[k];
    }
    for (unsigned i = 0; i < LIST_KINDS; i++) {
        enum list_kind k = shown_kinds[i];
        uint32_t more =
            counts[k] - shown[k] < left ? counts[k] - shown[k] : left;
        shown[k] += more;
        left -= more;
    }
}

static void page_notes(struct planner *pl, struct plan_tag *tag) {
    uint32_t shown[LIST_KINDS], first = 0, rest = PLAN_ROWS, from = 0;
    uint32_t *paged;

    if (tag->nnotes <= PLAN_ROWS)
        return;
    share_first_page(tag->counts, shown);
    paged = arena_array(pl->arena, uint32_t, tag->nnotes);
    for (unsigned g = 0; g < LIST_KINDS; g++) {
        enum list_kind k = shown_kinds[g];
        for (uint32_t i = 0; i < tag->counts[k]; i++)
            paged[i < shown[k] ? first++ : rest++] = tag->notes[from + i];
        from += tag->counts[k];
    }
    tag->notes = paged;
}

/* The tags of the first level with the most notes: kept sorted, PLAN_SHORT long,
 * so that each tag costs no more than that. */
static void find_top_tags(struct planner *pl) {
    const struct linked *l = pl->plan->linked;
    uint32_t *top = pl->plan->top_tags, n = 0;

    for (uint32_t i = 0; i < l->ntags; i++) {
        if (l->tags[i].parent != UINT32_MAX)
            continue;
        uint32_t at = n < PLAN_SHORT ? n++ : PLAN_SHORT;
        for (; at > 0 && pl->tags[top[at - 1]].nnotes < pl->tags[i].nnotes;
             at--)
            if (at < PLAN_SHORT)
                top[at] = top[at - 1];
        if (at < PLAN_SHORT)
            top[at] = i;
    }
    pl->plan->ntop_tags = n;
}

/* Most tags are written as they are displayed: no folding, no searching. */
static void name_tags(struct planner *pl) {
    const struct linked *l = pl->plan->linked;

    map_init(&pl->plan->tag_names, pl->arena);
    for (uint32_t i = 0; i < l->ntags; i++)
        *map_slot_borrowed(&pl->plan->tag_names, l->tags[i].name) =
            &pl->tags[i];
}

/* The tags of each note, own ones in key order, side by side by file index. */
static void list_note_tags(struct planner *pl) {
    const struct linked *l = pl->plan->linked;
    size_t nfiles = l->vault->nfiles;
    uint32_t *begins = arena_array(pl->arena, uint32_t, nfiles + 1);
    uint32_t *at = arena_array(&pl->scratch, uint32_t, nfiles + 1);
    uint32_t *tags;

    for (uint32_t t = 0; t < l->ntags; t++)
        for (uint32_t k = 0; k < l->tags[t].nnotes; k++)
            begins[l->tags[t].notes[k] + 1]++;
    for (size_t i = 0; i < nfiles; i++)
        begins[i + 1] += begins[i];
    memcpy(at, begins, (nfiles + 1) * sizeof *at);
    tags = arena_array(pl->arena, uint32_t, begins[nfiles]);
    for (uint32_t t = 0; t < l->ntags; t++)
        for (uint32_t k = 0; k < l->tags[t].nnotes; k++)
            tags[at[l->tags[t].notes[k]]++] = t;
    pl->plan->note_tags = tags;
    pl->plan->note_tag_begins = begins;
}

static bool is_below(const struct linked *l, uint32_t tag, uint32_t above) {
    for (; tag != UINT32_MAX; tag = l->tags[tag].parent)
        if (tag == above)
            return true;
    return false;
}

/* Past these, what a note says of what goes together is noise. */
#define RELATED_PER_NOTE 50

struct counts {
    uint32_t *by_tag; /* all 0 between two tags */
    uint32_t *met;    /* tags whose count is not */
    uint32_t nmet;
};

static void count_related(const struct planner *pl, uint32_t tag,
                          struct counts *c) {
    const struct plan *p = pl->plan;

    for (uint32_t i = 0; i < pl->tags[tag].nnotes; i++) {
        uint32_t note = pl->tags[tag].notes[i];
        uint32_t begin = p->note_tag_begins[note];
        uint32_t end = p->note_tag_begins[note + 1];
        if (end - begin > RELATED_PER_NOTE)
            end = begin + RELATED_PER_NOTE;
        for (uint32_t k = begin; k < end; k++)
            if (c->by_tag[p->note_tags[k]]++ == 0)
                c->met[c->nmet++] = p->note_tags[k];
    }
}

/* The tags that stand most often beside this one, in two notes at least; its own
 * ancestors and the tags below it always do. */
static void find_related(struct planner *pl, uint32_t tag, struct counts *c) {
    const struct linked *l = pl->plan->linked;
    struct plan_tag *p = &pl->tags[tag];

    count_related(pl, tag, c);
    for (uint32_t i = 0; i < c->nmet; i++) {
        uint32_t other = c->met[i], at = p->nrelated;
        if (c->by_tag[other] < 2 || is_below(l, other, tag) ||
            is_below(l, tag, other))
            continue;
        for (; at > 0; at--) {
            uint32_t before = p->related[at - 1];
            if (c->by_tag[before] > c->by_tag[other] ||
                (c->by_tag[before] == c->by_tag[other] && before < other))
                break;
            if (at < PLAN_RELATED)
                p->related[at] = before;
        }
        if (at == PLAN_RELATED)
            continue;
        p->related[at] = other;
        if (p->nrelated < PLAN_RELATED)
            p->nrelated++;
    }
    while (c->nmet > 0)
        c->by_tag[c->met[--c->nmet]] = 0;
}

static void find_all_related(struct planner *pl) {
    uint32_t n = pl->plan->linked->ntags;
    struct counts c = {.by_tag = arena_array(&pl->scratch, uint32_t, n),
                       .met = arena_array(&pl->scratch, uint32_t, n)};

    for (uint32_t i = 0; i < n; i++)
        find_related(pl, i, &c);
}

uint32_t plan_tag_named(const struct plan *p, struct str name,
                        struct arena *scratch) {
    const struct plan_tag *tag = map_get(&p->tag_names, name);

    if (tag)
        return (uint32_t)(tag - p->tags);
    return linked_tag(p->linked, unicode_fold(scratch, name));
}

static void plan_tag_pages(struct planner *pl) {
    const struct linked *l = pl->plan->linked;
    struct page page = {.kind = PAGE_TAGS,
                        .number = 1,
                        .note = PLAN_NONE,
                        .of = PLAN_NONE,
                        .path = pl->tags_path,
                        .href = pl->tags_path};

    pl->plan->tags_page = PLAN_NONE;
    if (l->ntags == 0)
        return;
    for (uint32_t i = 0; i < pl->plan->nfolders; i++)
        if (str_eq(pl->folders[i].url, STR("tags/")))
            page.of = i;
    pl->plan->tags_page = planner_page(pl, page);
    pl->plan->ntags_pages = planner_count(l->ntags, PLAN_ROWS);
    page.part = PAGE_FURTHER;
    page.of = PLAN_NONE;
    planner_series(pl, page, planner_base(page.path), "~", 2,
                   pl->plan->ntags_pages);
    for (uint32_t i = 0; i < l->ntags; i++) {
        const struct tag *t = &l->tags[i];
        struct str folder = STR("tags/");
        bool collided;
        if (t->parent != UINT32_MAX) {
            buf_reset(&pl->text);
            buf_add_str(
                &pl->text,
                planner_base(pl->pages.items[pl->tags[t->parent].page].path));
            buf_add_ch(&pl->text, '/');
            folder = arena_str(&pl->scratch, buf_str(&pl->text));
        }
        page.path = owned_claim_name(&pl->owned, folder,
                                     url_component(pl->arena, t->last, t->key),
                                     STR(".html"), t->key, &collided);
        page.href = planner_href(pl, page.path);
        page.kind = PAGE_TAG;
        page.part = PAGE_MAIN;
        page.number = 1;
        page.of = i;
        pl->tags[i].page = planner_page(pl, page);
        pl->tags[i].npages = planner_count(pl->tags[i].nnotes, PLAN_ROWS);
        page.part = PAGE_FURTHER;
        planner_series(pl, page, planner_base(page.path), "~", 2,
                       pl->tags[i].npages);
    }
}

void planner_tags(struct planner *pl) {
    list_note_tags(pl);
    gather_notes(pl);
    for (uint32_t i = 0; i < pl->plan->linked->ntags; i++)
        page_notes(pl, &pl->tags[i]);
    find_top_tags(pl);
    find_all_related(pl);
    name_tags(pl);
    plan_tag_pages(pl);
}
