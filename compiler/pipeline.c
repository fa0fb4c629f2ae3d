/*
 * The first file to read. pipeline_run is the supervisor: it starts the front
 * and publishes what comes out. `front` calls the stages in order; `work` is
 * what a worker does for one handbook in one language.
 */
#include "pipeline.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "emit/asset.h"
#include "emit/site.h"
#include "filter/apply.h"
#include "inspect/audit.h"
#include "inspect/audit_tree.h"
#include "inspect/links.h"
#include "inspect/procedures.h"
#include "link/footnote.h"
#include "link/number.h"
#include "link/pages.h"
#include "link/resolve.h"
#include "load/include.h"
#include "load/index.h"
#include "load/parity.h"
#include "load/project_read.h"
#include "load/validate.h"
#include "project/copy.h"
#include "project/task.h"
#include "publish/pool.h"
#include "publish/supervisor.h"
#include "publish/validity.h"
#include "publish/wire.h"
#include "select/mask.h"
#include "select/steps.h"

/* A handbook in a language, or (book == NULL) the index of a shelf. */
struct job {
	size_t handbook;
	size_t shelf;
	const struct book *book;
};

/* What becomes of a handbook in a language. */
enum fate {
	FATE_NONE,  /* not asked for, and not in the old output */
	FATE_BUILD, /* asked for, or the old one is for other readers */
	FATE_KEEP,  /* not asked for: the old one stays */
};

/* Everything the front knows; workers inherit it by fork. */
struct front {
	const struct request *request;
	struct output *output; /* lent by the supervisor, to look at only */
	struct validity validity;
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
	struct sheet *html;
	struct audit *audit; /* of a release; else NULL */
	enum fate *fates;    /* per handbook and source tree */
	struct job *jobs;
	size_t job_count;
	size_t job_capacity;
	const struct front_pipes *pipes;
};

/* ------------------------------------------------------------- stages --- */

static int
load_project(struct front *front)
{
	const char *name = front->file;
	size_t len = strlen(name);
	int rc = 0;

	if (len >= 8 && strcmp(name + len - 8, "vade.xml") == 0)
		rc = project_read(&front->project, &front->reader, name);
	else
		project_of_file(&front->project, name);
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
		name_language(tree, book);
		book->first_source = first;
		book->last_source = (uint32_t)front->sources.count;
		elements += book->element_count;
	}
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
		if (validity_has(&front->validity, key))
			known++;
		else if (validate_book(book, front->diag) != 0)
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
		rc |= index_check_links(book, front->diag);
		rc |=
		    index_check_procedures(book, &front->project, front->diag);
		ids += book->ids.count;
	}
	log_stage(&front->log, "index", "%zu ids", ids);
	return rc;
}

/* What would fail in a worker, found before there is one. */
static int
check_pages(struct front *front)
{
	int rc = 0;

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
	if (rc == 0)
		rc = masks_compute(&front->masks, &front->reaches,
		    &front->project, &front->reader, false, front->diag);
	for (size_t i = 0; rc == 0 && i < front->project.tree_count; i++)
		steps_label(&front->reaches, &front->books[i]);
	log_stage(&front->log, "select",
	    "%zu reaches, %zu handbooks, %zu questions",
	    front->reaches.all.count, front->project.handbook_count,
	    front->masks.questions);
	return rc;
}

static struct edition
edition_of(struct front *front)
{
	return (struct edition){ &front->project, front->books, &front->reaches,
		&front->masks, &front->sources, front->diag };
}

/* `check` asks in reverse order too: a rule that remembers is an error. */
static int
select_in_reverse(struct front *front)
{
	struct masks reverse;
	size_t words;
	int rc = masks_compute(&reverse, &front->reaches, &front->project,
	    &front->reader, true, front->diag);

	words = front->masks.reach_count * front->masks.words;
	if (rc == 0 &&
	    memcmp(front->masks.bits, reverse.bits, words * sizeof(uint64_t)) !=
		0)
		rc = diag_report(front->diag, DIAG_FILTER_ORDER,
		    front->project.filter_count > 0
			? front->project.filters[0].place
			: (struct place){ 0 },
		    front->project.filter_count > 0
			? front->project.filters[0].href
			: "select.lua",
		    NULL);
	masks_clear(&reverse);
	return rc;
}

