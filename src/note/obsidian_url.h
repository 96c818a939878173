/*
 * obsidian_url: an `obsidian://` address that denotes a note of this vault.
 */
#ifndef VAULTSITE_NOTE_OBSIDIAN_URL_H
#define VAULTSITE_NOTE_OBSIDIAN_URL_H

#include "base/arena.h"

/*
 * Reads `obsidian://open?vault=V&file=P` and `obsidian://vault/V/P`
 * (spec/markdown.md §7.2), percent-decoded. True where V is `vault`, in any case,
 * and P is not empty: *target is then P as a wikilink would have it, with a
 * `#heading` or `#^block` where one is given; in `a` or in `url`. False for every
 * other address, and always where `vault` is "".
 */
bool obsidian_url_read(struct arena *a, struct str url, struct str vault,
                       struct str *target);

#endif
