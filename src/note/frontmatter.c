#include "note/frontmatter.h"

#include <stdio.h>

#include "base/civil.h"
#include "base/unicode.h"
#include "base/vec.h"
#include "note/late.h"
#include "note/property.h"
#include "note/tag.h"

typedef VEC(struct str) str_vec;

/* What one call of frontmatter_read works on. */
struct reading {
    struct frontmatter *f;
    struct arena *arena;
    struct str path;
    const struct entity_settings *kinds;
    struct diags *diags;
    str_vec tags, said_tags, aliases, cssclasses;
};

typedef void property_reader(struct reading *r, const struct property *p);

/* Every word in `s` that somebody may have meant as a tag. */
static void say_tags(struct reading *r, struct str s) {
    size_t i = 0;

    while (i < s.len) {
        size_t begin = i;
        struct str word;

        while (i < s.len && s.p[i] != ',' &&
               !ascii_space((unsigned char)s.p[i]))
            i++;
        word = str_slice(s, begin, i);
        while (word.len > 0 && word.p[0] == '#')
            word = str_skip(word, 1);
        while (word.len > 0 && word.p[word.len - 1] == '/')
            word.len--;
        if (word.len > 0)
            vec_push(&r->said_tags, word);
        i++;
    }
}

/* Recursive: yaml_parse refuses what is deeper than YAML_MAX_DEPTH. */
static void say_all_tags(struct reading *r, const struct yaml *y) {
    if (y->kind == YAML_SCALAR) {
        say_tags(r, y->text);
        return;
    }
    for (const struct yaml *c = y->first; c != NULL; c = c->next)
        say_all_tags(r, c);
}

/* `person/`, as tools write where they know nobody. */
static bool names_nobody(struct reading *r, struct str tag) {
    struct str word = unicode_fold(r->arena, str_slice(tag, 0, tag.len - 1));

    return str_eq(word, STR("entity")) ||
           entity_settings_kind_word(r->kinds, word).len > 0;
}

static void read_tag(struct reading *r, const struct property *p,
                     const struct yaml *y) {
    struct str name = str_trim(y->text);
    size_t len;

    if (y->kind != YAML_SCALAR) {
        diag_add(r->diags, DIAG_TAG_INVALID, r->path, y->line, y->column,
                 "a %s among the tags",
                 y->kind == YAML_LIST ? "list" : "mapping");
        return;
    }
    if (name.len == 0 || property_is_null(y))
        return;
    if (name.p[0] == '#')
        name = str_skip(name, 1);
    len = tag_length(name, 0);
    if (len > 0 && len == name.len) {
        vec_push(&r->tags, name);
    } else if (len > 0 && len == name.len - 1 && name.p[len] == '/' &&
               names_nobody(r, name)) {
        diag_add(r->diags, DIAG_TAG_EMPTY, r->path, p->line, p->column,
                 "\"%.*s\" names nobody", STR_ARG(name));
    } else if (len > 0 && name.p[len] == '/') {
        diag_add(r->diags, DIAG_TAG_INVALID, r->path, y->line, y->column,
                 "the last level of the tag `%.*s` is empty", STR_ARG(name));
        vec_push(&r->tags, str_slice(name, 0, len));
    } else if (!str_starts_nocase(name, STR("entity/"))) {
        /* `entity/Name with blanks` names an entity (spec/entities.md §2.3) */
        diag_add(r->diags, DIAG_TAG_INVALID, r->path, y->line, y->column,
                 "`%.*s` is no tag: it needs letters, and no blanks or "
                 "punctuation",
                 STR_ARG(name));
    }
}

static void read_tags(struct reading *r, const struct property *p) {
    say_all_tags(r, p->yaml);
    if (p->yaml->kind != YAML_LIST) {
        read_tag(r, p, p->yaml);
        return;
    }
    for (const struct yaml *c = p->yaml->first; c != NULL; c = c->next)
        read_tag(r, p, c);
}

/* `[[Note]]` without quotation marks is a list in a list (spec/markdown.md
 * §1.2). One written in lines, or with more in it, is meant to be one. */
static bool is_bare_link(const struct yaml *y) {
    const struct yaml *inner = y->first;

    return y->kind == YAML_LIST && y->len == 1 && inner->kind == YAML_LIST &&
           inner->len == 1 && inner->first->kind == YAML_SCALAR &&
           inner->line == y->line && inner->column == y->column + 1;
}

static void value_ignored(struct reading *r, struct str key,
                          const struct yaml *y, const char *wanted) {
    diag_add(r->diags, DIAG_PROPERTY_VALUE, r->path, y->line, y->column,
             "`%.*s` should be %s", STR_ARG(key), wanted);
}

