/*
 * What DocBook says of its elements, as tables: which hold no text of their
 * own, and what an element is nothing without. Used by copy and, as
 * out:is-container(), by stylesheets.
 * Source: DocBook 5.0 schema (docbook.rng of docbook5-xml).
 */
#ifndef VADE_PROJECT_DOCBOOK_ELEMENTS_H
#define VADE_PROJECT_DOCBOOK_ELEMENTS_H

#include <stdbool.h>

#include <libxml/tree.h>

enum {
	ELEMENT_CONTAINER = 1, /* white space between its children is none */
	ELEMENT_BLOCK = 2,     /* a block of its own, even inside a paragraph */
	ELEMENT_CELL = 4,      /* of a table: see element_is_hollow */
	ELEMENT_DECORATION = 8, /* what an element is not about: titles … */
};

/* What is known of names, by their address in the dictionary. */
struct element_memo {
	struct {
		const xmlChar *name;
		unsigned facts;
	} rows[256];
};

/* The facts of an element of DocBook, 0 for others. Fills the memo. */
unsigned element_facts(struct element_memo *memo, const xmlNode *node);

/*
 * Is the child one of those that the parent is nothing without? After
 * selection a container that has none of them left is an empty shell, but
 * where element_may_be_empty and none was readable.
 */
bool element_is_essential(struct element_memo *memo, const xmlNode *parent,
    const xmlNode *child);

/* Does an author write it without content: made by the reader's program, or
 * the mere end of a range? */
bool element_may_be_empty(const xmlNode *node);

/*
 * Has it neither elements nor words in it? A cell stays where it is when
 * selection empties it, or the columns would shift; but a row of cells that
 * were all emptied goes.
 */
bool element_is_hollow(const xmlNode *node);

/* Does the attribute only name another place (linkend, v:go)? A handbook may
 * know that there is a link, but its words come from what may be read there. */
bool element_attribute_refers(const xmlAttr *attribute);

#endif
