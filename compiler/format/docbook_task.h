/*
 * What a procedure says by attributes, as DocBook content: facts in the
 * summary of a task, label, actors and receivers of a step, where a branch
 * goes on, the table of responsibilities. Called by format/docbook.c on every
 * element, in this order; each knows whose turn it is.
 * Invariant: a step's own label stands in its title, for tools number steps
 * by counting, and a handbook need not show all.
 */
#ifndef VADE_FORMAT_DOCBOOK_TASK_H
#define VADE_FORMAT_DOCBOOK_TASK_H

#include "format/docbook_write.h"

/* Before an element's head: a title where it has none but needs one. */
void docbook_add_missing_title(struct docbook *docbook, const xmlNode *node);
/* Before the words of a title. */
void docbook_begin_title(struct docbook *docbook, const xmlNode *title);
/* After the head, before the blocks. */
void docbook_begin_block(struct docbook *docbook, const xmlNode *node);
/* After the blocks. */
void docbook_end_block(struct docbook *docbook, const xmlNode *node);
/* The alternatives of a step, behind a line that says what to do. */
void docbook_write_alternatives(struct docbook *docbook, const xmlNode *node);

#endif