/* `aliases` and `cssclasses`: a list of text; a scalar is read as one. */
static void read_list(struct reading *r, const struct property *p,
                      str_vec *list) {
    const struct yaml *y = p->yaml;

    if (y->kind == YAML_SCALAR) {
        if (p->value->kind == VALUE_NULL || str_trim(y->text).len == 0)
            return;
        diag_add(r->diags, DIAG_PROPERTY_SHAPE, r->path, y->line, y->column,
                 "`%.*s` should be a list", STR_ARG(p->key));
        vec_push(list, str_trim(y->text));
        return;
    }
    if (y->kind != YAML_LIST) {
        value_ignored(r, p->key, y, "a list of texts, not a mapping");
        return;
    }
    for (const struct yaml *c = y->first; c != NULL; c = c->next) {
        if (c->kind != YAML_SCALAR && !is_bare_link(c) && !is_bare_link(y))
            value_ignored(r, p->key, c, "a list of texts and nothing else");
        else if (c->kind == YAML_SCALAR && !property_is_null(c) &&
                 str_trim(c->text).len > 0)
            vec_push(list, str_trim(c->text));
    }
}

static void read_aliases(struct reading *r, const struct property *p) {
    read_list(r, p, &r->aliases);
}

static void read_cssclasses(struct reading *r, const struct property *p) {
    read_list(r, p, &r->cssclasses);
}

/* A value that is no boolean is judged by its text; a list or mapping has none
 * that could mean yes. */
static void read_publish(struct reading *r, const struct property *p) {
    enum publish_word word = PUBLISH_NO;

    if (p->value->kind == VALUE_NULL)
        return;
    if (p->value->kind == VALUE_BOOL) {
        word = p->value->as.boolean ? PUBLISH_YES : PUBLISH_NO;
    } else {
        if (p->yaml->kind == YAML_SCALAR)
            word = publish_word_of(str_trim(p->source));
        diag_add(r->diags, DIAG_PUBLISH_TEXT, r->path, p->yaml->line,
                 p->yaml->column, "`%.*s` should be true or false%s",
                 STR_ARG(p->key),
                 word == PUBLISH_NO ? "; the note is withheld" : "");
    }
    if (word == PUBLISH_NO || r->f->publish == PUBLISH_UNSAID)
        r->f->publish = word;
}

static void read_text(struct reading *r, const struct property *p,
                      struct str *text) {
    if (p->value->kind == VALUE_TEXT && text->len == 0)
        *text = str_trim(p->value->as.text);
    else if (p->value->kind == VALUE_LIST || p->value->kind == VALUE_OBJECT)
        value_ignored(r, p->key, p->yaml, "text");
    else if (p->value->kind != VALUE_TEXT && p->value->kind != VALUE_NULL)
        value_ignored(r, p->key, p->yaml, "text; put it in quotation marks");
}

static void read_title(struct reading *r, const struct property *p) {
    read_text(r, p, &r->f->title);
}

static void read_permalink(struct reading *r, const struct property *p) {
    read_text(r, p, &r->f->permalink);
}

static void read_description(struct reading *r, const struct property *p) {
    read_text(r, p, &r->f->description);
}

/* Two names for one thing; where both stand the first counts. Plugins give them
 * other shapes: what is no text is theirs. */
static void read_picture(struct reading *r, const struct property *p) {
    if (r->f->picture.len > 0 || p->value->kind != VALUE_TEXT)
        return;
    r->f->picture = str_trim(p->value->as.text);
    r->f->picture_line = p->yaml->line;
    r->f->picture_column = p->yaml->column;
}

/* link/dates.c reads it. A link to a daily note is not meant to be a day; what a
 * template left has a finding of its own. */
static void read_date(struct reading *r, const struct property *p) {
    struct civil_date date;
    struct str text = str_trim(p->source);

    if (p->value->kind == VALUE_NULL || civil_read_date(text, &date) ||
        (p->yaml->kind == YAML_SCALAR &&
         (text.len == 0 || str_find_str(text, STR("[["), 0) != STR_NONE ||
          str_find_str(text, STR("{{"), 0) != STR_NONE ||
          str_find_str(text, STR("<%"), 0) != STR_NONE)))
        return;
    diag_add(r->diags, DIAG_PROPERTY_DATE, r->path, p->yaml->line,
             p->yaml->column, "`%.*s` should be a day as 2031-05-17",
             STR_ARG(p->key));
}

/* Gone since Obsidian 1.9; their words still count for `exclude_tags`. */
static void read_removed(struct reading *r, const struct property *p) {
    if (str_eq_nocase(p->key, STR("tag")))
        say_all_tags(r, p->yaml);
    diag_add(r->diags, DIAG_PROPERTY_REMOVED, r->path, p->line, p->column,
             "`%.*s` is now `%.*s%s`", STR_ARG(p->key), STR_ARG(p->key),
             str_eq_nocase(p->key, STR("tag")) ? "s" : "es");
}

