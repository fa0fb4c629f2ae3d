/*
 * A revision of a git repository as a folder to read: nothing is checked out,
 * and nothing of the repository is changed. Used by the front.
 * Invariant: git2.h is included here and nowhere else. Hooks, filters and the
 * configuration of the machine and the user have no part in it: what is read
 * are the bytes that were committed; a link is refused, as in a folder.
 */
#ifndef VADE_BASE_GIT_REVISION_H
#define VADE_BASE_GIT_REVISION_H

#include "base/diag.h"
#include "base/root_file.h"

/* Is a name no file, so that it can only be a revision? */
bool revision_is_meant(const char *name);

/*
 * Opens "REV" or "REV:PATH" (as `git show` takes them) of the repository around
 * the working folder as a root, which file_root_close closes; *file is the file
 * in it that the project begins with, the caller's to free. Without PATH it is
 * the vade.xml at the top, else the one in a folder there. 0, or -1 with V0732
 * or V0733 reported.
 */
int revision_open(struct file_root *root, const char *name, char **file,
    struct diag *diag);

#endif
