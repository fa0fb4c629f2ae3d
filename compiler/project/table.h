/*
 * Tables of which selection took cells, rows or columns: what is left stays
 * in its place. After copy, as part of repair.
 * Invariant: the grid is laid out on what the clearance lets the handbook
 * read, so what is above it changes nothing: a cell that may be read but is
 * for others becomes a blank one, a cell above the clearance never was. A
 * table of which nothing readable was taken is left as its author wrote it.
 * Source: CALS tables (OASIS Exchange Table Model, TR 9503:1995) and HTML's
 * table model.
 */
#ifndef VADE_PROJECT_TABLE_H
#define VADE_PROJECT_TABLE_H

#include "project/view.h"

/* Mends one element if it holds rows: a tgroup, an entrytbl, a table of HTML;
 * or the fields of a segmented list. Linear in its rows times its columns; one of more than four million
 * places is left alone. */
void table_mend(const struct view *view, xmlNode *node);

#endif
