#include "value/date_parse_format.h"

#include <math.h>

#include "base/unicode.h"
#include "base/utf16.h"
#include "base/vec.h"
#include "value/date_make.h"
#include "value/format_piece.h"
#include "value/number.h"

enum part {
    PART_YEAR,
    PART_MONTH,
    PART_DAY,
    PART_ORDINAL,
    PART_WEEK_YEAR,
    PART_WEEK,
    PART_WEEKDAY,
    PART_HOUR,
    PART_MINUTE,
    PART_SECOND,
    PART_MS,
    PART_QUARTER,
    PARTS
};

enum token_kind {
    TOKEN_NUMBER,
    TOKEN_SHORT_YEAR, /* of two digits: 1961 to 2060 */
    TOKEN_FRACTION,   /* of a second */
    TOKEN_MONTH,
    TOKEN_WEEKDAY,
    TOKEN_HALF, /* of the day */
    TOKEN_ERA,
    TOKEN_OFFSET,
    TOKEN_ZONE,
    TOKEN_BLANK, /* any one, in a locale's form */
};

/* One row for each token that is read. */
static const struct token {
    char letter;
    uint8_t times, kind;
    uint8_t min, max; /* digits; max of names: how many letters, 0 for all */
    uint8_t part;
} tokens[] = {
    {'y', 1, TOKEN_NUMBER, 1, 6, PART_YEAR},
    {'y', 2, TOKEN_SHORT_YEAR, 2, 4, PART_YEAR},
    {'y', 4, TOKEN_NUMBER, 4, 4, PART_YEAR},
    {'y', 5, TOKEN_NUMBER, 4, 6, PART_YEAR},
    {'y', 6, TOKEN_NUMBER, 6, 6, PART_YEAR},
    {'L', 1, TOKEN_NUMBER, 1, 2, PART_MONTH},
    {'L', 2, TOKEN_NUMBER, 2, 2, PART_MONTH},
    {'L', 3, TOKEN_MONTH, 0, 3, PART_MONTH},
    {'L', 4, TOKEN_MONTH, 0, 0, PART_MONTH},
    {'M', 1, TOKEN_NUMBER, 1, 2, PART_MONTH},
    {'M', 2, TOKEN_NUMBER, 2, 2, PART_MONTH},
    {'M', 3, TOKEN_MONTH, 0, 3, PART_MONTH},
    {'M', 4, TOKEN_MONTH, 0, 0, PART_MONTH},
    {'d', 1, TOKEN_NUMBER, 1, 2, PART_DAY},
    {'d', 2, TOKEN_NUMBER, 2, 2, PART_DAY},
    {'o', 1, TOKEN_NUMBER, 1, 3, PART_ORDINAL},
    {'o', 3, TOKEN_NUMBER, 3, 3, PART_ORDINAL},
    {'k', 2, TOKEN_SHORT_YEAR, 2, 4, PART_WEEK_YEAR},
    {'k', 4, TOKEN_NUMBER, 4, 4, PART_WEEK_YEAR},
    {'W', 1, TOKEN_NUMBER, 1, 2, PART_WEEK},
    {'W', 2, TOKEN_NUMBER, 2, 2, PART_WEEK},
    {'c', 1, TOKEN_NUMBER, 1, 1, PART_WEEKDAY},
    {'c', 3, TOKEN_WEEKDAY, 0, 3, PART_WEEKDAY},
    {'c', 4, TOKEN_WEEKDAY, 0, 0, PART_WEEKDAY},
    {'E', 1, TOKEN_NUMBER, 1, 1, PART_WEEKDAY},
    {'E', 3, TOKEN_WEEKDAY, 0, 3, PART_WEEKDAY},
    {'E', 4, TOKEN_WEEKDAY, 0, 0, PART_WEEKDAY},
    {'H', 1, TOKEN_NUMBER, 1, 2, PART_HOUR},
    {'H', 2, TOKEN_NUMBER, 2, 2, PART_HOUR},
    {'h', 1, TOKEN_NUMBER, 1, 2, PART_HOUR},
    {'h', 2, TOKEN_NUMBER, 2, 2, PART_HOUR},
    {'m', 1, TOKEN_NUMBER, 1, 2, PART_MINUTE},
    {'m', 2, TOKEN_NUMBER, 2, 2, PART_MINUTE},
    {'s', 1, TOKEN_NUMBER, 1, 2, PART_SECOND},
    {'s', 2, TOKEN_NUMBER, 2, 2, PART_SECOND},
    {'S', 1, TOKEN_NUMBER, 1, 3, PART_MS},
    {'S', 3, TOKEN_NUMBER, 3, 3, PART_MS},
    {'u', 1, TOKEN_FRACTION, 1, 9, PART_MS},
    {'u', 2, TOKEN_FRACTION, 1, 2, PART_MS},
    {'u', 3, TOKEN_FRACTION, 1, 1, PART_MS},
    {'q', 1, TOKEN_NUMBER, 1, 2, PART_QUARTER},
    {'q', 2, TOKEN_NUMBER, 2, 2, PART_QUARTER},
    {'a', 1, TOKEN_HALF, 0, 0, 0},
    {'G', 1, TOKEN_ERA, 0, 2, 0},
    {'G', 2, TOKEN_ERA, 0, 0, 0},
    {'Z', 1, TOKEN_OFFSET, 0, 0, 0},
    {'Z', 2, TOKEN_OFFSET, 0, 0, 0},
    {'Z', 3, TOKEN_OFFSET, 0, 1, 0}, /* no colon */
    {'z', 1, TOKEN_ZONE, 0, 0, 0},
};

