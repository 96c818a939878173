/*
 * natives: the functions of C that host.js is made with.
 */
#ifndef VAULTSITE_SCRIPT_WORKER_NATIVES_H
#define VAULTSITE_SCRIPT_WORKER_NATIVES_H

#include <JavaScriptCore/JavaScript.h>

#include "base/str.h"
#include "script/wire.h"

/* The table that they read; borrowed. */
void natives_use(const struct wire_table *t);
/* `native`, `item` and `file` of host.js in a new context. */
JSObjectRef natives_functions(JSContextRef c);
JSObjectRef natives_item_columns(JSContextRef c);
JSObjectRef natives_file_columns(JSContextRef c);

/* A text as the engine has it, to be released; one file of the program. */
JSStringRef natives_string(struct str s);
JSStringRef natives_source(const char *name);
void natives_set(JSContextRef c, JSObjectRef o, const char *name, JSValueRef v);

#endif
