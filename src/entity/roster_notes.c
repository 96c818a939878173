#include "base/name_key.h"
#include "base/utf16.h"
#include "entity/roster_state.h"

static void report_shared(struct roster *r, const struct note *n,
                          struct str name) {
    const struct property *p = frontmatter_property(&n->front, STR("aliases"));

    diag_add(r->diags, DIAG_ENTITY_NAME_SHARED, n->file->path,
             p != NULL ? p->line : 1, p != NULL ? p->column : 1,
             "\"%.*s\" is a name of two %s", STR_ARG(name),
             str_eq(n->role.kind, roster_person_kind) ? "people"
                                                      : "of its kind");
}

/* A further name that `from` gives to `entity`; NULL: the settings do. */
static void add_name(struct roster *r, uint32_t entity, struct str name,
                     const struct note *from) {
    struct member *m = &r->members.items[entity];
    struct str key = name_key(r->arena, name);
    struct use *u = roster_use(&r->uses, key, m->kind);

    if (key.len == 0 ||
        (u != NULL && (u->entity == entity || u->listed == entity + 1)))
        return;
    vec_push(&m->names, name);
    if (u == NULL) {
        u = roster_add_use(r, &r->uses, key, m->kind, entity);
        u->from = from;
        u->name = name;
        return;
    }
    u->listed = entity + 1;
    if (u->display || from == NULL)
        return;
    if (u->entity != ROSTER_SHARED && u->from != NULL)
        report_shared(r, u->from, u->name);
    u->entity = ROSTER_SHARED;
    report_shared(r, from, name);
}

/* --- the notes that are entities --- */

static bool is_entity(const struct note *n) {
    return n != NULL && n->role.role == ROLE_ENTITY;
}

/* §2.1: the shortest path, then the smallest. Files are in the order of paths. */
static bool is_better_note(const struct roster *r, uint32_t file,
                           uint32_t than) {
    return utf16_len(r->linked->vault->files[file].path) <
           utf16_len(r->linked->vault->files[than].path);
}

static void add_note(struct roster *r, struct arena *scratch,
                     const struct note *n) {
    uint32_t kind = roster_kind_index(r, n->role.kind), entity;
    struct use *u = roster_use(&r->uses, name_key(scratch, n->title), kind);
    struct member *m;

    if (u == NULL) {
        entity =
            roster_add_member(r, kind, n->title, name_key(r->arena, n->title));
        roster_add_use(r, &r->uses, r->members.items[entity].key, kind, entity)
            ->display = true;
    } else {
        entity = u->entity;
    }
    m = &r->members.items[entity];
    if (m->note == ENTITY_NONE || is_better_note(r, n->index, m->note)) {
        m->note = n->index;
        m->name = m->names.items[0] = n->title;
    }
    vec_push(&m->notes, n->index);
    r->entity_of[n->index] = entity;
}

static void name_each(struct roster *r, uint32_t entity, struct str name,
                      const struct note *from) {
    struct str turned;

    add_name(r, entity, name, from);
    if (!str_eq(from->role.kind, roster_person_kind))
        return;
    turned = roster_turned_round(r->arena, name);
    if (turned.len > 0)
        add_name(r, entity, turned, from);
}

/* What an inline query answers is not known yet, and the query itself is no name. */
static bool asks(const struct note *n, const struct heading *h) {
    for (uint32_t i = h->own.fixup_begin; i < h->own.fixup_end; i++)
        if (n->fixups[i].kind == FIXUP_INLINE_QUERY)
            return true;
    return false;
}

static void add_names_of(struct roster *r, uint32_t entity,
                         const struct note *n) {
    name_each(r, entity, n->title, n);
    name_each(r, entity, name_of_note(vault_shown(n->file)), n);
    for (size_t i = 0; i < n->front.naliases; i++)
        name_each(r, entity, n->front.aliases[i], n);
    for (uint32_t i = 0; i < n->nheadings && n->front.title.len == 0; i++)
        if (n->headings[i].level == 1 && n->headings[i].is_top) {
            if (!asks(n, &n->headings[i]))
                name_each(r, entity, n->headings[i].text, n);
            break;
        }
}

