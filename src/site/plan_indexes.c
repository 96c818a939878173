/*
 * The indexes: what each lists, in which order, and its pages (spec/entities.md
 * §4.8). Their addresses are claimed before those of folders, which share them
 * (decisions.md 9).
 */
#include <assert.h>

#include "base/collate.h"
#include "base/merge_sort.h"
#include "site/planner.h"

struct names {
    const struct str *keys; /* by entity */
};

static int by_name(void *context, const void *a, const void *b) {
    const struct names *names = context;

    return str_cmp(names->keys[*(const uint32_t *)a],
                   names->keys[*(const uint32_t *)b]);
}

static int by_date(void *context, const void *a, const void *b) {
    const struct event *events = context;
    task_day x = events[*(const uint32_t *)a].date;
    task_day y = events[*(const uint32_t *)b].date;

    /* TASK_DAY_NONE is the least: undated ones stand last. */
    return (x < y) - (x > y);
}

static void sort(struct planner *pl, uint32_t *rows, uint32_t n,
                 merge_order *order, void *context) {
    uint32_t *room = arena_array(&pl->scratch, uint32_t, n);

    merge_sort(rows, n, sizeof *rows, room, order, context);
}

static struct str *name_keys(struct planner *pl, const struct collator *c) {
    const struct entities *e = pl->plan->entities;
    struct str *keys = arena_array(&pl->scratch, struct str, e->len);

    for (uint32_t i = 0; i < e->len; i++)
        keys[i] = collator_key(c, &pl->scratch, e->items[i].name);
    return keys;
}

/* Those with a page first, by name; then the others. */
static void list_entities(struct planner *pl, struct plan_index *index,
                          struct names *names, uint32_t *rows) {
    const struct entities *e = pl->plan->entities;
    const struct entity_kind *kind = &e->kinds[index->entity_kind];
    struct plan_group *groups = arena_array(pl->arena, struct plan_group, 2);
    uint32_t n = 0, begin = 0;

    for (unsigned pass = 0; pass < 2; pass++) {
        for (uint32_t i = kind->begin; i < kind->end; i++)
            if ((e->items[i].note == ENTITY_NONE) == (pass == 1))
                rows[n++] = i;
        sort(pl, rows + begin, n - begin, by_name, names);
        if (n > begin)
            groups[index->ngroups++] = (struct plan_group){begin, n, pass};
        begin = n;
    }
    index->rows = rows;
    index->nrows = n;
    index->groups = groups;
    index->count = groups[0].end;
}

static uint32_t month_of(task_day day) {
    struct civil_date date;

    if (!task_day_valid(day))
        return PLAN_NONE;
    date = civil_from_days(day);
    return 12 * (uint32_t)date.year + date.month - 1u;
}

static void list_events(struct planner *pl, struct plan_index *index) {
    const struct entities *e = pl->plan->entities;
    bool transcripts = index->sort == INDEX_TRANSCRIPTS;
    uint32_t *rows = arena_array(pl->arena, uint32_t, e->nevents);
    struct plan_group *groups =
        arena_array(pl->arena, struct plan_group, e->nevents);
    uint32_t n = 0;

    for (uint32_t i = 0; i < e->nevents; i++)
        if (str_eq(e->events[i].kind, STR("transcript")) == transcripts)
            rows[n++] = i;
    sort(pl, rows, n, by_date, (void *)(uintptr_t)e->events);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t month = transcripts ? 0 : month_of(e->events[rows[i]].date);
        if (i == 0 || month != groups[index->ngroups - 1].of)
            groups[index->ngroups++] = (struct plan_group){i, i, month};
        groups[index->ngroups - 1].end = i + 1;
    }
    index->rows = rows;
    index->nrows = index->count = n;
    index->groups = groups;
}

