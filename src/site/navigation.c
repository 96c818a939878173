#include "site/draw.h"

/* The links beside each page: the rail, and those to browse. */

/* The page of the navigation that this one lies below: that of the tags, of an
 * index, or of a folder of the first level; "" for none. */
static struct str section_of(const struct draw *d) {
    const struct plan *p = d->plan;
    const struct page *pg = d->page;
    uint32_t index = draw_index_above(d);
    uint32_t folder = pg->note != PLAN_NONE     ? p->folder_of[pg->note]
                      : pg->kind == PAGE_FOLDER ? pg->of
                                                : 0;

    if (pg->kind == PAGE_TAG || pg->kind == PAGE_TAGS)
        return p->pages[p->tags_page].href;
    if (index != PLAN_NONE)
        return p->pages[p->indexes[index].page].href;
    while (folder != 0 && p->folders[folder].parent != 0)
        folder = p->folders[folder].parent;
    if (folder == 0 || p->folders[folder].page == PLAN_NONE)
        return STR("");
    return p->pages[p->folders[folder].page].href;
}

static void draw_links(struct draw *d, struct template_value *frames,
                       const struct plan_link *links, uint32_t n,
                       struct str section) {
    for (uint32_t i = 0; i < n; i++) {
        struct template_value *frame = frames + i * SLOTS_LINK;
        draw_link(d, frame, links[i].href, links[i].title, links[i].kind);
        frame[SLOT_LINK_COUNT] = template_text(links[i].count);
        frame[SLOT_LINK_WITHIN] = template_flag(
            str_eq(links[i].href, section) && !str_eq(section, d->page->href));
    }
}

static bool is_among(const struct page *page, const struct plan_link *links,
                     uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (str_eq(links[i].href, page->href))
            return true;
    return false;
}

/* That of a page which is not in it hangs on its section and on how far down the page
 * lies, so it is kept. The 404 page has another way to the root. */
void draw_navigation(struct draw *d) {
    const struct plan *p = d->plan;
    struct draw_navigation *kept = d->navigation;
    struct str section = section_of(d);
    size_t up = d->values[SLOT_ROOT].len, n = p->nrail + p->nbrowse;
    struct template_value *frames = kept->frames;
    bool keeps = d->page->kind != PAGE_MISSING &&
                 !is_among(d->page, p->rail, p->nrail) &&
                 !is_among(d->page, p->browse, p->nbrowse);

    if (!keeps)
        frames = draw_frames(d, n, SLOTS_LINK);
    else if (frames == NULL)
        frames = kept->frames = arena_array(
            &d->fill->lasting, struct template_value, n * SLOTS_LINK);
    else if (kept->up == up && str_eq(kept->section, section))
        n = 0; /* as they are */
    if (n > 0) {
        draw_links(d, frames, p->rail, p->nrail, section);
        draw_links(d, frames + p->nrail * SLOTS_LINK, p->browse, p->nbrowse,
                   section);
    }
    if (keeps && n > 0) {
        kept->up = up;
        kept->section = section;
        template_forget(&kept->rail);
        template_forget(&kept->browse);
    }
    d->values[SLOT_RAIL] =
        template_kept_list(frames, p->nrail, keeps ? &kept->rail : NULL);
    d->values[SLOT_BROWSE] =
        template_kept_list(frames + p->nrail * SLOTS_LINK, p->nbrowse,
                           keeps ? &kept->browse : NULL);
}
