#include "html/escape.h"
#include "site/wiki.h"

/*
 * Whom an entity is seen with (spec/entities.md §4.6). What has people of its own, a
 * customer or a project, shows them as tables (theme/design.md §4); a person as
 * names in a line.
 */

static bool is_person(const struct wiki *w, uint32_t kind) {
    return str_eq(w->e->kinds[kind].name, STR("person"));
}

/* What its note says of it, in a word or two; "" of none. */
static struct str says(const struct wiki *w, uint32_t entity) {
    uint32_t file = w->e->items[entity].note;
    const struct note *n;
    struct str text;

    if (file == ENTITY_NONE)
        return STR("");
    n = w->plan->linked->notes[file];
    if (is_person(w, w->e->items[entity].kind))
        text = wiki_property(n, STR("relationship"));
    else if ((text = wiki_property(n, STR("status"))).len == 0)
        text = wiki_property(n, STR("phase"));
    return str_find_str(text, STR("[["), 0) == STR_NONE ? text : STR("");
}

void wiki_draw_cells(struct wiki *w, uint32_t entity,
                     struct kept_piece *piece) {
    struct str text = says(w, entity);

    wiki_draw_ent(w, entity, piece);
    buf_add_lit(w->out, "</th>");
    if (text.len > 0) {
        buf_add_lit(w->out, "<td class=\"lo\" dir=\"auto\">");
        wiki_summary(w, text);
        buf_add_lit(w->out, "</td>");
    }
    piece->part_end = (uint32_t)w->out->len;
}

/* One kind of what is related: those at `rows` that are of it. */
struct table {
    const struct entity *of;
    const uint32_t *rows;
    uint32_t n;
    bool says; /* the note of one of them does */
};

static bool is_said(const struct wiki *w, uint32_t entity) {
    return str_ends(w->fill->kept->cells[entity].html, STR("</td>"));
}

static void add_column(struct wiki *w, enum string_name title,
                       const char *class) {
    buf_printf(w->out, "<th scope=\"col\"%s>", class);
    wiki_text(w, title);
    buf_add_lit(w->out, "</th>");
}

static void open_table(struct wiki *w, const struct table *t, uint32_t kind) {
    buf_add_lit(w->out, "<table class=\"index\"");
    html_add_attr(w->out, STR("aria-label"), plan_kind_label(w->plan, kind));
    buf_add_lit(w->out, "><thead><tr>");
    add_column(w, STRING_NAME, "");
    if (t->says)
        add_column(w, is_person(w, kind) ? STRING_RELATIONSHIP : STRING_STATUS,
                   " class=\"lo\"");
    add_column(w, STRING_EVENTS, " class=\"r lo\"");
    add_column(w, STRING_LAST_CONTACT, " class=\"r\"");
    buf_add_lit(w->out, "</tr></thead><tbody>\n");
}

static void add_row(struct wiki *w, const struct table *t,
                    const struct related *r) {
    buf_add_lit(w->out, "<tr><th scope=\"row\">");
    wiki_kept(w, &w->fill->kept->cells[r->entity], true);
    if (t->says && !is_said(w, r->entity))
        buf_add_lit(w->out, "<td class=\"lo\"></td>");
    buf_add_lit(w->out, "<td class=\"r lo\">");
    wiki_number(w, r->count);
    buf_add_lit(w->out, "</td><td class=\"r\">");
    wiki_day(w, w->e->items[r->entity].last_contact);
    buf_add_lit(w->out, "</td></tr>\n");
}

static void add_table(struct wiki *w, const struct table *t, uint32_t kind) {
    open_table(w, t, kind);
    for (uint32_t i = 0; i < t->n; i++)
        add_row(w, t, &t->of->related[t->rows[i]]);
    buf_add_lit(w->out, "</tbody></table>\n");
}

static void add_names(struct wiki *w, const struct table *t) {
    buf_add_lit(w->out, "<ul class=\"people\">\n");
    for (uint32_t i = 0; i < t->n; i++) {
        const struct related *r = &t->of->related[t->rows[i]];
        buf_add_lit(w->out, "<li>");
        wiki_who(w, r->entity);
        buf_add_lit(w->out, " <span class=\"n\">");
        wiki_number(w, r->count);
        buf_add_lit(w->out, "</span></li>\n");
    }
    buf_add_lit(w->out, "</ul>\n");
}

void wiki_related(struct wiki *w, uint32_t entity, const uint32_t *rest,
                  uint32_t n) {
    bool person = wiki_is_kind(w, entity, "person");
    uint32_t *rows = arena_array(w->fill->scratch, uint32_t, n);

    for (uint32_t k = 0; k < w->e->nkinds; k++) {
        struct table t = {.of = &w->e->items[entity], .rows = rows};
        for (uint32_t i = 0; i < n; i++) {
            uint32_t other = t.of->related[rest[i]].entity;
            if (w->e->items[other].kind != k)
                continue;
            rows[t.n++] = rest[i];
            t.says = t.says || (!person && is_said(w, other));
        }
        if (t.n == 0)
            continue;
        buf_add_lit(w->out, "<h3>");
        html_escape(w->out, plan_kind_label(w->plan, k));
        buf_add_lit(w->out, "</h3>\n");
        if (person)
            add_names(w, &t);
        else
            add_table(w, &t, k);
    }
}
