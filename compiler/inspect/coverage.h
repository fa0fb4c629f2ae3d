/*
 * `vade roles coverage`: in how many procedures a role acts, by stage and
 * level, and what is missing.
 * Invariant: who acts is what steps and leads say; who only reads does not
 * count.
 */
#ifndef VADE_INSPECT_COVERAGE_H
#define VADE_INSPECT_COVERAGE_H

#include "inspect/edition.h"

struct coverage_question {
	bool json;
};

/* An edition_question; the context is a struct coverage_question. */
int coverage_answer(const struct edition *edition, void *context);

#endif
