/*
 * plan: which pages a site has, and the address of each.
 *
 * One page per note, folder and tag, lists of them page by page, the indexes of
 * what the vault knows (spec/entities.md §4.8), home, 404 and redirects
 * (decisions.md 9-12, 20); the files that are copied beside them.
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
#include "graph/graph.h"
#include "link/dates.h"
#include "query/answers.h"
#include "site/theme.h"

#define PLAN_NONE UINT32_MAX
#define PLAN_ROWS 200     /* rows of one page of a list (decisions.md 20) */
#define PLAN_MENTIONS 50  /* mentions shown on the note's own page */
#define PLAN_ANSWER 500   /* rows of an answer shown on the note's own page */
#define PLAN_TASKS 100    /* of a Tasks query, on each page: rows of 1 KB */
#define PLAN_RECENT 10    /* recent notes on the home page */
#define PLAN_FEED 30      /* entries of the feed (decisions.md 31) */
#define PLAN_SHORT 50     /* rows of a list on the home page */
#define PLAN_RAIL 9       /* folders and indexes in the navigation */
#define PLAN_INDEXES 13   /* indexes in it: these go before folders */
#define PLAN_DONE_DAYS 14 /* for which done tasks are listed */
#define PLAN_WEEK_DAYS 7  /* "this week", from the day of the build on */
#define PLAN_RELATED 8    /* tags "often together" with a tag */

enum page_part {
    PAGE_MAIN,    /* what its kind says */
    PAGE_FURTHER, /* further rows of a folder, a tag or the tags: number ≥ 2 */
    PAGE_MENTIONS, /* further mentions of a note: number ≥ 2 */
    PAGE_ANSWER,   /* further rows of an answer: number ≥ 2 */
    PAGE_MORE,     /* further rows of the lists of an entity: number ≥ 2 */
    PAGE_REDIRECT, /* leads on to the page of `note` */
};

struct page {
    enum page_kind kind; /* whose template it has; of no use for a redirect */
    enum page_part part;
    uint32_t number; /* 1, 2 … in its series */
    uint32_t note;   /* file index of the note whose page it is, or PLAN_NONE */
    uint32_t of;     /* PAGE_FOLDER: plan_folder, of PAGE_ENTITY and PAGE_EVENT
                      * too where the note is a folder's; PAGE_TAG: tag;
                      * PAGE_INDEX, PAGE_TASKS: plan_index; PAGE_ANSWER: its
                      * query in the note; PLAN_NONE */
    struct str path; /* below OUT */
    struct str href; /* the same, percent-encoded */
};

struct plan_folder {
    struct str path; /* in the vault; "" for the root */
    struct str name; /* last component */
    struct str url;  /* of its pages, below OUT: "" or ends in '/' */
    uint32_t parent; /* folders, PLAN_NONE for the root */
    uint32_t page;   /* its first page, PLAN_NONE where nothing is listed */
    uint32_t list;   /* the first of the pages with all its rows: `page`, or
                      * where that is an index another; PLAN_NONE */
    uint32_t npages; /* from `list` on */
    uint32_t index;  /* plan_index whose page is the folder's, or PLAN_NONE */
    uint32_t note;   /* file index of the note that is its page, PLAN_NONE */
    uint32_t ntotal; /* listed notes in it and below */
    const uint32_t *folders; /* those with a page, in vault order */
    const uint32_t *notes;   /* files listed in it, in vault order */
    uint32_t nfolders, nnotes;
    const uint32_t
        *by_day; /* the same, daily notes first, the newest of them before
                             * older ones; NULL where it has none */
};

/* What lists of notes are divided by, in the order of mentions (kinds.h). */
enum list_kind {
    LIST_MEETINGS,
    LIST_PROJECTS,
    LIST_CUSTOMERS,
    LIST_PEOPLE,
    LIST_TRANSCRIPTS,
    LIST_NOTES,
    LIST_KINDS
};

struct plan_tag {
    uint32_t page, npages;
    /* Files with it or a tag below, as its pages list them, PLAN_ROWS each: kind
     * by kind, the newest first; where there are more, the first page has some of
     * every kind, and then come those that are left of each. */
    const uint32_t *notes;
    uint32_t nnotes;
    uint32_t counts[LIST_KINDS];    /* of them */
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
    ASSET_PRINT_STYLE,
    ASSET_EARLY_SCRIPT,
    ASSET_SCRIPT,
    ASSET_ICON,
    ASSET_SEARCH_SCRIPT, /* nothing is searched without it */
    ASSET_SEARCH_STYLE,
    ASSET_GRAPH_SCRIPT, /* nothing is drawn on the canvas without it */
    ASSET_GRAPH_STYLE,
    ASSET_PREVIEWS_SCRIPT, /* nothing is previewed without it */
    ASSET_PREVIEWS_STYLE,
    ASSET_EXPLORER_SCRIPT, /* the folders are no tree without it */
    ASSET_EXPLORER_STYLE,
    ASSET_EXTRAS_SCRIPT,
    ASSET_EXTRA_SCRIPT, /* + enum extra */
    ASSET_EXTRA_STYLE = ASSET_EXTRA_SCRIPT + EXTRAS,
    PLAN_ASSETS = ASSET_EXTRA_STYLE + EXTRAS
};
struct plan_asset {
    struct str path; /* below OUT; its href too */
    struct str bytes;
    unsigned extras; /* bits: written only where a page has use for one of them;
                      * 0: always */
};
#define PLAN_LICENCES "_/LICENSES.txt" /* of those that are written so */

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
    size_t npieces;       /* rows; of tasks all items that are drawn */
    size_t nshown;        /* of them on the note's own page, */
    size_t nfurther;      /* and on each further one */
};

