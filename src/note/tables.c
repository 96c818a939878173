#include "html/escape.h"
#include "note/render.h"

#define OUT(r) (&(r)->o->html)

#define NAMED_COLUMNS 4
/* Bytes of a cell's text from which it must not be pressed into a column of
 * one word. */
#define LONG_CELL 60

/* A wide table scrolls, so the keyboard has to get there; its first columns'
 * names tell which it is. No region: a landmark would need a name of its own. */
static void add_name(struct render *r, const cmark_node *table) {
    cmark_node *cell = table->first_child->first_child;
    struct buf name = {0};

    for (unsigned i = 0; cell != NULL && i < NAMED_COLUMNS; i++) {
        struct str text = str_trim(render_plain(r, cell));
        if (text.len > 0 && name.len > 0)
            buf_add_lit(&name, ", ");
        buf_add_str(&name, text);
        cell = cell->next;
    }
    if (name.len > 0) {
        buf_add_lit(OUT(r), " role=\"group\"");
        html_add_attr(OUT(r), STR("aria-label"), buf_str(&name));
    }
    buf_release(&name);
}

void render_table(struct render *r, cmark_node *n, bool enter) {
    struct range range = object_range_begin(r->o);

    if (enter) {
        cmark_node *id_row = render_id_row(n);

        r->alignment = cmark_gfm_extensions_get_table_alignments(n);
        r->ncolumns = cmark_gfm_extensions_get_table_columns(n);
        r->body_open = false;
        buf_add_lit(OUT(r), "<div");
        render_block_set(n, render_block_begin(r, n, range));
        buf_add_lit(OUT(r), " class=\"table-wrapper\" tabindex=\"0\"");
        add_name(r, n);
        buf_add_lit(OUT(r), "><table>\n");
        if (id_row != NULL)
            cmark_node_unlink(id_row);
        return;
    }
    if (r->body_open)
        buf_add_lit(OUT(r), "</tbody>");
    buf_add_lit(OUT(r), "</table></div>\n");
    render_block_end(r, render_block_of(n));
}

void render_table_row(struct render *r, cmark_node *n, bool enter) {
    bool header = cmark_gfm_extensions_get_table_row_is_header(n);

    if (enter) {
        r->column = 0;
        if (header)
            buf_add_lit(OUT(r), "<thead>");
        else if (!r->body_open)
            buf_add_lit(OUT(r), "<tbody>");
        r->body_open |= !header;
        buf_add_lit(OUT(r), "<tr>");
        return;
    }
    buf_add_lit(OUT(r), "</tr>");
    buf_add_str(OUT(r), header ? STR("</thead>\n") : STR("\n"));
}

static bool is_long(struct render *r, cmark_node *cell) {
    return cell->content.size >= LONG_CELL &&
           render_plain(r, cell).len >= LONG_CELL;
}

void render_table_cell(struct render *r, cmark_node *n, bool enter) {
    bool header = cmark_gfm_extensions_get_table_row_is_header(n->parent);

    r->in_cell = enter;
    if (enter) {
        char align =
            r->column < r->ncolumns ? (char)r->alignment[r->column] : 0;
        render_leaf_begin(r, n, true);
        buf_add_str(OUT(r), header ? STR("<th") : STR("<td"));
        if (!header && is_long(r, n))
            buf_add_lit(OUT(r), " class=\"is-long\"");
        if (align == 'l' || align == 'c' || align == 'r')
            buf_printf(OUT(r), " style=\"text-align: %s\"",
                       align == 'l'   ? "left"
                       : align == 'c' ? "center"
                                      : "right");
        buf_add_lit(OUT(r), ">");
        r->column++;
        return;
    }
    render_leaf_end(r, TEXT_CELL);
    buf_add_str(OUT(r), header ? STR("</th>") : STR("</td>"));
}
