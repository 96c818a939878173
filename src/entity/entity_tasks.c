#include "entity/entity_tasks.h"

#include "base/number_sort.h"
#include "base/unicode.h"
#include "base/utf16.h"
#include "base/vec.h"
#include "base/wide.h"
#include "entity/assignees.h"
#include "note/compile.h"
#include "note/hidden.h"
#include "query/tasks/task_tags.h"

struct entity_tasks {
    struct entity_work *work;
    struct arena scratch; /* of one task */
    struct entity_task *items;
    uint32_t len;
    struct assignees found; /* of the task being read */
    struct buf plain;
    /* For texts that hold markup; made for the first of them. */
    struct compiler *compiler;
    struct settings *settings;
    struct diags quiet;
};

/* --- text --- */

static struct compiler *compiler_of(struct entity_tasks *t) {
    if (t->compiler == NULL) {
        t->settings = arena_new(t->work->arena, struct settings);
        *t->settings = *t->work->linked->vault->settings;
        /* Fields in brackets stay as they are written. */
        t->settings->dataview_values.pretty_fields = false;
        diags_init(&t->quiet);
        t->quiet.muted = true;
        t->compiler = compiler_new(t->work->arena, t->settings, &t->quiet);
        compiler_into(t->compiler, &t->scratch);
    }
    return t->compiler;
}

#ifdef __SSE2__
/* Bytes that are no marks: letters, digits, blanks, commas and full stops. */
static __m128i ordinary(__m128i v) {
    __m128i signs = _mm_or_si128(wide_among(v, ',', 3), /* , - . */
                                 _mm_cmpeq_epi8(v, _mm_set1_epi8(' ')));

    return _mm_or_si128(wide_alnum(v), signs);
}
#endif

/* The first byte at or after `at` that Markdown or Obsidian may give a meaning, or the
 * end. */
static size_t next_mark(struct str text, size_t at) {
    static const char marks[256] = {
        ['\\'] = 1, ['`'] = 1, ['*'] = 1, ['_'] = 1, ['['] = 1, ['<'] = 1,
        ['&'] = 1,  ['='] = 1, ['~'] = 1, ['%'] = 1, ['$'] = 1, ['^'] = 1,
    };

#ifdef __SSE2__
    for (; text.len - at >= 16; at += 16) {
        unsigned others = ~wide_bits(ordinary(wide_load(text.p + at))) & 0xFFFF;

        for (; others != 0; others &= others - 1) {
            size_t i = at + (size_t)__builtin_ctz(others);

            if (marks[(unsigned char)text.p[i]])
                return i;
        }
    }
#endif
    while (at < text.len && !marks[(unsigned char)text.p[at]])
        at++;
    return at;
}

/* The letters and digits of ASCII at `at`, with single blanks between them; "" where
 * none stand there, or a blank follows them. */
static struct str mere_words(struct str text, size_t at) {
    size_t i = at;

    while (i < text.len &&
           (ascii_alnum((unsigned char)text.p[i]) ||
            (i > at && text.p[i] == ' ' && text.p[i - 1] != ' ')))
        i++;
    return i > at && text.p[i - 1] == ' ' ? STR("") : str_slice(text, at, i);
}

/* Where a link by mere words, `[[Some Name]]` or `[[Some Name|some label]]`, that begins
 * at `at` ends; *reads is what it reads as. 0: there is another. */
static size_t named_link_end(struct str text, size_t at, struct str *reads) {
    struct str rest;

    if (!str_starts(str_skip(text, at), STR("[[")) ||
        (at > 0 && text.p[at - 1] == '!'))
        return 0;
    *reads = mere_words(text, at + 2);
    at += 2 + reads->len;
    if (reads->len > 0 && at < text.len && text.p[at] == '|') {
        *reads = mere_words(text, at + 1);
        at += 1 + reads->len;
    }
    rest = str_skip(text, at);
    if (reads->len == 0 || !str_starts(rest, STR("]]")) ||
        str_starts(rest, STR("]](")))
        return 0;
    return at + 2;
}

/* The text where it has no marks but those of links by mere words; false otherwise. */
static bool read_plain(struct str text, struct buf *out) {
    size_t kept = 0, mark;

    while ((mark = next_mark(text, kept)) < text.len) {
        struct str reads;
        size_t end = named_link_end(text, mark, &reads);

        if (end == 0)
            return false;
        buf_add_str(out, str_slice(text, kept, mark));
        buf_add_str(out, reads);
        kept = end;
    }
    buf_add_str(out, str_skip(text, kept));
    return true;
}

