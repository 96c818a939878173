#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "entity/entity.h"
#include "tasks_vault.h"

#define VAULT "content-fixtures/tasks-assigned/vault"

/* Note:line, state, text, whose it is and by what; in order. */
static const char *const tasks[] = {
    "Notes/Work.md:1 open {Two of them} Lotte Hagen|Samira Voss mention",
    "Notes/Work.md:2 proposed {(@Lotte Hagen) asks for new keys} Lotte Hagen "
    "mention",
    "Notes/Work.md:3 cancelled {Dropped} Lotte Hagen mention",
    "Notes/Work.md:4 done {Done @Lotte Hagen} Lotte Hagen mention",
    "Notes/Work.md:5 open {Half @Samira Voss and @Ferry desk} Samira Voss "
    "mention",
    "Notes/Work.md:6 open {Nobody new} Ottilie Quist mention",
    "Notes/Work.md:7 open {New ones} Ruben van der Vonk mention",
    "Notes/Work.md:8 open {Known by now @Ruben van der Vonk: call him} Ruben "
    "van der Vonk mention",
    "Notes/Work.md:9 open {} owner mention",
    "Notes/Work.md:10 open {Twice @Lotte Hagen and} Lotte Hagen mention",
    "Notes/Work.md:11 open {No end} Lotte Hagen-Smit mention",
    "Notes/Work.md:12 open {Last first} Samira Voss mention",
    "Notes/Work.md:13 open {Mail lotte@Lotte Hagen} none",
    "Notes/Work.md:14 open {Keep [a:: b] and @Lotte Hagen work} Lotte Hagen "
    "mention",
    "Notes/Work.md:15 open {Not new @Team, @N/A, @Unknown} none",
    "Notes/Work.md:16 open {Not new @Ruben Vonk (harbour)} none",
    "Notes/Work.md:17 open {Not new @one two} none",
    "Notes/Work.md:18 open {\"@Samira Voss\" writes} Samira Voss mention",
    "People/Lotte Hagen.md:7 open {Oil the lock} Lotte Hagen page",
    "People/Lotte Hagen.md:8 done {Paint the gate} Samira Voss mention",
    "People/Lotte Hagen.md:9 open {Count the keys @TBD} Lotte Hagen page",
};

/* How pages list those of one person: what is overdue first, then by date and
 * priority. */
static const char samiras[] = "Notes/Work.md:12 Notes/Work.md:1 "
                              "Notes/Work.md:5 Notes/Work.md:18 "
                              "People/Lotte Hagen.md:8 ";

struct made {
    struct tasks_vault v;
    struct tasks_settings settings;
    const struct entities *all;
    struct buf out;
};

static void made_open(struct made *m) {
    memset(m, 0, sizeof *m);
    tasks_vault_open(&m->v, VAULT);
    m->settings = m->v.settings.tasks_values;
    m->settings.global_filter = STR("");
    m->settings.format = TASKS_EMOJI;
    m->all =
        entities_find(&m->v.arena, m->v.linked,
                      tasks_of_vault(&m->v.arena, m->v.linked, &m->settings,
                                     (struct civil_date){2026, 1, 15}),
                      1, &m->v.diags);
}

static void made_close(struct made *m) {
    buf_release(&m->out);
    tasks_vault_close(&m->v);
}

static void add_place(struct made *m, const struct entity_task *t) {
    const struct task *task = &m->all->tasks_read->items[t->task];

    buf_printf(&m->out, "%.*s:%u ",
               STR_ARG(task_path(m->all->tasks_read, task)), task->line);
}

static void show(struct made *m, const struct entity_task *t) {
    static const char *const states[] = {"open", "proposed", "done",
                                         "cancelled"};
    static const char *const by[] = {"none", "mention", "page"};

    buf_reset(&m->out);
    add_place(m, t);
    buf_printf(&m->out, "%s {%.*s} ", states[t->state], STR_ARG(t->text));
    for (uint32_t i = 0; i < t->nassignees; i++)
        buf_printf(&m->out, "%s%.*s", i > 0 ? "|" : "",
                   STR_ARG(m->all->items[t->assignees[i]].name));
    if (t->by_owner)
        buf_add_lit(&m->out, "owner");
    buf_printf(&m->out, "%s%s", t->by == ASSIGNED_NONE ? "" : " ", by[t->by]);
}

static void whose_they_are(void **state) {
    struct made m;

    (void)state;
    made_open(&m);
    for (uint32_t i = 0; i < m.all->ntasks && i < ARRAY_LEN(tasks); i++) {
        show(&m, &m.all->tasks[i]);
        assert_string_equal(buf_cstr(&m.out), tasks[i]);
    }
    assert_int_equal(m.all->ntasks, ARRAY_LEN(tasks));
    made_close(&m);
}

static void in_order_of_pages(void **state) {
    struct made m;

    (void)state;
    made_open(&m);
    for (uint32_t i = 0; i < m.all->len; i++) {
        const struct entity *e = &m.all->items[i];

        assert_int_equal(e->ntasks,
                         e->nopen + e->nproposed + e->ndone + e->ncancelled);
        if (!str_eq(e->name, STR("Samira Voss")))
            continue;
        for (uint32_t k = 0; k < e->ntasks; k++)
            add_place(&m, &m.all->tasks[e->tasks[k]]);
    }
    assert_string_equal(buf_cstr(&m.out), samiras);
    made_close(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whose_they_are),
        cmocka_unit_test(in_order_of_pages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
