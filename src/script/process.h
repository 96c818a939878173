/*
 * process: one program that runs scripts, and the watch over it.
 *
 * It gets nothing but a stream and the table: no environment, no other
 * descriptor, no arguments that come from a vault but the time zone.  Past a
 * limit it is ended.
 */
#ifndef VAULTSITE_SCRIPT_PROCESS_H
#define VAULTSITE_SCRIPT_PROCESS_H

#include <sys/types.h>
#include <time.h>

#include "base/buf.h"
#include "script/client.h"

enum process_outcome {
    PROCESS_ANSWERED,
    PROCESS_TOO_LONG,  /* ended: it used more time than it may */
    PROCESS_TOO_LARGE, /* ended: it used more memory than it may */
    PROCESS_SILENT,    /* ended: it did nothing for longer than it may */
    PROCESS_GONE,      /* it ended itself, or said what it must not: ended */
};

struct process {
    pid_t id;           /* 0: none runs */
    int stream, memory; /* -1 where there is none */
    clockid_t clock;    /* of its processor time */
};

/* What it is started with. */
struct process_start {
    const char *program, *time_zone;
    int64_t now_ms;
    int table;
};

/* Starts one and waits until it is ready. NULL, or why not: a static text; *p
 * is then none. */
const char *process_start(struct process *p, const struct process_start *how,
                          const struct script_limits *limits);
/* Sends a request, waits for the reply and keeps that in *reply. Whatever comes
 * of it but an answer, *p is none then. */
enum process_outcome process_ask(struct process *p, struct str request,
                                 struct buf *reply,
                                 const struct script_limits *limits);
/* Bytes that are its own now; 0 where that is not known. */
size_t process_memory(const struct process *p);
/* Ends it, if one runs. */
void process_end(struct process *p);

#endif
