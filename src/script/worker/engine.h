/*
 * engine: JavaScriptCore, with what scripts are given (host.js).
 *
 * One search at a time, each in a context of its own: nothing that a script
 * changes is there for the next.
 */
#ifndef VAULTSITE_SCRIPT_WORKER_ENGINE_H
#define VAULTSITE_SCRIPT_WORKER_ENGINE_H

#include "script/worker/stream.h"

/* Starts it and touches all that it reads from files, once. The table is
 * borrowed. */
void engine_start(const struct wire_table *t);

/* One request each, without its number, and the reply to it. */
void engine_begin(struct frame *request, struct buf *reply);
void engine_compile(struct frame *request, struct buf *reply);
void engine_call(struct frame *request, struct buf *reply);

#endif
