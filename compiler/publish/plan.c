#include "plan.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/root_file.h"
#include "base/text.h"
#include "publish/agency_folders.h"

/* --- names of the command line --- */

void
names_add(struct names *names, const char *name)
{
	*list_add(names->names, names->count, names->capacity) = name;
}

static bool
is_in(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->names[i], name) == 0)
			return true;
	return false;
}

/* An empty list names all. */
static bool
is_named(const struct names *names, const char *name)
{
	return names->count == 0 || is_in(names, name);
}

/* Each of the names given with an option must be one of those known. */
static int
check_option(const struct plan *plan, const char *option,
    const struct names *names, const struct names *known)
{
	int rc = 0;

	for (size_t i = 0; i < names->count; i++) {
		const char *name = names->names[i];
		const char *nearest =
		    text_nearest(name, known->names, known->count);

		if (known->count > 0 && is_named(known, name))
			continue;
		rc = diag_report_path(plan->diag, DIAG_OPTION_UNKNOWN, NULL,
		    option, name, nearest, NULL);
	}
	return rc;
}

/* Names given on the command line must exist. */
int
plan_check_names(const struct plan *plan)
{
	const struct wanted *wanted = plan->wanted;
	const struct project *project = plan->project;
	const struct axis *role = axes_role(&project->axes);
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
	rc = check_option(plan, "--handbook", &wanted->handbooks, &handbooks) |
	    check_option(plan, "--shelf", &wanted->shelves, &shelves) |
	    check_option(plan, "--role", &wanted->roles, &roles);
	free(handbooks.names);
	free(shelves.names);
	free(roles.names);
	return rc;
}

int
plan_read_formats(struct wanted *wanted, struct diag *diag)
{
	int rc = 0;

	for (size_t i = 0; i < wanted->formats.count; i++) {
		const char *at = wanted->formats.names[i];

		for (size_t len; *at != '\0'; at += len) {
			enum format format;

			at += strspn(at, ", ");
			len = strcspn(at, ", ");
			format = format_find(at, len);
			if (format != FORMAT_COUNT) {
				wanted->format_set |= (uint32_t)1 << format;
			} else if (len > 0) {
				owned char *name = mem_dup_len(at, len);

				rc = diag_report_path(diag, DIAG_FORMAT_UNKNOWN,
				    NULL, name, format_nearest(name), NULL);
			}
		}
	}
	return rc;
}

/* The language of a plain file is known only when it was read. */
int
plan_check_languages(const struct plan *plan)
{
	size_t count = project_tongue_count(plan->project);
	struct names known = { 0 };
	owned char **names = mem_array(count, sizeof(*names));
	int rc;

	for (size_t i = 0; i < count; i++) {
		names[i] = project_tongue_name(plan->project, i);
		names_add(&known, names[i]);
	}
	rc = check_option(plan, "--lang", &plan->wanted->languages, &known);
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(known.names);
	return rc;
}

bool
plan_builds_tree(const struct plan *plan, size_t tree)
{
	const struct names *wanted = &plan->wanted->languages;
	bool builds = wanted->count == 0;

	for (size_t t = 0; t < project_tongue_count(plan->project); t++) {
		struct tongue tongue = project_tongue(plan->project, t);
		owned char *name = project_tongue_name(plan->project, t);

		for (size_t i = 0; i < wanted->count; i++)
			builds |= strcmp(wanted->names[i], name) == 0 &&
			    (tongue.tree == tree || tongue.beside == tree);
	}
	return builds;
}

/* --- fates --- */

static void
set_text(json_t *object, const char *key, const char *text)
{
	if (text[0] != '\0')
		json_object_set_new(object, key, json_string(text));
}

