/*
 * What one handbook shows of the elements of a book, and how: as the
 * projection really does it, so that an answer never differs from what is
 * built. Used by the questions of who, why, matrix and refs.
 * Invariant: an element is shown if and only if copy_selected copies it.
 */
#ifndef VADE_INSPECT_SIGHT_H
#define VADE_INSPECT_SIGHT_H

#include "inspect/edition.h"
#include "project/share.h"

/* From the weakest to the strongest. */
enum sight_how {
	SIGHT_ABSENT,
	SIGHT_BRIEF,    /* a line: others' */
	SIGHT_FULL,     /* in full, nobody's in particular */
	SIGHT_RECEIVED, /* handed to a role of the handbook */
	SIGHT_OWN,      /* a role of the handbook acts */
	SIGHT_COUNT,
};

struct sight {
	struct view view;  /* without its document */
	uint64_t *present; /* a bit per element of the book */
};

/* A handbook's view of a book, before anything is projected. */
struct view sight_view(const struct edition *edition, const struct book *book,
    size_t handbook);
/* Projects the book for a handbook, which takes time linear in the book. */
void sight_open(struct sight *sight, const struct edition *edition,
    const struct book *book, size_t handbook);
void sight_close(struct sight *sight);

bool sight_shows(const struct sight *sight, const xmlNode *node);
/*
 * How a node is shown: of a step, its share; of what is in a step, the
 * step's; of a procedure, the strongest of its steps (in full if all are).
 */
enum sight_how sight_of(const struct sight *sight, const xmlNode *node);

/* "own", the same in every language, for data. */
const char *sight_name(enum sight_how how);
/* "in full", for people. */
const char *sight_word(enum sight_how how, enum diag_language ui);

#endif
