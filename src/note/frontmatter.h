/*
 * frontmatter: a note's text split into properties and body.
 *
 * The block is found by spec/markdown.md §1.1, read as YAML 1.2 core (§1.2)
 * and checked by §1.3 and §1.6.  A block that cannot be read costs the note its
 * properties, never its body.  Dates stay text: their type is the reader's
 * business (query/).  Nothing here decides about publication (vault/publish.h);
 * it only says what the note says.
 */
#ifndef VAULTSITE_NOTE_FRONTMATTER_H
#define VAULTSITE_NOTE_FRONTMATTER_H

#include "base/arena.h"
#include "base/yaml.h"
#include "diag/diag.h"
#include "value/value.h"
#include "vault/entity_settings.h"
#include "vault/publish.h"

struct property {
    struct str key; /* as written; number keys as JavaScript prints them */
    const struct value *value;
    struct str source; /* scalar as written, for display; "" for list, map */
    uint32_t line, column;   /* of the key, in the note */
    const struct yaml *yaml; /* the value; lines are those of the note */
};

struct frontmatter {
    size_t body;         /* offset of the first byte after the block, or 0 */
    uint32_t body_line;  /* 1-based line of that byte */
    bool present, valid; /* a block stands there; it could be read */
    struct property *properties; /* in file order; none when invalid */
    size_t nproperties;
    const struct str *tags; /* Obsidian's: without '#', checked (§1.6, §9) */
    size_t ntags;
    /* For `exclude_tags` alone: every word that a `tags` or `tag` key may have
     * meant, also where Obsidian reads none (`tags: a, b`). Without '#'. */
    const struct str *said_tags;
    size_t nsaid_tags;
    const struct str *aliases;
    size_t naliases;
    const struct str *cssclasses;
    size_t ncssclasses;
    struct str title, permalink, description; /* trimmed; "" when no text */
    /* `image`, else `cover`: a URL, or what stands for a file: a path, or a whole
     * `[[link]]`; "" for none. */
    struct str picture;
    uint32_t picture_line, picture_column; /* of that value */
    enum publish_word publish; /* PUBLISH_NO when spellings disagree */
    /* decisions.md 2: the block is invalid, unterminated or too large, or one
     * with a publish line stands too late: the raw text must be asked. */
    bool unreadable;
};

/*
 * Reads the block at the start of `text` (clean, see vault/vault.h). What *f
 * points to is in `a` or in `text`. `kinds` has the words of which a tag without
 * more (`person/`) names nobody and is dropped (spec/entities.md §2.3). Findings
 * carry `path`.
 */
void frontmatter_read(struct frontmatter *f, struct arena *a, struct str text,
                      struct str path, const struct entity_settings *kinds,
                      struct diags *d);

/*
 * The property called `key`, or NULL: exactly, else, for the reserved keys of
 * spec/markdown.md §1.6, the first that differs only by ASCII case.
 */
const struct property *frontmatter_property(const struct frontmatter *f,
                                            struct str key);

#endif
