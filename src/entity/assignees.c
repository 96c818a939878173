#include "entity/assignees.h"

#include "base/name_key.h"
#include "base/unicode.h"
#include "base/utf16.h"
#include "entity/beginnings.h"
#include "entity/name_text.h"
#include "note/role.h"

#define PERSON STR("person")

/* Words of a new name. */
enum { FEWEST_WORDS = 2, MOST_WORDS = 4 };

/* Bytes behind an `@` that are looked at: so many of them on one line cost no more than
 * the line is long. */
#define MAX_LOOK 1024

struct reading {
    struct assignees *out;
    struct roster *roster;
    const struct linked *linked;
    uint32_t from;
    struct str text;
    struct arena *scratch;
};

/* --- words --- */

static bool is_capital(struct str word) {
    uint32_t code;

    utf8_decode(word, 0, &code);
    return unicode_lower(code) != code;
}

static bool is_particle(struct str word) {
    static const struct str particles[] = {
        STR_INIT("de"),  STR_INIT("van"), STR_INIT("von"), STR_INIT("der"),
        STR_INIT("den"), STR_INIT("da"),  STR_INIT("di"),  STR_INIT("la"),
        STR_INIT("le"),  STR_INIT("bin"), STR_INIT("al"),  STR_INIT("ten"),
        STR_INIT("del"),
    };

    for (size_t i = 0; i < ARRAY_LEN(particles); i++)
        if (str_eq(word, particles[i]))
            return true;
    return false;
}

/* The next word at or after *at, or "" where none follows; *at is then its end. */
static struct str next_word(struct str text, size_t *at) {
    size_t begin = text.len, n;
    uint32_t code;

    for (; *at < text.len; *at += n) {
        n = utf8_decode(text, *at, &code);
        if (!name_is_blank(code))
            begin = *at < begin ? *at : begin;
        else if (begin < text.len)
            break;
    }
    return str_slice(text, begin, *at);
}

/* Whether all of `text` may be the name of somebody new. */
static bool looks_like_name(struct str text) {
    struct str word, last = STR("");
    size_t at = 0, n = 0;

    if (text.len > NAME_MAX_BYTES)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (memchr(",.;:!?()", text.p[i], 8) != NULL)
            return false;
    while ((word = next_word(text, &at)).len > 0) {
        if (!is_capital(word) && (n == 0 || !is_particle(word)))
            return false;
        last = word;
        if (++n > MOST_WORDS)
            return false;
    }
    return n >= FEWEST_WORDS && is_capital(last);
}

/* A word without the signs that may follow it in a sentence. */
static struct str without_signs(struct str word) {
    while (word.len > 1 &&
           memchr(",.;:!?)]\"'*_", word.p[word.len - 1], 12) != NULL)
        word.len--;
    return word;
}

/* Whether the first words of `text` are a placeholder. */
static bool begins_placeholder(const struct reading *r, struct str text) {
    size_t at = 0;

    for (int i = 0; i < MOST_WORDS && next_word(text, &at).len > 0; i++) {
        struct str words = str_slice(text, 0, at);
        if (roster_is_placeholder(r->roster, name_key(r->scratch, words)) ||
            roster_is_placeholder(r->roster,
                                  name_key(r->scratch, without_signs(words))))
            return true;
    }
    return false;
}

/* --- one `@` --- */

static void add(struct reading *r, uint32_t entity, size_t at, size_t end,
                struct str written) {
    r->out->items[r->out->len++] = (struct assignee){entity, at, end, written};
}

static void add_unknown(struct reading *r, size_t at, struct str rest) {
    size_t end = 0;
    struct str word;

    if (r->out->unknown.len > 0)
        return;
    rest = str_slice(rest, 0, utf8_floor(rest, NAME_MAX_BYTES));
    word = without_signs(next_word(rest, &end));
    if (word.len == 0 || begins_placeholder(r, rest))
        return;
    r->out->unknown = word;
    r->out->unknown_at = at;
}

/* The name in a link is known from its begin to its end. */
static void add_unknown_link(struct reading *r, size_t at, struct str name) {
    if (r->out->unknown.len > 0 || begins_placeholder(r, name))
        return;
    r->out->unknown = name;
    r->out->unknown_at = at;
}

/* Somebody new, or ROSTER_NOBODY. */
static uint32_t add_person(const struct reading *r, struct str name) {
    if (!looks_like_name(name) ||
        roster_is_placeholder(r->roster, name_key(r->scratch, name)) ||
        roster_person(r->roster, name, r->scratch) != ROSTER_NOBODY)
        return ROSTER_NOBODY;
    return roster_add(r->roster, PERSON, name);
}

static bool is_persons_note(const struct note *n) {
    return n->role.role == ROLE_ENTITY && str_eq(n->role.kind, PERSON);
}

