#include "entity/refs.h"

#include "base/map.h"
#include "base/name_key.h"
#include "base/number_sort.h"
#include "base/unicode.h"
#include "base/vec.h"

/* What a key gives. */
enum key_use {
    USE_NONE,
    USE_SUBJECT,
    USE_PARTICIPANT,
    USE_ENTITIES, /* a mapping from kinds to names */
    USE_FOLDER,
    USE_ENTITY, /* of any kind */
};

struct key_row {
    struct str key;
    enum key_use use;
    struct str kind;
};

static const struct key_row key_rows[] = {
    {STR_INIT("person"), USE_SUBJECT, STR_INIT("person")},
    {STR_INIT("people"), USE_SUBJECT, STR_INIT("person")},
    {STR_INIT("account"), USE_SUBJECT, STR_INIT("customer")},
    {STR_INIT("customer"), USE_SUBJECT, STR_INIT("customer")},
    {STR_INIT("company"), USE_SUBJECT, STR_INIT("customer")},
    {STR_INIT("client"), USE_SUBJECT, STR_INIT("customer")},
    {STR_INIT("project"), USE_SUBJECT, STR_INIT("project")},
    {STR_INIT("projects"), USE_SUBJECT, STR_INIT("project")},
    {STR_INIT("entities"), USE_ENTITIES, STR_INIT("")},
    {STR_INIT("folder"), USE_FOLDER, STR_INIT("")},
    {STR_INIT("entity"), USE_ENTITY, STR_INIT("")},
    {STR_INIT("participants"), USE_PARTICIPANT, STR_INIT("person")},
    {STR_INIT("attendees"), USE_PARTICIPANT, STR_INIT("person")},
};

static const struct key_row *row_of(struct str key) {
    for (size_t i = 0; i < ARRAY_LEN(key_rows); i++)
        if (str_eq(key_rows[i].key, key))
            return &key_rows[i];
    return NULL;
}

typedef VEC(struct ref) ref_vec;

struct refs {
    struct arena *arena;
    struct arena scratch; /* of one note */
    struct arena own;
    struct map persons; /* names as notes write them -> entity + 1 */
    struct map tags;    /* tags as notes write them -> entity + 1 */
    struct roster *roster;
    const struct linked *linked;
    struct diags *diags;
    /* In early numbers: of all notes; of keys `entity`, which come after all others,
     * since they may mean anybody. */
    ref_vec found, later;
    uint32_t *begins, *later_begins; /* by file, and one more */
    bool *asks_later;                /* by file: it has a key `entity` */
    bool owner_told;
};

/* The property of a note that is being read. */
struct reading {
    struct refs *refs;
    const struct note *note;
    const struct property *property;
    uint32_t first_link, end_link; /* its links */
    enum key_use use;
    enum mention_kind by;
    struct str kind;      /* of names; "" for any */
    struct str else_kind; /* USE_ENTITY: of names that nobody has */
    ref_vec *out;
};

static void add(const struct reading *rd, uint32_t entity) {
    struct ref ref = {entity, rd->by, 1, rd->property->key};

    if (ROSTER_IS_ENTITY(entity) &&
        entity != roster_of_note(rd->refs->roster, rd->note->index))
        vec_push(rd->out, ref);
}

static void tell_owner(const struct reading *rd) {
    if (rd->use != USE_PARTICIPANT || rd->refs->owner_told)
        return;
    rd->refs->owner_told = true;
    diag_add(rd->refs->diags, DIAG_OWNER_UNSET, rd->note->file->path,
             rd->property->line, rd->property->column,
             "set owner: in vaultsite.yaml to say who that is");
}

/* Whoever is called so, or somebody new; ROSTER_NOBODY for what is no name. */
static uint32_t find_name(const struct reading *rd, struct str name,
                          bool is_person) {
    struct roster *r = rd->refs->roster;
    struct arena *scratch = &rd->refs->scratch;
    uint32_t found;
    struct str key;

    key = name_key(scratch, name);
    if (key.len == 0 || roster_is_placeholder(r, key) ||
        str_find_str(name, STR("[["), 0) != STR_NONE ||
        str_find_str(name, STR("]]"), 0) != STR_NONE)
        return ROSTER_NOBODY;
    if (rd->kind.len == 0) {
        found = roster_find_any(r, key);
        if (found == ROSTER_NOBODY) /* perhaps `Last, First`, or the owner */
            found = roster_person(r, name, scratch);
    } else {
        found = is_person ? roster_person(r, name, scratch)
                          : roster_find(r, rd->kind, key);
    }
    if (found == ROSTER_OWNER)
        tell_owner(rd);
    else if (found == ROSTER_NOBODY)
        found =
            roster_add(r, rd->kind.len > 0 ? rd->kind : rd->else_kind, name);
    return found;
}

