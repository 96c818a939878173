/*
 * kinds: what lists of notes are divided by, mentions in this order
 * (theme/design.md §4) and the notes of a tag; and what nodes of graphs are
 * told apart by.
 */
#ifndef VAULTSITE_SITE_KINDS_H
#define VAULTSITE_SITE_KINDS_H

#include "site/plan.h"

struct list_kind_row {
    struct str kind;          /* a class name; names a drawing of the theme */
    struct str id;            /* of its heading where a page has one list */
    enum string_name heading; /* beside other kinds */
};
extern const struct list_kind_row list_kinds[LIST_KINDS];

/* The kind of a published note: LIST_NOTES for one that is neither event nor an
 * entity of a kind with a row of its own, and for all of a plan without
 * entities. */
enum list_kind list_kind_of(const struct plan *p, uint32_t file);

/* The kind of a note in graphs: its entity's, a number of entities->kinds, then these,
 * counted from entities->nkinds on (from 0 without entities). */
enum node_kind { NODE_MEETING, NODE_TRANSCRIPT, NODE_NOTE, NODE_KINDS };
uint32_t node_kind_of(const struct plan *p, uint32_t file);
/* How many there are. */
uint32_t node_kinds(const struct plan *p);
/* How such a node is drawn: a class name (`person`, `other` for a kind of entities
 * that is not built in); what one and all of the kind are called. */
struct str node_shape(const struct plan *p, uint32_t kind);
struct str node_label(const struct plan *p, uint32_t kind);
struct str node_heading(const struct plan *p, uint32_t kind);

#endif
