#include "cli/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/commands.h"

bool terminal_is_able(void) {
    struct str term = str_from(getenv("TERM"));

    return term.len > 0 && !str_eq(term, STR("dumb")) && isatty(STDERR_FILENO);
}

bool terminal_is_coloured(void) {
    return str_from(getenv("NO_COLOR")).len == 0 && terminal_is_able();
}

size_t terminal_columns(void) {
    struct winsize size;

    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

int terminal_print(struct str text) {
    if (fwrite(text.p, 1, text.len, stdout) == text.len && fflush(stdout) == 0)
        return EXIT_DONE;
    perror("vaultsite: standard output");
    return EXIT_UNABLE;
}

int terminal_usage_error(struct buf *error, const struct command *c) {
    struct str name = c != NULL ? c->name : STR("");

    fprintf(stderr, "vaultsite: %s\nTry: vaultsite %.*s%s--help\n",
            buf_cstr(error), STR_ARG(name), name.len > 0 ? " " : "");
    return EXIT_UNABLE;
}
