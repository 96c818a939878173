#include "search/values.h"

#include "base/civil.h"
#include "note/markdown.h"
#include "note/property.h"
#include "site/panel.h"

#define DAY_LEN 10 /* of `2025-11-18` */

static bool is_day(struct str text) {
    struct civil_date date;

    return text.len >= DAY_LEN &&
           civil_parse_date(str_slice(text, 0, DAY_LEN), &date);
}

/* As the panel names what a link leads to; never the folder that it is in. */
static struct str label_of(struct str text) {
    struct str label, dest;

    if (text.len >= 4 && str_starts(text, STR("[[")) &&
        str_ends(text, STR("]]"))) {
        struct str body = str_slice(text, 2, text.len - 2);
        label = str_trim(md_wiki_display(body));
        return label.len > 0 ? label
                             : str_basename(str_trim(md_wiki_target(body)));
    }
    if (property_markdown_link(text, &label, &dest))
        return label;
    return str_starts_nocase(text, STR("obsidian:")) ? STR("") : text;
}

static void add_text(struct buf *out, size_t begin, struct str key,
                     struct str text) {
    text = label_of(str_trim(panel_public_part(key, text)));
    if (text.len == 0 || is_day(text))
        return;
    if (out->len > begin)
        buf_add_lit(out, " · ");
    buf_add_str(out, text);
}

void search_add_values(struct buf *out, const struct note *n) {
    size_t begin = out->len;

    for (size_t i = 0; i < n->front.nproperties; i++) {
        const struct property *p = &n->front.properties[i];
        const struct value *v = p->value;

        if (panel_hides(p->key) || str_eq_nocase(p->key, STR("aliases")) ||
            str_eq_nocase(p->key, STR("alias")))
            continue;
        if (v->kind == VALUE_TEXT)
            add_text(out, begin, p->key, v->as.text);
        for (size_t k = 0; v->kind == VALUE_LIST && k < v->as.list.len; k++)
            if (v->as.list.items[k]->kind == VALUE_TEXT)
                add_text(out, begin, p->key, v->as.list.items[k]->as.text);
    }
}
