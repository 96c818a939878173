#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "vault/settings.h"

/* A vault that holds nothing but the two files. */
struct place {
    char path[64];
    int fd;
    struct arena arena;
    struct diags diags;
    struct settings settings;
};

static const char plugin[] =
    ".obsidian/plugins/obsidian-tasks-plugin/data.json";

static void put(struct place *p, const char *name, const char *text) {
    int fd = openat(p->fd, name, O_WRONLY | O_CREAT | O_TRUNC, 0666);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

static bool place_read(struct place *p, const char *json, const char *yaml) {
    snprintf(p->path, sizeof p->path, "/tmp/vaultsite-test-XXXXXX");
    assert_non_null(mkdtemp(p->path));
    p->fd = open(p->path, O_RDONLY | O_DIRECTORY);
    assert_true(p->fd >= 0);
    arena_init(&p->arena);
    diags_init(&p->diags);
    if (json != NULL) {
        mkdirat(p->fd, ".obsidian", 0777);
        mkdirat(p->fd, ".obsidian/plugins", 0777);
        mkdirat(p->fd, ".obsidian/plugins/obsidian-tasks-plugin", 0777);
        put(p, plugin, json);
    }
    if (yaml != NULL)
        put(p, "vaultsite.yaml", yaml);
    return settings_read(&p->settings, &p->arena, p->fd, NULL, &p->diags);
}

static void place_release(struct place *p) {
    unlinkat(p->fd, "vaultsite.yaml", 0);
    unlinkat(p->fd, plugin, 0);
    unlinkat(p->fd, ".obsidian/plugins/obsidian-tasks-plugin", AT_REMOVEDIR);
    unlinkat(p->fd, ".obsidian/plugins", AT_REMOVEDIR);
    unlinkat(p->fd, ".obsidian", AT_REMOVEDIR);
    assert_int_equal(rmdir(p->path), 0);
    close(p->fd);
    diags_release(&p->diags);
    arena_release(&p->arena);
}

static void expect_text(struct str got, const char *wanted) {
    if (!str_eq(got, str_from(wanted)))
        fail_msg("want \"%s\", got \"%.*s\"", wanted, STR_ARG(got));
}

static void test_defaults(void **state) {
    struct place p;
    const struct tasks_settings *s = &p.settings.tasks_values;

    (void)state;
    assert_true(place_read(&p, NULL, NULL));
    expect_text(s->global_filter, "");
    expect_text(s->global_query, "");
    assert_false(s->remove_filter || s->dates_from_names || s->count_at_top ||
                 s->ignore_sort);
    assert_int_equal(s->format, TASKS_EMOJI);
    assert_int_equal(s->presets.len, 8);
    expect_text(s->presets.items[0].name, "this_file");
    assert_int_equal(s->core.len, 2);
    assert_int_equal(s->custom.len, 2);
    assert_int_equal(s->custom.items[1].type, STATUS_CANCELLED);
    place_release(&p);
}

static void test_plugin(void **state) {
    static const char json[] =
        "{\"globalFilter\":\"#task\",\"removeGlobalFilter\":true,"
        "\"globalQuery\":\"short\\nlimit 9\",\"taskFormat\":\"dataview\","
        "\"presets\":{\"mine\":\"not done\",\"none\":\"\"},"
        "\"includes\":{\"old\":\"done\"},"
        "\"statusSettings\":{\"coreStatuses\":[{\"symbol\":\" \",\"name\":"
        "\"Open\",\"nextStatusSymbol\":\"/\",\"availableAsCommand\":true,"
        "\"type\":\"TODO\"}],\"customStatuses\":[{\"symbol\":\"\xe2\x98\x85\","
        "\"name\":\"Star\",\"nextStatusSymbol\":\"x\",\"type\":\"ON_HOLD\"},"
        "{\"symbol\":\"q\"}]},"
        "\"useFilenameAsScheduledDate\":true,"
        "\"filenameAsScheduledDateFormat\":\"D.M.YYYY\","
        "\"filenameAsDateFolders\":[\"Daily\",\"Log\"],"
        "\"searchResults\":{\"taskCountLocation\":\"top\"},"
        "\"debugSettings\":{\"ignoreSortInstructions\":true},"
        "\"autoSuggestMinMatch\":0}";
    struct place p;
    const struct tasks_settings *s = &p.settings.tasks_values;

    (void)state;
    assert_true(place_read(&p, json, NULL));
    assert_int_equal(p.diags.len, 0);
    expect_text(s->global_filter, "#task");
    expect_text(s->global_query, "short\nlimit 9");
    assert_true(s->remove_filter && s->dates_from_names && s->count_at_top &&
                s->ignore_sort);
    assert_int_equal(s->format, TASKS_DATAVIEW);
    assert_int_equal(s->presets.len, 2);
    expect_text(s->presets.items[0].text, "not done");
    assert_int_equal(s->core.len, 1);
    expect_text(s->core.items[0].name, "Open");
    assert_int_equal(s->custom.len, 2);
    assert_int_equal(s->custom.items[0].type, STATUS_ON_HOLD);
    assert_int_equal(s->custom.items[1].type, STATUS_TODO);
    expect_text(s->name_format, "D.M.YYYY");
    assert_int_equal(s->date_folders.len, 2);
    place_release(&p);
    assert_true(place_read(&p, "{\"includes\":{\"old\":\"done\"}}", NULL));
    assert_int_equal(s->presets.len, 1);
    expect_text(s->presets.items[0].name, "old");
    place_release(&p);
}

/* vaultsite.yaml wins key by key. */
static void test_both(void **state) {
    struct place p;
    const struct tasks_settings *s = &p.settings.tasks_values;

    (void)state;
    assert_true(
        place_read(&p,
                   "{\"globalFilter\":\"#task\",\"globalQuery\":\"short\","
                   "\"presets\":{\"a\":\"x\"},\"taskFormat\":\"dataview\","
                   "\"statusSettings\":{\"customStatuses\":[]}}",
                   "tasks:\n"
                   "  globalFilter: \"\"\n"
                   "  taskFormat: tasksPluginEmoji\n"
                   "  presets:\n"
                   "    open: |\n"
                   "      not done\n"
                   "      sort by due\n"
                   "  statusSettings:\n"
                   "    coreStatuses:\n"
                   "      - {symbol: \"!\", name: Hot, nextStatusSymbol: x,"
                   " type: in_progress}\n"
                   "  searchResults: {taskCountLocation: top, other: 1}\n"
                   "  filenameAsDateFolders: [Daily]\n"
                   "  setDoneDate: yes\n"));
    expect_text(s->global_filter, "");
    expect_text(s->global_query, "short");
    assert_int_equal(s->format, TASKS_EMOJI);
    assert_int_equal(s->presets.len, 1);
    expect_text(s->presets.items[0].text, "not done\nsort by due\n");
    assert_int_equal(s->core.len, 1);
    assert_int_equal(s->core.items[0].type, STATUS_IN_PROGRESS);
    assert_int_equal(s->custom.len, 0);
    assert_true(s->count_at_top);
    assert_int_equal(s->date_folders.len, 1);
    place_release(&p);
}

#define CUSTOM(status) "{\"statusSettings\":{\"customStatuses\":[" status "]}}"

/* Each is one finding, and what is right beside it is kept. */
static void test_plugin_mistakes(void **state) {
    static const char *const cases[] = {
        "{\"globalFilter\":1}",
        "{\"removeGlobalFilter\":\"yes\"}",
        "{\"globalQuery\":[]}",
        "{\"taskFormat\":\"other\"}",
        "{\"taskFormat\":7}",
        "{\"presets\":[]}",
        "{\"presets\":{\"a\":1}}",
        "{\"includes\":\"a\"}",
        "{\"statusSettings\":{\"coreStatuses\":{}}}",
        CUSTOM("3"),
        CUSTOM("{\"name\":\"a\"}"),
        CUSTOM("{\"symbol\":\"ab\"}"),
        CUSTOM("{\"symbol\":\"a\",\"type\":1}"),
        CUSTOM("{\"symbol\":\"a\",\"type\":\"SOON\"}"),
        "{\"filenameAsDateFolders\":\"Daily\"}",
        "{\"filenameAsDateFolders\":[1]}",
        "{\"searchResults\":{\"taskCountLocation\":\"left\"}}",
        "{\"debugSettings\":{\"ignoreSortInstructions\":1}}",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct place p;
        assert_true(place_read(&p, cases[i], NULL));
        if (p.diags.len != 1 || p.diags.items[0].code != DIAG_SETTINGS_JSON)
            fail_msg("%s: %zu findings", cases[i], p.diags.len);
        expect_text(p.settings.tasks_values.global_filter, "");
        assert_int_equal(p.settings.tasks_values.format, TASKS_EMOJI);
        place_release(&p);
    }
    for (size_t i = 0; i < 3; i++) {
        static const char *const fine[] = {
            "{\"globalFilter\":null,\"presets\":null,\"searchResults\":null}",
            "{\"searchResults\":3}", "{}"};
        struct place p;
        assert_true(place_read(&p, fine[i], NULL));
        assert_int_equal(p.diags.len, 0);
        place_release(&p);
    }
}

static void test_mistakes(void **state) {
    static const char *const cases[][2] = {
        {"tasks: {globalFilter: [a]}", "wants text"},
        {"tasks: {globalFilte: a}", "did you mean \"tasks.globalFilter\"?"},
        {"tasks: {taskFormat: emoji}", "tasksPluginEmoji|dataview"},
        {"tasks: {presets: [a]}", "wants names with their lines, not a list"},
        {"tasks: {presets: {a: [b]}}", "wants lines of a query, not a list"},
        {"tasks: {presets: {a: b, a: c}}", "\"a\" stands there twice"},
        {"tasks: {statusSettings: {customStatuses: a}}", "a list of statuses"},
        {"tasks: {statusSettings: {customStatuses: [a]}}", "not text"},
        {"tasks: {statusSettings: {customStatuses: [{name: a}]}}",
         "\"symbol\" wants one character"},
        {"tasks: {statusSettings: {customStatuses: [{symbol: a, typ: TODO}]}}",
         "unknown key \"typ\""},
        {"tasks: {statusSettings: {customStatuses: [{symbol: a, type: DON}]}}",
         "did you mean \"DONE\"?"},
        {"tasks: {statusSettings: {customStatuses: [{symbol: a, type: [b]}]}}",
         "wants a type of a status"},
        {"tasks: {searchResults: {taskCountLocation: left}}", "bottom|top"},
        {"tasks: {statusSettings: {custom: []}}", "unknown key"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct place p;
        assert_false(place_read(&p, NULL, cases[i][0]));
        if (p.diags.len != 1 ||
            str_find_str(p.diags.items[0].text, str_from(cases[i][1]), 0) ==
                STR_NONE)
            fail_msg("%s: %.*s", cases[i][0],
                     STR_ARG(p.diags.len > 0 ? p.diags.items[0].text
                                             : STR("no finding")));
        place_release(&p);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults), cmocka_unit_test(test_plugin),
        cmocka_unit_test(test_both),     cmocka_unit_test(test_plugin_mistakes),
        cmocka_unit_test(test_mistakes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
