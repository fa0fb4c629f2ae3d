/*
 * Is what each handbook shows valid DocBook (DESIGN section 6)? Used by
 * `check` and by a release, which project every handbook for it; a build does
 * not, for it would have to compile the schema each time.
 * Invariant: a view is as it was before the look; every module of all views
 * is looked at once, for handbooks share most of what they show.
 */
#ifndef VADE_INSPECT_PROJECTED_H
#define VADE_INSPECT_PROJECTED_H

#include "project/view.h"

struct projected;

/* NULL with a report if the schema cannot be had. The caller frees. */
struct projected *projected_new(struct diag *diag);
void projected_free(struct projected *projected);
/*
 * Looks at a view after repair and before anything but DocBook is added to
 * it. Reports V0362 once per source element, at the nearest one. 0 or -1.
 * Linear in nodes, times what libxml2 takes for a module not seen before.
 */
int projected_check(struct projected *projected, struct view *view);
/* How many modules there were, and how many of them were validated. */
size_t projected_count(const struct projected *projected, size_t *distinct);

#endif
