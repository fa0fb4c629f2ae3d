/*
 * `vade roles why ID --handbook H`: why a handbook shows an element or not.
 * Invariant: every attribute that had a part in the answer is named, with
 * its place, from the root down.
 */
#ifndef VADE_QUERY_WHY_H
#define VADE_QUERY_WHY_H

#include "project/edition.h"

struct why_question {
	const char *id;
	const char *handbook; /* of the project: the caller's names are known */
	bool json;
};

/* An edition_question; the context is a struct why_question. -1 with V0410,
 * V0402 or V05xx reported. */
int why_answer(const struct edition *edition, void *context);

#endif
