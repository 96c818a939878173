#include "query/tasks/query.h"

#include <math.h>

#include "base/merge_sort.h"
#include "base/unicode.h"
#include "base/utf16.h"

/* What two tasks are compared by: the number, then the text's bytes. */
struct key {
    double number;
    struct str text;
    const struct script_value *value; /* SORT_FUNCTION */
};

struct sorting {
    struct tasks_query *q;
    const struct sorter **sorters;
    size_t nsorters;
    const struct key *keys; /* by task, then by sorter */
    bool failed;
};

/* The plugin's own, behind those of the query. */
static const struct sorter defaults[] = {
    {.key = SORT_STATUS_TYPE}, {.key = SORT_URGENCY}, {.key = SORT_DUE},
    {.key = SORT_PRIORITY},    {.key = SORT_PATH},
};

/* --- the cleaned description, §8 --- */

/* What stands between `open` and the next `close` becomes the front. */
static bool unwrap(struct buf *text, const char *open, const char *close,
                   bool after_bar) {
    struct str s = buf_str(text), inside;
    struct buf out = {0};
    size_t n = strlen(open), end;

    if (!str_starts(s, str_from(open)))
        return false;
    end = str_find_str(s, str_from(close), n);
    if (end == STR_NONE || end == n)
        return false;
    inside = str_slice(s, n, end);
    if (after_bar && str_find(inside, '|') != STR_NONE)
        inside = str_after(inside, '|');
    buf_add_str(&out, inside);
    buf_add_str(&out, str_skip(s, end + strlen(close)));
    buf_release(text);
    *text = out;
    return true;
}

static struct str cleaned(struct tasks_query *q, const struct task *t) {
    static const char *const marks[] = {"**", "*", "==", "__", "_"};
    struct buf text = {0};
    struct str kept;

    buf_add_str(&text, task_description(q->scratch, q->tasks, t));
    if (!unwrap(&text, "[[", "]]", true))
        (void)unwrap(&text, "[", "]", false);
    for (size_t i = 0; i < ARRAY_LEN(marks); i++)
        (void)unwrap(&text, marks[i], marks[i], false);
    kept = arena_str(q->scratch, buf_str(&text));
    buf_release(&text);
    return kept;
}

/* --- random --- */

#define STIR 387420489u /* 9 to the power of 9 */

static double random_key(struct tasks_query *q, const struct task *t) {
    struct buf text = {0};
    struct utf16 units;
    uint32_t h = 9;

    civil_add_date(&text, civil_from_days(q->tasks->today));
    buf_add_ch(&text, ' ');
    buf_add_str(&text, t->description);
    units = utf16_from_str(q->scratch, buf_str(&text));
    for (size_t i = 0; i < units.len; i++)
        h = (h ^ units.p[i]) * STIR;
    buf_release(&text);
    return (double)(int32_t)(h ^ h >> 9);
}

/* --- keys --- */

static double day_key(task_day d) {
    if (d == TASK_DAY_NONE)
        return INFINITY;
    return d == TASK_DAY_INVALID ? -INFINITY : d;
}

/* IN_PROGRESS first. */
static double type_key(enum status_type type) {
    static const int order[STATUS_TYPES] = {
        [STATUS_IN_PROGRESS] = 1, [STATUS_TODO] = 2,      [STATUS_ON_HOLD] = 3,
        [STATUS_DONE] = 4,        [STATUS_CANCELLED] = 5, [STATUS_NON_TASK] = 6,
        [STATUS_EMPTY] = 7,
    };

    return order[type];
}

static struct key text_key(struct tasks_query *q, struct str text) {
    return (struct key){
        .text = collator_key(shared_collator(q->shared), q->scratch, text)};
}

static struct key number_key(double n) {
    return (struct key){.number = n};
}

/* Tasks that have too few of them stand behind, and those without last. */
static struct key tag_key(struct tasks_query *q, const struct task *t,
                          uint32_t instance) {
    if (t->ntags < instance)
        return number_key(t->ntags > 0 ? 1 : 2);
    return text_key(q, t->tags[instance - 1]);
}

static struct key key_of(struct tasks_query *q, const struct sorter *s,
                         const struct task *t) {
    switch (s->key) {
    case SORT_STATUS_NAME:
        return text_key(q, t->status->name);
    case SORT_STATUS_TYPE:
        return number_key(type_key(t->status->type));
    case SORT_STATUS:
        return number_key(t->is_done);
    case SORT_RECURRING:
        return number_key(t->recurrence.len == 0);
    case SORT_PRIORITY:
        return number_key(t->priority);
    case SORT_HAPPENS:
        return number_key(day_key(task_happens(t)));
    case SORT_CANCELLED:
        return number_key(day_key(t->dates[TASK_DATE_CANCELLED]));
    case SORT_CREATED:
        return number_key(day_key(t->dates[TASK_DATE_CREATED]));
    case SORT_START:
        return number_key(day_key(t->dates[TASK_DATE_START]));
    case SORT_SCHEDULED:
        return number_key(day_key(t->dates[TASK_DATE_SCHEDULED]));
    case SORT_DUE:
        return number_key(day_key(t->dates[TASK_DATE_DUE]));
    case SORT_DONE:
        return number_key(day_key(t->dates[TASK_DATE_DONE]));
    case SORT_PATH:
        return number_key(t->file); /* compared by its path */
    case SORT_DESCRIPTION:
        return text_key(q, cleaned(q, t));
    case SORT_TAG:
        return tag_key(q, t, s->instance);
    case SORT_HEADING:
        return text_key(q, task_heading(q->tasks, t));
    case SORT_FILENAME:
        return text_key(q, str_basename(task_path(q->tasks, t)));
    case SORT_URGENCY:
        return number_key(-t->urgency);
    case SORT_ID:
        return text_key(q, t->id);
    case SORT_RANDOM:
        return number_key(random_key(q, t));
    case SORT_FUNCTION: /* for all tasks at once: add_values */
    case SORT_KEYS:
        break;
    }
    return number_key(0);
}

