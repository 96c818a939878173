#include "query/tasks/instructions.h"

#include "base/utf16.h"

/* --- yes and no --- */

static enum reading flag(struct instruction_reader *r, bool negated) {
    struct filter *f;

    if (!str_eq_nocase(r->line, r->row->form))
        return READ_OTHER;
    f = read_new(r, FILTER_FLAG);
    f->negated = negated;
    f->as.flag = r->row->about;
    return READ_DONE;
}

enum reading read_flag(struct instruction_reader *r) {
    return flag(r, false);
}
enum reading read_not_flag(struct instruction_reader *r) {
    return flag(r, true);
}

/* No item above it: nothing before its mark, or a quote's `>` and at most one
 * blank. */
static bool top_item(struct str indentation) {
    size_t quote = str_rfind(indentation, '>');

    if (quote != STR_NONE)
        indentation = str_skip(indentation, quote + 1);
    return indentation.len == 0 ||
           (quote != STR_NONE && str_eq(indentation, STR(" ")));
}

static bool flag_test(enum task_flag flag, const struct task *t) {
    switch (flag) {
    case FLAG_DONE:
        return t->is_done;
    case FLAG_RECURRING:
        return t->recurrence.len > 0;
    case FLAG_TAGS:
        return t->ntags > 0;
    case FLAG_ID:
        return t->id.len > 0;
    case FLAG_DEPENDS_ON:
        return t->ndepends_on > 0;
    case FLAG_BLOCKING:
        return t->is_blocking;
    case FLAG_BLOCKED:
        return t->is_blocked;
    case FLAG_TOP_ITEM:
        return top_item(t->indentation);
    }
    return false;
}

/* --- status.type --- */

enum reading read_type(struct instruction_reader *r) {
    struct str word = instruction_word(r->row), rest = r->line;
    bool negated = false;
    enum status_type type;
    struct buf text = {0};

    if (!str_starts_nocase(r->line, word))
        return READ_OTHER;
    if (take_word(&rest, word) && take_word(&rest, STR("is"))) {
        negated = take_word(&rest, STR("not"));
        if (status_type_read(rest, &type)) {
            struct filter *f = read_new(r, FILTER_TYPE);
            f->negated = negated;
            f->as.type = type;
            return READ_DONE;
        }
    }
    buf_printf(&text,
               "Invalid status.type instruction: '%.*s'.\n"
               "    Allowed options: 'is' and 'is not' (without quotes).\n"
               "    Allowed values:  ",
               STR_ARG(r->line));
    for (size_t i = 0; i < STATUS_TYPES; i++) {
        buf_add_str(&text, status_type_names[i]);
        buf_add_str(&text, i + 1 < STATUS_TYPES ? STR(" ") : STR(""));
    }
    return read_fail(r, query_keep(r->query, &text));
}

/* --- priority --- */

/* Takes a word and the blanks before it off the front. */
static bool take_spaced(struct str *line, struct str word) {
    struct str rest = utf16_trim_start(*line);

    if (rest.len == line->len || !str_starts_nocase(rest, word))
        return false;
    rest = str_skip(rest, word.len);
    if (rest.len > 0 && utf16_trim_start(rest).len == rest.len)
        return false;
    *line = rest;
    return true;
}

enum reading read_priority(struct instruction_reader *r) {
    static const struct str relations[] = {
        [PRIORITY_ABOVE] = STR_INIT("above"),
        [PRIORITY_BELOW] = STR_INIT("below"),
        [PRIORITY_NOT] = STR_INIT("not"),
    };
    struct str word = instruction_word(r->row), rest = r->line;
    enum priority_relation relation = PRIORITY_IS;

    if (!str_starts_nocase(rest, word))
        return READ_OTHER;
    rest = str_skip(rest, word.len);
    (void)take_spaced(&rest, STR("is"));
    for (unsigned i = PRIORITY_ABOVE; i <= PRIORITY_NOT; i++)
        if (relation == PRIORITY_IS && take_spaced(&rest, relations[i]))
            relation = i;
    for (unsigned i = 0; i < TASK_PRIORITIES; i++)
        if (take_spaced(&rest, task_priorities[i].word)) {
            struct filter *f;
            if (rest.len > 0)
                return READ_OTHER;
            f = read_new(r, FILTER_PRIORITY);
            f->as.priority.relation = relation;
            f->as.priority.priority = i;
            return READ_DONE;
        }
    return READ_OTHER;
}

static bool priority_test(const struct filter *f, const struct task *t) {
    unsigned wanted = f->as.priority.priority;

    switch (f->as.priority.relation) {
    case PRIORITY_ABOVE:
        return t->priority < wanted;
    case PRIORITY_BELOW:
        return t->priority > wanted;
    case PRIORITY_NOT:
        return t->priority != wanted;
    case PRIORITY_IS:
        break;
    }
    return t->priority == wanted;
}

/* --- asking --- */

static enum regex_outcome outcome(bool yes) {
    return yes ? REGEX_MATCH : REGEX_NO_MATCH;
}

static enum regex_outcome negate(enum regex_outcome o) {
    return o == REGEX_LIMIT ? o : outcome(o == REGEX_NO_MATCH);
}

static enum regex_outcome operator_test(struct tasks_query *q,
                                        const struct filter *f,
                                        const struct task *t) {
    enum regex_outcome a = filter_test(q, f->as.parts[0], t), b;

    if (f->kind == FILTER_NOT)
        return negate(a);
    if (a == REGEX_LIMIT || (f->kind == FILTER_AND && a == REGEX_NO_MATCH) ||
        (f->kind == FILTER_OR && a == REGEX_MATCH))
        return a;
    b = filter_test(q, f->as.parts[1], t);
    if (f->kind == FILTER_XOR && b != REGEX_LIMIT)
        return outcome(a != b);
    return b;
}

static enum regex_outcome simple_test(struct tasks_query *q,
                                      const struct filter *f,
                                      const struct task *t) {
    switch (f->kind) {
    case FILTER_FLAG:
        return outcome(flag_test(f->as.flag, t));
    case FILTER_TEXT:
    case FILTER_REGEX:
        return text_test(q, f, t);
    case FILTER_TYPE:
        return outcome(t->status->type == f->as.type);
    case FILTER_PRIORITY:
        return outcome(priority_test(f, t));
    case FILTER_DATE:
    case FILTER_HAS_DATE:
    case FILTER_BAD_DATE:
        return outcome(date_test(f, t));
    case FILTER_SAME_FILE:
        return outcome(same_file_test(q, f, t));
    default:
        return outcome(f->as.script.values[t - q->tasks->items]);
    }
}

enum regex_outcome filter_test(struct tasks_query *q, const struct filter *f,
                               const struct task *task) {
    enum regex_outcome o;

    if (!f->is_simple)
        return operator_test(q, f, task);
    q->ntests++;
    o = simple_test(q, f, task);
    return f->negated ? negate(o) : o;
}
