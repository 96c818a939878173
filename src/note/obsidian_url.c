#include "note/obsidian_url.h"

#include "base/unicode.h"
#include "note/percent.h"

static bool is_vault(struct arena *a, struct str name, struct str vault) {
    return str_eq(unicode_fold(a, percent_decode(a, name)),
                  unicode_fold(a, vault));
}

/* `vault=V&file=P` in any order; others are passed over. */
static bool read_query(struct arena *a, struct str query, struct str vault,
                       struct str *target) {
    bool ours = false;

    *target = STR("");
    while (query.len > 0) {
        struct str pair = str_until(query, '&');
        struct str name = str_until(pair, '='), value = str_after(pair, '=');

        query = str_after(query, '&');
        if (str_eq(name, STR("vault")))
            ours = is_vault(a, value, vault);
        else if (str_eq(name, STR("file")))
            *target = percent_decode(a, value);
    }
    return ours;
}

bool obsidian_url_read(struct arena *a, struct str url, struct str vault,
                       struct str *target) {
    static const struct str open = STR_INIT("obsidian://open"),
                            path = STR_INIT("obsidian://vault/");
    bool ours;

    url = str_trim(url);
    if (vault.len == 0 || !str_starts_nocase(url, STR("obsidian:")))
        return false;
    if (str_starts_nocase(url, path)) {
        struct str rest = str_skip(url, path.len);

        ours = is_vault(a, str_until(rest, '/'), vault);
        *target = percent_decode(a, str_after(rest, '/'));
    } else if (str_starts_nocase(url, open)) {
        struct str rest = str_skip(url, open.len);

        if (str_starts(rest, STR("/")))
            rest = str_skip(rest, 1);
        if (!str_starts(rest, STR("?")))
            return false;
        ours = read_query(a, str_skip(rest, 1), vault, target);
    } else {
        return false;
    }
    *target = str_trim(*target);
    return ours && target->len > 0;
}
