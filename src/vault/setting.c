#include "vault/setting.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/civil_zone.h"
#include "base/unicode.h"
#include "base/vec.h"
#include "base/word.h"
#include "vault/repair.h"

#define MAX_WORDS 8

void setting_fail(struct settings_reader *r, const struct yaml *at,
                  const char *format, ...) {
    char text[400];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    diag_add(r->diags, DIAG_SETTINGS_INVALID, r->path, at ? at->line : 0,
             at ? at->column : 0, "%s", text);
    r->failed = true;
}

struct str_list setting_join(struct arena *a, const struct str_list *x,
                             const struct str_list *y) {
    struct str *items = arena_array(a, struct str, x->len + y->len);

    for (size_t i = 0; i < x->len; i++)
        items[i] = x->items[i];
    for (size_t i = 0; i < y->len; i++)
        items[x->len + i] = y->items[i];
    return (struct str_list){items, x->len + y->len};
}

struct str setting_folder(struct arena *a, struct str folder, bool whole) {
    folder = str_trim(folder);
    if (str_starts(folder, STR("./")))
        folder = str_skip(folder, 1);
    while (folder.len > 0 && folder.p[folder.len - 1] == '/')
        folder.len--;
    if (folder.len > 0 && folder.p[0] == '/') {
        whole = true;
        while (folder.len > 0 && folder.p[0] == '/')
            folder = str_skip(folder, 1);
    }
    folder = unicode_fold(a, folder);
    if (folder.len == 0 || (!whole && str_find(folder, '/') == STR_NONE))
        return arena_str(a, folder);

    char *p = arena_alloc(a, folder.len + 1, 1);
    p[0] = '/';
    memcpy(p + 1, folder.p, folder.len);
    return str_make(p, folder.len + 1);
}

bool setting_is_null(const struct yaml *y) {
    return y->kind == YAML_SCALAR && y->plain &&
           (y->text.len == 0 || str_eq(y->text, STR("~")) ||
            str_eq_nocase(y->text, STR("null")));
}

const char *setting_kind_name(const struct yaml *y) {
    if (y->kind == YAML_LIST)
        return "a list";
    if (y->kind == YAML_MAP)
        return "a mapping";
    return setting_is_null(y) ? "nothing" : "text";
}

bool setting_want_scalar(struct settings_reader *r, struct str key,
                         const char *wanted, const struct yaml *v) {
    if (v->kind == YAML_SCALAR && !setting_is_null(v))
        return true;
    setting_fail(r, v, "\"%.*s\" wants %s, not %s", STR_ARG(key), wanted,
                 setting_kind_name(v));
    return false;
}

static bool is_http(struct str s) {
    return str_starts_nocase(s, STR("https://")) ||
           str_starts_nocase(s, STR("http://"));
}

/* No byte that ends an address, or needs an escape in one. */
static bool is_address(struct str s) {
    static const char bad[] = " \"'<>\\^`";

    if (utf8_valid_len(s) != s.len)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f ||
            memchr(bad, s.p[i], sizeof bad - 1))
            return false;
    struct str host = str_skip(s, str_find(s, ':') + 3);
    return host.len > 0 && memchr("/?#:@.", host.p[0], 6) == NULL;
}

/* Web pages of a host's editor, or Obsidian itself. No other scheme: the address
 * is one that readers are asked to follow. */
static bool is_edit_address(struct str s) {
    return (is_http(s) || str_starts_nocase(s, STR("obsidian://"))) &&
           is_address(s) && str_find_str(s, STR("{path}"), 0) != STR_NONE;
}

bool settings_base_url(struct arena *a, struct str text, struct str *url) {
    text = str_trim(text);
    if (!is_http(text) || !is_address(text) ||
        str_find(text, '?') != STR_NONE || str_find(text, '#') != STR_NONE ||
        str_find(text, '{') != STR_NONE)
        return false;
    if (text.p[text.len - 1] == '/') {
        *url = arena_str(a, text);
        return true;
    }
    char *p = arena_alloc(a, text.len + 1, 1);
    memcpy(p, text.p, text.len);
    p[text.len] = '/';
    *url = str_make(p, text.len + 1);
    return true;
}

