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

#include "base/word.h"
#include "vault/setting.h"
#include "vault/settings.h"

/* A vault of its own for each reading. */
struct place {
    char path[64];
    int fd;
    struct arena arena;
    struct diags diags;
    struct settings settings;
};

static void place_init(struct place *p) {
    snprintf(p->path, sizeof p->path, "/tmp/vaultsite-test-XXXXXX");
    assert_non_null(mkdtemp(p->path));
    p->fd = open(p->path, O_RDONLY | O_DIRECTORY);
    assert_true(p->fd >= 0);
    arena_init(&p->arena);
    diags_init(&p->diags);
}

static void place_put(struct place *p, const char *name, struct str text) {
    char folder[100];
    snprintf(folder, sizeof folder, "%s", name);
    for (char *at = folder; (at = strchr(at, '/')) != NULL; *at++ = '/') {
        *at = '\0';
        mkdirat(p->fd, folder, 0777);
    }
    int fd = openat(p->fd, name, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text.p ? text.p : "", text.len), text.len);
    close(fd);
}

/* Each file that a test here may have put. */
static void place_release(struct place *p) {
    static const char *const files[] = {
        "vaultsite.yaml",
        "vaultsite.yml",
        "other.yaml",
        ".obsidian/app.json",
        ".obsidian/templates.json",
        ".obsidian/appearance.json",
        ".obsidian/plugins/templater-obsidian/data.json",
        ".obsidian/plugins/dataview/data.json",
        ".obsidian"};
    static const char *const folders[] = {
        ".obsidian/plugins/templater-obsidian", ".obsidian/plugins/dataview",
        ".obsidian/plugins", ".obsidian"};
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        unlinkat(p->fd, files[i], 0);
    for (size_t i = 0; i < ARRAY_LEN(folders); i++)
        unlinkat(p->fd, folders[i], AT_REMOVEDIR);
    assert_int_equal(rmdir(p->path), 0);
    close(p->fd);
    diags_release(&p->diags);
    arena_release(&p->arena);
}

static bool place_read(struct place *p) {
    return settings_read(&p->settings, &p->arena, p->fd, NULL, &p->diags);
}

static bool list_is(struct str_list list, const char *joined) {
    struct buf b = {0};
    for (size_t i = 0; i < list.len; i++)
        buf_printf(&b, "%.*s;", STR_ARG(list.items[i]));
    bool same = str_eq(buf_str(&b), str_from(joined));
    if (!same)
        print_error("list is %s\n", buf_cstr(&b));
    buf_release(&b);
    return same;
}

static void test_defaults(void **state) {
    struct place p;
    struct settings *s = &p.settings;

    (void)state;
    place_init(&p);
    assert_true(place_read(&p));
    assert_int_equal(p.diags.len, 0);
    assert_true(str_eq(s->language, STR("en")));
    assert_true(str_eq(s->time_zone, STR("UTC")));
    assert_true(str_eq(s->dates, STR("git")) && !s->dates_given);
    assert_int_equal(s->title.len, 0);
    assert_int_equal(s->mode, PUBLISH_OPT_OUT);
    assert_int_equal(s->mojibake, MOJIBAKE_REPAIR);
    assert_true(s->javascript);
    assert_false(s->noindex || s->external_media_link || s->attachments_all ||
                 s->css_snippets || s->strict_line_breaks);
    assert_true(list_is(s->template_folders, "template;templates;_templates;"));
    assert_int_equal(s->exclude.len + s->include.len + s->exclude_tags.len, 0);
    assert_int_equal(s->limits.note_bytes, 16000000);
    assert_int_equal(s->limits.fallback_bytes, 64000000);
    assert_int_equal(s->limits.table_columns, 500);
    assert_int_equal(s->limits.table_cells, 500000);
    assert_true(s->limits.fuel_per_kb > 0);
    assert_int_equal(s->limits.attachment_bytes, 1000000000);
    assert_null(s->owner);
    assert_null(s->entities);
    assert_int_equal(s->entity_values.nkinds, 3);
    assert_int_equal(s->entity_values.nevents, 2);
    assert_true(str_eq(s->entity_values.kinds[1].name, STR("customer")));
    assert_true(
        list_is(s->entity_values.kinds[1].folders, "customers;accounts;"));
    assert_true(list_is(s->entity_values.owner_words, "myself;me;i;"));
    assert_int_equal(s->entity_values.not_entities.len, 11);
    assert_int_equal(s->entity_values.placeholders.len, 14);
    assert_int_equal(s->entity_values.owner.len, 0);
    assert_true(s->entity_values.transcripts);
    assert_null(s->dataview_plugin);
    assert_true(str_eq(s->dataview_values.null_text, STR("\\-")));
    assert_true(
        str_eq(s->dataview_values.time_format, STR("h:mm a - MMMM dd, yyyy")));
    assert_true(str_eq(s->dataview_values.inline_js_prefix, STR("$=")));
    assert_true(s->dataview_values.counts && !s->dataview_values.javascript);
    assert_int_equal(s->dataview_values.max_depth, 4);
    place_release(&p);
}

