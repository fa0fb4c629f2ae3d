#include "worker.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "emit/asset.h"
#include "emit/lane.h"
#include "emit/site.h"
#include "link/footnote.h"
#include "link/number.h"
#include "link/pages.h"
#include "link/resolve.h"
#include "project/copy.h"
#include "project/task.h"
#include "publish/wire.h"

struct edition
front_edition(struct front *front)
{
	return (struct edition){ &front->project, front->books, &front->reaches,
		&front->masks, &front->sources, front->diag };
}

/* Sends files to the supervisor, below the shelf's folder. */
struct wire_sink {
	struct sink sink;
	const char *shelf;
	int fd;
	struct audit *audit; /* NULL: not asked for */
};

static int
send_file(struct sink *sink, const char *path, const void *bytes, size_t size)
{
	struct wire_sink *wire = (struct wire_sink *)sink;
	char *full = mem_format("%s/%s", wire->shelf, path);
	int rc = wire_send(wire->fd, WIRE_FILE, full, bytes, size);

	/* A finding is an error: then nothing is published. */
	if (wire->audit != NULL)
		audit_file(wire->audit, path, bytes, size);

	free(full);
	return rc;
}

/* One handbook in one language, from the masters to files. */
static int
build_handbook(struct front *front, const struct job *job, struct sink *sink)
{
	const struct handbook *handbook =
	    &front->project.handbooks[job->handbook];
	const struct book *book = &front->books[job->tree];
	struct view view = { .project = &front->project,
		.handbook = handbook,
		.handbook_index = job->handbook,
		.book = book,
		.reaches = &front->reaches,
		.masks = &front->masks,
		.diag = front->diag,
		.mode = front->request->mode,
		.lang = book->lang };
	struct emit_job emit = { &view, front->html, sink };
	struct log *log = &front->log;
	struct pages pages = { 0 };
	int rc;

	copy_selected(&view);
	task_annotate(&view);
	log_stage(log, "project", "%s %s", handbook->id, view.lang);
	if (filters_apply(&front->filters, &view) != 0)
		return -1;
	number_view(&view);
	number_sort_glossaries(&view);
	rc = pages_find(&pages, &view);
	resolve_links(&view, &pages);
	footnote_move(&view);
	pages_annotate(&pages, &view);
	lane_draw(&view);
	log_stage(log, "link", "%zu pages", pages.count);
	if (rc == 0)
		rc = asset_collect(&view);
	for (size_t i = 0; rc == 0 && i < emitter_count; i++)
		rc = emitters[i].emit(&emit, front->diag);
	log_stage(log, "emit", "%s %s", handbook->id, view.lang);
	/* Nothing is freed: the worker's process ends now. */
	return rc;
}

struct presence {
	struct site_presence presence;
	const struct front *front;
};

static bool
is_there(const struct site_presence *presence, size_t handbook,
    const char *lang)
{
	const struct front *front = ((const struct presence *)presence)->front;

	for (size_t i = 0; i < front->project.tree_count; i++)
		if (strcmp(front->project.trees[i].lang, lang) == 0)
			return plan_fate(&front->plan, handbook, i) !=
			    FATE_NONE;
	return false;
}

static int
build_shelf(struct front *front, const struct job *job, struct sink *sink,
    int fd)
{
	const struct shelf *shelf = &front->project.shelves[job->shelf];
	struct presence presence = { { is_there }, front };
	char *facts = plan_describe_shelf(&front->plan, shelf);
	int rc;

	if (front->audit != NULL)
		audit_file(front->audit, "manifest.json", facts, strlen(facts));
	rc = site_emit_shelf(&front->project, job->shelf, front->request->mode,
	    &presence.presence, front->html, sink, front->diag);

	if (rc == 0)
		rc = wire_send(fd, WIRE_SHELF, shelf->id, facts, strlen(facts));
	free(facts);
	return rc;
}

void
worker_send_findings(const struct diag *diag, int fd)
{
	struct buf bytes = { 0 };

	diag_pack(diag, &bytes);
	if (bytes.size > 0)
		wire_send(fd, WIRE_DIAG, "", bytes.data, bytes.size);
	buf_clear(&bytes);
}

int
worker_run(void *context, size_t index, int fd)
{
	struct front *front = context;
	const struct job *job = &front->plan.jobs[index];
	struct wire_sink sink = { { send_file },
		front->project.shelves[job->shelf].id, fd, front->audit };
	const char *name = !job->is_index
	    ? front->project.handbooks[job->handbook].id
	    : sink.shelf;
	int rc;

	log_start(&front->log);
	diag_clear(front->diag);
	if (front->audit != NULL)
		audit_enter(front->audit, sink.shelf,
		    !job->is_index
			? front->project.handbooks[job->handbook].clearance
			: front->project.shelves[job->shelf].clearance);
	rc = !job->is_index ? build_handbook(front, job, &sink.sink)
			    : build_shelf(front, job, &sink.sink, fd);
	worker_send_findings(front->diag, fd);
	if (rc == 0)
		rc = wire_send(fd, WIRE_JOB_DONE, name, "", 0);
	return rc == 0 ? 0 : 1;
}
