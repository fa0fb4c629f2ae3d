/*
 * The audit of a built folder. Used by `vade audit`, and by a release for
 * what it keeps of the old output.
 * Invariant: every file below the folder is searched, under the clearance of
 * the handbook or shelf whose folder it is in, or of nobody in particular;
 * what cannot be read is a finding, never passed over. An audit that finds
 * nothing ends with what it looked at.
 */
#ifndef VADE_AUDIT_BUILT_FOLDER_H
#define VADE_AUDIT_BUILT_FOLDER_H

#include "audit/audit.h"

struct audit_tree {
	const char *folder; /* the output, as the user named it */
	bool json; /* what was looked at, as JSON; also with findings */
};

/* An edition_question; context is a struct audit_tree. */
int audit_tree_question(const struct edition *edition, void *context);

/*
 * Searches all files below `path` of the folder fd for a reader of this
 * clearance, whose handbook others (audit.h) is for; NULL if it is of none.
 * -1 with V0801 to V0803 reported.
 */
int audit_tree_below(struct audit *audit, struct audit *others,
    const struct edition *edition, int fd, const char *path, int clearance);

#endif
