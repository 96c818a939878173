/*
 * kinds: what lists of notes are divided by, in the order in which it is shown
 * (theme/design.md §4): mentions, the notes of a tag.
 */
#ifndef VAULTSITE_SITE_KINDS_H
#define VAULTSITE_SITE_KINDS_H

#include "site/plan.h"

struct list_kind_row {
    struct str kind;          /* a class name; names a drawing of the theme */
    struct str id;            /* of its heading where a page has one list */
    enum string_name heading; /* beside other kinds */
};
extern const struct list_kind_row list_kinds[LIST_KINDS];

/* The kind of a published note: LIST_NOTES for one that is neither event nor an
 * entity of a kind with a row of its own, and for all of a plan without
 * entities. */
enum list_kind list_kind_of(const struct plan *p, uint32_t file);

#endif
