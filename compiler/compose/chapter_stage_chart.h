/*
 * The chain of stages of a chapter: which procedures plan, which prepare and
 * which act, and which follows from which (v:follows). Used by the worker,
 * once a handbook is linked.
 * Invariant: a box is a procedure that the view shows; an arrow joins two.
 */
#ifndef VADE_COMPOSE_CHAPTER_STAGE_CHART_H
#define VADE_COMPOSE_CHAPTER_STAGE_CHART_H

#include "project/view.h"

/*
 * Puts a v:picture kind="chain" into every chapter of the view that shows
 * procedures of more than one stage, and into a part whose chapters are of
 * one stage each. Columns are the values of the axis with
 * the id "stage", in their order; without that axis nothing is drawn. Linear
 * in the elements of the view and the procedures' arrows.
 */
void chapter_stage_chart_draw(struct view *view);

/* The axis with the id "stage"; NULL if the project has none. */
const struct axis *chapter_stage_chart_stages(const struct view *view);
/* The stage of a procedure, a node of the book: its own, or that of what it
 * stands in. AXIS_NONE if neither says one. */
int chapter_stage_chart_stage(const struct axis *stages, const xmlNode *source);

#endif
