/*
 * Is what each handbook shows valid DocBook (DESIGN section 6)? Used by
 * `check` and by a release, which project every handbook for it; a build does
 * not project those that it does not make.
 * Invariant: a view is as it was before the look.
 */
#ifndef VADE_CHECK_VIEW_VALIDITY_H
#define VADE_CHECK_VIEW_VALIDITY_H

#include "project/view.h"

struct view_validity;

/* NULL with a report if the schema cannot be had. The caller frees. */
struct view_validity *view_validity_new(struct diag *diag);
void view_validity_free(struct view_validity *projected);
/*
 * Looks at a view after repair and before anything but DocBook is added to
 * it. Reports V0362 once per source element, at the nearest one. 0 or -1.
 * Linear in nodes.
 */
int view_validity_check(struct view_validity *projected, struct view *view);

#endif
