/*
 * version: of the program. Part of a build's inputs: a new one builds anew.
 */
#ifndef VAULTSITE_CLI_VERSION_H
#define VAULTSITE_CLI_VERSION_H

#define VAULTSITE_VERSION "0.1.0"
/* When, for the man page and the package. */
#define VAULTSITE_RELEASED "2026-11-26"

#endif
