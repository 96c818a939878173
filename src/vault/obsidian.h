/*
 * obsidian: what the application and its plugins keep in `.obsidian/`.
 *
 * Teams often keep that folder out of git, so each file may be absent.
 */
#ifndef VAULTSITE_VAULT_OBSIDIAN_H
#define VAULTSITE_VAULT_OBSIDIAN_H

#include "vault/settings.h"

struct obsidian {
    bool strict_line_breaks;             /* app.json */
    struct str_list snippets;            /* appearance.json: those enabled */
    struct str_list template_folders;    /* as in struct settings */
    const struct json *dataview, *tasks; /* the plugins' data.json, or NULL */
    const struct json *bookmarks;        /* bookmarks.json, or NULL */
    uint64_t digest;                     /* of the files that were read */
};

/* Fills `o`. What cannot be read, or is not as the application writes it, is a
 * DIAG_SETTINGS_JSON finding and as if absent; a symbolic link is one too. */
void obsidian_read(struct obsidian *o, struct arena *a, int root_fd,
                   struct diags *d);

#endif
