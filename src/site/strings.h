/*
 * strings: the interface texts in the site's language.
 *
 * One closed list (strings.def); a theme's strings/<language>.json gives the
 * texts.  What a language lacks is taken from English.  Text that notes wrote
 * is none of this module's business.
 */
#ifndef VAULTSITE_SITE_STRINGS_H
#define VAULTSITE_SITE_STRINGS_H

#include "base/civil.h"
#include "diag/diag.h"
#include "site/template.h"

enum string_name {
#define STRING(id, name) id,
#include "site/strings.def"
#undef STRING
    STRINGS
};

struct strings {
    struct str texts[STRINGS];
    /* The words of STRING_MONTHS, STRING_MONTH_NAMES, STRING_WEEKDAYS,
     * STRING_WEEKDAY_NAMES. */
    struct str months[12], month_names[12], weekdays[7], weekday_names[7];
};

/* The table: name, type TEXT. */
extern const struct template_name string_names[STRINGS];

/*
 * Reads a JSON object of texts over what `s` holds. Text lives in `a`. Members
 * that are no string's name or no text, and a text that is no JSON object, are
 * findings DIAG_TEMPLATE_INVALID at `path`; the rest counts. Returns how many
 * texts were set.
 */
size_t strings_read(struct strings *s, struct arena *a, struct str json,
                    struct str path, struct diags *d);

/* `one` names a text `…_one`; it or the `…_many` after it, {n} filled in with
 * the language's thousands separator. Not escaped. */
void strings_add_count(struct buf *out, const struct strings *s,
                       enum string_name one, uint64_t n);
/* STRING_ROWS_SHOWN: rows `n` to `m` of `k`. Not escaped. */
void strings_add_rows(struct buf *out, const struct strings *s, uint64_t n,
                      uint64_t m, uint64_t k);
/* STRING_QUERY_PLACE with {n} and {m} filled in. Not escaped. */
void strings_add_place(struct buf *out, const struct strings *s, uint32_t line,
                       uint32_t column);
/* November 2025; `day` does not count. Not escaped. */
void strings_add_month(struct buf *out, const struct strings *s,
                       struct civil_date month);
/* Nov 2025, as Dataview's calendars say it. */
void strings_add_short_month(struct buf *out, const struct strings *s,
                             struct civil_date month);
/* The short and the whole name of a day of the week, 0 for Monday. */
struct str strings_weekday(const struct strings *s, unsigned day);
struct str strings_weekday_name(const struct strings *s, unsigned day);
/* STRING_PAGE_OF with {n} and {m} filled in. Not escaped. */
void strings_add_page_of(struct buf *out, const struct strings *s, uint64_t n,
                         uint64_t m);
/* The number alone: 4,812. */
void strings_add_number(struct buf *out, const struct strings *s, uint64_t n);
/* 18 Nov 2025, or 18 Nov where `short_form` (design: in the build's year). */
void strings_add_date(struct buf *out, const struct strings *s,
                      struct civil_date date, bool short_form);

/* `rtl` or `ltr`, by the language tag. */
struct str strings_direction(struct str language);

#endif
