#include "base/yaml_plain.h"

#include "base/unicode.h"

/* Maps in maps; more are somebody else's business. */
#define MAX_DEPTH 8
/* libyaml takes no key of more than 1,024 characters. */
#define MAX_KEY 256

/* Where a byte may stand. */
enum place {
    IN_KEY = 1 << 0,
    BEGINS_KEY = 1 << 1,
    IN_QUOTES = 1 << 2,
    IN_PLAIN = 1 << 3, /* a value without quotation marks */
    IN_FLOW = 1 << 4,  /* one in a flow list */
    BEGINS = 1 << 5,   /* either */
};

#define INSIDE (IN_QUOTES | IN_PLAIN | IN_FLOW)

static unsigned places_of(unsigned char c) {
    static const unsigned char signs[128] = {
        [' '] = INSIDE | IN_KEY,
        ['-'] = INSIDE | IN_KEY,
        ['_'] = INSIDE | IN_KEY | BEGINS_KEY | BEGINS,
        ['!'] = INSIDE,
        ['"'] = INSIDE,
        ['%'] = INSIDE,
        ['&'] = INSIDE,
        ['\''] = INSIDE,
        ['*'] = INSIDE,
        ['>'] = INSIDE,
        ['@'] = INSIDE,
        ['`'] = INSIDE,
        ['|'] = INSIDE,
        ['$'] = INSIDE | BEGINS,
        ['('] = INSIDE | BEGINS,
        [')'] = INSIDE | BEGINS,
        ['+'] = INSIDE | BEGINS,
        ['.'] = INSIDE | BEGINS,
        ['/'] = INSIDE | BEGINS,
        [';'] = INSIDE | BEGINS,
        ['<'] = INSIDE | BEGINS,
        ['='] = INSIDE | BEGINS,
        ['\\'] = INSIDE | BEGINS,
        ['^'] = INSIDE | BEGINS,
        ['~'] = INSIDE | BEGINS,
        [','] = IN_QUOTES | IN_PLAIN,
        ['?'] = IN_QUOTES | IN_PLAIN,
        ['['] = IN_QUOTES | IN_PLAIN,
        [']'] = IN_QUOTES | IN_PLAIN,
        ['{'] = IN_QUOTES | IN_PLAIN,
        ['}'] = IN_QUOTES | IN_PLAIN,
        ['#'] = IN_QUOTES, /* in a plain value by what stands beside it */
        [':'] = IN_QUOTES,
    };

    if (ascii_alnum(c))
        return INSIDE | IN_KEY | BEGINS_KEY | BEGINS;
    return c < 0x80 ? signs[c] : INSIDE | BEGINS;
}

static bool may(unsigned char c, enum place place) {
    return (places_of(c) & place) != 0;
}

struct reader {
    struct arena *arena;
    struct str rest; /* behind `line` */
    struct str line; /* without its LF or CRLF */
    size_t indent;   /* blanks at its beginning */
    uint32_t number; /* of it, from 1 */
    size_t nodes;
    bool ended; /* there is no line */
};

/* The next line that is not empty. */
static void next_line(struct reader *r) {
    do {
        r->ended = !str_next_line(&r->rest, &r->line);
        r->number++;
    } while (!r->ended && r->line.len == 0);
    r->indent = 0;
    while (!r->ended && r->indent < r->line.len && r->line.p[r->indent] == ' ')
        r->indent++;
}

/* `at`: byte of the line at which it stands. */
static struct yaml *new_node(struct reader *r, enum yaml_kind kind, size_t at,
                             struct str text, bool plain) {
    struct yaml *y = arena_new(r->arena, struct yaml);

    y->kind = kind;
    y->text = text;
    y->plain = plain;
    y->line = r->number;
    y->column = (uint32_t)utf8_count(str_slice(r->line, 0, at)) + 1;
    r->nodes++;
    return y;
}

struct list {
    struct yaml *owner, *last;
};

static void append(struct list *l, struct yaml *y) {
    if (l->last == NULL)
        l->owner->first = y;
    else
        l->last->next = y;
    l->last = y;
    l->owner->len++;
}

static bool all(struct str s, enum place place) {
    for (size_t i = 0; i < s.len; i++)
        if (!may((unsigned char)s.p[i], place))
            return false;
    return true;
}

/* A value in quotation marks at `at`; NULL where it does not end in the line, or
 * has an escape. `*end`: behind it. */
static struct yaml *read_quoted(struct reader *r, size_t at, size_t *end) {
    char mark = r->line.p[at];
    struct str text = str_until(str_skip(r->line, at + 1), mark);

    *end = at + 1 + text.len + 1;
    if (*end > r->line.len || !all(text, IN_QUOTES))
        return NULL;
    if (mark == '"' ? str_find(text, '\\') != STR_NONE
                    : *end < r->line.len && r->line.p[*end] == mark)
        return NULL;
    return new_node(r, YAML_SCALAR, at, text, false);
}

/* A plain value that takes the rest of the line. */
static struct yaml *read_plain(struct reader *r, size_t at) {
    struct str s = str_skip(r->line, at);
    bool negative =
        s.p[0] == '-' && s.len > 1 && may((unsigned char)s.p[1], BEGINS_KEY);

    if (!negative && !may((unsigned char)s.p[0], BEGINS))
        return NULL;
    for (size_t i = 1; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (may(c, IN_PLAIN))
            continue;
        if (c == ':' ? i + 1 == s.len || s.p[i + 1] == ' '
                     : c != '#' || s.p[i - 1] == ' ')
            return NULL; /* a map, a comment, a control */
    }
    if (s.p[s.len - 1] == ' ')
        return NULL;
    return new_node(r, YAML_SCALAR, at, s, true);
}

