#include "query/tasks/query.h"

#include "base/unicode.h"
#include "base/utf16.h"

/* Presets in presets; one that names itself ends here. */
#define MAX_DEPTH 16
/* Lines that presets and placeholders may make of one query. */
#define MAX_STATEMENTS 10000

/* --- lines --- */

/* A line ends in one backslash: the next one goes on. In two: it has one. */
enum line_end { END_PLAIN, END_CONTINUES, END_ESCAPED };

static enum line_end line_end(struct str line) {
    if (str_ends(line, STR("\\\\")))
        return END_ESCAPED;
    return str_ends(line, STR("\\")) ? END_CONTINUES : END_PLAIN;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* The line as it becomes part of a statement. */
static struct str adjusted(struct str line, bool continued) {
    enum line_end end = line_end(line);

    while (continued && line.len > 0 && is_blank(line.p[0]))
        line = str_skip(line, 1);
    if (end != END_PLAIN && line.len > 0)
        line.len--;
    while (end == END_CONTINUES && line.len > 0 &&
           is_blank(line.p[line.len - 1]))
        line.len--;
    return line;
}

/* Lines of a text, taken off its front as statements. */
struct line_reader {
    struct arena *arena;
    struct str rest;
    bool done;
    uint32_t line;
};

static bool take_line(struct line_reader *r, struct str *line) {
    size_t end = str_find(r->rest, '\n');

    if (r->done)
        return false;
    r->done = end == STR_NONE;
    *line = str_slice(r->rest, 0, end);
    r->rest = end == STR_NONE ? STR("") : str_skip(r->rest, end + 1);
    r->line++;
    return true;
}

/* The next statement that is not blank: its lines, what they are together, and
 * the line it begins on. */
static bool next_statement(struct line_reader *r, struct str *raw,
                           struct str *joined, uint32_t *at) {
    struct str line;

    while (take_line(r, &line)) {
        const char *begin = line.p;
        struct buf text = {0};
        uint32_t first = r->line;

        buf_add_str(&text, adjusted(line, false));
        while (line_end(line) == END_CONTINUES && take_line(r, &line)) {
            buf_add_ch(&text, ' ');
            buf_add_str(&text, adjusted(line, true));
        }
        *raw = str_make(
            begin, begin == NULL ? 0 : (size_t)(line.p + line.len - begin));
        *joined = arena_str(r->arena, utf16_trim(buf_str(&text)));
        *at = first;
        buf_release(&text);
        if (joined->len > 0)
            return true;
    }
    return false;
}

/* --- statements --- */

struct collector {
    struct tasks_query *q;
    struct statement *list, **end;
    size_t n;
};

static struct statement *add(struct collector *c, const struct statement *of,
                             struct str text) {
    struct statement *s = arena_new(c->q->scratch, struct statement);

    *s = *of;
    s->text = text;
    s->next = NULL;
    *c->end = s;
    c->end = &s->next;
    c->n++;
    return s;
}

static void add_problem(struct collector *c, const struct statement *of,
                        struct str problem) {
    add(c, of, of->joined)->problem = problem;
}

static void add_text(struct collector *c, const struct statement *of,
                     struct str text, bool once, unsigned depth);

/* `first line of it...` */
static void add_known(struct buf *out, const struct tasks_presets *presets) {
    size_t widest = 0;

    for (size_t i = 0; i < presets->len; i++)
        if (utf16_len(presets->items[i].name) > widest)
            widest = utf16_len(presets->items[i].name);
    for (size_t i = 0; i < presets->len; i++) {
        const struct tasks_preset *p = &presets->items[i];
        struct str line = str_until(p->text, '\n');

        buf_add_lit(out, "\n  ");
        buf_add_str(out, p->name);
        for (size_t n = utf16_len(p->name); n < widest; n++)
            buf_add_ch(out, ' ');
        buf_add_lit(out, ": ");
        buf_add_str(out, unicode_cut(line, 50));
        if (unicode_cut(line, 50).len < line.len)
            buf_add_lit(out, "...");
    }
}

static void no_preset(struct collector *c, const struct statement *of,
                      struct str name) {
    const struct tasks_presets *presets = &c->q->tasks->settings->presets;
    struct buf text = {0};

