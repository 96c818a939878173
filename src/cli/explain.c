#include "cli/explain.h"

#include "base/vec.h"
#include "cli/commands.h"
#include "cli/terminal.h"
#include "cli/wrap.h"
#include "diag/diag.h"
#include "query/dataview/functions.h"
#include "query/tasks/instructions.h"

/* Where the lines read so far leave a fenced code block open. */
struct fence {
    char mark;  /* '`' or '~'; 0 outside */
    size_t len; /* of the opening fence */
    bool quoted;
};

/* Whether the line is one of a fenced code block, its fences too. */
static bool fence_line(struct fence *f, struct str line) {
    struct str text = str_trim(line);
    bool quoted = str_starts(text, STR(">"));
    size_t n = 0;
    char mark;

    while (n < text.len && (text.p[n] == '>' || text.p[n] == ' '))
        n++;
    text = str_skip(text, n);
    mark = text.len > 0 ? text.p[0] : ' ';
    for (n = 0; n < text.len && text.p[n] == mark;)
        n++;
    if (n < 3 || (mark != '`' && mark != '~') ||
        (f->mark != 0 && f->quoted != quoted))
        return f->mark != 0;
    if (f->mark == 0)
        *f = (struct fence){mark, n, quoted};
    else if (mark == f->mark && n >= f->len && n == text.len)
        f->mark = 0;
    return true;
}

static size_t heading_level(struct str line) {
    size_t n = 0;

    while (n < line.len && line.p[n] == '#')
        n++;
    return n < line.len && line.p[n] == ' ' ? n : 0;
}

static struct str section_in(struct str bytes, struct str code) {
    struct fence fence = {0};
    struct str rest = bytes, line;
    const char *begin = NULL;

    for (const char *at = rest.p; str_next_line(&rest, &line); at = rest.p) {
        size_t level = fence_line(&fence, line) ? 0 : heading_level(line);
        if (level != 1 && level != 2)
            continue;
        if (begin != NULL)
            return str_make(begin, (size_t)(at - begin));
        if (level == 2 && str_eq(str_trim(str_skip(line, level)), code))
            begin = rest.p;
    }
    return begin != NULL
               ? str_make(begin, (size_t)(bytes.p + bytes.len - begin))
               : STR("");
}

struct str explain_section(const struct embedded_file *files, size_t n,
                           struct str code) {
    struct str section = STR("");

    for (size_t i = 0; i < n && section.len == 0; i++)
        section = str_trim(section_in(files[i].bytes, code));
    return section;
}

/* What a reader of the page sees of `[[target|text]]`. */
static void add_link(struct buf *out, struct str inside) {
    size_t bar = str_find(inside, '|');
    struct str page = str_until(inside, '#'), part = str_after(inside, '#');

    if (bar != STR_NONE) {
        buf_add_str(out, str_skip(inside, bar + 1));
        return;
    }
    buf_add_str(out, page);
    if (page.len > 0 && part.len > 0)
        buf_add_lit(out, " > ");
    buf_add_str(out, part);
}

/* Bytes of the code span at the start of `s`, or of its backticks alone. */
static size_t code_span(struct str s) {
    size_t ticks = 0, run = 0;

    while (ticks < s.len && s.p[ticks] == '`')
        ticks++;
    for (size_t i = ticks; i <= s.len; i++) {
        if (i < s.len && s.p[i] == '`') {
            run++;
            continue;
        }
        if (run == ticks)
            return i;
        run = 0;
    }
    return ticks;
}

static void add_inlines(struct buf *out, struct str s) {
    for (size_t i = 0; i < s.len;) {
        struct str rest = str_skip(s, i);
        size_t open = str_starts(rest, STR("![[")) ? 3 : 2;
        size_t close = str_find_str(s, STR("]]"), i);

        if (s.p[i] == '`') {
            size_t n = code_span(rest);
            buf_add(out, rest.p, n);
            i += n;
        } else if ((open == 3 || str_starts(rest, STR("[["))) &&
                   close != STR_NONE) {
            add_link(out, str_slice(s, i + open, close));
            i = close + 2;
        } else {
            buf_add_ch(out, s.p[i++]);
        }
    }
}