/* A plain value in a flow list. */
static struct yaml *read_flow_plain(struct reader *r, size_t at, size_t *end) {
    size_t i = at;

    if (!may((unsigned char)r->line.p[at], BEGINS))
        return NULL;
    while (i < r->line.len && may((unsigned char)r->line.p[i], IN_FLOW))
        i++;
    *end = i;
    if (r->line.p[i - 1] == ' ')
        return NULL;
    return new_node(r, YAML_SCALAR, at, str_slice(r->line, at, i), true);
}

/* `[a, "b"]` up to the end of the line. */
static struct yaml *read_flow(struct reader *r, size_t at) {
    struct list list = {.owner = new_node(r, YAML_LIST, at, STR(""), false)};
    struct str line = r->line;
    size_t i = at + 1;

    if (str_eq(str_skip(line, i), STR("]")))
        return list.owner;
    while (i < line.len) {
        struct yaml *y = line.p[i] == '"' || line.p[i] == '\''
                             ? read_quoted(r, i, &i)
                             : read_flow_plain(r, i, &i);

        if (y == NULL)
            return NULL;
        append(&list, y);
        if (str_eq(str_skip(line, i), STR("]")))
            return list.owner;
        if (i == line.len || line.p[i++] != ',')
            return NULL;
        while (i < line.len && line.p[i] == ' ')
            i++;
    }
    return NULL;
}

/* A value that begins at `at` and ends with the line, which it takes. */
static struct yaml *read_value(struct reader *r, size_t at) {
    struct yaml *y = NULL;
    size_t end = r->line.len;

    if (at >= r->line.len)
        return NULL;
    if (r->line.p[at] == '"' || r->line.p[at] == '\'')
        y = read_quoted(r, at, &end);
    else if (r->line.p[at] == '[')
        y = read_flow(r, at);
    else
        y = read_plain(r, at);
    if (end != r->line.len)
        return NULL;
    next_line(r);
    return y;
}

static bool is_item(const struct reader *r) {
    return !r->ended && str_starts(str_skip(r->line, r->indent), STR("- "));
}

static struct yaml *read_list(struct reader *r) {
    size_t indent = r->indent;
    struct list list = {.owner =
                            new_node(r, YAML_LIST, indent, STR(""), false)};

    while (is_item(r) && r->indent == indent) {
        struct yaml *y = read_value(r, indent + 2);

        if (y == NULL)
            return NULL;
        append(&list, y);
    }
    return list.owner;
}

static struct yaml *read_map(struct reader *r, unsigned depth);

/* What a key has below its line, which is the reader's, in a map that is indented
 * by `indent`. `after`: behind its colon. */
static struct yaml *read_below(struct reader *r, size_t indent, size_t after,
                               unsigned depth) {
    struct reader below = *r;
    bool items;
    struct yaml *nothing;

    next_line(&below);
    items = is_item(&below) && below.indent >= indent;
    if (items || (!below.ended && below.indent > indent)) {
        *r = below;
        if (items)
            return read_list(r);
        return depth < MAX_DEPTH ? read_map(r, depth + 1) : NULL;
    }
    nothing = new_node(r, YAML_SCALAR, after, STR(""), true);
    next_line(r);
    return nothing;
}

/* The length of the key that begins at `at`; 0 where none does. */
static size_t key_length(struct str line, size_t at) {
    size_t i = at;

    if (i == line.len || !may((unsigned char)line.p[i], BEGINS_KEY))
        return 0;
    while (i < line.len && may((unsigned char)line.p[i], IN_KEY))
        i++;
    if (i == line.len || line.p[i] != ':' || line.p[i - 1] == ' ' ||
        i - at > MAX_KEY)
        return 0;
    return i - at;
}

static struct yaml *read_map(struct reader *r, unsigned depth) {
    size_t indent = r->indent;
    struct list map = {.owner = new_node(r, YAML_MAP, indent, STR(""), false)};

    while (!r->ended && r->indent >= indent) {
        size_t len = key_length(r->line, indent), after = indent + len + 1;
        struct yaml *key, *value;

        if (r->indent > indent || len == 0)
            return NULL;
        key = new_node(r, YAML_SCALAR, indent,
                       str_slice(r->line, indent, indent + len), true);
        if (after == r->line.len)
            value = read_below(r, indent, after, depth);
        else
            value = r->line.p[after] == ' ' ? read_value(r, after + 1) : NULL;
        if (value == NULL)
            return NULL;
        value->key = key;
        append(&map, value);
    }
    return map.owner;
}

/* Characters that libyaml refuses, takes for ends of lines, or skips. */
static bool has_odd_character(struct str text) {
    for (size_t i = utf8_skip_ascii(text, 0); i < text.len;) {
        uint32_t code;

        i += utf8_decode(text, i, &code);
        if (code < 0xA0 || code == 0x2028 || code == 0x2029 || code == 0xFEFF ||
            code == 0xFFFE || code == 0xFFFF)
            return true;
        i = utf8_skip_ascii(text, i);
    }
    return utf8_valid_len(text) != text.len;
}

const struct yaml *yaml_plain(struct arena *a, struct str text) {
    struct reader r = {.arena = a, .rest = text};
    const struct yaml *root;

    if (has_odd_character(text))
        return NULL;
    next_line(&r);
    if (r.number == 1 && str_eq(r.line, STR("---")))
        next_line(&r);
    if (r.ended || r.indent > 0)
        return NULL;
    root = read_map(&r, 0);
    return r.ended && r.nodes <= YAML_MAX_NODES ? root : NULL;
}
