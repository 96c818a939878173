/*
 * The public cases of the Mustache specification (tests/conformance/mustache).
 *
 * A case's JSON gives the table of names, as a theme has one, and the values.
 * Names that a case uses and its JSON lacks are put into the table and left
 * without a value: what is a "context miss" there is an absent value here.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "base/json.h"
#include "base/vec.h"
#include "site/template.h"

#define MAX_NAMES 16

static const char *const files[] = {"comments", "interpolation", "inverted",
                                    "partials", "sections"};
#define ALL_CASES 122

/* Cases that a theme can do without, and why. */
static const struct {
    const char *file, *name, *finding;
} excluded[] = {
    /* Partials are put in place at load: a theme has no recursive values. */
    {"partials", "Recursion", "the partial \"node\" includes itself"},
};

/* A scope that is still growing. */
struct table {
    struct template_name names[MAX_NAMES];
    struct template_scope scope;
    struct table *inside[MAX_NAMES];
};

struct suite_case {
    struct arena arena;
    const struct json *json;
    VEC(struct str) raw; /* names in {{{x}}} and {{&x}} */
    VEC(struct table *) tables;
};

typedef VEC(const struct json *) json_list;

static struct str member_text(const struct json *j, const char *key) {
    const struct json *m = json_member(j, str_from(key));
    return m && m->kind == JSON_TEXT ? m->text : (struct str){0};
}

static bool is_raw(const struct suite_case *c, struct str name) {
    for (size_t i = 0; i < c->raw.len; i++)
        if (str_eq(c->raw.items[i], name))
            return true;
    return false;
}

static struct table *new_table(struct suite_case *c) {
    struct table *t = arena_new(&c->arena, struct table);
    t->scope.names = t->names;
    vec_push(&c->tables, t);
    return t;
}

static size_t find(const struct table *t, struct str name) {
    for (size_t i = 0; i < t->scope.len; i++)
        if (str_eq(t->names[i].name, name))
            return i;
    return STR_NONE;
}

static size_t add_name(struct table *t, struct str name,
                       enum template_type type, struct table *inside) {
    assert_true(t->scope.len < MAX_NAMES);
    t->names[t->scope.len] = (struct template_name){
        .name = name, .type = type, .inside = inside ? &inside->scope : NULL};
    t->inside[t->scope.len] = inside;
    return t->scope.len++;
}

static struct table *table_of(struct suite_case *c, const json_list *frames);

static void add_values(struct suite_case *c, struct table *t, struct str name,
                       const json_list *values) {
    json_list below = {0};
    enum template_type type = is_raw(c, name) ? TEMPLATE_HTML : TEMPLATE_TEXT;

    for (size_t i = 0; i < values->len; i++) {
        const struct json *v = values->items[i];
        if (v->kind == JSON_BOOL)
            type = TEMPLATE_FLAG;
        if (v->kind == JSON_OBJECT) {
            type = TEMPLATE_RECORD;
            vec_push(&below, v);
        }
        if (v->kind == JSON_LIST) {
            type = TEMPLATE_LIST;
            for (const struct json *j = v->first; j; j = j->next)
                vec_push(&below, j);
        }
    }
    bool frames = type == TEMPLATE_LIST || type == TEMPLATE_RECORD;
    add_name(t, name, type, frames ? table_of(c, &below) : NULL);
    vec_release(&below);
}

/* The names of all frames taken together. */
static struct table *table_of(struct suite_case *c, const json_list *frames) {
    struct table *t = new_table(c);
    json_list values = {0};

    for (size_t f = 0; f < frames->len; f++) {
        const struct json *frame = frames->items[f];
        if (frame->kind != JSON_OBJECT) {
            vec_push(&values, frame);
            continue;
        }
        for (const struct json *j = frame->first; j; j = j->next) {
            json_list same = {0};
            if (find(t, j->key) != STR_NONE)
                continue;
            for (size_t g = f; g < frames->len; g++) {
                const struct json *v = json_member(frames->items[g], j->key);
                if (v)
                    vec_push(&same, v);
            }
            add_values(c, t, j->key, &same);
            vec_release(&same);
        }
    }
    if (values.len > 0)
        add_values(c, t, STR("."), &values);
    vec_release(&values);
    return t;
}

