#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli/options.h"
#include "cli/version.h"

static int usage_error(const struct options *o, struct buf *error) {
    struct str name = o->command != NULL ? o->command->name : STR("");

    fprintf(stderr, "vaultsite: %s\nTry: vaultsite %.*s%s--help\n",
            buf_cstr(error), STR_ARG(name), name.len > 0 ? " " : "");
    buf_release(error);
    return EXIT_UNABLE;
}

/* Where a stream is closed the next file opened would become it, and a page of
 * the site take the messages. */
static void open_standard_streams(void) {
    int fd;

    do
        fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd > STDERR_FILENO)
        close(fd);
}

static void prepare_process(void) {
    struct rlimit limit;

    open_standard_streams();
    signal(SIGXFSZ, SIG_IGN); /* a write past the limit fails instead */
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static int print(const char *text) {
    if (fputs(text, stdout) != EOF && fflush(stdout) == 0)
        return EXIT_DONE;
    perror("vaultsite: standard output");
    return EXIT_UNABLE;
}

int main(int argc, char **argv) {
    struct options o;
    struct buf text = {0};
    int status = EXIT_DONE;

    prepare_process();
    if (!options_parse(&o, argc, argv, &text))
        return usage_error(&o, &text);
    if (o.version) {
        status = print("vaultsite " VAULTSITE_VERSION "\n");
    } else if (o.help) {
        options_help(o.command, &text);
        status = print(buf_cstr(&text));
    } else {
        status = o.command->run(&o);
    }
    buf_release(&text);
    return status;
}
