/* Any text as a task's line in both forms, as a rule for repeating, and as a name
 * with its format: what is read lies in the text or is made of it, and written
 * again it reads the same. */
#include <stdlib.h>

#include "base/unicode.h"
#include "base/utf16.h"
#include "query/tasks/name_date.h"
#include "query/tasks/recurrence.h"
#include "query/tasks/task.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(bool holds) {
    if (!holds)
        abort();
}

static bool same(const struct task *a, const struct task *b) {
    return a->priority == b->priority && a->on_completion == b->on_completion &&
           memcmp(a->dates, b->dates, sizeof a->dates) == 0 &&
           str_eq(a->id, b->id) && a->ndepends_on == b->ndepends_on;
}

static void check_text(struct str s, size_t most) {
    require(s.len <= most && utf8_valid_len(s) == s.len);
    require(str_eq(utf16_trim(s), s));
}

/* Invalid dates are written as words, and what ends a description may then be read
 * with what follows it: only lines without either are read again. */
static void check_again(struct arena *a, const struct task *t,
                        const struct tasks_settings *s) {
    struct buf text = {0};
    struct task bare = {0}, named = {0}, again = {0};

    for (size_t i = 0; i < TASK_DATES; i++)
        if (t->dates[i] == TASK_DAY_INVALID)
            return;
    task_read_body(a, t->description, s, &bare);
    if (!str_eq(bare.description, t->description) || t->block_link.len > 0)
        return;
    /* `#a⛔b 🆔 c`: behind an id what a tag ends with is looked at first. */
    buf_add_str(&text, t->description);
    buf_add_lit(&text, " 🆔 a");
    task_read_body(a, arena_str(a, buf_str(&text)), s, &named);
    if (named.ndepends_on > 0) {
        buf_release(&text);
        return;
    }
    buf_reset(&text);
    task_add_text(&text, t, s->format);
    task_read_body(a, utf16_trim(buf_str(&text)), s, &again);
    require(same(t, &again));
    buf_release(&text);
}

static void check_line(struct arena *a, struct str text,
                       enum tasks_format format) {
    struct tasks_settings s = {.format = format};
    struct task t = {0};

    text = utf16_trim(text);
    task_read_body(a, text, &s, &t);
    check_text(t.description, text.len);
    require(t.block_link.len == 0 || str_ends(text, t.block_link));
    for (uint32_t i = 0; i < t.ntags; i++) {
        check_text(t.tags[i], text.len);
        require(t.tags[i].len > 0 && t.tags[i].p[0] == '#');
    }
    for (uint32_t i = 0; i < t.ndepends_on; i++)
        require(t.depends_on[i].len > 0);
    check_again(a, &t, &s);
}

static void check_rule(struct arena *a, struct str text) {
    struct str rule = recurrence_read(a, text);

    if (rule.len > 0)
        require(str_starts(rule, STR("every")));
}

static void check_name(struct str text) {
    const struct civil_date today = {2026, 1, 15};
    struct tasks_settings s = {.dates_from_names = true,
                               .name_format = str_after(text, '\n')};
    struct civil_date d;

    if (name_date(&s, str_until(text, '\n'), today, &d))
        require(civil_valid(d));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct str text = {(const char *)bytes, len};
    struct arena arena;

    if (utf8_valid_len(text) != len)
        return 0; /* vault/ repairs it before */
    arena_init(&arena);
    check_name(text);
    check_rule(&arena, text);
    text = str_until(text, '\n');
    check_line(&arena, text, TASKS_EMOJI);
    check_line(&arena, text, TASKS_DATAVIEW);
    arena_release(&arena);
    return 0;
}
