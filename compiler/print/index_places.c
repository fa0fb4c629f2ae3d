/*
 * The index of a printed handbook: the places of compose/term_index.c become
 * references to elements of the document, whose pages are printed.
 */
#include "document.h"

#include <stdlib.h>

#include "base/list.h"

struct places {
	xmlNode **nodes; /* by number */
	size_t count;
	size_t capacity;
};

static void
collect(struct places *places, xmlNode *root)
{
	for (xmlNode *node = root; node != NULL;
	     node = print_walk(node, root)) {
		const char *value = node->type == XML_ELEMENT_NODE
		    ? print_get(node, "place")
		    : NULL;
		size_t number = value ? strtoul(value, NULL, 10) : 0;

		if (value == NULL)
			continue;
		while (places->count <= number) {
			*list_add(places->nodes, places->count,
			    places->capacity) = NULL;
		}
		if (places->nodes[number] == NULL)
			places->nodes[number] = node;
	}
}

/* A place that is not printed is none. */
static void
refer(const struct places *places, xmlNode *entry, size_t *keys)
{
	xmlNode *next;

	for (xmlNode *node = entry->children; node != NULL; node = next) {
		size_t number;

		next = node->next;
		if (!print_is(node, "r"))
			continue;
		number = strtoul(print_get(node, "number"), NULL, 10);
		if (number < places->count && places->nodes[number] != NULL) {
			xmlNewProp(node, BAD_CAST "to",
			    BAD_CAST print_key(places->nodes[number], keys));
			continue;
		}
		xmlUnlinkNode(node);
		xmlFreeNode(node);
	}
}

void
print_index(xmlDoc *doc, size_t *keys)
{
	xmlNode *root = xmlDocGetRootElement(doc);
	struct places places = { 0 };

	collect(&places, root);
	for (xmlNode *node = root; node != NULL; node = print_walk(node, root))
		if (print_is(node, "e"))
			refer(&places, node, keys);
	free(places.nodes);
}
