/*
 * Numbers of the lines of listings that ask for them. Part of link.
 * Invariant: they are text of the listing, so every format shows the same,
 * and the listing asks for them no more.
 */
#ifndef VADE_LINK_LINE_NUMBERS_H
#define VADE_LINK_LINE_NUMBERS_H

#include "project/view.h"

/* linenumbering="numbered", from startinglinenumber, or on from the last with
 * continuation="continues". After callout_place. Linear in the text. */
void line_numbers_add(struct view *view);

#endif
