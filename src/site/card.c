#include "link/pictures.h"
#include "site/draw.h"

/* What others show of a note beside a link to it (spec/markdown.md §1.6): only a site
 * that knows its address can tell them, as they ask for the image by the whole one. */

void draw_card(struct draw *d, const struct note *n) {
    const struct linked *l = d->plan->linked;
    const struct settings *s = l->vault->settings;
    struct str picture = n->front.picture;

    if (s->base_url.len == 0)
        return;
    d->values[SLOT_OF_NOTE] = template_flag(true);
    if (picture_is_url(picture)) {
        if (!s->external_media_link)
            d->values[SLOT_PICTURE] = template_text(picture);
        return;
    }
    if (l->pictures[n->index] == LINKED_NONE)
        return;
    picture = d->plan->hrefs[l->pictures[n->index]];
    if (picture.len == 0) /* not copied: attachment-too-large and its like */
        return;
    buf_reset(d->text);
    buf_add_str(d->text, s->base_url);
    buf_add_str(d->text, picture);
    d->values[SLOT_PICTURE] = template_text(draw_keep(d));
}
