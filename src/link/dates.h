/*
 * dates: when a note is from, and when it was last changed (decisions.md 31).
 *
 * What its properties say, else what git tells (vault/history.h) as the day in
 * the site's time zone, else nothing: file times are those of a checkout.
 */
#ifndef VAULTSITE_LINK_DATES_H
#define VAULTSITE_LINK_DATES_H

#include "link/link.h"

struct note_dates {
    bool has_created, has_updated;
    bool created_told, updated_told; /* by a property, which its page shows */
    struct civil_date created;       /* `date`, `created`, the first commit */
    struct civil_date updated; /* `updated`, `modified`, the last commit */
};

/* The day of the last change: `updated`, else `created`. */
static inline struct civil_date note_changed(const struct note_dates *d) {
    return d->has_updated ? d->updated : d->created;
}

/* The day that lists show and sort by: `created`, else `updated`; of a note
 * without either it is undefined. */
static inline struct civil_date note_day(const struct note_dates *d) {
    return d->has_created ? d->created : d->updated;
}

/* Fills l->dates for the published notes, all others have none, and l->newest. */
void dates_build(struct linked *l, struct arena *a);

#endif
