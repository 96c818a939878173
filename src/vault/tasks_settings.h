/*
 * tasks_settings: how tasks are read, and what their queries start from.
 *
 * One table of keys, tasks_settings.def.  Their defaults and those of
 * vaultsite.yaml are read with all other settings (settings.c); what the Tasks
 * plugin itself keeps is read here, and vaultsite.yaml wins over it
 * (decisions.md 34).
 */
#ifndef VAULTSITE_VAULT_TASKS_SETTINGS_H
#define VAULTSITE_VAULT_TASKS_SETTINGS_H

#include "base/json.h"
#include "diag/diag.h"

/* The types of spec/tasks.md §3, as they are written: TODO, IN_PROGRESS, … */
enum status_type {
#define STATUS_TYPE(id) STATUS_##id,
#include "vault/status_types.def"
#undef STATUS_TYPE
    STATUS_TYPES
};
extern const struct str status_type_names[STATUS_TYPES]; /* "TODO", … */

struct tasks_status { /* a status as settings tell of it */
    struct str symbol, name, next;
    enum status_type type;
};
struct tasks_statuses {
    const struct tasks_status *items;
    size_t len;
};

struct tasks_preset {
    struct str name; /* not empty, case counts */
    struct str text; /* its lines; may be empty */
};
struct tasks_presets {
    const struct tasks_preset *items; /* in the order of the settings */
    size_t len;
};

enum tasks_format { TASKS_EMOJI, TASKS_DATAVIEW };

struct tasks_settings {
    struct str global_filter; /* as written; "": every task counts */
    bool remove_filter;       /* it is not shown in descriptions */
    struct str global_query;  /* lines before each query's; "": none */
    enum tasks_format format; /* what fields are read from */
    struct tasks_presets presets;
    struct tasks_statuses core, custom;
    bool dates_from_names;        /* scheduled dates of file names (§2.4) */
    struct str name_format;       /* a moment format, "": none */
    struct str_list date_folders; /* vault paths as written; none: all */
    bool count_at_top;            /* the count stands above the result */
    bool ignore_sort;             /* `sort by` changes nothing */
};

/* Sets what has a default that no row of the table gives: presets, statuses. */
void tasks_settings_init(struct tasks_settings *s);
/*
 * Sets what `plugin`, the object in the plugin's data.json at `path`, says; NULL
 * says nothing. A value of the wrong type is a DIAG_SETTINGS_JSON finding and
 * changes nothing; null and other keys are passed over. Of lists and presets what
 * is right is kept; a status of an unknown type is one of type TODO, as the
 * plugin has it. Texts are borrowed, lists are in `a`.
 */
void tasks_settings_read(struct tasks_settings *s, struct arena *a,
                         const struct json *plugin, struct str path,
                         struct diags *d);
/* Sets *type to the type of that name, any case; false when there is none. */
bool status_type_read(struct str name, enum status_type *type);
/* Whether it can be a status's symbol: one code point. */
bool status_symbol_valid(struct str symbol);

#endif