/* For whom a handbook is and how it was built: a kept one must be the same. */
static char *
describe_readers(const struct plan *plan, const struct handbook *handbook)
{
	const struct axes *axes = &plan->project->axes;
	struct buf text = { 0 };

	buf_add_format(&text, "mode=%d", (int)plan->mode);
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

/* Is this handbook for one of the roles asked for (its leaf is in it)? */
static bool
is_for_roles(const struct plan *plan, const struct handbook *handbook)
{
	const struct names *roles = &plan->wanted->roles;
	const struct axes *axes = &plan->project->axes;

	return axes->role != AXIS_NONE && handbook->head_role != AXIS_NONE &&
	    is_in(roles, axes->axes[axes->role].values[handbook->head_role].id);
}

char *
plan_shelf_path(const struct plan *plan, size_t shelf)
{
	char *prefix = agency_folders_prefix_dup(plan->project);
	size_t len = strlen(prefix);
	char *path;

	if (shelf < plan->project->shelf_count) {
		path = mem_format("%s%s", prefix,
		    plan->project->shelves[shelf].id);
		free(prefix);
		return path;
	}
	if (len > 0)
		prefix[len - 1] = '\0'; /* its slash */
	return prefix;
}

char *
plan_path(const struct plan *plan, size_t handbook, size_t tongue,
    enum format format)
{
	const struct handbook *h = &plan->project->handbooks[handbook];
	owned char *lang = project_tongue_name(plan->project, tongue);
	owned char *below = format_path(format, h->id, lang);
	owned char *shelf = plan_shelf_path(plan, h->shelf);

	return mem_format("%s/%s", shelf, below);
}

/* What the old output's manifest says its handbooks are. The caller frees. */
static json_t *
read_old_manifest(const struct plan *plan, size_t shelf)
{
	struct file_root old = { .fd = plan->output ? plan->output->old : -1 };
	owned char *folder = plan_shelf_path(plan, shelf);
	owned char *path = mem_format("%s/manifest.json", folder);
	owned char *bytes = NULL;
	size_t size = 0;
	json_t *manifest = NULL;

	if (old.fd >= 0 &&
	    file_read(&old, path, 256 << 20, &bytes, &size) == FILE_OK)
		manifest = json_loadb(bytes, size, 0, NULL);
	return manifest;
}

/* What the manifest says of a handbook; NULL if nothing. */
static const json_t *
old_handbook(const json_t *manifest, const struct handbook *handbook)
{
	return json_object_get(json_object_get(manifest, "handbooks"),
	    handbook->id);
}

/* Was the handbook of the old output built for the same readers and in the
 * same mode as this build says? Else it cannot stay as it is. */
static bool
is_as_before(const struct plan *plan, const json_t *manifest,
    const struct handbook *handbook)
{
	owned char *readers = describe_readers(plan, handbook);
	const char *was = json_string_value(
	    json_object_get(old_handbook(manifest, handbook), "readers"));

	return was != NULL && strcmp(was, readers) == 0;
}

/* Two languages side by side are made where they are named, and only there. */
static bool
is_tongue_asked_for(const struct plan *plan, size_t tongue)
{
	const struct names *languages = &plan->wanted->languages;
	bool is_pair = project_tongue(plan->project, tongue).beside != SIZE_MAX;
	owned char *name = project_tongue_name(plan->project, tongue);

	return languages->count == 0 ? !is_pair : is_named(languages, name);
}

/* Handbooks named by their own name or by their role: all of them. */
static bool
is_one_of_those(const struct plan *plan, const struct handbook *handbook)
{
	const struct wanted *wanted = plan->wanted;

	return (wanted->handbooks.count == 0 && wanted->roles.count == 0) ||
	    is_in(&wanted->handbooks, handbook->id) ||
	    is_for_roles(plan, handbook);
}

/* Does the command line ask for it? */
static bool
is_asked_for(const struct plan *plan, size_t handbook, size_t tongue)
{
	const struct wanted *wanted = plan->wanted;
	const struct handbook *h = &plan->project->handbooks[handbook];

	return is_one_of_those(plan, h) &&
	    is_named(&wanted->shelves, plan->project->shelves[h->shelf].id) &&
	    is_tongue_asked_for(plan, tongue);
}

/* The formats of the handbook that the old output has. */
static uint32_t
old_formats(const struct plan *plan, size_t handbook, size_t tongue)
{
	uint32_t set = 0;

	for (enum format i = 0; plan->output != NULL && i < FORMAT_COUNT; i++) {
		owned char *path = plan_path(plan, handbook, tongue, i);

		if (output_had(plan->output, path))
			set |= (uint32_t)1 << i;
	}
	return set;
}

/* Cards are for whoever acts: in a role, or in the roles of a post. */
static bool
has_cards(const struct plan *plan, const struct handbook *handbook)
{
	int role = plan->project->axes.role;

	return role != AXIS_NONE && handbook->values[role] != NULL &&
	    (handbook->exact_role != AXIS_NONE ||
		handbook->head_role == AXIS_NONE);
}

/* The formats that this build makes of a handbook that is asked for. */
static uint32_t
asked_formats(const struct plan *plan, const struct handbook *handbook,
    size_t tongue)
{
	uint32_t set = plan->wanted->format_set;

	if (set == 0 && plan->wanted->only != NULL)
		set = (uint32_t)1 << FORMAT_BULLETIN;
	if (set == 0)
		set = handbook->formats;
	if (set == 0)
		set = format_defaults();
	if (plan->shows_only == NULL ||
	    !plan->shows_only[handbook - plan->project->handbooks])
		set &= ~((uint32_t)1 << FORMAT_BULLETIN);
	if (project_tongue(plan->project, tongue).beside != SIZE_MAX)
		set &= FORMATS_FACING;
	return has_cards(plan, handbook) ? set : set & ~FORMATS_CARDS;
}

/* What is known of the formats that stay. */
static void
remember_kept(const struct plan *plan, const json_t *manifest, size_t handbook,
    size_t tongue)
{
	owned char *lang = project_tongue_name(plan->project, tongue);
	const json_t *codes = json_object_get(
	    json_object_get(
		old_handbook(manifest, &plan->project->handbooks[handbook]),
		"formats"),
	    lang);
	struct made *made = plan_made(plan, handbook, tongue);

	for (enum format i = 0; i < FORMAT_COUNT; i++) {
		const char *code =
		    json_string_value(json_object_get(codes, formats[i].name));

		if (!format_in(plan_fate(plan, handbook, tongue).keep, i))
			continue;
		owned char *path = plan_path(plan, handbook, tongue, i);

		made->sizes[i] = output_old_size(plan->output, path);
		if (code != NULL && strlen(code) == PLAN_CODE)
			memcpy(made->codes[i], code, PLAN_CODE);
	}
}

static struct fate *
find_fate(const struct plan *plan, size_t handbook, size_t tongue)
{
	return &plan->fates[handbook * project_tongue_count(plan->project) +
	    tongue];
}

/*
 * A handbook that is asked for is as this build says, and of its other formats
 * only what --to left out stays. What is for other readers than before is
 * built anew.
 */
static void
decide_fate(struct plan *plan, const json_t *manifest, size_t handbook,
    size_t tongue)
{
	const struct handbook *h = &plan->project->handbooks[handbook];
	bool asked = is_asked_for(plan, handbook, tongue);
	struct fate fate = { 0 };
	uint32_t old = 0;

	if (asked)
		fate.build = asked_formats(plan, h, tongue);
	if (!asked || plan->wanted->format_set != 0 ||
	    plan->wanted->only != NULL)
		old = old_formats(plan, handbook, tongue);
	if (old != 0 && is_as_before(plan, manifest, h))
		fate.keep = old & ~fate.build;
	else
		fate.build |= old;
	plan->missed |= fate.build & plan->impossible;
	if (fate.build != 0 && (fate.build & ~plan->impossible) == 0)
		fate.build = plan->substitute;
	fate.build &= ~plan->impossible;
	plan->built |= fate.build;
	*find_fate(plan, handbook, tongue) = fate;
	if (fate.keep != 0)
		remember_kept(plan, manifest, handbook, tongue);
}

/* What becomes of every handbook in every language. */
static void
decide_fates(struct plan *plan)
{
	const struct project *project = plan->project;

	size_t tongues = project_tongue_count(project);
	size_t count = project->handbook_count * tongues;

	plan->fates = mem_array(count, sizeof(*plan->fates));
	plan->made = mem_shared(count * sizeof(*plan->made));
	plan->engine_lost = mem_shared(sizeof(*plan->engine_lost));
	for (size_t shelf = 0; shelf < project->shelf_count; shelf++) {
		json_auto_t *manifest = read_old_manifest(plan, shelf);

		for (size_t h = 0; h < project->handbook_count; h++)
			for (size_t i = 0;
			     project->handbooks[h].shelf == shelf &&
			     i < tongues;
			     i++)
				decide_fate(plan, manifest, h, i);
	}
}

struct fate
plan_fate(const struct plan *plan, size_t handbook, size_t tongue)
{
	return *find_fate(plan, handbook, tongue);
}

struct made *
plan_made(const struct plan *plan, size_t handbook, size_t tongue)
{
	return &plan->made[handbook * project_tongue_count(plan->project) +
	    tongue];
}

uint32_t
plan_formats(const struct plan *plan, size_t handbook, size_t tongue)
{
	struct fate fate = plan_fate(plan, handbook, tongue);

	return (fate.build | fate.keep) &
	    ~plan_made(plan, handbook, tongue)->lost;
}

bool
plan_has_made(const struct plan *plan)
{
	for (size_t i = 0; i < plan->shelf_jobs; i++) {
		const struct job *job = &plan->jobs[i];

		if ((plan_fate(plan, job->handbook, job->tongue).build &
			~plan_made(plan, job->handbook, job->tongue)->lost) !=
		    0)
			return true;
	}
	return plan->shelf_jobs == 0;
}

static void
add_job(struct plan *plan, struct job job)
{
	*list_add(plan->jobs, plan->job_count, plan->job_capacity) = job;
}

/* The jobs of a handbook. Does anything of it reach the new output? */
static bool
add_handbook(struct plan *plan, size_t handbook)
{
	bool any = false;

	for (size_t i = 0; i < project_tongue_count(plan->project); i++) {
		struct fate fate = plan_fate(plan, handbook, i);

		any |= (fate.build | fate.keep) != 0;
		if (fate.build != 0)
			add_job(plan,
			    (struct job){ handbook,
				plan->project->handbooks[handbook].shelf, i,
				false });
	}
	return any;
}

int
plan_make(struct plan *plan)
{
	size_t shelves = plan->project->shelf_count;
	bool *used = mem_array(shelves, sizeof(*used));

	decide_fates(plan);
	for (size_t i = 0; i < plan->project->handbook_count; i++)
		if (add_handbook(plan, i))
			used[plan->project->handbooks[i].shelf] = true;
	if (plan->job_count == 0) {
		free(used);
		return diag_report_path(plan->diag, DIAG_NOTHING_TO_BUILD, NULL,
		    NULL);
	}
	plan->shelf_jobs = plan->job_count;
	for (size_t i = 0; i < shelves; i++)
		if (used[i])
			add_job(plan, (struct job){ 0, i, 0, true });
	add_job(plan, (struct job){ 0, shelves, 0, true });
	free(used);
	return 0;
}

/* --- a trial --- */

/* Are two handbooks for the same values of an axis? */
static bool
have_equal_values(const struct axis *axis, const uint64_t *a, const uint64_t *b)
{
	return a == b ||
	    (a != NULL && b != NULL &&
		memcmp(a, b, axis->words * sizeof(*a)) == 0);
}

static bool
are_equal(const struct plan *plan, const struct masks *masks, size_t left,
    size_t right)
{
	const struct axes *axes = &plan->project->axes;
	const struct handbook *a = &plan->project->handbooks[left];
	const struct handbook *b = &plan->project->handbooks[right];

	if (a->clearance != b->clearance || a->exact_role != b->exact_role ||
	    a->head_role != b->head_role || a->projection != b->projection ||
	    a->shelf != b->shelf)
		return false;
	for (size_t i = 0; i < axes->count; i++)
		if (!have_equal_values(&axes->axes[i], a->values[i],
			b->values[i]))
			return false;
	for (uint32_t reach = 0; reach < masks->reach_count; reach++)
		if (masks_show(masks, reach, left) !=
		    masks_show(masks, reach, right))
			return false;
	return true;
}

static bool
is_tried_already(const struct plan *plan, const struct masks *masks, size_t at)
{
	const struct job *job = &plan->jobs[at];

	for (size_t i = 0; !job->is_index && i < at; i++) {
		const struct job *other = &plan->jobs[i];

		if (!other->is_index && other->tongue == job->tongue &&
		    plan_fate(plan, other->handbook, other->tongue).build ==
			plan_fate(plan, job->handbook, job->tongue).build &&
		    are_equal(plan, masks, other->handbook, job->handbook))
			return true;
	}
	return false;
}

void
plan_drop_equal(struct plan *plan, const struct masks *masks)
{
	size_t kept = 0;
	size_t handbooks = 0;

	for (size_t i = 0; i < plan->job_count; i++) {
		if (is_tried_already(plan, masks, i))
			continue;
		handbooks += !plan->jobs[i].is_index;
		plan->jobs[kept++] = plan->jobs[i];
	}
	plan->job_count = kept;
	plan->shelf_jobs = handbooks;
}

/* --- the manifest --- */

/* The formats of a handbook in a language, each with its edition's code; NULL
 * if there is none. */
static json_t *
describe_formats(const struct plan *plan, size_t handbook, size_t tongue)
{
	uint32_t there = plan_formats(plan, handbook, tongue);
	json_t *object;

	if (there == 0)
		return NULL;
	object = json_object();
	for (enum format i = 0; i < FORMAT_COUNT; i++)
		if (format_in(there, i))
			json_object_set_new(object, formats[i].name,
			    json_string(
				plan_made(plan, handbook, tongue)->codes[i]));
	return object;
}

static void
describe_handbook(const struct plan *plan, size_t handbook, json_t *handbooks)
{
	const struct project *project = plan->project;
	const struct handbook *h = &project->handbooks[handbook];
	json_auto_t *languages = json_object();

	for (size_t i = 0; i < project_tongue_count(project); i++) {
		owned char *lang = project_tongue_name(project, i);

		json_object_set_new(languages, lang,
		    describe_formats(plan, handbook, i));
	}
	if (json_object_size(languages) > 0) {
		owned char *readers = describe_readers(plan, h);

		json_object_set_new(handbooks, h->id,
		    json_pack("{s:s, s:O}", "readers", readers, "formats",
			languages));
	}
}

/* Has the shelf a handbook in the language? */
static bool
has_language(const struct plan *plan, const struct shelf *shelf, size_t tongue)
{
	const struct project *project = plan->project;

	for (size_t i = 0; i < project->handbook_count; i++) {
		struct fate fate = plan_fate(plan, i, tongue);

		if (&project->shelves[project->handbooks[i].shelf] == shelf &&
		    (fate.build | fate.keep) != 0)
			return true;
	}
	return false;
}

bool
plan_has_shelf(const struct plan *plan, size_t shelf)
{
	for (size_t i = 0; i < project_tongue_count(plan->project); i++)
		if (has_language(plan, &plan->project->shelves[shelf], i))
			return true;
	return false;
}

/* What the manifest says of the shelf besides its files. */
char *
plan_describe_shelf(const struct plan *plan, const struct shelf *shelf)
{
	const struct project *project = plan->project;
	const struct axes *axes = &project->axes;
	json_auto_t *facts = json_object();
	json_t *languages = json_array();
	json_t *handbooks = json_object();

	set_text(facts, "project", project->id);
	if (project->agency != NULL)
		set_text(facts, "agency", project->agency->id);
	set_text(facts, "shelf", shelf->id);
	set_text(facts, "version", project->version);
	set_text(facts, "date", project->date);
	set_text(facts, "review", project->review);
	if (axes->clearance != AXIS_NONE)
		set_text(facts, "class",
		    axes->axes[axes->clearance].values[shelf->clearance].id);
	for (size_t i = 0; i < project_tongue_count(project); i++) {
		owned char *lang = project_tongue_name(project, i);

		if (has_language(plan, shelf, i))
			json_array_append_new(languages, json_string(lang));
	}
	json_object_set_new(facts, "languages", languages);
	for (size_t i = 0; i < project->handbook_count; i++)
		if (&project->shelves[project->handbooks[i].shelf] == shelf)
			describe_handbook(plan, i, handbooks);
	json_object_set_new(facts, "handbooks", handbooks);
	return json_dumps(facts, JSON_COMPACT);
}
