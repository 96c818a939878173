/*
 * slots: the kinds of pages and the names that their templates may use.
 *
 * The table itself is slots.def; templates are checked against it, pages fill
 * it by index, the manual's theming page is written from it (decisions.md 25).
 *
 *     struct template_value page[SLOTS_PAGE] = {0};
 *     page[SLOT_TITLE] = template_text(title);
 *     struct template_value crumbs[2 * SLOTS_LINK] = {0};
 *     crumbs[0 * SLOTS_LINK + SLOT_LINK_TITLE] = template_text(...);
 *     page[SLOT_CRUMBS] = template_list(crumbs, 2);
 *     template_render(theme->templates[PAGE_NOTE], page, out);
 *
 * SLOT_STRINGS is never filled: the interface texts are in the program already.
 */
#ifndef VAULTSITE_SITE_SLOTS_H
#define VAULTSITE_SITE_SLOTS_H

#include "site/template.h"

enum page_kind {
    PAGE_NOTE,
    PAGE_FOLDER,
    PAGE_TAG,
    PAGE_TAGS,
    PAGE_ALL,    /* all notes from A to Z */
    PAGE_ENTITY, /* a person's, a customer's, a project's note */
    PAGE_EVENT,  /* a meeting's, a transcript's */
    PAGE_INDEX,  /* all of one sort: people, meetings, decisions */
    PAGE_TASKS,
    PAGE_GRAPH, /* of the whole vault */
    PAGE_HOME,
    PAGE_MISSING, /* 404 */
    PAGE_KINDS
};
/* `note`, …, `404`: the template's file name, and what the manual calls it. */
extern const struct str page_kind_names[PAGE_KINDS];

enum slot_page {
#define PAGE_SLOT(id, kinds, name, type, inside, meaning) id,
#include "site/slots.def"
    SLOTS_PAGE
};
enum slot_link {
#define LINK_SLOT(id, name, type, inside, meaning) id,
#include "site/slots.def"
    SLOTS_LINK
};
enum slot_property {
#define PROPERTY_SLOT(id, name, type, inside, meaning) id,
#include "site/slots.def"
    SLOTS_PROPERTY
};
enum slot_group {
#define GROUP_SLOT(id, name, type, inside, meaning) id,
#include "site/slots.def"
    SLOTS_GROUP
};
enum slot_column {
#define COLUMN_SLOT(id, name, type, inside, meaning) id,
#include "site/slots.def"
    SLOTS_COLUMN
};
enum slot_section {
#define SECTION_SLOT(id, name, type, inside, meaning) id,
#include "site/slots.def"
    SLOTS_SECTION
};
enum slot_entry {
#define ENTRY_SLOT(id, name, type, inside, meaning) id,
#include "site/slots.def"
    SLOTS_ENTRY
};

/* The tables as scopes; a row's `kinds` are bits `1 << enum page_kind`. The
 * page's own scope is made by slots_scope, as it needs the strings. */
extern const struct template_name slots_page[SLOTS_PAGE];
extern const struct template_scope slots_link, slots_property, slots_group,
    slots_entry, slots_column, slots_section;

struct strings;

/* The outermost scope of every page, with the interface texts as constants of
 * `strings.…`. In `a`; `s` is borrowed. */
const struct template_scope *slots_scope(struct arena *a,
                                         const struct strings *s);

#endif
