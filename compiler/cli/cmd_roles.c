/* vade roles: the roles of a project and the handbooks they get. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/command.h"

/* The handbook that is exactly for a role, NULL if there is none. */
static const struct handbook *
handbook_of(const struct project *project, size_t role)
{
	for (size_t i = 0; i < project->handbook_count; i++)
		if (project->handbooks[i].exact_role == (int)role)
			return &project->handbooks[i];
	return NULL;
}

static const char *
class_of(const struct project *project, int clearance)
{
	const struct axes *axes = &project->axes;

	return axes->clearance == AXIS_NONE
	    ? "-"
	    : axes->axes[axes->clearance].values[clearance].id;
}

static json_t *
describe_role(const struct project *project, const struct axis *role,
    size_t index, const char *lang)
{
	const struct axis_value *value = &role->values[index];
	const struct handbook *handbook = handbook_of(project, index);
	json_t *object = json_object();

	json_object_set_new(object, "id", json_string(value->id));
	json_object_set_new(object, "label",
	    json_string(label_get(&value->label, lang, value->id)));
	json_object_set_new(object, "parent",
	    value->parent == AXIS_NONE
		? json_null()
		: json_string(role->values[value->parent].id));
	json_object_set_new(object, "security",
	    value->security ? json_string(value->security) : json_null());
	json_object_set_new(object, "handbook",
	    handbook ? json_string(handbook->id) : json_null());
	return object;
}

static void
print_json(const struct project *project, const struct axis *role,
    const char *lang)
{
	json_t *roles = json_array();
	char *text;

	for (size_t i = 0; i < role->value_count; i++)
		json_array_append_new(roles,
		    describe_role(project, role, i, lang));
	text = json_dumps(roles, JSON_INDENT(1));
	printf("%s\n", text);
	free(text);
	json_decref(roles);
}

static int
depth_of(const struct axis *role, size_t index)
{
	int depth = 0;

	for (int at = role->values[index].parent; at != AXIS_NONE;
	     at = role->values[at].parent)
		depth++;
	return depth;
}

static void
print_tree(const struct project *project, const struct axis *role,
    const char *lang)
{
	for (size_t i = 0; i < role->value_count; i++) {
		const struct axis_value *value = &role->values[i];
		const struct handbook *handbook = handbook_of(project, i);

		printf("%*s%s  %s%s\n", 2 * depth_of(role, i), "", value->id,
		    label_get(&value->label, lang, value->id),
		    handbook ? "" : "  –");
	}
}

static void
print_list(const struct project *project, const char *lang)
{
	for (size_t i = 0; i < project->handbook_count; i++) {
		const struct handbook *handbook = &project->handbooks[i];

		printf("%-24s %-4s %-12s %s\n", handbook->id,
		    class_of(project, handbook->clearance),
		    project->shelves[handbook->shelf].id,
		    label_get(&handbook->title, lang, handbook->id));
	}
}

static int
report_view(const char *what, bool has_roles, struct diag *diag)
{
	static const char *const text[] = { "vade roles has no %s",
		"vade roles no tiene %s" };
	static const char *const no_roles[] = {
		"this project declares no roles: %s cannot be shown",
		"este proyecto no declara roles: no se puede mostrar %s"
	};
	const char *const *format =
	    has_roles || strcmp(what, "tree") != 0 ? text : no_roles;
	char *words = mem_format(format[diag->language], what);

	diag_report_path(diag, DIAG_USAGE, NULL, words,
	    "vade roles list | tree", NULL);
	free(words);
	return -1;
}

static int
show(struct invocation *invocation, const struct project *project,
    struct diag *diag)
{
	const char *lang = invocation->ui == DIAG_ES ? "es" : "en";
	const char *what =
	    invocation->operand_count > 0 ? invocation->operands[0] : "list";
	const struct axis *role = project->axes.role == AXIS_NONE
	    ? NULL
	    : &project->axes.axes[project->axes.role];

	if (invocation->json && role != NULL)
		print_json(project, role, lang);
	else if (strcmp(what, "tree") == 0 && role != NULL)
		print_tree(project, role, lang);
	else if (strcmp(what, "list") == 0)
		print_list(project, lang);
	else
		return report_view(what, role != NULL, diag);
	return 0;
}

int
cmd_roles(struct invocation *invocation, struct diag *diag)
{
	const char *source =
	    invocation->operand_count > 1 ? invocation->operands[1] : ".";
	struct project project = { 0 };
	struct sources sources = { 0 };
	int rc = pipeline_read_project(source, &project, &sources, diag);

	if (rc == 0)
		rc = show(invocation, &project, diag);
	diag->sources = NULL;
	project_clear(&project);
	sources_clear(&sources);
	return rc;
}
