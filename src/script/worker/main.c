/*
 * vaultsite-script: runs the JavaScript of one vault's queries.
 *
 * Started by vaultsite only (script/client.h), with a stream and a table open
 * and nothing else: no environment, no files, no rights.  By hand it does
 * nothing.
 */
#include <stdlib.h>
#include <unistd.h>

#include "script/worker/engine.h"
#include "script/worker/sandbox.h"
#include "script/worker/table.h"

/* The engine reads these once, when it is first used. Without compiled code no
 * memory need be both written and run. */
static void set_environment(const char *zone) {
    clearenv();
    setenv("JSC_useJIT", "0", 1);
    setenv("JSC_useConcurrentGC", "0", 1);
    setenv("JSC_numberOfGCMarkers", "1", 1);
    setenv("TZ", zone, 1);
}

static bool say(struct buf *b, const char *text) {
    buf_reset(b);
    buf_add_str(b, str_from(text));
    return stream_write(b);
}

static void answer(struct frame *request, struct buf *reply) {
    buf_reset(reply);
    switch (frame_u8(request)) {
    case WIRE_BEGIN:
        engine_begin(request, reply);
        break;
    case WIRE_COMPILE:
        engine_compile(request, reply);
        break;
    case WIRE_CALL:
        engine_call(request, reply);
        break;
    default:
        _exit(1);
    }
}

int main(int argc, char **argv) {
    struct buf request = {0}, reply = {0};
    const struct wire_table *table;
    const char *failed;
    struct frame f;

    if (argc != WIRE_ARGS)
        return 2;
    set_environment(argv[WIRE_ARG_ZONE]);
    sandbox_stop_clock(strtoll(argv[WIRE_ARG_NOW], NULL, 10));
    table = table_open();
    if (!table)
        return 2;
    engine_start(table);
    failed = sandbox_enter();
    if (!say(&reply, failed ? failed : WIRE_HELLO) || failed)
        _exit(1);
    while (stream_read(&request, &f)) {
        answer(&f, &reply);
        if (!stream_write(&reply))
            break;
    }
    /* The engine's own ending would ask for more than it may. */
    _exit(0);
}
