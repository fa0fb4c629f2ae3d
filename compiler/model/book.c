#include "book.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/list.h"
#include "base/buf.h"
#include "base/text.h"
#include "model/namespaces.h"

void
book_clear(struct book *book)
{
	free(book->lang);
	if (book->doc != NULL)
		xmlFreeDoc(book->doc);
	free(book->elements);
	map_clear(&book->ids);
	map_clear(&book->labels);
	units_free(book->units);
	memset(book, 0, sizeof(*book));
}

uint32_t
book_add_element(struct book *book, xmlNode *node, uint32_t file,
    uint32_t offset)
{
	if (book->element_count == 0)
		*list_add(book->elements, book->element_count,
		    book->element_capacity) = (struct element){ 0 };
	node->_private = (void *)(uintptr_t)book->element_count;
	*list_add(book->elements, book->element_count, book->element_capacity) =
	    (struct element){ .file = file, .offset = offset };
	return (uint32_t)book->element_count - 1;
}

struct element *
book_element(const struct book *book, const xmlNode *node)
{
	return &book->elements[(uintptr_t)node->_private];
}

struct place
book_place(const struct book *book, const xmlNode *node)
{
	const struct element *element = book_element(book, node);

	return (struct place){ element->file, element->offset, 0 };
}

xmlNode *
book_find_id(const struct book *book, const char *id)
{
	const struct map_entry *entry = map_get_text(&book->ids, id);

	return entry == NULL ? NULL : entry->item;
}

bool
book_add_id(struct book *book, const char *id, xmlNode *node, xmlNode **first)
{
	bool is_new;
	struct map_entry *entry = map_put_text(&book->ids, id, &is_new);

	if (is_new)
		entry->item = node;
	else
		*first = entry->item;
	return is_new;
}

bool
node_has_name(const xmlNode *node, const char *name)
{
	return (name == NULL || strcmp((const char *)node->name, name) == 0) &&
	    node->ns != NULL &&
	    strcmp((const char *)node->ns->href, NS_DOCBOOK) == 0;
}

bool
node_is_ours(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && node->ns != NULL &&
	    strcmp((const char *)node->ns->href, NS_VADE) == 0 &&
	    strcmp((const char *)node->name, name) == 0;
}

bool
node_is_one_of(const xmlNode *node, const char *const *names)
{
	for (size_t i = 0; names[i] != NULL; i++)
		if (node_is(node, names[i]))
			return true;
	return false;
}

/* Attribute values are one text node once entities are substituted. */
static const char *
value_of(const xmlAttr *attribute)
{
	const xmlNode *text = attribute->children;

	if (text == NULL || text->content == NULL)
		return "";
	return (const char *)text->content;
}

static const char *
find_attribute(const xmlNode *node, const char *ns, const char *name)
{
	if (node->type != XML_ELEMENT_NODE)
		return NULL;
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		const char *own = (const char *)a->name;

		if (own[0] != name[0] || strcmp(own, name) != 0)
			continue;
		if (ns == NULL ? a->ns == NULL
			       : a->ns != NULL &&
			    strcmp((const char *)a->ns->href, ns) == 0)
			return value_of(a);
	}
	return NULL;
}

const char *
node_attribute(const xmlNode *node, const char *name)
{
	return find_attribute(node, NULL, name);
}

const char *
node_vade_attribute(const xmlNode *node, const char *name)
{
	return find_attribute(node, NS_VADE, name);
}

const char *
node_id(const xmlNode *node)
{
	return find_attribute(node, NS_XML, "id");
}

xmlNode *
node_first_element(const xmlNode *node)
{
	xmlNode *child = node->children;

	while (child != NULL && child->type != XML_ELEMENT_NODE)
		child = child->next;
	return child;
}

xmlNode *
node_next_element(const xmlNode *node)
{
	xmlNode *next = node->next;

	while (next != NULL && next->type != XML_ELEMENT_NODE)
		next = next->next;
	return next;
}

xmlNode *
node_child(const xmlNode *node, const char *name)
{
	node_each_element(child, node)
		if (node_is(child, name))
			return child;
	return NULL;
}

xmlNode *
node_title(const xmlNode *node)
{
	xmlNode *title = node_child(node, "title");
	xmlNode *info = node_child(node, "info");

	return title != NULL || info == NULL ? title
					     : node_child(info, "title");
}

static bool
is_aside(const xmlNode *node)
{
	return node_is(node, "footnote") || node_is(node, "indexterm") ||
	    node_is(node, "remark");
}

char *
node_text_dup(const xmlNode *node)
{
	struct buf text = { 0 };
	const xmlNode *at = node;

	while (at != NULL) {
		bool aside = is_aside(at) && at != node;

		if (at->type == XML_TEXT_NODE ||
		    at->type == XML_CDATA_SECTION_NODE)
			buf_add_folded(&text, (const char *)at->content);
		at = node_walk(at, node, !aside);
	}
	if (text.size > 0 && text.data[text.size - 1] == ' ')
		text.data[--text.size] = '\0';
	return buf_take(&text);
}

bool
node_is_decision(const xmlNode *node)
{
	const char *value = node != NULL && node_is(node, "stepalternatives")
	    ? node_vade_attribute(node, "decision")
	    : NULL;
	size_t len = 0;
	const char *token = value ? text_next_token(&value, &len) : NULL;

	return token != NULL && len == 3 && memcmp(token, "yes", len) == 0;
}

bool
book_id_is_reserved(const char *id)
{
	return strcmp(id, "notice") == 0 || strncmp(id, "v-", 2) == 0 ||
	    strcasecmp(id, "handoffs") == 0;
}

bool
node_has_role(const xmlNode *node, const char *name, const char *role)
{
	const char *own =
	    node_is(node, name) ? node_attribute(node, "role") : NULL;

	return own != NULL && strcmp(own, role) == 0;
}

void
xml_drop(void *text)
{
	if (*(xmlChar **)text != NULL)
		xmlFree(*(xmlChar **)text);
}

void
xml_drop_doc(void *doc)
{
	xmlFreeDoc(*(xmlDoc **)doc);
}
