/*
 * plan: which pages a site has, and the address of each.
 *
 * One page per note, folder and tag, lists of them page by page, home, 404 and
 * redirects (decisions.md 9-12, 20); the files that are copied beside them.
 * Every path below OUT is claimed here, in one table (urls.h).  What stands on a
 * page is the business of stitch.h.
 *
 * Nothing unpublished takes part: folders, tags and counts are those of
 * published notes, and a note in a template folder has a page but is in no list
 * (decisions.md 4, 6).
 */
#ifndef VAULTSITE_SITE_PLAN_H
#define VAULTSITE_SITE_PLAN_H

#include "base/map.h"
#include "entity/entity.h"
#include "link/dates.h"
#include "query/answers.h"
#include "site/theme.h"

#define PLAN_NONE UINT32_MAX
#define PLAN_ROWS 200    /* rows of one page of a list (decisions.md 20) */
#define PLAN_MENTIONS 50 /* mentions shown on the note's own page */
#define PLAN_ANSWER 500  /* rows of an answer shown on the note's own page */
#define PLAN_TASKS 100   /* of a Tasks query, on each page: rows of 1 KB */
#define PLAN_RECENT 10   /* recent notes on the home page */
#define PLAN_FEED 30     /* entries of the feed (decisions.md 31) */
#define PLAN_SHORT 50    /* rows of a list on the home page */
#define PLAN_RAIL 9      /* folders in the navigation */
#define PLAN_RELATED 8   /* tags "often together" with a tag */

enum page_part {
    PAGE_MAIN,    /* what its kind says */
    PAGE_FURTHER, /* further rows of a folder, a tag or the tags: number ≥ 2 */
    PAGE_MENTIONS, /* further mentions of a note: number ≥ 2 */
    PAGE_ANSWER,   /* further rows of an answer: number ≥ 2 */
    PAGE_REDIRECT, /* leads on to the page of `note` */
};

struct page {
    enum page_kind kind; /* whose template it has; of no use for a redirect */
    enum page_part part;
    uint32_t number; /* 1, 2 … in its series */
    uint32_t note;   /* file index of the note whose page it is, or PLAN_NONE */
    uint32_t of;     /* PAGE_FOLDER: plan_folder; PAGE_TAG: tag; PAGE_ANSWER:
                      * its query in the note; PLAN_NONE */
    struct str path; /* below OUT */
    struct str href; /* the same, percent-encoded */
};

struct plan_folder {
    struct str path; /* in the vault; "" for the root */
    struct str name; /* last component */
    struct str url;  /* of its pages, below OUT: "" or ends in '/' */
    uint32_t parent; /* folders, PLAN_NONE for the root */
    uint32_t page;   /* its first page, PLAN_NONE where nothing is listed */
    uint32_t npages;
    uint32_t note;   /* file index of the note that is its page, PLAN_NONE */
    uint32_t ntotal; /* listed notes in it and below */
    const uint32_t *folders; /* those with a page, in vault order */
    const uint32_t *notes;   /* files listed in it, in vault order */
    uint32_t nfolders, nnotes;
};

struct plan_tag {
    uint32_t page, npages;
    const uint32_t *notes; /* files with it or a tag below, newest first */
    uint32_t nnotes;
    uint32_t related[PLAN_RELATED]; /* tags used beside it, most often first */
    uint32_t nrelated;
};

struct plan_file {
    uint32_t file;   /* in vault->files */
    struct str path; /* below OUT */
    bool filtered;   /* SVG: goes through attachment_filter (attachments.h) */
};

/* The theme's files. */
enum plan_asset_kind {
    ASSET_STYLE,
    ASSET_EARLY_SCRIPT,
    ASSET_SCRIPT,
    ASSET_ICON,
    PLAN_ASSETS
};
struct plan_asset {
    struct str path; /* below OUT; its href too */
    struct str bytes;
};

/* A link of the navigation, with its words. */
struct plan_link {
    struct str href, title;
    struct str count; /* of what is behind it, or "" */
    const char *kind; /* SLOT_LINK_KIND */
};

struct plan_day {
    struct str text, iso; /* `18 Nov`, `2025-11-18`; "" where there is none */
};
struct plan_dates {
    struct plan_day date, changed; /* link/dates.h: created, updated */
};

