/*
 * answers_made: answers made by hand, in place of the answering step, and the pages
 * that show them.  Notes are compiled from their text.
 */
#ifndef VAULTSITE_TESTS_ANSWERS_MADE_H
#define VAULTSITE_TESTS_ANSWERS_MADE_H

#include "note/compile.h"
#include "query/answers.h"
#include "site_vault.h"
#include "value/date.h"

/* Answers made by hand in place of the answering step: block 0 of file 0, then of
 * file 1, and so on; a record is an item where `of` says so. */
struct answers {
    const struct answer *blocks[4];
    const struct tasks_answer *tasks; /* block 0 of file 0 */
};

const struct tasks_answer *answers_tasks(const struct answers *s, uint32_t file,
                                         uint32_t query) {
    return file == 0 && query == 0 ? s->tasks : NULL;
}

const struct answer *answers_block(const struct answers *s, uint32_t file,
                                   uint32_t query) {
    return file < ARRAY_LEN(s->blocks) && query == 0 ? s->blocks[file] : NULL;
}

const struct answer *answers_inline(const struct answers *s, uint32_t file,
                                    uint32_t query) {
    return answers_block(s, file, query);
}

const struct value_style *answers_style(const struct answers *s) {
    (void)s;
    return &value_style_default;
}

bool answer_item(const struct value *v, struct answer_item *place) {
    if (v->kind != VALUE_RECORD || v->as.record->of == NULL)
        return false;
    *place = *(const struct answer_item *)v->as.record->of;
    return true;
}

void answer_add_caret(struct buf *out, const struct answer *a,
                      struct str query) {
    if (a->line > 0)
        buf_printf(out, "%.*s\n%*s^\n", STR_ARG(query), (int)a->column - 1, "");
}

struct made {
    struct site_vault v;
    struct compiler *compiler;
    struct answers answers;
};

static inline struct arena *arena_of(struct made *m) {
    return &m->v.arena;
}

static inline struct made *made_new(void) {
    struct made *m = test_malloc(sizeof *m);

    memset(m, 0, sizeof *m);
    site_open(&m->v);
    compile_warm_up();
    m->v.settings.limits = (struct limits){.note_bytes = 1 << 24,
                                           .fallback_bytes = 1 << 26,
                                           .attachment_bytes = 1000,
                                           .table_columns = 500,
                                           .table_cells = 500000,
                                           .fuel_per_kb = 10000};
    m->v.settings.dataview_values =
        (struct dataview_settings){.inline_prefix = STR("="),
                                   .inline_in_blocks = true,
                                   .inline_queries = true,
                                   .counts = true,
                                   .says_empty = true,
                                   .max_depth = 4};
    m->v.settings.tasks_values.format = TASKS_EMOJI;
    tasks_settings_init(&m->v.settings.tasks_values);
    m->compiler = compiler_new(arena_of(m), &m->v.settings, &m->v.diags);
    m->v.answers = &m->answers;
    return m;
}

static inline void made_free(struct made *m) {
    compiler_free(m->compiler);
    site_close(&m->v);
    test_free(m);
}

/* A note that was really compiled; files in vault order. */
static inline struct note *made_note(struct made *m, const char *path,
                                     const char *markdown) {
    struct vault_file *f = site_file(&m->v, path);
    uint32_t index = (uint32_t)(f - m->v.files);

    f->kind = FILE_NOTE;
    m->v.notes[index] = note_compile(m->compiler, f, index, str_from(markdown));
    m->v.vault.nnotes++;
    return m->v.notes[index];
}

#define HOST "# Host\n\n```dataview\nTABLE <x>\n```\n"

static inline struct str made_page(struct made *m, size_t page) {
    struct stitcher *s =
        stitcher_new(arena_of(m), m->v.plan,
                     kept_draw(arena_of(m), m->v.plan, 1), &m->v.diags);
    struct buf out = {0};
    struct str text;

    stitch_page(m->v.plan, page, s, &out);
    stitcher_release(s);
    text = arena_str(arena_of(m), buf_str(&out));
    buf_release(&out);
    return text;
}

