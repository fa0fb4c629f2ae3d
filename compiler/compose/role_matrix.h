/*
 * Who takes part in what: a table of procedures and those who lead, act,
 * take part or are informed, and a drawing of it, on the first page of a
 * handbook of several roles.
 * Used by the worker, before the stylesheets run.
 * Invariant: it tells what the facts of the procedures shown tell already,
 * each on its page, and nothing else.
 */
#ifndef VADE_COMPOSE_ROLE_MATRIX_H
#define VADE_COMPOSE_ROLE_MATRIX_H

#include "project/view.h"

/*
 * Adds v:matrix to the root of a linked view: a column per role of the
 * handbook, or per sector if it is for no role in particular, and a line per
 * procedure; and pictures of it. Nothing, in the handbook of one role, or where
 * there are not two of each. Linear in procedures times columns.
 */
void role_matrix_add(struct view *view);

#endif
