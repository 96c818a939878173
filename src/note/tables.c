#include "note/render.h"

#define OUT(r) (&(r)->o->html)

void render_table(struct render *r, cmark_node *n, bool enter) {
    struct range range = object_range_begin(r->o);

    if (enter) {
        r->alignment = cmark_gfm_extensions_get_table_alignments(n);
        r->ncolumns = cmark_gfm_extensions_get_table_columns(n);
        r->body_open = false;
        buf_add_lit(OUT(r), "<div");
        render_block_set(n, render_block_begin(r, n, range));
        buf_add_lit(OUT(r), " class=\"table-wrapper\"><table>\n");
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

void render_table_cell(struct render *r, cmark_node *n, bool enter) {
    bool header = cmark_gfm_extensions_get_table_row_is_header(n->parent);

    r->in_cell = enter;
    if (enter) {
        char align =
            r->column < r->ncolumns ? (char)r->alignment[r->column] : 0;
        render_leaf_begin(r, n, true);
        buf_add_str(OUT(r), header ? STR("<th") : STR("<td"));
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