static const struct token blank_token = {' ', 1, TOKEN_BLANK, 0, 0, 0};

/* A piece of the format and what it matched. */
struct match {
    const struct token *token; /* NULL for a literal */
    struct str literal, found;
};

struct matcher {
    struct str text;
    VEC(struct match) matches;
    /* A bit for each match and place from which the rest did not match, so that
     * no place is tried twice. */
    VEC(uint64_t) failed;
};

/* Where a form is read and not written, one digit does for two. */
static void loosen(struct format_piece *p) {
    if (p->times == 2)
        p->times = 1;
    if (p->letter == 'L')
        p->letter = 'M';
    else if (p->letter == 'c')
        p->letter = 'E';
}

static void add_pieces(struct matcher *m, struct str format, int depth) {
    struct format_piece piece;

    while (format_piece_next(&format, &piece)) {
        struct str form = date_locale_form(piece.letter, piece.times);
        struct match match = {.literal = piece.text};

        if (depth == 0 && form.len > 0) {
            add_pieces(m, form, 1);
            continue;
        }
        if (depth > 0)
            loosen(&piece);
        for (size_t i = 0; i < ARRAY_LEN(tokens); i++)
            if (tokens[i].letter == piece.letter &&
                tokens[i].times == piece.times)
                match.token = &tokens[i];
        if (depth > 0 && piece.letter == ' ')
            match.token = &blank_token;
        vec_push(&m->matches, match);
    }
}

/* Bytes at the start of s that are `literal` but for case, STR_NONE when they
 * are not. */
static size_t same_len(struct str s, struct str literal) {
    size_t at = 0, i = 0;

    while (i < literal.len) {
        uint32_t a, b;

        i += utf8_decode(literal, i, &a);
        if (at >= s.len)
            return STR_NONE;
        at += utf8_decode(s, at, &b);
        if (a != b && unicode_lower(a) != unicode_lower(b))
            return STR_NONE;
    }
    return at;
}

/* The i-th name of a token's list, from 0; empty behind the last. */
static struct str token_name(const struct token *t, int64_t i) {
    static const char *const halves[] = {"AM", "PM"};
    static const char *const eras[] = {"BC", "AD"};
    static const char *const long_eras[] = {"Before Christ", "Anno Domini"};
    const char *name = NULL;

