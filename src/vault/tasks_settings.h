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
    struct str global_filter; /* trimmed by none; "" : every task counts */
    bool remove_filter;       /* it is not shown in descriptions */
    struct str global_query;  /* lines before each query's; "" none */
    enum tasks_format format; /* what fields are read from */
    struct tasks_presets presets;
    struct tasks_statuses core, custom;
    bool dates_from_names;        /* scheduled dates from file names (§2.4) */
    struct str name_format;       /* a moment format, "" */
    struct str_list date_folders; /* vault paths without '/' at their ends */
    bool count_at_top;            /* the count stands above the result */
    bool ignore_sort;             /* `sort by` changes nothing */
};

#endif