static void test_every_key(void **state) {
    static const struct str text = STR_INIT(
        "title: 2025\n"
        "language: de-AT\n"
        "base_url: https://wiki.example.com/team\n"
        "home: Start.md\n"
        "vault_name: Harbour\n"
        "edit_url: \"https://git.example.com/e/{path}\"\n"
        "theme: .theme\n"
        "time_zone: Europe/Vienna\n"
        "robots: noindex\n"
        "publish:\n"
        "  mode: opt-in\n"
        "  exclude: [Private/, ./Drafts/*.md, \"**/\xc3\x84.md\"]\n"
        "  include: [Open]\n"
        "  exclude_tags: [\"#Secret\", work/HR/]\n"
        "owner: [Ada Example, A. Example]\n"
        "mojibake: report\n"
        "javascript: off\n"
        "dates: files\n"
        "css: [wide, print]\n"
        "external_media: link\n"
        "attachments: all\n"
        "entities:\n"
        "  kinds:\n"
        "    vessel: {types: [ship], folders: [Fleet], label: Fleet, url: v}\n"
        "  events:\n"
        "    voyage: {types: [trip]}\n"
        "  template_folders: [Forms, meta/Blanks/]\n"
        "  transcripts: no\n"
        "obsidian: {strictLineBreaks: true, vimMode: true}\n"
        "dataview: {inlineQueryPrefix: \" dv: \", renderNullAs: \"\",\n"
        "           showResultCount: false, maxRecursiveRenderDepth: 9,\n"
        "           refreshInterval: 2500}\n"
        "tasks: {globalFilter: \"#task\"}\n"
        "limits: {note_bytes: 1, fallback_bytes: 2, table_columns: 3,\n"
        "         table_cells: 4, fuel_per_kb: 5, attachment_bytes: 6}\n");
    struct place p;
    struct settings *s = &p.settings;

    (void)state;
    place_init(&p);
    place_put(&p, "vaultsite.yaml", text);
    bool ok = place_read(&p);
    for (size_t i = 0; i < p.diags.len; i++)
        print_error("%.*s\n", STR_ARG(p.diags.items[i].text));
    assert_true(ok);
    assert_true(str_eq(s->title, STR("2025")));
    assert_true(str_eq(s->language, STR("de-AT")));
    assert_true(str_eq(s->base_url, STR("https://wiki.example.com/team/")));
    assert_true(str_eq(s->home, STR("Start.md")));
    assert_true(str_eq(s->vault_name, STR("Harbour")));
    assert_true(str_eq(s->edit_url, STR("https://git.example.com/e/{path}")));
    assert_true(str_eq(s->theme, STR(".theme")));
    assert_true(str_eq(s->time_zone, STR("Europe/Vienna")));
    assert_true(s->noindex);
    assert_int_equal(s->mode, PUBLISH_OPT_IN);
    assert_true(list_is(s->exclude, "private/;/drafts/*.md;**/\xc3\xa4.md;"));
    assert_true(list_is(s->include, "open;"));
    assert_true(list_is(s->exclude_tags, "secret;work/hr;"));
    assert_int_equal(s->owner->len, 2);
    assert_int_equal(s->mojibake, MOJIBAKE_REPORT);
    assert_false(s->javascript);
    assert_true(str_eq(s->dates, STR("files")) && s->dates_given);
    assert_true(list_is(s->css, "wide;print;"));
    assert_false(s->css_snippets);
    assert_true(s->external_media_link && s->attachments_all);
    assert_int_equal(s->entities->len, 4);
    assert_true(list_is(s->entity_values.owner, "Ada Example;A. Example;"));
    assert_int_equal(s->entity_values.nkinds, 4);
    assert_true(str_eq(s->entity_values.kinds[3].name, STR("vessel")));
    assert_true(list_is(s->entity_values.kinds[3].types, "ship;"));
    assert_true(list_is(s->entity_values.kinds[3].folders, "fleet;"));
    assert_true(str_eq(s->entity_values.kinds[3].label, STR("Fleet")));
    assert_true(str_eq(s->entity_values.events[2].name, STR("voyage")));
    assert_false(s->entity_values.transcripts);
    assert_true(list_is(s->template_folders, "forms;/meta/blanks;"));
    assert_true(s->strict_line_breaks);
    assert_int_equal(s->dataview->len, 5);
    assert_true(str_eq(s->dataview_values.inline_prefix, STR("dv:")));
    assert_int_equal(s->dataview_values.null_text.len, 0);
    assert_false(s->dataview_values.counts);
    assert_int_equal(s->dataview_values.max_depth, 9);
    assert_int_equal(s->tasks->len, 1);
    assert_int_equal(s->limits.note_bytes, 1);
    assert_int_equal(s->limits.fallback_bytes, 2);
    assert_int_equal(s->limits.table_columns, 3);
    assert_int_equal(s->limits.table_cells, 4);
    assert_int_equal(s->limits.fuel_per_kb, 5);
    assert_int_equal(s->limits.attachment_bytes, 6);
    place_release(&p);
}