    buf_printf(&text, "Cannot find preset \"%.*s\" in the Tasks settings",
               STR_ARG(name));
    if (presets->len == 0)
        buf_add_lit(&text, "\nThere are no presets in the settings.");
    else
        buf_add_lit(&text, "\nThe settings have these presets:");
    add_known(&text, presets);
    add_problem(c, of, query_keep(c->q, &text));
}

static void add_preset(struct collector *c, const struct statement *of,
                       struct str name, unsigned depth) {
    const struct tasks_presets *presets = &c->q->tasks->settings->presets;
    size_t i = 0;

    while (i < presets->len && !str_eq(presets->items[i].name, name))
        i++;
    if (i == presets->len || utf16_trim(presets->items[i].text).len == 0)
        no_preset(c, of, name);
    else if (depth == MAX_DEPTH)
        add_problem(c, of, STR("The presets contain each other without end"));
    else
        add_text(c, of, presets->items[i].text, true, depth + 1);
}

static bool preset_name(struct str line, struct str *name) {
    if (!line_starts(line, "preset "))
        return false;
    *name = utf16_trim(str_skip(line, strlen("preset ")));
    return name->len > 0;
}

/* What one line means: itself, the lines of a preset, or what its placeholders
 * hold. `once`: it comes from a preset. */
static void add_line(struct collector *c, const struct statement *of,
                     struct str line, bool once, unsigned depth) {
    struct str expanded, problem, name;

    if (c->n >= MAX_STATEMENTS)
        return;
    if (line.p[0] == '#' || str_find_str(line, STR("{{"), 0) == STR_NONE) {
        if (preset_name(line, &name))
            add_preset(c, of, name, depth);
        else
            add(c, of, line);
        return;
    }
    if (!query_expand(c->q, line, once, &expanded, &problem)) {
        add_problem(c, of, problem);
        return;
    }
    struct line_reader r = {.arena = c->q->scratch, .rest = expanded};
    struct str raw;
    uint32_t at;
    while (next_statement(&r, &raw, &line, &at))
        if (preset_name(line, &name))
            add_preset(c, of, name, depth);
        else
            add(c, of, line);
}

static void add_text(struct collector *c, const struct statement *of,
                     struct str text, bool once, unsigned depth) {
    struct line_reader r = {.arena = c->q->scratch, .rest = text};
    struct str raw, line;
    uint32_t at;

    while (next_statement(&r, &raw, &line, &at))
        add_line(c, of, line, once, depth);
}

static void add_part(struct collector *c, enum tasks_part part,
                     struct str text) {
    struct line_reader r = {.arena = c->q->scratch, .rest = text};
    struct statement s = {.part = part};

