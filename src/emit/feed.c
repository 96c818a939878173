#include "emit/feed.h"

#include <assert.h>
#include <libxml/xmlwriter.h>
#include <stdlib.h>

#include "base/unicode.h"

#define NAMESPACE "http://www.w3.org/2005/Atom"

/* Writing to memory fails only for want of it. */
static void must(int status) {
    if (status < 0)
        abort();
}

/* XML 1.0 §2.2: no controls, no surrogates, no U+FFFE and U+FFFF. */
static bool is_xml_character(uint32_t c) {
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xD800) ||
           (c > 0xDFFF && c < 0xFFFE) || c > 0xFFFF;
}

static void add_characters(struct buf *out, struct str s) {
    for (size_t at = 0; at < s.len;) {
        uint32_t code;
        size_t width = utf8_decode(s, at, &code);
        utf8_encode(out, is_xml_character(code) ? code : UNICODE_REPLACEMENT);
        at += width;
    }
}

static void element(xmlTextWriterPtr w, const char *name, struct str text) {
    struct buf clean = {0};

    add_characters(&clean, text);
    must(
        xmlTextWriterWriteElement(w, BAD_CAST name, BAD_CAST buf_cstr(&clean)));
    must(xmlTextWriterWriteString(w, BAD_CAST "\n"));
    buf_release(&clean);
}

static void date_element(xmlTextWriterPtr w, const char *name,
                         struct civil_date day) {
    struct civil_instant noon = {.seconds = civil_days(day) * 86400 + 43200};
    struct buf text = {0};

    civil_add_rfc3339(&text, noon);
    element(w, name, buf_str(&text));
    buf_release(&text);
}

static void attribute(xmlTextWriterPtr w, const char *name, const char *value) {
    must(xmlTextWriterWriteAttribute(w, BAD_CAST name, BAD_CAST value));
}

static void link_element(xmlTextWriterPtr w, const char *relation,
                         const char *type, struct str address) {
    struct buf text = {0};

    buf_add_str(&text, address);
    must(xmlTextWriterStartElement(w, BAD_CAST "link"));
    attribute(w, "rel", relation);
    attribute(w, "type", type);
    attribute(w, "href", buf_cstr(&text));
    must(xmlTextWriterEndElement(w));
    must(xmlTextWriterWriteString(w, BAD_CAST "\n"));
    buf_release(&text);
}

static struct str address_of(const struct feed *f, struct str href,
                             struct buf *text) {
    buf_reset(text);
    buf_add_str(text, f->base_url);
    buf_add_str(text, href);
    return buf_str(text);
}

static void write_entry(xmlTextWriterPtr w, const struct feed *f,
                        const struct feed_entry *e) {
    struct buf text = {0};
    struct str address = address_of(f, e->href, &text);

    must(xmlTextWriterStartElement(w, BAD_CAST "entry"));
    must(xmlTextWriterWriteString(w, BAD_CAST "\n"));
    element(w, "title", e->title);
    element(w, "id", address);
    link_element(w, "alternate", "text/html", address);
    date_element(w, "updated", e->updated);
    if (e->has_published)
        date_element(w, "published", e->published);
    if (e->summary.len > 0)
        element(w, "summary", e->summary);
    must(xmlTextWriterEndElement(w));
    must(xmlTextWriterWriteString(w, BAD_CAST "\n"));
    buf_release(&text);
}

static void write_feed(xmlTextWriterPtr w, const struct feed *f) {
    struct buf text = {0};

    must(xmlTextWriterStartElementNS(w, NULL, BAD_CAST "feed",
                                     BAD_CAST NAMESPACE));
    buf_add_str(&text, f->language);
    attribute(w, "xml:lang", buf_cstr(&text));
    must(xmlTextWriterWriteString(w, BAD_CAST "\n"));
    element(w, "title", f->title);
    element(w, "id", f->base_url);
    link_element(w, "self", "application/atom+xml",
                 address_of(f, STR("feed.xml"), &text));
    link_element(w, "alternate", "text/html", f->base_url);
    date_element(w, "updated", f->entries[0].updated);
    must(xmlTextWriterStartElement(w, BAD_CAST "author"));
    element(w, "name", f->title);
    must(xmlTextWriterEndElement(w));
    must(xmlTextWriterWriteString(w, BAD_CAST "\n"));
    for (size_t i = 0; i < f->nentries; i++)
        write_entry(w, f, &f->entries[i]);
    must(xmlTextWriterEndElement(w));
    buf_release(&text);
}

void feed_write(const struct feed *f, struct buf *out) {
    xmlBufferPtr bytes = xmlBufferCreate();
    xmlTextWriterPtr w = bytes ? xmlNewTextWriterMemory(bytes, 0) : NULL;

    assert(f->nentries > 0);
    must(w ? 0 : -1);
    xmlBufferSetAllocationScheme(bytes, XML_BUFFER_ALLOC_DOUBLEIT);
    must(xmlTextWriterStartDocument(w, NULL, "UTF-8", NULL));
    write_feed(w, f);
    must(xmlTextWriterEndDocument(w));
    xmlFreeTextWriter(w);
    buf_add(out, xmlBufferContent(bytes), (size_t)xmlBufferLength(bytes));
    xmlBufferFree(bytes);
}
