/*
 * Links that would have nothing to say: those without words of their own to
 * what a reader of the link may not read (DESIGN section 6).
 * Invariant: a link that passes says something in every handbook that shows
 * it, and never the title of what is above the clearance.
 */
#ifndef VADE_CHECK_LINKS_H
#define VADE_CHECK_LINKS_H

#include "project/edition.h"

/* 0, or -1 with V0315 reported. Linear in nodes times handbooks of a link. */
int links_check(const struct edition *edition, const struct book *book);

#endif
