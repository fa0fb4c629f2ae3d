/*
 * The first page by situation: what the reader meets, each with the procedure
 * to open, urgent ones first; then whom to call; then planning. And, at each
 * procedure, the handbooks of the others who act in it.
 * Invariant: made of what the view shows, of the attributes of shown
 * procedures and of the list of handbooks; of nothing that the handbook may
 * not read.
 */
#ifndef VADE_COMPOSE_SITUATION_H
#define VADE_COMPOSE_SITUATION_H

#include "project/view.h"

/*
 * Adds v:situations, v:call and v:later to the root of a linked view,
 * v:readers to its procedures, v:tel to the number of the emergency services
 * where it is written. A procedure is of a situation if its stage (axis
 * "stage") is "oper", or, without a stage, if it says when it is used; it is
 * urgent if it shows a warning[@role='life'].
 * Linear in the view, times handbooks for each procedure.
 */
void situation_add(struct view *view);

#endif
