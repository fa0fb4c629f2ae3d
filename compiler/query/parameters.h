/*
 * The parameters of a manual (v:param): the manual's own text of each, where
 * it is used, and the value of the agency whose edition it is. Used by
 * `vade params`, and by the front for the note about values that lack.
 * Invariant: of an agency's edition only what one of its handbooks shows
 * counts.
 */
#ifndef VADE_QUERY_PARAMETERS_H
#define VADE_QUERY_PARAMETERS_H

#include "project/edition.h"

struct parameters_question {
	bool missing; /* only those without a value */
	bool json;
	bool xml; /* as <parameter> elements for agency.xml */
};

/* An edition_question; context is a struct parameters_question. The books must
 * have their own texts yet (request->keeps_defaults). */
int parameters_answer(const struct edition *edition, void *context);

/* Tells once how many values an agency has not given: V0179. */
void parameters_report(const struct edition *edition);

#endif
