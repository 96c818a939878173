/*
 * regex_class: what stands in the square brackets of a pattern.
 */
#ifndef VAULTSITE_BASE_REGEX_CLASS_H
#define VAULTSITE_BASE_REGEX_CLASS_H

#include "base/regex_escape.h"

/* Reads a class, whose `[` is read already, up to its `]`: `set` becomes what it
 * matches, folded. With flag v classes nest and have `--` and `&&`; texts of
 * more than one character (`\q{…}`) are not known and an error. */
void regex_class_read(struct regex_reader *r, USet *set);

#endif
