/*
 * `vade roles coverage`: in how many procedures a role acts, by stage and
 * level, and what is missing.
 * Invariant: who acts is what steps and leads say; who only reads does not
 * count.
 */
#ifndef VADE_QUERY_ROLE_COVERAGE_H
#define VADE_QUERY_ROLE_COVERAGE_H

#include "project/edition.h"

struct role_coverage_question {
	bool json;
};

/* An edition_question; the context is a struct role_coverage_question. */
int role_coverage_answer(const struct edition *edition, void *context);

#endif
