#include "base/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 16
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/regex_emit.h"
#include "base/regex_parse.h"
#include "base/unicode.h"

/* Steps that a search (all searches with one regex_search) may take, bytes of
 * heap, and open groups of what regex_emit writes. */
#define MAX_STEPS 10000000
#define MAX_HEAP_KB 65536
#define MIN_CHEAP 16    /* steps that each place may cost without counting */
#define FREE_STEPS 2000 /* the same of a search that is counted */
#define MAX_NEST 2000

struct regex {
    struct arena arena;
    enum regex_flags flags;
    struct regex_tree tree;
    struct regex_program *program;
    pcre2_code *code;
    bool is_anchored; /* at the start of a text, and nowhere else */
};

/* ---- compiling --------------------------------------------------------------
 */

static const struct {
    char letter;
    enum regex_flags flag;
} flag_letters[] = {
    {'d', REGEX_INDICES},      {'g', REGEX_GLOBAL},  {'i', REGEX_IGNORE_CASE},
    {'m', REGEX_MULTILINE},    {'s', REGEX_DOT_ALL}, {'u', REGEX_UNICODE},
    {'v', REGEX_UNICODE_SETS}, {'y', REGEX_STICKY},
};

static enum regex_flags flag_of(char letter) {
    for (size_t i = 0; i < ARRAY_LEN(flag_letters); i++)
        if (flag_letters[i].letter == letter)
            return flag_letters[i].flag;
    return 0;
}

static bool read_flags(struct str flags, enum regex_flags *read,
                       struct regex_error *error) {
    unsigned all = 0;

    for (size_t i = 0; i < flags.len; i++) {
        unsigned flag = flag_of(flags.p[i]);

        *error = (struct regex_error){.at = utf8_count(str_slice(flags, 0, i)),
                                      .in_flags = true};
        if (flag == 0)
            error->message = "no such flag";
        else if (all & flag)
            error->message = "a flag twice";
        all |= flag;
        if ((all & REGEX_UNICODE) && (all & REGEX_UNICODE_SETS))
            error->message = "flags u and v exclude each other";
        if (error->message != NULL)
            return false;
    }
    *read = (enum regex_flags)all;
    return true;
}

static size_t code_points(struct utf16 pattern, size_t at) {
    size_t n = 0;

    for (size_t i = 0; i < at && i < pattern.len; i++)
        if (i == 0 || !utf16_is_low(pattern.p[i]) ||
            !utf16_is_high(pattern.p[i - 1]))
            n++;
    return n;
}

/* Flag u or v. */
static bool is_unicode(const struct regex *r) {
    return (r->flags & (REGEX_UNICODE | REGEX_UNICODE_SETS)) != 0;
}

static int check(pcre2_callout_block *block, void *context);

static const char *compile(struct regex *r) {
    struct str ascii = r->program->pattern;
    uint16_t *pattern = mem_resize(NULL, ascii.len + 1, sizeof *pattern);
    uint32_t options = PCRE2_DOTALL | PCRE2_MATCH_UNSET_BACKREF |
                       PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_UTF_CHECK;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    PCRE2_SIZE at;
    int error;

    if (context == NULL)
        mem_exhausted();
    for (size_t i = 0; i < ascii.len; i++)
        pattern[i] = (unsigned char)ascii.p[i];
    if (is_unicode(r))
        options |= PCRE2_UTF;
    /* none of these is known to fail but for its size */
    pcre2_set_parens_nest_limit(context, MAX_NEST);
    r->code = pcre2_compile(pattern, ascii.len, options, &error, &at, context);
    pcre2_compile_context_free(context);
    mem_free(pattern);
    if (r->code == NULL)
        return error == PCRE2_ERROR_PATTERN_TOO_LARGE ||
                       error == PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP
                   ? "the pattern is too large"
                   : "the pattern is not supported";
    pcre2_pattern_info(r->code, PCRE2_INFO_ALLOPTIONS, &options);
    r->is_anchored = (options & PCRE2_ANCHORED) != 0;
    /* without it the match only takes longer */
    pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE);
    return NULL;
}

struct regex *regex_new(struct str pattern, struct str flags,
                        struct regex_error *error) {
    struct regex *r = mem_resize(NULL, 1, sizeof *r);
    struct utf16 units;
    size_t at = 0;

    *r = (struct regex){0};
    arena_init(&r->arena);
    *error = (struct regex_error){0};
    if (!read_flags(flags, &r->flags, error)) {
        regex_free(r);
        return NULL;
    }
    *error = (struct regex_error){0};
    units = utf16_from_str(&r->arena, pattern);
    r->tree = regex_parse(&r->arena, units, r->flags);
    error->message = r->tree.error;
    at = r->tree.error_at;
    if (error->message == NULL) {
        r->program = regex_emit(&r->arena, &r->tree, r->flags);
        error->message = r->program->error;
        at = r->program->error_at;
    }
    if (error->message == NULL) {
        error->message = compile(r);
        at = 0;
    }
    if (error->message == NULL)
        return r;
    error->at = code_points(units, at);
    regex_free(r);
    return NULL;
}

