#include "note/callout.h"

#include "base/unicode.h"
#include "html/escape.h"

/* Words a callout may be called by, and the kind that gives its look. */
static const struct callout_row {
    struct str word, kind;
} rows[] = {
#define ROW(word, kind)                                                        \
    { STR_INIT(word), STR_INIT(kind) }
    ROW("note", "note"),         ROW("abstract", "abstract"),
    ROW("summary", "abstract"),  ROW("tldr", "abstract"),
    ROW("info", "info"),         ROW("todo", "todo"),
    ROW("tip", "tip"),           ROW("hint", "tip"),
    ROW("important", "tip"),     ROW("success", "success"),
    ROW("check", "success"),     ROW("done", "success"),
    ROW("question", "question"), ROW("help", "question"),
    ROW("faq", "question"),      ROW("warning", "warning"),
    ROW("caution", "warning"),   ROW("attention", "warning"),
    ROW("failure", "failure"),   ROW("fail", "failure"),
    ROW("missing", "failure"),   ROW("danger", "danger"),
    ROW("error", "danger"),      ROW("bug", "bug"),
    ROW("example", "example"),   ROW("quote", "quote"),
    ROW("cite", "quote"),
#undef ROW
};

bool callout_folds(const cmark_node *quote) {
    const cmark_node *title = quote->first_child;
    const struct md_callout *c = title->as.opaque;

    return c->fold != 0 && title->next != NULL;
}

static struct str kind_of(struct str type) {
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (str_eq_nocase(rows[i].word, type))
            return rows[i].kind;
    return STR("note");
}

bool callout_is_summary(const struct md_callout *c) {
    return str_eq(kind_of(c->type), STR("abstract"));
}

static void add_lower(struct buf *out, struct str s) {
    for (size_t i = 0; i < s.len;) {
        uint32_t code;

        i += utf8_decode(s, i, &code);
        utf8_encode(out, unicode_lower(code));
    }
}

/* `s` is masked text. */
static void add_attr_lower(struct buf *out, struct str name, struct str s) {
    struct buf plain = {0}, lower = {0};

    mask_undo(&plain, s);
    add_lower(&lower, buf_str(&plain));
    html_add_attr(out, name, buf_str(&lower));
    buf_release(&plain);
    buf_release(&lower);
}

void callout_open(struct buf *out, bool folds) {
    buf_add_str(out, folds ? STR("<details") : STR("<div"));
}

void callout_attributes(struct buf *out, const struct md_callout *c,
                        bool folds) {
    struct buf plain = {0};

    buf_add_lit(out, " class=\"callout co-");
    buf_add_str(out, kind_of(c->type));
    if (folds)
        buf_add_lit(out, " is-collapsible");
    if (folds && c->fold == '-')
        buf_add_lit(out, " is-collapsed");
    buf_add_ch(out, '"');
    add_attr_lower(out, STR("data-callout"), c->type);
    html_add_attr(out, STR("data-callout-fold"),
                  str_make(&c->fold, c->fold != 0));
    mask_undo(&plain, c->metadata);
    html_add_attr(out, STR("data-callout-metadata"), buf_str(&plain));
    buf_release(&plain);
    if (folds && c->fold == '+')
        buf_add_lit(out, " open");
    buf_add_ch(out, '>');
}

void callout_close(struct buf *out, bool folds, bool body) {
    if (body)
        buf_add_lit(out, "</div>");
    buf_add_str(out, folds ? STR("</details>\n") : STR("</div>\n"));
}

void callout_title_open(struct buf *out, bool folds) {
    buf_add_str(out, folds ? STR("<summary class=\"callout-title\">")
                           : STR("<div class=\"callout-title\">"));
    buf_add_lit(out, "<span class=\"callout-icon\" aria-hidden=\"true\">"
                     "</span><span class=\"callout-title-inner\">");
}

void callout_title_close(struct buf *out, bool folds, bool body) {
    buf_add_lit(out, "</span>");
    buf_add_str(out, folds ? STR("</summary>") : STR("</div>"));
    if (body)
        buf_add_lit(out, "<div class=\"callout-content\">\n");
}

void callout_default_title(struct buf *out, struct buf *text,
                           const struct md_callout *c) {
    struct buf plain = {0}, title = {0};

    mask_undo(&plain, c->type);
    add_lower(&title, buf_str(&plain));
    for (size_t i = 0; i < title.len; i++)
        if (title.p[i] == '-')
            title.p[i] = ' ';
    if (title.len > 0 && ascii_alpha((unsigned char)title.p[0]))
        title.p[0] = (char)(title.p[0] & ~0x20);
    buf_add_str(text, buf_str(&title));
    html_escape(out, buf_str(&title));
    buf_release(&plain);
    buf_release(&title);
}
