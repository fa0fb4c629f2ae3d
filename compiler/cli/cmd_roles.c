/* vade roles: the roles of a project, their handbooks, who reads what. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "cli/agencies.h"
#include "cli/command.h"
#include "query/role_coverage.h"
#include "query/handbook_matrix.h"
#include "query/who.h"
#include "query/why.h"

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
	    json_string(lang_text_get(&value->label, lang, value->id)));
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

static json_t *
describe_roles(const struct project *project, const struct axis *role,
    const char *lang)
{
	json_t *roles = json_array();

	for (size_t i = 0; i < role->value_count; i++)
		json_array_append_new(roles,
		    describe_role(project, role, i, lang));
	return roles;
}

/* The role is that which the handbook is exactly for. */
static json_t *
describe_handbook(const struct project *project,
    const struct handbook *handbook, const char *lang)
{
	const struct axes *axes = &project->axes;
	json_t *object = json_object();

	json_object_set_new(object, "id", json_string(handbook->id));
	json_object_set_new(object, "title",
	    json_string(lang_text_get(&handbook->title, lang, handbook->id)));
	json_object_set_new(object, "class",
	    axes->clearance == AXIS_NONE
		? json_null()
		: json_string(class_of(project, handbook->clearance)));
	json_object_set_new(object, "shelf",
	    json_string(project->shelves[handbook->shelf].id));
	json_object_set_new(object, "role",
	    handbook->exact_role == AXIS_NONE
		? json_null()
		: json_string(
		      axes->axes[axes->role].values[handbook->exact_role].id));
	return object;
}

static json_t *
describe_handbooks(const struct project *project, const char *lang)
{
	json_t *handbooks = json_array();

	for (size_t i = 0; i < project->handbook_count; i++)
		json_array_append_new(handbooks,
		    describe_handbook(project, &project->handbooks[i], lang));
	return handbooks;
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
		    lang_text_get(&value->label, lang, value->id),
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
		    lang_text_get(&handbook->title, lang, handbook->id));
	}
}

/* --- views of the project alone --- */

static int
report_no_roles(const char *view, struct diag *diag)
{
	static const char *const text[] = {
		"this project declares no roles: %s cannot be shown",
		"este proyecto no declara roles: no se puede mostrar %s"
	};
	char *words = mem_format(text[diag->language], view);

	diag_report_path(diag, DIAG_USAGE, NULL, words, "vade roles list",
	    NULL);
	free(words);
	return -1;
}

/* What list and tree ask. */
struct settings_question {
	const struct invocation *invocation;
	bool is_tree;
};

/* An edition_question. */
static int
show_project(const struct edition *edition, void *context)
{
	const struct settings_question *question = context;
	const struct invocation *invocation = question->invocation;
	const struct project *project = edition->project;
	bool is_tree = question->is_tree;
	const char *lang = invocation->ui == DIAG_ES ? "es" : "en";
	const struct axis *role = axes_role(&project->axes);

	if (is_tree && role == NULL)
		return report_no_roles("tree", edition->diag);
	if (invocation->json)
		command_print_take(is_tree ? describe_roles(project, role, lang)
					   : describe_handbooks(project, lang));
	else if (is_tree)
		print_tree(project, role, lang);
	else
		print_list(project, lang);
	return 0;
}

static int
ask(struct invocation *invocation, edition_question *question, void *context,
    struct diag *diag)
{
	struct result result = { 0 };

	if (agencies_one(invocation, diag) != 0)
		return -1;
	invocation->request.output = NULL;
	invocation->request.question = question;
	invocation->request.question_context = context;
	return build_run(&invocation->request, &result, diag);
}

static int
ask_settings(struct invocation *invocation, bool is_tree, struct diag *diag)
{
	struct settings_question question = { invocation, is_tree };

	invocation->request.asks_project = true;
	return ask(invocation, show_project, &question, diag);
}

static int
show_list(struct invocation *invocation, struct diag *diag)
{
	return ask_settings(invocation, false, diag);
}

static int
show_tree(struct invocation *invocation, struct diag *diag)
{
	return ask_settings(invocation, true, diag);
}

/* --- views of the sources, answered when the masks stand --- */

static int
show_who(struct invocation *invocation, struct diag *diag)
{
	struct who_question question = { invocation->operands[1],
		invocation->json };

	return ask(invocation, who_answer, &question, diag);
}