/* `[!warning] Title` as `Warning: Title`. */
static void add_callout(struct buf *out, struct str head) {
    struct str type = str_skip(str_until(head, ']'), 2);
    struct str title = str_after(head, ']');

    if (title.len > 0 && (title.p[0] == '-' || title.p[0] == '+'))
        title = str_skip(title, 1);
    for (size_t i = 0; i < type.len; i++)
        buf_add_ch(out, i == 0 && type.p[0] >= 'a' && type.p[0] <= 'z'
                            ? (char)(type.p[0] - 'a' + 'A')
                            : type.p[i]);
    if (str_trim(title).len > 0)
        buf_add_lit(out, ": ");
    add_inlines(out, str_trim(title));
}

/* Bytes of the blanks, quote marks and the item's mark before a line's text;
 * `quote`: of those up to the last quote mark. */
static size_t mark_len(struct str line, size_t *quote) {
    size_t n = 0, digits = 0;

    *quote = 0;
    while (n < line.len && (line.p[n] == ' ' || line.p[n] == '>'))
        if (line.p[n++] == '>')
            *quote = n;
    while (n + digits < line.len &&
           ascii_digit((unsigned char)line.p[n + digits]))
        digits++;
    if (n + 1 < line.len && strchr("-*+", line.p[n]) && line.p[n + 1] == ' ')
        return n + 2;
    if (digits > 0 && n + digits + 1 < line.len && line.p[n + digits] == '.' &&
        line.p[n + digits + 1] == ' ')
        return n + digits + 2;
    return n;
}

static size_t blanks(struct str line) {
    size_t n = 0;

    while (n < line.len && line.p[n] == ' ')
        n++;
    return n;
}

static void render_line(struct str line, struct buf *out) {
    size_t quote, mark = mark_len(line, &quote);
    struct str text = str_skip(line, mark);
    struct buf seen = {0};

    if (quote > 0 && str_starts(text, STR("[!")) &&
        str_find(text, ']') != STR_NONE)
        add_callout(&seen, text);
    else
        add_inlines(&seen, text);
    buf_add(out, line.p, mark);
    if (str_starts(text, STR("|"))) { /* a table's row */
        buf_add_str(out, buf_str(&seen));
        buf_add_ch(out, '\n');
    } else {
        wrap_text(out, buf_str(&seen), str_slice(line, 0, quote), mark);
    }
    buf_release(&seen);
}

void explain_render(struct str markdown, struct buf *out) {
    struct fence fence = {0};
    struct str line;

    while (str_next_line(&markdown, &line)) {
        bool code = fence_line(&fence, line);
        size_t quote;
        line = str_rtrim(line);
        /* Four blanks make code of a line, unless it is an item below one. */
        if (code || (str_starts(line, STR("    ")) &&
                     mark_len(line, &quote) == blanks(line))) {
            buf_add_str(out, line);
            buf_add_ch(out, '\n');
        } else {
            render_line(line, out);
        }
    }
}

static void list_codes(struct buf *out) {
    size_t widest = 0;

    for (size_t i = 0; i < DIAG_CODES; i++)
        if (diag_rows[i].name.len > widest)
            widest = diag_rows[i].name.len;
    for (size_t i = 0; i < DIAG_CODES; i++) {
        const struct diag_row *row = &diag_rows[i];
        buf_printf(out, "%-*.*s  %-7s ", (int)widest, STR_ARG(row->name),
                   diag_severity_name(row->severity));
        wrap_text(out, row->instead, STR(""), widest + 10);
    }
}

/* The section as in the manual, or what the table knows. */
static void explain(enum diag_code code, struct buf *out) {
    const struct diag_row *row = &diag_rows[code];
    struct str section =
        explain_section(finding_files, finding_nfiles, row->name);

    if (section.len > 0)
        buf_printf(out, "## %.*s\n\n", STR_ARG(row->name));
    else
        buf_printf(out, "%.*s: %s; %.*s\n", STR_ARG(row->name),
                   diag_severity_name(row->severity), STR_ARG(row->instead));
    explain_render(section, out);
}

/* Without the parameters that are left out: `round(LIST)`, `round(LIST, digits)`.
 */
