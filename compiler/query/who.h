/*
 * `vade roles who ID`: which handbooks show an element, and how.
 * Invariant: every handbook of the project is either listed or absent.
 */
#ifndef VADE_QUERY_WHO_H
#define VADE_QUERY_WHO_H

#include "project/edition.h"

struct who_question {
	const char *id;
	bool json;
};

/* An edition_question; the context is a struct who_question. -1 with V0410
 * if no element has the id. */
int who_answer(const struct edition *edition, void *context);

#endif
