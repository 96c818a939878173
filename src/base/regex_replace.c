#include "base/regex_replace.h"

#include "base/vec.h"

struct units {
    VEC(uint16_t) list;
};

static void add_units(struct units *out, struct utf16 u) {
    for (size_t i = 0; i < u.len; i++)
        vec_push(&out->list, u.p[i]);
}

static struct utf16 between(struct utf16 u, size_t from, size_t to) {
    return (struct utf16){from > 0 ? u.p + from : u.p, to - from};
}

static struct utf16 group_text(struct utf16 text, struct regex_span span) {
    return span.from == STR_NONE ? (struct utf16){NULL, 0}
                                 : between(text, span.from, span.to);
}

/* Where a search goes on that matched nothing at `at`. */
static size_t one_on(const struct regex *r, struct utf16 text, size_t at) {
    if (regex_is_unicode(r) && at + 1 < text.len && utf16_is_high(text.p[at]) &&
        utf16_is_low(text.p[at + 1]))
        return at + 2;
    return at + 1;
}

/* ---- replacing --------------------------------------------------------------
 */

struct replacing {
    const struct regex *regex;
    struct utf16 text, with;
    const struct regex_span *groups;
    struct units out;
};

static uint16_t unit_at(struct utf16 u, size_t at) {
    return at < u.len ? u.p[at] : 0;
}

/* `$1` or `$12` at `at`: its length, or 0 where no group has that number. */
static size_t put_numbered(struct replacing *job, size_t at) {
    size_t n_groups = regex_groups(job->regex) - 1, group = 0, digits = 0;

    while (digits < 2 && unit_at(job->with, at + 1 + digits) >= '0' &&
           unit_at(job->with, at + 1 + digits) <= '9')
        group = group * 10 + job->with.p[at + 1 + digits++] - '0';
    if (digits == 2 && group > n_groups) {
        digits = 1;
        group /= 10;
    }
    if (group == 0 || group > n_groups)
        return 0;
    add_units(&job->out, group_text(job->text, job->groups[group]));
    return 1 + digits;
}

/* `$<name>` at `at`: its length, or 0 without an end or any named group. */
static size_t put_named(struct replacing *job, size_t at) {
    size_t end = at + 2, group;
    struct arena scratch;

    while (end < job->with.len && job->with.p[end] != '>')
        end++;
    if (end >= job->with.len || !regex_has_names(job->regex))
        return 0;
    arena_init(&scratch);
    group = regex_group_named(
        job->regex, utf16_to_str(&scratch, between(job->with, at + 2, end)));
    arena_release(&scratch);
    if (group > 0)
        add_units(&job->out, group_text(job->text, job->groups[group]));
    return end + 1 - at;
}

/* What a `$` at `at` begins: its length, 0 for nothing. */
static size_t put_dollar(struct replacing *job, size_t at) {
    struct regex_span whole = job->groups[0];
    uint16_t c = unit_at(job->with, at + 1);

    switch (c) {
    case '$':
        vec_push(&job->out.list, '$');
        return 2;
    case '&':
        add_units(&job->out, group_text(job->text, whole));
        return 2;
    case '`':
        add_units(&job->out, between(job->text, 0, whole.from));
        return 2;
    case '\'':
        add_units(&job->out, between(job->text, whole.to, job->text.len));
        return 2;
    case '<':
        return put_named(job, at);
    default:
        return c >= '0' && c <= '9' ? put_numbered(job, at) : 0;
    }
}

static void put_replacement(struct replacing *job) {
    for (size_t at = 0; at < job->with.len;) {
        size_t len = job->with.p[at] == '$' ? put_dollar(job, at) : 0;

        if (len == 0)
            vec_push(&job->out.list, job->with.p[at++]);
        at += len;
    }
}

/* What the text becomes is left in job->out. */
static enum regex_outcome replace(struct replacing *job) {
    const struct regex *r = job->regex;
    struct regex_span *groups =
        mem_resize(NULL, regex_groups(r), sizeof *groups);
    enum regex_outcome outcome;
    struct regex_search search;
    size_t from = 0, done = 0; /* next place to look at; what is written */
    bool found = false;

