#include "note/property.h"

#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/map.h"
#include "note/obsidian_url.h"
#include "value/print.h"

/* Up to so many keys are compared each with each; a map costs more. */
#define FEW_KEYS 16

static bool one_of(struct str s, const struct str *words, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, words[i]))
            return true;
    return false;
}

bool property_is_null(const struct yaml *y) {
    static const struct str words[] = {STR_INIT("~"), STR_INIT("null"),
                                       STR_INIT("Null"), STR_INIT("NULL")};

    return y->kind == YAML_SCALAR && y->plain &&
           (y->text.len == 0 || one_of(y->text, words, ARRAY_LEN(words)));
}

static const struct value *boolean_of(struct str s) {
    static const struct str yes[] = {STR_INIT("true"), STR_INIT("True"),
                                     STR_INIT("TRUE")};
    static const struct str no[] = {STR_INIT("false"), STR_INIT("False"),
                                    STR_INIT("FALSE")};

    if (one_of(s, yes, ARRAY_LEN(yes)))
        return &value_true;
    return one_of(s, no, ARRAY_LEN(no)) ? &value_false : NULL;
}

static size_t digits_from(struct str s, size_t at) {
    size_t i = at;

    while (i < s.len && ascii_digit((unsigned char)s.p[i]))
        i++;
    return i - at;
}

/* `0o17`, `0x1F`. Without sign. */
static bool radix_number(struct str s, double *out) {
    int radix;

    if (s.len < 3 || s.p[0] != '0' || (s.p[1] != 'o' && s.p[1] != 'x'))
        return false;
    radix = s.p[1] == 'o' ? 8 : 16;
    *out = 0;
    for (size_t i = 2; i < s.len; i++) {
        unsigned char c = (unsigned char)ascii_lower(s.p[i]);
        int digit = ascii_digit(c)         ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                           : radix;
        if (digit >= radix)
            return false;
        *out = *out * radix + digit;
    }
    return true;
}

/* `.inf`, `-.INF`, `.nan` … */
static bool special_number(struct str s, double *out) {
    static const struct str infinity[] = {STR_INIT(".inf"), STR_INIT(".Inf"),
                                          STR_INIT(".INF")};
    static const struct str nan_words[] = {STR_INIT(".nan"), STR_INIT(".NaN"),
                                           STR_INIT(".NAN")};
    bool sign = s.p[0] == '-' || s.p[0] == '+';

    if (one_of(str_skip(s, sign), infinity, ARRAY_LEN(infinity))) {
        *out = s.p[0] == '-' ? -HUGE_VAL : HUGE_VAL;
        return true;
    }
    *out = NAN;
    return !sign && one_of(s, nan_words, ARRAY_LEN(nan_words));
}

/* Length 0: not a decimal. *whole: neither point nor exponent. */
static bool decimal_shape(struct str s, bool *whole) {
    size_t i = s.p[0] == '-' || s.p[0] == '+';
    size_t before = digits_from(s, i), after = 0;

    i += before;
    *whole = i == s.len;
    if (i < s.len && s.p[i] == '.') {
        after = digits_from(s, i + 1);
        i += 1 + after;
    }
    if (before + after == 0)
        return false;
    if (i < s.len && (s.p[i] == 'e' || s.p[i] == 'E')) {
        size_t sign = i + 1 < s.len && (s.p[i + 1] == '-' || s.p[i + 1] == '+');
        size_t n = digits_from(s, i + 1 + sign);

        if (n == 0)
            return false;
        i += 1 + sign + n;
    }
    return i == s.len;
}

static bool number_of(struct arena *a, struct str s, double *out) {
    bool whole;

    if (s.len == 0 || (!ascii_digit((unsigned char)s.p[0]) && s.p[0] != '-' &&
                       s.p[0] != '+' && s.p[0] != '.'))
        return false;
    if (radix_number(s, out) || special_number(s, out))
        return true;
    if (!decimal_shape(s, &whole))
        return false;
    if (whole && s.len <= 15) {
        *out = 0;
        for (size_t i = !ascii_digit((unsigned char)s.p[0]); i < s.len; i++)
            *out = *out * 10 + (s.p[i] - '0');
        if (s.p[0] == '-')
            *out = -*out;
        return true;
    }
    *out = strtod(arena_cstr(a, s), NULL);
    return true;
}

