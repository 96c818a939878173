#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/unicode.h"
#include "link/link.h"

/* note/ has the real ones; the linker takes these where it is not there. */
__attribute__((weak)) uint32_t note_find_heading(const struct note *n,
                                                 struct str subpath,
                                                 struct arena *scratch) {
    struct str key = unicode_fold(scratch, subpath);

    for (uint32_t i = 0; i < n->nheadings; i++)
        if (str_eq(n->headings[i].key, key))
            return i;
    return NOTE_NONE;
}

__attribute__((weak)) uint32_t note_find_block(const struct note *n,
                                               struct str id) {
    for (uint32_t i = 0; i < n->nblocks; i++)
        if (str_eq_nocase(n->blocks[i].id, id))
            return i;
    return NOTE_NONE;
}

enum file_flags {
    PRIVATE = 1 << 0, /* no note object */
    TEMPLATE = 1 << 1,
    EXCLUDED = 1 << 2,
    INCLUDED = 1 << 3,
};

/*
 * One file of an invented vault. Lists are separated by '|'. The n-th link
 * (from 1) stands in line 1, column n; `!` makes it an embed, `<` the src of
 * HTML,
 * `.` one in a property (without context), `+` puts it where its forerunner is.
 */
struct file_row {
    const char *path;
    int flags;
    const char *links, *headings, *blocks;
    const char *front_tags, *tags; /* tags: `%` before one: in a comment */
};

struct sketch {
    struct arena arena;
    struct vault vault;
    struct settings settings;
    const struct note **notes;
    struct diags diags;
    const struct linked *linked;
    struct buf text;
};

static bool next_item(const char **list, struct str *item) {
    struct str rest = str_from(*list);

    if (rest.len == 0)
        return false;
    *item = str_until(rest, '|');
    *list += item->len + (item->len < rest.len);
    return true;
}

static size_t count_items(const char *list) {
    struct str item;
    size_t n = 0;

    while (next_item(&list, &item))
        n++;
    return n;
}

/* Where all links stand that have a context. */
static const struct text_block only_block[] = {{.line = 1}};

static void add_links(struct arena *a, struct note *n, const char *list) {
    struct link *links = arena_array(a, struct link, count_items(list));
    struct str item;

    n->links = links;
    n->text_blocks = only_block;
    n->ntext_blocks = 1;
    while (next_item(&list, &item)) {
        struct link *l = &links[n->nlinks];

        l->line = 1;
        l->column = n->nlinks + 1;
        for (; item.len > 0 && strchr("!<.+", item.p[0]) != NULL;
             item = str_skip(item, 1)) {
            l->is_embed |= item.p[0] == '!';
            if (item.p[0] == '+')
                l->column = links[n->nlinks - 1].column;
            if (item.p[0] == '.') {
                l->kind = LINK_PROPERTY;
                l->block = NOTE_NONE;
            }
            if (item.p[0] == '<') {
                l->kind = LINK_HTML;
                l->is_src = true;
            }
        }
        l->target = str_until(item, '#');
        l->subpath = str_after(item, '#');
        n->nlinks++;
    }
}

static void add_parts(struct arena *a, struct note *n, const char *headings,
                      const char *blocks) {
    struct heading *h = arena_array(a, struct heading, count_items(headings));
    struct block *b = arena_array(a, struct block, count_items(blocks));
    struct str item;

    n->headings = h;
    n->blocks = b;
    while (next_item(&headings, &item)) {
        h[n->nheadings].level = 2;
        h[n->nheadings].raw = h[n->nheadings].text = item;
        h[n->nheadings++].key = unicode_fold(a, item);
    }
    while (next_item(&blocks, &item))
        b[n->nblocks++].id = item;
}

static void add_tags(struct arena *a, struct note *n, const char *front,
                     const char *body) {
    struct str *in_front = arena_array(a, struct str, count_items(front));
    struct tag_use *uses = arena_array(a, struct tag_use, count_items(body));
    struct str item;

    n->front.tags = in_front;
    n->tags = uses;
    while (next_item(&front, &item))
        in_front[n->front.ntags++] = item;
    while (next_item(&body, &item)) {
        uses[n->ntags].in_comment = str_starts(item, STR("%"));
        uses[n->ntags].name = str_skip(item, uses[n->ntags].in_comment);
        n->ntags++;
    }
}

