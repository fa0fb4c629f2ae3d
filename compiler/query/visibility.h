/*
 * What one handbook shows of the elements of a book, and how: as the
 * projection really does it, so that an answer never differs from what is
 * built. Used by the questions of who, why, matrix and refs.
 * Invariant: an element is shown if and only if copy_selected copies it.
 */
#ifndef VADE_QUERY_VISIBILITY_H
#define VADE_QUERY_VISIBILITY_H

#include "project/participation.h"
#include "project/sources_and_readers.h"

/* From the weakest to the strongest. */
enum shown_how {
	SHOWN_ABSENT,
	SHOWN_BRIEF,    /* a line: others' */
	SHOWN_FULL,     /* in full, nobody's in particular */
	SHOWN_RECEIVED, /* handed to a role of the handbook */
	SHOWN_STANDIN,  /* done in its actor's stead */
	SHOWN_OWN,      /* a role of the handbook acts */
	SHOWN_COUNT,
};

struct visibility {
	struct view view;  /* without its document */
	uint64_t *present; /* a bit per element of the book */
};

/* Projects the book for a handbook, which takes time linear in the book. */
void visibility_open(struct visibility *sight, const struct edition *edition,
    const struct book *book, size_t handbook);
void visibility_close(struct visibility *sight);

bool visibility_shows(const struct visibility *sight, const xmlNode *node);
/*
 * How a node is shown: of a step, its share; of what is in a step, the
 * step's; of a procedure, the strongest of its steps (in full if all are).
 */
enum shown_how
visibility_of(const struct visibility *sight, const xmlNode *node);

/* "own", the same in every language, for data. */
const char *visibility_name(enum shown_how how);

#endif
