#include "base/json.h"

/* jansson's names for its types that ours has too. */
#define JSON_OBJECT JANSSON_OBJECT
#define JSON_NULL JANSSON_NULL
#include <jansson.h>
#undef JSON_OBJECT
#undef JSON_NULL
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/unicode.h"

static struct str copy_text(struct arena *a, const json_t *from) {
    return arena_str(
        a, str_make(json_string_value(from), json_string_length(from)));
}

static struct json *convert(struct arena *a, json_t *from, int depth);

/* Puts a copy of `child` at `*tail`; false past the depth. */
static bool convert_child(struct arena *a, struct json *parent,
                          struct json ***tail, json_t *child, struct str key,
                          int depth) {
    struct json *j = convert(a, child, depth + 1);

    if (j == NULL)
        return false;
    j->key = arena_str(a, key);
    **tail = j;
    *tail = &j->next;
    parent->len++;
    return true;
}

static bool convert_list(struct arena *a, struct json *j, json_t *from,
                         int depth) {
    struct json **tail = &j->first;

    for (size_t i = 0; i < json_array_size(from); i++)
        if (!convert_child(a, j, &tail, json_array_get(from, i), STR(""),
                           depth))
            return false;
    return true;
}

static bool convert_object(struct arena *a, struct json *j, json_t *from,
                           int depth) {
    struct json **tail = &j->first;

    for (void *at = json_object_iter(from); at != NULL;
         at = json_object_iter_next(from, at)) {
        struct str key =
            str_make(json_object_iter_key(at), json_object_iter_key_len(at));

        if (!convert_child(a, j, &tail, json_object_iter_value(at), key, depth))
            return false;
    }
    return true;
}

/* NULL past JSON_MAX_DEPTH, which bounds the recursion. */
static struct json *convert(struct arena *a, json_t *from, int depth) {
    struct json *j = arena_new(a, struct json);
    bool fits = depth <= JSON_MAX_DEPTH;

    switch (json_typeof(from)) {
    case JANSSON_OBJECT:
        j->kind = JSON_OBJECT;
        fits = fits && convert_object(a, j, from, depth);
        break;
    case JSON_ARRAY:
        j->kind = JSON_LIST;
        fits = fits && convert_list(a, j, from, depth);
        break;
    case JSON_STRING:
        j->kind = JSON_TEXT;
        j->text = copy_text(a, from);
        break;
    case JSON_INTEGER:
    case JSON_REAL:
        j->kind = JSON_NUMBER;
        j->number = json_number_value(from);
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        j->kind = JSON_BOOL;
        j->boolean = json_typeof(from) == JSON_TRUE;
        break;
    case JANSSON_NULL:
        j->kind = JSON_NULL;
        break;
    }
    return fits ? j : NULL;
}

static size_t position(int n) {
    return n > 0 ? (size_t)n : 0;
}

const struct json *json_parse(struct arena *a, struct str text,
                              struct json_error *error) {
    const size_t flags =
        JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL;
    struct json *result;
    json_error_t why;
    json_t *document;

    *error = (struct json_error){.message = ""};
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = str_skip(text, 3);
    if (text.len > JSON_MAX_BYTES) {
        error->message = "longer than 16 MB";
        return NULL;
    }
    document = json_loadb(text.p != NULL ? text.p : "", text.len, flags, &why);
    if (document == NULL) {
        if (json_error_code(&why) == json_error_out_of_memory)
            mem_exhausted();
        error->line = position(why.line);
        error->column = position(why.column);
        error->message = arena_cstr(a, str_from(why.text));
        return NULL;
    }
    result = convert(a, document, 1);
    json_decref(document);
    if (result == NULL)
        error->message = "nested too deeply";
    return result;
}

const struct json *json_member(const struct json *j, struct str key) {
    if (j == NULL || j->kind != JSON_OBJECT)
        return NULL;
    for (const struct json *member = j->first; member; member = member->next)
        if (str_eq(member->key, key))
            return member;
    return NULL;
}

static void add_escape(struct buf *out, uint32_t code) {
    char digits[4];

    switch (code) {
    case '"':
        buf_add_lit(out, "\\\"");
        return;
    case '\\':
        buf_add_lit(out, "\\\\");
        return;
    case '\n':
        buf_add_lit(out, "\\n");
        return;
    case '\r':
        buf_add_lit(out, "\\r");
        return;
    case '\t':
        buf_add_lit(out, "\\t");
        return;
    default:
        for (int i = 3; i >= 0; i--, code >>= 4)
            digits[i] = "0123456789abcdef"[code & 15];
        buf_add_lit(out, "\\u");
        buf_add(out, digits, 4);
    }
}