    if (t->kind == TOKEN_MONTH && i < 12)
        name = date_months[i];
    else if (t->kind == TOKEN_WEEKDAY && i < 7)
        name = date_weekdays[i];
    else if (t->kind == TOKEN_HALF && i < 2)
        name = halves[i];
    else if (t->kind == TOKEN_ERA && i < 2)
        name = t->max == 0 ? long_eras[i] : eras[i];
    return str_slice(str_from(name), 0, t->max == 0 ? STR_NONE : t->max);
}

/* Which name of the list `s` begins with, -1 for none. */
static int64_t find_name(const struct token *t, struct str s) {
    for (int64_t i = 0; token_name(t, i).len > 0; i++)
        if (str_starts_nocase(s, token_name(t, i)))
            return i;
    return -1;
}

static size_t digits_len(struct str s, size_t max) {
    size_t n = 0;

    while (n < max && n < s.len && ascii_digit((unsigned char)s.p[n]))
        n++;
    return n;
}

/* `±H`, `±HH`, with or without minutes: the longest first. */
static size_t offset_len(struct str s, bool colon, size_t choice) {
    size_t hours = choice < 2 ? 2 : 1, at = 1 + hours;

    if (s.len == 0 || (s.p[0] != '+' && s.p[0] != '-') ||
        digits_len(str_skip(s, 1), hours) < hours)
        return STR_NONE;
    if (choice % 2 == 1)
        return at;
    if (colon && (at >= s.len || s.p[at++] != ':'))
        return STR_NONE;
    return digits_len(str_skip(s, at), 2) == 2 ? at + 2 : STR_NONE;
}

static size_t blank_len(struct str s) {
    uint32_t code;
    size_t len;

    if (s.len == 0)
        return STR_NONE;
    len = utf8_decode(s, 0, &code);
    return utf16_is_space(code) && code != '\n' && code != '\r' ? len
                                                                : STR_NONE;
}

static size_t zone_id_len(struct str s) {
    size_t n = 0;

    while (n < s.len && n < 256 &&
           (ascii_alpha((unsigned char)s.p[n]) || s.p[n] == '_' ||
            (s.p[n] >= '+' && s.p[n] <= '/')))
        n++;
    return n;
}

/* How many ways a piece can match at most. */
static size_t choices(const struct match *m) {
    if (m->token == NULL)
        return 1;
    switch ((enum token_kind)m->token->kind) {
    case TOKEN_NUMBER:
    case TOKEN_SHORT_YEAR:
    case TOKEN_FRACTION:
        return (size_t)(m->token->max - m->token->min) + 1;
    case TOKEN_OFFSET:
        return 4;
    case TOKEN_ZONE:
        return 256;
    case TOKEN_MONTH:
    case TOKEN_WEEKDAY:
    case TOKEN_HALF:
    case TOKEN_ERA:
    case TOKEN_BLANK:
        return 1;
    }
    return 1;
}

/* Bytes that a piece takes of `s` in its choice-th way, STR_NONE when it does
 * not match so. */
static size_t piece_len(const struct match *m, struct str s, size_t choice) {
    const struct token *t = m->token;
    int64_t name;
    size_t n;

    if (t == NULL)
        return same_len(s, m->literal);
    switch ((enum token_kind)t->kind) {
    case TOKEN_NUMBER:
    case TOKEN_SHORT_YEAR:
    case TOKEN_FRACTION:
        n = t->max - choice;
        return digits_len(s, n) == n ? n : STR_NONE;
    case TOKEN_OFFSET:
        return offset_len(s, t->max == 0, choice);
    case TOKEN_ZONE: /* the shortest that the rest allows */
        return choice < zone_id_len(s) ? choice + 1 : STR_NONE;
    case TOKEN_MONTH:
    case TOKEN_WEEKDAY:
    case TOKEN_HALF:
    case TOKEN_ERA:
        name = find_name(t, s);
        return name < 0 ? STR_NONE : token_name(t, name).len;
    case TOKEN_BLANK:
        return blank_len(s);
    }
    return STR_NONE;
}

