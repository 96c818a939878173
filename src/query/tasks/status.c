#include "query/tasks/status.h"

static void add(struct statuses *s, struct arena *a,
                const struct tasks_statuses *list) {
    for (size_t i = 0; i < list->len; i++) {
        const struct tasks_status *from = &list->items[i];
        void **slot = map_slot_borrowed(&s->by_symbol, from->symbol);
        struct status *status;

        if (*slot != NULL)
            continue;
        status = arena_new(a, struct status);
        *status =
            (struct status){from->symbol, from->name, from->next, from->type};
        *slot = status;
    }
}

void statuses_init(struct statuses *s, struct arena *a,
                   const struct tasks_settings *settings) {
    *s = (struct statuses){0};
    map_init(&s->by_symbol, a);
    add(s, a, &settings->core);
    add(s, a, &settings->custom);
}

static const struct status *find(struct statuses *s, struct str symbol) {
    void *known = map_get(&s->by_symbol, symbol);
    struct status *unknown;

    if (known != NULL)
        return known;
    unknown = arena_new(s->by_symbol.arena, struct status);
    *unknown = (struct status){arena_str(s->by_symbol.arena, symbol),
                               STR("Unknown"), STR("x"), STATUS_TODO};
    *map_slot_borrowed(&s->by_symbol, unknown->symbol) = unknown;
    return unknown;
}

const struct status *statuses_find(struct statuses *s, struct str symbol) {
    const struct status **at;

    if (symbol.len != 1 || (unsigned char)symbol.p[0] > 127)
        return find(s, symbol);
    at = &s->ascii[(unsigned char)symbol.p[0]];
    if (*at == NULL)
        *at = find(s, symbol);
    return *at;
}

bool status_is_done(const struct status *s) {
    return s->type == STATUS_DONE || s->type == STATUS_CANCELLED ||
           s->type == STATUS_NON_TASK;
}
