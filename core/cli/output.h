#ifndef CA_CLI_OUTPUT_H
#define CA_CLI_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "core/base/error.h"
#include "core/cli/args.h"

struct ca_inputs;

/* What an output is; several may be true of it. */
enum ca_output_kind {
    CA_OUTPUT_PLAIN = 0,
    CA_OUTPUT_CASES = 1,    /* it tells of cases: for its owner's eyes, whatever the umask */
    CA_OUTPUT_DOCUMENT = 2, /* somebody goes on working in it: replaced only with --force */
    CA_OUTPUT_STORE = 4     /* a copy of a store: what it may replace, the store looks at */
};

/*
 * A file that appears whole or not at all; standard output for no path or "-". What is
 * there already and no regular file, as /dev/null, is written to and stays.
 */
struct ca_output {
    FILE *stream;
    char *path;      /* NULL for standard output */
    char *temporary; /* NULL for a device or pipe */
    char *room;      /* the stream's buffer */
    bool keep_other; /* a file there that differs stays, and that is an error */
    off_t start;     /* where standard output stood, if it is a file */
};

/*
 * Opens what --output names. CA_ERROR_USAGE, with nothing done, for a file that must not be
 * written over (ca_output_allowed). inputs are the files that are read beside those that
 * the command line names, or NULL. Outputs with cases are made with mode 0600, and of the
 * mode that a replaced file had others lose theirs; any other keeps its mode.
 */
enum ca_code ca_output_open(struct ca_output *output, const struct ca_args *args,
                            const struct ca_inputs *inputs, unsigned kind,
                            struct ca_error *error);
/* Can what is written still be taken back, or does nobody keep it? A file can, unlike a pipe, a
 * terminal, and what others write to at the same time. */
bool ca_output_may_take_back(const struct ca_output *output);
/* Takes back all that was written, which is so many bytes; false where others have written,
 * too. */
bool ca_output_take_back(struct ca_output *output, size_t written);
/* Fsync and rename; or, with keep false, removes what was written. */
enum ca_code ca_output_close(struct ca_output *output, bool keep, struct ca_error *error);

/* The whole of an output at once. The exit status; what failed has been said. */
int ca_output_write(const struct ca_args *args, unsigned kind, const char *bytes,
                    size_t length);

/* The words for an errno of writing, and what to do where that is plain. */
const char *ca_output_why(int number);

/* Complains of what could not be written; the exit status it means. */
int ca_output_failed(const struct ca_error *error);

/* ---- many files ---- */

/* What becomes of a file that is there already and holds something else. */
enum ca_output_other {
    CA_OTHER_REFUSED, /* nothing is written, unless --force is said */
    CA_OTHER_KEPT,    /* it stays, and all others are written */
    CA_OTHER_REPLACED /* nobody works in such a file */
};

/* One file of a generated folder. name has at most one folder in it. */
struct ca_output_file {
    const char *name, *bytes;
    size_t length;
    enum ca_output_other other;
    bool kept; /* out: another file stayed in its place */
};

/*
 * Writes files into the folder that --output names, all or none; the folder is made if need
 * be, and so are those within (mode 0700, files 0600). CA_ERROR_USAGE, with nothing done, if
 * one may not be written over, if two names differ only in capitals, or if one that is there
 * and holds something else is to be refused: the message names them. Files that hold the same
 * already are left alone.
 */
enum ca_code ca_output_folder(const struct ca_args *args, struct ca_output_file *files,
                              size_t count, struct ca_error *error);

/* ---- what must not be written over ---- */

/* May standard output go where it goes? Not if that is a file, with something in it, that the
 * command reads, or that belongs to a store: ">>" writes behind what is there. Said as below.
 */
enum ca_code ca_output_stdout_allowed(const struct ca_args *args,
                                      const struct ca_inputs *inputs, struct ca_error *error);

/*
 * May path be written, new or in place of what is there? Not if it is a file that the
 * command reads, by whatever name: another spelling, a link, other capitals. Not if it is a
 * store, or a file that belongs to one: its journals, an export. Nor, unless the output is a
 * document itself, a template, a return or a picture that people made, nor a program.
 * CA_ERROR_USAGE with what it is and what to do. args and inputs may be NULL.
 */
enum ca_code ca_output_allowed(const char *path, const struct ca_args *args,
                               const struct ca_inputs *inputs, unsigned kind,
                               struct ca_error *error);

#endif