static void list_decisions(struct planner *pl, struct plan_index *index) {
    uint32_t n = pl->plan->entities->ndecisions;
    uint32_t *rows = arena_array(pl->arena, uint32_t, n);
    struct plan_group *group = arena_new(pl->arena, struct plan_group);

    for (uint32_t i = 0; i < n; i++)
        rows[i] = i;
    *group = (struct plan_group){0, n, 0};
    index->rows = rows;
    index->nrows = index->count = n;
    index->groups = group;
    index->ngroups = 1;
}

/* What folder of the vault has the same address; which of its notes are no rows. */
static void share_folder(struct planner *pl, uint32_t i, struct str url) {
    struct plan_index *index = &pl->indexes[i];
    const struct plan_folder *root = &pl->folders[0];

    index->folder = PLAN_NONE;
    for (uint32_t k = 0; k < root->nfolders && index->folder == PLAN_NONE; k++)
        if (str_eq(pl->folders[root->folders[k]].url, url) &&
            pl->folders[root->folders[k]].index == PLAN_NONE)
            index->folder = root->folders[k];
    if (index->folder != PLAN_NONE)
        pl->folders[index->folder].index = i;
}

static bool is_row(const struct planner *pl, const struct plan_index *index,
                   uint32_t file) {
    const struct plan *p = pl->plan;
    uint32_t entity = plan_entity_of(p, file), event = plan_event_of(p, file);

    switch (index->sort) {
    case INDEX_ENTITIES:
        return entity != PLAN_NONE &&
               p->entities->items[entity].kind == index->entity_kind;
    case INDEX_MEETINGS:
    case INDEX_TRANSCRIPTS:
        return event != PLAN_NONE &&
               str_eq(p->entities->events[event].kind, STR("transcript")) ==
                   (index->sort == INDEX_TRANSCRIPTS);
    case INDEX_DECISIONS:
    case INDEX_TASKS:
        break;
    }
    return false;
}

static void find_others(struct planner *pl, struct plan_index *index) {
    const struct plan_folder *f;
    uint32_t *others;

    if (index->folder == PLAN_NONE)
        return;
    f = &pl->folders[index->folder];
    others = arena_array(pl->arena, uint32_t, f->nnotes);
    for (uint32_t i = 0; i < f->nnotes; i++)
        if (!is_row(pl, index, f->notes[i]))
            others[index->nothers++] = f->notes[i];
    index->others = others;
}

/* As many as 150 KB of HTML hold. */
static const uint32_t rows_per_page[] = {
    [INDEX_ENTITIES] = 150,  [INDEX_MEETINGS] = 100, [INDEX_TRANSCRIPTS] = 150,
    [INDEX_DECISIONS] = 150, [INDEX_TASKS] = 150,
};

static uint32_t add_index(struct planner *pl, enum plan_index_sort sort,
                          const char *kind, struct str label) {
    struct plan_index *index = &pl->indexes[pl->plan->nindexes];

    *index = (struct plan_index){.sort = sort,
                                 .kind = str_from(kind),
                                 .label = label,
                                 .icon = kind,
                                 .per_page = rows_per_page[sort],
                                 .page = PLAN_NONE,
                                 .folder = PLAN_NONE};
    return pl->plan->nindexes++;
}

/* Kinds that have a drawing of their own. */
static const char *icon_of(struct str kind) {
    static const char *const known[] = {"person", "customer", "project"};

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq(kind, str_from(known[i])))
            return known[i];
    return "note";
}

struct str plan_kind_label(const struct plan *p, uint32_t kind) {
    static const struct {
        const char *kind;
        enum string_name label;
    } known[] = {{"person", STRING_PEOPLE},
                 {"customer", STRING_CUSTOMERS},
                 {"project", STRING_PROJECTS}};
    const struct entity_kind *k = &p->entities->kinds[kind];

    for (size_t i = 0; i < ARRAY_LEN(known) && !k->labelled; i++)
        if (str_eq(k->name, str_from(known[i].kind)))
            return p->theme->strings.texts[known[i].label];
    return k->label;
}

