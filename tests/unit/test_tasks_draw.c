#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "answers_made.h"

#define ASKS "# Host\n\n```tasks\nnot done\n  sort by <x>\n```\n"

/* Real tasks of the notes that were made, in an answer that is set by hand. */
static struct tasks_answer *tasks_of(struct made *m) {
    struct tasks_answer *a = arena_new(arena_of(m), struct tasks_answer);

    m->v.linked =
        link_vault(arena_of(m), &m->v.vault,
                   (const struct note *const *)m->v.notes, 1, &m->v.diags);
    a->tasks = tasks_of_vault(arena_of(m), m->v.linked,
                              &m->v.settings.tasks_values, m->v.settings.today);
    a->layout = tasks_layout_default();
    m->answers.tasks = a;
    return a;
}

static struct task_group *add_group(struct made *m, struct tasks_answer *a,
                                    const uint32_t *tasks, uint32_t n) {
    struct task_group *groups =
        arena_array(arena_of(m), struct task_group, a->ngroups + 1);
    uint32_t *kept = arena_array(arena_of(m), uint32_t, n);

    for (uint32_t i = 0; i < a->ngroups; i++)
        groups[i] = a->groups[i];
    for (uint32_t i = 0; i < n; i++)
        kept[i] = tasks[i];
    groups[a->ngroups] =
        (struct task_group){.tasks = kept, .ntasks = n, .total = n};
    a->groups = groups;
    a->nshown += n;
    a->ntotal += n;
    return &groups[a->ngroups++];
}
#define GROUP(m, a, ...)                                                       \
    add_group(m, a, (const uint32_t[]){__VA_ARGS__},                           \
              sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

static struct str drawn(struct made *m) {
    site_plan(&m->v);
    return made_answer(m, 0);
}

#define UL_OPEN(hidden, by)                                                    \
    "<ul class=\"contains-task-list plugin-tasks-query-result" hidden          \
    " tasks-layout-hide-urgency\"" by ">"
#define UL UL_OPEN("", "")
#define LI(mark, checked, fields, name, type)                                  \
    "<li class=\"task-list-item plugin-tasks-list-item" checked                \
    "\" data-task=\"" mark "\" " fields " data-task-status-name=\"" name       \
    "\" data-task-status-type=\"" type "\">"
#define TODO                                                                   \
    LI("", "", "data-task-priority=\"normal\"", "Todo", "TODO")                \
    BOX "\"To "                                                                \
        "do\">"
#define BOX                                                                    \
    "<input type=\"checkbox\" class=\"task-list-item-checkbox\" disabled"      \
    " aria-label="
#define TEXT(x) "<span class=\"tasks-list-text\">" x "</span>"
#define DESCRIPTION(x)                                                         \
    "<span class=\"task-description\"><span>" x "</span></span>"
#define DATE(name, when, title, x)                                             \
    "<span class=\"task-" name "\" data-task-" name "=\"" when                 \
    "\" title=\"" title "\"><span> " x "</span></span>"
#define FIELD(name, title, x)                                                  \
    "<span class=\"task-" name "\" title=\"" title "\"><span> " x              \
    "</span></span>"
#define BACKLINK(href, name)                                                   \
    "<span class=\"task-extras\"><span class=\"tasks-backlink\"> (<a "         \
    "class=\"task-src\" href=\"" href "\" title=\"" name "\">" name            \
    "</a>)</span></span>"
#define COUNT(x) "<div class=\"task-count\">" x "</div>"

/* All fields in the plugin's order, whatever the order of the line; the day of the
 * build is 2026-01-15. */
static void test_fields(void **state) {
    struct made *m = made_new();
    struct tasks_answer *a;
    (void)state;

    made_note(m, "Host.md", ASKS);
    made_note(
        m, "Tasks.md",
        "# Plan\n\n- [ ] Row **out** ✅ 2026-01-15 ❌ 2026-01-16 📅 "
        "2026-01-14 ⏳ 2026-01-22 🛫 2026-01-23 ➕ 2026-01-08 🏁 delete "
        "🔁 "
        "every week ⏫ ⛔ a,b 🆔 c ^blk\n");
    a = tasks_of(m);
    GROUP(m, a, 0);
    assert_str(
        drawn(m),
        UL LI(
            "", "",
            "data-task-priority=\"high\" data-task-created=\"past-7d\" "
            "data-task-start=\"future-far\" data-task-scheduled=\"future-7d\" "
            "data-task-due=\"past-1d\" data-task-cancelled=\"future-1d\" "
            "data-task-done=\"today\"",
            "Todo", "TODO") BOX
        "\"To do\">" TEXT(
            DESCRIPTION("Row <strong>out</strong>")
                FIELD("id", "Name of the task", "🆔 c") FIELD(
                    "dependsOn", "Waits for",
                    "⛔ a,b") "<span class=\"task-priority\" "
                             "data-task-priority=\"high\" "
                             "title=\"High priority\"><span role=\"img\" "
                             "aria-label=\"High "
                             "priority\"> ⏫</span></span>" FIELD(
                                 "recurring", "Repeats",
                                 "🔁 every week") FIELD("onCompletion",
                                                       "When done", "🏁 delete")
                                 DATE("created", "past-7d", "Created",
                                      "➕ 2026-01-08") DATE("start",
                                                           "future-far",
                                                           "Starts",
                                                           "🛫 2026-01-23")
                                     DATE("scheduled", "future-7d", "Scheduled",
                                          "⏳ 2026-01-22") "<span "
                                                          "class=\"task-due "
                                                          "is-overdue\" "
                                                          "data-task-due="
                                                          "\"past-1d\" "
                                                          "title=\"Overdue\">"
                                                          "<span> 📅 "
                                                          "2026-01-14</"
                                                          "span></span>" DATE(
                                                              "cancelled",
                                                              "future-1d",
                                                              "Cancelled",
                                                              "❌ 2026-01-16")
                                                              DATE("done",
                                                                   "today",
                                                                   "Done",
                                                                   "✅ "
                                                                   "2026-01-"
                                                                   "15") "<spa"
                                                                         "n "
                                                                         "clas"
                                                                         "s="
                                                                         "\"ta"
                                                                         "sk-"
                                                                         "bloc"
                                                                         "k-"
                                                                         "link"
                                                                         "\"><"
                                                                         "span"
                                                                         "> "
                                                                         "^blk"
                                                                         "</"
                                                                         "span"
                                                                         "></"
                                                                         "span"
                                                                         ">")
            BACKLINK("tasks.html#%5Eblk",
                     "Tasks &gt; Plan") "</li>\n</ul>\n" COUNT("1 task"));
    made_free(m);
}

/* Descriptions are the piece of the note where fields stand at its end, else
 * compiled; either way they stand in the note of the task. */
static void test_descriptions(void **state) {
    static const struct {
        const char *line, *want;
    } rows[] = {
        {"plain", "plain"},
        {"a [[#Here]] b 📅 2026-01-20",
         "a <a class=\"internal-link\" data-href=\"#Here\" "
         "href=\"a/tasks.html#here\">Here</a> b"},
        {"a & b `<c>`  📅 2026-01-20 ", "a &amp; b <code>&lt;c&gt;</code>"},
        {"a #x 📅 2026-01-20 #y ⏫", /* tags among the fields go to its end */
         "a <a class=\"tag\" href=\"tags/x.html\">#x</a> <a class=\"tag\" "
         "href=\"tags/y.html\">#y</a>"},
        {"a %% b %% c ⏫", "a  c"},
        {"a[^1] ^[n] ⏫", "a "}, /* no footnotes in answers */
        {"a ![[Host]] ⏫", "a <a class=\"internal-link\" data-href=\"Host\" "
                          "href=\"host.html\">Host</a>"},
        {"a `= this.x` ⏫", "a <code>= this.x</code>"},
        {"a<script>x</script> <img src=x onerror=y> \"' ⏫",
         "a <img> &quot;&#39;"},
        {"a\n  further", "a"},
        {"a\n\n  further", "a"},
        {"- [ ] b ⏫", "- [ ] b"},
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct made *m = made_new();
        struct buf text = {0}, want = {0};
        struct tasks_answer *a;
        buf_printf(&text, "- [ ] %s\n\n# Here\n\n[^1]: n\n", rows[i].line);
        buf_add_ch(&text, '\0');
        made_note(m, "Host.md", ASKS);
        made_note(m, "a/Tasks.md", text.p);
        a = tasks_of(m);
        GROUP(m, a, 0);
        buf_printf(&want, DESCRIPTION("%s"), rows[i].want);
        buf_add_ch(&want, '\0');
        assert_has(drawn(m), want.p);
        buf_release(&text);
        buf_release(&want);
        made_free(m);
    }
}

static void test_global_filter(void **state) {
    struct made *m = made_new();
    struct tasks_answer *a;
    (void)state;

    made_note(m, "Host.md", ASKS);
    made_note(m, "Tasks.md", "- [ ] #task a *b* ⏫\n- [ ] #task\n");
    m->v.settings.tasks_values.global_filter = STR("#task");
    a = tasks_of(m);
    GROUP(m, a, 0, 1);
    assert_has(drawn(m), DESCRIPTION("<a class=\"tag\" href=\"tags/"
                                     "task.html\">#task</a> a <em>b</em>"));
    m->v.settings.tasks_values.remove_filter = true;
    assert_has(drawn(m), DESCRIPTION("a <em>b</em>"));
    assert_lacks(drawn(m), ">#task<");
    made_free(m);
}

#define TREE                                                                   \
    "- [ ] one\n  - [ ] two\n    - [x] three\n  - plain\n    - [ ] four\n"     \
    "- [ ] five\n"

/* Tasks of TREE, each once: `[n below]`. */
static void print_tree(struct buf *out, struct str html) {
    static const char *const words[] = {"one",  "two",  "three",
                                        "four", "five", "plain"};
    size_t at = 0;

    buf_reset(out);
    for (; at < html.len; at++) {
        struct str rest = str_skip(html, at);
        if (str_starts(rest, STR("<ul")))
            buf_add_ch(out, '[');
        if (str_starts(rest, STR("</ul")))
            buf_add_ch(out, ']');
        for (size_t i = 0; i < ARRAY_LEN(words); i++) {
            struct buf word = {0};
            buf_printf(&word, "<span>%s<", words[i]);
            if (str_starts(rest, buf_str(&word)))
                buf_printf(out, "%s ", words[i]);
            buf_release(&word);
        }
    }
}

/* spec/tasks.md §11.6: tasks wait for the one above them, and are drawn once. */
static void test_tree(void **state) {
    static const struct {
        uint32_t tasks[5], n;
        const char *want;
    } rows[] = {
        {{0, 1, 2, 3, 4}, 5, "[one [two [three ]plain [four ]]five ]"},
        {{4, 3, 2, 1, 0}, 5, "[five one [two [three ]plain [four ]]]"},
        {{2}, 1, "[three ]"},
        {{2, 0}, 2, "[three one [two plain [four ]]]"},
        {{3, 0}, 2, "[one [two [three ]plain [four ]]]"},
        {{0, 2, 2}, 3, "[one [two [three ]plain [four ]]]"},
    };
    struct made *m = made_new();
    struct tasks_answer *a;
    struct buf got = {0};
    (void)state;

    made_note(m, "Host.md", ASKS);
    made_note(m, "Tasks.md", TREE);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        a = tasks_of(m);
        add_group(m, a, rows[i].tasks, rows[i].n);
        a->layout.hidden[LAYOUT_TREE] = false;
        print_tree(&got, drawn(m));
        assert_str(buf_str(&got), rows[i].want);
    }
    /* Each group for itself. */
    a = tasks_of(m);
    GROUP(m, a, 0);
    GROUP(m, a, 1, 2);
    a->layout.hidden[LAYOUT_TREE] = false;
    a->layout.hidden[LAYOUT_NESTED_BACKLINKS] = true;
    print_tree(&got, drawn(m));
    assert_str(buf_str(&got),
               "[one [two [three ]plain [four ]]][two [three ]]");
    assert_has(drawn(m), "<li><span>plain</span>" UL TODO TEXT(
                             DESCRIPTION("four")) "</li></ul></li>");
    buf_release(&got);
    made_free(m);
}