/* The same few people take part in many meetings. */
static void add_name(const struct reading *rd, struct str name) {
    bool is_person = str_eq(rd->kind, STR("person"));
    uintptr_t known = 0;
    uint32_t found;

    name = str_trim(name);
    if (str_starts(name, STR("@")))
        name = str_trim(str_skip(name, 1));
    if (is_person)
        known = (uintptr_t)map_get(&rd->refs->persons, name);
    found = known > 0 ? (uint32_t)(known - 1) : find_name(rd, name, is_person);
    if (is_person && known == 0 && ROSTER_IS_ENTITY(found))
        *map_slot_borrowed(&rd->refs->persons, name) =
            (void *)((uintptr_t)found + 1);
    add(rd, found);
}

/* The entity whose note it leads to; where it leads nowhere, whoever is called
 * like the last part of its target. */
static void add_link(const struct reading *rd, uint32_t link) {
    const struct link *l = &rd->note->links[link];
    const struct target *t = &rd->refs->linked->targets[rd->note->index][link];

    if (t->outcome == LINK_NOTE)
        add(rd, roster_of_note(rd->refs->roster, t->file));
    else if (t->outcome == LINK_MISSING)
        add_name(rd, name_of_note(l->target));
}

static void add_names(const struct reading *rd, struct str text, bool split) {
    char mark = str_find(text, ';') != STR_NONE ? ';' : ',';

    if (!split) {
        add_name(rd, text);
        return;
    }
    while (text.len > 0) {
        add_name(rd, str_until(text, mark));
        text = str_after(text, mark);
    }
}

/* One text: its links, or else the name that it is. */
static void read_text(const struct reading *rd, const struct value *v,
                      const struct yaml *y, bool split) {
    bool linked = false;

    if (v->kind != VALUE_TEXT)
        return;
    for (uint32_t i = rd->first_link; i < rd->end_link; i++) {
        const struct link *l = &rd->note->links[i];

        if (y == NULL || (l->line == y->line && l->column == y->column)) {
            add_link(rd, i);
            linked = true;
        }
    }
    if (!linked)
        add_names(rd, v->as.text, split);
}

static void read_texts(const struct reading *rd, const struct value *v,
                       const struct yaml *y) {
    const struct yaml *child = y != NULL ? y->first : NULL;

    if (v->kind != VALUE_LIST) {
        read_text(rd, v, y, rd->use == USE_PARTICIPANT);
        return;
    }
    for (size_t i = 0; i < v->as.list.len; i++) {
        read_text(rd, v->as.list.items[i], child, false);
        child = child != NULL ? child->next : NULL;
    }
}

/* The kind that a key of `entities:` names. */
static struct str kind_of_key(struct refs *refs, struct str key) {
    struct str word = unicode_fold(&refs->scratch, str_trim(key)), kind;

    kind = roster_kind_word(refs->roster, word);
    if (kind.len > 0)
        return kind;
    if (word.len > 1 && str_ends(word, STR("s")))
        word.len--;
    return word;
}

static void read_entities(struct reading *rd) {
    const struct value *v = rd->property->value;
    const struct yaml *y = rd->property->yaml;

    y = y != NULL ? y->first : NULL;
    for (size_t i = 0; v->kind == VALUE_OBJECT && i < v->as.object.len; i++) {
        rd->kind = kind_of_key(rd->refs, v->as.object.members[i].key);
        if (rd->kind.len > 0)
            read_texts(rd, v->as.object.members[i].value, y);
        y = y != NULL ? y->next : NULL;
    }
}

/* The kind whose folder a path begins with, "" for none. */
static struct str kind_of_folder(struct refs *refs, struct str path) {
    const struct entity_kind_setting *kind = entity_settings_kind_folder(
        &refs->linked->vault->settings->entity_values,
        unicode_fold(&refs->scratch, str_trim(str_until(path, '/'))));

    return kind != NULL && str_find(path, '/') != STR_NONE ? kind->name
                                                           : STR("");
}

static void read_folder(struct reading *rd) {
    const struct value *v = rd->property->value;
    struct str path;

    if (v->kind != VALUE_TEXT)
        return;
    path = str_trim(v->as.text);
    while (str_ends(path, STR("/")))
        path.len--;
    rd->kind = kind_of_folder(rd->refs, path);
    if (rd->kind.len > 0)
        add_name(rd, str_basename(path));
}