/* `check` runs the transforms on every handbook without building it. */
static int
try_filters(struct front *front)
{
	size_t trees = front->project.tree_count;
	size_t jobs = front->project.handbook_count * trees;
	int rc = 0;

	for (size_t i = 0; front->filters.count > 0 && i < jobs; i++) {
		struct view view = { .project = &front->project,
			.handbook = &front->project.handbooks[i / trees],
			.handbook_index = i / trees,
			.book = &front->books[i % trees],
			.reaches = &front->reaches,
			.masks = &front->masks,
			.diag = front->diag,
			.mode = front->request->mode,
			.lang = front->books[i % trees].lang };

		copy_selected(&view);
		task_annotate(&view);
		rc |= filters_apply(&front->filters, &view);
		view_clear(&view);
	}
	return rc;
}

/* What holds of procedures for all handbooks at once. One language is enough:
 * parity has compared the attributes. */
static int
check_procedures(struct front *front)
{
	struct edition edition = edition_of(front);
	int rc = procedures_check(&edition, &front->books[0]);

	for (size_t i = 0; i < front->project.tree_count; i++)
		rc |= links_check(&edition, &front->books[i]);
	log_stage(&front->log, "check", "procedures and links");
	return rc;
}

/* ------------------------------------------------------------ release --- */

static bool
is_unverified(const xmlNode *node)
{
	const char *role = node_attribute(node, "role");

	return (role == NULL || role[0] != 'V') &&
	    (node_is(node, "bibliomixed") || node_is(node, "biblioentry"));
}

/* Today, or the day that SOURCE_DATE_EPOCH names. */
static void
format_today(char today[11])
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	char *end = NULL;
	time_t now = epoch ? (time_t)strtoll(epoch, &end, 10) : time(NULL);
	struct tm utc;

	/* A day that cannot be read is the last of all: every review is
	 * overdue then. */
	if ((epoch != NULL && (end == epoch || *end != '\0' || now < 0)) ||
	    gmtime_r(&now, &utc) == NULL ||
	    strftime(today, 11, "%Y-%m-%d", &utc) != 10)
		memcpy(today, "9999-99-99", 11);
}

/* A release refuses doubt: references nobody verified and a review that is
 * overdue. All reasons are listed at once. */
static int
refuse_doubt(struct front *front)
{
	char today[11];
	int rc = 0;

	format_today(today);
	if (front->project.review[0] != '\0' &&
	    strcmp(front->project.review, today) < 0)
		rc = diag_report(front->diag, DIAG_RELEASE_OVERDUE,
		    front->project.review_place, front->project.review, NULL);
	for (size_t i = 0; i < front->project.tree_count; i++) {
		const struct book *book = &front->books[i];
		const xmlNode *root = xmlDocGetRootElement(book->doc);

		for (const xmlNode *node = root; node != NULL;
		     node = node_walk(node, root, true)) {
			const xmlNode *entry;
			const char *id;

			if (node->type != XML_ELEMENT_NODE)
				continue;
			id = node_attribute(node, "linkend");
			entry = id ? book_find_id(book, id) : NULL;
			if (entry != NULL && is_unverified(entry))
				rc = diag_report(front->diag,
				    DIAG_RELEASE_UNVERIFIED,
				    source_tag_place(&front->sources,
					book_place(book, node)),
				    id, NULL);
		}
	}
	return rc;
}

/* ------------------------------------------------------------- worker --- */

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
	struct view view = { .project = &front->project,
		.handbook = handbook,
		.handbook_index = job->handbook,
		.book = job->book,
		.reaches = &front->reaches,
		.masks = &front->masks,
		.diag = front->diag,
		.mode = front->request->mode,
		.lang = job->book->lang };
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

static enum fate
fate_of(const struct front *front, size_t handbook, size_t tree);

static bool
is_there(const struct site_presence *presence, size_t handbook,
    const char *lang)
{
	const struct front *front = ((const struct presence *)presence)->front;

	for (size_t i = 0; i < front->project.tree_count; i++)
		if (strcmp(front->project.trees[i].lang, lang) == 0)
			return fate_of(front, handbook, i) != FATE_NONE;
	return false;
}

static void
set_text(json_t *object, const char *key, const char *text)
{
	if (text[0] != '\0')
		json_object_set_new(object, key, json_string(text));
}

