#include "query/tasks/instructions.h"

#include "base/utf16.h"

/* --- comparisons that need no program --- */

static const struct str parts[] = {
    [PATH_WHOLE] = STR_INIT("path"),
    [PATH_WITHOUT_EXTENSION] = STR_INIT("pathWithoutExtension"),
    [PATH_ROOT] = STR_INIT("root"),
    [PATH_FOLDER] = STR_INIT("folder"),
    [PATH_FILENAME] = STR_INIT("filename"),
    [PATH_STEM] = STR_INIT("filenameWithoutExtension"),
};

/* Takes a word, and the white space after it, off the front. */
static bool take(struct str *s, struct str word) {
    if (!str_starts(*s, word))
        return false;
    *s = utf16_trim_start(str_skip(*s, word.len));
    return true;
}

/* `task.file.path`, `query.file.folder`: which of the two, and the part. */
static bool take_operand(struct str *s, bool *of_task, enum path_part *part) {
    size_t longest = ARRAY_LEN(parts);

    *of_task = str_starts(*s, STR("task"));
    if (!take(s, *of_task ? STR("task") : STR("query")) || !take(s, STR(".")) ||
        !take(s, STR("file")) || !take(s, STR(".")))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (str_starts(*s, parts[i]) &&
            (longest == ARRAY_LEN(parts) || parts[i].len > parts[longest].len))
            longest = i;
    if (longest == ARRAY_LEN(parts))
        return false;
    *part = (enum path_part)longest;
    (void)take(s, parts[longest]);
    return true;
}

/* `return` counts only as a word of its own. */
static void take_return(struct str *s) {
    struct str rest = *s;

    if (take(&rest, STR("return")) && rest.len < s->len - strlen("return"))
        *s = rest;
}

/*
 * Whether the expression compares a part of the task's path with the same part
 * of the query's: then there is nothing in it that could go wrong, and no program
 * has to be asked (spec/tasks.md §16).
 */
static bool compares_paths(struct str s, enum path_part *part, bool *negated) {
    static const struct {
        struct str word;
        bool negated;
    } operators[] = {
        {STR_INIT("==="), false},
        {STR_INIT("=="), false},
        {STR_INIT("!=="), true},
        {STR_INIT("!="), true},
    };
    enum path_part other;
    bool first, second;
    size_t i = 0;

    s = utf16_trim(s);
    take_return(&s);
    if (!take_operand(&s, &first, part))
        return false;
    while (i < ARRAY_LEN(operators) && !take(&s, operators[i].word))
        i++;
    if (i == ARRAY_LEN(operators) || !take_operand(&s, &second, &other))
        return false;
    (void)take(&s, STR(";"));
    *negated = operators[i].negated;
    return s.len == 0 && first != second && *part == other;
}

static struct str part_of(struct str path, enum path_part part) {
    struct str name = path;

    switch (part) {
    case PATH_WHOLE:
        return path;
    case PATH_ROOT:
        return path_root(path);
    case PATH_FOLDER:
        return path_folder(path);
    case PATH_FILENAME:
        return str_basename(path);
    case PATH_STEM:
        name = str_basename(path);
        break;
    case PATH_WITHOUT_EXTENSION:
        break;
    }
    return str_ends(name, STR(".md")) ? str_slice(name, 0, name.len - 3) : name;
}

struct str same_file_part(const struct tasks_query *q, const struct filter *f) {
    return part_of(q->path, f->as.part);
}

bool same_file_test(const struct tasks_query *q, const struct filter *f,
                    const struct task *t) {
    return str_eq(part_of(task_path(q->tasks, t), f->as.part),
                  same_file_part(q, f));
}

/* --- all others --- */

enum reading read_function(struct instruction_reader *r) {
    static const struct str words[] = {STR_INIT("filter"), STR_INIT("by"),
                                       STR_INIT("function")};
    struct str rest = r->line;
    enum path_part part;
    bool negated = false;
    uint32_t function;
    struct filter *f;

    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (!take_word(&rest, words[i]))
            return READ_OTHER;
    if (compares_paths(rest, &part, &negated)) {
        f = read_new(r, FILTER_SAME_FILE);
        f->negated = negated;
        f->of_file = true;
        f->as.part = part;
        return READ_DONE;
    }
    if (!script_read(r->query, SCRIPT_FILTER, rest, &function, &r->problem))
        return READ_FAILED;
    f = read_new(r, FILTER_FUNCTION);
    f->runs_script = true;
    f->as.script.expression = rest;
    f->as.script.function = function;
    f->chain = r->query->scripts;
    r->query->scripts = f;
    return READ_DONE;
}
