#include "plan.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/text.h"

/* --- names of the command line --- */

void
names_add(struct names *names, const char *name)
{
	names->names = mem_grow(names->names, names->count, &names->capacity,
	    sizeof(*names->names));
	names->names[names->count++] = name;
}

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
	rc = check_option(plan, "--handbook", &wanted->handbooks, &handbooks) |
	    check_option(plan, "--shelf", &wanted->shelves, &shelves) |
	    check_option(plan, "--role", &wanted->roles, &roles);
	free(handbooks.names);
	free(shelves.names);
	free(roles.names);
	return rc;
}

/* The language of a plain file is known only when it was read. */
int
plan_check_languages(const struct plan *plan)
{
	struct names known = { 0 };
	int rc;

	for (size_t i = 0; i < plan->project->tree_count; i++)
		names_add(&known, plan->project->trees[i].lang);
	rc = check_option(plan, "--lang", &plan->wanted->languages, &known);
	free(known.names);
	return rc;
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

	if (roles->count == 0)
		return true;
	if (axes->role == AXIS_NONE || handbook->head_role == AXIS_NONE)
		return false;
	return is_named(roles,
	    axes->axes[axes->role].values[handbook->head_role].id);
}

char *
plan_folder(const struct plan *plan, size_t handbook, size_t tree)
{
	const struct handbook *h = &plan->project->handbooks[handbook];

	return mem_format("%s/%s/%s", plan->project->shelves[h->shelf].id,
	    h->id, plan->project->trees[tree].lang);
}

/* What the old output's manifest says its handbooks are. The caller frees. */
static json_t *
read_old_manifest(const struct plan *plan, size_t shelf)
{
	struct file_root old = { .fd = plan->output->old };
	char *path =
	    mem_format("%s/manifest.json", plan->project->shelves[shelf].id);
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
is_as_before(const struct plan *plan, const json_t *manifest,
    const struct handbook *handbook)
{
	char *readers = describe_readers(plan, handbook);
	const char *was = json_string_value(json_object_get(
	    json_object_get(manifest, "handbooks"), handbook->id));
	bool same = was != NULL && strcmp(was, readers) == 0;

	free(readers);
	return same;
}

/* Does the command line ask for it? */
static bool
is_asked_for(const struct plan *plan, size_t handbook, const char *lang)
{
	const struct wanted *wanted = plan->wanted;
	const struct handbook *h = &plan->project->handbooks[handbook];

	return is_named(&wanted->handbooks, h->id) &&
	    is_named(&wanted->shelves, plan->project->shelves[h->shelf].id) &&
	    is_for_roles(plan, h) && is_named(&wanted->languages, lang);
}

static void
decide_fate(struct plan *plan, const json_t *manifest, size_t handbook,
    size_t tree)
{
	const char *lang = plan->project->trees[tree].lang;
	char *folder = plan_folder(plan, handbook, tree);
	enum fate fate = FATE_NONE;

	if (is_asked_for(plan, handbook, lang))
		fate = FATE_BUILD;
	else if (plan->output != NULL && output_had(plan->output, folder))
		fate = is_as_before(plan, manifest,
			   &plan->project->handbooks[handbook])
		    ? FATE_KEEP
		    : FATE_BUILD;
	plan->fates[handbook * plan->project->tree_count + tree] = fate;
	free(folder);
}

/* What becomes of every handbook in every language. */
static void
decide_fates(struct plan *plan)
{
	const struct project *project = plan->project;

	plan->fates = mem_array(project->handbook_count * project->tree_count,
	    sizeof(*plan->fates));
	for (size_t shelf = 0; shelf < project->shelf_count; shelf++) {
		json_t *manifest = read_old_manifest(plan, shelf);

		for (size_t h = 0; h < project->handbook_count; h++)
			for (size_t i = 0;
			     project->handbooks[h].shelf == shelf &&
			     i < project->tree_count;
			     i++)
				decide_fate(plan, manifest, h, i);
		json_decref(manifest);
	}
}

enum fate
plan_fate(const struct plan *plan, size_t handbook, size_t tree)
{
	return plan->fates[handbook * plan->project->tree_count + tree];
}

static void
add_job(struct plan *plan, struct job job)
{
	plan->jobs = mem_grow(plan->jobs, plan->job_count, &plan->job_capacity,
	    sizeof(*plan->jobs));
	plan->jobs[plan->job_count++] = job;
}

/* The jobs of a handbook. Does anything of it reach the new output? */
static bool
add_handbook(struct plan *plan, size_t handbook)
{
	bool any = false;

	for (size_t i = 0; i < plan->project->tree_count; i++) {
		enum fate fate = plan_fate(plan, handbook, i);

		any |= fate != FATE_NONE;
		if (fate == FATE_BUILD)
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
	for (size_t i = 0; i < shelves; i++)
		if (used[i])
			add_job(plan, (struct job){ 0, i, 0, true });
	free(used);
	return 0;
}

/* --- the manifest --- */

/* What the manifest says of the shelf besides its files. */
char *
plan_describe_shelf(const struct plan *plan, const struct shelf *shelf)
{
	const struct project *project = plan->project;
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
			present |= plan_fate(plan, i, j) != FATE_NONE;
		if (!present || &project->shelves[handbook->shelf] != shelf)
			continue;
		readers = describe_readers(plan, handbook);
		set_text(handbooks, handbook->id, readers);
		free(readers);
	}
	json_object_set_new(facts, "handbooks", handbooks);
	text = json_dumps(facts, JSON_COMPACT);
	json_decref(facts);
	return text;
}
