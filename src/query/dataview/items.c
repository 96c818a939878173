#include "query/dataview/store.h"
#include "value/read.h"

/* List items and tasks: spec/dataview.md §5. */

const struct str list_item_dates[5] = {
    STR_INIT("created"), STR_INIT("due"),       STR_INIT("completion"),
    STR_INIT("start"),   STR_INIT("scheduled"),
};

/* Which own fields give such a date: the first that is there. */
static const struct str date_names[5][4] = {
    {STR_INIT("created"), STR_INIT("ctime"), STR_INIT("cday"), {NULL, 0}},
    {STR_INIT("due"), STR_INIT("duetime"), STR_INIT("dueday"), {NULL, 0}},
    {STR_INIT("completed"), STR_INIT("completion"), STR_INIT("comptime"),
     STR_INIT("compday")},
    {STR_INIT("start"), {NULL, 0}, {NULL, 0}, {NULL, 0}},
    {STR_INIT("scheduled"), {NULL, 0}, {NULL, 0}, {NULL, 0}},
};

/* --- own fields --- */

static void find_fields(struct fields *found, struct str text, bool is_task) {
    struct field whole;

    fields_find(found, text, true);
    if (found->list.len == 0 && !is_task && field_of_line(text, &whole))
        vec_push(&found->list, whole);
}

/* Which date `name` gives, and in which rank; false: none. */
static bool is_date_name(struct str name, size_t *date, size_t *rank) {
    for (size_t d = 0; d < ARRAY_LEN(date_names); d++)
        for (size_t k = 0; k < 4 && date_names[d][k].len > 0; k++)
            if (str_eq(date_names[d][k], name)) {
                *date = d;
                *rank = k;
                return true;
            }
    return false;
}

static void set_dates(struct item_fields *made, const struct gather *g) {
    size_t best[ARRAY_LEN(date_names)] = {0}, date, rank;

    for (size_t i = 0; i < g->list.len; i++) {
        const struct gathered *of = &g->list.items[i];
        if (!is_date_name(of->name, &date, &rank) ||
            (made->dates[date] != NULL && best[date] < rank))
            continue;
        made->dates[date] = of->first.value;
        best[date] = rank;
    }
}

bool item_is_known(const struct note *n, uint32_t i) {
    return n->items[i].symbol.len > 0 && !note_item_is_overtaken(n, i);
}

void item_gather(struct page *p, struct stripe *s, const struct item *of,
                 struct gather *g) {
    struct str text = field_item_text(of->source);

    if (!of->has_fields)
        return;
    find_fields(&s->found, field_join_lines(&s->arena, text), of->is_task);
    for (size_t k = 0; k < s->found.list.len; k++)
        gather_add(g, s->found.list.items[k].key,
                   store_inline(p, s, s->found.list.items[k].value));
}

static const struct item_fields no_fields;

static const struct item_fields *fields_of(struct list_item *i,
                                           struct stripe *s) {
    struct item_fields *made;
    struct gather *g = &s->gather;

    gather_reset(g);
    item_gather(i->page, s, i->of, g);
    if (g->list.len == 0)
        return &no_fields;
    made = arena_new(&s->arena, struct item_fields);
    made->all = gather_finish(g);
    if (i->of->is_task)
        set_dates(made, g);
    return made;
}

const struct item_fields *item_fields(struct list_item *i) {
    const struct item_fields *made =
        atomic_load_explicit(&i->fields, memory_order_acquire);
    struct stripe *s = page_stripe(i->page);

    if (made != NULL)
        return made;
    pthread_mutex_lock(&s->lock);
    made = atomic_load_explicit(&i->fields, memory_order_relaxed);
    if (made == NULL) {
        made = fields_of(i, s);
        atomic_store_explicit(&i->fields, made, memory_order_release);
        arena_reset(&s->scratch);
    }
    pthread_mutex_unlock(&s->lock);
    return made;
}

/* --- the tree of items --- */

struct making {
    struct page *page;
    struct stripe *stripe;
    struct list_item *items;
    size_t len;
    size_t *at; /* by index in the note's items: place + 1; 0: left out */
    uint32_t *nchildren; /* by place */
};

