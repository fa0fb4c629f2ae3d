/*
 * The first file to read. pipeline_run is the supervisor: it starts the front
 * and publishes what comes out. run_front calls the stages in order and
 * starts the workers; worker.c is what a worker does for one handbook in one
 * language.
 */
#include "pipeline.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/root_file.h"
#include "base/limit.h"
#include "base/text.h"
#include "compose/asset.h"
#include "filter/apply.h"
#include "check/agency_warnings.h"
#include "audit/built_folder.h"
#include "check/links.h"
#include "check/lint.h"
#include "query/parameters.h"
#include "check/procedure_readers.h"
#include "check/view_validity.h"
#include "check/release_doubts.h"
#include "link/pages.h"
#include "load/accept_syntax.h"
#include "load/agency_read.h"
#include "load/include.h"
#include "load/index.h"
#include "load/local.h"
#include "load/lone.h"
#include "load/parity.h"
#include "load/project_read.h"
#include "load/validate.h"
#include "model/ui.h"
#include "project/copy.h"
#include "project/repair.h"
#include "publish/editions.h"
#include "publish/pool.h"
#include "publish/renderer.h"
#include "publish/supervisor.h"
#include "publish/wire.h"
#include "select/cells.h"
#include "select/mask.h"
#include "select/step_labels.h"
#include "worker.h"

/* ------------------------------------------------------------- stages --- */

/* The last part of a path. */
static const char *
last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool
mount_agency(struct file_root *root, const char *folder, bool is_listed)
{
	char *path;
	bool found;

	if (file_root_mount(root, folder, is_listed) != 0)
		return false;
	path = mem_format("%sagency.xml", root->mount);
	found = file_look(root, path, SIZE_MAX) != FILE_MISSING;
	free(path);
	if (!found)
		file_root_unmount(root);
	return found;
}

/* The folder of vade.xml's list that goes by this name; NULL. Lent. */
static const char *
listed_agency(const struct project *project, const char *name)
{
	for (size_t i = 0; i < project->agency_count; i++)
		if (strcmp(last_part(project->agencies[i].href), name) == 0)
			return project->agencies[i].href;
	return NULL;
}

static int
report_agency(const struct project *project, const char *name,
    struct diag *diag)
{
	const char **names =
	    mem_array(project->agency_count + 1, sizeof(*names));
	const char *nearest;

	for (size_t i = 0; i < project->agency_count; i++)
		names[i] = last_part(project->agencies[i].href);
	nearest = text_nearest(last_part(name), names, project->agency_count);
	free(names);
	if (nearest != NULL)
		return diag_report_path(diag, DIAG_AGENCY_UNKNOWN, NULL, name,
		    nearest, NULL);
	return diag_report_path(diag, DIAG_AGENCY_MISSING, NULL, name, NULL);
}

/* The edition of an agency: the project, and what it says of it. A folder, or
 * the name of one that vade.xml lists. */
static int
load_agency(const struct request *request, struct project *project,
    struct xml_reader *reader)
{
	const char *name = request->agency;
	const char *listed;

	if (name == NULL)
		return 0;
	if (mount_agency(&project->root, name, request->agency_listed))
		return agency_read(project, reader);
	listed = listed_agency(project, name);
	if (listed != NULL && mount_agency(&project->root, listed, true))
		return agency_read(project, reader);
	return report_agency(project, name, reader->diag);
}

/* What the user says wins: there the output folder will be. */
static void
set_address(const struct request *request, struct project *project)
{
	const struct agency *agency = project->agency;
	char *url;

	if (request->base_url == NULL)
		return;
	project_set_base_url(project, request->base_url);
	if (agency == NULL)
		return;
	url = mem_format("%s%s/", project->base_url, agency->id);
	project_set_base_url(project, url);
	free(url);
}

static bool
is_settings(const char *file)
{
	size_t len = strlen(file);

	return len >= 8 && strcmp(file + len - 8, "vade.xml") == 0;
}

/* vade.xml with what it names, or a DocBook file alone. */
static int
read_project(const struct request *request, struct project *project,
    struct xml_reader *reader, const char *name)
{
	int rc;

