/*
 * What crosses the pipes from front and workers to the supervisor: frames of
 * a kind, a name and bytes.
 * Invariant: a frame is used only when it is whole; a pipe that ends inside a
 * frame, or breaks the form, fails the build.
 */
#ifndef VADE_PUBLISH_WIRE_H
#define VADE_PUBLISH_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum wire_kind {
	WIRE_FILE = 1, /* name: path in the output; bytes: content */
	/* bytes: diag_pack; name: "" or, of what holds nothing else back,
	 * WIRE_LATE */
	WIRE_DIAG,
	WIRE_VALID,    /* name: the key of a book that was found valid */
	WIRE_PLAN,     /* name: the number of jobs, in decimal */
	WIRE_KEEP,     /* name: folder of the old output that stays */
	WIRE_SHELF,    /* name: shelf; bytes: facts for its manifest */
	WIRE_JOB_DONE, /* name: of the job */
	WIRE_PART,     /* name: the file that the findings are to be about */
	WIRE_KINDS,
};

/* Of a format that could not be made: told when the rest is published. */
#define WIRE_LATE "late"

/* Writes one frame; -1 with errno if the pipe is gone. */
int wire_send(int fd, enum wire_kind kind, const char *name, const void *bytes,
    size_t size);

struct wire_frame {
	enum wire_kind kind;
	const char *name; /* lent until the next wire_next */
	const char *bytes;
	size_t size;
};

/* The reading end of one pipe. */
struct wire {
	int fd; /* -1 once it ended */
	struct buf buf;
	size_t used; /* bytes of buf that were given out */
	bool broken;
};

/* Reads what is there. 1 = got bytes, 0 = the pipe ended, -1 = errno. */
int wire_fill(struct wire *wire);
/* The next whole frame; false if there is none yet. */
bool wire_next(struct wire *wire, struct wire_frame *frame);
void wire_clear(struct wire *wire);

#endif
