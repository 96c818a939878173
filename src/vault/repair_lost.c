#include "base/unicode.h"
#include "vault/repair_edit.h"

/* A byte that cp1252 has no character for was dropped, or became U+FFFD, between
 * the two halves of what is written. */
struct lost_row {
    struct str head, tail;
    uint32_t code; /* 0: two readings are possible, nothing is restored */
    enum { ALONE, AFTER_ANOTHER, CLOSING_QUOTE } where;
};

static const struct lost_row rows[] = {
    {STR_INIT("\xc3\xa2"), STR_INIT("\xc2\xab"), 0x23EB, ALONE}, /* â« */
    {STR_INIT("\xc3\xa2"), STR_INIT("\xc2\xac"), 0x23EC, ALONE}, /* â¬ */
    {STR_INIT("\xc3\xa2"), STR_INIT("\xc2\xb3"), 0x23F3, ALONE}, /* â³ */
    {STR_INIT("\xc3\xb0\xc5\xb8\xe2\x80\x9d"), STR_INIT(""), 0x1F501,
     ALONE},                                                     /* ðŸ” */
    {STR_INIT("\xc3\xa2"), STR_INIT("\xc5\x92"), 0x274C, ALONE}, /* âŒ */
    {STR_INIT("\xc3\xaf\xc2\xb8"), STR_INIT(""), 0xFE0F,
     AFTER_ANOTHER}, /* ï¸ */
    {STR_INIT("\xc3\xa2\xe2\x82\xac"), STR_INIT(""), 0x201D,
     CLOSING_QUOTE},                                        /* â€ */
    {STR_INIT("\xc3\xb0\xc5\xb8"), STR_INIT(""), 0, ALONE}, /* ðŸ */
};

struct searching {
    struct repair_edits *out;
    const struct repair_edit *edits; /* those still to come */
    size_t nedits;
    const struct repair_stretch *stretches;
    size_t nstretches;
    struct str text;
    size_t restored; /* end of the last certain one or row */
    /* Quotes on the line so far: all that open, those restored that close. */
    size_t opened, closed;
};

static void count_quote(struct searching *s, uint32_t code) {
    s->opened += code == 0x201C;
    s->closed += code == 0x201D;
}

static void push(struct searching *s, struct repair_edit e) {
    vec_push(&s->out->list, e);
    if (e.kind == REPAIR_LEFT)
        return;
    if (e.certain)
        s->restored = e.end;
    count_quote(s, e.code);
}

static bool may_stand_before(const struct searching *s, size_t at) {
    static const struct str before = STR_INIT("\n \t`([>*_");

    return at == 0 || at == s->restored ||
           str_find(before, s->text.p[at - 1]) != STR_NONE;
}

static bool may_stand_after(const struct searching *s, size_t at) {
    uint32_t code;

    if (at == s->text.len || (s->nedits > 0 && s->edits->begin == at))
        return true;
    utf8_decode(s->text, at, &code);
    return (unicode_class(code) & (UNICODE_LETTER | UNICODE_NUMBER)) == 0;
}

static bool holds(const struct searching *s, const struct lost_row *row,
                  size_t at, size_t end) {
    switch (row->where) {
    case AFTER_ANOTHER:
        return at > 0 && at == s->restored;
    case CLOSING_QUOTE:
        return s->opened > s->closed;
    case ALONE:
        break;
    }
    return may_stand_before(s, at) && may_stand_after(s, end);
}

/* Where the row's text ends that begins at `at`, before `limit`; 0: it does not
 * stand there. */
static size_t row_end(const struct lost_row *row, struct str text, size_t at,
                      size_t limit) {
    static const struct str unknown = STR_INIT("\xef\xbf\xbd");
    struct str rest = str_slice(text, at, limit);

    if (!str_starts(rest, row->head))
        return 0;
    rest = str_skip(rest, row->head.len);
    if (row->code != 0 && str_starts(rest, unknown))
        rest = str_skip(rest, unknown.len);
    if (!str_starts(rest, row->tail))
        return 0;
    return limit - rest.len + row->tail.len;
}

/* Where what stands at `at` ends; it may become an edit. */
static size_t take_character(struct searching *s, size_t at) {
    size_t limit = s->nedits > 0 ? s->edits->begin : s->text.len;
    struct repair_edit left = {.kind = REPAIR_LEFT};
    uint32_t code;

    while (s->nstretches > 0 && s->stretches->end <= at) {
        s->stretches++;
        s->nstretches--;
    }
    if (s->nstretches == 0 || at < s->stretches->begin)
        limit = at;
    else if (limit > s->stretches->end)
        limit = s->stretches->end;
    for (size_t i = 0; i < ARRAY_LEN(rows) && limit > at; i++) {
        size_t end = row_end(&rows[i], s->text, at, limit);
        struct repair_edit e = {.begin = (uint32_t)at,
                                .end = (uint32_t)end,
                                .code = rows[i].code,
                                .kind = REPAIR_LOST,
                                .codec = REPAIR_CP1252,
                                .certain = true};

        if (end == 0)
            continue;
        if (rows[i].code != 0 && holds(s, &rows[i], at, end)) {
            push(s, e);
            return end;
        }
        e.kind = REPAIR_LEFT;
        left = e;
    }
    if (left.end > 0) {
        push(s, left);
        return left.end;
    }
    at += utf8_decode(s->text, at, &code);
    count_quote(s, code == 0x201C ? code : 0);
    return at;
}

void repair_find_lost(struct repair_edits *out, const struct repair_edits *in,
                      struct str text, const struct repair_stretch *stretches,
                      size_t n) {
    struct searching s = {.out = out,
                          .edits = in->list.items,
                          .nedits = in->list.len,
                          .stretches = stretches,
                          .nstretches = n,
                          .text = text};

    for (size_t at = 0, next; (next = utf8_skip_ascii(text, at)) < text.len;) {
        if (next > at && memchr(text.p + at, '\n', next - at) != NULL)
            s.opened = s.closed = 0;
        at = next;
        if (s.nedits > 0 && s.edits->begin == at) {
            at = s.edits->end;
            push(&s, *s.edits);
            s.edits++;
            s.nedits--;
        } else {
            at = take_character(&s, at);
        }
    }
}
