/*
 * What a procedure says about roles, in the reader's words: facts, actors,
 * receivers, decisions, the RACI table. Second half of project.
 * Invariant: only elements that the view holds are spoken of.
 */
#ifndef VADE_PROJECT_TASK_FACTS_H
#define VADE_PROJECT_TASK_FACTS_H

#include "project/view.h"

/* Adds v:facts, v:raci and step attributes to every task of the view. */
void task_annotate(struct view *view);

#endif
