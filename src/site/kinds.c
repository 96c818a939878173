#include "site/kinds.h"

const struct list_kind_row list_kinds[LIST_KINDS] = {
#define ROW(kind, id, heading)                                                 \
    { STR_INIT(kind), STR_INIT(id), heading }
    [LIST_MEETINGS] = ROW("meeting", "_meetings", STRING_MEETINGS),
    [LIST_PROJECTS] = ROW("project", "_projects", STRING_PROJECTS),
    [LIST_CUSTOMERS] = ROW("customer", "_customers", STRING_CUSTOMERS),
    [LIST_PEOPLE] = ROW("person", "_people", STRING_PEOPLE),
    [LIST_TRANSCRIPTS] = ROW("transcript", "_transcripts", STRING_TRANSCRIPTS),
    [LIST_NOTES] = ROW("note", "_notes", STRING_OTHER_NOTES),
#undef ROW
};

enum list_kind list_kind_of(const struct plan *p, uint32_t file) {
    const struct entities *e = p->entities;

    if (e == NULL)
        return LIST_NOTES;
    if (e->event_of[file] != ENTITY_NONE)
        return str_eq(e->events[e->event_of[file]].kind, STR("transcript"))
                   ? LIST_TRANSCRIPTS
                   : LIST_MEETINGS;
    if (e->entity_of[file] == ENTITY_NONE)
        return LIST_NOTES;
    struct str kind = e->kinds[e->items[e->entity_of[file]].kind].name;
    for (unsigned k = LIST_PROJECTS; k <= LIST_PEOPLE; k++)
        if (str_eq(kind, list_kinds[k].kind))
            return (enum list_kind)k;
    return LIST_NOTES;
}

/* --- graphs --- */

struct node_row {
    struct str shape;
    enum string_name label, heading;
};
static const struct node_row entity_nodes[] = {
    {STR_INIT("person"), STRING_PERSON, STRING_PEOPLE},
    {STR_INIT("customer"), STRING_CUSTOMER, STRING_CUSTOMERS},
    {STR_INIT("project"), STRING_PROJECT, STRING_PROJECTS},
};
static const struct node_row other_nodes[NODE_KINDS] = {
    [NODE_MEETING] = {STR_INIT("meeting"), STRING_MEETING, STRING_MEETINGS},
    [NODE_TRANSCRIPT] = {STR_INIT("transcript"), STRING_TRANSCRIPT,
                         STRING_TRANSCRIPTS},
    [NODE_NOTE] = {STR_INIT("note"), STRING_NOTE, STRING_OTHER_NOTES},
};

static uint32_t entity_kinds(const struct plan *p) {
    return p->entities != NULL ? p->entities->nkinds : 0;
}

uint32_t node_kinds(const struct plan *p) {
    return entity_kinds(p) + NODE_KINDS;
}

uint32_t node_kind_of(const struct plan *p, uint32_t file) {
    uint32_t entity = plan_entity_of(p, file), event = plan_event_of(p, file);

    if (entity != PLAN_NONE)
        return p->entities->items[entity].kind;
    if (event == PLAN_NONE)
        return entity_kinds(p) + NODE_NOTE;
    return entity_kinds(p) +
           (str_eq(p->entities->events[event].kind, STR("transcript"))
                ? NODE_TRANSCRIPT
                : NODE_MEETING);
}

/* NULL for a kind of entities that is not built in. */
static const struct node_row *node_row(const struct plan *p, uint32_t kind) {
    if (kind >= entity_kinds(p))
        return &other_nodes[kind - entity_kinds(p)];
    for (size_t i = 0; i < ARRAY_LEN(entity_nodes); i++)
        if (str_eq(p->entities->kinds[kind].name, entity_nodes[i].shape))
            return &entity_nodes[i];
    return NULL;
}

struct str node_shape(const struct plan *p, uint32_t kind) {
    const struct node_row *row = node_row(p, kind);

    return row != NULL ? row->shape : STR("other");
}

struct str node_label(const struct plan *p, uint32_t kind) {
    const struct node_row *row = node_row(p, kind);

    return row != NULL ? p->theme->strings.texts[row->label]
                       : plan_kind_label(p, kind);
}

struct str node_heading(const struct plan *p, uint32_t kind) {
    return kind < entity_kinds(p)
               ? plan_kind_label(p, kind)
               : p->theme->strings
                     .texts[other_nodes[kind - entity_kinds(p)].heading];
}
