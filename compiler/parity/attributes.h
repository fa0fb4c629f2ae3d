/*
 * Axis and v: attributes are equal, token for token, on the same unit of
 * every language (DESIGN section 4): a class forgotten in one is a leak.
 * Invariant: an element that carries such an attribute and has no counterpart
 * is an error, never skipped.
 */
#ifndef VADE_PARITY_ATTRIBUTES_H
#define VADE_PARITY_ATTRIBUTES_H

#include "base/diag.h"
#include "model/axes.h"
#include "model/book.h"

/* Compares two languages. Steps first, so that one without
 * translation is told once. 0, or -1 with V012x reported. Linear in nodes. */
int parity_check(const struct axes *axes, const struct book *first,
    const struct book *other, struct diag *diag);

#endif
