#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "tasks_vault.h"

/* The tasks of a few notes. */
struct place {
    char path[64];
    const char *names[4];
    size_t nfiles;
    struct tasks_vault vault;
    struct tasks_settings settings;
    const struct tasks *tasks;
};

static void place_init(struct place *p) {
    memset(p, 0, sizeof *p);
    snprintf(p->path, sizeof p->path, "/tmp/vaultsite-test-XXXXXX");
    assert_non_null(mkdtemp(p->path));
    tasks_settings_init(&p->settings);
}

static void put(struct place *p, const char *name, const char *text) {
    char path[100];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", p->path, name);
    f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
    fclose(f);
    p->names[p->nfiles++] = name;
}

static void read_tasks(struct place *p) {
    tasks_vault_open(&p->vault, p->path);
    p->tasks = tasks_of_vault(&p->vault.arena, p->vault.linked, &p->settings,
                              (struct civil_date){2026, 1, 15});
}

static void place_release(struct place *p) {
    tasks_vault_close(&p->vault);
    for (size_t i = 0; i < p->nfiles; i++) {
        char path[100];
        snprintf(path, sizeof path, "%s/%s", p->path, p->names[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(p->path), 0);
}

/* `line description` of each task, `;` between. */
static void expect_tasks(const struct place *p, const char *wanted) {
    struct buf got = {0};

    for (uint32_t i = 0; i < p->tasks->len; i++)
        buf_printf(&got, "%u %.*s;", (unsigned)p->tasks->items[i].line,
                   STR_ARG(p->tasks->items[i].description));
    assert_string_equal(buf_cstr(&got), wanted);
    buf_release(&got);
}

static void test_lines(void **state) {
    struct place p;

    (void)state;
    place_init(&p);
    put(&p, "a.md",
        "- [ ] one\n"             /* 1 */
        "-   [ ] two\n"           /* 2 */
        "-\t[ ] tab\n"            /* 3: no blank behind the marker */
        "- - [ ] inner\n"         /* 4 */
        "- [ ] - [ ] b\n"         /* 5 */
        "- [ ]\n"                 /* 6 */
        "- [ ]x\n"                /* 7 */
        "- [\xe2\x98\x85] star\n" /* 8 */
        "- plain\n"               /* 9 */
        "\t1) [x] deep\n"         /* 10 */
        "\n"
        "> 3. [ ] quoted\n" /* 12 */
        ">\n"
        "> - [ ] next list\n" /* 14 */
        "\n"
        "Text[^f].\n" /* 16 */
        "\n"
        "[^f]: Note\n" /* 18 */
        "\n"
        "    - [ ] in footnote\n" /* 20 */
        "\n"
        "- [ ] last\n"); /* 22 */
    read_tasks(&p);
    expect_tasks(&p, "1 one;2 two;5 - [ ] b;6 ;8 star;10 deep;12 quoted;"
                     "14 next list;20 in footnote;22 last;");
    place_release(&p);
}

static const struct task *at_line(const struct place *p, uint32_t line) {
    for (uint32_t i = 0; i < p->tasks->len; i++)
        if (p->tasks->items[i].line == line)
            return &p->tasks->items[i];
    fail_msg("no task in line %u", (unsigned)line);
    return NULL;
}

static void expect_place(const struct place *p, uint32_t line, uint32_t section,
                         uint32_t index, const char *heading) {
    const struct task *t = at_line(p, line);
    struct str got = task_heading(p->tasks, t);

    assert_int_equal(t->section, section);
    assert_int_equal(t->section_index, index);
    assert_int_equal(got.p != NULL, heading != NULL);
    assert_true(heading == NULL || str_eq(got, str_from(heading)));
}

static void test_places(void **state) {
    struct place p;

    (void)state;
    place_init(&p);
    put(&p, "a.md",
        "---\nx: 1\n---\n"
        "- [ ] four\n"   /* 4 */
        "  - [ ] five\n" /* 5 */
        "\n"
        "# One\n"         /* 7 */
        "> [!info] Box\n" /* 8 */
        "> # Inside\n"
        "> - [ ] ten\n" /* 10 */
        ">\n"
        "> Text\n"
        ">\n"
        "> - [ ] fourteen\n" /* 14 */
        "\n"
        "- a\n" /* 16 */
        "  > - [ ] seventeen\n"
        "\n"
        "##\n" /* 19 */
        "- [ ] twenty\n");
    read_tasks(&p);
    expect_place(&p, 4, 4, 0, NULL);
    expect_place(&p, 5, 4, 1, NULL);
    expect_place(&p, 10, 8, 0, "One");
    expect_place(&p, 14, 8, 1, "One");
    expect_place(&p, 17, 16, 0, "One");
    expect_place(&p, 20, 20, 0, "");
    place_release(&p);
}

static void test_tree(void **state) {
    const struct task_file *f;
    const struct task *top, *deep;
    uint32_t plain;
    struct place p;

    (void)state;
    place_init(&p);
    put(&p, "a.md",
        "- [ ] top\n"
        "  - plain\n"
        "    - [ ] deep\n"
        "  - [ ] beside\n");
    put(&p, "b.md", "- nothing\n");
    read_tasks(&p);
    f = &p.tasks->files[0];
    assert_int_equal(f->end - f->begin, 3);
    top = at_line(&p, 1);
    deep = at_line(&p, 3);
    plain = f->first_child[top->item];
    assert_int_equal(f->task[plain], TASK_NONE);
    assert_int_equal(f->first_child[plain], deep->item);
    assert_int_equal(f->next[plain], at_line(&p, 4)->item);
    assert_int_equal(f->next[at_line(&p, 4)->item], NOTE_NONE);
    assert_ptr_equal(task_parent(p.tasks, deep), top);
    assert_null(task_parent(p.tasks, top));
    assert_ptr_equal(&p.tasks->items[f->task[deep->item]], deep);
    assert_null(p.tasks->files[1].task);
    place_release(&p);
}

static void test_filter(void **state) {
    const struct task *t;
    struct place p;

    (void)state;
    place_init(&p);
    put(&p, "a.md",
        "- [ ] with #t in it #u #t/v\n"
        "- [ ] without\n"
        "    - [ ] #tea\n"
        "- [ ] no ^#t\n"
        "- [ ] #T\n");
    p.settings.global_filter = STR("#t");
    read_tasks(&p);
    expect_tasks(&p, "1 with #t in it #u #t/v;3 #tea;4 no ^#t;");
    t = &p.tasks->items[0];
    assert_int_equal(t->ntags, 2);
    assert_true(str_eq(t->tags[0], STR("#u")));
    assert_true(str_eq(task_description(&p.vault.arena, p.tasks, t),
                       STR("with  in it #u #t/v")));
    /* What lies under an item that is no task stays in the tree. */
    assert_int_equal(p.tasks->items[1].parent, TASK_NONE);
    place_release(&p);
}

/* What a block link says is no text of the task. */
static void test_filter_and_link(void **state) {
    struct place p;

    (void)state;
    place_init(&p);
    put(&p, "a.md",
        "- [ ] one ^word\n"
        "- [ ] a word ^x\n");
    p.settings.global_filter = STR("word");
    read_tasks(&p);
    expect_tasks(&p, "2 a word;");
    place_release(&p);
}

/* Those that wait, and those that others wait for. */
static void expect_blocks(const struct place *p, const char *blocked,
                          const char *blocking) {
    struct buf waits = {0}, holds = {0};

    for (uint32_t i = 0; i < p->tasks->len; i++) {
        const struct task *t = &p->tasks->items[i];
        if (t->is_blocked)
            buf_printf(&waits, "%.*s;", STR_ARG(t->description));
        if (t->is_blocking)
            buf_printf(&holds, "%.*s;", STR_ARG(t->description));
    }
    assert_string_equal(buf_cstr(&waits), blocked);
    assert_string_equal(buf_cstr(&holds), blocking);
    buf_release(&waits);
    buf_release(&holds);
}

/* A task of a note that is not published holds nothing up (decisions.md 4). */
static void test_blocks(void **state) {
    struct place p;

    (void)state;
    place_init(&p);
    put(&p, "a.md",
        "- [ ] first 🆔 one\n"
        "- [ ] second 🆔 two ⛔ one\n"
        "- [x] finished 🆔 three ⛔ one\n"
        "- [ ] third ⛔ three\n"
        "- [ ] self 🆔 me ⛔ me\n"
        "- [ ] lost ⛔ nowhere, hidden\n"
        "- [-] dropped 🆔 four\n"
        "- [ ] fourth ⛔ four,two\n");
    put(&p, "b.md",
        "---\npublish: false\n---\n"
        "- [ ] secret 🆔 hidden ⛔ one,me\n");
    put(&p, "c.md", "- [ ] again 🆔 three\n");
    read_tasks(&p);
    expect_blocks(&p, "second;third;self;fourth;", "first;second;self;again;");
    assert_int_equal(p.tasks->files[1].begin, p.tasks->files[1].end);
    place_release(&p);
}

static double urgency_of(struct place *p, uint32_t line) {
    return at_line(p, line)->urgency;
}

static void test_urgency(void **state) {
    struct place p;

    (void)state;
    place_init(&p);
    put(&p, "a.md",
        "- [ ] a\n"
        "- [ ] b 📅 2026-01-15\n"
        "- [ ] c 📅 2026-01-08\n"
        "- [ ] d 📅 2026-01-30\n"
        "- [ ] e 📅 2026-02-30 ⏳ 2026-02-30 🛫 2026-02-30\n"
        "- [ ] f ⏳ 2026-01-15 🔽\n"
        "- [ ] g ⏳ 2026-01-16 🔺\n"
        "- [ ] h 🛫 2026-01-15 ⏬\n"
        "- [ ] i 🛫 2026-01-16 ⏬\n");
    read_tasks(&p);
    assert_true(urgency_of(&p, 1) == 1.95);
    assert_true(urgency_of(&p, 2) == 12 * (14 * 0.8 / 21 + 0.2) + 1.95);
    assert_true(urgency_of(&p, 3) == 13.95);
    assert_true(urgency_of(&p, 4) == 12 * 0.2 + 1.95);
    assert_true(urgency_of(&p, 5) == 1.95);
    assert_int_equal(task_happens(at_line(&p, 5)), TASK_DAY_NONE);
    assert_true(urgency_of(&p, 6) == 5);
    assert_true(urgency_of(&p, 7) == 9);
    assert_true(urgency_of(&p, 8) == -1.8);
    assert_true(urgency_of(&p, 9) == -3 - 1.8);
    place_release(&p);
}

/* Only where no date is given, valid or not. */
static void test_inferred(void **state) {
    struct place p;
    struct buf text = {0};

    (void)state;
    place_init(&p);
    p.settings.dates_from_names = true;
    put(&p, "2026-01-13.md",
        "- [ ] bare ➕ 2026-01-01\n"
        "- [ ] due 📅 2026-02-30\n");
    read_tasks(&p);
    assert_true(at_line(&p, 1)->scheduled_inferred);
    assert_int_equal(at_line(&p, 1)->dates[TASK_DATE_SCHEDULED],
                     p.tasks->today - 2);
    assert_false(at_line(&p, 2)->scheduled_inferred);
    task_add_text(&text, at_line(&p, 1), TASKS_EMOJI);
    assert_string_equal(buf_cstr(&text), "bare ➕ 2026-01-01");
    buf_release(&text);
    place_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_tree),
        cmocka_unit_test(test_filter),
        cmocka_unit_test(test_filter_and_link),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_urgency),
        cmocka_unit_test(test_inferred),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
