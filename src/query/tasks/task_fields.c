#include "query/tasks/task_fields.h"

#include "base/unicode.h"

/* --- the shapes of values --- */

static bool is_date(struct str s) {
    for (size_t i = 0; i < s.len; i++)
        if (i == 4 || i == 7 ? s.p[i] != '-'
                             : !ascii_digit((unsigned char)s.p[i]))
            return false;
    return s.len == 10;
}

static bool in_rule(char c) {
    return ascii_alnum((unsigned char)c) || c == ' ' || c == ',' || c == '!';
}

static bool is_rule(struct str s) {
    for (size_t i = 0; i < s.len; i++)
        if (!in_rule(s.p[i]))
            return false;
    return s.len > 0;
}

static bool is_word(struct str s) {
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_alpha((unsigned char)s.p[i]))
            return false;
    return s.len > 0;
}

static bool in_id(char c) {
    return ascii_alnum((unsigned char)c) || c == '_' || c == '-';
}

static bool is_id(struct str s) {
    for (size_t i = 0; i < s.len; i++)
        if (!in_id(s.p[i]))
            return false;
    return s.len > 0;
}

static struct str trim_blanks(struct str s) {
    while (s.len > 0 && s.p[0] == ' ')
        s = str_skip(s, 1);
    while (s.len > 0 && s.p[s.len - 1] == ' ')
        s.len--;
    return s;
}

static bool is_ids(struct str s) {
    size_t comma;

    for (; (comma = str_find(s, ',')) != STR_NONE; s = str_skip(s, comma + 1))
        if (!is_id(trim_blanks(str_slice(s, 0, comma))))
            return false;
    return is_id(trim_blanks(s));
}

static bool fits(enum task_part part, struct str value) {
    switch (part) {
    case PART_RECURRENCE:
        return is_rule(value);
    case PART_COMPLETION:
        return is_word(value);
    case PART_ID:
        return is_id(value);
    case PART_DEPENDS:
        return is_ids(value);
    default:
        return is_date(value);
    }
}

/* --- emoji --- */

/* The signifiers, alternatives included. */
static bool part_of_emoji(uint32_t code, enum task_part *part) {
    static const struct {
        uint32_t code;
        enum task_part part;
    } rows[] = {
        {0x1f53a, PART_PRIORITY},   {0x23eb, PART_PRIORITY},
        {0x1f53c, PART_PRIORITY},   {0x1f53d, PART_PRIORITY},
        {0x23ec, PART_PRIORITY},    {0x2705, PART_DONE},
        {0x274c, PART_CANCELLED},   {0x1f4c5, PART_DUE},
        {0x1f4c6, PART_DUE},        {0x1f5d3, PART_DUE},
        {0x23f3, PART_SCHEDULED},   {0x231b, PART_SCHEDULED},
        {0x1f6eb, PART_START},      {0x2795, PART_CREATED},
        {0x1f501, PART_RECURRENCE}, {0x1f3c1, PART_COMPLETION},
        {0x1f194, PART_ID},         {0x26d4, PART_DEPENDS},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (rows[i].code == code) {
            *part = rows[i].part;
            return true;
        }
    return false;
}

/* Whether some value holds it: dates, words and lists of ids hold nothing else. */
static bool in_value(char c) {
    return in_rule(c) || in_id(c);
}

/* All values are ASCII: the last other letter is the signifier, or the U+FE0F that
 * may follow one. */
static bool emoji_at_end(struct str text, struct task_cut *cut) {
    const uint32_t selector = 0xfe0f;
    size_t end = text.len, begin;
    uint32_t code;

    while (end > 0 && in_value(text.p[end - 1]))
        end--;
    if (end == 0 || (unsigned char)text.p[end - 1] < 0x80)
        return false;
    begin = end - utf8_decode_back(text, end, &code);
    if (code == selector && begin > 0)
        begin -= utf8_decode_back(text, begin, &code);
    if (!part_of_emoji(code, &cut->part))
        return false;
    cut->begin = begin;
    if (cut->part == PART_PRIORITY) {
        cut->value = str_slice(text, begin, begin + (code > 0xffff ? 4 : 3));
        return end == text.len;
    }
    cut->value = trim_blanks(str_skip(text, end));
    return fits(cut->part, cut->value);
}

/* --- Dataview's form --- */

static bool is_priority(struct str s) {
    static const struct str words[] = {STR_INIT("highest"), STR_INIT("high"),
                                       STR_INIT("medium"), STR_INIT("low"),
                                       STR_INIT("lowest")};

    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_eq(s, words[i]))
            return true;
    return false;
}

static bool part_of_key(struct str key, enum task_part *part) {
    static const struct {
        struct str key;
        enum task_part part;
    } rows[] = {
        {STR_INIT("priority"), PART_PRIORITY},
        {STR_INIT("completion"), PART_DONE},
        {STR_INIT("cancelled"), PART_CANCELLED},
        {STR_INIT("due"), PART_DUE},
        {STR_INIT("scheduled"), PART_SCHEDULED},
        {STR_INIT("start"), PART_START},
        {STR_INIT("created"), PART_CREATED},
        {STR_INIT("repeat"), PART_RECURRENCE},
        {STR_INIT("onCompletion"), PART_COMPLETION},
        {STR_INIT("id"), PART_ID},
        {STR_INIT("dependsOn"), PART_DEPENDS},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (str_eq(rows[i].key, key)) {
            *part = rows[i].part;
            return true;
        }
    return false;
}

static bool bracket_at_end(struct str text, struct task_cut *cut) {
    size_t begin, colons;
    struct str inner;
    char open;

    if (text.len > 0 && text.p[text.len - 1] == ',') {
        text.len--;
        while (text.len > 0 && text.p[text.len - 1] == ' ')
            text.len--;
    }
    if (text.len == 0 ||
        (text.p[text.len - 1] != ']' && text.p[text.len - 1] != ')'))
        return false;
    /* No key and no value holds a bracket. */
    open = text.p[text.len - 1] == ']' ? '[' : '(';
    for (begin = text.len - 1; begin > 0; begin--)
        if (memchr("[]()", text.p[begin - 1], 4) != NULL)
            break;
    if (begin == 0 || text.p[begin - 1] != open)
        return false;
    inner = trim_blanks(str_slice(text, begin, text.len - 1));
    colons = str_find_str(inner, STR("::"), 0);
    if (colons == STR_NONE ||
        !part_of_key(str_slice(inner, 0, colons), &cut->part))
        return false;
    cut->begin = begin - 1;
    cut->value = trim_blanks(str_skip(inner, colons + 2));
    return cut->part == PART_PRIORITY ? is_priority(cut->value)
                                      : fits(cut->part, cut->value);
}

bool task_field_at_end(struct str text, enum tasks_format format,
                       struct task_cut *cut) {
    return format == TASKS_DATAVIEW ? bracket_at_end(text, cut)
                                    : emoji_at_end(text, cut);
}
