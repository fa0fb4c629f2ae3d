/* vade roles: the roles of a project, their handbooks, who reads what. */
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
	    coverage_gaps_by_role_answer },
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
report_use(const struct view_row *view, enum words words, const char *what,
    struct diag *diag)
{
	owned char *help = mem_format("vade roles %s", view->usage);

	words_report_usage(diag, help, words, view->name, what);
	return -1;
}

/* A view gets what it needs, and nothing that it would not heed. */
static int
check_use(const struct view_row *view, const struct invocation *invocation,
    struct diag *diag)
{
	size_t handbooks = invocation->request.wanted.handbooks.count;
	size_t operands = 1 + view->has_id;

	if (view->has_id && invocation->operand_count < 2)
		return report_use(view, WORDS_ROLES_NEEDS,
		    words_say(diag->language, WORDS_AN_ID), diag);
	if (view->has_handbook && handbooks != 1)
		return report_use(view, WORDS_ROLES_NEEDS,
		    words_say(diag->language, WORDS_ONE_HANDBOOK), diag);
	if (!view->has_handbook && handbooks > 0)
		return report_use(view, WORDS_ROLES_TAKES_NO, "--handbook",
		    diag);
	if (!view->has_table && invocation->form != NULL)
		return report_use(view, WORDS_ROLES_TAKES_NO, "--to", diag);
	if (invocation->operand_count > operands + 1)
		return report_use(view, WORDS_ROLES_TAKES_NO,
		    invocation->operands[operands + 1], diag);
	return 0;
}

int
cmd_roles(struct invocation *invocation, struct diag *diag)
{
	const char *name =
	    invocation->operand_count > 0 ? invocation->operands[0] : "list";
	const struct view_row *view = find_view(name);
	const struct names *handbooks = &invocation->request.wanted.handbooks;
	struct question question = { .form = invocation->json ? "json" : NULL };

	if (view == NULL)
		return words_report_usage(diag,
		    "vade roles list | tree | matrix | coverage | who | why",
		    WORDS_ROLES_UNKNOWN, name);
	if (check_use(view, invocation, diag) != 0)
		return -1;
	if (view->has_id)
		question.name = invocation->operands[1];
	if (view->has_handbook)
		question.handbook = handbooks->names[0];
	if (invocation->form != NULL)
		question.form = invocation->form;
	invocation->request.asks_project = view->asks_project;
	return agencies_ask(invocation, 1 + view->has_id, view->answer,
	    &question, diag);
}
