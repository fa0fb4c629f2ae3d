/*
 * Projects: what one handbook shows of a book, in the reader's words. The one
 * door to copy, repair, task_facts and handoff_directory.
 * Invariant: a view holds nothing that its handbook does not select.
 */
#ifndef VADE_PROJECT_PROJECT_H
#define VADE_PROJECT_PROJECT_H

#include "project/view.h"

/* The selected part of a book, mended where something is gone. Linear in the
 * book; view_clear frees it. */
struct view project_view(const struct edition *edition, const struct book *book,
    size_t handbook);
/* Leaves on the view what its procedures say about roles, and adds the
 * directory of hand-offs. Linear in the view. */
void project_annotate(struct view *view);

#endif
