/*
 * entity_settings: `entities:` and `owner:` of vaultsite.yaml, with their defaults.
 *
 * spec/entities.md, the table at its beginning: a kind named there is merged over
 * the built-in one, key by key; a new key is a new kind. The plain lists are rows
 * of the table of settings (settings.c), which has their defaults.
 */
#ifndef VAULTSITE_VAULT_ENTITY_SETTINGS_H
#define VAULTSITE_VAULT_ENTITY_SETTINGS_H

#include "base/arena.h"
#include "base/yaml.h"

struct entity_kind_setting {
    struct str name;         /* folded: "person" */
    struct str label;        /* heading of its page: "People" */
    bool labelled;           /* which the settings say */
    struct str url;          /* folder of its page: "people", a slug */
    struct str_list types;   /* folded values of `type` */
    struct str_list folders; /* in the form of template_folders */
};

struct entity_settings {
    /* person, customer, project, then others in the order of the file. */
    const struct entity_kind_setting *kinds;
    size_t nkinds;
    const struct entity_kind_setting *events; /* meeting, transcript, others */
    size_t nevents;
    struct str_list not_entities; /* folded */
    /* Name keys (base/name_key.h). */
    struct str_list owner_words, placeholders, skip_mentions;
    struct str_list owner; /* as written, the first is shown; none: len 0 */
    bool transcripts;
};

/*
 * Reads the mappings, which the table of settings has checked; `owner` and
 * `entities` may be NULL. The lists that are rows of that table are there already,
 * as they are written, and get their folded form. Everything is in `a`.
 */
void entity_settings_read(struct entity_settings *s, struct arena *a,
                          const struct yaml *owner,
                          const struct yaml *entities);

/* The kind, or the event, that lists this folded value of `type`; of several the
 * last, so that the file's own win over the built-in ones. NULL: none. */
const struct entity_kind_setting *entity_settings_kind(
    const struct entity_settings *s, struct str type);
const struct entity_kind_setting *entity_settings_event(
    const struct entity_settings *s, struct str type);
/* The same for a folder: its folded path from the vault's root, "a/people". */
const struct entity_kind_setting *entity_settings_kind_folder(
    const struct entity_settings *s, struct str folder);
const struct entity_kind_setting *entity_settings_event_folder(
    const struct entity_settings *s, struct str folder);
/* The kind that a folded word of properties and tags means (`company`: customer): a
 * type that a kind lists, or its name; "" for none. */
struct str entity_settings_kind_word(const struct entity_settings *s,
                                     struct str word);
bool entity_settings_has(struct str_list list, struct str word);

/* How a kind is called that has no label: its name, the first letter large. */
struct str entity_settings_label(struct arena *a, struct str name);

#endif