/* The kind of an `entity` that nobody knows. */
static struct str kind_beside(struct refs *refs, const struct note *n) {
    const struct property *p = frontmatter_property(&n->front, STR("folder"));
    struct str kind = {0};

    if (p != NULL && p->value->kind == VALUE_TEXT)
        kind = kind_of_folder(refs, str_trim(p->value->as.text));
    return kind.len > 0 ? kind : STR("person");
}

static void read_property(struct reading *rd, const struct key_row *row) {
    rd->use = row->use;
    rd->kind = row->kind;
    rd->by = row->use == USE_PARTICIPANT && rd->note->role.role == ROLE_EVENT
                 ? MENTION_PARTICIPANT
                 : MENTION_SUBJECT;
    if (row->use == USE_ENTITIES)
        read_entities(rd);
    else if (row->use == USE_FOLDER)
        read_folder(rd);
    else
        read_texts(rd, rd->property->value, rd->property->yaml);
}

static void read_links(struct reading *rd) {
    const struct target *targets = rd->refs->linked->targets[rd->note->index];

    rd->by = MENTION_PROPERTY;
    for (uint32_t i = rd->first_link; i < rd->end_link; i++)
        if (targets[i].outcome == LINK_NOTE)
            add(rd, roster_of_note(rd->refs->roster, targets[i].file));
}

/* Links of properties follow one another, in the order of the properties. */
static void read_note(struct refs *refs, const struct note *n,
                      bool only_entity) {
    struct reading rd = {.refs = refs,
                         .note = n,
                         .out = only_entity ? &refs->later : &refs->found};

    while (rd.end_link < n->nlinks &&
           n->links[rd.end_link].kind != LINK_PROPERTY)
        rd.end_link++;
    for (uint32_t i = 0; i < n->front.nproperties; i++) {
        const struct key_row *row;

        rd.property = &n->front.properties[i];
        rd.first_link = rd.end_link;
        while (rd.end_link < n->nlinks &&
               n->links[rd.end_link].kind == LINK_PROPERTY &&
               n->links[rd.end_link].property == i)
            rd.end_link++;
        row = row_of(rd.property->key);
        if ((row != NULL && row->use == USE_ENTITY) != only_entity) {
            refs->asks_later[n->index] |= !only_entity;
            continue;
        }
        if (only_entity)
            rd.else_kind = kind_beside(refs, n);
        if (row != NULL)
            read_property(&rd, row);
        else
            read_links(&rd);
    }
    arena_reset(&refs->scratch);
}

static bool takes_part(const struct note *n) {
    return n != NULL && n->role.role != ROLE_TEMPLATE;
}

static void read_all(struct refs *refs, bool only_entity, uint32_t *begins) {
    const struct linked *l = refs->linked;
    const ref_vec *out = only_entity ? &refs->later : &refs->found;

    for (uint32_t i = 0; i < l->vault->nfiles; i++) {
        begins[i] = (uint32_t)out->len;
        if (takes_part(l->notes[i]) && (!only_entity || refs->asks_later[i]))
            read_note(refs, l->notes[i], only_entity);
    }
    begins[l->vault->nfiles] = (uint32_t)out->len;
}

struct refs *refs_read(struct arena *a, struct roster *r,
                       const struct linked *l, struct diags *d) {
    struct refs *refs = arena_new(a, struct refs);
    size_t n = l->vault->nfiles + 1;

    *refs = (struct refs){.arena = a, .roster = r, .linked = l, .diags = d};
    arena_init(&refs->scratch);
    arena_init(&refs->own);
    map_init(&refs->persons, &refs->own);
    refs->asks_later = arena_array(&refs->own, bool, n);
    refs->begins = mem_resize(NULL, n, sizeof *refs->begins);
    refs->later_begins = mem_resize(NULL, n, sizeof *refs->later_begins);
    read_all(refs, false, refs->begins);
    read_all(refs, true, refs->later_begins);
    return refs;
}

/* --- after roster_finish --- */

/* Whom `person/x`, `company/x`, `entity/x` name; or none of the entities. */
static uint32_t find_tagged(struct refs *refs, struct str tag) {
    struct str word = unicode_fold(&refs->scratch, str_until(tag, '/')),
               kind = {0};

    if (!str_eq(word, STR("entity"))) {
        kind = roster_kind_word(refs->roster, word);
        if (kind.len == 0)
            return ROSTER_NOBODY;
    }
    return roster_tagged(refs->roster, kind, str_after(tag, '/'),
                         &refs->scratch);
}

