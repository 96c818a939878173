#include "query/tasks/instructions.h"

#include "base/vec.h"

/* Remembers the line for the explanation. */
static void add_layout_line(struct instruction_reader *r) {
    struct tasks_query *q = r->query;
    struct layout_line *line = arena_new(q->scratch, struct layout_line);

    line->at = r->at;
    *q->layout_lines_end = line;
    q->layout_lines_end = &line->next;
}

enum reading read_short(struct instruction_reader *r) {
    if (!line_starts(r->line, "short"))
        return READ_OTHER;
    r->query->layout.short_mode = true;
    add_layout_line(r);
    return READ_DONE;
}

enum reading read_full(struct instruction_reader *r) {
    if (!line_starts(r->line, "full"))
        return READ_OTHER;
    r->query->layout.short_mode = false;
    add_layout_line(r);
    return READ_DONE;
}

enum reading read_explain(struct instruction_reader *r) {
    if (!line_starts(r->line, "explain"))
        return READ_OTHER;
    r->query->explains = true;
    return READ_DONE;
}

enum reading read_ignore_global(struct instruction_reader *r) {
    return line_starts(r->line, "ignore global query") ? READ_DONE : READ_OTHER;
}

enum reading read_limit(struct instruction_reader *r) {
    struct str rest = r->line;
    struct tasks_query *q = r->query;
    uint32_t n = 0;
    bool groups;
    size_t i = 0;

    if (!take_word(&rest, STR("limit")))
        return READ_OTHER;
    groups = take_word(&rest, STR("groups"));
    (void)take_word(&rest, STR("to"));
    for (; i < rest.len && ascii_digit((unsigned char)rest.p[i]); i++)
        n = n > (UINT32_MAX - 10) / 10 ? UINT32_MAX - 10
                                       : n * 10 + (uint32_t)(rest.p[i] - '0');
    if (i == 0)
        return READ_OTHER;
    if (groups)
        q->limit.group = q->limits[r->at->part].group = n;
    else
        q->limit.tasks = q->limits[r->at->part].tasks = n;
    return READ_DONE;
}

/* --- hide, show --- */

static bool set_part(struct tasks_query *q, struct str what, bool hide) {
    for (size_t i = 0; i < LAYOUT_PARTS; i++)
        if (str_starts_nocase(what, layout_parts[i].words)) {
            q->layout.hidden[i] = hide;
            return true;
        }
    for (size_t i = 0; i < TASK_FIELDS; i++)
        if (str_starts_nocase(what, task_fields[i].words)) {
            q->layout.hidden_fields[i] = hide;
            return true;
        }
    return false;
}

enum reading read_layout(struct instruction_reader *r) {
    struct str rest = r->line;

    /* two rows: hide, show */
    if (!take_word(&rest, instruction_word(r->row)))
        return READ_OTHER;
    if (!set_part(r->query, rest,
                  str_eq(instruction_word(r->row), STR("hide"))))
        return read_fail(r, STR("do not understand hide/show option"));
    add_layout_line(r);
    return READ_DONE;
}

/* --- view --- */

enum reading read_view(struct instruction_reader *r) {
    static const struct str columns = STR_INIT("columns");
    struct tasks_query *q = r->query;
    struct str rest = r->line;
    struct grouper *g;

    if (!take_word(&rest, STR("view")))
        return READ_OTHER;
    if (str_eq_nocase(rest, STR("list"))) {
        q->layout.view = TASKS_LIST;
        q->columns = NULL;
    } else if (str_eq_nocase(rest, columns)) {
        return read_fail(
            r, STR("columns view requires a grouping expression\n"
                   "Examples:\n    view columns by status.name\n"
                   "    view columns by function task.due.category.groupText"));
    } else if (take_word(&rest, columns) && take_word(&rest, STR("by")) &&
               (g = grouper_read(q, r->at, rest, &r->problem)) != NULL) {
        q->layout.view = TASKS_COLUMNS;
        q->columns = g;
    } else {
        struct buf text = {0};
        struct str mode = str_skip(r->line, strlen("view "));
        buf_printf(&text,
                   "do not understand view mode \"%.*s\"\nThe view modes are:\n"
                   "    view list\n    view columns by KEY",
                   STR_ARG(mode));
        return read_fail(r, query_keep(q, &text));
    }
    add_layout_line(r);
    return READ_DONE;
}
