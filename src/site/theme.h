/*
 * theme: where templates, style and interface texts come from.
 *
 * The built-in theme (themes/default) is part of the program.  A folder may
 * take the place of any of its files:
 *
 *     templates/<page kind>.html      slots.h
 *     templates/partials/<name>.html  {{> name}}
 *     style.css                       copied to the site, as are
 *     print.css                       what paper changes of it
 *     theme.js                        the script that runs before the first paint
 *     site.js                         the script that may wait
 *     search.js, search.css           the search, which a page asks for when it is used
 *     code.css, math.css, diagram.css for pages with such things on them
 *     extras.js                       what has the scripts of others draw them
 *     graph.js, graph.css     the graph: the script of its page, the style of all graphs
 *     previews.js, previews.css       previews of links, when a reader points at one
 *     explorer.js, explorer.css       the tree of the folders, when a reader opens it
 *     icon.svg                        the site's icon
 *     strings/<language>.json         strings.h
 *
 * What a folder lacks, or gets wrong, is taken from the built-in theme.
 */
#ifndef VAULTSITE_SITE_THEME_H
#define VAULTSITE_SITE_THEME_H

#include "base/embedded.h"
#include "note/extra.h"
#include "site/slots.h"
#include "site/strings.h"

/* The built-in theme; paths are below themes/default. */
extern const struct embedded_file theme_files[];
extern const size_t theme_nfiles;

/* The bytes of a built-in file; p is NULL when there is none. */
struct str theme_builtin(struct str path);

/* One row of extra_rows: "" where it is not installed. */
struct theme_extra {
    struct str script, licence; /* of its package */
    struct str style;           /* the theme's sheet, the package's before it */
};

struct theme {
    const struct template *templates[PAGE_KINDS]; /* never NULL */
    struct strings strings;
    struct str style;                      /* style.css */
    struct str print_style;                /* print.css; empty without one */
    struct str early_script, script, icon; /* the same */
    struct str search_script;              /* without it nothing is searched */
    struct str search_style;
    struct str extras_script;
    struct theme_extra extras[EXTRAS]; /* extras.h */
    unsigned wanted;                   /* bits of those that pages may load */
    struct str graph_script; /* without it no graph is drawn on its page */
    struct str graph_style;
    struct str previews_script; /* without it nothing is previewed */
    struct str previews_style;
    struct str explorer_script; /* without it the folders are no tree */
    struct str explorer_style;
    const struct str *sheets; /* the vault's own (snippets.h), in order */
    size_t nsheets;
    struct str language; /* as given */
    uint64_t digest;     /* of every file read: part of the inputs' digest */
};

/*
 * Fills `t`, all in `a`. `folder` is NULL or "" for the built-in theme alone.
 * `language` is a tag as `de-AT`: its texts are those of `de-at`, else `de`,
 * else English. False with errno set when the folder cannot be opened (a usage
 * error); anything wrong inside it is a finding, DIAG_TEMPLATE_INVALID, whose
 * path begins with the folder as given, and the built-in file is used: so is
 * it for a file that leads out of the folder, is no regular file, is larger
 * than 1 MB or is not UTF-8.
 */
bool theme_load(struct theme *t, struct arena *a, const char *folder,
                struct str language, struct diags *d);

#endif
