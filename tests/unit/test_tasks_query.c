#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "tasks_vault.h"
#include "query/tasks/mustache.h"
#include "query/tasks/path_index.h"
#include "query/tasks/run.h"

static const struct {
    const char *name, *text;
} notes[] = {
    {"Boats.md", "---\nship: Avocet\nnone: null\nlist: [1, null, two]\n---\n"
                 "- [ ] Scrape the keel 📅 2026-01-10 #hull #dry\n"
                 "- [x] Paint the name ✅ 2026-01-12\n"
                 "    - [ ] Order gold paint ⏫\n"
                 "- [ ] Ask Ada 📅 2026-02-30\n"},
    {"Yard/Rig.md",
     "---\nTQ_short_mode: true\nTQ_extra_instructions: not done\n"
     "---\n# Mast_1\n"
     "- [/] mast 10 🛫 2026-01-20 🆔 m10 #hull\n"
     "- [ ] mast 9 ⛔ m10\n"
     "- [-] *mast* 2\n"},
};

struct world {
    char path[64];
    struct tasks_vault vault;
    const struct tasks *tasks;
    struct tasks_shared *shared;
    struct tasks_memory memory;
    struct arena answers;
};

static void world_open(struct world *w, const char *settings) {
    char path[200];
    FILE *f;

    memset(w, 0, sizeof *w);
    snprintf(w->path, sizeof w->path, "/tmp/vaultsite-test-XXXXXX");
    assert_non_null(mkdtemp(w->path));
    snprintf(path, sizeof path, "%s/Yard", w->path);
    assert_int_equal(mkdir(path, 0700), 0);
    for (size_t i = 0; i <= ARRAY_LEN(notes); i++) {
        const char *text = i < ARRAY_LEN(notes) ? notes[i].text : settings;
        snprintf(path, sizeof path, "%s/%s", w->path,
                 i < ARRAY_LEN(notes) ? notes[i].name : "vaultsite.yaml");
        f = fopen(path, "w");
        assert_non_null(f);
        assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
        fclose(f);
    }
    tasks_vault_open(&w->vault, w->path);
    w->tasks = tasks_of_vault(&w->vault.arena, w->vault.linked,
                              &w->vault.settings.tasks_values,
                              (struct civil_date){2026, 1, 15});
    w->shared = tasks_shared_new(&w->vault.arena, w->tasks, NULL);
    arena_init(&w->answers);
    arena_init(&w->memory.scratch);
    arena_init(&w->memory.row);
    w->memory.answers = &w->answers;
}