/* Whether the pieces from the i-th on match all of the text from `at` on. */
static bool match_from(struct matcher *m, size_t i, size_t at) {
    size_t bit = i * (m->text.len + 1) + at;
    struct match *piece;

    if (i == m->matches.len)
        return at == m->text.len;
    if (m->failed.items[bit / 64] >> (bit % 64) & 1)
        return false;
    piece = &m->matches.items[i];
    for (size_t choice = 0; choice < choices(piece); choice++) {
        size_t len = piece_len(piece, str_skip(m->text, at), choice);

        if (len != STR_NONE && match_from(m, i + 1, at + len)) {
            piece->found = str_slice(m->text, at, at + len);
            return true;
        }
    }
    m->failed.items[bit / 64] |= UINT64_C(1) << (bit % 64);
    return false;
}

/* What the pieces of one letter gave: the last of them counts, in the place of
 * the first. */
struct given_letter {
    char letter;
    uint8_t part;
    int64_t n;
};

/* What all pieces gave. */
struct given {
    struct given_letter letters[32]; /* more than there are in the table */
    size_t n_letters;
    bool has[PARTS];
    int64_t part[PARTS];
    int64_t half, era; /* of their names, -1 where not given */
    bool has_offset;
    int32_t offset;
    struct str zone_id;
};

static int64_t digits_value(struct str s) {
    int64_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        if (ascii_digit((unsigned char)s.p[i]))
            n = n * 10 + (s.p[i] - '0');
    return n;
}

static int64_t fraction_ms(struct str s) {
    int64_t n = digits_value(s);

    for (size_t i = s.len; i < 3; i++)
        n *= 10;
    for (size_t i = 3; i < s.len; i++)
        n /= 10;
    return n;
}

static int32_t offset_value(struct str s) {
    int64_t n = digits_value(s);

    if (s.len > 3) /* hours and minutes */
        n = n / 100 * 60 + n % 100;
    else
        n *= 60;
    return (int32_t)(s.p[0] == '-' ? -n : n) * 60;
}

/* NULL where the letter gave nothing. */
static struct given_letter *find_letter(struct given *g, char letter) {
    for (size_t i = 0; i < g->n_letters; i++)
        if (g->letters[i].letter == letter)
            return &g->letters[i];
    return NULL;
}

static void give(struct given *g, char letter, uint8_t part, int64_t n) {
    struct given_letter *l = find_letter(g, letter);

    if (l == NULL)
        l = &g->letters[g->n_letters++];
    *l = (struct given_letter){letter, part, n};
}

static void take(struct given *g, const struct match *m) {
    const struct token *t = m->token;
    int64_t n = 0;

    switch ((enum token_kind)t->kind) {
    case TOKEN_NUMBER:
        n = digits_value(m->found);
        break;
    case TOKEN_SHORT_YEAR:
        n = digits_value(m->found);
        if (n <= 99)
            n += n > 60 ? 1900 : 2000;
        break;
    case TOKEN_FRACTION:
        n = fraction_ms(m->found);
        break;
    case TOKEN_MONTH:
    case TOKEN_WEEKDAY:
        n = find_name(t, m->found) + 1;
        break;
    case TOKEN_HALF:
        g->half = find_name(t, m->found);
        return;
    case TOKEN_ERA:
        g->era = find_name(t, m->found);
        return;
    case TOKEN_OFFSET:
        g->has_offset = true;
        g->offset = offset_value(m->found);
        return;
    case TOKEN_ZONE:
        g->zone_id = m->found;
        return;
    case TOKEN_BLANK:
        return;
    }
    give(g, t->letter, t->part, n);
}

