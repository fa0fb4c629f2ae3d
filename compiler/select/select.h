/*
 * Selects: who reads what of all books, in every language at once. Used by the
 * front; the one door to element_readers, classed_table_cells, mask and
 * step_labels.
 * Invariant: the answer does not depend on the order of the questions.
 */
#ifndef VADE_SELECT_SELECT_H
#define VADE_SELECT_SELECT_H

#include "load/xml.h"
#include "model/book.h"
#include "model/project.h"
#include "select/element_readers.h"
#include "select/mask.h"

/*
 * Computes the reaches of all elements, the masks of all handbooks and the
 * labels of steps. books: project->tree_count of them. 0, or -1 with V02xx to
 * V03xx reported.
 */
int select_readers(struct reaches *reaches, struct masks *masks,
    const struct project *project, struct book *books,
    struct xml_reader *reader);

#endif
