#include "entity/text_mentions.h"

#include "base/name_key.h"
#include "base/pool.h"
#include "base/unicode.h"
#include "base/vec.h"
#include "entity/boundary.h"
#include "entity/name_finder.h"

/* --- which names --- */

enum {
    SHORTEST_ALIAS = 3, /* code points of one word */
    SHORTEST_NAME = 4,
    SHORTEST_UNSPACED = 3,
};

static bool all_unspaced(struct str key) {
    uint32_t code;

    for (size_t at = 0; at < key.len;) {
        at += utf8_decode(key, at, &code);
        if (!name_unspaced(code))
            return false;
    }
    return true;
}

static bool is_alias(const struct linked *l, const struct entity *e,
                     struct str key, struct arena *scratch) {
    for (uint32_t i = 0; i < e->nnotes; i++) {
        const struct frontmatter *f = &l->notes[e->notes[i]]->front;
        for (size_t k = 0; k < f->naliases; k++)
            if (str_eq(name_key(scratch, f->aliases[k]), key))
                return true;
    }
    return false;
}

struct naming {
    const struct linked *linked;
    struct name_finder *finder;
    struct map skipped; /* name keys */
    struct arena scratch;
};

static bool is_sought(struct naming *n, const struct entity *e, bool is_person,
                      struct str name) {
    struct str key = name_key(&n->scratch, name);
    size_t len;

    if (map_get(&n->skipped, key) != NULL)
        return false;
    if (str_find(key, ' ') != STR_NONE)
        return true;
    len = utf8_count(key);
    if (len >= SHORTEST_UNSPACED && all_unspaced(key))
        return true;
    if (e->note == ENTITY_NONE || len < SHORTEST_ALIAS)
        return false;
    return (!is_person && len >= SHORTEST_NAME) ||
           is_alias(n->linked, e, key, &n->scratch);
}

static void add_names(struct naming *n, const struct entity *e, uint32_t index,
                      bool is_person) {
    for (uint32_t i = 0; i < e->nnames; i++)
        name_finder_add(n->finder, e->names[i], index,
                        is_sought(n, e, is_person, e->names[i]));
    arena_reset(&n->scratch);
}

static struct name_finder *finder_of(struct arena *a, const struct linked *l,
                                     const struct entity *entities,
                                     uint32_t nentities,
                                     const struct entity_kind *kinds) {
    const struct str_list *skip =
        &l->vault->settings->entity_values.skip_mentions;
    struct naming n = {.linked = l};
    size_t nnames = 0;

    for (uint32_t i = 0; i < nentities; i++)
        nnames += entities[i].nnames;
    n.finder = name_finder_new(a, nnames);
    map_init(&n.skipped, a);
    for (size_t i = 0; i < skip->len; i++)
        *map_slot_borrowed(&n.skipped, skip->items[i]) = &n;
    arena_init(&n.scratch);
    for (uint32_t i = 0; i < nentities; i++)
        add_names(&n, &entities[i], i,
                  str_eq(kinds[entities[i].kind].name, STR("person")));
    arena_release(&n.scratch);
    return n.finder;
}

/* --- where --- */

/* One thread's. */
struct searcher {
    struct arena arena, scratch;
    VEC(struct text_part) parts;
    VEC(struct text_mention) mentions;
    /* By entity: where it is in mentions, valid where it says so itself. */
    uint32_t *at;
};

struct searching {
    const struct linked *linked;
    const struct speaker *const *speakers;
    const struct name_finder *finder;
    struct searcher *searchers;
    struct note_mentions *result;
};

static inline void add_part(struct searcher *s, uint32_t begin, uint32_t end,
                            uint32_t block) {
    if (begin == end)
        return;
    vec_push(&s->parts, ((struct text_part){begin, end, block}));
}

/* Where the text of block `i` begins that is searched: who speaks a turn is named by
 * its label, which is no mention. */
static uint32_t searched_from(const struct note *n,
                              const struct speaker *speakers, uint32_t *turn,
                              uint32_t i) {
    uint32_t begin = n->text_blocks[i].begin;

    if (speakers == NULL)
        return begin;
    while (*turn < n->nturns && n->turns[*turn].block < i)
        ++*turn;
    return *turn < n->nturns && n->turns[*turn].block == i
               ? begin + speakers[*turn].text
               : begin;
}

/* Blocks but code, without their gaps. */
static void list_parts(struct searcher *s, const struct note *n,
                       const struct speaker *speakers) {
    uint32_t gap = 0, turn = 0;

    s->parts.len = 0;
    for (uint32_t i = 0; i < n->ntext_blocks; i++) {
        const struct text_block *b = &n->text_blocks[i];
        uint32_t begin = searched_from(n, speakers, &turn, i);

        if (b->kind == TEXT_CODE)
            continue;
        while (gap < n->ngaps && n->gaps[gap].end <= b->begin)
            gap++;
        for (; gap < n->ngaps && n->gaps[gap].end <= b->end; gap++) {
            add_part(s, begin, n->gaps[gap].begin, i);
            begin = n->gaps[gap].end;
        }
        add_part(s, begin, b->end, i);
    }
}

static void add_hit(void *context, uint32_t entity, size_t part, uint32_t begin,
                    uint32_t end) {
    struct searcher *s = context;
    uint32_t at = s->at[entity];

    if (at < s->mentions.len && s->mentions.items[at].entity == entity) {
        s->mentions.items[at].count++;
        return;
    }
    s->at[entity] = (uint32_t)s->mentions.len;
    vec_push(&s->mentions, ((struct text_mention){entity, 1, begin, end,
                                                  s->parts.items[part].block}));
}

static void search_note(void *context, size_t index, unsigned worker) {
    struct searching *all = context;
    struct searcher *s = &all->searchers[worker];
    const struct note *n = all->linked->notes[index];
    struct note_mentions *result = &all->result[index];

    if (n == NULL || n->role.role == ROLE_TEMPLATE)
        return;
    list_parts(s, n, all->speakers != NULL ? all->speakers[index] : NULL);
    s->mentions.len = 0;
    name_finder_search(all->finder, n->text, s->parts.items, s->parts.len,
                       &s->scratch, add_hit, s);
    result->items = vec_keep(&s->arena, &s->mentions);
    result->len = (uint32_t)s->mentions.len;
    arena_reset(&s->scratch);
}

const struct note_mentions *text_mentions_find(
    struct arena *a, const struct linked *l, const struct entity *entities,
    uint32_t nentities, const struct entity_kind *kinds,
    const struct speaker *const *speakers, unsigned jobs) {
    unsigned n = jobs > 0 ? jobs : 1;
    struct searching all = {
        .linked = l,
        .speakers = speakers,
        .result = arena_array(a, struct note_mentions, l->vault->nfiles),
    };
    struct arena own;

    arena_init(&own);
    all.finder = finder_of(&own, l, entities, nentities, kinds);
    all.searchers = arena_array(&own, struct searcher, n);
    for (unsigned i = 0; i < n; i++) {
        arena_init(&all.searchers[i].arena);
        arena_init(&all.searchers[i].scratch);
        all.searchers[i].at = arena_array(&own, uint32_t, nentities);
    }
    pool_run(jobs, l->vault->nfiles, search_note, &all);
    for (unsigned i = 0; i < n; i++) {
        struct searcher *s = &all.searchers[i];

        arena_take(a, &s->arena);
        arena_release(&s->scratch);
        vec_release(&s->parts);
        vec_release(&s->mentions);
    }
    arena_release(&own);
    return all.result;
}