static const struct value *scalar_value(struct arena *a, const struct yaml *y,
                                        struct property_check *check) {
    const struct value *boolean;
    double number;

    check->bytes += y->text.len;
    if (check->bytes > PROPERTY_MAX_BYTES)
        return &value_null;
    if (!y->plain)
        return value_of_text(a, y->text);
    if (property_is_null(y))
        return &value_null;
    boolean = boolean_of(y->text);
    if (boolean != NULL)
        return boolean;
    if (number_of(a, y->text, &number))
        return value_of_number(a, number);
    return value_of_text(a, y->text);
}

size_t property_repeated(struct arena *a, const struct str *keys, size_t n) {
    struct map seen;

    if (n <= FEW_KEYS) {
        for (size_t i = 1; i < n; i++)
            for (size_t k = 0; k < i; k++)
                if (str_eq(keys[i], keys[k]))
                    return i;
        return n;
    }
    map_init(&seen, a);
    for (size_t i = 0; i < n; i++) {
        void **slot = map_slot_borrowed(&seen, keys[i]);

        if (*slot != NULL)
            return i;
        *slot = (void *)&keys[i];
    }
    return n;
}

static const struct value *map_value(struct arena *a, const struct yaml *y,
                                     struct property_check *check) {
    struct value_member *members = arena_array(a, struct value_member, y->len);
    struct str *keys = arena_array(a, struct str, y->len);
    const struct yaml *child;
    size_t n = 0, again;

    for (child = y->first; child != NULL; child = child->next, n++) {
        keys[n] = property_key(a, child->key, check);
        members[n].key = keys[n];
        members[n].value = property_value(a, child, check);
    }
    again = property_repeated(a, keys, n);
    if (again < n && check->twice == NULL) {
        child = y->first;
        for (size_t i = 0; i < again; i++)
            child = child->next;
        check->twice = child->key;
        check->name = keys[again];
    }
    return value_of_object(a, members, n);
}

/* Recursive: yaml_parse refuses what is deeper than YAML_MAX_DEPTH. */
const struct value *property_value(struct arena *a, const struct yaml *y,
                                   struct property_check *check) {
    const struct value **items;
    size_t n = 0;

    switch (y->kind) {
    case YAML_SCALAR:
        return scalar_value(a, y, check);
    case YAML_MAP:
        return map_value(a, y, check);
    case YAML_LIST:
        break;
    }
    items = arena_array(a, const struct value *, y->len);
    for (const struct yaml *child = y->first; child != NULL;
         child = child->next)
        items[n++] = property_value(a, child, check);
    return value_of_list(a, items, n);
}

struct str property_key(struct arena *a, const struct yaml *key,
                        struct property_check *check) {
    struct value_style style = value_style_default;
    const struct value *v;
    struct buf text = {0};
    struct str kept;

    if (key->kind == YAML_SCALAR && !key->plain)
        return key->text;
    v = property_value(a, key, check);
    if (v->kind == VALUE_TEXT)
        return v->as.text;
    if (v->kind == VALUE_NULL)
        return STR("");
    style.null_text = STR("null");
    value_print(&text, v, &style);
    kept = arena_str(a, buf_str(&text));
    buf_release(&text);
    return kept;
}

bool property_markdown_link(struct str s, struct str *text, struct str *dest) {
    size_t middle;

    s = str_trim(s);
    if (s.len < 5 || s.p[0] != '[' || s.p[s.len - 1] != ')')
        return false;
    middle = str_find_str(s, STR("]("), 0);
    if (middle == STR_NONE)
        return false;
    *text = str_trim(str_slice(s, 1, middle));
    *dest = str_trim(str_slice(s, middle + 2, s.len - 1));
    if (str_starts(*dest, STR("<")) && str_ends(*dest, STR(">")))
        *dest = str_slice(*dest, 1, dest->len - 1);
    else if (str_find(*dest, ' ') != STR_NONE)
        return false;
    return text->len > 0 && dest->len > 0 && str_find(*text, '[') == STR_NONE &&
           str_find(*text, ']') == STR_NONE &&
           str_find(*dest, ')') == STR_NONE && str_find(*dest, '<') == STR_NONE;
}

bool property_link(struct arena *a, struct str s, struct str vault,
                   struct property_link *out) {
    bool markdown = property_markdown_link(s, &out->text, &out->dest);
    struct str url = markdown ? out->dest : str_trim(s), target;

    out->decode = !obsidian_url_read(a, url, vault, &target);
    if (out->decode)
        return markdown;
    out->dest = target;
    if (!markdown)
        out->text = url;
    return true;
}
