/*
 * A table of HTML as lines of text: boxed, with columns as wide as they need
 * and spans kept. A table with more columns than fit is a list: a row an item,
 * each cell behind its column's head.
 * Invariant: every cell's text is there once, and no line is wider than the
 * room that the layout has.
 */
#ifndef VADE_EMIT_GRID_H
#define VADE_EMIT_GRID_H

#include <libxml/tree.h>

#include "emit/layout.h"

/* Writes the content of a cell. */
typedef void
grid_render(void *context, const xmlNode *cell, struct layout *layout);

void grid_write(struct layout *layout, const xmlNode *table,
    grid_render *render, void *context);

#endif
