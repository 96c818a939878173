#include "base/unicode.h"
#include "base/vec.h"
#include "html/escape.h"
#include "site/program.h"

/* A finding is not worth more of the reader's time than this. */
#define MAX_FINDINGS 20

/* Where a name leads. */
struct place {
    const struct template_name *name;
    const struct str *constant; /* known now; the rest is void then */
    bool length; /* {{#list.length}}: only whether the list has frames */
    uint32_t path;
    uint16_t npath, index;
    uint8_t depth;
};

/* What an open section adds to the names that can be seen. */
struct view {
    const struct template_scope *scope; /* a frame at `depth`, or NULL: */
    struct place self;                  /* {{.}} is the section's own value */
    uint8_t depth;
};

struct section {
    struct str name;
    size_t at; /* in the source, for the finding when it stays open */
    size_t op; /* what opened it */
    bool viewed;
};

struct compiler {
    const struct template_rules *rules;
    struct diags *diags;
    struct arena *arena;
    struct buf literals;
    VEC(struct template_op) ops;
    VEC(uint16_t) paths;
    size_t literal; /* where the literal of the next op begins */
    struct view views[TEMPLATE_MAX_SECTIONS + 1];
    struct section sections[TEMPLATE_MAX_SECTIONS];
    size_t nviews, nsections;
    uint8_t depth;                              /* of the innermost frame */
    size_t read;                                /* bytes of source so far */
    size_t nfound;                              /* findings */
    struct str partials[TEMPLATE_MAX_PARTIALS]; /* being put in place */
    size_t npartials;
};

struct source {
    struct str path, text;
    size_t indent; /* blanks put before each line */
};

struct tag {
    char sigil; /* # ^ / > ! & { = < $, or 0 for {{x}} */
    struct str name;
    size_t at, end;      /* in the source */
    size_t begin, after; /* the same, or its whole line when it stands alone */
    bool alone;
};

/* Reports at byte `at` of the source. */
#define FOUND(c, s, at, ...)                                                   \
    do {                                                                       \
        struct spot spot_ = spot_of((s), (at));                                \
        if ((c)->nfound++ < MAX_FINDINGS)                                      \
            diag_add((c)->diags, DIAG_TEMPLATE_INVALID, (s)->path, spot_.line, \
                     spot_.column, __VA_ARGS__);                               \
    } while (0)

struct spot {
    uint32_t line, column;
};

static struct spot spot_of(const struct source *s, size_t at) {
    struct spot spot = {.line = 1};
    size_t begin = 0;
    size_t nl;

    while ((nl = str_find(str_slice(s->text, begin, at), '\n')) != STR_NONE) {
        begin += nl + 1;
        spot.line++;
    }
    size_t before = utf8_count(str_slice(s->text, begin, at));
    spot.column = (uint32_t)(before > s->indent ? before - s->indent : 0) + 1;
    return spot;
}

static size_t scope_find(const struct template_scope *scope, struct str name) {
    for (size_t i = 0; i < scope->len; i++)
        if (str_eq(scope->names[i].name, name))
            return i;
    return STR_NONE;
}

static bool available(const struct compiler *c, const struct template_name *n) {
    return n->kinds == 0 || c->rules->kind == 0 || (n->kinds & c->rules->kind);
}

static void place_in(struct place *place, const struct template_scope *scope,
                     size_t index) {
    place->name = &scope->names[index];
    place->constant = scope->constants ? &scope->constants[index] : NULL;
}

/* {{.}}: the value of the innermost section. */
static bool look_up_self(struct compiler *c, const struct source *s,
                         const struct tag *tag, struct place *place) {
    const struct view *v = &c->views[c->nviews - 1];

    if (!v->scope) {
        *place = v->self;
        return true;
    }
    size_t i = scope_find(v->scope, tag->name);
    if (i == STR_NONE) {
        FOUND(c, s, tag->at, "{{.}} has no meaning here");
        return false;
    }
    *place = (struct place){.depth = v->depth, .index = (uint16_t)i};
    place_in(place, v->scope, i);
    return true;
}

/* The first component, from the innermost section outwards. */
static bool look_up_first(struct compiler *c, const struct source *s,
                          const struct tag *tag, struct str first,
                          struct place *place) {
    for (size_t v = c->nviews; v-- > 0;) {
        const struct template_scope *scope = c->views[v].scope;
        size_t i = scope ? scope_find(scope, first) : STR_NONE;
        if (i == STR_NONE)
            continue;
        *place =
            (struct place){.depth = c->views[v].depth, .index = (uint16_t)i};
        place_in(place, scope, i);
        if (available(c, place->name))
            return true;
        FOUND(c, s, tag->at, "the name \"%.*s\" does not exist on %.*s",
              STR_ARG(first), STR_ARG(c->rules->where));
        return false;
    }
    FOUND(c, s, tag->at, "there is no name \"%.*s\"", STR_ARG(first));
    return false;
}

