/*
 * The front: what is done once for all handbooks, in a process of its own that
 * reads the sources and runs the project's rules. build.c calls these stages in
 * their order; workers inherit what they made.
 * Invariant: a stage reports all it finds; what one made no later one changes.
 */
#ifndef VADE_FRONT_H
#define VADE_FRONT_H

#include "audit/audit.h"
#include "base/log.h"
#include "build.h"
#include "filter/run_filters.h"
#include "load/xml.h"
#include "publish/pdf_renderer.h"
#include "publish/supervisor.h"
#include "publish/valid_books_cache.h"
#include "style/organisation_look.h"

/* Everything the front knows. */
struct front {
	const struct request *request;
	struct diag *diag;
	struct log log;
	char *folder; /* of the project */
	char *file;   /* in it */
	struct sources sources;
	struct xml_reader reader;
	struct valid_cache validity;
	/* What is lent to whoever projects, checks, asks or audits; the tables
	 * it points to are the next four. */
	struct edition edition;
	struct project project;
	struct book *books; /* per source tree */
	/* Per book, if its units are gathered. */
	struct agreed_units *agreements;
	struct unit_side *sides; /* of both */
	struct reaches reaches;
	struct masks masks;
	struct filters filters; /* transforms */
	struct organisation_look look;
	struct stylesheet *sheets[FORMAT_COUNT];
	struct stylesheet *print;   /* NULL: nothing is laid out */
	struct renderers renderers; /* one per slot */
	struct audit *audit;        /* of a release; else NULL */
	struct plan plan;
	struct output *output; /* lent by the supervisor, to look at only */
	const struct front_pipes *pipes;
	struct front *against; /* what it is compared with; NULL = nothing */
};

/* The front of a request, before it has a process. output is lent: to look at
 * only, NULL if nothing is written. */
void front_init(struct front *front, const struct request *request,
    struct output *output, struct diag *diag);
/* Finds the folder and file that the request names, before that; where versions
 * are compared, what is no file is a revision. 0, or -1 with V0110 reported. */
int front_find(struct front *front);
/*
 * Opens the project's folder, in the front's process. A DocBook file that a
 * project includes is not alone: a check is of that project then. 0, or -1 with
 * V0216 (the build of such a file) or V0401 reported.
 */
int front_open(struct front *front, const struct front_pipes *pipes);

/* --- the stages: 0, or -1 with what they found reported --- */

int front_load_project(struct front *front); /* vade.xml and what it names */
int front_load_books(struct front *front);   /* a tree per language */
int front_index(struct front *front);        /* ids, links, procedures */
int front_validate(struct front *front);     /* against schemas/manual.rng */
int front_compare_languages(struct front *front); /* and page names, images */
int front_select(struct front *front);            /* who reads what */
/* What it is compared with, if anything, as far as who reads what; what is
 * wrong with it is told in one message. */
int front_read_against(struct front *front);
int front_check(struct front *front); /* what is wrong, or seldom meant */

/* --- what is to be made --- */

/* Reads and compiles the stylesheets, ours or the organisation's. 0 or -1. */
int front_read_look(struct front *front);
/* `check` and a release project every handbook without building it: is what
 * it shows valid? 0 or -1. */
int front_try_handbooks(struct front *front);
/* Learns what is for whom, for the audit of a release; else does nothing. */
void front_start_audit(struct front *front);
/*
 * `check` makes every distinct handbook and throws it away: what it calls
 * clean, `build` builds. What is laid out takes minutes, so it is tried only
 * when --to names it. 0 or -1.
 */
int front_plan_trial(struct front *front);
/* Tells the supervisor what stays and how much there is to do. 0 or -1. */
int front_plan_jobs(struct front *front);

#endif
