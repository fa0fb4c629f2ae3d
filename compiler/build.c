/*
 * The first file to read: how sources become handbooks. build_run is the
 * supervisor: it starts the front and publishes what comes out. The front goes
 * through the stages in their order (front.c is what they do), then answers a
 * question or starts the workers; worker.c is what a worker does for one
 * handbook in one language.
 */
#include "build.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "front.h"
#include "load/lone.h"
#include "worker.h"

/* ids before the schema, which knows them too, but cannot say which link is
 * wrong. */
static const struct stage {
	const char *name; /* what the supervisor says if a limit ends it */
	int (*run)(struct front *front);
} stages[] = {
	{ "project", front_load_project },
	{ "load", front_load_books },
	{ "index", front_index },
	{ "validate", front_validate },
	{ "parity", front_compare_languages },
	{ "select", front_select },
	{ "against", front_read_against },
	{ "check", front_check },
};

/* Stops after a stage that failed. A question about settings needs but the
 * first. */
static int
run_stages(struct front *front)
{
	size_t count =
	    front->request->asks_project ? 1 : sizeof(stages) / sizeof(*stages);
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < count; i++) {
		duty_stage(front->diag->duty, stages[i].name);
		rc = stages[i].run(front);
	}
	return rc;
}

/* For commands that only ask: the answer goes to stdout from here. */
static int
answer(struct front *front)
{
	int rc;

	signal(SIGPIPE, SIG_IGN);
	duty_stage(front->diag->duty, "answer");
	rc = front->request->question(&front->edition,
	    front->request->question_context);
	/* A reader that has seen enough (`| head`) is no failure. */
	if ((fflush(stdout) == 0 && !ferror(stdout)) || errno == EPIPE)
		return diag_status(front->diag) == 0 ? 0 : rc; /* warnings */
	return diag_report_path(front->diag, DIAG_SYSTEM, NULL, "stdout",
	    strerror(errno), NULL);
}

/* --- what a command wants --- */

static int
check_handbooks(struct front *front)
{
	int rc = front_try_handbooks(front);

	rc |= front_read_look(front);
	if (rc != 0 || diag_status(front->diag) != 0)
		return rc;
	return front_plan_trial(front) != 0 ? -1 : workers_run(front);
}

static int
build_handbooks(struct front *front)
{
	int rc;

	if (diag_status(front->diag) != 0)
		return 0;
	rc = front_read_look(front);
	if (rc == 0 && front->request->mode == MODE_RELEASE)
		rc = front_try_handbooks(front);
	duty_stage(front->diag->duty, "audit");
	front_start_audit(front);
	duty_stage(front->diag->duty, "plan");
	if (rc != 0 || front_plan_jobs(front) != 0)
		return -1;
	return workers_run(front);
}

/* A supervisor_front. */
static int
run_front(void *context, const struct front_pipes *pipes)
{
	struct front *front = context;
	const struct request *request = front->request;
	int rc;

	rc = front_open(front, pipes);
	if (rc == 0)
		rc = run_stages(front);
	if (rc == 0 && request->question != NULL)
		rc = answer(front);
	else if (rc == 0 && !request->stop_after_select)
		rc = request->output == NULL ? check_handbooks(front)
					     : build_handbooks(front);
	worker_send_findings(front->diag, pipes->report);
	return rc == 0 ? 0 : 1;
}

/* --- the supervisor --- */

/* Less than all was asked for: the rest of the output stays. */
static bool
is_partial(const struct wanted *wanted)
{
	return wanted->handbooks.count + wanted->shelves.count +
		wanted->roles.count + wanted->languages.count +
		wanted->formats.count >
	    0 ||
	    wanted->only != NULL;
}

static void
remember_valid(void *context, const char *key)
{
	struct front *front = context;

	valid_cache_add(&front->validity, key);
}

int
build_run(const struct request *request, struct result *result,
    struct diag *diag)
{
	struct output output = { .parent = -1, .fd = -1, .old = -1 };
	struct front front;
	bool writes = request->output != NULL && !request->stop_after_select;
	struct supervision supervision = { .front = run_front,
		.context = &front,
		.jobs = request->jobs,
		.limits = request->limits,
		.output = writes ? &output : NULL,
		.partial = is_partial(&request->wanted),
		.sync = request->mode == MODE_RELEASE,
		.progress = request->progress,
		.diag = diag,
		.valid = remember_valid };
	int rc;

	front_init(&front, request, supervision.output, diag);
	rc = front_find(&front);
	if (rc == 0 && writes)
		rc = output_open_for(&output, request->output, front.folder,
		    diag);
	valid_cache_open(&front.validity);
	if (rc == 0)
		rc = supervisor_run(&supervision);
	if (supervision.part != NULL)
		lone_keep_findings(diag, supervision.part);
	free(supervision.part);
	valid_cache_close(&front.validity);
	if (rc < 0 && diag_status(diag) == 0)
		diag_report_path(diag, DIAG_BUG, NULL, "build", "-", NULL);
	output_close(&output);
	free(front.folder);
	free(front.file);
	result->files = supervision.files;
	result->bytes = supervision.bytes;
	result->unchanged = supervision.unchanged;
	result->shelves = supervision.shelves;
	result->shelf_count = supervision.shelf_count;
	return rc;
}

void
result_clear(struct result *result)
{
	for (size_t i = 0; i < result->shelf_count; i++)
		free(result->shelves[i]);
	free(result->shelves);
	result->shelves = NULL;
	result->shelf_count = 0;
}
