#include "base/collate.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unicode/ucol.h>

/* A UCollator under our name: only const functions of ICU are called after
 * collator_new, and those are safe from many threads. */
struct collator {
    UCollator *ucol;
};

static _Noreturn void collator_broken(const char *what, UErrorCode code) {
    fprintf(stderr, "vaultsite: ICU collation: %s: %s\n", what,
            u_errorName(code));
    abort();
}

struct collator *collator_new(struct str language) {
    struct collator *c = mem_resize(NULL, 1, sizeof *c);
    UErrorCode code = U_ZERO_ERROR;
    char name[64];

    snprintf(name, sizeof name, "%.*s", STR_ARG(str_slice(language, 0, 60)));
    c->ucol = ucol_open(name, &code);
    if (U_FAILURE(code)) {
        code = U_ZERO_ERROR;
        c->ucol = ucol_open("", &code);
    }
    /* as JavaScript requires it: canonically equal texts are equal */
    ucol_setAttribute(c->ucol, UCOL_NORMALIZATION_MODE, UCOL_ON, &code);
    if (U_FAILURE(code))
        collator_broken("cannot be opened", code);
    return c;
}

struct collator *collator_new_numeric(struct str language) {
    struct collator *c = collator_new(language);
    UErrorCode code = U_ZERO_ERROR;

    ucol_setAttribute(c->ucol, UCOL_NUMERIC_COLLATION, UCOL_ON, &code);
    if (U_FAILURE(code))
        collator_broken("has no numbers", code);
    return c;
}

void collator_free(struct collator *c) {
    if (c == NULL)
        return;
    ucol_close(c->ucol);
    mem_free(c);
}

static int32_t icu_len(struct str s) {
    return s.len > INT32_MAX ? INT32_MAX : (int32_t)s.len;
}

int collator_compare(const struct collator *c, struct str a, struct str b) {
    UErrorCode code = U_ZERO_ERROR;
    UCollationResult r = ucol_strcollUTF8(c->ucol, a.p ? a.p : "", icu_len(a),
                                          b.p ? b.p : "", icu_len(b), &code);

    if (U_FAILURE(code))
        collator_broken("cannot compare", code);
    return r == UCOL_LESS ? -1 : r == UCOL_GREATER ? 1 : 0;
}

struct str collator_key(const struct collator *c, struct arena *a,
                        struct str s) {
    UErrorCode code = U_ZERO_ERROR;
    UCharIterator it;
    uint32_t state[2] = {0, 0};
    /* Room for all of it at once: each further part is found from the beginning
     * again. */
    size_t room = 3 * s.len + 64, len = 0;
    char *key = NULL;
    int32_t n;

    room = room > INT32_MAX ? INT32_MAX : room;
    uiter_setUTF8(&it, s.p ? s.p : "", icu_len(s));
    do {
        key = mem_resize(key, len + room, 1);
        n = ucol_nextSortKeyPart(c->ucol, &it, state, (uint8_t *)key + len,
                                 (int32_t)room, &code);
        if (U_FAILURE(code))
            collator_broken("cannot make a key", code);
        len += (size_t)n;
    } while (n == (int32_t)room);
    struct str kept = arena_str(a, str_make(key, len));
    mem_free(key);
    return kept;
}