/* --- comparing --- */

/* §10: the exception, with the instruction. */
static void fail(struct sorting *c, const struct sorter *s, struct str why) {
    struct buf text = {0};

    c->failed = true;
    buf_printf(&text,
               "Error: Search failed.\nThe error message was:\n    "
               "\"%.*s: while evaluating instruction '%.*s'\"",
               STR_ARG(why), STR_ARG(s->at->text));
    query_fail(c->q, NULL, query_keep(c->q, &text));
    c->q->error.at_run = true;
    c->q->error.instruction = arena_str(c->q->arena, s->at->joined);
    c->q->error.line = s->at->part == TASKS_BLOCK ? s->at->line : 0;
}

static int value_order(struct sorting *c, const struct sorter *s,
                       const struct script_value *a,
                       const struct script_value *b) {
    const struct script_value *both[] = {a, b};
    bool differ = false;
    int order;

    for (size_t i = 0; i < ARRAY_LEN(both); i++) {
        struct str why = script_sort_error(c->q->scratch, both[i]);
        if (why.len > 0) {
            fail(c, s, why);
            return 0;
        }
    }
    order = script_sort_compare(a, b, shared_collator(c->q->shared), &differ);
    if (differ)
        fail(c, s,
             STR("Error: Unable to compare two different sort key types"));
    return order;
}

static int path_order(struct sorting *c, const struct key *a,
                      const struct key *b) {
    return shared_path_order(c->q->shared, (uint32_t)a->number,
                             (uint32_t)b->number);
}

static int order(void *context, const void *a, const void *b) {
    struct sorting *c = context;
    uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;

    for (size_t i = 0; i < c->nsorters && !c->failed; i++) {
        const struct sorter *s = c->sorters[i];
        const struct key *x = &c->keys[first * c->nsorters + i],
                         *y = &c->keys[second * c->nsorters + i];
        int o = s->key == SORT_FUNCTION ? value_order(c, s, x->value, y->value)
                : s->key == SORT_PATH   ? path_order(c, x, y)
                : x->number < y->number ? -1
                : x->number > y->number ? 1
                                        : str_cmp(x->text, y->text);
        if (o != 0)
            return s->reverse ? -o : o;
    }
    return 0;
}

static void add_values(struct tasks_query *q, const struct sorter *s,
                       const uint32_t *tasks, uint32_t n, struct key *keys,
                       size_t step) {
    struct script_value *values =
        arena_array(q->scratch, struct script_value, n);

    script_call(q->search, s->function, tasks, n, values);
    for (uint32_t i = 0; i < n; i++)
        keys[i * step].value = &values[i];
}

static void add_keys(struct sorting *c, const uint32_t *tasks, uint32_t n) {
    struct key *keys =
        arena_array(c->q->scratch, struct key, (size_t)n * c->nsorters);

    c->keys = keys;
    for (size_t k = 0; k < c->nsorters; k++) {
        const struct sorter *s = c->sorters[k];
        if (s->key == SORT_FUNCTION) {
            add_values(c->q, s, tasks, n, keys + k, c->nsorters);
            continue;
        }
        for (uint32_t i = 0; i < n; i++)
            keys[i * c->nsorters + k] =
                key_of(c->q, s, &c->q->tasks->items[tasks[i]]);
    }
}

bool query_sort(struct tasks_query *q, uint32_t *tasks, uint32_t n) {
    struct sorting c = {.q = q};
    const struct sorter **sorters;
    uint32_t *places, *room;
    size_t k = 0;

    if (q->tasks->settings->ignore_sort || n < 2)
        return true;
    for (const struct sorter *s = q->sorters; s != NULL; s = s->next)
        k++;
    sorters =
        arena_array(q->scratch, const struct sorter *, k + ARRAY_LEN(defaults));
    for (const struct sorter *s = q->sorters; s != NULL; s = s->next)
        sorters[c.nsorters++] = s;
    for (size_t i = 0; i < ARRAY_LEN(defaults); i++)
        sorters[c.nsorters++] = &defaults[i];
    c.sorters = sorters;
    add_keys(&c, tasks, n);
    places = arena_array(q->scratch, uint32_t, n);
    room = arena_array(q->scratch, uint32_t, n);
    for (uint32_t i = 0; i < n; i++)
        places[i] = i;
    merge_sort(places, n, sizeof *places, room, order, &c);
    for (uint32_t i = 0; i < n; i++)
        room[i] = tasks[places[i]];
    memcpy(tasks, room, n * sizeof *tasks);
    return !c.failed;
}
