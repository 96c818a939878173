#include "search/postings.h"

enum { DIGITS = 92, ONE = 60, TWO = 26, THREE = 5 };
enum {
    FROM_TWO = ONE,
    FROM_THREE = FROM_TWO + TWO * DIGITS,
    FROM_FIVE = FROM_THREE + THREE * DIGITS * DIGITS,
};

static char digit(uint32_t n) {
    n += '!';
    n += n >= '"';
    n += n >= '\\';
    return (char)n;
}

void search_add_number(struct buf *out, uint32_t n) {
    char *p;

    buf_reserve(out, 5);
    p = out->p + out->len;
    if (n < FROM_TWO) {
        p[0] = digit(n);
        out->len += 1;
    } else if (n < FROM_THREE) {
        n -= FROM_TWO;
        p[0] = digit(ONE + n / DIGITS);
        p[1] = digit(n % DIGITS);
        out->len += 2;
    } else if (n < FROM_FIVE) {
        n -= FROM_THREE;
        p[0] = digit(ONE + TWO + n / (DIGITS * DIGITS));
        p[1] = digit(n / DIGITS % DIGITS);
        p[2] = digit(n % DIGITS);
        out->len += 3;
    } else {
        /* All of 32 bits would need a sixth: there are not so many pieces. */
        n -= FROM_FIVE;
        p[0] = digit(ONE + TWO + THREE);
        for (int i = 4; i > 0; i--, n /= DIGITS)
            p[i] = digit(n % DIGITS);
        out->len += 5;
    }
}

void search_add_postings(struct buf *out, const search_posting *list,
                         size_t n) {
    uint32_t last = 0;

    buf_reserve(out, n * 5);
    for (size_t i = 0; i < n; i++) {
        uint32_t piece = list[i] / SEARCH_RANKS;
        uint32_t number =
            (piece - last) * SEARCH_RANKS + list[i] % SEARCH_RANKS;

        /* Nearly all of words that are in many pieces. */
        if (number < FROM_TWO)
            out->p[out->len++] = digit(number);
        else
            search_add_number(out, number);
        last = piece;
    }
}