/* For whom a handbook is and how it was built: a kept one must be the same. */
static char *
describe_readers(const struct front *front, const struct handbook *handbook)
{
	const struct axes *axes = &front->project.axes;
	struct buf text = { 0 };

	buf_add_format(&text, "mode=%d", (int)front->request->mode);
	if (axes->clearance != AXIS_NONE)
		buf_add_format(&text, " class=%s",
		    axes->axes[axes->clearance].values[handbook->clearance].id);
	for (size_t i = 0; i < axes->count; i++) {
		if (handbook->values[i] == NULL)
			continue;
		buf_add_format(&text, " %s=", axes->axes[i].id);
		for (size_t j = 0; j < axes->axes[i].value_count; j++)
			if (bits_get(handbook->values[i], j))
				buf_add_format(&text, "%s;",
				    axes->axes[i].values[j].id);
	}
	return buf_take(&text);
}

/* What the manifest says of the shelf besides its files. */
static char *
describe_shelf(const struct front *front, const struct shelf *shelf)
{
	const struct project *project = &front->project;
	const struct axes *axes = &project->axes;
	json_t *facts = json_object();
	json_t *languages = json_array();
	json_t *handbooks = json_object();
	char *text;

	set_text(facts, "project", project->id);
	set_text(facts, "shelf", shelf->id);
	set_text(facts, "version", project->version);
	set_text(facts, "date", project->date);
	set_text(facts, "review", project->review);
	if (axes->clearance != AXIS_NONE)
		set_text(facts, "class",
		    axes->axes[axes->clearance].values[shelf->clearance].id);
	for (size_t i = 0; i < project->tree_count; i++)
		json_array_append_new(languages,
		    json_string(project->trees[i].lang));
	json_object_set_new(facts, "languages", languages);
	for (size_t i = 0; i < project->handbook_count; i++) {
		const struct handbook *handbook = &project->handbooks[i];
		bool present = false;
		char *readers;

		for (size_t j = 0; j < project->tree_count; j++)
			present |= fate_of(front, i, j) != FATE_NONE;
		if (!present || &project->shelves[handbook->shelf] != shelf)
			continue;
		readers = describe_readers(front, handbook);
		set_text(handbooks, handbook->id, readers);
		free(readers);
	}
	json_object_set_new(facts, "handbooks", handbooks);
	text = json_dumps(facts, JSON_COMPACT);
	json_decref(facts);
	return text;
}

static int
build_shelf(struct front *front, const struct job *job, struct sink *sink,
    int fd)
{
	const struct shelf *shelf = &front->project.shelves[job->shelf];
	struct presence presence = { { is_there }, front };
	char *facts = describe_shelf(front, shelf);
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

static void
send_findings(const struct diag *diag, int fd)
{
	struct buf bytes = { 0 };

	diag_pack(diag, &bytes);
	if (bytes.size > 0)
		wire_send(fd, WIRE_DIAG, "", bytes.data, bytes.size);
	buf_clear(&bytes);
}

/* A pool_job. */
static int
work(void *context, size_t index, int fd)
{
	struct front *front = context;
	const struct job *job = &front->jobs[index];
	struct wire_sink sink = { { send_file },
		front->project.shelves[job->shelf].id, fd, front->audit };
	const char *name = job->book != NULL
	    ? front->project.handbooks[job->handbook].id
	    : sink.shelf;
	int rc;

	log_start(&front->log);
	diag_clear(front->diag);
	if (front->audit != NULL)
		audit_enter(front->audit, sink.shelf,
		    job->book != NULL
			? front->project.handbooks[job->handbook].clearance
			: front->project.shelves[job->shelf].clearance);
	rc = job->book != NULL ? build_handbook(front, job, &sink.sink)
			       : build_shelf(front, job, &sink.sink, fd);
	send_findings(front->diag, fd);
	if (rc == 0)
		rc = wire_send(fd, WIRE_JOB_DONE, name, "", 0);
	return rc == 0 ? 0 : 1;
}

/* --------------------------------------------------------------- jobs --- */

static bool
is_named(const struct names *names, const char *name)
{
	if (names->count == 0)
		return true;
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->names[i], name) == 0)
			return true;
	return false;
}

/* Is this handbook for one of the roles asked for (its leaf is in it)? */
static bool
is_for_roles(const struct front *front, const struct handbook *handbook)
{
	const struct names *roles = &front->request->roles;
	const struct axes *axes = &front->project.axes;

	if (roles->count == 0)
		return true;
	if (axes->role == AXIS_NONE || handbook->head_role == AXIS_NONE)
		return false;
	return is_named(roles,
	    axes->axes[axes->role].values[handbook->head_role].id);
}