static bool look_up(struct compiler *c, const struct source *s,
                    const struct tag *tag, struct place *place) {
    if (str_eq(tag->name, STR(".")))
        return look_up_self(c, s, tag, place);

    struct str rest = tag->name;
    struct str part = str_until(rest, '.');
    if (!look_up_first(c, s, tag, part, place))
        return false;
    place->path = (uint32_t)c->paths.len;
    while (part.len < rest.len) {
        rest = str_skip(rest, part.len + 1);
        part = str_until(rest, '.');
        if (place->name->type == TEMPLATE_LIST && str_eq(rest, STR("length"))) {
            place->length = true;
            return true;
        }
        const struct template_scope *inside =
            place->name->type == TEMPLATE_RECORD ? place->name->inside : NULL;
        size_t i = inside ? scope_find(inside, part) : STR_NONE;
        if (i == STR_NONE) {
            FOUND(c, s, tag->at, "there is no name \"%.*s\"",
                  STR_ARG(tag->name));
            return false;
        }
        vec_push(&c->paths, (uint16_t)i);
        place->npath++;
        place_in(place, inside, i);
    }
    return true;
}

/* Appends an op that takes the literal gathered so far. */
static size_t add_op(struct compiler *c, enum op_kind kind,
                     const struct place *p) {
    struct template_op op = {
        .literal = (uint32_t)c->literal,
        .len = (uint32_t)(c->literals.len - c->literal),
        .kind = (uint8_t)kind,
    };

    if (p) {
        op.depth = p->depth;
        op.index = p->index;
        op.path = p->path;
        op.npath = p->npath;
        op.type = (uint8_t)p->name->type;
    }
    vec_push(&c->ops, op);
    c->literal = c->literals.len;
    return c->ops.len - 1;
}

static void add_value(struct compiler *c, const struct source *s,
                      const struct tag *tag) {
    bool raw = tag->sigil == '{' || tag->sigil == '&';
    struct place place;

    if (!look_up(c, s, tag, &place))
        return;
    switch (place.name->type) {
    case TEMPLATE_TEXT:
        if (raw)
            FOUND(c, s, tag->at, "\"%.*s\" is text, not HTML: write {{%.*s}}",
                  STR_ARG(tag->name), STR_ARG(tag->name));
        else if (place.constant)
            html_escape(&c->literals, *place.constant);
        else
            add_op(c, OP_TEXT, &place);
        return;
    case TEMPLATE_HTML:
        if (!raw)
            FOUND(c, s, tag->at, "\"%.*s\" is HTML: write {{{%.*s}}}",
                  STR_ARG(tag->name), STR_ARG(tag->name));
        else
            add_op(c, OP_HTML, &place);
        return;
    case TEMPLATE_FLAG:
    case TEMPLATE_LIST:
    case TEMPLATE_RECORD:
    case TEMPLATE_ABSENT:
        break;
    }
    FOUND(c, s, tag->at, "\"%.*s\" has no text: write {{#%.*s}}",
          STR_ARG(tag->name), STR_ARG(tag->name));
}

static void open_section(struct compiler *c, const struct source *s,
                         const struct tag *tag) {
    /* After a mistake the section is opened all the same, for its end. */
    static const struct template_name no_name;
    static const struct place nowhere = {.name = &no_name};
    struct section *section = &c->sections[c->nsections];
    struct place place;

    if (c->nsections == TEMPLATE_MAX_SECTIONS) {
        FOUND(c, s, tag->at, "sections are nested more than %d deep",
              TEMPLATE_MAX_SECTIONS);
        c->nfound = MAX_FINDINGS; /* the rest would be nonsense */
        return;
    }
    c->nsections++;
    *section = (struct section){.name = tag->name, .at = tag->at};
    if (!look_up(c, s, tag, &place))
        place = nowhere;
    if (place.constant) {
        FOUND(c, s, tag->at, "\"%.*s\" is always there: it is no section",
              STR_ARG(tag->name));
        place = nowhere;
    }

    struct view *view = &c->views[c->nviews];
    bool frames = !place.length && (place.name->type == TEMPLATE_LIST ||
                                    place.name->type == TEMPLATE_RECORD);
    *view = (struct view){.self = place, .depth = c->depth};
    if (tag->sigil == '^') {
        section->op = add_op(c, OP_UNLESS, &place);
        return;
    }
    section->op = add_op(c, frames ? OP_EACH : OP_IF, &place);
    section->viewed = frames || place.name->type == TEMPLATE_TEXT ||
                      place.name->type == TEMPLATE_HTML;
    if (frames) {
        struct template_op *op = vec_last(&c->ops);
        view->scope = place.name->inside;
        view->depth = op->inner = ++c->depth;
        op->width = (uint16_t)place.name->inside->len;
    }
    if (section->viewed)
        c->nviews++;
}

