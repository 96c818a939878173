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

/* The folders of the first level: those with the most notes, in vault order. */
static uint32_t choose_folders(const struct planner *pl, uint32_t *chosen) {
    const struct plan_folder *root = &pl->folders[0];
    uint32_t n = 0;

    for (uint32_t i = 0; i < root->nfolders; i++) {
        uint32_t folder = root->folders[i], least = 0;
        if (n < PLAN_RAIL) {
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

void planner_rail(struct planner *pl) {
    const struct strings *s = &pl->plan->theme->strings;
    const struct page *pages = pl->plan->pages;
    struct plan_link *rail =
        arena_array(pl->arena, struct plan_link, PLAN_RAIL + 1);
    struct plan_link *browse = arena_array(pl->arena, struct plan_link, 2);
    uint32_t folders[PLAN_RAIL];
    uint32_t n = choose_folders(pl, folders);

    rail[0] = (struct plan_link){pages[0].href, s->texts[STRING_HOME], STR(""),
                                 "home"};
    for (uint32_t i = 0; i < n; i++) {
        const struct plan_folder *f = &pl->folders[folders[i]];
        rail[i + 1] = (struct plan_link){pages[f->page].href, f->name,
                                         count_of(pl, f->ntotal), "folder"};
    }
    browse[0] = (struct plan_link){
        pages[pl->folders[0].page].href, s->texts[STRING_FOLDERS],
        pl->plan->nlisted_folders > 0 ? count_of(pl, pl->plan->nlisted_folders)
                                      : STR(""),
        "folder"};
    pl->plan->nbrowse = 1;
    if (pl->plan->tags_page != PLAN_NONE)
        browse[pl->plan->nbrowse++] = (struct plan_link){
            pages[pl->plan->tags_page].href, s->texts[STRING_TAGS],
            count_of(pl, pl->plan->linked->ntags), "tag"};
    buf_reset(&pl->text);
    strings_add_count(&pl->text, s, STRING_NOTES_ONE, pl->plan->nlisted);
    pl->plan->note_count = arena_str(pl->arena, buf_str(&pl->text));
    pl->plan->rail = rail;
    pl->plan->nrail = n + 1;
    pl->plan->browse = browse;
}
