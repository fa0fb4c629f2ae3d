/*
 * Answers `vade roles list` and `vade roles tree`: the handbooks, and the roles
 * that they are for.
 * Invariant: what is told stands in the project's settings; no book is read.
 */

#include "base/words.h"
#include "query/answer.h"
#include "query/named_element.h"
#include "query/query.h"

/* The role is that which the handbook is exactly for. */
static json_t *
describe_handbook(const struct edition *edition,
    const struct handbook *handbook)
{
	const struct project *project = edition->project;
	const struct axis *role = axes_role(&project->axes);

	return json_pack("{s:s, s:s, s:s?, s:s, s:s?}", "id", handbook->id,
	    "title",
	    lang_text_get(&handbook->title, edition_language(edition),
		handbook->id),
	    "class", class_name(edition, handbook->clearance), "shelf",
	    project->shelves[handbook->shelf].id, "role",
	    handbook->exact_role == AXIS_NONE
		? NULL
		: role->values[handbook->exact_role].id);
}

int
roles_list_answer(const struct edition *edition, void *context)
{
	const struct question *question = context;
	json_t *list = json_array();

	for (size_t i = 0; i < edition->project->handbook_count; i++)
		json_array_append_new(list,
		    describe_handbook(edition,
			&edition->project->handbooks[i]));
	answer_print_take(list, "list", question->form,
	    edition->diag->language);
	return 0;
}

/* The handbook that is exactly for a role, NULL if there is none. */
static const char *
handbook_of(const struct project *project, size_t role)
{
	for (size_t i = 0; i < project->handbook_count; i++)
		if (project->handbooks[i].exact_role == (int)role)
			return project->handbooks[i].id;
	return NULL;
}

static json_t *
describe_role(const struct edition *edition, const struct axis *role,
    size_t index)
{
	const struct axis_value *value = &role->values[index];
	int depth = 0;

	for (int at = value->parent; at != AXIS_NONE;
	     at = role->values[at].parent)
		depth++;
	return json_pack("{s:s, s:s, s:s?, s:s?, s:s?, s:i}", "id", value->id,
	    "label",
	    lang_text_get(&value->label, edition_language(edition), value->id),
	    "parent",
	    value->parent == AXIS_NONE ? NULL : role->values[value->parent].id,
	    "security", value->security, "handbook",
	    handbook_of(edition->project, index), ".indent", 2 * depth);
}

int
roles_tree_answer(const struct edition *edition, void *context)
{
	const struct question *question = context;
	const struct axis *role = axes_role(&edition->project->axes);
	json_t *list;

	if (role == NULL)
		return words_report_usage(edition->diag, "vade roles list",
		    WORDS_NO_ROLES, "tree");
	list = json_array();
	for (size_t i = 0; i < role->value_count; i++)
		json_array_append_new(list, describe_role(edition, role, i));
	answer_print_take(list, "tree", question->form,
	    edition->diag->language);
	return 0;
}
