/*
 * property: from YAML nodes to values, by the core schema of YAML 1.2.
 *
 * Only plain scalars are typed (spec/markdown.md §1.2): `yes`, `12:30` and
 * dates are text, `010` is 10.
 */
#ifndef VAULTSITE_NOTE_PROPERTY_H
#define VAULTSITE_NOTE_PROPERTY_H

#include "base/yaml.h"
#include "value/value.h"

/* Text that may be typed in one note. Aliases can repeat a block of 64 KB
 * thousands of times; nobody does that in earnest. */
#define PROPERTY_MAX_BYTES 262144

/* What is wrong with the properties of one note; begins as {0}. */
struct property_check {
    const struct yaml *twice; /* first key that stands twice in one mapping */
    struct str name;          /* its name */
    size_t bytes; /* of scalars so far; what is past the limit became null */
};

/* The value of `y`; its text is borrowed. */
const struct value *property_value(struct arena *a, const struct yaml *y,
                                   struct property_check *check);
/* Nothing, `~` or `null`, plain. */
bool property_is_null(const struct yaml *y);
/* The name of a key: text as it is, numbers as JavaScript prints them, null as
 * "", a list or mapping in its text form. */
struct str property_key(struct arena *a, const struct yaml *key,
                        struct property_check *check);
/* Index of the first of the n keys that equals an earlier one, or n. */
size_t property_repeated(struct arena *a, const struct str *keys, size_t n);

/* Whether `s` is as a whole `[text](dest)` (spec/markdown.md §1.5); both are then
 * set, trimmed, dest without `<>`. No bracket may stand in either. */
bool property_markdown_link(struct str s, struct str *text, struct str *dest);

struct property_link {
    struct str text, dest;
    bool decode; /* dest is as a URL has it */
};

/* Whether `s` is as a whole `[text](dest)`, or an address that obsidian_url_read
 * knows, which is then its own text. dest: where the latter leads; in `a` or
 * borrowed. `vault`: the vault's name in Obsidian, or "". */
bool property_link(struct arena *a, struct str s, struct str vault,
                   struct property_link *out);

#endif
