#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/hash.h"
#include "base/pool.h"
#include "script/client.h"
#include "script/reply.h"
#include "script/wire.h"
#include "tasks_vault.h"

/* What scripts give is tests/script/check.py's; here is what reads it. */

/* --- replies --- */

static void add_u32(struct buf *b, uint32_t n) {
    buf_add(b, &n, sizeof n);
}

static void add_head(struct buf *b, uint8_t kind, const char *text) {
    double number = 1.5;

    buf_add(b, &kind, 1);
    buf_add_ch(b, WIRE_TRUE);
    buf_add(b, &number, sizeof number);
    add_u32(b, (uint32_t)strlen(text));
    buf_add(b, text, strlen(text));
}

static void add_list(struct buf *b) {
    add_u32(b, 0); /* the frame's length is not looked at again */
    add_head(b, SCRIPT_LIST, "a,b");
    add_u32(b, 2);
    add_head(b, SCRIPT_STRING, "a");
    add_head(b, SCRIPT_STRING, "b");
}

static void test_reply(void **state) {
    struct arena a;
    struct buf b = {0};
    struct script_value v;

    (void)state;
    arena_init(&a);
    add_list(&b);
    struct reply r = reply_begin(&b, &a);
    assert_true(reply_value(&r, &v));
    assert_int_equal(v.kind, SCRIPT_LIST);
    assert_int_equal(v.nitems, 2);
    assert_true(str_eq(v.items[1].text, STR("b")));
    assert_true(v.number == 1.5 && v.boolean && !v.is_error);
    assert_false(reply_value(&r, &v)); /* nothing is left */
    buf_release(&b);
    arena_release(&a);
}

/* Each beginning of it, and each byte of it changed: read or refused, and
 * nothing read that is not there. */
static void test_broken_replies(void **state) {
    struct arena a;
    struct buf whole = {0};
    struct script_value v;

    (void)state;
    arena_init(&a);
    add_list(&whole);
    for (size_t n = 0; n < whole.len; n++) {
        struct buf part = {0};
        buf_add(&part, whole.p, n);
        struct reply r = reply_begin(&part, &a);
        assert_false(reply_value(&r, &v));
        buf_release(&part);
    }
    for (size_t at = 0; at < whole.len; at++) {
        for (int byte = 0; byte < 256; byte++) {
            struct buf other = {0};
            buf_add(&other, whole.p, whole.len);
            other.p[at] = (char)byte;
            struct reply r = reply_begin(&other, &a);
            if (reply_value(&r, &v))
                assert_in_range(v.kind, 0, SCRIPT_ERROR);
            buf_release(&other);
        }
    }
    buf_release(&whole);
    arena_release(&a);
}

/* --- sort keys --- */

#define NUMBER(n)                                                              \
    { .kind = SCRIPT_NUMBER, .number = (n) }
#define STRING(s)                                                              \
    { .kind = SCRIPT_STRING, .text = STR_INIT(s) }
#define FLAG(b)                                                                \
    { .kind = SCRIPT_BOOLEAN, .boolean = (b) }
#define DAY(k, ms)                                                             \
    { .kind = (k), .number = (ms), .boolean = true }

static void test_sort(void **state) {
    static const double nan = 0.0 / 0.0;
    const struct script_value null = {.kind = SCRIPT_NULL};
    const struct script_value none = {.kind = SCRIPT_TASKS_DATE};
    const struct {
        struct script_value a, b;
        int want; /* 2: they cannot be compared */
    } cases[] = {
        {null, null, 0},
        {null, NUMBER(1), -1},
        {STRING("a"), null, 1},
        {NUMBER(1), NUMBER(2), -1},
        {NUMBER(-0.0), NUMBER(0), 0},
        {NUMBER(1), STRING("1"), 2},
        {FLAG(true), NUMBER(1), 2},
        {STRING("b"), STRING("B"), -1},
        {STRING("a10"), STRING("a9"), -1},
        {STRING("z"), STRING("ä"), 1},
        {FLAG(true), FLAG(false), -1},
        {FLAG(true), FLAG(true), 0},
        {DAY(SCRIPT_MOMENT, 1), DAY(SCRIPT_MOMENT, 2), -1},
        {DAY(SCRIPT_MOMENT, 1), null, -1}, /* no date comes last */
        {null, DAY(SCRIPT_MOMENT, 1), 1},
        {DAY(SCRIPT_MOMENT, nan), DAY(SCRIPT_MOMENT, 1), -1},
        {DAY(SCRIPT_MOMENT, 1), DAY(SCRIPT_MOMENT, nan), 1},
        {DAY(SCRIPT_MOMENT, nan), DAY(SCRIPT_MOMENT, nan), 0},
        {DAY(SCRIPT_MOMENT, 1), NUMBER(1), 2},
        {DAY(SCRIPT_TASKS_DATE, 1), none, -1},
        {none, none, 0},
        {none, DAY(SCRIPT_TASKS_DATE, 1), 1},
        {null, DAY(SCRIPT_TASKS_DATE, 1), -1},
        {DAY(SCRIPT_DATE, 2), DAY(SCRIPT_DATE, 1), 1},
        {DAY(SCRIPT_DATE, 2), DAY(SCRIPT_MOMENT, 1), 2},
    };
    struct collator *c = collator_new(STR("en"));

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        bool differ = false;
        int got = script_sort_compare(&cases[i].a, &cases[i].b, c, &differ);
        if (differ)
            got = 2;
        if (got != cases[i].want)
            fail_msg("case %zu: want %d, got %d", i, cases[i].want, got);
    }
    collator_free(c);
}