/* Puts `a.b.c` into `t` as far as it is not there. */
static void add_missing(struct suite_case *c, struct table *t,
                        struct str name) {
    struct str first = str_until(name, '.');
    bool last = first.len == name.len;
    size_t i = find(t, first);

    if (i == STR_NONE)
        i = add_name(t, first,
                     !last              ? TEMPLATE_RECORD
                     : is_raw(c, first) ? TEMPLATE_HTML
                                        : TEMPLATE_TEXT,
                     last ? NULL : new_table(c));
    if (!last && t->inside[i])
        add_missing(c, t->inside[i], str_skip(name, first.len + 1));
}

/* Wherever `a` is, and in the outermost table, where it hides nothing. */
static void name_missing(struct suite_case *c, struct str name) {
    size_t n = c->tables.len;

    for (size_t i = 0; i < n; i++)
        if (i == 0 ||
            find(c->tables.items[i], str_until(name, '.')) != STR_NONE)
            add_missing(c, c->tables.items[i], name);
}

/* Calls for each tag of `text` but comments and partials. */
static void each_tag(struct suite_case *c, struct str text, bool missing) {
    size_t at = 0;

    while ((at = str_find_str(text, STR("{{"), at)) != STR_NONE) {
        size_t end = str_find_str(text, STR("}}"), at);
        struct str tag = str_trim(str_slice(text, at + 2, end));
        bool raw = str_starts(tag, STR("{")) || str_starts(tag, STR("&"));
        struct str name = str_trim(str_skip(tag, raw));
        if (str_starts(tag, STR("#")) || str_starts(tag, STR("^")))
            name = str_trim(str_skip(tag, 1));
        at = end;
        if (tag.len == 0 || memchr("!>/", tag.p[0], 3))
            continue;
        if (missing && !str_eq(name, STR(".")))
            name_missing(c, name);
        if (!missing && raw) {
            size_t dot = str_rfind(name, '.');
            if (name.len > 1 && dot != STR_NONE)
                name = str_skip(name, dot + 1);
            vec_push(&c->raw, name);
        }
    }
}

static void each_text(struct suite_case *c, bool missing) {
    const struct json *partials = json_member(c->json, STR("partials"));

    each_tag(c, member_text(c->json, "template"), missing);
    for (const struct json *p = partials ? partials->first : NULL; p;
         p = p->next)
        each_tag(c, p->text, missing);
}

static const struct template_value *frame_of(struct suite_case *c,
                                             const struct table *t,
                                             const struct json *data);

static struct template_value value_of(struct suite_case *c,
                                      const struct table *t, size_t i,
                                      const struct json *data) {
    enum template_type type = t->names[i].type;
    struct str text = data ? data->text : (struct str){0};
    struct buf number = {0};

    if (!data || data->kind == JSON_NULL)
        return (struct template_value){0};
    if (data->kind == JSON_BOOL)
        return template_flag(data->boolean);
    if (data->kind == JSON_OBJECT)
        return template_record(frame_of(c, t->inside[i], data));
    if (data->kind == JSON_LIST) {
        size_t width = t->inside[i]->scope.len;
        struct template_value *frames = arena_array(
            &c->arena, struct template_value, width * data->len + 1);
        size_t f = 0;
        for (const struct json *j = data->first; j; j = j->next, f++)
            memcpy(frames + f * width, frame_of(c, t->inside[i], j),
                   width * sizeof *frames);
        return template_list(frames, data->len);
    }
    if (data->kind == JSON_NUMBER) {
        buf_printf(&number, "%.15g", data->number);
        text = arena_str(&c->arena, buf_str(&number));
        buf_release(&number);
    }
    return type == TEMPLATE_HTML ? template_html(text) : template_text(text);
}

