/*
 * program: what a template is once it is compiled.
 *
 * A flat list of ops.  Each writes its literal, then does what its kind says;
 * sections are jumps.  For template.c, which runs it, and template_compile.c,
 * which makes it, alone.
 */
#ifndef VAULTSITE_SITE_PROGRAM_H
#define VAULTSITE_SITE_PROGRAM_H

#include "site/template.h"

enum op_kind {
    OP_TEXT,
    OP_HTML,
    OP_IF,     /* goes on, or to `jump` */
    OP_UNLESS, /* likewise */
    OP_EACH,   /* opens frame `inner`, or goes to `jump` */
    OP_NEXT,   /* next frame of that list and to `jump`, or goes on */
    OP_JOIN,   /* end of a section without frames: only its literal */
    OP_END,
};

struct template_op {
    uint32_t literal, len; /* written before anything else is done */
    uint32_t jump;         /* index of an op */
    uint32_t path;         /* {{a.b.c}}: indices of b and c in template.paths */
    uint16_t npath;
    uint16_t index; /* of the value in its frame */
    uint16_t width; /* values in one frame of a list */
    uint8_t depth;  /* of the frame that holds the value; 0 is the page's */
    uint8_t inner;  /* depth of the frame that a list opens */
    uint8_t kind;   /* enum op_kind */
    uint8_t type;   /* enum template_type, of the value */
};

#define TEMPLATE_SLACK 16

struct template {
    const char *literals; /* TEMPLATE_SLACK bytes more than are used */
    const struct template_op *ops;
    size_t nops;
    const uint16_t *paths;
};

#endif
