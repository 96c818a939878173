#include "entity/mentions.h"

#include "base/merge_sort.h"
#include "base/vec.h"
#include "entity/text_mentions.h"

/* The mentions of one note while they are found, and those of all. */
struct counting {
    struct entity_work *work;
    const struct note *note;
    const struct text_block *block; /* where the last task was looked for */
    VEC(struct mention) found;
    VEC(uint32_t) entities; /* of each in found */
    size_t first;           /* in found: of this note */
    uint32_t *at; /* by entity: place in found, if it is one of this note's */
    uint32_t *first_task; /* by file, and one more: in all->tasks */
};

static const struct mention nowhere = {.block = NOTE_NONE};

/* That of an entity in this note, or NULL for its own note. */
static struct mention *mention_of(struct counting *c, uint32_t entity) {
    uint32_t at = c->at[entity];
    struct mention m = nowhere;

    if (c->work->all->entity_of[c->note->index] == entity)
        return NULL;
    if (at >= c->first && at < c->found.len && c->entities.items[at] == entity)
        return &c->found.items[at];
    m.note = c->note->index;
    c->at[entity] = (uint32_t)c->found.len;
    vec_push(&c->found, m);
    vec_push(&c->entities, entity);
    return vec_last(&c->found);
}

static void count(struct counting *c, struct mention *m, uint32_t entity,
                  enum mention_kind kind, uint32_t n) {
    c->work->items[entity].counts[kind] += n;
    m->kinds |= 1u << kind;
}

/* `n` hits in the text, the first of them at [begin, end). */
static void add_hits(struct counting *c, uint32_t entity,
                     enum mention_kind kind, uint32_t n, uint32_t begin,
                     uint32_t end, uint32_t block) {
    struct mention *m = mention_of(c, entity);

    if (m == NULL)
        return;
    count(c, m, entity, kind, n);
    m->count += n;
    if (block == NOTE_NONE || (m->block != NOTE_NONE && m->begin <= begin))
        return;
    m->begin = begin;
    m->end = end;
    m->block = block;
}

/* --- the ways in which a note names somebody --- */

static void add_refs(struct counting *c) {
    const struct note_refs *refs = &c->work->refs[c->note->index];

    for (uint32_t i = 0; i < refs->len; i++) {
        const struct ref *r = &refs->items[i];
        struct mention *m = mention_of(c, r->entity);

        if (m == NULL)
            continue;
        count(c, m, r->entity, r->by, r->by == MENTION_PROPERTY ? r->count : 1);
        if (m->property.len == 0)
            m->property = r->property;
    }
}

static void add_links(struct counting *c) {
    const struct note *n = c->note;
    const struct target *targets = c->work->linked->targets[n->index];

    for (uint32_t i = 0; i < n->nlinks; i++) {
        const struct link *l = &n->links[i];
        uint32_t entity;

        if (targets[i].outcome != LINK_NOTE ||
            (l->kind != LINK_WIKI && l->kind != LINK_MARKDOWN))
            continue;
        entity = c->work->all->entity_of[targets[i].file];
        if (entity == ENTITY_NONE)
            continue;
        add_hits(c, entity, MENTION_LINK, 1, l->text_begin, l->text_end,
                 link_has_context(n, l) ? l->block : NOTE_NONE);
    }
}

static void add_names(struct counting *c, const struct note_mentions *names) {
    for (uint32_t i = 0; i < names->len; i++) {
        const struct text_mention *t = &names->items[i];

        add_hits(c, t->entity, MENTION_TEXT, t->count, t->begin, t->end,
                 t->block);
    }
}

/* The block of text that holds a line of the note; most notes have their tasks in
 * order, so the search goes on where it was. */
static uint32_t block_at(struct counting *c, uint32_t line) {
    const struct note *n = c->note;
    const struct text_block *end = n->text_blocks + n->ntext_blocks;

    if (n->ntext_blocks == 0)
        return NOTE_NONE;
    if (c->block == NULL || c->block->line > line)
        c->block = n->text_blocks;
    while (c->block + 1 < end && c->block[1].line <= line)
        c->block++;
    return c->block->line <= line ? (uint32_t)(c->block - n->text_blocks)
                                  : NOTE_NONE;
}

static void add_task(struct counting *c, const struct entity_task *t) {
    const struct task *task = &c->work->all->tasks_read->items[t->task];
    uint32_t block;

    if (t->by != ASSIGNED_MENTION || t->nassignees == 0)
        return;
    block = block_at(c, task->line);
    for (uint32_t i = 0; i < t->nassignees; i++) {
        struct str text = STR("");
        uint32_t begin = 0;
        size_t at;

        if (block != NOTE_NONE) {
            begin = c->note->text_blocks[block].begin;
            text = str_slice(c->note->text, begin,
                             c->note->text_blocks[block].end);
        }
        at = str_find_str(text, t->written[i], 0);
        if (at == STR_NONE)
            add_hits(c, t->assignees[i], MENTION_ASSIGNEE, 1, begin, begin,
                     block);
        else
            add_hits(c, t->assignees[i], MENTION_ASSIGNEE, 1,
                     begin + (uint32_t)at,
                     begin + (uint32_t)(at + t->written[i].len), block);
    }
}

