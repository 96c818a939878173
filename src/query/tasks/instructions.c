#include "query/tasks/instructions.h"

#include "base/utf16.h"

/* --- errors --- */

struct str query_keep(struct tasks_query *q, struct buf *text) {
    struct str kept = arena_str(q->arena, buf_str(text));

    buf_release(text);
    return kept;
}

bool query_fail(struct tasks_query *q, const struct statement *at,
                struct str message) {
    struct buf text = {0};

    if (q->failed)
        return false;
    q->failed = true;
    buf_add_str(&text, message);
    if (at != NULL && str_eq(at->raw, at->text)) {
        buf_printf(&text, "\nProblem line: \"%.*s\"", STR_ARG(at->raw));
    } else if (at != NULL) {
        buf_add_lit(&text, "\nProblem statement:\n");
        statement_explain(&text, at, STR("    "));
        buf_add_ch(&text, '\n');
    }
    q->error = (struct tasks_error){.message = query_keep(q, &text)};
    if (at != NULL) {
        q->error.instruction = arena_str(q->arena, at->joined);
        q->error.line = at->part == TASKS_BLOCK ? at->line : 0;
    }
    return false;
}

enum reading read_fail(struct instruction_reader *r, struct str problem) {
    r->problem = problem;
    return READ_FAILED;
}

/* --- what rows share --- */

struct str instruction_word(const struct instruction *row) {
    return str_until(row->form, ' ');
}

bool take_word(struct str *line, struct str word) {
    if (!str_starts_nocase(*line, word) || line->len == word.len ||
        line->p[word.len] != ' ')
        return false;
    *line = str_skip(*line, word.len + 1);
    return true;
}

struct filter *read_new(struct instruction_reader *r, enum filter_kind kind) {
    r->filter = arena_new(r->query->scratch, struct filter);
    r->filter->kind = kind;
    r->filter->text = r->line;
    r->filter->is_simple = true;
    return r->filter;
}

/* Presets are put in place before lines are read: one that stands here has no
 * name. */
static enum reading read_preset(struct instruction_reader *r) {
    (void)r;
    return READ_OTHER;
}

static enum reading read_comment(struct instruction_reader *r) {
    return r->line.p[0] == '#' ? READ_DONE : READ_OTHER;
}

static enum reading boolean_row(struct instruction_reader *r) {
    r->filter = boolean_read(r->query, r->line, &r->problem);
    if (r->filter != NULL)
        return READ_DONE;
    return r->problem.len > 0 ? READ_FAILED : READ_OTHER;
}

const struct instruction instructions[] = {
#define INSTRUCTION(kind, read, about, form, meaning)                          \
    {INSTRUCTION_##kind, read, about, STR_INIT(form), STR_INIT(meaning)},
#include "query/tasks/instructions.def"
#undef INSTRUCTION
};
const size_t ninstructions = ARRAY_LEN(instructions);

/* --- reading --- */

static enum reading read_rows(struct instruction_reader *r, bool filters_only) {
    for (size_t i = 0; i < ninstructions; i++) {
        enum reading reading;

        r->row = &instructions[i];
        if (filters_only && r->row->kind != INSTRUCTION_FILTER)
            continue;
        reading = r->row->read(r);
        if (reading != READ_OTHER)
            return reading;
    }
    return READ_OTHER;
}

struct filter *filter_read(struct tasks_query *q, struct str line,
                           struct str *problem) {
    struct instruction_reader r = {.query = q, .line = line};

    *problem = STR("");
    switch (read_rows(&r, true)) {
    case READ_DONE:
        return r.filter;
    case READ_FAILED:
        *problem = r.problem;
        break;
    case READ_OTHER:
        break;
    }
    return NULL;
}

bool query_read_instruction(struct tasks_query *q, const struct statement *s) {
    struct instruction_reader r = {.query = q, .at = s, .line = s->text};

    if (s->problem.len > 0)
        return query_fail(q, s, s->problem);
    switch (read_rows(&r, false)) {
    case READ_OTHER:
        return query_fail(q, s, STR("do not understand query"));
    case READ_FAILED:
        return query_fail(q, s, r.problem);
    case READ_DONE:
        break;
    }
    if (r.filter != NULL) {
        r.filter->at = s;
        *q->filters_end = r.filter;
        q->filters_end = &r.filter->next;
    }
    return true;
}