    while (next_statement(&r, &s.raw, &s.joined, &s.line))
        add_line(c, &s, s.joined, false, 0);
}

/* --- defaults of the note --- */

/* Keys of the properties, in the order of their lines; `TQ_show_X` says `show X`
 * or `hide X`. */
static const char *const default_keys[] = {
    "TQ_show_toolbar",
    "TQ_explain",
    "TQ_short_mode",
    "TQ_show_tree",
    "TQ_show_tags",
    "TQ_show_id",
    "TQ_show_depends_on",
    "TQ_show_priority",
    "TQ_show_recurrence_rule",
    "TQ_show_on_completion",
    "TQ_show_created_date",
    "TQ_show_start_date",
    "TQ_show_scheduled_date",
    "TQ_show_due_date",
    "TQ_show_cancelled_date",
    "TQ_show_done_date",
    "TQ_show_urgency",
    "TQ_show_backlink",
    "TQ_show_edit_button",
    "TQ_show_postpone_button",
    "TQ_show_task_count",
    "TQ_extra_instructions",
};

/* As JavaScript has it. */
static bool is_true(const struct value *v) {
    switch (v->kind) {
    case VALUE_NULL:
        return false;
    case VALUE_BOOL:
        return v->as.boolean;
    case VALUE_NUMBER:
        return v->as.number < 0 || v->as.number > 0;
    case VALUE_TEXT:
        return v->as.text.len > 0;
    default:
        return true;
    }
}

static void add_default(struct buf *out, struct str key,
                        const struct value *v) {
    static const struct str show = STR_INIT("TQ_show_");

    if (str_starts(key, show)) {
        buf_add_str(out, is_true(v) ? STR("show ") : STR("hide "));
        for (size_t i = show.len; i < key.len; i++)
            buf_add_ch(out, key.p[i] == '_' ? ' ' : key.p[i]);
    } else if (str_eq(key, STR("TQ_explain"))) {
        buf_add_str(out, is_true(v) ? STR("explain") : STR(""));
    } else if (str_eq(key, STR("TQ_short_mode"))) {
        buf_add_str(out, is_true(v) ? STR("short mode") : STR("full mode"));
    } else if (v->kind == VALUE_TEXT) {
        buf_add_str(out, v->as.text);
    }
    buf_add_ch(out, '\n');
}

bool note_sets_defaults(const struct note *n) {
    for (size_t i = 0; i < n->front.nproperties; i++)
        if (str_starts_nocase(n->front.properties[i].key, STR("TQ_")))
            return true;
    return false;
}

static struct str defaults_of(struct tasks_query *q) {
    struct buf text = {0};

    if (q->note == NULL || !note_sets_defaults(q->note))
        return STR("");
    const struct frontmatter *f = &q->note->front;
    for (size_t i = 0; i < ARRAY_LEN(default_keys); i++)
        for (size_t k = 0; k < f->nproperties; k++) {
            struct str key = str_from(default_keys[i]);
            const struct property *p = &f->properties[k];
            if (!str_eq_nocase(p->key, key))
                continue;
            if (p->value->kind != VALUE_NULL)
                add_default(&text, key, p->value);
            break;
        }
    return query_keep(q, &text);
}

/* --- the query --- */

void query_read_statements(struct tasks_query *q) {
    struct collector c = {.q = q};
    struct collector global = {.q = q};

    c.end = &c.list;
    add_part(&c, TASKS_DEFAULTS, defaults_of(q));
    add_part(&c, TASKS_BLOCK, q->text);
    for (const struct statement *s = c.list; s != NULL; s = s->next)
        if (line_starts(s->text, "ignore global query"))
            q->ignores_global = true;
    global.end = &global.list;
    if (!q->ignores_global)
        add_part(&global, TASKS_GLOBAL, q->tasks->settings->global_query);
    *global.end = c.list;
    q->statements = global.list;
    if (c.n >= MAX_STATEMENTS || global.n >= MAX_STATEMENTS)
        query_fail(q, NULL, STR("The query has too many lines"));
}

void statement_explain(struct buf *out, const struct statement *s,
                       struct str indent) {
    struct str raw = utf16_trim(s->raw), line;
    bool several = str_find(s->raw, '\n') != STR_NONE;

    for (struct str rest = raw; str_next_line(&rest, &line);) {
        buf_add_str(out, indent);
        buf_add_str(out, line);
        if (several)
            buf_add_ch(out, '\n');
    }
    if (several)
        buf_add_str(out, indent);
    if (!str_eq(s->joined, raw)) {
        buf_add_lit(out, " =>\n");
        buf_add_str(out, indent);
        buf_add_str(out, s->joined);
    }
    if (!str_eq(s->text, s->joined)) {
        buf_add_lit(out, " =>\n");
        buf_add_str(out, indent);
        buf_add_str(out, s->text);
    }
}
