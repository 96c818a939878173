#include "html/escape.h"

/* What a byte may be in a URL that is written. */
enum url_byte {
    URL_BYTE_UNRESERVED = 1 << 0, /* RFC 3986 §2.3 */
    URL_BYTE_RESERVED = 1 << 1,   /* RFC 3986 §2.2 */
    URL_BYTE_PATH = 1 << 2,       /* reserved, but plain in a path of ours */
    URL_BYTE_ESCAPED = 1 << 3,    /* reserved, but not plain in an attribute */
};

static unsigned byte_kind(unsigned char c) {
    if (ascii_alnum(c))
        return URL_BYTE_UNRESERVED;
    switch (c) {
    case '-':
    case '.':
    case '_':
    case '~':
        return URL_BYTE_UNRESERVED;
    case '/':
    case '!':
    case '(':
    case ')':
    case '*':
    case '+':
    case ',':
    case '=':
    case '@':
        return URL_BYTE_RESERVED | URL_BYTE_PATH;
    case ':':
    case '?':
    case '#':
    case '[':
    case ']':
    case '$':
    case ';':
        return URL_BYTE_RESERVED;
    case '&':
    case '\'':
        return URL_BYTE_RESERVED | URL_BYTE_ESCAPED;
    default:
        return 0;
    }
}

static void add_percent(struct buf *out, unsigned char c) {
    static const char digits[] = "0123456789ABCDEF";

    buf_add_ch(out, '%');
    buf_add_ch(out, digits[c >> 4]);
    buf_add_ch(out, digits[c & 15]);
}

static bool is_hex(char c) {
    unsigned char lower = (unsigned char)(c | 0x20);

    return ascii_digit((unsigned char)c) || (lower >= 'a' && lower <= 'f');
}

/* Browsers take these out of a URL wherever they stand (WHATWG URL §4.4). */
static bool is_ignored(char c) {
    return c == '\t' || c == '\n' || c == '\r';
}

struct str url_trim(struct str url) {
    while (url.len > 0 && (unsigned char)url.p[0] <= ' ')
        url = str_skip(url, 1);
    while (url.len > 0 && (unsigned char)url.p[url.len - 1] <= ' ')
        url.len--;
    return url;
}

void html_escape_url(struct buf *out, struct str url) {
    url = url_trim(url);
    for (size_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.p[i];
        unsigned kind = byte_kind(c);

        if (is_ignored(url.p[i]))
            continue;
        if (kind & URL_BYTE_ESCAPED)
            html_escape(out, str_make(url.p + i, 1));
        else if (kind != 0)
            buf_add_ch(out, (char)c);
        else if (c == '%' && i + 2 < url.len && is_hex(url.p[i + 1]) &&
                 is_hex(url.p[i + 2]))
            buf_add_ch(out, '%');
        else
            add_percent(out, c);
    }
}

void html_encode_path(struct buf *out, struct str path) {
    size_t plain = 0; /* where what is copied as it is begins */

    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.p[i];

        if (ascii_alnum(c) ||
            (byte_kind(c) & (URL_BYTE_UNRESERVED | URL_BYTE_PATH)) != 0)
            continue;
        buf_add(out, path.p + plain, i - plain);
        add_percent(out, c);
        plain = i + 1;
    }
    buf_add_str(out, str_skip(path, plain));
}

/* Longer than any scheme that matters here. */
#define MAX_SCHEME 32

/*
 * The scheme of `url` in lower case, cut at MAX_SCHEME: its length goes to *len
 * (0: there is none), and the index after its ':' is returned.
 */
static size_t read_scheme(struct str url, char scheme[MAX_SCHEME],
                          size_t *len) {
    *len = 0;
    for (size_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.p[i];

        if (is_ignored(url.p[i]))
            continue;
        if (c == ':' && *len > 0)
            return i + 1;
        if (!ascii_alpha(c) &&
            !(*len > 0 && (ascii_digit(c) || c == '+' || c == '-' || c == '.')))
            break;
        if (*len < MAX_SCHEME)
            scheme[(*len)++] = ascii_lower((char)c);
    }
    *len = 0;
    return 0;
}

/* Schemes that run something, or show what the site did not write
 * (spec/markdown.md §7.2). */
static const struct str forbidden[] = {
    STR_INIT("javascript"),
    STR_INIT("vbscript"),
    STR_INIT("livescript"),
    STR_INIT("jscript"),
    STR_INIT("mocha"),
    STR_INIT("data"),
    STR_INIT("blob"),
    STR_INIT("filesystem"),
    STR_INIT("view-source"),
    STR_INIT("about"),
    STR_INIT("jar"),
    STR_INIT("mhtml"),
    STR_INIT("mk"),
    STR_INIT("ms-its"),
    STR_INIT("wyciwyg"),
    STR_INIT("resource"),
    STR_INIT("res"),
    STR_INIT("chrome"),
    STR_INIT("edge"),
    STR_INIT("chrome-extension"),
    STR_INIT("moz-extension"),
};

/* Raster images only: an SVG image is a document. */
static const struct str image_types[] = {
    STR_INIT("image/png"), STR_INIT("image/gif"),  STR_INIT("image/jpeg"),
    STR_INIT("image/jpg"), STR_INIT("image/webp"), STR_INIT("image/avif"),
};

static bool is_image_type(struct str rest) {
    for (size_t i = 0; i < ARRAY_LEN(image_types); i++) {
        struct str type = image_types[i];

        if (str_starts_nocase(rest, type) && rest.len > type.len &&
            (rest.p[type.len] == ';' || rest.p[type.len] == ','))
            return true;
    }
    return false;
}

/* The first two bytes a browser sees are slashes, either way round. */
static bool begins_with_host(struct str url) {
    unsigned slashes = 0;

    for (size_t i = 0; i < url.len && slashes < 2; i++) {
        if (is_ignored(url.p[i]))
            continue;
        if (url.p[i] != '/' && url.p[i] != '\\')
            break;
        slashes++;
    }
    return slashes == 2;
}

enum url_class url_classify(struct str url, bool image) {
    char scheme[MAX_SCHEME];
    size_t len, after;

    url = url_trim(url);
    after = read_scheme(url, scheme, &len);
    if (len == 0)
        return begins_with_host(url) ? URL_EXTERNAL : URL_RELATIVE;
    if (image && str_eq(str_make(scheme, len), STR("data")) &&
        is_image_type(str_skip(url, after)))
        return URL_EXTERNAL;
    for (size_t i = 0; i < ARRAY_LEN(forbidden); i++)
        if (str_eq(str_make(scheme, len), forbidden[i]))
            return URL_FORBIDDEN;
    return URL_EXTERNAL;
}

bool url_has_scheme(struct str url, struct str wanted) {
    char scheme[MAX_SCHEME];
    size_t len;

    read_scheme(url_trim(url), scheme, &len);
    return len > 0 && str_eq(str_make(scheme, len), wanted);
}
