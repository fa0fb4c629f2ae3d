#include "front.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/libxml_heap.h"
#include "base/git_revision.h"
#include "check/check.h"
#include "check/view_validity.h"
#include "compose/asset.h"
#include "format/emitter.h"
#include "audit/built_folder.h"
#include "link/pages.h"
#include "load/accept_syntax.h"
#include "load/book_read.h"
#include "load/index.h"
#include "load/agency_additions.h"
#include "load/project_open.h"
#include "load/steps_lack_titles.h"
#include "load/validate.h"
#include "parity/attributes.h"
#include "project/project.h"
#include "publish/agency_folders.h"
#include "publish/wire.h"
#include "query/query.h"
#include "select/select.h"
#include "style/stylesheet.h"

void
front_init(struct front *front, const struct request *request,
    struct output *output, struct diag *diag)
{
	*front = (struct front){ .request = request,
		.output = output,
		.diag = diag,
		.log.enabled = request->verbose,
		.project.root.fd = -1 };
	front->edition = (struct edition){ &front->project, NULL,
		&front->reaches, &front->masks, &front->sources, NULL, diag,
		request->mode, NULL };
	front->plan = (struct plan){ .project = &front->project,
		.wanted = &request->wanted,
		.output = output,
		.mode = request->mode,
		.diag = diag };
}

/* Where versions are compared, what is no file is a revision: then the front has
 * no file yet. */
static int
find_source(struct front *front, struct diag *diag)
{
	const struct request *request = front->request;

	return request->against != NULL && revision_is_meant(request->source)
	    ? 0
	    : project_find(request->source, &front->folder, &front->file, diag);
}

int
front_find(struct front *front)
{
	return find_source(front, front->diag);
}

/* A DocBook file was named: if a project includes it, it is not alone. A check
 * is of the project then, and tells what concerns the file. */
static int
find_whole(struct front *front)
{
	char *part;
	int rc;

	if (!project_find_around(&front->folder, &front->file, &part))
		return 0;
	rc = front->request->output != NULL
	    ? diag_report_path(front->diag, DIAG_PART_OF_PROJECT, NULL, part,
		  front->folder, NULL)
	    : wire_send(front->pipes->report, WIRE_PART, part, "", 0);
	free(part);
	return rc;
}

/* Where a project is, is a matter of the command line. */
static int
open_source(struct front *front, struct diag *diag)
{
	int rc = 0;

	if (front->file == NULL)
		rc = revision_open(&front->project.root, front->request->source,
		    &front->file, diag);
	else if (file_root_open(&front->project.root, front->folder) != 0)
		rc = diag_report_path(diag, DIAG_PROJECT_MISSING, front->folder,
		    front->folder, NULL);
	front->diag->sources = &front->sources;
	xml_reader_init(&front->reader, &front->project.root, &front->sources,
	    front->diag);
	return rc;
}

int
front_open(struct front *front, const struct front_pipes *pipes)
{
	front->pipes = pipes;
	log_start(&front->log);
	mem_use_large_pages();
	xml_library_start();
	if (front->file != NULL && find_whole(front) != 0)
		return -1;
	return open_source(front, front->diag);
}

/* ------------------------------------------------------------- stages --- */

int
front_load_project(struct front *front)
{
	const struct request *request = front->request;
	const struct project_choice choice = { request->agency,
		request->agency_listed, request->base_url,
		request->asks_agencies };
	int rc =
	    project_load(&choice, &front->project, &front->reader, front->file);

	log_stage(&front->log, "project", "%zu handbooks",
	    front->project.handbook_count);
	return rc;
}

/* A release asks whether the languages agree. */
static bool
wants_units(const struct front *front)
{
	return front->request->asks_units ||
	    (front->request->mode == MODE_RELEASE &&
		front->project.tree_count > 1);
}

