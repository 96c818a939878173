/*
 * compile: every note, on all threads, and which of them are published.
 */
#ifndef VAULTSITE_CLI_COMPILE_H
#define VAULTSITE_CLI_COMPILE_H

#include "cli/run.h"

/* A larger note is not read at all: it is withheld. */
#define NOTE_READ_LIMIT ((size_t)1 << 30)

/* The published notes by file index, NULL for all else (decisions.md 1-4). Of a
 * withheld note no finding stays but those that tell why. */
const struct note *const *compile_notes(struct run *r);

#endif