/* Parts of 1 to 8 letters and digits between hyphens, the first of 2 or more
 * letters (RFC 5646). */
static bool is_language(struct str s) {
    size_t parts = 0, from = 0;

    for (size_t i = 0; i <= s.len; i++) {
        if (i < s.len && s.p[i] != '-') {
            if (!ascii_alnum((unsigned char)s.p[i]) ||
                (parts == 0 && ascii_digit((unsigned char)s.p[i])))
                return false;
            continue;
        }
        if (i - from < (parts == 0 ? 2 : 1) || i - from > 8)
            return false;
        parts++;
        from = i + 1;
    }
    return true;
}

/* An empty text is the same as none. */
static void store_text(struct settings_reader *r,
                       const struct settings_row *row, struct str key,
                       const struct yaml *v, struct str *out) {
    struct str text;

    if (setting_is_null(v)) {
        *out = row->initial;
        return;
    }
    if (!setting_want_scalar(r, key, "text", v))
        return;
    if (row->kind == SETTINGS_VERBATIM) {
        *out = v->text;
        return;
    }
    text = str_trim(v->text);
    if (text.len == 0) {
        *out = row->initial;
    } else if (row->kind == SETTINGS_TEXT) {
        *out = text;
    } else if (row->kind == SETTINGS_BASE_URL) {
        if (!settings_base_url(r->arena, text, out))
            setting_fail(r, v,
                         "\"%.*s\" wants an address such as "
                         "https://wiki.example.com/, not \"%.*s\"",
                         STR_ARG(key), STR_ARG(text));
    } else if (row->kind == SETTINGS_EDIT_URL) {
        if (is_edit_address(text))
            *out = text;
        else
            setting_fail(r, v,
                         "\"%.*s\" wants an http, https or obsidian address "
                         "with {path} in it, not \"%.*s\"",
                         STR_ARG(key), STR_ARG(text));
    } else if (row->kind == SETTINGS_ZONE) {
        if (civil_zone_known(text))
            *out = text;
        else
            setting_fail(r, v,
                         "\"%.*s\" wants a time zone such as UTC or "
                         "Europe/Vienna, not \"%.*s\"",
                         STR_ARG(key), STR_ARG(text));
    } else if (is_language(text)) {
        *out = text;
    } else {
        setting_fail(r, v,
                     "\"%.*s\" wants a language such as en or de-AT, not "
                     "\"%.*s\"",
                     STR_ARG(key), STR_ARG(text));
    }
}

static void store_flag(struct settings_reader *r, struct str key,
                       const struct yaml *v, bool *out) {
    static const struct str words[] = {STR_INIT("no"),    STR_INIT("yes"),
                                       STR_INIT("false"), STR_INIT("true"),
                                       STR_INIT("off"),   STR_INIT("on")};

    if (!setting_want_scalar(r, key, "yes or no", v))
        return;
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_eq_nocase(v->text, words[i])) {
            *out = i % 2 == 1;
            return;
        }
    setting_fail(r, v, "\"%.*s\" wants yes or no, not \"%.*s\"", STR_ARG(key),
                 STR_ARG(v->text));
}

/* The word of row->type that is written, or NULL with a finding. */
static const struct str *find_word(struct settings_reader *r,
                                   const struct settings_row *row,
                                   struct str key, const struct yaml *v,
                                   struct str words[MAX_WORDS]) {
    size_t n = 0;

    if (!setting_want_scalar(r, key, "one word", v))
        return NULL;
    for (struct str rest = row->type; rest.len > 0 && n < MAX_WORDS; n++) {
        words[n] = str_until(rest, '|');
        rest = str_after(rest, '|');
        if (str_eq(v->text, words[n]))
            return &words[n];
    }
    struct str near = word_nearest(v->text, words, n);
    if (near.len > 0)
        setting_fail(r, v,
                     "\"%.*s\" wants %.*s, not \"%.*s\"; did you mean "
                     "\"%.*s\"?",
                     STR_ARG(key), STR_ARG(row->type), STR_ARG(v->text),
                     STR_ARG(near));
    else
        setting_fail(r, v, "\"%.*s\" wants %.*s, not \"%.*s\"", STR_ARG(key),
                     STR_ARG(row->type), STR_ARG(v->text));
    return NULL;
}