/* The keys that have a meaning of their own (spec/markdown.md §1.6). */
static const struct {
    struct str key;
    property_reader *read; /* NULL: others read it */
    enum { ANY_CASE, EXACT_CASE, REMOVED } spelling;
} reserved[] = {
    {STR_INIT("title"), read_title, EXACT_CASE},
    {STR_INIT("tags"), read_tags, ANY_CASE},
    {STR_INIT("aliases"), read_aliases, ANY_CASE},
    {STR_INIT("cssclasses"), read_cssclasses, ANY_CASE},
    {STR_INIT("publish"), read_publish, ANY_CASE},
    {STR_INIT("permalink"), read_permalink, ANY_CASE},
    {STR_INIT("description"), read_description, ANY_CASE},
    {STR_INIT("image"), read_picture, ANY_CASE},
    {STR_INIT("cover"), read_picture, ANY_CASE},
    {STR_INIT("date"), read_date, EXACT_CASE},
    {STR_INIT("created"), read_date, EXACT_CASE},
    {STR_INIT("updated"), read_date, EXACT_CASE},
    {STR_INIT("modified"), read_date, EXACT_CASE},
    {STR_INIT("tag"), read_removed, REMOVED},
    {STR_INIT("alias"), read_removed, REMOVED},
    {STR_INIT("cssclass"), read_removed, REMOVED},
};

static void check_bare_link(struct reading *r, const struct property *p) {
    const struct yaml *y = p->yaml;

    if (y->kind != YAML_LIST || str_eq_nocase(p->key, STR("tags")))
        return;
    if (!is_bare_link(y))
        for (y = y->first; y != NULL && !is_bare_link(y);)
            y = y->next;
    if (y != NULL)
        diag_add(r->diags, DIAG_PROPERTY_LINK, r->path, y->line, y->column,
                 "a link in `%.*s` needs quotation marks: \"[[%.*s]]\"",
                 STR_ARG(p->key),
                 STR_ARG(unicode_cut(y->first->first->text, 60)));
}

static void read_reserved(struct reading *r) {
    for (size_t i = 0; i < r->f->nproperties; i++) {
        const struct property *p = &r->f->properties[i];

        check_bare_link(r, p);
        for (size_t k = 0; k < ARRAY_LEN(reserved); k++)
            if (reserved[k].read != NULL &&
                str_eq_nocase(p->key, reserved[k].key) &&
                (reserved[k].spelling != EXACT_CASE ||
                 str_eq(p->key, reserved[k].key))) {
                reserved[k].read(r, p);
                break;
            }
    }
}

static const struct str *keep(struct reading *r, str_vec *v, size_t *len) {
    const struct str *kept = vec_keep(r->arena, v);

    *len = v->len;
    vec_release(v);
    return kept;
}

static void invalid(struct reading *r, enum diag_code code, uint32_t line,
                    uint32_t column, struct str message) {
    struct frontmatter *f = r->f;

    f->valid = false;
    f->unreadable = true;
    f->properties = NULL;
    f->nproperties = 0;
    diag_add(r->diags, code, r->path, line, column, "%.*s", STR_ARG(message));
}

static void say_twice(struct reading *r, const struct yaml *key,
                      struct str name) {
    char message[128];
    int n = snprintf(message, sizeof message, "the key `%.*s` stands twice",
                     STR_ARG(unicode_cut(name, 24)));

    invalid(r, DIAG_FRONTMATTER_INVALID, key->line, key->column,
            str_make(message, (size_t)n));
}

/* Two keys that differ only by case are one property to Obsidian (§1.3). */
static void check_case(struct reading *r, struct str *keys, size_t n) {
    size_t again;

    for (size_t i = 0; i < n; i++)
        keys[i] = unicode_fold(r->arena, keys[i]);
    again = property_repeated(r->arena, keys, n);
    if (again == n)
        return;
    diag_add(r->diags, DIAG_PROPERTY_CASE, r->path,
             r->f->properties[again].line, r->f->properties[again].column,
             "`%.*s` stands in another spelling too",
             STR_ARG(r->f->properties[again].key));
}