static void test_mistakes(void **state) {
    static const struct {
        struct str yaml;
        const char *findings; /* `line:column text`, a '\n' after each */
    } cases[] = {
        {STR_INIT("titel: x\n"),
         "1:1 unknown key \"titel\"; did you mean \"title\"?\n"},
        {STR_INIT("Title: x\n"),
         "1:1 unknown key \"Title\"; did you mean \"title\"?\n"},
        {STR_INIT("zebra: x\n"), "1:1 unknown key \"zebra\"\n"},
        {STR_INIT("exclude: [x]\n"),
         "1:1 unknown key \"exclude\"; did you mean \"publish.exclude\"?\n"},
        {STR_INIT("publish:\n  exlcude: [x]\n"),
         "2:3 unknown key \"exlcude\"; did you mean \"publish.exclude\"?\n"},
        {STR_INIT("publish:\nexclude_tags: [x]\n"),
         "2:1 unknown key \"exclude_tags\"; did you mean "
         "\"publish.exclude_tags\"?\n"},
        {STR_INIT("publish: no\n"),
         "1:10 \"publish\" wants keys below it, not text\n"},
        {STR_INIT("publish: {mode: opt_in}\n"),
         "1:17 \"publish.mode\" wants opt-out|opt-in, not \"opt_in\"; did you "
         "mean \"opt-in\"?\n"},
        {STR_INIT("publish: {mode: private}\n"),
         "1:17 \"publish.mode\" wants opt-out|opt-in, not \"private\"\n"},
        {STR_INIT("publish: {exclude: Private}\n"),
         "1:20 \"publish.exclude\" wants a list, such as [one, two], not "
         "text\n"},
        {STR_INIT("publish:\n  exclude: [a, {b: c}, '']\n"),
         "2:16 \"publish.exclude\" wants a list of texts, without a mapping in "
         "it\n"
         "2:24 \"publish.exclude\" wants a list of texts, without text in "
         "it\n"},
        {STR_INIT("publish: {exclude: ['a\\b', ../x, /]}\n"),
         "1:21 in \"publish.exclude\": \"a\\b\" has a backslash; folders are "
         "told apart by '/'\n"
         "1:28 in \"publish.exclude\": \"../x\" names nothing inside the "
         "vault\n"
         "1:34 in \"publish.exclude\": \"/\" names nothing inside the vault\n"},
        {STR_INIT("publish: {exclude_tags: [a b, '#']}\n"),
         "1:26 in \"publish.exclude_tags\": \"a b\" is no tag\n"
         "1:31 in \"publish.exclude_tags\": \"#\" is no tag\n"},
        {STR_INIT("publish: {exclude: [a]}\npublish: {}\n"),
         "2:1 \"publish\" stands there twice\n"},
        {STR_INIT("base_url: wiki.example.com\n"),
         "1:11 \"base_url\" wants an address such as "
         "https://wiki.example.com/, "
         "not \"wiki.example.com\"\n"},
        {STR_INIT("edit_url: https://git.example.com/\n"),
         "1:11 \"edit_url\" wants an http, https or obsidian address with "
         "{path} in it, not \"https://git.example.com/\"\n"},
        {STR_INIT("time_zone: Europe/Atlantis\n"),
         "1:12 \"time_zone\" wants a time zone such as UTC or Europe/Vienna, "
         "not \"Europe/Atlantis\"\n"},
        {STR_INIT("language: 5\n"),
         "1:11 \"language\" wants a language such as en or de-AT, not "
         "\"5\"\n"},
        {STR_INIT("language: de-\n"),
         "1:11 \"language\" wants a language such as en or de-AT, not "
         "\"de-\"\n"},
        {STR_INIT("language: \"de\\\"x\"\n"),
         "1:11 \"language\" wants a language such as en or de-AT, not "
         "\"de\"x\"\n"},
        {STR_INIT("javascript: maybe\ntitle: [a]\n"),
         "1:13 \"javascript\" wants yes or no, not \"maybe\"\n"
         "2:8 \"title\" wants text, not a list\n"},
        {STR_INIT("javascript:\n"),
         "1:12 \"javascript\" wants yes or no, not nothing\n"},
        {STR_INIT("limits: {note_bytes: 16 MB, table_cells: 0}\n"),
         "1:22 \"limits.note_bytes\" wants a whole number from 1, in digits "
         "alone, not \"16 MB\"\n"
         "1:42 \"limits.table_cells\" wants a whole number from 1, in digits "
         "alone, not \"0\"\n"},
        {STR_INIT("limits: {note_bytes: 99999999999999999999999}\n"),
         "1:22 \"limits.note_bytes\" wants a whole number from 1, in digits "
         "alone, not \"99999999999999999999999\"\n"},
        {STR_INIT("entities: {kinds: {vessel: {type: [a]}}}\n"),
         "1:29 unknown key \"type\"; did you mean "
         "\"entities.kinds.*.types\"?\n"},
        {STR_INIT("obsidian: {strictLinebreak: yes}\n"),
         "1:12 unknown key \"strictLinebreak\"; did you mean "
         "\"obsidian.strictLineBreaks\"?\n"},
        {STR_INIT("css: all\n"),
         "1:6 \"css\" wants the word snippets or a list of snippets, not "
         "\"all\"\n"},
        {STR_INIT("owner: {a: b}\n"),
         "1:8 \"owner\" wants a list, such as [one, two], not a mapping\n"},
        {STR_INIT("- a\n"),
         "1:1 the file must be a list of `key: value` lines\n"},
        {STR_INIT("title: x\n\xc3\xa4\xff: y\n"),
         "2:2 the file is not UTF-8\n"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct place p;
        struct buf found = {0};

        place_init(&p);
        place_put(&p, "vaultsite.yaml", cases[i].yaml);
        assert_false(place_read(&p));
        for (size_t k = 0; k < p.diags.len; k++) {
            struct diag *d = &p.diags.items[k];
            assert_int_equal(d->code, DIAG_SETTINGS_INVALID);
            assert_true(str_eq(d->path, STR("vaultsite.yaml")));
            buf_printf(&found, "%u:%u %.*s\n", d->line, d->column,
                       STR_ARG(d->text));
        }
        assert_string_equal(buf_cstr(&found), cases[i].findings);
        buf_release(&found);
        place_release(&p);
    }
}

static void test_accepted(void **state) {
    static const struct str cases[] = {
        STR_INIT(""),
        STR_INIT("# nothing\n"),
        STR_INIT("\xef\xbb\xbftitle: x\r\nhome: y\r\n"),
        STR_INIT("title:\npublish:\n"),
        STR_INIT("publish:\n  exclude:\n  #  - Private\n"),
        STR_INIT("owner: Ada Example\n"),
        STR_INIT("css: snippets\n"),
        STR_INIT("tasks: {anything: {deep: [1]}}\n"),
        STR_INIT("obsidian: {userIgnoreFilters: [a]}\n"),
        STR_INIT("mojibake: off     # as they stand\njavascript: off\n"),
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct place p;
        place_init(&p);
        place_put(&p, "vaultsite.yaml", cases[i]);
        if (!place_read(&p))
            fail_msg("case %zu: %.*s", i, STR_ARG(p.diags.items[0].text));
        place_release(&p);
    }
}

static void test_files(void **state) {
    struct place p;
    char path[100];

    (void)state;
    /* under a wrong name */
    place_init(&p);
    place_put(&p, "vaultsite.yml", STR("title: x\n"));
    assert_false(place_read(&p));
    place_release(&p);
    /* a link */
    place_init(&p);
    place_put(&p, "other.yaml", STR("title: x\n"));
    assert_int_equal(symlinkat("other.yaml", p.fd, "vaultsite.yaml"), 0);
    assert_false(place_read(&p));
    place_release(&p);
    /* --config, which is read instead */
    place_init(&p);
    place_put(&p, "vaultsite.yaml", STR("title: [\n"));
    place_put(&p, "other.yaml", STR("title: x\n"));
    snprintf(path, sizeof path, "%s/other.yaml", p.path);
    assert_true(settings_read(&p.settings, &p.arena, p.fd, path, &p.diags));
    assert_true(str_eq(p.settings.title, STR("x")));
    snprintf(path, sizeof path, "%s/none.yaml", p.path);
    assert_false(settings_read(&p.settings, &p.arena, p.fd, path, &p.diags));
    assert_false(settings_read(&p.settings, &p.arena, p.fd, p.path, &p.diags));
    place_release(&p);
    /* too large */
    place_init(&p);
    struct buf large = {0};
    while (large.len <= YAML_MAX_BYTES + 3)
        buf_add_lit(&large, "# comment\n");
    place_put(&p, "vaultsite.yaml", buf_str(&large));
    assert_false(place_read(&p));
    buf_release(&large);
    place_release(&p);
}

static void test_obsidian(void **state) {
    struct place p;
    uint64_t digest;

    (void)state;
    place_init(&p);
    place_put(&p, ".obsidian/app.json", STR("{\"strictLineBreaks\":true}"));
    place_put(&p, ".obsidian/appearance.json",
              STR("{\"enabledCssSnippets\":[\"wide\"]}"));
    place_put(&p, ".obsidian/templates.json", STR("{\"folder\":\"Forms/\"}"));
    place_put(&p, ".obsidian/plugins/templater-obsidian/data.json",
              STR("{\"templates_folder\":\"meta/Blanks\"}"));
    place_put(&p, ".obsidian/plugins/dataview/data.json", STR("{\"a\":1}"));
    assert_true(place_read(&p));
    assert_int_equal(p.diags.len, 0);
    assert_true(p.settings.strict_line_breaks);
    assert_int_equal(p.settings.css.len, 0);
    assert_true(list_is(p.settings.template_folders,
                        "template;templates;_templates;/forms;/meta/blanks;"));
    assert_non_null(json_member(p.settings.dataview_plugin, STR("a")));
    assert_null(p.settings.tasks_plugin);
    digest = p.settings.digest;
    /* vaultsite.yaml wins, and counts for the digest */
    place_put(&p, "vaultsite.yaml",
              STR("css: snippets\nobsidian: {strictLineBreaks: no}\n"));
    assert_true(place_read(&p));
    assert_false(p.settings.strict_line_breaks);
    assert_true(list_is(p.settings.css, "wide;"));
    assert_true(p.settings.digest != digest);
    place_release(&p);
}

/* The plugin's own file, and vaultsite.yaml over it key by key. */
static void test_dataview(void **state) {
    struct place p;
    const struct dataview_settings *s = &p.settings.dataview_values;

    (void)state;
    place_init(&p);
    place_put(&p, ".obsidian/plugins/dataview/data.json",
              STR("{\"renderNullAs\":\"\",\"inlineQueryPrefix\":\" \","
                  "\"defaultDateFormat\":\"d.M.yyyy\",\"allowHtml\":false,"
                  "\"showResultCount\":null,\"tableIdColumnName\":3,"
                  "\"warnOnEmptyResult\":\"no\",\"refreshInterval\":1,"
                  "\"maxRecursiveRenderDepth\":0}"));
    place_put(
        &p, "vaultsite.yaml",
        STR("dataview: {defaultDateFormat: yyyy, enableDataviewJs: yes}\n"));
    assert_true(place_read(&p));
    assert_int_equal(p.diags.len, 3);
    assert_int_equal(s->null_text.len, 0);
    assert_true(str_eq(s->inline_prefix, STR("=")));
    assert_true(str_eq(s->date_format, STR("yyyy")));
    assert_true(str_eq(s->id_column, STR("File")));
    assert_true(s->counts && s->says_empty && s->javascript && !s->allow_html);
    assert_int_equal(s->max_depth, 4);
    place_release(&p);
}

static void test_obsidian_mistakes(void **state) {
    static const struct {
        const char *file;
        struct str json;
        size_t findings;
    } cases[] = {
        {".obsidian/app.json", STR_INIT("{\"strictLineBreaks\":"), 1},
        {".obsidian/app.json", STR_INIT("{\"strictLineBreaks\":\"yes\"}"), 1},
        {".obsidian/app.json", STR_INIT("[]"), 1},
        {".obsidian/app.json", STR_INIT("\xef\xbb\xbf{}"), 0},
        {".obsidian/templates.json", STR_INIT("{\"folder\":[]}"), 1},
        {".obsidian/templates.json", STR_INIT("{\"folder\":\"/\"}"), 0},
        {".obsidian/templates.json", STR_INIT("{\"folder\":\"\"}"), 0},
        {".obsidian/templates.json", STR_INIT("{}"), 0},
        {".obsidian/appearance.json",
         STR_INIT("{\"enabledCssSnippets\":[\"a\",1]}"), 1},
        {".obsidian", STR_INIT("a file"), 1},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct place p;
        place_init(&p);
        place_put(&p, cases[i].file, cases[i].json);
        assert_true(place_read(&p));
        assert_int_equal(p.diags.len, cases[i].findings);
        for (size_t k = 0; k < p.diags.len; k++)
            assert_int_equal(p.diags.items[k].code, DIAG_SETTINGS_JSON);
        assert_false(p.settings.strict_line_breaks);
        assert_int_equal(p.settings.template_folders.len, 3);
        place_release(&p);
    }
}

static void test_base_url(void **state) {
    static const struct {
        const char *text, *url; /* NULL: none */
    } cases[] = {
        {"https://a.example", "https://a.example/"},
        {" http://a.example/b/ ", "http://a.example/b/"},
        {"HTTPS://a.example/b", "HTTPS://a.example/b/"},
        {"https://[::1]:8080/x", "https://[::1]:8080/x/"},
        {"", NULL},
        {"a.example", NULL},
        {"//a.example", NULL},
        {"ftp://a", NULL},
        {"https://", NULL},
        {"https:///x", NULL},
        {"javascript://x", NULL},
        {"https://a b", NULL},
        {"https://a\"b", NULL},
        {"https://a/?q", NULL},
        {"https://a/#f", NULL},
        {"https://a\n/", NULL},
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str url;
        bool ok = settings_base_url(&a, str_from(cases[i].text), &url);
        if (ok != (cases[i].url != NULL) ||
            (ok && !str_eq(url, str_from(cases[i].url))))
            fail_msg("\"%s\"", cases[i].text);
    }
    arena_release(&a);
}

static void test_nearest(void **state) {
    static const struct str words[] = {STR_INIT("title"), STR_INIT("theme"),
                                       STR_INIT("time_zone")};
    static const struct {
        const char *written, *nearest;
    } cases[] = {
        {"title", "title"},
        {"tilte", "title"},
        {"titl", "title"},
        {"titles", "title"},
        {"TITLE", "title"},
        {"them", "theme"},
        {"timezone", "time_zone"},
        {"x", ""},
        {"colour", ""},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (!str_eq(word_nearest(str_from(cases[i].written), words, 3),
                    str_from(cases[i].nearest)))
            fail_msg("\"%s\"", cases[i].written);
}

/* The table: every row's key is its own, stands below a mapping, and tells in
 * `type` and `meaning` what it is. */
static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < settings_nrows; i++) {
        const struct settings_row *row = &settings_rows[i];
        size_t dot = str_rfind(row->key, '.');
        bool has_parent = dot == STR_NONE;

        for (size_t k = 0; k < settings_nrows; k++) {
            const struct settings_row *other = &settings_rows[k];
            assert_true(k == i || !str_eq(other->key, row->key));
            has_parent =
                has_parent || (other->kind == SETTINGS_MAPPING &&
                               str_eq(other->key, str_slice(row->key, 0, dot)));
        }
        assert_true(has_parent);
        assert_true(str_ends(row->meaning, STR(".")));
        bool words = row->kind == SETTINGS_WORD ||
                     row->kind == SETTINGS_WORD_FLAG ||
                     row->kind == SETTINGS_WORD_TEXT;
        assert_int_equal(words, str_find(row->type, '|') != STR_NONE);
        if (words)
            assert_true(str_eq(str_until(row->type, '|'), row->initial));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_every_key),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_obsidian),
        cmocka_unit_test(test_dataview),
        cmocka_unit_test(test_obsidian_mistakes),
        cmocka_unit_test(test_base_url),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
