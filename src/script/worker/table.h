/*
 * table: the vault's tasks as the worker reads them (script/wire.h).
 */
#ifndef VAULTSITE_SCRIPT_WORKER_TABLE_H
#define VAULTSITE_SCRIPT_WORKER_TABLE_H

#include <stdbool.h>

#include "script/wire.h"

/* Maps what is open as WIRE_TABLE and closes that. NULL: it is no table. */
const struct wire_table *table_open(void);
/* The slot of an item, of a file; WIRE_NONE where there is no such place. */
uint32_t table_item(const struct wire_table *t, uint32_t row, uint32_t column);
uint32_t table_file(const struct wire_table *t, uint32_t row, uint32_t column);
/* What a slot means: a text that ends in NUL, NULL where there is none; a double.
 */
const char *table_text(const struct wire_table *t, uint32_t slot);
double table_real(const struct wire_table *t, uint32_t slot);

#endif
