/*
 * vault: the files there are.
 *
 * Walks the vault once, in the one vault order (decisions.md 11), and reads
 * files.  Nothing here writes.  Components that begin with a dot are skipped;
 * symbolic links are followed only to places inside the vault that are not an
 * ancestor; every path is opened relative to the vault's folder.
 */
#ifndef VAULTSITE_VAULT_VAULT_H
#define VAULTSITE_VAULT_VAULT_H

#include "base/civil.h"
#include "diag/diag.h"
#include "vault/settings.h"

enum file_kind { FILE_NOTE, FILE_ATTACHMENT }; /* `.md` in any case; the rest */

struct vault_file {
    struct str path;  /* as on disk, UTF-8, '/' between components */
    struct str shown; /* see vault_shown; "": the path itself */
    enum file_kind kind;
    bool is_template; /* below a template folder (decisions.md 6) */
    bool excluded;    /* by path: `exclude`, which wins (decisions.md 1) */
    bool included;    /* by path: `include` */
    struct str real;  /* where its bytes lie, when a symbolic link was
                          * followed; else "" */
    uint64_t size;    /* bytes, at the time of the walk */
    struct civil_instant mtime;
};

struct vault {
    int root_fd;
    struct str root; /* as given, for messages */
    const struct settings *settings;
    struct vault_file *files; /* in vault order: the index is the order */
    size_t nfiles;
    size_t nnotes;
    const struct history_span *history; /* by file index; NULL: not known */
};

/* Opens the folder; false with errno set when that fails. */
bool vault_open(struct vault *v, const char *path);
void vault_close(struct vault *v);
/* Fills files; findings for everything left out. A file reached by a link is
 * excluded, and a template, when either of its two paths is. */
void vault_walk(struct vault *v, struct arena *a,
                const struct settings *settings, struct diags *d);
/* The path by which the file is known to people and links: each name of it NFC,
 * and repaired where it is damaged text (spec/entities.md §7.2; only with
 * `mojibake: repair`). Two files may have one. */
static inline struct str vault_shown(const struct vault_file *f) {
    return f->shown.len > 0 ? f->shown : f->path;
}
/* The whole file, appended to `out`, at most `limit` bytes (more: false and
 * errno EFBIG). False with errno when it cannot be read; never blocks on a FIFO. */
bool vault_read(const struct vault *v, const struct vault_file *f, size_t limit,
                struct buf *out);

/*
 * A note's bytes as clean UTF-8: no BOM, LF line ends only, every C0 control
 * but TAB and LF and every invalid byte as U+FFFD (one per byte, so code-point
 * columns are those of the file on disk; a BOM shifts none). One finding of
 * each kind per file, at the first place. Returns false for UTF-16 (with its
 * finding): the note is withheld. `raw` itself is returned in *text when it is
 * clean already, else *text is in `scratch`.
 */
bool text_clean(struct str raw, struct str path, struct buf *scratch,
                struct str *text, struct diags *d);
/* Length of the frontmatter of a clean text, both its fences and the last line
 * end included; 0 where none begins it, or none ends it. */
size_t text_front_len(struct str text);

#endif
