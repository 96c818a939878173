#include "script/worker/engine.h"

#include <JavaScriptCore/JavaScript.h>

#include "base/hash.h"
#include "script/worker/encode.h"
#include "script/worker/natives.h"

/* Functions of one search at most. */
#define MAX_FUNCTIONS 1000

struct function {
    JSObjectRef call;
    enum script_use use;
};

/* The search that is on. */
static struct {
    JSContextGroupRef group;
    JSGlobalContextRef context;
    JSObjectRef task, compile;
    JSValueRef query, early, preset;
    struct encoder encoder;
    JSObjectRef kept; /* an array of what the collector must leave alone */
    struct function functions[MAX_FUNCTIONS];
    uint32_t nfunctions;
} on;

static JSValueRef string_value(struct str s) {
    JSStringRef text = natives_string(s);
    JSValueRef v = JSValueMakeString(on.context, text);

    JSStringRelease(text);
    return v;
}

static JSValueRef evaluate(JSStringRef source, JSValueRef *thrown) {
    JSValueRef v = JSEvaluateScript(on.context, source, NULL, NULL, 0, thrown);

    JSStringRelease(source);
    return v;
}

/* --- a search --- */

static void release_context(void) {
    if (!on.context)
        return;
    for (uint32_t i = 0; i < on.nfunctions; i++)
        JSValueUnprotect(on.context, on.functions[i].call);
    JSValueUnprotect(on.context, on.kept);
    JSGlobalContextRelease(on.context);
    on.context = NULL;
    on.nfunctions = 0;
}

static JSValueRef member(JSObjectRef o, const char *name) {
    JSStringRef s = JSStringCreateWithUTF8CString(name);
    JSValueRef v = JSObjectGetProperty(on.context, o, s, NULL);

    JSStringRelease(s);
    return v;
}

static JSObjectRef member_object(JSObjectRef o, const char *name) {
    return JSValueToObject(on.context, member(o, name), NULL);
}

/* The arguments that host.js wants about the note of the search. */
static JSObjectRef origin_object(struct str path, uint32_t row,
                                 const struct str *columns) {
    JSObjectRef o = JSObjectMake(on.context, NULL, NULL);
    JSValueRef values[WIRE_FILE_COLUMNS];

    for (size_t i = 0; i < WIRE_FILE_COLUMNS; i++)
        values[i] = string_value(i == WIRE_FILE_PATH ? path : columns[i]);
    natives_set(on.context, o, "row",
                row == WIRE_NO_ROW ? JSValueMakeNull(on.context)
                                   : JSValueMakeNumber(on.context, row));
    natives_set(on.context, o, "columns",
                JSObjectMakeArray(on.context, WIRE_FILE_COLUMNS, values, NULL));
    return o;
}

static void set_up(JSObjectRef host) {
    on.kept = host;
    JSValueProtect(on.context, host);
    on.task = member_object(host, "task");
    on.compile = member_object(host, "compile");
    on.query = member(host, "query");
    on.early = member(host, "early");
    on.preset = member(host, "preset");
    on.encoder = (struct encoder){
        .context = on.context,
        .kind_of = member_object(host, "kindOf"),
        .ms_of = member_object(host, "msOf"),
        .is_error = member_object(host, "isError"),
        .json = member_object(host, "json"),
        .text = member_object(host, "text"),
    };
}

static void begin(struct str seed, struct str path, uint32_t row,
                  const struct str *columns, struct str presets) {
    release_context();
    on.context = JSGlobalContextCreateInGroup(on.group, NULL);
    JSObjectRef make = JSValueToObject(
        on.context, evaluate(natives_source("host.js"), NULL), NULL);
    JSValueRef args[] = {
        natives_functions(on.context),
        natives_item_columns(on.context),
        natives_file_columns(on.context),
        origin_object(path, row, columns),
        JSValueMakeNumber(on.context, (int32_t)hash_bytes(seed)),
        string_value(presets),
    };
    set_up(JSValueToObject(on.context,
                           JSObjectCallAsFunction(on.context, make, NULL,
                                                  ARRAY_LEN(args), args, NULL),
                           NULL));
}

void engine_begin(struct frame *request, struct buf *reply) {
    struct str seed = frame_text(request);
    struct str path = frame_text(request);
    uint32_t row = frame_u32(request);
    struct str columns[WIRE_FILE_COLUMNS];

    (void)reply;
    for (size_t i = 0; i < WIRE_FILE_COLUMNS; i++)
        columns[i] = frame_text(request);
    begin(seed, path, row, columns, frame_text(request));
}

/* --- compiling --- */

