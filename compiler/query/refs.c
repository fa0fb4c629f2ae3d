/*
 * Answers `vade refs`: who cites a reference, form, term, procedure, parameter
 * or role.
 * Invariant: a citation is an attribute of an element in the sources
 * (id_references.h), told with its place and the handbooks that show it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "project/participation.h"
#include "query/answer.h"
#include "query/id_references.h"
#include "query/named_element.h"
#include "query/query.h"
#include "select/step_labels.h"

/* All that is answered. */
struct reply {
	const struct edition *edition;
	struct id_references citations;
	json_t *answer;
};

/* What a citation is listed under: its procedure, else the element with an
 * id around it; NULL if there is none. */
static const xmlNode *
holder_of(const struct id_reference *citation)
{
	const xmlNode *task = participation_task(citation->node);

	return task != NULL ? task : named_element_named(citation->node);
}

/* --- what is cited --- */

/* A name may be of several kinds; in the order of enum id_reference_kind. */
static const char *const kinds[] = { "id", "parameter", "role" };

static json_t *
describe_id(const struct edition *edition, const char *name)
{
	const xmlNode *node = book_find_id(edition_book(edition), name);
	json_t *object = named_element_json(edition, node);

	json_object_set_new(object, "place",
	    named_element_place_json(edition, node, NULL, NULL));
	json_object_set_new(object, ".placed", json_true());
	return object;
}

static json_t *
describe_name(const struct edition *edition, const char *name, int kind)
{
	const struct axis *role = axes_role(&edition->project->axes);
	const char *title = "";
	const char *word = "kind-parameter";
	char *words;

	if (kind == 0)
		return describe_id(edition, name);
	if (kind == 2) {
		title = axis_label(role, name, edition_language(edition));
		word = axis_find_group(role, name, strlen(name)) ? "kind-group"
		    : axis_find_party(role, name, strlen(name))  ? "kind-party"
								 : "kind-role";
	}
	words = answer_words_format(NULL, word, edition->diag->language);
	return json_pack("{s:s, s:s, s:o}", "id", name, "title", title, ".kind",
	    answer_text_take(words));
}

static void
add_name(struct reply *reply)
{
	const struct id_references *citations = &reply->citations;
	json_t *names = json_array();
	json_t *named = json_array();

	for (int i = 0; i < 3; i++) {
		if ((citations->kinds & (1U << i)) == 0)
			continue;
		json_array_append_new(names, json_string(kinds[i]));
		json_array_append_new(named,
		    describe_name(reply->edition, citations->cited, i));
	}
	json_object_update_new(reply->answer,
	    json_pack("{s:s, s:o, s:o, s:b}", "name", citations->cited, "kinds",
		names, ".named", named, ".is_parameter",
		(int)((citations->kinds & ID_REFERENCE_PARAM) != 0)));
}

/* --- the values of a parameter --- */

static void
add_value(const struct reply *reply, json_t *list, const struct agency *agency)
{
	const char *lang = edition_language(reply->edition);
	const struct agency_parameter *parameter =
	    agency_parameter(agency, reply->citations.cited);

	if (parameter != NULL)
		json_array_append_new(list,
		    json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "agency",
			agency->id, "name",
			lang_text_get(&agency->name, lang, ""), "value",
			lang_text_get(&parameter->value, lang, ""), "source",
			parameter->source, "date", parameter->date, "place",
			place_json(reply->edition, parameter->place)));
}

/* Of the agency whose edition is asked about, or of those that vade.xml
 * lists. */
static json_t *
describe_values(const struct reply *reply)
{
	const struct project *project = reply->edition->project;
	json_t *list = json_array();

	if ((reply->citations.kinds & ID_REFERENCE_PARAM) == 0)
		return list;
	if (project->agency != NULL)
		add_value(reply, list, project->agency);
	for (size_t i = 0; !project->agency && i < project->agency_count; i++)
		add_value(reply, list, project->agencies[i].values);
	return list;
}

/* --- citations --- */

/* The title of a block; of a row of a table, its first cell. The caller frees.
 */
static char *
block_title_format(const xmlNode *node)
{
	return node_is(node, "row") && node_first_element(node) != NULL
	    ? node_text_dup(node_first_element(node))
	    : named_element_title_format(node);
}

/* What the citation is in, below its holder; of the holder's own attributes,
 * what that is. The caller frees. */
static char *
block_format(const struct reply *reply, const struct id_reference *citation)
{
	const xmlNode *holder = holder_of(citation);

	for (const xmlNode *node = citation->node; node != holder;
	     node = node->parent) {
		char *title = block_title_format(node);

		if (title[0] != '\0')
			return title;
		free(title);
	}
	return named_element_kind_format(reply->edition, citation->node);
}

