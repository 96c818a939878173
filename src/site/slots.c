#include "site/slots.h"

#include "site/strings.h"

const struct str page_kind_names[PAGE_KINDS] = {
    [PAGE_NOTE] = STR_INIT("note"),   [PAGE_FOLDER] = STR_INIT("folder"),
    [PAGE_TAG] = STR_INIT("tag"),     [PAGE_TAGS] = STR_INIT("tags"),
    [PAGE_ALL] = STR_INIT("all"),     [PAGE_ENTITY] = STR_INIT("entity"),
    [PAGE_EVENT] = STR_INIT("event"), [PAGE_INDEX] = STR_INIT("index"),
    [PAGE_TASKS] = STR_INIT("tasks"), [PAGE_GRAPH] = STR_INIT("graph"),
    [PAGE_HOME] = STR_INIT("home"),   [PAGE_MISSING] = STR_INIT("404"),
};

/* The words of slots.def's second column. */
#define KINDS_EVERY 0
#define KINDS_NOTES                                                            \
    (1u << PAGE_NOTE | 1u << PAGE_FOLDER | 1u << PAGE_ENTITY |                 \
     1u << PAGE_EVENT | 1u << PAGE_INDEX | 1u << PAGE_TASKS | 1u << PAGE_HOME)
#define KINDS_SIDES (KINDS_NOTES | 1u << PAGE_TAG)
#define KINDS_LISTS                                                            \
    (1u << PAGE_FOLDER | 1u << PAGE_TAG | 1u << PAGE_TAGS | 1u << PAGE_ALL |   \
     1u << PAGE_ENTITY | 1u << PAGE_EVENT | 1u << PAGE_INDEX |                 \
     1u << PAGE_TASKS | 1u << PAGE_GRAPH | 1u << PAGE_HOME)
#define KINDS_INDEXES (1u << PAGE_INDEX | 1u << PAGE_TASKS | 1u << PAGE_GRAPH)
#define KINDS_GRAPH (1u << PAGE_GRAPH)
#define KINDS_HOME (1u << PAGE_HOME)

/* The words of its "names inside". */
#define INSIDE_NONE NULL
#define INSIDE_STRINGS &scope_strings
#define INSIDE_TEXT &scope_text
#define INSIDE_LINK &slots_link
#define INSIDE_PROPERTY &slots_property
#define INSIDE_GROUP &slots_group
#define INSIDE_ENTRY &slots_entry
#define INSIDE_COLUMN &slots_column
#define INSIDE_SECTION &slots_section

#define ROW(name, type, inside, meaning)                                       \
    {STR_INIT(name), TEMPLATE_##type, INSIDE_##inside, 0, STR_INIT(meaning)},

static const struct template_name names_text[] = {
    ROW(".", TEXT, NONE, "the text itself")};
static const struct template_scope scope_text = {names_text, 1, NULL};

/* Stands in the table for the manual; slots_scope puts the language's texts in
 * its place. */
static const struct template_scope scope_strings = {string_names, STRINGS,
                                                    NULL};

static const struct template_name names_entry[] = {
#define ENTRY_SLOT(id, name, type, inside, meaning)                            \
    [id] = ROW(name, type, inside, meaning)
#include "site/slots.def"
};
const struct template_scope slots_entry = {names_entry, SLOTS_ENTRY, NULL};

static const struct template_name names_group[] = {
#define GROUP_SLOT(id, name, type, inside, meaning)                            \
    [id] = ROW(name, type, inside, meaning)
#include "site/slots.def"
};
const struct template_scope slots_group = {names_group, SLOTS_GROUP, NULL};

static const struct template_name names_column[] = {
#define COLUMN_SLOT(id, name, type, inside, meaning)                           \
    [id] = ROW(name, type, inside, meaning)
#include "site/slots.def"
};
const struct template_scope slots_column = {names_column, SLOTS_COLUMN, NULL};

static const struct template_name names_section[] = {
#define SECTION_SLOT(id, name, type, inside, meaning)                          \
    [id] = ROW(name, type, inside, meaning)
#include "site/slots.def"
};
const struct template_scope slots_section = {names_section, SLOTS_SECTION,
                                             NULL};

static const struct template_name names_property[] = {
#define PROPERTY_SLOT(id, name, type, inside, meaning)                         \
    [id] = ROW(name, type, inside, meaning)
#include "site/slots.def"
};
const struct template_scope slots_property = {names_property, SLOTS_PROPERTY,
                                              NULL};

static const struct template_name names_link[] = {
#define LINK_SLOT(id, name, type, inside, meaning)                             \
    [id] = ROW(name, type, inside, meaning)
#include "site/slots.def"
};
const struct template_scope slots_link = {names_link, SLOTS_LINK, NULL};

const struct template_name slots_page[SLOTS_PAGE] = {
#define PAGE_SLOT(id, kinds, name, type, inside, meaning)                      \
    [id] = {STR_INIT(name), TEMPLATE_##type, INSIDE_##inside, KINDS_##kinds,   \
            STR_INIT(meaning)},
#include "site/slots.def"
};

const struct template_scope *slots_scope(struct arena *a,
                                         const struct strings *s) {
    struct template_scope *texts = arena_new(a, struct template_scope);
    struct template_scope *page = arena_new(a, struct template_scope);
    struct template_name *names =
        arena_array(a, struct template_name, SLOTS_PAGE);

    memcpy(names, slots_page, sizeof slots_page);
    names[SLOT_STRINGS].inside = texts;
    *texts = scope_strings;
    texts->constants = s->texts;
    *page = (struct template_scope){names, SLOTS_PAGE, NULL};
    return page;
}
