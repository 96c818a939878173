#include "base/merge_sort.h"
#include "base/utf16.h"
#include "query/tasks/name_date.h"
#include "query/tasks/task.h"

/* From the list items of all notes to tasks: spec/tasks.md §1, §2.4, §3, §4. */

struct making {
    struct arena *arena;
    struct arena scratch; /* of one note */
    struct tasks *tasks;
    struct civil_date today;
    struct task *items;
    uint32_t len;
    struct task_file *files;
};

/* --- which items are tasks --- */

/* Splits an item's line at its box, as the plugin does: false where something but
 * blanks stands between marker and box, another marker for one. *body is what
 * follows the box, trimmed. */
static bool split_line(const struct item *item, struct str *body) {
    struct str line = item->first_line;
    size_t at = (size_t)(item->symbol.p - line.p) + item->symbol.len, box;

    while (at < line.len && line.p[at] == ' ')
        at++;
    box = at + 1 + item->status.len;
    if (box >= line.len || line.p[at] != '[' ||
        !str_eq(str_slice(line, at + 1, box), item->status) ||
        line.p[box] != ']')
        return false;
    *body = utf16_trim(str_skip(line, box + 1));
    return true;
}

static bool has_filter(const struct task *t, struct str body,
                       struct str filter) {
    body.len -= t->block_link.len;
    return filter.len == 0 || str_find_str(body, filter, 0) != STR_NONE;
}

static double urgency(const struct task *t, task_day today) {
    task_day due = t->dates[TASK_DATE_DUE];
    task_day scheduled = t->dates[TASK_DATE_SCHEDULED];
    task_day start = t->dates[TASK_DATE_START];
    double sum = 0;

    if (task_day_valid(due)) {
        double late = (double)today - due, share = 0.2;
        if (late >= 7)
            share = 1;
        else if (late >= -14)
            share = (late + 14) * 0.8 / 21 + 0.2;
        sum += 12 * share;
    }
    if (task_day_valid(scheduled) && scheduled <= today)
        sum += 5;
    if (task_day_valid(start) && start > today)
        sum -= 3;
    return sum + task_priorities[t->priority].urgency;
}

static void infer_scheduled(struct task *t, task_day name_day) {
    if (name_day == TASK_DAY_NONE ||
        task_day_present(t->dates[TASK_DATE_START]) ||
        task_day_present(t->dates[TASK_DATE_SCHEDULED]) ||
        task_day_present(t->dates[TASK_DATE_DUE]))
        return;
    t->dates[TASK_DATE_SCHEDULED] = name_day;
    t->scheduled_inferred = true;
}

/* Reads item `i` as a task; false when it is none. */
static bool read_item(struct making *m, const struct note *n, uint32_t i,
                      task_day name_day, struct task *t) {
    const struct item *item = &n->items[i];
    struct str body;

    if (!item->is_task || item->symbol.len == 0 || !split_line(item, &body))
        return false;
    *t = (struct task){.file = n->index,
                       .item = i,
                       .line = item->line,
                       .section = item->section,
                       .heading = NOTE_NONE,
                       .parent = TASK_NONE,
                       .original = item->first_line,
                       .marker = item->symbol};
    task_read_body(m->arena, body, m->tasks->settings, t);
    if (!has_filter(t, body, m->tasks->settings->global_filter))
        return false;
    t->indentation = str_make(item->first_line.p,
                              (size_t)(item->symbol.p - item->first_line.p));
    t->status = statuses_find(&m->tasks->statuses, item->status);
    t->is_done = status_is_done(t->status);
    infer_scheduled(t, name_day);
    t->urgency = urgency(t, m->tasks->today);
    return true;
}

/* --- one note --- */

static int by_line(void *context, const void *a, const void *b) {
    const struct task *x = a, *y = b;

    (void)context;
    return x->line < y->line ? -1 : x->line > y->line;
}

/* Those of footnotes are compiled last, wherever they stand. */
static void put_in_order(struct making *m, struct task *tasks, uint32_t len) {
    bool sorted = true;

    for (uint32_t i = 1; i < len; i++)
        sorted = sorted && tasks[i - 1].line <= tasks[i].line;
    if (!sorted)
        merge_sort(tasks, len, sizeof *tasks,
                   arena_array(&m->scratch, struct task, len), by_line, NULL);
}

static void add_places(const struct note *n, struct task *tasks, uint32_t len) {
    uint32_t next = 0, heading = NOTE_NONE, section = 0, index = 0;

    for (uint32_t i = 0; i < len; i++) {
        struct task *t = &tasks[i];
        for (; next < n->nheadings && n->headings[next].line <= t->line; next++)
            if (n->headings[next].is_top)
                heading = next;
        t->heading = heading;
        index = i > 0 && t->section == section ? index + 1 : 0;
        section = t->section;
        t->section_index = index;
    }
}

