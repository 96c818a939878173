#include "base/word.h"

#define MAX_WORD 63 /* longer ones are not compared */

/* Insertions, removals, changes and swaps of neighbours between two words. */
static size_t distance(struct str a, struct str b) {
    size_t rows[3][MAX_WORD + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];

    for (size_t j = 0; j <= b.len; j++)
        last[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            char x = ascii_lower(a.p[i - 1]), y = ascii_lower(b.p[j - 1]);
            size_t best = last[j - 1] + (x != y);
            if (last[j] + 1 < best)
                best = last[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && x == ascii_lower(b.p[j - 2]) &&
                ascii_lower(a.p[i - 2]) == y && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
        size_t *oldest = before;
        before = last;
        last = now;
        now = oldest;
    }
    return last[b.len];
}

/* The only word that begins so, or "". */
static struct str begun(struct str written, const struct str *words, size_t n) {
    struct str found = STR("");

    for (size_t i = 0; i < n; i++) {
        if (!str_starts_nocase(words[i], written))
            continue;
        if (found.len > 0)
            return STR("");
        found = words[i];
    }
    return found;
}

struct str word_nearest(struct str written, const struct str *words, size_t n) {
    struct str nearest;
    size_t least = written.len / 3 + 1;

    if (written.len == 0 || written.len > MAX_WORD)
        return STR("");
    nearest = begun(written, words, n);
    if (nearest.len > 0)
        return nearest;
    for (size_t i = 0; i < n; i++) {
        if (words[i].len > MAX_WORD)
            continue;
        size_t d = distance(written, words[i]);
        if (d < least || (d == least && nearest.len == 0)) {
            least = d;
            nearest = words[i];
        }
    }
    return nearest;
}