/* What the block on the page of file `i` shows, without its source. */
static inline struct str made_answer(struct made *m, size_t i) {
    struct str page = made_page(m, m->v.plan->page_of[i]);
    static const struct str open = STR_INIT("<div class=\"block-language-");
    size_t begin = str_find_str(page, open, 0);
    size_t end = str_find_str(page, STR("<div class=\"query-foot\">"), begin);

    assert_true(begin != STR_NONE && end != STR_NONE);
    return str_after(str_slice(page, begin, end), '>');
}

static inline const struct value *text(struct made *m, const char *s) {
    return value_of_text(arena_of(m), str_from(s));
}

static inline const struct value *number(struct made *m, double n) {
    return value_of_number(arena_of(m), n);
}

static inline const struct value *link_to(struct made *m, const char *path,
                                          const char *display) {
    return value_of_link(arena_of(m),
                         (struct value_link){.path = str_from(path),
                                             .display = str_from(display),
                                             .has_display = display != NULL});
}

static inline const struct value *day(struct made *m, int year, int month,
                                      int d) {
    struct civil_date date = {year, (uint8_t)month, (uint8_t)d};

    return value_of_date(
        arena_of(m),
        (struct date){.ms = civil_days(date) * 86400000, .zone = &zone_utc});
}

static inline const struct value *list_of(struct made *m,
                                          const struct value *const *items,
                                          size_t n) {
    const struct value **kept =
        arena_array(arena_of(m), const struct value *, n);

    for (size_t i = 0; i < n; i++)
        kept[i] = items[i];
    return value_of_list(arena_of(m), kept, n);
}
#define LIST(m, ...)                                                           \
    list_of(m, (const struct value *const[]){__VA_ARGS__},                     \
            sizeof((const struct value *const[]){__VA_ARGS__}) /               \
                sizeof(struct value *))

static inline const struct value *object(struct made *m, const char *key,
                                         const struct value *v,
                                         const char *key2,
                                         const struct value *w) {
    struct value_member *members =
        arena_array(arena_of(m), struct value_member, 2);

    members[0] = (struct value_member){str_from(key), v};
    members[1] = (struct value_member){str_from(key2), w};
    return value_of_object(arena_of(m), members, w ? 2 : 1);
}

/* A task: what the answering step gives of it here are its text and `visual`. */
struct made_item {
    struct answer_item place; /* first */
    const struct value *text, *visual;
};

static inline const struct value *item_member(const struct value_record *r,
                                              struct str key, struct arena *a) {
    const struct made_item *i = r->of;

    (void)a;
    return str_eq(key, STR("text"))     ? i->text
           : str_eq(key, STR("visual")) ? i->visual
                                        : NULL;
}

static const struct record_class item_class = {.member = item_member};

static inline const struct value *item(struct made *m, uint32_t file,
                                       uint32_t index,
                                       const struct value *visual) {
    struct made_item *i = arena_new(arena_of(m), struct made_item);

    i->place = (struct answer_item){file, index};
    i->text = text(m, "its **text**");
    i->visual = visual;
    return value_of_record(
        arena_of(m), (struct value_record){.class = &item_class, .of = i});
}

static inline struct answer *answer_of(struct made *m, enum answer_kind kind,
                                       uint32_t ncolumns,
                                       const struct value *const *cells,
                                       size_t n) {
    struct answer *a = arena_new(arena_of(m), struct answer);
    static const struct str headers[] = {STR_INIT("File"), STR_INIT("*b* |"),
                                         STR_INIT("c")};

    a->kind = kind;
    a->has_visual = kind == ANSWER_TASK;
    a->ncolumns = ncolumns;
    a->nrows = n / ncolumns;
    a->cells = list_of(m, cells, n)->as.list.items;
    a->headers = headers;
    return a;
}
#define ANSWER(m, kind, ncolumns, ...)                                         \
    answer_of(m, kind, ncolumns, (const struct value *const[]){__VA_ARGS__},   \
              sizeof((const struct value *const[]){__VA_ARGS__}) /             \
                  sizeof(struct value *))

static inline void assert_has(struct str s, const char *part) {
    if (str_find_str(s, str_from(part), 0) == STR_NONE)
        fail_msg("no \"%s\" in:\n%.*s", part, STR_ARG(s));
}

static inline void assert_lacks(struct str s, const char *part) {
    if (str_find_str(s, str_from(part), 0) != STR_NONE)
        fail_msg("\"%s\" in:\n%.*s", part, STR_ARG(s));
}

#endif