static char *
format_folder(const struct front *front, size_t handbook, const char *lang)
{
	const struct handbook *h = &front->project.handbooks[handbook];

	return mem_format("%s/%s/%s", front->project.shelves[h->shelf].id,
	    h->id, lang);
}

/* What the old output's manifest says its handbooks are. The caller frees. */
static json_t *
read_old_manifest(const struct front *front, size_t shelf)
{
	struct file_root old = { .fd = front->output->old };
	char *path =
	    mem_format("%s/manifest.json", front->project.shelves[shelf].id);
	char *bytes = NULL;
	size_t size = 0;
	json_t *manifest = NULL;

	if (old.fd >= 0 &&
	    file_read(&old, path, 256 << 20, &bytes, &size) == FILE_OK)
		manifest = json_loadb(bytes, size, 0, NULL);
	free(bytes);
	free(path);
	return manifest;
}

/* Was the handbook of the old output built for the same readers and in the
 * same mode as this build says? Else it cannot stay as it is. */
static bool
is_as_before(const struct front *front, const json_t *manifest,
    const struct handbook *handbook)
{
	char *readers = describe_readers(front, handbook);
	const char *was = json_string_value(json_object_get(
	    json_object_get(manifest, "handbooks"), handbook->id));
	bool same = was != NULL && strcmp(was, readers) == 0;

	free(readers);
	return same;
}

/* Does the command line ask for it? */
static bool
is_asked_for(const struct front *front, size_t handbook, const char *lang)
{
	const struct request *request = front->request;
	const struct handbook *h = &front->project.handbooks[handbook];

	return is_named(&request->handbooks, h->id) &&
	    is_named(&request->shelves, front->project.shelves[h->shelf].id) &&
	    is_for_roles(front, h) && is_named(&request->languages, lang);
}

static void
decide_fate(struct front *front, const json_t *manifest, size_t handbook,
    size_t tree)
{
	const char *lang = front->project.trees[tree].lang;
	char *folder = format_folder(front, handbook, lang);
	enum fate fate = FATE_NONE;

	if (is_asked_for(front, handbook, lang))
		fate = FATE_BUILD;
	else if (front->output != NULL && output_had(front->output, folder))
		fate = is_as_before(front, manifest,
			   &front->project.handbooks[handbook])
		    ? FATE_KEEP
		    : FATE_BUILD;
	front->fates[handbook * front->project.tree_count + tree] = fate;
	free(folder);
}

/* What becomes of every handbook in every language. */
static void
decide_fates(struct front *front)
{
	const struct project *project = &front->project;

	front->fates = mem_array(project->handbook_count * project->tree_count,
	    sizeof(*front->fates));
	for (size_t shelf = 0; shelf < project->shelf_count; shelf++) {
		json_t *manifest = read_old_manifest(front, shelf);

		for (size_t h = 0; h < project->handbook_count; h++)
			for (size_t i = 0;
			     project->handbooks[h].shelf == shelf &&
			     i < project->tree_count;
			     i++)
				decide_fate(front, manifest, h, i);
		json_decref(manifest);
	}
}

static enum fate
fate_of(const struct front *front, size_t handbook, size_t tree)
{
	return front->fates[handbook * front->project.tree_count + tree];
}

static void
add_job(struct front *front, struct job job)
{
	front->jobs = mem_grow(front->jobs, front->job_count,
	    &front->job_capacity, sizeof(*front->jobs));
	front->jobs[front->job_count++] = job;
}

/*
 * The audit of a release. A worker audits each file before it sends it, not a
 * process of its own the finished tree: the supervisor, which has the tree,
 * reads no content, the front is gone when the tree is whole, and this way
 * the work is spread over the workers. What no worker sends is kept folders,
 * audited here, and SHA256SUMS with the list in manifest.json: names and
 * digests of audited files.
 */
static void
start_audit(struct front *front)
{
	struct edition edition = edition_of(front);

	if (front->request->mode != MODE_RELEASE)
		return;
	front->audit = audit_new(&edition);
	log_stage(&front->log, "audit", "learnt what is for whom");
}

/* A class may have been raised since the kept folder was built. */
static void
audit_kept(struct front *front, size_t handbook, const char *folder)
{
	struct edition edition = edition_of(front);

	if (front->audit != NULL)
		audit_tree_below(front->audit, &edition, front->output->old,
		    folder, front->project.handbooks[handbook].clearance);
}

