#include "script/worker/natives.h"

#include <math.h>

#include "base/buf.h"
#include "base/embedded.h"
#include "script/worker/table.h"

extern const struct embedded_file script_files[];
extern const size_t script_nfiles;

static const struct wire_table *table;

void natives_use(const struct wire_table *t) {
    table = t;
}

/* --- texts --- */

JSStringRef natives_string(struct str s) {
    struct buf b = {0};
    JSStringRef made;

    buf_add_str(&b, s);
    made = JSStringCreateWithUTF8CString(buf_cstr(&b));
    buf_release(&b);
    return made;
}

JSStringRef natives_source(const char *name) {
    for (size_t i = 0; i < script_nfiles; i++)
        if (str_eq(script_files[i].path, str_from(name)))
            return JSStringCreateWithUTF8CString(script_files[i].bytes.p);
    return JSStringCreateWithUTF8CString("");
}

void natives_set(JSContextRef c, JSObjectRef o, const char *name,
                 JSValueRef v) {
    JSStringRef s = JSStringCreateWithUTF8CString(name);

    JSObjectSetProperty(c, o, s, v, kJSPropertyAttributeNone, NULL);
    JSStringRelease(s);
}

/* --- reading the table --- */

/* An argument as a row or column; one that is none leads nowhere. */
static uint32_t index_of(JSContextRef c, size_t n, const JSValueRef *args,
                         size_t at) {
    double d = at < n ? JSValueToNumber(c, args[at], NULL) : NAN;

    return d >= 0 && d < UINT32_MAX ? (uint32_t)d : UINT32_MAX;
}

typedef uint32_t slot_of(const struct wire_table *t, uint32_t row,
                         uint32_t column);

static const char *text_at(JSContextRef c, size_t n, const JSValueRef *args,
                           slot_of *of) {
    return table_text(
        table, of(table, index_of(c, n, args, 0), index_of(c, n, args, 1)));
}

static JSValueRef make_text(JSContextRef c, const char *text) {
    if (!text)
        return JSValueMakeNull(c);
    JSStringRef s = JSStringCreateWithUTF8CString(text);
    JSValueRef v = JSValueMakeString(c, s);
    JSStringRelease(s);
    return v;
}

static JSValueRef make_json(JSContextRef c, const char *text) {
    if (!text)
        return JSValueMakeNull(c);
    JSStringRef s = JSStringCreateWithUTF8CString(text);
    JSValueRef v = JSValueMakeFromJSONString(c, s);
    JSStringRelease(s);
    return v ? v : JSValueMakeNull(c);
}

#define NATIVE(name)                                                           \
    static JSValueRef name(JSContextRef c, JSObjectRef function,               \
                           JSObjectRef self, size_t n,                         \
                           const JSValueRef args[], JSValueRef *thrown)

NATIVE(native_text) {
    (void)function, (void)self, (void)thrown;
    return make_text(c, text_at(c, n, args, table_item));
}

NATIVE(native_json) {
    (void)function, (void)self, (void)thrown;
    return make_json(c, text_at(c, n, args, table_item));
}

NATIVE(native_file_text) {
    (void)function, (void)self, (void)thrown;
    return make_text(c, text_at(c, n, args, table_file));
}

NATIVE(native_file_json) {
    (void)function, (void)self, (void)thrown;
    return make_json(c, text_at(c, n, args, table_file));
}

/* A third argument: the column holds doubles. */
NATIVE(native_number) {
    uint32_t slot =
        table_item(table, index_of(c, n, args, 0), index_of(c, n, args, 1));

    (void)function, (void)self, (void)thrown;
    if (slot == WIRE_NONE)
        return JSValueMakeNull(c);
    return JSValueMakeNumber(c, n > 2 ? table_real(table, slot)
                                      : (double)(int32_t)slot);
}

/* moment's source gives itself to `this.moment`. */
NATIVE(native_moment) {
    JSObjectRef holder = JSObjectMake(c, NULL, NULL);
    JSStringRef source = natives_source("moment.js");
    JSStringRef name = JSStringCreateWithUTF8CString("moment");
    JSValueRef v = JSEvaluateScript(c, source, holder, NULL, 0, thrown);

    (void)function, (void)self, (void)n, (void)args;
    if (v)
        v = JSObjectGetProperty(c, holder, name, thrown);
    JSStringRelease(source);
    JSStringRelease(name);
    return v ? v : JSValueMakeUndefined(c);
}

/* --- what host.js is made with --- */

JSObjectRef natives_functions(JSContextRef c) {
    static const struct {
        const char *name;
        JSObjectCallAsFunctionCallback call;
    } rows[] = {
        {"text", native_text},          {"json", native_json},
        {"fileText", native_file_text}, {"fileJson", native_file_json},
        {"number", native_number},      {"momentOf", native_moment},
    };
    JSObjectRef o = JSObjectMake(c, NULL, NULL);

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        natives_set(c, o, rows[i].name,
                    JSObjectMakeFunctionWithCallback(c, NULL, rows[i].call));
    return o;
}

JSObjectRef natives_item_columns(JSContextRef c) {
    static const char *const names[] = {
#define ITEM_COLUMN(id) #id,
#define FILE_COLUMN(id)
#include "script/columns.def"
#undef ITEM_COLUMN
#undef FILE_COLUMN
    };
    JSObjectRef o = JSObjectMake(c, NULL, NULL);

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        natives_set(c, o, names[i], JSValueMakeNumber(c, (double)i));
    natives_set(c, o, "TASKS", JSValueMakeNumber(c, table->ntasks));
    natives_set(c, o, "INVALID",
                JSValueMakeNumber(c, (double)(int32_t)WIRE_DAY_INVALID));
    return o;
}

JSObjectRef natives_file_columns(JSContextRef c) {
    static const char *const names[] = {
#define ITEM_COLUMN(id)
#define FILE_COLUMN(id) #id,
#include "script/columns.def"
#undef ITEM_COLUMN
#undef FILE_COLUMN
    };
    JSObjectRef o = JSObjectMake(c, NULL, NULL);

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        natives_set(c, o, names[i], JSValueMakeNumber(c, (double)i));
    return o;
}
