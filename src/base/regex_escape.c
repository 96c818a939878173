#include "base/regex_escape.h"

#include <unicode/uchar.h>

void regex_fail(struct regex_reader *r, size_t at, const char *message) {
    if (r->error == NULL) {
        r->error = message;
        r->error_at = at;
    }
}

bool regex_take(struct regex_reader *r, char c) {
    if (regex_peek(r, 0) != c)
        return false;
    r->at++;
    return true;
}

uint32_t regex_take_code(struct regex_reader *r) {
    uint32_t code = r->pattern.p[r->at++];
    int32_t next = regex_peek(r, 0);

    if (regex_full_unicode(r) && utf16_is_high(code) && next >= 0 &&
        utf16_is_low((uint32_t)next)) {
        r->at++;
        return utf16_pair(code, (uint32_t)next);
    }
    return code;
}

/* ---- sets -------------------------------------------------------------------
 */

void regex_set_finish(const struct regex_reader *r, USet *set) {
    if (!(r->flags & REGEX_UNICODE_SETS))
        regex_fold_set(regex_fold_of(r->flags), set);
}

void regex_set_complement(const struct regex_reader *r, USet *set) {
    uset_complement(set);
    if (!regex_full_unicode(r))
        uset_retain(set, 0, 0xFFFF);
}

static void add_digits(USet *set) {
    uset_addRange(set, '0', '9');
}

static void add_word(const struct regex_reader *r, USet *set) {
    add_digits(set);
    uset_addRange(set, 'A', 'Z');
    uset_addRange(set, 'a', 'z');
    uset_add(set, '_');
    if (regex_full_unicode(r) && (r->flags & REGEX_IGNORE_CASE)) {
        uset_add(set, 0x17F); /* these two fold to s and k */
        uset_add(set, 0x212A);
    }
}

/* As utf16_is_space has it. */
static void add_space(USet *set) {
    static const struct {
        UChar32 from, to;
    } spaces[] = {
        {'\t', '\r'},     {' ', ' '},       {0xA0, 0xA0},     {0x1680, 0x1680},
        {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F},
        {0x3000, 0x3000}, {0xFEFF, 0xFEFF},
    };

    for (size_t i = 0; i < ARRAY_LEN(spaces); i++)
        uset_addRange(set, spaces[i].from, spaces[i].to);
}

/* The binary properties that ECMAScript knows (its table 69). */
static const UProperty binary_properties[] = {
    UCHAR_ALPHABETIC,
    UCHAR_ASCII_HEX_DIGIT,
    UCHAR_BIDI_CONTROL,
    UCHAR_BIDI_MIRRORED,
    UCHAR_CASED,
    UCHAR_CASE_IGNORABLE,
    UCHAR_CHANGES_WHEN_CASEFOLDED,
    UCHAR_CHANGES_WHEN_CASEMAPPED,
    UCHAR_CHANGES_WHEN_LOWERCASED,
    UCHAR_CHANGES_WHEN_NFKC_CASEFOLDED,
    UCHAR_CHANGES_WHEN_TITLECASED,
    UCHAR_CHANGES_WHEN_UPPERCASED,
    UCHAR_DASH,
    UCHAR_DEFAULT_IGNORABLE_CODE_POINT,
    UCHAR_DEPRECATED,
    UCHAR_DIACRITIC,
    UCHAR_EMOJI,
    UCHAR_EMOJI_COMPONENT,
    UCHAR_EMOJI_MODIFIER,
    UCHAR_EMOJI_MODIFIER_BASE,
    UCHAR_EMOJI_PRESENTATION,
    UCHAR_EXTENDED_PICTOGRAPHIC,
    UCHAR_EXTENDER,
    UCHAR_GRAPHEME_BASE,
    UCHAR_GRAPHEME_EXTEND,
    UCHAR_HEX_DIGIT,
    UCHAR_IDS_BINARY_OPERATOR,
    UCHAR_IDS_TRINARY_OPERATOR,
    UCHAR_ID_CONTINUE,
    UCHAR_ID_START,
    UCHAR_IDEOGRAPHIC,
    UCHAR_JOIN_CONTROL,
    UCHAR_LOGICAL_ORDER_EXCEPTION,
    UCHAR_LOWERCASE,
    UCHAR_MATH,
    UCHAR_NONCHARACTER_CODE_POINT,
    UCHAR_PATTERN_SYNTAX,
    UCHAR_PATTERN_WHITE_SPACE,
    UCHAR_QUOTATION_MARK,
    UCHAR_RADICAL,
    UCHAR_REGIONAL_INDICATOR,
    UCHAR_S_TERM,
    UCHAR_SOFT_DOTTED,
    UCHAR_TERMINAL_PUNCTUATION,
    UCHAR_UNIFIED_IDEOGRAPH,
    UCHAR_UPPERCASE,
    UCHAR_VARIATION_SELECTOR,
    UCHAR_WHITE_SPACE,
    UCHAR_XID_CONTINUE,
    UCHAR_XID_START,
};