static const char *or_none(const char *list) {
    return list != NULL ? list : "";
}

static void sketch_open(struct sketch *s, const struct file_row *rows, size_t n,
                        unsigned jobs) {
    *s = (struct sketch){0};
    arena_init(&s->arena);
    diags_init(&s->diags);
    s->vault.files = arena_array(&s->arena, struct vault_file, n);
    s->vault.nfiles = n;
    s->vault.settings = &s->settings;
    s->notes = arena_array(&s->arena, const struct note *, n);
    for (uint32_t i = 0; i < n; i++) {
        struct vault_file *f = &s->vault.files[i];
        struct note *note;

        f->path = str_from(rows[i].path);
        f->kind = str_eq_nocase(str_extension(f->path), STR("md"))
                      ? FILE_NOTE
                      : FILE_ATTACHMENT;
        f->is_template = rows[i].flags & TEMPLATE;
        f->excluded = rows[i].flags & EXCLUDED;
        f->included = rows[i].flags & INCLUDED;
        if (f->kind != FILE_NOTE || rows[i].flags & PRIVATE)
            continue;
        note = arena_new(&s->arena, struct note);
        note->file = f;
        note->index = i;
        add_links(&s->arena, note, or_none(rows[i].links));
        add_parts(&s->arena, note, or_none(rows[i].headings),
                  or_none(rows[i].blocks));
        add_tags(&s->arena, note, or_none(rows[i].front_tags),
                 or_none(rows[i].tags));
        s->notes[i] = note;
    }
    s->linked = link_vault(&s->arena, &s->vault, s->notes, jobs, &s->diags);
}

static void sketch_close(struct sketch *s) {
    buf_release(&s->text);
    diags_release(&s->diags);
    arena_release(&s->arena);
}

static void show_target(struct sketch *s, const struct target *t) {
    if (t->outcome == LINK_MISSING) {
        buf_add_lit(&s->text, "-");
        return;
    }
    buf_add_str(&s->text, s->vault.files[t->file].path);
    assert_int_equal(t->outcome, s->vault.files[t->file].kind == FILE_NOTE
                                     ? LINK_NOTE
                                     : LINK_FILE);
    if (t->kind == PART_MISSING)
        buf_add_lit(&s->text, "#?");
    else if (t->kind != PART_NONE)
        buf_printf(&s->text, "#%c%u", t->kind == PART_BLOCK ? '^' : 'h',
                   (unsigned)t->part);
}

/* Where the links of a file lead, separated by '|'. */
static const char *targets_of(struct sketch *s, uint32_t file) {
    buf_reset(&s->text);
    for (uint32_t i = 0; i < s->notes[file]->nlinks; i++) {
        if (i > 0)
            buf_add_lit(&s->text, "|");
        show_target(s, &s->linked->targets[file][i]);
    }
    return buf_cstr(&s->text);
}

static const char *backlinks_of(struct sketch *s, uint32_t file) {
    const struct backlinks *b = &s->linked->backlinks[file];

    buf_reset(&s->text);
    for (uint32_t i = 0; i < b->len; i++)
        buf_printf(&s->text, "%s%.*s:%u x%u", i > 0 ? "|" : "",
                   STR_ARG(s->vault.files[b->items[i].from].path),
                   (unsigned)b->items[i].link, (unsigned)b->items[i].count);
    return buf_cstr(&s->text);
}

static const char *findings(struct sketch *s) {
    buf_reset(&s->text);
    diags_sort(&s->diags);
    for (size_t i = 0; i < s->diags.len; i++) {
        const struct diag *d = &s->diags.items[i];

        buf_printf(&s->text, "%.*s:%u:%u: %.*s: %.*s\n", STR_ARG(d->path),
                   (unsigned)d->line, (unsigned)d->column,
                   STR_ARG(diag_rows[d->code].name), STR_ARG(d->text));
    }
    return buf_cstr(&s->text);
}