static void add_tree(struct making *m, const struct note *n,
                     struct task_file *f) {
    uint32_t *child = arena_array(m->arena, uint32_t, n->nitems);
    uint32_t *next = arena_array(m->arena, uint32_t, n->nitems);
    uint32_t *task = arena_array(m->arena, uint32_t, n->nitems);
    uint32_t *last = arena_array(&m->scratch, uint32_t, n->nitems);
    uint32_t *nearest = arena_array(&m->scratch, uint32_t, n->nitems);

    for (uint32_t i = 0; i < n->nitems; i++)
        child[i] = next[i] = last[i] = task[i] = nearest[i] = NOTE_NONE;
    for (uint32_t i = f->begin; i < f->end; i++)
        task[m->items[i].item] = i;
    for (uint32_t i = 0; i < n->nitems; i++) {
        uint32_t parent = n->items[i].parent;
        if (parent != NOTE_NONE)
            nearest[i] =
                task[parent] != TASK_NONE ? task[parent] : nearest[parent];
        if (task[i] != TASK_NONE)
            m->items[task[i]].parent = nearest[i];
        if (parent == NOTE_NONE || n->items[i].symbol.len == 0)
            continue;
        *(last[parent] == NOTE_NONE ? &child[parent] : &next[last[parent]]) = i;
        last[parent] = i;
    }
    f->first_child = child;
    f->next = next;
    f->task = task;
}

static void read_note(struct making *m, const struct note *n) {
    struct task_file *f = &m->files[n->index];
    struct task *tasks = m->items + m->len;
    task_day name_day = TASK_DAY_NONE;
    struct civil_date date;
    uint32_t len = 0;

    if (m->tasks->settings->dates_from_names &&
        name_date(m->tasks->settings, n->file->path, m->today, &date))
        name_day = (task_day)civil_days(date);
    for (uint32_t i = 0; i < n->nitems; i++)
        len += read_item(m, n, i, name_day, &tasks[len]);
    if (len == 0)
        return;
    put_in_order(m, tasks, len);
    add_places(n, tasks, len);
    f->begin = m->len;
    f->end = m->len += len;
    add_tree(m, n, f);
    arena_reset(&m->scratch);
}

/* --- what waits for what --- */

static void add_blocks(struct making *m) {
    struct map open, wanted; /* ids of tasks not done; those they depend on */

    map_init(&open, &m->scratch);
    map_init(&wanted, &m->scratch);
    for (uint32_t i = 0; i < m->len; i++) {
        struct task *t = &m->items[i];
        if (t->is_done)
            continue;
        if (t->id.len > 0)
            *map_slot_borrowed(&open, t->id) = t;
        for (uint32_t k = 0; k < t->ndepends_on; k++)
            *map_slot_borrowed(&wanted, t->depends_on[k]) = t;
    }
    for (uint32_t i = 0; i < m->len; i++) {
        struct task *t = &m->items[i];
        if (t->is_done)
            continue;
        t->is_blocking = t->id.len > 0 && map_get(&wanted, t->id) != NULL;
        for (uint32_t k = 0; k < t->ndepends_on && !t->is_blocked; k++)
            t->is_blocked = map_get(&open, t->depends_on[k]) != NULL;
    }
}

static size_t most_tasks(const struct linked *l) {
    size_t n = 0;

    for (size_t f = 0; f < l->vault->nfiles; f++)
        for (uint32_t i = 0; l->notes[f] != NULL && i < l->notes[f]->nitems;
             i++)
            n += l->notes[f]->items[i].is_task;
    return n;
}

const struct tasks *tasks_of_vault(struct arena *a, const struct linked *l,
                                   const struct tasks_settings *settings,
                                   struct civil_date today) {
    struct making m = {.arena = a, .today = today};

    m.tasks = arena_new(a, struct tasks);
    m.tasks->linked = l;
    m.tasks->settings = settings;
    m.tasks->today = (task_day)civil_days(today);
    statuses_init(&m.tasks->statuses, a, settings);
    m.items =
        arena_alloc(a, most_tasks(l) * sizeof *m.items, alignof(struct task));
    m.files = arena_array(a, struct task_file, l->vault->nfiles);
    arena_init(&m.scratch);
    for (size_t f = 0; f < l->vault->nfiles; f++)
        if (l->notes[f] != NULL)
            read_note(&m, l->notes[f]);
    add_blocks(&m);
    arena_release(&m.scratch);
    m.tasks->items = m.items;
    m.tasks->len = m.len;
    m.tasks->files = m.files;
    return m.tasks;
}
