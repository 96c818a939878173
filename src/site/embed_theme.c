/*
 * embed_theme: writes the built-in theme as C, for theme.h.
 *
 *     embed_theme themes/default style.css templates/note.html … > theme.c
 *
 * A program of the build, not of vaultsite; it stands alone and keeps one byte
 * at a time.  The paths come sorted from the Makefile, so that the result is
 * the same on each machine.  Style sheets lose comments and what blanks can be
 * spared (decisions.md 26).
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static size_t column;

static void put(int c) {
    column += (size_t)printf("%d,", c);
    if (column > 74) {
        putchar('\n');
        column = 0;
    }
}

static void copy(FILE *in) {
    int c;

    while ((c = getc(in)) != EOF)
        put(c);
}

/* The byte after the comment that has just been opened. */
static int after_comment(FILE *in) {
    int before = 0;
    int c;

    while ((c = getc(in)) != EOF && !(before == '*' && c == '/'))
        before = c;
    return c == EOF ? EOF : getc(in);
}

/* Where a blank has no meaning: behind and before these. Never before ':' or
 * '(', which would join `a :hover` and `and (`, nor behind ')', nor around '+'
 * and '-', which calc() needs. */
static bool tight_after(int c) {
    return c != 0 && c != EOF && strchr("{};,:>(", c) != NULL;
}

static bool tight_before(int c) {
    return c != 0 && c != EOF && strchr("{};,>)!", c) != NULL;
}

static int copy_string(FILE *in, int quote) {
    int c;

    put(quote);
    while ((c = getc(in)) != EOF && c != quote) {
        put(c);
        if (c == '\\' && (c = getc(in)) != EOF)
            put(c);
    }
    if (c == quote)
        put(c);
    return getc(in);
}

/* CSS with runs of blanks and comments as one blank, or none where `tight`, and
 * no semicolon before a closing brace. */
static void copy_style(FILE *in) {
    int last = '}'; /* last byte written, as if a rule had ended */
    bool gap = false, semicolon = false;
    int c = getc(in);

    while (c != EOF) {
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            gap = true;
            c = getc(in);
            continue;
        }
        if (c == '/') {
            int next = getc(in);
            if (next == '*') {
                gap = true;
                c = after_comment(in);
                continue;
            }
            ungetc(next, in);
        }
        if (semicolon && c != '}')
            put(';');
        else if (gap && !tight_after(last) && !tight_before(c))
            put(' ');
        gap = false;
        semicolon = c == ';';
        last = c;
        if (c == '"' || c == '\'') {
            c = copy_string(in, c);
            continue;
        }
        if (!semicolon)
            put(c);
        c = getc(in);
    }
    if (semicolon)
        put(';');
}

static bool embed(const char *root, const char *path, size_t index) {
    char name[4096];
    size_t len = strlen(path);
    int n = snprintf(name, sizeof name, "%s/%s", root, path);
    FILE *in = n > 0 && (size_t)n < sizeof name ? fopen(name, "rb") : NULL;

    if (!in) {
        fprintf(stderr, "embed_theme: %s/%s: %s\n", root, path,
                strerror(errno));
        return false;
    }
    printf("static const unsigned char file%zu[] = {\n", index);
    column = 0;
    if (len > 4 && strcmp(path + len - 4, ".css") == 0)
        copy_style(in);
    else
        copy(in);
    printf("0};\n"); /* no array of C is empty */
    bool read = !ferror(in);
    fclose(in);
    return read;
}

int main(int argc, char **argv) {
    printf("#include \"site/theme.h\"\n\n");
    for (int i = 2; i < argc; i++)
        if (!embed(argv[1], argv[i], (size_t)i - 2))
            return 1;
    printf("\nconst struct theme_file theme_files[] = {\n");
    for (int i = 2; i < argc; i++)
        printf("    {STR_INIT(\"%s\"), {(const char *)file%d, sizeof file%d - "
               "1}},\n",
               argv[i], i - 2, i - 2);
    printf("};\nconst size_t theme_nfiles = sizeof theme_files / sizeof "
           "theme_files[0];\n");
    return fflush(stdout) == 0 && argc > 2 ? 0 : 1;
}
