/*
 * Stages in their order: a procedure follows one of the stage before it
 * (plan, prog, oper; DESIGN section 4). One of the checks of lint.h.
 * Invariant: the order is that of the values of the axis "stage".
 */
#ifndef VADE_CHECK_STAGE_ORDER_H
#define VADE_CHECK_STAGE_ORDER_H

#include "check/lint.h"

/* Reports V0324 for every v:follows that names no earlier stage, or leaves one
 * out. */
void stage_order_check(struct lint *lint);

#endif
