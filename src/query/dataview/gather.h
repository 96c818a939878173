/*
 * gather: fields by name, of which one may stand several times.
 *
 * spec/dataview.md §4.1: a name with one value has that value, with several a
 * list of them in the order found.
 */
#ifndef VAULTSITE_QUERY_DATAVIEW_GATHER_H
#define VAULTSITE_QUERY_DATAVIEW_GATHER_H

#include "base/map.h"
#include "base/vec.h"
#include "value/value.h"

/* A name with its value; of an item, of a page. */
struct field_value {
    struct str name;
    const struct value *value;
};
struct field_values {
    const struct field_value *items;
    size_t len;
};
/* The value called `name`, NULL. */
const struct value *field_value(const struct field_values *f, struct str name);

struct gathered_value {
    const struct value *value;
    struct gathered_value *next;
};

struct gathered {
    struct str name;
    struct gathered_value first, *last;
    size_t n;
};

struct gather {
    struct arena *kept;    /* of names and lists */
    struct arena *scratch; /* of the rest */
    struct map by_name;    /* to its index + 1 */
    VEC(struct gathered) list;
};

void gather_init(struct gather *g, struct arena *kept, struct arena *scratch);
void gather_release(struct gather *g);
/* Forgets all names; to be called again whenever `scratch` was reset. */
void gather_reset(struct gather *g);
/* `name` is borrowed. */
void gather_add(struct gather *g, struct str name, const struct value *value);
/* The names met so far, in order, with their values; in `kept`. */
struct field_values gather_finish(struct gather *g);
/* The first value of a name, NULL. */
const struct value *gather_first(const struct gather *g, struct str name);
/* Its place in the list, STR_NONE. */
size_t gather_index(const struct gather *g, struct str name);

#endif