static void name_member(struct roster *r, uint32_t entity) {
    const struct member *m = &r->members.items[entity];
    const struct note *first = r->linked->notes[m->note];
    size_t n = m->notes.len;

    add_names_of(r, entity, first);
    for (size_t i = 0; i < n && n > 1; i++) {
        uint32_t file = r->members.items[entity].notes.items[i];
        const struct note *further = r->linked->notes[file];

        if (further == first)
            continue;
        add_names_of(r, entity, further);
        diag_add(r->diags, DIAG_ENTITY_DUPLICATE, further->file->path, 1, 1,
                 "second note of %.*s \"%.*s\" (%.*s)",
                 STR_ARG(first->role.kind), STR_ARG(first->title),
                 STR_ARG(first->file->path));
    }
}

/* --- the owner --- */

static void add_word(struct roster *r, struct map *words, struct str key) {
    *map_slot_borrowed(words, key) = r;
}

static void find_owner(struct roster *r, struct arena *scratch) {
    const struct str_list *owner = &r->settings->owner;

    for (size_t i = 0; i < owner->len && r->owner == ROSTER_NOBODY; i++) {
        uint32_t found = roster_person(r, owner->items[i], scratch);
        if (ROSTER_IS_ENTITY(found))
            r->owner = found;
    }
    if (owner->len > 0 && r->owner == ROSTER_NOBODY)
        r->owner = roster_add(r, roster_person_kind, owner->items[0]);
    for (size_t i = 0; i < owner->len; i++) {
        add_name(r, r->owner, owner->items[i], NULL);
        add_word(r, &r->owner_words, name_key(r->arena, owner->items[i]));
    }
    for (size_t i = 0; i < r->settings->owner_words.len; i++)
        add_word(r, &r->owner_words, r->settings->owner_words.items[i]);
}

/* Persons' names and words for the owner, for roster_longest_person. */
static void begin_names(struct roster *r, struct arena *scratch) {
    const struct entity_settings *s = r->settings;

    for (size_t i = 0; i < s->owner_words.len; i++)
        beginnings_add(&r->beginnings, r->arena, s->owner_words.items[i],
                       MEANS_OWNER);
    for (size_t i = 0; i < s->owner.len; i++)
        beginnings_add(&r->beginnings, r->arena,
                       name_key(scratch, s->owner.items[i]), MEANS_OWNER);
    for (uint32_t i = 0; i < r->members.len; i++) {
        const struct member *m = &r->members.items[i];

        for (size_t k = 0;
             k < m->names.len &&
             str_eq(roster_kind_name(r, m->kind), roster_person_kind);
             k++) {
            struct str key = name_key(scratch, m->names.items[k]);
            if (roster_use(&r->uses, key, m->kind)->entity == i)
                beginnings_add(&r->beginnings, r->arena, key, i);
        }
    }
}

struct roster *roster_new(struct arena *a, const struct linked *l,
                          struct diags *d) {
    struct roster *r = arena_new(a, struct roster);
    struct arena scratch;

    *r = (struct roster){.arena = a,
                         .linked = l,
                         .settings = &l->vault->settings->entity_values,
                         .diags = d,
                         .owner = ROSTER_NOBODY};
    arena_init(&scratch);
    map_init(&r->kind_names, a);
    map_init(&r->uses, a);
    map_init(&r->tags, a);
    map_init(&r->owner_words, a);
    map_init(&r->placeholders, a);
    for (size_t i = 0; i < r->settings->placeholders.len; i++)
        add_word(r, &r->placeholders, r->settings->placeholders.items[i]);
    r->entity_of = arena_array(a, uint32_t, l->vault->nfiles);
    for (uint32_t i = 0; i < l->vault->nfiles; i++) {
        r->entity_of[i] = ROSTER_NOBODY;
        if (is_entity(l->notes[i]))
            add_note(r, &scratch, l->notes[i]);
    }
    for (uint32_t i = 0; i < r->members.len; i++)
        name_member(r, i);
    find_owner(r, &scratch);
    begin_names(r, &scratch);
    arena_release(&scratch);
    return r;
}