static void add_kinds(struct planner *pl) {
    const struct entities *e = pl->plan->entities;
    uint32_t *rows = arena_array(pl->arena, uint32_t, e->len);
    struct collator *c = collator_new(pl->plan->theme->language);
    struct names names = {name_keys(pl, c)};

    for (uint32_t k = 0; k < e->nkinds; k++) {
        struct plan_index *index = &pl->indexes[add_index(
            pl, INDEX_ENTITIES, "", plan_kind_label(pl->plan, k))];
        index->kind = e->kinds[k].name;
        index->icon = icon_of(index->kind);
        index->entity_kind = k;
        list_entities(pl, index, &names, rows + e->kinds[k].begin);
        planner_letters(pl, index, c);
    }
    collator_free(c);
}

/* One of the other indexes; PLAN_NONE, and nothing is added, where it is empty. */
static uint32_t add_other(struct planner *pl, enum plan_index_sort sort,
                          const char *kind, enum string_name label) {
    struct str text = pl->plan->theme->strings.texts[label];
    uint32_t i = add_index(pl, sort, kind, text);

    if (sort == INDEX_DECISIONS)
        list_decisions(pl, &pl->indexes[i]);
    else
        list_events(pl, &pl->indexes[i]);
    if (pl->indexes[i].nrows > 0)
        return i;
    pl->plan->nindexes--;
    return PLAN_NONE;
}

static const uint32_t *invert(struct planner *pl, uint32_t n) {
    uint32_t *row_of = arena_array(pl->arena, uint32_t, n);

    for (uint32_t i = 0; i < pl->plan->nindexes; i++) {
        const struct plan_index *index = &pl->indexes[i];
        if (index->sort == INDEX_ENTITIES)
            for (uint32_t k = 0; k < index->nrows; k++)
                row_of[index->rows[k]] = k;
    }
    return row_of;
}

static void add_tasks(struct planner *pl) {
    struct plan *p = pl->plan;
    uint32_t first = p->nindexes, n = 0;

    for (unsigned i = 0; i < VIEW_STATES * VIEW_ORDERS; i++) {
        uint32_t k = add_index(pl, INDEX_TASKS, "task",
                               p->theme->strings.texts[STRING_TASKS]);
        pl->indexes[k].state = (enum plan_task_state)(i / VIEW_ORDERS);
        pl->indexes[k].order = (enum plan_task_order)(i % VIEW_ORDERS);
    }
    planner_task_views(pl, first, p->entity_row);
    for (unsigned i = 0; i < VIEW_STATES * VIEW_ORDERS; i++)
        n += pl->indexes[first + i].nrows;
    p->tasks = n > 0 ? first : PLAN_NONE;
    if (n == 0)
        p->nindexes = first;
}

static void find_event_rows(struct planner *pl) {
    struct plan *p = pl->plan;
    uint32_t *row_of = arena_array(pl->arena, uint32_t, p->entities->nevents);
    const uint32_t lists[] = {p->meetings, p->transcripts};

    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        for (uint32_t k = 0;
             lists[i] != PLAN_NONE && k < pl->indexes[lists[i]].nrows; k++)
            row_of[pl->indexes[lists[i]].rows[k]] = k;
    p->event_row = row_of;
}

static struct str url_of(const struct planner *pl,
                         const struct plan_index *index) {
    switch (index->sort) {
    case INDEX_ENTITIES:
        return pl->plan->entities->kinds[index->entity_kind].url;
    case INDEX_MEETINGS:
        return STR("meetings");
    case INDEX_TRANSCRIPTS:
        return STR("transcripts");
    case INDEX_DECISIONS:
        return STR("decisions");
    case INDEX_TASKS:
        break;
    }
    return STR("tasks");
}

/* Claims its address, and shares it with the folder that is called so. */
static struct str claim(struct planner *pl, uint32_t i) {
    struct plan_index *index = &pl->indexes[i];
    struct str url = url_of(pl, index);
    bool collided;