/* `[[Link]]`, `[[Link|label]]` behind the `@` at `at`; false: none stands there. */
static bool read_link(struct reading *r, size_t at, size_t *end) {
    struct str rest = str_slice(r->text, at + 1, at + MAX_LOOK), inside, target;
    struct str name;
    size_t close = str_starts(rest, STR("[["))
                       ? str_find_str(rest, STR("]]"), 2)
                       : STR_NONE;
    struct target found;
    uint32_t entity = ROSTER_NOBODY;

    if (close == STR_NONE)
        return false;
    *end = at + 1 + close + 2;
    inside = str_slice(rest, 2, close);
    target = str_trim(str_until(str_until(inside, '|'), '#'));
    found = linked_resolve(r->linked, r->from, target, STR(""), r->scratch);
    if (found.outcome == LINK_FILE || target.len == 0)
        return true;
    if (found.outcome == LINK_NOTE) {
        if (is_persons_note(r->linked->notes[found.file]))
            entity = roster_of_note(r->roster, found.file);
        else
            add_unknown_link(r, at, name_of_note(target));
    } else {
        name = name_of_note(target);
        entity = roster_person(r->roster, name, r->scratch);
        if (entity == ROSTER_NOBODY)
            entity = add_person(r, name);
        if (entity == ROSTER_NOBODY || entity == ROSTER_SHARED)
            add_unknown_link(r, at, name);
    }
    if (ROSTER_IS_ENTITY(entity) || entity == ROSTER_OWNER)
        add(r, entity, at, *end,
            str_find(inside, '|') != STR_NONE ? str_after(inside, '|')
                                              : target);
    return true;
}

/* What ends the text with the signs that stand before the `@` (`**@Ada Example**`). */
static struct str rest_of(const struct reading *r, size_t at) {
    struct str rest = utf16_trim_end(str_skip(r->text, at + 1));

    while (at > 0 && rest.len > 0 &&
           memchr("*_\"'", r->text.p[at - 1], 4) != NULL &&
           rest.p[rest.len - 1] == r->text.p[at - 1]) {
        rest.len--;
        at--;
    }
    return rest;
}

/* The longest known name behind the `@` at `at`. `_` goes on with a word (§3), but not
 * where it ends what it began: `_@Ada Example_`. */
static struct roster_hit longest_person(const struct reading *r, size_t at) {
    struct roster_hit hit = roster_longest_person(r->roster, r->text, at + 1,
                                                  r->scratch),
                      inside;
    const char *mark = at > 0 && r->text.p[at - 1] == '_'
                           ? memchr(r->text.p + at, '_', r->text.len - at)
                           : NULL;
    size_t end = mark != NULL ? (size_t)(mark - r->text.p) : 0;

    if (end == 0 || (end + 1 < r->text.len &&
                     ascii_alnum((unsigned char)r->text.p[end + 1])))
        return hit;
    inside = roster_longest_person(r->roster, str_slice(r->text, 0, end),
                                   at + 1, r->scratch);
    return inside.len > hit.len ? inside : hit;
}

/* Returns where to read on. */
static size_t read_at(struct reading *r, size_t at) {
    struct roster_hit hit;
    struct str rest;
    uint32_t entity;
    size_t end;

    if (read_link(r, at, &end))
        return end;
    hit = longest_person(r, at);
    if (hit.len > 0 && hit.entity != ROSTER_NOBODY) {
        end = at + 1 + hit.len;
        add(r, hit.entity, at, end, str_slice(r->text, at + 1, end));
        return end;
    }
    rest = rest_of(r, at);
    entity = rest.len > 0 && ascii_space((unsigned char)rest.p[0])
                 ? ROSTER_NOBODY
                 : add_person(r, rest);
    if (entity != ROSTER_NOBODY) {
        end = at + 1 + rest.len;
        add(r, entity, at, end, rest);
        return end;
    }
    if (rest.len > 0 && !ascii_space((unsigned char)rest.p[0]))
        add_unknown(r, at, rest);
    return at + 1;
}

/* At the start, after white space or an opening sign. */
static bool may_stand(struct str text, size_t at) {
    uint32_t code;

    if (at == 0 || text.p[at - 1] == ' ' || /* most */
        memchr("([\"'*_", text.p[at - 1], 6) != NULL)
        return true;
    utf8_decode_back(text, at, &code);
    return name_is_blank(code);
}

void assignees_read(struct assignees *out, struct roster *r,
                    const struct linked *l, uint32_t from, struct str text,
                    struct arena *scratch) {
    struct reading reading = {out, r, l, from, text, scratch};
    size_t at = 0;

    out->len = 0;
    out->unknown = STR("");
    while (at < text.len && out->len < ASSIGNEES_MAX) {
        const char *sign = memchr(text.p + at, '@', text.len - at);

        if (sign == NULL)
            return;
        at = (size_t)(sign - text.p);
        at = may_stand(text, at) ? read_at(&reading, at) : at + 1;
    }
}

struct str assignees_cut(const struct assignees *a, struct str text) {
    struct str left = utf16_trim_end(text);

    for (uint32_t i = a->len; i > 0; i--) {
        struct str before = left;

        /* `@Ada Example, @Bo Sample`: a sign between two of them. */
        if (i < a->len && before.len > 0 &&
            memchr(",;&/+", before.p[before.len - 1], 5) != NULL)
            before = utf16_trim_end(str_slice(before, 0, before.len - 1));
        if (a->items[i - 1].end != before.len)
            break;
        left = utf16_trim_end(str_slice(text, 0, a->items[i - 1].begin));
    }
    return utf16_trim(left);
}