/* The letters that say another one, and the parts of all. False where an hour
 * of 24 has AM or PM, and where nothing was given. */
static bool settle(struct given *g) {
    struct given_letter *hour = find_letter(g, 'h');
    struct given_letter *year = find_letter(g, 'y');
    struct given_letter *quarter = find_letter(g, 'q');

    if (g->half >= 0 && find_letter(g, 'H') != NULL)
        return false;
    if (hour != NULL && g->half == 1 && hour->n < 12)
        hour->n += 12;
    else if (hour != NULL && g->half == 0 && hour->n == 12)
        hour->n = 0;
    if (year != NULL && g->era == 0)
        year->n = -year->n;
    if (quarter != NULL)
        give(g, 'M', PART_MONTH, (quarter->n - 1) * 3 + 1);
    for (size_t i = 0; i < g->n_letters; i++) {
        g->has[g->letters[i].part] = true;
        g->part[g->letters[i].part] = g->letters[i].n;
    }
    return g->n_letters > 0 || g->has_offset || g->zone_id.len > 0;
}

/* The three ways to say a day, from the largest part to the smallest. */
static const enum part by_month[] = {PART_YEAR, PART_MONTH, PART_DAY};
static const enum part by_ordinal[] = {PART_YEAR, PART_ORDINAL};
static const enum part by_week[] = {PART_WEEK_YEAR, PART_WEEK, PART_WEEKDAY};
static const enum part by_clock[] = {PART_HOUR, PART_MINUTE, PART_SECOND,
                                     PART_MS};

/* Parts before the first given one are those of now, those behind it are the
 * first there are. */
static void fill(struct given *g, const enum part *parts, size_t n,
                 const int64_t *now, int64_t first, bool *found) {
    for (size_t i = 0; i < n; i++) {
        if (g->has[parts[i]])
            *found = true;
        else
            g->part[parts[i]] = *found ? first : now[parts[i]];
    }
}

static bool in_range(int64_t n, int64_t from, int64_t to) {
    return from <= n && n <= to;
}

static bool clock_valid(const struct given *g) {
    const int64_t *p = g->part;

    if (p[PART_HOUR] == 24)
        return p[PART_MINUTE] == 0 && p[PART_SECOND] == 0 && p[PART_MS] == 0;
    return p[PART_HOUR] <= 23 && p[PART_MINUTE] <= 59 && p[PART_SECOND] <= 59 &&
           p[PART_MS] <= 999;
}

static int64_t year_days(int64_t year) {
    return civil_days((struct civil_date){(int32_t)year + 1, 1, 1}) -
           civil_days((struct civil_date){(int32_t)year, 1, 1});
}

/* Fills in what was not given and makes year, month and day of it; false for
 * days that no calendar has and for a day said in two ways. */
