/*
 * The swimlane of a procedure (DESIGN section 6): a lane per actor, a box per
 * step, an arrow per hand-off, decisions with their branches. Used by the
 * worker, once a handbook is linked.
 * Invariant: a lane, box or arrow comes from a step that the view shows; the
 * steps themselves say all that the drawing says.
 */
#ifndef VADE_COMPOSE_SWIMLANE_H
#define VADE_COMPOSE_SWIMLANE_H

#include "project/view.h"

/*
 * Puts a v:picture kind="lane" with a drawing at the end of every task whose
 * shown steps have more than one actor or a decision. Linear in steps, times
 * the lanes of a procedure.
 */
void swimlane_draw(struct view *view);

#endif