static void store_word(struct settings_reader *r,
                       const struct settings_row *row, struct str key,
                       const struct yaml *v, void *out) {
    struct str words[MAX_WORDS];
    const struct str *word = find_word(r, row, key, v, words);

    if (word == NULL)
        return;
    unsigned index = (unsigned)(word - words);
    if (row->kind == SETTINGS_WORD)
        memcpy(out, &index, sizeof index);
    else if (row->kind == SETTINGS_WORD_FLAG)
        *(bool *)out = index == 1;
    else
        *(struct str *)out = *word;
}

_Static_assert(sizeof(enum publish_mode) == sizeof(unsigned) &&
                   sizeof(enum mojibake_mode) == sizeof(unsigned) &&
                   sizeof(enum tasks_format) == sizeof(unsigned),
               "SETTINGS_WORD is stored as an unsigned");

static void store_number(struct settings_reader *r, struct str key,
                         const struct yaml *v, size_t *out) {
    size_t n = 0, i = 0;

    if (!setting_want_scalar(r, key, "a number", v))
        return;
    for (; i < v->text.len && ascii_digit((unsigned char)v->text.p[i]) &&
           n < (size_t)-1 / 10 - 1;
         i++)
        n = n * 10 + (size_t)(v->text.p[i] - '0');
    if (i == 0 || i < v->text.len || n == 0)
        setting_fail(r, v,
                     "\"%.*s\" wants a whole number from 1, in digits alone, "
                     "not \"%.*s\"",
                     STR_ARG(key), STR_ARG(v->text));
    else
        *out = n;
}

/* A tag or a pattern that nothing can match would withhold nothing, so each
 * that cannot be what was meant is a mistake (decisions.md 2). Returns "" with
 * a finding for those. */
static struct str list_item(struct settings_reader *r,
                            const struct settings_row *row, struct str key,
                            const struct yaml *item) {
    struct str text = item->text;
    const char *wrong = NULL;

    if (item->kind != YAML_SCALAR || setting_is_null(item) ||
        str_trim(text).len == 0) {
        setting_fail(r, item,
                     "\"%.*s\" wants a list of texts, without %s in it",
                     STR_ARG(key), setting_kind_name(item));
        return STR("");
    }
    if (row->kind == SETTINGS_LIST)
        return text;
    text = str_trim(text);
    if (row->kind == SETTINGS_FOLDERS) {
        text = setting_folder(r->arena, text, false);
        wrong = text.len == 0 ? "names no folder" : NULL;
    } else if (row->kind == SETTINGS_TAGS) {
        if (text.p[0] == '#')
            text = str_skip(text, 1);
        while (text.len > 0 && text.p[text.len - 1] == '/')
            text.len--;
        text = unicode_fold(r->arena, text);
        for (size_t i = 0; i < text.len; i++)
            if (memchr(" \t\n#,*?", text.p[i], 7))
                wrong = "is no tag";
        wrong = text.len == 0 ? "is no tag" : wrong;
    } else {
        if (str_starts(text, STR("./")))
            text = str_skip(text, 1);
        text = unicode_fold(r->arena, text);
        if (text.len > SETTINGS_GLOB_MAX)
            wrong = "is too long a pattern";
        else if (str_find(text, '\\') != STR_NONE)
            wrong = "has a backslash; folders are told apart by '/'";
        else if (str_starts(text, STR("../")) || str_eq(text, STR("/")))
            wrong = "names nothing inside the vault";
    }
    if (wrong == NULL)
        return text;
    setting_fail(r, item, "in \"%.*s\": \"%.*s\" %s", STR_ARG(key),
                 STR_ARG(item->text), wrong);
    return STR("");
}

/* Whether what is listed stays out. Its names may be damaged as those are that
 * they mean, which are repaired: both forms count then. */
static bool withholds(const struct settings_row *row) {
    return row->kind == SETTINGS_TAGS || row->kind == SETTINGS_FOLDERS ||
           (row->kind == SETTINGS_GLOBS &&
            row->offset != offsetof(struct settings, include));
}

