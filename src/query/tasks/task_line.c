#include "base/utf16.h"
#include "base/vec.h"
#include "query/tasks/recurrence.h"
#include "query/tasks/task.h"
#include "query/tasks/task_fields.h"
#include "query/tasks/task_tags.h"

/* A task's line: spec/tasks.md §2. */

const struct task_priority_row task_priorities[TASK_PRIORITIES] = {
#define TASK_PRIORITY(id, symbol, name, word, urgency)                         \
    {STR_INIT(symbol), STR_INIT(name), STR_INIT(word), urgency},
#include "query/tasks/priorities.def"
#undef TASK_PRIORITY
};

const struct task_field_row task_fields[TASK_FIELDS] = {
#define TASK_FIELD(id, symbol, key, component, words)                          \
    {STR_INIT(symbol), STR_INIT(key), STR_INIT(component), STR_INIT(words)},
#include "query/tasks/task_fields.def"
#undef TASK_FIELD
};

#define MAX_ROUNDS 21

struct reading {
    struct arena *arena;
    enum tasks_format format;
    struct task *task;
    struct str rest;       /* what is still to be looked at */
    struct task_cut field; /* that ends it, where has_field */
    bool has_field;
    size_t tag; /* where the tag begins that ends it, or STR_NONE */
    struct str tags[MAX_ROUNDS]; /* cut out, the last of the text first */
    size_t ntags;
    struct str rule, depends; /* read when all are known */
};

static void take_block_link(struct reading *r) {
    struct str s = r->rest;
    size_t i = s.len;

    while (i > 0 &&
           (ascii_alnum((unsigned char)s.p[i - 1]) || s.p[i - 1] == '-'))
        i--;
    if (i == s.len || i < 2 || s.p[i - 1] != '^' || s.p[i - 2] != ' ')
        return;
    r->task->block_link = str_skip(s, i - 2);
    r->rest = str_slice(s, 0, i - 2);
}

static task_day read_day(struct str s) {
    struct civil_date d;

    return civil_parse_date(s, &d) ? (task_day)civil_days(d) : TASK_DAY_INVALID;
}

static uint8_t read_priority(struct str s) {
    for (size_t i = 0; i < TASK_PRIORITIES; i++)
        if (s.len > 0 && (str_eq(s, task_priorities[i].symbol) ||
                          str_eq(s, task_priorities[i].word)))
            return (uint8_t)i;
    return TASK_PRIORITY_NONE;
}

static uint8_t read_completion(struct str s) {
    if (str_eq_nocase(s, STR("delete")))
        return TASK_DELETE;
    return str_eq_nocase(s, STR("keep")) ? TASK_KEEP : TASK_COMPLETION_NONE;
}

static void set_rest(struct reading *r, struct str rest) {
    r->rest = utf16_trim(rest);
    r->has_field = task_field_at_end(r->rest, r->format, &r->field);
    r->tag = task_tag_at_end(r->rest);
}

/* Of a field that stands there twice the first one counts: it is read last. */
static void take(struct reading *r, const struct task_cut *cut) {
    static const enum task_date dates[] = {
        [PART_DONE] = TASK_DATE_DONE,   [PART_CANCELLED] = TASK_DATE_CANCELLED,
        [PART_DUE] = TASK_DATE_DUE,     [PART_SCHEDULED] = TASK_DATE_SCHEDULED,
        [PART_START] = TASK_DATE_START, [PART_CREATED] = TASK_DATE_CREATED,
    };
    struct task *t = r->task;

    switch (cut->part) {
    case PART_PRIORITY:
        t->priority = read_priority(cut->value);
        break;
    case PART_RECURRENCE:
        r->rule = cut->value;
        break;
    case PART_COMPLETION:
        t->on_completion = read_completion(cut->value);
        break;
    case PART_TAG:
        r->tags[r->ntags++] = cut->value;
        break;
    case PART_ID:
        t->id = cut->value;
        break;
    case PART_DEPENDS:
        r->depends = cut->value;
        break;
    default:
        t->dates[dates[cut->part]] = read_day(cut->value);
    }
    set_rest(r, str_slice(r->rest, 0, cut->begin));
}

/* What ends the rest and is tried at or behind `from` in a round; a field and a tag
 * may both (`#tag⏫`): the one that is tried first. */
static bool next_cut(const struct reading *r, unsigned from,
                     struct task_cut *cut) {
    bool found = r->has_field && r->field.part >= from;

    if (r->tag != STR_NONE && PART_TAG >= from &&
        (!found || r->field.part > PART_TAG)) {
        *cut = (struct task_cut){PART_TAG, r->tag, str_skip(r->rest, r->tag)};
        return true;
    }
    *cut = r->field;
    return found;
}

/* Rounds in which each part is tried once, while one finds anything. */
static void take_fields(struct reading *r) {
    unsigned from = 0, rounds = 0;
    bool any = false;

    for (;;) {
        struct task_cut cut;
        if (next_cut(r, from, &cut)) {
            take(r, &cut);
            from = cut.part + 1;
            any = true;
        } else if (!any || ++rounds == MAX_ROUNDS) {
            return;
        } else {
            from = 0;
            any = false;
        }
    }
}

/* The rest with the tags behind it: a piece of the body where they stand there so. */
static struct str description(const struct reading *r) {
    struct buf text = {0};
    struct str all = r->rest;
    bool together = true;

    if (r->ntags == 0)
        return all;
    if (all.len == 0)
        all = str_make(r->tags[r->ntags - 1].p, 0);
    for (size_t i = r->ntags; i-- > 0;) {
        const char *end = all.p + all.len;
        bool first = all.len == 0;
        if (!first && (end + 1 != r->tags[i].p || *end != ' '))
            together = false;
        all.len += r->tags[i].len + !first;
    }
    if (together)
        return all;
    buf_add_str(&text, r->rest);
    for (size_t i = r->ntags; i-- > 0;) {
        if (text.len > 0)
            buf_add_ch(&text, ' ');
        buf_add_str(&text, r->tags[i]);
    }
    all = arena_str(r->arena, buf_str(&text));
    buf_release(&text);
    return all;
}

static void read_depends(struct reading *r) {
    size_t n = 1;
    struct str *ids;

    if (r->depends.len == 0)
        return;
    for (size_t i = 0; i < r->depends.len; i++)
        n += r->depends.p[i] == ',';
    ids = arena_array(r->arena, struct str, n);
    for (size_t i = 0; i < n; i++) {
        ids[i] = str_trim(str_until(r->depends, ','));
        r->depends = str_after(r->depends, ',');
    }
    r->task->depends_on = ids;
    r->task->ndepends_on = (uint32_t)n;
}

void task_read_body(struct arena *a, struct str body,
                    const struct tasks_settings *settings, struct task *task) {
    struct reading r = {
        .arena = a, .format = settings->format, .task = task, .rest = body};

    task->priority = TASK_PRIORITY_NONE;
    for (size_t i = 0; i < TASK_DATES; i++)
        task->dates[i] = TASK_DAY_NONE;
    take_block_link(&r);
    set_rest(&r, r.rest);
    take_fields(&r);
    task->description = description(&r);
    if (r.rule.len > 0)
        task->recurrence = recurrence_read(a, r.rule);
    read_depends(&r);
    task->tags = task_tags_of(a, task->description, settings->global_filter,
                              &task->ntags);
}
