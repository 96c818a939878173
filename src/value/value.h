/*
 * value: what a property or the cell of an answer can hold.
 *
 * Values are immutable and live in an arena; lists and objects point to values,
 * so sharing is free.  The kinds, their names and their truth are those of
 * spec/dataview.md §1.  Comparing is compare.h, the text form print.h with
 * number.h, date.h and duration.h.  Nothing here reads queries or draws HTML.
 */
#ifndef VAULTSITE_VALUE_VALUE_H
#define VAULTSITE_VALUE_VALUE_H

#include <stdint.h>

#include "base/arena.h"

enum value_kind {
    VALUE_NULL,
    VALUE_BOOL,
    VALUE_NUMBER,
    VALUE_TEXT,
    VALUE_DATE,
    VALUE_DURATION,
    VALUE_LINK,
    VALUE_LIST,
    VALUE_OBJECT,
    VALUE_RECORD,   /* an object whose members are looked up when asked for */
    VALUE_FUNCTION, /* a lambda of a query */
    VALUE_PAIR,     /* key and value of a LIST row: a widget */
    VALUE_EXTERNAL, /* elink(): a widget */
};

enum zone_kind {
    ZONE_LOCAL, /* the build's own zone */
    ZONE_FIXED, /* `+02:00`; `Z` is the one of offset 0 */
    ZONE_NAMED, /* `[Europe/Paris]` */
};

struct civil_zone_table;

struct zone {
    enum zone_kind kind;
    int32_t offset;  /* ZONE_FIXED: seconds east of UTC */
    struct str name; /* ZONE_NAMED, ZONE_LOCAL: IANA name */
    /* ZONE_NAMED, ZONE_LOCAL: its clock changes; NULL for UTC */
    const struct civil_zone_table *table;
};

/* An instant as seen in a zone. Dates are made by date_make.h, which finds the
 * offset. */
struct date {
    int64_t ms;              /* since 1970-01-01T00:00:00Z */
    const struct zone *zone; /* never NULL */
    int32_t offset;          /* seconds east of UTC at that instant */
    bool invalid;            /* JavaScript's invalid date; the rest is 0 */
};

enum duration_unit {
    DURATION_YEARS,
    DURATION_MONTHS,
    DURATION_WEEKS,
    DURATION_DAYS,
    DURATION_HOURS,
    DURATION_MINUTES,
    DURATION_SECONDS,
    DURATION_MILLISECONDS,
    DURATION_UNITS
};

/* Counts per unit, not one sum: 1 day is not 24 hours (spec §2 row 9). */
struct duration {
    double count[DURATION_UNITS];
};

enum value_link_kind { VALUE_LINK_FILE, VALUE_LINK_HEADER, VALUE_LINK_BLOCK };

struct value_link {
    enum value_link_kind kind;
    bool embed;
    bool has_subpath, has_display; /* an empty one is not the same as none */
    uint32_t file;   /* of the vault, + 1: whose path it is; 0: not looked up */
    struct str path; /* as stored: resolved where it could be */
    struct str subpath, display;
};

struct value;
struct value_record;

/* What all records of one sort have in common: the functions of its reader. */
struct record_class {
    /* The member called `key`, NULL where there is none. What is made for the
     * answer is in `a`. */
    const struct value *(*member)(const struct value_record *r, struct str key,
                                  struct arena *a);
    /* All members in their order, as an object in `a`. */
    const struct value *(*object)(const struct value_record *r,
                                  struct arena *a);
};

/* A page, a list item, a row: made of what a note holds, not copied from it. */
struct value_record {
    const struct record_class *class;
    const void *of;   /* the class knows what it is */
    const void *with; /* the same; NULL where `of` is enough */
    uint64_t order;   /* in the vault: path, then line; equal ones are one */
    struct str text;  /* what stands for it where only text can */
};

struct value_external {
    struct str url, display;
};

struct value_member {
    struct str key;
    const struct value *value;
};

struct value {
    enum value_kind kind;
    bool hidden; /* it stands in a comment of its note (decisions.md 5) */
    union {
        bool boolean;
        double number;
        struct str text;
        struct date date;
        const struct duration *duration;
        const struct value_link *link;
        struct {
            const struct value *const *items;
            size_t len;
        } list;
        struct { /* keys are different, in order of insertion */
            const struct value_member *members;
            size_t len;
        } object;
        const struct value_record *record;
        const void *function;
        struct {
            const struct value *key, *value;
        } pair;
        const struct value_external *external;
    } as;
};

/* Lists and objects nested deeper than this are cut by comparing and printing:
 * equal below, shown as `…`. */
#define VALUE_MAX_DEPTH 128

extern const struct value value_null, value_true, value_false;

/* Constructors. Bytes, items, members and what opaque pointers lead to are
 * borrowed and must live as long as the arena; structs are copied. */
const struct value *value_of_bool(bool b);
const struct value *value_of_number(struct arena *a, double n);
const struct value *value_of_text(struct arena *a, struct str s);
const struct value *value_of_date(struct arena *a, struct date d);
const struct value *value_of_duration(struct arena *a, struct duration d);
const struct value *value_of_link(struct arena *a, struct value_link l);
const struct value *value_of_list(struct arena *a,
                                  const struct value *const *items, size_t len);
const struct value *value_of_object(struct arena *a,
                                    const struct value_member *members,
                                    size_t len);
const struct value *value_of_record(struct arena *a,
                                    struct value_record record);
const struct value *value_of_function(struct arena *a, const void *function);
const struct value *value_of_pair(struct arena *a, const struct value *key,
                                  const struct value *value);
const struct value *value_of_external(struct arena *a, struct str url,
                                      struct str display);

/* A copy that is hidden. */
const struct value *value_hidden(struct arena *a, const struct value *v);

/* What typeof() says: `null`, `boolean`, …, `widget`; records are `object`. */
struct str value_type_name(enum value_kind kind);
/* Whether it holds as a condition (spec §1, last column). */
bool value_truthy(const struct value *v);
/* The member called `key` of an object or record, or NULL; NULL too for other
 * kinds. What a record makes for it is in `a`. */
const struct value *value_member(const struct value *v, struct str key,
                                 struct arena *a);
/* A record as an object with the same members, in `a`; an object is itself. */
const struct value *value_object(const struct value *v, struct arena *a);

#endif
