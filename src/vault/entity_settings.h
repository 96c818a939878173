/*
 * entity_settings: `entities:` and `owner:` of vaultsite.yaml, with their defaults.
 *
 * spec/entities.md, the table at its beginning: a kind named there is merged over
 * the built-in one, key by key; a new key is a new kind.
 */
#ifndef VAULTSITE_VAULT_ENTITY_SETTINGS_H
#define VAULTSITE_VAULT_ENTITY_SETTINGS_H

#include "base/arena.h"
#include "base/yaml.h"

struct entity_kind_setting {
    struct str name;         /* folded: "person" */
    struct str label;        /* heading of its page: "People" */
    struct str url;          /* folder of its page: "people", a slug */
    struct str_list types;   /* folded values of `type` */
    struct str_list folders; /* folded names of folders */
};

struct entity_settings {
    /* person, customer, project, then others in the order of the file. */
    const struct entity_kind_setting *kinds;
    size_t nkinds;
    const struct entity_kind_setting *events; /* meeting, transcript, others */
    size_t nevents;
    /* Folded. */
    struct str_list not_entities, template_folders;
    /* Name keys (base/name_key.h). */
    struct str_list owner_words, placeholders, skip_mentions;
    struct str_list owner; /* as written, the first is shown; none: len 0 */
    bool transcripts;
};

/*
 * Reads the mappings, which the table of settings has checked; `owner` and
 * `entities` may be NULL. `template_folders` is the setting of that name. Everything
 * is in `a`. Never fails.
 */
void entity_settings_read(struct entity_settings *s, struct arena *a,
                          const struct yaml *owner, const struct yaml *entities,
                          struct str_list template_folders);

#endif
