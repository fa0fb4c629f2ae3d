/*
 * What DocBook says of its elements, as tables: which hold no text of their
 * own, and what an element is nothing without. Used by copy.
 * Source: DocBook 5.0 schema (docbook.rng of docbook5-xml).
 */
#ifndef VADE_PROJECT_ELEMENT_H
#define VADE_PROJECT_ELEMENT_H

#include <stdbool.h>

#include <libxml/tree.h>

/* White space between its children means nothing. */
bool element_is_container(const xmlNode *node);
/* Stands as a block of its own, even inside a paragraph. */
bool element_is_block(const xmlNode *node);
/*
 * After selection the element is an empty shell if it had an essential child
 * in the source and none of them is left.
 */
bool element_is_essential(const xmlNode *parent, const xmlNode *child);

/*
 * A cell stays where it is when selection empties it, or the columns would
 * shift; but a row of cells that were all emptied goes.
 */
bool element_is_cell(const xmlNode *node);
/* Has it neither elements nor words in it? */
bool element_is_hollow(const xmlNode *node);

#endif
