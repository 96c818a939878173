#include "note/extra.h"

const struct extra_row extra_rows[EXTRAS] = {
#define EXTRA(id, file, name, sheet, without)                                  \
    {STR_INIT(file), STR_INIT(name), STR_INIT(sheet), STR_INIT(without)},
#include "note/extra.def"
};

/* Names of one language, blanks between. */
static const struct str languages[] = {
#define LANGUAGE(name, others) STR_INIT(name " " others),
#include "note/languages.def"
};

bool extra_colours(struct str language) {
    if (language.len == 0)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(languages); i++)
        for (struct str rest = languages[i]; rest.len > 0;
             rest = str_after(rest, ' '))
            if (str_eq_nocase(str_until(rest, ' '), language))
                return true;
    return false;
}

static bool has_code(struct str html) {
    static const struct str mark = STR_INIT("<code class=\"language-");
    size_t at = 0;

    while ((at = str_find_str(html, mark, at)) != STR_NONE) {
        at += mark.len;
        if (extra_colours(str_until(str_skip(html, at), '"')))
            return true;
    }
    return false;
}

unsigned extras_in(struct str html) {
    unsigned found = 0;

    if (has_code(html))
        found |= extra_bit(EXTRA_CODE);
    if (str_find_str(html, STR(" class=\"math math-"), 0) != STR_NONE)
        found |= extra_bit(EXTRA_MATH);
    if (str_find_str(html, STR(" class=\"mermaid\""), 0) != STR_NONE)
        found |= extra_bit(EXTRA_DIAGRAMS);
    return found;
}
