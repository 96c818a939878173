#include <assert.h>
#include <stdint.h>

#include "base/unicode.h"
#include "vault/settings.h"

/* Positions in the pattern that the text read so far can have led to. Keeping
 * them all makes a match linear in the path, whatever the stars. */
struct places {
    size_t at[SETTINGS_GLOB_MAX + 1];
    size_t len;
    bool seen[SETTINGS_GLOB_MAX + 1];
};

static void places_clear(struct places *set, struct str pattern) {
    set->len = 0;
    memset(set->seen, 0, pattern.len + 1);
}

static void places_put(struct places *set, struct str pattern, size_t at) {
    if (at <= pattern.len && !set->seen[at]) {
        set->seen[at] = true;
        set->at[set->len++] = at;
    }
}

static bool star_at(struct str pattern, size_t at) {
    return at < pattern.len && pattern.p[at] == '*';
}

/* `at` and every place that a star reaches from there by matching nothing;
 * `fresh`: the next character of the path begins a component. */
static void places_add(struct places *set, struct str pattern, size_t at,
                       bool fresh) {
    size_t i = set->len;

    for (places_put(set, pattern, at); i < set->len; i++) {
        size_t p = set->at[i];
        if (!star_at(pattern, p))
            continue;
        if (!star_at(pattern, p + 1)) {
            places_put(set, pattern, p + 1);
            continue;
        }
        places_put(set, pattern, p + 2);
        if (fresh && p + 2 < pattern.len && pattern.p[p + 2] == '/')
            places_put(set, pattern, p + 3);
    }
}

/* From `from` by the character `c`. */
static void places_step(struct places *to, const struct places *from,
                        struct str pattern, struct str c) {
    bool slash = c.p[0] == '/';

    for (size_t i = 0; i < from->len; i++) {
        size_t p = from->at[i];
        if (p == pattern.len)
            continue;
        if (star_at(pattern, p)) {
            if (!slash || star_at(pattern, p + 1))
                places_add(to, pattern, p, slash);
        } else if (pattern.p[p] == '?') {
            if (!slash)
                places_add(to, pattern, p + 1, false);
        } else if (str_eq(str_slice(pattern, p, p + c.len), c)) {
            places_add(to, pattern, p + c.len, slash);
        }
    }
}

bool settings_glob(struct str pattern, struct str path) {
    struct places sets[2];
    struct places *now = &sets[0], *then = &sets[1];
    bool folder_only = false, anchored;

    assert(pattern.len <= SETTINGS_GLOB_MAX);
    while (pattern.len > 0 && pattern.p[pattern.len - 1] == '/') {
        folder_only = true;
        pattern.len--;
    }
    anchored = str_find(pattern, '/') != STR_NONE;
    if (pattern.len > 0 && pattern.p[0] == '/')
        pattern = str_skip(pattern, 1);
    if (pattern.len == 0)
        return false;

    places_clear(now, pattern);
    places_add(now, pattern, 0, true);
    for (size_t at = 0; at < path.len;) {
        uint32_t code;
        size_t n = utf8_decode(path, at, &code);
        places_clear(then, pattern);
        if (code == '/') {
            if (now->seen[pattern.len])
                return true;
            if (!anchored)
                places_add(then, pattern, 0, true);
        }
        places_step(then, now, pattern, str_slice(path, at, at + n));
        if (anchored && then->len == 0)
            return false;
        struct places *swap = now;
        now = then;
        then = swap;
        at += n;
    }
    return !folder_only && now->seen[pattern.len];
}