/* --- what the vault knows (spec/entities.md §4.8) --- */

enum plan_index_sort {
    INDEX_ENTITIES,    /* rows: entities */
    INDEX_MEETINGS,    /* events, but transcripts */
    INDEX_TRANSCRIPTS, /* events of that kind */
    INDEX_DECISIONS,   /* the log's rows */
    INDEX_TASKS,       /* entity tasks; one index for each view */
};

/* Rows [begin, end) of an index under a heading of their own. */
struct plan_group {
    uint32_t begin, end;
    /* INDEX_ENTITIES: 1 for those without a page; INDEX_MEETINGS: 12 * year +
     * month - 1; INDEX_TASKS by assignee: the entity; by due date: enum
     * plan_due. PLAN_NONE: undated, nobody; PLAN_NONE - 1: whoever keeps the
     * vault. */
    uint32_t of;
};
#define PLAN_GROUP_OWNER (PLAN_NONE - 1)
enum plan_due { DUE_OVERDUE, DUE_TODAY, DUE_WEEK, DUE_LATER, DUE_NONE };

/* Views of the tasks (decisions.md 21), in the order of their pages. */
enum plan_task_state { VIEW_OPEN, VIEW_PROPOSED, VIEW_DONE, VIEW_STATES };
enum plan_task_order { VIEW_BY_ASSIGNEE, VIEW_BY_DUE, VIEW_ORDERS };

/* Where the names of an index begin with another letter. */
struct plan_letter {
    uint32_t code; /* the letter, a capital if there are any; '#': none */
    uint32_t row;  /* the first that begins with it */
};

/* What a list of entities tells of each besides its name. */
enum plan_column {
    COLUMN_RELATED = 1 << 0, /* a person's customers, another's people */
    COLUMN_LAST = 1 << 1,    /* contact */
    COLUMN_NEXT = 1 << 2,
    COLUMN_OPEN = 1 << 3, /* tasks */
    COLUMN_PROPOSED = 1 << 4,
    COLUMN_EVENTS = 1 << 5,
    COLUMN_MENTIONS = 1 << 6,
};

/* A list over the whole vault. */
struct plan_index {
    enum plan_index_sort sort;
    struct str kind;  /* of its rows, as in entities.json: "person", "task" */
    struct str label; /* heading */
    const char *icon;
    uint32_t entity_kind;       /* INDEX_ENTITIES: entities->kinds */
    enum plan_task_state state; /* INDEX_TASKS */
    enum plan_task_order order;
    uint32_t page, npages; /* its pages stand one after the other */
    uint32_t per_page;     /* rows, at most PLAN_ROWS (decisions.md 20) */
    const uint32_t *rows;
    uint32_t nrows;
    const struct plan_group *groups; /* all rows lie in one */
    uint32_t ngroups;
    const struct plan_letter *letters; /* of INDEX_ENTITIES, by row */
    uint32_t nletters;                 /* 0 where a look is as quick */
    unsigned
        filled; /* of INDEX_ENTITIES: the columns, enum plan_column, that hold
                      * something in some row */
    uint32_t count; /* of different things: of tasks each once; of entities
                     * those with a page, if any has one */
    /* The vault's folder whose page this is too, or PLAN_NONE; the files in it
     * that are no rows. */
    uint32_t folder;
    const uint32_t *others;
    uint32_t nothers;
};

/* How many open and proposed tasks an entity has: a person those assigned to it.
 * Nobody assigns one to a customer or project: theirs stand in their own notes or in
 * those that lead to them, the linked mentions of their pages (theme/design.md §4).
 * entities.json counts assigned ones only (spec/entities.md §9). */
struct plan_entity_tasks {
    uint32_t open, proposed;
};

/* Lists of an entity's page that may be too long for it: its panels, then these. */
enum plan_list {
    LIST_MENTIONS = ENTITY_PANELS,
    LIST_UNLINKED, /* without a link */
    PLAN_LISTS
};
/* The further rows of all lists of an entity stand one after the other, PLAN_ROWS on
 * each further page. */
