/*
 * Former ids (v:was) of what a view shows: an anchor for each, where its
 * element begins, so that old links still land there in every format. That a
 * page had another file name is told by link/pages.
 * Invariant: an anchor stands where DocBook allows one, on the page of its
 * element.
 */
#ifndef VADE_LINK_FORMER_IDS_H
#define VADE_LINK_FORMER_IDS_H

#include "project/view.h"

/* Adds the anchors. Linear in nodes. */
void former_ids_add(struct view *view);

#endif
