/*
 * sarif: findings as a SARIF 2.1.0 log, for code scanning and editors.
 *
 * One run; its rules are the table of findings, each with its code for an id.
 * Columns count code points, as everywhere here.
 */
#ifndef VAULTSITE_DIAG_SARIF_H
#define VAULTSITE_DIAG_SARIF_H

#include "diag/diag.h"

struct sarif_run {
    struct str version; /* of the program */
    /* Absolute path of the folder that the findings' paths start from; "": they
     * start from where the program was started. */
    struct str root;
    struct str error; /* what could not be done; "": it could */
    int exit_code;
    bool done; /* the program did what it was asked to */
};

/* Appends the whole log. All findings are in it, those about the vault as a whole
 * without a location. */
void diags_print_sarif(const struct diags *d, const struct sarif_run *run,
                       struct buf *out);

#endif
