/* Any text as a Tasks query over the reference vault, asked in any of its notes:
 * an answer whose numbers agree, or an error with a message that is UTF-8, and
 * JSON that can be read again. */
#include <stdbool.h>
#include <stdlib.h>

static void require(bool holds) {
    if (!holds)
        abort();
}
#define assert_true(holds) require(holds)

#include "../unit/tasks_vault.h"
#include "base/json.h"
#include "base/unicode.h"
#include "query/tasks/run.h"

#define VAULT "../../tests/conformance/tasks/vault"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static struct tasks_vault vault;
static struct tasks_shared *shared;

static void open_vault(void) {
    const struct tasks *t;

    tasks_vault_open(&vault, VAULT);
    t = tasks_of_vault(&vault.arena, vault.linked, &vault.settings.tasks_values,
                       (struct civil_date){2026, 1, 15});
    require(t->len > 100);
    shared = tasks_shared_new(&vault.arena, t, NULL);
}

static void check_groups(const struct tasks_answer *a) {
    uint32_t n = 0;

    require(a->ngroups > 0 && a->nshown <= a->ntotal);
    for (uint32_t i = 0; i < a->ngroups; i++) {
        const struct task_group *g = &a->groups[i];

        require(g->ntasks <= g->total && g->nheadings <= a->nkeys);
        for (uint32_t k = 0; k < g->ntasks; k++)
            require(g->tasks[k] < a->tasks->len);
        for (uint32_t k = 0; k < g->nheadings; k++)
            require(
                g->headings[k].level < a->nkeys &&
                (k == 0 || g->headings[k].level > g->headings[k - 1].level));
        n += g->ntasks;
    }
    require(n >= a->nshown);
}

static void check_error(const struct tasks_error *e, struct str text) {
    uint32_t lines = 1;

    for (size_t i = 0; i < text.len; i++)
        lines += text.p[i] == '\n';
    require(e->message.len > 0 && e->line <= lines);
    require(utf8_valid_len(e->message) == e->message.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct tasks_question q = {.file = TASK_NONE};
    struct arena answers, scratch;
    struct tasks_memory m = {.answers = &answers};
    const struct tasks_answer *a;
    struct json_error error;
    struct buf out = {0};

    if (shared == NULL)
        open_vault();
    if (len == 0)
        return 0;
    q.text = str_make((const char *)bytes + 1, len - 1);
    if (utf8_valid_len(q.text) != q.text.len)
        return 0; /* vault/ repairs it before */
    if (bytes[0] < vault.vault.nfiles && vault.notes[bytes[0]] != NULL) {
        q.file = bytes[0];
        q.origin = vault.vault.files[q.file].path;
    }
    arena_init(&answers);
    arena_init(&scratch);
    arena_init(&m.scratch);
    arena_init(&m.row);
    a = tasks_run(shared, &q, &m);
    if (a->failed)
        check_error(&a->error, q.text);
    else
        check_groups(a);
    tasks_answer_add_json(&out, a);
    require(json_parse(&scratch, buf_str(&out), &error) != NULL);
    buf_reset(&out);
    tasks_answer_add_text(&out, a);
    buf_release(&out);
    arena_release(&m.row);
    arena_release(&m.scratch);
    arena_release(&scratch);
    arena_release(&answers);
    return 0;
}
