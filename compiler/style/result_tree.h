/*
 * Small questions about the stylesheet's result: HTML elements in no
 * namespace, inside nested v:page elements. Used by the formats that are made
 * of it (text, single, epub).
 * Invariant: the result is never changed, for other formats read it too.
 */
#ifndef VADE_STYLE_RESULT_TREE_H
#define VADE_STYLE_RESULT_TREE_H

#include <stdbool.h>

#include <libxml/tree.h>

#include "base/buf.h"
#include "base/map.h"

/* An HTML element of this name. */
bool result_is(const xmlNode *node, const char *name);
/* An attribute's value without namespace; NULL if absent. Lent. */
const char *result_attribute(const xmlNode *node, const char *name);
bool result_has_class(const xmlNode *node, const char *name);
/* Has the node one of the classes, a NULL-ended list? */
bool result_has_class_of(const xmlNode *node, const char *const *names);
/* Is the node of one of the names, a NULL-ended list? */
bool result_is_one_of(const xmlNode *node, const char *const *names);
/* The first descendant of this name (and class, if not NULL) that is on the
 * same page; NULL if none. */
const xmlNode *
result_find(const xmlNode *node, const char *name, const char *class_name);
/* The words of a node on its page, white space folded. */
void result_add_words(const xmlNode *node, struct buf *text);

/* The pages of a result in document order, but for those that are of the site
 * only (their attribute "only"). Lent from the result. */
struct result_pages {
	const xmlNode **nodes;
	size_t count;
	size_t capacity;
	struct map names; /* "edu-o-01.html"; the entry's value is the index */
};

/* Those that are for some formats only (@only), or, with NULL, for all. */
void result_list_pages(struct result_pages *pages, const xmlDoc *result,
    const char *only);
void result_pages_clear(struct result_pages *pages);

#endif
