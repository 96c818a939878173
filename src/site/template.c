#include "site/template.h"

#include <assert.h>

#include "html/escape.h"
#include "site/program.h"

bool template_shows(const struct template *t, size_t index) {
    for (size_t i = 0; i < t->nops; i++) {
        const struct template_op *op = &t->ops[i];
        if ((op->kind == OP_TEXT || op->kind == OP_HTML) && op->depth == 0 &&
            op->npath == 0 && op->index == index)
            return true;
    }
    return false;
}

struct frame {
    const struct template_value *values;
    size_t left; /* frames of its list, with this one */
    struct template_memo *memo;
    size_t begin; /* where in the page the section begins */
};

/* In steps of 16 bytes: most literals are shorter than what a call of memcpy
 * costs. Behind the last one there are as many to be read. */
static void add_literal(struct buf *out, const char *p, size_t len) {
    char *to;

    buf_reserve(out, len + TEMPLATE_SLACK);
    to = out->p + out->len;
    for (size_t i = 0; i < len; i += TEMPLATE_SLACK)
        memcpy(to + i, p + i, TEMPLATE_SLACK);
    out->len += len;
}

static const struct template_value *value_at(const struct template *t,
                                             const struct template_op *op,
                                             const struct frame *frames) {
    static const struct template_value absent;
    const struct template_value *v = &frames[op->depth].values[op->index];

    for (size_t i = 0; i < op->npath; i++) {
        const struct template_value *record = v->p;
        if (v->len == 0)
            return &absent;
        v = &record[t->paths[op->path + i]];
    }
    assert(v->type == TEMPLATE_ABSENT || v->type == op->type);
    return v;
}

static bool holds(const struct template_value *v) {
    return v->type == TEMPLATE_FLAG ? v->flag : v->len > 0;
}

static void write_html(const struct template_value *v, struct buf *out) {
    if (v->write)
        v->write(v->p, out);
    else if (v->len > 0)
        buf_add(out, v->p, v->len);
}

/* Whether the section shows nothing but its frames and the value at `outer`. */
static bool is_closed(const struct template *t,
                      const struct template_op *section, size_t outer) {
    for (const struct template_op *op = section + 1;
         op < t->ops + section->jump; op++) {
        if (op->kind == OP_NEXT || op->kind == OP_JOIN ||
            op->depth >= section->inner)
            continue;
        if (op->depth > 0 || op->npath > 0 || op->index != outer)
            return false;
    }
    return true;
}

static void remember(const struct template *t,
                     const struct template_op *section, const struct frame *f,
                     const struct buf *out) {
    struct template_memo *m = f->memo;

    if (!is_closed(t, section, m->outer))
        return;
    buf_reset(&m->html);
    buf_add(&m->html, out->p + f->begin, out->len - f->begin);
    m->section = section;
}

void template_render(const struct template *t,
                     const struct template_value *values, struct buf *out) {
    struct frame frames[TEMPLATE_MAX_SECTIONS + 1];
    const struct template_op *op = t->ops;
    const struct template_value *v;

    frames[0] = (struct frame){.values = values, .left = 1};
    for (;;) {
        if (op->len > 0)
            add_literal(out, t->literals + op->literal, op->len);
        switch ((enum op_kind)op->kind) {
        case OP_TEXT:
            v = value_at(t, op, frames);
            html_escape(out, str_make(v->p, v->len));
            op++;
            break;
        case OP_HTML:
            write_html(value_at(t, op, frames), out);
            op++;
            break;
        case OP_IF:
            op = holds(value_at(t, op, frames)) ? op + 1 : t->ops + op->jump;
            break;
        case OP_UNLESS:
            op = holds(value_at(t, op, frames)) ? t->ops + op->jump : op + 1;
            break;
        case OP_EACH:
            v = value_at(t, op, frames);
            if (v->memo != NULL && v->memo->section == op) {
                buf_add_str(out, buf_str(&v->memo->html));
                op = t->ops + op->jump;
                break;
            }
            frames[op->inner] = (struct frame){v->p, v->len, v->memo, out->len};
            op = v->len > 0 ? op + 1 : t->ops + op->jump;
            break;
        case OP_NEXT:
            frames[op->inner].values += op->width;
            if (--frames[op->inner].left > 0) {
                op = t->ops + op->jump;
                break;
            }
            if (frames[op->inner].memo != NULL)
                remember(t, t->ops + op->jump - 1, &frames[op->inner], out);
            op++;
            break;
        case OP_JOIN:
            op++;
            break;
        case OP_END:
            return;
        }
    }
}
