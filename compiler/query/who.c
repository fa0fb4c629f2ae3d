/*
 * Answers `vade roles who`: which handbooks show an element, and how.
 * Invariant: every handbook of the project is listed once or absent.
 */
#include "query/answer.h"
#include "query/named_element.h"
#include "query/query.h"
#include "query/visibility.h"

#include <string.h>

/* How a handbook shows the node. */
static enum shown_how
how_in(const struct edition *edition, size_t handbook, const xmlNode *node)
{
	struct visibility sight;
	enum shown_how how;

	visibility_open(&sight, edition, edition_book(edition), handbook);
	how = visibility_of(&sight, node);
	visibility_close(&sight);
	return how;
}

/* The widest id, so that columns stand. */
static size_t
id_width(const struct project *project)
{
	size_t width = 8;

	for (size_t i = 0; i < project->handbook_count; i++)
		if (strlen(project->handbooks[i].id) > width)
			width = strlen(project->handbooks[i].id);
	return width > 30 ? 30 : width;
}

/* The handbooks in their order; the rows of a text, those that show most of it
 * first. */
static void
add_handbooks(json_t *answer, const struct edition *edition,
    const xmlNode *node)
{
	json_t *list = json_array();
	json_t *rows = json_array();
	json_t *ranked[SHOWN_COUNT];

	for (int how = 0; how < SHOWN_COUNT; how++)
		ranked[how] = json_array();
	for (size_t i = 0; i < edition->project->handbook_count; i++) {
		enum shown_how how = how_in(edition, i, node);
		json_t *row =
		    handbook_json(edition, &edition->project->handbooks[i]);

		json_object_set_new(row, "how",
		    json_string(visibility_name(how)));
		if (how != SHOWN_ABSENT)
			json_array_append(list, row);
		json_array_append_new(ranked[how], row);
	}
	for (int how = SHOWN_COUNT - 1; how > SHOWN_ABSENT; how--)
		json_array_extend(rows, ranked[how]);
	for (int how = 0; how < SHOWN_COUNT; how++)
		json_decref(ranked[how]);
	json_object_set_new(answer, "handbooks", list);
	json_object_set_new(answer, ".rows", rows);
}

int
who_answer(const struct edition *edition, void *context)
{
	const struct question *question = context;
	const xmlNode *node = named_element_find(edition, question->name);
	const struct project *project = edition->project;
	const char *class;
	json_t *answer;

	if (node == NULL)
		return -1;
	class = class_name(edition,
	    reach_rank(edition->reaches,
		book_element(edition_book(edition), node)->reach));
	answer = named_element_json(edition, node);
	json_object_update_new(answer,
	    json_pack("{s:s*, s:o, s:i, s:i}", "class", class, "place",
		named_element_place_json(edition, node, NULL, NULL),
		"handbooks_in_all", (int)project->handbook_count, ".width",
		(int)id_width(project)));
	add_handbooks(answer, edition, node);
	answer_print_take(answer, "who", question->form,
	    edition->diag->language);
	return 0;
}
