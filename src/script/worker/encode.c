#include "script/worker/encode.h"

#include <math.h>

#include "base/utf16.h"
#include "script/worker/stream.h"

/* All that is asked of a value may run functions of the script, and those may
 * throw whatever they like; `thrown` is then set. */

static void add_head(struct buf *to, enum script_kind kind, uint8_t flags,
                     double number) {
    stream_add_u8(to, (uint8_t)kind);
    stream_add_u8(to, flags);
    buf_add(to, &number, sizeof number);
}

void encode_refusal(struct buf *to, struct str text) {
    add_head(to, SCRIPT_ERROR, WIRE_IS_ERROR, 0);
    stream_add_text(to, text);
}

/* Adds the text with its length. */
static void add_string(struct buf *to, JSStringRef s) {
    size_t at = to->len, len;

    stream_add_u32(to, 0);
    utf16_add(
        to, (struct utf16){JSStringGetCharactersPtr(s), JSStringGetLength(s)});
    len = to->len - at - sizeof(uint32_t);
    memcpy(to->p + at, &(uint32_t){(uint32_t)len}, sizeof(uint32_t));
}

static JSValueRef ask(const struct encoder *e, JSObjectRef function,
                      JSValueRef value, JSValueRef *thrown) {
    return JSObjectCallAsFunction(e->context, function, NULL, 1, &value,
                                  thrown);
}

static double ask_number(const struct encoder *e, JSObjectRef function,
                         JSValueRef value, JSValueRef *thrown) {
    JSValueRef v = ask(e, function, value, thrown);

    if (!v || JSValueIsNull(e->context, v))
        return NAN;
    return JSValueToNumber(e->context, v, thrown);
}

/* `String(value)`, a symbol's too; NULL where that throws. */
static JSStringRef text_of(const struct encoder *e, JSValueRef value,
                           bool as_json, JSValueRef *thrown) {
    JSValueRef v = value;

    if (as_json) {
        JSValueRef json = ask(e, e->json, value, thrown);
        if (!json)
            return NULL;
        /* of functions and the like there is none */
        if (!JSValueIsUndefined(e->context, json))
            v = json;
    }
    if (JSValueIsSymbol(e->context, v)) {
        v = ask(e, e->text, v, thrown);
        if (!v)
            return NULL;
    }
    return JSValueToStringCopy(e->context, v, thrown);
}

void encode_error(const struct encoder *e, JSValueRef thrown) {
    JSValueRef again = NULL;
    JSValueRef is_error = ask(e, e->is_error, thrown, &again);
    JSStringRef text;

    add_head(e->to, SCRIPT_ERROR,
             is_error && JSValueToBoolean(e->context, is_error) ? WIRE_IS_ERROR
                                                                : 0,
             0);
    again = NULL;
    text = text_of(e, thrown, false, &again);
    if (!text)
        stream_add_text(e->to, STR("an exception that has no text"));
    else if (JSStringGetLength(text) > WIRE_MAX_TEXT)
        stream_add_text(e->to, STR("an exception with too long a text"));
    else
        add_string(e->to, text);
    if (text)
        JSStringRelease(text);
}

static bool is_date(enum script_kind kind) {
    return kind == SCRIPT_DATE || kind == SCRIPT_MOMENT ||
           kind == SCRIPT_TASKS_DATE;
}

/* Adds a value whose kind and number are known. false: it became an error. */
static bool add_scalar(const struct encoder *e, JSValueRef value,
                       enum script_kind kind, uint8_t flags, double number) {
    bool as_json = e->as_json && (kind == SCRIPT_OBJECT || kind == SCRIPT_LIST);
    JSValueRef thrown = NULL;

    if (e->as_key && is_date(kind)) {
        add_head(e->to, kind, flags, number);
        stream_add_text(e->to, STR(""));
        return true;
    }
    JSStringRef text = text_of(e, value, as_json, &thrown);
    if (!text || thrown) {
        encode_error(e, thrown ? thrown : JSValueMakeUndefined(e->context));
        return false;
    }
    if (JSStringGetLength(text) > WIRE_MAX_TEXT ||
        e->to->len > WIRE_MAX_TEXTS) {
        JSStringRelease(text);
        encode_refusal(e->to, STR("RangeError: the result is too long"));
        return false;
    }
    add_head(e->to, kind, flags, number);
    add_string(e->to, text);
    JSStringRelease(text);
    return true;
}