/* What the global filter leaves out is an item with a box. */
static void test_plain_items(void **state) {
    struct made *m = made_new();
    struct tasks_answer *a;
    (void)state;

    made_note(m, "Host.md", ASKS);
    made_note(m, "Tasks.md",
              "- [ ] #t a\n  - [/] b\n  - c\n\n    ```tasks\n    ```\n");
    m->v.settings.tasks_values.global_filter = STR("#t");
    a = tasks_of(m);
    assert_int_equal(a->tasks->len, 1);
    GROUP(m, a, 0);
    a->layout.hidden[LAYOUT_TREE] = false;
    assert_has(drawn(m), "<li class=\"task-list-item\" data-task=\"/\"><input "
                         "type=\"checkbox\" class=\"task-list-item-checkbox\" "
                         "disabled checked aria-label=\"In progress\"><span>b"
                         "</span></li>");
    assert_has(drawn(m), "<span class=\"query-label\"><a href=\"tasks.html\">"
                         "Tasks</a></span>");
    made_free(m);
}

static void test_layout(void **state) {
    struct made *m = made_new();
    struct tasks_answer *a;
    struct str got;
    (void)state;

    made_note(m, "Host.md", ASKS);
    made_note(m, "Tasks.md", "- [ ] a #t ⏫ 🔁 every day 📅 2026-01-20 ^b\n");
    a = tasks_of(m);
    GROUP(m, a, 0);
    a->layout.short_mode = true;
    got = drawn(m);
    assert_has(got, "tasks-layout-hide-urgency tasks-layout-short-mode\">");
    assert_has(got, "<span> 🔁</span></span><span class=\"task-due\" "
                    "data-task-due=\"future-5d\" title=\"Due\"><span> 📅"
                    "</span></span>");
    assert_has(got, "aria-label=\"High priority\"> ⏫</span>");
    assert_has(got, "<span class=\"tasks-backlink\"> (<a class=\"task-src "
                    "internal-link-short-mode\" href=\"tasks.html#%5Eb\" "
                    "aria-label=\"Tasks\"> 🔗</a>)</span>");
    a->layout = tasks_layout_default();
    a->layout.hidden_fields[TASK_FIELD_DUE] = true;
    a->layout.hidden_fields[TASK_FIELD_PRIORITY] = true;
    a->layout.hidden[LAYOUT_TAGS] = true;
    a->layout.hidden[LAYOUT_BACKLINKS] = true;
    a->layout.hidden[LAYOUT_TASK_COUNT] = true;
    a->layout.hidden[LAYOUT_URGENCY] = false;
    got = drawn(m);
    assert_has(got, "query-result tasks-layout-hide-priority "
                    "tasks-layout-hide-dueDate tasks-layout-hide-tags "
                    "tasks-layout-hide-backlinks\">");
    assert_has(got, "data-task-due=\"future-5d\"");
    assert_lacks(got, "class=\"task-due\"");
    assert_lacks(got, "class=\"task-priority\"");
    assert_lacks(got, "backlink\"");
    assert_lacks(got, "task-count");
    assert_has(got, "<span class=\"task-extras\"><span "
                    "class=\"tasks-urgency\">12.514</span></span>");
    assert_has(made_page(m, m->v.plan->page_of[0]),
               "<summary>1 task, from this query</summary><pre "
               "tabindex=\"0\"><code class=\"language-tasks\">not done");
    made_free(m);
}

