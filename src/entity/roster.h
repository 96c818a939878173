/*
 * roster: who and what there is, and how each is called (spec/entities.md §2.1).
 *
 * It grows while the vault is read, and in this order, so that the same vault gives
 * the same entities:
 *
 *   1. roster_new:    the notes that are entities, with all their names; the owner.
 *   2. refs_read (refs.h): names in the properties of all notes; who is new there is
 *                     added without a page.
 *   3. tasks (§5):    their `@Name`s; who is new there is added too.
 *   4. roster_finish: nobody comes any more; everyone gets a final number and an id.
 *
 * Before the last step numbers are early ones: what keeps them asks roster_final
 * afterwards. From then on look-ups give final numbers, and many threads may ask.
 */
#ifndef VAULTSITE_ENTITY_ROSTER_H
#define VAULTSITE_ENTITY_ROSTER_H

#include "entity/entity.h"

/* Answers that are no entity. */
#define ROSTER_NOBODY UINT32_MAX       /* nobody is called so */
#define ROSTER_SHARED (UINT32_MAX - 1) /* two are, so it means neither */
#define ROSTER_OWNER                                                           \
    (UINT32_MAX - 2) /* an owner word, but `owner:` is not set */
#define ROSTER_IS_ENTITY(n) ((n) < ROSTER_OWNER)

struct roster;

/* `l` is borrowed, what the roster keeps is in `a`; entity-duplicate and
 * entity-name-shared go to `d`. */
struct roster *roster_new(struct arena *a, const struct linked *l,
                          struct diags *d);

/* The entity of a kind (folded: "person") with this name key. */
uint32_t roster_find(const struct roster *r, struct str kind, struct str key);
/* Of any kind: person, customer, project, then others by name. */
uint32_t roster_find_any(const struct roster *r, struct str key);
/* The person meant by `name`, as it is written: owner words and names are the
 * owner, `Last, First` is also `First Last`. `scratch` is for keys. */
uint32_t roster_person(const struct roster *r, struct str name,
                       struct arena *scratch);
/* The entity whose own note file `i` is, or ROSTER_NOBODY. */
uint32_t roster_of_note(const struct roster *r, uint32_t file);
/* ROSTER_NOBODY without `owner:`. */
uint32_t roster_owner(const struct roster *r);
bool roster_is_placeholder(const struct roster *r, struct str key);
/* The kind that a word of properties and tags means (`company`: customer): a value
 * of `type` that a kind lists, or the name of a kind there is; "" for none. `word`
 * is folded. */
struct str roster_kind_word(const struct roster *r, struct str word);

/* The longest name of a person, or word for the owner, that begins at text[at] and
 * ends where a name may (boundary.h); names that are shared do not count. Costs as
 * many look-ups as the longest name has words. */
struct roster_hit {
    uint32_t entity; /* ROSTER_NOBODY, ROSTER_OWNER or an entity */
    size_t len;      /* bytes of the text */
};
struct roster_hit roster_longest_person(const struct roster *r, struct str text,
                                        size_t at, struct arena *scratch);

/* One more without a page, called `name` (trimmed here, a person's `Last, First`
 * turned round). Nobody of that kind may have the name. Before roster_finish. */
uint32_t roster_add(struct roster *r, struct str kind, struct str name);

void roster_finish(struct roster *r);
uint32_t roster_final(const struct roster *r, uint32_t early);

/* --- after roster_finish --- */

/* The entity that the tag `kind/name` names, compared by tag keys (§2.3); kind ""
 * for any. */
uint32_t roster_tagged(const struct roster *r, struct str kind, struct str name,
                       struct arena *scratch);
/* Kinds and entities with their names and notes, for struct entities; the rest of
 * each is zero, and its panels too. */
struct entity_kind *roster_kinds(const struct roster *r, uint32_t *n);
struct entity *roster_entities(const struct roster *r, uint32_t *n);
#endif