static enum script_kind kind_of_object(const struct encoder *e,
                                       JSValueRef value, double *number,
                                       JSValueRef *thrown) {
    if (JSValueIsArray(e->context, value))
        return SCRIPT_LIST;
    if (JSValueIsDate(e->context, value)) {
        *number = ask_number(e, e->ms_of, value, thrown);
        return SCRIPT_DATE;
    }
    double which = ask_number(e, e->kind_of, value, thrown);
    if (*thrown || (which != 1 && which != 2))
        return SCRIPT_OBJECT;
    *number = ask_number(e, e->ms_of, value, thrown);
    return which == 1 ? SCRIPT_MOMENT : SCRIPT_TASKS_DATE;
}

/* A TasksDate without a day has no number either. */
static uint8_t has_date(const struct encoder *e, JSValueRef value,
                        JSValueRef *thrown) {
    JSValueRef ms = ask(e, e->ms_of, value, thrown);

    return ms && !JSValueIsNull(e->context, ms) ? WIRE_TRUE : 0;
}

static enum script_kind scalar_kind(const struct encoder *e, JSValueRef value,
                                    double *number, uint8_t *flags,
                                    JSValueRef *thrown) {
    switch (JSValueGetType(e->context, value)) {
    case kJSTypeUndefined:
        return SCRIPT_UNDEFINED;
    case kJSTypeNull:
        return SCRIPT_NULL;
    case kJSTypeBoolean:
        *flags = JSValueToBoolean(e->context, value) ? WIRE_TRUE : 0;
        return SCRIPT_BOOLEAN;
    case kJSTypeNumber:
        *number = JSValueToNumber(e->context, value, thrown);
        return SCRIPT_NUMBER;
    case kJSTypeString:
        return SCRIPT_STRING;
    default:
        break;
    }
    if (!JSValueIsObject(e->context, value))
        return SCRIPT_OBJECT; /* a symbol, a big integer */
    enum script_kind kind = kind_of_object(e, value, number, thrown);
    if (kind == SCRIPT_TASKS_DATE && !*thrown)
        *flags = has_date(e, value, thrown);
    return kind;
}

static enum script_kind add_value(const struct encoder *e, JSValueRef value) {
    JSValueRef thrown = NULL;
    double number = 0;
    uint8_t flags = 0;
    enum script_kind kind = scalar_kind(e, value, &number, &flags, &thrown);

    if (thrown) {
        encode_error(e, thrown);
        return SCRIPT_ERROR;
    }
    return add_scalar(e, value, kind, flags, number) ? kind : SCRIPT_ERROR;
}

static double length_of(const struct encoder *e, JSValueRef list) {
    JSObjectRef object = JSValueToObject(e->context, list, NULL);
    JSStringRef name = JSStringCreateWithUTF8CString("length");
    JSValueRef of = JSObjectGetProperty(e->context, object, name, NULL);

    JSStringRelease(name);
    return of ? JSValueToNumber(e->context, of, NULL) : NAN;
}

/* The list itself stands there already. */
static void add_items(const struct encoder *e, JSValueRef list, uint32_t n) {
    JSObjectRef object = JSValueToObject(e->context, list, NULL);

    stream_add_u32(e->to, n);
    for (uint32_t i = 0; i < n; i++) {
        JSValueRef thrown = NULL;
        JSValueRef item =
            JSObjectGetPropertyAtIndex(e->context, object, i, &thrown);
        if (thrown || !item)
            encode_error(e, thrown ? thrown : JSValueMakeUndefined(e->context));
        else
            add_value(e, item);
    }
}

/* A list's length may change while its text is made: it is taken first. */
enum script_kind encode_value(const struct encoder *e, JSValueRef value) {
    double n = JSValueIsArray(e->context, value) ? length_of(e, value) : 0;

    if (!(n <= WIRE_MAX_ITEMS)) {
        encode_refusal(e->to, STR("RangeError: the list is too long"));
        return SCRIPT_ERROR;
    }
    enum script_kind kind = add_value(e, value);
    if (kind == SCRIPT_LIST)
        add_items(e, value, (uint32_t)n);
    return kind;
}