/* `floor`: sections that were open when this source began. */
static void close_section(struct compiler *c, const struct source *s,
                          const struct tag *tag, size_t floor) {
    struct section *section =
        c->nsections > floor ? &c->sections[c->nsections - 1] : NULL;

    if (!section) {
        FOUND(c, s, tag->at, "{{/%.*s}} closes nothing", STR_ARG(tag->name));
        return;
    }
    if (!str_eq(section->name, tag->name))
        FOUND(c, s, tag->at, "{{/%.*s}} stands where {{/%.*s}} should",
              STR_ARG(tag->name), STR_ARG(section->name));
    struct template_op opened = c->ops.items[section->op];
    size_t end = add_op(c, opened.kind == OP_EACH ? OP_NEXT : OP_JOIN, NULL);
    c->ops.items[section->op].jump = (uint32_t)c->ops.len;
    if (opened.kind == OP_EACH) {
        c->ops.items[end].jump = (uint32_t)section->op + 1;
        c->ops.items[end].inner = opened.inner;
        c->ops.items[end].width = opened.width;
        c->depth--;
    }
    if (section->viewed)
        c->nviews--;
    c->nsections--;
}

static bool is_name(struct str name) {
    bool part = false; /* the component has a letter */

    if (str_eq(name, STR(".")))
        return true;
    for (size_t i = 0; i < name.len; i++) {
        unsigned char ch = (unsigned char)name.p[i];
        if (ch == '.' ? !part : !ascii_alnum(ch) && ch != '_' && ch != '-')
            return false;
        part = ch != '.';
    }
    return part;
}

static bool stands_alone(char sigil) {
    return sigil == '#' || sigil == '^' || sigil == '/' || sigil == '>' ||
           sigil == '!';
}

static bool blank(char c) {
    return c == ' ' || c == '\t';
}

/* A tag with nothing but blanks around it on its lines takes them along. */
static void widen(struct tag *tag, struct str text) {
    size_t from = tag->at, to = tag->end;

    while (from > 0 && blank(text.p[from - 1]))
        from--;
    while (to < text.len && blank(text.p[to]))
        to++;
    if (from > 0 && text.p[from - 1] != '\n')
        return;
    if (str_starts(str_skip(text, to), STR("\r\n")))
        to += 2;
    else if (to < text.len && text.p[to] == '\n')
        to++;
    else if (to < text.len)
        return;
    tag->alone = true;
    tag->begin = from;
    tag->after = to;
}

/* The tag whose "{{" is at `at`; false when it has no end. */
static bool read_tag(struct str text, size_t at, struct tag *tag) {
    char sigil = at + 2 < text.len ? text.p[at + 2] : 0;
    struct str close = sigil == '{' ? STR("}}}") : STR("}}");
    size_t from = at + 2;

    *tag = (struct tag){.at = at};
    if (sigil != 0 && memchr("#^/>!&{=<$", sigil, 10)) {
        tag->sigil = sigil;
        from++;
    }
    size_t end = str_find_str(text, close, from);
    if (end == STR_NONE)
        return false;
    tag->name = str_trim(str_slice(text, from, end));
    tag->begin = at;
    tag->end = tag->after = end + close.len;
    if (stands_alone(tag->sigil))
        widen(tag, text);
    return true;
}

static void add_partial(struct compiler *c, const struct source *s,
                        const struct tag *tag);

/* True when the tag's name is one; reports it otherwise, and what Mustache has
 * and we have not. */
static bool check_tag(struct compiler *c, const struct source *s,
                      const struct tag *tag) {
    if (tag->sigil == '=')
        FOUND(c, s, tag->at, "{{= =}}: delimiters cannot be changed here");
    else if (tag->sigil == '<' || tag->sigil == '$')
        FOUND(c, s, tag->at,
              "{{%c %.*s}}: blocks and parents are not supported", tag->sigil,
              STR_ARG(tag->name));
    else if (!is_name(tag->name))
        FOUND(c, s, tag->at, "\"%.*s\" is no name", STR_ARG(tag->name));
    else
        return true;
    return false;
}

