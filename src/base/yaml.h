/*
 * yaml: one YAML document as a tree with positions.
 *
 * Wraps libyaml (included by yaml.c only) for the two YAML texts there are:
 * a note's frontmatter and vaultsite.yaml.  Scalars are kept as written, with
 * "plain" telling 2025 from "2025"; typing them is the reader's business.
 * Aliases are expanded within bounds; anchors and tags are dropped; duplicate
 * keys stay, both (the reader reports them).
 */
#ifndef VAULTSITE_BASE_YAML_H
#define VAULTSITE_BASE_YAML_H

#include <stdint.h>

#include "base/arena.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml {
    enum yaml_kind kind;
    uint16_t len;           /* number of children; YAML_MAX_NODES bounds it */
    bool plain;             /* YAML_SCALAR: written without quotes, no block */
    struct str text;        /* YAML_SCALAR; controls in it are U+FFFD */
    const struct yaml *key; /* the member's key, where the parent is a map */
    const struct yaml *first, *next; /* children in order; sibling */
    uint32_t line, column;           /* 1-based; column in code points */
};

struct yaml_error {
    uint32_t line, column; /* 1-based, as above */
    struct str message;    /* in the arena or static */
};

/* Bounds against hostile texts; all are errors when passed. */
#define YAML_MAX_BYTES 65536
#define YAML_MAX_DEPTH 64
#define YAML_MAX_NODES 20000 /* after expanding aliases */

/*
 * The only document in `text`. NULL with error->message empty: no content.
 * NULL with a message: not YAML, too deep, too many nodes, an undefined alias,
 * or more than one document. Lines and columns are those of `text`.
 */
const struct yaml *yaml_parse(struct arena *a, struct str text,
                              struct yaml_error *error);

#endif