static struct str plain_text(struct entity_tasks *t, const struct note *n,
                             struct str text) {
    if (next_mark(text, 0) == text.len) /* most */
        return text;
    buf_reset(&t->plain);
    if (read_plain(text, &t->plain))
        return arena_str(t->work->arena, buf_str(&t->plain));
    return arena_str(t->work->arena,
                     str_trim(text_compile(compiler_of(t), n, text)->text));
}

/* --- one task --- */

static enum entity_task_state state_of(const struct item *item) {
    if (str_eq(item->status, STR("?")))
        return STATE_PROPOSED;
    if (str_eq_nocase(item->status, STR("x")))
        return STATE_DONE;
    return str_eq(item->status, STR("-")) ? STATE_CANCELLED : STATE_OPEN;
}

/* Fields are gone already. */
static struct str without_tags(struct str description) {
    size_t tag;

    while ((tag = task_tag_at_end(description)) != STR_NONE)
        description = utf16_trim_end(str_slice(description, 0, tag));
    return description;
}

/* Column of the `@` in the file; 1 where repairs moved it. */
static uint32_t column_of(const struct note *n, const struct task *task,
                          struct str text, size_t at) {
    size_t begin = str_find_str(task->original, text, 0);

    if (begin == STR_NONE || n->nrepaired > 0)
        return 1;
    return (uint32_t)utf8_count(str_slice(task->original, 0, begin + at)) + 1;
}

static void keep_assignees(struct entity_tasks *t, struct entity_task *e) {
    const struct assignees *found = &t->found;
    uint32_t *who;
    struct str *written;

    if (found->len == 0)
        return;
    who = arena_room(t->work->arena, uint32_t, found->len);
    written = arena_room(t->work->arena, struct str, found->len);
    for (uint32_t i = 0; i < found->len; i++) {
        uint32_t entity = found->items[i].entity, k = 0;

        e->by = ASSIGNED_MENTION;
        e->by_owner |= entity == ROSTER_OWNER;
        while (k < e->nassignees && who[k] != entity)
            k++;
        if (k < e->nassignees || entity == ROSTER_OWNER)
            continue;
        who[e->nassignees] = entity;
        written[e->nassignees++] = found->items[i].written;
    }
    e->assignees = who;
    e->written = written;
}

/* Whose note it stands in, if it is a person's. */
static void assign_page(struct entity_tasks *t, const struct note *n,
                        struct entity_task *e) {
    uint32_t entity = roster_of_note(t->work->roster, n->index), *who;

    if (!ROSTER_IS_ENTITY(entity) || !str_eq(n->role.kind, STR("person")))
        return;
    who = arena_new(t->work->arena, uint32_t);
    *who = entity;
    e->by = ASSIGNED_PAGE;
    e->assignees = who;
    e->written = arena_new(t->work->arena, struct str);
    e->nassignees = 1;
}

static void read_task(struct entity_tasks *t, const struct note *n,
                      uint32_t index, struct entity_task *e) {
    const struct task *task = &t->work->all->tasks_read->items[index];
    struct str shown = note_line_shown(n, task->item, task->description),
               text = without_tags(shown),
               seen = hidden_blanked(t->work->arena, text), cut;

    *e = (struct entity_task){.task = index,
                              .state = state_of(&n->items[task->item])};
    assignees_read(&t->found, t->work->roster, t->work->linked, n->index, seen,
                   &t->scratch);
    keep_assignees(t, e);
    if (e->by == ASSIGNED_NONE)
        assign_page(t, n, e);
    if (t->found.unknown.len > 0)
        diag_add(t->work->diags, DIAG_ASSIGNEE_UNKNOWN, n->file->path,
                 task->line, column_of(n, task, text, t->found.unknown_at),
                 "nobody called \"%.*s\"", STR_ARG(t->found.unknown));
    cut = assignees_cut(&t->found, seen);
    if (cut.len > 0)
        cut = str_slice(text, (size_t)(cut.p - seen.p),
                        (size_t)(cut.p - seen.p) + cut.len);
    e->marked = e->by != ASSIGNED_NONE ? cut : str_trim(shown);
    e->text = plain_text(t, n, cut);
    arena_reset(&t->scratch);
}

