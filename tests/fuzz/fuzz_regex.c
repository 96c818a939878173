/*
 * Fuzzes regular expressions: a byte of flags, the pattern, a NUL, the text.  A
 * match lies in the text.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/regex.h"
#include "base/unicode.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void stop(const char *wrong, struct str pattern) {
    fprintf(stderr, "%s: %.*s\n", wrong, STR_ARG(pattern));
    abort();
}

static void check_match(const struct regex *r, struct str pattern,
                        struct utf16 text) {
    size_t n = regex_groups(r);
    struct regex_span *groups = mem_resize(NULL, n, sizeof *groups);
    enum regex_outcome outcome = regex_exec(r, text, 0, groups);

    for (size_t i = 0; outcome == REGEX_MATCH && i < n; i++) {
        bool unset = groups[i].from == STR_NONE && groups[i].to == STR_NONE;

        if (unset ? i == 0
                  : groups[i].from > groups[i].to || groups[i].to > text.len)
            stop("no place in the text", pattern);
    }
    mem_free(groups);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static const char letters[] = "gimsuyvd";
    struct buf flags = {0};
    struct regex_error error;
    struct str all, pattern;
    struct regex *r;
    struct arena a;

    if (size == 0)
        return 0;
    for (size_t i = 0; letters[i] != '\0'; i++)
        if (bytes[0] >> i & 1)
            buf_add_ch(&flags, letters[i]);
    all = str_make((const char *)bytes + 1, size - 1);
    pattern = str_until(all, '\0');
    r = regex_new(pattern, buf_str(&flags), &error);
    if (r != NULL) {
        arena_init(&a);
        check_match(r, pattern, utf16_from_str(&a, str_after(all, '\0')));
        arena_release(&a);
    } else if (error.message == NULL ||
               error.at >
                   utf8_count(error.in_flags ? buf_str(&flags) : pattern)) {
        stop("no error", pattern);
    } else if (strcmp(error.message, "the pattern is not supported") == 0) {
        stop("PCRE2 does not know it", pattern);
    }
    regex_free(r);
    buf_release(&flags);
    return 0;
}