static bool complete(struct given *g, struct date now) {
    struct date_parts p = date_parts(now);
    const int64_t parts[PARTS] = {
        p.year,    p.month, p.day,    p.ordinal, p.week_year, p.week,
        p.weekday, p.hour,  p.minute, p.second,  p.ms,        0,
    };
    bool month = g->has[PART_MONTH] || g->has[PART_DAY];
    bool week = g->has[PART_WEEK_YEAR] || g->has[PART_WEEK];
    bool year = g->has[PART_YEAR] || month, found = false;
    int64_t *part = g->part;

    if ((week && (year || g->has[PART_ORDINAL])) ||
        (month && g->has[PART_ORDINAL]))
        return false;
    if (week || (g->has[PART_WEEKDAY] && !year)) {
        fill(g, by_week, ARRAY_LEN(by_week), parts, 1, &found);
        if (!in_range(part[PART_WEEK], 1,
                      date_weeks_in((int32_t)part[PART_WEEK_YEAR])) ||
            !in_range(part[PART_WEEKDAY], 1, 7))
            return false;
        /* 4 January is in week 1; 1970-01-01 was a Thursday. */
        int64_t fourth = civil_days(
            (struct civil_date){(int32_t)part[PART_WEEK_YEAR], 1, 4});
        int64_t before = ((fourth + 3) % 7 + 7) % 7;
        part[PART_YEAR] = part[PART_WEEK_YEAR];
        part[PART_MONTH] = 1;
        part[PART_DAY] =
            4 - before + (part[PART_WEEK] - 1) * 7 + part[PART_WEEKDAY] - 1;
    } else if (g->has[PART_ORDINAL]) {
        fill(g, by_ordinal, ARRAY_LEN(by_ordinal), parts, 1, &found);
        if (!in_range(part[PART_ORDINAL], 1, year_days(part[PART_YEAR])))
            return false;
        part[PART_MONTH] = 1;
        part[PART_DAY] = part[PART_ORDINAL];
    } else {
        fill(g, by_month, ARRAY_LEN(by_month), parts, 1, &found);
        if (!in_range(part[PART_MONTH], 1, 12) ||
            !in_range(part[PART_DAY], 1, 31) ||
            !civil_valid((struct civil_date){(int32_t)part[PART_YEAR],
                                             (uint8_t)part[PART_MONTH],
                                             (uint8_t)part[PART_DAY]}))
            return false;
    }
    fill(g, by_clock, ARRAY_LEN(by_clock), parts, 0, &found);
    return clock_valid(g);
}

static bool date_of_given(struct zones *z, struct date now, struct given *g,
                          struct date *out) {
    const struct zone *zone = &z->local;
    const int64_t *p = g->part;
    int32_t guess;

    if (!settle(g))
        return false;
    if (g->zone_id.len > 0)
        zone = zones_iana(z, g->zone_id);
    else if (g->has_offset)
        zone = zones_fixed(z, g->offset);
    if (zone == NULL)
        return false;
    now = date_in_zone(now, zone);
    guess = g->has_offset ? g->offset : now.offset;
    if (!complete(g, now))
        return false;
    *out = date_from_wall_near(zone,
                               &(struct date_wall){p[PART_YEAR], p[PART_MONTH],
                                                   p[PART_DAY], p[PART_HOUR],
                                                   p[PART_MINUTE],
                                                   p[PART_SECOND], p[PART_MS]},
                               guess);
    if (out->invalid ||
        (g->has[PART_WEEKDAY] && date_parts(*out).weekday != p[PART_WEEKDAY]))
        return false;
    *out = date_in_zone(*out, &z->local);
    return true;
}

static bool read_number(const struct zones *z, struct str text, double unit,
                        struct date *out) {
    double n;

    if (!number_find(text, &n) || !(fabs(n * unit) <= (double)DATE_MAX_MS))
        return false;
    *out = date_at(&z->local, (int64_t)floor(n * unit));
    return true;
}

bool date_parse_format(struct zones *z, struct date now, struct str text,
                       struct str format, struct date *out) {
    struct matcher m = {.text = text};
    struct given g = {.half = -1, .era = -1};
    bool parsed = false;

    if (str_eq(format, STR("x")))
        return read_number(z, text, 1, out);
    if (str_eq(format, STR("X")))
        return read_number(z, text, 1000, out);
    if (text.len > DATE_PARSE_MAX || format.len > DATE_PARSE_MAX)
        return false;
    add_pieces(&m, format, 0);
    for (size_t n = 0; n <= m.matches.len * (text.len + 1) / 64; n++)
        vec_push(&m.failed, 0);
    if (match_from(&m, 0, 0)) {
        for (size_t i = 0; i < m.matches.len; i++)
            if (m.matches.items[i].token != NULL)
                take(&g, &m.matches.items[i]);
        parsed = date_of_given(z, now, &g, out);
    }
    vec_release(&m.matches);
    vec_release(&m.failed);
    return parsed;
}