static void add_list_form(struct buf *out, const struct function *f,
                          size_t nargs) {
    struct str rest = str_skip(f->form, f->name.len + 1);

    buf_printf(out, "%.*s(", STR_ARG(f->name));
    rest.len--; /* the bracket at the end */
    for (size_t i = 0; i < nargs; i++) {
        bool marked = (f->vector[nargs - 1] >> i & 1) != 0;
        if (i > 0)
            buf_add_lit(out, ", ");
        buf_add_str(out, marked ? STR("LIST") : str_until(rest, ','));
        rest = str_trim(str_after(rest, ','));
    }
    buf_add_ch(out, ')');
}

void explain_list_forms(const struct function *f, struct buf *out) {
    bool first = true;

    for (size_t n = 1; n <= FUNCTION_MAX_VECTOR; n++) {
        if (f->vector[n - 1] == 0)
            continue;
        if (!first)
            buf_add_lit(out, ", ");
        add_list_form(out, f, n);
        first = false;
    }
}

static void explain_function(const struct function *f, struct buf *out) {
    struct buf lists = {0};

    buf_printf(out, "%.*s\n\n", STR_ARG(f->form));
    wrap_text(out, f->meaning, STR(""), 0);
    explain_list_forms(f, &lists);
    if (lists.len > 0) {
        buf_add_lit(&lists,
                    ": done for each element, and a list is the result");
        buf_add_ch(out, '\n');
        wrap_text(out, buf_str(&lists), STR(""), 0);
    }
    buf_release(&lists);
}

static void list_functions(struct buf *out) {
    for (size_t i = 0; i < nfunctions; i++) {
        buf_printf(out, "%.*s\n", STR_ARG(functions[i].form));
        buf_add_lit(out, "    ");
        wrap_text(out, functions[i].meaning, STR(""), 4);
    }
}

/* Whether the form begins with these words; "" is the beginning of all. */
static bool begins_with_words(struct str form, struct str words) {
    return str_starts_nocase(form, words) &&
           (words.len == 0 || form.len == words.len ||
            form.p[words.len] == ' ');
}

/* Those that begin so; whether there is one. A spelling that the row above tells
 * of has no meaning of its own. */
static bool list_beginning(struct str words, struct buf *out) {
    size_t before = out->len;

    for (size_t i = 0; i < ninstructions; i++) {
        if (instructions[i].meaning.len == 0 ||
            !begins_with_words(instructions[i].form, words))
            continue;
        buf_printf(out, "%.*s\n    ", STR_ARG(instructions[i].form));
        wrap_text(out, instructions[i].meaning, STR(""), 4);
    }
    return out->len > before;
}

static void list_instructions(struct buf *out) {
    (void)list_beginning(STR(""), out);
}

const struct explain_list explain_lists[] = {
    {STR_INIT("functions"), list_functions},
    {STR_INIT("instructions"), list_instructions},
};
const size_t explain_nlists = ARRAY_LEN(explain_lists);

static void unknown_name(struct str name, struct buf *error) {
    VEC(struct str) names = {0};

    for (size_t i = 0; i < DIAG_CODES; i++)
        vec_push(&names, diag_rows[i].name);
    for (size_t i = 0; i < nfunctions; i++)
        vec_push(&names, functions[i].name);
    for (size_t i = 0; i < explain_nlists; i++)
        vec_push(&names, explain_lists[i].name);
    buf_printf(error, "no finding and no function is called %.*s",
               STR_ARG(name));
    options_suggest(name, names.items, names.len, error);
    vec_release(&names);
}

/* False, with what is wrong in `out`, where there is no such name. A finding's
 * code comes before a function's name, and that before how an instruction
 * begins. */
static bool explain_name(struct str name, struct buf *out) {
    enum diag_code code = diag_code_by_name(name);
    const struct function *f = function_named(name);
    size_t i = 0;

    while (i < explain_nlists && !str_eq(explain_lists[i].name, name))
        i++;
    if (code < DIAG_CODES) {
        explain(code, out);
    } else if (f != NULL) {
        explain_function(f, out);
    } else if (i < explain_nlists) {
        explain_lists[i].list(out);
    } else if (name.len == 0 || !list_beginning(name, out)) {
        unknown_name(name, out);
        return false;
    }
    return true;
}

int explain_command(const struct options *o) {
    struct buf text = {0};
    bool known = true;
    int status;

    if (o->code == NULL)
        list_codes(&text);
    else
        known = explain_name(str_from(o->code), &text);
    status = known ? terminal_print(buf_str(&text))
                   : terminal_usage_error(&text, o->command);
    buf_release(&text);
    return status;
}
