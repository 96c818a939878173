/*
 * wire: what the client and its workers say to each other.
 *
 * One stream of frames in both directions: a length of four bytes, then so many
 * bytes.  Numbers are in the machine's own order, texts a length and UTF-8; both
 * ends are of one build.  The vault's tasks do not go through it: they lie in
 * one table that all workers see and nobody can change.
 */
#ifndef VAULTSITE_SCRIPT_WIRE_H
#define VAULTSITE_SCRIPT_WIRE_H

#include <stdint.h>

/* The worker's first frame says this and that it is ready, or why it is not.
 * Another text: a worker of another build. */
#define WIRE_HELLO "vaultsite-script 1"
/* The table's first number. */
#define WIRE_MAGIC 0x31545356u
/* A file that has no row in the table. */
#define WIRE_NO_ROW UINT32_MAX
/* A slot that holds nothing; numbers are signed, so it is the least of them. */
#define WIRE_NONE 0x80000000u

/* The worker's descriptors. */
enum { WIRE_STREAM = 0, WIRE_TABLE = 1 };
/* Its arguments, after its name. */
enum { WIRE_ARG_ZONE = 1, WIRE_ARG_NOW, WIRE_ARGS };

/* A frame's length, either way. */
#define WIRE_MAX_REQUEST (64u << 20)
#define WIRE_MAX_REPLY (64u << 20)
/* Of the texts of one reply; past it values are errors. */
#define WIRE_MAX_TEXTS (32u << 20)
/* Of one text, in UTF-16 units, and of the elements of one list. */
#define WIRE_MAX_TEXT 1000000u
#define WIRE_MAX_ITEMS 10000u

/*
 * Requests, with their numbers (u8, u32) and texts; each has one reply.
 *   BEGIN    seed text, note's path, its row in the table u32, then
 *            its columns as texts, presets   -> nothing
 *   COMPILE  enum script_use u8, expression  -> u8 1; or u8 0 and a value
 *   CALL     function u32, n u32, n rows u32 -> how many u32, values
 * A value: kind u8, flags u8, number (8 bytes), text; of a list also the number
 * of its elements u32 and those, which have none.
 */
enum wire_request { WIRE_BEGIN, WIRE_COMPILE, WIRE_CALL };
enum wire_flags { WIRE_TRUE = 1 << 0, WIRE_IS_ERROR = 1 << 1 };

/* Columns of the table. */
enum wire_item_column {
#define ITEM_COLUMN(id) WIRE_ITEM_##id,
#define FILE_COLUMN(id)
#include "script/columns.def"
#undef ITEM_COLUMN
#undef FILE_COLUMN
    WIRE_ITEM_COLUMNS
};
enum wire_file_column {
#define ITEM_COLUMN(id)
#define FILE_COLUMN(id) WIRE_FILE_##id,
#include "script/columns.def"
#undef ITEM_COLUMN
#undef FILE_COLUMN
    WIRE_FILE_COLUMNS
};

/* WIRE_ITEM_FLAGS */
enum wire_item_flags {
    WIRE_BLOCKED = 1 << 0,
    WIRE_BLOCKING = 1 << 1,
    WIRE_INFERRED = 1 << 2,
};
/* WIRE_ITEM_CREATED and the like: days since 1970; an impossible date. */
#define WIRE_DAY_INVALID 0x80000001u

/*
 * The table: this, then the slots of items, of which the first `ntasks` are
 * tasks, then those of files, then the heap.  A slot is a number, or WIRE_NONE,
 * or where in the heap something begins: a text that ends in NUL, or a double.
 */
struct wire_table {
    uint32_t magic, ntasks, nitems, nfiles;
    uint64_t heap; /* offset of the heap in the table */
    uint64_t size; /* of all */
};

#endif
