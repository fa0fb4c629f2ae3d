/*
 * Citations: the attributes of a book that name an element, a parameter or a
 * role. Used by refs.
 * Invariant: citations stand in document order; each names the attribute and
 * the token that cites.
 */
#ifndef VADE_INSPECT_CITATION_H
#define VADE_INSPECT_CITATION_H

#include "inspect/edition.h"

/* What a name may be; a name may be several. */
enum citation_kind {
	CITATION_ID = 1,
	CITATION_PARAM = 2,
	CITATION_ROLE = 4,
};

struct citation {
	const xmlNode *node;   /* that cites */
	char name[64];         /* of its attribute, as authors write it */
	char *token;           /* in it; a group or subtree may stand for more*/
	uint64_t *handbooks;   /* that are built with the node */
	size_t handbook_count; /* of them */
};

struct citations {
	const char *cited; /* lent */
	unsigned kinds;    /* that the name is, 0 = nothing */
	struct citation *citations;
	size_t count;
	size_t capacity;
};

/* Finds who cites a name. Linear in the book, and once per handbook. */
void citations_find(struct citations *citations, const struct edition *edition,
    const char *name);
void citations_clear(struct citations *citations);
/* The name that the project has nearest to one it has not; NULL. Lent. */
const char *citations_nearest(const struct edition *edition, const char *name);

#endif
