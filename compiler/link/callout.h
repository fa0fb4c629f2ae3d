/*
 * Callouts of a view: the marks of areas stand in the listing, and each
 * callout says the numbers of its marks. Part of link.
 * Invariant: a mark has the number of number_view in the listing, in the list
 * and in every reference to it.
 */
#ifndef VADE_LINK_CALLOUT_H
#define VADE_LINK_CALLOUT_H

#include "project/view.h"

/* Needs number_view before. Linear in the nodes. An area on a line that the
 * listing lacks stands at its end; areas of a picture stay where they are. */
void callout_place(struct view *view);

#endif
