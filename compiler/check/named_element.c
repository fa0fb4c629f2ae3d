#include "named_element.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "project/participation.h"
#include "select/step_labels.h"

const char *
named_element_language(const struct edition *edition)
{
	return edition->diag->language == DIAG_ES ? "es" : "en";
}

const struct book *
named_element_book(const struct edition *edition)
{
	const char *lang = named_element_language(edition);

	for (size_t i = 0; i < edition->project->tree_count; i++)
		if (strcmp(edition->books[i].lang, lang) == 0)
			return &edition->books[i];
	return &edition->books[0];
}

const xmlNode *
named_element_find(const struct edition *edition, const char *id)
{
	const struct book *book = named_element_book(edition);
	const xmlNode *node = book_find_id(book, id);
	const char **ids;

	if (node != NULL)
		return node;
	ids = mem_array(book->ids.count + 1, sizeof(*ids));
	for (size_t i = 0; i < book->ids.count; i++)
		ids[i] = book->ids.entries[i].key;
	diag_report_path(edition->diag, DIAG_NODE_UNKNOWN, NULL, id,
	    text_nearest(id, ids, book->ids.count), NULL);
	free(ids);
	return NULL;
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

/* What elements are called that an author knows by another name. */
static const struct kind {
	const char *element;
	const char *role; /* NULL = any */
	const char *words[DIAG_LANGUAGES];
} kinds[] = {
	{ "task", NULL, { "procedure", "procedimiento" } },
	{ "section", "form", { "form", "formulario" } },
	{ "section", "guideline", { "guideline", "directriz" } },
	{ "glossentry", NULL, { "term", "término" } },
	{ "bibliomixed", NULL, { "reference", "referencia" } },
	{ "biblioentry", NULL, { "reference", "referencia" } },
	{ "book", NULL, { "book", "libro" } },
	{ "part", NULL, { "part", "parte" } },
	{ "chapter", NULL, { "chapter", "capítulo" } },
	{ "appendix", NULL, { "appendix", "anexo" } },
	{ "section", NULL, { "section", "sección" } },
	{ "step", NULL, { "step", "paso" } },
};

char *
named_element_kind_format(const struct edition *edition, const xmlNode *node)
{
	static const char *const step_of[DIAG_LANGUAGES] = { "step %s of %s",
		"paso %s de %s" };
	const char *role = node_attribute(node, "role");
	enum diag_language ui = edition->diag->language;
	const xmlNode *task = participation_task(node);

	if (node_is(node, "step") && task != NULL && node_id(task) != NULL)
		return mem_format(step_of[ui],
		    step_labels_get(named_element_book(edition), node),
		    node_id(task));
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (node_is(node, kinds[i].element) &&
		    (kinds[i].role == NULL ||
			(role != NULL && strcmp(role, kinds[i].role) == 0)))
			return mem_dup(kinds[i].words[ui]);
	return mem_dup((const char *)node->name);
}

struct place
named_element_place(const struct edition *edition, const xmlNode *node,
    const char *name, const char *token)
{
	struct place tag = book_place(named_element_book(edition), node);

	return name == NULL
	    ? source_tag_place(edition->sources, tag)
	    : source_attribute_place(edition->sources, tag, name, token);
}

char *
named_element_place_format(const struct edition *edition, struct place place)
{
	const struct source *source = sources_get(edition->sources, place.file);
	struct position at;

	if (source == NULL)
		return mem_dup("-");
	at = source_position(source, place.offset);
	return mem_format("%s:%u:%u", source->path, at.line, at.column);
}

json_t *
named_element_place_json(const struct edition *edition, struct place place)
{
	const struct source *source = sources_get(edition->sources, place.file);
	struct position at;

	if (source == NULL)
		return json_null();
	at = source_position(source, place.offset);
	return json_pack("{s:s, s:i, s:i}", "path", source->path, "line",
	    (int)at.line, "column", (int)at.column);
}

const char *
named_element_class(const struct edition *edition, int rank)
{
	const struct axes *axes = &edition->project->axes;

	return axes->clearance == AXIS_NONE
	    ? NULL
	    : axes->axes[axes->clearance].values[rank].id;
}

char *
named_element_class_format(const struct edition *edition, int rank)
{
	static const char *const word[DIAG_LANGUAGES] = { ", class %s",
		", clase %s" };
	const char *class = named_element_class(edition, rank);

	return class == NULL ? mem_dup("")
			     : mem_format(word[edition->diag->language], class);
}

void
named_element_print_json(json_t *answer)
{
	char *text = json_dumps(answer, JSON_INDENT(1));

	puts(text);
	free(text);
	json_decref(answer);
}
