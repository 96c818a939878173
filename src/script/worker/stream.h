/*
 * stream: frames from and to the client (script/wire.h).
 *
 * What the client sends is trusted to be whole; a frame that is not ends the
 * program.
 */
#ifndef VAULTSITE_SCRIPT_WORKER_STREAM_H
#define VAULTSITE_SCRIPT_WORKER_STREAM_H

#include "base/buf.h"
#include "script/wire.h"

/* What is left of a frame. */
struct frame {
    const char *at, *end;
};

/* Waits for the next frame and keeps its bytes in *b; false: the client has
 * gone. */
bool stream_read(struct buf *b, struct frame *f);
/* Sends what is in *b; false: the client has gone. */
bool stream_write(const struct buf *b);

uint8_t frame_u8(struct frame *f);
uint32_t frame_u32(struct frame *f);
struct str frame_text(struct frame *f);

void stream_add_u8(struct buf *b, uint8_t n);
void stream_add_u32(struct buf *b, uint32_t n);
void stream_add_text(struct buf *b, struct str s);

#endif
