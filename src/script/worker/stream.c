#include "script/worker/stream.h"

#include <errno.h>
#include <unistd.h>

static bool read_all(char *p, size_t n) {
    while (n > 0) {
        ssize_t got = read(WIRE_STREAM, p, n);
        if (got <= 0) {
            if (got < 0 && errno == EINTR)
                continue;
            return false;
        }
        p += got;
        n -= (size_t)got;
    }
    return true;
}

static bool write_all(const char *p, size_t n) {
    while (n > 0) {
        ssize_t put = write(WIRE_STREAM, p, n);
        if (put < 0) {
            if (errno == EINTR)
                continue;
            return false;
        }
        p += put;
        n -= (size_t)put;
    }
    return true;
}

bool stream_read(struct buf *b, struct frame *f) {
    uint32_t len;

    if (!read_all((char *)&len, sizeof len) || len > WIRE_MAX_REQUEST)
        return false;
    buf_reset(b);
    buf_reserve(b, len);
    if (!read_all(b->p, len))
        return false;
    b->len = len;
    *f = (struct frame){b->p, b->p + len};
    return true;
}

bool stream_write(const struct buf *b) {
    uint32_t len = (uint32_t)b->len;

    return write_all((const char *)&len, sizeof len) && write_all(b->p, len);
}

static void take(struct frame *f, void *to, size_t n) {
    if ((size_t)(f->end - f->at) < n)
        _exit(1);
    memcpy(to, f->at, n);
    f->at += n;
}

uint8_t frame_u8(struct frame *f) {
    uint8_t n;

    take(f, &n, sizeof n);
    return n;
}

uint32_t frame_u32(struct frame *f) {
    uint32_t n;

    take(f, &n, sizeof n);
    return n;
}

struct str frame_text(struct frame *f) {
    uint32_t len = frame_u32(f);
    struct str s = {f->at, len};

    if ((size_t)(f->end - f->at) < len)
        _exit(1);
    f->at += len;
    return s;
}

void stream_add_u8(struct buf *b, uint8_t n) {
    buf_add(b, &n, sizeof n);
}

void stream_add_u32(struct buf *b, uint32_t n) {
    buf_add(b, &n, sizeof n);
}

void stream_add_text(struct buf *b, struct str s) {
    stream_add_u32(b, (uint32_t)s.len);
    buf_add_str(b, s);
}