static void read_mapping(struct reading *r, const struct yaml *root) {
    struct frontmatter *f = r->f;
    struct str *keys = arena_array(r->arena, struct str, root->len);
    struct property_check check = {0};
    size_t n = 0, again;

    f->properties = arena_array(r->arena, struct property, root->len);
    for (const struct yaml *y = root->first; y != NULL; y = y->next, n++) {
        struct property *p = &f->properties[n];

        p->key = keys[n] = property_key(r->arena, y->key, &check);
        p->value = property_value(r->arena, y, &check);
        if (y->kind == YAML_SCALAR)
            p->source = y->text;
        p->line = y->key->line;
        p->column = y->key->column;
        p->yaml = y;
    }
    f->nproperties = n;
    again = property_repeated(r->arena, keys, n);
    if (again < n)
        say_twice(r, f->properties[again].yaml->key, keys[again]);
    else if (check.twice != NULL)
        say_twice(r, check.twice, check.name);
    else if (check.bytes > PROPERTY_MAX_BYTES)
        invalid(r, DIAG_FRONTMATTER_INVALID, root->line, root->column,
                STR("aliases repeat more than 256 KB of text"));
    if (!f->valid)
        return;
    check_case(r, keys, n);
    read_reserved(r);
}

/* `block` begins with the opening line, which YAML takes for the start of a
 * document: so all positions are those of the note. */
static void read_block(struct reading *r, struct str block) {
    struct yaml_error error = {0};
    const struct yaml *root;

    if (block.len > YAML_MAX_BYTES) {
        invalid(r, DIAG_FRONTMATTER_TOO_LARGE, 1, 1,
                STR("the properties are larger than 64 KB"));
        return;
    }
    r->f->valid = true;
    root = yaml_parse(r->arena, block, &error);
    if (root == NULL && error.message.len > 0)
        invalid(r, DIAG_FRONTMATTER_INVALID, error.line, error.column,
                error.message);
    else if (root == NULL || property_is_null(root))
        return;
    else if (root->kind != YAML_MAP)
        invalid(r, DIAG_FRONTMATTER_INVALID, root->line, root->column,
                root->kind == YAML_LIST
                    ? STR("the properties are a list, not `name: value`")
                    : STR("the properties are text, not `name: value`"));
    else
        read_mapping(r, root);
}

/* Where the closing `---` begins, STR_NONE without one; *after: what follows
 * its line; *line: the number of that line. */
static size_t find_end(struct str text, size_t *after, uint32_t *line) {
    struct str rest = text, current;

    for (*line = 1; str_next_line(&rest, &current); ++*line) {
        *after = text.len - rest.len;
        if (*line > 1 && fence_line(current))
            return (size_t)(current.p - text.p);
    }
    return STR_NONE;
}

static void read_without_block(struct reading *r, struct str text) {
    struct late_block late = late_find(text);

    if (!late.found)
        return;
    r->f->unreadable = late.publish;
    diag_add(r->diags, DIAG_FRONTMATTER_LATE, r->path, late.line, 1,
             "properties must begin on the very first line");
}

static void read_unclosed(struct reading *r, struct str text) {
    struct str rest = text, line;
    bool key = false;

    r->f->unreadable = true;
    str_next_line(&rest, &line);
    while (str_next_line(&rest, &line) && !key)
        if (!property_line(line, &key))
            return; /* a note that begins with a rule */
    if (key)
        diag_add(r->diags, DIAG_FRONTMATTER_UNCLOSED, r->path, 1, 1,
                 "no line `---` ends the properties");
}

void frontmatter_read(struct frontmatter *f, struct arena *a, struct str text,
                      struct str path, const struct entity_settings *kinds,
                      struct diags *d) {
    struct reading r = {
        .f = f, .arena = a, .path = path, .kinds = kinds, .diags = d};
    size_t end, after = 0;
    uint32_t end_line = 0;

    *f = (struct frontmatter){.body_line = 1, .publish = PUBLISH_UNSAID};
    if (!fence_line(str_until(text, '\n'))) {
        read_without_block(&r, text);
        return;
    }
    end = find_end(text, &after, &end_line);
    if (end == STR_NONE) {
        read_unclosed(&r, text);
        return;
    }
    f->present = true;
    f->body = after;
    f->body_line = end_line + 1;
    read_block(&r, str_slice(text, 0, end));
    f->tags = keep(&r, &r.tags, &f->ntags);
    f->said_tags = keep(&r, &r.said_tags, &f->nsaid_tags);
    f->aliases = keep(&r, &r.aliases, &f->naliases);
    f->cssclasses = keep(&r, &r.cssclasses, &f->ncssclasses);
}

const struct property *frontmatter_property(const struct frontmatter *f,
                                            struct str key) {
    bool any_case = false;

    for (size_t i = 0; i < f->nproperties; i++)
        if (str_eq(f->properties[i].key, key))
            return &f->properties[i];
    for (size_t k = 0; k < ARRAY_LEN(reserved); k++)
        any_case = any_case || (reserved[k].spelling == ANY_CASE &&
                                str_eq_nocase(key, reserved[k].key));
    for (size_t i = 0; any_case && i < f->nproperties; i++)
        if (str_eq_nocase(f->properties[i].key, key))
            return &f->properties[i];
    return NULL;
}