	if (is_settings(name)) {
		rc = project_read(project, reader, name);
		if (rc == 0 && request->asks_agencies)
			rc = agency_read_values(project, reader);
		if (rc == 0)
			rc = load_agency(request, project, reader);
		set_address(request, project);
		return rc;
	}
	if (request->agency != NULL)
		return diag_report_path(reader->diag, DIAG_AGENCY_MISSING, NULL,
		    request->agency, NULL);
	project_of_file(project, name);
	return 0;
}

static int
load_project(struct front *front)
{
	int rc = read_project(front->request, &front->project, &front->reader,
	    front->file);

	log_stage(&front->log, "project", "%zu handbooks",
	    front->project.handbook_count);
	return rc;
}

/* The language of a plain DocBook file is what its root says. */
static void
name_language(struct source_tree *tree, struct book *book)
{
	const xmlNode *root = xmlDocGetRootElement(book->doc);

	if (tree->lang[0] == '\0') {
		xmlChar *lang = xmlNodeGetLang(root);

		free(tree->lang);
		tree->lang =
		    mem_dup(lang && lang[0] ? (const char *)lang : "en");
		xmlFree(lang);
	}
	book->lang = mem_dup(tree->lang);
}

/* What we say of our own is English where we do not speak the language. */
static void
tell_language(const struct book *book, struct diag *diag)
{
	enum ui_speech speech = ui_speaks(book->lang);
	struct place place = source_attribute_place(diag->sources,
	    book_place(book, xmlDocGetRootElement(book->doc)), "xml:lang",
	    NULL);

	if (speech == UI_PARTLY)
		diag_report(diag, DIAG_LANGUAGE_PARTLY, place, book->lang,
		    NULL);
	else if (speech == UI_NOT)
		diag_report(diag, DIAG_LANGUAGE_UNKNOWN, place, book->lang,
		    NULL);
}

static int
load_books(struct front *front)
{
	struct project *project = &front->project;
	size_t elements = 0;
	int rc = 0;

	front->books = mem_array(project->tree_count, sizeof(*front->books));
	for (size_t i = 0; i < project->tree_count; i++) {
		struct source_tree *tree = &project->trees[i];
		struct book *book = &front->books[i];
		uint32_t first = (uint32_t)front->sources.count + 1;

		if (include_read(&front->reader, book, tree->href,
			tree->place) != 0) {
			rc = -1;
			continue;
		}
		if (validate_kind(book, front->diag) != 0) {
			rc = -1;
			continue;
		}
		name_language(tree, book);
		tell_language(book, front->diag);
		rc |= local_apply(project, &front->reader, book,
		    front->request->mode == MODE_RELEASE);
		if (!front->request->keeps_defaults)
			local_fill(project, book);
		if (project->is_lone) {
			lone_take_title(project, book);
			rc |= lone_check_classes(project, book,
			    front->request->all_classes, front->diag);
		}
		book->first_source = first;
		book->last_source = (uint32_t)front->sources.count;
		elements += book->element_count;
	}
	if (rc == 0)
		local_report(project, &front->books[0], front->diag);
	log_stage(&front->log, "load", "%zu elements in %zu files", elements,
	    front->sources.count);
	return rc;
}

static int
validate_books(struct front *front)
{
	size_t known = 0;
	int rc = 0;

	for (size_t i = 0; i < front->project.tree_count; i++) {
		const struct book *book = &front->books[i];
		char key[VALIDITY_KEY];

		validate_key(&front->sources, book->first_source,
		    book->last_source, key);
		if (valid_cache_has(&front->validity, key))
			known++;
		else if (duty_path(front->diag->duty,
			     front->project.trees[i].href),
		    validate_book(book, front->diag) != 0)
			rc = -1;
		else
			wire_send(front->pipes->report, WIRE_VALID, key, "", 0);
	}
	log_stage(&front->log, "validate", "%zu of %zu known as valid", known,
	    front->project.tree_count);
	return rc;
}

static int
index_books(struct front *front)
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

