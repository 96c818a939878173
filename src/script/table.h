/*
 * table: the vault's tasks, laid out for scripts (wire.h).
 */
#ifndef VAULTSITE_SCRIPT_TABLE_H
#define VAULTSITE_SCRIPT_TABLE_H

#include "query/tasks/task.h"
#include "script/wire.h"

/*
 * A file without a name that holds the table: all tasks, the other items of
 * their notes, and those notes. Nobody can change it any more. Sets rows[i], one
 * for each file of the vault, to the row of file i or WIRE_NO_ROW. The
 * descriptor, to be closed; -1: the system gave none, or it would be past 2 GB.
 */
int table_make(const struct tasks *t, uint32_t *rows);

#endif