void regex_free(struct regex *r) {
    if (r == NULL)
        return;
    pcre2_code_free(r->code);
    arena_release(&r->arena);
    mem_free(r);
}

size_t regex_groups(const struct regex *r) {
    return (size_t)r->tree.n_groups + 1;
}

size_t regex_group_named(const struct regex *r, struct str name) {
    for (size_t i = 0; i < r->tree.n_names; i++)
        if (str_eq(r->tree.names[i].name, name))
            return r->tree.names[i].group;
    return 0;
}

bool regex_has_names(const struct regex *r) {
    return r->tree.n_names > 0;
}

/* ---- callouts ---------------------------------------------------------------
 */

/* Begin of a group of PCRE2's numbers, PCRE2_UNSET without one. */
static PCRE2_SIZE begin_of(const PCRE2_SIZE *offsets, uint32_t top,
                           uint32_t group) {
    return group < top ? offsets[2 * (size_t)group] : PCRE2_UNSET;
}

/* Set, and in the round that each loop around it is in. */
static bool set_now(const struct regex_program *p, const PCRE2_SIZE *offsets,
                    uint32_t top, uint32_t group) {
    const struct regex_capture *c = &p->captures[group];
    PCRE2_SIZE begin = begin_of(offsets, top, c->number);

    if (c->number == 0 || begin == PCRE2_UNSET)
        return false;
    for (const struct regex_loop *l = c->loops; l != NULL; l = l->outer) {
        PCRE2_SIZE round = begin_of(offsets, top, l->marker);

        if (round != PCRE2_UNSET && begin < round)
            return false;
    }
    return true;
}

/* 0: go on, 1: this way there is no match. */
static int check(pcre2_callout_block *block, void *context) {
    const struct regex_program *p = context;
    const struct regex_check *c = &p->checks[block->callout_number - 1];
    const PCRE2_SIZE *offsets = block->offset_vector;
    uint32_t top = block->capture_top;
    PCRE2_SIZE at = block->current_position;

    switch (c->kind) {
    case REGEX_PROGRESS:
        return begin_of(offsets, top, c->marker) == at &&
               (c->entry == 0 || begin_of(offsets, top, c->entry) != at);
    case REGEX_SET_NOW:
        return !set_now(p, offsets, top, c->group);
    case REGEX_UNSET_NOW:
        return set_now(p, offsets, top, c->group);
    }
    return 0;
}

/* ---- matching ---------------------------------------------------------------
 */

/* A copy with what ignores case folded, and halves of pairs hidden from PCRE2,
 * which knows of none with PCRE2_UTF. */
static uint16_t *prepared(const struct regex *r, struct utf16 text) {
    enum regex_fold fold = regex_fold_of(r->flags);
    uint16_t *to;

    if (fold == REGEX_FOLD_NONE && !is_unicode(r))
        return NULL;
    to = mem_resize(NULL, text.len + 1, sizeof *to);
    if (fold != REGEX_FOLD_NONE)
        regex_fold_text(fold, text, to);
    else if (text.len > 0)
        memcpy(to, text.p, text.len * sizeof *to);
    if (!is_unicode(r))
        return to;
    for (size_t i = 0; i < text.len; i++) {
        if (utf16_is_high(to[i]) && i + 1 < text.len && utf16_is_low(to[i + 1]))
            i++;
        else if (to[i] >= 0xD800 && to[i] <= 0xDFFF)
            to[i] = UNICODE_REPLACEMENT;
    }
    return to;
}

void regex_search_begin(struct regex_search *s, const struct regex *r,
                        struct utf16 text) {
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    uint64_t cheap = MAX_STEPS / 4 / (text.len + 1);

    if (context == NULL)
        mem_exhausted();
    *s = (struct regex_search){.regex = r, .text = text, .steps = MAX_STEPS};
    s->share = s->cheap = cheap < MIN_CHEAP ? MIN_CHEAP : (uint32_t)cheap;
    s->folded = prepared(r, text);
    s->match = pcre2_match_data_create_from_pattern(r->code, NULL);
    if (s->match == NULL)
        mem_exhausted();
    pcre2_set_heap_limit(context, MAX_HEAP_KB);
    pcre2_set_callout(context, check, r->program);
    s->context = context;
}

void regex_search_count(struct regex_search *s) {
    uint64_t cheap = FREE_STEPS / (s->text.len + 1) + MIN_CHEAP;

    if (cheap < s->cheap)
        s->cheap = (uint32_t)cheap;
}

void regex_search_end(struct regex_search *s) {
    pcre2_match_data_free(s->match);
    pcre2_match_context_free(s->context);
    mem_free(s->folded);
}