static void add_tasks(struct counting *c) {
    const struct entities *all = c->work->all;
    uint32_t file = c->note->index;

    c->block = NULL;
    for (uint32_t i = c->first_task[file]; i < c->first_task[file + 1]; i++)
        add_task(c, &all->tasks[i]);
}

/* Somebody who speaks is counted once in a note. */
static void add_speakers(struct counting *c) {
    const struct note *n = c->note;
    const struct speaker *speakers = c->work->all->speakers != NULL
                                         ? c->work->all->speakers[n->index]
                                         : NULL;

    for (uint32_t i = 0; speakers != NULL && i < n->nturns; i++) {
        const struct text_block *b = &n->text_blocks[n->turns[i].block];
        struct mention *m;

        if (speakers[i].entity == ENTITY_NONE)
            continue;
        m = mention_of(c, speakers[i].entity);
        if (m != NULL && (m->kinds & 1u << MENTION_SPEAKER) == 0)
            add_hits(c, speakers[i].entity, MENTION_SPEAKER, 1, b->begin,
                     b->begin + (uint32_t)speakers[i].label.len,
                     n->turns[i].block);
    }
}

/* --- all notes --- */

struct dated {
    task_day date;
    uint32_t file;
};

static int newest_first(void *context, const void *a, const void *b) {
    const struct dated *x = a, *y = b;

    (void)context;
    return x->date != y->date ? (x->date > y->date ? -1 : 1) : 0;
}

/* The notes that take part: events by date, the newest first, then all others, those
 * of the latest day first, as pages show it; by path among equals. */
static uint32_t *in_order(const struct entity_work *w, struct arena *a,
                          uint32_t *n) {
    uint32_t nfiles = (uint32_t)w->linked->vault->nfiles, ndated = 0;
    struct dated *dated = arena_array(a, struct dated, w->all->nevents);
    uint32_t *order = arena_array(a, uint32_t, nfiles);

    for (uint32_t i = 0; i < w->all->nevents; i++)
        if (task_day_valid(w->events[i].date))
            dated[ndated++] =
                (struct dated){w->events[i].date, w->events[i].note};
    merge_sort(dated, ndated, sizeof *dated,
               arena_array(a, struct dated, ndated), newest_first, NULL);
    for (*n = 0; *n < ndated; ++*n)
        order[*n] = dated[*n].file;
    for (uint32_t i = 0; i < nfiles; i++) {
        uint32_t file = w->linked->newest[i], event = w->all->event_of[file];

        if (work_note(w->linked, file) != NULL &&
            (event == ENTITY_NONE || !task_day_valid(w->events[event].date)))
            order[(*n)++] = file;
    }
    return order;
}

static bool is_backlink(const struct mention *m) {
    return (m->kinds & ~(1u << MENTION_TEXT)) != 0;
}

/* Hands each entity its own, which are in order. */
static void hand_out(struct counting *c) {
    struct entity_work *w = c->work;
    struct mention **linked, **unlinked;
    struct arena own;

    arena_init(&own);
    linked = arena_array(&own, struct mention *, w->all->len);
    unlinked = arena_array(&own, struct mention *, w->all->len);
    for (size_t i = 0; i < c->found.len; i++) {
        struct entity *e = &w->items[c->entities.items[i]];
        if (is_backlink(&c->found.items[i]))
            e->nbacklinks++;
        else
            e->nunlinked++;
    }
    for (uint32_t i = 0; i < w->all->len; i++) {
        struct entity *e = &w->items[i];
        e->backlinks = linked[i] =
            arena_room(w->arena, struct mention, e->nbacklinks);
        e->unlinked = unlinked[i] =
            arena_room(w->arena, struct mention, e->nunlinked);
    }
    for (size_t i = 0; i < c->found.len; i++) {
        struct mention ***to =
            is_backlink(&c->found.items[i]) ? &linked : &unlinked;
        *(*to)[c->entities.items[i]]++ = c->found.items[i];
    }
    arena_release(&own);
}

static uint32_t *first_tasks(const struct entities *all, struct arena *a) {
    uint32_t nfiles = (uint32_t)all->linked->vault->nfiles, next = 0;
    uint32_t *first = arena_array(a, uint32_t, nfiles + 1);

    for (uint32_t i = 0; i <= nfiles; i++) {
        while (next < all->ntasks &&
               all->tasks_read->items[all->tasks[next].task].file < i)
            next++;
        first[i] = next;
    }
    return first;
}

void mentions_find(struct entity_work *w) {
    struct counting c = {.work = w};
    const struct note_mentions *names;
    uint32_t *order, n;
    struct arena own;

    arena_init(&own);
    names = text_mentions_find(&own, w->linked, w->items, w->all->len,
                               w->all->kinds, w->all->speakers, w->jobs);
    c.first_task = first_tasks(w->all, &own);
    c.at = arena_array(&own, uint32_t, w->all->len);
    order = in_order(w, &own, &n);
    for (uint32_t i = 0; i < n; i++) {
        c.note = w->linked->notes[order[i]];
        c.first = c.found.len;
        add_refs(&c);
        add_links(&c);
        add_speakers(&c);
        add_tasks(&c);
        add_names(&c, &names[order[i]]);
    }
    hand_out(&c);
    vec_release(&c.found);
    vec_release(&c.entities);
    arena_release(&own);
}
