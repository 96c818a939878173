#include "html/escape.h"
#include "note/callout.h"
#include "note/render.h"

/* Lists, quotes and callouts. */

#define OUT(r) (&(r)->o->html)

/* Tags of containers that are too deep are left out, both of them. */
static bool shown(const struct render *r) {
    return r->depth <= RENDER_MAX_DEPTH;
}

/* --- lists --- */

static const cmark_node *task_of(const cmark_node *item) {
    const cmark_node *first = item->first_child;

    if (first == NULL || first->type != CMARK_NODE_PARAGRAPH)
        return NULL;
    first = first->first_child;
    return first != NULL && first->type == md_types.task ? first : NULL;
}

static bool has_tasks(const cmark_node *list) {
    for (const cmark_node *c = list->first_child; c != NULL; c = c->next)
        if (task_of(c) != NULL)
            return true;
    return false;
}

void render_list_enter(struct render *r, cmark_node *n) {
    bool ordered = n->as.list.list_type == CMARK_ORDERED_LIST;
    struct range range;

    if (r->o->html.len > 0 && r->o->html.p[r->o->html.len - 1] != '\n')
        buf_add_lit(OUT(r), "\n");
    r->depth++;
    render_block_set(n, NOTE_NONE);
    if (!shown(r))
        return;
    object_nested_begin(r->o);
    range = object_range_begin(r->o);
    buf_add_str(OUT(r), ordered ? STR("<ol") : STR("<ul"));
    render_block_set(n, render_block_begin(r, n, range));
    if (ordered && n->as.list.start != 1)
        buf_printf(OUT(r), " start=\"%d\"", n->as.list.start);
    if (has_tasks(n))
        buf_add_lit(OUT(r), " class=\"contains-task-list\"");
    buf_add_lit(OUT(r), ">\n");
}

void render_list_exit(struct render *r, cmark_node *n) {
    bool ordered = n->as.list.list_type == CMARK_ORDERED_LIST;

    if (shown(r)) {
        buf_add_str(OUT(r), ordered ? STR("</ol>\n") : STR("</ul>\n"));
        render_block_end(r, render_block_of(n));
        object_nested_end(r->o);
    }
    r->depth--;
}

/* Deeper ones are there for queries only. `status`: of a task, else "". */
static void item_attributes(struct render *r, cmark_node *n, struct str status,
                            struct range range) {
    buf_add_lit(OUT(r), "<li");
    render_block_set(n, render_block_begin(r, n, range));
    if (status.len > 0) {
        bool open = str_eq(status, STR(" "));
        buf_add_str(OUT(r), open ? STR(" class=\"task-list-item\"")
                                 : STR(" class=\"task-list-item is-checked\""));
        html_add_attr(OUT(r), STR("data-task"), open ? STR("") : status);
    }
    buf_add_lit(OUT(r), ">");
}

void render_item_enter(struct render *r, cmark_node *n) {
    const cmark_node *task = task_of(n), *list = n->parent;
    struct item item = {.block = NOTE_NONE};
    struct range range = object_range_begin(r->o);
    struct str status = {0};

    r->depth++;
    render_block_set(n, NOTE_NONE);
    if (task != NULL)
        status = arena_str(
            r->o->build, mask_plain(r->o->scratch,
                                    ((struct md_text *)task->as.opaque)->text));
    item.is_task = task != NULL;
    item.status = status;
    item.whole.tasks = item.is_task;
    render_item_source(r, n, &item);
    item.whole.wrapper =
        list->as.list.list_type == CMARK_ORDERED_LIST ? WRAP_OL : WRAP_UL;
    if (item.whole.wrapper == WRAP_OL) {
        n->as.list.start =
            n->prev == NULL ? list->as.list.start : n->prev->as.list.start + 1;
        item.whole.start = (uint32_t)n->as.list.start;
    }
    object_item_begin(r->o, item);
    if (shown(r))
        item_attributes(r, n, status, range);
}

void render_item_exit(struct render *r, cmark_node *n) {
    uint32_t block = render_block_of(n), item;

    object_sections_end(r->o, n);
    if (shown(r))
        buf_add_lit(OUT(r), "</li>\n");
    item = object_item_end(r->o, shown(r));
    if (block != NOTE_NONE) {
        r->o->blocks.items[block].slice = r->o->items.items[item].whole;
        r->o->items.items[item].block = block;
    }
    r->depth--;
}

/* --- quotes and callouts --- */

static bool is_callout(const cmark_node *quote) {
    return quote->first_child != NULL &&
           quote->first_child->type == md_types.callout_title;
}

void render_quote(struct render *r, cmark_node *n, bool enter) {
    struct range range = object_range_begin(r->o);

    if (enter) {
        r->in_quote++;
        r->depth++;
        render_block_set(n, NOTE_NONE);
        if (!shown(r))
            return;
        if (is_callout(n)) {
            const struct md_callout *c = n->first_child->as.opaque;
            callout_open(OUT(r), callout_folds(n));
            render_block_set(n, render_block_begin(r, n, range));
            callout_attributes(OUT(r), c, callout_folds(n));
        } else {
            buf_add_lit(OUT(r), "<blockquote");
            render_block_set(n, render_block_begin(r, n, range));
            buf_add_lit(OUT(r), ">\n");
        }
        return;
    }
    object_sections_end(r->o, n);
    if (shown(r)) {
        if (is_callout(n))
            callout_close(OUT(r), callout_folds(n),
                          n->first_child->next != NULL);
        else
            buf_add_lit(OUT(r), "</blockquote>\n");
        render_block_end(r, render_block_of(n));
    }
    r->depth--;
    r->in_quote--;
}

void render_callout_title(struct render *r, cmark_node *n, bool enter) {
    const struct md_callout *c = n->as.opaque;
    bool folds = callout_folds(n->parent);

    r->in_title = enter;
    if (enter) {
        render_leaf_begin(r, n, true);
        if (shown(r))
            callout_title_open(OUT(r), folds);
        if (!c->has_title || n->first_child == render_last_block_id(n))
            callout_default_title(OUT(r), &r->o->text, c);
        return;
    }
    render_leaf_end(r, TEXT_TITLE);
    if (r->o->note->summary == NOTE_NONE && n->next != NULL &&
        callout_is_summary(c))
        r->o->note->summary = (uint32_t)r->o->text_blocks.len;
    if (shown(r))
        callout_title_close(OUT(r), folds, n->next != NULL);
}