    buf_reset(&pl->text);
    buf_add_str(&pl->text, url_component(pl->arena, url, url));
    buf_add_ch(&pl->text, '/');
    url = arena_str(pl->arena, buf_str(&pl->text));
    share_folder(pl, i, url);
    find_others(pl, index);
    return owned_claim_name(&pl->owned, url, STR("index"), STR(".html"),
                            index->kind, &collided);
}

/* The address of a view of the tasks but the first, which is at `index.html`. */
static struct str claim_view(struct planner *pl, struct str first,
                             const struct plan_index *index) {
    static const char *const names[VIEW_STATES][VIEW_ORDERS] = {
        {"", "~due"}, {"~proposed", "~proposed-due"}, {"~done", "~done-due"}};
    struct str path;

    buf_reset(&pl->text);
    buf_add_str(&pl->text, planner_base(first));
    buf_add_str(&pl->text, str_from(names[index->state][index->order]));
    buf_add_lit(&pl->text, ".html");
    path = arena_str(pl->arena, buf_str(&pl->text));
    owned_claim(&pl->owned, path);
    return path;
}

/* What is ours alone goes before kinds, which may be called anything. */
static void claim_all(struct planner *pl, struct str *paths) {
    const struct plan *p = pl->plan;

    for (uint32_t i = p->entities->nkinds; i < p->nindexes; i++)
        paths[i] = pl->indexes[i].sort == INDEX_TASKS && i > p->tasks
                       ? claim_view(pl, paths[p->tasks], &pl->indexes[i])
                       : claim(pl, i);
    for (uint32_t i = 0; i < p->entities->nkinds; i++)
        paths[i] = claim(pl, i);
}

static void add_pages(struct planner *pl, uint32_t i, struct str path) {
    struct plan_index *index = &pl->indexes[i];
    struct page page = {.kind = index->sort == INDEX_TASKS ? PAGE_TASKS
                                                           : PAGE_INDEX,
                        .number = 1,
                        .note = PLAN_NONE,
                        .of = i,
                        .path = path,
                        .href = planner_href(pl, path)};
    struct str base = planner_base(path);

    if (index->folder != PLAN_NONE) {
        pl->folders[index->folder].page = (uint32_t)pl->pages.len;
        page.note = pl->folders[index->folder].note;
    }
    index->npages = planner_count(index->nrows, index->per_page);
    index->page = planner_page(pl, page);
    planner_note_page(pl, page.note, index->page);
    page.part = PAGE_FURTHER;
    page.note = PLAN_NONE;
    planner_series(pl, page, base, str_find(base, '~') == STR_NONE ? "~" : "-",
                   2, index->npages);
}

void planner_indexes(struct planner *pl) {
    struct plan *p = pl->plan;
    struct str *paths;

    p->meetings = p->transcripts = p->decisions = p->tasks = PLAN_NONE;
    if (p->entities == NULL)
        return;
    p->indexes = pl->indexes =
        arena_array(pl->arena, struct plan_index,
                    p->entities->nkinds + 3 + VIEW_STATES * VIEW_ORDERS);
    add_kinds(pl);
    p->entity_row = invert(pl, p->entities->len);
    p->meetings = add_other(pl, INDEX_MEETINGS, "meeting", STRING_MEETINGS);
    p->transcripts =
        add_other(pl, INDEX_TRANSCRIPTS, "transcript", STRING_TRANSCRIPTS);
    p->decisions = add_other(pl, INDEX_DECISIONS, "decision", STRING_DECISIONS);
    add_tasks(pl);
    find_event_rows(pl);
    paths = arena_array(&pl->scratch, struct str, p->nindexes);
    claim_all(pl, paths);
    for (uint32_t i = 0; i < p->nindexes; i++)
        add_pages(pl, i, paths[i]);
}

const struct plan_index *plan_index_of(const struct plan *p, struct str kind) {
    for (uint32_t i = 0; i < p->nindexes; i++)
        if (str_eq(p->indexes[i].kind, kind))
            return &p->indexes[i];
    return NULL;
}
