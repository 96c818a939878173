#include "script/worker/table.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

const struct wire_table *table_open(void) {
    struct stat s;

    if (fstat(WIRE_TABLE, &s) != 0 ||
        (uint64_t)s.st_size < sizeof(struct wire_table))
        return NULL;
    const struct wire_table *t =
        mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_SHARED, WIRE_TABLE, 0);
    close(WIRE_TABLE);
    if (t == MAP_FAILED || t->magic != WIRE_MAGIC ||
        t->size != (uint64_t)s.st_size)
        return NULL;
    return t;
}

static const uint32_t *slots(const struct wire_table *t) {
    return (const uint32_t *)(t + 1);
}

uint32_t table_item(const struct wire_table *t, uint32_t row, uint32_t column) {
    if (row >= t->nitems || column >= WIRE_ITEM_COLUMNS)
        return WIRE_NONE;
    return slots(t)[(size_t)row * WIRE_ITEM_COLUMNS + column];
}

uint32_t table_file(const struct wire_table *t, uint32_t row, uint32_t column) {
    if (row >= t->nfiles || column >= WIRE_FILE_COLUMNS)
        return WIRE_NONE;
    return slots(t)[(size_t)t->nitems * WIRE_ITEM_COLUMNS +
                    (size_t)row * WIRE_FILE_COLUMNS + column];
}

static const char *heap(const struct wire_table *t, uint32_t slot) {
    return (const char *)t + t->heap + slot;
}

const char *table_text(const struct wire_table *t, uint32_t slot) {
    return slot == WIRE_NONE ? NULL : heap(t, slot);
}

double table_real(const struct wire_table *t, uint32_t slot) {
    double d = 0;

    if (slot != WIRE_NONE)
        memcpy(&d, heap(t, slot), sizeof d);
    return d;
}