static int
compare_languages(struct front *front)
{
	int rc = 0;

	for (size_t i = 1; i < front->project.tree_count; i++)
		rc |= parity_check(&front->project.axes, &front->books[0],
		    &front->books[i], front->diag);
	log_stage(&front->log, "parity", "%zu languages",
	    front->project.tree_count);
	return rc;
}

/* A rule that remembers is an error: what it answers must not hang on what it
 * was asked before, and the shipped rule's does not. */
static int
select_in_reverse(struct front *front)
{
	const struct project *project = &front->project;
	struct masks reverse;
	size_t words;
	int rc;

	if (project->filter_count == 0)
		return 0;
	rc = masks_compute(&reverse, &front->reaches, project, &front->reader,
	    true, front->diag);
	words = front->masks.reach_count * front->masks.words;
	if (rc == 0 &&
	    memcmp(front->masks.bits, reverse.bits, words * sizeof(uint64_t)) !=
		0)
		rc = diag_report(front->diag, DIAG_FILTER_ORDER,
		    project->filters[0].place, project->filters[0].href, NULL);
	masks_clear(&reverse);
	return rc;
}

static int
select_readers(struct front *front)
{
	int rc = 0;

	reaches_init(&front->reaches, &front->project.axes);
	for (size_t i = 0; i < front->project.tree_count; i++)
		rc |= reach_compute(&front->reaches, &front->books[i],
		    front->diag);
	for (size_t i = 1; rc == 0 && i < front->project.tree_count; i++)
		rc |= reach_compare(&front->reaches, &front->books[0],
		    &front->books[i], front->diag);
	for (size_t i = 0; rc == 0 && i < front->project.tree_count; i++)
		rc =
		    cells_check(&front->reaches, &front->books[i], front->diag);
	if (rc == 0)
		rc = masks_compute(&front->masks, &front->reaches,
		    &front->project, &front->reader, false, front->diag);
	if (rc == 0)
		rc = select_in_reverse(front);
	for (size_t i = 0; rc == 0 && i < front->project.tree_count; i++)
		step_labels_compute(&front->reaches, &front->books[i]);
	log_stage(&front->log, "select",
	    "%zu reaches, %zu handbooks, %zu questions",
	    front->reaches.all.count, front->project.handbook_count,
	    front->masks.questions);
	return rc;
}

/* A handbook as project makes it. */
static int
try_handbook(struct front *front, struct view_validity *projected,
    size_t handbook, const struct book *book)
{
	struct view view = front_view(front, handbook, book);
	int rc;

	copy_selected(&view);
	repair_view(&view);
	rc = view_validity_check(projected, &view);
	view_clear(&view);
	return rc;
}

/* `check` and a release project every handbook without building it: is what
 * it shows valid? */
static int
try_handbooks(struct front *front)
{
	size_t trees = front->project.tree_count;
	size_t jobs = front->project.handbook_count * trees;
	struct view_validity *projected = view_validity_new(front->diag);
	size_t distinct = 0;
	size_t count;
	int rc = 0;

	duty_stage(front->diag->duty, "projected");
	if (projected == NULL)
		return -1;
	for (size_t i = 0; i < jobs; i++)
		rc |= try_handbook(front, projected, i / trees,
		    &front->books[i % trees]);
	count = view_validity_count(projected, &distinct);
	log_stage(&front->log, "projected", "%zu modules, %zu distinct", count,
	    distinct);
	view_validity_free(projected);
	return rc;
}

/* What holds of procedures for all handbooks at once. One language is enough:
 * parity has compared the attributes. */
static int
check_procedures(struct front *front)
{
	struct edition edition = front_edition(front);
	int rc = procedure_readers_check(&edition, &front->books[0]);

	rc |= agency_warnings_check(&edition, &front->reader);
	for (size_t i = 0; i < front->project.tree_count; i++)
		rc |= links_check(&edition, &front->books[i]);
	if (front->request->question == NULL)
		parameters_report(&edition);
	log_stage(&front->log, "check", "procedures and links");
	return rc;
}

