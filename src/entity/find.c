#include "entity/entity.h"

#include "entity/decisions.h"
#include "entity/entity_tasks.h"
#include "entity/events.h"
#include "entity/held.h"
#include "entity/mentions.h"
#include "entity/pairs.h"
#include "entity/panels.h"
#include "entity/related.h"
#include "entity/speakers.h"
#include "entity/timeline.h"
#include "entity/work.h"

static const uint32_t *entities_by_file(const struct entity_work *w) {
    size_t n = w->linked->vault->nfiles;
    uint32_t *of = arena_array(w->arena, uint32_t, n);

    for (uint32_t i = 0; i < n; i++)
        of[i] = roster_of_note(w->roster, i);
    return of;
}

/* Who there is. After it, numbers of entities are final. */
static void find_names(struct entity_work *w) {
    struct entity_tasks *tasks;
    struct refs *refs;

    w->roster = roster_new(w->arena, w->linked, w->diags);
    refs = refs_read(w->arena, w->roster, w->linked, w->diags);
    tasks = entity_tasks_read(w);
    roster_finish(w->roster);
    w->refs = refs_finish(refs);
    w->items = roster_entities(w->roster, &w->all->len);
    w->all->items = w->items;
    entity_tasks_finish(w, tasks);
    w->all->kinds = roster_kinds(w->roster, &w->all->nkinds);
    w->all->owner = roster_owner(w->roster);
    w->all->entity_of = entities_by_file(w);
}

static const struct note_sections *find_sections(const struct entity_work *w) {
    const struct linked *l = w->linked;
    struct note_sections *of =
        arena_array(w->arena, struct note_sections, l->vault->nfiles);
    struct arena scratch, own;
    struct map purposes;

    arena_init(&scratch);
    arena_init(&own);
    map_init(&purposes, &own);
    for (uint32_t i = 0; i < l->vault->nfiles; i++) {
        const struct note *n = work_note(l, i);

        if (n != NULL &&
            (n->role.role == ROLE_EVENT || n->role.role == ROLE_ENTITY))
            of[i].items =
                sections_of(w->arena, &scratch, &purposes, n, &of[i].n);
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    arena_release(&own);
    return of;
}

const struct entities *entities_find(struct arena *a, const struct linked *l,
                                     const struct tasks *tasks, unsigned jobs,
                                     struct diags *d) {
    struct entities *all = arena_new(a, struct entities);
    struct entity_work w = {.arena = a,
                            .linked = l,
                            .settings = &l->vault->settings->entity_values,
                            .diags = d,
                            .jobs = jobs,
                            .all = all};

    *all = (struct entities){
        .linked = l, .tasks_read = tasks, .today = tasks->today};
    find_names(&w);
    w.sections = find_sections(&w);
    events_find(&w);
    speakers_find(&w);
    pairs_find(&w);
    mentions_find(&w);
    decisions_find(&w);
    timelines_find(&w);
    held_find(&w);
    related_find(&w);
    panels_find(&w);
    return all;
}
