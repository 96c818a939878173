/*
 * The rail: the navigation that is the same on all pages (theme: "the rail is the
 * same block on every page"), so its words and numbers are made once.
 */
#include "base/vec.h"
#include "site/planner.h"

static struct str count_of(struct planner *pl, uint64_t n) {
    buf_reset(&pl->text);
    strings_add_number(&pl->text, &pl->plan->theme->strings, n);
    return arena_str(pl->arena, buf_str(&pl->text));
}

/* The folders of the first level that are no index: those with the most notes, in
 * vault order; at most `max`. */
static uint32_t choose_folders(const struct planner *pl, uint32_t max,
                               uint32_t *chosen) {
    const struct plan_folder *root = &pl->folders[0];
    uint32_t n = 0;

    for (uint32_t i = 0; i < root->nfolders && max > 0; i++) {
        uint32_t folder = root->folders[i], least = 0;
        if (pl->folders[folder].index != PLAN_NONE)
            continue;
        if (n < max) {
            chosen[n++] = folder;
            continue;
        }
        for (uint32_t k = 1; k < n; k++)
            if (pl->folders[chosen[k]].ntotal <
                pl->folders[chosen[least]].ntotal)
                least = k;
        if (pl->folders[folder].ntotal <= pl->folders[chosen[least]].ntotal)
            continue;
        memmove(chosen + least, chosen + least + 1,
                (n - 1 - least) * sizeof *chosen);
        chosen[n - 1] = folder;
    }
    return n;
}

static void add_index(struct planner *pl, struct plan_link *rail, uint32_t *n,
                      uint32_t i) {
    const struct plan_index *index;

    if (i == PLAN_NONE || *n == PLAN_INDEXES)
        return;
    index = &pl->indexes[i];
    rail[(*n)++] =
        (struct plan_link){pl->plan->pages[index->page].href, index->label,
                           count_of(pl, index->count), index->icon};
}

/* Known kinds, events, tasks, decisions; then other kinds (theme/design.md §2). */
static uint32_t add_indexes(struct planner *pl, struct plan_link *rail) {
    const struct plan *p = pl->plan;
    uint32_t nkinds = p->entities ? p->entities->nkinds : 0, n = 0;

    for (unsigned pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < nkinds; i++)
            if ((strcmp(pl->indexes[i].icon, "note") == 0) == (pass == 1))
                add_index(pl, rail, &n, i);
        if (pass == 1)
            break;
        add_index(pl, rail, &n, p->meetings);
        add_index(pl, rail, &n, p->transcripts);
        add_index(pl, rail, &n, p->tasks);
        add_index(pl, rail, &n, p->decisions);
    }
    return n;
}

void planner_rail(struct planner *pl) {
    const struct strings *s = &pl->plan->theme->strings;
    const struct page *pages = pl->plan->pages;
    struct plan_link *rail =
        arena_array(pl->arena, struct plan_link, 1 + PLAN_RAIL + PLAN_INDEXES);
    struct plan_link *browse = arena_array(pl->arena, struct plan_link, 3);
    uint32_t folders[PLAN_RAIL];
    uint32_t n = 1 + add_indexes(pl, rail + 1);
    uint32_t nfolders =
        choose_folders(pl, n - 1 < PLAN_RAIL ? PLAN_RAIL + 1 - n : 0, folders);

    rail[0] = (struct plan_link){pages[0].href, s->texts[STRING_HOME], STR(""),
                                 "home"};
    for (uint32_t i = 0; i < nfolders; i++) {
        const struct plan_folder *f = &pl->folders[folders[i]];
        rail[n++] = (struct plan_link){pages[f->page].href, f->name,
                                       count_of(pl, f->ntotal), "folder"};
    }
    if (pl->plan->tags_page != PLAN_NONE)
        browse[pl->plan->nbrowse++] = (struct plan_link){
            pages[pl->plan->tags_page].href, s->texts[STRING_TAGS],
            count_of(pl, pl->plan->linked->ntags), "tag"};
    if (pl->plan->graph_page != PLAN_NONE)
        browse[pl->plan->nbrowse++] =
            (struct plan_link){pages[pl->plan->graph_page].href,
                               s->texts[STRING_GRAPH], STR(""), "graph"};
    browse[pl->plan->nbrowse++] = (struct plan_link){
        pages[pl->folders[0].page].href, s->texts[STRING_FOLDERS],
        pl->plan->nlisted_folders > 0 ? count_of(pl, pl->plan->nlisted_folders)
                                      : STR(""),
        "folder"};
    buf_reset(&pl->text);
    strings_add_count(&pl->text, s, STRING_NOTES_ONE, pl->plan->nlisted);
    pl->plan->note_count = arena_str(pl->arena, buf_str(&pl->text));
    pl->plan->rail = rail;
    pl->plan->nrail = n;
    pl->plan->browse = browse;
}
