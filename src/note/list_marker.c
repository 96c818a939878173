#include "note/list_marker.h"

#include "base/unicode.h"

#define TAB_COLUMNS 4
/* Blanks behind a marker; with more the text is code that is indented. */
#define MARKER_BLANKS 4
#define MARKER_DIGITS 9

struct str list_skip_blanks(struct str line, size_t *column) {
    while (line.len > 0 && (line.p[0] == ' ' || line.p[0] == '\t')) {
        *column = line.p[0] == '\t' ? (*column / TAB_COLUMNS + 1) * TAB_COLUMNS
                                    : *column + 1;
        line = str_skip(line, 1);
    }
    return line;
}

bool list_is_rule(struct str text) {
    size_t n = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.p[i] == text.p[0])
            n++;
        else if (text.p[i] != ' ' && text.p[i] != '\t')
            return false;
    }
    return n >= 3 && strchr("-*_", text.p[0]) != NULL;
}

size_t list_marker_length(struct str text) {
    size_t digits = 0;
    char sign;

    while (digits < text.len && digits <= MARKER_DIGITS &&
           ascii_digit((unsigned char)text.p[digits]))
        digits++;
    if (digits > MARKER_DIGITS || digits == text.len)
        return 0;
    sign = text.p[digits];
    if (digits > 0 ? sign == '.' || sign == ')'
                   : sign == '-' || sign == '*' || sign == '+')
        return digits + 1;
    return 0;
}

size_t list_marker(struct str text, bool after_text) {
    size_t len = list_marker_length(text);

    if (len == 0 || list_is_rule(text))
        return 0;
    if (text.len > len && text.p[len] != ' ' && text.p[len] != '\t')
        return 0;
    if (!after_text)
        return len;
    if (len > 1 && !str_eq(str_slice(text, 0, len - 1), STR("1")))
        return 0;
    return str_trim(str_skip(text, len)).len > 0 ? len : 0;
}

size_t list_text_column(struct str text, size_t column, size_t len) {
    size_t begin = column + len, end = begin;

    text = list_skip_blanks(str_skip(text, len), &end);
    return text.len == 0 || end > begin + MARKER_BLANKS ? begin + 1 : end;
}
