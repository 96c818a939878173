#include "base/unicode.h"
#include "note/render.h"

/*
 * Code that is a query: blocks by their language, and inline ones, which begin with
 * a prefix (spec/dataview.md §14).  Stitch writes their answers; all that is made of
 * the note itself keeps their source text (decisions.md 18).
 */

bool render_is_query(struct str language) {
    return str_eq(language, STR("dataview")) ||
           str_eq(language, STR("dataviewjs")) ||
           str_eq(language, STR("tasks")) || str_eq(language, STR("query")) ||
           str_eq(language, STR("base"));
}

/* A line of a block's text is the end of its line in the file (struct query). */
static const uint32_t *query_indents(const struct render *r,
                                     const cmark_node *n, struct str text) {
    struct str rest = text, own;
    uint32_t lines = 1, *indents; /* an error may be behind the last one */

    if (n->start_column <= 1)
        return NULL;
    while (str_next_line(&rest, &own))
        lines++;
    indents = arena_array(r->o->build, uint32_t, lines);
    rest = text;
    for (uint32_t k = 0; str_next_line(&rest, &own); k++) {
        struct str whole =
            render_source_line(r, (uint32_t)n->start_line + k + 1);
        if (own.len < whole.len)
            indents[k] =
                (uint32_t)utf8_count(str_slice(whole, 0, whole.len - own.len));
    }
    return indents;
}

void render_query_block(struct render *r, const cmark_node *n,
                        struct str language, struct str text) {
    struct place_found at = render_place_of(r, n);
    struct query q = {arena_str(r->o->build, language),
                      arena_str(r->o->build, text), at.line, at.column,
                      query_indents(r, n, text)};

    object_fixup(r->o, FIXUP_QUERY, (uint32_t)r->o->queries.len);
    vec_push(&r->o->queries, q);
    if (str_eq(language, STR("dataview")) || str_eq(language, STR("tasks")))
        return; /* answered: query/ */
    diag_add(r->o->diags, DIAG_QUERY_NOT_EVALUATED, r->o->note->file->path,
             q.line, q.column, "%.*s block", STR_ARG(language));
}

/* --- inline queries --- */

/* Whether `text` begins with the prefix and something follows; *rest is that. No
 * query begins with a further '=': such code speaks of `==highlights==`. */
static bool begins_with(struct str text, struct str prefix, struct str *rest) {
    if (prefix.len == 0 || !str_starts(text, prefix))
        return false;
    *rest = str_trim(str_skip(text, prefix.len));
    return rest->len > 0 && rest->p[0] != '=';
}

bool render_inline_query(struct render *r, struct str code, const cmark_node *n,
                         bool in_block) {
    const struct dataview_settings *s = &r->settings->dataview_values;
    struct inline_query q = {.in_block = in_block};
    struct str text = str_trim(code);
    struct place_found at;

    /* Answers are leaves and have links of their own. */
    if (r->inline_only || render_no_anchor(r) ||
        (in_block && !s->inline_in_blocks))
        return false;
    q.js = begins_with(text, s->inline_js_prefix, &q.text);
    if (!q.js &&
        !(s->inline_queries && begins_with(text, s->inline_prefix, &q.text)))
        return false;
    at = render_place_of(r, n);
    q.line = at.line;
    q.column = at.column;
    q.raw = arena_str(r->o->build, code);
    q.text = str_slice(q.raw, (size_t)(q.text.p - code.p),
                       (size_t)(q.text.p - code.p) + q.text.len);
    object_fixup(r->o, FIXUP_INLINE_QUERY, (uint32_t)r->o->inline_queries.len);
    vec_push(&r->o->inline_queries, q);
    buf_add_str(&r->o->text, code);
    return true;
}
