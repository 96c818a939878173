#include "note/role.h"

#include "base/unicode.h"

/* `[[x|y]]` → `x`, of a path its last part; other text as it is. */
static struct str without_brackets(struct str s) {
    if (!str_starts(s, STR("[[")) || !str_ends(s, STR("]]")) || s.len < 4)
        return s;
    s = str_slice(s, 2, s.len - 2);
    s = str_until(str_until(s, '|'), '#');
    return name_of_note(str_trim(s));
}

struct str name_of_note(struct str path) {
    struct str name = str_basename(path);

    if (str_eq_nocase(str_extension(name), STR("md")))
        name.len -= 3;
    return name;
}

/* `type`, folded; "" for none. */
static struct str type_of(struct arena *a, const struct frontmatter *f) {
    const struct property *p = frontmatter_property(f, STR("type"));
    const struct value *v = p != NULL ? p->value : NULL;
    struct str type = {0};

    if (v != NULL && v->kind == VALUE_LIST)
        v = v->as.list.len > 0 ? v->as.list.items[0] : NULL;
    if (v != NULL && v->kind == VALUE_TEXT)
        type = without_brackets(str_trim(v->as.text));
    type = unicode_fold(a, str_trim(type));
    if (str_starts(type, STR("type/")))
        type = str_trim(str_skip(type, STR("type/").len));
    for (size_t i = 0; i < f->ntags && type.len == 0; i++)
        if (str_starts_nocase(f->tags[i], STR("type/")))
            type = unicode_fold(
                a, str_trim(str_skip(f->tags[i], STR("type/").len)));
    return type;
}

/* Digits of s from `at` on, at most `max`. */
static size_t digits(struct str s, size_t at, size_t max) {
    size_t n = 0;

    while (n < max && at + n < s.len && ascii_digit((unsigned char)s.p[at + n]))
        n++;
    return n;
}

static int number(struct str s, size_t at, size_t len) {
    int n = 0;

    for (size_t i = at; i < at + len; i++)
        n = n * 10 + (s.p[i] - '0');
    return n;
}

/* Length of what is written as a date at the begin of s, or 0. */
static size_t written_date(struct str s, struct civil_date *day) {
    size_t m, d;

    if (digits(s, 0, 9) == 8) {
        *day = (struct civil_date){number(s, 0, 4), (uint8_t)number(s, 4, 2),
                                   (uint8_t)number(s, 6, 2)};
        return 8;
    }
    if (digits(s, 0, 5) != 4 || s.len < 8 || s.p[4] != '-')
        return 0;
    m = digits(s, 5, 3);
    if (m < 1 || m > 2 || 5 + m >= s.len || s.p[5 + m] != '-')
        return 0;
    d = digits(s, 6 + m, 3);
    if (d < 1 || d > 2)
        return 0;
    *day = (struct civil_date){number(s, 0, 4), (uint8_t)number(s, 5, m),
                               (uint8_t)number(s, 6 + m, d)};
    return 6 + m + d;
}

/* Length of the separator there, or 0. */
static size_t separator(struct str s, size_t at) {
    struct str dash;

    if (at >= s.len)
        return 0;
    if ((unsigned char)s.p[at] < 0x80)
        return memchr(" _.,-", s.p[at], 5) != NULL;
    dash = str_slice(s, at, at + 3);
    return str_eq(dash, STR("–")) || str_eq(dash, STR("—")) ? dash.len : 0;
}

enum dated_name name_leading_date(struct str name, struct civil_date *day,
                                  struct str *rest) {
    struct civil_date date = {0};
    size_t at = written_date(name, &date), n;

    if (at == 0 || (at < name.len && separator(name, at) == 0))
        return NAME_UNDATED;
    if (date.year < 1 || !civil_valid(date))
        return NAME_IMPOSSIBLE_DATE;
    while ((n = separator(name, at)) > 0)
        at += n;
    *day = date;
    *rest = str_skip(name, at);
    return NAME_DATED;
}

static bool is_empty(const struct value *v) {
    return v == NULL || v->kind == VALUE_NULL ||
           (v->kind == VALUE_TEXT && str_trim(v->as.text).len == 0) ||
           (v->kind == VALUE_LIST && v->as.list.len == 0);
}

