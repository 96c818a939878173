/*
 * All notes from A to Z: where the search leads without a script (theme/design.md §4).
 */
#include "base/collate.h"
#include "base/merge_sort.h"
#include "site/planner.h"

static int by_key(void *context, const void *a, const void *b) {
    const struct str *keys = context;

    return str_cmp(keys[*(const uint32_t *)a], keys[*(const uint32_t *)b]);
}

static void list_letters(struct planner *pl, const uint32_t *notes, uint32_t n,
                         const struct collator *c) {
    struct planner_letter reader = {.planner = pl, .collator = c};
    VEC(struct plan_group) letters = {0};

    for (uint32_t i = 0; i < n; i++) {
        if (planner_letter_next(&reader, planner_note(pl, notes[i])->title) ||
            letters.len == 0)
            vec_push(&letters, ((struct plan_group){.begin = i}));
        vec_last(&letters)->end = i + 1;
        vec_last(&letters)->of = reader.code;
    }
    pl->plan->letters = vec_keep(pl->arena, &letters);
    pl->plan->nletters = (uint32_t)letters.len;
    vec_release(&letters);
}

void planner_all(struct planner *pl) {
    struct plan *p = pl->plan;
    size_t nfiles = p->linked->vault->nfiles;
    uint32_t *notes = arena_array(pl->arena, uint32_t, nfiles);
    uint32_t *room = arena_array(&pl->scratch, uint32_t, nfiles);
    struct str *keys = arena_array(&pl->scratch, struct str, nfiles);
    struct collator *c = collator_new(p->theme->language);
    struct page page = {.kind = PAGE_ALL,
                        .number = 1,
                        .note = PLAN_NONE,
                        .of = PLAN_NONE,
                        .path = STR("index~all.html"),
                        .href = STR("index~all.html")};

    for (uint32_t i = 0; i < nfiles; i++) {
        if (planner_note(pl, i) == NULL ||
            p->linked->vault->files[i].is_template)
            continue;
        notes[p->nall++] = i;
        keys[i] = collator_key(c, &pl->scratch, planner_note(pl, i)->title);
    }
    merge_sort(notes, p->nall, sizeof *notes, room, by_key, keys);
    p->all = notes;
    list_letters(pl, notes, p->nall, c);
    collator_free(c);
    owned_claim(&pl->owned, page.path);
    p->all_page = planner_page(pl, page);
    p->nall_pages = planner_count(p->nall, PLAN_ROWS);
    page.part = PAGE_FURTHER;
    planner_series(pl, page, STR("index~all"), "-", 2, p->nall_pages);
}
