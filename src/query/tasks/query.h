/*
 * query: one Tasks query, read and being answered.  Private to query/tasks.
 *
 * spec/tasks.md §5 to §8.  Reading fills the lists below, statement by
 * statement; the first error ends it.  A query belongs to one thread.
 */
#ifndef VAULTSITE_QUERY_TASKS_QUERY_H
#define VAULTSITE_QUERY_TASKS_QUERY_H

#include "base/regex.h"
#include "query/tasks/answer.h"
#include "query/tasks/date_phrase.h"
#include "query/tasks/shared.h"

/* The texts that a query is put together from, in this order (§5.6). */
enum tasks_part { TASKS_GLOBAL, TASKS_DEFAULTS, TASKS_BLOCK, TASKS_PARTS };

struct statement {
    struct str raw;    /* its lines as written, "\n" between */
    struct str joined; /* continued lines made one, trimmed */
    struct str text;   /* with presets and placeholders in place */
    enum tasks_part part;
    uint32_t line;      /* of its part, 1-based */
    struct str problem; /* why it could not be put together; else "" */
    struct statement *next;
};

/* --- filters --- */

/* What is asked of a task with yes or no. */
enum task_flag {
    FLAG_DONE,
    FLAG_RECURRING,
    FLAG_TAGS,
    FLAG_ID,
    FLAG_DEPENDS_ON,
    FLAG_BLOCKING,
    FLAG_BLOCKED,
    FLAG_TOP_ITEM,
};

/* Dates that instructions name: those of tasks, and the first of three. */
#define DATE_HAPPENS TASK_DATES

enum date_relation { DATE_ON, DATE_BEFORE, DATE_AFTER, DATE_UNTIL, DATE_FROM };

enum priority_relation {
    PRIORITY_IS,
    PRIORITY_ABOVE,
    PRIORITY_BELOW,
    PRIORITY_NOT
};

enum filter_kind {
    FILTER_FLAG,
    FILTER_TEXT,
    FILTER_REGEX,
    FILTER_TYPE,
    FILTER_PRIORITY,
    FILTER_DATE,
    FILTER_HAS_DATE,
    FILTER_BAD_DATE,
    FILTER_FUNCTION,
    FILTER_SAME_FILE, /* a function that compares parts of two paths */
    FILTER_AND,
    FILTER_OR,
    FILTER_XOR,
    FILTER_NOT,
};

/* Parts of a path that a function may compare. */
enum path_part {
    PATH_WHOLE,
    PATH_WITHOUT_EXTENSION,
    PATH_ROOT,
    PATH_FOLDER,
    PATH_FILENAME,
    PATH_STEM,
};

struct filter {
    enum filter_kind kind;
    bool negated;     /* of all but FILTER_AND … FILTER_NOT */
    bool of_file;     /* what it says is the same for all tasks of a file */
    bool runs_script; /* it, or a part of it, is a FILTER_FUNCTION */
    bool is_simple;   /* an instruction; else an operator of a boolean line */
    struct str text;  /* the instruction, without what stands around it */
    const struct statement *at; /* of filters of their own; else NULL */
    struct filter *next;        /* of the query */
    struct filter *chain;       /* of those of one kind, wherever they stand */
    union {
        enum task_flag flag;
        struct {
            enum task_text of;
            struct str needle; /* lower case */
            struct regex *regex;
            struct str pattern, flags;
        } text; /* FILTER_TEXT, FILTER_REGEX */
        enum status_type type;
        struct {
            enum priority_relation relation;
            enum task_priority priority;
        } priority;
        struct {
            unsigned date; /* enum task_date, or DATE_HAPPENS */
            enum date_relation relation;
            task_day begin, end;
        } date; /* FILTER_DATE, FILTER_HAS_DATE, FILTER_BAD_DATE: date alone */
        struct {
            struct str expression;
            uint32_t function;  /* script_call's */
            const bool *values; /* while it runs: by task */
        } script;
        enum path_part part;
        struct filter *parts[2]; /* operators; of FILTER_NOT the first */
    } as;
};

/* --- sorting, grouping --- */

enum sort_by {
#define SORT_KEY(id, word, meaning) SORT_##id,
#include "query/tasks/sort_keys.def"
#undef SORT_KEY
    SORT_KEYS
};
enum group_by {
#define GROUP_KEY(id, word, meaning) GROUP_##id,
#include "query/tasks/group_keys.def"
#undef GROUP_KEY
    GROUP_KEYS
};
struct key_row {
    struct str word, meaning;
};
extern const struct key_row sort_keys[SORT_KEYS], group_keys[GROUP_KEYS];

struct sorter {
    enum sort_by key;
    bool reverse;
    uint32_t instance; /* SORT_TAG: which tag, from 1 */
    struct str expression;
    uint32_t function;
    const struct statement *at; /* NULL: one of the plugin's own */
    struct sorter *next;
};

struct grouper {
    enum group_by key;
    bool reverse;
    struct str expression;
    const struct statement *at;
    struct grouper *next;
};

