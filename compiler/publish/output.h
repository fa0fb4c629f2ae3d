/*
 * The output folder: built beside the old one and put in its place in one
 * step. Used by the supervisor only.
 * Invariant: until output_commit returns 0 the old folder is untouched, and
 * after it the new one is whole; nothing is written outside the new folder.
 */
#ifndef VADE_PUBLISH_OUTPUT_H
#define VADE_PUBLISH_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/digest.h"
#include "base/map.h"

struct output {
	char *path;         /* as the user named it */
	char *base;         /* its last part */
	char *temporary;    /* name of the new folder beside it */
	int parent;         /* folder that holds both */
	int fd;             /* the new folder; -1 before output_begin */
	int old;            /* the old folder; -1 if there is none */
	struct map written; /* path to index into digests */
	char (*digests)[DIGEST_DIGITS + 1];
	size_t digest_capacity;
};

/*
 * Looks at the folder: it must be missing, empty, or ours. 0, or -1 with
 * V0403 or V0404 reported.
 */
int output_open(struct output *output, const char *path, struct diag *diag);
/* Opens an output for the project in a folder, which must not lie in it: 0, or -1
 * with V0403 or what kept it from being opened reported. */
int output_open_for(struct output *output, const char *path, const char *folder,
    struct diag *diag);
/* Makes the new folder. -1 with V0404 reported. */
int output_begin(struct output *output, struct diag *diag);
/*
 * Writes a file, making folders as needed. path must be of [A-Za-z0-9._+-] parts;
 * else, or if the file is there already, -1 with a report.
 */
int output_write(struct output *output, const char *path, const void *bytes,
    size_t size, struct diag *diag);
/* The SHA-256 of what output_write wrote to a path; NULL if that was not
 * written, but kept. Lent until the next output_write. */
const char *output_digest(const struct output *output, const char *path);
/* Does the old output have this path? */
bool output_had(const struct output *output, const char *path);
/* The size of a file of the old output; 0 if there is none. */
size_t output_old_size(const struct output *output, const char *path);
/* Hard-links a folder or file of the old output into the new one. */
int output_keep(struct output *output, const char *path, struct diag *diag);
/* Same folders, files and bytes in old and new? */
bool output_is_unchanged(const struct output *output);
/* Puts the new folder in the place of the old one. sync: to disk before. */
int output_commit(struct output *output, bool sync, struct diag *diag);
/* Removes the new folder if it was not committed, and closes. */
void output_close(struct output *output);

/* Calls visit for every file of the new output, sorted by path. */
int output_walk(const struct output *output, const char *folder,
    int (*visit)(void *context, const char *path, int fd), void *context);

#endif
