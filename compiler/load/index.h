/*
 * The index of a book: xml:ids across files, and the links, decisions and
 * actors that name them or roles.
 * Invariant: after index_book every id names one element.
 */
#ifndef VADE_LOAD_INDEX_H
#define VADE_LOAD_INDEX_H

#include "base/diag.h"
#include "model/book.h"
#include "model/project.h"

/* Fills book->ids. 0, or -1 with V0114 (a duplicate) reported. */
int index_ids(struct book *book, struct diag *diag);
/* What v:was names leads nowhere else. 0, or -1 with V0117 or V0118. */
int index_check_former_ids(const struct book *book, struct diag *diag);
/* Links and decisions name ids that exist. 0, or -1 with V03xx reported. */
int index_check_links(const struct book *book, bool is_lone, struct diag *diag);
/* Actors and receivers are declared, and decisions are whole. */
int index_check_procedures(const struct book *book,
    const struct project *project, struct diag *diag);

#endif
