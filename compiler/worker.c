#include "worker.h"

#include <string.h>

#include "base/alloc.h"
#include "base/process_limits.h"
#include "compose/asset.h"
#include "compose/compose.h"
#include "compose/edition_metadata.h"
#include "format/emitter.h"
#include "format/facing.h"
#include "format/shelf.h"
#include "format/site.h"
#include "project/project.h"
#include "publish/pool.h"
#include "publish/wire.h"

/* DESIGN section 7. */
enum { STATUS_SYSTEM = 3 };

/* Sends files to the supervisor, below the shelf's folder. */
struct wire_sink {
	struct sink sink;
	const char *shelf;
	int fd;
	struct audit *audit; /* NULL: not asked for */
	size_t bytes;        /* sent so far */
	bool is_trial;       /* nothing is sent */
};

static int
send_file(struct sink *sink, const char *path, const void *bytes, size_t size)
{
	struct wire_sink *wire = (struct wire_sink *)sink;
	owned char *full = mem_format("%s%s%s", wire->shelf,
	    wire->shelf[0] != '\0' ? "/" : "", path);
	int rc = wire->is_trial
	    ? 0
	    : wire_send(wire->fd, WIRE_FILE, full, bytes, size);

	/* A finding is an error: then nothing is published. */
	if (wire->audit != NULL)
		audit_file(wire->audit, path, bytes, size);
	wire->bytes += size;
	return rc;
}

static int
build_format(struct front *front, const struct job *job, enum format format,
    struct emit_job *emit)
{
	struct wire_sink *sink = (struct wire_sink *)emit->sink;
	struct made *made = plan_made(&front->plan, job->handbook, job->tongue);
	owned char *lang = project_tongue_name(&front->project, job->tongue);
	owned char *path = format_path(format, emit->view->handbook->id, lang);
	int rc;

	sink->bytes = 0;
	emit->path = path;
	duty_stage(front->diag->duty, formats[format].name);
	rc = emit_format(format, emit, front->diag);
	/* The shelf's index tells it. */
	made->sizes[format] = sink->bytes;
	memcpy(made->codes[format], emit->code, PLAN_CODE);
	return rc;
}

/* What is packed into a file cannot be read in it. */
static void
show_part(struct sink *sink, const char *path, const void *bytes, size_t size)
{
	const struct wire_sink *wire = (const struct wire_sink *)sink;

	if (wire->audit != NULL)
		audit_file(wire->audit, path, bytes, size);
}

/* Each slot has a renderer of its own, and one worker at a time. */
static struct renderer *
renderer_of(const struct front *front, int fd)
{
	size_t slot = 0;

	while (
	    slot < front->pipes->slot_count && front->pipes->slots[slot] != fd)
		slot++;
	return renderers_get(&front->renderers, slot);
}

/* What a handbook shows in one language, linked and described. */
static int
make_view(struct front *front, const struct job *job, size_t tree,
    struct view *view)
{
	struct log *log = &front->log;
	size_t pages;
	int rc;

	duty_stage(front->diag->duty, "project");
	*view =
	    project_view(&front->edition, &front->books[tree], job->handbook);
	project_annotate(view);
	log_stage(log, "project", "%s %s", view->handbook->id, view->lang);
	duty_stage(front->diag->duty, "filter");
	if (filters_apply(&front->filters, view) != 0)
		return -1;
	duty_stage(front->diag->duty, "compose");
	rc = compose_view(view, &pages);
	log_stage(log, "compose", "%zu pages", pages);
	return rc;
}

static void
send_findings(const struct diag *diag, int fd, const char *name)
{
	scoped(buf_clear) struct buf bytes = { 0 };

	diag_pack(diag, &bytes);
	if (bytes.size > 0)
		wire_send(fd, WIRE_DIAG, name, bytes.data, bytes.size);
}

void
worker_send_findings(const struct diag *diag, int fd)
{
	send_findings(diag, fd, "");
}

/*
 * A format that is laid out. If it cannot be, the others are published all the
 * same, without it, and the exit status tells; not of a release. An engine
 * that gave no answer is not asked again.
 */
static int
build_laid_out(struct front *front, const struct job *job, enum format format,
    struct emit_job *emit)
{
	struct made *made = plan_made(&front->plan, job->handbook, job->tongue);
	int fd = ((struct wire_sink *)emit->sink)->fd;
	bool holds_back = front->request->mode == MODE_RELEASE ||
	    front->request->output == NULL;

