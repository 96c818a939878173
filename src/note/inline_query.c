#include "note/render.h"

/*
 * Inline queries (spec/dataview.md §14): code that begins with a prefix.  Stitch
 * writes their answers; all that is made of the note itself keeps their source text
 * (decisions.md 18).
 */

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
