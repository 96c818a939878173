/*
 * compile: the bytes of one note to a `struct note`.
 *
 * A pure function of bytes, path and settings (design.md §1): it knows no other
 * note.  One compiler per thread; compile_warm_up() must have returned before
 * the first is used (dependencies.md: cmark-gfm is not thread-safe without it).
 */
#ifndef VAULTSITE_NOTE_COMPILE_H
#define VAULTSITE_NOTE_COMPILE_H

#include "note/note.h"
#include "vault/publish.h"

struct compiler; /* one thread's buffers: parser arena, scratch, vectors */

void compile_warm_up(void);
/* `build` is where results go; it must outlive them. */
struct compiler *compiler_new(struct arena *build,
                              const struct settings *settings,
                              struct diags *diags);
void compiler_free(struct compiler *c);
/* From now on results go to `build`; the compiler itself stays where it is. */
void compiler_into(struct compiler *c, struct arena *build);

/*
 * Compiles `raw`, the bytes of `file` on disk (borrowed for the call only).
 * Never fails: past a limit (settings->limits, the parser's fuel) the note has
 * the form NOTE_PLAIN or NOTE_NOTICE and a finding.
 */
struct note *note_compile(struct compiler *c, const struct vault_file *file,
                          uint32_t index, struct str raw);

/*
 * The second entrance (decisions.md 15): one string of Markdown that stands in
 * `origin`, as inline content: same mask, renderer, sanitiser and fuel; no ids,
 * footnotes, symbols; note embeds are links. Only links, embeds, tags, html,
 * fixups and text of the result are set.
 */
struct note *text_compile(struct compiler *c, const struct note *origin,
                          struct str text);

/* What the note says about its publication (decisions.md 1, 2). */
void note_publish_facts(const struct note *n, const struct settings *s,
                        struct str raw, struct publish_facts *facts);

#endif
