/*
 * embedded: files that are part of the program.
 *
 * embed_files.c, a program of the build, writes each table of them; who uses
 * one declares it.
 */
#ifndef VAULTSITE_BASE_EMBEDDED_H
#define VAULTSITE_BASE_EMBEDDED_H

#include "base/str.h"

struct embedded_file {
    struct str path;  /* below the folder that the table is made of */
    struct str bytes; /* as in the file; of style sheets, what matters */
};

#endif
