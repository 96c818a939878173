#include "html/sanitise.h"

enum style_flags {
    STYLE_FORWARD = 1 << 0, /* nothing negative: it would lie over the page */
};

struct style_property {
    struct str name;
    unsigned flags; /* enum style_flags */
};

/* Colours, text and font, sizes, distances, borders (decisions.md 22). */
static const struct style_property properties[] = {
    {STR_INIT("background"), 0},
    {STR_INIT("background-color"), 0},
    {STR_INIT("border"), 0},
    {STR_INIT("border-bottom"), 0},
    {STR_INIT("border-bottom-color"), 0},
    {STR_INIT("border-bottom-style"), 0},
    {STR_INIT("border-bottom-width"), 0},
    {STR_INIT("border-collapse"), 0},
    {STR_INIT("border-color"), 0},
    {STR_INIT("border-left"), 0},
    {STR_INIT("border-left-color"), 0},
    {STR_INIT("border-left-style"), 0},
    {STR_INIT("border-left-width"), 0},
    {STR_INIT("border-radius"), 0},
    {STR_INIT("border-right"), 0},
    {STR_INIT("border-right-color"), 0},
    {STR_INIT("border-right-style"), 0},
    {STR_INIT("border-right-width"), 0},
    {STR_INIT("border-spacing"), 0},
    {STR_INIT("border-style"), 0},
    {STR_INIT("border-top"), 0},
    {STR_INIT("border-top-color"), 0},
    {STR_INIT("border-top-style"), 0},
    {STR_INIT("border-top-width"), 0},
    {STR_INIT("border-width"), 0},
    {STR_INIT("color"), 0},
    {STR_INIT("font"), 0},
    {STR_INIT("font-family"), 0},
    {STR_INIT("font-feature-settings"), 0},
    {STR_INIT("font-size"), 0},
    {STR_INIT("font-stretch"), 0},
    {STR_INIT("font-style"), 0},
    {STR_INIT("font-variant"), 0},
    {STR_INIT("font-variant-numeric"), 0},
    {STR_INIT("font-weight"), 0},
    {STR_INIT("height"), 0},
    {STR_INIT("hyphens"), 0},
    {STR_INIT("letter-spacing"), STYLE_FORWARD},
    {STR_INIT("line-height"), 0},
    {STR_INIT("list-style-type"), 0},
    {STR_INIT("margin"), STYLE_FORWARD},
    {STR_INIT("margin-bottom"), STYLE_FORWARD},
    {STR_INIT("margin-left"), STYLE_FORWARD},
    {STR_INIT("margin-right"), STYLE_FORWARD},
    {STR_INIT("margin-top"), STYLE_FORWARD},
    {STR_INIT("max-height"), 0},
    {STR_INIT("max-width"), 0},
    {STR_INIT("min-height"), 0},
    {STR_INIT("min-width"), 0},
    {STR_INIT("overflow-wrap"), 0},
    {STR_INIT("padding"), 0},
    {STR_INIT("padding-bottom"), 0},
    {STR_INIT("padding-left"), 0},
    {STR_INIT("padding-right"), 0},
    {STR_INIT("padding-top"), 0},
    {STR_INIT("text-align"), 0},
    {STR_INIT("text-decoration"), 0},
    {STR_INIT("text-decoration-color"), 0},
    {STR_INIT("text-decoration-line"), 0},
    {STR_INIT("text-decoration-style"), 0},
    {STR_INIT("text-indent"), STYLE_FORWARD},
    {STR_INIT("text-transform"), 0},
    {STR_INIT("vertical-align"), STYLE_FORWARD},
    {STR_INIT("white-space"), 0},
    {STR_INIT("width"), 0},
    {STR_INIT("word-break"), 0},
    {STR_INIT("word-spacing"), STYLE_FORWARD},
};