/* The nearest item around it that queries know; none for one that begins on the
 * line of another, which the plugin takes for itself. */
static struct list_item *parent_of(struct making *m, const struct item *item) {
    const struct note *n = m->page->note;
    uint32_t parent = item->shares_line ? NOTE_NONE : item->parent;

    while (parent != NOTE_NONE && m->at[parent] == 0)
        parent = n->items[parent].parent;
    return parent != NOTE_NONE ? &m->items[m->at[parent] - 1] : NULL;
}

static void add_item(struct making *m, uint32_t index) {
    const struct item *of = &m->page->note->items[index];
    struct list_item *i = &m->items[m->len];

    i->page = m->page;
    i->of = of;
    i->index = index;
    i->text = field_item_text(of->source);
    i->parent = parent_of(m, of);
    i->completed = of->is_task && (str_eq(of->status, STR("x")) ||
                                   str_eq(of->status, STR("X")));
    i->record = (struct value_record){
        .class = &item_class,
        .of = i,
        .order = ((uint64_t)m->page->file << 32) + of->line,
        .text = i->text,
    };
    i->value =
        (struct value){.kind = VALUE_RECORD, .as = {.record = &i->record}};
    m->at[index] = ++m->len;
}

/* Also what lies below is completed; what comes later lies deeper. */
static void complete(struct making *m) {
    bool *all = arena_array(&m->stripe->scratch, bool, m->len); /* not */

    for (size_t k = m->len; k-- > 0;) {
        struct list_item *i = &m->items[k];

        i->fully_completed = i->completed && !all[k];
        if (i->parent != NULL && (all[k] || (i->of->is_task && !i->completed)))
            all[i->parent - m->items] = true;
    }
}

static void add_children(struct making *m) {
    struct arena *a = &m->stripe->arena;
    const struct value ***lists =
        arena_array(&m->stripe->scratch, const struct value **, m->len);
    uint32_t *n = arena_array(&m->stripe->scratch, uint32_t, m->len);

    for (size_t k = 0; k < m->len; k++)
        if (m->items[k].parent != NULL)
            m->nchildren[m->items[k].parent - m->items]++;
    for (size_t k = 0; k < m->len; k++) {
        if (m->nchildren[k] > 0)
            lists[k] = arena_array(a, const struct value *, m->nchildren[k]);
        m->items[k].children = value_of_list(a, lists[k], m->nchildren[k]);
    }
    for (size_t k = 0; k < m->len; k++)
        if (m->items[k].parent != NULL) {
            size_t parent = (size_t)(m->items[k].parent - m->items);
            lists[parent][n[parent]++] = &m->items[k].value;
        }
}

static struct page_items *lists(struct making *m) {
    struct arena *a = &m->stripe->arena;
    struct page_items *made = arena_new(a, struct page_items);
    const struct value **all = arena_array(a, const struct value *, m->len);
    const struct value **tasks = arena_array(a, const struct value *, m->len);
    size_t ntasks = 0;

    for (size_t k = 0; k < m->len; k++) {
        all[k] = &m->items[k].value;
        if (m->items[k].of->is_task)
            tasks[ntasks++] = all[k];
    }
    made->items = m->items;
    made->len = m->len;
    made->lists = value_of_list(a, all, m->len);
    made->tasks = value_of_list(a, tasks, ntasks);
    return made;
}

const void *items_make(struct page *p, struct stripe *s) {
    const struct note *n = p->note;
    struct making m = {.page = p, .stripe = s};
    struct page_items *made;

    m.items = arena_array(&s->arena, struct list_item, n->nitems);
    m.at = arena_array(&s->scratch, size_t, n->nitems);
    m.nchildren = arena_array(&s->scratch, uint32_t, n->nitems);
    for (uint32_t i = 0; i < n->nitems; i++)
        if (item_is_known(n, i))
            add_item(&m, i);
    complete(&m);
    add_children(&m);
    made = lists(&m);
    return made;
}
