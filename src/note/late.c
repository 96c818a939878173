#include "note/late.h"

#include "base/unicode.h"

#define LATE_LIMIT 65536

bool fence_line(struct str line) {
    return str_starts(line, STR("---")) && str_rtrim(line).len == 3;
}

/* Without what a reader cannot see at its start: blanks and U+FEFF, zero-width
 * and direction marks. */
static struct str skip_invisible(struct str s) {
    size_t i = 0;

    while (i < s.len) {
        uint32_t code;
        size_t n = utf8_decode(s, i, &code);

        if (unicode_class(code) != UNICODE_SPACE && code != 0xFEFF &&
            !(code >= 0x200B && code <= 0x200F))
            break;
        i += n;
    }
    return str_skip(s, i);
}

bool property_line(struct str line, bool *key) {
    struct str s = str_rtrim(line);
    size_t colon;

    *key = false;
    if (s.len == 0 || s.p[0] == ' ' || s.p[0] == '\t' || s.p[0] == '#' ||
        str_eq(s, STR("-")) || str_starts(s, STR("- ")) || s.p[0] == '}' ||
        s.p[0] == ']')
        return true;
    if (s.p[0] == '{' || s.p[0] == '"' || s.p[0] == '\'') {
        *key = str_find(s, ':') != STR_NONE;
        return *key;
    }
    colon = str_find(s, ':');
    while (colon != STR_NONE && colon + 1 < s.len && s.p[colon + 1] != ' ' &&
           s.p[colon + 1] != '\t') {
        size_t next = str_find(str_skip(s, colon + 1), ':');
        colon = next == STR_NONE ? STR_NONE : colon + 1 + next;
    }
    *key = colon != STR_NONE && colon > 0;
    return *key;
}

/* `publish:` in any case, quoted or not, indented or in flow style. */
static bool publish_line(struct str line) {
    static const struct str word = STR_INIT("publish");

    for (size_t i = 0; i + word.len < line.len; i++) {
        struct str rest = str_skip(line, i);
        char before = i > 0 ? line.p[i - 1] : ' ';

        if ((rest.p[0] | 0x20) != 'p' || !str_starts_nocase(rest, word) ||
            ascii_alnum((unsigned char)before))
            continue;
        rest = str_skip(rest, word.len);
        if (rest.p[0] == '"' || rest.p[0] == '\'')
            rest = str_skip(rest, 1);
        rest = str_trim(rest);
        if (rest.len > 0 && rest.p[0] == ':')
            return true;
    }
    return false;
}

static bool code_fence(struct str line) {
    struct str s = str_trim(line);

    return str_starts(s, STR("```")) || str_starts(s, STR("~~~"));
}

/* The block whose opening line has just been taken off `rest`. */
static struct late_block read_block(struct str rest, bool after_blank,
                                    uint32_t line_number) {
    struct late_block b = {.line = line_number};
    bool keys = false, closed = false, publish = false, key;
    struct str line;

    while (!closed && str_next_line(&rest, &line)) {
        if (fence_line(line)) {
            closed = true;
        } else {
            if (!property_line(line, &key))
                break;
            keys = keys || key;
            publish = publish || publish_line(line);
        }
    }
    b.found = keys && (after_blank || (closed && publish));
    b.publish = b.found && publish;
    return b;
}

struct late_block late_find(struct str text) {
    struct str rest = str_slice(text, 0, LATE_LIMIT);
    struct str line;
    bool blank = true;

    for (uint32_t n = 1; str_next_line(&rest, &line); n++) {
        struct str seen = line;

        if (blank && line.len > 0) {
            seen = skip_invisible(line);
            if (seen.len == 0)
                continue;
        }
        if (fence_line(seen)) {
            struct late_block b = read_block(rest, blank, n);
            if (b.found)
                return b;
        }
        if (seen.len > 0)
            blank = false;
        if (code_fence(seen))
            break;
    }
    return (struct late_block){0};
}