/* An answer that is too long for the page of its note. */
struct plan_answer {
    uint32_t file, query; /* the note; the block among its queries */
    uint32_t page;        /* the first further page */
    uint32_t npages;      /* of the series, the note's own page among them */
    size_t npieces;       /* rows; of tasks those at the top of their lists */
    size_t nshown;        /* of them on the note's own page, */
    size_t nfurther;      /* and on each further one */
};

struct plan {
    const struct linked *linked;
    const struct answers *answers; /* NULL: no query is answered */
    const struct entities *entities; /* NULL: nothing is known */
    const struct theme *theme;
    struct str site_title;
    const struct page *pages; /* [0] is the home page */
    size_t npages;
    const struct plan_folder *folders; /* [0] is the root; parents first */
    uint32_t nfolders;
    const struct plan_tag *tags; /* as linked->tags */
    struct map tag_names; /* spelling -> plan_tag; plan_tag_named asks it */
    uint32_t top_tags[PLAN_SHORT]; /* of the first level, most notes first */
    uint32_t ntop_tags;
    uint32_t tags_page, ntags_pages; /* PLAN_NONE, 0 in a site without tags */
    /* By file index: */
    const uint32_t *page_of;   /* the note's page, PLAN_NONE */
    const uint32_t *folder_of; /* a published note's folder */
    const uint32_t *place;     /* index in its folder's notes, PLAN_NONE */
    const uint32_t *mentions;  /* first page of further ones; PLAN_NONE */
    /* Whether another published note has its title; NULL where no query is
     * answered. */
    const bool *namesake;
    const struct plan_answer *long_answers; /* by file, query */
    size_t nlong_answers;
    const struct str *hrefs; /* of page or copied file, percent-encoded; "" */
    const struct plan_dates *dates; /* of published notes */
    const struct plan_file *files;  /* attachments to copy, in vault order */
    size_t nfiles;
    const struct plan_asset *assets; /* those that there are */
    size_t nassets;
    const struct str *styles; /* hrefs of the style sheets, in order */
    size_t nstyles;
    struct str asset_hrefs[PLAN_ASSETS]; /* by kind; "" where there is none */
    /* Own tags of file i, by key: note_tags[note_tag_begins[i]] up to, without,
     * note_tags[note_tag_begins[i + 1]]. */
    const uint32_t *note_tags, *note_tag_begins;
    const struct plan_link *rail, *browse;
    uint32_t nrail, nbrowse;
    uint32_t recent[PLAN_SHORT]; /* files, changed last first; no templates */
    uint32_t nrecent;
    bool has_feed;            /* feed.xml tells of the first of them */
    struct plan_day built;    /* the day of the build */
    struct str note_count;    /* how many notes there are, in words */
    uint32_t nlisted;         /* published notes outside template folders */
    uint32_t nlisted_folders; /* folders that hold some, without the root */
};

/* Everything is in `a`; `l`, `answers`, `entities` and `theme` are borrowed. Both
 * `answers` and `entities` may be NULL. */
struct plan *plan_site(struct arena *a, const struct linked *l,
                       const struct answers *answers,
                       const struct entities *entities,
                       const struct theme *theme, struct diags *d);

/* That of block `query` of the note `file`; NULL where its page shows it all. */
const struct plan_answer *plan_answer_of(const struct plan *p, uint32_t file,
                                         uint32_t query);

/* The tag that is written `name`, in any case; UINT32_MAX where none is. */
uint32_t plan_tag_named(const struct plan *p, struct str name,
                        struct arena *scratch);

/* One row of pages.json: the published notes in vault order. `tags` are those of
 * properties and text, once each, as their pages spell them. */
struct plan_row {
    struct str path, url, title, kind;
    const struct str *tags;
    size_t ntags;
};
/* The rows, in `a`; *n tells how many. */
const struct plan_row *plan_rows(struct arena *a, const struct plan *p,
                                 size_t *n);
/* One entry of the feed: the notes changed last, newest first, none where there is
 * no feed. `summary` is plain text, at most 300 characters. */
struct plan_feed_row {
    struct str href, title, summary;
    const struct note_dates *dates;
};
/* The rows, in `a`; *n tells how many. */
const struct plan_feed_row *plan_feed(struct arena *a, const struct plan *p,
                                      size_t *n);
/* True for a page that search engines may list: sitemap.xml holds these. */
bool plan_indexed(const struct plan *p, const struct page *page);

#endif
