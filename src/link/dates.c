#include "link/dates.h"

#include <stdlib.h>

#include "base/civil_zone.h"
#include "vault/history.h"

/* A number is a date only by its digits: 20240305. */
static bool read_property(const struct frontmatter *f, struct str key,
                          struct civil_date *out) {
    const struct property *p = frontmatter_property(f, key);

    if (p == NULL)
        return false;
    if (p->value->kind == VALUE_TEXT)
        return civil_read_date(str_trim(p->value->as.text), out);
    return p->value->kind == VALUE_NUMBER && civil_read_date(p->source, out);
}

/* Of both keys the first that holds a date. */
static bool read_properties(const struct note *n, struct str first,
                            struct str second, struct civil_date *out) {
    return read_property(&n->front, first, out) ||
           read_property(&n->front, second, out);
}

static void date_note(struct note_dates *d, const struct note *n,
                      const struct history_span *span,
                      const struct civil_zone *zone) {
    d->has_created =
        read_properties(n, STR("date"), STR("created"), &d->created);
    d->has_updated =
        read_properties(n, STR("updated"), STR("modified"), &d->updated);
    d->created_told = d->has_created;
    d->updated_told = d->has_updated;
    if (span == NULL || !span->known)
        return;
    if (!d->has_created)
        d->created = civil_zone_date(zone, span->first);
    if (!d->has_updated)
        d->updated = civil_zone_date(zone, span->last);
    d->has_created = d->has_updated = true;
}

/* Later days are greater, no day is the least. */
static int64_t sort_key(const struct note_dates *d) {
    return d->has_created || d->has_updated ? civil_days(note_day(d))
                                            : INT64_MIN;
}

static int newest_first(const void *x, const void *y, void *context) {
    const int64_t *keys = context;
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

    if (keys[a] != keys[b])
        return keys[a] > keys[b] ? -1 : 1;
    return (a > b) - (a < b);
}

static const uint32_t *sort_by_day(struct arena *a,
                                   const struct note_dates *dates, size_t n) {
    uint32_t *files = arena_array(a, uint32_t, n);
    struct arena scratch;
    int64_t *keys;

    arena_init(&scratch);
    keys = arena_array(&scratch, int64_t, n);
    for (size_t i = 0; i < n; i++) {
        files[i] = (uint32_t)i;
        keys[i] = sort_key(&dates[i]);
    }
    qsort_r(files, n, sizeof *files, newest_first, keys);
    arena_release(&scratch);
    return files;
}

void dates_build(struct linked *l, struct arena *a) {
    const struct vault *v = l->vault;
    struct note_dates *dates = arena_array(a, struct note_dates, v->nfiles);
    struct civil_zone zone;

    civil_zone_init(&zone, v->settings->time_zone);
    for (size_t i = 0; i < v->nfiles; i++)
        if (l->notes[i] != NULL)
            date_note(&dates[i], l->notes[i],
                      v->history != NULL ? &v->history[i] : NULL, &zone);
    civil_zone_release(&zone);
    l->dates = dates;
    l->newest = sort_by_day(a, dates, v->nfiles);
}
