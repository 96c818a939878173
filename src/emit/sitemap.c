#include "emit/sitemap.h"

#include <assert.h>
#include <libxml/xmlwriter.h>
#include <stdlib.h>

#include "base/vec.h"

#define PART_URLS 50000
#define PART_BYTES 50000000
#define ENTRY_BYTES 96 /* the markup of one address with its date, and more */

#define NAMESPACE "http://www.sitemaps.org/schemas/sitemap/0.9"

/* At least the bytes that the address takes up in its file. */
static size_t entry_bytes(const struct sitemap *s, struct str href) {
    size_t n = ENTRY_BYTES + s->base_url.len + href.len;

    for (size_t i = 0; i < href.len; i++)
        if (strchr("&<>\"'", href.p[i]))
            n += 5;
    return n;
}

void sitemap_init(struct sitemap *s, struct arena *a, struct str base_url,
                  const struct sitemap_url *urls, size_t nurls) {
    VEC(size_t) starts = {0};
    size_t start = 0, bytes = 0;

    *s = (struct sitemap){.base_url = base_url, .urls = urls, .nurls = nurls};
    vec_push(&starts, 0);
    for (size_t i = 0; i < nurls; i++) {
        size_t more = entry_bytes(s, urls[i].href);
        if (i > start &&
            (i - start == PART_URLS || bytes + more > PART_BYTES)) {
            vec_push(&starts, i);
            start = i;
            bytes = 0;
        }
        bytes += more;
    }
    s->nparts = starts.len;
    vec_push(&starts, nurls);
    s->starts = vec_keep(a, &starts);
    vec_release(&starts);
}

size_t sitemap_nfiles(const struct sitemap *s) {
    return s->nparts == 1 ? 1 : s->nparts + 1;
}

static void add_path(struct buf *out, size_t i) {
    if (i == 0)
        buf_add_lit(out, "sitemap.xml");
    else
        buf_printf(out, "sitemap-%zu.xml", i);
}

struct str sitemap_path(struct arena *a, size_t i) {
    struct buf path = {0};
    struct str kept;

    add_path(&path, i);
    kept = arena_str(a, buf_str(&path));
    buf_release(&path);
    return kept;
}

/* libxml2's functions fail only when memory runs out; the writer is then in no
 * state to go on, and neither is the program. */
static void must(int result) {
    if (result < 0)
        abort();
}

static void text_element(xmlTextWriterPtr w, const char *name,
                         struct buf *text) {
    must(xmlTextWriterWriteElement(w, BAD_CAST name, BAD_CAST buf_cstr(text)));
}

static void write_part(xmlTextWriterPtr w, const struct sitemap *s, size_t from,
                       size_t to) {
    struct buf text = {0};

    must(xmlTextWriterStartElementNS(w, NULL, BAD_CAST "urlset",
                                     BAD_CAST NAMESPACE));
    for (size_t i = from; i < to; i++) {
        must(xmlTextWriterStartElement(w, BAD_CAST "url"));
        buf_reset(&text);
        buf_add_str(&text, s->base_url);
        buf_add_str(&text, s->urls[i].href);
        text_element(w, "loc", &text);
        if (s->urls[i].dated) {
            buf_reset(&text);
            civil_add_date(&text, s->urls[i].lastmod);
            text_element(w, "lastmod", &text);
        }
        must(xmlTextWriterEndElement(w));
        must(xmlTextWriterWriteString(w, BAD_CAST "\n"));
    }
    must(xmlTextWriterEndElement(w));
    buf_release(&text);
}

static void write_index(xmlTextWriterPtr w, const struct sitemap *s) {
    struct buf text = {0};

    must(xmlTextWriterStartElementNS(w, NULL, BAD_CAST "sitemapindex",
                                     BAD_CAST NAMESPACE));
    for (size_t i = 1; i <= s->nparts; i++) {
        must(xmlTextWriterStartElement(w, BAD_CAST "sitemap"));
        buf_reset(&text);
        buf_add_str(&text, s->base_url);
        add_path(&text, i);
        text_element(w, "loc", &text);
        must(xmlTextWriterEndElement(w));
        must(xmlTextWriterWriteString(w, BAD_CAST "\n"));
    }
    must(xmlTextWriterEndElement(w));
    buf_release(&text);
}

void sitemap_write(const struct sitemap *s, size_t i, struct buf *out) {
    xmlBufferPtr bytes = xmlBufferCreate();
    xmlTextWriterPtr w = bytes ? xmlNewTextWriterMemory(bytes, 0) : NULL;

    assert(i < sitemap_nfiles(s));
    must(w ? 0 : -1);
    xmlBufferSetAllocationScheme(bytes, XML_BUFFER_ALLOC_DOUBLEIT);
    must(xmlTextWriterStartDocument(w, NULL, "UTF-8", NULL));
    if (s->nparts == 1)
        write_part(w, s, 0, s->nurls);
    else if (i == 0)
        write_index(w, s);
    else
        write_part(w, s, s->starts[i - 1], s->starts[i]);
    must(xmlTextWriterEndDocument(w));
    xmlFreeTextWriter(w);
    buf_add(out, xmlBufferContent(bytes), (size_t)xmlBufferLength(bytes));
    xmlBufferFree(bytes);
}
