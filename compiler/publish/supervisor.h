/*
 * The process that reads no content and runs no script: it starts the front,
 * receives files and findings, writes and publishes, and ends what is over its
 * limits.
 * Invariant: it publishes only if the front and every job ended well and
 * nothing was reported as an error.
 */
#ifndef VADE_PUBLISH_SUPERVISOR_H
#define VADE_PUBLISH_SUPERVISOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/process_limits.h"
#include "publish/output.h"

/* The ends of the pipes that the front writes to. */
struct front_pipes {
	int report;       /* of the front itself */
	const int *slots; /* of its workers */
	size_t slot_count;
	struct duty *duty;   /* of the front itself */
	struct duty *duties; /* of its workers */
};

/* Runs in the front's process. Returns its exit status, 0 or 1. */
typedef int supervisor_front(void *context, const struct front_pipes *pipes);

struct supervision {
	supervisor_front *front;
	void *context;
	size_t jobs;           /* workers at once, at least 1 */
	struct limits limits;  /* of the front and of each worker */
	struct output *output; /* NULL: nothing is to be written */
	bool partial;
	bool sync;     /* to disk before publishing */
	bool progress; /* show it on a terminal */
	struct diag *diag;
	/* Called for each WIRE_VALID; may be NULL. */
	void (*valid)(void *context, const char *key);
	/* --- results --- */
	char *part; /* the file to tell the findings of, the caller's to
		     * free; NULL: tell all */
	size_t files;
	size_t bytes;
	bool unchanged; /* the old output was the same and stays */
	char **shelves; /* folders of what was published, the caller's */
	size_t shelf_count;
};

/*
 * Runs the front and publishes. Returns 0, -1 with findings in diag, or the
 * number of a signal that stopped it (SIGINT, SIGTERM).
 */
int supervisor_run(struct supervision *supervision);

#endif
