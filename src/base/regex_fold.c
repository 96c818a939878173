#include "base/regex_fold.h"

#include <pthread.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

/* No character beyond has two cases. */
#define LAST_CASED 0x1FFFF
#define MAX_FOLDS 3000

struct table {
    uint16_t unit[0x10000]; /* the fold of each */
    struct {
        uint32_t from, to;
    } folds[MAX_FOLDS]; /* those that are not their own, in order */
    size_t len;
    USet *changing; /* their `from`s, frozen */
};

static struct table upper, simple;

static uint32_t upper_of(uint32_t code) {
    UErrorCode status = U_ZERO_ERROR;
    UChar from = (UChar)code, to[4];
    int32_t len;

    /* without a simple mapping there is no full one of one unit either */
    if ((uint32_t)u_toupper((UChar32)code) == code)
        return code;
    len = u_strToUpper(to, ARRAY_LEN(to), &from, 1, "", &status);
    if (U_FAILURE(status) || len != 1 || (code >= 0x80 && to[0] < 0x80))
        return code;
    return to[0];
}

static void add_fold(struct table *t, uint32_t code, uint32_t fold) {
    if (code < 0x10000)
        t->unit[code] = (uint16_t)fold;
    if (fold != code && t->len < MAX_FOLDS) {
        t->folds[t->len].from = code;
        t->folds[t->len++].to = fold;
    }
}

static void finish(struct table *t) {
    t->changing = uset_openEmpty();
    for (size_t i = 0; i < t->len; i++)
        uset_add(t->changing, (UChar32)t->folds[i].from);
    uset_freeze(t->changing);
}

static void fill_tables(void) {
    for (uint32_t code = 0; code < 0x10000; code++)
        add_fold(&upper, code, upper_of(code));
    for (uint32_t code = 0; code <= LAST_CASED; code++)
        add_fold(&simple, code,
                 (uint32_t)u_foldCase((UChar32)code, U_FOLD_CASE_DEFAULT));
    finish(&upper);
    finish(&simple);
}

static const struct table *table_of(enum regex_fold fold) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, fill_tables);
    return fold == REGEX_FOLD_UPPER ? &upper : &simple;
}

uint32_t regex_fold_code(enum regex_fold fold, uint32_t code) {
    if (fold == REGEX_FOLD_NONE)
        return code;
    if (code < 0x10000)
        return table_of(fold)->unit[code];
    return (uint32_t)u_foldCase((UChar32)code, U_FOLD_CASE_DEFAULT);
}

void regex_fold_set(enum regex_fold fold, USet *set) {
    const struct table *t;
    USet *changing, *folded;

    if (fold == REGEX_FOLD_NONE)
        return;
    t = table_of(fold);
    if (uset_containsNone(set, t->changing))
        return;
    changing = uset_clone(set);
    uset_retainAll(changing, t->changing);
    uset_removeAll(set, t->changing);
    folded = uset_openEmpty();
    for (size_t i = 0; i < t->len; i++)
        if (uset_contains(changing, (UChar32)t->folds[i].from))
            uset_add(folded, (UChar32)t->folds[i].to);
    uset_addAll(set, folded);
    uset_close(folded);
    uset_close(changing);
}

void regex_fold_text(enum regex_fold fold, struct utf16 from, uint16_t *to) {
    const struct table *t = table_of(fold);

    for (size_t i = 0; i < from.len; i++) {
        uint32_t unit = from.p[i];

        to[i] = t->unit[unit];
        if (fold == REGEX_FOLD_UPPER || !utf16_is_high(unit) ||
            i + 1 == from.len || !utf16_is_low(from.p[i + 1]))
            continue;
        unit = regex_fold_code(fold, utf16_pair(unit, from.p[i + 1]));
        to[i] = (uint16_t)(0xD800 + ((unit - 0x10000) >> 10));
        to[++i] = (uint16_t)(0xDC00 + (unit & 0x3FF));
    }
}
