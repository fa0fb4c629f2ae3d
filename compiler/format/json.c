#include "json.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "model/book.h"
#include "style/stylesheet.h"

static json_t *read_value(const xmlNode *node);

static bool
is_empty(const json_t *value)
{
	if (json_is_string(value))
		return json_string_length(value) == 0;
	return (json_is_array(value) && json_array_size(value) == 0) ||
	    (json_is_object(value) && json_object_size(value) == 0);
}

static json_t *
read_object(const xmlNode *node)
{
	json_t *object = json_object();

	for (const xmlNode *child = node_first_element(node); child != NULL;
	     child = node_next_element(child)) {
		json_t *value = read_value(child);

		if (!is_empty(value) || node_attribute(child, "keep") != NULL)
			json_object_set(object, node_attribute(child, "name"),
			    value);
		json_decref(value);
	}
	return object;
}

static json_t *
read_array(const xmlNode *node)
{
	json_t *array = json_array();

	for (const xmlNode *child = node_first_element(node); child != NULL;
	     child = node_next_element(child))
		json_array_append_new(array, read_value(child));
	return array;
}

static const char *
text_of(const xmlNode *node)
{
	return node->children != NULL ? (const char *)node->children->content
				      : "";
}

static json_t *
read_string(const xmlNode *node)
{
	return json_string(text_of(node));
}

static json_t *
read_number(const xmlNode *node)
{
	return json_integer(strtoll(text_of(node), NULL, 10));
}

static json_t *
read_boolean(const xmlNode *node)
{
	return json_boolean(strcmp(text_of(node), "true") == 0);
}

/* A member of the tree that json.xsl makes. */
static json_t *
read_value(const xmlNode *node)
{
	static const struct {
		const char *name;
		json_t *(*read)(const xmlNode *node);
	} kinds[] = {
		{ "string", read_string },
		{ "object", read_object },
		{ "array", read_array },
		{ "boolean", read_boolean },
		{ "number", read_number },
	};
	size_t i = 0;

	while (strcmp((const char *)node->name, kinds[i].name) != 0)
		i++;
	return kinds[i].read(node);
}

int
json_emit(struct emit_job *job, struct diag *diag)
{
	xmlDoc *result = stylesheet_run(job->sheets[FORMAT_JSON],
	    job->view->doc, NULL, diag);
	json_t *object;
	char *text;
	int rc;

	if (result == NULL)
		return -1;
	object = read_value(xmlDocGetRootElement(result));
	text = json_dumps(object, JSON_INDENT(1));
	/* Sources are UTF-8, so there is nothing it could refuse. */
	rc = job->sink->file(job->sink, job->path, text, strlen(text));
	free(text);
	json_decref(object);
	xmlFreeDoc(result);
	return rc;
}
