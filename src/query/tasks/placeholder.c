#include "query/tasks/query.h"

#include "base/json.h"
#include "base/utf16.h"
#include "query/tasks/mustache.h"
#include "value/print.h"

/* Rounds of replacing what replacing made. */
#define MAX_ROUNDS 10
#define MAX_BYTES (1u << 20)

enum found { FOUND, FOUND_NULL, NOT_FOUND };

/* --- values as text --- */

static void add_value(struct buf *out, const struct value *v) {
    if (v->kind == VALUE_TEXT)
        buf_add_str(out, v->as.text);
    else
        value_add_json(out, v);
}

/* --- query.file --- */

static const struct property *property_of(const struct tasks_query *q,
                                          struct str key) {
    const struct frontmatter *f = q->note != NULL ? &q->note->front : NULL;

    for (size_t i = 0; f != NULL && i < f->nproperties; i++)
        if (str_eq_nocase(f->properties[i].key, key))
            return &f->properties[i];
    return NULL;
}

/* The tags of the properties, as the plugin has them: with `#`. */
static void add_tags(struct buf *out, const struct tasks_query *q) {
    const struct frontmatter *f = &q->note->front;

    buf_add_ch(out, '[');
    for (size_t i = 0; i < f->ntags; i++) {
        struct buf tag = {0};
        if (i > 0)
            buf_add_ch(out, ',');
        buf_add_ch(&tag, '#');
        buf_add_str(&tag, f->tags[i]);
        json_add_text(out, buf_str(&tag));
        buf_release(&tag);
    }
    buf_add_ch(out, ']');
}

/* `property("k")`; lists lose their nulls. */
static enum found add_property(struct buf *out, const struct tasks_query *q,
                               struct str key) {
    const struct property *p = property_of(q, key);

    if (p == NULL || p->value->kind == VALUE_NULL)
        return FOUND_NULL;
    if (str_eq_nocase(key, STR("tags"))) {
        add_tags(out, q);
        return FOUND;
    }
    if (p->value->kind != VALUE_LIST) {
        add_value(out, p->value);
        return FOUND;
    }
    bool any = false;
    buf_add_ch(out, '[');
    for (size_t i = 0; i < p->value->as.list.len; i++) {
        if (p->value->as.list.items[i]->kind == VALUE_NULL)
            continue;
        if (any)
            buf_add_ch(out, ',');
        any = true;
        value_add_json(out, p->value->as.list.items[i]);
    }
    buf_add_ch(out, ']');
    return FOUND;
}

static struct str without_extension(struct str name) {
    return str_ends(name, STR(".md")) ? str_slice(name, 0, name.len - 3) : name;
}

/* One of the fields that are texts. */
static bool file_field(const struct tasks_query *q, struct str name,
                       struct str *text) {
    if (str_eq(name, STR("path")))
        *text = q->path;
    else if (str_eq(name, STR("pathWithoutExtension")))
        *text = without_extension(q->path);
    else if (str_eq(name, STR("root")))
        *text = path_root(q->path);
    else if (str_eq(name, STR("folder")))
        *text = path_folder(q->path);
    else if (str_eq(name, STR("filename")))
        *text = str_basename(q->path);
    else if (str_eq(name, STR("filenameWithoutExtension")))
        *text = without_extension(str_basename(q->path));
    else
        return false;
    return true;
}

static void add_outlinks(struct buf *out, const struct tasks_query *q,
                         bool body, bool properties) {
    uint32_t n = q->note != NULL ? q->note->nlinks : 0;
    bool any = false;

    buf_add_ch(out, '[');
    for (uint32_t i = 0; i < n; i++) {
        const struct link *l = &q->note->links[i];
        if (l->kind == LINK_PROPERTY ? !properties : !body)
            continue;
        if (any)
            buf_add_ch(out, ',');
        any = true;
        buf_add_ch(out, '{');
        json_add_key(out, STR("destination"));
        json_add_text(out, l->typed);
        buf_add_ch(out, ',');
        json_add_key(out, STR("displayText"));
        json_add_text(out, l->display);
        buf_add_ch(out, '}');
    }
    buf_add_ch(out, ']');
}

