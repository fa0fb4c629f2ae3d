/*
 * Classed cells: what is above a clearance counts as never written, so the
 * cells after a classed one would slide under the heads of others (DESIGN
 * section 5, rule 4). Used by the front, before anything is selected.
 * Invariant: where nothing is reported, taking out all cells of a class or
 * higher leaves every other cell under its head.
 */
#ifndef VADE_SELECT_CLASSED_TABLE_CELLS_H
#define VADE_SELECT_CLASSED_TABLE_CELLS_H

#include "base/diag.h"
#include "select/element_readers.h"

/*
 * In every table and segmented list: a cell of a higher class than its row, or
 * than a row that it reaches down into, stands among cells that name their
 * columns; no cell reaches down into a row of a higher class than its own.
 * Needs reach_compute before. 0, or -1 with V0210, V0211, V0212, V0661 or V0662 reported.
 */
int classed_table_cells_check(const struct reaches *reaches,
    const struct book *book, struct diag *diag);

#endif