int
front_load_books(struct front *front)
{
	struct project *project = &front->project;
	const struct book_choice choice = { front->request->mode ==
		    MODE_RELEASE,
		front->request->keeps_defaults, front->request->all_classes,
		wants_units(front) };
	size_t elements = 0;
	int rc = 0;

	if (plan_check_names(&front->plan) != 0)
		return -1;
	front->books = mem_array(project->tree_count, sizeof(*front->books));
	front->edition.books = front->books;
	for (size_t i = 0; i < project->tree_count; i++) {
		rc |= book_read(&front->books[i], &project->trees[i], project,
		    &front->reader, &choice);
		elements += front->books[i].element_count;
	}
	if (rc == 0)
		local_report(project, &front->books[0], front->diag);
	log_stage(&front->log, "load", "%zu elements in %zu files", elements,
	    front->sources.count);
	return rc != 0 ? -1 : plan_check_languages(&front->plan);
}

int
front_index(struct front *front)
{
	size_t ids = 0;
	int rc = 0;

	for (size_t i = 0; i < front->project.tree_count; i++) {
		struct book *book = &front->books[i];

		rc |= index_ids(book, front->diag);
		rc |= index_check_former_ids(book, front->diag);
		rc |= index_check_links(book, front->project.is_lone,
		    front->diag);
		rc |=
		    index_check_procedures(book, &front->project, front->diag);
		rc |= accept_syntax_check_book(book, front->diag);
		ids += book->ids.count;
	}
	log_stage(&front->log, "index", "%zu ids", ids);
	return rc;
}

/* The schema is read for the first book that is not known. */
static int
validate_anew(struct front *front, struct schema **schema, size_t tree)
{
	duty_path(front->diag->duty, front->project.trees[tree].href);
	if (*schema == NULL)
		*schema = validate_schema(front->diag);
	return *schema != NULL
	    ? validate_book(*schema, &front->books[tree], front->diag)
	    : -1;
}

static int
check_step_titles(const struct front *front)
{
	int rc = 0;

	if (axes_role(&front->project.axes) == NULL)
		return 0;
	for (size_t i = 0; i < front->project.tree_count; i++)
		rc |= untitled_steps_check(&front->books[i], front->diag);
	return rc;
}

int
front_validate(struct front *front)
{
	struct schema *schema = NULL;
	size_t known = 0;
	int rc = 0;

	for (size_t i = 0; i < front->project.tree_count; i++) {
		const struct book *book = &front->books[i];
		char key[VALIDITY_KEY];

		validate_key(&front->sources, book->first_source,
		    book->last_source, key);
		if (valid_cache_has(&front->validity, key))
			known++;
		else if (validate_anew(front, &schema, i) != 0)
			rc = -1;
		else
			wire_send(front->pipes->report, WIRE_VALID, key, "", 0);
	}
	schema_free(schema);
	/* Of the schema above all. */
	heap_forget_freed();
	log_stage(&front->log, "validate", "%zu of %zu known as valid", known,
	    front->project.tree_count);
	return rc != 0 ? rc : check_step_titles(front);
}

/* What would fail in a worker, found before there is one. */
static int
check_pages(struct front *front)
{
	int rc = asset_check_logo(&front->project, front->diag);

	for (size_t i = 0; i < front->project.tree_count; i++) {
		rc |= pages_check(&front->books[i], front->diag);
		rc |=
		    asset_check(&front->project, &front->books[i], front->diag);
	}
	return rc;
}

/* What the languages agreed on, for who asks. */
static int
read_agreements(struct front *front)
{
	size_t count = front->project.tree_count;
	int rc = 0;

	if (!wants_units(front))
		return 0;
	front->agreements = mem_array(count, sizeof(*front->agreements));
	front->sides = mem_array(count, sizeof(*front->sides));
	for (size_t i = 0; i < count; i++) {
		const struct book *book = &front->books[i];

		rc |= agreed_units_read(&front->agreements[i], &front->project,
		    i, &front->reader);
		front->sides[i] = (struct unit_side){ book->lang,
			plan_builds_tree(&front->plan, i), book->units,
			&front->agreements[i] };
	}
	front->edition.sides = front->sides;
	return rc;
}

