/*
 * embed_files: writes files as C, for embedded.h.
 *
 *     find … | embed_files theme themes/default > theme_files.c
 *
 * Standard input has a path on each line, below the folder; the arrays are
 * called theme_files and theme_nfiles.  A program of the build, not of
 * vaultsite; it stands alone and keeps one byte at a time.  The paths come
 * sorted from the Makefile, so that the result is the same on each machine.
 * Style sheets lose comments and what blanks can be spared (decisions.md 26).
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
        fprintf(stderr, "embed_files: %s/%s: %s\n", root, path,
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

/* The row of the table, kept until all files are written: what stands between
 * the quotes of a path is C. */
static bool keep_row(FILE *rows, const char *path, size_t index) {
    fputs("    {STR_INIT(\"", rows);
    for (const char *p = path; *p != '\0'; p++) {
        if (*p == '"' || *p == '\\')
            putc('\\', rows);
        putc(*p, rows);
    }
    return fprintf(rows, "\"), {(const char *)file%zu, sizeof file%zu - 1}},\n",
                   index, index) > 0;
}

static bool embed_all(const char *root, FILE *rows) {
    char path[4096];

    for (size_t index = 0; fgets(path, sizeof path, stdin) != NULL; index++) {
        path[strcspn(path, "\n")] = '\0';
        if (!embed(root, path, index) || !keep_row(rows, path, index))
            return false;
    }
    return !ferror(stdin);
}

int main(int argc, char **argv) {
    FILE *rows = tmpfile();
    int c;

    if (argc != 3 || rows == NULL) {
        fputs("usage: embed_files NAME FOLDER <paths\n", stderr);
        return 1;
    }
    printf("#include \"base/embedded.h\"\n\n");
    if (!embed_all(argv[2], rows))
        return 1;
    printf("\nconst struct embedded_file %s_files[] = {\n", argv[1]);
    rewind(rows);
    while ((c = getc(rows)) != EOF)
        putchar(c);
    /* A last row of nothing: there may be no file at all. */
    printf("    {STR_INIT(\"\"), STR_INIT(\"\")},\n};\n"
           "const size_t %s_nfiles = sizeof %s_files / sizeof %s_files[0] - "
           "1;\n",
           argv[1], argv[1], argv[1]);
    return fflush(stdout) == 0 && !ferror(rows) ? 0 : 1;
}