/* What is seldom meant: `check` and a release say so. */
static int
check_more(struct front *front)
{
	struct edition edition = front_edition(front);
	const struct request *request = front->request;
	bool is_check = request->output == NULL && request->question == NULL;
	int rc = 0;

	if (is_check || request->mode == MODE_RELEASE)
		rc = lint_check(&edition,
		    request->verbose || front->diag->denied[DIAG_ROLE_GAPS]);
	log_stage(&front->log, "lint", "%zu findings", front->diag->count);
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
static void
start_audit(struct front *front)
{
	struct edition edition = front_edition(front);

	if (front->request->mode != MODE_RELEASE)
		return;
	front->audit = audit_new(&edition);
	log_stage(&front->log, "audit", "learnt what is for whom");
}

/* A class may have been raised since what is kept was built. */
static void
audit_kept(struct front *front, struct audit *others, size_t handbook,
    const char *path)
{
	struct edition edition = front_edition(front);

	if (front->audit != NULL)
		audit_tree_below(front->audit, others, &edition,
		    front->output->old, path,
		    front->project.handbooks[handbook].clearance);
}

/* Tells the supervisor which formats of a handbook stay. */
static void
keep_formats(struct front *front, size_t handbook, size_t tongue)
{
	uint32_t set = plan_fate(&front->plan, handbook, tongue).keep;
	struct edition edition = front_edition(front);
	struct audit *others = front->audit != NULL && set != 0
	    ? audit_new_others(&edition, handbook)
	    : NULL;

	for (enum format i = 0; i < FORMAT_COUNT; i++) {
		char *path;

		if (!format_in(set, i))
			continue;
		path = plan_path(&front->plan, handbook, tongue, i);
		wire_send(front->pipes->report, WIRE_KEEP, path, "", 0);
		audit_kept(front, others, handbook, path);
		free(path);
	}
	audit_free(others);
}

/* The other editions in the output folder stay, and whose edition this one is
 * stands in its folder. */
static void
keep_editions(struct front *front)
{
	const struct project *project = &front->project;
	char **names = editions_others(front->output, project);
	char *prefix = editions_prefix_dup(project);

	for (size_t i = 0; names != NULL && names[i] != NULL; i++)
		wire_send(front->pipes->report, WIRE_KEEP, names[i], "", 0);
	if (project->agency != NULL) {
		char *mark = editions_mark(project->agency);
		char *path = mem_format("%s%s", prefix, EDITIONS_MARK);

		wire_send(front->pipes->report, WIRE_FILE, path, mark,
		    strlen(mark));
		free(path);
		free(mark);
	}
	free(prefix);
	file_list_free(names);
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
static int
plan_trial(struct front *front)
{
	struct typst_engine engine = { 0 };
	int rc = 0;

	if ((front->request->wanted.format_set & FORMATS_TYPST) != 0)
		rc = find_engine(front, &engine);
	else
		front->plan.impossible = FORMATS_TYPST;
	front->plan.substitute = UINT32_C(1) << FORMAT_HTML;
	if (rc == 0)
		rc = plan_make(&front->plan);
	if (rc == 0)
		rc = start_renderers(front, &engine);
	typst_engine_clear(&engine);
	if (rc != 0)
		return -1;
	plan_drop_equal(&front->plan, &front->masks);
	return send_plan(front);
}

/* Tells the supervisor what stays and how much there is to do. */
static int
plan_jobs(struct front *front)
{
	const struct project *project = &front->project;
	struct typst_engine engine;
	bool *shows = NULL;
	int rc = find_engine(front, &engine) | find_only(front, &shows);

	if (rc == 0)
		rc = plan_make(&front->plan);
	if (rc == 0) {
		warn_of_engine(front, &engine);
		rc = start_renderers(front, &engine);
	}
	typst_engine_clear(&engine);
	front->plan.shows_only = NULL;
	free(shows);
	if (rc != 0)
		return -1;
	for (size_t h = 0; h < project->handbook_count; h++)
		for (size_t i = 0; i < project_tongue_count(project); i++)
			keep_formats(front, h, i);
	keep_editions(front);
	return send_plan(front);
}

/* -------------------------------------------------------------- front --- */

/* What the supervisor says of the front if its limits end it. */
static void
begin(const struct front *front, const char *stage)
{
	duty_stage(front->diag->duty, stage);
}

/* Every stage that reads, in order. Stops after one that failed, but a stage
 * reports all it finds. */
static int
run_stages(struct front *front)
{
	struct edition edition;
	int rc;

	begin(front, "project");
	if (load_project(front) != 0)
		return -1;
	if (front->request->asks_project)
		return 0;
	if (plan_check_names(&front->plan) != 0)
		return -1;
	begin(front, "load");
	if (load_books(front) != 0 || plan_check_languages(&front->plan) != 0)
		return -1;
	begin(front, "index");
	/* The schema knows ids too, but cannot say which link is wrong. */
	if (index_books(front) != 0)
		return -1;
	begin(front, "validate");
	if (validate_books(front) != 0)
		return -1;
	begin(front, "parity");
	if ((compare_languages(front) | check_pages(front)) != 0)
		return -1;
	begin(front, "select");
	if (select_readers(front) != 0)
		return -1;
	begin(front, "check");
	/* Who asks why somebody cannot read a step gets an answer all the same. */
	if (check_procedures(front) != 0 && front->request->question == NULL)
		return -1;
	if (filters_read(&front->filters, &front->project, &front->reader,
		front->diag) != 0)
		return -1;
	edition = front_edition(front);
	rc = front->request->mode == MODE_RELEASE
	    ? release_doubts_check(&edition)
	    : 0;
	return rc | check_more(front);
}

/* For commands that only ask: the answer goes to stdout from here. */
static int
answer(struct front *front)
{
	struct edition edition = front_edition(front);
	int rc;

	signal(SIGPIPE, SIG_IGN);
	begin(front, "answer");
	rc = front->request->question(&edition,
	    front->request->question_context);
	/* A reader that has seen enough (`| head`) is no failure. */
	if ((fflush(stdout) == 0 && !ferror(stdout)) || errno == EPIPE)
		return diag_status(front->diag) == 0 ? 0 : rc; /* warnings */
	return diag_report_path(front->diag, DIAG_SYSTEM, NULL, "stdout",
	    strerror(errno), NULL);
}

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

/* A DocBook file was named. If a project includes it, it is not alone: a
 * check is of the project, and tells what concerns the file. */
static int
find_whole(struct front *front)
{
	char *folder = NULL;
	char *part = NULL;
	int rc = 0;

	if (is_settings(front->file) ||
	    !lone_find_project(front->folder, front->file, &folder, &part))
		return 0;
	if (front->request->output != NULL)
		rc = diag_report_path(front->diag, DIAG_PART_OF_PROJECT, NULL,
		    part, folder, NULL);
	else
		rc = wire_send(front->pipes->report, WIRE_PART, part, "", 0);
	free(part);
	free(front->folder);
	free(front->file);
	front->folder = folder;
	front->file = mem_dup("vade.xml");
	return rc;
}

/* What was found so far goes first: a worker begins with nothing. */
static int
run_planned(struct front *front)
{
	int rc;

	worker_send_findings(front->diag, front->pipes->report);
	diag_clear(front->diag);
	rc = run_jobs(front);
	renderers_close(&front->renderers);
	return rc;
}

static int
check_handbooks(struct front *front)
{
	int rc = try_handbooks(front);

	begin(front, "sheets");
	rc |= house_style_read(&front->look, &front->project, &front->reader,
	    front->diag);
	if (rc != 0 || diag_status(front->diag) != 0)
		return rc;
	return plan_trial(front) != 0 ? -1 : run_planned(front);
}

static int
build_handbooks(struct front *front)
{
	int rc;

	if (diag_status(front->diag) != 0)
		return 0;
	begin(front, "sheets");
	rc = house_style_read(&front->look, &front->project, &front->reader,
	    front->diag);
	log_stage(&front->log, "sheets", "compiled");
	if (rc == 0 && front->request->mode == MODE_RELEASE)
		rc = try_handbooks(front);
	begin(front, "audit");
	start_audit(front);
	begin(front, "plan");
	if (rc != 0 || plan_jobs(front) != 0)
		return -1;
	return run_planned(front);
}

/* A supervisor_front. */
static int
run_front(void *context, const struct front_pipes *pipes)
{
	struct front *front = context;
	const struct request *request = front->request;
	int rc;

	front->pipes = pipes;
	front->log.enabled = request->verbose;
	log_start(&front->log);
	mem_use_large_pages();
	xml_library_start();
	front->diag->sources = &front->sources;
	front->project.root.fd = -1;
	if (find_whole(front) != 0)
		rc = -1;
	else if (file_root_open(&front->project.root, front->folder) != 0)
		rc = diag_report_path(front->diag, DIAG_PROJECT_MISSING,
		    front->folder, front->folder, NULL);
	else {
		xml_reader_init(&front->reader, &front->project.root,
		    &front->sources, front->diag);
		rc = run_stages(front);
	}
	if (rc == 0 && request->question != NULL)
		rc = answer(front);
	else if (rc == 0 && !request->stop_after_select)
		rc = request->output == NULL ? check_handbooks(front)
					     : build_handbooks(front);
	worker_send_findings(front->diag, pipes->report);
	return rc == 0 ? 0 : 1;
}

/* --------------------------------------------------------- supervisor --- */

/* Splits what the user named into the project's folder and the file in it. */
static int
find_project(const char *source, char **folder, char **file, struct diag *diag)
{
	struct stat status;
	char *dir;

	if (stat(source, &status) != 0)
		return diag_report_path(diag, DIAG_PROJECT_MISSING, NULL,
		    source, NULL);
	if (S_ISDIR(status.st_mode)) {
		char *inside = mem_format("%s/vade.xml", source);
		bool there = access(inside, F_OK) == 0;

		free(inside);
		*folder = mem_dup(source);
		*file = mem_dup("vade.xml");
		return there ? 0
			     : diag_report_path(diag, DIAG_PROJECT_MISSING,
				   NULL, source, NULL);
	}
	dir = file_dirname_dup(source);
	*file = mem_dup(source + strlen(dir));
	*folder = mem_dup(dir[0] ? dir : ".");
	free(dir);
	return 0;
}

static void
remember_valid(void *context, const char *key)
{
	struct front *front = context;

	valid_cache_add(&front->validity, key);
}

int
pipeline_run(const struct request *request, struct result *result,
    struct diag *diag)
{
	struct output output = { .parent = -1, .fd = -1, .old = -1 };
	struct front front = { .request = request, .diag = diag };
	bool writes = request->output != NULL && !request->stop_after_select;
	struct supervision supervision = { .front = run_front,
		.context = &front,
		.jobs = request->jobs,
		.limits = request->limits,
		.output = writes ? &output : NULL,
		.partial = request->wanted.handbooks.count +
			    request->wanted.shelves.count +
			    request->wanted.roles.count +
			    request->wanted.languages.count +
			    request->wanted.formats.count >
			0 ||
		    request->wanted.only != NULL,
		.sync = request->mode == MODE_RELEASE,
		.progress = request->progress,
		.diag = diag,
		.valid = remember_valid };
	int rc;

	front.output = supervision.output;
	front.plan = (struct plan){ .project = &front.project,
		.wanted = &request->wanted,
		.output = front.output,
		.mode = request->mode,
		.diag = diag };
	rc = find_project(request->source, &front.folder, &front.file, diag);
	if (rc == 0 && writes)
		rc = output_open(&output, request->output, diag);
	if (rc == 0 && writes && output_holds(&output, front.folder))
		rc = diag_report_path(diag, DIAG_OUTPUT_NOT_OURS, NULL,
		    request->output, front.folder, NULL);
	valid_cache_open(&front.validity);
	if (rc == 0)
		rc = supervisor_run(&supervision);
	if (supervision.part != NULL)
		lone_keep_findings(diag, supervision.part);
	free(supervision.part);
	valid_cache_close(&front.validity);
	if (rc < 0 && diag_status(diag) == 0)
		diag_report_path(diag, DIAG_BUG, NULL, "pipeline", "-", NULL);
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