	if (holds_back)
		return build_format(front, job, format, emit);
	worker_send_findings(front->diag, fd);
	diag_clear(front->diag);
	if (!*front->plan.engine_lost &&
	    build_format(front, job, format, emit) == 0)
		return 0;
	*front->plan.engine_lost |= diag_status(front->diag) == STATUS_SYSTEM;
	made->lost |= UINT32_C(1) << format;
	send_findings(front->diag, fd, WIRE_LATE);
	diag_clear(front->diag);
	return 0;
}

static int
build_formats(struct front *front, const struct job *job, uint32_t wanted,
    struct emit_job *emit)
{
	int rc = 0;

	for (enum format i = 0; rc == 0 && i < FORMAT_COUNT; i++)
		if (format_in(wanted, i))
			rc = format_in(FORMATS_TYPST, i)
			    ? build_laid_out(front, job, i, emit)
			    : build_format(front, job, i, emit);
	log_stage(&front->log, "format", "%s %s", emit->view->handbook->id,
	    emit->view->lang);
	/* Nothing is freed: the process ends soon. */
	return rc;
}

/* Two languages side by side: both are made alone, and then set as one. */
static int
build_facing(struct front *front, const struct job *job, struct wire_sink *sink)
{
	struct tongue tongue = project_tongue(&front->project, job->tongue);
	size_t trees[2] = { tongue.tree, tongue.beside };
	struct view views[2];
	xmlDoc *results[2] = { NULL, NULL };
	xmlDoc *both;
	struct emit_job emit = { .view = &views[0],
		.beside = &views[1],
		.look = &front->look,
		.sink = &sink->sink };

	for (int i = 0; i < 2; i++)
		if (make_view(front, job, trees[i], &views[i]) != 0)
			return -1;
	edition_code_join(&views[0], &views[1]);
	emit.code = edition_code(&views[0]);
	for (int i = 0; i < 2; i++) {
		struct html_pages alone = { 0 };

		duty_stage(front->diag->duty, "format");
		if (site_make(&front->look, &front->project, &views[i],
			views[i].doc, &alone, &results[i], front->diag) != 0)
			return -1;
		html_clear(&alone);
	}
	both = facing_new(results[0], views[0].lang, results[1], views[1].lang);
	result_list_pages(&emit.pages, both, NULL);
	html_cut(&emit.html, both);
	html_sort(&emit.html);
	asset_add_all(&views[0], &views[1]);
	return build_formats(front, job,
	    plan_fate(&front->plan, job->handbook, job->tongue).build, &emit);
}

/* One handbook in one language, from the masters to files. */
static int
build_handbook(struct front *front, const struct job *job,
    struct wire_sink *sink)
{
	struct tongue tongue = project_tongue(&front->project, job->tongue);
	uint32_t wanted =
	    plan_fate(&front->plan, job->handbook, job->tongue).build;
	struct view view;
	struct emit_job emit = { .view = &view,
		.look = &front->look,
		.only = front->request->wanted.only,
		.sheets = front->sheets,
		.print_sheet = front->print,
		.renderer = renderer_of(front, sink->fd),
		.sink = &sink->sink };

	if (tongue.beside != SIZE_MAX)
		return build_facing(front, job, sink);
	if (make_view(front, job, tongue.tree, &view) != 0)
		return -1;
	emit.code = edition_code(&view);
	duty_stage(front->diag->duty, "format");
	if (emit_start(&emit, wanted, front->diag) != 0)
		return -1;
	return build_formats(front, job, wanted, &emit);
}

struct offer {
	struct shelf_offer offer;
	const struct plan *plan;
};

static uint32_t
offered_formats(const struct shelf_offer *offer, size_t handbook, size_t tongue)
{
	return plan_formats(((const struct offer *)offer)->plan, handbook,
	    tongue);
}

static size_t
offered_size(const struct shelf_offer *offer, size_t handbook, size_t tongue,
    enum format format)
{
	return plan_made(((const struct offer *)offer)->plan, handbook, tongue)
	    ->sizes[format];
}

