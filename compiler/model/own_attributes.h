/*
 * The v: attributes that vade knows: its own and those that carry an axis of
 * the project. Used by parity and selection, since one that is neither looks
 * as if it narrowed the readers, and would not.
 * Invariant: the schema leaves v: open for the axes of a project, so this is
 * the only place that says which there are.
 */
#ifndef VADE_MODEL_OWN_ATTRIBUTES_H
#define VADE_MODEL_OWN_ATTRIBUTES_H

#include "base/diag.h"
#include "model/axes.h"
#include "model/book.h"

/* Refuses (V0209, with the nearest name) every v: attribute of the element
 * that is not known. Without axes nothing is selected, and nothing refused.
 * Returns -1 if there is one. */
int own_attributes_check(const struct axes *axes, const struct book *book,
    const xmlNode *node, struct diag *diag);

#endif
