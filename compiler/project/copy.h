/*
 * Copies what a handbook shows into a new document. First half of project.
 * Invariant: a node is copied only if its mask says so and its parent was
 * copied; what selection empties does not stay behind as a shell.
 */
#ifndef VADE_PROJECT_COPY_H
#define VADE_PROJECT_COPY_H

#include "project/view.h"

/*
 * Makes view->doc with the root v:handbook and below it the selected tree
 * (view->root, NULL if nothing of it is selected). Linear in nodes.
 */
void copy_selected(struct view *view);

#endif