static const char *tags(struct sketch *s) {
    const struct linked *l = s->linked;

    buf_reset(&s->text);
    for (uint32_t i = 0; i < l->ntags; i++) {
        const struct tag *t = &l->tags[i];

        buf_printf(&s->text, "%.*s %.*s %.*s", STR_ARG(t->key),
                   STR_ARG(t->name), STR_ARG(t->last));
        if (t->parent != UINT32_MAX)
            buf_printf(&s->text, " <%.*s", STR_ARG(l->tags[t->parent].key));
        for (uint32_t c = 0; c < t->nchildren; c++)
            buf_printf(&s->text, " >%.*s",
                       STR_ARG(l->tags[t->children[c]].key));
        for (uint32_t k = 0; k < t->nnotes; k++)
            buf_printf(&s->text, " %.*s",
                       STR_ARG(s->vault.files[t->notes[k]].path));
        buf_printf(&s->text, " %u\n", (unsigned)t->ntotal);
    }
    return buf_cstr(&s->text);
}

static const struct file_row parts[] = {
    {"Plan.md", 0, NULL, "Goal|Next steps", "b1|c2", NULL, NULL},
    {"Source.md", 0,
     "Plan#Goal|Plan#next steps|Plan##Goal|Plan#|Plan#^b1|Plan#^C2"
     "|Plan#Goal#^b1|Plan#Nothing|Plan#^none|!Plan#Nothing|!Plan#^none"
     "|#Own|#None|doc.pdf#page=2|Nobody#Goal|+#Own",
     "Own", NULL, NULL, NULL},
    {"doc.pdf", 0, NULL, NULL, NULL, NULL, NULL},
};

static void test_parts(void **state) {
    struct sketch s;

    (void)state;
    sketch_open(&s, parts, ARRAY_LEN(parts), 1);
    assert_string_equal(
        targets_of(&s, 1),
        "Plan.md#h0|Plan.md#h1|Plan.md#h0|Plan.md|Plan.md#^0|Plan.md#^1"
        "|Plan.md#^0|Plan.md#?|Plan.md#?|Plan.md#?|Plan.md#?"
        "|Source.md#h0|Source.md#?|doc.pdf|-|Source.md#h0");
    assert_string_equal(
        findings(&s),
        "Source.md:1:8: heading-missing: no heading \"Nothing\" in "
        "\"Plan.md\"\n"
        "Source.md:1:9: block-missing: no block \"^none\" in \"Plan.md\"\n"
        "Source.md:1:10: embed-part-missing: no heading \"Nothing\" in "
        "\"Plan.md\"\n"
        "Source.md:1:11: embed-part-missing: no block \"^none\" in "
        "\"Plan.md\"\n"
        "Source.md:1:13: heading-missing: no heading \"None\" in "
        "\"Source.md\"\n"
        "Source.md:1:15: link-missing: no note called \"Nobody\"\n");
    sketch_close(&s);
}

static const struct file_row tombstones[] = {
    {"Secret.md", PRIVATE, NULL, NULL, NULL, NULL, NULL},
    {"a/Team.md", PRIVATE, NULL, NULL, NULL, NULL, NULL},
    {"b/Role.md", PRIVATE, NULL, NULL, NULL, NULL, NULL},
    {"c/From.md", 0,
     "Secret|Absent|Team|Role|!Secret|!Absent|in.png|out.png|kept.png"
     "|<out.png|!none.png",
     NULL, NULL, NULL, NULL},
    {"in.png", 0, NULL, NULL, NULL, NULL, NULL},
    {"kept.png", EXCLUDED | INCLUDED, NULL, NULL, NULL, NULL, NULL},
    {"longer/Role.md", 0, NULL, NULL, NULL, NULL, NULL},
    {"out.png", EXCLUDED, NULL, NULL, NULL, NULL, NULL},
    {"unused.png", 0, NULL, NULL, NULL, NULL, NULL},
    {"x/Team.md", 0, "Team", NULL, NULL, NULL, NULL},
};

