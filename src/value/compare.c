#include "value/compare.h"

#include <stdlib.h>

#include "base/unicode.h"
#include "base/vec.h"
#include "value/date.h"
#include "value/duration.h"

typedef VEC(const struct value_member *) member_list;

static int compare_at(const struct value_order *o, const struct value *a,
                      const struct value *b, int depth);

/* Place of a kind's type name among the names, null before all of them. */
static int kind_rank(enum value_kind kind) {
    static const int ranks[] = {
        [VALUE_NULL] = 0,      [VALUE_LIST] = 1,     [VALUE_BOOL] = 2,
        [VALUE_DATE] = 3,      [VALUE_DURATION] = 4, [VALUE_FUNCTION] = 5,
        [VALUE_LINK] = 6,      [VALUE_NUMBER] = 7,   [VALUE_OBJECT] = 8,
        [VALUE_RECORD] = 8,    [VALUE_TEXT] = 9,     [VALUE_PAIR] = 10,
        [VALUE_EXTERNAL] = 10,
    };
    return ranks[kind];
}

/* False where no step is left. */
static bool step(const struct value_order *o, size_t n) {
    if (o->steps == NULL)
        return true;
    if (*o->steps < n) {
        *o->steps = 0;
        return false;
    }
    *o->steps -= n;
    return true;
}

static int sign(long n) {
    return (n > 0) - (n < 0);
}

static int compare_text(const struct value_order *o, struct str a,
                        struct str b) {
    return str_eq(a, b) ? 0 : collator_compare(o->collator, a, b);
}

static int compare_numbers(double a, double b) {
    if (a < b)
        return -1;
    return a == b ? 0 : 1;
}

static int compare_dates(struct date a, struct date b) {
    if (a.invalid || b.invalid)
        return 1;
    if (a.ms < b.ms)
        return -1;
    return a.ms == b.ms && zone_equal(a.zone, b.zone) ? 0 : 1;
}

static int compare_durations(const struct duration *a,
                             const struct duration *b) {
    if (duration_ms(a) < duration_ms(b))
        return -1;
    return duration_same(a, b) ? 0 : 1;
}

static int compare_links(const struct value_order *o,
                         const struct value_link *a, const struct value_link *b,
                         int depth) {
    bool resolve = depth == 0 && o->resolve != NULL;
    struct str pa = resolve ? o->resolve(o->context, a->path) : a->path;
    struct str pb = resolve ? o->resolve(o->context, b->path) : b->path;
    /* block < file < header, by name */
    static const int kinds[] = {
        [VALUE_LINK_BLOCK] = 0,
        [VALUE_LINK_FILE] = 1,
        [VALUE_LINK_HEADER] = 2,
    };
    int c = compare_text(o, pa, pb);

    if (c == 0)
        c = sign(kinds[a->kind] - kinds[b->kind]);
    if (c == 0)
        c = (int)a->has_subpath - (int)b->has_subpath;
    if (c == 0 && a->has_subpath)
        c = compare_text(o, a->subpath, b->subpath);
    return c;
}

static int compare_lists(const struct value_order *o, const struct value *a,
                         const struct value *b, int depth) {
    size_t na = a->as.list.len, nb = b->as.list.len;

    for (size_t i = 0; i < na && i < nb; i++) {
        int c =
            compare_at(o, a->as.list.items[i], b->as.list.items[i], depth + 1);
        if (c != 0)
            return c;
    }
    return (na > nb) - (na < nb);
}

static int by_key(const void *a, const void *b) {
    const struct value_member *const *ma = a, *const *mb = b;

    return unicode_cmp_utf16((*ma)->key, (*mb)->key);
}

static void sort_members(member_list *list, const struct value *object) {
    for (size_t i = 0; i < object->as.object.len; i++)
        vec_push(list, &object->as.object.members[i]);
    if (list->len > 1)
        qsort(list->items, list->len, sizeof *list->items, by_key);
}

static int compare_members(const struct value_order *o, const member_list *a,
                           const member_list *b, int depth) {
    for (size_t i = 0; i < a->len && i < b->len; i++) {
        int c = compare_text(o, a->items[i]->key, b->items[i]->key);
        if (c != 0)
            return c;
    }
    if (a->len != b->len)
        return a->len < b->len ? -1 : 1;
    for (size_t i = 0; i < a->len; i++) {
        int c =
            compare_at(o, a->items[i]->value, b->items[i]->value, depth + 1);
        if (c != 0)
            return c;
    }
    return 0;
}

static int compare_records(const struct value_record *a,
                           const struct value_record *b) {
    return (a->order > b->order) - (a->order < b->order);
}

/* Records stand behind plain objects, in the order of the vault: comparing all
 * their fields would say nothing that their place does not. */
static int compare_objects(const struct value_order *o, const struct value *a,
                           const struct value *b, int depth) {
    member_list la = {0}, lb = {0};
    int c;

    if (a->kind != b->kind)
        return a->kind == VALUE_RECORD ? 1 : -1;
    if (a->kind == VALUE_RECORD)
        return compare_records(a->as.record, b->as.record);
    if (!step(o, a->as.object.len) || !step(o, b->as.object.len))
        return 0;
    sort_members(&la, a);
    sort_members(&lb, b);
    c = compare_members(o, &la, &lb, depth);
    vec_release(&la);
    vec_release(&lb);
    return c;
}

static int compare_at(const struct value_order *o, const struct value *a,
                      const struct value *b, int depth) {
    if (kind_rank(a->kind) != kind_rank(b->kind))
        return kind_rank(a->kind) < kind_rank(b->kind) ? -1 : 1;
    if (depth > VALUE_MAX_DEPTH || !step(o, 1))
        return 0;
    if (a == b && a->kind != VALUE_NUMBER) /* NaN differs from itself */
        return 0;
    switch (a->kind) {
    case VALUE_BOOL:
        return (int)a->as.boolean - (int)b->as.boolean;
    case VALUE_NUMBER:
        return compare_numbers(a->as.number, b->as.number);
    case VALUE_TEXT:
        return compare_text(o, a->as.text, b->as.text);
    case VALUE_DATE:
        return compare_dates(a->as.date, b->as.date);
    case VALUE_DURATION:
        return compare_durations(a->as.duration, b->as.duration);
    case VALUE_LINK:
        return compare_links(o, a->as.link, b->as.link, depth);
    case VALUE_LIST:
        return compare_lists(o, a, b, depth);
    case VALUE_OBJECT:
    case VALUE_RECORD:
        return compare_objects(o, a, b, depth);
    case VALUE_NULL:
    case VALUE_FUNCTION:
    case VALUE_PAIR:
    case VALUE_EXTERNAL:
        return 0;
    }
    return 0;
}

int value_compare(const struct value_order *o, const struct value *a,
                  const struct value *b) {
    return compare_at(o, a, b, 0);
}

bool value_equal(const struct value_order *o, const struct value *a,
                 const struct value *b) {
    return value_compare(o, a, b) == 0;
}
