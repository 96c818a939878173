/*
 * reply: what a worker answered, read with suspicion.
 *
 * Scripts run where it was written, so nothing in it is taken to be whole.
 */
#ifndef VAULTSITE_SCRIPT_REPLY_H
#define VAULTSITE_SCRIPT_REPLY_H

#include "base/buf.h"
#include "query/tasks/script.h"

struct reply {
    struct arena *a;
    struct str rest;
    bool broken; /* it ended too early; numbers are 0 then */
};

/* A frame with its length; texts of values go to `a`. */
struct reply reply_begin(const struct buf *frame, struct arena *a);
uint8_t reply_u8(struct reply *r);
uint32_t reply_u32(struct reply *r);
/* false: there is none, and *v is nothing. */
bool reply_value(struct reply *r, struct script_value *v);

#endif