static const struct str *strs(struct made *m, const char *a, const char *b) {
    struct str *s = arena_array(arena_of(m), struct str, 2);

    s[0] = str_from(a);
    s[1] = str_from(b);
    return s;
}

static void head(struct made *m, struct task_group *g, uint32_t level,
                 const char *name) {
    struct task_heading *h =
        arena_array(arena_of(m), struct task_heading, g->nheadings + 1);

    for (uint32_t i = 0; i < g->nheadings; i++)
        h[i] = g->headings[i];
    h[g->nheadings++] =
        (struct task_heading){.level = level, .name = str_from(name)};
    g->headings = h;
}

#define H(element, level, x)                                                   \
    "<" element " class=\"tasks-group-heading\" aria-level=\"" level "\">" x   \
    "</" element ">"

static void test_groups(void **state) {
    struct made *m = made_new();
    struct tasks_answer *a;
    struct task_group *g;
    struct str got;
    (void)state;

    made_note(m, "Host.md", ASKS);
    made_note(m, "Tasks.md", TREE);
    a = tasks_of(m);
    a->nkeys = 2;
    a->keys = strs(m, "status.type", "function");
    a->layout.hidden[LAYOUT_GROUP_COUNT] = false;
    g = GROUP(m, a, 0);
    g->total = 3;
    g->names = strs(m, "%%2%%TODO", "[[Tasks]] *x*");
    head(m, g, 0, "%%2%%TODO");
    head(m, g, 1, "[[Tasks]] *x*");
    g = GROUP(m, a, 1);
    g->names = strs(m, "%%2%%TODO", "");
    head(m, g, 1, "");
    g = GROUP(m, a, 2);
    g->names = strs(m, "%%4%%DONE", "<script>y</script><b onclick=z>w");
    head(m, g, 0, "%%4%%DONE");
    head(m, g, 1, "<script>y</script><b onclick=z>w");
    got = drawn(m);
    assert_has(got,
               H("h4", "2",
                 "TODO") H("h5", "3",
                           "<a class=\"internal-link\" data-href=\"Tasks\" "
                           "href=\"tasks.html\">Tasks</a> <em>x</em> <span "
                           "class=\"tasks-group-count\">(1 of 3 tasks)</span>")
                   UL_OPEN("", " data-task-group-by=\"status.type,function\""));
    assert_has(got, "</ul>\n" H("h5", "3",
                                " <span class=\"tasks-group-count\">(1 task)"
                                "</span>"));
    assert_has(got, H("h4", "2", "DONE") H("h5", "3",
                                           "<b>w</b> <span class=\"tasks-group-"
                                           "count\">(1 task)</span>"));
    assert_lacks(got, "<script");
    made_free(m);
}

