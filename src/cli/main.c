#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli/help.h"
#include "cli/terminal.h"
#include "cli/version.h"

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

/* What a query was stopped for having used serves the next one: to give it back and
 * take it anew from the system costs more than the query. What is larger than
 * MAPPED_FROM alone goes back at once. */
static void keep_memory(void) {
#ifdef __GLIBC__
    enum { MAPPED_FROM = 4 << 20, KEPT = 512 << 20 };

    mallopt(M_MMAP_THRESHOLD, MAPPED_FROM);
    mallopt(M_TRIM_THRESHOLD, KEPT);
#endif
}

static void prepare_process(void) {
    struct rlimit limit;

    keep_memory();
    open_standard_streams();
    signal(SIGXFSZ, SIG_IGN); /* a write past the limit fails instead */
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

int main(int argc, char **argv) {
    struct options o;
    struct buf text = {0};
    int status = EXIT_DONE;

    prepare_process();
    if (!options_parse(&o, argc, argv, &text)) {
        status = terminal_usage_error(&text, o.command);
    } else if (o.version) {
        status = terminal_print(STR("vaultsite " VAULTSITE_VERSION "\n"));
    } else if (o.help) {
        help_write(o.command, &text);
        status = terminal_print(buf_str(&text));
    } else {
        status = o.command->run(&o);
    }
    buf_release(&text);
    return status;
}