struct entity_tasks *entity_tasks_read(struct entity_work *w) {
    const struct tasks *all = w->all->tasks_read;
    struct entity_tasks *t = arena_new(w->arena, struct entity_tasks);

    t->work = w;
    arena_init(&t->scratch);
    t->items = arena_room(w->arena, struct entity_task, all->len);
    for (uint32_t i = 0; i < w->linked->vault->nfiles; i++) {
        const struct note *n = work_note(w->linked, i);

        for (uint32_t k = all->files[i].begin;
             n != NULL && k < all->files[i].end; k++)
            read_task(t, n, k, &t->items[t->len++]);
    }
    if (t->compiler != NULL) {
        compiler_free(t->compiler);
        diags_release(&t->quiet);
    }
    buf_release(&t->plain);
    arena_release(&t->scratch);
    return t;
}

/* --- whose --- */

static void count(struct entity *e, enum entity_task_state state) {
    uint32_t *counts[] = {
        [STATE_OPEN] = &e->nopen,
        [STATE_PROPOSED] = &e->nproposed,
        [STATE_DONE] = &e->ndone,
        [STATE_CANCELLED] = &e->ncancelled,
    };

    ++*counts[state];
    e->ntasks++;
}

static void count_all(struct entity_work *w, struct entity_tasks *t) {
    for (uint32_t i = 0; i < t->len; i++) {
        struct entity_task *e = &t->items[i];
        uint32_t *who = (uint32_t *)e->assignees;

        for (uint32_t k = 0; k < e->nassignees; k++) {
            who[k] = roster_final(w->roster, who[k]);
            count(&w->items[who[k]], e->state);
        }
    }
}

/* Whether it is not overdue. */
static bool is_later(const struct entity_work *w, const struct entity_task *e,
                     task_day due) {
    bool waits = e->state == STATE_OPEN || e->state == STATE_PROPOSED;

    return !waits || !task_day_valid(due) || due >= w->all->today;
}

/* All tasks as pages sort them: what is overdue first, then by day, those without one
 * last, then by priority; else by path and line. All of it is one number: days of the
 * calendar, whose years have four digits, leave it that room. */
static const uint32_t *order_tasks(const struct entity_work *w, struct arena *a,
                                   const struct entity_tasks *t) {
    const struct task *tasks = w->all->tasks_read->items;
    uint32_t *order = arena_room(a, uint32_t, t->len),
             *room = arena_room(a, uint32_t, t->len),
             *keys = arena_room(a, uint32_t, t->len), ndays;

    for (uint32_t i = 0; i < t->len; i++) {
        task_day due = tasks[t->items[i].task].dates[TASK_DATE_DUE];

        order[i] = i;
        keys[i] = task_day_valid(due) ? (uint32_t)due - (uint32_t)INT32_MIN
                                      : UINT32_MAX;
    }
    ndays = number_sort_close_up(keys, t->len) + 1;
    for (uint32_t i = 0; i < t->len; i++) {
        const struct task *task = &tasks[t->items[i].task];
        bool later = is_later(w, &t->items[i], task->dates[TASK_DATE_DUE]);

        keys[i] += later ? ndays : 0;
        keys[i] = keys[i] * TASK_PRIORITIES + task->priority;
    }
    number_sort_by(keys, order, t->len, room);
    return order;
}

/* Each entity's list is filled from one list in order, so it is in order too. */
static void hand_out(struct entity_work *w, const struct entity_tasks *t) {
    struct arena own;
    const uint32_t *order;
    uint32_t **next;

    arena_init(&own);
    order = order_tasks(w, &own, t);
    next = arena_array(&own, uint32_t *, w->all->len);
    for (uint32_t i = 0; i < w->all->len; i++)
        w->items[i].tasks = next[i] =
            arena_array(w->arena, uint32_t, w->items[i].ntasks);
    for (uint32_t i = 0; i < t->len; i++) {
        const struct entity_task *e = &t->items[order[i]];
        for (uint32_t k = 0; k < e->nassignees; k++)
            *next[e->assignees[k]]++ = order[i];
    }
    arena_release(&own);
}

void entity_tasks_finish(struct entity_work *w, struct entity_tasks *t) {
    count_all(w, t);
    hand_out(w, t);
    w->all->tasks = t->items;
    w->all->ntasks = t->len;
}
