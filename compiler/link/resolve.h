/*
 * Links of a view: where each leads, and what it says when its target is not
 * in this handbook. Second half of link.
 * Invariant: no link dangles and none names what is above the handbook's
 * clearance.
 */
#ifndef VADE_LINK_RESOLVE_H
#define VADE_LINK_RESOLVE_H

#include "link/pages.h"

/* Leaves v:href, v:text, v:go-href, v:go-text on what links. */
void resolve_links(struct view *view, const struct pages *pages);

#endif
