#include "named_element.h"

#include <string.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/text.h"
#include "project/participation.h"
#include "query/answer.h"
#include "select/step_labels.h"

const xmlNode *
named_element_find(const struct edition *edition, const char *id)
{
	const struct book *book = edition_book(edition);
	const xmlNode *node = book_find_id(book, id);

	if (node == NULL)
		diag_report_path(edition->diag, DIAG_NODE_UNKNOWN, NULL, id,
		    map_nearest(&book->ids, id), NULL);
	return node;
}

const xmlNode *
named_element_step(const xmlNode *node)
{
	while (node != NULL && !node_is(node, "step"))
		node = node->parent;
	return node;
}

const xmlNode *
named_element_named(const xmlNode *node)
{
	while (node != NULL && node_id(node) == NULL)
		node = node->parent;
	return node;
}

/* The text of a reference begins with its id, which people were told. */
static char *
text_without_id(const xmlNode *node)
{
	char *text = node_text_dup(node);
	const char *id = node_id(node);
	size_t len = id ? strlen(id) : 0;

	if (len > 0 && strncmp(text, id, len) == 0 && text[len] == ' ')
		memmove(text, text + len + 1, strlen(text + len + 1) + 1);
	return text;
}

char *
named_element_title_format(const xmlNode *node)
{
	const xmlNode *title = node_title(node);

	if (title == NULL && node_is(node, "glossentry"))
		title = node_child(node, "glossterm");
	if (title == NULL &&
	    (node_is(node, "bibliomixed") || node_is(node, "biblioentry")))
		title = node;
	return title == node ? text_without_id(node)
	    : title == NULL  ? mem_dup("")
			     : node_text_dup(title);
}

/* Elements that authors know by another name: a key of words.def. */
static const struct kind {
	const char *element;
	const char *role; /* NULL = any */
	const char *word;
} kinds[] = {
	{ "task", NULL, "kind-task" },
	{ "section", "form", "kind-form" },
	{ "section", "guideline", "kind-guideline" },
	{ "glossentry", NULL, "kind-term" },
	{ "bibliomixed", NULL, "kind-reference" },
	{ "biblioentry", NULL, "kind-reference" },
	{ "book", NULL, "kind-book" },
	{ "part", NULL, "kind-part" },
	{ "chapter", NULL, "kind-chapter" },
	{ "appendix", NULL, "kind-appendix" },
	{ "section", NULL, "kind-section" },
	{ "step", NULL, "kind-bare-step" },
};

/* The key of its word, or its own name. */
static const char *
kind_of(const xmlNode *node)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (kinds[i].role == NULL
			? node_is(node, kinds[i].element)
			: node_has_role(node, kinds[i].element, kinds[i].role))
			return kinds[i].word;
	return (const char *)node->name;
}

char *
named_element_kind_in(const struct book *book, enum diag_language ui,
    const xmlNode *node)
{
	const xmlNode *task = participation_task(node);
	bool is_step =
	    node_is(node, "step") && task != NULL && node_id(task) != NULL;
	json_auto_t *what =
	    json_pack("{s:s, s:s?}", ".label", step_labels_get(book, node),
		".task", is_step ? node_id(task) : NULL);

	return answer_words_format(what, is_step ? "kind-step" : kind_of(node),
	    ui);
}

char *
named_element_kind_format(const struct edition *edition, const xmlNode *node)
{
	return named_element_kind_in(edition_book(edition),
	    edition->diag->language, node);
}

json_t *
named_element_json(const struct edition *edition, const xmlNode *node)
{
	return json_pack("{s:s, s:s, s:o, s:o}", "id", node_id(node), "element",
	    (const char *)node->name, "title",
	    answer_text_take(named_element_title_format(node)), ".kind",
	    answer_text_take(named_element_kind_format(edition, node)));
}

json_t *
place_json(const struct edition *edition, struct place place)
{
	const struct source *source = sources_get(edition->sources, place.file);
	struct position at;

	if (source == NULL)
		return json_null();
	at = source_position(source, place.offset);
	return json_pack("{s:o, s:i, s:i}", "path", answer_text(source->path),
	    "line", (int)at.line, "column", (int)at.column);
}

json_t *
named_element_place_json(const struct edition *edition, const xmlNode *node,
    const char *name, const char *token)
{
	struct place tag = book_place(edition_book(edition), node);

	return place_json(edition,
	    name == NULL
		? source_tag_place(edition->sources, tag)
		: source_attribute_place(edition->sources, tag, name, token));
}

const char *
class_name(const struct edition *edition, int rank)
{
	const struct axes *axes = &edition->project->axes;

	return axes->clearance == AXIS_NONE
	    ? NULL
	    : axes->axes[axes->clearance].values[rank].id;
}

json_t *
handbook_json(const struct edition *edition, const struct handbook *handbook)
{
	return json_pack("{s:s, s:s*, s:s}", "id", handbook->id, "class",
	    class_name(edition, handbook->clearance), "title",
	    lang_text_get(&handbook->title, edition_language(edition),
		handbook->id));
}
