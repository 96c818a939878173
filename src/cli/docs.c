/*
 * docs: writes one of the files that are installed beside the program.
 *
 *     docs man > vaultsite.1
 *
 * A program of the build, not of vaultsite.
 */
#include "cli/completion.h"
#include "cli/man.h"
#include "cli/terminal.h"

static const struct {
    struct str name;
    void (*write)(struct buf *out);
} kinds[] = {
    {STR_INIT("man"), man_write},
    {STR_INIT("bash"), completion_write_bash},
    {STR_INIT("zsh"), completion_write_zsh},
    {STR_INIT("fish"), completion_write_fish},
};

int main(int argc, char **argv) {
    struct buf out = {0};
    int status = 2;

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (argc == 2 && str_eq(kinds[i].name, str_from(argv[1]))) {
            kinds[i].write(&out);
            status = terminal_print(buf_str(&out));
        }
    buf_release(&out);
    return status;
}
