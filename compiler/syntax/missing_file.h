/*
 * What is told of a file that the sources name and that cannot be had: with
 * the name nearby that was meant. Used by load and compose.
 * Invariant: a name is proposed only from the folder that was named, in the
 * project.
 */
#ifndef VADE_SYNTAX_MISSING_FILE_H
#define VADE_SYNTAX_MISSING_FILE_H

#include "base/diag.h"
#include "base/root_file.h"

/* There is no file at path, relative to root. Always -1, with V0101. */
int missing_file_report(struct diag *diag, const struct file_root *root,
    struct place place, const char *path);
/* errno says why it cannot be read: often it is a folder. -1, with V0102. */
int missing_file_report_unreadable(struct diag *diag,
    const struct file_root *root, struct place place, const char *path);

#endif