static void world_close(struct world *w) {
    char path[200];

    tasks_shared_release(w->shared);
    arena_release(&w->answers);
    arena_release(&w->memory.scratch);
    arena_release(&w->memory.row);
    tasks_vault_close(&w->vault);
    for (size_t i = 0; i < ARRAY_LEN(notes); i++) {
        snprintf(path, sizeof path, "%s/%s", w->path, notes[i].name);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/vaultsite.yaml", w->path);
    unlink(path);
    snprintf(path, sizeof path, "%s/Yard", w->path);
    rmdir(path);
    assert_int_equal(rmdir(w->path), 0);
}

static const struct tasks_answer *ask(struct world *w, const char *origin,
                                      const char *query) {
    struct tasks_question q = {str_from(query), str_from(origin), TASK_NONE, 0};

    for (uint32_t i = 0; i < w->vault.vault.nfiles; i++)
        if (str_eq(w->vault.vault.files[i].path, q.origin))
            q.file = i;
    return tasks_run(w->shared, &q, &w->memory);
}

/* `{name} 6, 8; 5 = 3 tasks`: lines of tasks, headings before their group; or the
 * message, `@` and the line. */
static void add_answer(struct buf *out, const struct tasks_answer *a) {
    if (a->failed) {
        buf_add_str(out, a->error.message);
        buf_printf(out, " @%u", a->error.line);
        return;
    }
    for (uint32_t i = 0; i < a->ngroups; i++) {
        const struct task_group *g = &a->groups[i];
        for (uint32_t k = 0; k < g->nheadings; k++)
            buf_printf(out, "{%.*s} ", STR_ARG(g->headings[k].name));
        for (uint32_t k = 0; k < g->ntasks; k++) {
            const struct task *t = &a->tasks->items[g->tasks[k]];
            buf_printf(out, "%c%u ", task_path(a->tasks, t).p[0], t->line);
        }
    }
    buf_add_lit(out, "= ");
    tasks_add_count(out, a->nshown, a->ntotal);
}

struct row {
    const char *query, *wanted;
};

static void try_rows(struct world *w, const char *origin,
                     const struct row *rows, size_t n) {
    for (size_t i = 0; i < n; i++) {
        struct buf got = {0};

        add_answer(&got, ask(w, origin, rows[i].query));
        if (strcmp(buf_cstr(&got), rows[i].wanted) != 0)
            print_error("of: %s: %s\n", rows[i].query, buf_cstr(&got));
        assert_string_equal(buf_cstr(&got), rows[i].wanted);
        buf_release(&got);
    }
}

static void queries_are_answered(void **state) {
    static const struct row rows[] = {
        {"", "Y6 B6 B8 B9 Y7 B7 Y8 = 7 tasks"},
        {"done\nsort by path reverse", "Y8 B7 = 2 tasks"},
        {"(done) XOR (NOT (path includes YARD))", "B6 B8 B9 Y8 = 4 tasks"},
        {"description regex matches /^MAST \\d+$/i", "Y7 = 1 task"},
        {"description regex matches /^MAST \\d+/i", "Y6 Y7 = 2 tasks"},
        {"filter by function return  query.file.path == task.file.path ;",
         "B6 B8 B9 B7 = 4 tasks"},
        {"filter by function task.file.folder !== query.file.folder",
         "Y6 Y7 Y8 = 3 tasks"},
        {"(filter by function task.file.root === query.file.root) AND (done)",
         "B7 = 1 task"},
        {"is blocked\nhas depends on", "Y7 = 1 task"},
        {"is blocking", "Y6 = 1 task"},
        {"due date is invalid", "B9 = 1 task"},
        {"due before 2026-01-15", "B6 = 1 task"},
        {"starts after 2026-01-25\nhas start date", "= 0 tasks"},
        {"starts before 2026-01-15\nlimit 1", "B6 = 1 of 6 tasks"},
        {"exclude sub-items\npath includes boats", "B6 B9 B7 = 3 tasks"},
        {"tags include #HUL\nsort by tag 2", "B6 Y6 = 2 tasks"},
        /* numbers in names by their value, emphasis not looked at */
        {"path includes rig\nsort by description", "Y8 Y7 Y6 = 3 tasks"},
        {"limit groups 1\ngroup by tags\nhas tags",
         "{#dry} B6 {#hull} Y6 = 2 tasks"},
        {"group by heading reverse\ngroup by status\npath includes Rig",
         "{Mast_1} {Done} Y8 {Todo} Y6 Y7 = 3 tasks"},
        {"group by path\nview columns by status\ndone",
         "{Done} {Boats} B7 {Yard/Rig} Y8 = 2 tasks"},
        {"group by folder\npath includes rig", "{Yard/} Y6 Y7 Y8 = 3 tasks"},
        {"description includes \\\n   keel", "B6 = 1 task"},
        {"path includes {{query.file.path}}\nlimit 1", "B6 = 1 of 4 tasks"},
        {"preset this_folder\ndone", "B7 Y8 = 2 tasks"},
        {"{{#query.file.path}}done{{/query.file.path}}{{! not this }}",
         "B7 Y8 = 2 tasks"},
        {"description includes {{query.file.property('ship')}}", "= 0 tasks"},
    };
    struct world w;

    (void)state;
    world_open(&w, "mojibake: off\n");
    try_rows(&w, "Boats.md", rows, ARRAY_LEN(rows));
    world_close(&w);
}

static void errors_have_a_place(void **state) {
    static const struct row rows[] = {
        {"done\n\n  frob", "do not understand query\nProblem statement:\n"
                           "    frob\n @3"},
        {"done\nfrob", "do not understand query\nProblem line: \"frob\" @2"},
        {"hide\\\n me",
         "do not understand hide/show option\nProblem "
         "statement:\n    hide\\\n     me\n     =>\n    hide me\n "
         "@1"},
        {"due nonsense",
         "do not understand due date\nProblem line: \"due nonsense\" @1"},
        {"path includes {{query.file.property(\"none\")}}",
         "There was an error expanding one or more placeholders.\n\nThe error "
         "message was:\n    Invalid placeholder result 'null'.\n\nThe problem "
         "is "
         "in:\n    path includes {{query.file.property(\"none\")}}\nProblem "
         "line: \"path includes {{query.file.property(\"none\")}}\" @1"},
        {"(done]",
         "Could not interpret the following instruction as a Boolean "
         "combination:\n    (done]\n\nThe error message is:\n    All "
         "filters in a Boolean instruction must be inside one of these "
         "pairs of delimiter characters: (...) or [...] or {...} or "
         "\"...\". Combinations of those delimiters are no longer "
         "supported.\nProblem line: \"(done]\" @1"},
    };
    struct world w;

    (void)state;
    world_open(&w, "mojibake: off\n");
    try_rows(&w, "Boats.md", rows, ARRAY_LEN(rows));
    world_close(&w);
}

static void notes_and_settings_say_more(void **state) {
    static const struct row rows[] = {
        {"", "Y6 Y7 = 2 of 5 tasks"},
        {"limit 9\nignore global query", "Y6 B6 B8 B9 Y7 = 5 tasks"},
        {"preset mine", "Y6 Y7 = 2 tasks"},
        {"preset loop", "The presets contain each other without end\nProblem "
                        "line: \"preset loop\" @1"},
    };
    const struct tasks_answer *a;
    struct world w;

    (void)state;
    world_open(&w, "tasks:\n  globalQuery: |\n    limit 2\n    sort by path "
                   "reverse\n  presets:\n    mine: folder includes Yard\n"
                   "    loop: preset loop\n");
    try_rows(&w, "Yard/Rig.md", rows, ARRAY_LEN(rows));
    a = ask(&w, "Yard/Rig.md", "hide due date\nexplain");
    assert_true(a->layout.short_mode);
    assert_true(a->layout.hidden_fields[TASK_FIELD_DUE]);
    assert_false(a->layout.hidden_fields[TASK_FIELD_DONE]);
    assert_true(a->explains);
    world_close(&w);
}

static void what_depends_on_the_note(void **state) {
    static const struct {
        const char *origin, *query;
        bool uses;
    } rows[] = {
        {"Boats.md", "done", false},
        {"Yard/Rig.md", "done", true}, /* its TQ_ properties */
        {"Boats.md", "preset this_file", true},
        {"Boats.md", "FILTER BY FUNCTION task.isDone", true},
        {"Boats.md", "path includes {{query.file.path}}", true},
    };
    struct world w;

    (void)state;
    world_open(&w, "mojibake: off\n");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct tasks_question q = {str_from(rows[i].query),
                                   str_from(rows[i].origin), TASK_NONE, 0};
        for (uint32_t k = 0; k < w.vault.vault.nfiles; k++)
            if (str_eq(w.vault.vault.files[k].path, q.origin))
                q.file = k;
        assert_int_equal(tasks_uses_note(w.shared, &q), rows[i].uses);
    }
    world_close(&w);
}

