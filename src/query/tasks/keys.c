#include "query/tasks/instructions.h"

#include "base/utf16.h"

const struct key_row sort_keys[SORT_KEYS] = {
#define SORT_KEY(id, word, meaning) {STR_INIT(word), STR_INIT(meaning)},
#include "query/tasks/sort_keys.def"
#undef SORT_KEY
};
const struct key_row group_keys[GROUP_KEYS] = {
#define GROUP_KEY(id, word, meaning) {STR_INIT(word), STR_INIT(meaning)},
#include "query/tasks/group_keys.def"
#undef GROUP_KEY
};

/* The plugin's text where JavaScript is off. */
static struct str script_is_off(struct tasks_query *q) {
    struct buf text = {0};

    buf_printf(&text,
               "JavaScript is now disabled in Tasks queries by default.\n"
               "Here it does not run: %.*s.",
               STR_ARG(script_off(shared_scripts(q->shared))));
    return query_keep(q, &text);
}

/* `: "nonsense"`, the plugin's frame around what a program says. */
static struct str not_compiled(struct tasks_query *q, struct str expression,
                               struct str why) {
    struct buf text = {0};

    buf_printf(&text,
               "Error: Failed parsing expression \"%.*s\".\n"
               "The error message was:\n    \"%.*s\"",
               STR_ARG(expression), STR_ARG(why));
    return query_keep(q, &text);
}

bool script_read(struct tasks_query *q, enum script_use use,
                 struct str expression, uint32_t *function,
                 struct str *problem) {
    struct script_search *search = query_search(q);
    struct script_value error;

    if (search == NULL) {
        *problem = script_is_off(q);
        return false;
    }
    if (use == SCRIPT_GROUP) /* compiled for each task: its errors are names */
        return true;
    if (script_compile(search, use, expression, function, &error))
        return true;
    *problem = not_compiled(q, expression, error.text);
    return false;
}

/* --- sort by --- */

static void add_sorter(struct instruction_reader *r, struct sorter s) {
    struct tasks_query *q = r->query;
    struct sorter *kept = arena_new(q->scratch, struct sorter);

    *kept = s;
    kept->at = r->at;
    *q->sorters_end = kept;
    q->sorters_end = &kept->next;
}

/* `function reverse x`: the expression is `x`. */
static enum reading read_sort_function(struct instruction_reader *r,
                                       struct str rest) {
    struct sorter s = {.key = SORT_FUNCTION};
    struct str problem;

    s.reverse = take_word(&rest, STR("reverse"));
    s.expression = rest;
    if (!script_read(r->query, SCRIPT_SORT, rest, &s.function, &problem))
        return read_fail(r, problem);
    add_sorter(r, s);
    return READ_DONE;
}

/* Digits after blanks; else 1. */
static uint32_t instance(struct str rest) {
    uint32_t n = 0;

    rest = utf16_trim_start(rest);
    for (size_t i = 0; i < rest.len && i < 9; i++) {
        if (!ascii_digit((unsigned char)rest.p[i]))
            break;
        n = n * 10 + (uint32_t)(rest.p[i] - '0');
    }
    return n > 0 ? n : 1;
}

enum reading read_sort(struct instruction_reader *r) {
    static const struct str reverse = STR_INIT(" reverse");
    struct str rest = r->line;
    struct sorter s = {0};

    if (!take_word(&rest, STR("sort")) || !take_word(&rest, STR("by")))
        return READ_OTHER;
    for (unsigned i = 0; i < SORT_KEYS; i++) {
        if (i == SORT_FUNCTION) {
            if (take_word(&rest, sort_keys[i].word))
                return read_sort_function(r, rest);
            continue;
        }
        if (!str_starts_nocase(rest, sort_keys[i].word))
            continue;
        rest = str_skip(rest, sort_keys[i].word.len);
        s.key = i;
        s.reverse = str_starts_nocase(rest, reverse);
        s.instance = instance(s.reverse ? str_skip(rest, reverse.len) : rest);
        add_sorter(r, s);
        return READ_DONE;
    }
    return READ_OTHER;
}

/* --- group by --- */

struct grouper *grouper_read(struct tasks_query *q, const struct statement *at,
                             struct str key, struct str *problem) {
    static const struct str reverse = STR_INIT(" reverse");
    struct grouper g = {.at = at};
    unsigned i = 0;
    uint32_t unused;

    *problem = STR("");
    if (take_word(&key, group_keys[GROUP_FUNCTION].word)) {
        i = GROUP_FUNCTION;
        g.reverse = take_word(&key, STR("reverse"));
        g.expression = key;
        if (!script_read(q, SCRIPT_GROUP, key, &unused, problem))
            return NULL;
    } else {
        if (key.len > reverse.len &&
            str_eq_nocase(str_skip(key, key.len - reverse.len), reverse)) {
            g.reverse = true;
            key.len -= reverse.len;
        }
        while (i < GROUP_KEYS && !str_eq_nocase(key, group_keys[i].word))
            i++;
        if (i == GROUP_KEYS || i == GROUP_FUNCTION)
            return NULL;
    }
    g.key = i;
    struct grouper *kept = arena_new(q->scratch, struct grouper);
    *kept = g;
    return kept;
}

enum reading read_group(struct instruction_reader *r) {
    struct tasks_query *q = r->query;
    struct str rest = r->line;
    struct grouper *g;

    if (!take_word(&rest, STR("group")) || !take_word(&rest, STR("by")))
        return READ_OTHER;
    g = grouper_read(q, r->at, rest, &r->problem);
    if (g == NULL)
        return r->problem.len > 0 ? READ_FAILED : READ_OTHER;
    *q->groupers_end = g;
    q->groupers_end = &g->next;
    return READ_DONE;
}
