/*
 * keys: the tree of vaultsite.yaml against the table of settings.
 */
#ifndef VAULTSITE_VAULT_KEYS_H
#define VAULTSITE_VAULT_KEYS_H

#include "vault/setting.h"

/* Gives every field the `initial` of its row. */
void keys_defaults(struct settings_reader *r);
/* Stores what the file says. Every key that is unknown or stands twice, and
 * every value that does not fit, is a finding; r->failed tells of any. */
void keys_read(struct settings_reader *r, const struct yaml *top);

#endif