#define MAX_NAME 64

/* ICU finds names loosely, ECMAScript does not. */
static bool is_property(UProperty property, const char *name) {
    const char *known = "";

    for (int i = 0; known != NULL || i < 2; i++) {
        known = u_getPropertyName(property, (UPropertyNameChoice)i);
        if (known != NULL && strcmp(known, name) == 0)
            return true;
    }
    return false;
}

static bool is_value(UProperty property, int32_t value, const char *name) {
    const char *known = "";

    for (int i = 0; known != NULL || i < 2; i++) {
        known = u_getPropertyValueName(property, value, (UPropertyNameChoice)i);
        if (known != NULL && strcmp(known, name) == 0)
            return true;
    }
    return false;
}

static bool set_value(USet *set, UProperty property, UProperty names,
                      const char *value) {
    int32_t n = u_getPropertyValueEnum(names, value);
    UErrorCode status = U_ZERO_ERROR;

    if (n == UCHAR_INVALID_CODE || !is_value(names, n, value))
        return false;
    uset_applyIntPropertyValue(set, property, n, &status);
    return U_SUCCESS(status);
}

static bool set_up_to(USet *set, UChar32 last) {
    uset_clear(set);
    uset_addRange(set, 0, last);
    return true;
}

static bool set_lone(USet *set, const char *name) {
    UErrorCode status = U_ZERO_ERROR;

    if (strcmp(name, "Any") == 0)
        return set_up_to(set, 0x10FFFF);
    if (strcmp(name, "ASCII") == 0)
        return set_up_to(set, 0x7F);
    if (strcmp(name, "Assigned") == 0) {
        uset_applyIntPropertyValue(set, UCHAR_GENERAL_CATEGORY_MASK,
                                   U_GC_CN_MASK, &status);
        uset_complement(set);
        return U_SUCCESS(status);
    }
    for (size_t i = 0; i < ARRAY_LEN(binary_properties); i++) {
        if (!is_property(binary_properties[i], name))
            continue;
        uset_applyIntPropertyValue(set, binary_properties[i], 1, &status);
        return U_SUCCESS(status);
    }
    return set_value(set, UCHAR_GENERAL_CATEGORY_MASK,
                     UCHAR_GENERAL_CATEGORY_MASK, name);
}

/* `name` or `name=value` */
static bool set_property(USet *set, char *name) {
    char *value = strchr(name, '=');

    if (value == NULL)
        return set_lone(set, name);
    *value++ = '\0';
    if (strcmp(name, "General_Category") == 0 || strcmp(name, "gc") == 0)
        return set_value(set, UCHAR_GENERAL_CATEGORY_MASK,
                         UCHAR_GENERAL_CATEGORY_MASK, value);
    if (strcmp(name, "Script") == 0 || strcmp(name, "sc") == 0)
        return set_value(set, UCHAR_SCRIPT, UCHAR_SCRIPT, value);
    if (strcmp(name, "Script_Extensions") == 0 || strcmp(name, "scx") == 0)
        return set_value(set, UCHAR_SCRIPT_EXTENSIONS, UCHAR_SCRIPT, value);
    return false;
}

static void read_property(struct regex_reader *r, USet *set) {
    size_t start = r->at, len = 0;
    char name[MAX_NAME];

    if (!regex_take(r, '{')) {
        regex_fail(r, start, "\\p needs {the name of a property}");
        return;
    }
    if (++r->n_properties > REGEX_MAX_PROPERTIES) {
        regex_fail(r, start, "too many properties of characters");
        return;
    }
    while (regex_peek(r, 0) > ' ' && regex_peek(r, 0) < 0x7F &&
           regex_peek(r, 0) != '}' && len + 1 < sizeof name)
        name[len++] = (char)r->pattern.p[r->at++];
    name[len] = '\0';
    if (!regex_take(r, '}') || !set_property(set, name))
        regex_fail(r, start, "no such property of characters");
}

bool regex_escape_set(struct regex_reader *r, USet *set) {
    int32_t c = regex_peek(r, 0);
    bool property = (c == 'p' || c == 'P') && regex_full_unicode(r);

    if (c < 0 || c > 'z' || (!property && strchr("dDsSwW", c) == NULL) ||
        c == '\0')
        return false;
    r->at++;
    uset_clear(set);
    switch (c | 0x20) {
    case 'd':
        add_digits(set);
        break;
    case 's':
        add_space(set);
        break;
    case 'w':
        add_word(r, set);
        break;
    default:
        read_property(r, set);
        break;
    }
    if (r->flags & REGEX_UNICODE_SETS)
        regex_fold_set(regex_fold_of(r->flags), set);
    if (c < 'a')
        regex_set_complement(r, set);
    return true;
}