static void test_columns(void **state) {
    struct made *m = made_new();
    struct tasks_answer *a;
    struct str got;
    (void)state;

    made_note(m, "Host.md", ASKS);
    made_note(m, "Tasks.md", TREE);
    a = tasks_of(m);
    a->nkeys = 2;
    a->keys = strs(m, "due", "path");
    a->layout.view = TASKS_COLUMNS;
    for (uint32_t i = 0; i < 3; i++) {
        struct task_group *g = GROUP(m, a, i);
        g->names = strs(m, i < 2 ? "one day" : "another", i % 2 ? "B" : "A");
        if (i != 1)
            head(m, g, 0, g->names[0].p);
        head(m, g, 1, g->names[1].p);
    }
    got = drawn(m);
    assert_has(got, "<div class=\"tasks-columns\"><div "
                    "class=\"tasks-columns-column\">" H("h4", "2", "one day")
                        H("h5", "3", "A")
                            UL_OPEN("", " data-task-group-by=\"path\""));
    assert_has(got, "</ul>\n" H("h5", "3", "B") "<ul ");
    assert_has(got, "</ul>\n</div><div class=\"tasks-columns-column\">" H(
                        "h4", "2", "another"));
    assert_has(got, "</ul>\n</div></div><div class=\"task-count\">");
    assert_has(got, "<li class=\"tasks-columns-column-card task-list-item ");
    made_free(m);
}