struct plan_rest {
    uint32_t shown; /* rows of the list on the entity's own page, the first */
    uint32_t begin, end; /* where the next ones stand among all further rows */
    uint32_t left;       /* after these, on no page: they are only counted */
};

/* The events before and after one with the same customer or person. */
struct plan_neighbours {
    uint32_t entity;         /* whose events these are, or PLAN_NONE */
    uint32_t earlier, later; /* events, PLAN_NONE */
};

/* A daily note: its day, and the ones of the days before and after, whatever their
 * folders; TASK_DAY_NONE and PLAN_NONE of other notes. */
struct plan_daily {
    task_day day;
    uint32_t earlier, later; /* files */
};

struct plan {
    const struct linked *linked;
    const struct answers *answers;   /* NULL: no query is answered */
    const struct entities *entities; /* NULL: nothing is known */
    const struct graph *graph;       /* NULL: nothing is linked */
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
    const uint32_t *all; /* listed notes by title, as a language sorts */
    uint32_t nall;
    const struct plan_group *letters; /* of them; `of`: as plan_letter.code */
    uint32_t nletters;
    uint32_t all_page, nall_pages;
    uint32_t graph_page;             /* PLAN_NONE where no note has a link */
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
    const struct plan_daily *daily;
    /* Of each kind of entities the index, then those of events, decisions,
     * tasks; only those that have rows have pages. */
    const struct plan_index *indexes;
    uint32_t nindexes;
    uint32_t meetings, transcripts, decisions; /* indexes, PLAN_NONE */
    uint32_t tasks; /* the first of VIEW_STATES * VIEW_ORDERS, or PLAN_NONE */
    const uint32_t *entity_row;        /* by entity: its row in its index */
    const uint32_t *event_row;         /* by event, likewise */
    const uint32_t *nopen, *nproposed; /* by event: tasks in its note */
    const struct plan_entity_tasks *entity_tasks; /* by entity */
    const struct plan_neighbours *neighbours;     /* by event */
    const uint32_t *more; /* by entity: its first further page, PLAN_NONE */
    const struct plan_file *files; /* attachments to copy, in vault order */
    size_t nfiles;
    const struct plan_asset *assets; /* those that there are */
    size_t nassets;
    const struct str *snippets; /* hrefs of the vault's own sheets, in order */
    size_t nsnippets;
    struct str asset_hrefs[PLAN_ASSETS]; /* by kind; "" where there is none */
    /* Own tags of file i, by key: note_tags[note_tag_begins[i]] up to, without,
     * note_tags[note_tag_begins[i + 1]]. */
    const uint32_t *note_tags, *note_tag_begins;
    const struct plan_link *rail, *browse;
    uint32_t nrail, nbrowse;
    uint32_t recent[PLAN_SHORT]; /* files, changed last first; no templates */
    uint32_t nrecent;
    const struct previews *previews; /* NULL where the theme has none */
    const struct explorer *explorer; /* likewise */
    bool has_feed;                   /* feed.xml tells of the first of them */
    struct plan_day built;           /* the day of the build */
    struct str note_count;           /* how many notes there are, in words */
    uint32_t nlisted;         /* published notes outside template folders */
    uint32_t nlisted_folders; /* folders that hold some, without the root */
};

/* Everything is in `a`; the others are borrowed. `answers`, `entities` and `graph`
 * may be NULL. */
struct plan *plan_site(struct arena *a, const struct linked *l,
                       const struct answers *answers,
                       const struct entities *entities,
                       const struct graph *graph, const struct theme *theme,
                       struct diags *d);

/* What entities of kinds[kind] are called together: as the settings say, else the
 * interface text for the kinds that are built in, else the kind's name. */
struct str plan_kind_label(const struct plan *p, uint32_t kind);
/* The index of `kind` ("person", "meeting", "task"), or NULL: the vault has none.
 * Its path below OUT is that of pages[page]. */
const struct plan_index *plan_index_of(const struct plan *p, struct str kind);
/* The index of the view of the tasks, which there is where p->tasks is. */
static inline uint32_t plan_view(const struct plan *p,
                                 enum plan_task_state state,
                                 enum plan_task_order order) {
    return p->tasks + (uint32_t)state * VIEW_ORDERS + (uint32_t)order;
}
/* What of a list of an entity, a panel or enum plan_list, stands on which page. */
struct plan_rest plan_rest_of(const struct plan *p, uint32_t entity,
                              unsigned list);
/* How many pages an entity with a page has, its own and further ones. */
uint32_t plan_pages_of(const struct plan *p, uint32_t entity);
/* The entity or the event whose own note file `i` is, or PLAN_NONE; of an entity's
 * notes only the one that is its page counts. */
uint32_t plan_entity_of(const struct plan *p, uint32_t i);
uint32_t plan_event_of(const struct plan *p, uint32_t i);
/* How many notes mention the note of file `i`. */
uint32_t plan_mentions_of(const struct plan *p, uint32_t i);

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
