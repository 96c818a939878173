#include "base/currency.h"

#include <unicode/unum.h>
#include <unicode/ustring.h>

void currency_release(struct currency *c) {
    if (c->formatter != NULL)
        unum_close(c->formatter);
    *c = (struct currency){0};
}

/* A formatter for c->code; NULL where ICU has none. */
static void *new_formatter(const struct currency *c) {
    UErrorCode code = U_ZERO_ERROR;
    UNumberFormat *f = unum_open(UNUM_CURRENCY, NULL, 0, "en_US", NULL, &code);
    UChar wide[4];

    if (U_SUCCESS(code)) {
        for (int i = 0; i < 4; i++)
            wide[i] = (unsigned char)c->code[i];
        unum_setAttribute(f, UNUM_ROUNDING_MODE, UNUM_ROUND_HALFUP);
        unum_setTextAttribute(f, UNUM_CURRENCY_CODE, wide, 3, &code);
    }
    if (U_FAILURE(code)) {
        unum_close(f);
        return NULL;
    }
    return f;
}

static bool read_code(char to[4], struct str code) {
    if (code.len != 3)
        return false;
    for (size_t i = 0; i < 3; i++) {
        if (!ascii_alpha((unsigned char)code.p[i]))
            return false;
        to[i] = (char)(code.p[i] & ~0x20);
    }
    to[3] = '\0';
    return true;
}

bool currency_add(struct currency *c, struct buf *out, double amount,
                  struct str code) {
    UErrorCode error = U_ZERO_ERROR;
    UChar wide[512];
    char letters[4];
    int32_t len;

    if (!read_code(letters, code))
        return false;
    if (c->formatter == NULL || memcmp(letters, c->code, 4) != 0) {
        currency_release(c);
        memcpy(c->code, letters, 4);
        c->formatter = new_formatter(c);
        if (c->formatter == NULL)
            return false;
    }
    /* The longest double has 309 digits and 102 commas. */
    unum_formatDouble(c->formatter, amount, wide, 512, NULL, &error);
    if (U_FAILURE(error))
        return false;
    buf_reserve(out, sizeof wide * 2);
    u_strToUTF8(out->p + out->len, (int32_t)(sizeof wide * 2), &len, wide, -1,
                &error);
    out->len += (size_t)len;
    return true;
}