/* spec/tasks.md §11.4: a title that two notes have says of neither where it is; a
 * note that is not published has none. */
static void test_backlinks(void **state) {
    struct made *m = made_new();
    struct tasks_answer *a;
    (void)state;

    made_note(m, "Host.md", ASKS "\n- [ ] own\n");
    made_note(m, "Quay/Host.md", "- [ ] another's\n");
    made_note(m, "Quay/Log.md", "# Log\n\n- [ ] a\n");
    made_note(m, "Yard/Log.md", "- [ ] b\n");
    made_note(m, "Yard/Slip.md", "# Slip\n\n- [ ] c\n");
    site_file(&m->v, "Zinc/Slip.md")->kind = FILE_NOTE;
    a = tasks_of(m);
    GROUP(m, a, 0, 1, 2, 3, 4);
    assert_has(drawn(m), BACKLINK("#host", "Host"));
    assert_has(drawn(m), BACKLINK("quay/host.html", "/Quay/Host.md"));
    assert_has(drawn(m),
               BACKLINK("quay/log.html#log", "/Quay/Log.md &gt; Log"));
    assert_has(drawn(m), BACKLINK("yard/log.html", "/Yard/Log.md"));
    assert_has(drawn(m), BACKLINK("yard/slip.html#slip", "Slip"));
    made_free(m);
}