/* What tells an event from an entity (§1: E1, E2). */
struct signs {
    bool named_by_date; /* the file name begins with one */
    bool only_date;     /* and has nothing else */
    bool e1, e2;
};

static struct signs read_signs(struct str name, const struct frontmatter *f) {
    static const char *const keys[] = {"participants", "attendees", "source",
                                       "source_ref"};
    const struct property *date = frontmatter_property(f, STR("date"));
    struct signs s = {0};
    struct civil_date day;
    struct str rest = {0};
    bool any = false;

    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        any |= frontmatter_property(f, str_from(keys[i])) != NULL;
    s.named_by_date = name_leading_date(name, &day, &rest) == NAME_DATED;
    s.only_date =
        s.named_by_date && (civil_parse_date(name, &day) ||
                            (name.len == 8 && digits(name, 0, 8) == 8));
    s.e1 = any && date != NULL && !is_empty(date->value);
    s.e2 = s.named_by_date && rest.len > 0 && (any || date != NULL);
    return s;
}

static struct note_role event_about(const struct entity_kind_setting *kind,
                                    struct str about) {
    return (struct note_role){
        ROLE_EVENT, kind != NULL ? kind->name : STR("meeting"), about};
}

typedef const struct entity_kind_setting *folder_rule(
    const struct entity_settings *s, struct str folder);

/* The nearest folder of the path for which there is one; *folder is it. */
static const struct entity_kind_setting *nearest(
    const struct entity_settings *s, folder_rule *rule, struct str path,
    struct str *folder) {
    const struct entity_kind_setting *kind = NULL;

    for (*folder = str_dirname(path); kind == NULL && folder->len > 0;) {
        kind = rule(s, *folder);
        if (kind == NULL)
            *folder = str_dirname(*folder);
    }
    return kind;
}

/* §1, rule 3: without a type. */
static struct note_role role_by_place(struct arena *scratch,
                                      const struct entity_settings *s,
                                      struct str path, struct signs signs) {
    struct str folded = unicode_fold(scratch, path), folder, event_folder;
    const struct entity_kind_setting *kind, *event;

    if (signs.only_date)
        return (struct note_role){ROLE_LOG, STR("daily"), STR("")};
    event = nearest(s, entity_settings_event_folder, folded, &event_folder);
    if (event != NULL && (signs.named_by_date || signs.e1))
        return event_about(event, STR(""));
    kind = nearest(s, entity_settings_kind_folder, folded, &folder);
    if (kind == NULL)
        return (struct note_role){0};
    if (signs.e1 || signs.e2)
        return event_about(NULL, kind->name);
    /* `People/Ada.md`, `People/Ada/Ada.md` */
    if (!signs.named_by_date &&
        (str_eq(str_dirname(folded), folder) ||
         str_eq(str_basename(str_dirname(folded)), name_of_note(folded))))
        return (struct note_role){ROLE_ENTITY, kind->name, STR("")};
    return (struct note_role){0};
}

struct note_role note_role(struct arena *a, struct arena *scratch,
                           const struct entity_settings *s, struct str path,
                           bool is_template, const struct frontmatter *f) {
    struct signs signs;
    struct str type, name;
    const struct entity_kind_setting *kind;

    if (is_template)
        return (struct note_role){.role = ROLE_TEMPLATE};
    signs = read_signs(name_of_note(path), f);
    type = type_of(scratch, f);
    if (type.len == 0)
        return role_by_place(scratch, s, path, signs);
    kind = entity_settings_event(s, type);
    if (kind != NULL)
        return event_about(kind, STR(""));
    if (str_eq(type, STR("daily")) || str_eq(type, STR("journal")))
        return (struct note_role){ROLE_LOG, STR("daily"), STR("")};
    if (entity_settings_has(s->not_entities, type))
        return (struct note_role){ROLE_NOTE, arena_str(a, type), STR("")};
    kind = entity_settings_kind(s, type);
    name = kind != NULL ? kind->name : arena_str(a, type);
    if (signs.e1 || signs.e2)
        return event_about(NULL, name);
    return (struct note_role){ROLE_ENTITY, name, STR("")};
}
