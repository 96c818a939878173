#include "value/format_piece.h"

bool format_piece_next(struct str *rest, struct format_piece *p) {
    size_t n = 1;

    *p = (struct format_piece){0};
    if (rest->len == 0)
        return false;
    if (rest->p[0] == '\'') {
        struct str inner = str_skip(*rest, 1);

        p->text = str_until(inner, '\'');
        *rest = str_skip(inner, p->text.len + 1);
        if (p->text.len == 0 && inner.len > 0)
            p->text = STR("'");
        return true;
    }
    while (n < rest->len && rest->p[n] == rest->p[0])
        n++;
    p->letter = rest->p[0];
    p->times = n;
    p->text = str_slice(*rest, 0, n);
    *rest = str_skip(*rest, n);
    return true;
}