/* --- many at once --- */

struct many {
    struct tasks_vault vault;
    const struct tasks *tasks;
    struct scripts *scripts;
    uint32_t *rows;
    uint64_t hashes[60];
};

static const struct {
    enum script_use use;
    const char *expression;
} asked[] = {
    {SCRIPT_FILTER, "task.due.moment?.isBefore(moment()) ?? false"},
    {SCRIPT_GROUP, "[task.path, Math.random(), query.allTasks.length]"},
    {SCRIPT_SORT, "task.urgency"},
    {SCRIPT_GROUP, "query.searchCache.n = (query.searchCache.n ?? 0) + 1"},
    {SCRIPT_GROUP, "throw task.description; return"},
    {SCRIPT_GROUP, ")"},
};

/* All that a search gives, as one number. */
static uint64_t ask_one(struct many *m, size_t index) {
    struct arena a;
    struct script_value values[64];
    uint32_t function, n = 1;
    uint64_t hash = 0;

    arena_init(&a);
    const struct script_asker asker = {
        .origin = STR("Prices.md"),
        .file = UINT32_MAX,
        .text = str_from(asked[index % ARRAY_LEN(asked)].expression),
        .turn = (uint32_t)index,
    };
    struct script_search *q = script_begin(m->scripts, &a, &asker);
    if (script_compile(q, asked[index % ARRAY_LEN(asked)].use,
                       str_from(asked[index % ARRAY_LEN(asked)].expression),
                       &function, &values[0]))
        n = script_call(q, function, m->rows, m->tasks->len, values);
    for (uint32_t i = 0; i < n; i++)
        hash = hash_join(hash, values[i].text);
    script_end(q);
    arena_release(&a);
    return hash;
}

static void ask_many(void *context, size_t index, unsigned worker) {
    struct many *m = context;

    (void)worker;
    m->hashes[index] = ask_one(m, index);
}

/* The worker that was built beside the tests; "" without one. */
static const char *worker_path(void) {
    static char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 32);
    char *end;

    assert_true(n > 0);
    path[n] = '\0';
    end = strrchr(path, '/');
    strncpy(end, "/../vaultsite-script", 32);
    return access(path, X_OK) == 0 ? path : "";
}

/* Which worker answers, and when, is not to be seen. */
static void test_threads(void **state) {
    struct many m;

    (void)state;
    if (worker_path()[0] == '\0')
        skip();
    tasks_vault_open(&m.vault, "tests/script/vault");
    m.tasks = tasks_of_vault(&m.vault.arena, m.vault.linked,
                             &m.vault.settings.tasks_values,
                             (struct civil_date){2026, 1, 15});
    m.rows = arena_array(&m.vault.arena, uint32_t, m.tasks->len);
    for (uint32_t i = 0; i < m.tasks->len; i++)
        m.rows[i] = i;
    const struct script_setup setup = {
        .tasks = m.tasks,
        .now_ms = 1768478400000,
        .time_zone = "UTC",
        .program = worker_path(),
    };
    m.scripts = scripts_new(&setup);
    if (str_find_str(script_off(m.scripts), STR("seccomp"), 0) == STR_NONE) {
        assert_int_equal(script_off(m.scripts).len, 0);
        pool_run(4, ARRAY_LEN(m.hashes), ask_many, &m);
        for (size_t i = 0; i < ARRAY_LEN(m.hashes); i++)
            assert_int_equal(m.hashes[i], ask_one(&m, i));
    }
    scripts_end(m.scripts);
    tasks_vault_close(&m.vault);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reply),
        cmocka_unit_test(test_broken_replies),
        cmocka_unit_test(test_sort),
        cmocka_unit_test(test_threads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
