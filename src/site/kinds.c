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
