/*
 * planner: the plan while it is being made.  Private to plan.c and the files
 * that do its steps; whoever reads a plan includes plan.h alone.
 */
#ifndef VAULTSITE_SITE_PLANNER_H
#define VAULTSITE_SITE_PLANNER_H

#include "base/vec.h"
#include "base/collate.h"
#include "site/plan.h"
#include "site/urls.h"

struct planner {
    struct arena *arena;  /* of the plan */
    struct arena scratch; /* of the planning */
    struct plan *plan;
    struct diags *diags;
    struct owned owned;
    struct buf text; /* reused for addresses */
    VEC(struct page) pages;
    struct plan_folder *folders; /* plan->folders, to be filled */
    struct plan_tag *tags;
    struct plan_index *indexes;
    struct plan_asset *assets;
    uint32_t *page_of, *folder_of, *place, *mentions;
    struct str *hrefs;
    struct str tags_path; /* of the list of tags; "" without tags */
    bool *moved;          /* by file index: the note's permalink was granted */
    bool *shown;          /* by file index: an answer embeds it */
    uint32_t home;        /* file index of the home note, PLAN_NONE */
};

/* The published note of file `i`, or NULL. */
static inline const struct note *planner_note(const struct planner *pl,
                                              size_t i) {
    return pl->plan->linked->notes[i];
}

/* `path`, percent-encoded, in the plan's arena. */
struct str planner_href(struct planner *pl, struct str path);
/* Adds a page and returns its index. Its path is claimed already. */
uint32_t planner_page(struct planner *pl, struct page page);
/* Adds the pages `first`, `first` + 1 … `last` of a series and claims their
 * paths: `base` + `tail` + number + ".html". Returns the index of the first. */
uint32_t planner_series(struct planner *pl, struct page page, struct str base,
                        const char *tail, uint32_t first, uint32_t last);
/* The kind of the page of `note`, which is `other` where the note is no entity's
 * and no event; it may be PLAN_NONE. */
enum page_kind planner_kind(const struct planner *pl, uint32_t note,
                            enum page_kind other);
/* Says that `page` is the note's, if there is one. */
void planner_note_page(struct planner *pl, uint32_t note, uint32_t page);
/* A page's path without `.html`. */
struct str planner_base(struct str path);
/* ⌈n / rows⌉, at least 1. */
uint32_t planner_count(size_t n, size_t rows);

/* tree.c: the folders that hold published notes, with their addresses, which
 * notes stand for a folder or for the home page, and what each folder lists. */
void planner_folders(struct planner *pl);
/* plan_answers.c: further pages of long answers; what answers embed. */
void planner_answers(struct planner *pl);
/* plan_tags.c: what the tags list, and their pages. */
void planner_tags(struct planner *pl);
/* plan_indexes.c: the indexes with their pages; before the folders, which share
 * addresses with them. */
void planner_indexes(struct planner *pl);
/* letters.c: the letters of names in the collator's order. */
struct planner_letter {
    struct planner *planner;
    const struct collator *collator;
    /* Private to letters.c but `code`. */
    uint32_t code; /* a capital if there are any; '#' for what is no letter */
    uint32_t last;
    struct str base; /* in the planner's scratch arena */
};
/* Whether the next name begins with another letter than the one before, or is the
 * first; `code` is the letter of all since then. */
bool planner_letter_next(struct planner_letter *l, struct str name);
/* Where names of the index begin with another letter. */
void planner_letters(struct planner *pl, struct plan_index *index,
                     const struct collator *c);
/* plan_tasks.c: the rows of the views of the tasks, in the indexes from `first` on;
 * `entity_row` tells where each entity stands in its own index. */
void planner_task_views(struct planner *pl, uint32_t first,
                        const uint32_t *entity_row);
/* plan_all.c: the notes from A to Z, and their pages. */
void planner_all(struct planner *pl);
/* plan_entities.c: further pages of entities, and which events stand beside one
 * another; after the pages of notes. */
void planner_entities(struct planner *pl);
/* plan_days.c: daily notes; after the folders. */
void planner_days(struct planner *pl);
/* plan_dates.c: days in words, and the notes that were changed last. */
void planner_dates(struct planner *pl);
/* rail.c: the navigation; after all pages are there. */
void planner_rail(struct planner *pl);
/* addresses.c: pages of the notes; permalinks; then the redirects, after all
 * pages have their paths. */
void planner_notes(struct planner *pl);
void planner_redirects(struct planner *pl);
/* attachments.c: the files that are copied. */
void planner_attachments(struct planner *pl);

#endif
