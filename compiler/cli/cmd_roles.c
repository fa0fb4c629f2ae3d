/* vade roles: the roles of a project, their handbooks, who reads what. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/list.h"
#include "cli/agencies.h"
#include "cli/command.h"
#include "query/query.h"

static const struct view_row {
	const char *name;
	const char *usage; /* after "vade roles" */
	bool has_id;
	bool has_handbook; /* needs exactly one --handbook */
	bool has_table;    /* allows --to */
	bool asks_project; /* alone, not the sources */
	edition_question *answer;
} views[] = {
	{ "list", "list [FILE]", false, false, false, true, roles_list_answer },
	{ "tree", "tree [FILE]", false, false, false, true, roles_tree_answer },
	{ "matrix", "matrix [--to FORMAT] [FILE]", false, false, true, false,
	    handbook_matrix_answer },
	{ "coverage", "coverage [FILE]", false, false, false, false,
	    role_coverage_answer },
	{ "who", "who ID [FILE]", true, false, false, false, who_answer },
	{ "why", "why ID --handbook ID [FILE]", true, true, false, false,
	    why_answer },
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
	if (!view->has_table && invocation->form != NULL)
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
	struct request *request = &invocation->request;
	struct question question = { .handbook = invocation->handbook,
		.form = invocation->json ? "json" : NULL };
	struct result result = { 0 };
	size_t file = 1;

	if (view == NULL)
		return report_view(name, diag);
	if (check_use(view, invocation, diag) != 0 ||
	    agencies_one(invocation, diag) != 0)
		return -1;
	if (view->has_id)
		question.name = invocation->operands[file++];
	if (invocation->form != NULL)
		question.form = invocation->form;
	request->source =
	    invocation->operand_count > file ? invocation->operands[file] : ".";
	request->output = NULL;
	request->asks_project = view->asks_project;
	request->question = view->answer;
	request->question_context = &question;
	return build_run(request, &result, diag);
}