int
front_compare_languages(struct front *front)
{
	int rc = read_agreements(front);

	for (size_t i = 1; i < front->project.tree_count; i++)
		rc |= parity_check(&front->project.axes, &front->books[0],
		    &front->books[i], front->diag);
	log_stage(&front->log, "parity", "%zu languages",
	    front->project.tree_count);
	return rc | check_pages(front);
}

int
front_select(struct front *front)
{
	int rc = select_readers(&front->reaches, &front->masks, &front->project,
	    front->books, &front->reader);

	log_stage(&front->log, "select",
	    "%zu reaches, %zu handbooks, %zu questions",
	    front->reaches.all.count, front->project.handbook_count,
	    front->masks.questions);
	return rc;
}

/* As far as who reads what: a version that was published once may have been
 * checked by other rules. */
static int
read_old_version(struct front *old)
{
	int rc = front_load_project(old);

	if (rc == 0)
		rc = front_load_books(old);
	for (size_t i = 0; rc == 0 && i < old->project.tree_count; i++)
		index_ids(&old->books[i], old->diag);
	return rc == 0 ? front_select(old) : rc;
}

/* The first thing that is wrong with the old version, as "path:line: text". */
static int
report_old_version(const struct front *front, const struct diag *diag)
{
	const struct diag_record *first = NULL;
	owned char *words;

	for (size_t i = 0; i < diag->count && first == NULL; i++)
		if (diag->records[i].severity == DIAG_ERROR)
			first = &diag->records[i];
	words = first == NULL ? mem_dup("-")
	    : first->path == NULL
	    ? mem_dup(first->text)
	    : mem_format("%s:%u: %s", first->path, first->line, first->text);
	diag_report_path(front->diag, DIAG_OLD_VERSION, NULL,
	    front->request->against, words, NULL);
	return -1;
}

int
front_read_against(struct front *front)
{
	struct request *request;
	struct diag *diag;

	if (front->request->against == NULL)
		return 0;
	request = mem_alloc(sizeof(*request));
	*request = *front->request;
	request->source = request->against;
	request->wanted = (struct wanted){ 0 };
	diag = mem_alloc(sizeof(*diag));
	diag->duty = front->diag->duty;
	diag->language = front->diag->language;
	front->against = mem_alloc(sizeof(*front->against));
	front_init(front->against, request, NULL, diag);
	front->against->pipes = front->pipes;
	if (find_source(front->against, front->diag) != 0 ||
	    open_source(front->against, front->diag) != 0)
		return -1;
	if (read_old_version(front->against) != 0)
		return report_old_version(front, diag);
	front->edition.against = &front->against->edition;
	return 0;
}

/* What else a check and a release say (check/rules.def). */
static unsigned
more_rules(const struct front *front)
{
	const struct request *request = front->request;
	bool is_release = request->mode == MODE_RELEASE;
	bool is_check = request->output == NULL && request->question == NULL;
	bool is_whole = front->project.agency == NULL;
	unsigned when = is_release ? CHECK_RELEASE : 0;

	if (!is_check && !is_release)
		return 0;
	when |= CHECK_SELDOM;
	if (is_whole)
		when |= CHECK_WHOLE;
	if (is_whole &&
	    (request->verbose || front->diag->denied[DIAG_ROLE_GAPS]))
		when |= CHECK_GAPS;
	return when;
}

int
front_check(struct front *front)
{
	bool asks = front->request->question != NULL;
	int rc = checks_run(&front->edition, &front->reader, CHECK_ALWAYS);

	if (!asks)
		parameters_report(&front->edition);
	log_stage(&front->log, "check", "procedures and links");
	/* Who asks why somebody cannot read a step gets an answer all the same. */
	if (rc != 0 && !asks)
		return -1;
	if (filters_read(&front->filters, &front->project, &front->reader,
		front->diag) != 0)
		return -1;
	rc = checks_run(&front->edition, &front->reader, more_rules(front));
	log_stage(&front->log, "lint", "%zu findings", front->diag->count);
	return rc;
}

