#include "site/strings.h"

#include "base/json.h"

const struct template_name string_names[STRINGS] = {
#define STRING(id, name) [id] = {STR_INIT(name), TEMPLATE_TEXT, NULL, 0, {0}},
#include "site/strings.def"
#undef STRING
};

static size_t string_find(struct str name) {
    for (size_t i = 0; i < STRINGS; i++)
        if (str_eq(string_names[i].name, name))
            return i;
    return STR_NONE;
}

/* Words of a text; those that it lacks are empty. */
static void split(struct str words, struct str *to, size_t n) {
    for (size_t i = 0; i < n; i++) {
        to[i] = str_until(words, ' ');
        words = str_after(words, ' ');
    }
}

size_t strings_read(struct strings *s, struct arena *a, struct str json,
                    struct str path, struct diags *d) {
    struct json_error error = {0};
    const struct json *texts = json_parse(a, json, &error);
    size_t set = 0;

    if (!texts || texts->kind != JSON_OBJECT) {
        diag_add(d, DIAG_TEMPLATE_INVALID, path, (uint32_t)error.line,
                 (uint32_t)error.column, "%s",
                 texts ? "the texts are no JSON object" : error.message);
        return 0;
    }
    for (const struct json *j = texts->first; j; j = j->next) {
        size_t i = string_find(j->key);
        if (i == STR_NONE) {
            diag_add(d, DIAG_TEMPLATE_INVALID, path, 0, 0,
                     "there is no text called \"%.*s\"", STR_ARG(j->key));
        } else if (j->kind != JSON_TEXT) {
            diag_add(d, DIAG_TEMPLATE_INVALID, path, 0, 0,
                     "\"%.*s\" is no text", STR_ARG(j->key));
        } else {
            s->texts[i] = j->text;
            set++;
        }
    }
    split(s->texts[STRING_MONTHS], s->months, ARRAY_LEN(s->months));
    split(s->texts[STRING_MONTH_NAMES], s->month_names,
          ARRAY_LEN(s->month_names));
    split(s->texts[STRING_WEEKDAYS], s->weekdays, ARRAY_LEN(s->weekdays));
    split(s->texts[STRING_WEEKDAY_NAMES], s->weekday_names,
          ARRAY_LEN(s->weekday_names));
    return set;
}

void strings_add_number(struct buf *out, const struct strings *s, uint64_t n) {
    uint64_t unit = 1; /* of the first group of three */

    while (n / unit >= 1000)
        unit *= 1000;
    buf_add_u64(out, n / unit);
    for (unit /= 1000; unit > 0; unit /= 1000) {
        buf_add_str(out, s->texts[STRING_THOUSANDS]);
        buf_add_digits(out, n / unit % 1000, 3);
    }
}

/* `text` up to `mark`, then the number in its place; returns what follows. All of
 * it, and nothing left, where the mark is not there. */
static struct str add_filled(struct buf *out, const struct strings *s,
                             struct str text, struct str mark, uint64_t n) {
    size_t at = str_find_str(text, mark, 0);

    if (at == STR_NONE) {
        buf_add_str(out, text);
        return STR("");
    }
    buf_add_str(out, str_slice(text, 0, at));
    strings_add_number(out, s, n);
    return str_skip(text, at + mark.len);
}

void strings_add_count(struct buf *out, const struct strings *s,
                       enum string_name one, uint64_t n) {
    struct str text = s->texts[n == 1 ? (size_t)one : (size_t)one + 1];

    buf_add_str(out, add_filled(out, s, text, STR("{n}"), n));
}

static void add_two(struct buf *out, const struct strings *s,
                    enum string_name name, uint64_t n, uint64_t m) {
    struct str rest = add_filled(out, s, s->texts[name], STR("{n}"), n);

    buf_add_str(out, add_filled(out, s, rest, STR("{m}"), m));
}

void strings_add_page_of(struct buf *out, const struct strings *s, uint64_t n,
                         uint64_t m) {
    add_two(out, s, STRING_PAGE_OF, n, m);
}

void strings_add_place(struct buf *out, const struct strings *s, uint32_t line,
                       uint32_t column) {
    add_two(out, s, STRING_QUERY_PLACE, line, column);
}

void strings_add_rows(struct buf *out, const struct strings *s, uint64_t n,
                      uint64_t m, uint64_t k) {
    struct str rest =
        add_filled(out, s, s->texts[STRING_ROWS_SHOWN], STR("{n}"), n);

    rest = add_filled(out, s, rest, STR("{m}"), m);
    buf_add_str(out, add_filled(out, s, rest, STR("{k}"), k));
}

struct str strings_weekday(const struct strings *s, unsigned day) {
    return s->weekdays[day];
}

struct str strings_weekday_name(const struct strings *s, unsigned day) {
    return s->weekday_names[day];
}

static void add_date(struct buf *out, const struct strings *s,
                     struct civil_date date, const struct str *months,
                     enum string_name name) {
    struct str form = s->texts[name];

    for (size_t i = 0; i < form.len; i++) {
        struct str rest = str_skip(form, i);
        if (form.p[i] != '{' || rest.len < 3 || rest.p[2] != '}' ||
            (rest.p[1] != 'd' && rest.p[1] != 'm' && rest.p[1] != 'y')) {
            buf_add_ch(out, form.p[i]);
            continue;
        }
        if (rest.p[1] == 'd')
            buf_add_u64(out, date.day);
        else if (rest.p[1] == 'm')
            buf_add_str(out, months[date.month - 1]);
        else
            civil_add_year(out, date.year);
        i += 2;
    }
}

void strings_add_date(struct buf *out, const struct strings *s,
                      struct civil_date date, bool short_form) {
    add_date(out, s, date, s->months,
             short_form ? STRING_DATE_SHORT : STRING_DATE);
}

void strings_add_month(struct buf *out, const struct strings *s,
                       struct civil_date month) {
    add_date(out, s, month, s->month_names, STRING_MONTH);
}

void strings_add_short_month(struct buf *out, const struct strings *s,
                             struct civil_date month) {
    add_date(out, s, month, s->months, STRING_MONTH);
}

struct str strings_direction(struct str language) {
    /* Languages written from right to left, by their primary subtag. */
    static const struct str rtl[] = {
        STR_INIT("ar"), STR_INIT("arc"), STR_INIT("ckb"), STR_INIT("dv"),
        STR_INIT("fa"), STR_INIT("he"),  STR_INIT("ks"),  STR_INIT("nqo"),
        STR_INIT("ps"), STR_INIT("sd"),  STR_INIT("syr"), STR_INIT("ug"),
        STR_INIT("ur"), STR_INIT("yi"),
    };
    struct str primary = str_until(language, '-');

    for (size_t i = 0; i < ARRAY_LEN(rtl); i++)
        if (str_eq_nocase(primary, rtl[i]))
            return STR("rtl");
    return STR("ltr");
}
