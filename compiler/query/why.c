#include "why.h"

#include "query/answer.h"
#include "query/named_element.h"
#include "query/query.h"

int
why_answer(const struct edition *edition, void *context)
{
	const struct question *question = context;
	const struct project *project = edition->project;
	const xmlNode *node = named_element_find(edition, question->name);
	const struct handbook *handbook =
	    project_handbook(project, question->handbook);
	json_t *answer;

	if (node == NULL || handbook == NULL)
		return -1;
	answer = named_element_json(edition, node);
	json_object_update_new(answer,
	    json_pack("{s:o, s:o, s:o}", "place",
		named_element_place_json(edition, node, NULL, NULL), "handbook",
		handbook_json(edition, handbook), "attributes",
		why_attributes_json(edition, node)));
	if (why_verdicts_add(answer, edition, node,
		(size_t)(handbook - project->handbooks)) != 0) {
		json_decref(answer);
		return -1;
	}
	answer_print_take(answer, "why", question->form,
	    edition->diag->language);
	return 0;
}
