#include "query/dataview/gather.h"

/* With fewer names looking through them all is quicker than a map. */
#define FEW 12

void gather_init(struct gather *g, struct arena *kept, struct arena *scratch) {
    *g = (struct gather){.kept = kept, .scratch = scratch};
    map_init(&g->by_name, scratch);
}

void gather_release(struct gather *g) {
    vec_release(&g->list);
}

void gather_reset(struct gather *g) {
    g->list.len = 0;
    map_init(&g->by_name, g->scratch);
}

static struct gathered *find(const struct gather *g, struct str name) {
    uintptr_t at;

    for (size_t i = 0; i < g->list.len && i < FEW; i++)
        if (str_eq(g->list.items[i].name, name))
            return &g->list.items[i];
    if (g->list.len <= FEW)
        return NULL;
    at = (uintptr_t)map_get(&g->by_name, name);
    return at > 0 ? &g->list.items[at - 1] : NULL;
}

void gather_add(struct gather *g, struct str name, const struct value *value) {
    struct gathered *of = find(g, name);
    struct gathered_value *v;

    if (of == NULL) {
        struct gathered new = {name, {value, NULL}, NULL, 1};
        vec_push(&g->list, new);
        if (g->list.len > FEW)
            *map_slot_borrowed(&g->by_name, name) =
                (void *)(uintptr_t)g->list.len;
        return;
    }
    v = arena_new(g->scratch, struct gathered_value);
    v->value = value;
    if (of->last != NULL)
        of->last->next = v;
    else
        of->first.next = v;
    of->last = v;
    of->n++;
}

static const struct value *value_of(const struct gather *g,
                                    const struct gathered *of) {
    const struct value **list;
    size_t n = 0;

    if (of->n == 1)
        return of->first.value;
    list = arena_array(g->kept, const struct value *, of->n);
    for (const struct gathered_value *v = &of->first; v != NULL; v = v->next)
        list[n++] = v->value;
    return value_of_list(g->kept, list, n);
}

struct field_values gather_finish(struct gather *g) {
    struct field_value *items =
        arena_array(g->kept, struct field_value, g->list.len);

    for (size_t i = 0; i < g->list.len; i++)
        items[i] = (struct field_value){g->list.items[i].name,
                                        value_of(g, &g->list.items[i])};
    return (struct field_values){items, g->list.len};
}

const struct value *gather_first(const struct gather *g, struct str name) {
    const struct gathered *of = find(g, name);

    return of != NULL ? of->first.value : NULL;
}

size_t gather_index(const struct gather *g, struct str name) {
    const struct gathered *of = find(g, name);

    return of != NULL ? (size_t)(of - g->list.items) : STR_NONE;
}
