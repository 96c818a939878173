#include "query/tasks/mustache.h"

#include "base/utf16.h"

#define MAX_SECTIONS 32 /* nested */

struct section {
    struct str name;
    bool shown;
};

struct expander {
    mustache_value *value;
    void *context;
    struct buf *out, *problem;
    struct section sections[MAX_SECTIONS];
    size_t nsections;
};

/* `{{`, one of `#^/!&{` or a name, `}}` or `}}}`. */
struct tag {
    char kind; /* 0: a value */
    struct str name;
    size_t after;
};

static bool fail(struct expander *e, const char *what, struct str name) {
    buf_printf(e->problem, "%s: %.*s", what, STR_ARG(name));
    return false;
}

static bool read_tag(struct expander *e, struct str text, size_t open,
                     struct tag *tag) {
    struct str close = STR("}}");
    size_t begin = open + 2, end;

    *tag = (struct tag){0};
    if (begin < text.len && strchr("#^/!&{>", text.p[begin]) != NULL)
        tag->kind = text.p[begin++];
    if (tag->kind == '{')
        close = STR("}}}");
    end = str_find_str(text, close, begin);
    if (end == STR_NONE)
        return fail(e, "Unclosed tag", str_skip(text, open));
    tag->name = utf16_trim(str_slice(text, begin, end));
    tag->after = end + close.len;
    return true;
}

static bool shown(const struct expander *e) {
    return e->nsections == 0 || e->sections[e->nsections - 1].shown;
}

static bool begin_section(struct expander *e, const struct tag *tag) {
    struct buf text = {0};
    struct section s = {tag->name, false};

    if (e->nsections == MAX_SECTIONS)
        return fail(e, "Sections are nested too deep", tag->name);
    if (shown(e)) {
        bool found = e->value(e->context, tag->name, &text);
        struct str v = buf_str(&text);

        if (!found && tag->kind == '#') {
            buf_release(&text);
            return fail(e, "Unknown property", tag->name);
        }
        s.shown = (found && v.len > 0 && !str_eq(v, STR("false")) &&
                   !str_eq(v, STR("0"))) == (tag->kind == '#');
    }
    buf_release(&text);
    e->sections[e->nsections++] = s;
    return true;
}

static bool add_tag(struct expander *e, const struct tag *tag) {
    switch (tag->kind) {
    case '!':
        return true;
    case '#':
    case '^':
        return begin_section(e, tag);
    case '/':
        if (e->nsections == 0 ||
            !str_eq(e->sections[e->nsections - 1].name, tag->name))
            return fail(e, "Unopened section", tag->name);
        e->nsections--;
        return true;
    case '>':
        return fail(e, "There are no partials", tag->name);
    default:
        if (!shown(e) || e->value(e->context, tag->name, e->out))
            return true;
        return fail(e, "Unknown property", tag->name);
    }
}

bool mustache_expand(struct str text, mustache_value *value, void *context,
                     struct buf *out, struct buf *problem) {
    struct expander e = {
        .value = value, .context = context, .out = out, .problem = problem};
    size_t done = 0, open;
    struct tag tag;

    while ((open = str_find_str(text, STR("{{"), done)) != STR_NONE) {
        if (shown(&e))
            buf_add_str(out, str_slice(text, done, open));
        if (!read_tag(&e, text, open, &tag) || !add_tag(&e, &tag))
            return false;
        done = tag.after;
    }
    if (e.nsections > 0)
        return fail(&e, "Unclosed section", e.sections[e.nsections - 1].name);
    buf_add_str(out, str_skip(text, done));
    return true;
}