/* The jobs of a handbook, and what of it stays as it was. */
static bool
plan_handbook(struct front *front, size_t handbook)
{
	bool any = false;

	for (size_t i = 0; i < front->project.tree_count; i++) {
		const char *lang = front->project.trees[i].lang;

		if (fate_of(front, handbook, i) == FATE_BUILD) {
			add_job(front,
			    (struct job){ handbook,
				front->project.handbooks[handbook].shelf,
				&front->books[i] });
			any = true;
		} else if (fate_of(front, handbook, i) == FATE_KEEP) {
			char *folder = format_folder(front, handbook, lang);

			wire_send(front->pipes->report, WIRE_KEEP, folder, "",
			    0);
			audit_kept(front, handbook, folder);
			free(folder);
			any = true;
		}
	}
	return any;
}

static int
plan_jobs(struct front *front)
{
	size_t shelves = front->project.shelf_count;
	bool *shelf_used = mem_array(shelves, sizeof(*shelf_used));
	char count[24];

	decide_fates(front);
	for (size_t i = 0; i < front->project.handbook_count; i++)
		if (plan_handbook(front, i))
			shelf_used[front->project.handbooks[i].shelf] = true;
	if (front->job_count == 0) {
		free(shelf_used);
		return diag_report_path(front->diag, DIAG_NOTHING_TO_BUILD,
		    NULL, NULL);
	}
	for (size_t i = 0; i < shelves; i++)
		if (shelf_used[i])
			add_job(front, (struct job){ 0, i, NULL });
	free(shelf_used);
	snprintf(count, sizeof(count), "%zu", front->job_count);
	return wire_send(front->pipes->report, WIRE_PLAN, count, "", 0);
}

/* Each of the names given with an option must be one of those known. */
static int
check_option(struct front *front, const char *option, const struct names *names,
    const struct names *known)
{
	int rc = 0;

	for (size_t i = 0; i < names->count; i++) {
		const char *name = names->names[i];
		const char *nearest =
		    text_nearest(name, known->names, known->count);

		if (known->count > 0 && is_named(known, name))
			continue;
		rc = diag_report_path(front->diag, DIAG_OPTION_UNKNOWN, NULL,
		    option, name, nearest, NULL);
	}
	return rc;
}

void
names_add(struct names *names, const char *name)
{
	names->names = mem_grow(names->names, names->count, &names->capacity,
	    sizeof(*names->names));
	names->names[names->count++] = name;
}

/* Names given on the command line must exist. */
static int
check_names(struct front *front)
{
	const struct request *request = front->request;
	const struct project *project = &front->project;
	const struct axis *role = project->axes.role == AXIS_NONE
	    ? NULL
	    : &project->axes.axes[project->axes.role];
	struct names handbooks = { 0 };
	struct names shelves = { 0 };
	struct names roles = { 0 };
	int rc;

	for (size_t i = 0; i < project->handbook_count; i++)
		names_add(&handbooks, project->handbooks[i].id);
	for (size_t i = 0; i < project->shelf_count; i++)
		names_add(&shelves, project->shelves[i].id);
	for (size_t i = 0; role != NULL && i < role->value_count; i++)
		names_add(&roles, role->values[i].id);
	rc =
	    check_option(front, "--handbook", &request->handbooks, &handbooks) |
	    check_option(front, "--shelf", &request->shelves, &shelves) |
	    check_option(front, "--role", &request->roles, &roles);
	free(handbooks.names);
	free(shelves.names);
	free(roles.names);
	return rc;
}

/* The language of a plain file is known only when it was read. */
static int
check_languages(struct front *front)
{
	struct names known = { 0 };
	int rc;

	for (size_t i = 0; i < front->project.tree_count; i++)
		names_add(&known, front->project.trees[i].lang);
	rc = check_option(front, "--lang", &front->request->languages, &known);
	free(known.names);
	return rc;
}

/* -------------------------------------------------------------- front --- */

/* Every stage that reads, in order. Stops after one that failed, but a stage
 * reports all it finds. */