/* What is written as it is, without being decoded: most bytes. */
static bool stays(char c) {
    static const bool looked_at[256] = {
        ['"'] = true, ['\\'] = true, ['<'] = true, [0x7F] = true};

    return (signed char)c >= 0x20 && !looked_at[(unsigned char)c];
}

static bool needs_escape(uint32_t code) {
    return code < 0x20 || code == '"' || code == '\\' || code == '<' ||
           (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029 ||
           (code >= 0xD800 && code < 0xE000);
}

#ifdef __SSE2__
/* A bit for each of 16 bytes that may not stay. */
static inline unsigned looked_at_bits(__m128i v) {
    __m128i stop =
        _mm_cmplt_epi8(v, _mm_set1_epi8(0x20)); /* from 0x80 up too */

    stop = _mm_or_si128(stop, _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));
    stop = _mm_or_si128(stop, _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
    stop = _mm_or_si128(stop, _mm_cmpeq_epi8(v, _mm_set1_epi8('<')));
    stop = _mm_or_si128(stop, _mm_cmpeq_epi8(v, _mm_set1_epi8(0x7F)));
    return (unsigned)_mm_movemask_epi8(stop);
}

/* Copies up to the first byte that may not stay, 16 and 8 at a time, as far as that
 * goes; what does not stay is written, too, and written over. Returns how many. */
static size_t copy_staying(char *to, const char *p, size_t len) {
    size_t at = 0;

    for (; len - at >= 16; at += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + at));
        unsigned bits = looked_at_bits(v);
        _mm_storeu_si128((__m128i *)(void *)(to + at), v);
        if (bits != 0)
            return at + (unsigned)__builtin_ctz(bits);
    }
    if (len - at >= 8) {
        __m128i v = _mm_loadl_epi64((const __m128i *)(const void *)(p + at));
        unsigned bits = looked_at_bits(v) & 0xFF;
        _mm_storel_epi64((__m128i *)(void *)(to + at), v);
        at += bits != 0 ? (unsigned)__builtin_ctz(bits) : 8;
    }
    return at;
}
#else
static size_t copy_staying(char *to, const char *p, size_t len) {
    (void)to, (void)p, (void)len;
    return 0;
}
#endif

/* Appends s[at..] as it is up to the first byte that may not stay; returns where that
 * is. `out` has room for all that is left of `s`. */
static size_t add_staying(struct buf *out, struct str s, size_t at) {
    char *to = out->p + out->len;
    size_t n = copy_staying(to, s.p + at, s.len - at);

    for (; at + n < s.len && stays(s.p[at + n]); n++)
        to[n] = s.p[at + n];
    out->len += n;
    return at + n;
}

/* Appends what stands at `at` and is looked at; returns where it ends. */
static size_t add_looked_at(struct buf *out, struct str s, size_t at) {
    uint32_t code;
    size_t width = utf8_decode(s, at, &code);

    if (width == 1 && code == UNICODE_REPLACEMENT) {
        uint32_t half = utf8_surrogate(s, at);
        if (half != 0) {
            add_escape(out, half);
            return at + 3;
        }
        utf8_encode(out, UNICODE_REPLACEMENT);
    } else if (needs_escape(code)) {
        add_escape(out, code);
    } else {
        buf_add(out, s.p + at, width);
    }
    return at + width;
}

static void add_text(struct buf *out, struct str s, bool on_one_line) {
    size_t at = 0;

    buf_add_ch(out, '"');
    while (at < s.len) {
        buf_reserve(out, s.len - at);
        at = add_staying(out, s, at);
        if (at < s.len && on_one_line && s.p[at] == '\n') {
            buf_add_ch(out, ' ');
            at++;
        } else if (at < s.len) {
            at = add_looked_at(out, s, at);
        }
    }
    buf_add_ch(out, '"');
}

void json_add_text(struct buf *out, struct str s) {
    add_text(out, s, false);
}

void json_add_line(struct buf *out, struct str s) {
    add_text(out, s, true);
}

void json_add_key(struct buf *out, struct str key) {
    json_add_text(out, key);
    buf_add_ch(out, ':');
}
