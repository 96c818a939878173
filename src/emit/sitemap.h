/*
 * sitemap: sitemap.xml, and its parts where the site is large (sitemaps.org).
 *
 * Only for a site with a base URL (decisions.md 31).  One file holds at most
 * 50,000 addresses and 50 MB; beyond that sitemap.xml is an index of
 * sitemap-1.xml, sitemap-2.xml …  Which pages belong in it is site/'s to say.
 */
#ifndef VAULTSITE_EMIT_SITEMAP_H
#define VAULTSITE_EMIT_SITEMAP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/civil.h"

struct sitemap_url {
    struct str href; /* below the base URL, percent-encoded, ASCII */
    bool dated;
    struct civil_date lastmod; /* where dated */
};

struct sitemap {
    struct str base_url; /* ends in '/' */
    const struct sitemap_url *urls;
    size_t nurls;
    size_t *starts; /* of the parts; nparts + 1 of them */
    size_t nparts;  /* ≥ 1 */
};

/* Shares the addresses out to parts; base_url and urls are borrowed. */
void sitemap_init(struct sitemap *s, struct arena *a, struct str base_url,
                  const struct sitemap_url *urls, size_t nurls);
/* 1, or the parts and their index. */
size_t sitemap_nfiles(const struct sitemap *s);
/* Path below OUT of file i; 0 is sitemap.xml. */
struct str sitemap_path(struct arena *a, size_t i);
/* Appends the bytes of file i. */
void sitemap_write(const struct sitemap *s, size_t i, struct buf *out);

#endif