static const struct template_value *frame_of(struct suite_case *c,
                                             const struct table *t,
                                             const struct json *data) {
    struct template_value *frame =
        arena_array(&c->arena, struct template_value, t->scope.len + 1);

    for (size_t i = 0; i < t->scope.len; i++) {
        bool self = str_eq(t->names[i].name, STR("."));
        frame[i] = value_of(c, t, i,
                            self ? data : json_member(data, t->names[i].name));
    }
    return frame;
}

static bool find_partial(void *context, struct str name,
                         struct template_source *source) {
    const struct suite_case *c = context;
    const struct json *partials = json_member(c->json, STR("partials"));
    const struct json *p = partials ? json_member(partials, name) : NULL;

    /* The specification: a partial that is not there is empty. */
    *source =
        (struct template_source){STR("partial"), p ? p->text : (struct str){0}};
    return true;
}

/* True when the case gives what it should; otherwise says what it gave. */
static bool run(struct suite_case *c, const char *file, const char *finding) {
    const struct json *data = json_member(c->json, STR("data"));
    json_list root = {0};
    struct diags diags;
    struct buf out = {0};
    bool good;

    each_text(c, false);
    vec_push(&root, data);
    struct table *t = table_of(c, &root);
    each_text(c, true);

    struct template_source source = {STR("template"),
                                     member_text(c->json, "template")};
    struct template_rules rules = {
        .scope = &t->scope, .partial = find_partial, .context = c};
    diags_init(&diags);
    const struct template *program =
        template_compile(&c->arena, &source, &rules, &diags);
    if (finding) {
        good = !program && diags.len == 1 &&
               str_eq(diags.items[0].text, str_from(finding));
    } else {
        if (program)
            template_render(program, frame_of(c, t, data), &out);
        good =
            program && str_eq(buf_str(&out), member_text(c->json, "expected"));
    }
    if (!good) {
        struct str name = member_text(c->json, "name");
        struct str want = member_text(c->json, "expected");
        struct str got = diags.len > 0 ? diags.items[0].text : buf_str(&out);
        print_error("%s: %.*s\n want %.*s\n got  %.*s\n", file, STR_ARG(name),
                    STR_ARG(want), STR_ARG(got));
    }
    buf_release(&out);
    diags_release(&diags);
    vec_release(&root);
    return good;
}

static struct str read_whole(struct arena *a, const char *path) {
    struct buf bytes = {0};
    FILE *in = fopen(path, "rb");
    int ch;

    assert_non_null(in);
    while ((ch = getc(in)) != EOF)
        buf_add_ch(&bytes, (char)ch);
    fclose(in);
    struct str text = arena_str(a, buf_str(&bytes));
    buf_release(&bytes);
    return text;
}

static const char *finding_of(const char *file, struct str name) {
    for (size_t i = 0; i < ARRAY_LEN(excluded); i++)
        if (strcmp(excluded[i].file, file) == 0 &&
            str_eq(str_from(excluded[i].name), name))
            return excluded[i].finding;
    return NULL;
}

static void test_specification(void **state) {
    struct arena arena;
    size_t ran = 0, refused = 0, failed = 0;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        char path[128];
        struct json_error error;
        snprintf(path, sizeof path, "tests/conformance/mustache/%s.json",
                 files[i]);
        const struct json *suite =
            json_parse(&arena, read_whole(&arena, path), &error);
        const struct json *cases = json_member(suite, STR("tests"));
        assert_non_null(cases);
        for (const struct json *j = cases->first; j; j = j->next) {
            struct suite_case c = {.json = j};
            const char *finding = finding_of(files[i], member_text(j, "name"));
            arena_init(&c.arena);
            failed += !run(&c, files[i], finding);
            refused += finding != NULL;
            ran++;
            vec_release(&c.raw);
            vec_release(&c.tables);
            arena_release(&c.arena);
        }
    }
    arena_release(&arena);
    assert_int_equal(failed, 0);
    assert_int_equal(ran, ALL_CASES);
    assert_int_equal(refused, ARRAY_LEN(excluded));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_specification)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
