/*
 * A book: one language's tree and what is known of its elements. Made by
 * load, read by every later stage.
 * Invariant: every element node's _private is its number (from 1) in
 * book->elements; libxml2 nodes have neither columns nor room for masks.
 */
#ifndef VADE_MODEL_BOOK_H
#define VADE_MODEL_BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>

#include "base/map.h"
#include "base/source.h"
#include "model/translation_unit.h"

/* Elements on the way down, root and all: what recursions and stylesheets are
 * made for. Load and filters see to it. */
enum { BOOK_DEEPEST = 256 };

struct element {
	uint32_t file;   /* in sources */
	uint32_t offset; /* of its '<' */
	uint32_t reach;  /* who may read it: number in struct reaches */
	uint32_t label;  /* its step label: index into labels, 0 = none */
};

struct book {
	char *lang;
	xmlDoc *doc;              /* owned */
	struct element *elements; /* [0] is nobody */
	size_t element_count;     /* with [0] */
	size_t element_capacity;
	struct map ids;        /* xml:id to its xmlNode */
	struct map labels;     /* step labels; entry 0 is "" */
	struct units *units;   /* as the sources have them; NULL: not asked */
	uint32_t first_source; /* its files in sources, first to last */
	uint32_t last_source;
};

void book_clear(struct book *book);
/* The number of a new element, whose _private is set to it. */
uint32_t book_add_element(struct book *book, xmlNode *node, uint32_t file,
    uint32_t offset);
struct element *book_element(const struct book *book, const xmlNode *node);
struct place book_place(const struct book *book, const xmlNode *node);
/* NULL if no element has the id. Lent. */
xmlNode *book_find_id(const struct book *book, const char *id);
/* False if the id was there already; *first is its element then. */
bool
book_add_id(struct book *book, const char *id, xmlNode *node, xmlNode **first);

/* Ids that the pages use themselves (format/xsl), and the page of the directory
 * of hand-offs (project/handoff_directory.c): sources may not. */
bool book_id_is_reserved(const char *id);

/* --- small questions about nodes, used by all stages --- */

/* node_is, once the first letter agrees. */
bool node_has_name(const xmlNode *node, const char *name);

/* A DocBook element of this local name (NULL = any). Every walk asks this of
 * every node, and the first letter tells most elements apart. */
static inline bool
node_is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE &&
	    (name == NULL || (const char)node->name[0] == name[0]) &&
	    node_has_name(node, name);
}

/* An element of v: with this name, which we made. */
bool node_is_ours(const xmlNode *node, const char *name);
/* Is it of this DocBook name (NULL = any), with this role? */
bool node_has_role(const xmlNode *node, const char *name, const char *role);
/* Is it one of these? names ends with NULL. */
bool node_is_one_of(const xmlNode *node, const char *const *names);

/* An attribute's value without namespace, of v:, or of xml:; NULL if absent.
 * Lent as long as the tree is not changed. */
const char *node_attribute(const xmlNode *node, const char *name);
const char *node_vade_attribute(const xmlNode *node, const char *name);
const char *node_id(const xmlNode *node);
/* Is it a list of alternatives that says that it decides? The one rule: the
 * schema allows "yes" alone, with white space around it. node may be NULL. */
bool node_is_decision(const xmlNode *node);
/* The first child element of this DocBook name, NULL if none. */
xmlNode *node_child(const xmlNode *node, const char *name);
xmlNode *node_next_element(const xmlNode *node); /* sibling */
xmlNode *node_first_element(const xmlNode *node);
/* The title of an element: its own or its info's; NULL if none. */
xmlNode *node_title(const xmlNode *node);
/* The words in it, white space folded, footnotes and index terms left out.
 * The caller frees. */
char *node_text_dup(const xmlNode *node);
/* The next node of a walk in document order that stays below root. */
static inline xmlNode *
node_walk(const xmlNode *node, const xmlNode *root, bool deeper)
{
	if (deeper && node->type == XML_ELEMENT_NODE && node->children != NULL)
		return node->children;
	while (node != root) {
		if (node->next != NULL)
			return node->next;
		node = node->parent;
		if (node == NULL)
			return NULL;
	}
	return NULL;
}

/*
 * What follows is done for `top` (NULL: nothing) and each node below it, in
 * document order; for each node right below, or each element there. None of
 * them may leave the tree meanwhile.
 */
#define node_each(node, top)                                                   \
	for (xmlNode *node##_top = (xmlNode *)(top), *node = node##_top;       \
	     node != NULL; node = node_walk(node, node##_top, true))
#define node_each_child(node, parent)                                          \
	for (xmlNode *node = (parent)->children; node != NULL;                 \
	     node = node->next)
#define node_each_element(node, parent)                                        \
	for (xmlNode *node = node_first_element(parent); node != NULL;         \
	     node = node_next_element(node))

/* The outermost element of a book; NULL before it was read. */
static inline xmlNode *
book_root(const struct book *book)
{
	return xmlDocGetRootElement(book->doc);
}

/* Frees what libxml2 gave, where a scoped variable ends. */
void xml_drop(void *text);
void xml_drop_doc(void *doc);

#endif