static void paths_are_found(void **state) {
    static const struct str paths[] = {STR_INIT("a/boats.md"), STR_INIT("b.md"),
                                       STR_INIT("boats/boats.md"),
                                       STR_INIT("x")};
    struct path_list found;
    const struct path_index *x;
    struct arena a;

    (void)state;
    arena_init(&a);
    x = path_index_new(&a, paths, ARRAY_LEN(paths));
    assert_false(path_index_find(x, STR("boa"), &found));
    assert_true(path_index_find(x, STR("boat"), &found));
    assert_int_equal(found.len, 2);
    assert_int_equal(found.items[0], 0);
    assert_int_equal(found.items[1], 2);
    assert_true(path_index_find(x, STR("boats/"), &found));
    assert_int_equal(found.len, 1);
    assert_true(path_index_find(x, STR("boatswain"), &found));
    assert_int_equal(found.len, 0);
    arena_release(&a);
}

static bool value(void *context, struct str name, struct buf *out) {
    (void)context;
    if (str_eq(name, STR("a.b")))
        buf_add_lit(out, "<x>");
    return str_eq(name, STR("a.b")) || str_eq(name, STR("empty"));
}

static void templates_are_filled(void **state) {
    static const struct row rows[] = {
        {"1{{a.b}}2{{{ a.b }}}{{&a.b}}", "1<x>2<x><x>"},
        {"{{! a comment }}x", "x"},
        {"{{#a.b}}in{{/a.b}}{{^a.b}}out{{/a.b}}", "in"},
        {"{{#empty}}in{{c}}{{/empty}}{{^c}}out{{/c}}", "out"},
        {"{{c}}", "!Unknown property: c"},
        {"{{#a.b}}", "!Unclosed section: a.b"},
        {"{{#a.b}}{{/c}}", "!Unopened section: c"},
        {"x{{a.b", "!Unclosed tag: {{a.b"},
        {"{{>a}}", "!There are no partials: a"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct buf out = {0}, problem = {0};

        buf_add_ch(&problem, '!');
        if (mustache_expand(str_from(rows[i].query), value, NULL, &out,
                            &problem))
            assert_string_equal(buf_cstr(&out), rows[i].wanted);
        else
            assert_string_equal(buf_cstr(&problem), rows[i].wanted);
        buf_release(&out);
        buf_release(&problem);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(queries_are_answered),
        cmocka_unit_test(errors_have_a_place),
        cmocka_unit_test(notes_and_settings_say_more),
        cmocka_unit_test(what_depends_on_the_note),
        cmocka_unit_test(paths_are_found),
        cmocka_unit_test(templates_are_filled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
