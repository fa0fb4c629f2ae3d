/*
 * The cells of CALS tables, each in its column: by colname, namest and
 * nameend, spanname, and by what reaches down from above. Part of link.
 * Invariant: a cell stands under the column that it names; the places that a
 * row leaves out before it are blank cells, so every format may count.
 * Source: OASIS Exchange Table Model (TR 9503:1995).
 */
#ifndef VADE_LINK_CELL_COLUMNS_H
#define VADE_LINK_CELL_COLUMNS_H

#include "project/view.h"

/* Fills rows, and leaves v:columns, v:align, v:valign on cells and v:width on
 * colspecs. Linear in the rows times the columns of each table; a column
 * beyond the thousandth is left alone. */
void cell_columns_place(struct view *view);

#endif