int
front_read_look(struct front *front)
{
	int rc;

	duty_stage(front->diag->duty, "sheets");
	rc = organisation_look_read(&front->look, &front->project,
	    &front->reader, front->diag);
	log_stage(&front->log, "sheets", "compiled");
	return rc;
}

int
front_try_handbooks(struct front *front)
{
	const struct project *project = &front->project;
	struct view_validity *validity = view_validity_new(front->diag);
	int rc = 0;

	duty_stage(front->diag->duty, "projected");
	if (validity == NULL)
		return -1;
	for (size_t h = 0; h < project->handbook_count; h++)
		for (size_t i = 0; i < project->tree_count; i++) {
			scoped(view_clear) struct view view =
			    project_view(&front->edition, &front->books[i], h);

			rc |= view_validity_check(validity, &view);
		}
	log_stage(&front->log, "projected", "%zu handbooks",
	    project->handbook_count);
	view_validity_free(validity);
	return rc;
}

/* --------------------------------------------------------------- jobs --- */

/*
 * The audit of a release. A worker audits each file before it sends it, not a
 * process of its own the finished tree: the supervisor, which has the tree,
 * reads no content, the front is gone when the tree is whole, and this way
 * the work is spread over the workers. What no worker sends is kept formats,
 * audited here, and SHA256SUMS with the list in manifest.json: names and
 * digests of audited files.
 */
void
front_start_audit(struct front *front)
{
	if (front->request->mode != MODE_RELEASE)
		return;
	front->audit = audit_new(&front->edition);
	log_stage(&front->log, "audit", "learnt what is for whom");
}

/* A class may have been raised since what is kept was built. */
static void
audit_kept(struct front *front, struct audit *others, size_t handbook,
    const char *path)
{
	if (front->audit != NULL)
		audit_tree_below(front->audit, others, &front->edition,
		    front->output->old, path,
		    front->project.handbooks[handbook].clearance);
}

/* Tells the supervisor which formats of a handbook stay. */
static void
keep_formats(struct front *front, size_t handbook, size_t tongue)
{
	uint32_t set = plan_fate(&front->plan, handbook, tongue).keep;
	struct audit *others = front->audit != NULL && set != 0
	    ? audit_new_others(&front->edition, handbook)
	    : NULL;

	for (enum format i = 0; i < FORMAT_COUNT; i++) {
		if (!format_in(set, i))
			continue;
		owned char *path = plan_path(&front->plan, handbook, tongue, i);

		wire_send(front->pipes->report, WIRE_KEEP, path, "", 0);
		audit_kept(front, others, handbook, path);
	}
	audit_free(others);
}

/* The other editions in the output folder stay, and whose edition this one is
 * stands in its folder. */
static void
keep_editions(struct front *front)
{
	const struct project *project = &front->project;
	scoped(file_list_clear) char **names =
	    agency_folders_others(front->output, project);
	owned char *prefix = agency_folders_prefix_dup(project);

	for (size_t i = 0; names != NULL && names[i] != NULL; i++)
		wire_send(front->pipes->report, WIRE_KEEP, names[i], "", 0);
	if (project->agency != NULL) {
		owned char *mark = agency_folders_mark(project->agency);
		owned char *path = mem_format("%s%s", prefix, EDITIONS_MARK);

		wire_send(front->pipes->report, WIRE_FILE, path, mark,
		    strlen(mark));
	}
}

/* What is missing of the PDF engine: an error if --to names a format that
 * needs it, else those formats are left out and a warning says so. */
static int
find_engine(struct front *front, struct typst_engine *engine)
{
	typst_engine_find(engine);
	if (typst_engine_is_whole(engine))
		return 0;
	front->plan.impossible = FORMATS_TYPST;
	if ((front->request->wanted.format_set & FORMATS_TYPST) != 0 ||
	    front->request->wanted.only != NULL)
		return diag_report_path(front->diag, DIAG_PDF_ENGINE_NEEDED,
		    NULL, engine->folder != NULL ? "node" : "typst", NULL);
	return 0;
}

