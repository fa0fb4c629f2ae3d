/*
 * A worker: what is done for one handbook in one language, or for the index
 * of a shelf, in a process of its own (or the front's, if it is the only one of
 * its kind). Started by pipeline.c.
 * Invariant: a worker changes nothing that another one reads; what it made
 * reaches the supervisor as frames, and nothing else leaves it.
 */
#ifndef VADE_WORKER_H
#define VADE_WORKER_H

#include "base/log.h"
#include "style/house_style.h"
#include "filter/apply.h"
#include "audit/audit.h"
#include "load/xml.h"
#include "pipeline.h"
#include "publish/renderer.h"
#include "publish/supervisor.h"
#include "publish/valid_cache.h"

/* Everything the front knows; workers inherit it by fork. */
struct front {
	const struct request *request;
	struct output *output; /* lent by the supervisor, to look at only */
	struct valid_cache validity;
	struct diag *diag;
	struct log log;
	char *folder; /* of the project */
	char *file;   /* in it */
	struct sources sources;
	struct xml_reader reader;
	struct project project;
	struct book *books; /* per source tree */
	struct reaches reaches;
	struct masks masks;
	struct filters filters; /* transforms */
	struct house_style look;
	struct stylesheet *print;   /* NULL: nothing is laid out */
	struct renderers renderers; /* one per slot */
	struct audit *audit;        /* of a release; else NULL */
	struct plan plan;
	const struct front_pipes *pipes;
};

/* The front's tables, as the checks want them. All lent. */
struct edition front_edition(struct front *front);
/* A handbook of a book, before project has copied into it. The caller clears. */
struct view
front_view(struct front *front, size_t handbook, const struct book *book);
/* A pool_job: context is a struct front, job an index into its plan. */
int worker_run(void *context, size_t job, int fd);
/* Sends what was found so far to the supervisor. */
void worker_send_findings(const struct diag *diag, int fd);

#endif