/* What is private is as good as nothing, and is told apart nowhere. */
static void test_tombstones(void **state) {
    static const bool used[] = {0, 0, 0, 0, 1, 0, 0, 0, 0, 0};
    struct sketch s;

    (void)state;
    sketch_open(&s, tombstones, ARRAY_LEN(tombstones), 1);
    assert_string_equal(targets_of(&s, 3), "-|-|-|-|-|-|in.png|-|-|-|-");
    assert_string_equal(targets_of(&s, 9), "x/Team.md");
    assert_string_equal(
        findings(&s),
        "c/From.md:1:1: link-missing: no note called \"Secret\"\n"
        "c/From.md:1:2: link-missing: no note called \"Absent\"\n"
        "c/From.md:1:3: link-missing: no note called \"Team\"\n"
        "c/From.md:1:4: link-missing: no note called \"Role\"\n"
        "c/From.md:1:5: embed-missing: no note called \"Secret\"\n"
        "c/From.md:1:6: embed-missing: no note called \"Absent\"\n"
        "c/From.md:1:8: link-missing: no file called \"out.png\"\n"
        "c/From.md:1:9: link-missing: no file called \"kept.png\"\n"
        "c/From.md:1:10: embed-missing: no file called \"out.png\"\n"
        "c/From.md:1:11: embed-missing: no file called \"none.png\"\n");
    for (uint32_t i = 0; i < ARRAY_LEN(tombstones); i++) {
        assert_int_equal(s.linked->attachment_used[i], used[i]);
        if (tombstones[i].flags & PRIVATE)
            assert_int_equal(s.linked->backlinks[i].len, 0);
    }
    assert_int_equal(s.linked->backlinks[7].len, 0); /* out.png */
    assert_false(s.linked->published[0]);
    assert_true(s.linked->published[3]);
    assert_false(s.linked->published[5]); /* `exclude` wins over `include` */
    assert_false(s.linked->published[7]);
    sketch_close(&s);
}

static const struct file_row choices[] = {
    {"From.md", 0, "Team|+Team|Lone|mixed|Many|/d/Mixed|Half", NULL, NULL, NULL,
     NULL},
    {"a/Lone.md", 0, NULL, NULL, NULL, NULL, NULL},
    {"a/Many.md", 0, NULL, NULL, NULL, NULL, NULL},
    {"a/Team.md", 0, NULL, NULL, NULL, NULL, NULL},
    {"b/Lone.md", PRIVATE, NULL, NULL, NULL, NULL, NULL},
    {"b/Many.md", 0, NULL, NULL, NULL, NULL, NULL},
    {"b/Team.md", 0, NULL, NULL, NULL, NULL, NULL},
    {"c/Many.md", 0, NULL, NULL, NULL, NULL, NULL},
    {"c/Team.md", PRIVATE, NULL, NULL, NULL, NULL, NULL},
    {"d/Mixed.md", 0, NULL, NULL, NULL, NULL, NULL},
    {"d/Many.md", 0, NULL, NULL, NULL, NULL, NULL},
    {"d/mixed.md", 0, NULL, NULL, NULL, NULL, NULL},
    {"e/HALF.md", PRIVATE, NULL, NULL, NULL, NULL, NULL},
    {"e/Half.md", 0, NULL, NULL, NULL, NULL, NULL},
    {"e/Many.md", 0, NULL, NULL, NULL, NULL, NULL},
    {"f/Many.md", 0, NULL, NULL, NULL, NULL, NULL},
    {"g/From.md", TEMPLATE, "Team|Nobody|Team#None", NULL, NULL, NULL, NULL},
};

