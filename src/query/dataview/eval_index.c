#include <math.h>

#include "base/utf16.h"
#include "query/dataview/context.h"
#include "value/date_make.h"
#include "value/duration.h"

/* spec/dataview.md §9, Indexing. */

static const struct value *wants_text(struct eval *e, const char *what) {
    return eval_error(e, "%s indexing requires a string index", what);
}

static const struct value *or_null(const struct value *v) {
    return v != NULL ? v : &value_null;
}

static const struct value *link_member(struct eval *e,
                                       const struct value_link *l,
                                       struct str key) {
    const struct value *page = eval_page(e, eval_resolve(e, l->path));

    return page != NULL ? or_null(value_member(page, key, e->arena))
                        : &value_null;
}

/* Elements for which it is an error are passed over in silence. */
static const struct value *list_members(struct eval *e, const struct value *of,
                                        const struct value *index) {
    size_t n = of->as.list.len, len = 0;
    const struct value **items = arena_array(e->arena, const struct value *, n);

    if (!eval_spend(e, n))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        const struct value *v = eval_index(e, of->as.list.items[i], index);
        if (v != NULL)
            items[len++] = v;
        else if (!eval_clear(e))
            return NULL;
    }
    return value_of_list(e->arena, items, len);
}

static const struct value *list_index(struct eval *e, const struct value *of,
                                      const struct value *index) {
    double i = index->as.number;

    if (index->kind == VALUE_TEXT)
        return list_members(e, of, index);
    if (!(i >= 0) || i >= (double)of->as.list.len || i != floor(i))
        return &value_null;
    return of->as.list.items[(size_t)i];
}

static const struct value *text_index(struct eval *e, struct str text,
                                      const struct value *index) {
    double i = index->as.number;

    if (index->kind != VALUE_NUMBER)
        return eval_error(
            e, "string indexing requires a numeric index (string[index])");
    if (!(i >= 0) || i >= (double)utf16_len(text) || i != floor(i))
        return &value_null;
    return value_of_text(e->arena,
                         utf16_slice(e->arena, text, (size_t)i, (size_t)i + 1));
}

static const struct value *date_part(struct eval *e, struct date d,
                                     struct str name) {
    double n;

    return date_field(d, name, &n) ? value_of_number(e->arena, n) : &value_null;
}

static const struct value *duration_part(struct eval *e,
                                         const struct duration *d,
                                         struct str name) {
    double n;

    return duration_field(d, name, &n) ? value_of_number(e->arena, n)
                                       : &value_null;
}

const struct value *eval_index(struct eval *e, const struct value *base,
                               const struct value *index) {
    bool by_text = index->kind == VALUE_TEXT;

    if (index->kind == VALUE_NULL)
        return &value_null;
    if (!by_text && index->kind != VALUE_NUMBER)
        return eval_error(e, "Can only index with a string or number");
    if (!eval_spend(e, 1))
        return NULL;
    switch (base->kind) {
    case VALUE_OBJECT:
    case VALUE_RECORD:
        return by_text ? or_null(value_member(base, index->as.text, e->arena))
                       : wants_text(e, "object");
    case VALUE_LINK:
        return by_text ? link_member(e, base->as.link, index->as.text)
                       : wants_text(e, "link");
    case VALUE_LIST:
        return list_index(e, base, index);
    case VALUE_TEXT:
        return text_index(e, base->as.text, index);
    case VALUE_DATE:
        return by_text ? date_part(e, base->as.date, index->as.text)
                       : wants_text(e, "date");
    case VALUE_DURATION:
        return by_text ? duration_part(e, base->as.duration, index->as.text)
                       : wants_text(e, "duration");
    default:
        return &value_null;
    }
}