static void store_list(struct settings_reader *r,
                       const struct settings_row *row, struct str key,
                       const struct yaml *v, struct str_list *out) {
    VEC(struct str) items = {0};

    if (v->kind != YAML_LIST && !setting_is_null(v)) {
        setting_fail(r, v, "\"%.*s\" wants a list, such as [one, two], not %s",
                     STR_ARG(key), setting_kind_name(v));
        return;
    }
    for (const struct yaml *item = v->first; item; item = item->next) {
        struct str text = list_item(r, row, key, item);
        struct yaml repaired = *item;
        if (text.len > 0)
            vec_push(&items, text);
        if (text.len == 0 || !withholds(row))
            continue;
        repaired.text = repair_path(r->arena, item->text);
        text = list_item(r, row, key, &repaired);
        if (!str_eq(text, *vec_last(&items)) && text.len > 0)
            vec_push(&items, text);
    }
    *out = (struct str_list){vec_keep(r->arena, &items), items.len};
    vec_release(&items);
}

static void store_css(struct settings_reader *r, const struct settings_row *row,
                      struct str key, const struct yaml *v) {
    struct settings *s = r->settings;
    struct settings_row names = *row;

    names.kind = SETTINGS_LIST;
    if (v->kind == YAML_SCALAR && str_eq(v->text, STR("snippets")))
        s->css_snippets = true;
    else if (v->kind == YAML_SCALAR && !setting_is_null(v))
        setting_fail(r, v,
                     "\"%.*s\" wants the word snippets or a list of snippets, "
                     "not \"%.*s\"",
                     STR_ARG(key), STR_ARG(v->text));
    else
        store_list(r, &names, key, v, &s->css);
}

/* Text, or a list of texts, kept as it is. */
static bool check_names(struct settings_reader *r, struct str key,
                        const struct yaml *v) {
    const struct settings_row list = {.kind = SETTINGS_LIST};
    struct str_list ignored;
    bool before = r->failed;

    if (v->kind == YAML_SCALAR)
        return setting_want_scalar(r, key, "text or a list of texts", v);
    r->failed = false;
    store_list(r, &list, key, v, &ignored);
    bool ok = !r->failed;
    r->failed = r->failed || before;
    return ok;
}

void setting_store(struct settings_reader *r, const struct settings_row *row,
                   struct str key, const struct yaml *v) {
    union { /* takes what is checked only */
        struct str text;
        struct str_list list;
        const struct yaml *raw;
        struct tasks_presets presets;
        struct tasks_statuses statuses;
        size_t number;
        unsigned word;
        bool flag;
    } unkept;
    void *out = &unkept;

    if (row->offset != SETTINGS_NOWHERE)
        out = (char *)r->settings + row->offset;
    switch (row->kind) {
    case SETTINGS_TEXT:
    case SETTINGS_VERBATIM:
    case SETTINGS_LANGUAGE:
    case SETTINGS_BASE_URL:
    case SETTINGS_EDIT_URL:
    case SETTINGS_ZONE:
        store_text(r, row, key, v, out);
        break;
    case SETTINGS_FLAG:
        store_flag(r, key, v, out);
        break;
    case SETTINGS_WORD:
    case SETTINGS_WORD_FLAG:
    case SETTINGS_WORD_TEXT:
        store_word(r, row, key, v, out);
        break;
    case SETTINGS_NUMBER:
        store_number(r, key, v, out);
        break;
    case SETTINGS_LIST:
    case SETTINGS_GLOBS:
    case SETTINGS_TAGS:
    case SETTINGS_FOLDERS:
        store_list(r, row, key, v, out);
        break;
    case SETTINGS_CSS:
        store_css(r, row, key, v);
        break;
    case SETTINGS_NAMES:
        if (check_names(r, key, v))
            *(const struct yaml **)out = v;
        break;
    case SETTINGS_MAPPING:
        if (v->kind == YAML_MAP)
            *(const struct yaml **)out = v;
        else if (!setting_is_null(v))
            setting_fail(r, v, "\"%.*s\" wants keys below it, not %s",
                         STR_ARG(key), setting_kind_name(v));
        break;
    case SETTINGS_PRESETS:
        setting_store_presets(r, key, v, out);
        break;
    case SETTINGS_STATUSES:
        setting_store_statuses(r, key, v, out);
        break;
    case SETTINGS_ANY:
        break;
    }
}