/* The key between quotes of either kind: `("k")`, `('k')`. */
static bool quoted_argument(struct str s, struct str *key) {
    if (s.len < 4 || s.p[0] != '(' || s.p[s.len - 1] != ')' ||
        (s.p[1] != '"' && s.p[1] != '\'') || s.p[s.len - 2] != s.p[1])
        return false;
    *key = str_slice(s, 2, s.len - 2);
    return str_find(*key, s.p[1]) == STR_NONE;
}

/* §5.7, step 1. */
static enum found add_file_field(struct buf *out, const struct tasks_query *q,
                                 struct str inside) {
    static const struct str file = STR_INIT("query.file.");
    struct str name, text, key;

    if (!str_starts(inside, file))
        return NOT_FOUND;
    name = str_skip(inside, file.len);
    if (file_field(q, name, &text))
        buf_add_str(out, text);
    else if (str_eq(name, STR("outlinks")))
        add_outlinks(out, q, true, true);
    else if (str_eq(name, STR("outlinksInBody")))
        add_outlinks(out, q, true, false);
    else if (str_eq(name, STR("outlinksInProperties")))
        add_outlinks(out, q, false, true);
    else if (str_starts(name, STR("property")) &&
             quoted_argument(str_skip(name, strlen("property")), &key))
        return add_property(out, q, key);
    else if (str_starts(name, STR("hasProperty")) &&
             quoted_argument(str_skip(name, strlen("hasProperty")), &key)) {
        const struct property *p = property_of(q, key);
        buf_add_str(out, p != NULL && p->value->kind != VALUE_NULL
                             ? STR("true")
                             : STR("false"));
    } else {
        return NOT_FOUND;
    }
    return FOUND;
}

/* --- JavaScript --- */

static struct str presets_json(struct tasks_query *q) {
    const struct tasks_presets *presets = &q->tasks->settings->presets;
    struct buf text = {0};

    buf_add_ch(&text, '{');
    for (size_t i = 0; i < presets->len; i++) {
        if (i > 0)
            buf_add_ch(&text, ',');
        json_add_key(&text, presets->items[i].name);
        json_add_text(&text, presets->items[i].text);
    }
    buf_add_ch(&text, '}');
    return query_keep(q, &text);
}

struct script_search *query_search(struct tasks_query *q) {
    struct scripts *scripts = shared_scripts(q->shared);
    struct script_asker asker = {
        .origin = q->path, .file = q->file, .text = q->text, .turn = q->turn};

    if (q->search != NULL)
        return q->search;
    if (script_off(scripts).len > 0) {
        q->wants_script = true;
        return NULL;
    }
    asker.presets = presets_json(q);
    q->search = script_begin(scripts, q->scratch, &asker);
    return q->search;
}

/* §5.7, step 2: what throws, or is no expression, is left alone. */
static enum found add_script(struct buf *out, struct tasks_query *q,
                             struct str inside) {
    struct script_search *search;
    struct script_value v = {.kind = SCRIPT_ERROR};
    uint32_t function;

    /* What is surely no expression needs no program to say so. */
    if (inside.len == 0 || strchr("#/^&>{", inside.p[0]) != NULL ||
        (search = query_search(q)) == NULL ||
        !script_compile(search, SCRIPT_PLACEHOLDER, inside, &function, &v))
        return NOT_FOUND;
    script_call(search, function, NULL, 1, &v);
    if (v.kind == SCRIPT_NULL)
        return FOUND_NULL;
    if (v.kind == SCRIPT_UNDEFINED || v.kind == SCRIPT_ERROR)
        return NOT_FOUND;
    buf_add_str(out, v.text);
    return FOUND;
}

/* --- the whole --- */

