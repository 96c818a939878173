/*
 * roster_state: what a roster is made of, for the files that make it.
 */
#ifndef VAULTSITE_ENTITY_ROSTER_STATE_H
#define VAULTSITE_ENTITY_ROSTER_STATE_H

#include "base/map.h"
#include "base/vec.h"
#include "entity/beginnings.h"
#include "entity/roster.h"

/* Stands in the tables of words for the owner. */
#define MEANS_OWNER (UINT32_MAX - 4)

/* What a key means in one kind. */
struct use {
    uint32_t entity; /* or ROSTER_SHARED */
    uint32_t kind;
    bool display;
    struct use *next; /* the same key in another kind */
    uint32_t listed;  /* the last entity that lists it, plus 1 */
    /* The note that gives it, and how it is written there; NULL for display names */
    const struct note *from;
    struct str name;
};

struct member {
    struct str name, key;
    uint32_t kind;
    uint32_t note;
    VEC(struct str) names;
    VEC(uint32_t) notes; /* by path */
};

struct roster {
    struct arena *arena;
    const struct linked *linked;
    const struct entity_settings *settings;
    struct diags *diags;
    VEC(struct str) kinds;         /* grows until roster_finish */
    const struct str *final_kinds; /* the same, in the arena; NULL before */
    struct map kind_names;         /* name -> index + 1 */
    VEC(struct member) members;
    struct map uses, tags; /* name key, tag key -> struct use */
    struct map owner_words, placeholders;
    struct beginnings beginnings; /* of names of persons and owner words */
    uint32_t *entity_of;          /* by file, early numbers */
    uint32_t owner;
    const uint32_t *final; /* by early number; NULL before roster_finish */
    struct entity *entities;
    struct entity_kind *entity_kinds;
    uint32_t nentity_kinds;
};

static const struct str roster_person_kind = STR_INIT("person");

/* person, customer, project, then the others by name: <0, 0, >0. */
int roster_kind_order(struct str a, struct str b);
uint32_t roster_kind_index(struct roster *r, struct str name);
static inline struct str roster_kind_name(const struct roster *r,
                                          uint32_t kind) {
    return r->final_kinds != NULL ? r->final_kinds[kind] : r->kinds.items[kind];
}
/* `Last, First` as `First Last`, in `a`; "" for what has not one comma between
 * texts. */
struct str roster_turned_round(struct arena *a, struct str name);
/* What `key` means in a kind; NULL: nothing. */
struct use *roster_use(const struct map *uses, struct str key, uint32_t kind);
struct use *roster_add_use(struct roster *r, struct map *uses, struct str key,
                           uint32_t kind, uint32_t entity);
uint32_t roster_add_member(struct roster *r, uint32_t kind, struct str name,
                           struct str key);

#endif