static void test_nothing(void **state) {
    struct made *m = made_new();
    struct tasks_answer *a;
    (void)state;

    made_note(m, "Host.md", ASKS);
    a = tasks_of(m);
    add_group(m, a, NULL, 0);
    assert_str(drawn(m), UL "</ul>\n" COUNT("0 tasks"));
    m->v.settings.tasks_values.count_at_top = true;
    a->explains = true;
    a->explanation = STR("No <filters>.");
    assert_str(drawn(m),
               "<pre class=\"plugin-tasks-query-explanation\" tabindex=\"0\">"
               "No &lt;filters&gt;.</pre>" COUNT("0 tasks") UL "</ul>\n");
    assert_has(made_page(m, m->v.plan->page_of[0]), "<summary>Query</summary>");
    made_free(m);
}

static void test_errors(void **state) {
    struct made *m = made_new();
    struct tasks_answer *a;
    (void)state;

    made_note(m, "Host.md", ASKS);
    a = tasks_of(m);
    a->failed = true;
    a->error.message =
        STR("do not understand <query>\nProblem line: \"  sort by <x>\"\n");
    assert_str(drawn(m), "<div><pre class=\"tasks-error\" tabindex=\"0\">Tasks "
                         "query: do not understand &lt;query&gt;\nProblem "
                         "line: &quot;  sort by &lt;x&gt;&quot;</pre></div>");
    a->error.line = 2;
    a->explains = true;
    a->explanation = STR("why");
    assert_str(drawn(m),
               "<pre class=\"plugin-tasks-query-explanation\" tabindex=\"0\">"
               "why</pre><div><pre class=\"tasks-error\" tabindex=\"0\">Tasks "
               "query: do not understand &lt;query&gt;\nProblem line: &quot;  "
               "sort by &lt;x&gt;&quot;\n\nLine 2, column 3 of the query:\n"
               "not done\n  sort by &lt;x&gt;\n\n  ^</pre></div>");
    a->error.line = 9; /* whatever it says, the query has none */
    drawn(m);
    made_free(m);
}

