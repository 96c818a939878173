#include "script/reply.h"

#include "script/wire.h"

struct reply reply_begin(const struct buf *frame, struct arena *a) {
    return (struct reply){a, str_skip(buf_str(frame), sizeof(uint32_t)), false};
}

static void take(struct reply *r, void *to, size_t n) {
    if (r->rest.len < n) {
        r->broken = true;
        memset(to, 0, n);
        return;
    }
    memcpy(to, r->rest.p, n);
    r->rest = str_skip(r->rest, n);
}

uint8_t reply_u8(struct reply *r) {
    uint8_t n;

    take(r, &n, sizeof n);
    return n;
}

uint32_t reply_u32(struct reply *r) {
    uint32_t n;

    take(r, &n, sizeof n);
    return n;
}

static bool read_head(struct reply *r, struct script_value *v) {
    uint8_t kind = reply_u8(r);
    uint8_t flags = reply_u8(r);
    uint32_t len;

    take(r, &v->number, sizeof v->number);
    len = reply_u32(r);
    if (r->broken || kind > SCRIPT_ERROR || len > r->rest.len)
        return false;
    v->kind = kind;
    v->boolean = (flags & WIRE_TRUE) != 0;
    v->is_error = (flags & WIRE_IS_ERROR) != 0;
    v->text = arena_str(r->a, str_slice(r->rest, 0, len));
    r->rest = str_skip(r->rest, len);
    return true;
}

bool reply_value(struct reply *r, struct script_value *v) {
    struct script_value *items;

    *v = (struct script_value){0};
    if (!read_head(r, v))
        return false;
    if (v->kind != SCRIPT_LIST)
        return true;
    v->nitems = reply_u32(r);
    if (r->broken || v->nitems > WIRE_MAX_ITEMS)
        return false;
    items = arena_array(r->a, struct script_value, v->nitems);
    v->items = items;
    for (uint32_t i = 0; i < v->nitems; i++)
        if (!read_head(r, &items[i]))
            return false;
    return true;
}