/* The same few tags stand in many notes. */
static void add_tag(struct refs *refs, const struct note *n, struct str tag,
                    ref_vec *out) {
    struct ref ref = {.by = MENTION_TAG, .count = 1, .property = STR("tags")};
    void **known;

    if (str_find(tag, '/') == STR_NONE)
        return;
    known = map_slot_borrowed(&refs->tags, tag);
    if (*known == NULL)
        *known = (void *)((uintptr_t)find_tagged(refs, tag) + 1);
    ref.entity = (uint32_t)((uintptr_t)*known - 1);
    if (!ROSTER_IS_ENTITY(ref.entity) ||
        ref.entity == roster_of_note(refs->roster, n->index))
        return;
    vec_push(out, ref);
    if (n->role.role != ROLE_EVENT)
        return;
    ref.by = MENTION_SUBJECT;
    vec_push(out, ref);
}

/* `entity/Name with blanks` is a tag here alone (frontmatter.h). */
static void add_tags(struct refs *refs, const struct note *n, ref_vec *out) {
    const struct property *p = frontmatter_property(&n->front, STR("tags"));

    for (size_t i = 0; i < n->front.ntags; i++)
        add_tag(refs, n, n->front.tags[i], out);
    if (p == NULL || p->value->kind != VALUE_LIST)
        return;
    for (size_t i = 0; i < p->value->as.list.len; i++) {
        const struct value *v = p->value->as.list.items[i];
        struct str tag = v->kind == VALUE_TEXT ? str_trim(v->as.text) : STR("");

        if (str_starts(tag, STR("#")))
            tag = str_skip(tag, 1);
        if (str_starts_nocase(tag, STR("entity/")))
            add_tag(refs, n, tag, out);
    }
}

static void add_part(struct refs *refs, const ref_vec *from,
                     const uint32_t *begins, uint32_t file, ref_vec *out) {
    for (uint32_t i = begins[file]; i < begins[file + 1]; i++) {
        struct ref ref = from->items[i];

        ref.entity = roster_final(refs->roster, ref.entity);
        vec_push(out, ref);
    }
}

/* By entity, then `by`; those that have both keep their order. */
static const uint32_t *order_refs(struct arena *a, const ref_vec *all) {
    uint32_t *order = arena_room(a, uint32_t, all->len),
             *room = arena_room(a, uint32_t, all->len),
             *keys = arena_room(a, uint32_t, all->len);

    for (uint32_t i = 0; i < all->len; i++) {
        order[i] = i;
        keys[i] =
            all->items[i].entity * MENTION_KINDS + (uint32_t)all->items[i].by;
    }
    number_sort_by(keys, order, all->len, room);
    return order;
}

static struct note_refs finish_note(struct refs *refs, const struct note *n,
                                    ref_vec *all) {
    struct note_refs kept = {0};
    const uint32_t *order;
    struct ref *items;

    all->len = 0;
    arena_reset(&refs->scratch);
    add_part(refs, &refs->found, refs->begins, n->index, all);
    add_part(refs, &refs->later, refs->later_begins, n->index, all);
    add_tags(refs, n, all);
    if (all->len == 0)
        return kept;
    order = order_refs(&refs->scratch, all);
    items = arena_room(refs->arena, struct ref, all->len);
    for (uint32_t i = 0; i < all->len; i++) {
        const struct ref *ref = &all->items[order[i]];
        struct ref *last = kept.len > 0 ? &items[kept.len - 1] : NULL;

        if (last != NULL && last->entity == ref->entity && last->by == ref->by)
            last->count += ref->count;
        else
            items[kept.len++] = *ref;
    }
    kept.items = items;
    return kept;
}

const struct note_refs *refs_finish(struct refs *refs) {
    const struct linked *l = refs->linked;
    struct note_refs *of =
        arena_array(refs->arena, struct note_refs, l->vault->nfiles);
    ref_vec all = {0};

    map_init(&refs->tags, &refs->own);
    for (uint32_t i = 0; i < l->vault->nfiles; i++)
        if (takes_part(l->notes[i]))
            of[i] = finish_note(refs, l->notes[i], &all);
    vec_release(&all);
    vec_release(&refs->found);
    vec_release(&refs->later);
    mem_free(refs->begins);
    mem_free(refs->later_begins);
    arena_release(&refs->scratch);
    arena_release(&refs->own);
    return of;
}
