/*
 * ask: scripts over a vault, for tests/script/check.py.
 *
 *     ask WORKER VAULT [CPU-MS MEMORY-MB ENDED]
 *
 * Reads a JSON object on each line and prints one: `search` (lines that follow
 * each other with one name are one search), `origin`, `text`, `use` (filter, sort,
 * group or placeholder), `expression`, `presets`; `tasks`: lines of the origin's
 * tasks, all tasks of the vault without it. First comes why none runs, or "".
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define assert_true(c) ((void)((c) || (abort(), 0)))
#include "../unit/tasks_vault.h"
#include "base/json.h"
#include "script/client.h"

/* 2026-01-15T12:00:00Z */
#define NOW_MS 1768478400000

struct asking {
    struct tasks_vault vault;
    const struct tasks *tasks;
    struct scripts *scripts;
    struct arena arena; /* of one search */
    struct script_search *search;
    struct str name;
    uint32_t turn; /* of the next search */
    struct buf out;
};

static struct str text(const struct json *j, const char *key) {
    const struct json *v = json_member(j, str_from(key));

    return v && v->kind == JSON_TEXT ? v->text : STR("");
}

static enum script_use use_of(struct str name) {
    static const char *const names[] = {"filter", "sort", "group",
                                        "placeholder"};

    for (int i = 0; i < 4; i++)
        if (str_eq(name, str_from(names[i])))
            return (enum script_use)i;
    abort();
}

static uint32_t file_of(const struct asking *k, struct str path) {
    for (size_t i = 0; i < k->vault.vault.nfiles; i++)
        if (str_eq(k->vault.vault.files[i].path, path))
            return (uint32_t)i;
    return UINT32_MAX;
}

/* The rows of `tasks`, or of all. */
static uint32_t rows_of(struct asking *k, const struct json *j,
                        uint32_t **rows) {
    const struct json *lines = json_member(j, STR("tasks"));
    uint32_t file = file_of(k, text(j, "origin")), n = 0;

    *rows = arena_array(&k->arena, uint32_t, k->tasks->len + 1);
    for (uint32_t i = 0; i < k->tasks->len; i++) {
        const struct task *t = &k->tasks->items[i];
        bool asked = lines == NULL;
        for (const struct json *l = lines ? lines->first : NULL; l; l = l->next)
            asked |= t->file == file && t->line == (uint32_t)l->number;
        if (asked)
            (*rows)[n++] = i;
    }
    return n;
}

/* --- printing --- */

static void add_text(struct buf *out, const char *key, struct str s) {
    buf_add_ch(out, ',');
    json_add_key(out, str_from(key));
    json_add_text(out, s);
}

static void add_value(struct asking *k, const struct script_value *v,
                      struct str expression) {
    uint32_t n;
    const struct str *names = script_group_names(&k->arena, v, expression, &n);

    buf_printf(&k->out, "{\"kind\":%d,\"boolean\":%s,\"ended\":%s,\"number\":",
               (int)v->kind, v->boolean ? "true" : "false",
               v->ended ? "true" : "false");
    if (!isfinite(v->number))
        buf_add_lit(&k->out, "null");
    else
        buf_printf(&k->out, "%.17g", v->number);
    add_text(&k->out, "text", v->text);
    add_text(&k->out, "filter", script_filter_error(&k->arena, v));
    add_text(&k->out, "sort", script_sort_error(&k->arena, v));
    buf_add_lit(&k->out, ",\"items\":[");
    for (uint32_t i = 0; i < v->nitems; i++) {
        if (i > 0)
            buf_add_ch(&k->out, ',');
        json_add_text(&k->out, v->items[i].text);
    }
    buf_add_lit(&k->out, "],\"groups\":[");
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0)
            buf_add_ch(&k->out, ',');
        json_add_text(&k->out, names[i]);
    }
    buf_add_lit(&k->out, "]}");
}

static void call(struct asking *k, const struct json *j, uint32_t function) {
    bool placeholder = str_eq(text(j, "use"), STR("placeholder"));
    uint32_t *rows, n = rows_of(k, j, &rows);
    struct script_value *values =
        arena_array(&k->arena, struct script_value, n + 1);

    if (placeholder)
        n = 1;
    n = script_call(k->search, function, placeholder ? NULL : rows, n, values);
    buf_add_lit(&k->out, "{\"values\":[");
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0)
            buf_add_ch(&k->out, ',');
        add_value(k, &values[i], text(j, "expression"));
    }
    buf_add_lit(&k->out, "]}");
}

static void end_search(struct asking *k) {
    if (k->search)
        script_end(k->search);
    k->search = NULL;
    arena_reset(&k->arena);
}

static void answer(struct asking *k, const struct json *j) {
    struct script_value error;
    uint32_t function;
    struct str name = text(j, "search");

    if (!k->search || name.len == 0 || !str_eq(name, k->name)) {
        end_search(k);
        k->name = name;
        k->search = script_begin(k->scripts, &k->arena,
                                 &(struct script_asker){
                                     .origin = text(j, "origin"),
                                     .file = file_of(k, text(j, "origin")),
                                     .text = text(j, "text"),
                                     .presets = text(j, "presets"),
                                     .turn = k->turn++,
                                 });
    }
    if (script_compile(k->search, use_of(text(j, "use")), text(j, "expression"),
                       &function, &error)) {
        call(k, j, function);
        return;
    }
    buf_printf(&k->out, "{\"ended\":%s", error.ended ? "true" : "false");
    add_text(&k->out, "error", error.text);
    buf_add_ch(&k->out, '}');
}

static void answer_all(struct asking *k) {
    struct arena lines;
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;

    arena_init(&lines);
    while ((n = getline(&line, &cap, stdin)) > 0) {
        struct json_error error;
        struct str copy = arena_str(&lines, str_make(line, (size_t)n));
        const struct json *j = json_parse(&lines, copy, &error);
        buf_reset(&k->out);
        assert_true(j != NULL);
        answer(k, j);
        buf_add_ch(&k->out, '\n');
        fwrite(k->out.p, 1, k->out.len, stdout);
        fflush(stdout);
    }
    end_search(k);
    free(line);
    arena_release(&lines);
}

int main(int argc, char **argv) {
    struct asking k = {0};
    struct script_limits limits = script_limits_default;

    if (argc < 3)
        return 2;
    tasks_vault_open(&k.vault, argv[2]);
    k.tasks = tasks_of_vault(&k.vault.arena, k.vault.linked,
                             &k.vault.settings.tasks_values,
                             (struct civil_date){2026, 1, 15});
    if (argc == 6) {
        limits.cpu_ms = (unsigned)strtoul(argv[3], NULL, 10);
        limits.memory = strtoul(argv[4], NULL, 10) << 20;
        limits.ended = (unsigned)strtoul(argv[5], NULL, 10);
    }
    const struct script_setup setup = {
        .tasks = k.tasks,
        .now_ms = NOW_MS,
        .time_zone = "Europe/Berlin",
        .limits = &limits,
        .program = argv[1],
    };
    arena_init(&k.arena);
    k.scripts = scripts_new(&setup);
    buf_add_lit(&k.out, "{\"off\":");
    json_add_text(&k.out, script_off(k.scripts));
    buf_add_lit(&k.out, "}\n");
    fwrite(k.out.p, 1, k.out.len, stdout);
    fflush(stdout);
    answer_all(&k);
    scripts_end(k.scripts);
    buf_release(&k.out);
    arena_release(&k.arena);
    tasks_vault_close(&k.vault);
    return 0;
}
