/* Any text as a query of Dataview, or behind `= ` as an expression, over the vault
 * of tests/query, asked in any of its notes: an answer of the size it says, that
 * prints and whose JSON can be read again; and the same answer where a plan finds
 * the rows first, as a build does it. */
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
#include "query/answer_print.h"
#include "query/dataview/run.h"

#define VAULT "../../tests/query/vault"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static struct tasks_vault vault;
static struct records *records;

static void open_vault(void) {
    tasks_vault_open(&vault, VAULT);
    records = records_new(&vault.arena, vault.linked,
                          (struct civil_instant){1768478400, 0});
}

static void check_answer(const struct answer *a, struct str text) {
    require(utf8_valid_len(a->message) == a->message.len);
    if (a->kind == ANSWER_ERROR) {
        uint32_t lines = 1;

        for (size_t i = 0; i < text.len; i++)
            lines += text.p[i] == '\n';
        require(a->message.len > 0 && a->line <= lines);
        require((a->line == 0) == (a->column == 0));
        return;
    }
    for (size_t row = 0; row < a->nrows; row++)
        for (uint32_t c = 0; c < a->ncolumns; c++)
            require(answer_cell(a, row, c) != NULL);
}

/* Halves of pairs are escapes in our JSON, which its reader refuses alone. */
static bool has_half(struct str json) {
    static const char halves[] = "89abcdef";
    size_t at = 0;

    while ((at = str_find_str(json, STR("\\ud"), at)) != STR_NONE) {
        at += sizeof "\\ud" - 1;
        if (at < json.len && memchr(halves, json.p[at], sizeof halves - 1))
            return true;
    }
    return false;
}

static void print(const struct answer *a, struct str text, struct buf *json) {
    struct buf out = {0};
    struct arena scratch;
    struct json_error error;

    arena_init(&scratch);
    buf_reset(json);
    answer_add_json(json, a);
    require(has_half(buf_str(json)) ||
            json_parse(&scratch, buf_str(json), &error) != NULL);
    answer_add_table(&out, a, text, records_style(records));
    buf_reset(&out);
    answer_add_csv(&out, a, records_style(records));
    buf_release(&out);
    arena_release(&scratch);
}

/* As a build asks: the plan first. */
static void check_planned(const struct dql *q, uint32_t file, struct str path,
                          struct run_memory *m, struct str wanted) {
    struct arena arena;
    struct buf json = {0};
    struct columns *c;
    struct query_plan plan;

    arena_init(&arena);
    c = columns_new(&arena, records);
    plan = run_plan(records, q, c, file, path, m);
    answer_add_json(&json, run_query(records, q, &plan, file, path, m));
    require(str_eq(buf_str(&json), wanted));
    buf_release(&json);
    columns_release(c);
    arena_release(&arena);
}

static void ask_block(struct str text, uint32_t file, struct str path,
                      struct run_memory *m) {
    static const struct query_plan none;
    struct parse_error error;
    struct buf json = {0};
    const struct dql *q =
        dql_parse(m->answers, text, records_dates(records), &error);
    const struct answer *a = q != NULL
                                 ? run_query(records, q, &none, file, path, m)
                                 : run_unparsed(text, &error, m->answers);

    check_answer(a, text);
    print(a, text, &json);
    if (q != NULL)
        check_planned(q, file, path, m, buf_str(&json));
    buf_release(&json);
}

static void ask_expression(struct str text, uint32_t file, struct str path,
                           struct run_memory *m) {
    struct parse_error error;
    struct buf json = {0};
    bool uses_clock = false;
    const struct expr *x = expr_parse(m->answers, text, records_dates(records),
                                      &uses_clock, &error);
    const struct answer *a = x != NULL ? run_expr(records, x, file, path, m)
                                       : run_unparsed(text, &error, m->answers);

    check_answer(a, text);
    print(a, text, &json);
    buf_release(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct run_memory m;
    struct arena answers;
    struct str text, path = STR("Nowhere.md");
    uint32_t file;

    if (records == NULL)
        open_vault();
    if (len == 0)
        return 0;
    text = str_make((const char *)bytes + 1, len - 1);
    if (utf8_valid_len(text) != text.len || str_find(text, '\0') != STR_NONE)
        return 0; /* vault/ repairs it before */
    if (bytes[0] < vault.vault.nfiles)
        path = vault.vault.files[bytes[0]].path;
    file = records_file(records, path);
    arena_init(&answers);
    run_memory_init(&m, &answers);
    if (str_starts(text, STR("= ")))
        ask_expression(str_skip(text, 2), file, path, &m);
    else
        ask_block(text, file, path, &m);
    run_memory_release(&m);
    arena_release(&answers);
    return 0;
}