static void test_choices(void **state) {
    struct sketch s;

    (void)state;
    sketch_open(&s, choices, ARRAY_LEN(choices), 1);
    assert_string_equal(targets_of(&s, 0),
                        "a/Team.md|a/Team.md|a/Lone.md|d/mixed.md|a/Many.md"
                        "|d/Mixed.md|e/Half.md");
    assert_string_equal(targets_of(&s, 16), "a/Team.md|-|a/Team.md#?");
    assert_string_equal(
        findings(&s),
        "From.md:1:1: link-ambiguous: \"Team\" may be a/Team.md, b/Team.md\n"
        "From.md:1:4: link-case: other files differ from \"d/mixed.md\" only "
        "in the case or form of letters\n"
        "From.md:1:5: link-ambiguous: \"Many\" may be a/Many.md, b/Many.md, "
        "c/Many.md, d/Many.md, e/Many.md and others\n"
        "From.md:1:6: link-case: other files differ from \"d/Mixed.md\" only "
        "in the case or form of letters\n");
    sketch_close(&s);
}

static const struct file_row circle[] = {
    {"A.md", 0, "B|B#x|.C|C|pic.png|A|#h", "x", NULL, NULL, NULL},
    {"B.md", 0, ".A|A|+A|Nobody", "x", NULL, NULL, NULL},
    {"C.md", 0, "B|!pic.png", NULL, NULL, NULL, NULL},
    {"P.md", PRIVATE, NULL, NULL, NULL, NULL, NULL},
    {"T.md", TEMPLATE, "A|B|tpl.png", NULL, NULL, NULL, NULL},
    {"pic.png", 0, NULL, NULL, NULL, NULL, NULL},
    {"tpl.png", 0, NULL, NULL, NULL, NULL, NULL},
};

static void test_backlinks(void **state) {
    static const char *const expected[] = {
        "B.md:1 x3", "A.md:0 x2|C.md:0 x1", "A.md:3 x2", "",
        "",          "A.md:4 x1|C.md:1 x1", "",
    };
    struct sketch s;

    (void)state;
    sketch_open(&s, circle, ARRAY_LEN(circle), 1);
    for (uint32_t i = 0; i < ARRAY_LEN(circle); i++)
        assert_string_equal(backlinks_of(&s, i), expected[i]);
    assert_true(s.linked->attachment_used[5]);
    assert_true(s.linked->attachment_used[6]);
    sketch_close(&s);
}

static const struct file_row tagged[] = {
    {"a.md", 0, NULL, NULL, NULL, "Work/Q1|meeting", "work/q1|%secret|x//y/"},
    {"b.md", 0, NULL, NULL, NULL, "WORK", "Work/q2|work/Q1"},
    {"c.md", PRIVATE, NULL, NULL, NULL, "hidden", NULL},
    {"d.md", TEMPLATE, NULL, NULL, NULL, "tpl", "meeting"},
    {"e.md", 0, NULL, NULL, NULL, NULL, "ÄRGER|ärger|work-life|/|x"},
    {"f.md", 0, NULL, NULL, NULL, NULL, "work/q1/deep"},
};

static void test_tags(void **state) {
    static const struct {
        const char *key, *name; /* name: "" for none */
    } lookups[] = {
        {"work", "Work"},
        {"work/q2", "Work/q2"},
        {"x/y", "x/y"},
        {"x//y/", "x/y"},
        {"ärger", "ÄRGER"},
        {"secret", ""},
        {"hidden", ""},
        {"tpl", ""},
        {"work/q9", ""},
        {"", ""},
        {"zzz", ""},
        {"a", ""},
        {"work-life", "work-life"},
    };
    struct sketch s;

    (void)state;
    sketch_open(&s, tagged, ARRAY_LEN(tagged), 1);
    assert_string_equal(tags(&s),
                        "meeting meeting meeting a.md 1\n"
                        "work Work Work >work/q1 >work/q2 b.md 3\n"
                        "work/q1 Work/Q1 Q1 <work >work/q1/deep a.md b.md 3\n"
                        "work/q1/deep work/q1/deep deep <work/q1 f.md 1\n"
                        "work/q2 Work/q2 q2 <work b.md 1\n"
                        "work-life work-life work-life e.md 1\n"
                        "x x x >x/y e.md 2\n"
                        "x/y x/y y <x a.md 1\n"
                        "ärger ÄRGER ÄRGER e.md 1\n");
    for (size_t i = 0; i < ARRAY_LEN(lookups); i++) {
        uint32_t tag = linked_tag(s.linked, str_from(lookups[i].key));
        struct str name =
            tag == UINT32_MAX ? STR("") : s.linked->tags[tag].name;

        assert_string_equal(arena_cstr(&s.arena, name), lookups[i].name);
    }
    sketch_close(&s);
}

