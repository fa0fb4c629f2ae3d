/*
 * The audit of a built folder. Used by `vade audit`, and by a release for
 * what it keeps of the old output.
 * Invariant: every file below the folder is searched, under the clearance of
 * the handbook or shelf whose folder it is in, or of nobody in particular;
 * what cannot be read is an error, never passed over.
 */
#ifndef VADE_INSPECT_AUDIT_TREE_H
#define VADE_INSPECT_AUDIT_TREE_H

#include "inspect/audit.h"

struct audit_tree {
	const char *folder; /* the output, as the user named it */
	bool others;        /* look also for what is for other roles */
};

/* An edition_question; context is a struct audit_tree. */
int audit_tree_question(const struct edition *edition, void *context);

/*
 * Searches all files below `path` of the folder fd for a reader of this
 * clearance. -1 with V0801 or V0802 reported.
 */
int audit_tree_below(struct audit *audit, const struct edition *edition, int fd,
    const char *path, int clearance);

#endif
