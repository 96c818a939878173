#include "value/duration_format.h"

#include <math.h>

#include "value/duration.h"
#include "value/format_piece.h"
#include "value/number.h"

/* No number is filled up with more zeros than this. */
#define MAX_WIDTH 1000

static bool piece_unit(const struct format_piece *p, int *unit) {
    static const char letters[] = "yMwdhmsS"; /* in the order of the units */
    const char *at = p->letter == '\0' ? NULL : strchr(letters, p->letter);

    *unit = at == NULL ? 0 : (int)(at - letters);
    return at != NULL;
}

static void add_count(struct buf *out, double n, size_t width) {
    struct buf digits = {0};

    n = floor(n);
    if (n < 0)
        buf_add_ch(out, '-');
    number_add(&digits, fabs(n));
    if (width > MAX_WIDTH)
        width = MAX_WIDTH;
    for (size_t i = digits.len; i < width; i++)
        buf_add_ch(out, '0');
    buf_add_str(out, buf_str(&digits));
    buf_release(&digits);
}

void duration_format(struct buf *out, const struct duration *d,
                     struct str format) {
    struct str rest = format;
    struct duration shifted;
    unsigned units = 0;
    struct format_piece p;
    int unit;

    while (format_piece_next(&rest, &p))
        if (piece_unit(&p, &unit))
            units |= 1U << unit;
    shifted = duration_shift(d, units);
    rest = format;
    while (format_piece_next(&rest, &p)) {
        if (piece_unit(&p, &unit))
            add_count(out, shifted.count[unit], p.times);
        else
            buf_add_str(out, p.text);
    }
}
