/*
 * emit: one build's bytes become files below OUT (decisions.md 29).
 *
 *     emit_open -> [emit_up_to_date] -> emit_begin
 *         -> emit_asset*, emit_file*, emit_stream_*  (any thread, any order)
 *         -> emit_finish -> emit_close
 *
 * At any moment, also after a kill, each file of the previous site is the old
 * one or the new one, whole, and every link of an old page reaches a file: what
 * is new is there before a page that may link to it, what vanished goes last.
 * A file that no manifest of ours names is never written, replaced or removed,
 * and no link inside OUT is followed.  What the files hold is not known here.
 */
#ifndef VAULTSITE_EMIT_EMIT_H
#define VAULTSITE_EMIT_EMIT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "diag/diag.h"

struct emit;
struct entry;

struct emit_counts {
    size_t written;   /* new or changed */
    size_t unchanged; /* same bytes as before: not touched */
    size_t removed;
    size_t foreign; /* paths left to a file that is not ours */
};

/*
 * Looks at OUT and at what the last build left there.  Writes nothing: a folder
 * that does not exist, and its lock, are made by emit_begin.  Returns NULL, with
 * a message for the user in `error` (exit 2), when another build holds the lock,
 * OUT is no folder or cannot be read, or its manifest is damaged.  The result
 * lives in `a`, which must not be used by another thread during emit_open,
 * emit_begin and emit_finish, and must be closed.  OUT below the vault is the
 * caller's to refuse.
 */
struct emit *emit_open(struct arena *a, const char *out, struct buf *error);

/* The folder behind `fd` counts as somebody else's, wherever it lies below OUT:
 * the vault. To be called right after emit_open. */
void emit_spare(struct emit *e, int fd);

/* `--force`: nothing is up to date, and files are compared by their bytes
 * instead of by the manifest's hashes. To be called before the next two. */
void emit_distrust(struct emit *e);

/* True when an earlier build left its manifest: only then can anything be up to
 * date. */
bool emit_has_manifest(const struct emit *e);

/* True when the last build came to its end with the same digest of inputs, met
 * nothing foreign in its way, and every file that it wrote is still there with its
 * size. */
bool emit_up_to_date(struct emit *e, const uint64_t digest[2]);

/*
 * Takes the lock, and announces every file that this build will write: paths
 * below OUT in any order, each once, `/` between components, copied.  Removes
 * what a killed build left over.  After false nothing but emit_error and
 * emit_close may be called.
 */
bool emit_begin(struct emit *e, const struct str *paths, size_t npaths);

/* The bytes of an announced file, once for each path; borrowed for the call.
 * Nothing is written when the file has them already. After a failure, which
 * emit_finish reports, the call does nothing. Any thread. */
void emit_file(struct emit *e, struct str path, struct str bytes);

/*
 * The same for bytes that nobody wants to hold all at once: append to `bytes`, and
 * call emit_stream_flush now and then, which takes the most of them away, the last
 * byte never. emit_stream_close, which is due in any case, brings the rest. One
 * thread.
 */
struct emit_stream {
    struct buf bytes;
    /* private */
    struct emit *emit;
    struct entry *entry; /* NULL: nothing is needed */
    int fd;
    bool existed; /* of old_size bytes */
    uint64_t old_size;
};
void emit_stream_open(struct emit_stream *s, struct emit *e, struct str path);
void emit_stream_flush(struct emit_stream *s);
void emit_stream_close(struct emit_stream *s);

/* The same for the contents of an open regular file (its offset is neither used
 * nor changed). False with errno when the source cannot be read; the path is
 * then treated as if it had not been announced. */
bool emit_asset(struct emit *e, struct str path, int source);

/* Between emit_begin and the first bytes: a DIAG_OUTPUT_FOREIGN for each place
 * that is seen to be taken. Who then gives up closes without emit_finish, which
 * would report them again. */
void emit_report_foreign(struct emit *e, struct diags *d);

/* True once writing has failed: work that only feeds emit_file may stop. */
bool emit_failed(const struct emit *e);

/*
 * Makes the new site visible, removes what is no longer announced (or was
 * announced and never came), and folders that are empty by that.  A path that
 * is taken by a file of somebody else gives DIAG_OUTPUT_FOREIGN in `d`.  On
 * false (exit 2) emit_error says why; unless the failure came while changed
 * files were being put in place, the old site is as it was.
 */
bool emit_finish(struct emit *e, const uint64_t digest[2],
                 struct emit_counts *counts, struct diags *d);

/* One sentence for the user, after a function returned false. */
struct str emit_error(const struct emit *e);

/* Gives up the lock. A build that was begun and not finished is undone. */
void emit_close(struct emit *e);

#endif
