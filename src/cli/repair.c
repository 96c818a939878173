#include "cli/repair.h"

#include <errno.h>

#include "base/unicode.h"
#include "cli/batch.h"
#include "cli/compile.h"
#include "cli/run.h"
#include "cli/scan.h"
#include "cli/terminal.h"
#include "vault/repair.h"

/* --- a batch --- */

static int hex_value(char c) {
    if (ascii_digit((unsigned char)c))
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_hex(struct str hex, struct buf *bytes) {
    for (size_t i = 0; i + 1 < hex.len; i += 2) {
        int high = hex_value(hex.p[i]), low = hex_value(hex.p[i + 1]);

        if (high < 0 || low < 0)
            return false;
        buf_add_ch(bytes, (char)(high << 4 | low));
    }
    return hex.len % 2 == 0;
}

/* Each byte that is not UTF-8 as U+FFFD; all else stays, CR LF too. */
static struct str valid_utf8(struct arena *a, struct str bytes) {
    struct buf b = {0};

    if (utf8_valid_len(bytes) == bytes.len)
        return bytes;
    for (size_t at = 0; at < bytes.len;) {
        uint32_t code;

        at += utf8_decode(bytes, at, &code);
        utf8_encode(&b, code);
    }
    bytes = arena_str(a, buf_str(&b));
    buf_release(&b);
    return bytes;
}

/* What is wrong with a line, "" where it is a text or a name. */
static struct str read_given(const struct json *j, bool too_long,
                             struct buf *bytes, bool *is_name) {
    const struct json *hex = json_member(j, STR("hex"));
    struct str as = batch_text(j, STR("as"));

    *is_name = str_eq(as, STR("name"));
    if (too_long)
        return STR("a line may have 16 MB");
    if (j == NULL || j->kind != JSON_OBJECT)
        return STR("a line is a JSON object of id, hex and as");
    if (json_member(j, STR("as")) != NULL && !*is_name)
        return STR("as is nothing but name");
    if (hex == NULL || hex->kind != JSON_TEXT || !read_hex(hex->text, bytes))
        return STR("hex is missing, or is not bytes of two digits each");
    return STR("");
}

static void answer_line(void *context, struct str line, struct arena *scratch,
                        struct buf *out) {
    static const char digits[] = "0123456789abcdef";
    struct repair *r = context;
    struct json_error error = {0};
    bool too_long = line.len > BATCH_MAX_LINE, is_name;
    const struct json *j = too_long ? NULL : json_parse(scratch, line, &error);
    struct buf bytes = {0};
    struct str wrong = read_given(j, too_long, &bytes, &is_name), text;

    buf_add_lit(out, "{\"id\":");
    json_add_text(out, batch_text(j, STR("id")));
    if (wrong.len > 0) {
        buf_add_lit(out, ",\"error\":");
        json_add_text(out, wrong);
    } else {
        text = valid_utf8(scratch, buf_str(&bytes));
        text = is_name ? repair_name(scratch, text) : repair_text(r, text);
        buf_add_lit(out, ",\"hex\":\"");
        for (size_t i = 0; i < text.len; i++) {
            buf_add_ch(out, digits[(unsigned char)text.p[i] >> 4]);
            buf_add_ch(out, digits[(unsigned char)text.p[i] & 15]);
        }
        buf_add_ch(out, '"');
    }
    buf_add_lit(out, "}\n");
    buf_release(&bytes);
}

static int repair_batch(const struct options *o) {
    struct repair r = {0};
    struct buf error = {0};
    int status = EXIT_DONE;

    if (!batch_run(answer_line, &r)) {
        buf_printf(&error, "the answer cannot be printed: %s", strerror(errno));
        status = terminal_usage_error(&error, o->command);
    }
    buf_release(&error);
    repair_release(&r);
    return status;
}

/* --- a vault --- */

struct listing {
    struct run *run;
    struct repair repair;
    struct diags ignored; /* build and check tell them */
    struct buf clean, bytes, out;
};

static void add_pair(struct buf *out, struct str was, struct str is) {
    diag_add_printable(out, was);
    buf_add_lit(out, " → ");
    diag_add_printable(out, is.len > 0 ? is : STR("(nothing)"));
    buf_add_ch(out, '\n');
}

static void list_name(struct listing *l, const struct vault_file *f) {
    struct str shown = vault_shown(f);
    struct str path = unicode_nfc(&l->run->arena, f->path);

    if (str_eq(path, shown))
        return;
    diag_add_printable(&l->out, f->path);
    buf_add_lit(&l->out, ":1:1: ");
    if (str_eq(str_dirname(path), str_dirname(shown)))
        add_pair(&l->out, str_basename(path), str_basename(shown));
    else
        add_pair(&l->out, path, shown);
}

/* A line for each stretch that is repaired without a gap. */
static void list_changes(struct listing *l, struct str path, struct str text,
                         struct str repaired) {
    const struct repair_change *c = l->repair.changes.items;
    const struct repair_change *end = c + l->repair.changes.len;
    size_t at = 0, line = 1, line_start = 0;

    for (const struct repair_change *last; c < end; c = last + 1) {
        for (last = c; last + 1 < end && last[1].begin == last->end;)
            last++;
        for (; at < c->begin; at++)
            if (text.p[at] == '\n') {
                line++;
                line_start = at + 1;
            }
        diag_add_printable(&l->out, path);
        buf_printf(&l->out, ":%zu:%zu: ", line,
                   utf8_count(str_slice(text, line_start, at)) + 1);
        add_pair(&l->out, str_slice(text, c->begin, last->end),
                 str_slice(repaired, c->new_begin, last->new_end));
    }
}

static void list_text(struct listing *l, const struct vault_file *f) {
    struct str text, repaired;

    buf_reset(&l->bytes);
    if (!vault_read(&l->run->vault, f, NOTE_READ_LIMIT, &l->bytes) ||
        !text_clean(buf_str(&l->bytes), f->path, &l->clean, &text, &l->ignored))
        return;
    repaired = repair_text(&l->repair, text);
    list_changes(l, f->path, text, repaired);
}

/* Notes that are published, and the files of other kinds that could be. */
static int list_vault(struct run *r) {
    struct listing l = {.run = r};
    const struct note *const *notes = compile_notes(r);
    int status;

    diags_init(&l.ignored);
    for (size_t i = 0; i < r->vault.nfiles; i++) {
        const struct vault_file *f = &r->vault.files[i];

        if (notes[i] == NULL && (f->kind == FILE_NOTE || f->excluded))
            continue;
        list_name(&l, f);
        if (notes[i] != NULL)
            list_text(&l, f);
    }
    status = terminal_print(buf_str(&l.out));
    diags_release(&l.ignored);
    repair_release(&l.repair);
    buf_release(&l.clean);
    buf_release(&l.bytes);
    buf_release(&l.out);
    return status;
}

static int repair_vault(const struct options *given) {
    struct options o = *given;
    struct run run;
    int status = EXIT_UNABLE;

    o.quiet = true;
    if (run_begin(&run, &o)) {
        run.settings.mojibake = MOJIBAKE_REPAIR;
        if (scan(&run))
            status = list_vault(&run);
        run_merge(&run); /* what is wrong with the notes is said by check */
        run.diags.len = 0;
    }
    return run_end(&run, NULL, status);
}

int repair_command(const struct options *o) {
    struct buf error = {0};
    int status;

    if (o->batch == (o->vault == NULL))
        return o->batch ? repair_batch(o) : repair_vault(o);
    buf_add_str(&error, o->batch ? STR("--batch reads from standard input, and "
                                       "takes no VAULT")
                                 : STR("repair needs VAULT, or --batch"));
    status = terminal_usage_error(&error, o->command);
    buf_release(&error);
    return status;
}
