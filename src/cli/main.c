#include <stdio.h>

#include "cli/options.h"
#include "cli/version.h"

static int usage_error(const struct options *o, struct buf *error) {
    struct str name = o->command != NULL ? o->command->name : STR("");

    fprintf(stderr, "vaultsite: %s\nTry: vaultsite %.*s%s--help\n",
            buf_cstr(error), STR_ARG(name), name.len > 0 ? " " : "");
    buf_release(error);
    return EXIT_UNABLE;
}

int main(int argc, char **argv) {
    struct options o;
    struct buf text = {0};
    int status = EXIT_DONE;

    if (!options_parse(&o, argc, argv, &text))
        return usage_error(&o, &text);
    if (o.version) {
        puts("vaultsite " VAULTSITE_VERSION);
    } else if (o.help) {
        options_help(o.command, &text);
        fputs(buf_cstr(&text), stdout);
    } else {
        status = o.command->run(&o);
    }
    buf_release(&text);
    return status;
}
