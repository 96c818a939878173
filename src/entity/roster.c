#include "entity/roster.h"

#include "base/name_key.h"
#include "entity/roster_state.h"
#include "entity/tag_key.h"

/* --- kinds --- */

static uint32_t kind_index(const struct roster *r, struct str name) {
    void *at = map_get(&r->kind_names, name);

    return at != NULL ? (uint32_t)((uintptr_t)at - 1) : ROSTER_NOBODY;
}

uint32_t roster_kind_index(struct roster *r, struct str name) {
    void **slot = map_slot(&r->kind_names, name);

    if (*slot == NULL) {
        vec_push(&r->kinds, arena_str(r->arena, name));
        *slot = (void *)(uintptr_t)r->kinds.len;
    }
    return (uint32_t)((uintptr_t)*slot - 1);
}

/* person, customer, project, then the others by name. */
int roster_kind_order(struct str a, struct str b) {
    static const struct str first[] = {STR_INIT("person"), STR_INIT("customer"),
                                       STR_INIT("project")};

    for (size_t i = 0; i < ARRAY_LEN(first); i++)
        if (str_eq(a, first[i]) || str_eq(b, first[i]))
            return str_eq(b, first[i]) - str_eq(a, first[i]);
    return str_cmp(a, b);
}

struct str roster_kind_word(const struct roster *r, struct str word) {
    struct str kind = entity_settings_kind_word(r->settings, word);

    if (kind.len > 0)
        return kind;
    return kind_index(r, word) != ROSTER_NOBODY ? word : STR("");
}

/* --- look-ups --- */

static uint32_t numbered(const struct roster *r, uint32_t entity) {
    return r->final != NULL && ROSTER_IS_ENTITY(entity) ? r->final[entity]
                                                        : entity;
}

uint32_t roster_final(const struct roster *r, uint32_t early) {
    return numbered(r, early);
}

struct use *roster_use(const struct map *uses, struct str key, uint32_t kind) {
    struct use *u = map_get(uses, key);

    while (u != NULL && u->kind != kind)
        u = u->next;
    return u;
}

/* That of the first kind. */
static const struct use *first_use(const struct roster *r,
                                   const struct map *uses, struct str key) {
    const struct use *best = NULL;

    for (const struct use *u = map_get(uses, key); u != NULL; u = u->next)
        if (best == NULL ||
            roster_kind_order(roster_kind_name(r, u->kind),
                              roster_kind_name(r, best->kind)) < 0)
            best = u;
    return best;
}

uint32_t roster_find(const struct roster *r, struct str kind, struct str key) {
    uint32_t k = kind_index(r, kind);
    const struct use *u =
        k != ROSTER_NOBODY ? roster_use(&r->uses, key, k) : NULL;

    return u != NULL ? numbered(r, u->entity) : ROSTER_NOBODY;
}

uint32_t roster_find_any(const struct roster *r, struct str key) {
    const struct use *u = first_use(r, &r->uses, key);

    return u != NULL ? numbered(r, u->entity) : ROSTER_NOBODY;
}

uint32_t roster_tagged(const struct roster *r, struct str kind, struct str name,
                       struct arena *scratch) {
    struct str key = tag_key(scratch, name);
    uint32_t k = kind_index(r, kind);
    const struct use *u;

    if (kind.len == 0)
        u = first_use(r, &r->tags, key);
    else
        u = k != ROSTER_NOBODY ? roster_use(&r->tags, key, k) : NULL;
    return u != NULL ? numbered(r, u->entity) : ROSTER_NOBODY;
}

struct str roster_turned_round(struct arena *a, struct str name) {
    size_t comma = str_find(name, ',');
    struct str last, first;
    char *p;

    if (comma == STR_NONE || str_rfind(name, ',') != comma)
        return STR("");
    last = str_trim(str_slice(name, 0, comma));
    first = str_trim(str_skip(name, comma + 1));
    if (last.len == 0 || first.len == 0)
        return STR("");
    p = arena_alloc(a, first.len + 1 + last.len, 1);
    memcpy(p, first.p, first.len);
    p[first.len] = ' ';
    memcpy(p + first.len + 1, last.p, last.len);
    return str_make(p, first.len + 1 + last.len);
}

static uint32_t owner_or_nobody(const struct roster *r) {
    return r->owner != ROSTER_NOBODY ? numbered(r, r->owner) : ROSTER_OWNER;
}

uint32_t roster_person(const struct roster *r, struct str name,
                       struct arena *scratch) {
    struct str key = name_key(scratch, name), turned;
    uint32_t found;

    if (map_get(&r->owner_words, key) != NULL)
        return owner_or_nobody(r);
    found = roster_find(r, roster_person_kind, key);
    if (found != ROSTER_NOBODY)
        return found;
    turned = roster_turned_round(scratch, name);
    if (turned.len == 0)
        return ROSTER_NOBODY;
    key = name_key(scratch, turned);
    return map_get(&r->owner_words, key) != NULL
               ? owner_or_nobody(r)
               : roster_find(r, roster_person_kind, key);
}

uint32_t roster_of_note(const struct roster *r, uint32_t file) {
    return numbered(r, r->entity_of[file]);
}

uint32_t roster_owner(const struct roster *r) {
    return numbered(r, r->owner);
}

bool roster_is_placeholder(const struct roster *r, struct str key) {
    return map_get(&r->placeholders, key) != NULL;
}

struct roster_hit roster_longest_person(const struct roster *r, struct str text,
                                        size_t at, struct arena *scratch) {
    struct roster_hit hit = {.entity = ROSTER_NOBODY};

    hit.len =
        beginnings_longest(&r->beginnings, text, at, scratch, &hit.entity);
    if (hit.entity == MEANS_OWNER)
        hit.entity = owner_or_nobody(r);
    else
        hit.entity = numbered(r, hit.entity);
    return hit;
}

/* --- growing --- */

uint32_t roster_add_member(struct roster *r, uint32_t kind, struct str name,
                           struct str key) {
    struct member m = {
        .name = name, .key = key, .kind = kind, .note = ENTITY_NONE};

    vec_push(&m.names, name);
    vec_push(&r->members, m);
    return (uint32_t)(r->members.len - 1);
}

struct use *roster_add_use(struct roster *r, struct map *uses, struct str key,
                           uint32_t kind, uint32_t entity) {
    void **slot = map_slot_borrowed(uses, key);
    struct use *u = arena_new(r->arena, struct use);

    *u = (struct use){.entity = entity, .kind = kind, .next = *slot};
    *slot = u;
    return u;
}

static void add_display(struct roster *r, uint32_t entity) {
    const struct member *m = &r->members.items[entity];

    roster_add_use(r, &r->uses, m->key, m->kind, entity)->display = true;
    if (str_eq(roster_kind_name(r, m->kind), roster_person_kind))
        beginnings_add(&r->beginnings, r->arena, m->key, entity);
}

uint32_t roster_add(struct roster *r, struct str kind, struct str name) {
    bool is_person = str_eq(kind, roster_person_kind);
    struct str turned =
        is_person ? roster_turned_round(r->arena, name) : STR("");
    uint32_t entity;

    name = turned.len > 0 ? turned : arena_str(r->arena, str_trim(name));
    entity = roster_add_member(r, roster_kind_index(r, kind), name,
                               name_key(r->arena, name));
    add_display(r, entity);
    return entity;
}