/* Past 32 levels a name has no more ancestors: its cost stays linear. */
static void test_deep_tag(void **state) {
    struct buf name = {0};
    struct file_row row = {.path = "a.md"};
    struct sketch s;

    (void)state;
    for (int i = 0; i < 20000; i++)
        buf_add_lit(&name, "a/");
    row.tags = buf_cstr(&name);
    sketch_open(&s, &row, 1, 1);
    assert_int_equal(s.linked->ntags, 32);
    assert_int_equal(s.linked->tags[31].key.len, 39999);
    assert_int_equal(s.linked->tags[31].parent, 30);
    assert_int_equal(s.linked->tags[0].ntotal, 1);
    assert_int_equal(linked_tag(s.linked, str_from(row.tags)), 31);
    buf_release(&name);
    sketch_close(&s);
}

/* All that linking gives, as one text. */
static struct str everything(struct sketch *s) {
    struct buf all = {0};
    struct str kept;

    for (uint32_t i = 0; i < s->vault.nfiles; i++) {
        if (s->notes[i] != NULL)
            buf_printf(&all, "%s\n", targets_of(s, i));
        buf_printf(&all, "%s\n", backlinks_of(s, i));
    }
    buf_printf(&all, "%s", tags(s));
    buf_printf(&all, "%s", findings(s));
    kept = arena_str(&s->arena, buf_str(&all));
    buf_release(&all);
    return kept;
}

static void test_jobs(void **state) {
    static const struct {
        const struct file_row *rows;
        size_t n;
    } vaults[] = {
        {parts, ARRAY_LEN(parts)},     {tombstones, ARRAY_LEN(tombstones)},
        {choices, ARRAY_LEN(choices)}, {circle, ARRAY_LEN(circle)},
        {tagged, ARRAY_LEN(tagged)},   {NULL, 0},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(vaults); i++) {
        struct sketch one, many;

        sketch_open(&one, vaults[i].rows, vaults[i].n, 0);
        sketch_open(&many, vaults[i].rows, vaults[i].n, 4);
        assert_true(str_eq(everything(&one), everything(&many)));
        sketch_close(&one);
        sketch_close(&many);
    }
}

static void test_linked_resolve(void **state) {
    static const struct {
        const char *target, *subpath, *to;
    } rows[] = {
        {"Plan", "", "Plan.md"},          {"plan.md", "^b1", "Plan.md#^0"},
        {"", "Own", "Source.md#h0"},      {"doc.pdf", "page=2", "doc.pdf"},
        {"Plan", "Nothing", "Plan.md#?"}, {"Nobody", "", "-"},
    };
    struct sketch s;
    struct arena scratch;

    (void)state;
    arena_init(&scratch);
    sketch_open(&s, parts, ARRAY_LEN(parts), 1);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct target t = linked_resolve(s.linked, 1, str_from(rows[i].target),
                                         str_from(rows[i].subpath), &scratch);

        buf_reset(&s.text);
        show_target(&s, &t);
        assert_string_equal(buf_cstr(&s.text), rows[i].to);
    }
    sketch_close(&s);
    arena_release(&scratch);
}

int main(void) {
    const struct CMUnitTest tests_of_link[] = {
        cmocka_unit_test(test_parts),   cmocka_unit_test(test_tombstones),
        cmocka_unit_test(test_choices), cmocka_unit_test(test_backlinks),
        cmocka_unit_test(test_tags),    cmocka_unit_test(test_deep_tag),
        cmocka_unit_test(test_jobs),    cmocka_unit_test(test_linked_resolve),
    };

    return cmocka_run_group_tests(tests_of_link, NULL, NULL);
}