    job->groups = groups;
    regex_search_begin(&search, r, job->text);
    do {
        outcome = regex_search_next(&search, from, regex_is_sticky(r), groups);
        if (outcome != REGEX_MATCH)
            break;
        found = true;
        add_units(&job->out, between(job->text, done, groups[0].from));
        put_replacement(job);
        done = from = groups[0].to;
        if (groups[0].from == groups[0].to)
            from = one_on(r, job->text, from);
    } while (regex_is_global(r) && from <= job->text.len);
    if (found)
        add_units(&job->out, between(job->text, done, job->text.len));
    regex_search_end(&search);
    mem_free(groups);
    return found && outcome != REGEX_LIMIT ? REGEX_MATCH : outcome;
}

enum regex_outcome regex_replace(const struct regex *r, struct arena *a,
                                 struct str text, struct str replacement,
                                 struct str *out) {
    struct replacing job = {.regex = r};
    enum regex_outcome outcome;
    struct arena scratch;

    arena_init(&scratch);
    job.text = utf16_from_str(&scratch, text);
    job.with = utf16_from_str(&scratch, replacement);
    outcome = replace(&job);
    *out = text;
    if (outcome == REGEX_MATCH)
        *out = utf16_to_str(
            a, (struct utf16){job.out.list.items, job.out.list.len});
    vec_release(&job.out.list);
    arena_release(&scratch);
    return outcome;
}

/* ---- splitting --------------------------------------------------------------
 */

struct splitting {
    const struct regex *regex;
    struct arena *arena;
    struct utf16 text;
    size_t limit;
    VEC(struct regex_part) parts;
};

static void add_part(struct splitting *job, struct regex_span span) {
    struct regex_part part = {.unset = span.from == STR_NONE};

    if (job->parts.len == job->limit)
        return;
    part.text = utf16_to_str(job->arena, group_text(job->text, span));
    vec_push(&job->parts, part);
}

static enum regex_outcome split(struct splitting *job,
                                struct regex_search *search,
                                struct regex_span *groups) {
    size_t begin = 0, from = 0; /* of the part; where to look */
    size_t len = job->text.len;
    enum regex_outcome outcome;

    while (from < len || len == 0) {
        outcome = regex_search_next(search, from, false, groups);
        if (outcome == REGEX_LIMIT)
            return outcome;
        if (len == 0 && outcome == REGEX_MATCH)
            return outcome; /* "" with a match has no parts */
        if (outcome == REGEX_NO_MATCH || groups[0].from >= len)
            break;
        if (groups[0].to == begin) {
            from = one_on(job->regex, job->text, groups[0].from);
            continue;
        }
        add_part(job, (struct regex_span){begin, groups[0].from});
        for (size_t i = 1; i < regex_groups(job->regex); i++)
            add_part(job, groups[i]);
        if (job->parts.len == job->limit)
            return REGEX_MATCH;
        begin = from = groups[0].to;
    }
    add_part(job, (struct regex_span){begin, len});
    return REGEX_MATCH;
}

enum regex_outcome regex_split(const struct regex *r, struct arena *a,
                               struct str text, size_t limit,
                               struct regex_parts *parts) {
    struct regex_span *groups =
        mem_resize(NULL, regex_groups(r), sizeof *groups);
    struct splitting job = {.regex = r, .arena = a, .limit = limit};
    enum regex_outcome outcome = REGEX_MATCH;
    struct regex_search search;
    struct arena scratch;

    arena_init(&scratch);
    job.text = utf16_from_str(&scratch, text);
    regex_search_begin(&search, r, job.text);
    if (limit > 0)
        outcome = split(&job, &search, groups);
    regex_search_end(&search);
    *parts = (struct regex_parts){0};
    if (outcome == REGEX_MATCH)
        *parts = (struct regex_parts){vec_keep(a, &job.parts), job.parts.len};
    vec_release(&job.parts);
    arena_release(&scratch);
    mem_free(groups);
    return outcome;
}
