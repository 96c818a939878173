/*
 * encode: a script's values as the client reads them (script/wire.h).
 */
#ifndef VAULTSITE_SCRIPT_WORKER_ENCODE_H
#define VAULTSITE_SCRIPT_WORKER_ENCODE_H

#include <JavaScriptCore/JavaScript.h>

#include "base/buf.h"
#include "query/tasks/script.h"

/* Functions of host.js that say what a value is. */
struct encoder {
    JSContextRef context;
    JSObjectRef kind_of, ms_of, is_error, json, text;
    bool as_json;   /* objects and lists are JSON (placeholders) */
    bool as_key;    /* dates need no text (sorts) */
    struct buf *to; /* the reply so far */
};

/* Adds a value; what its own functions throw makes it an error. The kind that
 * was added. */
enum script_kind encode_value(const struct encoder *e, JSValueRef value);
/* Adds what was thrown. */
void encode_error(const struct encoder *e, JSValueRef thrown);
/* Adds an error of the worker's own. */
void encode_refusal(struct buf *to, struct str text);

#endif
