#include "result_tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "model/book.h"

bool
result_is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && node->ns == NULL &&
	    strcmp((const char *)node->name, name) == 0;
}

const char *
result_attribute(const xmlNode *node, const char *name)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		if (a->ns == NULL && strcmp((const char *)a->name, name) == 0)
			return a->children && a->children->content
			    ? (const char *)a->children->content
			    : "";
	return NULL;
}

static bool
is_word_of(const char *word, size_t len, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strncmp(*names, word, len) == 0 && (*names)[len] == '\0')
			return true;
	return false;
}

bool
result_has_class_of(const xmlNode *node, const char *const *names)
{
	const char *at = node->type == XML_ELEMENT_NODE
	    ? result_attribute(node, "class")
	    : NULL;

	while (at != NULL && *at != '\0') {
		size_t len = strcspn(at, " ");

		if (is_word_of(at, len, names))
			return true;
		at += len + strspn(at + len, " ");
	}
	return false;
}

bool
result_has_class(const xmlNode *node, const char *name)
{
	return result_has_class_of(node, (const char *const[]){ name, NULL });
}

bool
result_is_one_of(const xmlNode *node, const char *const *names)
{
	for (; *names != NULL; names++)
		if (result_is(node, *names))
			return true;
	return false;
}

const xmlNode *
result_find(const xmlNode *node, const char *name, const char *class_name)
{
	const xmlNode *at = node;
	bool deeper = true;

	while ((at = node_walk(at, node, deeper)) != NULL) {
		deeper = !node_is_ours(at, "page");
		if (result_is(at, name) &&
		    (class_name == NULL || result_has_class(at, class_name)))
			return at;
	}
	return NULL;
}

void
result_add_words(const xmlNode *node, struct buf *text)
{
	const xmlNode *at = node;
	bool deeper = true;

	while ((at = node_walk(at, node, deeper)) != NULL) {
		deeper = !node_is_ours(at, "page");
		if (at->type == XML_TEXT_NODE)
			buf_add_folded(text, (const char *)at->content);
	}
}

void
result_list_pages(struct result_pages *pages, const xmlDoc *result,
    const char *only)
{
	const xmlNode *root = xmlDocGetRootElement(result);

	memset(pages, 0, sizeof(*pages));
	node_each(node, root) {
		const char *name;

		if (!node_is_ours(node, "page") ||
		    !xmlStrEqual(BAD_CAST result_attribute(node, "only"),
			BAD_CAST only))
			continue;
		name = result_attribute(node, "name");
		map_put_text(&pages->names, name ? name : "", NULL)->value =
		    (uint32_t)pages->count;
		*list_add(pages->nodes, pages->count, pages->capacity) = node;
	}
}

void
result_pages_clear(struct result_pages *pages)
{
	free(pages->nodes);
	map_clear(&pages->names);
	memset(pages, 0, sizeof(*pages));
}
