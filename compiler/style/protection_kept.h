/*
 * What an organisation's stylesheet makes, held against what ours makes of the
 * same view: page by page, element by element. Used by organisation_look.
 * Invariant: of two results that compare equal, every element of
 * model/protect.def is in both once, on the same page, in the same order and
 * containers, with the same words, and nothing around or beside it hides it;
 * site, single file, EPUB and facing edition are all made of that result.
 */
#ifndef VADE_STYLE_PROTECTION_KEPT_H
#define VADE_STYLE_PROTECTION_KEPT_H

#include <stdbool.h>

#include <libxml/tree.h>

#include "base/map.h"

enum protection_kind {
	PROTECTION_LOSES, /* words that must be there are not on the page */
	PROTECTION_HIDES, /* they are, but not as and where they were */
	PROTECTION_ADDS,  /* something that could hide others, or act */
};

struct protection_fault {
	enum protection_kind kind;
	char what[80];       /* a class of protect.def; what was added */
	char page[80];       /* the name of the page */
	size_t at;           /* how far the two are equal */
	const xmlNode *node; /* in our result; NULL = none */
	char id[320];        /* for the caller, who knows ids */
};

struct protection_names {
	const struct map *ours;    /* classes that our CSS has rules for */
	const struct map *painted; /* own classes that hold no others' words */
};

/*
 * plain is the result of our sheet, made that of the organisation's, of which
 * data: pictures are cleaned. False with *fault set if they differ.
 */
bool protection_kept(const struct protection_names *names, const xmlDoc *plain,
    xmlDoc *made, struct protection_fault *fault);

#endif