static const struct str functions[] = {
    STR_INIT("rgb"),   STR_INIT("rgba"), STR_INIT("hsl"), STR_INIT("hsla"),
    STR_INIT("hwb"),   STR_INIT("lab"),  STR_INIT("lch"), STR_INIT("oklab"),
    STR_INIT("oklch"), STR_INIT("calc"), STR_INIT("min"), STR_INIT("max"),
    STR_INIT("clamp"),
};

static const struct style_property *find_property(struct str name) {
    for (size_t i = 0; i < ARRAY_LEN(properties); i++)
        if (str_eq_nocase(name, properties[i].name))
            return &properties[i];
    return NULL;
}

/* Whether the word that ends before value.p[at], a '(', names a function that is
 * let through. */
static bool allowed_call(struct str value, size_t at) {
    size_t from = at;

    while (from > 0 && (ascii_alnum((unsigned char)value.p[from - 1]) ||
                        value.p[from - 1] == '-'))
        from--;
    for (size_t i = 0; i < ARRAY_LEN(functions); i++)
        if (str_eq_nocase(str_slice(value, from, at), functions[i]))
            return true;
    return false;
}

/* Bytes of which no value can make anything but words, numbers and colours.  No
 * backslash and no comment: nothing is spelt in two ways. */
static bool plain_byte(unsigned char c) {
    return c >= 0x80 || ascii_alnum(c) || c == ' ' || c == '#' || c == '%' ||
           c == '.' || c == ',' || c == '-' || c == '+' || c == '!' ||
           c == '/' || c == '_';
}

/* A quoted name of a font that begins at value.p[at]: where it ends, or STR_NONE. */
static size_t skip_quoted(struct str value, size_t at) {
    for (size_t i = at + 1; i < value.len; i++) {
        if (value.p[i] == value.p[at])
            return i + 1;
        if (!plain_byte((unsigned char)value.p[i]))
            break;
    }
    return STR_NONE;
}

static bool allowed_value(struct str value, unsigned flags) {
    size_t open = 0;

    for (size_t i = 0; i < value.len; i++) {
        char c = value.p[i];
        char next = i + 1 < value.len ? value.p[i + 1] : ' ';

        if (c == '"' || c == '\'') {
            i = skip_quoted(value, i);
            if (i == STR_NONE)
                return false;
            i--;
        } else if (c == '(') {
            if ((flags & STYLE_FORWARD) || !allowed_call(value, i))
                return false;
            open++;
        } else if (c == ')' || c == '*') {
            if (open == 0)
                return false;
            open -= c == ')';
        } else if (!plain_byte((unsigned char)c) || (c == '/' && next == '*')) {
            return false;
        } else if (c == '-' && (flags & STYLE_FORWARD) &&
                   (ascii_digit((unsigned char)next) || next == '.')) {
            return false;
        }
    }
    return value.len > 0 && open == 0;
}

static struct str trim_blank(struct str s) {
    while (s.len > 0 && ascii_space((unsigned char)s.p[0]))
        s = str_skip(s, 1);
    while (s.len > 0 && ascii_space((unsigned char)s.p[s.len - 1]))
        s.len--;
    return s;
}

/* Writes one declaration when it is allowed; true when it was left out. */
static bool filter_declaration(struct buf *out, bool first, struct str text) {
    struct str name = trim_blank(str_until(text, ':'));
    struct str value = trim_blank(str_after(text, ':'));
    const struct style_property *property = find_property(name);

    if (!property || !allowed_value(value, property->flags))
        return true;
    if (!first)
        buf_add_lit(out, "; ");
    buf_add_str(out, property->name);
    buf_add_lit(out, ": ");
    buf_add_str(out, value);
    return false;
}

/* A ';' inside a string or url() cuts it: both halves are then judged as if they
 * were declarations, so nothing gets through that would not alone. */
bool style_filter(struct buf *out, struct str style) {
    size_t start = out->len;
    bool removed = false;

    while (style.len > 0) {
        struct str one = trim_blank(str_until(style, ';'));

        if (one.len > 0)
            removed |= filter_declaration(out, out->len == start, one);
        style = str_after(style, ';');
    }
    return removed;
}
