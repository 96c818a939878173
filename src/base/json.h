/*
 * json: reading settings of Obsidian and its plugins, writing for others.
 *
 * Reading wraps jansson (included by json.c only) and gives a tree in an
 * arena.  Writing streams into a buf.
 */
#ifndef VAULTSITE_BASE_JSON_H
#define VAULTSITE_BASE_JSON_H

#include "base/arena.h"
#include "base/buf.h"

enum json_kind {
    JSON_NULL,
    JSON_BOOL,
    JSON_NUMBER,
    JSON_TEXT,
    JSON_LIST,
    JSON_OBJECT,
};

struct json {
    enum json_kind kind;
    struct str key;     /* in an object: the member's name */
    struct str text;    /* JSON_TEXT */
    double number;      /* JSON_NUMBER */
    bool boolean;       /* JSON_BOOL */
    struct json *first; /* JSON_LIST, JSON_OBJECT: in order */
    struct json *next;  /* sibling */
    size_t len;         /* number of children */
};

struct json_error {
    size_t line, column; /* 1-based; 0 when not known */
    const char *message; /* in the arena */
};

/* Bounds against hostile texts; past them it is an error. */
#define JSON_MAX_BYTES (16 * 1024 * 1024)
#define JSON_MAX_DEPTH 200

/* The document (any value, not only an object), or NULL and *error filled. Of
 * members of one name the last counts. A byte order mark is passed over. */
const struct json *json_parse(struct arena *a, struct str text,
                              struct json_error *error);
/* Member of an object; NULL when there is none or `j` is no object (or NULL). */
const struct json *json_member(const struct json *j, struct str key);

/* A quoted JSON string. Control characters, '<', U+2028 and U+2029 as escapes
 * (safe inside a script), halves of surrogate pairs (utf16.h) as `\ud800`; other
 * bytes that are not UTF-8 as U+FFFD. */
void json_add_text(struct buf *out, struct str s);
/* The same, with a blank for each line break. */
void json_add_line(struct buf *out, struct str s);
/* `"key":` without comma. */
void json_add_key(struct buf *out, struct str key);

#endif
