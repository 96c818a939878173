#include "query/tasks/instructions.h"

#include "base/utf16.h"

/* Words between the field and the text. */
enum text_relation {
    TEXT_INCLUDES,
    TEXT_EXCLUDES,
    TEXT_MATCHES,
    TEXT_DIFFERS,
};
static const struct {
    struct str words;
    enum text_relation relation;
    bool tags_only;
} relations[] = {
    {STR_INIT("includes"), TEXT_INCLUDES, false},
    {STR_INIT("does not include"), TEXT_EXCLUDES, false},
    {STR_INIT("include"), TEXT_INCLUDES, true},
    {STR_INIT("do not include"), TEXT_EXCLUDES, true},
    {STR_INIT("regex matches"), TEXT_MATCHES, false},
    {STR_INIT("regex does not match"), TEXT_DIFFERS, false},
};

#define REGEX_HELP                                                             \
    "\n\nRegular expressions must look like this:\n    /pattern/\nor this:\n"  \
    "    /pattern/flags"

static enum reading bad_regex(struct instruction_reader *r) {
    struct buf text = {0};

    buf_printf(&text, "Invalid instruction: '%.*s'" REGEX_HELP,
               STR_ARG(r->line));
    return read_fail(r, query_keep(r->query, &text));
}

static enum reading read_regex(struct instruction_reader *r, struct str value) {
    size_t end = str_rfind(value, '/');
    struct regex_error error;
    struct str pattern, flags;
    struct regex *regex;
    struct filter *f;

    if (value.len == 0 || value.p[0] != '/' || end < 2)
        return bad_regex(r);
    pattern = str_slice(value, 1, end);
    flags = str_skip(value, end + 1);
    regex = regex_new(pattern, flags, &error);
    if (regex == NULL) {
        struct buf text = {0};
        buf_printf(&text,
                   "Error: Parsing regular expression.\nThe error message "
                   "was:\n    \"SyntaxError: Invalid regular expression: "
                   "/%.*s/: %s\"" REGEX_HELP,
                   STR_ARG(pattern), error.message);
        return read_fail(r, query_keep(r->query, &text));
    }
    f = read_new(r, FILTER_REGEX);
    f->as.text.regex = regex;
    f->as.text.pattern = pattern;
    f->as.text.flags = flags;
    f->chain = r->query->regexes;
    r->query->regexes = f;
    return READ_DONE;
}

enum reading read_text(struct instruction_reader *r) {
    struct str rest = r->line;
    unsigned i = 0;

    if (!take_word(&rest, instruction_word(r->row)))
        return READ_OTHER;
    while (i < ARRAY_LEN(relations) &&
           ((relations[i].tags_only && r->row->about != TASK_TEXT_TAGS) ||
            !take_word(&rest, relations[i].words)))
        i++;
    if (i == ARRAY_LEN(relations) || rest.len == 0)
        return READ_OTHER;
    if (relations[i].relation == TEXT_MATCHES ||
        relations[i].relation == TEXT_DIFFERS) {
        if (read_regex(r, rest) != READ_DONE)
            return READ_FAILED;
    } else {
        struct str needle = utf16_lower(r->query->scratch, rest);
        read_new(r, FILTER_TEXT)->as.text.needle = needle;
    }
    r->filter->as.text.of = r->row->about;
    r->filter->of_file = task_text_of_file(r->row->about);
    r->filter->negated = relations[i].relation == TEXT_EXCLUDES ||
                         relations[i].relation == TEXT_DIFFERS;
    return READ_DONE;
}

static enum regex_outcome one_test(struct tasks_query *q,
                                   const struct filter *f, struct str text) {
    if (f->kind == FILTER_REGEX)
        return regex_test(f->as.text.regex, text, &q->regex_steps);
    text = utf16_lower(q->row, text);
    return str_find_str(text, f->as.text.needle, 0) != STR_NONE
               ? REGEX_MATCH
               : REGEX_NO_MATCH;
}

static enum regex_outcome tags_test(struct tasks_query *q,
                                    const struct filter *f,
                                    const struct task *t) {
    for (size_t i = 0; i < t->ntags; i++) {
        enum regex_outcome o = one_test(q, f, t->tags[i]);
        if (o != REGEX_NO_MATCH)
            return o;
    }
    return REGEX_NO_MATCH;
}

enum regex_outcome text_test(struct tasks_query *q, const struct filter *f,
                             const struct task *t) {
    enum task_text of = f->as.text.of;
    enum regex_outcome o;

    if (f->kind == FILTER_TEXT && of <= TASK_TEXT_DESCRIPTION) {
        const struct str *lowered = shared_lowered(q->shared, of);
        size_t i =
            task_text_of_file(of) ? t->file : (size_t)(t - q->tasks->items);
        return str_find_str(lowered[i], f->as.text.needle, 0) != STR_NONE
                   ? REGEX_MATCH
                   : REGEX_NO_MATCH;
    }
    o = of == TASK_TEXT_TAGS
            ? tags_test(q, f, t)
            : one_test(q, f, task_text(q->row, q->tasks, t, of));
    arena_reset(q->row);
    return o;
}

void text_explain(struct buf *out, const struct filter *f, struct str indent) {
    struct str flags = f->as.text.flags;
    /* the pattern stands below that of the instruction, which has two blanks
     * less before it */
    size_t begin = utf16_len(
        str_slice(f->text, 0, (size_t)(f->as.text.pattern.p - f->text.p)));
    size_t n = indent.len + strlen("using regex:");

    buf_add_str(out, indent);
    buf_add_lit(out, "using regex:");
    do
        buf_add_ch(out, ' ');
    while (++n + 3 < indent.len + begin);
    buf_add_ch(out, '\'');
    for (size_t i = 0; i < f->as.text.pattern.len; i++) {
        char c = f->as.text.pattern.p[i];
        if (c == '/' && (i == 0 || f->as.text.pattern.p[i - 1] != '\\'))
            buf_add_ch(out, '\\');
        buf_add_ch(out, c);
    }
    buf_add_ch(out, '\'');
    if (flags.len == 0)
        buf_add_lit(out, " with no flags");
    else
        buf_printf(out, " with %s '%.*s'", flags.len == 1 ? "flag" : "flags",
                   STR_ARG(flags));
}
