#include "html/holder.h"

#include "html/allow.h"
#include "html/lex.h"

/* None that the HTML parser closes by itself when others follow. */
static const struct str holders[] = {
    STR_INIT("details"), STR_INIT("div"),     STR_INIT("center"),
    STR_INIT("section"), STR_INIT("article"), STR_INIT("aside"),
};

static struct str holder_named(struct str name) {
    for (size_t i = 0; i < ARRAY_LEN(holders); i++)
        if (str_eq_nocase(name, holders[i]))
            return holders[i];
    return STR("");
}

void html_edges_of(struct str html, struct html_edges *edges) {
    struct html_lexer lexer = {.text = html};
    struct html_token t;
    unsigned depth = 0;
    bool inside = false;

    *edges = (struct html_edges){.ncloses = 0};
    while (html_lexer_next(&lexer, &t)) {
        struct str holder = holder_named(t.text);

        if (t.kind == HTML_TOKEN_TEXT) {
            inside |= str_trim(t.text).len > 0;
        } else if (t.kind == HTML_TOKEN_START) {
            inside = true;
            if (holder.len > 0 && depth == HOLDER_DEPTH)
                return;
            if (holder.len > 0)
                edges->opens[depth++] = holder;
        } else if (t.kind == HTML_TOKEN_END && holder.len > 0) {
            if (depth > 0 && str_eq(edges->opens[depth - 1], holder))
                depth--;
            else if (!inside && edges->ncloses < HOLDER_DEPTH)
                edges->closes[edges->ncloses++] = holder;
        }
    }
    edges->nopens = depth;
}

bool sanitiser_hand_over(struct sanitiser *s, struct buf *out,
                         const struct str *opens, unsigned nopens,
                         unsigned keep) {
    if (s->depth != nopens || s->barriers > 0 || s->overflow > 0 ||
        sanitiser_dropping(s))
        return false;
    for (unsigned i = 0; i < nopens; i++)
        if (!str_eq(s->open[i]->tag, opens[i]))
            return false;
    while (s->depth > keep) {
        buf_add_lit(out, "</");
        buf_add_str(out, opens[--s->depth]);
        buf_add_ch(out, '>');
    }
    s->depth = 0;
    return true;
}
