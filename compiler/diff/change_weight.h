/*
 * How much a change matters: what it touches, its flags, its urgency. Used by
 * change.
 * Invariant: flags are of what is asked of people, so they are raised in doubt.
 */
#ifndef VADE_DIFF_CHANGE_WEIGHT_H
#define VADE_DIFF_CHANGE_WEIGHT_H

#include "diff/change.h"

/* What an attribute says: whom a text is for, where it leads, who acts. */
enum change_class
change_attribute_class(const struct axes *axes, const xmlAttr *attribute);

/* From the hunks: ops, classes and the flags of words. */
void change_weigh_hunks(const struct match *match, struct change *change);
/* From all that is known by now: the other flags, and the urgency. */
void change_weigh(const struct match *match, struct change *change);

#endif
