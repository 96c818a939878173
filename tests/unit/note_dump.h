/*
 * note_dump: one string of Markdown compiled, and what came of it as text.
 *
 * For the tests of note/.  Fixups are shown where they stand:
 *   {link target#sub}  {embed target}  {as-link target}  {asset src target}
 *   {tag name}  {query language}  {inline text}  {fn 0}  {footnotes}  {id x}
 *   {diagram-link target#sub}
 *   {turn t-00-00-05 head}, with ` …` where the fragment goes on
 *   {time [0:05] 5}
 */
#ifndef VAULTSITE_TESTS_NOTE_DUMP_H
#define VAULTSITE_TESTS_NOTE_DUMP_H

#include "note/compile.h"
#include "note_check.h"

struct note_dump {
    struct arena arena;
    struct diags diags;
    struct settings settings;
    struct vault_file file;
    struct compiler *compiler;
    const struct note *note;
    struct buf out;
};

static inline void dump_open(struct note_dump *x) {
    memset(x, 0, sizeof *x);
    compile_warm_up();
    arena_init(&x->arena);
    diags_init(&x->diags);
    x->settings.limits = (struct limits){.note_bytes = 1 << 24,
                                         .fallback_bytes = 1 << 26,
                                         .table_columns = 500,
                                         .table_cells = 500000,
                                         .fuel_per_kb = 10000};
    x->settings.dataview_values =
        (struct dataview_settings){.inline_prefix = STR("="),
                                   .inline_js_prefix = STR("$="),
                                   .inline_in_blocks = true,
                                   .inline_queries = true,
                                   .pretty_fields = true};
    x->file.path = STR("Folder/Note.md");
    x->file.kind = FILE_NOTE;
    x->compiler = compiler_new(&x->arena, &x->settings, &x->diags);
}

static inline void dump_close(struct note_dump *x) {
    compiler_free(x->compiler);
    buf_release(&x->out);
    diags_release(&x->diags);
    arena_release(&x->arena);
}

static inline void dump_note(struct note_dump *x, struct str markdown) {
    const char *wrong;

    x->diags.len = 0;
    x->note = note_compile(x->compiler, &x->file, 0, markdown);
    wrong = note_check(x->note);
    if (wrong != NULL)
        fail_msg("%.*s: %s", STR_ARG(markdown), wrong);
}

static inline void dump_text(struct note_dump *x, struct str markdown) {
    static struct note origin;
    const char *wrong;

    origin.file = &x->file;
    x->diags.len = 0;
    x->note = text_compile(x->compiler, &origin, markdown);
    wrong = note_check(x->note);
    if (wrong != NULL)
        fail_msg("%.*s: %s", STR_ARG(markdown), wrong);
}

static inline void dump_target(struct note_dump *x, const struct link *l) {
    buf_printf(&x->out, "%.*s", STR_ARG(l->target));
    if (l->subpath.len > 0)
        buf_printf(&x->out, "#%.*s", STR_ARG(l->subpath));
    buf_add_ch(&x->out, '}');
}

static const char *const dump_states[TASK_STATES] = {
#define TASK_STATE(id, mark, name) [id] = (name) + sizeof "task_" - 1,
#include "note/task_states.def"
#undef TASK_STATE
};

static inline void dump_fixup(struct note_dump *x, const struct fixup *f) {
    const struct note *n = x->note;

    switch (f->kind) {
    case FIXUP_LINK:
        buf_add_lit(&x->out, "{link ");
        dump_target(x, &n->links[f->ref]);
        break;
    case FIXUP_DIAGRAM_LINK:
        buf_add_lit(&x->out, "{diagram-link ");
        dump_target(x, &n->diagram_links[f->ref]);
        break;
    case FIXUP_ASSET:
        buf_printf(&x->out, "{asset %.*s ", STR_ARG(n->links[f->ref].attr));
        dump_target(x, &n->links[f->ref]);
        break;
    case FIXUP_EMBED:
        buf_add_str(&x->out, n->embeds[f->ref].as_link ? STR("{as-link ")
                                                       : STR("{embed "));
        dump_target(x, &n->links[n->embeds[f->ref].link]);
        break;
    case FIXUP_TAG:
        buf_printf(&x->out, "{tag %.*s}", STR_ARG(n->tags[f->ref].name));
        break;
    case FIXUP_QUERY:
        buf_printf(&x->out, "{query %.*s}",
                   STR_ARG(n->queries[f->ref].language));
        break;
    case FIXUP_INLINE_QUERY:
        buf_printf(&x->out, "{inline%s %.*s}",
                   n->inline_queries[f->ref].js ? " js" : "",
                   STR_ARG(n->inline_queries[f->ref].text));
        break;
    case FIXUP_FOOTNOTE_REF:
        buf_printf(&x->out, "{fn %u}", f->ref);
        break;
    case FIXUP_FOOTNOTES:
        buf_add_lit(&x->out, "{footnotes}");
        break;
    case FIXUP_TASK:
        buf_printf(&x->out, "{task %s}", dump_states[f->ref]);
        break;
    case FIXUP_DRAWING:
        buf_add_lit(&x->out, "{drawing}");
        break;
    case FIXUP_ID:
        buf_printf(&x->out, "{id %.*s}", STR_ARG(n->ids[f->ref]));
        break;
    case FIXUP_TURN:
        buf_printf(&x->out, "{turn %.*s %.*s%s}", STR_ARG(n->turns[f->ref].id),
                   STR_ARG(n->turns[f->ref].head),
                   n->turns[f->ref].goes_on ? " …" : "");
        break;
    case FIXUP_TIME:
        buf_printf(&x->out, "{time %.*s %u}", STR_ARG(n->times[f->ref].text),
                   n->times[f->ref].seconds);
        break;
    case FIXUP_KINDS:
        break;
    }
}

static inline void dump_range(struct note_dump *x, struct range r) {
    uint32_t at = r.begin;

    for (uint32_t i = r.fixup_begin; i < r.fixup_end; i++) {
        const struct fixup *f = &x->note->fixups[i];

        buf_add(&x->out, x->note->html.p + at, f->at - at);
        at = f->at;
        dump_fixup(x, f);
    }
    buf_add(&x->out, x->note->html.p + at, r.end - at);
}

/* Without line ends at the end. */
static inline const char *dump_end(struct note_dump *x) {
    x->out.len = str_rtrim(buf_str(&x->out)).len;
    return buf_cstr(&x->out);
}

static inline const char *dump_body(struct note_dump *x) {
    buf_reset(&x->out);
    dump_range(x, note_body(x->note));
    return dump_end(x);
}

static inline const char *dump_slice(struct note_dump *x,
                                     const struct slice *s) {
    buf_reset(&x->out);
    for (uint32_t i = 0; i < s->nranges; i++)
        dump_range(x, s->ranges[i]);
    return dump_end(x);
}

/* `code line:column` of each finding, blank between. */
static inline const char *dump_findings(struct note_dump *x) {
    buf_reset(&x->out);
    for (size_t i = 0; i < x->diags.len; i++) {
        const struct diag *d = &x->diags.items[i];

        buf_printf(&x->out, "%s%.*s %u:%u", i > 0 ? ", " : "",
                   STR_ARG(diag_rows[d->code].name), d->line, d->column);
    }
    return dump_end(x);
}

#endif