/* One pass of steps 1 and 2 over the `{{…}}` of `text`. */
static bool replace(struct tasks_query *q, struct str text, struct buf *out) {
    size_t done = 0, open, close;

    while ((open = str_find_str(text, STR("{{"), done)) != STR_NONE &&
           (close = str_find_str(text, STR("}}"), open + 2)) != STR_NONE) {
        struct str inside = utf16_trim(str_slice(text, open + 2, close));
        size_t before;
        enum found found;

        buf_add_str(out, str_slice(text, done, open));
        before = out->len;
        found = add_file_field(out, q, inside);
        if (found == NOT_FOUND)
            found = add_script(out, q, inside);
        if (found == FOUND_NULL)
            return false;
        if (found == NOT_FOUND) {
            out->len = before;
            buf_add_str(out, str_slice(text, open, close + 2));
        }
        done = close + 2;
    }
    buf_add_str(out, str_skip(text, done));
    return true;
}

/* Names of step 3. */
static bool template_value(void *context, struct str name, struct buf *out) {
    static const struct str preset = STR_INIT("preset."),
                            file = STR_INIT("query.file."),
                            front = STR_INIT("frontmatter.");
    struct tasks_query *q = context;
    struct str text;

    if (str_starts(name, preset)) {
        const struct tasks_presets *presets = &q->tasks->settings->presets;
        for (size_t i = 0; i < presets->len; i++)
            if (str_eq(presets->items[i].name, str_skip(name, preset.len))) {
                buf_add_str(out, presets->items[i].text);
                return true;
            }
        return false;
    }
    if (!str_starts(name, file))
        return false;
    name = str_skip(name, file.len);
    if (file_field(q, name, &text)) {
        buf_add_str(out, text);
        return true;
    }
    if (str_starts(name, front)) {
        const struct property *p = property_of(q, str_skip(name, front.len));
        if (p == NULL || p->value->kind == VALUE_NULL)
            return false;
        add_value(out, p->value);
        return true;
    }
    if (str_eq(name, STR("tags")) && q->note != NULL) {
        for (size_t i = 0; i < q->note->front.ntags; i++) {
            buf_add_str(out, i > 0 ? STR(",#") : STR("#"));
            buf_add_str(out, q->note->front.tags[i]);
        }
        return true;
    }
    return false;
}

static struct str framed(struct tasks_query *q, struct str message,
                         struct str text) {
    struct buf out = {0};

    buf_printf(&out,
               "There was an error expanding one or more placeholders.\n\n"
               "The error message was:\n    %.*s\n\nThe problem is in:\n"
               "    %.*s",
               STR_ARG(message), STR_ARG(text));
    return query_keep(q, &out);
}

/* One round. */
static bool expand(struct tasks_query *q, struct str text, struct str *expanded,
                   struct str *problem) {
    struct buf replaced = {0}, out = {0}, message = {0};
    bool ok = true;

    if (!replace(q, text, &replaced)) {
        buf_add_lit(&message, "Invalid placeholder result 'null'.");
        ok = false;
    } else if (!mustache_expand(buf_str(&replaced), template_value, q, &out,
                                &message)) {
        ok = false;
    } else if (out.len > MAX_BYTES) {
        buf_add_lit(&message, "The text would become too long");
        ok = false;
    }
    if (ok)
        *expanded = arena_str(q->scratch, buf_str(&out));
    else
        *problem = framed(q, buf_str(&message), text);
    buf_release(&replaced);
    buf_release(&out);
    buf_release(&message);
    return ok;
}

bool query_expand(struct tasks_query *q, struct str text, bool once,
                  struct str *expanded, struct str *problem) {
    *expanded = text;
    for (unsigned i = 0; i < (once ? 1 : MAX_ROUNDS); i++) {
        struct str before = *expanded;

        if (str_find_str(before, STR("{{"), 0) == STR_NONE)
            break;
        if (!expand(q, before, expanded, problem))
            return false;
        if (str_eq(before, *expanded))
            break;
    }
    return true;
}
