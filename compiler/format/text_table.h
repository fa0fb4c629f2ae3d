/*
 * A table as lines of text: boxed, with columns as wide as they need
 * and spans kept. A table with more columns than fit is a list: a row an item,
 * each cell behind its column's head.
 * Invariant: every cell's text is there once, and no line is wider than the
 * room that the layout has.
 */
#ifndef VADE_FORMAT_TEXT_TABLE_H
#define VADE_FORMAT_TEXT_TABLE_H

#include <libxml/tree.h>

#include "format/text_wrap.h"

/* Writes the content of a cell. */
typedef void text_table_render(struct text_wrap *layout, const xmlNode *cell);

void text_table_write(struct text_wrap *layout, const xmlNode *table,
    text_table_render *render);

#endif
