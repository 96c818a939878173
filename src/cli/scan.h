/*
 * scan: the files there are, and whether anything changed.
 */
#ifndef VAULTSITE_CLI_SCAN_H
#define VAULTSITE_CLI_SCAN_H

#include "cli/run.h"

/* Walks the vault. Always true. */
bool scan(struct run *r);
/* Reads every note and keeps its bytes and their hash, for input_digest before
 * compile; compile_notes does not read it again. */
void scan_hashes(struct run *r);
/* Digest of everything the site depends on (decisions.md 29): program, settings,
 * theme, clock, names of all files, bytes of all notes, size and time of the
 * rest. r->hashes must be known. */
void input_digest(const struct run *r, uint64_t digest[2]);

#endif
