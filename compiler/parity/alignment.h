/*
 * Which unit of one language is the counterpart of which of another, and
 * whether both still say what was agreed. Read by vade i18n and a release.
 * Invariant: units are aligned below each xml:id alone, in order, first by the
 * digests that were agreed, then by kind (the names from the id down to them);
 * so a paragraph more is one unit without a counterpart, and none is stale. What
 * cannot be aligned is never called agreed.
 */
#ifndef VADE_PARITY_ALIGNMENT_H
#define VADE_PARITY_ALIGNMENT_H

#include "parity/agreed_units.h"

/* Seen from one language, `here`. */
enum unit_state {
	UNIT_AGREED,
	UNIT_EXCEPTED,  /* it has no counterpart, for a reason on record */
	UNIT_AHEAD,     /* its words changed; the counterpart is stale */
	UNIT_STALE,     /* the counterpart's words changed */
	UNIT_BOTH,      /* both changed */
	UNIT_NEW,       /* they were never agreed */
	UNIT_DIFFERENT, /* other elements at the same place, never agreed */
	UNIT_EXTRA,     /* there is none there */
	UNIT_MISSING,   /* only there */
	UNIT_STATES,
};

struct unit_pair {
	const struct unit *here;  /* NULL: UNIT_MISSING, UNIT_EXCEPTED there */
	const struct unit *there; /* NULL: UNIT_EXTRA, UNIT_EXCEPTED here */
	enum unit_state state;
	const struct agreed *agreed; /* as it was; NULL = never */
};

/* A language, all lent. */
struct unit_side {
	const char *lang;
	bool is_built; /* handbooks of it are made in this run */
	const struct units *units;
	const struct agreed_units *agreement;
};

struct alignment {
	struct unit_pair *pairs; /* in the order of here, then there */
	size_t count;
	size_t capacity;
};

/* Fills *alignment, which alignment_clear frees. Time is linear in units but
 * for what changed below one id, which is compared with all there that did. */
void alignment_make(struct alignment *alignment, const struct unit_side *here,
    const struct unit_side *there);
void alignment_clear(struct alignment *alignment);

/* Do the numbers in two texts differ, however they are written ("10 000",
 * "10.000") and wherever they stand? */
bool numbers_differ(const char *a, const char *b);
/* Do links in them lead elsewhere, whatever their order? */
bool targets_differ(const char *a, const char *b);
/* Has one text more sentences than the other? A hint, no fault. */
bool sentences_differ(const char *a, const char *b);

#endif
