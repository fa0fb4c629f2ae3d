/*
 * What the front knows once the masks stand, for those who only ask: who
 * reads what, what is wrong, who cites whom.
 * Invariant: read only; nothing here is changed by asking.
 */
#ifndef VADE_PROJECT_EDITION_H
#define VADE_PROJECT_EDITION_H

#include "base/diag.h"
#include "model/book.h"
#include "model/project.h"
#include "select/mask.h"
#include "select/reach.h"

struct edition {
	const struct project *project;
	const struct book *books; /* project->tree_count of them */
	const struct reaches *reaches;
	const struct masks *masks;
	const struct sources *sources;
	struct diag *diag;
};

/* Answers a question on stdout. 0, or -1 with findings in edition->diag. */
typedef int edition_question(const struct edition *edition, void *context);

#endif
