/*
 * Footnotes of a view go to the end of their page. Part of link.
 * Invariant: a footnote's mark stays where the author put it, with the same
 * label as its text.
 */
#ifndef VADE_LINK_FOOTNOTE_H
#define VADE_LINK_FOOTNOTE_H

#include "project/view.h"

/* Moves footnote text to v:footnotes of its page. Needs number_view and
 * resolve_links before. */
void footnote_move(struct view *view);

#endif
