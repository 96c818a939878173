#include "query/dataview/keep.h"

#include "base/map.h"
#include "query/dataview/records.h"

/* A query makes many times more than its answer holds: rows that a condition
 * leaves out, texts that are compared, keys. */
struct keeping {
    struct arena *arena;
    struct map kept; /* lists, objects and records, by their address */
    unsigned depth;
    size_t ncut; /* values that lie too deep to be shown */
};

static const struct value *keep(void *context, const struct value *v);

static struct str keep_text(struct keeping *k, struct str s) {
    return arena_str(k->arena, s);
}

static const struct value *keep_link(struct keeping *k, const struct value *v) {
    struct value_link l = *v->as.link;

    l.path = keep_text(k, l.path);
    l.subpath = keep_text(k, l.subpath);
    l.display = keep_text(k, l.display);
    return value_of_link(k->arena, l);
}

static const struct value *keep_list(struct keeping *k, const struct value *v) {
    size_t n = v->as.list.len;
    const struct value **items = arena_array(k->arena, const struct value *, n);

    for (size_t i = 0; i < n; i++)
        items[i] = keep(k, v->as.list.items[i]);
    return value_of_list(k->arena, items, n);
}

static const struct value *keep_object(struct keeping *k,
                                       const struct value *v) {
    size_t n = v->as.object.len;
    struct value_member *m = arena_array(k->arena, struct value_member, n);

    for (size_t i = 0; i < n; i++) {
        m[i].key = keep_text(k, v->as.object.members[i].key);
        m[i].value = keep(k, v->as.object.members[i].value);
    }
    return value_of_object(k->arena, m, n);
}

static const struct value *keep_new(struct keeping *k, const struct value *v) {
    switch (v->kind) {
    case VALUE_NULL:
        return &value_null;
    case VALUE_BOOL:
        return value_of_bool(v->as.boolean);
    case VALUE_NUMBER:
        return value_of_number(k->arena, v->as.number);
    case VALUE_TEXT:
        return value_of_text(k->arena, keep_text(k, v->as.text));
    case VALUE_DATE:
        return value_of_date(k->arena, v->as.date);
    case VALUE_DURATION:
        return value_of_duration(k->arena, *v->as.duration);
    case VALUE_LINK:
        return keep_link(k, v);
    case VALUE_LIST:
        return keep_list(k, v);
    case VALUE_OBJECT:
        return keep_object(k, v);
    case VALUE_RECORD:
        return record_keep(k->arena, v, keep, k);
    case VALUE_FUNCTION: /* nobody calls it any more */
        return value_of_function(k->arena, NULL);
    case VALUE_PAIR:
        return value_of_pair(k->arena, keep(k, v->as.pair.key),
                             keep(k, v->as.pair.value));
    case VALUE_EXTERNAL:
        return value_of_external(k->arena, keep_text(k, v->as.external->url),
                                 keep_text(k, v->as.external->display));
    }
    return &value_null;
}

/* A record that adds nothing is as quickly copied as found. */
static bool may_be_shared(const struct value *v) {
    return v->kind == VALUE_LIST || v->kind == VALUE_OBJECT ||
           (v->kind == VALUE_RECORD && v->as.record->with != NULL);
}

static const struct value *keep(void *context, const struct value *v) {
    struct keeping *k = context;
    size_t ncut = k->ncut;
    const struct value *kept;
    void **slot = NULL;

    if (k->depth > VALUE_MAX_DEPTH) {
        k->ncut++;
        return &value_null;
    }
    if (may_be_shared(v)) {
        slot = map_slot(&k->kept, str_make((const char *)&v, sizeof v));
        if (*slot != NULL)
            return *slot;
    }
    k->depth++;
    kept = keep_new(k, v);
    k->depth--;
    if (v->hidden)
        kept = value_hidden(k->arena, kept);
    if (slot != NULL &&
        k->ncut == ncut) /* else there is more of it elsewhere */
        *slot = (void *)(uintptr_t)kept;
    return kept;
}

const struct answer *answer_keep(struct arena *a, struct arena *scratch,
                                 const struct answer *from) {
    struct answer *answer = arena_new(a, struct answer);
    size_t ncells = from->nrows * from->ncolumns;
    const struct value **cells = arena_array(a, const struct value *, ncells);
    struct keeping k = {.arena = a};

    *answer = *from;
    map_init(&k.kept, scratch);
    for (size_t i = 0; i < ncells; i++)
        cells[i] = keep(&k, from->cells[i]);
    answer->cells = cells;
    if (from->headers != NULL) {
        struct str *headers = arena_array(a, struct str, from->ncolumns);
        memcpy(headers, from->headers, from->ncolumns * sizeof *headers);
        answer->headers = headers; /* the names live as long as the query */
    }
    answer->text = arena_str(a, from->text);
    answer->message = arena_str(a, from->message);
    answer->drop_reason = arena_str(a, from->drop_reason);
    return answer;
}
