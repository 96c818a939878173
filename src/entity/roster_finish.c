#include "base/merge_sort.h"
#include "base/name_key.h"
#include "base/slug.h"
#include "entity/roster_state.h"
#include "entity/tag_key.h"

/* By kind, then by name key: the order of the entities. */
static int member_order(void *context, const void *a, const void *b) {
    const struct roster *r = context;
    const struct member *x = &r->members.items[*(const uint32_t *)a],
                        *y = &r->members.items[*(const uint32_t *)b];
    int by_kind = x->kind == y->kind
                      ? 0
                      : roster_kind_order(roster_kind_name(r, x->kind),
                                          roster_kind_name(r, y->kind));

    return by_kind != 0 ? by_kind : str_cmp(x->key, y->key);
}

static struct str id_of(struct arena *a, struct str kind, struct str slug,
                        uintptr_t number) {
    struct buf b = {0};
    struct str id;

    buf_add_str(&b, kind);
    buf_add_ch(&b, ':');
    buf_add_str(&b, slug);
    if (number > 1)
        buf_printf(&b, "-%zu", (size_t)number);
    id = arena_str(a, buf_str(&b));
    buf_release(&b);
    return id;
}

/* The slug, `-2`, `-3` where it is taken. In `ids` stands for each the number that
 * the next one of that slug may have. */
static struct str claim_id(struct map *ids, struct arena *a, struct str kind,
                           struct str slug) {
    struct str id = id_of(a, kind, slug, 1);
    void **next = map_slot_borrowed(ids, id);
    uintptr_t number = (uintptr_t)*next;

    if (number == 0) {
        *next = (void *)2;
        return id;
    }
    do
        id = id_of(a, kind, slug, number++);
    while (map_get(ids, id) != NULL);
    *next = (void *)number;
    *map_slot_borrowed(ids, id) = (void *)2;
    return id;
}

static void fill(struct roster *r, struct entity *e, struct member *m,
                 struct map *ids) {
    *e = (struct entity){
        .id = claim_id(ids, r->arena, roster_kind_name(r, m->kind),
                       slug_make(r->arena, m->name)),
        .name = m->name,
        .key = m->key,
        .names = vec_keep(r->arena, &m->names),
        .nnames = (uint32_t)m->names.len,
        .note = m->note,
        .notes = vec_keep(r->arena, &m->notes),
        .nnotes = (uint32_t)m->notes.len,
        .last_contact = TASK_DAY_NONE,
        .last_computed = TASK_DAY_NONE,
        .next_contact = TASK_DAY_NONE,
        .last_event = ENTITY_NONE,
    };
    for (size_t i = 0; i < ENTITY_PANELS; i++)
        e->panels[i].heading = NOTE_NONE;
}

static void add_kind(struct roster *r, struct str name, uint32_t at) {
    const struct entity_settings *s = r->settings;
    struct entity_kind *kind = &r->entity_kinds[r->nentity_kinds++];

    *kind = (struct entity_kind){.name = name, .begin = at, .end = at};
    for (size_t i = 0; i < s->nkinds; i++)
        if (str_eq(s->kinds[i].name, name)) {
            kind->label = s->kinds[i].label;
            kind->labelled = s->kinds[i].labelled;
            kind->url = s->kinds[i].url;
            return;
        }
    kind->label = entity_settings_label(r->arena, name);
    kind->url = slug_make(r->arena, name);
}

/* What names of one kind share a tag key, names only one of them if it is shown so. */
static void add_tag(struct roster *r, const struct member *m, uint32_t entity,
                    struct str name, bool display) {
    struct str key = tag_key(r->arena, name);
    struct use *u = roster_use(&r->tags, key, m->kind);

    if (key.len == 0)
        return;
    if (u == NULL) {
        roster_add_use(r, &r->tags, key, m->kind, entity)->display = display;
    } else if (u->entity != entity) {
        if (display == u->display)
            u->entity = ROSTER_SHARED;
        else if (display)
            *u = (struct use){.entity = entity,
                              .kind = u->kind,
                              .display = true,
                              .next = u->next};
    }
}

static void add_tags(struct roster *r, struct arena *scratch) {
    for (uint32_t i = 0; i < r->members.len; i++) {
        const struct member *m = &r->members.items[i];

        for (size_t k = 0; k < m->names.len; k++) {
            struct str key = name_key(scratch, m->names.items[k]);
            const struct use *u = roster_use(&r->uses, key, m->kind);

            if (u != NULL && u->entity == i)
                add_tag(r, m, i, m->names.items[k], k == 0);
        }
        arena_reset(scratch);
    }
}

void roster_finish(struct roster *r) {
    uint32_t n = (uint32_t)r->members.len, *order, *room, *final;
    struct arena scratch;
    struct map ids;
    struct str *kinds;

    arena_init(&scratch);
    map_init(&ids, &scratch);
    order = arena_array(&scratch, uint32_t, n);
    room = arena_array(&scratch, uint32_t, n);
    final = arena_array(r->arena, uint32_t, n);
    r->entities = arena_array(r->arena, struct entity, n);
    r->entity_kinds = arena_array(r->arena, struct entity_kind, r->kinds.len);
    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    merge_sort(order, n, sizeof *order, room, member_order, r);
    for (uint32_t i = 0; i < n; i++) {
        struct member *m = &r->members.items[order[i]];

        if (i == 0 || m->kind != r->members.items[order[i - 1]].kind)
            add_kind(r, roster_kind_name(r, m->kind), i);
        final[order[i]] = i;
        fill(r, &r->entities[i], m, &ids);
        r->entities[i].kind = r->nentity_kinds - 1;
        r->entity_kinds[r->nentity_kinds - 1].end = i + 1;
    }
    arena_reset(&scratch);
    add_tags(r, &scratch);
    r->final = final;
    for (uint32_t i = 0; i < n; i++) {
        vec_release(&r->members.items[i].names);
        vec_release(&r->members.items[i].notes);
    }
    vec_release(&r->members);
    kinds = arena_array(r->arena, struct str, r->kinds.len);
    for (size_t i = 0; i < r->kinds.len; i++)
        kinds[i] = r->kinds.items[i];
    r->final_kinds = kinds;
    vec_release(&r->kinds);
    arena_release(&scratch);
}

struct entity *roster_entities(const struct roster *r, uint32_t *n) {
    *n = r->nentity_kinds > 0 ? r->entity_kinds[r->nentity_kinds - 1].end : 0;
    return r->entities;
}

struct entity_kind *roster_kinds(const struct roster *r, uint32_t *n) {
    *n = r->nentity_kinds;
    return r->entity_kinds;
}
