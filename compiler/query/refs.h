/*
 * `vade refs NAME`: which procedures, steps and handbooks cite a reference,
 * form, term, procedure, parameter or role.
 * Invariant: a citation is an attribute of the sources, given with its place
 * and the handbooks that are built with it.
 */
#ifndef VADE_QUERY_REFS_H
#define VADE_QUERY_REFS_H

#include "project/edition.h"

struct refs_question {
	const char *name;
	bool json;
};

/* An edition_question; the context is a struct refs_question. -1 with V0411
 * if nothing has the name. */
int refs_answer(const struct edition *edition, void *context);

#endif
