#include "diag/sarif.h"

#include "base/json.h"

/* The name by which consumers know the root of the sources. */
#define ROOT "%SRCROOT%"

static void add_text(struct buf *out, struct str key, struct str text) {
    json_add_key(out, key);
    json_add_text(out, text);
}

/* `"key":{"text":"…"}` */
static void add_message(struct buf *out, struct str key, struct str text) {
    json_add_key(out, key);
    buf_add_ch(out, '{');
    add_text(out, STR("text"), text);
    buf_add_ch(out, '}');
}

static struct str severity_text(const struct diag_row *row) {
    return str_from(diag_severity_name(row->severity));
}

/* RFC 3986: what is not unreserved is encoded, the ':' of a first component that
 * would read as a scheme among it. */
static void add_path(struct buf *out, struct str path) {
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.p[i];
        if (ascii_alnum(c) || memchr("-._~/", c, 5))
            buf_add_ch(out, (char)c);
        else
            buf_printf(out, "%%%02X", c);
    }
}

/* `link-missing` reads `link missing`. */
static void add_rule(struct buf *out, const struct diag_row *row) {
    struct buf text = {0};

    buf_add_str(&text, row->name);
    for (size_t i = 0; i < text.len; i++)
        if (text.p[i] == '-')
            text.p[i] = ' ';
    buf_add_lit(&text, "; ");
    buf_add_str(&text, row->instead);
    buf_add_ch(out, '{');
    add_text(out, STR("id"), row->name);
    buf_add_ch(out, ',');
    add_message(out, STR("shortDescription"), buf_str(&text));
    buf_add_lit(out, ",\"defaultConfiguration\":{");
    add_text(out, STR("level"), severity_text(row));
    buf_add_lit(out, "}}");
    buf_release(&text);
}

static void add_tool(struct buf *out, struct str version) {
    buf_add_lit(out, "\"tool\":{\"driver\":{");
    add_text(out, STR("name"), STR("vaultsite"));
    buf_add_ch(out, ',');
    add_text(out, STR("version"), version);
    buf_add_lit(out, ",\"rules\":[");
    for (size_t i = 0; i < DIAG_CODES; i++) {
        buf_add_str(out, i > 0 ? STR(",\n") : STR("\n"));
        add_rule(out, &diag_rows[i]);
    }
    buf_add_lit(out, "]}}");
}

static void add_invocation(struct buf *out, const struct sarif_run *run) {
    buf_printf(out,
               "\"invocations\":[{\"executionSuccessful\":%s,\"exitCode\":%d",
               run->done ? "true" : "false", run->exit_code);
    if (run->error.len > 0) {
        buf_add_lit(out, ",\"toolExecutionNotifications\":[{"
                         "\"level\":\"error\",");
        add_message(out, STR("message"), run->error);
        buf_add_lit(out, "}]");
    }
    buf_add_lit(out, "}]");
}

static void add_root(struct buf *out, struct str root) {
    struct buf uri = {0};

    buf_add_lit(out, "\"originalUriBaseIds\":{\"" ROOT "\":{");
    if (root.len > 0) {
        buf_add_lit(&uri, "file://");
        add_path(&uri, root);
        if (uri.p[uri.len - 1] != '/')
            buf_add_ch(&uri, '/');
        add_text(out, STR("uri"), buf_str(&uri));
    } else {
        add_message(out, STR("description"),
                    STR("the folder that vaultsite was started in"));
    }
    buf_add_lit(out, "}}");
    buf_release(&uri);
}

static void add_location(struct buf *out, const struct diag *f) {
    struct buf uri = {0};

    add_path(&uri, f->path);
    buf_add_lit(out, ",\"locations\":[{\"physicalLocation\":{"
                     "\"artifactLocation\":{");
    add_text(out, STR("uri"), buf_str(&uri));
    buf_add_lit(out, ",\"uriBaseId\":\"" ROOT "\"}");
    if (f->line > 0) {
        buf_printf(out, ",\"region\":{\"startLine\":%u", f->line);
        if (f->column > 0)
            buf_printf(out, ",\"startColumn\":%u", f->column);
        buf_add_ch(out, '}');
    }
    buf_add_lit(out, "}}]");
    buf_release(&uri);
}

static void add_result(struct buf *out, const struct diag *f) {
    const struct diag_row *row = &diag_rows[f->code];
    struct buf text = {0};

    buf_add_str(&text, f->text);
    buf_add_lit(&text, "; ");
    buf_add_str(&text, row->instead);
    buf_add_ch(out, '{');
    add_text(out, STR("ruleId"), row->name);
    buf_printf(out, ",\"ruleIndex\":%u,", (unsigned)f->code);
    add_text(out, STR("level"), severity_text(row));
    buf_add_ch(out, ',');
    add_message(out, STR("message"), buf_str(&text));
    if (f->path.len > 0)
        add_location(out, f);
    buf_add_ch(out, '}');
    buf_release(&text);
}

void diags_print_sarif(const struct diags *d, const struct sarif_run *run,
                       struct buf *out) {
    buf_add_lit(out,
                "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\""
                ",\n\"version\":\"2.1.0\",\n\"runs\":[{");
    add_tool(out, run->version);
    buf_add_lit(out, ",\n");
    add_invocation(out, run);
    buf_add_lit(out, ",\n");
    add_root(out, run->root);
    buf_add_lit(out, ",\n\"columnKind\":\"unicodeCodePoints\",\n\"results\":[");
    for (size_t i = 0; i < d->len; i++) {
        buf_add_str(out, i > 0 ? STR(",\n") : STR("\n"));
        add_result(out, &d->items[i]);
    }
    buf_add_lit(out, "]}]}\n");
}
