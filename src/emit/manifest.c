#include "emit/manifest.h"

#include "base/hash.h"
#include "emit/folders.h"

#define UNKNOWN "----------------"

static bool read_hex(struct str s, uint64_t *out) {
    uint64_t n = 0;

    if (s.len != 16)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (ascii_digit(c))
            n = n << 4 | (uint64_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            n = n << 4 | (uint64_t)(c - 'a' + 10);
        else
            return false;
    }
    *out = n;
    return true;
}

static bool read_size(struct str s, uint64_t *out) {
    uint64_t n = 0;

    if (s.len == 0 || s.len > 18) /* eighteen digits cannot overflow */
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (!ascii_digit((unsigned char)s.p[i]))
            return false;
        n = n * 10 + (uint64_t)(s.p[i] - '0');
    }
    *out = n;
    return true;
}

static bool read_digest(struct manifest *m, struct str line) {
    struct str hex = str_skip(line, 7);

    if (!str_starts(line, STR("digest ")))
        return false;
    m->finished = !str_eq(hex, STR("-"));
    return !m->finished ||
           (hex.len == 32 && read_hex(str_slice(hex, 0, 16), &m->digest[0]) &&
            read_hex(str_skip(hex, 16), &m->digest[1]));
}

static bool read_line(struct str line, struct manifest_line *out) {
    struct str hash = str_until(line, ' ');
    struct str rest = str_after(line, ' ');
    struct str size = str_until(rest, ' ');

    out->path = str_after(rest, ' ');
    out->known = !str_eq(hash, STR(UNKNOWN));
    out->hash = 0;
    return (!out->known || read_hex(hash, &out->hash)) &&
           read_size(size, &out->size) && folder_path_ok(out->path);
}

size_t manifest_parse(struct manifest *m, struct arena *a, struct str text) {
    VEC(struct manifest_line) lines = {0};
    struct str rest = text, line;
    size_t number = 0;
    bool good = text.len > 0 && text.p[text.len - 1] == '\n';

    *m = (struct manifest){0};
    while (good && str_next_line(&rest, &line)) {
        struct manifest_line read;
        number++;
        if (number == 1) {
            good = str_eq(line, STR("vaultsite-manifest 1"));
        } else if (number == 2) {
            good = read_digest(m, line);
        } else {
            good = read_line(line, &read) &&
                   (lines.len == 0 ||
                    str_cmp(vec_last(&lines)->path, read.path) < 0);
            if (good)
                vec_push(&lines, read);
        }
    }
    m->lines = vec_keep(a, &lines);
    m->len = lines.len;
    vec_release(&lines);
    if (good && number < 2)
        return number + 1;
    return good ? 0 : number > 0 ? number : 1;
}

static void add_hex(struct buf *out, uint64_t n) {
    char hex[16];

    hash_hex(n, hex);
    buf_add(out, hex, sizeof hex);
}

void manifest_add_head(struct buf *out, const uint64_t digest[2]) {
    buf_add_lit(out, "vaultsite-manifest 1\ndigest ");
    if (digest) {
        add_hex(out, digest[0]);
        add_hex(out, digest[1]);
    } else {
        buf_add_ch(out, '-');
    }
    buf_add_ch(out, '\n');
}

void manifest_add_line(struct buf *out, const struct manifest_line *line) {
    if (line->known)
        add_hex(out, line->hash);
    else
        buf_add_lit(out, UNKNOWN);
    buf_add_ch(out, ' ');
    buf_add_u64(out, line->known ? line->size : 0);
    buf_add_ch(out, ' ');
    buf_add_str(out, line->path);
    buf_add_ch(out, '\n');
}