static int
show_why(struct invocation *invocation, struct diag *diag)
{
	struct why_question question = { invocation->operands[1],
		invocation->handbook, invocation->json };

	return ask(invocation, why_answer, &question, diag);
}

static int
show_matrix(struct invocation *invocation, struct diag *diag)
{
	const struct handbook_matrix_format *format = invocation->table;

	if (format == NULL)
		format = invocation->json ? handbook_matrix_find_format("json")
					  : handbook_matrix_default_format();
	return ask(invocation, handbook_matrix_answer,
	    (void *)(uintptr_t)format, diag);
}

static int
show_coverage(struct invocation *invocation, struct diag *diag)
{
	struct role_coverage_question question = { invocation->json };

	return ask(invocation, role_coverage_answer, &question, diag);
}

/* --- the command --- */

static const struct view_row {
	const char *name;
	const char *usage; /* after "vade roles" */
	bool has_id;
	bool has_handbook; /* needs exactly one --handbook */
	bool has_table;    /* allows --to */
	int (*show)(struct invocation *invocation, struct diag *diag);
} views[] = {
	{ "list", "list [FILE]", false, false, false, show_list },
	{ "tree", "tree [FILE]", false, false, false, show_tree },
	{ "matrix", "matrix [--to FORMAT] [FILE]", false, false, true,
	    show_matrix },
	{ "coverage", "coverage [FILE]", false, false, false, show_coverage },
	{ "who", "who ID [FILE]", true, false, false, show_who },
	{ "why", "why ID --handbook ID [FILE]", true, true, false, show_why },
};

enum { VIEWS = COUNT(views) };

static const struct view_row *
find_view(const char *name)
{
	for (size_t i = 0; i < VIEWS; i++)
		if (strcmp(views[i].name, name) == 0)
			return &views[i];
	return NULL;
}

static int
report_view(const char *name, struct diag *diag)
{
	static const char *const text[] = { "vade roles has no %s",
		"vade roles no tiene %s" };
	char *words = mem_format(text[diag->language], name);

	diag_report_path(diag, DIAG_USAGE, NULL, words,
	    "vade roles list | tree | matrix | coverage | who | why", NULL);
	free(words);
	return -1;
}

static int
report_use(const struct view_row *view, const char *text, const char *what,
    struct diag *diag)
{
	char *words = mem_format(text, view->name, what);
	char *help = mem_format("vade roles %s", view->usage);

	diag_report_path(diag, DIAG_USAGE, NULL, words, help, NULL);
	free(words);
	free(help);
	return -1;
}

/* A view gets what it needs, and nothing that it would not heed. */
static int
check_use(const struct view_row *view, const struct invocation *invocation,
    struct diag *diag)
{
	static const char *const needs[] = { "vade roles %s needs %s",
		"a vade roles %s le falta %s" };
	static const char *const takes_no[] = { "vade roles %s takes no %s",
		"vade roles %s no admite %s" };
	static const char *const id[] = { "an ID", "un ID" };
	static const char *const one[] = { "exactly one --handbook",
		"exactamente un --handbook" };
	enum diag_language ui = diag->language;
	size_t handbooks = invocation->request.wanted.handbooks.count;
	size_t operands = 1 + view->has_id;

	if (view->has_id && invocation->operand_count < 2)
		return report_use(view, needs[ui], id[ui], diag);
	if (view->has_handbook && handbooks != 1)
		return report_use(view, needs[ui], one[ui], diag);
	if (!view->has_handbook && handbooks > 0)
		return report_use(view, takes_no[ui], "--handbook", diag);
	if (!view->has_table && invocation->table != NULL)
		return report_use(view, takes_no[ui], "--to", diag);
	if (invocation->operand_count > operands + 1)
		return report_use(view, takes_no[ui],
		    invocation->operands[operands + 1], diag);
	return 0;
}

int
cmd_roles(struct invocation *invocation, struct diag *diag)
{
	const char *name =
	    invocation->operand_count > 0 ? invocation->operands[0] : "list";
	const struct view_row *view = find_view(name);
	size_t file = 1;

	if (view == NULL)
		return report_view(name, diag);
	if (check_use(view, invocation, diag) != 0)
		return -1;
	file += view->has_id;
	invocation->request.source =
	    invocation->operand_count > file ? invocation->operands[file] : ".";
	return view->show(invocation, diag);
}