/* ---- characters -------------------------------------------------------------
 */

static int hex_value(int32_t c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c > 'z' || c < 'A')
        return -1;
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Exactly `n` hexadecimal digits, or nothing is read. */
static bool take_hex(struct regex_reader *r, size_t n, uint32_t *code) {
    *code = 0;
    for (size_t i = 0; i < n; i++) {
        int digit = hex_value(regex_peek(r, i));

        if (digit < 0)
            return false;
        *code = *code << 4 | (uint32_t)digit;
    }
    r->at += n;
    return true;
}

/* {digits} up to 10FFFF, or nothing is read. */
static bool take_braced(struct regex_reader *r, uint32_t *code) {
    size_t n = 1;

    *code = 0;
    for (int digit; (digit = hex_value(regex_peek(r, n))) >= 0; n++) {
        *code = *code << 4 | (uint32_t)digit;
        if (*code > 0x10FFFF)
            return false;
    }
    if (n == 1 || regex_peek(r, n) != '}')
        return false;
    r->at += n + 1;
    return true;
}

bool regex_escape_u(struct regex_reader *r, bool full, uint32_t *code) {
    uint32_t low;
    size_t at;

    if (full && regex_peek(r, 0) == '{')
        return take_braced(r, code);
    if (!take_hex(r, 4, code))
        return false;
    if (!full || !utf16_is_high(*code) || regex_peek(r, 0) != '\\' ||
        regex_peek(r, 1) != 'u')
        return true;
    at = r->at;
    r->at += 2;
    if (take_hex(r, 4, &low) && utf16_is_low(low))
        *code = utf16_pair(*code, low);
    else
        r->at = at;
    return true;
}

/* \cA to \cZ. Without a letter the backslash is one, and nothing is read. */
static uint32_t escape_control(struct regex_reader *r, size_t start,
                               bool in_class) {
    int32_t c = regex_peek(r, 0);
    bool full = regex_full_unicode(r);

    if (c > 0 && c < 0x80 &&
        (ascii_alpha((unsigned char)c) ||
         (in_class && !full && (ascii_digit((unsigned char)c) || c == '_')))) {
        r->at++;
        return (uint32_t)c % 32;
    }
    if (full)
        regex_fail(r, start, "\\c needs a letter");
    r->at = start;
    return '\\';
}

/* Octal up to 377, of old; with u or v only \0 is left. */
static uint32_t escape_digits(struct regex_reader *r, size_t start) {
    uint32_t code = (uint32_t)r->pattern.p[start] - '0';

    if (regex_full_unicode(r)) {
        int32_t next = regex_peek(r, 0);

        if (code != 0 || (next >= '0' && next <= '9'))
            regex_fail(r, start, "no group of that number");
        return 0;
    }
    if (code > 7)
        return code + '0';
    for (int i = 0; i < 2; i++) {
        int32_t next = regex_peek(r, 0);

        if (next < '0' || next > '7' || code * 8 + (uint32_t)next - '0' > 255)
            break;
        code = code * 8 + (uint32_t)next - '0';
        r->at++;
    }
    return code;
}

static bool may_be_escaped(const struct regex_reader *r, uint32_t code,
                           bool in_class) {
    if (!regex_full_unicode(r))
        return code != 'k' || !r->named;
    if (code == 0 || code >= 0x80)
        return false;
    if (strchr("^$\\.*+?()[]{}|/", (int)code) != NULL)
        return true;
    if (in_class && code == '-')
        return true;
    return in_class && (r->flags & REGEX_UNICODE_SETS) &&
           strchr("&!#%,:;<=>@`~", (int)code) != NULL;
}

uint32_t regex_escape_code(struct regex_reader *r, bool in_class) {
    size_t start = r->at;
    uint32_t code, value;

    if (regex_peek(r, 0) < 0) {
        regex_fail(r, start, "nothing behind the backslash");
        return 0;
    }
    code = regex_take_code(r);
    switch (code) {
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'v':
        return '\v';
    case 'c':
        return escape_control(r, start, in_class);
    case 'x':
        if (take_hex(r, 2, &value))
            return value;
        break;
    case 'u':
        if (regex_escape_u(r, regex_full_unicode(r), &value))
            return value;
        break;
    default:
        if (code >= '0' && code <= '9')
            return escape_digits(r, start);
    }
    if (!may_be_escaped(r, code, in_class))
        regex_fail(r, start, "this escape means nothing");
    return code;
}
