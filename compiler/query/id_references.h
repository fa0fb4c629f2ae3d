/*
 * Citations: the attributes of a book that name an element, a parameter or a
 * role. Used by refs.
 * Invariant: citations stand in document order; each names the attribute and
 * the token that cites.
 */
#ifndef VADE_QUERY_ID_REFERENCES_H
#define VADE_QUERY_ID_REFERENCES_H

#include "project/sources_and_readers.h"

/* What a name may be; a name may be several. */
enum id_reference_kind {
	ID_REFERENCE_ID = 1,
	ID_REFERENCE_PARAM = 2,
	ID_REFERENCE_ROLE = 4,
};

struct id_reference {
	const xmlNode *node;   /* that cites */
	char name[64];         /* of its attribute, as authors write it */
	char *token;           /* in it; a group or subtree may stand for more*/
	uint64_t *handbooks;   /* that are built with the node */
	size_t handbook_count; /* of them */
};

struct id_references {
	const char *cited; /* lent */
	unsigned kinds;    /* that the name is, 0 = nothing */
	struct id_reference *citations;
	size_t count;
	size_t capacity;
};

/* Finds who cites a name. Linear in the book, and once per handbook. */
void id_references_find(struct id_references *citations,
    const struct edition *edition, const char *name);
void id_references_clear(struct id_references *citations);
/* The name that the project has nearest to one it has not; NULL. Lent. */
const char *
id_references_nearest(const struct edition *edition, const char *name);

#endif
