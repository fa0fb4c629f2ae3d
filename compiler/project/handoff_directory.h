/*
 * The directory of a handbook's hand-offs (DESIGN section 6): to whom and from
 * whom, for what, when, how and by when. Last part of project; a section of
 * the view like any other, so that every format has it.
 * Invariant: it is made of the view's own steps alone; its ids cannot be an
 * author's (load/index.c reserves them).
 */
#ifndef VADE_PROJECT_HANDOFF_DIRECTORY_H
#define VADE_PROJECT_HANDOFF_DIRECTORY_H

#include "project/view.h"

/* The id of the section, and so the name of its page. */
#define HANDOFFS_ID "handoffs"

/*
 * Appends the directory to the view's root; needs task_annotate before. None
 * is made for a handbook without roles, or whose roles neither hand over nor
 * receive, or where the root has no place for it. Linear in nodes.
 */
void handoff_directory_add(struct view *view);

#endif
