/*
 * dataview_settings: how Dataview's queries and fields are read and shown.
 *
 * One table of keys, dataview_settings.def.  Their defaults and those of
 * vaultsite.yaml are read with all other settings (settings.c); what the plugin
 * itself keeps is read here, and vaultsite.yaml wins over it (decisions.md 34).
 */
#ifndef VAULTSITE_VAULT_DATAVIEW_SETTINGS_H
#define VAULTSITE_VAULT_DATAVIEW_SETTINGS_H

#include "base/json.h"
#include "diag/diag.h"

struct dataview_settings {
#define DATAVIEW_TEXT(key, member, initial, meaning) struct str member;
#define DATAVIEW_WORD(key, member, initial, meaning) struct str member;
#define DATAVIEW_FLAG(key, member, initial, meaning) bool member;
#define DATAVIEW_NUMBER(key, member, initial, meaning) size_t member;
#include "vault/dataview_settings.def"
#undef DATAVIEW_TEXT
#undef DATAVIEW_WORD
#undef DATAVIEW_FLAG
#undef DATAVIEW_NUMBER
};

/*
 * Sets what `plugin`, the object in the plugin's data.json at `path`, says; NULL
 * says nothing. A value of the wrong type is a DIAG_SETTINGS_JSON finding and
 * changes nothing; null and other keys are passed over. Texts are borrowed.
 */
void dataview_settings_read(struct dataview_settings *s,
                            const struct json *plugin, struct str path,
                            struct diags *d);

#endif