static int
run_stages(struct front *front)
{
	if (load_project(front) != 0 || check_names(front) != 0)
		return -1;
	if (load_books(front) != 0 || check_languages(front) != 0)
		return -1;
	/* The schema knows ids too, but cannot say which link is wrong. */
	if (index_books(front) != 0)
		return -1;
	if (validate_books(front) != 0)
		return -1;
	if ((compare_languages(front) | check_pages(front)) != 0)
		return -1;
	if (select_readers(front) != 0)
		return -1;
	/* Who asks why somebody cannot read a step gets an answer all the same. */
	if (check_procedures(front) != 0 && front->request->question == NULL)
		return -1;
	if (filters_read(&front->filters, &front->project, &front->reader,
		front->diag) != 0)
		return -1;
	if (front->request->mode == MODE_RELEASE && refuse_doubt(front) != 0)
		return -1;
	return 0;
}

/* For commands that only ask: the answer goes to stdout from here. */
static int
answer(struct front *front)
{
	struct edition edition = edition_of(front);
	int rc;

	signal(SIGPIPE, SIG_IGN);
	rc = front->request->question(&edition,
	    front->request->question_context);
	/* A reader that has seen enough (`| head`) is no failure. */
	if ((fflush(stdout) == 0 && !ferror(stdout)) || errno == EPIPE)
		return diag_status(front->diag) == 0 ? 0 : rc; /* warnings */
	return diag_report_path(front->diag, DIAG_SYSTEM, NULL, "stdout",
	    strerror(errno), NULL);
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
	xml_library_start();
	front->diag->sources = &front->sources;
	front->project.root.fd = -1;
	if (file_root_open(&front->project.root, front->folder) != 0)
		rc = diag_report_path(front->diag, DIAG_PROJECT_MISSING,
		    front->folder, front->folder, NULL);
	else {
		xml_reader_init(&front->reader, &front->project.root,
		    &front->sources, front->diag);
		rc = run_stages(front);
	}
	if (rc == 0 && request->question != NULL)
		rc = answer(front);
	else if (rc == 0 && request->output == NULL &&
	    !request->stop_after_select)
		rc = select_in_reverse(front) | try_filters(front);
	if (rc == 0 && diag_status(front->diag) == 0 &&
	    request->output != NULL && !request->stop_after_select) {
		front->html = sheet_new("html.xsl", front->diag);
		log_stage(&front->log, "sheets", "compiled");
		start_audit(front);
		rc = front->html == NULL ? -1 : plan_jobs(front);
		send_findings(front->diag, pipes->report);
		diag_clear(front->diag);
		if (rc == 0)
			rc = pool_run(work, front, front->job_count,
			    pipes->slots, pipes->slot_count, front->diag);
	}
	send_findings(front->diag, pipes->report);
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

	validity_add(&front->validity, key);
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
		.output = writes ? &output : NULL,
		.partial = request->handbooks.count + request->shelves.count +
			request->roles.count + request->languages.count >
		    0,
		.sync = request->mode == MODE_RELEASE,
		.progress = request->progress,
		.diag = diag,
		.valid = remember_valid };
	int rc;

	front.output = supervision.output;
	rc = find_project(request->source, &front.folder, &front.file, diag);
	if (rc == 0 && writes)
		rc = output_open(&output, request->output, diag);
	if (rc == 0 && writes && output_holds(&output, front.folder))
		rc = diag_report_path(diag, DIAG_OUTPUT_NOT_OURS, NULL,
		    request->output, front.folder, NULL);
	validity_open(&front.validity);
	if (rc == 0)
		rc = supervisor_run(&supervision);
	validity_close(&front.validity);
	if (rc < 0 && diag_status(diag) == 0)
		diag_report_path(diag, DIAG_BUG, NULL, "pipeline", "-", NULL);
	output_close(&output);
	free(front.folder);
	free(front.file);
	result->files = supervision.files;
	result->bytes = supervision.bytes;
	result->unchanged = supervision.unchanged;
	return rc;
}

int
pipeline_read_project(const char *source, struct project *project,
    struct sources *sources, struct diag *diag)
{
	struct xml_reader reader;
	char *folder = NULL;
	char *file = NULL;
	int rc = find_project(source, &folder, &file, diag);

	project->root.fd = -1;
	if (rc == 0 && file_root_open(&project->root, folder) != 0)
		rc = diag_report_path(diag, DIAG_PROJECT_MISSING, NULL, source,
		    NULL);
	if (rc == 0) {
		xml_library_start();
		diag->sources = sources;
		xml_reader_init(&reader, &project->root, sources, diag);
		rc = project_read(project, &reader, file);
		xml_reader_clear(&reader);
	}
	free(folder);
	free(file);
	return rc;
}