static int
build_shelf(struct front *front, const struct job *job, struct sink *sink,
    int fd)
{
	const struct shelf *shelf = &front->project.shelves[job->shelf];
	struct offer offer = { { offered_formats, offered_size },
		&front->plan };
	owned char *facts = plan_describe_shelf(&front->plan, shelf);
	owned char *path = plan_shelf_path(&front->plan, job->shelf);
	int rc;

	if (front->audit != NULL)
		audit_file(front->audit, "manifest.json", facts, strlen(facts));
	rc = shelf_emit(&front->project, job->shelf, front->request->mode,
	    &offer.offer, &front->look, sink, front->diag);
	if (rc == 0)
		rc = wire_send(fd, WIRE_SHELF, path, facts, strlen(facts));
	return rc;
}

/* The door to the shelves that everybody may know of. What the others are
 * called, and whether there are any, changes no byte of it. */
static int
build_root(struct front *front, struct sink *sink)
{
	const struct project *project = &front->project;
	owned bool *listed = mem_array(project->shelf_count, sizeof(*listed));

	for (size_t i = 0; i < project->shelf_count; i++)
		listed[i] = project->shelves[i].clearance == 0 &&
		    plan_has_shelf(&front->plan, i);
	return shelf_emit_root(project, listed, front->request->mode,
	    &front->look, sink, front->diag);
}

static int
build_index(struct front *front, const struct job *job, struct sink *sink,
    int fd)
{
	return job->shelf == front->project.shelf_count
	    ? build_root(front, sink)
	    : build_shelf(front, job, sink, fd);
}

/* The process ends soon: what is learnt of others is not freed. */
static void
enter_audit(struct front *front, const struct job *job, const char *shelf)
{
	const struct project *project = &front->project;

	if (job->is_index)
		audit_enter(front->audit, NULL, shelf,
		    job->shelf < project->shelf_count
			? project->shelves[job->shelf].clearance
			: 0);
	else
		audit_enter(front->audit,
		    audit_new_others(&front->edition, job->handbook), shelf,
		    project->handbooks[job->handbook].clearance);
}

static int
worker_run(void *context, size_t index, int fd)
{
	struct front *front = context;
	const struct job *job = &front->plan.jobs[index];
	owned char *shelf = plan_shelf_path(&front->plan, job->shelf);
	struct wire_sink sink = { { send_file, show_part }, shelf, fd,
		front->audit, 0, front->request->output == NULL };
	const char *name = !job->is_index
	    ? front->project.handbooks[job->handbook].id
	    : sink.shelf;
	owned char *lang = job->is_index
	    ? mem_dup("index")
	    : project_tongue_name(&front->project, job->tongue);
	owned char *what = mem_format("%s %s", name, lang);
	bool fatal;
	int rc;

	duty_begin(front->diag->duty, what);
	duty_stage(front->diag->duty, "start");
	log_start(&front->log);
	diag_clear(front->diag);
	if (front->audit != NULL)
		enter_audit(front, job, shelf);
	rc = !job->is_index ? build_handbook(front, job, &sink)
			    : build_index(front, job, &sink.sink, fd);
	/* What the machine lacks, the next job would lack too. */
	fatal = rc != 0 && diag_status(front->diag) == STATUS_SYSTEM;
	worker_send_findings(front->diag, fd);
	diag_clear(front->diag);
	if (rc == 0)
		rc = wire_send(fd, WIRE_JOB_DONE, name, "", 0);
	return rc == 0 ? 0 : fatal ? POOL_GIVE_UP : 1;
}

/* --- all of them --- */

/* A pool_ready. */
static int
ready_slot(void *context, size_t slot)
{
	struct front *front = context;

	return renderers_ready(&front->renderers, slot, front->diag);
}

/* The shelves' indexes tell what the handbooks have become, so they wait. */
static int
run_jobs(struct front *front)
{
	const struct front_pipes *pipes = front->pipes;
	const struct plan *plan = &front->plan;
	const struct pool pool = { worker_run, ready_slot, front, pipes->slots,
		front->renderers.count > 0 ? front->renderers.count
					   : pipes->slot_count,
		pipes->duties, &front->request->limits };
	int rc = pool_run(&pool, 0, plan->shelf_jobs, front->diag);

	if (rc == 0 && !plan_has_made(plan))
		return -1;
	if (rc == 0)
		rc = pool_run(&pool, plan->shelf_jobs, plan->job_count,
		    front->diag);
	return rc;
}

int
workers_run(struct front *front)
{
	int rc;

	/* A worker begins with nothing. */
	worker_send_findings(front->diag, front->pipes->report);
	diag_clear(front->diag);
	rc = run_jobs(front);
	renderers_close(&front->renderers);
	return rc;
}
