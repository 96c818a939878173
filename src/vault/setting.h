/*
 * setting: one value of vaultsite.yaml, checked and stored by its row.
 *
 * keys.c finds the row of each value; what a kind of row accepts is here.
 */
#ifndef VAULTSITE_VAULT_SETTING_H
#define VAULTSITE_VAULT_SETTING_H

#include "vault/settings.h"

/* Where values go and mistakes are told. */
struct settings_reader {
    struct settings *settings;
    struct arena *arena;
    struct diags *diags;
    struct str path; /* of the file, for findings */
    bool failed;     /* a finding was reported */
};

/* Reports DIAG_SETTINGS_INVALID at `at` (NULL: the whole file). */
void setting_fail(struct settings_reader *r, const struct yaml *at,
                  const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A plain empty value, `~` or `null`. */
bool setting_is_null(const struct yaml *y);
/* What a value is, for findings: "a list". */
const char *setting_kind_name(const struct yaml *y);
/* Whether it is text; else a finding that says what is `wanted` there. */
bool setting_want_scalar(struct settings_reader *r, struct str key,
                         const char *wanted, const struct yaml *v);
/* Checks `value` as that of `row` and stores it; `key` is the name shown. A
 * mapping's own keys are not looked at. */
void setting_store(struct settings_reader *r, const struct settings_row *row,
                   struct str key, const struct yaml *value);
/* setting_tasks.c: presets by name; statuses, each with its keys. Null changes
 * nothing; of what is wrong nothing is kept, with findings. */
void setting_store_presets(struct settings_reader *r, struct str key,
                           const struct yaml *v, struct tasks_presets *out);
void setting_store_statuses(struct settings_reader *r, struct str key,
                            const struct yaml *v, struct tasks_statuses *out);
/* A list of the two lists' items, in `a`. */
struct str_list setting_join(struct arena *a, const struct str_list *x,
                             const struct str_list *y);
/* A folder as template_folders keeps it: folded, without '/' at its ends,
 * anchored with one before it when it is a path or `whole` is set; "" for none. */
struct str setting_folder(struct arena *a, struct str folder, bool whole);

#endif