static void add_tag(struct compiler *c, const struct source *s,
                    const struct tag *tag, size_t floor) {
    if (tag->sigil == '!' || !check_tag(c, s, tag))
        return;
    switch (tag->sigil) {
    case '#':
    case '^':
        open_section(c, s, tag);
        return;
    case '/':
        close_section(c, s, tag, floor);
        return;
    case '>':
        add_partial(c, s, tag);
        return;
    default:
        add_value(c, s, tag);
    }
}

static void add_source(struct compiler *c, const struct source *s) {
    size_t floor = c->nsections, views = c->nviews;
    uint8_t depth = c->depth;
    size_t done = 0, at = 0;
    struct tag tag;

    c->read += s->text.len;
    if (c->read > TEMPLATE_MAX_BYTES) {
        FOUND(c, s, 0, "with its partials the template is larger than 1 MB");
        c->nfound = MAX_FINDINGS;
        return;
    }
    while (c->nfound < MAX_FINDINGS &&
           (at = str_find_str(s->text, STR("{{"), done)) != STR_NONE) {
        if (!read_tag(s->text, at, &tag)) {
            FOUND(c, s, at, "this tag has no end");
            return;
        }
        buf_add_str(&c->literals, str_slice(s->text, done, tag.begin));
        add_tag(c, s, &tag, floor);
        done = tag.after;
    }
    buf_add_str(&c->literals, str_skip(s->text, done));
    if (c->nsections > floor)
        FOUND(c, s, c->sections[c->nsections - 1].at, "{{#%.*s}} has no end",
              STR_ARG(c->sections[c->nsections - 1].name));
    c->nsections = floor; /* what includes this one goes on unharmed */
    c->nviews = views;
    c->depth = depth;
}

/* The partial's lines with `indent` before each, as Mustache has it: values are
 * not touched. */
static struct str indented(struct arena *a, struct str text,
                           struct str indent) {
    struct buf out = {0};
    bool begin = true;

    for (size_t i = 0; i < text.len; i++) {
        if (begin)
            buf_add_str(&out, indent);
        buf_add_ch(&out, text.p[i]);
        begin = text.p[i] == '\n';
    }
    struct str kept = arena_str(a, buf_str(&out));
    buf_release(&out);
    return kept;
}

static void add_partial(struct compiler *c, const struct source *s,
                        const struct tag *tag) {
    struct template_source partial = {0};

    for (size_t i = 0; i < c->npartials; i++)
        if (str_eq(c->partials[i], tag->name)) {
            FOUND(c, s, tag->at, "the partial \"%.*s\" includes itself",
                  STR_ARG(tag->name));
            return;
        }
    if (c->npartials == TEMPLATE_MAX_PARTIALS) {
        FOUND(c, s, tag->at, "partials are nested more than %d deep",
              TEMPLATE_MAX_PARTIALS);
        return;
    }
    if (!c->rules->partial ||
        !c->rules->partial(c->rules->context, tag->name, &partial)) {
        FOUND(c, s, tag->at, "there is no partial \"%.*s\"",
              STR_ARG(tag->name));
        return;
    }

    struct source inner = {.path = partial.path, .text = partial.text};
    struct str indent = str_slice(s->text, tag->begin, tag->at);
    if (tag->alone && indent.len > 0) {
        inner.text = indented(c->arena, inner.text, indent);
        inner.indent = indent.len;
    }
    c->partials[c->npartials++] = tag->name;
    add_source(c, &inner);
    c->npartials--;
}

const struct template *template_compile(struct arena *a,
                                        const struct template_source *source,
                                        const struct template_rules *rules,
                                        struct diags *d) {
    struct compiler c = {.rules = rules, .diags = d, .arena = a, .nviews = 1};
    struct source top = {.path = source->path, .text = source->text};
    struct template *t = NULL;

    c.views[0].scope = rules->scope;
    add_source(&c, &top);
    add_op(&c, OP_END, NULL);
    if (c.nfound == 0) {
        t = arena_new(a, struct template);
        for (size_t i = 0; i < TEMPLATE_SLACK; i++)
            buf_add_ch(&c.literals, '\0');
        t->literals = arena_str(a, buf_str(&c.literals)).p;
        t->nops = c.ops.len;
        t->ops = vec_keep(a, &c.ops);
        t->paths = vec_keep(a, &c.paths);
    }
    buf_release(&c.literals);
    vec_release(&c.ops);
    vec_release(&c.paths);
    return t;
}
