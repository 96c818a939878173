/*
 * publish: what may be on the site at all (decisions.md 1-4).
 *
 * Fails closed: where a note's own word cannot be read, it stays out.
 */
#ifndef VAULTSITE_VAULT_PUBLISH_H
#define VAULTSITE_VAULT_PUBLISH_H

#include "vault/vault.h"

/* What a note says of itself under `publish:`. */
enum publish_word {
    PUBLISH_UNSAID, /* no such key, or null */
    PUBLISH_YES,
    PUBLISH_NO, /* false, or any value that is not a yes */
};

/* Everything the decision depends on; filled by note/ and the walk. */
struct publish_facts {
    enum publish_word word;
    bool has_excluded_tag;   /* frontmatter or body, comments too */
    bool unreadable;         /* properties could not be read (decisions.md 2) */
    bool excluded, included; /* by path */
};

/* True: the note is published. Pure; tested over all combinations. Where the
 * properties are unreadable a PUBLISH_YES counts as unsaid, since the raw text
 * that has it may be no property at all. */
bool publish_decide(const struct settings *s, const struct publish_facts *f);
/* The meaning of a `publish:` value given as text: true/yes/on/1 in any case are
 * PUBLISH_YES, empty/null is PUBLISH_UNSAID, anything else PUBLISH_NO. */
enum publish_word publish_word_of(struct str text);
/*
 * For a note whose properties cannot be read: looks through the first 64 KB of
 * raw text for `publish:` as a word of its own (any case, quoted or not,
 * indented or not, in flow style too; no value, or one that is not a yes, is
 * PUBLISH_NO) and for the names of excluded tags, with or without '#'; past
 * 64 KB for those with '#'. Sets word, has_excluded_tag and unreadable.
 */
void publish_scan_raw(const struct settings *s, struct str raw,
                      struct publish_facts *f);
/* True when `tag` (without '#') or one of its ancestors is in exclude_tags. */
bool publish_tag_excluded(const struct settings *s, struct str tag);

#endif