struct layout_line {
    const struct statement *at;
    struct layout_line *next;
};

/* UINT32_MAX: none. */
struct query_limits {
    uint32_t tasks, group;
};

/* --- the whole --- */

struct tasks_query {
    struct tasks_shared *shared;
    const struct tasks *tasks;
    struct arena *arena;     /* what the answer holds */
    struct arena *scratch;   /* of this query */
    struct arena *row;       /* of one test */
    uint32_t file;           /* the note's; TASK_NONE: there is no such note */
    const struct note *note; /* NULL likewise */
    struct str path;         /* of the note */
    struct str text;         /* of the block */
    uint32_t turn;           /* among all queries that are asked */
    struct script_search *search; /* NULL: none yet */

    struct statement *statements;
    struct filter *filters, **filters_end;
    struct filter *regexes; /* all FILTER_REGEX, to be freed; by `chain` */
    struct filter *scripts; /* all FILTER_FUNCTION; by `chain` */
    struct sorter *sorters, **sorters_end;
    struct grouper *groupers, **groupers_end;
    struct grouper *columns; /* of `view columns`: before all others; NULL */
    struct layout_line *layout_lines, **layout_lines_end;
    struct tasks_layout layout;
    bool explains, ignores_global;
    /* The last of each part, for explanations; the last of all counts. */
    struct query_limits limits[TASKS_PARTS], limit;

    int boolean_depth; /* boolean lines in each other */

    bool failed;
    bool wants_script; /* and none can run */
    struct tasks_error error;
    size_t nasked;        /* rows of filters, */
    size_t ntests;        /* and of what they consist of */
    uint64_t regex_steps; /* that regular expressions may still take */
};

/* Fails with `message`, the statement's line below it; `at` may be NULL. Always
 * false. The first error stays. */
bool query_fail(struct tasks_query *q, const struct statement *at,
                struct str message);
/* The text of a buffer, which is released, in q->arena. */
struct str query_keep(struct tasks_query *q, struct buf *text);
/* The search that scripts of this query run in; NULL where none can. */
struct script_search *query_search(struct tasks_query *q);
/* The statement as the plugin shows it, with `indent` blanks before each line
 * but the last blank ones (§9, §11.7). */
void statement_explain(struct buf *out, const struct statement *s,
                       struct str indent);

/* statements.c: all lines of the query, in q->statements. */
void query_read_statements(struct tasks_query *q);
/* Whether the note has properties that set something for its queries (§5.6). */
bool note_sets_defaults(const struct note *n);
/* Whether the line begins with these words, in any case. */
static inline bool line_starts(struct str line, const char *words) {
    return str_starts_nocase(line, str_from(words));
}
/* placeholder.c: `text` with what stands in `{{}}` replaced, once or until there
 * is none. False with *problem set. */
bool query_expand(struct tasks_query *q, struct str text, bool once,
                  struct str *expanded, struct str *problem);
/* instructions.c: what one statement says. */
bool query_read_instruction(struct tasks_query *q, const struct statement *s);

/* A filter, or NULL. Then *problem is why, "" where the line is none. */
struct filter *filter_read(struct tasks_query *q, struct str line,
                           struct str *problem);
/* boolean.c: the same for lines with AND, OR, XOR, NOT. */
struct filter *boolean_read(struct tasks_query *q, struct str line,
                            struct str *problem);
/* Whether the task is let through. `task` may be any of the file where the
 * filter is one of files. REGEX_LIMIT: nobody knows. */
enum regex_outcome filter_test(struct tasks_query *q, const struct filter *f,
                               const struct task *task);
/* Of the kinds that they are for, without `negated`: filter_text.c, filter_date.c,
 * filter_function.c. */
enum regex_outcome text_test(struct tasks_query *q, const struct filter *f,
                             const struct task *t);
bool date_test(const struct filter *f, const struct task *t);
/* The part of the query's own path that FILTER_SAME_FILE wants. */
struct str same_file_part(const struct tasks_query *q, const struct filter *f);
bool same_file_test(const struct tasks_query *q, const struct filter *f,
                    const struct task *t);
/* `start`, `due`, `happens`: how instructions call enum task_date and
 * DATE_HAPPENS. */
struct str date_name(unsigned date);
/* `Monday` */
const char *day_name(task_day d);
/* What such a filter means in words, "" where its text says it: lines, each with
 * `indent` before it. */
void text_explain(struct buf *out, const struct filter *f, struct str indent);
void date_explain(struct buf *out, const struct filter *f, struct str indent);
/* run.c: the tasks that all filters let through, in vault order, *n of them. */
uint32_t *query_filter(struct tasks_query *q, uint32_t *n);
/* sort.c: in order; false with the error set. */
bool query_sort(struct tasks_query *q, uint32_t *tasks, uint32_t n);
/* group.c: fills groups, keys and counts of the answer. */
bool query_group(struct tasks_query *q, const uint32_t *tasks, uint32_t n,
                 struct tasks_answer *a);
/* explain.c: §11.7. */
struct str query_explain(struct tasks_query *q);

#endif
