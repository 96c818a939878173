#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/json.h"
#include "tasks_vault.h"

/* Every task of the reference vault with all that the plugin's own code read from
 * it: tests/conformance/tasks/task-fields*.jsonl. */

#define SUITE "tests/conformance/tasks/"

struct facts {
    struct tasks_vault vault;
    const struct tasks *tasks;
    struct arena scratch;
    struct buf got;
    const struct json *wanted;
    size_t wrong;
};

/* Which row it is, for messages. */
static struct str id_of(const struct facts *f) {
    const struct json *id = json_member(f->wanted, STR("id"));

    return id != NULL ? id->text : STR("?");
}

static void expect(struct facts *f, const char *key, struct str got) {
    const struct json *v = json_member(f->wanted, str_from(key));
    struct str wanted = v != NULL && v->kind == JSON_TEXT ? v->text : STR("");

    if (v != NULL && str_eq(wanted, got))
        return;
    f->wrong++;
    print_error("%.*s: %s: want \"%.*s\", got \"%.*s\"\n", STR_ARG(id_of(f)),
                key, STR_ARG(wanted), STR_ARG(got));
}

static void expect_buf(struct facts *f, const char *key) {
    expect(f, key, buf_str(&f->got));
    buf_reset(&f->got);
}

static double number(struct facts *f, const char *key) {
    const struct json *v = json_member(f->wanted, str_from(key));

    assert_non_null(v);
    return v->kind == JSON_NUMBER ? v->number : -1;
}

static bool flag(struct facts *f, const char *key) {
    const struct json *v = json_member(f->wanted, str_from(key));

    assert_true(v != NULL && v->kind == JSON_BOOL);
    return v->boolean;
}

static void expect_true(struct facts *f, const char *key, bool right) {
    if (right)
        return;
    f->wrong++;
    print_error("%.*s: %s\n", STR_ARG(id_of(f)), key);
}

static void expect_list(struct facts *f, const char *key,
                        const struct str *items, size_t len) {
    const struct json *v = json_member(f->wanted, str_from(key));
    bool right = v != NULL && v->kind == JSON_LIST && v->len == len;
    size_t i = 0;

    for (const struct json *w = right ? v->first : NULL; w; w = w->next, i++)
        right = right && str_eq(w->text, items[i]);
    expect_true(f, key, right);
}

static void check_dates(struct facts *f, const struct task *t) {
    static const char *const names[] = {"created", "start",     "scheduled",
                                        "due",     "cancelled", "done"};

    for (size_t i = 0; i < TASK_DATES; i++) {
        task_day_add(&f->got, t->dates[i]);
        expect_buf(f, names[i]);
    }
    task_day_add(&f->got, task_happens(t));
    expect_buf(f, "happens");
    expect_true(f, "scheduledInferred",
                t->scheduled_inferred == flag(f, "scheduledInferred"));
}

static void check_status(struct facts *f, const struct task *t) {
    const struct json *all = f->wanted;

    f->wanted = json_member(all, STR("status"));
    expect_true(f, "symbol",
                str_eq(json_member(f->wanted, STR("symbol"))->text,
                       t->status->symbol) &&
                    str_eq(json_member(f->wanted, STR("name"))->text,
                           t->status->name) &&
                    str_eq(json_member(f->wanted, STR("type"))->text,
                           status_type_names[t->status->type]) &&
                    str_eq(json_member(f->wanted, STR("nextSymbol"))->text,
                           t->status->next));
    f->wanted = all;
    expect_true(f, "isDone", t->is_done == flag(f, "isDone"));
}

static void check_fields(struct facts *f, const struct task *t) {
    static const char *const completions[] = {"", "keep", "delete"};

    expect(f, "description", t->description);
    expect_list(f, "tags", t->tags, t->ntags);
    expect(f, "priority", task_priorities[t->priority].name);
    expect_true(f, "priorityNumber",
                (int)number(f, "priorityNumber") == t->priority);
    expect(f, "recurrence", t->recurrence);
    expect(f, "onCompletion", str_from(completions[t->on_completion]));
    expect(f, "taskId", t->id);
    expect_list(f, "dependsOn", t->depends_on, t->ndepends_on);
    expect(f, "blockLink", t->block_link);
    buf_printf(&f->got, "%.5f", t->urgency);
    expect_buf(f, "urgency");
    task_add_text(&f->got, t, f->vault.settings.tasks_values.format);
    expect_buf(f, "text");
}

/* Lines of the item above it and of those below; one that begins in the task's own
 * line (`- [ ] 1. x`, spec/tasks.md §1.7) is among them. */