static void
warn_of_engine(struct front *front, const struct typst_engine *engine)
{
	if (front->plan.missed != 0 && !engine->unwanted)
		diag_report_path(front->diag, DIAG_PDF_ENGINE_MISSING, NULL,
		    engine->folder != NULL ? "node" : "typst", NULL);
}

/* A renderer for each worker that will want one at a time. */
static int
start_renderers(struct front *front, const struct typst_engine *engine)
{
	const struct plan *plan = &front->plan;
	size_t count = front->pipes->slot_count;

	if ((plan->built & FORMATS_TYPST) == 0)
		return 0;
	front->print = stylesheet_new("print.xsl", front->diag);
	if (front->print == NULL)
		return -1;
	if (count > plan->shelf_jobs)
		count = plan->shelf_jobs;
	return renderers_open(&front->renderers, engine, count, front->diag);
}

/* Which handbooks hold the page that a bulletin is about. */
static int
find_only(struct front *front, bool **shows)
{
	const char *id = front->request->wanted.only;
	const struct book *book = &front->books[0];
	const xmlNode *node = id == NULL ? NULL : book_find_id(book, id);

	if (id == NULL)
		return 0;
	if (node == NULL || !pages_is_page(node))
		return diag_report_path(front->diag, DIAG_OPTION_UNKNOWN, NULL,
		    "--only", id, NULL);
	*shows = mem_array(front->project.handbook_count, sizeof(**shows));
	for (size_t h = 0; h < front->project.handbook_count; h++)
		(*shows)[h] = masks_show(&front->masks,
		    book_element(book, node)->reach, h);
	front->plan.shows_only = *shows;
	return 0;
}

/* Tells the supervisor how much there is to do. */
static int
send_plan(const struct front *front)
{
	char count[24];

	snprintf(count, sizeof(count), "%zu", front->plan.job_count);
	return wire_send(front->pipes->report, WIRE_PLAN, count, "", 0);
}

/*
 * `check` makes every distinct handbook and throws it away: what it calls
 * clean, `build` builds. What is laid out takes minutes, so it is tried only
 * when --to names it.
 */
int
front_plan_trial(struct front *front)
{
	scoped(typst_engine_clear) struct typst_engine engine = { 0 };
	int rc = 0;

	if ((front->request->wanted.format_set & FORMATS_TYPST) != 0)
		rc = find_engine(front, &engine);
	else
		front->plan.impossible = FORMATS_TYPST;
	front->plan.substitute = UINT32_C(1) << FORMAT_HTML;
	if (rc == 0)
		rc = plan_make(&front->plan);
	if (rc == 0)
		rc = emit_read_sheets(front->sheets, front->plan.built,
		    front->diag);
	if (rc == 0)
		rc = start_renderers(front, &engine);
	if (rc != 0)
		return -1;
	plan_drop_equal(&front->plan, &front->masks);
	return send_plan(front);
}

/* Tells the supervisor what stays and how much there is to do. */
int
front_plan_jobs(struct front *front)
{
	const struct project *project = &front->project;
	struct typst_engine engine;
	owned bool *shows = NULL;
	int rc = find_engine(front, &engine) | find_only(front, &shows);

	if (rc == 0)
		rc = plan_make(&front->plan);
	if (rc == 0)
		rc = emit_read_sheets(front->sheets, front->plan.built,
		    front->diag);
	if (rc == 0) {
		warn_of_engine(front, &engine);
		rc = start_renderers(front, &engine);
	}
	typst_engine_clear(&engine);
	front->plan.shows_only = NULL;
	if (rc != 0)
		return -1;
	for (size_t h = 0; h < project->handbook_count; h++)
		for (size_t i = 0; i < project_tongue_count(project); i++)
			keep_formats(front, h, i);
	keep_editions(front);
	return send_plan(front);
}
