#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/unicode.h"
#include "vault/vault.h"

/* What a first look tells about the bytes. */
struct look {
    bool control; /* a C0 control but TAB and LF; CR is one */
    bool high;    /* a byte from 0x80 up */
};

static struct look look_at(struct str s) {
    unsigned char control = 0, high = 0;
    size_t i = 0;

#ifdef __SSE2__
    const __m128i tab = _mm_set1_epi8('\t'), lf = _mm_set1_epi8('\n');
    const __m128i last = _mm_set1_epi8(0x1F);
    __m128i all = _mm_setzero_si128();

    for (; s.len - i >= 16 && !control; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(s.p + i));
        __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(v, last), v);
        __m128i good =
            _mm_or_si128(_mm_cmpeq_epi8(v, tab), _mm_cmpeq_epi8(v, lf));

        all = _mm_or_si128(all, v);
        control = _mm_movemask_epi8(_mm_andnot_si128(good, low)) != 0;
    }
    high = _mm_movemask_epi8(all) != 0 ? 0x80 : 0;
#endif
    for (; i < s.len && !control; i++) {
        unsigned char c = (unsigned char)s.p[i];
        control |= (unsigned char)((c < 0x20) & (c != '\t') & (c != '\n'));
        high |= c;
    }
    return (struct look){control != 0, (high & 0x80) != 0};
}

/* UTF-16 shows by its BOM, by `---` as its first characters, or by NULs in
 * every other place. */
static bool is_utf16(struct str s) {
    static const struct str starts[] = {
        STR_INIT("\xff\xfe"),
        STR_INIT("\xfe\xff"),
        STR_INIT("-\0-\0-\0"),
        STR_INIT("\0-\0-\0-"),
    };
    struct str window = str_slice(s, 0, 256);
    size_t nuls[2] = {0, 0};

    for (size_t i = 0; i < ARRAY_LEN(starts); i++)
        if (str_starts(s, starts[i]))
            return true;
    for (size_t i = 0; i < window.len; i++)
        nuls[i % 2] += window.p[i] == '\0';
    size_t n = nuls[0] + nuls[1];
    return n >= 2 && n * 8 >= window.len && (nuls[0] == 0 || nuls[1] == 0);
}

/* One pass that writes the clean text. */
struct cleaner {
    struct str raw;
    size_t at, kept; /* next byte; first byte not yet written */
    size_t line_start;
    uint32_t line;
    struct buf *out;
    struct str path;
    struct diags *diags;
    bool reported[DIAG_CODES];
};

static void report_once(struct cleaner *c, enum diag_code code,
                        const char *text) {
    uint32_t column = 1, unused;

    if (c->reported[code])
        return;
    c->reported[code] = true;
    for (size_t i = c->line_start; i < c->at; column++)
        i += utf8_decode(c->raw, i, &unused);
    diag_add(c->diags, code, c->path, c->line, column, "%s", text);
}

/* Writes `instead` for the next `n` bytes. */
static void replace(struct cleaner *c, size_t n, struct str instead) {
    buf_add_str(c->out, str_slice(c->raw, c->kept, c->at));
    buf_add_str(c->out, instead);
    c->at += n;
    c->kept = c->at;
}

static void next_line(struct cleaner *c) {
    c->line++;
    c->line_start = c->at;
}

static bool is_printable(char c) {
    return (unsigned char)c >= 0x20 && (unsigned char)c < 0x80;
}

static void clean_step(struct cleaner *c) {
    const struct str unknown = STR("\xef\xbf\xbd");
    unsigned char byte = (unsigned char)c->raw.p[c->at];
    uint32_t code;

    if (byte == '\n') {
        c->at++;
        next_line(c);
    } else if (byte == '\r') {
        bool pair = c->at + 1 < c->raw.len && c->raw.p[c->at + 1] == '\n';
        report_once(c, DIAG_TEXT_CRLF,
                    pair ? "a line ends in CR LF" : "a line ends in CR");
        replace(c, pair ? 2 : 1, STR("\n"));
        next_line(c);
    } else if (byte < 0x20 && byte != '\t') {
        report_once(c, DIAG_TEXT_CONTROL, "a control character");
        replace(c, 1, unknown);
    } else if (byte < 0x80) {
        do
            c->at++;
        while (c->at < c->raw.len && is_printable(c->raw.p[c->at]));
    } else {
        size_t n = utf8_decode(c->raw, c->at, &code);
        if (n > 1) {
            c->at += n;
            return;
        }
        report_once(c, DIAG_TEXT_INVALID_UTF8, "a byte that is not UTF-8");
        replace(c, 1, unknown);
    }
}

bool text_clean(struct str raw, struct str path, struct buf *scratch,
                struct str *text, struct diags *d) {
    const struct str bom = STR("\xef\xbb\xbf");
    struct cleaner c = {.line = 1, .out = scratch, .path = path, .diags = d};

    if (is_utf16(raw)) {
        diag_add(d, DIAG_TEXT_UTF16, path, 0, 0,
                 "the file is UTF-16; save it as UTF-8");
        return false;
    }
    if (str_starts(raw, bom)) {
        diag_add(d, DIAG_TEXT_BOM, path, 1, 1,
                 "the file begins with a byte order mark");
        raw = str_skip(raw, bom.len);
    }
    struct look look = look_at(raw);
    if (!look.control && (!look.high || utf8_valid_len(raw) == raw.len)) {
        *text = raw;
        return true;
    }
    buf_reset(scratch);
    for (c.raw = raw; c.at < raw.len;)
        clean_step(&c);
    replace(&c, 0, STR(""));
    *text = buf_str(scratch);
    return true;
}

size_t text_front_len(struct str text) {
    size_t at = 0;

    if (!str_starts(text, STR("---")))
        return 0;
    while ((at = str_find_str(text, STR("\n---"), at)) != STR_NONE) {
        struct str rest = str_skip(text, at + 1), line;
        size_t before = rest.len;

        str_next_line(&rest, &line);
        if (str_rtrim(line).len == 3)
            return at + 1 + (before - rest.len);
        at++;
    }
    return 0;
}