/* Names of statuses are the vault's, and so are ids. */
static void test_hostile_fields(void **state) {
    static const struct tasks_status custom[] = {
        {STR_INIT("\""), STR_INIT("<s \"x'>"), STR_INIT(" "), STATUS_TODO}};
    struct made *m = made_new();
    struct tasks_answer *a;
    struct str got;
    (void)state;

    made_note(m, "Host.md", ASKS);
    made_note(m, "x<b>.md", "# a \"< b\n\n- [\"] a\n");
    m->v.settings.tasks_values.custom = (struct tasks_statuses){custom, 1};
    a = tasks_of(m);
    a->nkeys = 1;
    a->keys = strs(m, "\"><s>", "");
    GROUP(m, a, 0);
    got = drawn(m);
    assert_has(got, "data-task-group-by=\"&quot;&gt;&lt;s&gt;\"");
    assert_has(got, "data-task=\"&quot;\"");
    assert_has(got, "data-task-status-name=\"&lt;s &quot;x&#39;&gt;\"");
    assert_has(got, "title=\"x&lt;b&gt; &gt; a &quot;&lt; b\"");
    made_free(m);
}

/* decisions.md 20: 100, then pages of 100 that say in which group they begin; in a
 * tree those below others count as well. */
static void test_further_pages(void **state) {
    struct made *m = made_new();
    struct buf text = {0}, tree_text = {0};
    struct tasks_answer *a;
    struct task_group *g;
    uint32_t tasks[250];
    struct str got;
    (void)state;

    made_note(m, "Host.md", ASKS);
    for (unsigned i = 0; i < 250; i++) {
        buf_printf(&text, "- [ ] no. %u\n", i);
        buf_printf(&tree_text, "%s- [ ] no. %u\n", i % 2 == 0 ? "" : "  ", i);
    }
    buf_add_ch(&text, '\0');
    buf_add_ch(&tree_text, '\0');
    made_note(m, "Tasks.md", text.p);
    made_note(m, "Tree.md", tree_text.p);
    for (uint32_t tree = 0; tree < 2; tree++) {
        uint32_t each = tree + 1; /* items of a row */

        for (uint32_t i = 0; i < 250; i++)
            tasks[i] = tree * 250 + each * i;
        a = tasks_of(m);
        a->layout.hidden[LAYOUT_TREE] = tree == 0;
        a->nkeys = 2;
        a->keys = strs(m, "due", "path");
        g = add_group(m, a, tasks, 150 / each);
        g->names = strs(m, "one", "");
        head(m, g, 0, "one");
        g = add_group(m, a, tasks + 150 / each, 100 / each);
        g->names = strs(m, "one", "two");
        head(m, g, 1, "two");
        got = drawn(m);
        assert_int_equal(m->v.plan->nlong_answers, 1);
        assert_int_equal(m->v.plan->long_answers[0].npieces, 250);
        assert_int_equal(m->v.plan->long_answers[0].npages, 3);
        assert_has(got, ">no. 99<");
        assert_lacks(got, ">no. 100<");
        assert_lacks(got, ">two<");
        assert_has(got, "<p class=\"query-more\"><a "
                        "href=\"host~query-1-2.html\">150 more</a></p>");
        assert_has(got, tree == 1 ? COUNT("125 tasks") : COUNT("250 tasks"));
        got = made_page(m, m->v.plan->long_answers[0].page);
        assert_has(got, "<div class=\"block-language-tasks\">" H("h4", "2",
                                                                 "one") "<ul");
        assert_has(got, H("h5", "3", "two"));
        assert_has(got, ">no. 100<");
        assert_has(got, ">no. 199<");
        assert_lacks(got, ">no. 99<");
        assert_lacks(got, ">no. 200<");
        got = made_page(m, m->v.plan->long_answers[0].page + 1);
        assert_has(got, H("h4", "2", "one") H("h5", "3", "two") "<ul");
        assert_has(got, ">no. 249<");
    }
    buf_release(&text);
    buf_release(&tree_text);
    made_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_descriptions),
        cmocka_unit_test(test_global_filter),
        cmocka_unit_test(test_tree),
        cmocka_unit_test(test_plain_items),
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_backlinks),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_hostile_fields),
        cmocka_unit_test(test_further_pages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
