/*
 * The flow from sources to published handbooks (DESIGN section 2). Used by
 * the commands; the only place where stages meet.
 * Invariant: the order of stages is the order of the calls in build.c.
 */
#ifndef VADE_BUILD_H
#define VADE_BUILD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/process_limits.h"
#include "project/sources_and_readers.h"
#include "project/view.h"
#include "publish/plan.h"

struct request {
	const char *source; /* vade.xml, its folder, or a DocBook file */
	/* What it is compared with: as source; NULL. */
	const char *against;
	const char *base_url; /* instead of the project's; NULL */
	const char *output;   /* folder; NULL: check only */
	/* The folder of the agency whose edition it is; NULL: the base. */
	const char *agency;
	bool agency_listed; /* it is a path of the project, as vade.xml says */
	struct wanted wanted;
	enum build_mode mode;
	struct limits limits; /* of the front and of each worker */
	size_t jobs;          /* workers at once */
	bool all_classes;     /* of a file without a project: show them all */
	bool stop_after_select;
	edition_question *question; /* asked when the masks stand; NULL */
	void *question_context;
	bool asks_project;   /* the question is about settings alone */
	bool asks_agencies;  /* the question is about values of all agencies */
	bool asks_units;     /* the question is about units of translation */
	bool keeps_defaults; /* values of the agency do not replace texts */
	bool verbose;
	bool progress;
};

struct result {
	size_t handbooks; /* declared */
	size_t built;     /* handbooks x languages */
	size_t files;
	size_t bytes;
	bool unchanged;
	char **shelves; /* their folders in the output; result_clear frees */
	size_t shelf_count;
};

void result_clear(struct result *result);

/*
 * Checks the project and, with request->output, builds and publishes it.
 * Returns 0, -1 with findings in diag (nothing published), or the number of
 * the signal that stopped it.
 */
int build_run(const struct request *request, struct result *result,
    struct diag *diag);

#endif