static JSValueRef compile(enum script_use use, struct str expression,
                          JSValueRef *thrown) {
    JSValueRef names[] = {
        string_value(use == SCRIPT_PLACEHOLDER ? STR("query") : STR("task")),
        string_value(use == SCRIPT_PLACEHOLDER ? STR("preset") : STR("query")),
    };
    JSValueRef args[] = {
        JSObjectMakeArray(on.context, ARRAY_LEN(names), names, NULL),
        string_value(expression),
    };

    return JSObjectCallAsFunction(on.context, on.compile, NULL, ARRAY_LEN(args),
                                  args, thrown);
}

void engine_compile(struct frame *request, struct buf *reply) {
    enum script_use use = frame_u8(request);
    struct str expression = frame_text(request);
    JSValueRef thrown = NULL;

    on.encoder.to = reply;
    if (on.nfunctions == MAX_FUNCTIONS) {
        stream_add_u8(reply, 0);
        encode_refusal(reply, STR("RangeError: too many functions"));
        return;
    }
    JSValueRef f = compile(use, expression, &thrown);
    if (!f || thrown) {
        stream_add_u8(reply, 0);
        encode_error(&on.encoder,
                     thrown ? thrown : JSValueMakeUndefined(on.context));
        return;
    }
    JSValueProtect(on.context, f);
    on.functions[on.nfunctions++] =
        (struct function){JSValueToObject(on.context, f, NULL), use};
    stream_add_u8(reply, 1);
}

/* --- calling --- */

static enum script_kind call_one(const struct function *f, uint32_t row) {
    JSValueRef thrown = NULL;
    JSValueRef number = JSValueMakeNumber(on.context, row);
    JSValueRef first = f->use == SCRIPT_PLACEHOLDER
                           ? on.early
                           : JSObjectCallAsFunction(on.context, on.task, NULL,
                                                    1, &number, &thrown);
    JSValueRef args[] = {first,
                         f->use == SCRIPT_PLACEHOLDER ? on.preset : on.query};

    if (first && !thrown) {
        JSValueRef v = JSObjectCallAsFunction(on.context, f->call, NULL,
                                              ARRAY_LEN(args), args, &thrown);
        if (v && !thrown)
            return encode_value(&on.encoder, v);
    }
    encode_error(&on.encoder,
                 thrown ? thrown : JSValueMakeUndefined(on.context));
    return SCRIPT_ERROR;
}

void engine_call(struct frame *request, struct buf *reply) {
    uint32_t which = frame_u32(request);
    uint32_t n = frame_u32(request);
    uint32_t done = 0;

    if (which >= on.nfunctions) {
        stream_add_u32(reply, 0);
        return;
    }
    const struct function *f = &on.functions[which];
    on.encoder.to = reply;
    on.encoder.as_json = f->use == SCRIPT_PLACEHOLDER;
    on.encoder.as_key = f->use == SCRIPT_SORT;
    stream_add_u32(reply, 0);
    while (done < n) {
        enum script_kind kind = call_one(f, frame_u32(request));
        done++;
        if (f->use == SCRIPT_FILTER && kind != SCRIPT_BOOLEAN)
            break;
    }
    memcpy(reply->p, &done, sizeof done);
}

/* --- starting --- */

/* Time zones, collation and the other tables of the system are read before
 * the sandbox closes. */
static const char warm_up[] =
    "moment().format('LLLL');"
    "'a'.localeCompare('b');"
    "'\\u00e9'.normalize('NFD');"
    "/\\p{L}/u.test('\\u00e9');"
    "new Date().toString();"
    "new Date().toLocaleString();"
    "new Date(2020, 6, 1).getTimezoneOffset();"
    "new Intl.DateTimeFormat('de', {dateStyle: 'full', timeStyle: 'full',"
    " timeZone: 'Asia/Tokyo'}).format();"
    "new Intl.NumberFormat('fr').format(1234.5);"
    "new Intl.PluralRules('en').select(1);"
    "new Intl.RelativeTimeFormat('en').format(1, 'day');"
    "new Intl.ListFormat('en').format(['a', 'b']);"
    "new Intl.DisplayNames('en', {type: 'region'}).of('DE');"
    "new Intl.Collator('sv').compare('a', 'b');"
    "[...new Intl.Segmenter('ja', {granularity: 'word'}).segment('a b')];"
    "Intl.supportedValuesOf('timeZone').length;"
    "'I'.toLocaleLowerCase('tr');";

void engine_start(const struct wire_table *t) {
    static const struct str no_columns[WIRE_FILE_COLUMNS];

    natives_use(t);
    on.group = JSContextGroupCreate();
    begin(STR(""), STR(""), WIRE_NO_ROW, no_columns, STR(""));
    evaluate(JSStringCreateWithUTF8CString(warm_up), NULL);
    release_context();
    JSGlobalContextRef c = JSGlobalContextCreateInGroup(on.group, NULL);
    JSGarbageCollect(c);
    JSGlobalContextRelease(c);
}
