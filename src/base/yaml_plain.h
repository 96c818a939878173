/*
 * yaml_plain: the YAML that nearly every note has, without a parser of all of it.
 *
 * Lines of `key: value` at the beginning of a line or indented, with plain values of
 * one line, values in quotation marks without escapes, flow lists of these in one
 * line, block lists of them, and maps in maps.  Anything else, also whatever may be
 * wrong, is refused: then yaml_complete, which is libyaml, says what it is.  For what
 * is not refused both give the same tree, which the tests hold them to; this one
 * takes an eighth of the work.
 *
 * For yaml.c and for tests; everybody else calls yaml_parse.
 */
#ifndef VAULTSITE_BASE_YAML_PLAIN_H
#define VAULTSITE_BASE_YAML_PLAIN_H

#include "base/yaml.h"

/* The tree, in `a`, its texts borrowed from `text`; NULL when `text` is refused. */
const struct yaml *yaml_plain(struct arena *a, struct str text);

/* yaml_parse for any text, by libyaml. */
const struct yaml *yaml_complete(struct arena *a, struct str text,
                                 struct yaml_error *error);

#endif
