/*
 * Every text of the masters with the level from which on it may be read. Used
 * by audit, twice: to learn the secrets, then what is none.
 * Invariant: a text is visited once for each level at which it reads
 * differently, lowest first: "call [res: the judge] now" is "call now" and
 * "call the judge now", and "the judge" alone.
 */
#ifndef VADE_AUDIT_MASTER_TEXTS_H
#define VADE_AUDIT_MASTER_TEXTS_H

#include "project/sources_and_readers.h"

enum gather_kind {
	GATHER_TEXT,   /* of a block, or of a part of one */
	GATHER_TITLE,  /* the same, of a title */
	GATHER_VALUE,  /* of an attribute: an address, a text */
	GATHER_PLAIN,  /* of another attribute: says little */
	GATHER_ID,     /* an id */
	GATHER_IMAGE,  /* the path of an image file */
	GATHER_SOURCE, /* the path of a source file */
};

struct gather {
	const struct edition *edition;
	/* Of an element: >= 0. */
	int (*level)(const struct gather *gather, const struct book *book,
	    const xmlNode *node);
	/* A child's level may be below its parent's: the warning in a step that
	 * is cut to a line. Else it counts as its parent's then. */
	bool may_fall;
	/* References count as the words of their target, as a handbook writes
	 * them; needless to learn a secret, which is learnt at the target. */
	bool with_references;
	bool open_titles; /* a reference may always say its target's title */
	void (*visit)(struct gather *gather, enum gather_kind kind,
	    const char *text, size_t size, int level, struct place place);
};

void gather_run(struct gather *gather);

#endif