/* "step 4", "Legal grounds"; and how, if it is no plain link. */
static void
add_where(const struct reply *reply, const struct id_reference *citation,
    json_t *object)
{
	const char *name = citation->name;

	if (named_element_step(citation->node) == NULL)
		json_object_set_new(object, ".block",
		    answer_text_take(block_format(reply, citation)));
	if (strncmp(name, "linkend", 7) != 0 && strcmp(name, "v:param") != 0) {
		json_object_set_new(object, ".attribute", json_string(name));
		if (strcmp(citation->token, reply->citations.cited) != 0)
			json_object_set_new(object, ".token",
			    json_string(citation->token));
	}
	json_object_set_new(object, ".where",
	    answer_text_take(answer_words_format(object, "where",
		reply->edition->diag->language)));
}

static void
add_holder(const xmlNode *holder, json_t *object)
{
	owned char *title =
	    holder ? named_element_title_format(holder) : mem_dup("");

	json_object_set_new(object, ".holder",
	    answer_text_take(
		mem_format("%s%s%s", holder ? node_id(holder) : "-",
		    title[0] != '\0' ? ": " : "", title)));
}

static json_t *
list_handbooks(const struct reply *reply, const uint64_t *bits)
{
	const struct project *project = reply->edition->project;
	json_t *list = json_array();

	for (size_t i = 0; i < project->handbook_count; i++)
		if (bits_get(bits, i))
			json_array_append_new(list,
			    json_string(project->handbooks[i].id));
	return list;
}

static json_t *
describe_citation(const struct reply *reply,
    const struct id_reference *citation)
{
	const xmlNode *task = participation_task(citation->node);
	const xmlNode *step = named_element_step(citation->node);
	const xmlNode *named = named_element_named(citation->node);
	json_t *object = json_pack(
	    "{s:s?, s:s?, s:s?, s:s?, s:s, s:s, s:s, s:o, s:o}", "procedure",
	    task ? node_id(task) : NULL, "step", step ? node_id(step) : NULL,
	    "label",
	    step ? step_labels_get(edition_book(reply->edition), step) : NULL,
	    "in", named ? node_id(named) : NULL, "element",
	    (const char *)citation->node->name, "attribute", citation->name,
	    "token", citation->token, "place",
	    named_element_place_json(reply->edition, citation->node,
		citation->name, citation->token),
	    "handbooks", list_handbooks(reply, citation->handbooks));

	add_where(reply, citation, object);
	return object;
}

/* The citations, and all handbooks that show any of them. */
static void
add_citations(struct reply *reply)
{
	size_t handbooks = reply->edition->project->handbook_count;
	size_t words = bits_words(handbooks);
	owned uint64_t *shown = mem_array(words, sizeof(*shown));
	const xmlNode *last_holder = NULL;
	const xmlNode *last_task = NULL;
	json_t *list = json_array();
	int procedures = 0;

	for (size_t i = 0; i < reply->citations.count; i++) {
		const struct id_reference *citation =
		    &reply->citations.citations[i];
		const xmlNode *task = participation_task(citation->node);
		json_t *object = describe_citation(reply, citation);

		if (i == 0 || holder_of(citation) != last_holder)
			add_holder(holder_of(citation), object);
		last_holder = holder_of(citation);
		procedures += task != NULL && task != last_task;
		if (task != NULL)
			last_task = task;
		for (size_t w = 0; w < words; w++)
			shown[w] |= citation->handbooks[w];
		json_array_append_new(list, object);
	}
	json_object_update_new(reply->answer,
	    json_pack("{s:o, s:o, s:i, s:i}", "citations", list, "handbooks",
		list_handbooks(reply, shown), ".procedures", procedures,
		".handbooks_in_all", (int)handbooks));
}

int
refs_answer(const struct edition *edition, void *context)
{
	const struct question *question = context;
	struct reply reply = { .edition = edition };

	id_references_find(&reply.citations, edition, question->name);
	if (reply.citations.kinds == 0)
		return diag_report_path(edition->diag, DIAG_CITED_UNKNOWN, NULL,
		    question->name,
		    id_references_nearest(edition, question->name), NULL);
	reply.answer = json_object();
	add_name(&reply);
	json_object_set_new(reply.answer, "values", describe_values(&reply));
	add_citations(&reply);
	answer_print_take(reply.answer, "refs", question->form,
	    edition->diag->language);
	id_references_clear(&reply.citations);
	return 0;
}
