/*
 * Fuzzes css_filter: what it keeps it keeps again, without a word, and no address
 * of another server is a token of it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "html/css.h"
#include "html/css_lex.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void stop(const char *wrong, struct str s) {
    fprintf(stderr, "%s: %.*s\n", wrong, STR_ARG(s));
    abort();
}

static void again(void *context, enum css_removed what, size_t at) {
    const struct buf *once = context;

    (void)what;
    stop("something is left", str_skip(buf_str(once), at));
}

static void check_tokens(struct str sheet) {
    struct css_lexer lexer = {.text = sheet};
    struct css_token t;
    size_t at = 0;

    while (css_lexer_next(&lexer, &t)) {
        if (t.text.p != sheet.p + at || t.text.len == 0)
            stop("tokens leave bytes out", sheet);
        at += t.text.len;
        if (t.kind == CSS_ADDRESS && !str_starts(t.value, STR("#")) &&
            !str_starts_nocase(t.value, STR("data:image/")))
            stop("an address", sheet);
        if (t.kind == CSS_AT && css_token_named(&t, STR("import")))
            stop("an import", sheet);
    }
    if (at != sheet.len)
        stop("tokens end early", sheet);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct buf once = {0}, twice = {0};

    css_filter(&once, str_make((const char *)bytes, size), NULL, NULL);
    check_tokens(buf_str(&once));
    css_filter(&twice, buf_str(&once), again, &once);
    if (!str_eq(buf_str(&once), buf_str(&twice)))
        stop("the sheet changes again", buf_str(&once));
    buf_release(&once);
    buf_release(&twice);
    return 0;
}
