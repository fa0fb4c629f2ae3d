/*
 * The transform filters of a project: read once by the front, run by every
 * worker on what its handbook shows. Used by the front.
 * Invariant: after each filter the steps and what warns are as before it, or
 * the handbook is not built.
 */
#ifndef VADE_FILTER_RUN_FILTERS_H
#define VADE_FILTER_RUN_FILTERS_H

#include "base/map.h"
#include "load/xml.h"
#include "project/view.h"

struct filter_text {
	const char *name; /* lent, like all of these */
	const char *text;
	size_t size;
	struct place place; /* of the line that names it */
};

struct filters {
	struct filter_text *texts; /* in the order they run */
	size_t count;
	struct map elements; /* the names that DocBook has */
};

/*
 * Reads the project's transforms and runs each chunk once, so that what is
 * wrong with it is said before a worker starts. 0, or -1 with V01xx or V05xx
 * reported.
 */
int filters_read(struct filters *filters, const struct project *project,
    struct xml_reader *reader, struct diag *diag);

/*
 * Runs them on a view, after task_annotate and before numbers and links. 0,
 * or -1 with V05xx reported at view->edition->diag.
 */
int filters_apply(const struct filters *filters, struct view *view);

#endif