static int match(struct regex_search *s, size_t from, uint32_t options,
                 uint32_t limit) {
    static const uint16_t none[1];
    const uint16_t *text = s->folded != NULL ? s->folded : s->text.p;
    int result;

    if (text == NULL)
        text = none;
    pcre2_set_match_limit(s->context, limit);
    result = pcre2_match(s->regex->code, text, s->text.len, from,
                         options | PCRE2_NO_UTF_CHECK, s->match, s->context);
    if (result == PCRE2_ERROR_JIT_STACKLIMIT)
        result = pcre2_match(s->regex->code, text, s->text.len, from,
                             options | PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT,
                             s->match, s->context);
    if (result == PCRE2_ERROR_NOMEMORY)
        mem_exhausted();
    return result;
}

/* At this place only, with as many steps as it needs and are left. */
static int match_at(struct regex_search *s, size_t at) {
    uint32_t limit = s->cheap;

    for (;;) {
        int result;

        if (s->steps < limit)
            return PCRE2_ERROR_MATCHLIMIT;
        result = match(s, at, PCRE2_ANCHORED, limit);
        s->steps -= limit;
        if (result != PCRE2_ERROR_MATCHLIMIT)
            return result;
        limit *= 4;
    }
}

/* All places at once. What a search that is not cheap has taken is not known: some
 * place has needed more than the try before allowed, and few others as much. */
static int match_all(struct regex_search *s, size_t from) {
    uint64_t places = s->regex->is_anchored ? 1 : s->text.len - from + 1;
    uint64_t taken = 0;

    for (uint32_t limit = s->cheap;;) {
        int result;

        if (s->steps < taken)
            return PCRE2_ERROR_MATCHLIMIT;
        s->steps -= taken;
        result = match(s, from, 0, limit);
        if (result != PCRE2_ERROR_MATCHLIMIT || limit >= s->share)
            return result;
        taken = limit + limit * places / 8;
        limit = s->share / 8 > limit ? limit * 8 : s->share;
    }
}

/*
 * PCRE2 counts steps anew at each place where a match may begin.  So the first
 * tries allow each place a share; only where one needs more they are tried one
 * by one, and what that costs is counted.
 */
static int find(struct regex_search *s, size_t from) {
    int result = match_all(s, from);

    if (result != PCRE2_ERROR_MATCHLIMIT)
        return result;
    for (size_t at = from; at <= s->text.len; at++) {
        if (at > 0 && at < s->text.len && is_unicode(s->regex) &&
            utf16_is_low(s->folded[at]))
            continue;
        result = match_at(s, at);
        if (result != PCRE2_ERROR_NOMATCH)
            return result;
    }
    return PCRE2_ERROR_NOMATCH;
}

static void report(struct regex_search *s, struct regex_span *groups) {
    const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(s->match);
    uint32_t top = pcre2_get_ovector_count(s->match);
    const struct regex_program *p = s->regex->program;

    groups[0] = (struct regex_span){offsets[0], offsets[1]};
    for (uint32_t i = 1; i <= s->regex->tree.n_groups; i++) {
        size_t number = p->captures[i].number;

        groups[i] = (struct regex_span){STR_NONE, STR_NONE};
        if (set_now(p, offsets, top, i))
            groups[i] = (struct regex_span){offsets[2 * number],
                                            offsets[2 * number + 1]};
    }
}

enum regex_outcome regex_search_next(struct regex_search *s, size_t from,
                                     bool anchored, struct regex_span *groups) {
    int result;

    /* with u or v a place inside a pair is the pair's */
    if (from > 0 && from < s->text.len && is_unicode(s->regex) &&
        utf16_is_low(s->folded[from]))
        from--;
    result = anchored ? match_at(s, from) : find(s, from);
    switch (result) {
    case PCRE2_ERROR_NOMATCH:
        return REGEX_NO_MATCH;
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
        return REGEX_LIMIT;
    default:
        break;
    }
    if (result < 0) {
        fprintf(stderr, "vaultsite: PCRE2: error %d\n", result);
        abort();
    }
    if (groups != NULL)
        report(s, groups);
    return REGEX_MATCH;
}

enum regex_outcome regex_exec(const struct regex *r, struct utf16 text,
                              size_t from, struct regex_span *groups) {
    enum regex_outcome outcome;
    struct regex_search s;

    if (from > text.len)
        return REGEX_NO_MATCH;
    regex_search_begin(&s, r, text);
    outcome =
        regex_search_next(&s, from, (r->flags & REGEX_STICKY) != 0, groups);
    regex_search_end(&s);
    return outcome;
}

enum regex_outcome regex_test(const struct regex *r, struct str text,
                              uint64_t *steps) {
    enum regex_outcome outcome;
    struct regex_search s;
    struct arena scratch;
    uint64_t had;

    arena_init(&scratch);
    regex_search_begin(&s, r, utf16_from_str(&scratch, text));
    if (steps != NULL) {
        regex_search_count(&s);
        s.steps = s.steps < *steps ? s.steps : *steps;
    }
    had = s.steps;
    outcome = regex_search_next(&s, 0, (r->flags & REGEX_STICKY) != 0, NULL);
    if (steps != NULL)
        *steps -= had - s.steps;
    regex_search_end(&s);
    arena_release(&scratch);
    return outcome;
}