static void check_tree(struct facts *f, const struct task *t) {
    const struct note *n = f->vault.notes[t->file];
    const struct task_file *file = &f->tasks->files[t->file];
    uint32_t parent = n->items[t->item].parent;
    uint32_t child = file->first_child[t->item];
    const struct json *wanted = json_member(f->wanted, STR("childLines"));
    bool right = true;

    expect_true(
        f, "parentLine",
        (int64_t)number(f, "parentLine") ==
            (parent == NOTE_NONE ? -1 : (int64_t)n->items[parent].line));
    for (const struct json *w = wanted->first; w != NULL; w = w->next) {
        right = right && child != NOTE_NONE &&
                n->items[child].line == (uint32_t)w->number;
        child = child != NOTE_NONE ? file->next[child] : child;
    }
    expect_true(f, "childLines", right && child == NOTE_NONE);
}

static void check_place(struct facts *f, const struct task *t) {
    struct str wanted = json_member(f->wanted, STR("originalMarkdown"))->text;
    struct str heading = task_heading(f->tasks, t);
    const struct json *h = json_member(f->wanted, STR("heading"));

    if (wanted.len > 0 && wanted.p[wanted.len - 1] == '\r')
        wanted.len--; /* notes have no CR here (spec/tasks.md §1.6) */
    expect_true(f, "originalMarkdown", str_eq(wanted, t->original));
    expect(f, "path", task_path(f->tasks, t));
    expect_true(f, "line", (uint32_t)number(f, "line") == t->line);
    expect_true(f, "heading",
                h->kind == JSON_NULL
                    ? heading.p == NULL
                    : heading.p != NULL && str_eq(heading, h->text));
    expect(f, "indentation", t->indentation);
    expect(f, "listMarker", t->marker);
}

static const struct task *find(struct facts *f) {
    struct str path = json_member(f->wanted, STR("path"))->text;
    uint32_t line = (uint32_t)number(f, "line");

    for (uint32_t i = 0; i < f->tasks->len; i++)
        if (f->tasks->items[i].line == line &&
            str_eq(task_path(f->tasks, &f->tasks->items[i]), path))
            return &f->tasks->items[i];
    return NULL;
}

/* Compares every row of the file; returns how many there are. */
static size_t compare(struct facts *f, const char *rows) {
    struct buf text = {0};
    struct str rest, line;
    struct arena parsed;
    size_t n = 0;
    FILE *in = fopen(rows, "r");
    char bytes[4096];

    assert_non_null(in);
    for (size_t len; (len = fread(bytes, 1, sizeof bytes, in)) > 0;)
        buf_add(&text, bytes, len);
    fclose(in);
    arena_init(&parsed);
    rest = buf_str(&text);
    for (; str_next_line(&rest, &line); n++) {
        struct json_error error = {0};
        const struct task *t;

        f->wanted = json_parse(&parsed, line, &error);
        assert_non_null(f->wanted);
        t = find(f);
        expect_true(f, "is a task", t != NULL);
        if (t == NULL)
            continue;
        check_place(f, t);
        check_fields(f, t);
        check_dates(f, t);
        check_status(f, t);
        check_tree(f, t);
    }
    arena_release(&parsed);
    buf_release(&text);
    return n;
}

static void open_facts(struct facts *f) {
    memset(f, 0, sizeof *f);
    arena_init(&f->scratch);
    tasks_vault_open(&f->vault, SUITE "vault");
}

static void read_tasks(struct facts *f) {
    f->tasks = tasks_of_vault(&f->vault.arena, f->vault.linked,
                              &f->vault.settings.tasks_values,
                              (struct civil_date){2026, 1, 15});
}

static void close_facts(struct facts *f) {
    assert_int_equal(f->wrong, 0);
    buf_release(&f->got);
    arena_release(&f->scratch);
    tasks_vault_close(&f->vault);
}

static void test_emoji(void **state) {
    struct facts f;

    (void)state;
    open_facts(&f);
    read_tasks(&f);
    assert_int_equal(compare(&f, SUITE "task-fields.jsonl"), f.tasks->len);
    close_facts(&f);
}

static void test_dataview(void **state) {
    struct facts f;

    (void)state;
    open_facts(&f);
    f.vault.settings.tasks_values.format = TASKS_DATAVIEW;
    read_tasks(&f);
    assert_int_equal(compare(&f, SUITE "task-fields-dataview.jsonl"), 158);
    close_facts(&f);
}

static void test_file_names(void **state) {
    struct facts f;

    (void)state;
    open_facts(&f);
    f.vault.settings.tasks_values.dates_from_names = true;
    read_tasks(&f);
    assert_int_equal(compare(&f, SUITE "task-fields-filename-date.jsonl"), 32);
    close_facts(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_emoji),
        cmocka_unit_test(test_dataview),
        cmocka_unit_test(test_file_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
